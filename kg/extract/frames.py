"""Frames of the lexicon matched against clauses: words that state a relation → who, to whom, of what."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations, permutations, product
from typing import TYPE_CHECKING

from kg.extract.mentions import distinct
from kg.extract.themes import left_over
from kg.extract.tree import NOMINAL, VERBAL
from kg.extract.unsaid import Unsaid
from kg.model import Mention, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.extract.clauses import Clauses
    from kg.extract.lexicon import Frame, Slot
    from kg.extract.mentions import Mentions
    from kg.extract.tree import Word
    from kg.model import Entity
    from kg.ontology import Ontology, Relation

ASIDES = ("occasion", "purpose", "helped", "pressure")  # what a phrase may be to the clause it stands in
SYNTACTIC = ("subject", "object", "support", "bearer", "complement", *ASIDES)
HYPHENS = frozenset("-‐‑–")
HYPHENED = 4  # words between a noun and the pair of names it goes with
CLOSE = 5  # dependents of a noun that may stand in an apposition
HITTING = ("ASSAULT", "ACCUSE", "REJECT", "COERCE")  # PLOVER types of acts that hit an actor in what is theirs
PEOPLELESS = (
    "invades",
    "occupies",
    "deploysForcesTo",
    "withdrawsFrom",
    "visits",
    "meetsWith",
)  # what a people does not do as a state
MEMORY = 3  # sentences that *ces livraisons* may look back


@dataclass(frozen=True, slots=True)
class Proposal:
    """A frame filled: pairs of subject and object, before anybody asks how real it is."""

    i: int
    frame: Frame
    cue: Span
    pairs: tuple[tuple[Mention, Mention], ...]
    theme: Mention | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A frame that saw its word and could not be filled."""

    i: int
    frame: Frame
    reason: str


@dataclass(slots=True)
class _Filling:
    """The fillers of one try, and the words they stand at (for ``theme.adj``)."""

    mentions: dict[str, list[Mention]] = field(default_factory=dict)
    words: dict[str, list[int]] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)


