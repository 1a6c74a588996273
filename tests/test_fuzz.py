"""Anything at all: each input becomes articles or errors of ours, and what is told of a text stands in it.

The examples are the same every time; KG_FUZZ=50 asks for fifty times as many, other ones.
"""

from __future__ import annotations

import gzip
import io
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nasty import make
from pypdf import PdfWriter
from spans import check

from kg.articles.dispatch import REPORT, formats, read_source
from kg.articles.source import Options, Source
from kg.errors import KgError
from kg.extract import extract
from kg.extract.typography import smooth
from kg.model import Article

MORE = int(os.environ.get("KG_FUZZ", "1"))


def examples(number: int) -> settings:
    """Ask for so many examples: the same ones each time, unless more are wanted."""
    return settings(
        max_examples=number * MORE, derandomize=MORE == 1, database=None, deadline=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip


NEWS = "Paris a condamné Téhéran. « L’Iran a livré des missiles à Moscou », a dit un officier."
PAGE = (
    "<html lang='fr'><head><title>T</title><meta charset='utf-8'></head>"
    f"<body><article><p>{NEWS}</p></article></body></html>"
)
FEED = (
    f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><item><title>T</title>'
    "<link>https://a.example/1</link><pubDate>Tue, 10 Sep 2024 08:00:00 GMT</pubDate>"
    f"<description>&lt;p&gt;{NEWS}</description></item></channel></rss>"
)
ATOM = (
    f'<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><title>T</title><id>x</id>'
    f"<updated>2024-09-10T08:00:00Z</updated><content type='html'>{NEWS}</content></entry></feed>"
)


SENT = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE.encode("ascii", "xmlcharrefreplace").decode()


def _pdf() -> bytes:
    writer, data = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/Title": "T"})
    writer.write(data)
    return data.getvalue()


WHOLE = {
    ".txt": f"title: T\ndate: 2024-09-10\n\n{NEWS}".encode(),
    ".md": f"---\ntitle: T\n---\n# T\n\n{NEWS}".encode(),
    ".html": PAGE.encode(),
    ".jsonl": f'{{"id": "a", "text": "{NEWS}", "date": "2024-09-10"}}\n'.encode() * 2,
    ".csv": f'id,text\na,"{NEWS}"\nb,"{NEWS}"\n'.encode(),
    ".rss": FEED.encode(),
    ".atom": ATOM.encode(),
    ".pdf": _pdf(),
    ".eml": (
        "From: A <a@a.example>\nSubject: =?utf-8?q?T=C3=A9?=\nDate: Tue, 10 Sep 2024 08:00:00 +0000\n"
        'Message-ID: <1@a>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n'
        "--b\nContent-Type: text/html; charset=utf-8\n\n"
        f"{PAGE}\n--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\n{NEWS}\n--b--\n"
    ).encode(),
    ".zip": make.zipped({"a.txt": NEWS.encode(), "b.zip": make.zipped({"c.txt": NEWS.encode()})}),
    ".warc": (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/1\r\nWARC-Date: 2024-09-10T08:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(SENT)}\r\n\r\n{SENT}\r\n\r\n"
    ).encode(),
    ".gz": gzip.compress(NEWS.encode(), mtime=0),
}


@st.composite
def spoilt(draw: st.DrawFn) -> tuple[str, bytes]:
    """Take a whole file and cut, double, change or replace parts of it."""
    ending = draw(st.sampled_from(sorted(WHOLE)))
    data = WHOLE[ending]
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 12)))
        middle = draw(st.one_of(st.binary(max_size=8), st.just(data[start:end] * 3), st.just(b"")))
        data = data[:start] + middle + data[end if draw(st.booleans()) else start :]
    return ending, data


ANYTHING = st.tuples(st.sampled_from(sorted(formats())), st.binary(max_size=300))
BEGINNINGS = [
    b"%PDF-1.7\n",
    b"PK\x03\x04",
    b"\x1f\x8b\x08",
    b"<html>",
    b"<rss>",
    b'{"text": ',
    b"id,text\n",
    b"\xff\xfe",
    b"---\n",
]
BEGUN = st.tuples(
    st.sampled_from(["", *sorted(formats())]),
    st.builds(bytes.__add__, st.sampled_from(BEGINNINGS), st.binary(max_size=200)),
)


@given(st.one_of(ANYTHING, BEGUN, spoilt()))
@examples(250)
def test_whatever_is_read_becomes_articles_or_errors(made: tuple[str, bytes]) -> None:
    ending, data = made
    source = Source(lambda: io.BytesIO(data), "a", f"a{ending}", f"a{ending}", Options())
    for outcome in read_source(source):
        assert isinstance(outcome, (Article, KgError))
        if isinstance(outcome, Article):
            assert outcome.text.strip()
            repr(outcome).encode()
        else:
            assert outcome.what
            assert outcome.remedy
            assert outcome.remedy != REPORT, outcome


WORDS = {
    "fr": "Paris Téhéran Moscou l’Iran l'Iran la Russie Macron Le président a condamné accuse d’avoir livré des "
    "missiles à sanctions contre selon dit-il a déclaré que nie ne pas de et , . : ; ! ? … – - « » “ ” ‘ ’ \" ' ( ) M. "
    "l’ONU qui dont mardi hier 2024 10 septembre",
    "en": "Paris Tehran Moscow Iran Russia Macron The President condemned accuses of having supplied missiles to "
    "sanctions against according to said that denied not did and , . : ; ! ? … – - “ ” ‘ ’ \" ' ( ) Mr. U.S. the UN "
    "which whose he it Tuesday yesterday 2024 September 10",
}
ODD = [
    "\n", "\n\n", "\r\n", "\t", "\0", "\x1b[31m", "\x07", "\x85", "\x92", "\u00a0", "\u00ad", "\u200b", "\u200f",
    "\u202e", "\u2028", "\ufeff", "\ud800", "\udfff", "\U0001f680", "\U0001f469\u200d\U0001f467", "e\u0301", "\u0301",
    "ﬁ", "Ã©", "â€™", "-\n", "A B C D E", "ａｂ", "\U0001d40f", "أدانت باريس طهران", "ישראל", "北京谴责", "Москва",
    "a" * 300,
    "…" * 40, "((((", '"""', "''", "1" * 60, "%s{}", "<b>", "&amp;", "İ", "ß", "ŉ", "\ufffd", "\uffff", "\u180e",
]  # fmt: skip


def texts(lang: str) -> st.SearchStrategy[str]:
    """Make texts of words that mean something, things that nobody would write, and any characters."""
    words = st.sampled_from(WORDS[lang].split())
    piece = st.one_of(words, words, words, words, st.sampled_from(ODD), st.text(max_size=4))
    return st.lists(st.tuples(piece, st.sampled_from([" ", " ", " ", ""])).map("".join), max_size=30).map("".join)


@pytest.mark.parametrize("lang", WORDS)
@given(st.data())
@examples(60)
def test_what_is_told_of_any_text_stands_in_it(lang: str, data: st.DataObject) -> None:
    text, title = data.draw(texts(lang)), data.draw(st.one_of(st.none(), texts(lang)))
    check(extract(Article("a", text, lang, title)))


@given(st.one_of(texts("fr"), st.text()))
@examples(300)
def test_a_smoothed_text_leads_back_to_every_character(text: str) -> None:
    found = smooth(text, "fr")
    if found is None:
        return
    places = [found.place(i, i + 1) for i in range(len(found.text))]
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert places == sorted(places)
    again = smooth(found.text, "fr")
    assert again is None or len(again.text) <= len(found.text)
