"""What is read, as what, and what is refused with which words."""

from __future__ import annotations

import io
import json
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest

from kg.articles import other_files, read
from kg.articles.language import _surely, language_of, languages
from kg.errors import InputError
from kg.model import Article

if TYPE_CHECKING:
    from pathlib import Path

FR = "Paris a condamné l’attaque menée par Téhéran. L’Iran a nié.\n"
EN = "Paris condemned the attack carried out by Tehran. Iran denied it.\n"

PAGE = """<!doctype html><html lang="fr"><head><meta charset="{charset}"><title>Un titre | Le Journal</title>
<meta property="og:site_name" content="Le Journal"><meta
property="article:published_time" content="2024-09-10T23:30:00Z">
<link rel="canonical" href="https://journal.example/a"></head><body><nav><a href="/">Accueil du site</a></nav>
<article><h1>Un titre</h1><p>{text}</p><p>{text}</p></article><footer>Tous droits réservés</footer></body></html>"""
LONG = (
    "Les États-Unis ont accusé l’Iran de livrer des missiles à la Russie, ce que Téhéran a nié mardi devant la presse. "
    * 3
)


def article(path: Path) -> Article:
    (outcome,) = read(path)
    assert isinstance(outcome, Article), outcome
    return outcome


def complaint(path: Path) -> str:
    (outcome,) = read(path)
    assert isinstance(outcome, InputError), outcome
    return str(outcome)


TEXTS = [
    pytest.param(FR, (None, FR), id="a text alone is the article, with its last line end"),
    pytest.param("Un titre\n" + FR, ("Un titre", FR), id="a first line without closing punctuation is the title"),
    pytest.param("Un titre\n\n" + FR, ("Un titre", FR), id="an empty line after the title belongs to nothing"),
    pytest.param("Un titre\r\n" + FR, ("Un titre", FR), id="Windows line end after the title"),
    pytest.param("Il a nié. \n" + FR, (None, "Il a nié. \n" + FR), id="a closed first line is text"),
    pytest.param("« Il a nié. »\n" + FR, (None, "« Il a nié. »\n" + FR), id="closed inside quotation marks"),
    pytest.param("Paris « condamne »\n" + FR, ("Paris « condamne »", FR), id="quotation marks alone close nothing"),
    pytest.param("Que dit Paris ?\n" + FR, (None, "Que dit Paris ?\n" + FR), id="a question mark closes"),
    pytest.param(
        "Paris a condamné l’attaque\n", (None, "Paris a condamné l’attaque\n"), id="one line only is no title"
    ),
    pytest.param("title: Un titre\n\n" + FR, ("Un titre", FR), id="a title in the header"),
    pytest.param(
        "Title:  Un titre : suite \n\nUn intertitre\n" + FR,
        ("Un titre : suite", "Un intertitre\n" + FR),
        id="a header's title wins",
    ),
    pytest.param("Un titre\nlang: fr\n\n" + FR, ("Un titre", FR), id="a header below the title line"),
    pytest.param("lang: fr\n\nUn titre\n" + FR, ("Un titre", FR), id="a title line below the header"),
    pytest.param("auteur: X\nlang: fr\n\n" + FR, (None, FR), id="unknown keys are ignored"),
    pytest.param("Paris: reprise\n\n" + FR, ("Paris: reprise", FR), id="a colon alone makes no header"),
    pytest.param(
        "lang: fr\nIl a nié.\n\n" + FR, ("lang: fr", "Il a nié.\n\n" + FR), id="a header ends with an empty line"
    ),
]


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_title_and_body(tmp_path: Path, text: str, expected: tuple[str | None, str]) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(text.encode())
    found = article(file)
    assert (found.title, found.text) == expected


def test_header_gives_every_field(tmp_path: Path) -> None:
    file = tmp_path / "fr-001.txt"
    file.write_text(f"title: T\ndate: 2024-09-10\noutlet: Le Journal\nurl: https://a.example/x\nlang: fr\n\n{FR}")
    assert article(file) == Article(
        "fr-001", FR, "fr", "T", date(2024, 9, 10), "https://a.example/x", "Le Journal", date_from="header"
    )


