"""Pronouns, possessives and descriptions → those named before that they stand for."""

from __future__ import annotations

from bisect import bisect_right
from itertools import islice
from typing import TYPE_CHECKING

from kg.actors import pieces, plain
from kg.extract.tree import NOMINAL, VERBAL
from kg.model import Mention

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.extract.mentions import Mentions
    from kg.extract.names import Title, Unit
    from kg.extract.tree import Word
    from kg.model import Entity

PLACES = ("Place", "City", "Territory", "Facility", "State")  # what *y* and *there* may stand for
GROUPED = ("State", "Organisation", "Territory", "ArmedGroup")  # whom *both* may mean
BODIES = ("Organisation", "Institution")
OBJECTS = ("obj", "obl", "dative")
PAIR = 2
REACH = 3  # sentences that a pronoun or a description may look back
FARTHEST = 250  # words, or steps up the tree, inside one sentence: bounds the work in endless ones


class Coreference:
    """Finds who is meant again; nothing is guessed beyond the nearest that agrees."""

    def __init__(self, mentions: Mentions) -> None:
        self.mentions = mentions
        self.names = mentions.names
        self.clauses = mentions.clauses
        self.tree = mentions.tree
        self.grammar = mentions.grammar
        self.actors = mentions.actors
        self.ontology = mentions.ontology
        self._unread = list(dict.fromkeys(self.names.title_at.values()))[::-1]  # offices that stand last come first
        self._names: dict[int, list[int]] = {}
        self._officers: list[tuple[Title, Unit]] = []  # offices that stand by a name, as far as read

    def pronoun(self, i: int) -> list[Mention]:
        """Who a pronoun stands for: the nearest subject before it that agrees, or, for an object, object."""
        word = self.tree.words[i]
        words = self.grammar.words
        if self.is_possessive(i):
            return self.possessive(i)
        if word.low in words["pronouns.first_plural"]:
            return [self._again(side, word, "pronoun") for m in self.quoted(i) for side in self.mentions.sides(m)]
        if word.low in words["pronouns.first_singular"]:
            return [self._again(m, word, "pronoun") for m in self.quoted(i)]
        if word.low in words["pronouns.place"]:
            return self._place(i)
        if word.low in words["both"]:
            return [Mention(e, word.text, word.start, word.end, None, "pronoun") for e in self._two(i, GROUPED)]
        if word.low in words["latter"] | words["former_of_two"]:
            return self.latter(i)
        kind = "" if self._is_nobody(i) else self._kind(i)
        return [self._again(m, word, "pronoun") for m in self._referred(i, kind)] if kind else []

    def _is_nobody(self, i: int) -> bool:
        """*It is said to show X*, *it is clear that*: a neuter subject that only holds the place of what follows."""
        word = self.tree.words[i]
        if word.role != "subj" or word.low not in self.grammar.words.get("pronouns.third_singular_n", ()):
            return False
        head = self.tree.words[word.head]
        behind = [k for k in self.tree.kids(head.i, "comp", "xcomp", "subj") if k.i > head.i and k.pos in VERBAL]
        if head.pos == "ADJ" and behind:
            return True
        operator = self.clauses.operator(word.head)
        return operator is not None and operator.stance is not None and head.passive

    def is_possessive(self, i: int) -> bool:
        """Is the word a possessive (*his*, *leur*), and no object of that form?"""
        word = self.tree.words[i]
        possessives = ("possessives.singular", "possessives.plural", "possessives.first")
        return word.role in ("poss", "det") and any(word.low in self.grammar.words[k] for k in possessives)

    def _kind(self, i: int) -> str:
        """What a pronoun agrees with: m, f, n (nobody's gender), any, plural; empty if it is none of these."""
        word = self.tree.words[i]
        low = word.low.lstrip("-")
        kinds = [k for k, forms in self.grammar.words.items() if k.startswith("pronouns.third") and low in forms]
        if not kinds:
            return ""
        kind = kinds[0].rpartition("_")[2]
        verb = self.tree.words[word.head]
        agreed = {"Masc": "m", "Fem": "f"}.get(verb.morph.get("Gender", ""), kind)  # *l'a mise en garde*
        told = kind == "any" and word.role == "obj" and self.tree.kids(verb.i, "aux") and word.i < verb.i
        return agreed if told else kind

    def _referred(self, i: int, kind: str) -> list[Mention]:
        own = self._own_subjects(i) | {m.entity.iri for m in self.quoted(i)}
        for group in self._candidates(i):
            heard = [k for k in group if not self._is_quoted_apart(k, i)]
            found = self._agreeing(heard, kind) if heard else []
            if found and not own & {m.entity.iri for m in found}:
                return [] if self._has_rival(i, heard[-1]) else found
            if self._stands_between(i, heard, kind):
                return []
        return []

    def _is_unknown_body(self, k: int) -> bool:
        """*The jury said that it …*: a single noun that speaks or acts, and names nobody."""
        word = self.tree.words[k]
        operator = self.clauses.operator(word.head) if word.role == "subj" else None
        speaks = operator is not None and operator.stance is not None and self.clauses.is_finite(word.head)
        return word.pos == "NOUN" and speaks and self._number(k) == "Sing" and not self.mentions.resolve(k)

    def _has_rival(self, i: int, found: int) -> bool:
        """*rejected X's plan; Y opposes it*: does a thing that was spoken of stand nearer to an object pronoun?"""
        if not self._is_thing(i) or self.tree.sentence_of[found] != self.tree.sentence_of[i]:
            return False
        around = [w.i for w in self.tree.ancestors(found) if w.i < found]  # *X's call to ban … from Y*
        return any(self._is_spoken_of(k) for k in (*around, *range(found + 1, i)))

    def _is_spoken_of(self, k: int) -> bool:
        """Is a noun a single thing with an article or an owner, which nobody is?"""
        word = self.tree.words[k]
        if word.pos != "NOUN" or word.role not in OBJECTS or self._number(k) != "Sing":
            return False
        marked = self.tree.kids(k, "poss") or self._points_back(k)
        timely = word.lemma in self.grammar.words["time_nouns"]
        return bool(marked) and not timely and not self.mentions.resolve(k)

    def _is_quoted_apart(self, k: int, i: int) -> bool:
        """Does a word stand in a quotation that another is outside of? Nobody goes on with what others say."""
        a, b = self.tree.words[k].start, self.tree.words[i].start
        quotes = self.mentions.quotes
        return any(q.start <= a < q.end for q in quotes) and not any(q.start <= b < q.end for q in quotes)

    def _stands_between(self, i: int, group: list[int], kind: str) -> bool:
        """*Some people cheered because they …*: the nearest that would agree is nobody known: no guess beyond."""
        if kind not in ("plural", "n") or not self._is_neuter:
            return False
        if kind == "n":
            return any(self._is_unknown_body(k) and self.tree.sentence_of[k] == self.tree.sentence_of[i] for k in group)
        many = len(group) > 1 or any(self._number(k) == "Plur" for k in group)
        return many and not any(self.mentions.resolve(k) for k in group)

    def _own_subjects(self, i: int) -> set[str]:
        """Who acts in the clause of an object pronoun: nobody's *le* or *lui* is themselves.

        Of a subject, whom its verb is done to: *Kigali, qu'elle accuse*.
        """
        word = self.tree.words[i]
        if self.tree.words[word.head].pos not in VERBAL:
            return set()
        if word.role == "subj":
            named = [k for k in self.clauses.objects(word.head) if k in self.names.unit_at]
            return {m.entity.iri for k in named for m in self.mentions.resolve(k)}
        return {m.entity.iri for k in self.clauses.surface(word.head) if k != i for m in self.mentions.resolve(k)}

    def _place(self, i: int) -> list[Mention]:
        """*y*, *there*: the latest place or state named before."""
        word = self.tree.words[i]
        own, acting = self._own_subjects(i), set(self.clauses.surface(word.head))
        for n in range(self.tree.sentence_of[i], max(-1, self.tree.sentence_of[i] - REACH), -1):
            here = [u for u in self.names.units if u.start in self.tree.sentences[n] and u.start < i]
            units = [u for u in here if u.head not in acting and not self._acts_as_state(u)]
            named = [u.entity for u in reversed(units) if u.entity.type in PLACES and not u.is_adjective]
            if found := next((e for e in named if e.iri not in own), None):
                return [Mention(found, word.text, word.start, word.end, None, "pronoun")]
        return []

    def _acts_as_state(self, unit: Unit) -> bool:
        """*Kigali a envoyé des soldats; Londres y …*: a capital that does something is no place."""
        return self.tree.words[unit.head].role == "subj" and bool(self.names.senses.seat(unit.entity.iri))

    def quoted(self, i: int) -> list[Mention]:
        """Who speaks in the quotation that a word stands in."""
        place = self.tree.words[i].start
        return [a.speaker for q in self.mentions.quotes if q.start <= place < q.end for a in q.voice]

    def possessive(self, i: int) -> list[Mention]:
        """Whose *son* or *its* is: of the phrase around it, else of the subject."""
        word = self.tree.words[i]
        if word.low in self.grammar.words["possessives.first"]:
            return [self._again(side, word, "pronoun") for m in self.quoted(i) for side in self.mentions.sides(m)]
        kind = self._possessor_kind(word)
        for group in self._holders(i):
            heard = [k for k in group if not self._is_quoted_apart(k, i)]
            found = self._agreeing(heard, kind) if heard else []
            if found and not any(m.entity.type == "Good" for m in found):
                return [self._again(m, word, "pronoun") for m in found]
            if self._stands_between(i, heard, kind):
                return []
        return []

    def _possessor_kind(self, word: Word) -> str:
        """What a possessive agrees with: *his* with a man, *leur* with several, *son* with anybody."""
        if word.low in self.grammar.words["possessives.plural"]:
            return "plural"
        genders = self.grammar["words"]["possessives"].get("genders", {})
        return str(genders.get(word.low, "any"))

    def _holders(self, i: int) -> Iterator[list[int]]:
        """Phrases that a possessive may belong to, the likeliest first."""
        noun = self.tree.words[i].head
        for above in islice(self.tree.ancestors(noun), FARTHEST):
            if above.pos in NOMINAL and above.i < i and not self.tree.kids(above.i, "cop"):
                yield [above.i]
        yield from self._ahead(noun)
        yield from self._candidates(i, of=noun)

    def _ahead(self, noun: int) -> Iterator[list[int]]:
        """*During his visit to X, Y said …*: the subject behind the phrase that opens its clause."""
        for above in self.tree.ancestors(noun):
            if above.pos in VERBAL and self.clauses.is_finite(above.i):
                group = [k for k in self.clauses.surface(above.i) if k > noun] if above.i > noun else []
                if group:
                    yield group
                return

    def _candidates(self, i: int, of: int | None = None) -> Iterator[list[int]]:
        """Groups of words that may be referred back to: subjects of the clauses around, then of earlier sentences."""
        self_ = {i, of}
        if of is None and self.tree.words[i].role in OBJECTS:
            yield from self._parallel(i)
            yield from self._told(i)
        for above in (self.tree.words[i], *islice(self.tree.ancestors(i), FARTHEST)):
            if above.pos in VERBAL or self.tree.kids(above.i, "cop"):
                group = [k for k in self.clauses.surface(above.i) if k < i and k not in self_]
                if group and not self._is_own_argument(i, above.i, of):
                    yield group
        yield from self._in_front(i)
        here = self.tree.sentence_of[i]
        yield from ([k] for k in self._named(here) if i - FARTHEST < k < i and k not in self_)
        for n in range(here - 1, max(-1, here - 1 - REACH), -1):
            yield from self._salient(n, named=not self._is_thing(i))

    def _is_thing(self, i: int) -> bool:
        """*have opposed it*: does a pronoun stand for anything that was spoken of, and not only for who acted?"""
        word = self.tree.words[i]
        return word.role in OBJECTS and word.low in self.grammar.words.get("pronouns.third_singular_n", ())

    def _in_front(self, i: int) -> Iterator[list[int]]:
        """*Though X rebuked Y, he said …*: the subject of a clause that stands before the one around a word."""
        for above in (self.tree.words[i], *self.tree.ancestors(i)):
            for k in self.tree.kids(above.i, "advcl"):
                if k.i < i and self.clauses.is_finite(k.i) and (group := self.clauses.surface(k.i)):
                    yield group

    def _told(self, i: int) -> Iterator[list[int]]:
        """*X assured Y that Z supports him*: who is told, for an object of what is told."""
        for above in (self.tree.words[self.tree.words[i].head], *self.tree.ancestors(self.tree.words[i].head)):
            if above.role == "comp":
                yield [k for k in self.clauses.objects(above.head) if k < i]

    def _parallel(self, i: int) -> Iterator[list[int]]:
        """*X condemned Y; Z criticised it*: the object of the clause before, for an object."""
        verb = self.tree.words[i].head
        here = self.tree.sentence_of[i]
        before = [self.tree.words[verb].head] if self.tree.words[verb].role in ("conj", "parataxis") else []
        for n in (here - 1,) if here and not before else ():
            before += [k for k in self.tree.sentences[n] if self.tree.words[k].role == "root"]
        for k in before:
            if self.tree.is_verbal(k) and (group := [o for o in self.clauses.objects(k) if o < i]):
                yield group

    def _named(self, sentence: int) -> list[int]:
        """The heads of names and of descriptions in a sentence, in text order; looked for once."""
        if sentence not in self._names:
            self._names[sentence] = self._find_named(sentence)
        return self._names[sentence]

    def _find_named(self, sentence: int) -> list[int]:
        words = self.tree.sentences[sentence]
        heads = {u.head for u in self.names.units if u.start in words and not u.is_adjective}
        nouns = (
            w for w in self.tree.words[words.start : words.stop] if w.pos == "NOUN" and w.i not in self.names.unit_at
        )
        told = {w.i for w in nouns if w.lemma in self.grammar.descriptions and self._points_back(w.i)}
        return sorted(heads | told)

    def _is_own_argument(self, i: int, verb: int, of: int | None) -> bool:
        """A plain pronoun is not the subject of its own verb (*l'Iran le condamne*)."""
        return of is None and self.tree.words[i].head == verb and self.tree.words[i].role != "subj"

    def _salient(self, sentence: int, *, named: bool = True) -> Iterator[list[int]]:
        words = self.tree.sentences[sentence]
        roots = [i for i in words if self.tree.words[i].role in ("root", "comp", "parataxis")]
        for root in roots:
            group = [k for k in self.clauses.surface(root) if k in words]
            if group:
                yield group
        yield from ([k] for k in (self._named(sentence) if named else ()))

    def _agreeing(self, group: list[int], kind: str) -> list[Mention]:
        if len(group) == 1 and self._is_of_other_gender(group[0], kind):
            return []
        found = distinct(m for k in group for m in self.mentions.resolve(k))
        if kind == "plural":
            return found if len(found) > 1 or (found and self._is_plural(group[0], found[0])) else []
        if len(found) != 1 or self._is_many(group[0], found[0]):
            return []
        person = found[0].entity.type == "Person"
        gender = self._gender(group[0], found[0])
        wanted = {"m": "m", "f": "f"}.get(kind)
        if kind == "any":
            return found
        if self._is_neuter:
            return found if person == (wanted is not None) and gender in (None, wanted) else []
        return found if gender in (None, wanted) else []

    def _is_of_other_gender(self, k: int, kind: str) -> bool:
        """*she was impressed that he …*: one pronoun for a man, one for a woman."""
        word = self.tree.words[k]
        other = self._kind(k) if word.pos == "PRON" and kind in ("m", "f") else ""
        return other in ("m", "f") and other != kind

    @property
    def _is_neuter(self) -> bool:
        """Has the language a pronoun for what is no person?"""
        return bool(self.grammar.words.get("pronouns.third_singular_n"))

    def _is_plural(self, i: int, mention: Mention) -> bool:
        """Can *they* or *leur* mean it? English bodies are many, French ones are what their article says."""
        if self._is_neuter and mention.entity.type not in ("Person", "State"):
            return True
        unit = self.names.unit_at.get(i) if self._is_neuter else None
        return unit.form == "people" if unit else self._number(i) == "Plur"

    def _is_many(self, i: int, mention: Mention) -> bool:
        """*les États-Unis* is no *il*, *the rebels* no *it*."""
        if self._is_neuter:
            return mention.entity.type in ("People", "ArmedGroup") and self._number(i) == "Plur"
        return self._number(i) == "Plur"

    def _number(self, i: int) -> str:
        """Grammatical number, by the article where there is one."""
        articles = [k.morph["Number"] for k in self.tree.kids(i, "det") if k.morph.get("Number")]
        return articles[0] if articles else self.tree.words[i].morph.get("Number", "")

    def _gender(self, i: int, mention: Mention) -> str | None:
        """Grammatical gender where the language marks it, else that of a known person."""
        known = self.actors.gender(mention.entity.iri) if mention.entity.type == "Person" else None
        articles = [k.morph["Gender"] for k in self.tree.kids(i, "det") if k.morph.get("Gender")]
        said = articles[0] if articles else self.tree.words[i].morph.get("Gender", "")
        marked = {"Masc": "m", "Fem": "f"}.get(said)
        return known or (marked if mention.entity.type != "Person" or mention.entity.known is False else None)

    @staticmethod
    def _again(mention: Mention, word: Word, how: str) -> Mention:
        facet = None if mention.facet == "territory" else mention.facet  # *in Russia … it*
        return Mention(mention.entity, word.text, word.start, word.end, facet, how)

    def latter(self, i: int) -> list[Mention]:
        """*ce dernier*, *celui-ci*, *the latter*, *the former*: of those just named the last, or the first."""
        word = self.tree.words[i]
        here = self.tree.sentence_of[i]
        kind = "plural" if self._number(i) == "Plur" else "any" if self._is_neuter else self._gender_of(i)
        verb = word.head
        acting = set(self.clauses.surface(verb)) if word.role != "subj" and self.tree.is_verbal(verb) else set()
        named = [k for n in (here - 1, here) if n >= 0 for k in self._named(n) if k < i and k not in acting]
        if word.low in self.grammar.words["former_of_two"]:
            named = named[-PAIR:-1]
        for k in reversed(named):
            if found := self._agreeing([k], kind):
                return [self._again(m, word, "description") for m in found]
        return []

    def _gender_of(self, i: int) -> str:
        return {"Masc": "m", "Fem": "f"}.get(self.tree.words[i].morph.get("Gender", ""), "any")

    def described(self, i: int) -> list[Mention]:
        """*ce pays*, *le groupe*, *the kingdom*, *les deux pays*: those named before whose class fits."""
        word = self.tree.words[i]
        if word.low in self.grammar.words["latter"] | self.grammar.words["former_of_two"]:
            return self.latter(i) if self._points_back(i) else []
        classes = self.grammar.descriptions.get(word.lemma) or self.grammar.descriptions.get(word.low) or ()
        form = self.grammar["forms"].get(word.lemma)
        if form:
            classes = ("State", "Territory")
        start, end = self.clauses.phrase_span(i)
        found = self._neighbours(i) or self._meant(i, classes, form)
        return [Mention(e, self.tree.text[start:end], start, end, None, "description") for e in found]

    def _meant(self, i: int, classes: tuple[str, ...], form: str | None) -> list[Entity]:
        if not self._points_back(i) or self._is_specified(i):
            return []
        if self.tree.words[i].morph.get("Number") == "Plur":
            return self._several(i, classes)
        return self._called(i) or (self._latest(i, classes, form) if classes else [])

    def _called(self, i: int) -> list[Entity]:
        """*the council*, *la commission*: the body named before that has the word in its name."""
        word = self.tree.words[i]
        if word.pos != "NOUN" or word.lemma not in self.grammar.words["bodies"]:
            return []
        lang = self.grammar.lang
        for entity in self._before(i, BODIES, 0):
            names = {plain(piece) for piece in pieces(entity.label_in(lang))}
            if {plain(word.lemma), plain(word.low)} & names:
                return [entity]
        return []

    def _neighbours(self, i: int) -> list[Entity]:
        """*son voisin*, *its neighbour*: the other state that the text spoke of last."""
        word = self.tree.words[i]
        owners = (
            {m.entity.iri for m in self.mentions.possessors(i)}
            if word.lemma in self.grammar.words["neighbours"]
            else {}
        )
        if not owners or word.morph.get("Number") == "Plur":
            return []
        before = self._before(i, ("State",), self.tree.sentence_of[i] - REACH)
        return [e for e in before if e.iri not in owners][:1]

    def _points_back(self, i: int) -> bool:
        words = self.grammar.words
        pointing = words["definite"] | words["demonstratives"] | words["both"]
        return any(k.low in pointing for k in self.tree.kids(i, "det", "nummod", "case"))

    def _is_specified(self, i: int) -> bool:
        """Does the noun say itself which one it means? An aside behind a comma does not."""
        return any(
            k.role in ("obl", "poss") or (k.role == "relcl" and self.tree.words[i + 1].text != ",")
            for k in self.tree.kids(i)
        )

    def _before(self, i: int, classes: tuple[str, ...], first: int) -> list[Entity]:
        """The entities of a class named between a sentence and a word, the latest first."""
        start = self.tree.sentences[max(0, first)].start
        units = [u for u in self.names.units if start <= u.start < i and not u.is_adjective]
        entities = [self.mentions.actor_at(u.entity) for u in sorted(units, key=lambda u: -u.start)]
        return list(dict.fromkeys(e for e in entities if any(self.ontology.is_a(e.type, c) for c in classes)))

    def _latest(self, i: int, classes: tuple[str, ...], form: str | None) -> list[Entity]:
        """The latest that fits; with a nationality, the latest of that state; with a form, one that has it."""
        nationality = {m.entity.iri for m in self.mentions.adjectives(i)}
        own = self._own_subjects(i) | self._below_objects(i)
        for entity in self._before(i, classes, self.tree.sentence_of[i] - REACH):
            formed = form is None or form in self.actors.fact(entity.iri, "form")
            if formed and entity.iri not in own and (not nationality or nationality & self._homes(entity)):
                return [entity]
        return []

    def _below_objects(self, i: int) -> set[str]:
        """*L'organisation a accusé la filiale d'Al-Qaïda*: whom the object of its verb names is another."""
        word = self.tree.words[i]
        objects = self.tree.kids(word.head, "obj") if word.role == "subj" else []
        below = {self.names.unit_at[k] for o in objects for k in self.tree.subtree(o.i) if k in self.names.unit_at}
        return {u.entity.iri for u in below}

    def _homes(self, entity: Entity) -> set[str]:
        """The states that an entity belongs to or speaks for."""
        facts = (self.actors.fact(entity.iri, name) for name in ("partOf", "inState", "basedIn"))
        return {*self.actors.bodies_of(entity.iri, self.mentions.date), *(v for values in facts for v in values)}

    def _several(self, i: int, classes: tuple[str, ...]) -> list[Entity]:
        """*les deux pays*, *both sides*: of sides only those that the text set beside each other."""
        two = self.grammar.words["both"] | self.grammar.words["two"]
        if not any(k.low in two for k in self.tree.kids(i, "nummod", "det", "amod")):
            return []
        if self.tree.words[i].lemma in self.grammar.words["opposed"]:
            first = self.tree.sentence_of[i] - REACH
            return self._side_by_side(i, first, self._before(i, classes, first))
        return self._two(i, classes)

    def _two(self, i: int, classes: tuple[str, ...]) -> list[Entity]:
        """The two that the nearest sentences name beside whoever acts on them; of more, two side by side."""
        here = self.tree.sentence_of[i]
        own = self._own_subjects(i)
        for back in range(REACH + 1):
            found = [e for e in self._before(i, classes, here - back) if e.iri not in own]
            if len(found) > 1:
                return found[::-1] if len(found) == PAIR else self._side_by_side(i, here - back, found)
        return []

    def _side_by_side(self, i: int, first: int, among: list[Entity]) -> list[Entity]:
        """The latest two of some entities that are coordinated with each other alone."""
        for k in range(i - 1, self.tree.sentences[max(0, first)].start - 1, -1):
            group = self.tree.conjuncts(k) if self.tree.words[k].role != "conj" else []
            units = [self.names.unit_at[j] for j in group if j in self.names.unit_at]
            found = [self.mentions.actor_at(u.entity) for u in units if not u.is_adjective]
            if len(group) == PAIR and len(found) == PAIR and all(e in among for e in found):
                return found
        return []

    def _may_be_called(self, before: Title, title: Title) -> bool:
        """Can an office named before be meant by a shorter one: *chef de la diplomatie* by *le ministre*?"""
        same_word = self.tree.words[before.head].lemma == self.tree.words[title.head].lemma
        return same_word or bool(title.office.office and (before.office.office or "").endswith(title.office.office))

    def _of_same_body(self, person: Unit, title: Title) -> bool:
        """*the German minister* is nobody of another state."""
        wanted = {b.entity.iri for b in self.mentions.offices.bodies(title)}
        known = set(self.actors.bodies_of(person.entity.iri, self.mentions.date))
        return not wanted or not known or bool(wanted & known)

    def same_office(self, title: Title) -> list[Mention]:
        """*le ministre*, *the president*: the person named with that office in a sentence before."""
        for before, person in self._named_before(title):
            past = self.mentions.offices.is_past(before) == self.mentions.offices.is_past(title)
            if past and self._may_be_called(before, title) and self._of_same_body(person, title):
                start, end = self.clauses.phrase_span(title.head)
                return [Mention(person.entity, self.tree.text[start:end], start, end, None, "description")]
        return []

    def _named_before(self, title: Title) -> Iterator[tuple[Title, Unit]]:
        """The offices before one that stand by a name, nearest first; each office is looked at once."""
        while self._unread and self._unread[-1].end <= title.start:
            office = self._unread.pop()
            if person := self.mentions.offices.person_of(office):
                self._officers.append((office, person))
        place = bisect_right(self._officers, title.start, key=lambda named: named[0].end)
        yield from (self._officers[k] for k in range(place - 1, -1, -1))


def distinct(mentions: Iterable[Mention]) -> list[Mention]:
    """Mentions without those of an entity that came before.

    >>> distinct([])
    []
    """
    return list({m.entity.iri: m for m in reversed(list(mentions))}.values())[::-1]
