"""Offices: who holds them and of what body, by the words around them, else by the tables and the date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.facets import STATELIKE
from kg.extract.lexicon import Office
from kg.extract.names import Title
from kg.model import Mention

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.mentions import Mentions
    from kg.extract.names import Unit
    from kg.extract.tree import Word
    from kg.model import Entity, Phase

NEAR = 8  # words between an office and the name that goes with it
GOVERNED = 4  # words between *head* and the government that it is of
ADJECTIVES = 2  # and between an office and its nationality
TAKEN = ("attr", "xcomp", "obj", "obl", "dep", "appos")  # how an office hangs on a verb of taking or leaving it
COUNTERPART = "counterpart"  # the concept of an office that says only: the same as the other one's
MEMBER = "member"  # the concept of those who are only named with their body: *a reporter of*, *an officer of*
LED = ("ArmedGroup", "ArmedForce", "Party", "Company")  # whom a possessor leads: *the RSF of General Hemetti*
NAMED_AFTER = Office("named-after", "leads")


class Offices:
    """The offices of one tree, their holders and their bodies."""

    def __init__(self, mentions: Mentions) -> None:
        self.mentions = mentions
        self.tree = mentions.tree
        self.grammar = mentions.grammar
        self.clauses = mentions.clauses
        self.actors = mentions.actors
        self.ontology = mentions.ontology
        self.date = mentions.date
        self.unit_at, self.title_at = mentions.unit_at, mentions.title_at
        self._introduced: dict[str, list[Entity]] | None = None
        self._beside: dict[Title, Unit | None] = {}

    # ------------------------------------------------------------------ who
    def holders(self, title: Title) -> list[Mention]:
        """The person that an office stands for: named beside it, else by body and date; of several offices all."""
        named = self._named(title)
        if named:
            return named
        if self._is_plural(title):
            return [self._holder(title, body) or self._side(title, body) for body in self._fit_bodies(title)]
        known = [holder for body in self.bodies(title) if (holder := self._holder(title, body))]
        return known or self.mentions.coreference.same_office(title) or [self._unnamed(title)]

    def stands_for_somebody(self, title: Title) -> bool:
        """*An officer of the FSB* is an office only beside a name."""
        return title.office.office != MEMBER or bool(self._named(title))

    def _unnamed(self, title: Title) -> Mention:
        start, end = self.clauses.phrase_span(title.head)
        words = self.tree.text[start:end]
        return Mention(self.actors.local(words, "Person"), words, start, end, None, "local")

    def _side(self, title: Title, body: Mention) -> Mention:
        """*Swedish ministers*: nobody by name, but their state."""
        return self.mentions.mention(body.entity, title.start, title.end, "government", "office")

    def _holder(self, title: Title, body: Mention) -> Mention | None:
        """Who held the office of a body at the article's date, by the tables."""
        office = title.office.office
        alone = self._is_plural(title) and len(self._fit_bodies(title)) == 1  # *les ministres suédois*
        if not office or alone or self.is_past(title):
            return None
        holder = self.actors.office_holder(office, body.entity.iri, self.date)
        return self.mentions.mention(holder, title.start, title.end, None, "office") if holder else None

    def _named(self, title: Title) -> list[Mention]:
        """Those whom the text gives the office."""
        if self._is_plural(title):
            return self._around(title)[0]
        person = self.person_of(title)
        return [self.mentions.of_unit(person, place=False)] if person else self._appointed(title)

    # ------------------------------------------------------------------ who, of what
    def pairs(self, title: Title) -> list[tuple[Mention, Mention]]:
        """Who holds the office, and of what body: *X, Y and Z, the presidents of A, B and C* go pair by pair."""
        bodies = self._fit_bodies(title)
        named = self._named(title)
        if not named:
            anybody = title.office.office == MEMBER or (self._is_indefinite(title) and not self.date)
            return [] if anybody else self._held(title, bodies)
        if len(named) > 1:
            shared = bodies * len(named) if len(bodies) == 1 else bodies
            return list(zip(named, shared, strict=True)) if len(named) == len(shared) else []
        if title.office.office != MEMBER and (not bodies or any(b.how == "pronoun" for b in bodies)):
            known = [b for b in self._known_bodies(named[0], title) if not self._is_anothers(title, b)]
            bodies = known or bodies or ([] if self._holds_others(named[0], title) else self._unsaid(title))
        return [(holder, body) for holder in named for body in bodies if holder.entity != body.entity]

    def _is_indefinite(self, title: Title) -> bool:
        """*Having a president like X*: anybody who holds the office."""
        articles = [k.low for i in range(title.start, title.end) for k in self.tree.kids(i, "det")]
        return any(a in self.grammar.words["indefinite"] for a in articles)

    def _is_anothers(self, title: Title, body: Mention) -> bool:
        """*the body's president*: of something that is no state; *the junta's leader*, *the party's* may be."""
        owners = [k for i in range(title.start, title.end) for k in self.tree.kids(i, "poss") if k.pos == "NOUN"]
        classes = [c for k in owners for c in self.grammar.descriptions.get(k.lemma, ()) if c != "Person"]
        return bool(classes) and not any(self.ontology.is_a(body.entity.type, c) for c in classes)

    def _holds_others(self, holder: Mention, title: Title) -> bool:
        """Do the tables know the holder, and not in this office: *Premier Horst Seehofer*?"""
        terms = self.actors.offices.get(holder.entity.iri, ())
        return bool(terms) and not any(t.office == title.office.office for t in terms)

    def _unsaid(self, title: Title) -> list[Mention]:
        """The state of the text, unless a body that nobody knows is named: *president of the Swedish bank Klarvik*."""
        named = title.end < len(self.tree.words) and self._leads_to_body(title.end, title)
        return [] if named else self._topic(title)

    def _held(self, title: Title, bodies: list[Mention]) -> list[tuple[Mention, Mention]]:
        """An office without a name: who held it by the tables, or by the text before."""
        held = [(holder, body) for body in bodies if (holder := self._holder(title, body))]
        if self._is_plural(title):
            return []
        clear = not held and len(bodies) == 1 and bodies[0].how != "pronoun"
        again = self.mentions.coreference.same_office(title) if clear else []
        return held + [(holder, body) for holder in again for body in bodies]

    def named_after(self) -> Iterator[tuple[Title, Mention, Mention]]:
        """*le gouvernement d'Abiy Ahmed*, *les FSR du général Hemetti*, *Haftar's army*: who leads them."""
        for word in self.tree.words:
            if word.lemma in self.grammar.words["governments"] and word.i not in self.unit_at:
                title = Title(word.i, word.i + 1, word.i, NAMED_AFTER)
                for holder in self._people_of(word.i)[:1]:
                    states = self.mentions.states(self.mentions.adjectives(word.i)) or [self.mentions.ever(holder)]
                    yield from ((title, holder, s) for s in states if s.entity.type in STATELIKE)
        for unit in self.mentions.names.units:
            if unit.entity.type in LED and not unit.is_adjective:
                title = Title(unit.start, unit.end, unit.head, NAMED_AFTER)
                for holder in self._people_of(unit.head)[:1]:
                    yield title, holder, self.mentions.of_unit(unit, place=False)

    def _people_of(self, i: int) -> list[Mention]:
        """The persons in the possessive beside a noun."""
        possessive = self.grammar["prepositions"]["possessive"]
        beside = self.tree.kids(i, "poss") + [k for k in self.tree.kids(i, "obl") if k.prep == possessive]
        named = [k for k in beside if k.pos != "PRON" and k.low not in self.grammar.words["relative.possessive"]]
        return [m for k in named for m in self.mentions.resolve(k.i) if m.entity.type == "Person" and self._is_named(m)]

    @staticmethod
    def _is_named(mention: Mention) -> bool:
        return mention.how not in ("local", "pronoun", "description", "office")

    # ------------------------------------------------------------------ taking and leaving
    def verb(self, title: Title) -> int | None:
        """The verb by which somebody takes or leaves an office: *became president*, *resigned as minister*."""
        word = self.tree.words[title.head]
        as_ = word.prep in self.grammar.words["as_said"]
        hangs = word.role in TAKEN and (word.role != "obl" or as_) and (as_ or not word.prep)
        lemma = self.tree.words[word.head].lemma
        taking = self.grammar.words["taking_office"] | self.grammar.words["leaving_office"]
        return word.head if hangs and word.head != word.i and lemma in taking else None

    def phase(self, title: Title) -> Phase:
        """Tell whether an office is taken, left or held."""
        verb = self.verb(title)
        if verb is None or not self._appointed(title):
            return "holds"
        return "ends" if self.tree.words[verb].lemma in self.grammar.words["leaving_office"] else "begins"

    def _appointed(self, title: Title) -> list[Mention]:
        """Who takes or leaves the office, by the verb."""
        verb = self.verb(title)
        if verb is None:
            return []
        objects = [k for k in self.clauses.objects(verb) if k != title.head and k not in self.clauses.surface(verb)]
        if self.tree.words[title.head].role == "obj" and not objects and not self.clauses.is_passive(verb):
            words = []  # *dismissed the head of the bank*: somebody else's office
        else:
            words = objects if objects and not self.clauses.is_passive(verb) else self.clauses.surface(verb)
        before = self.unit_at.get(title.start - 1) if title.start else None  # *elected Lai president*
        if before and before.entity.type == "Person" and not objects and before.head not in words:
            words = [before.head]
        found = [m for k in words for m in self.mentions.resolve(k)]
        return [m for m in found if m.entity.type == "Person"]

    # ------------------------------------------------------------------ the name beside
    def person_of(self, title: Title) -> Unit | None:
        """The person named beside an office: *minister X*, *X, minister*, *X is minister*; looked for once."""
        if title not in self._beside:
            self._beside[title] = self._find_person(title)
        return self._beside[title]

    def _find_person(self, title: Title) -> Unit | None:
        if self.verb(title) is not None or self.tree.words[title.head].role == "poss":
            return None  # *the chancellor's foreign minister, X*: the name is the other's
        return (
            self._person_after(title, commas=0)
            or self._person_before(title)
            or self._person_after(title, commas=1)
            or self._person_under_copula(title)
            or self._person_shared(title)
        )

    def _person_after(self, title: Title, *, commas: int) -> Unit | None:
        i = title.end
        words = self.tree.words
        crossed = False
        while i < len(words) and i - title.end <= NEAR:
            unit = self.unit_at.get(i)
            if passed := self._past_possessor(i):
                i = passed
            elif i in self.title_at:
                return None  # *le porte-parole du président Poutine*: the name goes with the nearer office
            elif unit and unit.entity.type == "Person" and unit.start == i:
                return None if self._is_field(i, title) else unit
            elif unit:
                i = unit.end
            elif words[i].text == "," and commas and not crossed:
                crossed, i = True, i + 1
            elif self._may_stand_between(words[i], crossed=crossed):
                i += 1
            else:
                return None
        return None

    def _is_field(self, i: int, title: Title) -> bool:
        """*Commissioner for Humanitarian Aid*: what stands behind another preposition than *of* is nobody."""
        before = self.tree.words[i - 1]
        possessive = self._preposition(i - 1) == self.grammar["prepositions"]["possessive"]
        return i > title.end and before.pos == "ADP" and not possessive

    def _past_possessor(self, i: int) -> int | None:
        """*l'envoyé de Donald Trump, Steve Witkoff*, *conseiller du président Lula*: where the phrase ends."""
        words = self.tree.words
        if self._preposition(i) != self.grammar["prepositions"]["possessive"]:
            return None
        k = i + 1
        while k < len(words) and (words[k].pos == "DET" or words[k].low in self.grammar.words["ranks"]):
            k += 1
        if k in self.title_at:
            k = self.title_at[k].end
            while (adjective := self.unit_at.get(k)) and adjective.is_adjective:
                k = adjective.end
        unit = self.unit_at.get(k)
        return unit.end if unit and unit.entity.type == "Person" else None

    def _preposition(self, i: int) -> str:
        """The preposition that a word is or holds."""
        low = self.tree.words[i].low
        return str(self.grammar["prepositions"]["contractions"].get(low, low))

    def _may_stand_between(self, word: Word, *, crossed: bool) -> bool:
        """Words between an office and its name; behind a comma only an honorific, or a rank with its article."""
        if word.low in self.grammar.words["ranks"] or (crossed and word.low in self.grammar.words["honorifics"]):
            return True
        if word.low in self.grammar.prepositions["agent"]:
            return False  # *named minister by X*
        if crossed:
            return word.pos == "ADJ" or (word.pos == "DET" and word.low in self.grammar.words["definite"])
        possessive = self.grammar["prepositions"]["possessive"]
        small = word.pos in ("ADJ", "DET", "ADP", "PART") or word.role in ("case", "det", "amod")
        return small or word.prep == possessive

    def _person_before(self, title: Title) -> Unit | None:
        i = title.start - 1
        words = self.tree.words
        while i >= 0 and title.start - i <= NEAR:
            unit = self.unit_at.get(i)
            if words[i].text == "," or words[i].text in "(–—-":
                before = self.unit_at.get(i - 1) if i else None
                return before if before and before.entity.type == "Person" else None
            if words[i].low in self.grammar.words["relative.possessive"] or not (
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

    def _person_shared(self, title: Title) -> Unit | None:
        """*X, president of A and chairman of B*: of offices side by side the name stands by the first."""
        word = self.tree.words[title.head]
        first = self.title_at.get(word.head) if word.role == "conj" and word.head < title.start else None
        return self.person_of(first) if first and first != title else None

    # ------------------------------------------------------------------ several
    def _is_plural(self, title: Title) -> bool:
        return self.tree.words[title.head].morph.get("Number") == "Plur"

    def _around(self, title: Title) -> tuple[list[Mention], list[Mention]]:
        """The persons and the bodies in a row with an office in the plural."""
        people: list[Mention] = []
        bodies = [
            m for i in range(title.start, title.end) for m in self.mentions.adjectives(i) if m.start < self._at(i)
        ]
        bodies = bodies or self._compound_before(title)
        i = title.end
        while i < len(self.tree.words) and self._continues(i):
            if unit := self.unit_at.get(i):
                person = unit.entity.type == "Person"
                found = (
                    self.mentions.adjective(unit) if unit.is_adjective else [self.mentions.of_unit(unit, place=False)]
                )
                (people if person else bodies).extend(found)
            i = unit.end if unit else i + 1
        if not people:
            people = [self.mentions.of_unit(u, place=False) for u in self._row_before(title)]
        return people, [b for b in bodies if self._may_have_officers(b.entity)]

    def _at(self, i: int) -> int:
        return self.tree.words[i].start

    def _continues(self, i: int) -> bool:
        """Does a row of names go on at a word?"""
        word = self.tree.words[i]
        if self._at(i) and "\n" in self.tree.text[self.tree.words[i - 1].end : word.start]:
            return False
        small = word.pos in ("DET", "CCONJ", "ADJ") or word.text == "," or word.low in self.grammar.words["ranks"]
        of = self._preposition(i) == self.grammar["prepositions"]["possessive"]
        return small or of or i in self.unit_at

    def _row_before(self, title: Title) -> list[Unit]:
        """*X, Y and Z, the presidents*: the persons named in a row before an office."""
        i = title.start - 1
        near = [w for w in self.tree.words[max(0, i - 1) : title.start] if w.pos != "DET"]
        if near and near[-1].pos == "CCONJ":
            return []  # *X and the CEOs of Google*
        found: list[Unit] = []
        while i >= 0 and self._continues(i):
            unit = self.unit_at.get(i)
            if unit and unit.entity.type == "Person":
                found.insert(0, unit)
            i = unit.start - 1 if unit else i - 1
        return found

    # ------------------------------------------------------------------ of what
    def _fit_bodies(self, title: Title) -> list[Mention]:
        """The bodies that may have such an officer; an adviser may be a person's."""
        if self._is_plural(title) and (several := self._around(title)[1]):
            return several
        found = []
        for m in self.bodies(title):
            personal = m.entity.type == "Person" and self._is_personal(title)
            found += [m] if personal else [s for s in self.mentions.sides(m) if self._may_have_officers(s.entity)]
        return [m for m in found if self._fits(title, m)]

    def _fits(self, title: Title, body: Mention) -> bool:
        """*His counterpart* is another state's, *the Mexican boss* leads no state, *a German reporter* is no envoy."""
        office = title.office
        if office.office == COUNTERPART:
            return body.how != "pronoun"
        if body.entity.type not in STATELIKE or body.how not in ("adjective", "pronoun"):
            return True
        ruling = self.tree.words[title.head].lemma in self.grammar.words["rulers"]
        several = title.end - title.start > 1
        beside = {k.low for i in range(title.start, title.end) for k in (self.tree.words[i], *self.tree.kids(i))}
        if office.relation == "leads" and not office.office and beside & self.grammar.words["partial"]:
            return False  # *the German party leader*, *Germany's parliamentary floor leader*
        return office.office != MEMBER and (
            office.office is not None or office.relation != "leads" or ruling or several
        )

    def _is_personal(self, title: Title) -> bool:
        """Can the office be that of a person: *conseiller de X*, *X's spokesman*?"""
        words = self.tree.words[title.start : title.end]
        return any(w.lemma in self.grammar.words["personal_offices"] for w in words)

    def is_past(self, title: Title) -> bool:
        """*former*, *ancien*, *the first black*: not, or not only, the holder at the article's date."""
        span = range(title.start, title.end)
        beside = [k for i in span for k in self.tree.kids(i, "amod", "advmod", "compound") if k.i not in span]
        around = {k.low for k in beside}
        around |= {w.low for w in self.tree.words[max(0, title.start - 2) : title.start]}
        return bool(around & self.grammar.words["former"])

    def _may_have_officers(self, entity: Entity) -> bool:
        actor = self.ontology.is_a(entity.type, "Actor") or entity.type in ("Unresolved", "Territory")
        return actor and entity.type not in ("Person", "People")

    def _known_bodies(self, holder: Mention, title: Title) -> list[Mention]:
        """The text names an office without its body: the tables know whose it was, at the date or ever."""
        terms = self.actors.offices.get(holder.entity.iri, ())
        now = [t for t in terms if self.date is None or t.covers(self.date)]
        same = [t for t in terms if t.office == title.office.office]
        best = [t for t in same if t in now] or now or same
        known = [self.actors.entity(t.body) for t in best[:1]]
        if title.office.relation == "leads" and not title.office.office:  # *chief of staff*: of no state
            behind = {w.lemma for w in self.tree.words[title.end : title.end + GOVERNED]}
            ruling = self.tree.words[title.head].lemma in self.grammar.words["rulers"]
            ruling = ruling or bool(behind & self.grammar.words["governments"])  # *head of the interim government*
            known = [e for e in known if ruling or e.type not in ("State", "Territory")]
        return [self.mentions.mention(e, title.start, title.end, None, "office") for e in known]

    def _topic(self, title: Title) -> list[Mention]:
        """*The trade minister, X*: of the state that acts in the sentence, else of the one named most."""
        if self._is_personal(title) or (title.office.relation == "leads" and not title.office.office):
            return []
        beside = {k.low for i in range(title.start, title.end) for k in self.tree.kids(i, "det", "poss")}
        others = (
            "indefinite",
            "possessives.singular",
            "possessives.plural",
            "possessives.first",
            "relative.possessive",
        )
        if any(beside & self.grammar.words[k] for k in others):
            return []
        sentence = self.tree.sentences[self.tree.sentence_of[title.head]]
        roots = [i for i in sentence if self.tree.words[i].role == "root"]
        acting = [
            m for r in roots for k in self.clauses.surface(r) if k in self.unit_at for m in self.mentions.resolve(k)
        ]
        states = [m.entity for m in acting if m.entity.type == "State"] or self._named_most()
        return [self.mentions.mention(e, title.start, title.end, None, "office") for e in states[:1]]

    def _named_most(self) -> list[Entity]:
        """The state that the text names most, if it does so far oftener than any other."""
        counts: dict[Entity, int] = {}
        for unit in self.mentions.names.units:
            entity = self.mentions.actor_at(unit.entity)
            if entity.type == "State":
                counts[entity] = counts.get(entity, 0) + 1
        best = sorted(counts, key=lambda e: -counts[e])
        alone = len(best) == 1 or (len(best) > 1 and counts[best[0]] > counts[best[1]])
        return best[:1] if alone else []

    def bodies(self, title: Title) -> list[Mention]:
        """The state or body that an office belongs to, by the words around it."""
        found: list[Mention] = []
        if self.tree.words[title.head].lemma in self.grammar.words["senders"]:  # *Saudi Arabia's UN ambassador*
            owners = [m for i in range(title.start, title.end) for m in self.mentions.possessors(i)]
            found = [m for m in owners if m.entity.type in STATELIKE]
        for i in range(title.start, title.end) if not found else ():
            for m in self.mentions.adjectives(i):
                if m not in found:
                    found.append(m)
        found = found or self._compound_before(title) or self._body_after(title) or self._whose(title)
        found = found or [m for i in range(title.start, title.end) for m in self.mentions.possessors(i)]
        return found or self._body_behind_name(title)

    def _whose(self, title: Title) -> list[Mention]:
        """*the group, whose leader …*, *Moscou, dont le ministre …*: the noun that the relative stands by."""
        relative = self.grammar.words["relative.possessive"]
        before = [self.tree.words[i] for i in range(max(0, title.start - ADJECTIVES), title.start)]
        pronouns = [k for i in range(title.start, title.end) for k in self.tree.kids(i)] + before
        heads = [self.clauses.antecedent(k.i) for k in pronouns if k.low in relative]
        return [m for h in heads[:1] if self.tree.words[h].low not in relative for m in self.mentions.resolve(h)]

    def _body_behind_name(self, title: Title) -> list[Mention]:
        """*President Xi Jinping of China*."""
        person = self._person_after(title, commas=0)
        if person is None or person.end + 1 >= len(self.tree.words):
            return []
        if self._preposition(person.end) != self.grammar["prepositions"]["possessive"]:
            return []
        unit = next((u for k in (1, 2) if (u := self.unit_at.get(person.end + k))), None)
        fits = unit and not unit.is_adjective and self._may_have_officers(self.mentions.actor_at(unit.entity))
        return [self.mentions.of_unit(unit, place=False)] if unit and fits else []

    def _compound_before(self, title: Title) -> list[Mention]:
        unit = self.unit_at.get(title.start - 1) if title.start else None
        if unit and unit.end == title.start and unit.entity.type != "Person" and not self.tree.kids(unit.head, "case"):
            inside_phrase = unit.is_adjective or self.tree.words[unit.head].role in ("compound", "amod", "poss")
            return (
                [self.mentions.mention(self.mentions.actor_at(unit.entity), unit.start, unit.end, None, "adjective")]
                if inside_phrase
                else []
            )
        return []

    def _body_after(self, title: Title) -> list[Mention]:
        words = self.tree.words
        i = title.end
        while i < len(words) and words[i].pos == "ADJ" and i - title.end <= ADJECTIVES:
            unit = self.unit_at.get(i)
            if unit and unit.is_adjective:
                return self.mentions.adjective(unit)
            i += 1
        if i >= len(words) or not self._leads_to_body(i, title):
            return []
        i += 1
        while i < len(words) and (words[i].pos == "DET" or words[i].low in self.grammar.words["ranks"]):
            i += 1
        return self._body_at(i) if i < len(words) else []

    def _leads_to_body(self, i: int, title: Title) -> bool:
        """*minister of*, *spokesman for*; *adviser to*, but not *ambassador to*."""
        preposition = self._preposition(i)
        advising = self.tree.words[title.head].lemma in self.grammar.words["advisers"]
        behind = self.grammar.words["office_prepositions"] | (
            self.grammar.words["adviser_prepositions"] if advising else set()
        )
        return preposition in behind

    def _body_at(self, i: int) -> list[Mention]:
        """Behind *of*: a name and those coordinated with it, another office, a noun for a state or a description."""
        unit = self.unit_at.get(i)
        if unit and not unit.is_adjective:
            noun = self.tree.words[unit.head].head
            if self.tree.words[unit.head].role == "poss" and noun > i:  # *commander of Hezbollah's Radwan force*
                return [m for m in self.mentions.resolve(noun) if self._may_have_officers(m.entity)]
            words = self.tree.conjuncts(unit.head)
            return [self.mentions.of_unit(self.unit_at[j], place=False) for j in words if j in self.unit_at]
        if i in self.title_at:
            return self.holders(self.title_at[i])
        found = self.mentions.state_noun(i)
        return found or [m for m in self.mentions.resolve(i) if m.how == "description"]

    def introduced(self) -> dict[str, list[Entity]]:
        """Persons that the text itself gives an office → the bodies of it."""
        if self._introduced is None:
            self._introduced = {}  # *our president*, said by a person whose office is being looked for, ends here
            for title in dict.fromkeys(self.title_at.values()):
                person = self.person_of(title)
                if person:
                    states = [m.entity for m in self.bodies(title) if m.entity.type != "Person"]
                    self._introduced.setdefault(person.entity.iri, []).extend(states)
        return self._introduced
