"""A text read with a record of every frame that was tried: what kept it, or what it lacked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from kg.extract import assemble
from kg.extract.frames import Failure, Frames, Proposal
from kg.extract.typography import smooth

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.actors import Actors
    from kg.extract.claims import Assembly
    from kg.extract.lexicon import Frame
    from kg.model import Article, Claim, Mention

# ``where``: a word that the idiom needs is not there; ``outweighed``: a heavier frame won; ``nothing``: no slot found
# anybody; the rest are the reasons of a Failure.
Outcome: TypeAlias = Literal["kept", "where", "outweighed", "nothing", "no subject", "no object", "no theme"]


class Unfit(NamedTuple):
    """Somebody who stood where a slot looks, of a class that it does not take."""

    mention: Mention
    wanted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """A frame tried on a word."""

    i: int
    frame: Frame
    outcome: Outcome
    unfit: tuple[Unfit, ...] = ()
    proposal: Proposal | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """What became of a text; ``tried`` in text order, ``claims`` with offsets into title and text together."""

    assembly: Assembly
    tried: tuple[Trial, ...]
    claims: tuple[Claim, ...]


class TracedFrames(Frames):
    """Frames that keep a record of what they tried."""

    def match(self) -> Iterator[Proposal | Failure]:
        """All that the words of the text state, recorded as it comes."""
        self.filled: dict[tuple[int, str], Proposal | Failure | None] = {}
        self.unfit: dict[tuple[int, str], list[Unfit]] = {}
        self._now = (-1, "")
        for result in super().match():
            if isinstance(result, Proposal):  # one that another clause lent its ends was a failure before
                self.filled[result.i, result.frame.id] = result
            yield result

    def _fill(self, i: int, frame: Frame) -> Proposal | Failure | None:
        self._now = (i, frame.id)
        result = super()._fill(i, frame)
        self.filled[i, frame.id] = result
        return result

    def _fits(self, mention: Mention, wanted: tuple[str, ...]) -> bool:
        fits = super()._fits(mention, wanted)
        unfit = Unfit(mention, wanted)
        if not fits and unfit not in self.unfit.setdefault(self._now, []):
            self.unfit[self._now].append(unfit)
        return fits

    def trials(self) -> Iterator[Trial]:
        """Every frame of the lexicon for every word of the text, with what became of it."""
        for i in range(len(self.tree.words)):
            if i in self.mentions.unit_at and self.tree.words[i].pos != "VERB":
                continue
            for key in self.clauses.keys(i):
                for frame in self.clauses.lexicon.frames.get(key, ()):
                    yield self._trial(i, frame)

    def _trial(self, i: int, frame: Frame) -> Trial:
        at = (i, frame.id)
        if at not in self.filled:
            return Trial(i, frame, "outweighed" if self.clauses.holds(i, frame.where) else "where")
        result = self.filled[at]
        if isinstance(result, Proposal):
            return Trial(i, frame, "kept", proposal=result)
        outcome: Outcome = result.reason if result else "nothing"  # type: ignore[assignment] # reasons are outcomes
        return Trial(i, frame, outcome, tuple(self.unfit.get(at, ())))


def trace(article: Article, *, actors: Actors | None = None) -> Trace:
    """Read an article and keep what was tried.

    >>> from kg.model import Article
    >>> found = trace(Article("a", "Paris condamne Téhéran.", "fr"))
    >>> [(t.frame.id, t.outcome) for t in found.tried if t.outcome == "kept"]
    [('fr/condamner', 'kept')]
    """
    text = f"{article.title}\n\n{article.text}" if article.title else article.text
    odd = smooth(text, article.lang)
    assembly = assemble(odd.text if odd else text, article, actors=actors, frames=TracedFrames)
    claims = tuple(assembly.claims())
    frames = assembly.frames
    assert isinstance(frames, TracedFrames)  # noqa: S101 - asked for above
    return Trace(assembly, tuple(frames.trials()), claims)
