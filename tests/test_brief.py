"""The page to show a colleague says what the store holds, in both forms; text of strangers stays text."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import lxml.html
import pytest
from click.testing import CliRunner
from test_store import DRONES, IRAN, PROTESTERS, RUSSIA, STORY, TABLES, US, arms, article, by, mention, says

import kg
from kg.brief import brief
from kg.cli import main
from kg.document import Document, Heading, Items, Paragraph, Quotation, Table, Words
from kg.errors import InputError, UnknownName
from kg.explain import explain
from kg.model import ENT, Article, Entity, Ruling
from kg.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.store import Store

ADMITTED, DENIED, SAID = (
    arms("a", by(IRAN, "denies"), theme=DRONES), arms("b", by(IRAN), theme=DRONES), arms("c", by(US), theme=DRONES)
)  # fmt: skip
HOSTILE = (
    '<script>alert(1)</script> [x](javascript:alert(2)) ![y](http://evil.example) **b** | `c` \u202egnp\x1b[31m "q"'
)


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store() as opened:
        opened.add(article("a", 1, "Gazette"), [ADMITTED])
        opened.add(article("b", 2, "Gazette", url="https://gazette.example/b"), [DENIED])
        opened.add(article("c", 3), [SAID])
        yield opened


def words(page: Document) -> str:
    return " ".join(re.sub(r"[*>\\]", "", str(page)).split())


def test_a_statement_is_told_with_reversals_sources_and_sentences(store: Store) -> None:
    page = words(brief(store, "Iran", "suppliesArmsTo", "Russie"))
    assert "Claims: 3 · articles: 3 · 2024-09-01 to 2024-09-03" in page
    assert "| drone | corroborated | 2024-09-01 | 2024-09-03 | 2 | 0 |" in page
    assert "Iran (who is said to do it) · says so [2]" in page
    assert "United States (third party) · says so [3]" in page
    assert "Iran: denies it, 2024-09-01 [1] → says so, 2024-09-02 [2]" in page
    assert "2024-09-01 · denied by Iran [1] - 2024-09-02 · said by Iran [2] - 2024-09-03" in page
    assert (
        "“Sentence at 0.” 2024-09-02 · [Gazette](<https://gazette.example/b>) · Title of b · b".replace(">", "") in page
    )
    assert "When it happened: the sentences do not say." in page


def test_two_actors_are_told_both_ways(store: Store) -> None:
    store.add(article("d", 4), [says("d", RUSSIA, "supports", IRAN), says("d", RUSSIA, "sanctions", US)])
    page = words(brief(store, "Russie", "Iran", lang="fr"))
    assert page.startswith("# Entre Russie et Iran")
    assert "## Iran livre des armes à Russie" in page
    assert "## Russie soutient Iran" in page
    assert "sanctionne" not in page
    assert "Ce qu’on ne sait pas" in page
    assert "Russie soutient Iran : une seule source, Title of d." in page


def test_who_stands_for_an_actor_counts_between_two() -> None:
    peskov = TABLES.entity(f"{ENT}dmitry-peskov")
    with open_store() as store:
        store.add(article("a"), [says("a", peskov, "accuses", US), says("a", peskov, "accuses", IRAN, at=50)])
        page = words(brief(store, "Russia", "US"))
        assert "Dmitry Peskov accuses United States" in page
        assert "Iran" not in page


def test_what_is_not_known_is_told() -> None:
    with open_store() as store:
        undated = Article("u", "text", "en")
        store.add(undated, [says("u", PROTESTERS, "accuses", IRAN, modality="alleged")])
        store.add(article("p"), [arms("p", by(IRAN)), arms("p", by(RUSSIA), at=50)])
        page = words(brief(store, "des manifestants", "Iran"))
        assert "The articles of [1] have no date." in page
        assert "des manifestants accuses Iran: passed on, and nobody vouches for it." in page
        assert "Not identified: des manifestants." in page
        assert "undated" not in page
        assert "as a whole: only parties to it say so." in words(brief(store, "Iran", "suppliesArmsTo", "Russia"))


def test_verdicts_are_seen(store: Store) -> None:
    store.follow({SAID.iri: Ruling(rejected=True, note="misread"), DENIED.iri: Ruling(confirmed=True)})
    page = brief(store, "Iran", "suppliesArmsTo", "Russia")
    assert "~~“Sentence at 0.”~~" in str(page)
    assert "✗ **rejected by the analyst · the analyst's note: misread**" in str(page)
    assert "✓ **confirmed by the analyst**" in str(page)
    assert "<s>“Sentence at 0.”</s>" in page.html()


def test_all_rejected_still_shows() -> None:
    with open_store() as store:
        store.add(article("c"), [SAID])
        store.follow({SAID.iri: Ruling(rejected=True)})
        page = words(brief(store, "Iran", "suppliesArmsTo", "Russia"))
    assert "drone – rejected" in page
    assert "Nobody" not in page


def test_text_of_strangers_stays_text() -> None:
    name = Entity(f"{ENT}local/x", HOSTILE, "Unresolved", known=False)
    claim = says("h", name, "accuses", IRAN, by(name))
    claim = replace(claim, passage=replace(claim.passage, text=HOSTILE), subject=mention(name))
    with open_store() as store:
        store.add(article("h", outlet=HOSTILE, url="javascript:alert(3)"), [claim])
        page = brief(store, HOSTILE, "Iran")
    markdown = str(page)
    assert "<script" not in markdown
    assert not re.search(r"(?<!\\)\]\(", markdown)
    assert not re.search(r"(?<!\\)[`!]|\x1b|\u202e|://", markdown)
    assert "javascript:alert(3)" not in markdown
    tree = lxml.html.document_fromstring(page.html())
    assert [each.tag for each in tree.iter("script", "img", "iframe", "object", "form", "svg", "link")] == []
    assert {each.get("href")[:2] for each in tree.iter("a")} <= {"#s"}
    assert [name for each in tree.iter() for name in each.attrib if name.startswith("on")] == []


def test_the_page_asks_nothing_of_anybody(store: Store) -> None:
    page = brief(store, "Iran", "suppliesArmsTo", "Russia").html()
    tree = lxml.html.document_fromstring(page)
    [policy] = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert tree.get("lang") == "en"
    assert tree.xpath("//a[starts-with(@href, 'http')]/@href") == ["https://gazette.example/b"]
    assert tree.xpath("//a[starts-with(@href, 'http')]/@rel") == ["noreferrer noopener"]
    assert len(tree.xpath("//figure[@id]")) == 3
    assert page == brief(store, "Iran", "suppliesArmsTo", "Russia").html()


def test_marks_and_openings_of_markdown() -> None:
    page = Document("- x", (
        Paragraph((Words("1. one"), Words(" two ", "strong"), Words("", "em"))),
        Items((((Words("+ x"),), (Words("2024-09-01"),)),)), Table(("a|b",), (((Words("c|d"),),),)),
        Heading("# h"), Quotation(1, Words("> q"), ((Words("= l"),),)),
        Paragraph((Words("here", url="https://a.example/(x)<y>"), Words("no", url="data:x"))),
    ))  # fmt: skip
    assert str(page).split("\n\n") == [
        "# - x", "1\\. one **two** ", "- \\+ x\n  2024-09-01", "| a\\|b |\n| --- |\n| c\\|d |", "## \\# h",
        "> **\\[1\\]** &gt; q\\\n> \\= l", "[here](<https://a.example/%28x%29%3Cy%3E>)no",
    ]  # fmt: skip


@pytest.mark.parametrize("names", [["Iran"], ["Iran", "x", "y", "z"]])
def test_a_wrong_number_of_names_is_told(store: Store, names: list[str]) -> None:
    with pytest.raises(InputError, match="give SUBJECT RELATION OBJECT, or two actors"):
        brief(store, *names)


def test_two_actors_without_a_claim_are_said_to_have_none(store: Store) -> None:
    assert "No claim found between Luxembourg and Oman." in str(brief(store, "Luxembourg", "Oman"))
    page = str(brief(store, "Luxembourg", "Allemagne", lang="fr"))
    assert "Aucune affirmation trouvée entre Luxembourg et Allemagne." in page


@pytest.mark.parametrize("words", ["livre des armes à", "Livre des armes a", "supplies arms to", "gp:suppliesArmsTo"])
def test_a_relation_may_be_named_by_its_label(store: Store, words: str) -> None:
    wanted = [str(brief(store, "Iran", "suppliesArmsTo", end)) for end in ("Russie", "Oman")]
    assert [str(brief(store, "Iran", words, end)) for end in ("Russie", "Oman")] == wanted
    assert explain(store, "Iran", words, "Russie") == explain(store, "Iran", "suppliesArmsTo", "Russie")


@pytest.mark.parametrize("names", [["Iran", "suppliesArms", "Russia"], ["Zorglub", "Iran"]])
def test_an_unknown_name_is_told(store: Store, names: list[str]) -> None:
    with pytest.raises(UnknownName):
        brief(store, *names)


def test_from_the_command_line_and_from_python(tmp_path: Path) -> None:
    where = tmp_path / "s"
    with open_store(where) as store:
        for each in STORY:
            store.add(*each)
    names = ["Iran", "suppliesArmsTo", "Russie"]

    def run(*more: str) -> tuple[int, str, str]:
        done = CliRunner().invoke(main, ["brief", *names, "--store", str(where), *more], catch_exceptions=False)
        return done.exit_code, done.stdout, done.stderr

    status, printed, told = run("--lang", "fr")
    assert (status, told) == (0, "")
    assert printed.startswith("# Iran livre des armes à Russie\n")
    assert run("-o", str(tmp_path / "b.html")) == (0, "", "")
    assert "<h1>Iran supplies arms to Russia</h1>" in (tmp_path / "b.html").read_text(encoding="utf-8")
    assert run("-o", str(tmp_path / "b.md"))[0] == 0
    assert run("-o", str(tmp_path / "b.pdf"))[2].endswith("no format ends in '.pdf'; end the name in .md or .html\n")
    assert run("-o", str(tmp_path / "no" / "b.md"))[0] == 2
    with kg.open(where) as graph:
        assert f"{graph.brief(*names, lang='fr')}\n" == printed
    assert date.today().isoformat() not in printed  # noqa: DTZ011 - nothing of today in it
