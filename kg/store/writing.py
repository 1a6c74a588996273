"""Articles, claims, entities and cases as triples: the shape that `kg.store.reading` reads back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from pyoxigraph import Literal, NamedNode, Quad

from kg.copies import keys
from kg.errors import InputError
from kg.model import GP, Ruling, addressed, digest
from kg.store import terms
from kg.store.cases import PRO, Voice, is_doubted, is_own_voice, is_plain, position_of, verdicts
from kg.store.rulings import mention_of, value_of, words_of
from kg.store.sources import Sources, mentions_of
from kg.store.terms import A, concept, iri, named, number, text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from kg.model import Article, Attribution, Claim, Entity, EventTime, Mention, Passage, Span
    from kg.store.cases import Outcome, Standing, Stood, Verdict
    from kg.store.rulings import Ruled
    from kg.store.sources import Spoken, World

Triples: TypeAlias = "list[tuple[NamedNode, NamedNode, terms.Node]]"
Place: TypeAlias = "Span | Mention | Passage | EventTime"
Ends: TypeAlias = tuple[str, str, str]
Versions: TypeAlias = "dict[str, Literal | None]"

_MONTH = 7  # characters of YYYY-MM


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as it will stand: its triples, whom it speaks of, and the voices it gives to statements."""

    quads: frozenset[Quad]
    entities: tuple[Entity, ...]
    voices: tuple[tuple[Ends, Voice], ...]


def content_hash(article: Article) -> str:
    """Hash title and text; half characters count as their replacement."""
    return digest(*(text(part).value for part in (article.title or "", article.text)))


def draft(article: Article, claims: Sequence[Claim], world: World) -> Draft:
    """Work out everything that follows from one article alone."""
    sources, copies = Sources(article, claims, world), keys(article.text)
    writer = _Writer(article, sources, world, shared(copies, sources.owner()))
    writer.article(copies, sources.owner())
    for address, claim in addressed(claims):
        if claim.article != article.id:
            raise InputError(
                article.id, f"a claim of another article, {claim.article!r}", "add it with its own article"
            )
        writer.claim(address, claim)
    return writer.draft()


def redraft(article: Article, found: Sequence[Ruled], world: World, record: Collection[Quad]) -> Draft:
    """Work out anew what follows from an article that a store holds, with what the analyst decided on its claims.

    ``record`` is what is said of the article itself, which stays: a store keeps no text to read it from.
    """
    told = [(quad.predicate, quad.object.value) for quad in record if isinstance(quad.object, Literal)]
    copies = frozenset(value for predicate, value in told if predicate == named("gp:copyKey"))
    copies = shared(copies, next((value for predicate, value in told if predicate == named("gp:owner")), ""))
    counted = [each.claim for each in found if not (each.ruling and each.ruling.rejected)]
    writer = _Writer(article, Sources(article, counted, world), world, copies)
    for each in found:
        writer.claim(each.address, each.claim, each.ruling)
        if each.ruling:
            writer.ruling(each)
    made = writer.draft()
    return replace(made, quads=made.quads | frozenset(record))


def revisions(node: NamedNode, former: Versions) -> set[Quad]:
    """Write the hashes and dates of the texts that an article had before."""
    found: Triples = []
    for older, date in former.items():
        version = NamedNode(f"{node.value}/version/{older}")
        found += [
            (node, named("prov:wasRevisionOf"), version),
            (version, A, named("prov:Entity")),
            (version, named("gp:contentHash"), text(older)),
        ]
        found += [(version, named("dcterms:date"), date)] if date else []
    return terms.quads_in(terms.graph_of(node.value), found)


