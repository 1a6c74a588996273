"""Triples back to values: what `kg.store.writing` wrote, as articles, claims and entities."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from pyoxigraph import NamedNode

from kg.model import (
    ENT,
    Article,
    Attribution,
    Case,
    Claim,
    Entity,
    EventTime,
    Evidence,
    Mention,
    Passage,
    Ruling,
    Source,
    Span,
)
from kg.store import terms
from kg.store.rulings import with_value
from kg.store.terms import named, value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Literal, Quad

    from kg.store.backend import Backend
    from kg.store.cases import Verdict


class Node:
    """All that is said of one node of a store."""

    def __init__(self, node: NamedNode, quads: Iterable[Quad]) -> None:
        """Sort the node's quads by property."""
        self.iri = node.value
        self._found: dict[NamedNode, list[terms.Node]] = {}
        for quad in quads:
            self._found.setdefault(quad.predicate, []).append(cast("terms.Node", quad.object))

    def __bool__(self) -> bool:
        """Tell whether anything is said of it."""
        return bool(self._found)

    def all(self, predicate: str) -> list[Any]:
        """Give every object of a property, sorted."""
        return sorted(self._found.get(named(predicate), ()), key=str)

    def one(self, predicate: str) -> Any:  # noqa: ANN401 - a node or a literal, as the property has it
        """Give the object of a property that has just one."""
        return self._found[named(predicate)][0]

    def text(self, predicate: str) -> str | None:
        """Give the text of a property that may be missing."""
        found = self._found.get(named(predicate))
        return found[0].value if found else None

    def words(self, predicate: str) -> str:
        """Give the text of a property that is never missing."""
        return cast("str", self.one(predicate).value)

    def below(self) -> Iterator[NamedNode]:
        """Give the nodes that are parts of this one, by their addresses."""
        for found in self._found.values():
            yield from (o for o in found if isinstance(o, NamedNode) and o.value.startswith(self.iri + "/"))


