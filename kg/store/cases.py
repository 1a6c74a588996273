"""What can be true or denied as one, who holds which position on it, and what status follows.

Nothing here knows RDF: voices in, cases out. The rules are those of docs/claims.md and of the
ontology; their order matters only where a source has changed its mind.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date as Date  # noqa: N812 - the field of the same name would hide it

    from kg.model import Claim, Position, Role, Status

KindIs: TypeAlias = "Callable[[str, str], bool]"
Key: TypeAlias = tuple[str | None, str | None]

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
    place: tuple[str, str, int, int]
    sources: tuple[tuple[str, Role], ...]
    doubted: bool = False
    date: Date | None = None
    copies: frozenset[str] = frozenset()

    @property
    def is_own(self) -> bool:
        """Does an article put it forward in its own voice, so that those who print the same count once?"""
        return self.position == "for" and any(role == "own voice" for _, role in self.sources)

    @property
    def decides(self) -> bool:
        """Does it replace what its sources said before? Plans and mere possibilities do not; a doubt does."""
        return self.position != "open" or self.doubted


@dataclass(frozen=True, slots=True)
class Standing:
    """The latest position of one source in a case, and the role it speaks in."""

    source: str
    role: Role
    position: Position


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
    keys = sorted({(voice.kind, voice.month) for voice in ordered}, key=lambda key: (key[0] or "", key[1] or ""))
    heard = [voice for voice in ordered if voice.position != REJECTED]
    live = {(voice.kind, voice.month) for voice in heard}
    return [
        _verdict(
            key, [voice for voice in (ordered if key in live else rejected(ordered)) if _counts(voice, key, kind_is)]
        )
        for key in keys
    ]


def rejected(voices: Iterable[Voice]) -> list[Voice]:
    """Give the voices of claims that the analyst has rejected: they are kept to be seen, and count for nothing."""
    return [voice for voice in voices if voice.position == REJECTED]


def _counts(voice: Voice, key: Key, kind_is: KindIs) -> bool:
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
    standings = _standings(heard)
    dates = sorted(voice.date for voice in heard or voices if voice.date)
    first, last = (dates[0], dates[-1]) if dates else (None, None)
    return Verdict(*key, status_of(standings, heard), standings, tuple(voices), first, last)


def _standings(voices: Sequence[Voice]) -> tuple[Standing, ...]:
    """Give each source its latest position; voices come in the order of time."""
    latest: dict[str, Standing] = {}
    for voice in sorted(voices, key=lambda each: each.decides):
        for source, role in voice.sources:
            latest[source] = Standing(source, role, voice.position)
    return tuple(latest[source] for source in sorted(latest))


def status_of(standings: Sequence[Standing], voices: Sequence[Voice]) -> Status:
    """Give the first status that fits; the order of the lines is the definition."""
    held = {standing.position for standing in standings}
    if held & PRO:
        if "against" in held:
            return "Contested"
        if "for" in held:
            return "Corroborated" if _is_corroborated(standings, voices) else "Reported"
        return "Alleged"
    if "against" in held:
        return "Denied"
    if not held:
        return "Rejected"
    return "Negated" if "negated" in held else "Prospective"


def _is_corroborated(standings: Sequence[Standing], voices: Sequence[Voice]) -> bool:
    supporters = {each.source: each.role for each in standings if each.position == "for"}
    if set(supporters.values()) <= PARTIES:
        return False
    groups = {_together(voice, supporters) for voice in voices if voice.position == "for"}
    return independent(groups) > 1


def _together(voice: Voice, supporters: dict[str, Role]) -> frozenset[str]:
    """Give those who take a voice together; papers that print the same text are one with all who print it."""
    sources = frozenset(source for source, _ in voice.sources if source in supporters)
    own = any(role == "own voice" for _, role in voice.sources)
    return sources | voice.copies if sources and own else sources


def independent(groups: Iterable[frozenset[str]]) -> int:
    """Count voices that have no member in common: who only speaks jointly counts once.

    >>> independent([frozenset({"a", "b"})]), independent([frozenset({"a", "b"}), frozenset({"c"})])
    (1, 2)
    >>> independent([frozenset({"a", "b"}), frozenset({"a"})])
    1
    """
    heard: set[str] = set()
    count = 0
    for group in sorted({group for group in groups if group}, key=lambda each: (len(each), sorted(each))):
        if not heard & group:
            heard |= group
            count += 1
    return count


def is_plain(cases: Iterable[Verdict]) -> bool:
    """Does the plain triple stand, because some case of the statement is live?"""
    return any(case.status in LIVE for case in cases)


def is_own_voice(cases: Sequence[Verdict]) -> bool:
    """Does some article state it in its own voice, and nobody deny it in any case?"""
    standings = [standing for case in cases for standing in case.standings]
    stated = any(each.role == "own voice" and each.position == "for" for each in standings)
    return stated and not any(each.position == "against" for each in standings)