class _Writer:
    """Collects the triples of one article."""

    def __init__(self, article: Article, sources: Sources, world: World, copies: frozenset[str]) -> None:
        self._article, self._sources, self._world = article, sources, world
        self.triples: Triples = []
        self.entities: list[Entity] = []
        self.voices: list[tuple[Ends, Voice]] = []
        self._lang = _language(article)
        self._copies = copies

    def draft(self) -> Draft:
        """Give all that was written."""
        quads = terms.quads_in(terms.graph_of(self._article.iri), self.triples)
        entities = {entity.iri: entity for entity in self.entities if entity.type != "Article"}
        return Draft(frozenset(quads), tuple(entities[key] for key in sorted(entities)), tuple(self.voices))

    def article(self, copies: Iterable[str], owner: str) -> None:
        """Write what is known of the article, the keys of its text and the owner of its outlet."""
        article, node = self._article, NamedNode(self._article.iri)
        self._add(node, "rdf:type", named("gp:Article"))
        self._add(node, "gp:articleId", text(article.id))
        self._add(node, "dcterms:language", text(article.lang))
        self._add(node, "gp:contentHash", text(content_hash(article)))
        self._add(node, "dcterms:title", text(article.title, self._lang) if article.title is not None else None)
        self._add(node, "dcterms:date", terms.day(article.date) if article.date else None)
        self._add(node, "gp:outlet", text(article.outlet) if article.outlet is not None else None)
        self._add(node, "gp:url", text(article.url) if article.url is not None else None)
        for predicate, value in (("dcterms:creator", article.author), ("gp:agency", article.agency)):
            self._add(node, predicate, text(value) if value is not None else None)
        self._add(node, "gp:dateFrom", text(article.date_from) if article.date_from else None)
        self._add(node, "gp:owner", text(owner) if owner else None)
        for key in copies:
            self._add(node, "gp:copyKey", text(key))

    def claim(self, address: str, claim: Claim, ruling: Ruling | None = None) -> None:
        """Write a claim with its mentions, speakers and passage, and note its voice."""
        node, spoken = iri(address, self._article.id), self._sources.of(claim)
        self.entities += (mention.entity for mention in mentions_of(claim))
        self.entities += (each.source for each in spoken)
        ends, voice = self._voice(address, claim, spoken)
        if ruling and ruling.rejected:
            voice = replace(voice, position="rejected")
        self.voices.append((ends, voice))
        case = NamedNode(terms.case_iri(terms.statement_iri(*ends), voice.kind, voice.month))
        self._proposition(node, claim)
        self._add(node, "gp:case", case)
        self._add(node, "gp:position", concept("position", voice.position))
        self._places(node, claim)
        self._stands_for(node, claim)
        for index, each in enumerate(claim.attribution):
            self._attribution(NamedNode(f"{address}/attribution/{index}"), node, each)
        for source in spoken:
            place = node if source.attribution is None else NamedNode(f"{address}/attribution/{source.attribution}")
            self._add(place, "gp:voiceOf", self._iri(source.source.iri))
            self._add(place, "gp:sourceRole", concept("role", source.role))

    def ruling(self, ruled: Ruled) -> None:
        """Write what the analyst decided on a claim, with the values of before."""
        claim, ruling = NamedNode(ruled.address), ruled.ruling or Ruling()
        node = NamedNode(f"{ruled.address}/verdict")
        self._add(claim, "gp:verdict", node)
        self._add(node, "rdf:type", named("gp:Verdict"))
        for word in words_of(ruling):
            self._add(node, "gp:ruling", concept("verdict", word))
        self._add(node, "gp:note", text(ruling.note) if ruling.note else None)
        for field, value in ruling.amendments:
            self._amendment(NamedNode(f"{node.value}/{field}"), field, value, ruled)

    def _amendment(self, node: NamedNode, field: str, value: str, ruled: Ruled) -> None:
        self._add(NamedNode(f"{ruled.address}/verdict"), "gp:amendment", node)
        self._add(node, "rdf:type", named("gp:Amendment"))
        self._add(node, "gp:field", text(field))
        self._add(node, "gp:becomes", text(value))
        self._add(node, "gp:was", text(value_of(ruled.original, field)))
        if mention := mention_of(ruled.original, field):
            self.entities.append(mention.entity)
            self._mention(node, "mention", mention, named("gp:wasMention"))
        if field == "time" and ruled.original.time:
            self._span(node, "words", ruled.original.time, named("gp:eventTimeText"))

    def _proposition(self, node: NamedNode, claim: Claim) -> None:
        self._add(node, "rdf:type", named("gp:Claim"))
        self._add(node, "gp:subject", self._iri(claim.subject.entity.iri))
        self._add(node, "gp:relation", self._iri(GP + claim.relation))
        self._add(node, "gp:object", self._iri(claim.object.entity.iri))
        self._add(node, "gp:theme", self._iri(claim.theme.entity.iri) if claim.theme else None)
        self._add(node, "gp:polarity", concept("polarity", claim.polarity))
        self._add(node, "gp:modality", concept("modality", claim.modality))
        self._add(node, "gp:phase", concept("phase", claim.phase))
        self._add(node, "gp:rule", text(claim.rule))
        self._add(node, "dcterms:language", text(claim.lang))
        for other in claim.about:
            self._add(node, "gp:about", self._iri(other))

    def _stands_for(self, node: NamedNode, claim: Claim) -> None:
        """Write for whom subject and object stand at the article's date, where that is somebody else."""
        for predicate, entity in (("gp:subjectFor", claim.subject.entity), ("gp:objectFor", claim.object.entity)):
            if (whole := self._sources.counted(entity)) != entity:
                self.entities.append(whole)
                self._add(node, predicate, self._iri(whole.iri))

    def _places(self, node: NamedNode, claim: Claim) -> None:
        self._mention(node, "subject", claim.subject, named("gp:subjectMention"))
        self._mention(node, "object", claim.object, named("gp:objectMention"))
        if claim.theme:
            self._mention(node, "theme", claim.theme, named("gp:themeMention"))
        self._span(node, "cue", claim.cue, named("gp:cue"))
        if claim.time:
            self._add(node, "gp:eventTime", text(claim.time.value))
            self._span(node, "time", claim.time, named("gp:eventTimeText"))
        self._add(node, "prov:wasQuotedFrom", NamedNode(self._article.iri))
        self._span(node, "passage", claim.passage, named("oa:hasSelector"), a="gp:Passage")
        self._add(NamedNode(f"{node.value}/passage"), "gp:part", text(claim.passage.part))

    def _attribution(self, node: NamedNode, claim: NamedNode, each: Attribution) -> None:
        self._add(claim, "gp:attribution", node)
        self._add(node, "rdf:type", named("gp:Attribution"))
        self._add(node, "gp:speaker", self._iri(each.speaker.entity.iri))
        self._mention(node, "speaker", each.speaker, named("gp:speakerMention"))
        self._add(node, "gp:stance", concept("stance", each.stance))
        self._add(node, "gp:level", number(each.level))
        if each.via:
            self._add(node, "gp:via", self._iri(each.via.entity.iri))
            self._mention(node, "via", each.via, named("gp:viaMention"))
        if each.cue:
            self._span(node, "cue", each.cue, named("gp:cue"))

    def _mention(self, node: NamedNode, part: str, mention: Mention, link: NamedNode) -> None:
        """Write a mention; a local entity's own words stand here, and `entities` gathers them."""
        place, entity = NamedNode(f"{node.value}/{part}"), mention.entity
        self._span(node, part, mention, link, a="gp:Mention")
        self._add(place, "gp:entity", self._iri(entity.iri))
        self._add(place, "gp:facet", concept("facet", mention.facet) if mention.facet else None)
        self._add(place, "gp:how", text(mention.how))
        if not entity.known:
            self._add(place, "gp:entityLabel", text(entity.label, self._lang))
            self._add(place, "gp:entityClass", self._iri(GP + entity.type))
            self._add(place, "gp:kind", self._iri(terms.KIND + entity.kind) if entity.kind else None)

    def _span(
        self,
        node: NamedNode,
        part: str,
        span: Span | Mention | Passage | EventTime,
        link: NamedNode,
        *,
        a: str = "gp:Span",
    ) -> None:
        place = NamedNode(f"{node.value}/{part}")
        self.triples += [
            (node, link, place),
            (place, A, named(a)),
            (place, named("oa:exact"), text(span.text)),
            (place, named("oa:start"), number(span.start)),
            (place, named("oa:end"), number(span.end)),
        ]

    def _voice(self, address: str, claim: Claim, spoken: Sequence[Spoken]) -> tuple[Ends, Voice]:
        flags = self._world.relation(claim.relation)
        ends = canonical(claim.subject.entity.iri, claim.relation, claim.object.entity.iri, symmetric=flags.symmetric)
        article, passage = self._article, claim.passage
        voice = Voice(
            claim=address,
            kind=claim.theme.entity.kind if claim.theme else None,
            month=self._month(claim) if flags.punctual else None,
            position=position_of(claim),
            place=place_of(article, passage.part, passage.start),
            sources=tuple((each.source.iri, each.role) for each in spoken),
            doubted=is_doubted(claim),
            date=article.date,
        )
        return ends, replace(voice, copies=self._copies) if voice.is_own else voice

    def _month(self, claim: Claim) -> str | None:
        """Give the month of the event; of publication where the text tells none, or only the year."""
        if claim.time and len(claim.time.value.split("/")[0]) >= _MONTH:
            return claim.time.value[:_MONTH]
        return self._article.date.isoformat()[:_MONTH] if self._article.date else None

    def _iri(self, address: str) -> NamedNode:
        return iri(address, self._article.id)

    def _add(self, subject: NamedNode, predicate: str, object_: terms.Node | None) -> None:
        if object_ is not None:
            self.triples.append((subject, named(predicate), object_))


