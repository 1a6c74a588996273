"""What an analyst has decided on claims, as it bears on them: values of before and after.

A claim stands in a store as it is amended; what was read is kept beside it, so that a verdict can be taken back.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from kg.model import EventTime, Mention

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.model import Attribution, Claim, Entity, Ruling

ACTORS = ("subject", "object", "speaker")  # fields whose values are entities
FIELDS = (*ACTORS, "relation", "polarity", "modality", "phase", "stance", "time")
HAND = "verdict"  # how an entity is resolved that the analyst put there


@dataclass(frozen=True, slots=True)
class Ruled:
    """A claim at its address in the store, as it was read and as it stands by what the analyst decided."""

    address: str
    original: Claim
    claim: Claim
    ruling: Ruling | None = None


def words_of(ruling: Ruling) -> tuple[str, ...]:
    """Name what a ruling does, by the concepts of the vocabulary.

    >>> from kg.model import Ruling
    >>> words_of(Ruling(confirmed=True, note="seen")), words_of(Ruling(note="seen"))
    (('confirm',), ('note',))
    """
    does = (("reject", ruling.rejected), ("confirm", ruling.confirmed), ("amend", bool(ruling.amendments)))
    return tuple(word for word, done in does if done) or ("note",)


def unfit(claim: Claim, ruling: Ruling) -> str | None:
    """Say which field of a ruling a claim has not, if there is one."""
    speakers = len(_nearest(claim))
    for field, _ in ruling.amendments:
        if field in {"speaker", "stance"} and not speakers:
            return f"it is in the article's own voice and has no {field}"
        if field == "speaker" and speakers > 1:
            return f"{speakers} speakers put it forward together, so that no single one can be amended"
    return None


def amended(claim: Claim, ruling: Ruling, entity: Callable[[str], Entity]) -> Claim:
    """Give a claim with the values that the analyst gave it; the words of the text stay where they are."""
    for field, value in ruling.amendments:
        new: str | Mention = value
        if field in ACTORS:
            old = cast("Mention", mention_of(claim, field))
            new = replace(old, entity=entity(value), facet=None, how=HAND)
        claim = with_value(claim, field, new)
    return claim


def mention_of(claim: Claim, field: str) -> Mention | None:
    """Give the mention that a field of a claim is, if it is one."""
    if field == "speaker":
        return _nearest(claim)[0].speaker
    return getattr(claim, field) if field in ACTORS else None


def value_of(claim: Claim, field: str) -> str:
    """Give the value of a field as text; of an actor the address, of joint speakers all their stances."""
    if mention := mention_of(claim, field):
        return mention.entity.iri
    if field == "stance":
        return " ".join(each.stance for each in _nearest(claim))
    if field == "time":
        return claim.time.value if claim.time else ""
    return cast("str", getattr(claim, field))


def with_value(claim: Claim, field: str, value: str | Mention | EventTime) -> Claim:
    """Give a claim with another value of a field: as `value_of` gives it, a mention, or a time with its words."""
    if field == "speaker":
        return _with_nearest(claim, [replace(each, speaker=cast("Mention", value)) for each in _nearest(claim)])
    if field == "stance":
        near, given = _nearest(claim), cast("str", value).split()
        stances = given if len(given) == len(near) else given[:1] * len(near)
        pairs = zip(near, stances, strict=True)
        return _with_nearest(claim, [replace(each, stance=cast("Any", stance)) for each, stance in pairs])
    if field == "time":
        return replace(claim, time=_time(claim, value) if value else None)
    return replace(claim, **{field: cast("Any", value)})


def _time(claim: Claim, value: str | Mention | EventTime) -> EventTime:
    """Give a time of the words that told the one of before, else of the words that told the relation."""
    if isinstance(value, EventTime):
        return value
    place = claim.time or EventTime("", claim.cue.text, claim.cue.start, claim.cue.end)
    return replace(place, value=cast("str", value))


def _nearest(claim: Claim) -> list[Attribution]:
    """Give the attributions of those who put a claim forward."""
    level = min((each.level for each in claim.attribution), default=0)
    return [each for each in claim.attribution if each.level == level]


def _with_nearest(claim: Claim, new: list[Attribution]) -> Claim:
    """Put others in the place of those who put a claim forward."""
    near, coming = _nearest(claim), iter(new)
    return replace(claim, attribution=tuple(next(coming) if a in near else a for a in claim.attribution))
