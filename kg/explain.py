"""A statement explained, case by case: who says so, who denies it, in what role, with the sentences.

The words of the explanation are those of ``kg/lang/<code>/messages.toml``; the quoted sentences stay
in the language of their article.
"""

from __future__ import annotations

import textwrap
import tomllib
from functools import cache
from importlib.resources import files
from itertools import product
from typing import TYPE_CHECKING, TypeAlias

from rapidfuzz.process import extractOne

from kg import actors, ontology
from kg.errors import UnknownName
from kg.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.model import Case, Claim, Entity, Evidence, Source, Statement
    from kg.store import Store

Messages: TypeAlias = "Mapping[str, Mapping[str, str]]"

FOR = ("for", "alleged")
AGAINST = ("against", "negated")
_WIDTH = 100


def explain(store: Store, subject: str, relation: str, object_: str, *, lang: str = "en") -> str:
    """Explain what a store holds on a statement; names may be in any language that is known.

    A name or relation that does not exist raises UnknownName; a statement that nobody makes is
    said to be so, with what there is between the two.
    """
    words = messages(lang)
    tie = ontology.load().relation(relation)
    subjects, objects = entities(store, subject), entities(store, object_)
    pairs = list(product(subjects, objects))
    found = [s for a, b in pairs for s in store.statements(subject=a, relation=tie.name, object=b)]
    if not found:
        return _nothing(store, (subject, relation, object_), pairs, words)
    return "\n\n".join(_statement(statement, words, lang) for statement in found)


def entities(store: Store, name: str) -> tuple[str, ...]:
    """Give the IRIs that a name can mean: of known actors, else of whatever a store names so."""
    found = dict.fromkeys(_known(name))
    if not found:
        labels = _labels(store)
        key = name.casefold().strip()
        found = dict.fromkeys(labels.get(key, ()))
        if not found:
            nearest = extractOne(key, sorted(labels), score_cutoff=75)
            hint = f"did you mean {nearest[0]}?" if nearest else "try a name that stands in an article"
            raise UnknownName(name, "nobody of that name is in this store", hint)
    return tuple(found)


@cache
def messages(lang: str) -> Messages:
    """Load what kg says to a reader in a language."""
    folders = sorted(f.name for f in files("kg.lang").iterdir() if f.joinpath("messages.toml").is_file())
    if lang not in folders:
        raise UnknownName(lang, "no messages in that language", f"choose among {', '.join(folders)}")
    return tomllib.loads(files("kg.lang").joinpath(lang, "messages.toml").read_text(encoding="utf-8"))


def _known(name: str) -> Iterator[str]:
    """Look a name up as a whole, in every language; a capital also means its state."""
    who = actors.load()
    words = actors.pieces(name)
    for folder in sorted(f.name for f in files("kg.lang").iterdir() if f.joinpath("grammar.toml").is_file()):
        for match in who.find(words, words, folder):
            if (match.start, match.end) == (0, len(words)):
                for known in match.names:
                    yield known.iri
                    if seat := who.seat_of(known.iri):
                        yield seat


def _labels(store: Store) -> dict[str, list[str]]:
    labels: dict[str, list[str]] = {}
    for statement in store.statements():
        for entity in (statement.subject, statement.object):
            for label in {entity.label, *(text for _, text in entity.labels)}:
                labels.setdefault(label.casefold(), []).append(entity.iri)
            labels.setdefault(entity.iri.casefold(), []).append(entity.iri)
            if entity.qid:
                labels.setdefault(entity.qid.casefold(), []).append(entity.iri)
    return labels


def _nothing(store: Store, asked: tuple[str, str, str], pairs: list[tuple[str, str]], words: Messages) -> str:
    said = words["explain"]
    subject, relation, object_ = map(one_line, asked)
    lines = [said["nothing"].format(subject=subject, relation=relation, object=object_)]
    both = [end for a, b in pairs for end in ((a, b), (b, a))]
    others = dict.fromkeys(_short(s) for a, b in both for s in store.statements(subject=a, object=b))
    if others:
        lines.append(said["others"].format(statements="; ".join(others)))
    return "\n".join(lines)