def shared(copies: Iterable[str], owner: str) -> frozenset[str]:
    """Give the keys by which articles count as one: of near-identical texts, and of the owner of their outlets.

    >>> shared(["a"], "") == shared(["a"], "") != shared(["a"], "News Corp") == shared(["a"], "news corp")
    True
    """
    return frozenset([*copies, *([f"owner {owner.casefold()}"] if owner else [])])


def place_of(article: Article, part: str, start: int) -> tuple[str, str, int, int]:
    """Say when a voice speaks, so that the latest can be told."""
    return (article.date.isoformat() if article.date else "", article.id, 0 if part == "title" else 1, start)


def canonical(subject: str, relation: str, object_: str, *, symmetric: bool) -> Ends:
    """Write a symmetric statement one way only, its ends sorted."""
    first, second = sorted((subject, object_)) if symmetric else (subject, object_)
    return first, relation, second


def entity_triples(entity: Entity) -> Triples:
    """Describe an entity: labels, class, Wikidata, kind."""
    node = NamedNode(entity.iri)
    labels = dict(entity.labels)
    labels.setdefault("en", entity.label)
    found: Triples = [(node, named("rdfs:label"), text(label, lang)) for lang, label in labels.items()]
    found.append((node, A, NamedNode(GP + entity.type)))
    if entity.qid:
        found.append((node, named("skos:exactMatch"), NamedNode(terms.WIKIDATA + entity.qid)))
    if entity.kind:
        found.append((node, named("gp:kind"), NamedNode(terms.KIND + entity.kind)))
    return found


