"""Who counts as one source: persons with the state or body they speak for, articles with their outlet."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Protocol

from kg import actors, ontology, outlets
from kg.model import Entity
from kg.rollup import RollUp, introduced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date as Date  # noqa: N812 - the field of the same name would hide it

    from kg.actors import Actors, Outlet
    from kg.model import Article, Claim, Mention, Role


class RelationFlags(Protocol):
    """What the store needs to know of a relation."""

    @property
    def symmetric(self) -> bool:
        """Does it hold both ways?"""

    @property
    def punctual(self) -> bool:
        """Is it an event, so that each month is a case of its own?"""


@dataclass(frozen=True, slots=True)
class World:
    """What a store asks of the world; tests put a small one in its place."""

    relation: Callable[[str], RelationFlags]
    kind_is: Callable[[str, str], bool]
    entity: Callable[[str], Entity | None]
    bodies_of: Callable[[str, Date | None], tuple[str, ...]]
    part_of: Callable[[str], str | None]
    outlet: Callable[[str], Entity]
    about_outlet: Callable[[str], Outlet | None] = lambda _: None


@dataclass(frozen=True, slots=True)
class Spoken:
    """A source of a claim: the entity it counts as, its role, and which attribution it speaks through."""

    source: Entity
    role: Role
    attribution: int | None = None


class Sources:
    """Says for each claim of one article at which sources it counts."""

    def __init__(self, article: Article, claims: Sequence[Claim], world: World) -> None:
        """Note who the article introduces with an office, and who is mentioned."""
        self._article, self._world = article, world
        self._known = {mention.entity.iri: mention.entity for claim in claims for mention in mentions_of(claim)}
        self._introduced = introduced(claims)
        self._roll_up = RollUp(world.bodies_of, world.part_of, self._type)

    def of(self, claim: Claim) -> tuple[Spoken, ...]:
        """Give the sources of a claim: its speakers nearest to it, else agency, outlet or article."""
        if not claim.attribution:
            source = self._speaking(self._publisher())
            role = self._role(source, claim)
            return (Spoken(source, "own voice" if role == "third party" else role),)
        level = min(each.level for each in claim.attribution)
        indexes = (index for index, each in enumerate(claim.attribution) if each.level == level)
        return tuple(self._spoken(index, claim) for index in indexes)

    def _spoken(self, index: int, claim: Claim) -> Spoken:
        source = self._speaking(self.counted(claim.attribution[index].speaker.entity))
        return Spoken(source, self._role(source, claim), index)

    def _role(self, source: Entity, claim: Claim) -> Role:
        if source.iri in {claim.subject.entity.iri, self.counted(claim.subject.entity).iri}:
            return "subject"
        if source.iri in {claim.object.entity.iri, self.counted(claim.object.entity).iri}:
            return "object"
        return "third party"

    def _publisher(self) -> Entity:
        for name in (self._article.agency, self._article.outlet):
            if name and name.strip():
                return self._world.outlet(name)
        return Entity(self._article.iri, self._article.title or self._article.id, "Article")

    def owner(self) -> str:
        """Name the owner of the article's agency or outlet, for whom it does not speak."""
        outlet = self._world.about_outlet(self._publisher().iri)
        return outlet.owner if outlet and not outlet.state_run else ""

    def _speaking(self, entity: Entity) -> Entity:
        """Give the state that an outlet speaks for, as one that the state runs does, or the entity itself."""
        outlet = self._world.about_outlet(entity.iri)
        return self._entity(outlet.state) if outlet and outlet.state_run else entity

    def counted(self, entity: Entity) -> Entity:
        """Give the state or body that somebody stands for at the article's date, or the entity itself."""
        iri = self._roll_up.target(entity.iri, self._article.date, self._introduced.get(entity.iri, ()))
        return entity if iri == entity.iri else self._entity(iri)

    def _entity(self, iri: str) -> Entity:
        return self._known.get(iri) or self._world.entity(iri) or Entity(iri, iri.rsplit("/", 1)[-1], "Unresolved")

    def _type(self, iri: str) -> str | None:
        return self._entity(iri).type


def mentions_of(claim: Claim) -> Iterable[Mention]:
    """Walk over every mention in a claim."""
    yield claim.subject
    yield claim.object
    if claim.theme:
        yield claim.theme
    for each in claim.attribution:
        yield each.speaker
        if each.via:
            yield each.via


@cache
def default_world() -> World:
    """Take the world from the ontology and the tables of actors that ship with kg; these load when they are needed."""
    return lazy_world(actors.load)


def world_of(people: Actors) -> World:
    """Take the world from the ontology and from tables of actors, such as a user has amended."""
    return lazy_world(lambda: people)


def lazy_world(tables: Callable[[], Actors]) -> World:
    """Take the world from the ontology and from tables of actors that are loaded when they are needed."""
    onto = ontology.load()

    @cache
    def outlet(name: str) -> Entity:
        return outlets.of_name(name, tables())

    def about_outlet(iri: str) -> Outlet | None:
        known = tables().outlets
        return (outlets.shipped() if known is None else known).get(iri)

    return World(
        relation=onto.relation,
        kind_is=onto.kind_is,
        entity=lambda iri: tables().entities.get(iri),  # noqa: PLW0108 - only then are the tables loaded
        bodies_of=lambda iri, date: tables().bodies_of(iri, date),
        part_of=lambda iri: tables().part_of(iri),
        outlet=outlet,
        about_outlet=about_outlet,
    )
