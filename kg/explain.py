"""A statement explained, case by case: who says so, who denies it, in what role, with the sentences.

The words of the explanation are those of ``kg/lang/<code>/messages.toml``; the quoted sentences stay
in the language of their article.
"""

from __future__ import annotations

import textwrap
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import product
from typing import TYPE_CHECKING, TypeAlias

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extractOne

from kg import actors, ontology, verdicts
from kg.errors import UnknownName
from kg.lookup import relation as named_relation
from kg.lookup import short
from kg.model import Ruling
from kg.store.rulings import mention_of, value_of
from kg.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kg.actors import Actors
    from kg.model import Attribution, Case, Claim, Entity, Evidence, Position, Source, Stance, Statement
    from kg.store import Store

Messages: TypeAlias = "Mapping[str, Mapping[str, str]]"

# What is told in this order; a side without sources is told as well, but nobody need leave a thing open.
_SIDES: tuple[tuple[tuple[Position, ...], str | None], ...] = (
    (("for", "alleged"), "no_support"),
    (("against", "negated"), "no_denial"),
    (("open",), None),
)
_WIDTH = 100
_NEAR = 75  # of 100: how like a name must be to be proposed


def explain(
    store: Store, subject: str, relation: str, object_: str, *, lang: str = "en", who: Actors | None = None
) -> str:
    """Explain what a store holds on a statement; names may be in any language that is known, by the tables ``who``.

    A name or relation that does not exist raises UnknownName; a statement that nobody makes is
    said to be so, with what there is between the two.
    """
    words = messages(lang)
    tie = named_relation(relation)
    who = who or actors.load()
    subjects, objects = entities(store, subject, who), entities(store, object_, who)
    pairs = list(product(subjects, objects))
    found = [s for a, b in pairs for s in store.statements(subject=a, relation=tie.name, object=b)]
    teller = Teller(words, lang, who)
    if not found:
        others = [
            s for a, b in pairs for end in ((a, b), (b, a)) for s in store.statements(subject=end[0], object=end[1])
        ]
        return teller.nothing((subject, relation, object_), others)
    return "\n\n".join(map(teller.statement, found))


def tell(evidence: Evidence, *, lang: str = "en", who: Actors | None = None) -> str:
    """Tell one claim: who does what to whom, who says so, in which sentence, and what was decided on it."""
    teller, claim = Teller(messages(lang), lang, who or actors.load()), evidence.claim
    teller.shown[evidence.iri] = 1
    tie = dict(ontology.load().relation(claim.relation).labels).get(lang, claim.relation)
    head = f"{teller.label(claim.subject.entity)} {tie} {teller.label(claim.object.entity)} ({claim.relation})"
    return "\n".join([head, *(line.replace("[1] ", "", 1) for line in teller.evidence(evidence))])


def entities(store: Store, name: str, who: Actors | None = None) -> tuple[str, ...]:
    """Give the IRIs that a name can mean: of known actors, else of whatever a store names so."""
    found = dict.fromkeys(_known(name, who or actors.load()))
    if not found:
        labels = _labels(store)
        key = name.casefold().strip()
        found = dict.fromkeys(iri for label, iris in labels.items() if label.casefold() == key for iri in iris)
        if not found:
            nearest = extractOne(key, sorted(labels), scorer=ratio, processor=str.casefold, score_cutoff=_NEAR)
            hint = f"did you mean {one_line(nearest[0])}?" if nearest else "try a name that stands in an article"
            raise UnknownName(name, "nobody of that name is in this store", hint)
    return tuple(found)


@cache
def messages(lang: str) -> Messages:
    """Load what kg says to a reader in a language."""
    folders = sorted(f.name for f in files("kg.lang").iterdir() if f.joinpath("messages.toml").is_file())
    if lang not in folders:
        raise UnknownName(lang, "no messages in that language", f"choose among {', '.join(folders)}")
    return tomllib.loads(files("kg.lang").joinpath(lang, "messages.toml").read_text(encoding="utf-8"))


def _known(name: str, who: Actors) -> Iterator[str]:
    """Look a name up as a whole, in every language; a capital also means its state."""
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
                labels.setdefault(label, []).append(entity.iri)
            for address in (entity.iri, short(entity.iri), entity.qid):
                if address:
                    labels.setdefault(address, []).append(entity.iri)
    return labels


