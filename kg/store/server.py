"""Quads on a server of SPARQL 1.1, over HTTP: queries, updates, and files by the Graph Store protocol.

An update is idempotent (DELETE DATA, INSERT DATA), so that one whose answer was lost is sent again without harm.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import httpx
import pyoxigraph as ox
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter

from kg.errors import StoreError
from kg.model import GP
from kg.store import terms
from kg.store.backend import lines, update
from kg.store.binding import bind
from kg.store.service import VARIABLE, Service, service
from kg.store.terms import A

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from kg.store.backend import Answer, Step, Triple
    from kg.store.terms import Node

_RESULTS, _TRIPLES, _QUADS = "application/sparql-results+json", "application/n-triples", "application/n-quads"
_UPDATE = "application/sparql-update"
_NODES = 400  # asked of in one request
_FILE = 4 << 20  # bytes of a file in one request
_GRAPHS = 100  # articles in one request
_ATTEMPTS, _LONGEST_WAIT = 5, 20.0
_CONNECT = 5.0  # seconds
_SHOWN = 200  # characters of a server's words
_UNTAKEN = frozenset({404, 405, 406, 415, 501})  # what a server answers that has no Graph Store for quads
_PROBE = ox.Quad(ox.NamedNode(GP + "supports"), A, ox.NamedNode(GP + "Relation"), terms.ONTOLOGY)
_UNION = (
    "start it with a union default graph (oxigraph serve --union-default-graph; in Fuseki tdb2:unionDefaultGraph), "
    f"or set {VARIABLE}QUERY to an address that asks for one (as http://localhost:7878/query?union-default-graph)"
)
_PATTERN = "SELECT ?s ?p ?o ?g WHERE {{ {values}GRAPH {g} {{ {s} {p} {o} }} }}"


class _Passing(Exception):  # noqa: N818 - a fault that may pass
    """What may be gone at the next attempt: a cut connection, 429, 5xx."""

    def __init__(self, what: str, wait: float = 0) -> None:
        super().__init__(what)
        self.wait = wait


class Server:
    """A backend across the network; one writer at a time is the user's to see to."""

    in_pieces = True

    def __init__(self, address: str, settings: Service | None = None) -> None:
        """Take a server; nothing is asked yet."""
        self.where, self._service = address, settings or service(address)
        headers = {"Authorization": f"Bearer {self._service.token}"} if self._service.token else {}
        times = httpx.Timeout(self._service.timeout, connect=_CONNECT)
        self._client = httpx.Client(timeout=times, auth=self._service.login, headers=headers)

    def open(self) -> None:
        """Make sure that the server answers, unites its graphs, and holds nothing else.

        Raises:
            StoreError: it does not.
        """
        if not self._any(f"GRAPH {terms.ONTOLOGY} {{ ?s ?p ?o }}"):
            if self._any("{ ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } }"):
                raise StoreError(self.where, "holds something else, not a store of kg", "give it an empty dataset")
            self._update(update([], [_PROBE]))
        triple = _PROBE.triple
        if not self._any(f"{triple.subject} {triple.predicate} ?o FILTER(?o = {triple.object})"):
            if sum(1 for _ in self.match(graph=terms.ONTOLOGY)) == 1:
                self._update(update([_PROBE], []))
            raise StoreError(self.where, "queries do not see the union of its graphs", _UNION)

    def match(
        self,
        subject: ox.NamedNode | None = None,
        predicate: ox.NamedNode | None = None,
        object_: Node | None = None,
        graph: ox.NamedNode | None = None,
    ) -> Iterator[ox.Quad]:
        """Find quads; None stands for anything."""
        if not (subject or predicate or object_ or graph) and (found := self._everything()) is not None:
            yield from found
            return
        bound = {"s": subject, "p": predicate, "o": object_, "g": graph}
        yield from self._quads("", bound)

    def about(self, nodes: Iterable[ox.NamedNode], graph: ox.NamedNode | None = None) -> Iterator[ox.Quad]:
        """Give all that is said of some nodes."""
        for values in _values("s", nodes):
            yield from self._quads(values, {"g": graph})

    def holding(self, triples: Iterable[Triple], graph: ox.NamedNode) -> Iterator[ox.Quad]:
        """Give those of some triples that stand in a graph."""
        for some in _chunks(triples, _NODES):
            rows = " ".join(f"({' '.join(map(str, triple))})" for triple in some)
            yield from self._quads(f"VALUES (?s ?p ?o) {{ {rows} }} ", {"g": graph})

    def pointing(self, predicate: ox.NamedNode, nodes: Iterable[ox.NamedNode]) -> Iterator[ox.Quad]:
        """Give the quads of one property that point at some nodes."""
        for values in _values("o", nodes):
            yield from self._quads(values, {"p": predicate})

    def apply(self, steps: Iterable[Step]) -> None:
        """Change quads in one request; where the server has a limit, step after step in several."""
        if self._service.limit is None:
            whole = ";\n".join(filter(None, (step.request() for step in steps)))
            if whole:
                self._update(whole)
            return
        for step in steps:
            for some in _chunks(step.remove, self._service.limit):
                self._update(update(some, []))
            for some in _chunks([*step.add, *_quads_of(step.graphs)], self._service.limit):
                self._update(update([], some))

    def select(self, sparql: str, bindings: Mapping[str, Node]) -> Answer:
        """Ask over the union of all graphs; values are bound as terms."""
        asked = bind(sparql, bindings)
        ox.Store().query(asked)  # a fault of syntax is told in the same words as without a server
        return self._query(asked)

    def load(self, path: Path) -> None:
        """Add a file of N-Quads, piece by piece; by updates where the server takes no files."""
        with path.open("rb") as file:
            while some := file.readlines(_FILE):
                self._load(b"".join(some))

    def load_graphs(self, graphs: Mapping[ox.NamedNode, str]) -> None:
        """Add whole graphs, several in one request; one that is broken off has at least its first lines."""
        for some in _chunks(graphs, _GRAPHS):
            self._load(lines({graph: graphs[graph] for graph in some}))

    def holds(self, graphs: Iterable[ox.NamedNode]) -> set[ox.NamedNode]:
        """Tell in which of some graphs there is anything."""
        found: set[ox.NamedNode] = set()
        for values in _values("g", graphs):
            rows = self._query(f"SELECT DISTINCT ?g WHERE {{ {values}GRAPH ?g {{ ?s ?p ?o }} }}")
            found |= {cast("ox.NamedNode", row["g"]) for row in cast("ox.QuerySolutions", rows)}
        return found

    def backup(self, target: Path) -> None:
        """Refuse: a server's own tools copy its files."""
        remedy = "write it to a file (kg export -o backup.nq), which kg import reads; or use the server's own backup"
        raise StoreError(self.where, f"a server cannot be copied to the folder {target}", remedy)

    def local(self) -> ox.Store:
        """Copy everything into memory."""
        copy = ox.Store()
        copy.bulk_extend(self.match())
        return copy

    @property
    def is_open(self) -> bool:
        """Can it still be asked?"""
        return not self._client.is_closed

    def flush(self) -> None:
        """Do nothing: what a server has acknowledged is its own to keep."""

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def _any(self, pattern: str) -> bool:
        """Is there anything? Asked without ASK, whose answer Virtuoso gives in a form of its own."""
        answer = self._query(f"SELECT ?o WHERE {{ {pattern} }} LIMIT 1")
        if isinstance(answer, ox.QueryBoolean):
            raise self._nonsense("yes or no where a table was asked for")
        return any(True for _ in answer)

    def _quads(self, values: str, bound: Mapping[str, Node | None]) -> Iterator[ox.Quad]:
        parts = {name: str(bound.get(name) or f"?{name}") for name in "spog"}
        for row in cast("ox.QuerySolutions", self._query(_PATTERN.format(values=values, **parts))):
            yield ox.Quad(*(bound.get(name) or row[name] for name in "spog"))  # type: ignore[arg-type] # terms all

    def _everything(self) -> Iterable[ox.Quad] | None:
        """Fetch the whole by the Graph Store protocol; None where the server does not give it."""
        if not self._service.data:
            return None
        answer = self._send("GET", self._service.data, headers={"Accept": _QUADS}, allowed=_UNTAKEN)
        if answer.is_error or not _type(answer).startswith(_QUADS):
            return None
        return cast("Iterable[ox.Quad]", self._parsed(lambda: list(ox.parse(answer.content, ox.RdfFormat.N_QUADS))))

    def _load(self, content: bytes) -> None:
        if self._service.data:
            kind = {"Content-Type": _QUADS}
            answer = self._send("POST", self._service.data, content=content, headers=kind, allowed=_UNTAKEN)
            if not answer.is_error:
                return
        quads = (cast("ox.Quad", quad) for quad in ox.parse(content, ox.RdfFormat.N_QUADS))
        for some in _chunks(quads, self._service.limit or 10_000):
            self._update(update([], some))

    def _query(self, sparql: str) -> Answer:
        headers = {"Accept": _ACCEPT, "Content-Type": "application/x-www-form-urlencoded"}
        answer = self._send("POST", self._service.query, data={"query": sparql}, headers=headers)
        kind = _type(answer)
        if kind.startswith(_RESULTS):
            return cast("Answer", self._parsed(lambda: _results(answer.content)))
        if kind.startswith(_TRIPLES):
            parsed = self._parsed(lambda: list(ox.parse(answer.content, ox.RdfFormat.N_TRIPLES)))
            return [cast("ox.Quad", quad).triple for quad in parsed]
        raise self._nonsense(f"{kind or 'no type'}, not results of SPARQL")

    def _update(self, request: str) -> None:
        self._send("POST", self._service.update, content=request.encode(), headers={"Content-Type": _UPDATE})

    def _parsed(self, parse: Any) -> Any:  # noqa: ANN401 - as the parser gives it
        try:
            return parse()
        except (SyntaxError, ValueError) as error:
            raise self._nonsense(f"what cannot be read ({error})") from None

    def _nonsense(self, what: str) -> StoreError:
        return StoreError(self.where, f"the server answers with {what}", "check that this is the address of SPARQL")

    def _send(self, method: str, url: str, *, allowed: frozenset[int] = frozenset(), **what: Any) -> httpx.Response:  # noqa: ANN401 - httpx's
        """Send a request, again with longer and longer pauses while the fault may pass."""
        attempts = Retrying(
            retry=retry_if_exception_type(_Passing), stop=stop_after_attempt(_ATTEMPTS), wait=_pause, reraise=True
        )
        try:
            return attempts(self._once, method, url, allowed, what)
        except _Passing as error:
            remedy = "check that it runs and is not overloaded, then try again: what was done is kept"
            raise StoreError(self.where, str(error), remedy) from None

    def _once(self, method: str, url: str, allowed: frozenset[int], what: dict[str, Any]) -> httpx.Response:
        if self._client.is_closed:
            raise StoreError(self.where, "this store is closed", "open it again")
        try:
            answer = self._client.request(method, url, **what)
        except (httpx.ReadTimeout, httpx.WriteTimeout):
            remedy = f"ask for less, or set {VARIABLE}TIMEOUT to more seconds; what was done before is kept"
            raise StoreError(self.where, f"the server did not answer in {self._service.timeout:g} s", remedy) from None
        except httpx.TransportError as error:
            raise _Passing(f"the server cannot be reached ({error})") from None
        except httpx.HTTPError as error:
            raise self._nonsense(f"what is no HTTP ({error})") from None
        if answer.status_code == httpx.codes.TOO_MANY_REQUESTS or answer.is_server_error:
            if answer.status_code not in allowed:
                raise _Passing(f"the server refuses ({_words(answer)})", _asked_pause(answer))
        elif not answer.is_success and answer.status_code not in allowed:
            raise StoreError(self.where, f"the server refuses ({_words(answer)})", _remedy(answer))
        return answer


