"""A store on a SPARQL server: what the server must be, what may go wrong, and that nothing is lost by it."""

from __future__ import annotations

import contextlib
import http.server
import threading
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, ClassVar

import pytest
from click.testing import CliRunner
from servers import clear, free_port, oxigraph
from test_store import STORY, quads

from kg.cli import main
from kg.errors import InputError, StoreError
from kg.store import Store, open_store
from kg.store.server import Server, open_server
from kg.store.service import service
from kg.store.sources import default_world

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kg.model import Article, Claim

RESULTS = "application/sparql-results+json"
YES = '{"head":{"vars":["o"]},"results":{"bindings":[{"o":{"type":"uri","value":"urn:o"}}]}}'


@pytest.fixture(scope="module")
def serving() -> Iterator[str]:
    with oxigraph("--union-default-graph") as address:
        yield address


@pytest.fixture
def server(serving: str) -> str:
    clear(serving)
    return serving


class Saying(http.server.BaseHTTPRequestHandler):
    """Answers what the test has laid down, one answer after the other, the last for ever."""

    answers: ClassVar[list[tuple[int, str, str]]] = []
    asked: ClassVar[list[tuple[str, str]]] = []
    hang: ClassVar[threading.Event] = threading.Event()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"] or 0))
        self.asked.append((self.path, self.headers.get("Authorization", "")))
        status, kind, text = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if status == 0:  # cut off
            return
        if status == 1:  # never answer
            self.hang.wait(20)
            return
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Retry-After", "0")
        self.end_headers()
        self.wfile.write(text.encode())

    do_GET = do_POST  # noqa: N815 - its name in the library

    def log_message(self, *_: object) -> None:
        """Stay silent."""


@pytest.fixture
def saying(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., str]]:
    """Start a server that gives these answers, and no pauses between attempts."""
    monkeypatch.setattr("kg.store.server._GROWING", lambda _: 0.01)
    made = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Saying)
    threading.Thread(target=made.serve_forever, daemon=True).start()

    def start(*answers: tuple[int, str, str]) -> str:
        Saying.answers[:], Saying.asked[:] = answers, []
        Saying.hang.clear()
        return f"http://127.0.0.1:{made.server_address[1]}/"

    yield start
    Saying.hang.set()
    made.shutdown()
    made.server_close()


BAD = [
    pytest.param((200, "text/html", "<h1>Hello</h1>"), "with text/html, not results of SPARQL; check", id="a page"),
    pytest.param((200, RESULTS, '{"head":'), "answers with what cannot be read", id="half an answer"),
    pytest.param((200, RESULTS, "[]"), "answers with what cannot be read", id="other JSON"),
    pytest.param((200, RESULTS, '{"head":{},"boolean":true}'), "yes or no where a table", id="another answer"),
    pytest.param((401, "text/plain", "who?"), r"refuses \(401 Unauthorized: who\?\); set KG_SPARQL_USER", id="who"),
    pytest.param((404, "text/html", "<html>no"), r"refuses \(404 Not Found\); check the address", id="not here"),
    pytest.param((301, "text/plain", ""), r"refuses \(301 Moved Permanently\)", id="moved"),
    pytest.param((413, "text/plain", ""), "set KG_SPARQL_LIMIT", id="too big"),
    pytest.param((503, "text/plain", "busy"), r"refuses \(503 .*busy\); check that it runs", id="busy for ever"),
    pytest.param((0, "", ""), r"cannot be reached .*; check that it runs", id="cut off for ever"),
    pytest.param((1, "", ""), r"did not answer in 0.3 s; ask for less, or set KG_SPARQL_TIMEOUT", id="slow"),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "message"), BAD)
def test_a_bad_server_is_told(saying: Callable[..., str], answer: tuple[int, str, str], message: str) -> None:
    address = saying(answer)
    with pytest.raises(StoreError, match=message):
        open_server(address, replace(service(address, {}), timeout=0.3))


@pytest.mark.parametrize("passing", [(429, "text/plain", ""), (500, "text/plain", ""), (502, "", ""), (0, "", "")])
def test_what_passes_is_tried_again(saying: Callable[..., str], passing: tuple[int, str, str]) -> None:
    address = saying(passing, passing, (200, RESULTS, YES))
    open_server(address).close()
    assert [path for path, _ in Saying.asked] == ["/query"] * 4


def test_a_server_that_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.store.server._GROWING", lambda _: 0.01)
    address = f"http://127.0.0.1:{free_port()}/"
    with pytest.raises(StoreError, match=r"cannot be reached .*; check that it runs"):
        open_store(address)
    done = CliRunner().invoke(main, ["query", "contested", "--store", address])
    assert (done.exit_code, done.stderr.startswith(f"kg: {address}: the server cannot be reached")) == (1, True)


def test_credentials_are_sent_and_never_shown(saying: Callable[..., str]) -> None:
    address = saying((200, RESULTS, YES))
    settings = service(address, {"KG_SPARQL_USER": "me", "KG_SPARQL_PASSWORD": "secret"})
    with Server(address, settings)._client as client:  # noqa: SLF001 - what is sent
        client.post(settings.query)
    open_server(address, service(address, {"KG_SPARQL_TOKEN": "secret"})).close()
    assert [sent for _, sent in Saying.asked] == ["Basic bWU6c2VjcmV0", "Bearer secret", "Bearer secret"]
    assert "secret" not in repr(settings)
    with pytest.raises(InputError, match="has a user or a password in it; set KG_SPARQL_USER") as caught:
        service("http://me:secret@localhost:7878/", {})
    assert "secret" not in str(caught.value)


