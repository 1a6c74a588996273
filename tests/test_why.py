"""``kg extract --why``: what it shows of a sentence, for whom, and that hostile text stays text."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.extract.why import trace
from kg.model import Article
from kg.why import WIDTH, why

GOLDEN = Path(__file__).parent / "golden" / "why"
SENTENCES = {
    "fr-denial": "L'Iran a nié avoir livré des drones à la Russie.",
    "fr-refusal": "Selon Kiev, la Hongrie refuse de rencontrer Volodymyr Zelensky.",
    "en-demand": "Washington has urged Paris not to sell arms to Beijing, Emmanuel Macron said.",
    "en-passive": "The Houthis were condemned by Saudi Arabia on 3 May 2024.",
}


def shown(name: str) -> str:
    """What is shown of a sentence; of the frames only those kept, for the lexicon grows."""
    text, lines = SENTENCES[name], []
    heads = {"Parse", "Who is who", "Clauses", "Context", "Claims", "Analyse", "Qui est qui", "Propositions"}
    heads |= {"Contexte", "Assertions"}
    part = ""
    for line in why(Article("a", text, name[:2])):
        part = line.text if line.level < 2 else part
        if part in heads or line.level < 2 or "— kept" in line.text or "— retenu" in line.text:
            lines.append(line.text)
    return "\n".join(lines).rstrip() + "\n"


@pytest.mark.parametrize("name", SENTENCES)
def test_a_sentence_is_told_of_as_pinned(name: str) -> None:
    assert shown(name) == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


def test_every_golden_text_has_its_sentence() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(SENTENCES)


@pytest.mark.parametrize(
    ("text", "lang", "frame", "outcome"),
    [
        pytest.param("Paris condamne.", "fr", "fr/condamner", "no object", id="no object"),
        pytest.param("On condamne Téhéran.", "fr", "fr/condamner", "no subject", id="no subject"),
        pytest.param(
            "Paris fait un gâteau à Téhéran.", "fr", "fr/faire-pression", "where", id="an idiom's word missing"
        ),
        pytest.param("The Houthis were condemned by Saudi Arabia.", "en", "en/condemn-more", "kept", id="kept"),
        pytest.param("Iran sells arms to Russia.", "en", "en/sell", "outweighed", id="a heavier frame won"),
    ],
)
def test_each_frame_tried_has_its_outcome(text: str, lang: str, frame: str, outcome: str) -> None:
    tried = {trial.frame.id: trial.outcome for trial in trace(Article("a", text, lang)).tried}
    assert tried.get(frame) == outcome


def test_somebody_of_the_wrong_class_is_named() -> None:
    lines = [line.text.strip() for line in why(Article("a", "L'Iran a livré des missiles à la Russie.", "fr"))]
    assert "missiles: Weapon, où il faut" in " ".join(lines)


def run(*args: str, stdin: str | None = None) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, ["extract", "--why", *args], input=stdin, catch_exceptions=False)
    return done.exit_code, done.stdout, done.stderr


def test_a_sentence_a_file_and_standard_input_are_read(tmp_path: Path) -> None:
    file = tmp_path / "news.txt"
    file.write_text("Paris a condamné Téhéran. Londres a rompu avec Minsk.\n", encoding="utf-8")
    for given, stdin in ((str(file), None), ("Paris a condamné Téhéran.", None), ("-", "Paris a condamné Téhéran.")):
        status, out, err = run(given, stdin=stdin)
        assert (status, err) == (0, "")
        assert "France condemns → Iran · fr/condamner" in out


def test_grep_keeps_the_sentences_with_the_words(tmp_path: Path) -> None:
    file = tmp_path / "news.txt"
    file.write_text("Paris a condamné Téhéran. Londres a rompu avec Minsk.\n", encoding="utf-8")
    _, out, _ = run(str(file), "--grep", "MINSK")
    assert "Minsk" in out
    assert "Téhéran" not in out


def test_the_language_may_be_named() -> None:
    assert run("Paris Moscou", "--lang", "fr")[1].splitlines()[1] == "Analyse"
    assert run("Paris Moscou", "--lang", "de")[0] == 1


def test_what_is_no_path_and_no_sentence_is_a_mistake() -> None:
    status, out, err = run("artcle.txt")
    assert (status, out) == (1, "")
    assert "no such file" in err
    assert run("a sentence " * 1000)[0] == 0  # too long for the name of a file


def test_grep_without_why_is_a_mistake() -> None:
    assert CliRunner().invoke(main, ["extract", "x.txt", "--grep", "a"]).exit_code == 2


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_hostile_text_stays_text(lang: str) -> None:
    text = "[bold red]Paris[/] a condamné \x1b[31mTéhéran\x07 [link=http://x]ici\u202e {places} %s."
    lines = [line.text for line in why(Article("a", text, lang))]
    assert "[bold red]" in lines[0]
    assert not any(c in line for line in lines for c in "\x1b\x07\u202e\n\r")


@pytest.mark.parametrize("name", SENTENCES)
def test_lines_fit_a_terminal(name: str) -> None:
    assert all(len(line.text) <= WIDTH for line in why(Article("a", SENTENCES[name], name[:2])))