ENCODINGS = [
    pytest.param("utf-8", id="UTF-8"),
    pytest.param("utf-8-sig", id="UTF-8 with its mark"),
    pytest.param("utf-16", id="UTF-16 with its mark"),
]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", ["a.txt", "a.jsonl"])
def test_encodings(tmp_path: Path, encoding: str, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(
        (FR if name == "a.txt" else json.dumps({"id": "a", "text": FR}, ensure_ascii=False)).encode(encoding)
    )
    assert article(file).text == FR


REFUSED = [
    pytest.param("a.txt", b"", "a.txt: empty; give an article with text", id="empty"),
    pytest.param("a.txt", b" \n\xc2\xa0\n", "a.txt: empty; give an article with text", id="blank"),
    pytest.param("a.txt", b"title: T\n\n", "a.txt: empty; give an article with text", id="a header alone"),
    pytest.param("a.txt", b"\x7fELF\x02\0\0", "a.txt: binary, not text (NUL at byte 5)", id="binary"),
    pytest.param("a.jpg", b"\xff\xd8\xff\xe0\0", "a.jpg: binary, not text (NUL at byte 4)", id="picture"),
    pytest.param("a.txt", FR.encode("utf-16")[:-1], "a.txt: not UTF-16 (byte ", id="UTF-16 cut off"),
    pytest.param(
        "a.txt",
        b"lang: de\n\nParis.",
        "a.txt: lang is 'de', not a language that is known (en, fr)",
        id="language stated",
    ),
    pytest.param(
        "a.txt",
        "Москва отвергла обвинения США в адрес Ирана.".encode(),
        "a.txt: it reads as 'ru', not",
        id="Russian",
    ),
    pytest.param("a.txt", b"Berlin verurteilt Angriff.", "a.txt: it reads as 'de'", id="German"),
    pytest.param(
        "a.txt",
        b"date: foo\n\nParis.",
        "a.txt: date 'foo' is no ISO date; write it as 2024-09-10",
        id="date",
    ),
    pytest.param(
        "a.txt",
        b"date: 2024-02-30\n\nParis.",
        "a.txt: date '2024-02-30' is no ISO date",
        id="impossible day",
    ),
    pytest.param("a.html", b"<html><body></body></html>", "a.html: no article in this page", id="page without text"),
    pytest.param("a.jsonl", b'{"id": "a", "text": ', "a.jsonl:1: not JSON (", id="half a line of JSON"),
    pytest.param("a.jsonl", b"[1]", "a.jsonl:1: no article; give one object a line", id="no object"),
    pytest.param("a.jsonl", b'{"id": "a"}', "a.jsonl:1: no article;", id="no text"),
    pytest.param("a.jsonl", b'{"id": "a", "text": " "}', "a.jsonl:1 [a]: empty;", id="blank text"),
    pytest.param(
        "a.jsonl",
        b'{"id": ["a"], "text": "Paris."}',
        "a.jsonl:1: id is not a string",
        id="id of a wrong type",
    ),
    pytest.param(
        "a.jsonl",
        b'{"id": "a", "text": "Paris \\u0000"}',
        "a.jsonl:1: the text holds NUL at character 6",
        id="NUL escaped",
    ),
    pytest.param(
        "a.jsonl",
        b'{"id": "a", "text": "\\ud800"}',
        "a.jsonl:1: the text holds half a surrogate",
        id="surrogate",
    ),
    pytest.param("a.jsonl", b"[" * 100_000, "a.jsonl:1: not JSON (", id="deep nesting"),
    pytest.param("a.jsonl", b'{"n": ' + b"9" * 5000 + b"}", "a.jsonl:1: not JSON (", id="endless number"),
]


@pytest.mark.parametrize(("name", "data", "message"), REFUSED)
def test_refused_in_one_line(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    assert complaint(file).startswith(f"{tmp_path}/{message}")


def test_missing_path_and_empty_folder(tmp_path: Path) -> None:
    assert complaint(tmp_path / "none.txt") == f"{tmp_path}/none.txt: no such file or folder; check the path"
    assert complaint(tmp_path).startswith(f"{tmp_path}: no article in this folder; it is read for files in .csv, ")


def test_jsonl_keeps_text_verbatim_and_goes_on_after_a_broken_line(tmp_path: Path) -> None:
    text = "  Paris a condamné l’attaque.\r\nIl a nié.\u2028Fin. "
    lines = [
        json.dumps({"id": "x/1", "text": text, "title": "T", "date": "2024-09-10T23:00:00Z", "lang": "fr", "extra": 1}),
        "{broken",
        "",
        json.dumps({"id": 7, "text": EN, "date": None, "title": "", "outlet": "BBC"}, ensure_ascii=False),
    ]
    file = tmp_path / "news.jsonl"
    file.write_text("\n".join(lines))
    first, second, third = read(file)
    assert first == Article("x/1", text, "fr", "T", date(2024, 9, 10), date_from="header")
    assert str(second).startswith(f"{file}:2: not JSON")
    assert third == Article("7", EN, "en", outlet="BBC")


def test_a_line_without_id_is_named_by_address_else_by_content(tmp_path: Path) -> None:
    file = tmp_path / "news.jsonl"
    file.write_text(
        "\n".join(
            json.dumps(record) for record in ({"text": EN, "url": "https://a.example/"}, {"text": EN}, {"text": EN})
        )
    )
    address, content, again = (outcome.id for outcome in read(file) if isinstance(outcome, Article))
    assert address == "https://a.example/"
    assert content == again
    assert content.startswith("h-")


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
def test_a_page_gives_its_text_and_what_it_says_of_itself(tmp_path: Path, charset: str) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(PAGE.format(charset=charset, text=LONG).encode(charset))
    found = article(file)
    assert (found.id, found.lang, found.title, found.date) == (
        "https://journal.example/a", "fr", "Un titre", date(2024, 9, 10),
    )  # fmt: skip
    assert (found.url, found.outlet) == ("https://journal.example/a", "Le Journal")
    assert found.text.startswith("Les États-Unis ont accusé l’Iran")
    assert "Accueil" not in found.text
    assert "droits" not in found.text


def test_markup_in_text_is_text(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("<script>alert(1)</script>\n" + EN)
    assert article(file).title == "<script>alert(1)</script>"


def test_a_folder_is_read_with_its_folders_in_order(tmp_path: Path) -> None:
    for name in ("b/z.txt", "a.md", "b/a.TXT", ".hidden/x.txt", "b/.x.txt", "b/style.css", "c.txt/d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(EN)
    (tmp_path / "b" / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert [outcome.id for outcome in read(tmp_path) if isinstance(outcome, Article)] == ["a.md", "b/a.TXT", "z", "d"]
    assert other_files(tmp_path) == {".css": 1}


STANDARD_INPUT = [
    pytest.param("Un titre\n" + FR, [("stdin", "Un titre", FR)], id="text"),
    pytest.param(json.dumps({"id": "x", "text": EN}), [("x", None, EN)], id="JSON lines"),
    pytest.param("\ufeff" + json.dumps({"id": "x", "text": EN}), [("x", None, EN)], id="JSON lines with a mark"),
    pytest.param(
        PAGE.format(charset="utf-8", text=LONG), [("https://journal.example/a", "Un titre", None)], id="a page"
    ),
]


@pytest.mark.parametrize(("given", "expected"), STANDARD_INPUT)
def test_standard_input_shows_its_format(
    monkeypatch: pytest.MonkeyPatch, given: str, expected: list[tuple[str, str, str]]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given.encode())))
    found = [outcome for outcome in read("-") if isinstance(outcome, Article)]
    assert [
        (a.id, a.title, a.text if text else None) for a, (_, _, text) in zip(found, expected, strict=True)
    ] == expected


LANGUAGES = [
    pytest.param("Paris.", None, "en", id="nothing to tell by: the first of ours"),
    pytest.param("L'Iran a nié.", None, "fr", id="a short French sentence"),
    pytest.param("Iran denied it.", None, "en", id="a short English sentence"),
    pytest.param("Iran.", "FR_ca", "fr", id="a region is no other language"),
    pytest.param("MOSCOU DÉMENT AVOIR REÇU DES MISSILES", None, "fr", id="capitals"),
]


@pytest.mark.parametrize(("text", "given", "expected"), LANGUAGES)
def test_language(text: str, given: str | None, expected: str) -> None:
    assert language_of(text, given, "a.txt") == expected


FOREIGN = [  # each with small words that ours have too
    pytest.param("Els ministres de les dues regions es van reunir des de dilluns; l'acord és molt important.", id="ca"),
    pytest.param("Le forze armate e l'aviazione d'Italia hanno lasciato le basi, ha detto il ministro.", id="it"),
    pytest.param("De minister zei dat de regering of het leger is gevraagd; het was after all van hem.", id="nl"),
    pytest.param("Los ministros de las dos regiones sur se reunieron; la ley de 1990 has sido aprobada.", id="es"),
    pytest.param("Miniștrii au spus că le-au dat ce au cerut; pe lista lor sunt mai multe nume.", id="ro"),
]


@pytest.mark.parametrize("text", FOREIGN)
def test_small_words_alone_take_no_other_language_for_ours(text: str) -> None:
    assert _surely(text) is None


def test_languages_are_folders() -> None:
    assert languages() == ("en", "fr")
