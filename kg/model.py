"""The values that flow through kg: articles, entities, mentions, claims.

All of them are frozen; functions take values and give values. What each field of a claim
means is laid down in docs/claims.md.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date as Date  # noqa: N812 - the field of the same name would hide it

BASE = "https://w3id.org/geopolitics-kg/"
GP = BASE + "ontology#"
ENT = BASE + "entity/"

Stance: TypeAlias = Literal["asserts", "denies", "doubts"]
Polarity: TypeAlias = Literal["positive", "negative"]
Modality: TypeAlias = Literal["actual", "alleged", "planned", "demanded", "possible", "hypothetical"]
Phase: TypeAlias = Literal["begins", "holds", "ends"]
Facet: TypeAlias = Literal["government", "forces", "people", "territory"]
Part: TypeAlias = Literal["text", "title"]
DateSource: TypeAlias = Literal["header", "page", "feed", "url", "text"]
QuotationKind: TypeAlias = Literal["direct", "indirect", "according-to"]

_PLAIN_ID = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*")


def digest(*parts: object) -> str:
    """Hash parts into 16 hexadecimal digits, the same on every machine.

    >>> digest("a", 1) == digest("a", "1") != digest("a1")
    True
    """
    return hashlib.sha256("\x1f".join(map(str, parts)).encode(errors="surrogatepass")).hexdigest()[:16]


def article_iri(article_id: str) -> str:
    """Give an article's IRI; an id that is not plain (slashes, dots, spaces) is hashed.

    >>> article_iri("fr-001")
    'https://w3id.org/geopolitics-kg/article/fr-001'
    >>> ".." in article_iri("../../etc")
    False
    """
    plain = _PLAIN_ID.fullmatch(article_id) and len(article_id) <= 100  # noqa: PLR2004 - readable IRIs
    return f"{BASE}article/{article_id if plain else 'h-' + digest(article_id)}"


@dataclass(frozen=True, slots=True)
class Span:
    """Words at a place: ``text`` stands at ``start`` to ``end`` (code points, end excluded)."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """One text as it was read. ``lang`` is ``fr`` or ``en``; what is not known is None.

    ``agency`` is the news agency that the text credits, ``date_from`` tells where its date was found.
    """

    id: str
    text: str
    lang: str
    title: str | None = None
    date: Date | None = None
    url: str | None = None
    outlet: str | None = None
    author: str | None = None
    agency: str | None = None
    date_from: DateSource | None = None

    @property
    def iri(self) -> str:
        """The article's address in the graph."""
        return article_iri(self.id)


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of an article: in its ``text`` or its ``title``, at these offsets."""

    article: str
    part: Part
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something, however it is named.

    ``label`` is English where there is one. ``type`` is a class of the ontology; ``Unresolved``
    where nothing better is known. ``known`` is False for local entities made from a text's own words.
    ``kind`` is the kind of a good (``missile``, ``gas``), for goods only.
    """

    iri: str
    label: str
    type: str
    qid: str | None = None
    labels: tuple[tuple[str, str], ...] = ()
    known: bool = True
    kind: str | None = None

    def label_in(self, lang: str) -> str:
        """Give the label in a language, else the general one.

        >>> Entity(ENT + "iran", "Iran", "State", labels=(("fr", "Iran"),)).label_in("fr")
        'Iran'
        """
        return dict(self.labels).get(lang, self.label)


