"""Times that an event takes from the clause around it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.dates import load
from kg.extract.tree import NOMINAL, VERBAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.extract.times import TimeExpression
    from kg.extract.tree import Tree, Word

OBJECTS = frozenset({"subj", "obj", "attr", "agent"})
BARE = 2  # facts of a verb without auxiliaries: *had flown there and bumped fists*
LAST = 5  # the rank of a time that is taken only where there is no other
SIDE = 2  # words between verbs that share what follows: *arms and pays them*


def lent(
    i: int, tree: Tree, times: Sequence[TimeExpression], *, planned: bool = False
) -> Iterator[tuple[int, TimeExpression]]:
    """Times of the verb around, with ranks: of a supporting or a phase verb, or of a clause told in one breath."""
    word = tree.words[tree.first_conjunct(i)] if tree.words[i].pos in NOMINAL else tree.words[i]
    for t in times:
        if t.start_word <= word.head < t.end_word and _has(tree, word, t, "when"):
            yield 0, replace(t, value=t.value.strip("./"))  # *since 2018, when it left*
        if t.owner < 0 or t.nouns:
            continue
        own_verb = t.owner == word.head and word.head != word.i
        rank = _rank_below(tree, word, t, planned=planned) if own_verb else _rank_beside(tree, i, word, t)
        if is_clause_below(i, tree, t):
            rank = 1
        if rank is not None:
            yield rank, t


def _rank_below(tree: Tree, word: Word, t: TimeExpression, *, planned: bool) -> int | None:
    """How near a time of the verb right above is to its word; None: it is not the word's."""
    if (_is_argument(word) and t.supports) or (_is_complement(tree, word) and t.phases):
        return LAST if planned and load(t.lang).has("decisions", tree.words[t.owner].lemma) else 0
    if _is_during(tree, word, t):
        return 1
    lasting = ".." in t.value and word.i - word.head > SIDE
    shared = (not lasting and _is_beside(tree, word)) or (word.role == "conj" and _is_fronted(tree, t))
    return 3 if shared else None


def _rank_beside(tree: Tree, i: int, word: Word, t: TimeExpression) -> int | None:
    """How near a time of another clause is to the word; None: it is not the word's."""
    if tree.words[t.owner].head == i and _is_beside(tree, tree.words[t.owner]):
        return 2
    if _is_far_within(tree, word, t):
        return 1
    return 4 if _is_within(tree, word, t) or _is_there(tree, word, t) else None


def is_clause_below(i: int, tree: Tree, t: TimeExpression) -> bool:
    """Does the time stand in a clause of *since* below the word, or right behind it?"""
    if t.mark != "since" or t.nouns or tree.words[t.owner].role != "advcl":
        return False
    head, begins = tree.words[t.owner].head, min(tree.subtree(t.owner))
    between = any(tree.words[k].pos in VERBAL for k in range(i + 1, begins))
    return head == i or (i < begins and not between and any(up.i == head for up in tree.ancestors(i)))


def _has(tree: Tree, word: Word, t: TimeExpression, table: str) -> bool:
    """Does a conjunction of the table begin the clause?"""
    return any(load(t.lang).has(table, k.low) for k in tree.kids(word.i, "mark", "advmod", "obl"))


def _is_during(tree: Tree, word: Word, t: TimeExpression) -> bool:
    """Does it happen at the time of the clause above: *during a visit*, *when it left*, *flew there to meet X*?"""
    calendar = load(t.lang)
    if word.pos not in VERBAL:
        return word.role == "obl" and (calendar.has("during", word.prep) or calendar.has("beside", word.prep))
    if word.role == "advcl" and _has(tree, word, t, "when"):
        return True
    marks = [k.low for k in tree.kids(word.i, "mark")]
    going = calendar.has("motion", tree.words[t.owner].lemma) and not tree.kids(word.i, "subj")
    return going and word.role in ("advcl", "xcomp") and all(calendar.has("purpose", m) for m in marks)


