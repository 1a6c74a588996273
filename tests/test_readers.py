"""Formats beyond text, what surrounds an article, and input that means harm: one line each, and the rest goes on."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import pytest

from kg.articles import Options, press, read
from kg.copies import keys
from kg.errors import InputError
from kg.model import Article

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

EN = "Paris condemned the attack carried out by Tehran. Iran denied it."
FEED = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>The Paper</title>
<item><title>One</title><link>https://a.example/1</link><pubDate>Tue, 10 Sep 2024 08:00:00 GMT</pubDate>
<description>&lt;p&gt;{EN}&lt;/p&gt;</description></item>
<item><title>Two</title><link>https://a.example/2</link><pubDate>no day at all</pubDate>
<description>{EN}</description></item></channel></rss>"""


def zipped(members: Mapping[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def outcomes(path: Path, data: bytes, options: Options | None = None) -> tuple[list[Article], list[str]]:
    path.write_bytes(data)
    found = list(read(path, options or Options()))
    told = [str(each).removeprefix(f"{path.parent}/") for each in found if isinstance(each, InputError)]
    return [each for each in found if isinstance(each, Article)], told


def record(address: str, kind: str, told: str, content: bytes) -> bytes:
    """Write a record of a web archive: its address, kind, status and type, and content."""
    status, _, type_ = told.partition(" ")
    if kind == "response":
        content = f"HTTP/1.1 {status} X\r\nContent-Type: {type_}\r\n\r\n".encode() + content
        type_ = "application/http; msgtype=response"
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2026-01-02T03:04:05Z\r\n"
    head += f"WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: {type_}\r\nContent-Length: {len(content)}\r\n\r\n"
    return head.encode() + content + b"\r\n\r\n"


def crawled(pages: list[tuple[str, str, str, bytes]], *, packed: bool) -> bytes:
    """Write a web archive; a packed one record by record, as crawlers do."""
    return b"".join(gzip.compress(record(*each)) if packed else record(*each) for each in pages)


PAGE = f"""<html lang="en"><head><title>Paris condemns</title><meta charset="utf-8">
<meta property="article:published_time" content="2024-09-10"></head>
<body><article><p>{EN}</p></article></body></html>"""
CRAWL = [
    ("https://a.example/1", "response", "200 text/html; charset=utf-8", PAGE.encode()),
    ("https://a.example/1", "request", "200 text/plain", b"GET /1 HTTP/1.1"),
    ("https://a.example/logo.png", "response", "200 image/png", b"x"),
    ("https://a.example/gone", "response", "404 text/html", PAGE.encode()),
    ("https://a.example/2", "conversion", "200 text/plain", EN.encode()),
    ("urn:x", "resource", "200 text/plain", EN.encode()),
]


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
def test_a_web_archive_gives_its_pages(tmp_path: Path, packed: bool) -> None:  # noqa: FBT001 - one of two ways
    name = "a.warc.gz" if packed else "a.warc"
    articles, told = outcomes(tmp_path / name, crawled(CRAWL, packed=packed))
    page, text = articles
    assert (page.id, page.url, page.title, page.text) == (*["https://a.example/1"] * 2, "Paris condemns", EN)
    assert (page.date, page.date_from) == (date(2024, 9, 10), "page")
    assert (text.id, text.date, text.text, told) == ("https://a.example/2", None, EN, [])


def test_a_web_archive_that_is_wrong_somewhere(tmp_path: Path) -> None:
    whole = crawled(CRAWL, packed=False)
    remedy = "fetch it again; what stands before this place was read"
    articles, told = outcomes(tmp_path / "a.warc", whole[: whole.index(b"https://a.example/2") + 190])
    assert ([each.id for each in articles], told) == (
        ["https://a.example/1"], [f"a.warc: cut off in the middle of a record; {remedy}"]
    )  # fmt: skip
    articles, told = outcomes(tmp_path / "b.warc", whole.replace(b"WARC/1.0", b"WORK/1.0"))
    assert (articles, len(told)) == ([], 1)
    assert told[0].startswith("b.warc: broken in record 1 (")
    _, told = outcomes(tmp_path / "c.warc", crawled(CRAWL[2:4], packed=False))
    assert told == ["c.warc: no page in this web archive; it is read for pages, texts and PDF of status 200"]
    bad, good = ("https://a.example/3", "response", "200 text/html", b"<p>"), CRAWL[0]
    articles, told = outcomes(tmp_path / "d.warc", crawled([bad, good], packed=False))
    assert ([each.id for each in articles], len(told)) == (["https://a.example/1"], 1)
    assert told[0].startswith("d.warc!https://a.example/3: ")


@pytest.mark.parametrize("length", range(1, 1900, 37))
def test_a_web_archive_that_is_cut_off_anywhere_costs_one_line_and_what_is_behind(tmp_path: Path, length: int) -> None:
    articles, told = outcomes(tmp_path / "a.warc", crawled(CRAWL, packed=False)[:length])
    assert {each.text for each in articles} <= {EN}
    assert len(told) <= 1
    assert not any("this is a bug" in each for each in told)


def test_csv_with_other_names_of_columns(tmp_path: Path) -> None:
    data = f'no;body;day\n1;"{EN}";x\n2;;x\n'.encode()
    articles, told = outcomes(tmp_path / "a.csv", data, Options(fields={"id": "no", "text": "body"}))
    assert [(each.id, each.text) for each in articles] == [("1", EN)]
    assert told == ["a.csv:3 [2]: empty; give an article with text"]


def test_csv_without_the_column_names_those_there_are(tmp_path: Path) -> None:
    _, told = outcomes(tmp_path / "a.csv", b"no,body\n1,x\n")
    assert told == [
        "a.csv: no column 'text'; name the column of the text: --field text=COLUMN; there are: no, body"
    ]  # fmt: skip


def test_a_feed_gives_its_entries_and_tells_a_wrong_date(tmp_path: Path) -> None:
    articles, told = outcomes(tmp_path / "a.rss", FEED.encode())
    assert [(each.id, each.text, each.outlet, each.date, each.date_from) for each in articles] == [
        ("https://a.example/1", EN, "The Paper", date(2024, 9, 10), "feed"),
        ("https://a.example/2", EN, "The Paper", None, None),
    ]
    assert told == [
        "a.rss [https://a.example/2]: date 'no day at all' cannot be read; the article is kept without a date"
    ]


def test_archives_of_archives(tmp_path: Path) -> None:
    inner = zipped({"b.txt": EN.encode()})
    lines = gzip.compress(json.dumps({"id": "c", "text": EN}).encode())
    data = zipped({"a.txt": EN.encode(), "in.zip": inner, "l.jsonl.gz": lines, "style.css": b"x"})
    articles, told = outcomes(tmp_path / "a.zip", data)
    assert [each.id for each in articles] == ["a", "b", "c"]
    assert told == []


NASTY = [
    pytest.param("a.txt.gz", gzip.compress(EN.encode() * 50)[:-20], "cannot be read (", id="truncated gzip"),
    pytest.param("a.zip", b"PK\x03\x04 broken", "cannot be read (", id="broken zip"),
    pytest.param("a.zip", zipped({"../a.txt": EN.encode()}), "a name that leads out of the archive", id="../ in zip"),
    pytest.param("a.txt.gz", gzip.compress(b"a" * (33 * 2**20)), "longer than 32 MB", id="gzip bomb"),
    pytest.param("a.jsonl", b"a" * (32 * 2**20 + 5) + b"\n", "a line longer than 32 MB", id="endless line"),
    pytest.param(
        "a.xml",
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><rss version="2.0">&b;</rss>',
        "XML with entities of its own",
        id="billion laughs",
    ),
    pytest.param("a.xml", b"<a>no feed</a>", "no feed", id="XML that is no feed"),
    pytest.param("a.html", b"<html>" + b"<div>" * 10_000 + EN.encode(), "nested more than 500 deep", id="deep HTML"),
    pytest.param("a.pdf", b"%PDF-1.7 broken", "a broken PDF (", id="broken PDF"),
    pytest.param("a.txt", b"", "empty", id="no bytes"),
    pytest.param("a.txt", b"Retraction: the story on Iran is wrong.", "a retraction notice", id="retraction"),
]


@pytest.mark.parametrize(("name", "data", "what"), NASTY)
def test_one_line_and_the_rest_goes_on(tmp_path: Path, name: str, data: bytes, what: str) -> None:
    (tmp_path / "z.txt").write_text(EN)
    (tmp_path / name).write_bytes(data)
    first, last = read(tmp_path)
    assert isinstance(first, InputError)
    assert what in first.what
    assert isinstance(last, Article)


def test_pdf_without_text_and_encrypted(tmp_path: Path) -> None:
    from pypdf import PdfWriter  # noqa: PLC0415

    for name, password, what in (("s.pdf", None, "a PDF without text"), ("e.pdf", "secret", "an encrypted PDF")):
        writer = PdfWriter()
        writer.add_blank_page(100, 100)
        if password:
            writer.encrypt(password, algorithm="RC4-128")
        data = io.BytesIO()
        writer.write(data)
        _, told = outcomes(tmp_path / name, data.getvalue())
        assert [what in each for each in told] == [True]


DATELINES = [
    pytest.param("29 mai 2012. - L’Iran a nié.", "fr", date(2012, 5, 29), None, id="fr: a day"),
    pytest.param("GENÈVE, le 3 mars 2022 (ATS) – L’Iran a nié.", "fr", date(2022, 3, 3), "Keystone-ATS", id="fr: le"),
    pytest.param("MOSCOU (AFP) - L’Iran a nié.", "fr", None, "AFP", id="fr: agency alone"),
    pytest.param("KYIV, March 3 (Reuters) – It was denied.", "en", None, "Reuters", id="en: no year, no date"),
    pytest.param("LONDON, Sept. 3, 2022 (AP) — It was.", "en", date(2022, 9, 3), "Associated Press", id="en: full"),
    pytest.param("BEIJING, 3 March 2022 (Xinhua) -- It was.", "en", date(2022, 3, 3), "Xinhua", id="en: day first"),
    pytest.param("MOSCOW, March 3, 2022. /TASS/. It was.", "en", date(2022, 3, 3), "TASS", id="en: between slashes"),
    pytest.param("TEHRAN, Mar. 03 (MNA) – It was.", "en", None, "Mehr", id="en: a short month"),
    pytest.param("GAZA CITY, Gaza, Oct 7, 2023 (AFP) - It was.", "en", date(2023, 10, 7), "AFP", id="en: no full stop"),
    pytest.param("22 août 2012, Espagne. - Le Parti", "fr", date(2012, 8, 22), None, id="fr: the place behind"),
    pytest.param("03/09/2022 - Paris a nié.", "fr", date(2022, 9, 3), None, id="fr: in figures, the day first"),
    pytest.param("03/09/2022 - Paris denied it.", "en", None, None, id="en: figures may be read two ways"),
    pytest.param("31/02/2022 - Paris a nié.", "fr", None, None, id="fr: no day"),
    pytest.param("AFP - Paris a nié.", "fr", None, "AFP", id="fr: an agency and a dash"),
    pytest.param("[AFP] Paris a nié.", "fr", None, "AFP", id="fr: in brackets"),
    pytest.param("ONU - Paris a nié.", "fr", None, None, id="fr: no agency"),
    pytest.param("Paris, which on 3 March 2022 – a Thursday – denied it.", "en", None, None, id="en: in a sentence"),
]


@pytest.mark.parametrize(("text", "lang", "day", "agency"), DATELINES)
def test_datelines(text: str, lang: str, day: date | None, agency: str | None) -> None:
    assert press.dateline(text, lang) == (day, agency)


MAIL = f"""From: =?utf-8?q?Le_Courrier?= <lettre@journal.example>
Subject: =?utf-8?q?Paris_condamne_l=E2=80=99attaque?=
Date: Tue, 10 Sep 2024 23:30:00 +0200
Message-ID: <1@journal.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

Paris a condamn=E9 T=E9h=E9ran.

--=20
Pour ne plus recevoir cette lettre
--b
Content-Type: text/plain; charset=utf-8
Content-Disposition: attachment; filename="../dep.txt"

{EN}
--b
Content-Type: image/png
Content-Disposition: attachment; filename="logo.png"

x
--b--
"""


def test_mail_gives_its_text_and_what_is_attached(tmp_path: Path) -> None:
    articles, told = outcomes(tmp_path / "a.eml", MAIL.encode())
    mail, attached = articles
    assert (mail.id, mail.title, mail.author) == ("1@journal.example", "Paris condamne l’attaque", "Le Courrier")
    assert (mail.text, mail.date, mail.date_from) == ("Paris a condamné Téhéran.", date(2024, 9, 10), "header")
    assert (attached.id, attached.text, told) == ("dep", EN, [])


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("Date: Tue", "Date: one of these days, Tue", "date 'one of these days, Tue"),
        ("Content-Type: text/plain; charset=iso-8859-1", "Content-Type: image/png", None),
    ],
)
def test_mail_that_is_wrong_somewhere(tmp_path: Path, old: str, new: str, what: str | None) -> None:
    articles, told = outcomes(tmp_path / "a.eml", MAIL.replace(old, new).encode())
    assert [each.id for each in articles] == ["dep"]
    assert [what in each for each in told if what] == ([True] if what else [])
    _, told = outcomes(tmp_path / "b.eml", b"Subject: nothing\n\n")
    assert told == ["b.eml: empty; give an article with text"]


CREDITS = [
    pytest.param("Iran denied it. se/bw (AFP)", "en", "AFP", id="behind the last sentence, with initials"),
    pytest.param("“We did not,” it said. (Reuters)", "en", "Reuters", id="behind a quotation"),
    pytest.param("Iran denied it. dj/sms (dpa, AFP)", "en", None, id="several"),
    pytest.param("Iran denied it to an agency (AFP)", "en", None, id="within the sentence"),
    pytest.param("L’Iran a nié. (avec AFP)", "fr", "AFP", id="fr: with"),
    pytest.param("L’Iran a nié. (Pasdaran)", "fr", None, id="fr: no agency"),
]


@pytest.mark.parametrize(("text", "lang", "agency"), CREDITS)
def test_credits_at_the_end(text: str, lang: str, agency: str | None) -> None:
    assert press.agency(f"Paris.\n{text}", lang) == press.agency(text, lang) == agency


def test_near_identical_texts_share_a_key() -> None:
    text = " ".join(f"The minister number {i} denied report {i * 7}." for i in range(60))
    assert keys(text) & keys(text.replace("number 7 ", "number seven ") + " (with AFP)")
    assert not keys(text) & keys(" ".join(f"A general of army {i} praised {i * 3} others." for i in range(60)))