@dataclass(frozen=True, slots=True)
class Mention:
    """An entity at a place in the text. ``facet`` tells which side of a state is meant.

    ``how`` names the step that resolved it: name, adjective, seat, office, pronoun, description, local …
    """

    entity: Entity
    text: str
    start: int
    end: int
    facet: Facet | None = None
    how: str = "name"


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who puts a proposition forward, and what they make of it. Level 0 is nearest to it."""

    speaker: Mention
    stance: Stance
    level: int = 0
    cue: Span | None = None
    via: Mention | None = None


@dataclass(frozen=True, slots=True)
class EventTime:
    """When an event happened, as precise as the text and no more (ISO 8601), and the words."""

    value: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Claim:
    """One proposition at one place of one article; see docs/claims.md for every field."""

    article: str
    lang: str
    passage: Passage
    subject: Mention
    relation: str
    object: Mention
    cue: Span
    rule: str
    theme: Mention | None = None
    polarity: Polarity = "positive"
    modality: Modality = "actual"
    phase: Phase = "holds"
    attribution: tuple[Attribution, ...] = ()
    time: EventTime | None = None
    about: tuple[str, ...] = ()

    @property
    def iri(self) -> str:
        """Hash what the text shows, and no entity: merging two entities keeps the id."""
        places = (self.passage, self.subject, self.object, self.cue)
        spans = [f"{p.start}-{p.end}" for p in places]
        chain = [f"{a.speaker.start}-{a.speaker.end}{a.stance}{a.level}" for a in self.attribution]
        theme = f"{self.theme.start}-{self.theme.end}" if self.theme else ""
        key = digest(
            self.article, self.passage.part, *spans, theme, self.relation, self.polarity, self.modality, *chain
        )
        return f"{BASE}claim/{key}"

    @property
    def is_net_positive(self) -> bool:
        """Does the text, its speakers and all, put the proposition forward?

        A negation and each level of denial turn it round; joint deniers count once.
        """
        denials = len({a.level for a in self.attribution if a.stance == "denies"})
        return (self.polarity == "positive") ^ (denials % 2 == 1)


def addressed(claims: Sequence[Claim]) -> Iterator[tuple[str, Claim]]:
    """Give each claim its address.

    A claim's IRI hashes places and no entities, so "the two countries condemned it" makes two claims
    of one IRI: the second is told apart by a number.
    """
    seen: dict[str, int] = {}
    different = {(claim.iri, claim.subject.entity.iri, claim.object.entity.iri, repr(claim)): claim for claim in claims}
    for key in sorted(different):
        claim = different[key]
        seen[claim.iri] = count = seen.get(claim.iri, 0) + 1
        yield (claim.iri if count == 1 else f"{claim.iri}-{count}"), claim


@dataclass(frozen=True, slots=True)
class Rejected:
    """What a rule saw and would not say, and why: the work list of the lexicon."""

    passage: Passage
    rule: str
    reason: str
    cue: Span


@dataclass(frozen=True, slots=True)
class Quotation:
    """A place where somebody is quoted or reported, whether or not a claim follows from it."""

    article: str
    lang: str
    passage: Passage
    kind: QuotationKind
    stance: Stance
    content: tuple[Span, ...]
    speaker: Mention | None = None
    cue: Span | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase with its head word."""

    text: str
    start: int
    end: int
    head: str
    head_start: int


@dataclass(frozen=True, slots=True)
class Triple:
    """An open triple: a verb and two of its arguments, the active way round."""

    article: str
    lang: str
    passage: Passage
    subject: Phrase
    predicate: Span
    lemma: str
    object: Phrase
    object_role: str
    passive: bool = False
    negated: bool = False
    modality: Modality = "actual"
    speaker: Span | None = None


Layer: TypeAlias = Literal["claims", "attributions", "triples"]
LAYERS: tuple[Layer, ...] = ("claims", "attributions", "triples")  # what can be read off an article


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was read off one article: of the layers that nobody asked for, nothing."""

    article: Article
    claims: tuple[Claim, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    triples: tuple[Triple, ...] = ()


Position: TypeAlias = Literal["for", "alleged", "against", "negated", "open", "rejected"]
Status: TypeAlias = Literal[
    "Contested", "Corroborated", "Reported", "Alleged", "Denied", "Negated", "Prospective", "Rejected"
]
Role: TypeAlias = Literal["subject", "object", "third party", "own voice"]


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the analyst has decided on a claim; see docs/verdicts.md.

    ``amendments`` are fields with their new values; an actor's is an address.
    """

    rejected: bool = False
    confirmed: bool = False
    amendments: tuple[tuple[str, str], ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A claim as a store gives it back: with its article (without text) and its position in the case.

    ``sources`` are the addresses of those whom it counts for, ``address`` is the claim's own in the store. ``ruling``
    is what the analyst has decided on it; the ``claim`` is then the amended one, and ``original`` what was read.
    """

    claim: Claim
    article: Article
    position: Position
    address: str | None = None
    ruling: Ruling | None = None
    original: Claim | None = None
    sources: tuple[str, ...] = ()

    @property
    def iri(self) -> str:
        """The claim's address: that in the store, which no amendment changes."""
        return self.address or self.claim.iri


@dataclass(frozen=True, slots=True)
class Source:
    """One independent voice in a case: its latest position, and in what role it speaks.

    ``speakers`` are the labels of those who spoke for it (Antony Blinken for the United States, TASS for Russia).
    ``owner`` is that of an outlet; outlets of one owner do not corroborate one another.
    """

    iri: str
    label: str
    role: Role
    position: Position
    speakers: tuple[str, ...] = ()
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """What can be true or denied as one: a statement, a kind of theme and, where punctual, a month."""

    iri: str
    status: Status
    kind: str | None = None
    month: str | None = None
    sources: tuple[Source, ...] = ()
    first_seen: Date | None = None
    last_seen: Date | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A distinct subject, relation and object, with all its cases."""

    iri: str
    subject: Entity
    relation: str
    object: Entity
    cases: tuple[Case, ...] = ()
