"""Where names and offices stand in a text: those of the tables, and those that only the tagger sees."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING

from kg.actors import pieces, plain
from kg.extract.senses import Senses
from kg.extract.tree import NOMINAL

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from kg.actors import Actors, Name
    from kg.extract.grammar import Grammar
    from kg.extract.lexicon import Lexicon, Office
    from kg.extract.tree import Tree, Word
    from kg.model import Entity

ADJECTIVAL = frozenset({"adjective", "demonym", "prefix"})
GROUPS = (
    "ArmedForce",
    "ArmedGroup",
    "Company",
    "Institution",
    "IntergovernmentalOrganisation",
    "Media",
    "Organisation",
    "Party",
)
EXPLAINED = (
    "ArmedGroup",
    "Institution",
    "Organisation",
    "Party",
)  # what the acronym behind a name tells from others of it
FAMILY_FIRST = re.compile(r"^\w+ \w+-[^\W\dA-Z]")  # *Ban Ki-moon*, *Kim Jong-un*
OF_A_STATE = ("Institution", "Party")  # classes whose names many states have
HYPHENS = frozenset("-‐‑–")
FAR_ABOVE = 3  # times as often as another of the name must somebody be named in full to be meant by it
FITTING = {  # class that a tagger gives → classes of the tables that it may mean
    "Person": ("Person",),
    "Organisation": GROUPS,
    "Place": ("City", "Facility", "Place", "State", "Territory"),
    "Facility": ("City", "Facility", "Place", "Territory"),
}


@dataclass(frozen=True, slots=True)
class Unit:
    """Words that are one name: ``start`` to ``end`` (word numbers), its head, what it may name."""

    start: int
    end: int
    head: int
    entity: Entity
    form: str
    others: tuple[Entity, ...] = ()
    how: str = ""

    @property
    def step(self) -> str:
        """By which step it was resolved; the form of the name, if it simply stands there."""
        return self.how or self.form

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


class Names:
    """The names, offices and goods of one tree, by the words they stand at."""

    def __init__(
        self,
        tree: Tree,
        grammar: Grammar,
        lexicon: Lexicon,
        actors: Actors,
        date: dt.date | None,
    ) -> None:
        self.tree = tree
        self.grammar = grammar
        self.offices, self.openings = lexicon.offices, lexicon.openings
        self.actors = actors
        self.date = date
        self.unit_at: dict[int, Unit] = {}
        self.title_at: dict[int, Title] = {}
        self.kinds: dict[int, str] = {}
        self.senses = Senses(tree, actors, grammar.lang, date)
        self._find_titles()
        found = list(self._gazetteer())
        found += self._tagged(found)
        units = tuple(sorted(self._settle(found), key=lambda u: u.start))
        units = tuple(self._bearers(list(self._at_home(self._abbreviated(units)))))
        self.people = self._people(units)
        units = tuple(sorted([*units, *self._overlooked(units)], key=lambda u: u.start))
        self.in_full = {
            u.entity.iri for u in units if u.entity.type == "Person" and u.form not in ("surname", "tagged")
        }
        self.bodies = self._bodies(units)
        self.senses.learn(u.entity for u in units if not u.others)
        self.units = tuple(self._with_full_name(self._disambiguated(u)) for u in units)
        self.unit_at |= {i: u for u in self.units for i in range(u.start, u.end)}

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
                    yield self._named(start, end, names, match.how)

    def _is_common_word(self, start: int, end: int, names: Sequence[Name]) -> bool:
        """A lone word that only looks like a name: in small letters, or a noun that begins a sentence."""
        word = self.tree.words[start]
        if any(n.form in ADJECTIVAL for n in names):
            return False
        if end - start > 1:
            return self._is_creed(end - 1, names)
        first = start == self.tree.sentences[self.tree.sentence_of[start]].start
        return word.text[0].islower() or (first and self._is_noun(word, names))

    def _is_creed(self, i: int, names: Sequence[Name]) -> bool:
        """*The Hindu nationalist party*: a people or a faith before a noun is no newspaper."""
        types = {self.actors.entity(n.iri).type for n in names}
        return types == {"Media"} and self._tag(i) == "People" and self._modifies(i)

    def _is_noun(self, word: Word, names: Sequence[Name]) -> bool:
        """*Total des pertes*, *Us and them*, *Fed up*: the tagger sees no name in a word that may be one."""
        if self._is_no_noun(word):
            return True
        types = {self.actors.entity(n.iri).type for n in names}
        noun = word.pos in ("NOUN", "VERB", "ADV") and not word.name and not word.text.isupper()
        return noun and types <= {"Company", "Media", "Party", "Person", "Weapon"}

    def _is_no_noun(self, word: Word) -> bool:
        """A pronoun, or a verb with its particle."""
        listed = word.pos == "PRON" and any(
            word.low in forms for use, forms in self.grammar.words.items() if use.startswith("pronouns.")
        )
        return not word.text.isupper() and (listed or any(self.tree.kids(word.i, "particle")))

    def _named(self, start: int, end: int, names: Sequence[Name], how: str) -> Unit:
        adjectival = [n for n in names if n.form in ADJECTIVAL]
        head = self._head(start, end)
        used_as_adjective = adjectival and self._modifies(head)
        chosen = (
            adjectival
            if used_as_adjective or len(adjectival) == len(names)
            else [n for n in names if n not in adjectival] or list(names)
        )
        entities = tuple(dict.fromkeys(self.actors.entity(n.iri) for n in chosen))
        form: str = chosen[0].form
        if form in ADJECTIVAL and not self._modifies(head) and self.tree.words[head].pos in NOMINAL:
            form = "demonym" if self.tree.words[start].text[0].isupper() else form
            form = "people" if form == "demonym" else form
        return Unit(start, end, head, entities[0], form, entities[1:], how if how != chosen[0].form else "")

    def _modifies(self, i: int) -> bool:
        return self.tree.words[i].role in ("amod", "compound", "nummod") or self.tree.words[i].pos == "ADJ"

    def _tagged(self, known: Sequence[Unit]) -> Iterator[Unit]:
        """Names that no table has as they stand: written otherwise, or local entities of the class that shows."""
        surnames = {u.end: u for u in known if u.form == "surname"}
        covered = {i for u in known for i in range(u.start, u.end)}
        spans = list(self._spans())
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for start, end, class_ in spans:
            votes[self._text(start, end).casefold()][self._shown_class(start) or class_] += 1
        for start, end, class_ in [*spans, *self._runs(covered)]:
            text = self._text(start, end)
            if {*range(start, end)} <= covered and end - start == 1:
                continue
            found = self._otherwise_written(text, class_) or self._first_named(start, end, surnames.get(end))
            if found:
                yield Unit(start, end, self._head(start, end), found[0], "name", how=found[1])
            elif class_ and text.casefold() in votes:
                best = votes[text.casefold()].most_common(1)[0][0]
                yield Unit(start, end, self._head(start, end), self.actors.local(text, best), "tagged", how="local")

    def _is_money(self, start: int, end: int) -> bool:
        """*francs CFA*, *CFA francs*: beside a currency a short name is a part of its own."""
        beside = [self.tree.words[i] for i in (start - 1, end) if 0 <= i < len(self.tree.words)]
        return end - start == 1 and any(w.lemma in self.grammar.words["currencies"] for w in beside)

    def _spans(self) -> Iterator[tuple[int, int, str]]:
        """What the tagger takes for names, and the class it gives."""
        classes = self.grammar["tags"]
        words = self.tree.words
        i = 0
        while i < len(words):
            end = i + 1
            if words[i].name.startswith("B-"):
                while end < len(words) and words[end].name == "I-" + words[i].name[2:] and not self._breaks(end):
                    end += 1
                class_ = classes.get(words[i].name[2:])
                start, stop = self._trim(i, end)
                common = stop - start == 1 and class_ != "Person" and self._is_state(start)
                nationality = class_ == "People" and words[stop - 1].pos == "ADJ"
                plain = common or nationality or self._is_money(start, stop)
                if class_ and start < stop and words[start].text[0].isupper() and not plain:
                    yield start, stop, class_
            i = end

    def _runs(self, covered: set[int]) -> Iterator[tuple[int, int, str]]:
        """Capitalised words in a row that the tagger overlooked: they may be a name that is written otherwise."""
        start = 0
        words = self.tree.words
        for i, word in enumerate([*words, None]):
            if word and word.pos == "PROPN" and word.text[0].isupper() and not word.name and i not in covered:
                continue
            if i - start > 1:
                yield start, i, ""
            start = i + 1

    def _otherwise_written(self, text: str, class_: str) -> tuple[Entity, str] | None:
        """An entity of the tables by another spelling; one word alone must be of a class that the tagger allows."""
        several = len(pieces(text)) > 1
        if not several and class_ not in FITTING:
            return None
        return self.actors.known_by(text, self.grammar.lang, () if several else FITTING[class_])

    def _first_named(self, start: int, end: int, surname: Unit | None) -> tuple[Entity, str] | None:
        """*Donald J. Trump*, *Vlad Poutine*: a known surname after what may be the bearer's first name."""
        if surname is None or surname.start <= start or surname.end != end:
            return None
        first = self.tree.words[start].text
        fits = [e for e in (surname.entity, *surname.others) if self.actors.is_first_name(e.iri, first)]
        return (fits[0], "first name") if len(fits) == 1 else None

    def _shown_class(self, start: int) -> str | None:
        """The class that the words before a name show: a title, an honorific, a noun such as *société*."""
        words = self.tree.words
        before = words[start - 1] if start else None
        if before is None or self.tree.sentence_of[start - 1] != self.tree.sentence_of[start]:
            return None
        if before.i in self.title_at or before.low in self.grammar.words["honorifics"]:
            return "Person"
        shown = self.grammar.descriptions.get(before.lemma, ())
        return shown[0] if len(shown) == 1 and shown[0] != "State" else None

    def _is_state(self, i: int) -> bool:
        """*l'État*, *the Kingdom*: a noun, however it is written."""
        word, nouns = plain(self.tree.words[i].text), self.grammar.names_of_states
        return word in nouns or word.removesuffix("s") in nouns

    def _breaks(self, i: int) -> bool:
        """Does a name end before a word: at the end of a line, or where a bracket opens?"""
        words = self.tree.words
        return words[i].text == "(" or "\n" in self.tree.text[words[i - 1].end : words[i].start]

    def _trim(self, start: int, end: int) -> tuple[int, int]:
        """Cut articles, titles and punctuation off a tagged name."""
        words = self.tree.words
        while start < end and self._is_no_name(start):
            start += 1
        while start < end and words[end - 1].pos in ("DET", "ADP", "PUNCT", "PART", "CCONJ"):
            end -= 1
        return start, end

    def _is_no_name(self, i: int) -> bool:
        word = self.tree.words[i]
        honorific = word.low in self.grammar.words["honorifics"]
        small = word.pos in ("DET", "ADP", "PUNCT", "PART") or self._is_no_noun(word)
        return honorific or small or i in self.title_at

    def _settle(self, units: list[Unit]) -> Iterator[Unit]:
        """Overlapping names: a full person's name beats a surname in it, else the tables come first."""
        taken: dict[int, Unit] = {}
        tagged = {i: u for u in units if u.form == "tagged" for i in range(u.start, u.end)}
        listed = {u.start: u for u in units if u.form != "tagged"}

        def inner(unit: Unit) -> list[Unit]:
            found = (listed.get(i) for i in range(unit.start, unit.end))
            return [u for u in found if u and u.end <= unit.end]

        def key(unit: Unit) -> tuple[bool, bool, int, int]:
            over = tagged.get(unit.start)
            longer = over and over.end - over.start > unit.end - unit.start and not self._is_pair(over, inner(over))
            first = self._beats(unit, inner(unit)) if unit.form == "tagged" else unit.form != "surname" or not longer
            return not first, unit.form != "tagged", unit.start, -unit.end

        order = sorted(units, key=key)
        for unit in order:
            span = range(unit.start, unit.end)
            if not any(i in taken or (i in self.title_at and unit.form == "tagged") for i in span):
                taken |= dict.fromkeys(span, unit)
                yield unit

    def _is_pair(self, unit: Unit, inner: list[Unit]) -> bool:
        """*Trump-Poutine*, *Israel-Hamas*: are these but two names with a hyphen between?"""
        rest = {*range(unit.start, unit.end)} - {i for u in inner for i in range(u.start, u.end)}
        return len(inner) > 1 and bool(rest) and all(self.tree.words[i].text in HYPHENS for i in rest)

    def _beats(self, unit: Unit, inner: list[Unit]) -> bool:
        """Does a tagged name come before those of the tables that are only a part of it?"""
        if self._is_pair(unit, inner):
            return False
        if unit.end - unit.start == 1 or not inner or any(u.form in ADJECTIVAL for u in inner):
            return False
        at_end = all(u.start == unit.end - 1 for u in inner)
        at_start = all(u.end == unit.start + 1 and u.form == "name" for u in inner)
        if unit.entity.type == "Person":
            return at_end or at_start
        return at_start and not any(self._is_state_noun(i) for i in range(unit.start + 1, unit.end))

    def _is_state_noun(self, i: int) -> bool:
        """*army*, *minister*, *company*: with these, the name before stays one of its own."""
        word = self.tree.words[i]
        nouns = (self.grammar.state_nouns, self.grammar.descriptions, self.grammar.anonymous)
        return i in self.title_at or any(k in table for table in nouns for k in (word.low, word.lemma.casefold()))

    def _abbreviated(self, units: Sequence[Unit]) -> list[Unit]:
        """*the Supreme Council of the Armed Forces (SCAF)*: the acronym means what the text says, all through it."""
        meant: dict[str, Entity] = {}
        for before, unit in pairwise(units):
            text = self._text(unit.start, unit.end)
            bracketed = unit.start == before.end + 1 and self.tree.words[before.end].text == "("
            if not bracketed or not text.isupper():
                continue
            if unit.entity.known and unit.entity.type == before.entity.type and unit.entity.type in EXPLAINED:
                meant.setdefault(self._text(before.start, before.end), unit.entity)
            elif _initials_of(self._text(before.start, before.end), text):
                meant.setdefault(text, before.entity)
        return [self._as_meant(u, meant.get(self._text(u.start, u.end))) for u in units]

    @staticmethod
    def _as_meant(unit: Unit, entity: Entity | None) -> Unit:
        """An acronym that the text explains otherwise than the tables; what both know stays."""
        if entity is None or entity == unit.entity or (unit.entity.known and not entity.known and not _is_thing(unit)):
            return unit
        return replace(unit, entity=entity, others=(), how="acronym")

    def _at_home(self, units: Sequence[Unit]) -> Iterator[Unit]:
        """*le Congrès espagnol*, *the Polish Supreme Court*: a body of the state beside its name, or nobody known."""
        for before, unit, after in zip([None, *units], units, [*units[1:], None], strict=False):
            states = {u for u in (before, after) if u and self._says_whose(u, unit)}
            homes = {e: self._home(e.iri) for e in (unit.entity, *unit.others) if e.type in OF_A_STATE and e.known}
            if not states or not homes or any(u.entity.iri in homes.values() for u in states) or None in homes.values():
                yield unit
            else:
                text = self._text(min(unit.start, *(u.start for u in states)), max(unit.end, *(u.end for u in states)))
                yield replace(unit, entity=self.actors.local(text, unit.entity.type), others=(), how="local")

    def _says_whose(self, adjective: Unit, unit: Unit) -> bool:
        """Does the adjective of a state stand beside a name that it belongs to?"""
        beside = adjective.end == unit.start or adjective.start == unit.end
        head = self.tree.words[adjective.head].head
        return beside and adjective.is_adjective and adjective.entity.type == "State" and unit.start <= head < unit.end

    def _home(self, iri: str) -> str | None:
        """The state that a body is part of, by as many steps as it takes."""
        while above := self.actors.part_of(iri) or next(iter(self.actors.fact(iri, "inState")), None):
            iri = above
        return iri if self.actors.entity(iri).type == "State" else None

    def _bearers(self, units: Sequence[Unit]) -> Iterator[Unit]:
        """*le Sénégalais Cheikh Niasse* is the person; *Social Democrats* are no Democrats."""
        for unit, after in zip_longest(units, units[1:]):
            person = after if after and after.start == unit.end and after.entity.type == "Person" else None
            singular = self.tree.words[unit.head].morph.get("Number") == "Sing"
            if unit.form in ("people", "demonym") and person and singular:
                yield replace(unit, entity=person.entity, others=(), form="name", how="apposition")
            elif not (unit.entity.type == "Party" and unit.end - unit.start == 1 and self._is_qualified(unit)):
                yield unit

    def _is_qualified(self, unit: Unit) -> bool:
        """Does a capitalised word before a name make it another's (*Christian Democrats*)?"""
        before = self.tree.words[unit.start - 1] if unit.start else None
        first = not before or before.i == self.tree.sentences[self.tree.sentence_of[unit.start]].start
        joined = bool(before) and before.pos in ("ADJ", "PROPN") and before.head in range(unit.start, unit.end)  # type: ignore[union-attr] # there is one
        return joined and not first and before.text[0].isupper() and before.i not in self.title_at  # type: ignore[union-attr] # as above

    def _people(self, units: Sequence[Unit]) -> dict[str, Entity]:
        """Surname → the person with that full name in this article, if there is but one, or one far above others."""
        found: dict[str, Counter[Entity]] = defaultdict(Counter)
        for u in units:
            if u.entity.type == "Person" and u.end - u.start > 1 and u.form != "surname":
                for name in self._short_names(u):
                    found[name][u.entity] += 1
        best = {name: counts.most_common(2) for name, counts in found.items()}
        return {name: top[0][0] for name, top in best.items() if len(top) == 1 or top[0][1] >= FAR_ABOVE * top[1][1]}

    def _overlooked(self, units: Sequence[Unit]) -> Iterator[Unit]:
        """Short names of persons named in full that neither table nor tagger saw."""
        covered = {i for u in units for i in range(u.start, u.end)}
        for word in self.tree.words:
            if word.pos == "PROPN" and word.i not in covered and word.text[0].isupper() and word.low in self.people:
                yield Unit(word.i, word.i + 1, word.i, self.people[word.low], "surname")

    def _short_names(self, unit: Unit) -> set[str]:
        """What a person may be called after the full name: the last words of it, the first of *Ban Ki-moon*."""
        text = self._text(unit.start, unit.end)
        rest = {self.tree.words[k].low for k in range(unit.start + 1, unit.end)}
        rest |= {self._text(k, unit.end).casefold() for k in range(unit.start + 1, unit.end)}
        return rest | {self.tree.words[unit.start].low} if FAMILY_FIRST.search(text) else rest

    def _bodies(self, units: Sequence[Unit]) -> dict[str, Entity]:
        """First or last word → the body of that full name in this article: *Commission*, *Council*."""
        found: dict[str, set[Entity]] = defaultdict(set)
        for u in units:
            if u.entity.type in GROUPS and u.end - u.start > 1:
                for k in (u.start, u.end - 1):
                    if self.tree.words[k].text[0].isupper():
                        found[self.tree.words[k].low].add(u.entity)
        return {name: next(iter(e)) for name, e in found.items() if len(e) == 1}

    def _with_full_name(self, unit: Unit) -> Unit:
        """A surname is whoever has that full name in this article, else who is in office, else left open."""
        if unit.form not in ("surname", "tagged"):
            return unit
        text = self._text(unit.start, unit.end)
        body = self.bodies.get(text.casefold()) if unit.form == "tagged" else None
        if body and unit.entity.type == "Organisation":
            return replace(unit, entity=body, form="name", how="short")
        if unit.form == "surname" and not unit.others and unit.entity.iri in self.in_full:
            return unit  # named in full as well, whoever else ends so
        person = self.people.get(text.casefold())
        if unit.end - unit.start > 1 and not person:
            return self._in_office(unit)
        if person and (unit.form == "surname" or unit.entity.type in ("Person", "Place", "Organisation", "People")):
            return Unit(unit.start, unit.end, unit.head, person, "surname", how="surname")
        return self._in_office(unit)

    def _in_office(self, unit: Unit) -> Unit:
        """Of several with that surname the one who holds an office at the date; else nobody is guessed."""
        if not unit.others:
            return unit
        held = [e for e in (unit.entity, *unit.others) if self.actors.bodies_of(e.iri, self.date)]
        if len(held) == 1:
            return replace(unit, entity=held[0], others=())
        return self._open(unit)

    def _open(self, unit: Unit) -> Unit:
        """A name that may mean several: an entity of its own, of the class that they share."""
        classes = {e.type for e in (unit.entity, *unit.others)}
        class_ = classes.pop() if len(classes) == 1 else "Unresolved"
        entity = self.actors.local(self._text(unit.start, unit.end), class_)
        return replace(unit, entity=entity, others=(), how="ambiguous")

    def _find_titles(self) -> None:
        longest = max(map(len, self.offices), default=0)
        words = self.tree.words
        i = 0
        while i < len(words):
            possible = (words[i].low,) in self.openings or (words[i].lemma,) in self.openings
            best = self._title(i, longest) if possible else None
            if best:
                self.title_at |= dict.fromkeys(range(best.start, best.end), best)
            i = best.end if best else i + 1

    def _title(self, start: int, longest: int) -> Title | None:
        """The longest office at a word; a nationality may stand inside it."""
        words = self.tree.words
        found: Title | None = None
        keys: list[str] = []
        skipped = False
        for i in range(start, min(start + longest + 1, len(words))):
            if words[i].pos == "ADJ" and keys and not skipped and not self._continues(keys, words[i]):
                skipped = True
                continue
            keys.append(words[i].low)
            office = self.offices.get(tuple(keys)) or self.offices.get((*keys[:-1], words[i].lemma))
            if office:
                found = Title(start, i + 1, self._head(start, i + 1), office)
        return found

    def _continues(self, keys: list[str], word: Word) -> bool:
        return (*keys, word.low) in self.openings

    def _head(self, start: int, end: int) -> int:
        """The word of a span whose head lies outside."""
        for i in range(start, end):
            head = self.tree.words[i].head
            if head == i or not start <= head < end:
                return i
        return start

    def _text(self, start: int, end: int) -> str:
        return self.tree.text[self.tree.words[start].start : self.tree.words[end - 1].end]

    def _disambiguated(self, unit: Unit) -> Unit:
        """*Congo*, *Géorgie*, *congolais*: of several meanings the one that the text speaks for."""
        if unit.form in ("prefix", "surname") and unit.others:
            return unit if unit.form == "prefix" else self._surnamed(unit)
        text = self._text(unit.start, unit.end)
        shortened = self.actors.shortened(text, self.grammar.lang) if unit.form == "name" else ()
        meanings = [unit.entity, *unit.others, *map(self.actors.entity, shortened)]
        if len(meanings) == 1:
            return unit
        fitting = [e for e in meanings if e.type in FITTING.get(self._tag(unit.head), ())]
        chosen = self.senses.choose(meanings, text, unit.head) or (fitting[0] if len(fitting) == 1 else None)
        if chosen:
            how = unit.how if chosen == unit.entity and not unit.others else "context"
            return replace(unit, entity=chosen, others=(), how=how)
        return self._open(unit) if unit.others else unit

    def _surnamed(self, unit: Unit) -> Unit:
        """A surname of several: the one whose state or body the article names."""
        chosen = self.senses.choose((unit.entity, *unit.others), self._text(unit.start, unit.end), unit.head)
        return replace(unit, entity=chosen, others=(), how="context") if chosen else unit

    def _tag(self, i: int) -> str:
        """The class that the tagger gives a word."""
        return str(self.grammar["tags"].get(self.tree.words[i].name[2:], ""))


def _is_thing(unit: Unit) -> bool:
    """Goods share their acronyms with bodies that the tables do not know."""
    return unit.entity.type in ("Weapon", "Commodity", "Good", "Agreement")


def _initials_of(name: str, acronym: str) -> bool:
    """Are the letters of an acronym initials of a name, in order (small words may be left out)?"""
    initials = iter(piece[0].upper() for piece in pieces(name))
    return len(pieces(name)) > 1 and all(letter in initials for letter in acronym if letter.isalpha())