def _is_far_within(tree: Tree, word: Word, t: TimeExpression) -> bool:
    """Does *during a visit* hang on a noun of the time's clause, by mistake of the parser?"""
    if word.role != "obl" or not load(t.lang).has("during", word.prep):
        return False
    return next((up.i for up in tree.ancestors(word.i) if up.pos in VERBAL), -1) == t.owner


def _is_within(tree: Tree, word: Word, t: TimeExpression) -> bool:
    """Does the clause hang on a part of the time's own clause and share its time?

    *at a ceremony at which they signed*, *became the first president to visit*, *talks mediated by Cairo resumed*
    """
    above = tree.words[word.head]
    far = _is_far_within(tree, above, t)
    if word.pos not in VERBAL or (above.head != t.owner and not far) or above.i == t.owner or ".." in t.value:
        return False
    infinitive = word.morph.get("VerbForm") == "Inf" or any(k.low == "to" for k in tree.kids(word.i, "aux", "mark"))
    if word.role == "relcl" and not infinitive:
        return (far or _is_during(tree, above, t)) and above.pos not in VERBAL and _has(tree, word, t, "there")
    if word.role not in ("acl", "relcl"):
        return False
    if infinitive:
        return above.role in ("attr", "xcomp") or load(t.lang).has("becoming", tree.words[t.owner].lemma)
    return t.phases and t.supports and word.passive and above.role == "subj" and above.pos == "NOUN"


def _is_there(tree: Tree, word: Word, t: TimeExpression) -> bool:
    """*L'émissaire, attendu mercredi à Rome, doit y rencontrer X*: where the time of somebody's way leads to."""
    comes = tree.words[t.owner]
    if word.pos not in VERBAL or comes.role not in ("acl", "relcl", "amod"):
        return False
    subjects = [k.i for up in (word.i, word.head) for k in tree.kids(up, "subj")]
    return comes.head in subjects and any(load(t.lang).has("there_too", k.low) for k in tree.kids(word.i))


def _is_argument(word: Word) -> bool:
    """Is it subject or object? The parser takes an object after a time for one more adverbial."""
    return word.role in OBJECTS or (word.role == "obl" and not word.prep)


def _is_complement(tree: Tree, word: Word) -> bool:
    """Is it an infinitive below a verb? The parser takes one after a time for an adverbial clause."""
    return word.role == "xcomp" or (word.role == "advcl" and not tree.kids(word.i, "mark", "subj"))


def _is_fronted(tree: Tree, t: TimeExpression) -> bool:
    """Does the time stand in front of its clause, and so of all that are coordinated with it?"""
    return t.end_word <= min([k.i for k in tree.kids(t.owner, "subj")] or [t.owner])


def _is_beside(tree: Tree, word: Word) -> bool:
    """Does a verb go on with the clause above: *seized the ship and rammed a boat*, *left, accusing Paris*?

    It has no subject of its own but a pronoun; coordinated, it is in the same tense; else it is a present participle.
    """
    subjects = tree.kids(word.i, "subj", "agent")
    if word.pos not in VERBAL or any(k.pos != "PRON" or word.role != "conj" for k in subjects):
        return False
    if word.role == "conj":
        tense, above = _tense(tree, word.i), _tense(tree, word.head)
        return tense in (above, above[:2]) or (len(tense) == BARE and tense[1] == above[1] == "Past")
    present = word.morph.get("VerbForm") == "Part" and word.morph.get("Tense") == "Pres"
    return word.role == "advcl" and present and not tree.kids(word.i, "mark")


def _tense(tree: Tree, i: int) -> tuple[str | None, ...]:
    """The form of a verb and of its auxiliaries."""
    word = tree.words[i]
    return (word.morph.get("VerbForm"), word.morph.get("Tense"), *(k.morph.get("Tense") for k in tree.kids(i, "aux")))
