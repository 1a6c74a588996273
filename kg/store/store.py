"""The store: articles and their claims in, statements and answers out, true to what is there at any time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Self, cast

import pyoxigraph as ox
import rdflib
from oxrdflib import OxigraphStore

from kg import ontology
from kg.model import BASE, GP, Case, Evidence, Source, Statement, article_iri
from kg.store import terms
from kg.store.backend import Backend, open_disk, open_memory
from kg.store.cases import Voice, verdicts
from kg.store.entities import entity_changes
from kg.store.exporting import export as export_quads
from kg.store.querying import ask, inner
from kg.store.reading import Node, Reader
from kg.store.sources import default_world
from kg.store.terms import A, named
from kg.store.writing import Draft, content_hash, draft, statement_quads

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    from kg.model import Article, Claim, Role
    from kg.store.cases import Verdict
    from kg.store.querying import QueryResult
    from kg.store.sources import World
    from kg.store.writing import Ends

_NOBODY = ox.NamedNode(BASE + "article/")  # no article has it
_REMEMBERED = 2000  # statements whose voices are kept in memory while a store is open
_NOTHING = Draft(frozenset(), (), ())


@dataclass(slots=True)
class _Changes:
    """What one request takes out and puts in."""

    remove: set[ox.Quad]
    add: set[ox.Quad]

    def turn(self, old: Iterable[ox.Quad], new: Iterable[ox.Quad]) -> None:
        """Let new quads stand where the old ones stood."""
        before, after = set(old), set(new)
        self.remove |= before - after
        self.add |= after - before


class Store:
    """Articles, their claims, and the statements, cases and plain triples that follow from them."""

    def __init__(self, backend: Backend, world: World) -> None:
        """Take a backend; the ontology in it is brought up to date."""
        self._backend, self._world = backend, world
        self._heard: dict[Ends, list[Voice]] = {}
        self._load_ontology()

    def add(self, article: Article, claims: Sequence[Claim]) -> None:
        """Store an article with its claims, all or nothing; the same id with a new text replaces the old one.

        Raises:
            InputError: the article cannot be stored (its id, an address or its language is unusable).
            UnknownName: a claim has a relation or a kind of goods that the ontology does not know.
            StoreError: the store cannot be written.
        """
        former = self._former(article)
        self._commit(article.id, draft(article, claims, self._world, former))

    def forget(self, article_id: str) -> bool:
        """Take an article out, with all that stood on it alone; False if there is none of that id."""
        if not self.holds(article_id):
            return False
        self._commit(article_id, _NOTHING)
        return True

    def holds(self, article_id: str) -> bool:
        """Is there an article of that id?"""
        return bool(Node(self._backend, ox.NamedNode(article_iri(article_id))))

    def articles(self) -> Iterator[Article]:
        """Go through the articles by id; a store keeps no texts, so theirs is empty."""
        reader = Reader(self._backend)
        nodes = (quad.subject for quad in self._backend.match(None, A, named("gp:Article")))
        yield from sorted((reader.article(cast("ox.NamedNode", node)) for node in nodes), key=lambda each: each.id)

    def claims(self, article_id: str) -> tuple[Claim, ...]:
        """Give the claims of an article in the order of the text, as they were added."""
        reader, graph = Reader(self._backend), terms.graph_of(article_iri(article_id))
        nodes = [quad.subject for quad in self._backend.match(None, A, named("gp:Claim"), graph)]
        found = [(reader.claim(cast("ox.NamedNode", node)), str(node)) for node in nodes]
        return tuple(claim for claim, _ in sorted(found, key=lambda each: (*_order(each[0]), each[1])))

    def query(self, sparql: str, /, **bindings: object) -> QueryResult:
        """Answer SELECT, ASK, CONSTRUCT or DESCRIBE over everything; ``name=value`` binds ``?name``.

        Raises:
            InputError: the query is wrong (with its line), would change the store or reach the network.
        """
        return ask(self._backend, sparql, bindings)

    def statements(
        self,
        subject: str | None = None,
        relation: str | None = None,
        object: str | None = None,  # noqa: A002 - the word of the domain
        about: str | None = None,
        *,
        roll_up: bool = False,
    ) -> Iterator[Statement]:
        """Give statements with their cases, sources and evidence, in the order of their addresses.

        Entities go by IRI, the relation by name. Symmetric relations are found from either end. With ``roll_up``,
        ``about`` a state or body finds the statements on those who stood for it at an article's date, too.
        """
        reader = Reader(self._backend)
        through = self._standing_for(about) if roll_up and about else set()
        for ends in sorted(self._ends(about or subject or object) | through):
            first, name, second = ends
            pairs = [(first, second)]
            if self._world.relation(name).symmetric:
                pairs.append((second, first))
            fits = any(subject in {None, one} and object in {None, other} for one, other in pairs)
            if fits and relation in {None, name} and (about in {None, first, second} or ends in through):
                yield self._statement(reader, ends)

    def export(self, path: str | os.PathLike[str]) -> None:
        """Write everything to a file: .ttl, .trig, .nq or .jsonld.

        Raises:
            InputError: no format has that ending.
            StoreError: the file cannot be written.
        """
        export_quads(self._backend.match(), path)

    def dataset(self) -> rdflib.Dataset:
        """Give the store as a dataset of rdflib, its default graph the union of all; for reading."""
        return rdflib.Dataset(store=OxigraphStore(store=self._backend.quads), default_union=True)

    def validate(self) -> list[str]:
        """Check everything against the shapes of the ontology; no fault, no line."""
        return list(ontology.validate(self.dataset()))

    def flush(self) -> None:
        """Bring everything to the disk; until then a power cut, not a crash, may lose the latest articles."""
        self._backend.flush()

    def close(self) -> None:
        """Flush, and let others open the store."""
        if self._backend.is_open:
            self._backend.close()

    def __enter__(self) -> Self:
        """Use the store in a with statement."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def _load_ontology(self) -> None:
        quads = {
            ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), object_, terms.ONTOLOGY)
            for name in ontology.FILES
            for subject, predicate, object_ in ontology.triples(ontology.FOLDER / name)
        }
        changes = _Changes(set(), set())
        changes.turn(self._backend.match(graph=terms.ONTOLOGY), quads)
        self._backend.apply(changes.remove, changes.add)

    def _former(self, article: Article) -> dict[str, ox.Literal | None]:
        """Collect hashes and dates of the texts that this article had before."""
        node = Node(self._backend, terms.iri(article_iri(article.id), article.id))
        if not node:
            return {}
        former = {node.words("gp:contentHash"): _date(node)}
        for version in node.all("prov:wasRevisionOf"):
            older = Node(self._backend, version)
            former[older.words("gp:contentHash")] = _date(older)
        former.pop(content_hash(article), None)
        return former

    def _commit(self, article_id: str, new: Draft) -> None:
        """Turn the store into the one with this draft in the article's place, in one request."""
        graph = terms.graph_of(article_iri(article_id))
        old = set(self._backend.match(graph=graph))
        changes = _Changes(set(), set())
        changes.turn(old, new.quads)
        touched: dict[Ends, list[Voice]] = {ends: [] for ends in self._statements_of(old)}
        for ends, voice in new.voices:
            touched.setdefault(ends, []).append(voice)
        for ends, voices in touched.items():
            voices.extend(self._others(ends, article_id))
            changes.turn(self._derived(ends), statement_quads(ends, voices, self._world))
        changes.turn(*entity_changes(self._backend, old, new, graph))
        self._backend.apply(changes.remove, changes.add)
        self._remember(touched)

    def _others(self, ends: Ends, article_id: str) -> list[Voice]:
        """Give the voices of the other articles: as remembered, for nobody else writes here, or as they stand."""
        if ends in self._heard:
            return [voice for voice in self._heard[ends] if voice.place[1] != article_id]
        return self._voices(ends, but=ox.NamedNode(article_iri(article_id)))

    def _remember(self, touched: dict[Ends, list[Voice]]) -> None:
        """Keep the voices of the latest statements, so that a statement in every paper is not read each time."""
        for ends, voices in touched.items():
            self._heard.pop(ends, None)
            self._heard[ends] = voices
        while len(self._heard) > _REMEMBERED:
            del self._heard[next(iter(self._heard))]

    def _statements_of(self, quads: Iterable[ox.Quad]) -> set[Ends]:
        cases = {quad.object for quad in quads if quad.predicate == named("gp:case")}
        statements = {Node(self._backend, cast("ox.NamedNode", case)).one("gp:ofStatement") for case in cases}
        return {self._ends_of(statement) for statement in statements}

    def _ends_of(self, statement: ox.NamedNode) -> Ends:
        node = Node(self._backend, statement)
        subject, relation, object_ = (node.one(f"rdf:{part}") for part in ("subject", "predicate", "object"))
        return subject.value, relation.value.removeprefix(GP), object_.value

    def _ends(self, entity: str | None) -> set[Ends]:
        """Find the statements with an entity at either end, or all."""
        if entity is None:
            found = [quad.subject for quad in self._backend.match(None, A, named("gp:Statement"))]
        else:
            node = terms.iri(entity, "statements")
            sides = (named("rdf:subject"), named("rdf:object"))
            found = [q.subject for side in sides for q in self._backend.match(None, side, node, terms.STATEMENTS)]
        return {self._ends_of(cast("ox.NamedNode", node)) for node in found}

    def _standing_for(self, entity: str) -> set[Ends]:
        """Find the statements in whose claims somebody stands for an entity."""
        node = terms.iri(entity, "statements")
        links = (named("gp:subjectFor"), named("gp:objectFor"))
        claims = [
            cast("ox.NamedNode", quad.subject) for link in links for quad in self._backend.match(None, link, node)
        ]
        return self._statements_of(quad for claim in claims for quad in self._backend.match(claim, named("gp:case")))

    def _voices(self, ends: Ends, *, but: ox.NamedNode = _NOBODY) -> list[Voice]:
        """Read the voices on a statement, but those of one article."""
        bound = {"statement": ox.NamedNode(terms.statement_iri(*ends)), "but": but}
        rows = cast("ox.QuerySolutions", self._backend.select(inner("voices"), bound))
        found: dict[str, list[ox.QuerySolution]] = {}
        for row in rows:
            found.setdefault(row["claim"].value, []).append(row)
        return [self._voice(claim, found[claim]) for claim in sorted(found)]

    def _voice(self, claim: str, rows: Sequence[ox.QuerySolution]) -> Voice:
        voice = _voice(claim, rows)
        if voice.position != "open":
            return voice
        speakers = [quad.object for quad in self._backend.match(ox.NamedNode(claim), named("gp:attribution"))]
        stances = {Node(self._backend, cast("ox.NamedNode", each)).one("gp:stance") for each in speakers}
        return replace(voice, doubted=terms.concept("stance", "doubts") in stances)

    def _derived(self, ends: Ends) -> Iterator[ox.Quad]:
        """Find all that stands for one statement now: itself, its cases and their sources, its plain triples."""
        statement = ox.NamedNode(terms.statement_iri(*ends))
        follow = {named("gp:hasCase"), named("gp:source")}
        nodes = [statement]
        while nodes:
            for quad in self._backend.match(nodes.pop(), graph=terms.STATEMENTS):
                yield quad
                if quad.predicate in follow:
                    nodes.append(cast("ox.NamedNode", quad.object))
        subject, relation, object_ = ox.NamedNode(ends[0]), ox.NamedNode(GP + ends[1]), ox.NamedNode(ends[2])
        pairs = {(subject, object_)}
        if self._world.relation(ends[1]).symmetric:
            pairs.add((object_, subject))
        plain = (ox.Quad(a, relation, b, graph) for a, b in pairs for graph in (terms.VOICE, terms.CLAIMED))
        yield from filter(self._backend.has, plain)

    def _statement(self, reader: Reader, ends: Ends) -> Statement:
        address = terms.statement_iri(*ends)
        cases = verdicts(self._voices(ends), self._world.kind_is)
        return Statement(
            iri=address,
            subject=reader.entity(ox.NamedNode(ends[0])),
            relation=ends[1],
            object=reader.entity(ox.NamedNode(ends[2])),
            cases=tuple(_case(reader, address, each) for each in cases),
        )