@dataclass(slots=True)
class Teller:
    """Tells statements in the words of one language; a sentence is quoted once and numbered."""

    words: Messages
    lang: str
    tables: Actors
    shown: dict[str, int] = field(default_factory=dict)

    def nothing(self, asked: Iterable[str], others: Iterable[Statement]) -> str:
        """Say that nobody says so, and what else there is between the two."""
        said = self.words["explain"]
        subject, relation, object_ = map(one_line, asked)
        tie = dict(named_relation(relation).labels).get(self.lang, relation)
        lines = [said["nothing"].format(subject=subject, relation=tie, object=object_)]
        names = dict.fromkeys(f"{self.label(s.subject)} {s.relation} {self.label(s.object)}" for s in others)
        if names:
            lines.append(said["others"].format(statements="; ".join(names)))
        return "\n".join(lines)

    def statement(self, statement: Statement) -> str:
        """Tell a statement, case by case."""
        subject, object_ = self.label(statement.subject), self.label(statement.object)
        tie = dict(ontology.load().relation(statement.relation).labels).get(self.lang, statement.relation)
        blocks = [f"{subject} {tie} {object_} ({statement.relation})"]
        return "\n\n".join([*blocks, *("\n".join(self.case(case)) for case in statement.cases)])

    def case(self, case: Case) -> Iterator[str]:
        """Tell a case: status, sides and the sentences that were not told before."""
        said = self.words["explain"]
        parts = (self.kind(case.kind), case.month, self.words["status"][case.status], self.seen(case))
        yield " · ".join(filter(None, parts))
        for positions, none in _SIDES:
            lines = [line for position in positions for line in self.sources(case, position)]
            yield from lines or ([f"  {said[none]}"] if none else [])
        again = [self.shown[e.iri] for e in case.evidence if e.iri in self.shown]
        if again:
            numbers = ", ".join(f"[{number}]" for number in sorted(again))
            yield _wrapped(said["shown"].format(numbers=numbers), "  ")
        for evidence in case.evidence:
            if evidence.iri not in self.shown:
                self.shown[evidence.iri] = len(self.shown) + 1
                yield ""
                yield from self.evidence(evidence)

    def kind(self, kind: str | None) -> str | None:
        """Name a kind of goods."""
        found = ontology.load().kinds.get(kind) if kind else None
        return dict(found.labels).get(self.lang, kind) if found else kind

    def seen(self, case: Case) -> str | None:
        """Say when a case was seen first and last."""
        if case.first_seen is None or case.last_seen is None:
            return None
        key = "seen_once" if case.first_seen == case.last_seen else "seen"
        return self.words["explain"][key].format(first=case.first_seen.isoformat(), last=case.last_seen.isoformat())

    def sources(self, case: Case, position: Position) -> Iterator[str]:
        """Give one line with the sources of a position, in what role they speak, and through whom."""
        names = [self.source(source) for source in case.sources if source.position == position]
        if names:
            yield _wrapped(self.words["position"][position].format(sources="; ".join(names)), "  ")

    def source(self, source: Source) -> str:
        """Name a source with its role, and those who speak for it."""
        who = self.tables.entities.get(source.iri)
        others = [one_line(speaker) for speaker in source.speakers if speaker != source.label]
        through = self.words["explain"]["through"].format(speakers=", ".join(others)) if others else ""
        owner = self.words["explain"]["owner"].format(owner=one_line(source.owner)) if source.owner else ""
        notes = ", ".join(filter(None, (self.words["role"][source.role], through, owner)))
        return f"{self.label(who) if who else one_line(source.label)} ({notes})"

    def evidence(self, evidence: Evidence) -> Iterator[str]:
        """Tell one claim: where it stands, its sentence, who speaks, and what was decided on it."""
        claim, article, said = evidence.claim, evidence.article, self.words["explain"]
        when = article.date.isoformat() if article.date else said["unknown_date"]
        place = said["in_title"] if claim.passage.part == "title" else None
        parts = " · ".join(one_line(part) for part in (when, article.outlet, article.id, place) if part)
        yield f"  [{self.shown[evidence.iri]}] {parts}"
        yield _wrapped(said["quote"].format(text=one_line(claim.passage.text)), "    ")
        negative = said["negative"] if claim.polarity == "negative" else ""
        notes = (*self.speakers(claim), self.words["modality"][claim.modality], negative, claim.rule)
        yield _wrapped("→ " + " · ".join((*filter(None, notes), verdicts.short(evidence.iri))), "    ")
        if told := " · ".join(ruled(evidence, self.words, self.label)):
            yield _wrapped(f"{'✗' if evidence.position == 'rejected' else '✓'} {told}", "    ")

    def speakers(self, claim: Claim) -> Iterator[str]:
        """Say who puts a claim forward, nearest first, and who reports that they do."""
        if not claim.attribution:
            yield self.words["explain"]["own_voice"]
        by_level: dict[tuple[int, Stance], list[str]] = {}
        for attribution in claim.attribution:
            by_level.setdefault((attribution.level, attribution.stance), []).append(self.speaker(attribution))
        for (level, stance), names in sorted(by_level.items()):
            reported = level and stance == "asserts"
            form = self.words["explain"]["reported"] if reported else self.words["stance"][stance]
            yield form.format(speakers=", ".join(names))

    def speaker(self, attribution: Attribution) -> str:
        """Name a speaker, and the mouthpiece."""
        name = self.label(attribution.speaker.entity)
        if not attribution.via:
            return name
        mouthpiece = self.label(attribution.via.entity)
        return f"{name} ({self.words['explain']['via'].format(mouthpiece=mouthpiece)})"

    def label(self, entity: Entity) -> str:
        """Name an entity, on one line."""
        return one_line(entity.label_in(self.lang))


def ruled(evidence: Evidence, words: Messages, label: Callable[[Entity], str]) -> Iterator[str]:
    """Say what the analyst has decided on a claim."""
    ruling, said = evidence.ruling or Ruling(), words["verdict"]
    if ruling.rejected:
        yield said["reject"]
    if ruling.confirmed:
        yield said["confirm"]
    if ruling.amendments and evidence.original:
        pairs = [(name, evidence.original, evidence.claim) for name, _ in ruling.amendments]
        changes = (
            said["change"].format(field=words["field"][name], was=_value(was, name, label) or said["nothing"],
                                  becomes=_value(now, name, label) or said["nothing"])
            for name, was, now in pairs
        )  # fmt: skip
        yield said["amend"].format(changes=", ".join(changes))
    if ruling.note:
        yield said["note"].format(note=one_line(ruling.note))


def _value(claim: Claim, name: str, label: Callable[[Entity], str]) -> str:
    mention = mention_of(claim, name)
    return label(mention.entity) if mention else value_of(claim, name)


def _wrapped(text: str, indent: str) -> str:
    return textwrap.fill(text, _WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False)
