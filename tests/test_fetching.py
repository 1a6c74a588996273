"""Fetching from the web, against a server on loopback; and the options of reading on the command line."""

from __future__ import annotations

import gc
import threading
import weakref
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from kg import cli_build
from kg.articles import Options, fetching, read
from kg.cli import main
from kg.errors import InputError
from kg.model import Article
from kg.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEXT = "Paris a condamné Téhéran, mardi 10 septembre, après la livraison de missiles à la Russie. " * 3
PAGE = f"<html lang='fr'><head><title>Paris condamne</title></head><body><article><p>{TEXT}</p></article></body></html>"


class _Site(BaseHTTPRequestHandler):
    """A small site: a page with an ETag, one that robots.txt forbids, a ring of redirects, one that is too long."""

    seen: list[tuple[str, int]]
    page, tag = PAGE, '"1"'

    def do_GET(self) -> None:
        if self.path == "/robots.txt":
            self._answer(200, b"User-agent: *\nDisallow: /forbidden\n", "text/plain")
        elif self.path == "/ring":
            self._answer(302, b"", "text/plain", Location="/ring")
        elif self.path == "/gone":
            self._answer(404, b"", "text/plain")
        elif self.headers.get("If-None-Match") == self.tag:
            self._answer(304, b"", "text/html")
        elif self.path == "/feed":
            base = f"http://{self.headers['Host']}"
            items = "".join(f"<item><title>T</title><link>{base}/{name}</link></item>" for name in ("one", "two"))
            feed = f'<rss version="2.0"><channel><title>F</title>{items}</channel></rss>'
            self._answer(200, feed.encode(), "application/rss+xml", ETag='"1"')
        else:
            self._answer(200, self.page.encode(), "text/html; charset=utf-8", ETag=self.tag)

    def _answer(self, status: int, body: bytes, kind: str, **headers: str) -> None:
        type(self).seen.append((self.path, status))
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@contextmanager
def _site() -> Iterator[tuple[str, list[tuple[str, int]]]]:
    class Site(_Site):
        seen: list[tuple[str, int]] = []  # noqa: RUF012 - one for each test

    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", Site.seen
        finally:
            server.shutdown()
            thread.join()


def test_a_page_is_fetched_once_and_then_only_asked_whether_it_has_changed(tmp_path: Path) -> None:
    with _site() as (base, seen):
        for _ in range(2):
            [article] = read(f"{base}/page", Options(private=True, pages=tmp_path / "pages", pause=0))
            assert isinstance(article, Article)
            assert "condamné Téhéran" in article.text
            assert (article.lang, article.url) == ("fr", f"{base}/page")
    assert [status for path, status in seen if path == "/page"] == [200, 304]


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("/forbidden/page", "its robots.txt forbids to fetch it"),
        ("/ring", "redirects"),
        ("/gone", "the server answers 404"),
    ],
)
def test_what_may_not_or_cannot_be_fetched_is_told_in_a_line(path: str, what: str) -> None:
    with _site() as (base, seen):
        [error] = read(base + path, Options(private=True, pause=0))
    assert isinstance(error, InputError)
    assert error.where == base + path
    assert what in error.what
    assert path == "/ring" or (path, 200) not in seen


def test_a_feed_and_its_pages_are_asked_again_only_for_what_is_new(tmp_path: Path) -> None:
    with _site() as (base, seen):
        for _ in range(2):
            options = Options(private=True, pages=tmp_path / "pages", pause=0, follow=True)
            ids = [each.id for each in read(f"{base}/feed", options) if isinstance(each, Article)]
            assert ids == [f"{base}/one", f"{base}/two"]
    asked = [(path, status) for path, status in seen if path != "/robots.txt"]
    assert asked[:3] == [("/feed", 200), ("/one", 200), ("/two", 200)]
    assert asked[3:] == [("/feed", 304), ("/one", 304), ("/two", 304)]


def test_what_is_known_of_hosts_goes_with_the_options_and_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "_HOSTS", 1)
    with _site() as (base, seen):
        options = Options(private=True, pause=0)
        fetcher = weakref.ref(fetching.fetcher_for(options))
        for address in (f"{base}/page", f"{base.replace('127.0.0.1', 'localhost')}/page", f"{base}/page"):
            assert isinstance(next(read(address, options)), Article)
    assert [path for path, _ in seen].count("/robots.txt") == 3
    assert fetcher() is fetching.fetcher_for(options)
    del options
    gc.collect()
    assert fetcher() is None