def statement_quads(ends: Ends, voices: Iterable[Voice], world: World) -> set[Quad]:
    """Work out all that follows for one statement: its cases and its plain triples."""
    cases = verdicts(voices, world.kind_is)
    if not cases:
        return set()
    triples: Triples = _ends_triples(ends)
    for case in cases:
        triples += case_triples(ends, case)
    return terms.quads_in(terms.STATEMENTS, triples) | plain_quads(ends, [case.outcome for case in cases], world)


def _ends_triples(ends: Ends) -> Triples:
    statement = NamedNode(terms.statement_iri(*ends))
    return [
        (statement, A, named("gp:Statement")),
        (statement, named("rdf:subject"), NamedNode(ends[0])),
        (statement, named("rdf:predicate"), NamedNode(GP + ends[1])),
        (statement, named("rdf:object"), NamedNode(ends[2])),
    ]


def plain_quads(ends: Ends, cases: Sequence[Outcome], world: World) -> set[Quad]:
    """Write the plain triples of a statement with these cases, none if no case is live."""
    if not is_plain(cases):
        return set()
    graph = terms.VOICE if is_own_voice(cases) else terms.CLAIMED
    return {Quad(*triple, graph) for triple in plain_triples(ends, symmetric=world.relation(ends[1]).symmetric)}


