"""What can be true or denied as one, who holds which position on it, and what status follows.

Nothing here knows RDF: voices in, cases out. The rules are those of docs/claims.md and of the
ontology; their order matters only where a source has changed its mind.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from datetime import date as Date  # noqa: N812 - the field of the same name would hide it

    from kg.model import Claim, Position, Role, Status

KindIs: TypeAlias = "Callable[[str, str], bool]"
Key: TypeAlias = tuple[str | None, str | None]
Place: TypeAlias = tuple[str, str, int, int]

REAL = frozenset({"actual", "alleged"})
PRO = frozenset({"for", "alleged"})
CONTRA = frozenset({"against", "negated"})
LIVE = frozenset({"Contested", "Corroborated", "Reported", "Alleged"})
REJECTED = "rejected"  # the position of a claim that the analyst has rejected
PARTIES = frozenset({"subject", "object"})


@dataclass(frozen=True, slots=True)
class Voice:
    """One claim as it counts: its position in a case, and the sources that take it together.

    ``place`` orders voices in time: date, article, part and offset. ``copies`` are keys that near-identical
    articles share.
    """

    claim: str
    kind: str | None
    month: str | None
    position: Position
    place: Place
    sources: tuple[tuple[str, Role], ...]
    doubted: bool = False
    date: Date | None = None
    copies: frozenset[str] = frozenset()

    @property
    def key(self) -> Key:
        """The case that it speaks of itself."""
        return self.kind, self.month

    @property
    def is_own(self) -> bool:
        """Does an article put it forward in its own voice, so that those who print the same count once?"""
        return self.position == "for" and any(role == "own voice" for _, role in self.sources)

    @property
    def decides(self) -> bool:
        """Does it replace what its sources said before? Plans and mere possibilities do not; a doubt does."""
        return self.position != "open" or self.doubted

    @property
    def rank(self) -> Rank:
        """What decides which of a source's voices is its latest."""
        return self.decides, self.place, self.claim


Rank: TypeAlias = tuple[bool, Place, str]


@dataclass(frozen=True, slots=True)
class Standing:
    """The latest position of one source in a case, the role it speaks in, and the claim that it comes from."""

    source: str
    role: Role
    position: Position
    claim: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a case tells of its statement: its status, and in which roles sources hold which positions."""

    status: Status
    held: frozenset[tuple[Position, Role]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A case worked out: its key, status, standings and the voices that count in it."""

    kind: str | None
    month: str | None
    status: Status
    standings: tuple[Standing, ...]
    voices: tuple[Voice, ...]
    first_seen: Date | None
    last_seen: Date | None

    @property
    def outcome(self) -> Outcome:
        """What it tells of its statement."""
        return Outcome(self.status, frozenset((each.position, each.role) for each in self.standings))


@dataclass(frozen=True, slots=True)
class Stood:
    """A case as it stands in a store: ``counts`` tells how many sources hold a position in a role."""

    kind: str | None
    month: str | None
    status: Status
    first_seen: Date | None = None
    last_seen: Date | None = None
    counts: Counter[tuple[Position, Role]] = field(default_factory=Counter)

    @property
    def outcome(self) -> Outcome:
        """What it tells of its statement."""
        return Outcome(self.status, frozenset(self.counts))


@dataclass(frozen=True, slots=True)
class Turn:
    """Where a source stood in a case, if it did, and where it stands now."""

    before: Standing | None
    after: Standing


def position_of(claim: Claim) -> Position:
    """Tell what a claim says on its case: for, alleged, against, negated or open."""
    if claim.modality not in REAL or is_doubted(claim):
        return "open"
    if claim.is_net_positive:
        return "for" if claim.modality == "actual" else "alleged"
    return "against" if claim.attribution else "negated"


def is_doubted(claim: Claim) -> bool:
    """Does anybody in the claim's chain of speakers doubt it?"""
    return any(each.stance == "doubts" for each in claim.attribution)


def verdicts(voices: Iterable[Voice], kind_is: KindIs) -> list[Verdict]:
    """Work out every case of one statement from all its voices.

    A case exists where a voice speaks of its very kind and month. Voices on other kinds of the
    same month count in it too: a denial of a broader kind, support of a narrower one. A case of which every claim is
    rejected stays to be seen.
    """
    ordered = sorted(voices, key=lambda voice: (voice.place, voice.claim))
    keys = sorted({voice.key for voice in ordered}, key=lambda key: (key[0] or "", key[1] or ""))
    heard = [voice for voice in ordered if voice.position != REJECTED]
    live = {voice.key for voice in heard}
    return [
        _verdict(
            key, [voice for voice in (ordered if key in live else rejected(ordered)) if counts(voice, key, kind_is)]
        )
        for key in keys
    ]


def rejected(voices: Iterable[Voice]) -> list[Voice]:
    """Give the voices of claims that the analyst has rejected: they are kept to be seen, and count for nothing."""
    return [voice for voice in voices if voice.position == REJECTED]