def test_a_host_that_does_not_answer_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def silent(_: object, address: str, url: str, *_args: object, **_named: object) -> None:
        asked.append(address)
        raise InputError(url, "no whole answer within 30 s", "try again later")

    monkeypatch.setattr(fetching.Fetcher, "_get", silent)
    options = Options(private=True, pause=0)
    told = [str(each) for number in range(3) for each in read(f"http://127.0.0.1:9/{number}", options)]
    assert asked == ["http://127.0.0.1:9/robots.txt"]
    assert told[2] == (
        "http://127.0.0.1:9/2: its robots.txt cannot be had: no whole answer within 30 s; try again later"
    )


def test_this_machine_is_not_asked_unless_allowed(tmp_path: Path) -> None:
    with _site() as (base, seen):
        arguments = ["build", f"{base}/page", "--store", str(tmp_path / "store")]
        refused = CliRunner().invoke(main, arguments)
        assert refused.exit_code == 1
        assert "a private network; if you trust it: --allow-private" in refused.output
        assert not seen
        allowed = CliRunner().invoke(main, [*arguments, "--allow-private"])
        assert (allowed.exit_code, "1 stored" in allowed.output) == (0, True), allowed.output
    assert (tmp_path / "store.pages").is_dir()


def test_a_watched_folder_and_page_are_read_again_for_what_is_new(tmp_path: Path) -> None:
    folder, store = tmp_path / "in", str(tmp_path / "store")
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT)
    (folder / "broken.txt").write_bytes(b"")
    rounds: list[set[str]] = []

    def pause(_: float) -> None:
        with open_store(store) as there:  # open to others between the rounds
            rounds.append({each.id for each in there.articles()})
        (folder / "b.txt").write_text(TEXT)
        if len(rounds) == 3:
            raise KeyboardInterrupt

    with _site() as (base, seen), pytest.MonkeyPatch.context() as patched:
        patched.setattr(cli_build, "_sleep", pause)
        command = ["build", str(folder), f"{base}/page", "--store", store, "--allow-private", "--watch", "60"]
        result = CliRunner().invoke(main, command)
    assert result.exit_code == 1, result.output
    assert rounds == [{"a", f"{base}/page"}, {"a", "b", f"{base}/page"}, {"a", "b", f"{base}/page"}]
    assert [status for path, status in seen if path == "/page"] == [200, 304, 304]
    assert (result.output.count("broken.txt: empty"), result.output.count("stored")) == (1, 2)
    refused = CliRunner().invoke(main, ["build", "-", "--store", store, "--watch", "60"])
    assert (refused.exit_code, "nothing new can come of it" in refused.output) == (2, True)


def test_a_changed_page_replaces_its_claims_and_a_retraction_is_told(tmp_path: Path) -> None:
    def build() -> str:
        result = CliRunner().invoke(main, ["build", f"{base}/page", "--store", store, "--allow-private"])
        assert isinstance(result.exception, (SystemExit, type(None))), result.exception
        return result.output

    def told() -> set[tuple[str, str, str]]:
        with open_store(store) as there:
            assert [each.id for each in there.articles()] == [f"{base}/page"]
            return {(c.subject.text, c.relation, c.object.text) for c in there.claims(f"{base}/page")}

    store, export = str(tmp_path / "store"), tmp_path / "all.nq"
    with _site() as (base, _), pytest.MonkeyPatch.context() as patched:
        build()
        assert told() == {("Paris", "condemns", "Téhéran")}
        patched.setattr(_Site, "page", PAGE.replace("Paris a condamné Téhéran", "Ankara a condamné Moscou"))
        patched.setattr(_Site, "tag", '"2"')
        build()
        assert told() == {("Ankara", "condemns", "Moscou")}
        patched.setattr(_Site, "page", PAGE.replace("Paris condamne", "Rétractation : Paris condamne"))
        patched.setattr(_Site, "tag", '"3"')
        assert f"a retraction notice, not an article; remove what it takes back: kg forget {base}/page" in build()
        assert told() == {("Ankara", "condemns", "Moscou")}
    with open_store(store) as there:
        there.export(export)
    assert export.read_text().count("prov#wasRevisionOf") == 1


def test_columns_of_a_csv_are_named_on_the_command_line(tmp_path: Path) -> None:
    table = tmp_path / "news.csv"
    table.write_text('nr,body\n7,"Paris a condamné Téhéran."\n', encoding="utf-8")
    result = CliRunner().invoke(main, ["extract", str(table), "--field", "text=body", "--field", "id=nr"])
    assert result.exit_code == 0, result.output
    assert '"article": "7"' in result.output
    assert '"condemns"' in result.output
    wrong = CliRunner().invoke(main, ["extract", str(table), "--field", "body"])
    assert (wrong.exit_code, "write it as --field text=body" in wrong.output) == (2, True)
