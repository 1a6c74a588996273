"""What a reader of the page gets to read: cases, their sources and claims, as plain JSON values."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import urlsplit

from kg import ontology

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.model import Article, Attribution, Case, Claim, Evidence, Ruling, Source

Json: TypeAlias = dict[str, Any]


class Articles:
    """The articles that claims refer to, each written once."""

    def __init__(self) -> None:
        """Start with none."""
        self.known: list[Json] = []
        self._numbers: dict[str, int] = {}

    def number(self, article: Article) -> int:
        """Give an article's place in the list, where it is put on first sight."""
        if article.id not in self._numbers:
            self._numbers[article.id] = len(self.known)
            self.known.append(_article(article))
        return self._numbers[article.id]


def case_to_json(case: Case, languages: Sequence[str], articles: Articles) -> Json:
    """Write a case with its sources and claims, names in all languages of the page."""
    return {
        "status": case.status,
        "kind": _kind(case.kind, languages),
        "month": case.month,
        "first": case.first_seen and case.first_seen.isoformat(),
        "last": case.last_seen and case.last_seen.isoformat(),
        "sources": [_source(source) for source in case.sources],
        "claims": [_claim(evidence, languages, articles) for evidence in case.evidence],
    }


def _kind(kind: str | None, languages: Iterable[str]) -> dict[str, str] | None:
    if kind is None:
        return None
    known = ontology.load().kinds.get(kind)
    return {lang: known.label_in(lang) if known else kind for lang in languages}


def _source(source: Source) -> Json:
    return {
        "iri": source.iri,
        "label": source.label,
        "role": source.role.replace(" ", "-"),  # as the concept is called
        "position": source.position,
        "speakers": [speaker for speaker in source.speakers if speaker != source.label],
    }


def _article(article: Article) -> Json:
    return {
        "id": article.id,
        "title": article.title,
        "date": article.date and article.date.isoformat(),
        "outlet": article.outlet,
        "lang": article.lang,
        "url": article.url if article.url and _is_web(article.url) else None,
    }


def _is_web(url: str) -> bool:
    """Is this an address that a reader may follow? A ``javascript:`` one is not."""
    try:
        return urlsplit(url).scheme in {"http", "https"}
    except ValueError:
        return False


def _claim(evidence: Evidence, languages: Sequence[str], articles: Articles) -> Json:
    claim = evidence.claim
    chain = sorted(claim.attribution, key=lambda a: a.level)
    return {
        "iri": evidence.iri,
        "parts": list(_parts(claim)),
        "title": claim.passage.part == "title",
        "position": evidence.position,
        "negative": claim.polarity == "negative",
        "modality": claim.modality,
        "theme": claim.theme.text if claim.theme else None,
        "said": [_said(attribution, languages) for attribution in chain],
        "article": articles.number(evidence.article),
        "ruling": evidence.ruling and _ruling(evidence.ruling),
    }


def _ruling(ruling: Ruling) -> Json:
    """Write what the analyst has decided: reject or confirm, the names of amended fields, a note."""
    verdict = "reject" if ruling.rejected else "confirm" if ruling.confirmed else ""
    return {"verdict": verdict, "fields": [name for name, _ in ruling.amendments], "note": ruling.note}


def _said(attribution: Attribution, languages: Sequence[str]) -> Json:
    speaker, via = attribution.speaker.entity, attribution.via and attribution.via.entity
    return {
        "iri": speaker.iri,
        "speaker": {lang: speaker.label_in(lang) for lang in languages},
        "stance": attribution.stance,
        "via": via and {lang: via.label_in(lang) for lang in languages},
    }


def _parts(claim: Claim) -> Iterator[tuple[str, str]]:
    """Cut a sentence where a marked span begins or ends; each part has its mark, or an empty one."""
    passage = claim.passage
    spans = [(name, start - passage.start, end - passage.start) for name, start, end in _spans(claim)]
    inside = [(name, start, end) for name, start, end in spans if 0 <= start < end <= len(passage.text)]
    cuts = sorted({0, len(passage.text), *(cut for _, start, end in inside for cut in (start, end))})
    for start, end in pairwise(cuts):
        mark = next((name for name, first, last in inside if first <= start and end <= last), "")
        yield passage.text[start:end], mark


def _spans(claim: Claim) -> Iterator[tuple[str, int, int]]:
    """Give what to mark; where two overlap, the one that comes first here is seen."""
    yield "subject", claim.subject.start, claim.subject.end
    yield "object", claim.object.start, claim.object.end
    if claim.theme:
        yield "theme", claim.theme.start, claim.theme.end
    yield "cue", claim.cue.start, claim.cue.end
    for attribution in claim.attribution:
        yield "speaker", attribution.speaker.start, attribution.speaker.end
        if attribution.cue:
            yield "said", attribution.cue.start, attribution.cue.end
