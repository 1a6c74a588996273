"""The gate of extraction quality: claims found in articles and paragraphs against their gold.

``python tests/gate.py`` prints the report (``gate.py fr-x en-y``: of items whose names begin so), ``--errors`` what is
missing and what is too much, ``--registers`` the figures of each kind of text, ``--pin`` raises the floors of
baseline.toml to what is reached; a floor is never lowered unless ``--allow-regression`` is said as well.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from notation import Expected, expected_of
from paragraphs import PARAGRAPHS
from test_data import GOLD, items

from kg import ontology
from kg.extract import extract

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.model import Claim

BASELINE = Path(__file__).parent / "baseline.toml"
REAL = {"actual", "alleged"}
ARTICLE = re.compile(r"^(?:(?:the|an?|les?|la|une?|des) |l['’])")


@dataclass(slots=True)
class Score:
    """Counts of one language or register: gold claims, those found, claims predicted and those right, by level.

    Of those found, ``dated`` have a time in the gold and ``timely`` the same one.
    """

    gold: int = 0
    predicted: int = 0
    found: int = 0
    full: int = 0
    dated: int = 0
    timely: int = 0

    def add(self, other: Score) -> None:
        """Count the other's claims as well."""
        self.gold += other.gold
        self.predicted += other.predicted
        self.found += other.found
        self.full += other.full
        self.dated += other.dated
        self.timely += other.timely

    def figures(self) -> dict[str, float]:
        """Precision and recall of who-what-whom, and recall with speakers, stance and reality as well."""
        return {
            "precision": round(self.found / self.predicted, 3) if self.predicted else 0.0,
            "recall": round(self.found / self.gold, 3) if self.gold else 0.0,
            "full": round(self.full / self.gold, 3) if self.gold else 0.0,
        }


def measure(
    *, errors: bool = False, only: tuple[str, ...] = ("",), registers: dict[str, Score] | None = None
) -> tuple[dict[str, Score], Counter[str]]:
    """Score all of the gold; the counter says which relations were missed, ``registers`` is filled by register."""
    scores = {"fr": Score(), "en": Score()}
    missed: Counter[str] = Counter()
    for article, register, sentences in items():
        if not article.id.startswith(only):
            continue
        claims = list(extract(article).claims)
        score = Score()
        for sentence in sentences:
            text = article.title if sentence.part == "title" else article.text
            at = (text or "").find(sentence.starts)
            end = at + len(sentence.starts)
            here = [
                c for c in claims if c.passage.part == sentence.part and c.passage.start < end and at < c.passage.end
            ]
            claims = [c for c in claims if c not in here]
            _score(score, sentence.claims, sentence.optional, here, missed, article.id if errors else "")
        score.predicted += len(claims)
        scores[article.lang].add(score)
        if registers is not None:
            registers.setdefault(f"{article.lang} {register.partition(',')[0]}", Score()).add(score)
        if errors:
            _show(article.id, "extra (silent sentence)", map(expected_of, claims))
    return scores, missed


def _score(
    score: Score,
    wanted: tuple[Expected, ...],
    optional: tuple[Expected, ...],
    claims: list[Claim],
    missed: Counter[str],
    name: str,
) -> None:
    found = [expected_of(c) for c in claims]
    left = list(found)
    missing = []
    for gold in wanted:
        match = next((f for f in left if _full(gold, f)), None) or next((f for f in left if _same(gold, f)), None)
        score.gold += 1
        if match:
            left.remove(match)
            score.found += 1
            score.full += _full(gold, match)
            score.dated += gold.time is not None
            score.timely += gold.time is not None and gold.time == match.time
        else:
            missed[gold.relation] += 1
            missing.append(gold)
    extra = [f for f in left if not any(_same(o, f) for o in (*optional, *wanted))]
    score.predicted += len(found) - (len(left) - len(extra))
    if name:
        _show(name, "missing", missing)
        _show(name, "extra", extra)


def _same(gold: Expected, found: Expected) -> bool:
    if gold.relation != found.relation:
        return False
    ends = (_alike(gold.subject, found.subject), _alike(gold.object, found.object))
    turned = (_alike(gold.subject, found.object), _alike(gold.object, found.subject))
    return all(ends) or (ontology.load().relation(gold.relation).symmetric and all(turned))


def _alike(wanted: str, found: str) -> bool:
    """Are two names one? A description needs no article and may be shorter: *missiles* for *two missiles*."""
    bare, other = ARTICLE.sub("", wanted.casefold()), ARTICLE.sub("", found.casefold())
    return bare == other or (wanted.islower() and f" {bare} " in f" {other} ")


def _full(gold: Expected, found: Expected) -> bool:
    same = (
        _same(gold, found) and (gold.modality in REAL) == (found.modality in REAL) and gold.polarity == found.polarity
    )
    pairs = list(zip(sorted(gold.speakers), sorted(found.speakers), strict=False))
    heard = len(gold.speakers) == len(found.speakers) and all(w[0] == f[0] and _alike(w[1], f[1]) for w, f in pairs)
    return same and heard


def _show(name: str, what: str, claims: Iterable[Expected]) -> None:
    for c in claims:
        row = (c.subject, c.relation, c.object, c.modality, c.polarity, c.speakers)
        print(f"{name}: {what}:", *row)  # noqa: T201 - a report


def digest() -> str:
    """A hash of the gold: floors hold for one corpus."""
    return sha256(b"".join(path.read_bytes() for path in [*GOLD, *PARAGRAPHS])).hexdigest()[:16]


def baseline() -> dict[str, dict[str, float]]:
    """The pinned floors, by language; ``[corpus]`` names the gold they were measured on."""
    pinned: dict[str, dict[str, float]] = tomllib.loads(BASELINE.read_text(encoding="utf-8"))
    return pinned


def _pin(scores: dict[str, Score], *, lower: bool) -> None:
    old = baseline() if BASELINE.exists() else {}
    lines = [
        "# Floors of the gate: made by `python tests/gate.py --pin`; they only rise.",
        "[corpus]",
        f'digest = "{digest()}"',
    ]
    for lang, score in scores.items():
        lines.append(f"\n[{lang}]")
        for name, value in score.figures().items():
            floor = value if lower else max(value, old.get(lang, {}).get(name, 0.0))
            lines.append(f"{name} = {floor}")
    BASELINE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Print the report; see the module's docstring for the options."""
    only = tuple(word for word in sys.argv[1:] if not word.startswith("--")) or ("",)
    registers: dict[str, Score] = {}
    scores, missed = measure(errors="--errors" in sys.argv, only=only, registers=registers)
    if "--registers" in sys.argv:
        for register, score in sorted(registers.items()):
            print(f"{register}: {score.found} of {score.gold}", score.figures())  # noqa: T201 - a report
    for lang, score in scores.items():
        print(lang, score, score.figures())  # noqa: T201 - a report
    print("missed:", ", ".join(f"{r} {n}" for r, n in missed.most_common()))  # noqa: T201 - a report
    if "--pin" in sys.argv:
        _pin(scores, lower="--allow-regression" in sys.argv)


if __name__ == "__main__":
    main()