def counts(voice: Voice, key: Key, kind_is: KindIs) -> bool:
    """Does a voice count in a case: its own, or one of the same month that its words bear on?"""
    kind, month = key
    if voice.month != month:
        return False
    if voice.kind == kind:
        return True
    if voice.position in CONTRA:
        return _is_below(kind, voice.kind, kind_is)
    return voice.position in PRO and _is_below(voice.kind, kind, kind_is)


def _is_below(narrow: str | None, broad: str | None, kind_is: KindIs) -> bool:
    """Is one kind narrower than the other? No kind at all is the broadest."""
    return broad is None or (narrow is not None and kind_is(narrow, broad))


def _verdict(key: Key, voices: Sequence[Voice]) -> Verdict:
    heard = [voice for voice in voices if voice.position != REJECTED]
    standings = latest(heard)
    dates = sorted(voice.date for voice in heard or voices if voice.date)
    first, last = (dates[0], dates[-1]) if dates else (None, None)
    status = status_of({each.position for each in standings}, corroborated=_is_corroborated(standings, heard))
    return Verdict(*key, status, standings, tuple(voices), first, last)


def latest(voices: Iterable[Voice]) -> tuple[Standing, ...]:
    """Give each source its latest position."""
    found: dict[str, Standing] = {}
    for voice in sorted(voices, key=lambda each: each.rank):
        for source, role in voice.sources:
            found[source] = Standing(source, role, voice.position, voice.claim)
    return tuple(found[source] for source in sorted(found))


def status_of(held: Collection[Position], *, corroborated: bool) -> Status:
    """Give the first status that fits; the order of the lines is the definition."""
    if PRO.intersection(held):
        if "against" in held:
            return "Contested"
        if "for" in held:
            return "Corroborated" if corroborated else "Reported"
        return "Alleged"
    if "against" in held:
        return "Denied"
    if not held:
        return "Rejected"
    return "Negated" if "negated" in held else "Prospective"


def _is_corroborated(standings: Sequence[Standing], voices: Sequence[Voice]) -> bool:
    supporters = {each.source: each.role for each in standings if each.position == "for"}
    if len(supporters) < 2 or PARTIES.issuperset(supporters.values()):  # noqa: PLR2004 - two are needed to agree
        return False
    return independent(_together(voice, supporters) for voice in voices if voice.position == "for")


def _together(voice: Voice, supporters: Collection[str]) -> frozenset[str]:
    """Give those who take a voice together; papers that print the same text are one with all who print it."""
    sources = frozenset(source for source, _ in voice.sources if source in supporters)
    own = any(role == "own voice" for _, role in voice.sources)
    return sources | voice.copies if sources and own else sources


def independent(groups: Iterable[frozenset[str]]) -> bool:
    """Tell whether two voices have no member in common: who only speaks jointly is one.

    >>> independent([frozenset({"a", "b"})]), independent([frozenset({"a", "b"}), frozenset({"c"})])
    (False, True)
    >>> independent([frozenset({"a", "b"}), frozenset({"b", "c"}), frozenset({"a", "c"})])
    False
    """
    distinct = sorted({group for group in groups if group}, key=lambda each: (len(each), sorted(each)))
    if not distinct or frozenset.intersection(*distinct):  # who speaks in all of them, or all that one owner prints
        return False
    return any(one.isdisjoint(other) for one, other in combinations(distinct, 2))


def grown(stood: Stood, turns: Sequence[Turn], dates: Iterable[Date]) -> Stood | None:
    """Tell how a case stands after the turns of some sources and voices of some dates; None if that cannot be told.

    Whether supporters are independent shows in all their voices. Of a case that was corroborated, it stays so while no
    source comes or goes that had spoken there before: what was said together then is as it was.
    """
    held = stood.counts + Counter((turn.after.position, turn.after.role) for turn in turns)
    held -= Counter((turn.before.position, turn.before.role) for turn in turns if turn.before)
    roles = Counter({role: number for (position, role), number in held.items() if position == "for"})
    positions = {position for position, _ in held}
    alone = roles.total() < 2 or PARTIES.issuperset(roles)  # noqa: PLR2004 - two are needed to agree
    known = alone or "against" in positions
    if not known and not (stood.status == "Corroborated" and all(map(_is_steady, turns))):
        return None
    seen = sorted(each for each in (stood.first_seen, stood.last_seen, *dates) if each)
    first, last = (seen[0], seen[-1]) if seen else (None, None)
    return Stood(stood.kind, stood.month, status_of(positions, corroborated=not alone), first, last, held)


def _is_steady(turn: Turn) -> bool:
    """Is the source new to the case, or does it support it as it did, or as little?"""
    return turn.before is None or (turn.before.position == "for") == (turn.after.position == "for")


def is_plain(cases: Iterable[Outcome]) -> bool:
    """Does the plain triple stand, because some case of the statement is live?"""
    return any(case.status in LIVE for case in cases)


def is_own_voice(cases: Sequence[Outcome]) -> bool:
    """Does some article state it in its own voice, and nobody deny it in any case?"""
    held = set().union(*(case.held for case in cases))
    return ("for", "own voice") in held and not any(position == "against" for position, _ in held)
