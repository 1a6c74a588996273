"""What changed is what later articles add to the earlier ones, told by their dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from test_store import DRONES, IRAN, RUSSIA, US, arms, article, by, says, server, serving, store

import kg
from kg.changes import changes, report
from kg.cli import main
from kg.model import Article, Ruling
from kg.store import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from kg.model import Claim
    from kg.store import Store

__all__ = ["server", "serving", "store"]  # fixtures


def told(store: Store, since: int, until: int | None = None) -> list[tuple[str, str, str | None, str]]:
    found = changes(store, date(2024, 9, since), date(2024, 9, until) if until else None)
    return [(each.sort, each.statement.relation, each.before, each.case.status) for each in found]


def test_what_changed_by_the_days_of_the_articles(store: Store) -> None:
    store.add(article("a", 1), [arms("a", by(US), theme=DRONES)])
    store.add(article("b", 5), [arms("b", by(IRAN, "denies"))])
    store.add(article("c", 9), [arms("c", by(IRAN), theme=DRONES), says("c", US, "sanctions", IRAN)])
    assert told(store, 1, 4) == [("new", "suppliesArmsTo", None, "Reported")]
    assert sorted(told(store, 2, 6), key=str) == [
        ("denied", "suppliesArmsTo", "Reported", "Contested"),
        ("denied", "suppliesArmsTo", None, "Contested"),
        ("new", "suppliesArmsTo", None, "Contested"),
        ("status", "suppliesArmsTo", "Reported", "Contested"),
    ]
    assert ("new", "sanctions", None, "Reported") in told(store, 9)
    assert ("status", "suppliesArmsTo", "Contested", "Corroborated") in told(store, 9)
    assert told(store, 10) == []


@pytest.mark.parametrize(
    ("claim", "ended"),
    [
        pytest.param(
            replace(says("b", US, "alliedWith", IRAN, polarity="positive"), phase="ends"),
            "alliedWith",
            id="by its phase",
        ),
        pytest.param(says("b", US, "breaksTiesWith", IRAN), "alliedWith", id="by another relation"),
    ],
)
def test_what_ended(claim: Claim, ended: str) -> None:
    with open_store() as store:
        store.add(article("a", 1), [says("a", IRAN, "alliedWith", US)])
        store.add(article("b", 5), [claim])
        over = [(sort, relation) for sort, relation, *_ in told(store, 2) if sort == "ended"]
        assert over == [("ended", ended)]


def test_what_has_no_date_was_there_before() -> None:
    with open_store() as store:
        store.add(Article("u", "text", "en"), [says("u", US, "sanctions", IRAN)])
        store.add(article("a", 5), [says("a", US, "sanctions", IRAN)])
        assert told(store, 1) == [("status", "sanctions", "Reported", "Corroborated")]


def test_a_rejected_claim_changes_nothing() -> None:
    denial = arms("b", by(IRAN, "denies"))
    with open_store() as store:
        store.add(article("a", 1), [arms("a", by(US))])
        store.add(article("b", 5), [denial])
        store.follow({denial.iri: Ruling(rejected=True)})
        assert told(store, 2) == []


def test_a_report_quotes_the_sentences() -> None:
    with open_store() as store:
        store.add(article("a", 1), [arms("a", by(US))])
        store.add(article("b", 5), [arms("b", by(RUSSIA, "denies"))])
        page = str(report(store, date(2024, 9, 2), date(2024, 9, 8), lang="fr"))
        assert page.startswith(
            "# Ce qui a changé depuis le 2024-09-02, jusqu’au 2024-09-08\n\n## Changements de statut\n"
        )
        assert (
            "**2024-09-05** · Iran livre des armes à Russie · dans l’ensemble · *rapporté → contesté* \\[1\\]" in page
        )
        assert "## Premiers démentis" in page
        assert page.count("“Sentence at 0.”") + page.count("« Sentence at 0. »") == 1
        assert "changed nothing" in str(report(store, date(2025, 1, 1)))


def test_from_the_command_line(tmp_path: Path) -> None:
    with open_store(tmp_path / "s") as store:
        store.add(article("a", 1), [arms("a", by(US))])
        store.add(article("b", 5), [arms("b", by(IRAN, "denies"))])

    def run(*args: str) -> tuple[int, str, str]:
        done = CliRunner().invoke(main, ["diff", *args, "--store", str(tmp_path / "s")], catch_exceptions=False)
        return done.exit_code, done.stdout, done.stderr

    status, table, error = run("--since", "2024-09-02")
    assert (status, error) == (0, "")
    assert table.splitlines()[0].split() == ["Day", "Change", "Statement", "Case", "Before", "Now", "Sentence"]
    assert [" ".join(line.split()) for line in table.splitlines()[1:]] == [
        "2024-09-05 status Iran supplies arms to Russia as a whole reported contested Sentence at 0.",
        "2024-09-05 first denial Iran supplies arms to Russia as a whole reported contested Sentence at 0.",
    ]
    assert run("--since", "2024-09-02", "--format", "markdown")[1].startswith("# What changed since 2024-09-02\n")
    assert run("--since", "2024-09-02", "-o", str(tmp_path / "d.html")) == (0, "", "")
    assert "<h2>First denials</h2>" in (tmp_path / "d.html").read_text(encoding="utf-8")
    with kg.open(tmp_path / "s") as graph:
        assert "## First denials" in str(graph.diff(date(2024, 9, 2)))
    assert run("--since", "yesterday")[::2] == (2, "kg: yesterday: no date; write it as 2024-09-10\n")
    assert run("--since", "2024-09-02", "--until", "2024-09-01")[0] == 2
