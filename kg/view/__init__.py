"""A graph → one HTML page that needs no network: style, script and data all stand in it.

pyvis makes the network's nodes and edges; the page is ours, because pyvis's own asks a CDN, leaves its
heading unescaped and knows nothing of claims. Text of strangers reaches the page as data only: JSON in
which no character can end the element, shown through ``textContent``.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import tomllib
from collections import defaultdict
from functools import cache
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any, TypeAlias

from pyvis.network import Network

from kg import ontology
from kg.errors import InputError, UnknownName
from kg.graph import STATUSES, STRUCTURE, bundles, family, turned
from kg.layout import LONGEST_LABEL
from kg.sweeping import unswept
from kg.view.names import Names
from kg.view.reading import Articles, case_to_json

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping, Sequence

    from kg.graph import Bundle, Graph
    from kg.model import Entity, Statement

Json: TypeAlias = dict[str, Any]

# The shape of each class of entities; a class takes that of the first ancestor named here.
SHAPES = {
    "State": "dot",
    "Person": "triangle",
    "Organisation": "square",
    "People": "hexagon",
    "Place": "triangleDown",
    "Good": "diamond",
    "Agreement": "star",
    "Entity": "dot",
}
# The order of the legend: from working together to fighting, then what is neither.
QUADS = (
    "material-cooperation",
    "verbal-cooperation",
    "standing-tie",
    "verbal-conflict",
    "material-conflict",
    "neutral",
    "goods",
    STRUCTURE,
)
SCHEMES = ("stance", "modality", "position", "quad", "status")
# The parts of our script, each for one concern, in the order in which they are read.
SCRIPTS = (
    *("base", "state", "filter", "network", "camera", "names", "legend", "time"),
    *("panel", "actor", "verdicts", "table", "search", "compare", "export", "start"),
)
SMALLEST, LARGEST = 9.0, 26.0  # of a node
HIDING = ("structural", "beyond", "home")  # what the page hides at first, or draws under another node
CURVE = 0.17  # from one parallel edge to the next

PAGES, PICTURES = (".html", ".htm"), (".svg", ".png")  # by the endings of files

_LIBRARY = ("templates", "lib", "vis-9.1.2", "vis-network.min.js")
_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


def page(graph: Graph, *, lang: str = "en", title: str | None = None, asked: Json | None = None) -> str:
    """Write a graph as one HTML page in a language; the reader can switch to the others.

    Where persons, ministries or armies could count for their state, a switch does so; on if the graph is rolled up.
    ``asked`` tells the reader what the graph is part of, as `kg.selection.Selection.to_json` gives it.

    >>> from kg.graph import build
    >>> page(build([])).startswith("<!DOCTYPE html>")
    True

    Raises:
        UnknownName: the page does not speak that language.
    """
    words = labels()
    if lang not in words:
        raise UnknownName(lang, "the page does not speak that language", f"choose among {', '.join(words)}")
    with unswept():
        shown = _embedded(data(graph, lang) | {"title": title, "asked": asked})
    script, style = _script(), _asset("style.css")
    library = files("pyvis").joinpath(*_LIBRARY).read_text(encoding="utf-8")
    return Template(_asset("template.html")).substitute(
        lang=lang,
        title=html.escape(sound(title or words[lang]["title"])),
        policy=_policy((library, script), style),
        style=style,
        library=library,
        script=script,
        data=shown,
    )


def write(
    graph: Graph, path: str | os.PathLike[str], *, lang: str = "en", title: str | None = None, asked: Json | None = None
) -> None:
    """Write a graph to a file: as a page (.html) or as a picture (.svg, .png), as the ending tells; see `page`.

    Raises:
        InputError: nothing has that ending, or the file cannot be written.
        UnknownName: the page does not speak that language.
    """
    if Path(path).suffix.lower() not in (*PAGES, *PICTURES):
        raise InputError(str(path), "nothing has that ending", "write a page (.html) or a picture (.svg, .png)")
    try:
        if Path(path).suffix.lower() in PICTURES:
            from kg.view.picture import save  # noqa: PLC0415 - loads matplotlib

            save(graph, path, lang=lang, title=title, asked=asked)
        else:
            text = page(graph, lang=lang, title=title, asked=asked)
            Path(path).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(str(path), f"cannot be written ({error.strerror})", "choose another file") from error


@cache
def labels() -> Mapping[str, Mapping[str, Any]]:
    """Load the words of the page, by language."""
    return tomllib.loads(_asset("labels.toml"))


def data(graph: Graph, lang: str) -> Json:
    """Give what the page shows: the network as pyvis builds it, and the claims behind every edge.

    Under ``rolled`` stands the network in which persons count for their state, if there are any: the page has a switch.
    """
    other = turned(graph)
    plain, rolled = (other, graph) if other and graph.graph["roll_up"] else (graph, other)
    languages, articles = tuple(labels()), Articles()
    shown = _network(plain, lang)
    shown["statements"] = [_cases(edge["statement"], languages, articles) for *_, edge in plain.edges(data=True)]
    shown["rolled"] = _rolled(rolled, plain, lang, articles) if rolled else None
    shown["roll_up"] = bool(rolled) and graph.graph["roll_up"]
    return shown | {"articles": articles.known, "lang": lang, "words": labels(), "terms": _terms(languages)}


def _network(graph: Graph, lang: str) -> Json:
    """Give nodes and edges as pyvis builds them, and who the nodes are."""
    languages = tuple(labels())
    numbers = {iri: number for number, iri in enumerate(graph)}
    net = Network(directed=True)  # an undirected one would drop parallel edges
    for iri, node in graph.nodes(data=True):
        home = numbers.get(node["home"])
        _add_node(net, numbers[iri], node | {"home": home}, lang)
    lines = bundles(graph)
    _add_lines(net, lines, numbers)
    names = Names(graph.graph["who"])
    entities = [_entity(node["entity"], languages) | names.of(node["entity"]) for _, node in graph.nodes(data=True)]
    return {"nodes": net.nodes, "edges": _edges(graph, lines, numbers), "entities": entities, "bundles": net.edges}


def _edges(graph: Graph, lines: Iterable[Bundle], numbers: Mapping[str, int]) -> list[Json]:
    """Give the statements: each as an edge, with the line that stands for it."""
    line_of = {number: place for place, line in enumerate(lines) for number in line.edges}
    return [
        {
            "id": number,
            "from": numbers[a],
            "to": numbers[b],
            "arrows": "" if edge["symmetric"] else "to",
            "family": family(edge["relation"]),
            "bundle": line_of[number],
            **{key: edge[key] for key in ("relation", "quad", "status", "cases", "sources")},
        }
        for number, (a, b, edge) in enumerate(graph.edges(data=True))
    ]


def _add_lines(net: Any, lines: Sequence[Bundle], numbers: Mapping[str, int]) -> None:  # noqa: ANN401 - pyvis is untyped
    """Draw the lines between nodes, each with the edges that it stands for."""
    for place, (line, bow) in enumerate(zip(lines, bows(lines), strict=True)):
        shown = {key: getattr(line, key) for key in ("family", "quad", "status", "cases", "sources", "edges")}
        arrows = "" if line.symmetric else "to"
        ends = numbers[line.source], numbers[line.target]
        net.add_edge(*ends, id=place, arrows=arrows, smooth=_curve(bow), **shown)


def _rolled(graph: Graph, plain: Graph, lang: str, articles: Articles) -> Json:
    """Give the network rolled up: who counts for whom, through whom each edge is, and where its claims stand.

    A statement that did not fall apart is the number of its edge in the plain network, so that claims stand there once.
    """
    languages = tuple(labels())
    shown = _network(graph, lang)
    numbers = {edge["statement"].iri: number for number, (*_, edge) in enumerate(plain.edges(data=True))}
    whole = [edge["statement"].cases for *_, edge in plain.edges(data=True)]
    shown["statements"] = statements = []
    for number, (*_, edge) in enumerate(graph.edges(data=True)):
        statement, place = edge["statement"], numbers[edge["statement"].iri]
        same = statement.cases == whole[place]
        statements.append(place if same else _cases(statement, languages, articles))
        shown["edges"][number]["through"] = [end and _names(end, languages) for end in edge["through"]]
    merged = [node["merged"] for _, node in graph.nodes(data=True)]
    for entity, some in zip(shown["entities"], merged, strict=True):
        entity["merged"] = [_names(one, languages) for one in some]
    shown["merged"] = len({one.iri for some in merged for one in some})
    shown["into"] = sum(map(bool, merged))
    return shown


def _cases(statement: Statement, languages: Sequence[str], articles: Articles) -> list[Json]:
    return [case_to_json(case, languages, articles) for case in statement.cases]


def _add_node(net: Any, number: int, node: Mapping[str, Any], lang: str) -> None:  # noqa: ANN401 - pyvis is untyped
    entity: Entity = node["entity"]
    family = family_of(entity.type)
    label = entity.label_in(lang) or entity.iri
    options = {"x": node["x"], "y": node["y"], "size": size_of(node["weight"]), **{key: node[key] for key in HIDING}}
    net.add_node(number, label=cut(label), shape=SHAPES[family], group=family, **options)


def size_of(weight: float) -> float:
    """Give the size at which a node of a weight is drawn.

    >>> size_of(0), size_of(10**6)
    (9.0, 26.0)
    """
    return float(round(min(SMALLEST + 3 * weight**0.7, LARGEST), 1))


def family_of(type_: str) -> str:
    """Give the class, among those with a shape, that a class of entities belongs to.

    >>> family_of("ArmedGroup"), SHAPES[family_of("City")]
    ('Organisation', 'triangleDown')
    """
    known = ontology.load()
    return next((name for name in SHAPES if type_ in known.classes and known.is_a(type_, name)), "Entity")


def cut(label: str, longest: int = LONGEST_LABEL) -> str:
    """Shorten a name to what is drawn.

    >>> cut("a" * 40)
    'aaaaaaaaaaaaaaaaaaaaaaaaaaa…'
    """
    return label if len(label) <= longest else label[: longest - 1] + "…"


def bows(lines: Sequence[Bundle]) -> list[float]:
    """Give each line its own bow between its two ends: 0 is straight, either sign to one side.

    The side is meant as seen from the lesser IRI, so that the two directions do not lie on each other.
    Hidden at first, structure takes the outer bows.

    >>> bows([])
    []
    """
    between: dict[tuple[str, str], list[tuple[bool, int, bool]]] = defaultdict(list)
    for number, line in enumerate(lines):
        ends = line.source, line.target
        between[min(ends), max(ends)].append((line.quad == STRUCTURE, number, ends[0] > ends[1]))
    found = [0.0] * len(lines)
    for some in between.values():
        told = sum(not hidden for hidden, *_ in some) or len(some)
        for place, (_, number, back) in enumerate(sorted(some)):
            side = place - (told - 1) / 2
            found[number] = round(-side if back else side, 2)
    return found


def _curve(slot: float) -> Json:
    if not slot:
        return {"enabled": False}
    return {"enabled": True, "type": "curvedCW" if slot > 0 else "curvedCCW", "roundness": round(abs(slot) * CURVE, 3)}


def _entity(entity: Entity, languages: Iterable[str]) -> Json:
    family = family_of(entity.type)
    who = {"iri": entity.iri, "qid": entity.qid, "type": entity.type, "family": family, "known": entity.known}
    return who | {"names": _names(entity, languages)}


def _names(entity: Entity, languages: Iterable[str]) -> Json:
    return {lang: entity.label_in(lang) or entity.iri for lang in languages}


def _terms(languages: Iterable[str]) -> Json:
    """Give the labels of the ontology that the page needs, by kind of term and name."""
    known = ontology.load()
    terms: Json = {scheme: _labelled(known.concepts[scheme], languages) for scheme in SCHEMES}
    terms["relation"] = _labelled(known.relations, languages)
    terms["family"] = _families(languages)
    terms["class"] = _labelled(known.classes, languages)
    terms["order"] = {"quad": QUADS, "status": STATUSES, "class": tuple(SHAPES), "family": _order(terms["family"])}
    terms["shape"] = SHAPES
    return terms


def _order(families: Iterable[str]) -> tuple[str, ...]:
    """Put families in the order of their quads."""
    quads = {family(name): relation.quad for name, relation in ontology.load().relations.items()}
    return tuple(sorted(families, key=lambda name: (QUADS.index(quads[name]), name)))


def _families(languages: Iterable[str]) -> Json:
    """Give the labels of the families: that of the relation at the top, and the quad where it tells two apart."""
    known = ontology.load()
    found: Json = {}
    for relation in known.relations.values():
        top, _, quad = family(relation.name).partition(".")
        parts = [known.relation(top), *([known.concept("quad", quad)] if quad else [])]
        found[family(relation.name)] = {lang: " · ".join(part.label_in(lang) for part in parts) for lang in languages}
    return found


def _labelled(terms: Mapping[str, ontology.Term], languages: Iterable[str]) -> Json:
    return {name: {lang: term.label_in(lang) for lang in languages} for name, term in terms.items()}


def _script() -> str:
    """Join the parts of our script into one function, so that no name of theirs is the page's."""
    parts = "\n".join(_asset(f"script/{name}.js") for name in SCRIPTS)
    return f'"use strict";\n(() => {{\n{parts}}})();\n'


@cache
def _asset(name: str) -> str:
    return files("kg.view").joinpath(name).read_text(encoding="utf-8")


def _policy(scripts: Iterable[str], style: str) -> str:
    """Forbid everything but our own scripts and style, by their hash."""
    allowed = " ".join(map(_hash, scripts))
    parts = ("default-src 'none'", f"script-src {allowed}", f"style-src {_hash(style)}", "img-src data:")
    return "; ".join((*parts, "base-uri 'none'", "form-action 'none'"))


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _embedded(value: Json) -> str:
    """Write JSON in which no character can end a script element or a JavaScript line."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def sound(text: str) -> str:
    r"""Replace half characters, which UTF-8 cannot hold.

    >>> sound("half \ud800")
    'half ?'
    """
    return text.encode("utf-8", "replace").decode()