def open_store(where: str | Path | None = None, *, world: World | None = None) -> Store:
    """Open a store in a folder, or a new one there, or without a folder one in memory.

    >>> with open_store() as store:
    ...     list(store.articles())
    []

    Raises:
        StoreError: the folder is something else, of another version, damaged, or open elsewhere.
    """
    backend = open_memory() if where is None else open_disk(where)
    try:
        return Store(backend, world or default_world())
    except BaseException:
        backend.close()
        raise


def _case(reader: Reader, statement: str, verdict: Verdict) -> Case:
    evidence: list[Evidence] = []
    speakers: dict[str, dict[str, None]] = {}
    for voice in verdict.voices:
        node = ox.NamedNode(voice.claim)
        claim = reader.claim(node)
        article = reader.article(reader.node(node).one("prov:wasQuotedFrom"))
        evidence.append(Evidence(claim, article, voice.position))
        for source, label in reader.speakers(node, claim):
            speakers.setdefault(source, {})[label] = None
    sources = (
        Source(each.source, reader.entity(ox.NamedNode(each.source)).label, each.role, each.position,
               tuple(sorted(speakers.get(each.source, ()))))
        for each in verdict.standings
    )  # fmt: skip
    return Case(
        iri=terms.case_iri(statement, verdict.kind, verdict.month),
        status=verdict.status,
        kind=verdict.kind,
        month=verdict.month,
        sources=tuple(sources),
        first_seen=verdict.first_seen,
        last_seen=verdict.last_seen,
        evidence=tuple(evidence),
    )


def _voice(claim: str, rows: Sequence[ox.QuerySolution]) -> Voice:
    row = rows[0]
    day = row["date"].value if row["date"] else ""
    sources = sorted((each["source"].value, cast("Role", terms.value_of(each["role"]))) for each in rows)
    return Voice(
        claim=claim,
        kind=terms.name_of(row["kind"]) if row["kind"] else None,
        month=row["month"].value if row["month"] else None,
        position=cast("Any", terms.value_of(row["position"])),
        place=(day, row["id"].value, 0 if row["part"].value == "title" else 1, int(row["start"].value)),
        sources=tuple(sources),
        date=date.fromisoformat(day) if day else None,
    )


def _date(node: Node) -> ox.Literal | None:
    found = node.all("dcterms:date")
    return found[0] if found else None


def _order(claim: Claim) -> tuple[bool, int, int, int, int]:
    """Put claims in the order of the text, the title first."""
    return (
        claim.passage.part != "title",
        claim.passage.start,
        claim.cue.start,
        claim.subject.start,
        claim.object.start,
    )
