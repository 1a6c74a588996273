"""How real a proposition is and who says so: read off what governs the words that state it.

One climb from the trigger to the root gives modality, polarity, phase and the chain of speakers. What
each governing word does is data (speech.toml, operators.toml); the climb only knows roles.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple, get_args

from kg.extract.tree import NOMINAL, VERBAL
from kg.model import Attribution, Mention, Modality, Phase, Polarity, Span, Stance

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.extract.clauses import Clauses
    from kg.extract.lexicon import Operator
    from kg.extract.mentions import Mentions
    from kg.extract.quotes import Quote
    from kg.extract.tree import Word

APART = frozenset(";")  # marks between main clauses that no speaker reaches over
NEAR = 3  # words between an auxiliary and its verb
UNSAID: dict[Stance, Stance] = {"asserts": "doubts", "denies": "doubts", "doubts": "doubts"}
STRENGTH: tuple[str, ...] = get_args(Modality)  # claims.md: the strongest that applies
CONTENT = ("comp", "xcomp", "obj", "attr", "acl", "advcl")


def stronger(a: Modality, b: Modality | None) -> Modality:
    """The stronger of two modalities.

    >>> stronger("alleged", "possible")
    'possible'
    """
    return b if b and STRENGTH.index(b) > STRENGTH.index(a) else a


class Step(NamedTuple):
    """A governing word that the climb passed, and what the lexicon says of it."""

    i: int
    operator: Operator


@dataclass(slots=True)
class Context:
    """What the climb gathers; ``voices`` run from the innermost speaker outwards."""

    modality: Modality = "actual"
    negative: bool = False
    phase: Phase = "holds"
    voices: list[list[Attribution]] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)

    @property
    def polarity(self) -> Polarity:
        """The polarity of the proposition itself; denial is a stance."""
        return "negative" if self.negative else "positive"

    @property
    def attribution(self) -> tuple[Attribution, ...]:
        """The chain of speakers, outermost first, as claims.md wants it."""
        levels = [
            [Attribution(a.speaker, a.stance, n, a.cue, a.via) for a in voice] for n, voice in enumerate(self.voices)
        ]
        return tuple(a for voice in reversed(levels) for a in voice)

    def colour(self, operator: Operator) -> None:
        """Take over what an operator makes of its content."""
        self.modality = stronger(self.modality, operator.modality)
        self.negative ^= operator.polarity == "negative"
        self.phase = operator.phase or self.phase


class Contexts:
    """Reads contexts off one tree."""

    def __init__(self, clauses: Clauses, mentions: Mentions, quotes: Iterable[Quote] = ()) -> None:
        self.clauses = clauses
        self.tree = clauses.tree
        self.grammar = clauses.grammar
        self.mentions = mentions
        self.quotes = tuple(quotes)
        self.sources = self._sources()

    def read(self, i: int) -> Context:
        """The context of the trigger word ``i``."""
        context = Context()
        self._mood(i, context, negation=True)
        self._climb(i, context)
        if not context.voices:
            self._behind_colon(i, context)
        self._quoted(i, context)
        return context

    def _behind_colon(self, i: int, context: Context) -> None:
        """*X a mis en garde Y : si Z attaquait, …*: what a verb of saying announces before a colon."""
        words = self.tree.sentences[self.tree.sentence_of[i]]
        colon = next((k for k in range(i, words.start, -1) if self.tree.words[k].text == ":"), None)
        for k in range(colon or 0, words.start - 1, -1):
            operator = self.clauses.operator(k) if self.tree.words[k].pos in VERBAL else None
            if operator and operator.stance and self.clauses.is_finite(k) and not self.tree.kids(k, "comp", "xcomp"):
                self._speak(k, operator, context, presupposed=False)
                return

    def read_standing(self, i: int) -> Context:
        """The context of a noun that stands whatever is said of it (an office): only who is quoted speaks for it.

        Said of somebody by a copula (*X said that Y is president*) it is a statement like any other.
        """
        if self.tree.kids(i, "cop"):
            return self.read(i)
        context = Context()
        self._quoted(i, context)
        return context

    # ------------------------------------------------------------------ the climb
    def _climb(self, i: int, context: Context) -> None:
        presupposed = False
        trigger = i
        self._heard(i, context, trigger)
        seen = {i}
        while True:
            word = self.tree.words[i]
            head = self.tree.words[word.head]
            if head.i in seen or self._stands_apart(word):
                return
            seen.add(head.i)
            if word.role == "conj" and self._same_kind(word, head):
                i = head.i
                continue
            operator = self._governs(head, word)
            if operator:
                self._apply(head.i, operator, context, presupposed=presupposed)
            elif word.role == "advcl" and not presupposed:
                self._marked(word, context)
            presupposed = presupposed or self._presupposes(word, operator)
            i = head.i
            self._heard(i, context, trigger)

    def _stands_apart(self, word: Word) -> bool:
        """Is this the verb of another main clause, behind or before a semicolon or a colon?"""
        if word.role not in ("parataxis", "comp", "conj", "advcl", "dep") or self.tree.kids(word.i, "mark"):
            return False
        a, b = sorted((word.i, word.head))
        return any(self.tree.words[k].text in APART for k in range(a, b) if not self._in_quotation(k))

    def _in_quotation(self, i: int) -> bool:
        place = self.tree.words[i].start
        return any(q.start <= place < q.end for q in self.quotes)

    @staticmethod
    def _same_kind(word: Word, head: Word) -> bool:
        return (word.pos in VERBAL) == (head.pos in VERBAL)

    def _governs(self, head: Word, word: Word) -> Operator | None:
        """The operator of ``head`` if ``word`` is the content it speaks of."""
        if word.role in (
            "relcl",
            "subj",
            "obl",
            "agent",
            "poss",
            "compound",
            "amod",
            "acl",
        ) and not self._may_be_content(head, word):
            return None
        if word.role not in (*CONTENT, "subj", "obl", "relcl", "compound", "poss"):
            return None
        for operator in self.clauses.operators(head.i):
            fits_preposition = not operator.content or word.prep in operator.content or word.role in operator.content
            if word.role == "obl" and not operator.content and not (operator.bearer and head.pos in NOMINAL):
                continue
            if fits_preposition:
                return operator
        return None

    def _may_be_content(self, head: Word, word: Word) -> bool:
        """A subject is content in the passive, a phrase where the operator asks for its preposition."""
        if word.role == "subj":
            operator = self.clauses.operator(head.i)
            return self.clauses.is_passive(head.i) or bool(operator and "subj" in operator.content)
        if word.role == "acl":
            return head.pos in NOMINAL and (not word.passive or bool(self.tree.kids(word.i, "mark")))
        return word.role == "obl"

    def _presupposes(self, word: Word, operator: Operator | None) -> bool:
        """Beyond this word, does what governs leave the content standing (relative clauses, adjuncts)?"""
        if operator:
            return operator.factive or (operator.phase == "ends" and operator.polarity is None)
        if (
            word.role in ("acl", "obl")
            and self.clauses.predicate(word.head if word.role == "acl" else word.i) is not None
        ):
            return False  # said of somebody by a copula: not taken for granted
        return word.role in (
            "relcl",
            "acl",
            "advcl",
            "subj",
            "obl",
            "agent",
            "parataxis",
            "obj",
            "poss",
            "compound",
            "appos",
            "amod",
        )

    def _apply(self, i: int, operator: Operator, context: Context, *, presupposed: bool) -> None:
        context.steps.append(Step(i, operator))
        if operator.stance:
            self._speak(i, operator, context, presupposed=presupposed)
            if not presupposed:
                context.colour(operator)
        elif not presupposed and operator.phase == "ends" and operator.polarity is None:
            own = Context()
            self._mood(i, own, negation=True)
            if own.modality == "actual" and not own.negative:
                context.phase = "ends"  # an end that is only planned leaves what it would end standing
        elif not presupposed:
            self._colour_over(i, operator, context)

    def _colour_over(self, i: int, operator: Operator, context: Context) -> None:
        """A word of mood or polarity over a clause; over a word of saying a refusal is a doubt of who speaks."""
        refused = (operator.polarity == "negative") ^ self.is_negated(i)
        if refused and context.voices and self._reports_below(context):
            context.voices[-1] = [replace(a, stance=UNSAID[a.stance]) for a in context.voices[-1]]
            return
        context.colour(operator)
        doubled = self._negates_object(i) and context.negative and operator.polarity is None
        self._mood(i, context, negation=not doubled)

    def _reports_below(self, context: Context) -> bool:
        """Was the word climbed before this one a word of saying (*refused to confirm*)?"""
        return len(context.steps) > 1 and context.steps[-2].operator.stance is not None

    def _negates_object(self, i: int) -> bool:
        """*has no plan to*: the *no* of the object has been counted at the object."""
        none = self.grammar.words["negative_determiners"]
        return any(k.low in none for o in self.tree.kids(i, "obj", "attr") for k in self.tree.kids(o.i, "det"))

    def _speak(self, i: int, operator: Operator, context: Context, *, presupposed: bool) -> None:
        """Add the speakers of a word of saying; a negated assertion is a doubt, one by nobody is hearsay."""
        stance: Stance = operator.stance or "asserts"
        if self._neither(i):
            stance = "doubts"
        elif self.is_negated(i):
            stance = "doubts" if stance == "asserts" else "asserts"
        if presupposed and stance != "asserts":
            return
        voice = self.voice(i, operator, stance)
        if not voice and stance == "asserts" and not presupposed and self.clauses.is_passive(i):
            context.modality = stronger(context.modality, "alleged")  # *is said to*, *accused of*
        if voice and (not context.voices or _who(voice) != _who(context.voices[-1])):
            self._add_voice(voice, context)

    @staticmethod
    def _add_voice(voice: list[Attribution], context: Context) -> None:
        """Whoever denies a claim by somebody unnamed denies it themselves: *rejected claims that it …*."""
        speakers = {a.speaker.entity.iri for a in voice}
        inner = {a.speaker.entity.iri for a in context.voices[-1]} if context.voices else set()
        if speakers == inner and all(a.stance == "denies" for a in voice):
            context.voices[-1] = voice
        else:
            context.voices.append(voice)

    def voice(self, i: int, operator: Operator, stance: Stance) -> list[Attribution]:
        """Who speaks by the word ``i``: one attribution each, at the same level."""
        cue = self.cue(i)
        who = self.mentions.resolve if operator.kind == "noun" else self.speaker
        found = {m.entity.iri: (k, m) for k in self.speakers(i, operator) for m in who(k)}
        return [Attribution(m, stance, 0, cue, self._via(i, k)) for k, m in found.values()]

    def speakers(self, i: int, operator: Operator) -> list[int]:
        """The words that name who speaks."""
        if operator.kind == "noun":
            return self.clauses.noun_speakers(i)
        return self.clauses.role(i, operator.speaker)

    def speaker(self, i: int) -> list[Mention]:
        """Who a word names as a speaker; somebody unknown gets a local entity."""
        return self.mentions.resolve(i) or self.mentions.unresolved(i)

    def _via(self, verb: int, speaker: int) -> Mention | None:
        """The mouthpiece: *les autorités russes, par la voix de leur porte-parole …*."""
        via = self.grammar.prepositions["via"]
        for o in (*self.clauses.obliques(speaker), *self.clauses.obliques(verb)):
            if o.prep in via:
                found = self.mentions.resolve(o.i)
                if found:
                    return found[0]
        return None

    def cue(self, i: int) -> Span:
        """The words of a predicate: auxiliaries and verb (*a déclaré*, *has denied*)."""
        inside = [k for k in self.tree.kids(i, "aux", "auxpass", "particle") if abs(k.i - i) <= NEAR]
        first = min([i, *(k.i for k in inside)])
        last = max([i, *(k.i for k in inside if k.role == "particle")])
        if any(self.tree.words[k].pos in ("PRON", "PROPN", "NOUN") for k in range(first, last)):
            first = i
        start, end = self.tree.words[first].start, self.tree.words[last].end
        return Span(self.tree.text[start:end], start, end)

    # ------------------------------------------------------------------ according to
    def _sources(self) -> dict[int, list[tuple[int, Operator]]]:
        """*selon X*: the clause's word → the words of its sources."""
        found: dict[int, list[tuple[int, Operator]]] = {}
        for word in self.tree.words:
            operator = (
                self.clauses.lexicon.sources.get(word.prep) if word.role in ("obl", "agent", "xcomp", "advcl") else None
            )
            if operator and word.pos in (*NOMINAL, "ADJ"):
                found.setdefault(self._clause_of(word), []).append((word.i, operator))
        return found

    def _clause_of(self, word: Word) -> int:
        above = list(self.tree.ancestors(word.i))
        for w in above:
            if self.tree.is_verbal(w.i):
                return w.i
        return above[-1].i if above else word.i

    def _heard(self, i: int, context: Context, trigger: int) -> None:
        """Add who is heard at this clause: *selon X*, and an inserted *a déclaré X*."""
        for k, operator in self.sources.get(i, ()):
            if trigger in self.tree.subtree(k):
                continue  # what describes the source is not said by it
            cue = self._case_span(k)
            voice = [
                Attribution(m, operator.stance or "asserts", 0, cue)
                for j in self.tree.conjuncts(k)
                for m in self.speaker(j)
            ]
            if voice and not any(_who(voice) == _who(v) for v in context.voices):
                context.voices.append(voice)
        for kid in self.tree.kids(i, "parataxis", "advcl", "comp"):
            if self._stands_apart(kid) or trigger in self.tree.subtree(kid.i):
                continue
            inserted = self.clauses.operator(kid.i)
            if inserted and inserted.stance and kid.pos in VERBAL and self.is_inserted(kid.i):
                context.steps.append(Step(kid.i, inserted))
                self._speak(kid.i, inserted, context, presupposed=False)

    def is_inserted(self, i: int) -> bool:
        """Is a verb of saying thrown in, its content being the clause around it?"""
        operator = self.clauses.operator(i)
        roles = ("comp", "xcomp", "obj") if operator and "obj" in operator.content else ("comp", "xcomp")
        has_own = [
            k
            for k in self.tree.kids(i, *roles)
            if k.low not in self.grammar.words["reflexive_clitics"] | self.grammar.words["so_said"]
        ]
        marked = [k for k in self.tree.kids(i, "mark") if k.low not in self.grammar.words["as_said"]]
        subject = self.tree.kids(i, "subj")
        return bool(subject) and not has_own and not marked

    def _case_span(self, i: int) -> Span | None:
        cases = self.tree.kids(i, "case")
        if not cases:
            return None
        start, end = cases[0].start, cases[-1].end
        return Span(self.tree.text[start:end], start, end)

    # ------------------------------------------------------------------ quotations
    def _quoted(self, i: int, context: Context) -> None:
        """Whoever is quoted says all that stands inside the quotation."""
        place = self.tree.words[i].start
        for quote in self.quotes:
            if quote.start <= place < quote.end and quote.voice:
                heard = {a.cue.start for voice in context.voices for a in voice if a.cue}
                same = context.voices and _who(list(quote.voice)) == _who(context.voices[-1])
                if not same and not any(a.cue and a.cue.start in heard for a in quote.voice):
                    context.voices.append(list(quote.voice))
                if quote.cue_word is not None and (operator := self.clauses.operator(quote.cue_word)):
                    context.steps.append(Step(quote.cue_word, operator))

    # ------------------------------------------------------------------ moods
    def _mood(self, i: int, context: Context, *, negation: bool) -> None:
        """What the word's own form says: tense, mood, modal verbs, adverbs, negation."""
        for modality in self._moods(i):
            context.modality = stronger(context.modality, modality)
        if negation and self.is_negated(i):
            context.negative = not context.negative
            if any(k.low in self.grammar.words["no_longer"] for k in self._particles(i)):
                context.phase = "ends"

    def _moods(self, i: int) -> Iterator[Modality]:
        verbs = [self.tree.words[i], *self.tree.kids(i, "aux", "auxpass", "cop")]
        mood = self.grammar["mood"]
        for verb in verbs:
            if verb.pos in VERBAL and self.grammar.has_ending(verb.lemma, verb.low, "future_endings"):
                yield "planned"
            if verb.pos in VERBAL and self.is_conditional(verb):
                yield self._conditional(i, verb)
            for modality, words in mood["modals"].items():
                if verb.role == "aux" and verb.low in words:
                    yield self._would(i) if modality == "hypothetical" else modality
        adverbs = self.grammar.adverbs
        for kid in self.tree.kids(i, "advmod", "amod", "obl"):
            if modality := adverbs.get(kid.low) or adverbs.get(kid.lemma):
                yield modality  # type: ignore[misc] # the grammar's keys are modalities

    def is_conditional(self, verb: Word) -> bool:
        """Is the form a conditional? By its stem and ending, for the tagger often says imperfect.

        *préparerait* is one (infinitive and ending), *préparait* is not.
        """
        marked = verb.morph.get("Mood") == "Cnd"
        return marked or self.grammar.has_ending(verb.lemma, verb.low, "conditional_endings")

    def _conditional(self, i: int, verb: Word) -> Modality:
        """Reported (*aurait livré*), future in the past (*a dit que … livrerait*), or under a condition."""
        if self._has_condition(i):
            return "hypothetical"
        compound = verb.role == "aux" and verb.i != i
        return "planned" if not compound and self._is_reported(i) else "alleged"

    def _would(self, i: int) -> Modality:
        """*would*: a future in the past when reported, else under a condition."""
        return "planned" if self._is_reported(i) and not self._has_condition(i) else "hypothetical"

    def _is_reported(self, i: int) -> bool:
        for above in (self.tree.words[i], *self.tree.ancestors(i)):
            if above.role == "comp":
                operator = self.clauses.operator(above.head)
                return bool(operator and operator.stance)
        return False

    def _has_condition(self, i: int) -> bool:
        markers = self.grammar["mood"]["conditional_markers"]
        clauses = [i, *(w.i for w in self.tree.ancestors(i) if w.role in ("root", "comp"))]
        return any(
            m.low in markers for c in clauses for k in self.tree.kids(c, "advcl") for m in self.tree.kids(k.i, "mark")
        )

    def _marked(self, word: Word, context: Context) -> None:
        """What a subordinator makes of its clause: *si*, *afin de*, *without*."""
        if self._is_inverted(word):
            context.modality = stronger(context.modality, "hypothetical")
        marks = [k.low for k in self.tree.kids(word.i, "mark", "case")] + [word.prep]
        phrase = " ".join(m for m in marks[:-1])
        for modality, markers in self.grammar["markers"].items():
            if any(m in markers for m in (*marks, phrase)):
                if modality == "negative":
                    context.negative = not context.negative
                else:
                    context.modality = stronger(context.modality, modality)  # type: ignore[arg-type] # the grammar's keys

    def _is_inverted(self, word: Word) -> bool:
        """*Had Israel struck Iran, …*: a condition by the order of its words."""
        aux = self.tree.kids(word.i, "aux", "auxpass", "cop")
        subjects = self.tree.kids(word.i, "subj")
        first = bool(aux and subjects) and aux[0].i < subjects[0].i
        return first and aux[0].low in self.grammar.words["inverted_conditions"]

    def is_negated(self, i: int) -> bool:
        """Is the predicate negated: by a particle, or by *aucun*, *no* on what it bears on?"""
        particles = [k.low for k in self._particles(i)]
        partners = self.grammar.words["negation_partners"]
        alone = self.grammar.words["negators"] - (
            set() if partners & set(particles) else self.grammar.words["negators_with_partner"]
        )
        none = self.grammar.words["negative_determiners"]
        if alone & set(particles) or any(self._is_no_longer(k) for k in self._particles(i)):
            return True
        near = [i, *(k.i for k in self.tree.kids(i, "obj", "subj", "attr"))]
        if any(k.low in none for n in near for k in self.tree.kids(n, "det", "amod")):
            return True
        without = self.grammar.words["negative_prepositions"]
        return any(k.low in without for k in self.tree.kids(i, "mark", "case"))

    def _is_no_longer(self, word: Word) -> bool:
        """*no longer*: the negation stands on the adverb."""
        before = self.tree.words[word.i - 1].low if word.i else ""
        return word.low in self.grammar.words["no_longer"] and before in self.grammar.words["negative_determiners"]

    def _neither(self, i: int) -> bool:
        """*neither confirm nor deny*: opposite words of saying, both denied."""
        pair = [k for k in self.tree.conjuncts(self.tree.first_conjunct(i)) if k != i]
        stances = {o.stance for k in pair if (o := self.clauses.operator(k))}
        first = min([i, *pair])
        near = {self.tree.words[k].low for k in range(max(0, first - NEAR), max([i, *pair]))}
        return bool(stances - {None}) and bool(near & self.grammar.words["neither"])

    def _particles(self, i: int) -> list[Word]:
        return self.tree.kids(i, "neg", "advmod", "det", "dep", "obl", "subj", "obj", "cc")


def _who(voice: list[Attribution]) -> set[tuple[str, str]]:
    return {(a.speaker.entity.iri, a.stance) for a in voice}
