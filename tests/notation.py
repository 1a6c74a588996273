"""Expected claims in one line: a strict reader of the compact notation of lexicon examples and of the gold.

``SUBJECT relation OBJECT`` and then, each after "; ": ``theme WORDS``, ``negative``, a modality, ``begins`` or
``ends``, ``by NAME``, ``denied by NAME``, ``doubted by NAME`` (as many speakers as there are), ``via NAME``,
``on TIME`` (ISO 8601).
What is not said is positive, actual, holding, and in the article's own voice.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.model import Claim

# Written out, so that the notation can be read without the ontology; test_data.py compares the two.
RELATIONS = frozenset(
    """
    cooperatesWith cooperatesMilitarilyWith cooperatesEconomicallyWith alliedWith signsAgreementWith supports
    suppliesArmsTo givesAidTo trainsForcesOf recognizes shelters meetsWith negotiatesWith visits mediatesFor
    concedesTo withdrawsFrom opposes accuses condemns threatens warns callsOn sanctions breaksTiesWith coerces
    detains prosecutes blockades cyberattacks seizes attacks invades kills overthrows atWarWith occupies
    deploysForcesTo protestsAgainst memberOf leads represents citizenOf basedIn partOf owns controls
    claimsTerritory produces possesses uses tradesWith
    """.split()  # noqa: SIM905 - fifty-two names read better as text
)
STANCES = {"by ": "asserts", "denied by ": "denies", "doubted by ": "doubts"}
FLAGS = {
    "negative": ("polarity", "negative"),
    "alleged": ("modality", "alleged"),
    "planned": ("modality", "planned"),
    "demanded": ("modality", "demanded"),
    "possible": ("modality", "possible"),
    "hypothetical": ("modality", "hypothetical"),
    "begins": ("phase", "begins"),
    "ends": ("phase", "ends"),
}
DEFAULTS = {"polarity": "positive", "modality": "actual", "phase": "holds"}


@dataclass(frozen=True, slots=True)
class Expected:
    """A claim as a test expects it; entities by their English labels, speakers as (stance, name)."""

    subject: str
    relation: str
    object: str
    theme: str | None = None
    polarity: str = "positive"
    modality: str = "actual"
    phase: str = "holds"
    speakers: tuple[tuple[str, str], ...] = ()
    via: str | None = None
    time: str | None = None


class _Part(NamedTuple):
    field: str
    value: str


def parse_expected(line: str) -> Expected:
    """Read one expected claim, or raise a ValueError that shows the part it stumbled over.

    >>> parse_expected("Iran suppliesArmsTo Russia; theme missiles; denied by Russia; via Dmitry Peskov").speakers
    (('denies', 'Russia'),)
    >>> parse_expected("Iran armsUp Russia")
    Traceback (most recent call last):
    ...
    ValueError: 'Iran armsUp Russia': exactly one relation must stand between two names, found none
    """
    head, *rest = line.split("; ")
    subject, relation, obj = _proposition(head)
    speakers: list[tuple[str, str]] = []
    fields: dict[str, str] = {}
    for text in rest:
        part = _part(text)
        if part.field in STANCES.values():
            speakers.append((part.field, part.value))
        elif part.field in fields:
            raise ValueError(f"{text!r}: {part.field} is given twice in {line!r}")
        else:
            fields[part.field] = part.value
    if "via" in fields and not speakers:
        raise ValueError(f"'via {fields['via']}': a mouthpiece needs a speaker in {line!r}")
    if len(set(speakers)) < len(speakers):
        raise ValueError(f"{line!r}: a speaker is given twice")
    return Expected(
        subject,
        relation,
        obj,
        theme=fields.get("theme"),
        via=fields.get("via"),
        time=fields.get("time"),
        speakers=tuple(speakers),
        **{field: fields.get(field, default) for field, default in DEFAULTS.items()},
    )


def _proposition(head: str) -> tuple[str, str, str]:
    words = head.split(" ")
    places = [i for i, word in enumerate(words) if word in RELATIONS]
    if len(places) != 1:
        found = ", ".join(words[i] for i in places) or "none"
        raise ValueError(f"{head!r}: exactly one relation must stand between two names, found {found}")
    at = places[0]
    return _name(" ".join(words[:at]), head), words[at], _name(" ".join(words[at + 1 :]), head)


def _part(text: str) -> _Part:
    if text in FLAGS:
        return _Part(*FLAGS[text])
    if text.startswith("theme "):
        return _Part("theme", _name(text.removeprefix("theme "), text))
    if text.startswith("via "):
        return _Part("via", _name(text.removeprefix("via "), text))
    if text.startswith("on "):
        return _Part("time", _name(text.removeprefix("on "), text))
    for prefix, stance in STANCES.items():
        if text.startswith(prefix):
            return _Part(stance, _name(text.removeprefix(prefix), text))
    raise ValueError(f"{text!r}: not a part of the notation (theme, via, on, by, a polarity, a modality or a phase)")


def _name(name: str, where: str) -> str:
    if not name or name != " ".join(name.split()) or ";" in name:
        raise ValueError(f"{where!r}: a name is missing, or holds a stray space or semicolon")
    return name


def expected_of(claim: Claim) -> Expected:
    """Say a claim in the notation's terms, speakers innermost level first as they come."""
    return Expected(
        claim.subject.entity.label,
        claim.relation,
        claim.object.entity.label,
        theme=claim.theme.text if claim.theme else None,
        polarity=claim.polarity,
        modality=claim.modality,
        phase=claim.phase,
        speakers=tuple((a.stance, a.speaker.entity.label) for a in claim.attribution),
        via=next((a.via.entity.label for a in claim.attribution if a.via), None),
        time=claim.time.value if claim.time else None,
    )


def differences(wanted: Sequence[str], claims: Sequence[Claim]) -> list[str]:
    """Lines "missing …" and "extra …"; a theme, mouthpiece or time counts only where the expectation names one."""
    found = [expected_of(c) for c in claims]
    lines = []
    for line in wanted:
        expected = parse_expected(line)
        match = next((f for f in found if _same(expected, f)), None)
        if match is None:
            lines.append(f"missing {line}")
        else:
            found.remove(match)
    return lines + [f"extra {f}" for f in found]


def _same(wanted: Expected, found: Expected) -> bool:
    theme = wanted.theme is None or (found.theme is not None and wanted.theme.casefold() in found.theme.casefold())
    via = wanted.via is None or wanted.via == found.via
    time = wanted.time is None or wanted.time == found.time
    same = replace(found, theme=wanted.theme, via=wanted.via, time=wanted.time, speakers=tuple(sorted(found.speakers)))
    return theme and via and time and same == replace(wanted, speakers=tuple(sorted(wanted.speakers)))
