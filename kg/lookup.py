"""Whom somebody means who types a name, an address or a Wikidata id, and what to propose where nobody is meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extractOne

from kg import ontology
from kg.actors import pieces, plain
from kg.errors import UnknownName
from kg.model import ENT, GP, Entity, digest
from kg.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.actors import Actors
    from kg.ontology import Relation

PREFIX = "ent:"
LOCAL, OWN = ENT + "local/", ENT + "user/"
_PUNCTUATION = re.compile(r"([^\w\s.’'‐‑–-])")
_QID = re.compile(r"Q[1-9][0-9]*")
_NEAR = 75  # of 100: how like a word must be to be proposed in a message


def iri_of(text: str) -> str:
    """Write an address out.

    >>> iri_of("ent:iran") == ENT + "iran"
    True
    """
    return ENT + text.removeprefix(PREFIX) if text.startswith(PREFIX) else text


def short(iri: str) -> str:
    """Write an address the short way.

    >>> short(ENT + "iran")
    'ent:iran'
    """
    return PREFIX + iri.removeprefix(ENT) if iri.startswith(ENT) else iri


def own_iri(name: str) -> str:
    """Give the address of an entity that a user adds by name.

    >>> short(own_iri("Société Zorglub"))
    'ent:user/societe-zorglub'
    """
    slug = re.sub(r"[^a-z0-9]+", "-", plain(name)).strip("-")[:60].strip("-")
    return OWN + (slug or digest(name)[:8])


def named(text: str, who: Actors, lang: str = "") -> tuple[str, ...]:
    """Give the addresses that a whole name stands for, in one language or in any.

    >>> from kg.actors import load
    >>> [short(iri) for iri in named("Royaume-Uni", load())]
    ['ent:united-kingdom']
    """
    runs = dict.fromkeys((pieces(text), pieces(spaced(text))))
    langs = [lang] if lang else sorted(who.indexes)
    found = (m for run in runs for each in langs for m in who.find(run, run, each) if (m.start, m.end) == (0, len(run)))
    return tuple(dict.fromkeys(name.iri for match in found for name in match.names))


def meant(text: str, who: Actors) -> tuple[str, ...]:
    """Give the entities that a user may mean: by address, Wikidata id, label, or name; in this order.

    >>> from kg.actors import load
    >>> [short(iri) for key in ("ent:iran", "Q794", "iran", "Téhéran") for iri in meant(key, load())]
    ['ent:iran', 'ent:iran', 'ent:iran', 'ent:tehran']
    """
    iri = iri_of(text)
    iri = who.merged.get(iri, iri)
    if iri in who.entities:
        return (iri,)
    if _QID.fullmatch(text):
        return tuple(i for i, e in who.entities.items() if e.qid == text)
    key = text.casefold()
    labelled = tuple(i for i, e in who.entities.items() if key in {label.casefold() for _, label in e.labels})
    return labelled or tuple(i for i in named(text, who) if i in who.entities)


def entity(text: str, who: Actors) -> Entity:
    """Give the one entity that a user means.

    Raises:
        UnknownName: nobody is called so, or several are.
    """
    found = meant(text, who)
    if len(found) > 1:
        raise UnknownName(text, "several are called so", f"write one of {', '.join(map(short, found))}")
    if not found:
        raise UnknownName(text, "nobody of that name is known", did_you_mean(text, who))
    return who.entities[found[0]]


def relation(text: str) -> Relation:
    """Give the relation that a user means: by name or by label in any language; case and accents do not matter.

    >>> [relation(text).name for text in ("suppliesArmsTo", "gp:suppliesarmsto", "livre des armes a")]
    ['suppliesArmsTo', 'suppliesArmsTo', 'suppliesArmsTo']

    Raises:
        UnknownName: there is none; the message proposes the likest.
    """
    known: dict[str, Relation] = {}
    for each in ontology.load().relations.values():
        known |= {plain(name): each for name in (each.name, *dict(each.labels).values())}
    key = plain(text.removeprefix("gp:").removeprefix(GP).strip())
    if key not in known:
        near = extractOne(key, sorted(known), scorer=ratio, score_cutoff=_NEAR)
        remedy = f"did you mean {known[near[0]].name}?" if near else "kg's relations are in docs/relations.md"
        raise UnknownName(one_line(text), "no relation of that name or label", remedy)
    return known[key]


def did_you_mean(text: str, who: Actors, others: Iterable[str] = ()) -> str:
    """Propose the entity of which a name or the address is most like a text, or another name that is.

    >>> from kg.actors import load
    >>> did_you_mean("Azerbaidjan", load()), did_you_mean("Zelenskyj", load())
    ('did you mean Azerbaijan (ent:azerbaijan)?', 'did you mean Volodymyr Zelenskyy (ent:volodymyr-zelenskyy)?')
    """
    keys = {iri.removeprefix(ENT): iri for iri in who.entities}
    if not text.startswith(PREFIX):
        named = ((text, name.iri) for index in who.indexes.values() for text, name in index)
        keys = {name.casefold(): iri for name, iri in named if iri in who.entities}
        keys |= {label.casefold(): iri for iri, e in who.entities.items() for _, label in e.labels}
    names = {name.casefold(): name for name in others} | keys
    found = extractOne(text.removeprefix(PREFIX).casefold(), sorted(names), scorer=ratio, score_cutoff=_NEAR)
    if not found:
        return "write an address of ontologies/actors, such as ent:iran, or decide who it is: kg actors add --help"
    name = names[found[0]]
    return f"did you mean {listed([name], who)}?"


def spaced(text: str) -> str:
    """Set punctuation apart, as it is among the words of a text.

    >>> spaced("Zorglub (Moscow)")
    'Zorglub ( Moscow )'
    """
    return " ".join(_PUNCTUATION.sub(r" \1 ", text).split())


def listed(iris: Iterable[str], who: Actors) -> str:
    """Write entities with their addresses.

    >>> from kg.actors import load
    >>> listed([ENT + "iran"], load())
    'Iran (ent:iran)'
    """
    return ", ".join(f"{who.entities[iri].label} ({short(iri)})" if iri in who.entities else iri for iri in iris)


def choose(word: str, words: Iterable[str]) -> str:
    """Propose the likest of some words, or all of them.

    >>> choose("Sate", ["State", "City"]), choose("x", ["State", "City"])
    ('did you mean State?', 'take one of State, City')
    """
    known = list(words)
    found = extractOne(word, known, scorer=ratio, score_cutoff=_NEAR)
    return f"did you mean {found[0]}?" if found else f"take one of {', '.join(known)}"