def plain_triples(ends: Ends, *, symmetric: bool) -> list[tuple[NamedNode, NamedNode, NamedNode]]:
    """Write a statement as a triple, a symmetric one both ways."""
    subject, relation, object_ = NamedNode(ends[0]), NamedNode(GP + ends[1]), NamedNode(ends[2])
    return [(subject, relation, object_), *([(object_, relation, subject)] if symmetric else [])]


def case_node(ends: Ends, kind: str | None, month: str | None) -> NamedNode:
    """Give the node of a case of a statement."""
    return NamedNode(terms.case_iri(terms.statement_iri(*ends), kind, month))


def case_triples(ends: Ends, case: Verdict) -> Triples:
    """Write a case and where each source stands in it."""
    node = case_node(ends, case.kind, case.month)
    triples = head_triples(ends, case)
    for standing in case.standings:
        triples += standing_triples(node, standing)
    return triples


def head_triples(ends: Ends, case: Verdict | Stood) -> Triples:
    """Write what a case is as a whole."""
    statement, node = NamedNode(terms.statement_iri(*ends)), case_node(ends, case.kind, case.month)
    triples: Triples = [
        (statement, named("gp:hasCase"), node),
        (node, A, named("gp:Case")),
        (node, named("gp:ofStatement"), statement),
        (node, named("gp:status"), concept("status", case.status)),
    ]
    if case.kind:
        triples.append((node, named("gp:kind"), NamedNode(terms.KIND + case.kind)))
    if case.month:
        triples.append((node, named("gp:month"), Literal(case.month, datatype=named("xsd:gYearMonth"))))
    if case.first_seen and case.last_seen:
        triples.append((node, named("gp:firstSeen"), terms.day(case.first_seen)))
        triples.append((node, named("gp:lastSeen"), terms.day(case.last_seen)))
    return triples


def source_node(case: NamedNode, source: str) -> NamedNode:
    """Give the node that tells where a source stands in a case."""
    return NamedNode(f"{case.value}/source/{digest(source)}")


def standing_triples(case: NamedNode, standing: Standing) -> Triples:
    """Write where one source stands in a case, and the short way to who supports and who denies it."""
    source, node = NamedNode(standing.source), source_node(case, standing.source)
    triples: Triples = [
        (case, named("gp:source"), node),
        (node, A, named("gp:Source")),
        (node, named("gp:voiceOf"), source),
        (node, named("gp:position"), concept("position", standing.position)),
        (node, named("gp:sourceRole"), concept("role", standing.role)),
        (node, named("gp:latestClaim"), NamedNode(standing.claim)),
    ]
    if standing.position in PRO:
        triples.append((case, named("gp:supporter"), source))
    if standing.position == "against":
        triples.append((case, named("gp:denier"), source))
    return triples


def _language(article: Article) -> str:
    """Give the language tag of an article's words; a wrong one is the giver's mistake."""
    try:
        Literal("", language=article.lang)
    except ValueError:
        raise InputError(article.id, f"{article.lang!r} is no language", "give fr or en") from None
    return article.lang
