"""The store: articles and their claims in, statements and answers out, true to what is there at any time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import chain, product
from pathlib import Path
from typing import TYPE_CHECKING, Self, cast

import pyoxigraph as ox
import rdflib
from oxrdflib import OxigraphStore

from kg import ontology
from kg.model import BASE, GP, Statement, article_iri
from kg.store import terms
from kg.store.backend import Step
from kg.store.cases import verdicts
from kg.store.disputes import disputes
from kg.store.entities import REFERENCES, described, entity_changes
from kg.store.entry import MARKER, entry
from kg.store.exporting import export as export_quads
from kg.store.following import MISSING, articles_of, followed, standing
from kg.store.growing import grow
from kg.store.importing import load as load_file
from kg.store.keeping import backup
from kg.store.labels import labels
from kg.store.local import open_disk, open_memory
from kg.store.querying import ask, inner
from kg.store.reading import Reader, case_of, evidence_of, former, place_of
from kg.store.shapes import faults
from kg.store.sources import default_world
from kg.store.steps import DOWN, Changes, follows, new_steps, steps
from kg.store.telling import told
from kg.store.terms import A, named
from kg.store.voices import voices
from kg.store.writing import Draft, canonical, content_hash, plain_triples, revisions, statement_quads
from kg.text import is_address

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from types import TracebackType

    from kg.errors import InputError
    from kg.model import Article, Claim, Evidence, Ruling, Status
    from kg.store.backend import Backend
    from kg.store.cases import Voice
    from kg.store.disputes import Dispute
    from kg.store.entities import Words
    from kg.store.entry import Entry
    from kg.store.querying import QueryResult
    from kg.store.sources import World
    from kg.store.writing import Ends

_TOGETHER = 100  # statements read at once
_ENDS = tuple(map(named, ("gp:subject", "gp:relation", "gp:object")))
_PARTS = len(f"{BASE}claim/0".split("/"))  # of the address of a claim; those of its parts have more
_NOTHING = Draft(frozenset(), (), ())


class Store:
    """Articles, their claims, and the statements, cases and plain triples that follow from them."""

    def __init__(self, backend: Backend, world: World) -> None:
        """Take a backend; the ontology in it is brought up to date."""
        self._backend, self._world = backend, world
        self._rulings: Mapping[str, Ruling] | None = None  # as the store has them, until others are given
        self._interrupted: set[ox.NamedNode] | None = None if backend.in_pieces else set()
        self._load_ontology()

    def add(self, article: Article, claims: Sequence[Claim]) -> tuple[InputError, ...]:
        """Store an article with its claims; the same id with a new text replaces the old one.

        Claims that have not the shape which the ontology asks for are left out, and their faults given back.

        Raises:
            InputError: the article cannot be stored (its id, an address or its language is unusable).
            UnknownName: a claim has a relation or a kind of goods that the ontology does not know.
            StoreError: the store cannot be written.
        """
        one = entry(article, claims, self._world)
        self.add_all([one])
        return one.faults

    def add_all(self, entries: Iterable[Entry], *, in_bulk: bool = False) -> None:
        """Store articles that are ready, those that are new here in one transaction.

        With ``in_bulk``, their graphs are loaded before it: faster for a thousand articles and more.

        Raises:
            StoreError: the store cannot be written.
        """
        new: dict[ox.NamedNode, Entry] = {}
        others: list[Entry] = []
        for each in entries:
            node = self._begin(each.article.id)
            if node in new or (each.triples and any(self._backend.match(graph=terms.graph_of(node.value)))):
                others.append(each)
            else:
                new[node] = each
        if new:
            self._commit_new(new.values(), in_bulk=in_bulk)
            for each in new.values():
                self._rule(each, self._rulings or {})
        for each in others:
            rulings = standing(self._backend) if self._rulings is None else self._rulings
            made, older = each.draft(), former(self._backend, each.node, content_hash(each.article))
            whole = replace(made, quads=made.quads | revisions(each.node, older))
            self._commit(each.node, whole)
            self._rule(each, rulings)

    def follow(self, rulings: Mapping[str, Ruling]) -> dict[str, str]:
        """Let the analyst's verdicts count, by the address of the claim, and no others; also in what is added later.

        Give why some cannot be followed, by claim: it is not there, or cannot be amended so.

        Raises:
            StoreError: the store cannot be written.
        """
        self._rulings = rulings
        there = standing(self._backend)
        changed = sorted(each for each in {*there, *rulings} if there.get(each) != rulings.get(each))
        articles = articles_of(self._backend, changed)
        told = {each: MISSING for each in changed if each not in articles}
        for node in sorted(set(articles.values()), key=str):
            done = followed(self._backend, node, rulings, self._world)
            self._commit(node, done.draft, ruled=True)
            told |= done.unfit
        return told

    def _rule(self, added: Entry, rulings: Mapping[str, Ruling]) -> None:
        """Let verdicts count on the claims of an article that was just added."""
        if rulings and any(voice.claim in rulings for _, voice in added.voices):
            done = followed(self._backend, added.node, rulings, self._world)
            self._commit(added.node, done.draft, ruled=True)

    def forget(self, article_id: str) -> bool:
        """Take an article out, with all that stood on it alone; False if there is none of that id."""
        if not self.holds(article_id):
            return False
        self._commit(self._begin(article_id), _NOTHING)
        return True

    def holds(self, article_id: str) -> bool:
        """Is there an article of that id?"""
        return any(self._backend.match(ox.NamedNode(article_iri(article_id)), MARKER))

    def has(self, article: Article) -> bool:
        """Is there this article, with this very title and text?"""
        node, hashed = ox.NamedNode(article.iri), terms.text(content_hash(article))
        return self.holds(article.id) and any(self._backend.match(node, named("gp:contentHash"), hashed))

    def articles(self) -> Iterator[Article]:
        """Go through the articles by id; a store keeps no texts, so theirs is empty."""
        reader = Reader(self._backend)
        nodes = [cast("ox.NamedNode", quad.subject) for quad in self._backend.match(None, MARKER)]
        reader.fetch(nodes)
        yield from sorted(map(reader.article, nodes), key=lambda each: each.id)

    def claims(self, article_id: str) -> tuple[Claim, ...]:
        """Give the claims of an article in the order of the text, as they were added."""
        reader, graph = Reader(self._backend), terms.graph_of(article_iri(article_id))
        nodes = [cast("ox.NamedNode", q.subject) for q in self._backend.match(None, A, named("gp:Claim"), graph)]
        reader.fetch_claims(nodes)
        found = [(reader.original(node), str(node)) for node in nodes]
        return tuple(claim for claim, _ in sorted(found, key=lambda each: (*place_of(each[0]), each[1])))

    def evidence(self, address: str) -> Evidence | None:
        """Give a claim by its address; None if none of that address is there."""
        node, reader = ox.NamedNode(address), Reader(self._backend)
        if not any(self._backend.match(node, A, named("gp:Claim"))):
            return None
        return evidence_of(reader, node, terms.value_of(reader.node(node).one("gp:position")))

    def claim_ids(self) -> Iterator[str]:
        """Give the addresses of all claims."""
        return (quad.subject.value for quad in self._backend.match(None, A, named("gp:Claim")))  # type: ignore[union-attr] # IRIs

    def query(self, sparql: str, /, **bindings: object) -> QueryResult:
        """Answer SELECT, ASK, CONSTRUCT or DESCRIBE over everything; ``name=value`` binds ``?name``.

        Raises:
            InputError: the query is wrong (with its line), would change the store or reach the network.
        """
        return ask(self._backend, sparql, bindings)

    def answer(
        self, sparql: str, bindings: Mapping[str, object], *, limit: int | None = None, network: bool = False
    ) -> QueryResult:
        """Answer as `query` does, with ``limit`` rows at most; SERVICE may reach the ``network`` if that is wanted."""
        return ask(self._backend, sparql, bindings, limit=limit, network=network)

    def labels(self, iris: Iterable[str], lang: str = "en") -> Mapping[str, str]:
        """Give the names of nodes by their addresses, in a language or else in English; some nodes have none."""
        return labels(self._backend, iris, lang)

    def told(self, claims: Iterable[str]) -> Iterator[Statement]:
        """Give claims by their addresses, each as its statement with its own case and no other claim.

        Those that the analyst has rejected are left out.
        """
        return told(self._backend, self._world, claims)

    def statements(
        self,
        subject: str | None = None,
        relation: str | None = None,
        object: str | None = None,  # noqa: A002 - the word of the domain
        about: str | None = None,
        *,
        roll_up: bool = False,
        status: Status | None = None,
    ) -> Iterator[Statement]:
        """Give statements with their cases, sources and evidence, in the order of their addresses.

        Entities go by IRI, the relation by name. Symmetric relations are found from either end. With ``roll_up``,
        ``about`` a state or body finds the statements on those who stood for it at an article's date, too. With
        ``status``, only statements with a case of that status are read.
        """
        through = self._standing_for(about) if roll_up and about else set()
        wanted = []
        of_status = self._with_status(status) if status else None
        for ends in sorted(self._ends(about or subject or object) | through):
            if of_status is not None and terms.statement_iri(*ends) not in of_status:
                continue
            first, name, second = ends
            pairs = [(first, second)]
            if self._world.relation(name).symmetric:
                pairs.append((second, first))
            fits = any(subject in {None, one} and object in {None, other} for one, other in pairs)
            if fits and relation in {None, name} and (about in {None, first, second} or ends in through):
                wanted.append(ends)
        yield from self._read(wanted)

    def between(self, one: str, other: str) -> Iterator[Statement]:
        """Give the statements between two actors, and between those who stood for them at an article's date."""
        near = [self._ends(each) | self._standing_for(each) for each in (one, other)]
        yield from self._read(sorted(near[0] & near[1]))

    def changed(self, since: date, until: date | None = None) -> Iterator[tuple[Statement, Statement]]:
        """Give the statements that the articles of some days speak of: as they stood before, and as they stood then.

        Articles without date count as older than any. A statement that was not made before has no case then.
        """
        last = until or date.max
        days = {"since": terms.day(since), "until": terms.day(last)}
        rows = cast("ox.QuerySolutions", self._backend.select(inner("changed"), days))
        wanted = sorted({(row["subject"].value, terms.name_of(row["relation"]), row["object"].value) for row in rows})
        reader = Reader(self._backend)
        for start in range(0, len(wanted), _TOGETHER):
            some = wanted[start : start + _TOGETHER]
            before = self._together(reader, some, lambda day: day is None or day < since)
            yield from zip(before, self._together(reader, some, lambda day: day is None or day <= last), strict=True)
            reader.drop()

    def disputes(self) -> list[Dispute]:
        """Give the contested statements of the store in short."""
        return disputes(self._backend)

    def export(self, path: str | os.PathLike[str]) -> None:
        """Write everything to a file (.ttl, .trig, .nq, .jsonld), or the cases as edges (.csv, .graphml, .gexf, .zip).

        Raises:
            InputError: no format has that ending.
            StoreError: the file cannot be written.
        """
        export_quads(self._backend, path)

    def load(self, path: str | os.PathLike[str]) -> None:
        """Put a file that `export` wrote, Turtle or N-Quads, into this store, which holds no article yet.

        Raises:
            InputError: the file is none of ours, or wrong; the message tells the line.
            StoreError: the store holds articles, or cannot be written.
        """
        load_file(self._backend, Path(path))
        self._load_ontology()

    def backup(self, target: str | os.PathLike[str]) -> None:
        """Copy the store of a folder, with the decisions beside it, to a new folder that is a store as well.

        Raises:
            StoreError: something is there already, it cannot be written, or the store is in no folder.
        """
        backup(self._backend, Path(target))

    def dataset(self) -> rdflib.Dataset:
        """Give the store as a dataset of rdflib for reading, its default graph the union; of a server, a copy."""
        return rdflib.Dataset(store=OxigraphStore(store=self._backend.local()), default_union=True)

    def validate(self, *, pyshacl: bool = False) -> list[str]:
        """Check that everything has the shape which the ontology asks for, and follows from claims; no fault, no line.

        With ``pyshacl``, that library checks the shapes, which takes about five times as long.
        """
        if pyshacl:
            found = set(ontology.validate(self.dataset()))
        else:
            found = {str(fault) for group in self._groups() for fault in faults(group)}
        return sorted(found.union(self._untrue()))

    def migrate(self) -> int:
        """Work out anew all that follows from claims, as for a store of an older kg; give how many statements changed.

        Raises:
            StoreError: the store cannot be written.
        """
        claimed = self._ends_in(chain.from_iterable(self._backend.match(None, part) for part in _ENDS))
        every, changed = sorted(claimed | self._ends(None)), 0
        for start in range(0, len(every), _TOGETHER):
            derived = Changes()
            for ends in every[start : start + _TOGETHER]:
                before, after = self._anew({ends: []})
                changed += before != after
                derived.turn(before, after)
            self._backend.apply([follows(derived)] if derived.remove or derived.add else [])
        return changed

    def flush(self) -> None:
        """Bring everything to the disk; until then a power cut, not a crash, may lose the latest articles."""
        self._backend.flush()

    def close(self) -> None:
        """Flush, and let others open the store; what an interrupted change had left on a server is taken out."""
        if not self._backend.is_open:
            return
        try:
            while self._interrupted:
                self._commit(self._interrupted.pop(), _NOTHING)
        finally:
            self._backend.close()

    def __enter__(self) -> Self:
        """Use the store in a with statement."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it; after an error nothing more is changed."""
        if error:
            self._interrupted = set()
        self.close()

    def _load_ontology(self) -> None:
        quads = {
            ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), object_, terms.ONTOLOGY)
            for name in ontology.FILES
            for subject, predicate, object_ in ontology.triples(ontology.FOLDER / name)
        }
        changes = Changes()
        changes.turn(self._backend.match(graph=terms.ONTOLOGY), quads)
        self._backend.apply([Step(changes.remove, changes.add)])

    def _begin(self, article_id: str) -> ox.NamedNode:
        """Find, before the first change, the articles of which an interrupted one has left a part on a server."""
        if self._interrupted is None:
            whole = {quad.subject for quad in self._backend.match(None, MARKER)}
            every = {quad.subject for quad in self._backend.match(None, A, named("gp:Article"))}
            self._interrupted = cast("set[ox.NamedNode]", every - whole)
        article = terms.iri(article_iri(article_id), article_id)
        self._interrupted.discard(article)
        return article

    def _groups(self) -> Iterator[list[ox.Quad]]:
        """Give all there is in pieces that stand for themselves: some articles with what follows from them."""
        nodes = sorted(cast("set[ox.NamedNode]", {quad.subject for quad in self._backend.match(None, MARKER)}), key=str)
        for start in range(0, len(nodes), _TOGETHER):
            graphs = map(terms.graph_of, (node.value for node in nodes[start : start + _TOGETHER]))
            quads = [quad for graph in graphs for quad in self._backend.match(graph=graph)]
            entities = cast("set[ox.NamedNode]", {quad.object for quad in quads if quad.predicate in REFERENCES})
            follows = self._derived(self._ends_in(quads))
            yield [*quads, *follows, *self._backend.about(entities, terms.ENTITIES)]

    def _untrue(self) -> Iterator[str]:
        """Tell of statements that are not what the claims on them make them."""
        every = sorted(self._ends(None))
        for start in range(0, len(every), _TOGETHER):
            some = voices(self._backend, every[start : start + _TOGETHER])
            true = {ends: statement_quads(ends, heard, self._world) for ends, heard in some.items()}
            if set(self._derived(some)) == set().union(*true.values()):
                continue
            for ends, quads in true.items():
                if set(self._derived([ends])) != quads:
                    remedy = "kg migrate works it out anew"
                    yield f"{terms.statement_iri(*ends)}: not what the claims on it make it; {remedy}"

    def _commit(self, article: ox.NamedNode, new: Draft, *, ruled: bool = False) -> None:
        """Turn the store into the one with this draft in the article's place; if ``ruled``, only verdicts changed.

        An order of steps for servers that take them one by one: whenever it breaks off, the article has
        no id and so does not count, and all claims by which derived quads are found stand in its graph.
        """
        graph = terms.graph_of(article.value)
        old = set(self._backend.match(graph=graph))
        every = self._ends_in(old) | {ends for ends, _ in new.voices}
        touched: dict[Ends, list[Voice]] = {ends: [] for ends in (self._ruled(old, new) if ruled else every)}
        for ends, voice in new.voices:
            if ends in touched:
                touched[ends].append(voice)
        described, describing = entity_changes(self._backend, old, new, graph)
        derived = Changes()
        derived.turn(*self._anew(touched, but=article))
        derived.turn(described, describing)
        self._backend.apply(steps(article, old, new.quads, derived))

    def _ruled(self, old: set[ox.Quad], new: Draft) -> set[Ends]:
        """Find the statements of the claims that are no longer as they were."""
        different = {quad.subject.value for quad in old ^ new.quads}  # type: ignore[union-attr] # IRIs
        claims = {"/".join(address.split("/")[:_PARTS]) for address in different}
        before = (quad for quad in old if quad.subject.value in claims)  # type: ignore[union-attr] # IRIs
        return self._ends_in(before) | {ends for ends, voice in new.voices if voice.claim in claims}

    def _commit_new(self, entries: Collection[Entry], *, in_bulk: bool) -> None:
        """Put in articles of which nothing is there."""
        touched: dict[Ends, list[Voice]] = {}
        words: dict[str, frozenset[Words]] = {}
        for each in entries:
            for ends, voice in each.voices:
                touched.setdefault(ends, []).append(voice)
            for address, said in each.words.items():
                words[address] = said | words.get(address, frozenset())
        derived, known = Changes(), {entity.iri: entity for each in entries for entity in each.entities}
        derived.turn(*self._grown(touched))
        derived.turn(*described(self._backend, known.values(), words))
        graphs = {terms.graph_of(each.article.iri): each.triples for each in entries if each.triples}
        if in_bulk:
            self._backend.load_graphs(graphs)
        self._backend.apply(new_steps(entries, {} if in_bulk else graphs, derived))

    def _grown(self, touched: Mapping[Ends, list[Voice]]) -> tuple[set[ox.Quad], set[ox.Quad]]:
        """Give what stands for some statements and what will with more voices, as far as that changes."""
        if self._interrupted:  # what stands may be half of what followed
            return self._anew(touched)
        growth = grow(self._backend, touched, self._world)
        before, after = self._anew({ends: touched[ends] for ends in growth.unsure})
        return growth.before | before, growth.after | after

    def _anew(
        self, touched: Mapping[Ends, list[Voice]], *, but: ox.NamedNode | None = None
    ) -> tuple[set[ox.Quad], set[ox.Quad]]:
        """Give all that stands for some statements, and what will with voices beside those of other articles."""
        others = voices(self._backend, touched, but=but)
        every = (statement_quads(ends, heard + others[ends], self._world) for ends, heard in touched.items())
        return set(self._derived(touched)), set(chain.from_iterable(every))

    def _ends_in(self, quads: Iterable[ox.Quad]) -> set[Ends]:
        """Find the statements that some claims are on, by all that is said of the claims."""
        claims: dict[str, dict[ox.NamedNode, set[str]]] = {}
        for quad in quads:
            if quad.predicate in _ENDS:
                claims.setdefault(str(quad.subject), {}).setdefault(quad.predicate, set()).add(quad.object.value)  # type: ignore[union-attr] # IRIs
        return {
            canonical(subject, name, object_, symmetric=self._world.relation(name).symmetric)
            for found in claims.values()
            for subject, relation, object_ in product(*(found.get(part, ()) for part in _ENDS))
            for name in [relation.removeprefix(GP)]
        }

    def _ends(self, entity: str | None) -> set[Ends]:
        """Find the statements with an entity at either end, or all."""
        if entity is None:
            found = [quad.subject for quad in self._backend.match(None, A, named("gp:Statement"))]
        else:
            node = terms.iri(entity, "statements")
            sides = (named("rdf:subject"), named("rdf:object"))
            found = [q.subject for side in sides for q in self._backend.match(None, side, node, terms.STATEMENTS)]
        nodes = cast("list[ox.NamedNode]", found)
        parts = [named(f"rdf:{part}") for part in ("subject", "predicate", "object")]
        read: dict[str, dict[ox.NamedNode, str]] = {}
        for quad in self._backend.about(nodes, terms.STATEMENTS):
            read.setdefault(str(quad.subject), {})[quad.predicate] = quad.object.value  # type: ignore[union-attr] # IRIs
        triples = ([each[part] for part in parts] for each in read.values() if each.keys() >= set(parts))
        return {(subject, relation.removeprefix(GP), object_) for subject, relation, object_ in triples}

    def _with_status(self, status: Status) -> set[str]:
        """Find the statements that have a case of some status."""
        cases = self._backend.pointing(named("gp:status"), [terms.concept("status", status)])
        found = self._backend.about((cast("ox.NamedNode", quad.subject) for quad in cases), terms.STATEMENTS)
        return {quad.object.value for quad in found if quad.predicate == named("gp:ofStatement")}  # type: ignore[union-attr] # an IRI

    def _standing_for(self, entity: str) -> set[Ends]:
        """Find the statements in whose claims somebody stands for an entity."""
        node = terms.iri(entity, "statements")
        links = (named("gp:subjectFor"), named("gp:objectFor"))
        claims = [
            cast("ox.NamedNode", quad.subject) for link in links for quad in self._backend.match(None, link, node)
        ]
        return self._ends_in(self._backend.about(claims))

    def _derived(self, touched: Iterable[Ends]) -> Iterator[ox.Quad]:
        """Find all that stands for some statements now: themselves, their cases and sources, their plain triples."""
        statements = {ox.NamedNode(terms.statement_iri(*ends)): ends for ends in touched}
        level: list[ox.NamedNode] = list(statements)
        while level:
            quads = list(self._backend.about(level, terms.STATEMENTS))
            yield from quads
            level = [cast("ox.NamedNode", quad.object) for quad in quads if quad.predicate in DOWN]
        flags = self._world.relation
        plain = {
            triple for ends in statements.values() for triple in plain_triples(ends, symmetric=flags(ends[1]).symmetric)
        }
        for graph in (terms.VOICE, terms.CLAIMED):
            yield from self._backend.holding(plain, graph)

    def _read(self, wanted: list[Ends]) -> Iterator[Statement]:
        """Read statements some at a time."""
        reader = Reader(self._backend)
        for start in range(0, len(wanted), _TOGETHER):
            yield from self._together(reader, wanted[start : start + _TOGETHER])
            reader.drop()

    def _together(
        self, reader: Reader, wanted: list[Ends], counts: Callable[[date | None], bool] = lambda _: True
    ) -> Iterator[Statement]:
        """Read some statements in few requests, by what articles of some days say."""
        every = voices(self._backend, wanted)
        found = {ends: [voice for voice in heard if counts(voice.date)] for ends, heard in every.items()}
        reader.fetch_claims(ox.NamedNode(voice.claim) for heard in found.values() for voice in heard)
        worked_out = {ends: verdicts(heard, self._world.kind_is) for ends, heard in found.items()}
        ends_of = [ox.NamedNode(end) for subject, _, object_ in wanted for end in (subject, object_)]
        sources = (each.source for cases in worked_out.values() for case in cases for each in case.standings)
        reader.fetch_entities([*ends_of, *map(ox.NamedNode, sources)])
        for ends in wanted:
            address = terms.statement_iri(*ends)
            yield Statement(
                iri=address,
                subject=reader.entity(ox.NamedNode(ends[0])),
                relation=ends[1],
                object=reader.entity(ox.NamedNode(ends[2])),
                cases=tuple(case_of(reader, address, each) for each in worked_out[ends]),
            )


def open_store(where: str | Path | None = None, *, world: World | None = None) -> Store:
    """Open a store in a folder, or a new one there; one on a server, by its address; or without either one in memory.

    >>> with open_store() as store:
    ...     list(store.articles())
    []

    Raises:
        StoreError: the folder is something else, of another version, damaged, or open elsewhere.
    """
    backend = _backend(where)
    try:
        return Store(backend, world or default_world())
    except BaseException:
        backend.close()
        raise


def _backend(where: str | Path | None) -> Backend:
    if where is None:
        return open_memory()
    if is_address(where):
        from kg.store.server import open_server  # noqa: PLC0415 - its libraries take a while to load

        return open_server(str(where))
    return open_disk(where)
