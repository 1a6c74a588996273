"""A file that kg has exported, back into an empty store: the same quads again.

N-Quads name the graph of each triple. Turtle does not: there it follows from what the subject is.
"""

from __future__ import annotations

import tempfile
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, cast

import pyoxigraph as ox

from kg import ontology
from kg.errors import InputError, StoreError
from kg.model import BASE
from kg.store import terms
from kg.store.terms import A, concept, named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.store.backend import Backend

Facts: TypeAlias = "dict[ox.NamedNode, dict[ox.NamedNode, list[ox.NamedNode | ox.Literal]]]"

_GRAPH, _CLAIM = BASE + "graph/", BASE + "claim/"
_GRAPHS = frozenset(map(str, (terms.VOICE, terms.CLAIMED, terms.STATEMENTS, terms.ENTITIES, terms.ONTOLOGY)))
_OF_ARTICLE = f"<{_GRAPH}article/"
_DERIVED = frozenset(map(named, ("gp:Statement", "gp:Case", "gp:Source")))
_ENDINGS = (".ttl", ".nq")
_SHOWN = 100  # characters of a line


def load(backend: Backend, path: Path) -> None:
    """Put a file into a store that holds no article yet, all of it or nothing.

    Raises:
        InputError: the file is none of ours, or wrong; the message tells the line.
        StoreError: the store holds articles, or cannot be written.
    """
    if path.suffix.lower() not in _ENDINGS:
        raise InputError(str(path), f"no format to read ends in {path.suffix!r}", f"give {' or '.join(_ENDINGS)}")
    if any(True for _ in backend.match(None, named("gp:articleId"))):
        remedy = "import into a new store (--store NEW)"
        raise StoreError(backend.where, "holds articles already, which an import would mix up", remedy)
    try:
        if path.suffix.lower() == ".nq":
            _check_lines(path)
            backend.load(path)
            return
        with tempfile.TemporaryDirectory() as folder:
            draft = Path(folder) / "import.nq"
            with draft.open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(f"{quad} .\n" for quad in _Places(path).quads())
            backend.load(draft)
    except SyntaxError as error:
        what = str(error.msg).split(": ", 1)[-1]
        raise InputError(f"{path}:{error.lineno}", what, "mend that line, or export it again") from None
    except OSError as error:
        raise InputError(str(path), f"cannot be read ({error.strerror or error})", "check the path") from error


def _check_lines(path: Path) -> None:
    """See that every line has a graph of ours: the parser sees to the rest."""
    with path.open(encoding="utf-8", errors="replace") as file:
        for number, line in enumerate(file, start=1):
            graph = line.rstrip(" .\r\n").rsplit(" ", 1)[-1]
            if graph not in _GRAPHS and not graph.startswith(_OF_ARTICLE) and line.strip():
                what = f"no graph of kg at the end of the line ({line.strip()[-_SHOWN:]})"
                raise InputError(f"{path}:{number}", what, "import what kg export wrote")


class _Places:
    """Finds the graph of each triple of a Turtle file."""

    def __init__(self, path: Path) -> None:
        """Read the file."""
        self._path = path
        self._facts: Facts = {}
        for triple in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            if not isinstance(triple.subject, ox.NamedNode) or not isinstance(triple.object, ox.NamedNode | ox.Literal):
                raise InputError(str(path), f"a node without address ({triple.subject})", "import what kg export wrote")
            self._facts.setdefault(triple.subject, {}).setdefault(triple.predicate, []).append(triple.object)
        onto = ontology.load()
        self._relations = {named(f"gp:{name}") for name in onto.relations}
        self._classes = {named(f"gp:{name}") for name in onto.classes}
        self._own = {
            (subject, predicate, str(value))
            for name in ontology.FILES
            for subject, predicate, value in ontology.triples(ontology.FOLDER / name)
        }
        self._voice = self._own_voices()

    def quads(self) -> Iterator[ox.Quad]:
        """Give every triple with its graph."""
        for subject, facts in self._facts.items():
            place = self._place(subject)
            for predicate, values in facts.items():
                for value in values:
                    graph = self._plain((subject, predicate, value)) if predicate in self._relations else place
                    if (subject.value, predicate.value, str(value)) in self._own:
                        graph = terms.ONTOLOGY
                    if graph is None:
                        what = f"nothing of kg has this address ({subject.value})"
                        raise InputError(str(self._path), what, "import what kg export wrote, with the same kg")
                    yield ox.Quad(subject, predicate, value, graph)

    def _place(self, subject: ox.NamedNode) -> ox.NamedNode | None:
        classes = self._values(subject, A)
        if _DERIVED & set(classes):
            return terms.STATEMENTS
        if article := self._article(subject.value):
            return terms.graph_of(article)
        return terms.ENTITIES if self._classes & set(classes) else None

    def _article(self, address: str) -> str | None:
        """Find the article that a node belongs to: a claim, a part of one, the article itself or an older text."""
        if address.startswith(_CLAIM):
            claim = ox.NamedNode(_CLAIM + address.removeprefix(_CLAIM).split("/")[0])
            found = self._values(claim, named("prov:wasQuotedFrom"))
            return found[0].value if found else None
        if address.startswith(BASE + "article/"):
            return address.split("/version/", maxsplit=1)[0]
        return None

    def _plain(self, triple: tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]) -> ox.NamedNode:
        subject, predicate, object_ = triple
        turned = (cast("ox.NamedNode", object_), predicate, subject)
        return terms.VOICE if self._voice.get(triple, self._voice.get(turned)) else terms.CLAIMED

    def _own_voices(self) -> dict[object, bool]:
        """Tell of each statement whether an article states it in its own voice, and nobody denies it."""
        parts = [named(f"rdf:{part}") for part in ("subject", "predicate", "object")]
        found: dict[object, bool] = {}
        for node, facts in self._facts.items():
            if named("gp:Statement") in facts.get(A, ()):
                cases = self._values(node, named("gp:hasCase"))
                sources = chain.from_iterable(self._values(case, named("gp:source")) for case in cases)
                ends = tuple(self._values(node, part)[0] for part in parts)
                found[ends] = self._is_own(list(sources))
        return found

    def _is_own(self, sources: Iterable[ox.NamedNode | ox.Literal]) -> bool:
        held = [
            (self._values(source, named("gp:sourceRole"))[0], self._values(source, named("gp:position"))[0])
            for source in sources
        ]
        stated = (concept("role", "own voice"), concept("position", "for")) in held
        return stated and concept("position", "against") not in {position for _, position in held}

    def _values(self, node: ox.NamedNode | ox.Literal, predicate: ox.NamedNode) -> list[ox.NamedNode | ox.Literal]:
        return self._facts.get(cast("ox.NamedNode", node), {}).get(predicate, [])
