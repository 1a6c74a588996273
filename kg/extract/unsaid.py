"""What a text leaves out for it has just been said: *so does Russia*, *Londres Moscou*, the parties of a mediation."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

from kg.extract.tree import VERBAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.extract.frames import Failure, Frames, Proposal
    from kg.extract.names import Unit
    from kg.model import Mention

MEDIATION = "mediatesFor"
PARTIES = ("negotiatesWith", "signsAgreementWith", "atWarWith", "attacks", "meetsWith", "accuses", "threatens")
BROKERS = ("State", "IntergovernmentalOrganisation")  # who may be talked through
PAIR = 2  # parties of a dispute
NEAR = 2  # words between the sides of a gap
MEMORY = 3  # sentences in which the parties of a mediation may have been named


class Unsaid:
    """Fills in, after all frames of a text were matched, what it says without the words for it."""

    def __init__(self, frames: Frames) -> None:
        self.frames = frames
        self.tree = frames.tree
        self.words = frames.grammar.words
        self.mentions = frames.mentions

    def proposals(self, failures: Iterable[Failure]) -> Iterator[Proposal]:
        """All of them, by place."""
        for i in range(1, len(self.tree.words)):
            yield from self._likewise(i)
            yield from self._gap(i)
            yield from self._through(i)
        yield from (p for f in failures if f.frame.relation == MEDIATION for p in self._mediation(f))

    # ------------------------------------------------------------------ the same of others
    def _likewise(self, i: int) -> Iterator[Proposal]:
        """*so does Russia*, *nor do X or Y*, *tout comme la Russie*, *Berlin aussi*."""
        start = self._after_likewise(i)
        unit = self._unit_at(start) if start else None
        if unit is None or unit.is_adjective:
            return
        others = [m for k in self._row(unit) for m in self.mentions.resolve(k)]
        for said in self._said_before(i):
            pairs = tuple((m, o) for m, o in product(others, self._objects(said)) if self._new(said, m, o))
            if pairs:
                yield replace(said, pairs=pairs)

    def _after_likewise(self, i: int) -> int | None:
        """Where the others stand who do the same, if the word ``i`` begins such an ellipsis."""
        words, low = self.tree.words, self.tree.words[i].low
        if low in self.words["so_do"] and i + 1 < len(words) and words[i + 1].low in self.words["so_do_auxiliaries"]:
            return i + 2
        if low in self.words["likewise"] and words[i - 1].low in self.words["likewise_before"]:
            return i + 1
        if i + 1 < len(words) and words[i - 1].text in ",;" and i in self.mentions.unit_at:
            unit = self.mentions.unit_at[i]
            after = unit.end
            return i if after < len(words) and words[after].low in self.words["too"] else None
        return None

    def _unit_at(self, start: int) -> Unit | None:
        """The name at a word, an article aside."""
        for i in range(start, min(start + NEAR, len(self.tree.words))):
            if i in self.mentions.unit_at:
                return self.mentions.unit_at[i]
            if self.tree.words[i].pos != "DET":
                return None
        return None

    def _row(self, unit: Unit) -> list[int]:
        """The heads of a name and of those in a row with it: *Russia, China or Iran*."""
        heads, words = [unit.head], self.tree.words
        k = unit.end
        while k < len(words) and (words[k].text == "," or words[k].pos in ("CCONJ", "DET")):
            k += 1
            if k < len(words) and (after := self.mentions.unit_at.get(k)) and not after.is_adjective:
                heads.append(after.head)
                k = after.end
        return heads

    def _said_before(self, i: int) -> list[Proposal]:
        """What the nearest verb before a word stated, in its sentence or the one before."""
        here = self.tree.sentence_of[i]
        before = [p for p in self.frames.said if p.i < i and self.tree.words[p.i].pos in VERBAL]
        nearest = max((p.i for p in before), default=-1)
        near = nearest >= 0 and here - self.tree.sentence_of[nearest] <= 1
        return [p for p in before if p.i == nearest] if near else []

    @staticmethod
    def _objects(said: Proposal) -> list[Mention]:
        return list({o.entity.iri: o for _, o in said.pairs}.values())

    @staticmethod
    def _new(said: Proposal, subject: Mention, object_: Mention) -> bool:
        known = {e.entity.iri for pair in said.pairs for e in pair}
        return subject.entity.iri not in known and subject.entity.iri != object_.entity.iri

    # ------------------------------------------------------------------ gaps
    def _gap(self, i: int) -> Iterator[Proposal]:
        """*France condemned Iran, Germany Russia*: two names side by side behind a clause do the same."""
        words = self.tree.words
        first = self.mentions.unit_at.get(i)
        if first is None or first.start != i or first.is_adjective or words[self._before(i)].text not in (",", ";"):
            return
        second = self._unit_at(first.end)
        if second is None or second.is_adjective or second.start <= first.start:
            return
        ends = second.end >= len(words) or words[second.end].text in ",;." or words[second.end].pos == "CCONJ"
        if not ends:
            return
        subjects, objects = self.mentions.resolve(first.head), self.mentions.resolve(second.head)
        for said in self._said_before(i):
            behind = all(o.start > words[said.i].start for _, o in said.pairs)
            same = self.tree.sentence_of[said.i] == self.tree.sentence_of[i]
            pairs = tuple((s, o) for s, o in product(subjects, objects) if self._new(said, s, o))
            if behind and same and pairs and all(self._same_class(said, pair) for pair in pairs):
                yield replace(said, pairs=pairs)

    def _before(self, i: int) -> int:
        return i - 2 if self.tree.words[i - 1].pos == "DET" and i > 1 else i - 1

    @staticmethod
    def _same_class(said: Proposal, pair: tuple[Mention, Mention]) -> bool:
        return any((s.entity.type, o.entity.type) == (pair[0].entity.type, pair[1].entity.type) for s, o in said.pairs)

    # ------------------------------------------------------------------ parties of a mediation
    def _mediation(self, failure: Failure) -> Iterator[Proposal]:
        """*a deal brokered by the EU*, *grâce à la médiation du Qatar*: for those who deal or fight near by."""
        subjects = self.frames.subjects_of(failure)
        parties = self._parties(failure.i, {s.entity.iri for s in subjects}) if subjects else []
        if parties:
            pairs = tuple(product(subjects, parties))
            yield self.frames.proposal(failure.i, failure.frame, pairs)

    def _through(self, i: int) -> Iterator[Proposal]:
        """*négocie avec les Houthis par l'intermédiaire d'Oman*: whoever talks pass through is their mediator."""
        word = self.tree.words[i]
        if word.role != "obl" or word.prep not in self.frames.grammar.prepositions["via"]:
            return
        frames = self.frames.clauses.lexicon.frames.values()
        mediating = next(f for found in frames for f in found if f.relation == MEDIATION)
        subjects = [m for m in self.mentions.resolve(i) if m.entity.type in BROKERS]
        parties = self._parties(i, {s.entity.iri for s in subjects}, memory=0) if subjects else []
        if parties:
            yield self.frames.proposal(i, mediating, tuple(product(subjects, parties)))

    def _parties(self, i: int, mediators: set[str], memory: int = MEMORY) -> list[Mention]:
        """The ends of the nearest deal, talks or fight: of the sentence, else of those before."""
        here = self.tree.sentence_of[i]
        near = [p for p in self.frames.said if 0 <= here - self.tree.sentence_of[p.i] <= memory]
        near = [p for p in near if p.frame.relation in PARTIES]
        for said in sorted(near, key=lambda p: (here - self.tree.sentence_of[p.i], abs(p.i - i))):
            ends = {m.entity.iri: m for pair in said.pairs for m in pair}
            if len(ends) == PAIR and not mediators & ends.keys():
                at = self.frames.anchor(i)
                return [replace(m, text=at.text, start=at.start, end=at.end, how="event") for m in ends.values()]
        return []