_ACCEPT = f"{_RESULTS}, {_TRIPLES};q=0.9"
_GROWING = wait_exponential_jitter(multiplier=0.2, max=_LONGEST_WAIT, jitter=0.2)


def open_server(address: str, settings: Service | None = None) -> Server:
    """Open a store on a server.

    Raises:
        InputError: the address or a setting is none.
        StoreError: the server is away, refuses, has no union of its graphs, or holds something else.
    """
    server = Server(address, settings)
    try:
        server.open()
    except BaseException:
        server.close()
        raise
    return server


def _results(content: bytes) -> ox.QuerySolutions | ox.QueryBoolean:
    return ox.parse_query_results(content, ox.QueryResultsFormat.JSON)


def _pause(state: RetryCallState) -> float:
    """Wait as long as the server asks for, else longer each time."""
    fault = state.outcome.exception() if state.outcome else None
    asked = fault.wait if isinstance(fault, _Passing) else 0
    return max(asked, _GROWING(state))


def _asked_pause(answer: httpx.Response) -> float:
    told = answer.headers.get("Retry-After", "")
    return min(float(told), _LONGEST_WAIT) if told.isdecimal() else 0


def _type(answer: httpx.Response) -> str:
    return cast("str", answer.headers.get("Content-Type", "")).strip()