class Frames:
    """Matches the frames of one tree in text order, remembering what was stated before."""

    def __init__(self, clauses: Clauses, mentions: Mentions, ontology: Ontology) -> None:
        self.clauses = clauses
        self.tree = clauses.tree
        self.grammar = clauses.grammar
        self.mentions = mentions
        self.ontology = ontology
        self.kinds = mentions.kinds
        self.said: list[Proposal] = []
        self._in_role: dict[tuple[int, str], list[int]] = {}
        self._named: dict[tuple[int, bool], list[Mention]] = {}
        self._of_class: dict[tuple[str, str | None, tuple[str, ...]], bool] = {}
        self._placeless: dict[str, Callable[[int], list[Mention]]] = {
            "agent": self._agents,
            "speaker": self._speakers,
            "adj": mentions.adjectives,
            "poss": mentions.possessors,
        }

    def match(self) -> Iterator[Proposal | Failure]:
        """All that the words of the text state, in order, and then what it leaves unsaid."""
        failures = []
        for i, word in enumerate(self.tree.words):
            if not self._may_state(word) or (i in self.mentions.unit_at and word.pos != "VERB"):
                continue
            for result in self._at(i):
                if isinstance(result, Proposal):
                    self.said.append(result)
                else:
                    failures.append(result)
                yield result
        yield from Unsaid(self).proposals(failures)

    def _may_state(self, word: Word) -> bool:
        """Has the lexicon a noun or adjective of that form? Of a verb, what stands with it has to be seen."""
        lemmas = self.clauses.lexicon.lemmas
        return word.pos in VERBAL or word.lemma in lemmas or word.low in lemmas

    def subjects_of(self, failure: Failure) -> list[Mention]:
        """Who acts by a frame that wants its object."""
        filling = _Filling()
        relation = self.ontology.relations[failure.frame.relation]
        self._slot(failure.i, "subject", failure.frame.subject, filling, relation)
        return filling.mentions.get("subject", [])

    def proposal(self, i: int, frame: Frame, pairs: tuple[tuple[Mention, Mention], ...]) -> Proposal:
        """What a frame states at a word whose ends were found elsewhere."""
        return Proposal(i, frame, self._cue(i), pairs)

    def anchor(self, i: int) -> Span:
        """The phrase of a word that stands for somebody named elsewhere."""
        return self._anchor(i, _Filling())

    def _at(self, i: int) -> Iterator[Proposal | Failure]:
        """The heaviest frame that fits a word, and those marked ``also``."""
        failure: Failure | None = None
        done = False
        yield from self._duties(i)
        for key in self.clauses.keys(i):
            for frame in self.clauses.lexicon.frames.get(key, ()):
                if (done and not frame.also) or not self.clauses.holds(i, frame.where):
                    continue
                result = self._fill(i, frame)
                if isinstance(result, Proposal):
                    done = True
                    yield result
                else:
                    failure = failure or result
            if done:
                return
        if failure:
            yield failure

    def _duties(self, i: int) -> Iterator[Proposal]:
        """*says that X must leave*: what an auxiliary states beside its verb; not *must have left*."""
        word = self.tree.words[i]
        auxiliaries = self.tree.kids(i, "aux") if word.pos == "VERB" and not word.passive else []
        if any(k.low in self.grammar.words["perfect"] for k in auxiliaries):
            return
        for k in auxiliaries:
            frames = self.clauses.lexicon.frames.get(("verb", k.low), ())
            filled = (self._fill(i, frame) for frame in frames if self.clauses.holds(i, frame.where))
            yield from (result for result in filled if isinstance(result, Proposal))

    # ------------------------------------------------------------------ filling
    def _fill(self, i: int, frame: Frame) -> Proposal | Failure | None:
        relation = self.ontology.relations[frame.relation]
        filling = _Filling()
        for name, slot in (("theme", frame.theme), ("object", frame.object), ("subject", frame.subject)):
            if slot:
                self._slot(i, name, slot, filling, relation)
        self._beyond(i, frame, filling)
        if not filling.mentions:
            return None  # the word was there, nothing else: no work for the lexicon
        if frame.theme and frame.theme.fillers and not frame.theme.optional and not filling.mentions.get("theme"):
            return Failure(i, frame, "no theme")
        if frame.subject.fillers and not frame.subject.optional and not filling.mentions.get("subject"):
            return Failure(i, frame, "no subject")
        self._recall(i, frame, filling)
        if not filling.mentions.get("object") and self._takes_another(i, frame):
            return Failure(i, frame, "no object")
        pairs = tuple(self._pairs(relation, frame, filling) or self._among(i, frame, filling))
        if not pairs:
            missing = "subject" if not filling.mentions.get("subject") else "object"
            return Failure(i, frame, f"no {missing}")
        ends = {name: filling.mentions.get(name, []) for name in ("subject", "object")}
        theme = next(iter(filling.mentions.get("theme", ())), None)
        theme = theme or left_over(i, relation, self.mentions, filling.words, ends)
        return Proposal(i, frame, self._cue(i), pairs, theme)

    def _slot(self, i: int, name: str, slot: Slot, filling: _Filling, relation: Relation) -> None:
        """Fill a slot from the first of its roles that holds somebody fit."""
        classes = {"subject": relation.subject, "object": relation.object}.get(name, ())
        for role in (*slot.roles, *self._implied(i, name, relation)):
            fillers = []
            for k, mention in self._fillers(i, role, name, filling, relation):
                fits = all(self._fits(mention, wanted) for wanted in (slot.fillers, classes) if wanted)
                if fits and not self._used(k, role, filling) and not self._only_lives_there(mention, name, relation):
                    fillers.append((k, mention))
            if fillers:
                filling.words[name] = [k for k, _ in fillers]
                filling.roles[name] = role
                filling.mentions[name] = distinct(m for _, m in fillers)
                return

    @staticmethod
    def _only_lives_there(mention: Mention, name: str, relation: Relation) -> bool:
        """*thousands of Gambians crossed into Senegal*: a people that moves is no state that invades."""
        return name == "subject" and mention.facet == "people" and relation.name in PEOPLELESS

    def _beyond(self, i: int, frame: Frame, filling: _Filling) -> None:
        """Ends of a noun outside its phrase: *Accord Rome-Tirana*, *Hongrie : menace européenne*."""
        if self.tree.words[i].pos in VERBAL:
            return
        ends, relation = filling.mentions, self.ontology.relations[frame.relation]
        if relation.symmetric and not (ends.get("subject") and ends.get("object")):
            pair = [m for m in self._joined(i) if self._fits(m, relation.object)]  # *l'axe Naivasha-Nakuru* is a road
            if len({m.entity.iri for m in pair}) > 1:
                ends["subject"], ends["object"] = pair[:1], pair[1:]
        elif ends.get("subject") and not ends.get("object"):
            topic = [m for m in self._topic(i) if self._may_be_object(m, frame)]
            ends["object"] = [m for m in topic if m.entity.iri not in {s.entity.iri for s in ends["subject"]}]

    def _joined(self, i: int) -> list[Mention]:
        """Two names with a hyphen between them, beside a noun: *Russia-Ukraine talks*."""
        words, units = self.tree.words, self.mentions.unit_at
        for k in range(max(1, i - HYPHENED), min(i + HYPHENED, len(words) - 1)):
            if words[k].text in HYPHENS and k - 1 in units and k + 1 in units:
                return [m for n in (k - 1, k + 1) for m in self.mentions.resolve(units[n].head)]
        return []

    def _topic(self, i: int) -> list[Mention]:
        """Who a headline is about: the name before its colon."""
        sentence = self.tree.sentences[self.tree.sentence_of[i]]
        unit = self.mentions.unit_at.get(sentence.start)
        colon = unit is not None and unit.end < i and self.tree.words[unit.end].text == ":"
        return self.mentions.resolve(unit.head) if unit and colon and not unit.is_adjective else []

    def _implied(self, i: int, name: str, relation: Relation) -> tuple[str, ...]:
        """Beyond its own slots a noun may take the subject of the light verb it stands under.

        In an aside it takes that of its clause (*in support of*), a meeting or a visit also where it tells the
        time (*said after talks with*).
        """
        if name != "subject" or self.tree.words[i].pos in VERBAL or self._is_foreign(i):
            return ()
        return ("support", "purpose", "occasion") if relation.quad == "verbal-cooperation" else ("support", "purpose")

    def _is_foreign(self, i: int) -> bool:
        """*suspendre l'aide occidentale*, *stop foreign aid*: a deed of others than whoever acts on it."""
        return any(k.lemma.casefold() in self.grammar.words["foreign"] for k in self.tree.kids(i, "amod"))

    @staticmethod
    def _used(k: int, role: str, filling: _Filling) -> bool:
        return k >= 0 and role not in ("adj", "poss") and any(k in words for words in filling.words.values())

    def _fillers(
        self, i: int, role: str, name: str, filling: _Filling, relation: Relation
    ) -> Iterator[tuple[int, Mention]]:
        """Words and mentions in a role; word −1 for those that fill no place of their own."""
        of, dot, inner = role.partition(".")
        if dot:
            for k in filling.words.get(of) or self._words(i, of):
                yield from self._fillers(k, inner, name, filling, relation)
        elif role in self._placeless:
            yield from ((-1, m) for m in self._placeless[role](i))
        else:
            place = name == "object" and "Place" in relation.object
            denied = role == "support" and self._is_denied(i)
            whole = place or not self._is_attribute(i)  # *Russian-backed regions of Georgia*: a part alone
            for k in self._words(i, role):
                if self._is_anothers(k, role, i, relation) or self._is_inside(k, i):
                    continue
                found = self._resolve(k, name, relation, place=place)
                if not found and self.tree.words[k].pos == "PROPN" and role not in SYNTACTIC:
                    return  # *member of the Vaccine Alliance, … of the EU*: a name nobody knows is still the answer
                for m in found if whole else [m for m in found if m.facet != "territory"]:
                    yield from ((k, side) for side in (self.mentions.sides(m) if denied else [m]))

    def _is_attribute(self, i: int) -> bool:
        """Does a passive participle stand before the noun that it is said of?"""
        word = self.tree.words[i]
        return word.passive and word.role == "amod" and word.i < word.head

    def _is_denied(self, i: int) -> bool:
        """*le ministre dément toute livraison*: whoever denies a deed speaks for the side that is said to do it."""
        return any(
            o.stance == "denies" for above in self.tree.ancestors(i) for o in self.clauses.operators(above.i)[:1]
        )

    def _words(self, i: int, role: str) -> list[int]:
        """The words in a role, looked for once, whichever frames ask for them."""
        found = self._in_role.get((i, role))
        if found is None:
            found = self._in_role[i, role] = self._find_words(i, role)
        return found

    def _find_words(self, i: int, role: str) -> list[int]:
        c = self.clauses
        if role == "subject":
            return c.subjects(i) if self.tree.words[i].pos in VERBAL else self._bearers(i)
        if role == "bearer":
            return self._bearers(i)
        if role == "object":
            return c.objects(i)
        if role == "support":
            return c.support_subjects(i)
        if role in ASIDES:
            return c.aside_subjects(i, role)
        if role == "complement":
            return [k.i for k in self.tree.kids(i, "xcomp", "comp")] or [
                k.i for k in self.tree.kids(i, "advcl") if k.i > i
            ][:1]
        found = c.spread([o.i for o in c.obliques(i) if o.prep == role])
        return found or self._second_object(i, role)

    def _is_inside(self, k: int, participle: int) -> bool:
        """*tués au Burkina Faso*: a part of a name that the parser hung on a participle is no object of it."""
        unit, words = self.mentions.unit_at.get(k), self.tree.words
        inside = bool(unit and unit.head < k and words[unit.head].head == participle)
        return inside and words[participle].role == "acl" and words[k].role == "obj"

    def _is_anothers(self, k: int, role: str, i: int, relation: Relation) -> bool:
        """*sanctions over the transfer of missiles to Russia*: a phrase of a noun that tells of another deed."""
        while self.tree.words[k].role == "conj" and self.tree.words[k].head < k:
            k = self.tree.words[k].head
        head = self.tree.words[self.tree.words[k].head]
        if head.i == i or not (head.role == "obl" or head.prep) or head.pos not in NOMINAL:
            return False
        frames = [f for key in self.clauses.keys(head.i) for f in self.clauses.lexicon.frames.get(key, ())]
        deeds = {f.relation for f in frames if any(s and role in s.roles for s in (f.subject, f.object, f.theme))}
        return bool(deeds) and not deeds & {relation.name, *relation.ends}

    def _second_object(self, i: int, role: str) -> list[int]:
        """*send Ukraine tanks*: a recipient that the parser took for a part of the object's name."""
        if role != self.grammar["prepositions"]["dative"] or not self._gives(i):
            return []
        parts = [k for o in self.tree.kids(i, "obj") for k in self.tree.kids(o.i, "compound")]
        named = [k.i for k in parts if (u := self.mentions.unit_at.get(k.i)) and not u.is_adjective]
        return [k for k in named if self.mentions.unit_at[k].entity.type != "Person"]

    def _gives(self, i: int) -> bool:
        """Does a verb have what is given for its object: *send Ukraine tanks*, not *meet its NATO commitments*?"""
        frames = [f for key in self.clauses.keys(i) for f in self.clauses.lexicon.frames.get(key, ())]
        return self.tree.words[i].pos in VERBAL and any(f.theme and "object" in f.theme.roles for f in frames)

    def _agents(self, i: int) -> list[Mention]:
        """Who acts in a noun of action that another frame rests on (*cible de ces sanctions*)."""
        own = [*self.mentions.adjectives(i), *self.mentions.possessors(i)]
        made = [a.i for p in self.tree.kids(i, "acl", "relcl") if p.passive for a in self.tree.kids(p.i, "agent")]
        own = own or [m for k in (made or self.clauses.noun_agents(i)) for m in self.mentions.resolve(k)]
        if own:
            return own
        lemmas = {self.tree.words[i].lemma}
        for said in reversed(self.said):
            near = self.tree.sentence_of[i] - self.tree.sentence_of[said.i] <= MEMORY
            if near and self.tree.words[said.i].lemma in lemmas:
                start, end = self.clauses.phrase_span(i)
                text = self.tree.text[start:end]
                return [
                    Mention(s.entity, text, start, end, s.facet, "event") for s in distinct(p[0] for p in said.pairs)
                ]
        return []

    def _speakers(self, i: int) -> list[Mention]:
        """Who says what a clause says: *X estime que Y doit céder*, *« Y doit céder », a dit X*."""
        word = self.tree.words[i]
        tellers = [word.head] if word.role == "comp" else [k.i for k in self.tree.kids(i, "parataxis")]
        told = [k for k in tellers if any(o.stance == "asserts" for o in self.clauses.operators(k)[:1])]
        named = [m for k in told for s in self.clauses.subjects(k) for m in self.mentions.resolve(s)]
        named = named or self.mentions.coreference.quoted(i)
        own = {m.entity.iri for k in self.clauses.subjects(i) for m in self.mentions.resolve(k)}
        return [m for m in named if not own & {s.entity.iri for s in self.mentions.sides(m)}]

    def _bearers(self, i: int) -> list[int]:
        """Who a noun or adjective is said of: subject of the copula, the noun it stands by."""
        word = self.tree.words[i]
        if self.tree.kids(i, "cop"):
            return self.clauses.surface(i)
        beside_name = word.role == "compound" and word.head in self.mentions.unit_at
        if word.role in ("appos", "amod", "attr", "acl") or beside_name or self._opens_aside(i):
            head = self.tree.words[word.head]
            if word.role == "attr":
                return self.clauses.objects(head.i) or self.clauses.surface(head.i)
            return [head.i]
        under = self.tree.words[word.head]
        if word.role == "obl" and under.pos == "AUX" and under.role not in ("aux", "auxpass", "cop"):
            return self.clauses.surface(under.i)  # *is under American sanctions*
        for operator in self.clauses.operators(word.head) if word.role in ("obl", "obj") else ():
            if operator.copula and (word.prep or word.role) in operator.content:
                return self.clauses.surface(word.head) or self.clauses.objects(word.head)
        beside = [k.i for k in self.tree.kids(i, "appos", "flat") if k.i in self.mentions.unit_at]
        if beside:
            return beside
        before = self._before_comma(i)
        return [before] if before is not None else []

    def _opens_aside(self, i: int) -> bool:
        """*Haftar, à la tête de l'ANL, …*: does a phrase stand behind the comma of the name before it?"""
        word = self.tree.words[i]
        if word.role != "obl" or self.tree.words[word.head].pos != "PROPN":
            return False
        first = min([i, *(k.i for k in self.tree.kids(i, "case", "det"))])
        return first > word.head and self.tree.words[first - 1].text == ","

    def _before_comma(self, i: int) -> int | None:
        """*Iran, an ally of Russia, …*: the name before the comma, where the parser lost the apposition."""
        first = min(self.tree.subtree(i), default=i) if len(self.tree.children[i]) <= CLOSE else i
        for k in range(i - 1, max(-1, i - 6), -1):
            if self.tree.words[k].text == ",":
                unit = self.mentions.unit_at.get(k - 1)
                return unit.head if unit and not unit.is_adjective else None
            if k < first and self.tree.words[k].pos not in ("DET", "ADJ", "ADV", "PRON"):
                return None
        return None

    def _resolve(self, k: int, name: str, relation: Relation, *, place: bool) -> list[Mention]:
        if name == "theme":
            time = self.tree.words[k].lemma.casefold() in self.grammar.words["time_nouns"]
            return [] if time else [self.mentions.theme(k)]
        classes = {"subject": relation.subject, "object": relation.object}[name]
        if "Good" in classes and k in self.kinds:
            return [self.mentions.theme(k)]
        if (k, place) not in self._named:
            self._named[k, place] = self.mentions.resolve(k, place=place)
        found = self._named[k, place]
        hit = name == "object" and relation.plover in HITTING
        return found or (self._culprits(k) if hit else [])

    def _culprits(self, k: int) -> list[Mention]:
        """*condamner l'invasion de X par Y*: who did the deed; of anything else (*five Indian jets*) whose it is."""
        doers = [a.i for p in self.tree.kids(k, "acl", "relcl") if p.passive for a in self.tree.kids(p.i, "agent")]
        known = any(key in self.clauses.lexicon.frames for key in self.clauses.keys(k))
        if not doers and not known:
            return self.mentions.parts(k)
        agents = doers + [o.i for o in self.clauses.obliques(k) if o.prep in self.grammar.prepositions["agent"]]
        named = [m for i in self.clauses.spread(agents) for m in self.mentions.resolve(i)]
        named = named or [*self.mentions.adjectives(k), *self.mentions.possessors(k)]
        named = named or [m for i in self.clauses.spread(self._owners(k)) for m in self.mentions.resolve(i)]
        return named or self._doers_told(k)

    def _doers_told(self, k: int) -> list[Mention]:
        """*Lebanon condemned the raid*: who did the deed that the sentences before told of."""
        if not any(d.low in self.grammar.words["definite"] for d in self.tree.kids(k, "det")):
            return []
        relations = {f.relation for key in self.clauses.keys(k) for f in self.clauses.lexicon.frames.get(key, ())}
        start, end = self.clauses.phrase_span(k)
        for said in reversed(self.said):
            if self.tree.sentence_of[k] - self.tree.sentence_of[said.i] > MEMORY:
                break
            if said.frame.relation in relations and said.i != k:
                doers = distinct(subject for subject, _ in said.pairs)
                return [Mention(m.entity, self.tree.text[start:end], start, end, m.facet, "event") for m in doers]
        return []

    def _owners(self, k: int) -> list[int]:
        """*les exercices de Pékin*: whose a deed is, where its frame says that *de* names the doer."""
        possessive = self.grammar["prepositions"]["possessive"]
        frames = [f for key in self.clauses.keys(k) for f in self.clauses.lexicon.frames.get(key, ())]
        if not any(possessive in f.subject.roles for f in frames):
            return []
        return [o.i for o in self.tree.kids(k, "obl") if o.prep == possessive]

    def _fits(self, mention: Mention, wanted: tuple[str, ...]) -> bool:
        """Is the entity of one of the classes, or of one of the kinds of goods?"""
        entity = mention.entity
        if entity.type == "Unresolved" and mention.how != "theme":
            return True
        key = entity.type, entity.kind, wanted
        if key not in self._of_class:
            self._of_class[key] = any(self._is_of(entity, name) for name in wanted)
        return self._of_class[key]

    def _is_of(self, entity: Entity, name: str) -> bool:
        if name in self.ontology.kinds:
            return bool(entity.kind) and self.ontology.kind_is(entity.kind or "", name)
        return self.ontology.is_a(entity.type, name)

    def _takes_another(self, i: int, frame: Frame) -> bool:
        """*Ankara and Cairo receive wheat*: its object is nobody that the subjects would meet, nor each other."""
        direct = self.tree.words[i].pos in VERBAL and "object" in frame.object.roles
        return direct and bool(self.tree.kids(i, "obj")) and not self.clauses.is_reciprocal(i)

    def _pairs(self, relation: Relation, frame: Frame, filling: _Filling) -> list[tuple[Mention, Mention]]:
        subjects, objects = filling.mentions.get("subject", []), filling.mentions.get("object", [])
        if relation.symmetric and not (objects and subjects):
            ends = [] if self._is_one_side(frame, filling) else distinct([*subjects, *objects])
            return list(combinations(sorted(ends, key=lambda m: m.start), 2))
        own = {s.entity.iri for s in subjects} & {o.entity.iri for o in objects if o.how == "pronoun"}
        found = product(subjects, [] if own else objects)  # nobody condemns what is their own
        turned = relation.symmetric
        return [(o, s) if turned and o.start < s.start else (s, o) for s, o in found if s.entity.iri != o.entity.iri]

    def _is_one_side(self, frame: Frame, filling: _Filling) -> bool:
        """*Treaties were signed with Oman and Iran*, *oil sold by Oman and Iran*: the other side is not named."""
        p = self.grammar["prepositions"]
        facing = {*p["with"], *p["origin"], p["dative"]}
        parted = bool(frame.theme and frame.theme.fillers) and not {*p["with"]} & {*frame.object.roles}
        return parted or any(role.rpartition(".")[2] in facing for role in filling.roles.values())

    def _among(self, i: int, frame: Frame, filling: _Filling) -> Iterator[tuple[Mention, Mention]]:
        """*blamed each other*: both ways; *Riyadh and Damascus broke off ties*: a joint act without *with*."""
        subjects = sorted(filling.mentions.get("subject", []), key=lambda m: m.start)
        if filling.mentions.get("object"):
            return
        if self.clauses.is_reciprocal(i):
            yield from ((s, o) for s, o in permutations(subjects, 2) if self._may_be_object(o, frame))
        elif (
            (self.tree.words[i].pos in VERBAL or self._stands_between(filling))
            and self._is_mutual(frame.relation)
            and self.grammar.prepositions["with"] & set(frame.object.roles)
        ):
            yield from ((s, o) for s, o in combinations(subjects, 2) if self._may_be_object(o, frame))

    def _stands_between(self, filling: _Filling) -> bool:
        """*la rupture des relations entre X et Y*: the two ends stand together."""
        role = filling.roles.get("subject", "").rpartition(".")[2]
        return role in self.grammar.prepositions["between"]

    def _is_mutual(self, name: str) -> bool:
        """Is it done together: a relation of both sides (*met*), or one that ends such (*broke off ties*)?"""
        relations = self.ontology.relations
        return relations[name].symmetric or any(relations[r].symmetric for r in relations[name].ends)

    def _may_be_object(self, mention: Mention, frame: Frame) -> bool:
        """*America and Britain struck the Houthis*: nobody is the weapon that a frame with *with* looks for."""
        wanted = (frame.object.fillers, self.ontology.relations[frame.relation].object)
        return all(self._fits(mention, classes) for classes in wanted if classes)

    # ------------------------------------------------------------------ what was said before
    def _recall(self, i: int, frame: Frame, filling: _Filling) -> None:
        """*ces livraisons*, *this alliance*: what is missing was said in the sentences before."""
        missing = [n for n in ("subject", "object") if not filling.mentions.get(n)]
        if (
            len(missing) != 1
            or "bearer" in frame.object.roles + frame.subject.roles
            or not self._points_back(i, filling)
        ):
            return  # with both ends missing the noun only mentions again what was said
        for said in reversed(self.said):
            if self.tree.sentence_of[i] - self.tree.sentence_of[said.i] > MEMORY:
                return
            if said.i != i and self._same_event(frame, said, filling):
                at = self._anchor(i, filling)
                for name in missing:
                    fillers = distinct(pair[name == "object"] for pair in said.pairs)
                    filling.mentions[name] = [
                        Mention(m.entity, at.text, at.start, at.end, m.facet, "event") for m in fillers
                    ]
                return

    def _points_back(self, i: int, filling: _Filling) -> bool:
        """Is the noun, or the theme of the verb, marked as known (*ces missiles*, *the alliance*)?"""
        demonstratives = self.grammar.words["demonstratives"]
        pointing = demonstratives | self.grammar.words["definite"]
        if self.tree.words[i].pos in VERBAL:
            return any(
                k.low in demonstratives for t in filling.words.get("theme", ()) for k in self.tree.kids(t, "det")
            )
        return any(k.low in pointing for k in self.tree.kids(i, "det"))

    def _same_event(self, frame: Frame, said: Proposal, filling: _Filling) -> bool:
        same = self.ontology.is_sub_relation(said.frame.relation, frame.relation)
        kept = {m.entity.iri for name in ("subject", "object") for m in filling.mentions.get(name, ())}
        ends = {m.entity.iri for pair in said.pairs for m in pair}
        return same and kept <= ends

    def _anchor(self, i: int, filling: _Filling) -> Span:
        k = i if self.tree.words[i].pos in NOMINAL else next(iter(filling.words.get("theme", ())), i)
        start, end = self.clauses.phrase_span(k)
        return Span(self.tree.text[start:end], start, end)

    def _cue(self, i: int) -> Span:
        word = self.tree.words[i]
        return Span(word.text, word.start, word.end)
