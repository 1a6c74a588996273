"""The format of kg extract: every key is there, and a claim comes back as it was."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from kg.jsonl import claim_from_json, claim_to_json, quotation_to_json, triple_to_json
from kg.model import ENT, Attribution, Claim, Entity, EventTime, Mention, Passage, Phrase, Quotation, Span, Triple

TEXT = "Selon Washington, l’Iran aurait livré mardi des missiles à Moscou."
US = Mention(
    Entity(ENT + "united-states", "United States", "State", qid="Q30"), "Washington", 6, 16, "government", "seat"
)
IRAN = Mention(Entity(ENT + "iran", "Iran", "State", qid="Q794"), "l’Iran", 18, 24)
RUSSIA = Mention(Entity(ENT + "russia", "Russia", "State", qid="Q159"), "Moscou", 59, 65, "government", "seat")
MISSILES = Mention(Entity(ENT + "local/missiles-0", "missiles", "Weapon", known=False), "missiles", 48, 56)
PASSAGE = Passage("fr-001", "text", TEXT, 0, 66)
CUE = Span("livré", 32, 37)
CLAIM = Claim("fr-001", "fr", PASSAGE, IRAN, "suppliesArmsTo", RUSSIA, CUE, "fr/livrer")
FULL = replace(
    CLAIM,
    theme=MISSILES,
    modality="alleged",
    attribution=(Attribution(US, "asserts", 0, Span("Selon", 0, 5), via=RUSSIA), Attribution(IRAN, "doubts", 1)),
    time=EventTime("2024-09-10", "mardi", 38, 43),
    about=("https://w3id.org/geopolitics-kg/claim/0",),
)
RUSSIA_JSON = {
    "id": ENT + "russia",
    "label": "Russia",
    "qid": "Q159",
    "type": "State",
    "facet": "government",
    "text": "Moscou",
    "start": 59,
    "end": 65,
}


def test_a_claim_shows_every_key_in_order() -> None:
    record = claim_to_json(CLAIM)
    assert " ".join(record) == (
        "claim article lang in passage subject relation object theme cue polarity modality phase about attribution time"
        " rule"
    )
    assert record["object"] == RUSSIA_JSON
    assert record["passage"] == {"start": 0, "end": 66, "text": TEXT}
    assert (record["theme"], record["time"], record["about"], record["attribution"]) == (None, None, [], [])


def test_an_attribution_shows_speaker_and_mouthpiece() -> None:
    first, second = claim_to_json(FULL)["attribution"]
    assert list(first) == ["speaker", "stance", "level", "via", "cue"]
    assert (first["via"], first["cue"]) == (RUSSIA_JSON, {"text": "Selon", "start": 0, "end": 5})
    assert (second["via"], second["cue"], second["level"]) == (None, None, 1)


@pytest.mark.parametrize("claim", [pytest.param(CLAIM, id="bare"), pytest.param(FULL, id="full")])
def test_a_claim_comes_back(claim: Claim) -> None:
    record = json.loads(json.dumps(claim_to_json(claim)))
    back = claim_from_json(record)
    assert claim_to_json(back) == record
    assert back.iri == claim.iri
    assert back.object.entity == claim.object.entity


def test_a_quotation_may_lack_speaker_and_cue() -> None:
    quotation = Quotation(
        "fr-001", "fr", PASSAGE, "direct", "asserts", (Span("l’Iran", 18, 24), Span("Moscou", 59, 65))
    )
    record = quotation_to_json(quotation)
    assert list(record) == ["article", "lang", "in", "kind", "speaker", "stance", "cue", "content", "passage"]
    assert (record["speaker"], record["cue"], len(record["content"])) == (None, None, 2)
    assert quotation_to_json(replace(quotation, speaker=RUSSIA, cue=CUE))["speaker"] == RUSSIA_JSON


def test_a_triple_shows_heads_and_lemma() -> None:
    subject, target = Phrase("l’Iran", 18, 24, "Iran", 20), Phrase("des missiles", 44, 56, "missiles", 48)
    record = triple_to_json(Triple("fr-001", "fr", PASSAGE, subject, CUE, "livrer", target, "object"))
    assert " ".join(record) == (
        "article lang in passage subject predicate object object_role passive negated modality speaker"
    )
    assert record["predicate"] == {"text": "livré", "lemma": "livrer", "start": 32, "end": 37}
    assert record["subject"] == {"text": "l’Iran", "start": 18, "end": 24, "head": "Iran", "head_start": 20}
    assert record["speaker"] is None