def _words(answer: httpx.Response) -> str:
    """Give a server's own words, cut short; a page of HTML says nothing."""
    said = "" if "html" in _type(answer) else answer.text
    return " ".join(f"{answer.status_code} {answer.reason_phrase}: {said}".split())[:_SHOWN].rstrip(": ")


def _remedy(answer: httpx.Response) -> str:
    if answer.status_code in {401, 403}:
        return (
            f"set {VARIABLE}USER and {VARIABLE}PASSWORD, or {VARIABLE}TOKEN; reading only, a server may refuse updates"
        )
    if answer.status_code == httpx.codes.REQUEST_ENTITY_TOO_LARGE:
        return f"set {VARIABLE}LIMIT to the number of quads that it takes at once"
    return f"check the address; where its parts have others, set {VARIABLE}QUERY, {VARIABLE}UPDATE and {VARIABLE}DATA"


def _quads_of(graphs: Mapping[ox.NamedNode, str]) -> Iterator[ox.Quad]:
    for graph, triples in graphs.items():
        for quad in ox.parse(triples, ox.RdfFormat.N_TRIPLES):
            yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)


def _values(name: str, nodes: Iterable[ox.NamedNode]) -> Iterator[str]:
    for some in _chunks(dict.fromkeys(nodes), _NODES):
        yield f"VALUES ?{name} {{ {' '.join(map(str, some))} }} "


def _chunks(things: Iterable[Any], size: int) -> Iterator[list[Any]]:
    some: list[Any] = []
    for thing in things:
        some.append(thing)
        if len(some) == size:
            yield some
            some = []
    if some:
        yield some
