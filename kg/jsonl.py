"""Claims, quotations and open triples ↔ the JSON objects of ``kg extract``.

Every key is always present; what is not known is null. Offsets are code points, end excluded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from kg.model import ENT, Attribution, Claim, Entity, EventTime, Mention, Passage, Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.model import Phrase, Quotation, Triple

Json: TypeAlias = dict[str, Any]


def claim_to_json(claim: Claim, address: str | None = None) -> Json:
    """Write a claim as the object of the layer ``claims``; its address may differ from its IRI (see ``addressed``)."""
    return {
        "claim": address or claim.iri,
        **_place(claim.article, claim.lang, claim.passage),
        "subject": _mention(claim.subject),
        "relation": claim.relation,
        "object": _mention(claim.object),
        "theme": _mention(claim.theme) if claim.theme else None,
        "cue": _span(claim.cue),
        "polarity": claim.polarity,
        "modality": claim.modality,
        "phase": claim.phase,
        "about": list(claim.about),
        "attribution": [_attribution(attribution) for attribution in claim.attribution],
        "time": _time(claim.time) if claim.time else None,
        "rule": claim.rule,
    }


def quotation_to_json(quotation: Quotation) -> Json:
    """Write a quotation as the object of the layer ``attributions``."""
    place = _place(quotation.article, quotation.lang, quotation.passage)
    passage = place.pop("passage")
    return {
        **place,
        "kind": quotation.kind,
        "speaker": _mention(quotation.speaker) if quotation.speaker else None,
        "stance": quotation.stance,
        "cue": _span(quotation.cue) if quotation.cue else None,
        "content": [_span(span) for span in quotation.content],
        "passage": passage,
    }


def triple_to_json(triple: Triple) -> Json:
    """Write an open triple as the object of the layer ``triples``."""
    predicate = triple.predicate
    return {
        **_place(triple.article, triple.lang, triple.passage),
        "subject": _phrase(triple.subject),
        "predicate": {
            "text": predicate.text,
            "lemma": triple.lemma,
            "start": predicate.start,
            "end": predicate.end,
        },
        "object": _phrase(triple.object),
        "object_role": triple.object_role,
        "passive": triple.passive,
        "negated": triple.negated,
        "modality": triple.modality,
        "speaker": _span(triple.speaker) if triple.speaker else None,
    }


def claim_from_json(record: Mapping[str, Any]) -> Claim:
    """Read a claim back; what the format does not hold (labels, kinds) has its default.

    A record without all the keys of the layer raises KeyError.
    """
    passage = record["passage"]
    return Claim(
        article=record["article"],
        lang=record["lang"],
        passage=Passage(record["article"], record["in"], passage["text"], passage["start"], passage["end"]),
        subject=_to_mention(record["subject"]),
        relation=record["relation"],
        object=_to_mention(record["object"]),
        cue=Span(**record["cue"]),
        rule=record["rule"],
        theme=_to_mention(record["theme"]) if record["theme"] else None,
        polarity=record["polarity"],
        modality=record["modality"],
        phase=record["phase"],
        attribution=tuple(_to_attribution(attribution) for attribution in record["attribution"]),
        time=EventTime(**record["time"]) if record["time"] else None,
        about=tuple(record["about"]),
    )


def _place(article: str, lang: str, passage: Passage) -> Json:
    where = {"start": passage.start, "end": passage.end, "text": passage.text}
    return {"article": article, "lang": lang, "in": passage.part, "passage": where}


def _span(span: Span) -> Json:
    return {"text": span.text, "start": span.start, "end": span.end}


def _phrase(phrase: Phrase) -> Json:
    return {
        "text": phrase.text,
        "start": phrase.start,
        "end": phrase.end,
        "head": phrase.head,
        "head_start": phrase.head_start,
    }


def _mention(mention: Mention) -> Json:
    entity = mention.entity
    return {
        "id": entity.iri,
        "label": entity.label,
        "qid": entity.qid,
        "type": entity.type,
        "facet": mention.facet,
        "text": mention.text,
        "start": mention.start,
        "end": mention.end,
    }


def _attribution(attribution: Attribution) -> Json:
    return {
        "speaker": _mention(attribution.speaker),
        "stance": attribution.stance,
        "level": attribution.level,
        "via": _mention(attribution.via) if attribution.via else None,
        "cue": _span(attribution.cue) if attribution.cue else None,
    }


def _time(time: EventTime) -> Json:
    return {"value": time.value, "text": time.text, "start": time.start, "end": time.end}


def _to_mention(record: Mapping[str, Any]) -> Mention:
    known = not record["id"].startswith(f"{ENT}local/")
    entity = Entity(record["id"], record["label"], record["type"], qid=record["qid"], known=known)
    return Mention(entity, record["text"], record["start"], record["end"], facet=record["facet"])


def _to_attribution(record: Mapping[str, Any]) -> Attribution:
    return Attribution(
        speaker=_to_mention(record["speaker"]),
        stance=record["stance"],
        level=record["level"],
        cue=Span(**record["cue"]) if record["cue"] else None,
        via=_to_mention(record["via"]) if record["via"] else None,
    )
