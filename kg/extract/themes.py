"""What passes between two actors where the frame of the word does not say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.tree import NOMINAL, VERBAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.extract.mentions import Mentions
    from kg.model import Mention
    from kg.ontology import Relation

    Words = Mapping[str, list[int]]
    Ends = Mapping[str, Sequence[Mention]]

NAMES_ITSELF = frozenset({"signsAgreementWith", "leads", "represents"})  # a noun names what was agreed, an office
ASKING = frozenset({"callsOn"})  # what is asked for may be told by a clause
GOODS = frozenset({"attacks", "kills", "suppliesArmsTo", "tradesWith"})  # by means of goods, or in goods
THINGS = frozenset({
    "deploysForcesTo", "withdrawsFrom", "breaksTiesWith", "attacks", "seizes", "givesAidTo", "signsAgreementWith",
    "concedesTo", "condemns", "opposes", "supports", "negotiatesWith", "cooperatesEconomicallyWith", "mediatesFor",
    "cooperatesMilitarilyWith", "sanctions", "threatens", "detains", "blockades", "callsOn", "recognizes",
})  # fmt: skip
MOVING = frozenset({"deploysForcesTo"})  # what moves may be the subject: *Chinese warships circled the island*
PASSING = frozenset({"NOUN", "NUM", "SYM"})


def left_over(i: int, relation: Relation, mentions: Mentions, words: Words, ends: Ends) -> Mention | None:
    """Give the theme of word ``i``: *rejects Moscow's claim*, *the January memorandum*, *a missile attack*, or none.

    It is the object of the verb, unless that is one of the actors itself or a time. ``words`` and ``ends``
    are what stands at subject and object.
    """
    if relation.name in NAMES_ITSELF and mentions.tree.words[i].pos in NOMINAL:
        return mentions.theme(i)
    k = next(_candidates(i, relation.name, mentions, words, ends), None)
    return None if k is None else mentions.theme(k)


def _candidates(i: int, relation: str, mentions: Mentions, words: Words, ends: Ends) -> Iterator[int]:
    verb = mentions.tree.words[i].pos in VERBAL
    moved = mentions.clauses.subjects(i) if relation in MOVING else []
    if relation in THINGS and verb:
        done_to = [*mentions.clauses.objects(i), *moved]
        yield from (k for k in done_to if _passes(k, mentions) and not _is_end(k, mentions, words, ends))
    if relation in ASKING and verb:
        yield from (k.i for k in mentions.tree.kids(i, "xcomp", "comp") if k.pos in VERBAL)
    if relation in GOODS:
        parts = mentions.tree.kids(i, "obl", "compound", "amod")
        yield from (k.i for k in parts if mentions.kind_of(k.i) and not _is_end(k.i, mentions, words, ends))


def _passes(k: int, mentions: Mentions) -> bool:
    """A thing: a common noun that is no time and not empty, a sum or a good."""
    word, unit, lists = mentions.tree.words[k], mentions.unit_at.get(k), mentions.grammar.words
    if unit and not unit.is_adjective:
        return mentions.ontology.is_a(unit.entity.type, "Good")
    return word.pos in PASSING and word.lemma.casefold() not in lists["time_nouns"] | lists["themeless"]


def _is_end(k: int, mentions: Mentions, words: Words, ends: Ends) -> bool:
    """Is the word one of the actors, not only something of theirs (*condemned the raid*, *hit Houthi radars*)?"""
    if not any(k in words.get(name, ()) for name in ends):
        return False
    tree = mentions.tree
    named = [tree.words[k], *tree.kids(k, "appos", "flat")]
    found = [m for end in ends.values() for m in end if m.how not in ("event", "adjective")]
    return any(m.start <= w.start < m.end for w in named for m in found)
