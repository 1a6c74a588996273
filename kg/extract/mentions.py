"""Words → entities: names, offices, nationalities, pronouns and descriptions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.tree import NOMINAL, VERBAL
from kg.model import Mention

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator, Sequence

    from kg.actors import Actors, Name
    from kg.extract.clauses import Clauses
    from kg.extract.lexicon import Office
    from kg.extract.tree import Word
    from kg.model import Entity, Facet
    from kg.ontology import Ontology

ADJECTIVAL = frozenset({"adjective", "demonym", "prefix"})
STATELIKE = ("State", "Territory", "IntergovernmentalOrganisation")
PLACES = ("Place", "City", "Territory", "Facility")
GROUPS = ("Organisation", "People", "State")
REACH = 3  # sentences that a pronoun or a description may look back


@dataclass(frozen=True, slots=True)
class Unit:
    """Words that are one name: ``start`` to ``end`` (word numbers), its head, what it may name."""

    start: int
    end: int
    head: int
    entity: Entity
    form: str
    others: tuple[Entity, ...] = ()

    @property
    def is_adjective(self) -> bool:
        """Is it a nationality adjective, which names no actor by itself?"""
        return self.form in ADJECTIVAL


@dataclass(frozen=True, slots=True)
class Title:
    """Words that are an office: *ministre iranien des Affaires étrangères*."""

    start: int
    end: int
    head: int
    office: Office


class Mentions:
    """Who the words of one tree speak of."""

    def __init__(self, clauses: Clauses, actors: Actors, ontology: Ontology, date: datetime.date | None) -> None:
        self.clauses = clauses
        self.tree = clauses.tree
        self.grammar = clauses.grammar
        self.actors = actors
        self.ontology = ontology
        self.date = date
        self._open: set[int] = set()
        self.unit_at: dict[int, Unit] = {}
        self.title_at: dict[int, Title] = {}
        self.kinds: dict[int, str] = {}
        self._find_titles()
        found = [*self._gazetteer(), *self._tagged()]
        self.units = tuple(sorted(self._settle(found), key=lambda u: u.start))
        self.people = self._people()
        self.unit_at |= {i: self._with_full_name(u) for u in self.units for i in range(u.start, u.end)}
        self.units = tuple(dict.fromkeys(self.unit_at[u.start] for u in self.units))

    # ------------------------------------------------------------------ finding names
    def _gazetteer(self) -> Iterator[Unit]:
        """Names of the tables; they override the tagger's."""
        for sentence in self.tree.sentences:
            words = [self.tree.words[i] for i in sentence]
            for match in self.actors.find([w.text for w in words], [w.lemma for w in words], self.grammar.lang):
                start, end = sentence.start + match.start, sentence.start + match.end
                kinds = [n.iri for n in match.names if n.form == "kind"]
                if kinds:
                    self.kinds[self._head(start, end)] = kinds[0].rpartition("/")[2]
                names = [n for n in match.names if n.form != "kind"]
                if names and not self._is_common_word(start, end, names):
                    yield self._named(start, end, names)

    def _is_common_word(self, start: int, end: int, names: Sequence[Name]) -> bool:
        """A lone lower-case word that only looks like a name."""
        word = self.tree.words[start]
        return end - start == 1 and word.text[0].islower() and all(n.form not in ADJECTIVAL for n in names)

    def _named(self, start: int, end: int, names: Sequence[Name]) -> Unit:
        adjectival = [n for n in names if n.form in ADJECTIVAL]
        head = self._head(start, end)
        used_as_adjective = adjectival and self._modifies(head)
        chosen = (
            adjectival
            if used_as_adjective or len(adjectival) == len(names)
            else [n for n in names if n not in adjectival] or list(names)
        )
        entities = tuple(dict.fromkeys(self.actors.entity(n.iri) for n in chosen))
        form = chosen[0].form
        if form in ADJECTIVAL and not self._modifies(head) and self.tree.words[head].pos in NOMINAL:
            form = "demonym" if self.tree.words[start].text[0].isupper() else form
            form = "people" if form == "demonym" else form
        return Unit(start, end, head, entities[0], form, entities[1:])

    def _modifies(self, i: int) -> bool:
        return self.tree.words[i].role in ("amod", "compound", "nummod") or self.tree.words[i].pos == "ADJ"

    def _tagged(self) -> Iterator[Unit]:
        """Names that only the tagger sees become local entities of the class it gives."""
        classes = self.grammar["tags"]
        words = self.tree.words
        i = 0
        while i < len(words):
            end = i + 1
            if words[i].name.startswith("B-"):
                while end < len(words) and words[end].name == "I-" + words[i].name[2:]:
                    end += 1
                class_ = classes.get(words[i].name[2:])
                start, stop = self._trim(i, end)
                if class_ and start < stop and words[start].text[0].isupper():
                    entity = self.actors.local(self._text(start, stop), class_)
                    yield Unit(start, stop, self._head(start, stop), entity, "tagged")
            i = end

    def _trim(self, start: int, end: int) -> tuple[int, int]:
        """Cut articles, titles and punctuation off a tagged name."""
        words = self.tree.words
        while start < end and (words[start].pos in ("DET", "ADP", "PUNCT", "PART") or start in self.title_at):
            start += 1
        while start < end and words[end - 1].pos in ("DET", "ADP", "PUNCT", "PART", "CCONJ"):
            end -= 1
        return start, end

    def _settle(self, units: list[Unit]) -> Iterator[Unit]:
        """Overlapping names: a full person's name beats a surname in it, else the tables come first."""
        taken: dict[int, Unit] = {}
        order = sorted(units, key=lambda u: (not self._beats(u, units), u.start, -u.end))
        for unit in order:
            span = range(unit.start, unit.end)
            if not any(i in taken or (i in self.title_at and unit.form == "tagged") for i in span):
                taken |= dict.fromkeys(span, unit)
                yield unit

    @staticmethod
    def _beats(unit: Unit, units: list[Unit]) -> bool:
        if unit.form != "tagged":
            return unit.form != "surname"
        inner = [u for u in units if u is not unit and unit.start <= u.start and u.end <= unit.end]
        return (
            unit.entity.type == "Person"
            and unit.end - unit.start > 1
            and bool(inner)
            and all(u.form == "surname" for u in inner)
        )

    def _people(self) -> dict[str, Entity]:
        """Surname → the person with that full name in this article, if there is but one."""
        found: dict[str, set[Entity]] = defaultdict(set)
        for u in self.units:
            if u.entity.type == "Person" and u.end - u.start > 1 and u.form != "surname":
                for k in range(u.start + 1, u.end):
                    found[self.tree.words[k].low].add(u.entity)
        return {name: next(iter(e)) for name, e in found.items() if len(e) == 1}

    def _with_full_name(self, unit: Unit) -> Unit:
        if unit.end - unit.start > 1 or unit.form not in ("surname", "tagged"):
            return unit
        person = self.people.get(self.tree.words[unit.start].low)
        if person and (unit.form == "surname" or unit.entity.type in ("Person", "Place", "Organisation")):
            return Unit(unit.start, unit.end, unit.head, person, "surname")
        if unit.others:
            held = [e for e in (unit.entity, *unit.others) if self.actors.bodies_of(e.iri, self.date)]
            if len(held) == 1:
                return Unit(unit.start, unit.end, unit.head, held[0], "surname")
        return unit

    def _find_titles(self) -> None:
        offices = self.clauses.lexicon.offices
        longest = max(map(len, offices), default=0)
        words = self.tree.words
        i = 0
        while i < len(words):
            best = self._title(i, offices, longest)
            if best:
                self.title_at |= dict.fromkeys(range(best.start, best.end), best)
            i = best.end if best else i + 1

    def _title(self, start: int, offices: object, longest: int) -> Title | None:
        """The longest office at a word; a nationality may stand inside it."""
        words = self.tree.words
        found: Title | None = None
        keys: list[str] = []
        skipped = False
        for i in range(start, min(start + longest + 1, len(words))):
            if words[i].pos == "ADJ" and keys and not skipped and not self._continues(keys, words[i]):
                skipped = True
                continue
            keys.append(words[i].low if words[i].pos in ("ADP", "DET") else words[i].low)
            office = self.clauses.lexicon.offices.get(tuple(keys)) or self.clauses.lexicon.offices.get(
                (*keys[:-1], words[i].lemma)
            )
            if office:
                found = Title(start, i + 1, self._head(start, i + 1), office)
        return found

    def _continues(self, keys: list[str], word: Word) -> bool:
        prefix = (*keys, word.low)
        return any(k[: len(prefix)] == prefix for k in self.clauses.lexicon.offices)

    def _head(self, start: int, end: int) -> int:
        """The word of a span whose head lies outside."""
        for i in range(start, end):
            head = self.tree.words[i].head
            if head == i or not start <= head < end:
                return i
        return start

    def _text(self, start: int, end: int) -> str:
        return self.tree.text[self.tree.words[start].start : self.tree.words[end - 1].end]

    # ------------------------------------------------------------------ resolving
    def resolve(self, i: int, *, place: bool = False) -> list[Mention]:
        """Who the phrase headed by a word stands for; several for *ils*, none if nobody is known.

        With ``place``, a seat of government counts as the city that it is.
        """
        if i in self._open:
            return []
        self._open.add(i)
        try:
            return self._resolve(i, place=place)
        finally:
            self._open.discard(i)

    def _resolve(self, i: int, *, place: bool) -> list[Mention]:
        word = self.tree.words[i]
        unit = self.unit_at.get(i)
        if unit and not (unit.is_adjective and word.pos == "ADJ"):
            return [self._of_unit(unit, place=place)]
        if word.pos == "PRON" or word.role == "poss":
            return self.pronoun(i)
        if i in self.title_at:
            return self.office_holder(self.title_at[i]) if self.title_at[i].head == i else []
        if word.pos not in NOMINAL and word.pos != "ADJ":
            return []
        return (
            self._state_noun(i)
            or self._named_beside(i, place=place)
            or self._exemplified(i)
            or self._described(i)
            or self._anonymous(i)
        )

    def _of_unit(self, unit: Unit, *, place: bool) -> Mention:
        entity = unit.entity
        if not place or entity.type not in PLACES:
            entity = self._actor_at(entity)
        how = "seat" if entity is not unit.entity else unit.form
        return self._mention(entity, unit.start, unit.end, self._facet(unit, entity), how)

    def _actor_at(self, entity: Entity) -> Entity:
        """A capital that acts is its state."""
        seat = self.actors.seat_of(entity.iri)
        return self.actors.entity(seat) if seat else entity

    def _facet(self, unit: Unit, entity: Entity) -> Facet | None:
        if entity.type not in STATELIKE:
            return None
        if entity is not unit.entity or unit.form == "metonym":
            return "government"
        if unit.form == "people":
            return "people"
        in_it = self.tree.words[unit.head].prep in self.grammar.prepositions["locative"]
        return "territory" if in_it and unit.form == "name" and self.tree.words[unit.head].role == "obl" else None

    def _mention(self, entity: Entity, start: int, end: int, facet: Facet | None, how: str) -> Mention:
        a, b = self.tree.words[start].start, self.tree.words[end - 1].end
        return Mention(entity, self.tree.text[a:b], a, b, facet, how)

    def _state_noun(self, i: int) -> list[Mention]:
        """*les autorités russes*, *the Turkish government*, *l'armée de Kiev*: the state."""
        word = self.tree.words[i]
        nouns = self.grammar.state_nouns
        facet = nouns.get(word.lemma) or nouns.get(word.low)
        if not facet:
            return []
        found = [m for m in self.owners(i) if m.entity.type in STATELIKE]
        return [self._phrase(i, m.entity, facet, "state noun") for m in found]

    def _phrase(self, i: int, entity: Entity, facet: str | None, how: str) -> Mention:
        start, end = self.phrase_span(i)
        return Mention(entity, self.tree.text[start:end], start, end, facet, how)  # type: ignore[arg-type] # facets come from the grammar

    def phrase_span(self, i: int) -> tuple[int, int]:
        """Characters of a noun with its articles and close modifiers, without relative clauses."""
        inside = {i}
        todo = [i]
        while todo:
            for k in self.tree.kids(todo.pop()):
                if (
                    k.role in ("det", "amod", "compound", "flat", "nummod", "poss")
                    or (k.role == "case" and k.head != i)
                    or (k.role == "obl" and k.i > i and k.prep == self.grammar["prepositions"]["possessive"])
                ):
                    inside.add(k.i)
                    todo.append(k.i)
        first = min(inside)
        last = max(inside)
        if any(
            self.tree.words[k].pos in VERBAL or self.tree.words[k].text in ',;:«»“”"' for k in range(first, last + 1)
        ):
            last = i
            first = min((k for k in inside if k <= i), default=i)
        return self.tree.words[first].start, self.tree.words[last].end

    def _bare_span(self, i: int) -> tuple[int, int]:
        """Characters of a noun without its article."""
        start, end = self.phrase_span(i)
        for k in self.tree.kids(i, "det", "case"):
            if k.start == start and k.i < i:
                start = self.tree.words[k.i + 1].start
        return start, end

    def clause_span(self, i: int) -> tuple[int, int]:
        """Characters of a clause from its verb to its end: *libérer les otages*."""
        inside = [k for k in self.tree.subtree(i) if k >= i]
        while len(inside) > 1 and self.tree.words[inside[-1]].pos in ("PUNCT", "CCONJ"):
            inside.pop()
        return self.tree.words[i].start, self.tree.words[inside[-1]].end

    def owners(self, i: int) -> list[Mention]:
        """Whose the noun is: nationality adjectives, possessors, *of* and *de*."""
        possessive = self.grammar["prepositions"]["possessive"]
        found = [*self.adjectives(i), *self.possessors(i)]
        if not found:
            for k in self.tree.kids(i, "obl"):
                if k.prep == possessive:
                    found += [m for j in self.tree.conjuncts(k.i) for m in self.resolve(j)]
        return found

    def adjectives(self, i: int) -> list[Mention]:
        """The nationalities that modify a noun: *russo-iranien*, *US*, *Turkish and Greek*."""
        found: list[Mention] = []
        for k in self.tree.kids(i, "amod", "compound", "nummod", "appos", "flat"):
            for j in self.tree.conjuncts(k.i):
                unit = self.unit_at.get(j)
                usable = unit and (unit.is_adjective or k.role == "compound") and not (unit.start <= i < unit.end)
                if unit and usable and not any(m.start == self.tree.words[unit.start].start for m in found):
                    found += self._adjective(unit)
        return found

    def _adjective(self, unit: Unit) -> list[Mention]:
        entities = [unit.entity] if unit.form != "prefix" else [unit.entity, *unit.others]
        return [self._mention(self._actor_at(e), unit.start, unit.end, None, "adjective") for e in entities]

    def possessors(self, i: int) -> list[Mention]:
        """*Tehran's*, *its*, *son*: resolved to who they are."""
        found: list[Mention] = []
        own = self.grammar.words["possessives.singular"] | self.grammar.words["possessives.plural"]
        for k in self.tree.kids(i, "poss", "det"):
            if k.low in own:
                found += self.possessive(k.i)
            elif k.role == "poss":
                found += [m for j in self.tree.conjuncts(k.i) for m in self.resolve(j)]
        return found

    def _named_beside(self, i: int, *, place: bool) -> list[Mention]:
        """*le groupe Wagner*, *the oil company Rosneft*, *le président Zelensky*: the name's entity."""
        for k in self.tree.kids(i, "appos", "flat", "compound", "obl"):
            unit = self.unit_at.get(k.i)
            if unit and not unit.is_adjective and not k.prep and k.i > i:
                return [self._of_unit(unit, place=place)]
        after = self.unit_at.get(i + 1)
        if after and not after.is_adjective and after.start == i + 1 and not self.tree.words[after.head].prep:
            return [self._of_unit(after, place=place)]
        return []

    def _exemplified(self, i: int) -> list[Mention]:
        """*des entités comme Iran Air*, *countries such as Mali*: those named."""
        examples = self.grammar.prepositions["exemplify"]
        found = [k.i for k in self.tree.kids(i, "obl") if k.prep in examples]
        return [m for k in found for j in self.tree.conjuncts(k) for m in self.resolve(j)]

    def office_holder(self, title: Title) -> list[Mention]:
        """The person that an office stands for: named beside it, else by body and date."""
        person = self.person_of(title)
        if person:
            return [self._of_unit(person, place=False)]
        for body in self.bodies(title):
            holder = title.office.office and self.actors.office_holder(title.office.office, body.entity.iri, self.date)
            if holder:
                return [self._mention(holder, title.start, title.end, None, "office")]
        again = self._described(title.head)
        if again:
            return again
        start, end = self.phrase_span(title.head)
        words = self.tree.text[start:end]
        return [Mention(self.actors.local(words, "Person"), words, start, end, None, "local")]

    def person_of(self, title: Title) -> Unit | None:
        """The person named beside an office: *minister X*, *X, minister*, *X is minister*."""
        return self._person_after(title) or self._person_before(title) or self._person_under_copula(title)

    def _person_after(self, title: Title) -> Unit | None:
        i = title.end
        words = self.tree.words
        possessive = self.grammar["prepositions"]["possessive"]
        crossed_comma = False
        while i < len(words) and i - title.end < 9:
            unit = self.unit_at.get(i)
            if unit and unit.entity.type == "Person" and unit.start == i:
                return unit
            if unit:
                i = unit.end
                continue
            w = words[i]
            if w.text == "," and not crossed_comma:
                crossed_comma = True
            elif not (
                w.pos in ("ADJ", "DET", "ADP", "PART") or w.role in ("case", "det", "amod") or w.prep == possessive
            ) or (crossed_comma and w.pos not in ("ADJ",)):
                return None
            i += 1
        return None

    def _person_before(self, title: Title) -> Unit | None:
        i = title.start - 1
        words = self.tree.words
        while i >= 0 and title.start - i < 8:
            unit = self.unit_at.get(i)
            if words[i].text == "," or words[i].text in "(–—-":
                before = self.unit_at.get(i - 1) if i else None
                return before if before and before.entity.type == "Person" else None
            if not (
                unit
                or words[i].pos in ("DET", "ADJ", "ADV", "PRON", "PART")
                or words[i].role in ("det", "case", "poss", "compound")
            ):
                return None
            i -= 1
        return None

    def _person_under_copula(self, title: Title) -> Unit | None:
        if not self.tree.kids(title.head, "cop"):
            return None
        for k in self.clauses.surface(title.head):
            unit = self.unit_at.get(k)
            if unit and unit.entity.type == "Person":
                return unit
        return None

    def bodies(self, title: Title) -> list[Mention]:
        """The state or body that an office belongs to, by the words around it."""
        found: list[Mention] = []
        for i in range(title.start, title.end):
            for m in self.adjectives(i):
                if m not in found:
                    found.append(m)
        found = found or self._compound_before(title) or self._body_after(title)
        return found or [m for i in range(title.start, title.end) for m in self.possessors(i)]

    def _compound_before(self, title: Title) -> list[Mention]:
        unit = self.unit_at.get(title.start - 1) if title.start else None
        if unit and unit.end == title.start and unit.entity.type != "Person" and not self.tree.kids(unit.head, "case"):
            inside_phrase = unit.is_adjective or self.tree.words[unit.head].role in ("compound", "amod", "poss")
            return (
                [self._mention(self._actor_at(unit.entity), unit.start, unit.end, None, "adjective")]
                if inside_phrase
                else []
            )
        return []

    def _body_after(self, title: Title) -> list[Mention]:
        possessive = self.grammar["prepositions"]["possessive"]
        contracted = self.grammar["prepositions"]["contractions"]
        words = self.tree.words
        i = title.end
        while i < len(words) and words[i].pos == "ADJ" and i - title.end < 3:
            unit = self.unit_at.get(i)
            if unit and unit.is_adjective:
                return self._adjective(unit)
            i += 1
        if i < len(words) and contracted.get(words[i].low, words[i].low) == possessive:
            i += 1
            while i < len(words) and words[i].pos == "DET":
                i += 1
            if i < len(words):
                unit = self.unit_at.get(i)
                if unit and not unit.is_adjective and unit.entity.type != "Person":
                    return [
                        self._of_unit(self.unit_at[j], place=False)
                        for j in self.tree.conjuncts(unit.head)
                        if j in self.unit_at
                    ]
                return self._state_noun(i)
        return []

    def theme(self, i: int) -> Mention:
        """What passes between two actors: a known good, goods by kind, or the words themselves."""
        unit = self.unit_at.get(i)
        if unit and not unit.is_adjective:
            return self._mention(unit.entity, unit.start, unit.end, None, "theme")
        start, end = self.clause_span(i) if self.tree.words[i].pos in VERBAL else self._bare_span(i)
        words = self.tree.text[start:end]
        kind = self.kinds.get(i)
        class_ = self.ontology.kinds[kind].type if kind else "Unresolved"
        return Mention(self.actors.local(words, class_, kind), words, start, end, None, "theme")

    def parts(self, i: int, *, place: bool) -> list[Mention]:
        """*five Indian jets*, *le siège de Hamas*: what belongs to somebody stands for them as an object."""
        return self.owners(i) if self.tree.words[i].pos == "NOUN" else []

    def unresolved(self, i: int) -> list[Mention]:
        """Somebody whom only their own words name."""
        if self.tree.words[i].pos not in NOMINAL or self.tree.words[i].pos == "PRON":
            return []
        start, end = self.phrase_span(i)
        words = self.tree.text[start:end]
        return [Mention(self.actors.local(words), words, start, end, None, "local")]

    # ------------------------------------------------------------------ coreference
    def pronoun(self, i: int) -> list[Mention]:
        """Who a pronoun stands for: the nearest subject before it that agrees with it."""
        word = self.tree.words[i]
        if word.low in self.grammar.words["possessives.singular"] | self.grammar.words["possessives.plural"]:
            return self.possessive(i)
        kinds = [
            k
            for k, forms in self.grammar.words.items()
            if k.startswith("pronouns.third") and word.low.lstrip("-") in forms
        ]
        if not kinds:
            return []
        for group in self._candidates(i):
            found = self._agreeing(group, kinds[0])
            if found:
                return [self._again(m, word, "pronoun") for m in found]
        return []

    def possessive(self, i: int) -> list[Mention]:
        """Whose *son* or *its* is: of the phrase around it, else of the subject."""
        word = self.tree.words[i]
        plural = word.low in self.grammar.words["possessives.plural"]
        for group in self._holders(i):
            found = [m for k in group for m in self.resolve(k) if m.entity.type != "Good"]
            fits = len({m.entity.iri for m in found}) > 1 or not plural or self._is_group(found)
            if found and fits:
                return [self._again(m, word, "pronoun") for m in found]
        return []

    def _is_group(self, mentions: list[Mention]) -> bool:
        return any(
            m.entity.type in GROUPS or m.facet in ("forces", "people", "government") or m.entity.type != "Person"
            for m in mentions
        )

    def _holders(self, i: int) -> Iterator[list[int]]:
        """Phrases that a possessive may belong to, the likeliest first."""
        noun = self.tree.words[i].head
        for above in self.tree.ancestors(noun):
            if above.pos in NOMINAL and above.i < i and not self.tree.kids(above.i, "cop"):
                yield [above.i]
        yield from self._candidates(i, of=noun)

    def _candidates(self, i: int, of: int | None = None) -> Iterator[list[int]]:
        """Groups of words that something may refer back to: subjects of the clauses around, then of earlier sentences."""
        self_ = {i, of}
        for above in (self.tree.words[i], *self.tree.ancestors(i)):
            if above.pos in VERBAL or self.tree.kids(above.i, "cop"):
                group = [k for k in self.clauses.surface(above.i) if k < i and k not in self_]
                if group and not self._is_own_argument(i, above.i, of):
                    yield group
        here = self.tree.sentence_of[i]
        inside = [u.head for u in self.units if not u.is_adjective and self.tree.sentences[here].start <= u.start < i]
        yield from ([k] for k in inside)
        for n in range(here - 1, max(-1, here - 1 - REACH), -1):
            yield from self._salient(n)

    def _is_own_argument(self, i: int, verb: int, of: int | None) -> bool:
        """A plain pronoun is not the subject of its own verb (*l'Iran le condamne*)."""
        return of is None and self.tree.words[i].head == verb and self.tree.words[i].role != "subj"

    def _salient(self, sentence: int) -> Iterator[list[int]]:
        words = self.tree.sentences[sentence]
        roots = [i for i in words if self.tree.words[i].role in ("root", "comp", "parataxis")]
        for root in roots:
            group = [k for k in self.clauses.surface(root) if k in words]
            if group:
                yield group
        yield from ([u.head] for u in self.units if u.start in words and not u.is_adjective)

    def _agreeing(self, group: list[int], kind: str) -> list[Mention]:
        found = [m for k in group for m in self.resolve(k)]
        if kind.endswith("plural"):
            return found if len({m.entity.iri for m in found}) > 1 or (found and self._is_plural(group, found)) else []
        if len({m.entity.iri for m in found}) != 1:
            return []
        person = found[0].entity.type == "Person"
        gender = self._gender(group[0], found[0])
        wanted = {"m": "m", "f": "f", "n": None}[kind[-1]]
        if self.grammar.words.get("pronouns.third_singular_n"):
            return found if person == (wanted is not None) and gender in (None, wanted) else []
        return found if gender in (None, wanted) else []

    def _is_plural(self, group: list[int], mentions: list[Mention]) -> bool:
        word = self.tree.words[group[0]]
        return word.morph.get("Number") == "Plur" or mentions[0].entity.type in ("Organisation", "ArmedGroup", "People")

    def _gender(self, i: int, mention: Mention) -> str | None:
        """Grammatical gender where the language marks it, else that of a known person."""
        known = self.actors.gender(mention.entity.iri) if mention.entity.type == "Person" else None
        marked = {"Masc": "m", "Fem": "f"}.get(self.tree.words[i].morph.get("Gender", ""))
        return known or (marked if mention.entity.type != "Person" or mention.entity.known is False else None)

    @staticmethod
    def _again(mention: Mention, word: Word, how: str) -> Mention:
        return Mention(mention.entity, word.text, word.start, word.end, mention.facet, how)

    def _described(self, i: int) -> list[Mention]:
        """*ce pays*, *le groupe*, *the kingdom*: the latest one named before whose class fits."""
        word = self.tree.words[i]
        classes = self.grammar.descriptions.get(word.lemma) or self.grammar.descriptions.get(word.low)
        pointing = self.grammar.words["definite"] | self.grammar.words["demonstratives"]
        if not classes or not any(k.low in pointing for k in self.tree.kids(i, "det")):
            return []
        if any(k.role in ("obl", "relcl", "poss") for k in self.tree.kids(i)):
            return []
        nationality = {m.entity.iri for m in self.adjectives(i)}
        first = self.tree.sentences[max(0, self.tree.sentence_of[i] - REACH)].start
        for unit in reversed([u for u in self.units if first <= u.start < i and not u.is_adjective]):
            fits = any(self.ontology.is_a(unit.entity.type, c) for c in classes)
            owned = not nationality or nationality & {*self.actors.bodies_of(unit.entity.iri, self.date)}
            if fits and owned:
                start, end = self.phrase_span(i)
                return [Mention(unit.entity, self.tree.text[start:end], start, end, None, "description")]
        return []

    def _anonymous(self, i: int) -> list[Mention]:
        """Somebody without a name (*des manifestants*, *Western officials*): an entity of its own."""
        word = self.tree.words[i]
        class_ = self.grammar.anonymous.get(word.lemma) or self.grammar.anonymous.get(word.low)
        if not class_:
            return []
        start, end = self.phrase_span(i)
        words = self.tree.text[start:end]
        return [Mention(self.actors.local(words, class_), words, start, end, None, "local")]


def distinct(mentions: Iterable[Mention]) -> list[Mention]:
    """Mentions without those of an entity that came before.

    >>> distinct([])
    []
    """
    return list({m.entity.iri: m for m in reversed(list(mentions))}.values())[::-1]
