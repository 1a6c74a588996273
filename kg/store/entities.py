"""The descriptions of entities: there as long as an article speaks of them, and no longer.

A known entity is described by the tables, the same way by every article. A local one has only the
words of the articles: its mentions keep them, and its description is gathered from there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from pyoxigraph import NamedNode, Quad

from kg.model import ENT, GP
from kg.store import terms
from kg.store.reading import Node
from kg.store.terms import A, named
from kg.store.writing import entity_triples

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from kg.model import Entity
    from kg.store.backend import Backend
    from kg.store.writing import Draft

LOCAL = ENT + "local/"  # the addresses of those whom no table knows
REFERENCES = frozenset(map(named, ("gp:entity", "gp:voiceOf", "gp:subjectFor", "gp:objectFor")))


class Words(NamedTuple):
    """What one mention says of a local entity."""

    lang: str
    label: str
    type: str
    kind: str


def entity_changes(backend: Backend, old: set[Quad], new: Draft, graph: NamedNode) -> tuple[set[Quad], set[Quad]]:
    """Give the descriptions that an article touches, as they are and as they will be."""
    before = {cast("NamedNode", quad.object) for quad in old if quad.predicate in REFERENCES}
    known = {NamedNode(entity.iri): entity for entity in new.entities}
    words = words_in(new.quads)
    found: set[Quad] = set()
    wanted: set[Quad] = set()
    touched = before | known.keys()
    descriptions: dict[NamedNode, set[Quad]] = {node: set() for node in touched}
    for quad in backend.about(sorted(touched, key=str), terms.ENTITIES):
        descriptions[cast("NamedNode", quad.subject)].add(quad)
    for node, described in descriptions.items():
        found |= described
        if node in known and known[node].known:
            wanted |= terms.quads_in(terms.ENTITIES, entity_triples(known[node]))
        elif node not in known and not node.value.startswith(LOCAL):
            wanted |= described if _is_mentioned(backend, node, graph) else set()
        elif node in known or _is_mentioned(backend, node, graph):
            mine = words.get(node, set())
            wanted |= _kept(node, described, mine) if node not in before else _gathered(backend, node, graph, mine)
    return found, wanted


def described(
    backend: Backend, known: Collection[Entity], words: Mapping[str, frozenset[Words]]
) -> tuple[set[Quad], set[Quad]]:
    """Give the descriptions that new articles touch, as they are and as they will be.

    The articles tell of known entities, and say of local ones what is in ``words``.
    """
    wanted = {
        quad for entity in known if entity.known for quad in terms.quads_in(terms.ENTITIES, entity_triples(entity))
    }
    nodes = {NamedNode(entity.iri) for entity in known if entity.known} | set(map(NamedNode, words))
    found: dict[NamedNode, set[Quad]] = {}
    for quad in backend.about(sorted(nodes, key=str), terms.ENTITIES):
        found.setdefault(cast("NamedNode", quad.subject), set()).add(quad)
    for address, said in words.items():
        node = NamedNode(address)
        wanted |= _kept(node, found.get(node, set()), set(said))
    return set().union(*found.values()), wanted


def _kept(node: NamedNode, described: set[Quad], mine: set[Words]) -> set[Quad]:
    """Add words to a description that stands; what is least stays least, so nothing else need be read."""
    return local_quads(node, mine | _words_of(Node(node, described))) if described else local_quads(node, mine)


def _gathered(backend: Backend, node: NamedNode, graph: NamedNode, mine: set[Words]) -> set[Quad]:
    """Describe an entity anew, without what one article said before."""
    links = backend.match(None, named("gp:entity"), node)
    mentions = [cast("NamedNode", link.subject) for link in links if link.graph_name != graph]
    quads = backend.about(mentions)
    words = mine | words_in(quads).get(node, set())
    return local_quads(node, words) if words else set(backend.match(node, graph=terms.ENTITIES))


def local_quads(node: NamedNode, words: set[Words]) -> set[Quad]:
    """Write one label a language, one class and one kind: of several always the same."""
    labels = {each.lang: each.label for each in sorted(words, reverse=True)}
    kinds = sorted(each.kind for each in words if each.kind)
    triples: list[tuple[NamedNode, NamedNode, terms.Node]] = [
        (node, named("rdfs:label"), terms.text(label, lang)) for lang, label in labels.items()
    ]
    triples.append((node, A, NamedNode(GP + min(each.type for each in words))))
    if kinds:
        triples.append((node, named("gp:kind"), NamedNode(terms.KIND + kinds[0])))
    return terms.quads_in(terms.ENTITIES, triples)


def words_in(quads: Iterable[Quad]) -> dict[NamedNode, set[Words]]:
    """Read what mentions say of local entities."""
    facts: dict[NamedNode, dict[NamedNode, terms.Node]] = {}
    for quad in quads:
        facts.setdefault(cast("NamedNode", quad.subject), {})[quad.predicate] = cast("terms.Node", quad.object)
    found: dict[NamedNode, set[Words]] = {}
    for fact in facts.values():
        if label := fact.get(named("gp:entityLabel")):
            kind = cast("NamedNode | None", fact.get(named("gp:kind")))
            type_ = terms.name_of(cast("NamedNode", fact[named("gp:entityClass")]))
            words = Words(label.language, label.value, type_, terms.name_of(kind) if kind else "")  # type: ignore[union-attr, arg-type] # a literal with language
            found.setdefault(cast("NamedNode", fact[named("gp:entity")]), set()).add(words)
    return found


def _words_of(described: Node) -> set[Words]:
    """Read a description back, as if mentions had said it."""
    type_ = terms.name_of(described.one("rdf:type"))
    kinds = described.all("gp:kind")
    kind = terms.name_of(kinds[0]) if kinds else ""
    return {Words(label.language, label.value, type_, kind) for label in described.all("rdfs:label")}


def _is_mentioned(backend: Backend, node: NamedNode, graph: NamedNode) -> bool:
    """Does any other article speak of it?"""
    others = (quad for link in REFERENCES for quad in backend.match(None, link, node))
    return any(quad.graph_name not in {graph, terms.STATEMENTS} for quad in others)
