"""Clauses: for any predicate word (verb, noun, adjective) its arguments the active way round.

Passive, relative pronouns, coordination, control and participles are undone here, once, for frames,
attribution and the open triples alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.extract.lexicon import NONE_OF
from kg.extract.tree import NOMINAL, VERBAL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.grammar import Grammar
    from kg.extract.lexicon import Lexicon, Operator
    from kg.extract.tree import Tree, Word

SIDE = 3  # words between verbs that share an object
CLOSE = 4  # words between a noun and a phrase behind it that the parser hung on the noun above
DEEPEST = 4  # how far below a predicate its prepositional phrases may have been attached


class Oblique(NamedTuple):
    """A prepositional argument: its preposition, its word, and how far off it was attached."""

    prep: str
    i: int
    depth: int


class Clauses:
    """The arguments of every predicate of one tree."""

    def __init__(self, tree: Tree, grammar: Grammar, lexicon: Lexicon) -> None:
        self.tree = tree
        self.grammar = grammar
        self.lexicon = lexicon
        self._surface: dict[int, tuple[int, ...]] = {}
        self._keys: dict[int, tuple[tuple[str, str], ...]] = {}
        self._operators: dict[int, tuple[Operator, ...]] = {}
        self._obliques: dict[int, tuple[Oblique, ...]] = {}
        self._forms: dict[tuple[int, str], frozenset[str] | None] = {}

    # ------------------------------------------------------------------ words
    def kind(self, i: int) -> str:
        """The kind of word as the lexicon names it."""
        pos = self.tree.words[i].pos
        return "verb" if pos in VERBAL else "adjective" if pos == "ADJ" else "noun"

    def keys(self, i: int) -> tuple[tuple[str, str], ...]:
        """The lexicon's keys of a word, the particular ones first: *se rendre*, *carry out*."""
        if i not in self._keys:
            self._keys[i] = tuple(self._find_keys(i))
        return self._keys[i]

    def _find_keys(self, i: int) -> Iterator[tuple[str, str]]:
        word = self.tree.words[i]
        kind = self.kind(i)
        if kind == "verb":
            particles = [k.lemma for k in self.tree.kids(i, "particle")]
            if particles:
                yield kind, f"{word.lemma} {particles[0]}"
            if self.is_reflexive(i):
                yield kind, f"se {word.lemma}"
                if not self.is_reciprocal(i):
                    return
        yield kind, word.lemma
        if word.low != word.lemma:
            yield kind, word.low
        if kind == "verb" and self._is_bare_participle(word):
            for noun in ("noun", "adjective"):  # *Le Hezbollah, allié de l'Iran*
                yield noun, word.low.removesuffix("s").removesuffix("e")

    def _is_bare_participle(self, word: Word) -> bool:
        past = word.morph.get("VerbForm") == "Part" and word.morph.get("Tense") == "Past"
        loose = word.role in ("appos", "acl", "amod", "advcl", "conj")
        return past and loose and not self.tree.kids(word.i, "aux", "auxpass", "cc")

    def is_reflexive(self, i: int) -> bool:
        """Does the verb carry a reflexive pronoun (*se rendre*)? Only languages that list one."""
        return any(k.low in self.grammar.words["reflexive_clitics"] for k in self.tree.kids(i, "expl", "obj", "obl"))

    def is_reciprocal(self, i: int) -> bool:
        """*s'accusent mutuellement*, *blamed each other*, *traded threats*: does each do it to the other?"""
        words = self.grammar.words
        near = {k.low for k in self.tree.kids(i)} | {
            d.low for k in self.tree.kids(i, "obj") for d in self.tree.kids(k.i)
        }
        return bool(near & words["reciprocal"]) or self.tree.words[i].lemma in words["exchanging"]

    def operators(self, i: int) -> tuple[Operator, ...]:
        """The lexicon's operators of a word whose ``where`` holds."""
        if i not in self._operators:
            self._operators[i] = self._find_operators(i)
        return self._operators[i]

    def _find_operators(self, i: int) -> tuple[Operator, ...]:
        for key in self.keys(i):
            found = tuple(o for o in self.lexicon.operators.get(key, ()) if self.holds(i, o.where))
            if found:
                return found
        return ()

    def operator(self, i: int) -> Operator | None:
        """The most particular operator of a word."""
        return next(iter(self.operators(i)), None)

    def holds(self, i: int, where: tuple[tuple[str, frozenset[str]], ...]) -> bool:
        """Do the words that an idiom needs stand where it needs them?"""
        return all(self._needed(i, role, lemmas) for role, lemmas in where)

    def _needed(self, i: int, role: str, lemmas: frozenset[str]) -> bool:
        if role.startswith(NONE_OF):
            return not self._needed(i, role.removeprefix(NONE_OF), lemmas)
        if (i, role) not in self._forms:
            words = [self.tree.words[k] for k in self._near(i, role)]
            self._forms[i, role] = frozenset(form for w in words for form in (w.lemma, w.low)) if words else None
        forms = self._forms[i, role]
        return forms is not None and (not lemmas or not forms.isdisjoint(lemmas))  # an empty list asks for the role

    def _near(self, i: int, role: str) -> list[int]:
        """The words in a role as ``where`` names it."""
        if role == "object":
            return [k.i for k in self.tree.kids(i, "obj", "attr")] or list(self.objects(i))
        if role == "subject":
            return self.subjects(i)
        if role == "with":
            return [k.i for k in self.tree.kids(i)]
        if role == "complement":
            return [k.i for k in self.tree.kids(i, "xcomp", "comp")]
        if role == "infinitive":
            below = self.tree.kids(i, "xcomp", "comp")
            return [k.i for k in below if not self.is_finite(k.i) and self._is_infinitive(k.i)]
        return [o.i for o in self.obliques(i) if o.prep == role]

    # -------------------------------------------------------------- arguments
    def subjects(self, i: int) -> list[int]:
        """Who does it: the agent of a passive, else the subject, wherever it stands."""
        if self.is_passive(i):
            own = [k.i for k in self.tree.kids(i, "agent")] or self._agents_below(i) or self._shared_agents(i)
            return self.spread(self.antecedent(k) for k in own)
        return self.surface(i)

    def _shared_agents(self, i: int) -> list[int]:
        """*financés et armés par l'Iran*: the agent stands behind the last of coordinated participles."""
        others = [k.i for k in self.tree.kids(i, "conj") if k.i > i and self.is_passive(k.i)]
        return [a.i for k in others for a in self.tree.kids(k, "agent")]

    def _agents_below(self, i: int) -> list[int]:
        """*signé en juin par la Russie*: an agent that the parser hung on a phrase of the passive verb."""
        near = [k for k in self.tree.kids(i, "obl", "xcomp") if k.i > i and k.pos in NOMINAL]
        phrases = [k for k in near if not self.tree.kids(k.i, "acl", "relcl")]
        agents = self.grammar.prepositions["agent"]
        return [a.i for k in phrases for a in self.tree.kids(k.i, "agent", "obl") if a.prep in agents]

    def objects(self, i: int) -> list[int]:
        """To what it is done: the subject of a passive, else the object."""
        if self.is_passive(i):
            return self.surface(i)
        own = [k.i for k in self.tree.kids(i, "obj") if not self._is_empty_clitic(k)]
        if own:
            return self.spread(self.antecedent(k) for k in own)
        return self._relativised(i) or self._shared_objects(i)

    def _shared_objects(self, i: int) -> list[int]:
        """*armé et entraîné les hommes de X*: the object stands behind the last of verbs side by side."""
        word = self.tree.words[i]
        if word.pos not in VERBAL or self.tree.kids(i, "obl", "xcomp", "comp"):
            return []
        for k in self.tree.kids(i, "conj"):
            if k.pos in VERBAL and i < k.i <= i + SIDE and not self.tree.kids(k.i, "subj"):
                return [o for o in self.objects(k.i) if o > k.i]
        return []

    def is_passive(self, i: int) -> bool:
        """Is the verb in the passive, itself or through the verb it is coordinated with?"""
        word = self.tree.words[i]
        if word.passive or word.role != "conj" or self.tree.kids(i, "subj", "aux", "obj"):
            return word.passive
        head = self.tree.words[word.head]
        same_form = (
            word.morph.get("VerbForm") == "Part" == head.morph.get("VerbForm") and word.morph.get("Tense") == "Past"
        )
        return bool(head.passive and same_form)

    def surface(self, i: int) -> list[int]:
        """The grammatical subject of a clause, shared, controlled or relative ones included."""
        if i not in self._surface:
            self._surface[i] = ()  # a circle of controllers ends here
            self._surface[i] = tuple(dict.fromkeys(self._find_surface(i)))
        return list(self._surface[i])

    def _find_surface(self, i: int) -> list[int]:
        word = self.tree.words[i]
        own = [
            k
            for k in self.tree.kids(i, "subj")
            if k.low not in self.grammar.words["pronouns.impersonal"] or not self.tree.kids(i, "comp")
        ]
        nominal = [k.i for k in own if k.pos not in VERBAL]
        if nominal:
            return self.spread(self.antecedent(k) for k in nominal)
        if own or word.head == i:
            return []
        if word.role in ("conj", "parataxis") and self.tree.is_verbal(word.head):
            return self.surface(word.head) if word.role == "conj" else []
        if word.role in ("acl", "relcl", "amod"):
            return self._of_modified(i)
        if word.role in ("xcomp", "advcl") and not self.is_finite(i):
            return self.controller(i)
        return []

    def _of_modified(self, i: int) -> list[int]:
        """The subject of a participle or an infinitive below a noun."""
        word = self.tree.words[i]
        head = self.tree.words[word.head]
        if word.role == "acl" and self._is_infinitive(i):
            return self.noun_agents(head.i)
        if head.pos == "NOUN" and self._is_doing(word) and (speakers := self._uttering(head)):
            return speakers
        return [head.i] if head.pos in NOMINAL else self.surface(head.i)

    def _is_doing(self, word: Word) -> bool:
        """Is it a present participle behind its noun?"""
        return word.role == "acl" and word.morph.get("VerbForm") == "Part" and word.morph.get("Tense") == "Pres"

    def _uttering(self, noun: Word) -> list[int]:
        """*issued a statement condemning X*, *X's letter urging Y*: who does in words what a noun of saying says."""
        operator = self.operator(noun.i)
        if operator is None or operator.stance is None:
            return []
        under = self.tree.is_verbal(noun.head) and noun.role in ("obj", "obl")
        return self._possessors(noun.i) or (self.subjects(noun.head) if under else [])

    def controller(self, i: int) -> list[int]:
        """Who does what an infinitive says, by the verb or noun that governs it."""
        word = self.tree.words[i]
        head = self.tree.words[word.head]
        if head.pos in ("NOUN", "PROPN") and not self.tree.kids(head.i, "cop"):
            return self.noun_agents(head.i)
        operator = self._governing(head.i, word)
        without = self.grammar.words["negative_prepositions"] & {k.low for k in self.tree.kids(i, "mark")}
        aside = without or self._is_aside(word)
        if operator and operator.control and operator.control != "subject" and not aside:
            return self.role(head.i, operator.control) or []
        if self.is_cause(i) and not self.is_passive(head.i):
            named = [k for k in self.tree.kids(head.i, "obj") if k.i < i and (k.pos == "PROPN" or k.name)]
            return self.spread(self.antecedent(k.i) for k in named) or self.surface(head.i)
        if operator is None and word.role == "xcomp" and not without:
            objects = [k for k in self.tree.kids(head.i, "obj") if k.i < i]
            if objects and not self.is_passive(head.i):
                return self.spread(self.antecedent(k.i) for k in objects)
        return self.surface(head.i)

    def _is_aside(self, word: Word) -> bool:
        """*told X, denying …*, *told X after meeting Y*: what the subject of the verb does besides."""
        timed = bool({word.prep, *(k.low for k in self.tree.kids(word.i, "mark"))} & self._times)
        return word.morph.get("VerbForm") == "Part" and (word.role == "advcl" or timed)

    @property
    def _times(self) -> frozenset[str]:
        return self.grammar.words["time_conjunctions"]

    def _governing(self, i: int, word: Word) -> Operator | None:
        """Of a verb's operators, one whose content a word can be: *autorise X à livrer*, *autorise la livraison*."""
        operators = self.operators(i)
        return next((o for o in operators if word.role in o.content), next(iter(operators), None))

    def is_cause(self, i: int) -> bool:
        """*sanctionné pour avoir livré*, *fined for supplying*: what somebody is blamed or thanked for."""
        word = self.tree.words[i]
        marked = any(k.low in self.grammar.words["blamed_for"] for k in self.tree.kids(i, "mark", "case"))
        perfect = any(k.morph.get("VerbForm") == "Inf" for k in self.tree.kids(i, "aux", "auxpass"))
        gerund = word.low.endswith("ing") and word.morph.get("VerbForm") in ("Part", "Ger")
        return marked and (perfect or gerund)

    def noun_agents(self, i: int) -> list[int]:
        """Who acts in a noun of action: its possessor, else the subject of the verb it depends on.

        An infinitive hung on the object of a verb that controls it by its object is that object's deed.
        """
        word = self.tree.words[i]
        if word.role == "obj" and (operator := self.operator(word.head)) and operator.control == "object":
            return self.spread([i])
        makers = self.grammar.prepositions["agent"]
        inside = self._possessors(i) or self.spread(o.i for o in self.tree.kids(i, "obl", "agent") if o.prep in makers)
        if inside:
            return inside
        return (
            self.subjects(word.head)
            if word.head != i and self.tree.is_verbal(word.head) and word.role != "subj"
            else []
        )

    def _possessors(self, i: int) -> list[int]:
        makers = {self.grammar["prepositions"]["possessive"], *self.grammar.prepositions["part"]}
        named = [k.i for k in self.tree.kids(i, "obl") if k.prep in makers and k.pos == "PROPN"]
        return self.spread([k.i for k in self.tree.kids(i, "poss")] + named)

    def noun_speakers(self, i: int) -> list[int]:
        """Who speaks in a noun of saying: *the accusation by Kyiv*, *les déclarations de Blinken*."""
        inside = [k.i for k in self.tree.kids(i, "poss", "amod", "compound", "agent")]
        inside += [k.i for k in self.tree.kids(i, "obl") if k.prep in self._makers]
        return self.spread(inside) or self.support_subjects(i)

    @property
    def _makers(self) -> set[str]:
        prepositions = self.grammar["prepositions"]
        return {prepositions["possessive"], *prepositions["agent"]}

    def support_subjects(self, i: int) -> list[int]:
        """Who acts in a noun under a light verb: *imposer des sanctions*, *a vote was held by*."""
        word = self.tree.words[i]
        head = self.tree.words[word.head]
        for k in self._participles(i):
            if agents := self.subjects(k):
                return agents
        if head.i == i or word.role not in ("obj", "subj", "obl", "attr", "xcomp"):
            return []
        if head.pos in NOMINAL:
            carried = any(o.bearer and word.prep in o.content for o in self.operators(head.i))
            return self._possessors(head.i) or self.support_subjects(head.i) if carried else []
        fit = (
            o
            for o in self.operators(head.i)
            if (o.control and self._is_content(word, o)) or (o.support and word.role != "obl")
        )
        operator = next(fit, None)
        if operator is None:
            return []
        if word.role == "subj" and not self.is_passive(head.i):
            return []
        return self.role(head.i, operator.control or "subject")

    def _is_content(self, word: Word, operator: Operator) -> bool:
        """*clears X to fly*, *clears a shipment*: does an operator govern a word in the place where it stands?"""
        behind = word.prep in operator.content and word.i > self.tree.words[word.head].i
        return behind if word.role == "obl" else word.role in operator.content

    def aside_subjects(self, i: int, kind: str) -> list[int]:
        """*said after talks with X*, *in support of Y*: who acts in the clause that a noun is an aside of.

        By kind: the occasion, the purpose, what the actor is ``helped`` by (*avec le soutien de X*), the ``pressure``.
        """
        word = self.tree.words[i]
        under_verb = self.tree.is_verbal(word.head) and word.prep in self.grammar.prepositions["aside"]
        aside = under_verb and kind in ("occasion", "purpose")
        fits = (aside or word.prep in self.grammar.prepositions[kind]) and word.role in ("obl", "advcl")
        if kind == "purpose":
            fits = fits and word.lemma in self.grammar.words["purpose_nouns"]
        above = next((w for w in self.tree.ancestors(i) if self.tree.is_verbal(w.i)), None)
        return self.subjects(above.i) if fits and above else []

    def _participles(self, i: int) -> list[int]:
        """Light verbs below a noun: *les sanctions imposées par Washington à l'Iran*."""
        below = [k.i for k in self.tree.kids(i, "acl", "relcl", "amod") if k.passive and k.pos in VERBAL]
        return [k for k in below if any(o.support or o.control for o in self.operators(k))]

    def predicate(self, i: int) -> int | None:
        """The word under a copula that a noun is, or is one of: *X est l'une des entreprises visées*."""
        word = self.tree.words[i]
        head = self.tree.words[word.head]
        if self.tree.kids(i, "cop"):
            return i
        one_of = word.prep == self.grammar["prepositions"]["possessive"] and head.pos in ("PRON", "NUM")
        return head.i if one_of and self.tree.kids(head.i, "cop") else None

    def role(self, i: int, role: str) -> list[int]:
        """The fillers of a role of the lexicon: ``subject``, ``object`` or a preposition."""
        if "|" in role:
            return next((found for part in role.split("|") if (found := self.role(i, part.strip()))), [])
        if role == "subject":
            return self.subjects(i)
        if role == "object":
            return self.objects(i)
        return self.spread(o.i for o in self.obliques(i) if o.prep == role)

    def obliques(self, i: int) -> list[Oblique]:
        """The prepositional arguments, the nearest attachments first.

        Parsers hang *à la Russie* on *missiles* as soon as on *livrer*: phrases below the predicate's
        nouns count too, further off. The lexicon decides which of them it needs.
        """
        if i not in self._obliques:
            self._obliques[i] = tuple(self._find_obliques(i))
        return list(self._obliques[i])

    def _find_obliques(self, i: int) -> list[Oblique]:
        found: list[Oblique] = []
        todo = [(i, 0)]
        while todo:
            k, depth = todo.pop(0)
            for child in self.tree.kids(k):
                if child.role in ("obl", "agent"):
                    found.append(Oblique(child.prep, self.antecedent(child.i), depth))
                elif child.role == "xcomp" and child.pos in NOMINAL and child.prep:
                    found.append(Oblique(child.prep, child.i, depth))
                if depth < DEEPEST and child.i > i and self._may_hold(child):
                    todo.append((child.i, depth + (child.role != "amod")))
        found += self._above(i)
        found += self._aimed_at(i)
        found += [
            Oblique(k.prep, self.antecedent(k.i), 1)
            for p in self._participles(i)
            for k in self.tree.kids(p, "obl", "agent")
        ]
        found += [o for o in self._relative_obliques(i) if o not in found]
        return sorted(found, key=lambda o: (o.depth, abs(o.i - i)))

    @staticmethod
    def _may_hold(word: Word) -> bool:
        """Could a phrase of the predicate have been hung below this word?"""
        roles = ("obj", "obl", "agent", "amod", "appos", "attr", "advmod", "conj")
        return (word.role in roles and word.pos not in VERBAL) or (word.role == "acl" and word.pos == "ADJ")

    def _above(self, i: int) -> Iterator[Oblique]:
        """Phrases of the governor that follow: *accuse … de livrer | à la Russie*."""
        word = self.tree.words[i]
        head = self.tree.words[word.head]
        if word.pos not in VERBAL and head.pos in NOMINAL:
            end = max(self.tree.subtree(i))
            for k in self.tree.kids(head.i, "obl"):
                if end < k.i <= end + CLOSE:
                    yield Oblique(k.prep, self.antecedent(k.i), DEEPEST + 1)
        if word.pos not in VERBAL and head.pos in VERBAL and not self.is_passive(head.i):
            for k in self.tree.kids(head.i, "agent"):  # an active verb has no agent: it is the noun's
                yield Oblique(k.prep, self.antecedent(k.i), DEEPEST + 1)
        light = self.operator(head.i) if head.i != i else None
        if word.role == "subj" and head.prep and self.tree.kids(head.i, "cop"):  # *dont le siège est à Genève*
            yield Oblique(head.prep, head.i, DEEPEST + 1)
        carried = word.role == "xcomp" or (
            word.role in ("obj", "subj", "attr", "obl") and light and (light.support or light.control)
        )
        carried = carried or bool(word.role == "obj" and light and light.copula)  # *fait l'objet de sanctions*
        if head.i == i or not carried or not self.tree.is_verbal(head.i):
            return
        for k in self.tree.kids(head.i, "obl", "agent"):
            if k.i != i and (k.i > i or word.role != "xcomp"):
                yield Oblique(k.prep, self.antecedent(k.i), DEEPEST + 1)
                yield from (Oblique(d.prep, d.i, DEEPEST + 2) for d in self.tree.kids(k.i, "obl") if d.i > i and d.prep)

    def _aimed_at(self, i: int) -> Iterator[Oblique]:
        """*strikes targeting X*, *aimed at Y*, *a truce brokered by X between Y and Z*: ends behind a participle."""
        p = self.grammar.prepositions
        for k in self.tree.kids(i, "acl") if self.tree.words[i].pos in NOMINAL else ():
            if k.lemma in self.grammar.words["aiming"]:
                ends = [] if k.passive else self.tree.kids(k.i, "obj")
                ends += [o for o in self.tree.kids(k.i, "obl") if o.prep in p["aimed"]]
                yield from (
                    Oblique(str(self.grammar["prepositions"]["against"]), self.antecedent(o.i), 1) for o in ends
                )
            elif k.passive:
                ends = [o for o in self.tree.kids(k.i, "obl") if o.prep in p["between"] and o.pos != "PRON"]
                yield from (Oblique(o.prep, o.i, 1) for o in ends)

    def _relative_obliques(self, i: int) -> Iterator[Oblique]:
        """*dont il a reçu*, *whose*: the antecedent with the preposition the pronoun stands for."""
        possessive = self.grammar["prepositions"]["possessive"]
        for k in self.tree.kids(i):
            if k.low in self.grammar.words["relative.possessive"]:
                yield Oblique(possessive, self.antecedent(k.i), 1)

    def _relativised(self, i: int) -> list[int]:
        """*the missiles Iran delivered*: a relative clause without pronoun and without object."""
        word = self.tree.words[i]
        if word.role != "relcl" or word.pos not in VERBAL:
            return []
        pronouns = self.grammar.words["relative.subject"] | self.grammar.words["relative.object"]
        inside = [k for k in self.tree.kids(i) if k.low in pronouns]
        lone_subject = any(k.role == "subj" and k.low not in pronouns for k in self.tree.kids(i))
        return [word.head] if lone_subject and not any(k.role in ("subj", "obj") for k in inside) else []

    def antecedent(self, i: int) -> int:
        """A relative pronoun gives the noun it stands for, any other word itself."""
        word = self.tree.words[i]
        w = self.grammar.words
        relative = w["relative.subject"] | w["relative.object"] | w["relative.possessive"] | w["relative.place"]
        relative |= w["relative.contracted"]
        if word.pos not in ("PRON", "SCONJ", "DET", "ADV") or word.low not in relative:
            return i
        for above in (word, *self.tree.ancestors(i)):
            if above.role in ("relcl", "acl"):
                return above.head
        return i

    def spread(self, words: Iterator[int] | list[int]) -> list[int]:
        """Coordination spreads: each word with those coordinated with it."""
        found: list[int] = []
        for i in words:
            found.extend(k for k in self.tree.conjuncts(i) if k not in found and self.tree.words[k].pos not in VERBAL)
        return found

    # ------------------------------------------------------------------ forms
    def is_finite(self, i: int) -> bool:
        """Has the predicate a finite form, its own or an auxiliary's?"""
        forms = [k for k in self.tree.kids(i, "aux", "auxpass", "cop") if "VerbForm" in k.morph] or [self.tree.words[i]]
        return any(w.morph.get("VerbForm") == "Fin" for w in forms)

    def _is_infinitive(self, i: int) -> bool:
        forms = [self.tree.words[i], *self.tree.kids(i, "aux", "auxpass", "cop")]
        return any(w.morph.get("VerbForm") == "Inf" for w in forms)

    def _is_empty_clitic(self, word: Word) -> bool:
        return word.low in self.grammar.words["reflexive_clitics"]

    # ------------------------------------------------------------------ spans
    def phrase_span(self, i: int) -> tuple[int, int]:
        """Characters of a noun with its articles and close modifiers, without relative clauses."""
        inside = {i}
        todo = [i]
        while todo:
            for k in self.tree.kids(todo.pop()):
                if (
                    k.role in ("det", "amod", "compound", "flat", "nummod", "poss")
                    or (k.role == "case" and k.head != i)
                    or (k.role == "agent" and k.i < k.head)  # *Iran-backed militias*
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

    def bare_span(self, i: int) -> tuple[int, int]:
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