class Reader:
    """Reads values off a store and remembers the entities and articles it has read."""

    def __init__(self, backend: Backend) -> None:
        """Read from a backend; a reader lives as long as one answer, so that it is never stale."""
        self._backend = backend
        self._nodes: dict[NamedNode, Node] = {}
        self._entities: dict[str, Entity] = {}
        self._articles: dict[str, Article] = {}

    def node(self, node: NamedNode) -> Node:
        """Read all that is said of a node, at once or as it was fetched."""
        if node not in self._nodes:
            self.fetch([node])
        return self._nodes[node]

    def fetch(self, nodes: Iterable[NamedNode]) -> list[Node]:
        """Read many nodes together."""
        wanted = list(dict.fromkeys(nodes))
        found: dict[NamedNode, list[Quad]] = {node: [] for node in wanted if node not in self._nodes}
        for quad in self._backend.about(found):
            found[cast("NamedNode", quad.subject)].append(quad)
        self._nodes.update((node, Node(node, quads)) for node, quads in found.items())
        return [self._nodes[node] for node in wanted]

    def fetch_claims(self, nodes: Iterable[NamedNode]) -> None:
        """Read many claims with all their parts, their articles and those whom they mention."""
        level = self.fetch(nodes)
        links = [node for claim in level for node in claim.all("prov:wasQuotedFrom")]
        while level:
            level = self.fetch(part for node in level for part in node.below())
            links += (entity for node in level for entity in node.all("gp:entity"))
        known = self._articles.keys() | self._entities.keys()
        self.fetch(link for link in links if link.value not in known)

    def fetch_entities(self, nodes: Iterable[NamedNode]) -> None:
        """Read the descriptions of many entities that are not known yet."""
        self.fetch(node for node in nodes if node.value not in self._entities)

    def drop(self) -> None:
        """Forget single nodes, so that an answer over a whole store does not keep all of it."""
        self._nodes.clear()

    def article(self, node: NamedNode) -> Article:
        """Read an article, without its text."""
        if node.value not in self._articles:
            found = self.node(node)
            day = found.text("dcterms:date")
            self._articles[node.value] = Article(
                id=found.words("gp:articleId"),
                text="",
                lang=found.words("dcterms:language"),
                title=found.text("dcterms:title"),
                date=date.fromisoformat(day) if day else None,
                url=found.text("gp:url"),
                outlet=found.text("gp:outlet"),
                author=found.text("dcterms:creator"),
                agency=found.text("gp:agency"),
                date_from=cast("Any", found.text("gp:dateFrom")),
            )
        return self._articles[node.value]

    def claim(self, node: NamedNode) -> Claim:
        """Read a claim as it was added."""
        found = self.node(node)
        theme, time = found.all("gp:themeMention"), found.all("gp:eventTimeText")
        return Claim(
            article=self.article(found.one("prov:wasQuotedFrom")).id,
            lang=found.words("dcterms:language"),
            passage=self._passage(found),
            subject=self._mention(found.one("gp:subjectMention")),
            relation=terms.name_of(found.one("gp:relation")),
            object=self._mention(found.one("gp:objectMention")),
            cue=self._span(found.one("gp:cue")),
            rule=found.words("gp:rule"),
            theme=self._mention(theme[0]) if theme else None,
            polarity=cast("Any", value_of(found.one("gp:polarity"))),
            modality=cast("Any", value_of(found.one("gp:modality"))),
            phase=cast("Any", value_of(found.one("gp:phase"))),
            attribution=self._attributions(found),
            time=self._time(found.words("gp:eventTime"), time[0]) if time else None,
            about=tuple(each.value for each in found.all("gp:about")),
        )

    def ruling(self, node: NamedNode) -> Ruling | None:
        """Read what the analyst has decided on a claim."""
        for verdict in self.fetch(self.node(node).all("gp:verdict")):
            words = {value_of(each) for each in verdict.all("gp:ruling")}
            changed = self.fetch(verdict.all("gp:amendment"))
            return Ruling(
                rejected="reject" in words,
                confirmed="confirm" in words,
                amendments=tuple(sorted((each.words("gp:field"), each.words("gp:becomes")) for each in changed)),
                note=verdict.text("gp:note") or "",
            )
        return None

    def original(self, node: NamedNode) -> Claim:
        """Read a claim as it was before the analyst amended it."""
        claim = self.claim(node)
        for verdict in self.fetch(self.node(node).all("gp:verdict")):
            for each in self.fetch(verdict.all("gp:amendment")):
                claim = with_value(claim, each.words("gp:field"), self._was(each))
        return claim

    def _was(self, amendment: Node) -> str | Mention | EventTime:
        mention, words, value = (
            amendment.all("gp:wasMention"),
            amendment.all("gp:eventTimeText"),
            amendment.words("gp:was"),
        )
        if mention:
            return self._mention(mention[0])
        return self._time(value, words[0]) if words else value

    def owner(self, claim: NamedNode) -> str:
        """Name the owner of the outlet that a claim stands in, where it is known."""
        return self.node(self.node(claim).one("prov:wasQuotedFrom")).text("gp:owner") or ""

    def speakers(self, node: NamedNode, evidence: Evidence) -> Iterator[tuple[str, str]]:
        """Tell who spoke for each source of a claim: persons, mouthpieces and outlets other than the source itself."""
        article = evidence.article
        for source in self.node(node).all("gp:voiceOf"):
            if source.value.startswith(ENT) and self.entity(source).type != "Media":
                yield source.value, article.agency or article.outlet or article.id
        for number, each in enumerate(evidence.claim.attribution):
            for source in self.node(NamedNode(f"{node.value}/attribution/{number}")).all("gp:voiceOf"):
                voices = [each.speaker, each.via] if each.via else [each.speaker]
                yield from ((source.value, v.entity.label) for v in voices if v.entity.iri != source.value)

    def entity(self, node: NamedNode) -> Entity:
        """Read an entity from its description; one that is not described goes by the end of its address."""
        if node.value not in self._entities:
            self._entities[node.value] = self._entity(node)
        return self._entities[node.value]

    def _entity(self, node: NamedNode) -> Entity:
        found = self.node(node)
        labels = tuple(sorted((each.language, each.value) for each in found.all("rdfs:label")))
        if not labels:
            article = found.text("gp:articleId")
            return Entity(node.value, found.text("dcterms:title") or article or terms.name_of(node), "Unresolved")
        kinds, wikidata = found.all("gp:kind"), found.all("skos:exactMatch")
        return Entity(
            iri=node.value,
            label=dict(labels).get("en", labels[0][1]),
            type=terms.name_of(found.one("rdf:type")),
            qid=terms.name_of(wikidata[0]) if wikidata else None,
            labels=labels,
            known=not node.value.startswith(ENT + "local/"),
            kind=terms.name_of(kinds[0]) if kinds else None,
        )

    def _mention(self, node: NamedNode) -> Mention:
        found = self.node(node)
        facet = found.all("gp:facet")
        return Mention(
            entity=self._local(found) if found.all("gp:entityLabel") else self.entity(found.one("gp:entity")),
            **_place(found),
            facet=cast("Any", value_of(facet[0])) if facet else None,
            how=found.words("gp:how"),
        )

    def _local(self, mention: Node) -> Entity:
        """Read an entity that only this text has words for."""
        kinds = mention.all("gp:kind")
        return Entity(
            iri=mention.one("gp:entity").value,
            label=mention.words("gp:entityLabel"),
            type=terms.name_of(mention.one("gp:entityClass")),
            known=False,
            kind=terms.name_of(kinds[0]) if kinds else None,
        )

    def _span(self, node: NamedNode) -> Span:
        return Span(**_place(self.node(node)))

    def _time(self, value: str, node: NamedNode) -> EventTime:
        return EventTime(value, **_place(self.node(node)))

    def _passage(self, claim: Node) -> Passage:
        found = self.node(claim.one("oa:hasSelector"))
        article = self.article(claim.one("prov:wasQuotedFrom"))
        return Passage(article.id, cast("Any", found.words("gp:part")), **_place(found))

    def _attributions(self, claim: Node) -> tuple[Attribution, ...]:
        """Read who speaks, in the order of writing: the number is the end of the address."""
        nodes = sorted(claim.all("gp:attribution"), key=lambda node: int(node.value.rsplit("/", 1)[-1]))
        return tuple(self._attribution(self.node(node)) for node in nodes)

    def _attribution(self, found: Node) -> Attribution:
        via, cue = found.all("gp:viaMention"), found.all("gp:cue")
        return Attribution(
            speaker=self._mention(found.one("gp:speakerMention")),
            stance=cast("Any", value_of(found.one("gp:stance"))),
            level=int(found.words("gp:level")),
            cue=self._span(cue[0]) if cue else None,
            via=self._mention(via[0]) if via else None,
        )