ADDRESSES = [
    pytest.param("http://h:x/", {}, "no address of a server", id="port"),
    pytest.param("http:///", {}, "no address of a server", id="no host"),
    pytest.param("http://h/", {"KG_SPARQL_UPDATE": "ftp://h/"}, "KG_SPARQL_UPDATE: 'ftp://h/' is no", id="protocol"),
    pytest.param("http://h/", {"KG_SPARQL_LIMIT": "many"}, "KG_SPARQL_LIMIT: 'many' is no number", id="limit"),
    pytest.param("http://h/", {"KG_SPARQL_TIMEOUT": "0"}, "KG_SPARQL_TIMEOUT: '0' is no number above", id="timeout"),
]  # fmt: skip


@pytest.mark.parametrize(("address", "env", "message"), ADDRESSES)
def test_a_bad_setting_is_told(address: str, env: dict[str, str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        service(address, env)


def test_parts_of_a_server_may_have_addresses_of_their_own() -> None:
    found = service("https://h/ds", {"KG_SPARQL_QUERY": "https://h/sparql", "KG_SPARQL_DATA": "https://h/ds/data"})
    assert (found.query, found.update, found.data) == ("https://h/sparql", "https://h/ds/update", "https://h/ds/data")


def test_a_server_without_union_is_refused_and_left_as_it_was() -> None:
    with oxigraph() as address:
        with pytest.raises(StoreError, match="do not see the union of its graphs; start it with"):
            open_store(address)
        settings = service(address, {"KG_SPARQL_QUERY": f"{address}query?union-default-graph"})
        asked = open_server(address, settings)
        assert len(list(asked.match())) == 1  # only the probe of this opening
        with Store(asked, default_world()) as store:
            store.add(*STORY[0])
            assert store.query("ASK { ent:iran gp:suppliesArmsTo ?x }")


def test_a_server_with_other_data_is_left_alone(server: str) -> None:
    backend = Server(server)
    backend._update("INSERT DATA { GRAPH <urn:mine> { <urn:a> <urn:b> <urn:c> } }")  # noqa: SLF001 - somebody else's
    with pytest.raises(StoreError, match="holds something else, not a store of kg; give it an empty dataset"):
        open_store(server)
    assert len(list(backend.match())) == 1
    backend.close()


def test_the_commands_work_on_a_server(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    news = tmp_path / "note.txt"
    news.write_text("Washington accused Tehran of supplying drones to Moscow. Iran denied it.", encoding="utf-8")

    def kg(*words: str) -> str:
        done = CliRunner().invoke(main, [*words, "--store", server], catch_exceptions=False)
        assert (done.exit_code, done.stderr) == (0, "")
        return done.stdout

    assert "1 stored" in kg("build", str(news))
    assert "0 stored, 1 unchanged" in kg("build", str(news))
    assert "suppliesArmsTo" in kg("query", "contested")
    assert "denied by Iran" in kg("explain", "Iran", "suppliesArmsTo", "Russia")
    kg("export", "-o", "out.nq")
    assert "everything is as it should be" in kg("validate")
    kg("forget", "note")
    assert kg("import", "out.nq").endswith(": 1 article\n")
    (journal,) = (path.name for path in tmp_path.iterdir() if path.name not in {"note.txt", "out.nq"})
    assert journal == f"{server.removeprefix('http://').strip('/').replace('.', '-').replace(':', '-')}.kg-journal"


def _limited(address: str) -> Store:
    return Store(open_server(address, service(address, {"KG_SPARQL_LIMIT": "40"})), default_world())


def test_a_server_with_a_limit_holds_the_same(server: str) -> None:
    with open_store() as memory, _limited(server) as store:
        for each, claims in STORY:
            memory.add(each, claims)
            store.add(each, claims)
        assert quads(store) == quads(memory)
        memory.forget("accused")
        store.forget("accused")
        assert quads(store) == quads(memory)


def test_wherever_a_change_breaks_off_the_article_does_not_count_and_the_next_mends_it(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = (replace(STORY[0][0], text="New."), STORY[0][1][:1])
    with open_store() as memory:
        memory.add(*STORY[1])
        without = quads(memory)
        memory.add(*STORY[0])
        memory.add(*changed)
        wanted = quads(memory)
    for number in range(60):
        clear(server)
        with _limited(server) as store:
            store.add(*STORY[1])
            store.add(*STORY[0])
        if not _breaks_off(server, changed, monkeypatch, after=number):
            break
        with _limited(server) as again:
            assert not again.holds("accused") or number < 2  # nothing was sent, or the history alone
            if number % 2:
                again.add(*changed)
            else:
                again.forget("accused")
                again.forget("admitted")
                again.add(*STORY[1])
        with _limited(server) as after:
            assert quads(after) == (wanted if number % 2 else without)
    assert number > 5


def _breaks_off(
    address: str, change: tuple[Article, list[Claim]], monkeypatch: pytest.MonkeyPatch, *, after: int
) -> bool:
    """Make a change on a connection that is lost after some requests."""
    send, sent = Server._update, count()  # noqa: SLF001 - cut here

    def cut(self: Server, request: str) -> None:
        if next(sent) >= after:
            raise StoreError(self.where, "cut", "try again")
        send(self, request)

    with monkeypatch.context() as patch, contextlib.suppress(StoreError), _limited(address) as store:
        patch.setattr(Server, "_update", cut)
        store.add(*change)
        return False
    return True
