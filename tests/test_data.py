"""The sample articles and their gold: complete, in step with each other, and written in the notation."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
from notation import RELATIONS, Expected, parse_expected
from paragraphs import PARAGRAPHS, GoldSentence, Item, read_items

from kg.articles import read
from kg.model import Article

DATA = Path(__file__).parent.parent / "data"
ARTICLES = sorted((DATA / "articles").iterdir())
GOLD = sorted((DATA / "gold").iterdir())
LANGUAGES = {"fr": "French", "en": "English"}


def gold_sentences(path: Path) -> list[GoldSentence]:
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["sentence"]
    return [
        GoldSentence(
            entry.get("in", "text"),
            entry["starts"],
            tuple(map(parse_expected, entry["claims"])),
            tuple(map(parse_expected, entry.get("optional", []))),
        )
        for entry in entries
    ]


def article_of(path: Path) -> Article:
    (article,) = read(path)
    assert isinstance(article, Article), article
    return article


def article_beside(gold: Path) -> Article:
    return article_of(next(path for path in ARTICLES if path.stem == gold.stem))


def items() -> list[Item]:
    """All of the gold: sample articles, then the paragraphs."""
    articles = [Item(article_beside(path), "article", tuple(gold_sentences(path))) for path in GOLD]
    return articles + [item for path in PARAGRAPHS for item in read_items(path.read_text(encoding="utf-8"))]


def named(paths: list[Path]) -> list[object]:
    return [pytest.param(path, id=path.stem) for path in paths]


def test_every_article_has_its_gold() -> None:
    assert [path.stem for path in ARTICLES] == [path.stem for path in GOLD]
    assert {path.suffix for path in ARTICLES} == {".txt", ".html"}


def test_there_are_as_many_articles_claims_and_pages_as_the_readme_says() -> None:
    claims = dict.fromkeys(LANGUAGES, 0)
    for path in GOLD:
        claims[path.stem[:2]] += sum(len(sentence.claims) for sentence in gold_sentences(path))
    stems = [path.stem for path in ARTICLES]
    pages = [path.stem[:2] for path in ARTICLES if path.suffix == ".html"]
    readme = (DATA / "README.md").read_text(encoding="utf-8")
    for lang, name in LANGUAGES.items():
        counts = (sum(stem.startswith(lang) for stem in stems), pages.count(lang), claims[lang])
        assert counts[0] >= 13
        assert counts[1] == 2
        assert f"| {name} | {' | '.join(map(str, counts))} |" in readme


@pytest.mark.parametrize("path", named(ARTICLES))
def test_an_article_says_when_where_and_in_what_language_it_appeared(path: Path) -> None:
    article = article_of(path)
    assert article.lang == path.stem[:2]
    assert article.title
    assert article.outlet
    assert article.date
    assert date(2021, 1, 1) <= article.date <= date(2024, 12, 31)
    assert 150 <= len(article.text.split()) <= 330


@pytest.mark.parametrize("path", named([path for path in ARTICLES if path.suffix == ".html"]))
def test_a_page_gives_its_article_without_what_stands_around_it(path: Path) -> None:
    page = path.read_text(encoding="utf-8")
    paragraphs = re.findall(r"<p>(.*?)</p>", page[page.index("<article>") : page.index("</article>")])
    words = " ".join(re.sub(r"<.*?>|&nbsp;", " ", paragraph) for paragraph in paragraphs).split()
    assert "".join(article_of(path).text.split()) == "".join(words)


@pytest.mark.parametrize("path", named(GOLD))
def test_every_sentence_of_the_gold_is_found_once_in_its_article(path: Path) -> None:
    article = article_beside(path)
    parts = {"text": article.text, "title": article.title or ""}
    sentences = gold_sentences(path)
    wrong = [s.starts for s in sentences if parts[s.part].count(s.starts) != 1]
    assert wrong == []
    places = [(s.part == "text", parts[s.part].index(s.starts)) for s in sentences]
    assert places == sorted(set(places))
    assert all(starts_a_sentence(parts[s.part], s.starts) for s in sentences)


def starts_a_sentence(text: str, starts: str) -> bool:
    before = text[: text.index(starts)]
    return not before.strip() or before.endswith("\n") or before.rstrip()[-1] in ".?!»"


@pytest.mark.parametrize("path", named(GOLD))
def test_no_claim_of_a_sentence_is_written_twice(path: Path) -> None:
    for sentence in gold_sentences(path):
        both = sentence.claims + sentence.optional
        assert len(set(both)) == len(both), sentence.starts


@pytest.mark.parametrize("path", named(GOLD))
def test_every_article_has_claims_in_its_own_voice_and_attributed_ones(path: Path) -> None:
    claims = [claim for sentence in gold_sentences(path) for claim in sentence.claims]
    assert len(claims) >= 7
    assert any(claim.speakers for claim in claims) or any(claim.relation == "accuses" for claim in claims)
    assert any(not claim.speakers for claim in claims)


@pytest.mark.parametrize("path", named(PARAGRAPHS))
def test_the_items_of_a_file_are_whole_and_of_its_language(path: Path) -> None:
    for item in read_items(path.read_text(encoding="utf-8")):
        article = item.article
        assert article.lang == path.stem[:2] == article.id[:2]
        assert len(article.text.split()) >= 40, article.id
        assert any(sentence.claims for sentence in item.sentences), article.id
        for sentence in item.sentences:
            whole = article.text if sentence.part == "text" else (article.title or "")
            assert whole.count(sentence.starts) == 1, sentence.starts
            both = sentence.claims + sentence.optional
            assert len(set(both)) == len(both), sentence.starts


def test_no_two_items_have_the_same_name() -> None:
    names = [item.article.id for item in items()]
    assert len(set(names)) == len(names)


ITEM = "name: a\nlang: en\nregister: dispatch\ndate: 2024-01-02\n\n"
ITEM_FAULTS = [
    pytest.param(ITEM.replace("register", "kind"), "keys missing or unknown: kind, register", id="unknown key"),
    pytest.param(ITEM + "= Iran warns Iraq\nIran warned Iraq.", "without a sentence above it", id="claim first"),
    pytest.param(ITEM + "Iran warned Iraq.\n= Iran Iraq", "found none", id="no relation"),
]


@pytest.mark.parametrize(("text", "fault"), ITEM_FAULTS)
def test_a_fault_in_an_item_is_named(text: str, fault: str) -> None:
    with pytest.raises(ValueError, match=re.escape(fault)):
        read_items(text)


def test_the_relations_of_the_notation_are_those_of_the_ontology() -> None:
    ontology = pytest.importorskip("kg.ontology")
    assert set(ontology.load().relations) == RELATIONS


NOTATION_FAULTS = [
    pytest.param("Iran Russia", "found none", id="no relation"),
    pytest.param("Iran warns sanctions Russia", "found warns, sanctions", id="two relations"),
    pytest.param("suppliesArmsTo Russia", "a name is missing", id="no subject"),
    pytest.param("Iran warns Russia; maybe", "'maybe': not a part", id="unknown part"),
    pytest.param("Iran warns Russia; planned; alleged", "modality is given twice", id="two modalities"),
    pytest.param("Iran warns Russia; by  Iran", "stray space", id="stray space"),
    pytest.param("Iran warns Russia; by Iran; by Iran", "a speaker is given twice", id="speaker twice"),
    pytest.param("Iran warns Russia; via Iran", "a mouthpiece needs a speaker", id="mouthpiece alone"),
]


@pytest.mark.parametrize(("line", "fault"), NOTATION_FAULTS)
def test_a_fault_in_the_notation_is_named(line: str, fault: str) -> None:
    with pytest.raises(ValueError, match=re.escape(fault)):
        parse_expected(line)


def test_the_notation_gives_every_field() -> None:
    line = "Republic of the Congo warns M23; theme x; negative; planned; ends; by A; denied by B; via C; on 2024"
    assert parse_expected(line) == Expected(
        "Republic of the Congo",
        "warns",
        "M23",
        theme="x",
        polarity="negative",
        modality="planned",
        phase="ends",
        speakers=(("asserts", "A"), ("denies", "B")),
        via="C",
        time="2024",
    )