def _place(found: Node) -> dict[str, Any]:
    """Read words and offsets."""
    start, end = int(found.words("oa:start")), int(found.words("oa:end"))
    return {"text": found.words("oa:exact"), "start": start, "end": end}


def evidence_of(reader: Reader, node: NamedNode, position: str) -> Evidence:
    """Read a claim with its article, and with what the analyst has decided on it."""
    ruling = reader.ruling(node)
    return Evidence(
        claim=reader.claim(node),
        article=reader.article(reader.node(node).one("prov:wasQuotedFrom")),
        position=cast("Any", position),
        address=node.value,
        ruling=ruling,
        original=reader.original(node) if ruling and ruling.amendments else None,
    )


def case_of(reader: Reader, statement: str, verdict: Verdict) -> Case:
    """Read a case of a statement, as it was worked out, with the claims in it."""
    evidence: list[Evidence] = []
    speakers: dict[str, dict[str, str]] = {}
    owners: dict[str, str] = {}
    for voice in verdict.voices:
        node = NamedNode(voice.claim)
        found = replace(evidence_of(reader, node, voice.position), sources=tuple(each for each, _ in voice.sources))
        evidence.append(found)
        for source, label in reader.speakers(node, found):
            speakers.setdefault(source, {}).setdefault(label.casefold(), label)
        if voice.sources[0][1] == "own voice" and (owner := reader.owner(node)):
            owners[voice.sources[0][0]] = owner
    sources = (
        Source(each.source, reader.entity(NamedNode(each.source)).label, each.role, each.position,
               tuple(sorted(speakers.get(each.source, {}).values())), owners.get(each.source, ""))
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


def place_of(claim: Claim) -> tuple[bool, int, int, int, int]:
    """Tell where a claim stands, for the order of the text: the title first."""
    return (
        claim.passage.part != "title",
        claim.passage.start,
        claim.cue.start,
        claim.subject.start,
        claim.object.start,
    )


def former(backend: Backend, article: NamedNode, new_hash: str) -> dict[str, Literal | None]:
    """Collect hashes and dates of the texts that an article had before."""
    reader = Reader(backend)
    node = reader.node(article)
    if not node:
        return {}
    found = {each.value: _date(node) for each in node.all("gp:contentHash")}
    for older in reader.fetch(node.all("prov:wasRevisionOf")):
        found[older.words("gp:contentHash")] = _date(older)
    found.pop(new_hash, None)
    return found


def _date(node: Node) -> Literal | None:
    found = node.all("dcterms:date")
    return found[0] if found else None
