"""The graph as plain edges for other programs: one edge a case, with its status and counts."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from kg.model import GP
from kg.store import terms
from kg.store.reading import Node
from kg.store.terms import concept, named
from kg.text import for_xml, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import networkx as nx
    from pyoxigraph import Literal, NamedNode, Quad

    from kg.store.backend import Backend

_TODAY = re.compile(rb' lastmodifieddate="[^"]*"')  # GEXF of the same store has the same bytes on another day
_WRITTEN = (1980, 1, 1, 0, 0, 0)  # the first day that ZIP knows, for the same reason
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so is run by a spreadsheet


@dataclass(slots=True)
class _Counts:
    """What stands behind a case; rejected claims count for nothing else."""

    articles: set[str] = field(default_factory=set)
    claims: int = 0
    rejected: int = 0
    confirmed: int = 0


class Edge(NamedTuple):
    """One case of a statement; dates and kinds are empty where there are none."""

    subject: str
    subject_label: str
    relation: str
    object: str
    object_label: str
    kind: str
    month: str
    status: str
    supporters: int
    deniers: int
    sources: int
    articles: int
    claims: int
    rejected: int
    confirmed: int
    first_seen: str
    last_seen: str
    case: str


def edges(backend: Backend) -> list[Edge]:
    """Read every case of a store, in the order of its ends, relation, kind and month."""
    said = _nodes(backend.match(graph=terms.STATEMENTS))
    labels = _labels(backend)
    found: dict[str, _Counts] = {}
    ruled = {word: _ruled(backend, word) for word in ("reject", "confirm")}
    for quad in backend.match(None, named("gp:case")):
        counts = found.setdefault(cast("NamedNode", quad.object).value, _Counts())
        counts.rejected += quad.subject in ruled["reject"]
        counts.confirmed += quad.subject in ruled["confirm"]
        if quad.subject not in ruled["reject"]:
            counts.claims += 1
            counts.articles.add(str(quad.graph_name))
    return sorted(
        _edge(node, said[node.one("gp:ofStatement")], labels, found[node.iri])
        for node in said.values()
        if node.all("gp:ofStatement") and node.iri in found
    )


def _ruled(backend: Backend, word: str) -> set[object]:
    """Find the claims that the analyst has rejected, or confirmed."""
    verdicts = [quad.subject for quad in backend.match(None, named("gp:ruling"), concept("verdict", word))]
    return {quad.subject for quad in backend.pointing(named("gp:verdict"), cast("list[NamedNode]", verdicts))}


def as_csv(found: Iterable[Edge]) -> bytes:
    """Write edges as a table; a text that a spreadsheet would run gets an apostrophe before it."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(Edge._fields)
    writer.writerows([_cell(value) for value in edge] for edge in found)
    return file.getvalue().encode()


def as_graphml(found: Iterable[Edge]) -> bytes:
    """Write edges as GraphML, for Gephi, yEd, Cytoscape and networkx."""
    from networkx import generate_graphml  # noqa: PLC0415 - only these need it

    return ("\n".join(generate_graphml(_graph(found))) + "\n").encode()


def as_gexf(found: Iterable[Edge]) -> bytes:
    """Write edges as GEXF, for Gephi."""
    from networkx import generate_gexf  # noqa: PLC0415 - as above

    return _TODAY.sub(b"", ("\n".join(generate_gexf(_graph(found))) + "\n").encode(), count=1)


def _graph(found: Iterable[Edge]) -> nx.MultiDiGraph[str]:
    import networkx as nx  # noqa: PLC0415 - as above

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for edge in found:
        parts: dict[str, Any] = {name: _plain(value) for name, value in edge._asdict().items()}
        for end in ("subject", "object"):
            graph.add_node(parts[end], label=parts.pop(f"{end}_label"))
        graph.add_edge(parts.pop("subject"), parts.pop("object"), key=parts.pop("case"), **parts)
    return graph


def as_neo4j(found: Iterable[Edge]) -> bytes:
    """Write nodes and relationships as Neo4j's importer takes them: two tables with its headers, in a ZIP.

    The headers are those of ``neo4j-admin database import`` (Neo4j Operations Manual, *Import*).
    """
    rows = list(found)
    labels = {iri: label for edge in rows for iri, label in (edge[:2], edge[3:5])}
    names = Edge._fields[5:]
    kinds = {name: ":int" for name in names if isinstance(getattr(rows[0], name), int)} if rows else {}
    kinds |= {"first_seen": ":date", "last_seen": ":date"}
    edges_ = [(edge.subject, edge.object, edge.relation, *edge[5:]) for edge in rows]
    tables: dict[str, list[Sequence[object]]] = {
        "nodes.csv": [(":ID", "label", ":LABEL"), *((iri, labels[iri], "Entity") for iri in sorted(labels))],
        "relationships.csv": [(":START_ID", ":END_ID", ":TYPE", *(n + kinds.get(n, "") for n in names)), *edges_],
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, table in tables.items():
            archive.writestr(zipfile.ZipInfo(name, _WRITTEN), _table(table), zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _table(rows: Iterable[Sequence[object]]) -> str:
    """Write a table of one line a row, as the importer reads it."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerows([one_line(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return file.getvalue()


def _edge(case: Node, statement: Node, labels: dict[str, str], counts: _Counts) -> Edge:
    subject, object_ = (cast("str", statement.one(part).value) for part in ("rdf:subject", "rdf:object"))
    kinds = case.all("gp:kind")
    return Edge(
        subject,
        labels.get(subject, subject),
        statement.one("rdf:predicate").value.removeprefix(GP),
        object_,
        labels.get(object_, object_),
        terms.name_of(kinds[0]) if kinds else "",
        case.text("gp:month") or "",
        terms.value_of(case.one("gp:status")),
        len(case.all("gp:supporter")),
        len(case.all("gp:denier")),
        len(case.all("gp:source")),
        len(counts.articles),
        counts.claims,
        counts.rejected,
        counts.confirmed,
        case.text("gp:firstSeen") or "",
        case.text("gp:lastSeen") or "",
        case.iri,
    )


def _nodes(quads: Iterable[Quad]) -> dict[NamedNode, Node]:
    found: dict[NamedNode, list[Quad]] = {}
    for quad in quads:
        found.setdefault(cast("NamedNode", quad.subject), []).append(quad)
    return {node: Node(node, about) for node, about in found.items()}


def _labels(backend: Backend) -> dict[str, str]:
    """Give everybody's label: the English one, else the first by language."""
    found: dict[str, dict[str, str]] = {}
    for quad in backend.match(None, named("rdfs:label"), None, terms.ENTITIES):
        label = cast("Literal", quad.object)
        found.setdefault(cast("NamedNode", quad.subject).value, {})[label.language or ""] = label.value
    return {node: labels.get("en") or labels[min(labels)] for node, labels in found.items()}


def _plain(value: str | int) -> str | int:
    return for_xml(value) if isinstance(value, str) else value


def _cell(value: str | int) -> str | int:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