def _short(statement: Statement) -> str:
    return one_line(f"{statement.subject.label} {statement.relation} {statement.object.label}")


def _statement(statement: Statement, words: Messages, lang: str) -> str:
    subject, object_ = (_label(entity, lang) for entity in (statement.subject, statement.object))
    blocks = [f"{subject} {statement.relation} {object_}"]
    blocks += ["\n".join(_case(case, words, lang)) for case in statement.cases]
    return "\n\n".join(blocks)


def _label(entity: Entity, lang: str) -> str:
    return one_line(entity.label_in(lang))


def _case(case: Case, words: Messages, lang: str) -> Iterator[str]:
    said = words["explain"]
    yield " · ".join(
        filter(None, (_kind(case.kind, lang), case.month, words["status"][case.status], _seen(case, said)))
    )
    for positions, none in ((FOR, "no_support"), (AGAINST, "no_denial"), (("open",), None)):
        sources = [source for source in case.sources if source.position in positions]
        yield from _sources(sources, words)
        if none and not sources:
            yield f"  {said[none]}"
    for evidence in case.evidence:
        yield ""
        yield from _evidence(evidence, words, lang)


def _kind(kind: str | None, lang: str) -> str | None:
    if kind is None:
        return None
    found = ontology.load().kinds.get(kind)
    return dict(found.labels).get(lang, kind) if found else kind


def _seen(case: Case, said: Mapping[str, str]) -> str | None:
    if case.first_seen is None or case.last_seen is None:
        return None
    key = "seen_once" if case.first_seen == case.last_seen else "seen"
    return said[key].format(first=case.first_seen.isoformat(), last=case.last_seen.isoformat())


def _sources(sources: Iterable[Source], words: Messages) -> Iterator[str]:
    """Give one line a position: its sources with their role and those who spoke for them."""
    by_position: dict[str, list[str]] = {}
    for source in sources:
        speakers = [one_line(speaker) for speaker in source.speakers if speaker != source.label]
        through = words["explain"]["through"].format(speakers=", ".join(speakers)) if speakers else ""
        notes = ", ".join(filter(None, (words["role"][source.role], through)))
        by_position.setdefault(source.position, []).append(f"{one_line(source.label)} ({notes})")
    for position, names in by_position.items():
        yield _wrapped(f"{words['position'][position]}: {'; '.join(names)}", "  ")


def _evidence(evidence: Evidence, words: Messages, lang: str) -> Iterator[str]:
    claim, article, said = evidence.claim, evidence.article, words["explain"]
    when = article.date.isoformat() if article.date else said["unknown_date"]
    place = said["in_title"] if claim.passage.part == "title" else None
    yield "  " + " · ".join(one_line(part) for part in (when, article.outlet, article.id, place) if part)
    yield _wrapped(said["quote"].format(text=one_line(claim.passage.text)), "    ")
    modality = words["modality"][claim.modality]
    negative = said["negative"] if claim.polarity == "negative" else ""
    notes = (_who(claim, words, lang), modality, negative, claim.rule)
    yield _wrapped("→ " + " · ".join(filter(None, notes)), "    ")


def _who(claim: Claim, words: Messages, lang: str) -> str:
    """Say who puts a claim forward, nearest first, and who reports that they do."""
    said = words["explain"]
    if not claim.attribution:
        return said["own_voice"]
    parts = []
    for attribution in sorted(claim.attribution, key=lambda a: a.level):
        name = _label(attribution.speaker.entity, lang)
        if attribution.via:
            mouthpiece = _label(attribution.via.entity, lang)
            name = f"{name} ({said['via'].format(mouthpiece=mouthpiece)})"
        key = "reported" if attribution.level and attribution.stance == "asserts" else "says"
        parts.append(said[key].format(speakers=name, stance=words["stance"][attribution.stance]))
    return ", ".join(parts)


def _wrapped(text: str, indent: str) -> str:
    return textwrap.fill(text, _WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False)
