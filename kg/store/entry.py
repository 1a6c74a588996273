"""An article ready to be stored: what follows from it alone, worked out wherever there is time for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import Refused
from kg.store import terms
from kg.store.entities import local_quads, words_in
from kg.store.shapes import faults
from kg.store.terms import named
from kg.store.writing import Draft, canonical, draft, entity_triples, statement_quads

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.errors import InputError
    from kg.model import Article, Claim, Entity
    from kg.store.cases import Voice
    from kg.store.entities import Words
    from kg.store.sources import World
    from kg.store.writing import Ends

MARKER = named("gp:articleId")  # an article counts while it has its id: put in last, taken out first
_LAST_OF_FIRST = f" {named('gp:Article')} .\n"  # of the line by which an article is found that is not whole


@dataclass(frozen=True, slots=True)
class Entry:
    """An article ready to be stored, small enough to be sent from one process to another.

    ``triples`` is its graph as N-Triples but for its id, empty if that is in the store already; ``words`` is what
    its mentions say of local entities, ``faults`` are those of the claims that were left out.
    """

    article: Article
    triples: str
    entities: tuple[Entity, ...]
    words: Mapping[str, frozenset[Words]]
    voices: tuple[tuple[Ends, Voice], ...]
    faults: tuple[InputError, ...] = ()

    @property
    def node(self) -> ox.NamedNode:
        """The article as a node."""
        return ox.NamedNode(self.article.iri)

    @property
    def marker(self) -> ox.Quad:
        """What makes the article count."""
        return ox.Quad(self.node, MARKER, terms.text(self.article.id), terms.graph_of(self.article.iri))

    def draft(self) -> Draft:
        """Give the whole as quads."""
        graph = terms.graph_of(self.article.iri)
        triples = ox.parse(self.triples, ox.RdfFormat.N_TRIPLES)
        quads = {ox.Quad(each.subject, each.predicate, each.object, graph) for each in triples}
        return Draft(frozenset(quads | {self.marker}), self.entities, self.voices)


def entry(article: Article, claims: Sequence[Claim], world: World) -> Entry:
    """Work out all that follows from one article alone; claims that have not the shape they must are left out.

    Raises:
        InputError: the article cannot be stored (its id, an address or its language is unusable).
        UnknownName: a claim has a relation or a kind of goods that the ontology does not know.
    """
    terms.iri(article.iri, article.id)
    made, found = _checked(article, claims, world)
    lines = (f"{quad.triple} .\n" for quad in made.quads if quad.predicate != MARKER)
    in_order = sorted(lines, key=lambda line: (not line.endswith(_LAST_OF_FIRST), line))
    words = {node.value: frozenset(said) for node, said in words_in(made.quads).items()}
    return Entry(article, "".join(in_order), made.entities, words, made.voices, found)


def _checked(article: Article, claims: Sequence[Claim], world: World) -> tuple[Draft, tuple[InputError, ...]]:
    made = draft(article, claims, world)
    found = tuple(faults(alone(made, world)))
    if not found:
        return made, ()
    fit = [claim for claim in claims if not _is_at_fault(claim, found, world)]
    made = draft(article, fit, world)
    if len(fit) == len(claims) or faults(alone(made, world)):
        raise Refused(article.id, found)
    return made, found


def alone(made: Draft, world: World) -> set[ox.Quad]:
    """Give an article with what would follow if there were no other."""
    heard: dict[Ends, list[Voice]] = {}
    for ends, voice in made.voices:
        heard.setdefault(ends, []).append(voice)
    quads = set(made.quads).union(*(statement_quads(ends, voices, world) for ends, voices in heard.items()))
    for entity in made.entities:
        if entity.known:
            quads |= terms.quads_in(terms.ENTITIES, entity_triples(entity))
    for node, said in words_in(made.quads).items():
        quads |= local_quads(node, said)
    return quads


def _is_at_fault(claim: Claim, found: Iterable[InputError], world: World) -> bool:
    """Is a fault told of a claim, of a part of it, or of its statement?"""
    symmetric = world.relation(claim.relation).symmetric
    ends = canonical(claim.subject.entity.iri, claim.relation, claim.object.entity.iri, symmetric=symmetric)
    return any(each.where.startswith(claim.iri) or each.where == terms.statement_iri(*ends) for each in found)
