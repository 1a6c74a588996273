"""How real a proposition is and who says so: read off what governs the words that state it.

One climb from the trigger to the root gives modality, polarity, phase and the chain of speakers. What
each governing word does is data (stances.toml, speech.toml, operators.toml); the climb only knows roles.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple, get_args

from kg.extract.negation import Negation
from kg.extract.tree import NOMINAL, VERBAL
from kg.extract.voices import APART, Voices
from kg.model import Attribution, Mention, Modality, Phase, Polarity, Stance

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.extract.clauses import Clauses
    from kg.extract.lexicon import Operator
    from kg.extract.mentions import Mentions
    from kg.extract.quotes import Quote
    from kg.extract.tree import Word

ASIDE = ("relcl", "appos", "acl", "amod")  # roles of what is said of a noun by the way, behind a comma
UNSAID: dict[Stance, Stance] = {"asserts": "doubts", "denies": "doubts", "doubts": "doubts"}
STRENGTH: tuple[str, ...] = get_args(Modality)  # claims.md: the strongest that applies
OPENING = 3  # words among which a question word stands
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

    def spoken_by_others(self, speaker: Mention) -> tuple[Attribution, ...]:
        """The chain of speakers without one whose own act the proposition is: *X says that Y must …*."""
        return tuple(a for a in self.attribution if a.speaker.entity.iri != speaker.entity.iri)

    def colour(self, operator: Operator) -> None:
        """Take over what an operator makes of its content."""
        self.modality = stronger(self.modality, operator.modality)
        self.negative ^= operator.polarity == "negative"
        self.phase = operator.phase or self.phase


class Contexts(Voices):
    """Reads contexts off one tree."""

    def __init__(self, clauses: Clauses, mentions: Mentions, quotes: Iterable[Quote] = ()) -> None:
        super().__init__(clauses, mentions, quotes)
        self.negation = Negation(clauses)

    def read(self, i: int) -> Context:
        """The context of the trigger word ``i``."""
        context = Context()
        self._mood(i, context, negation=True)
        self._climb(i, context)
        self._incised(i, context)
        if not context.voices:
            self._behind_colon(i, context)
        self._quoted(i, context)
        if not context.voices and self._is_asked(i):
            context.modality = stronger(context.modality, "possible")
        return context

    def _is_asked(self, i: int) -> bool:
        """*La Chine va-t-elle envahir X ?*: does the main clause ask whether it is so?"""
        words = self.tree.sentences[self.tree.sentence_of[i]]
        opening = {w.low for w in self.tree.words[words.start : min(words.stop, words.start + OPENING)]}
        if self.tree.words[words.stop - 1].text != "?" or opening & self.grammar.words["question_words"]:
            return False
        line = [self.tree.words[i], *self.tree.ancestors(i)]
        return self.tree.is_verbal(i) and all(w.role in ("root", "xcomp", "conj") for w in line)

    def _incised(self, i: int, context: Context) -> None:
        """*…, souffle un conseiller*: all before the comma is said by whom an inverted verb of saying names."""
        for incise in self.incises:
            if self.segment(incise.verb) <= i < incise.comma:
                operator = self.clauses.operator(incise.verb)
                voice = self.named_by(incise, operator) if operator else []
                if operator and voice and all(_who(voice) != _who(v) for v in context.voices):
                    context.steps.append(Step(incise.verb, operator))
                    context.voices.append(voice)
                    context.modality = stronger(context.modality, operator.modality)

    def _behind_colon(self, i: int, context: Context) -> None:
        """*X a mis en garde Y : si Z attaquait, …*: what a verb of saying announces before a colon."""
        words = self.tree.sentences[self.tree.sentence_of[i]]
        colon = next((k for k in range(i, words.start, -1) if self.tree.words[k].text == ":"), None)
        for k in range(colon or 0, words.start - 1, -1):
            operator = self.clauses.operator(k) if self.tree.is_verbal(k) else None
            if operator and operator.stance and self.clauses.is_finite(k) and not self._tells(k):
                self._speak(k, operator, context, presupposed=False)
                return

    def _tells(self, i: int) -> bool:
        """Has a word of saying a clause of its own, this side of the colon?"""
        colon = next((k for k in range(i, len(self.tree.words)) if self.tree.words[k].text == ":"), i)
        return any(k.i < colon for k in self.tree.kids(i, "comp", "xcomp"))

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
        presupposed = aside = False
        trigger = i
        self._heard(i, context, trigger)
        seen = {i}
        while True:
            word = self._as_content(self.tree.words[i])
            head = self.tree.words[word.head]
            aside = aside or self._is_aside(word)
            if head.i in seen or (aside and word.role in ("advcl", "acl", "amod")):
                return
            seen.add(head.i)
            if word.role == "conj" and self._same_kind(word, head):
                self._heard(head.i, context, trigger, but=range(head.i, word.i))
                i = self._finite_above(word, head)
                continue
            operator = self._governs(head, word)
            if aside and operator and operator.stance and word.role != "comp":
                return
            if operator:
                self._apply(head.i, operator, context, presupposed=presupposed)
            elif word.role == "advcl" and not presupposed:
                self._marked(word, context)
            presupposed = presupposed or self._presupposes(word, operator)
            i = head.i
            if not aside:
                self._heard(i, context, trigger)

    def _finite_above(self, word: Word, head: Word) -> int:
        """*says it sees X and asks for Y*: a finite verb is coordinated with a finite one."""
        infinitive = head.morph.get("VerbForm") == "Inf" and not self.clauses.is_finite(head.i)
        if not infinitive or word.morph.get("VerbForm") == "Inf" or self.tree.kids(word.i, "mark"):
            return head.i
        above = [w for w in self.tree.ancestors(head.i) if w.pos in VERBAL and w.i < word.i]
        return next((w.i for w in above if self.clauses.is_finite(w.i)), head.i)

    def _as_content(self, word: Word) -> Word:
        """The word with the governor and role that it has in truth, wherever the parser hung it.

        A clause behind *that* is what is said, so is one that stands as a second subject of a verb of saying;
        a main clause hangs on nothing beyond its semicolon.
        """
        if word.pos not in VERBAL or word.role in ("root", "conj", "relcl"):
            return self._within(word)
        marks = [k for k in self.tree.kids(word.i, "mark") if k.low in self.grammar.words["that"]]
        if marks and not self._governs(self.tree.words[word.head], word):
            teller = self._teller(word, marks[0].i)
            return replace(word, role="comp", head=teller) if teller is not None else self._within(word)
        nominal = [k for k in self.tree.kids(word.head, "subj") if k.pos not in VERBAL]
        if word.role == "subj" and nominal and self.clauses.is_finite(word.i):
            return replace(word, role="comp")
        return self._within(word)

    def _teller(self, word: Word, mark: int) -> int | None:
        """The nearest word of saying before a *that* whose clause hangs elsewhere."""
        above = [w.i for w in self.tree.ancestors(word.i)]
        near = [
            k for k in range(mark - 1, self.segment(mark) - 1, -1) if k in above or self.tree.words[k].head in above
        ]
        return next((k for k in near if any("comp" in o.content for o in self.clauses.operators(k) if o.stance)), None)

    def _within(self, word: Word) -> Word:
        """Governed by the nearest word on this side of a semicolon, or by none."""
        if word.role not in ("parataxis", "comp", "conj", "advcl", "dep") or self._is_marked(word):
            return word
        here = self.segment(word.i)
        if word.head == word.i or self.segment(word.head) == here:
            return word
        near = next((w.i for w in self.tree.ancestors(word.i) if self.segment(w.i) == here), None)
        return replace(word, head=word.i if near is None else near)

    def _is_marked(self, word: Word) -> bool:
        """Has a clause a conjunction on its own side of the semicolons?"""
        here = self.segment(word.i)
        return any(self.segment(k.i) == here for k in self.tree.kids(word.i, "mark"))

    def _is_aside(self, word: Word) -> bool:
        """Is a clause or phrase said by the way, by the article itself: *…, allied with X, …*, *while X did …*?"""
        participle = word.role == "advcl" and word.passive and not self.clauses.is_finite(word.i)
        if word.role == "advcl" and not participle:
            return any(k.low in self.grammar.words["contrast"] for k in self.tree.kids(word.i, "mark"))
        if (word.role not in ASIDE and not participle) or (
            word.role in ("acl", "amod") and word.pos not in (*VERBAL, "ADJ")
        ):
            return False
        first = min(self.tree.subtree(word.i))
        return first > word.head and self.tree.words[first - 1].text == ","

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
            if (operator.passive and not head.passive and self.tree.kids(head.i, "subj")) or self._tells_time(
                word, operator
            ):
                continue
            if word.role == "obl" and not operator.content and not (operator.bearer and head.pos in NOMINAL):
                continue
            if fits_preposition:
                return operator
        return None

    def _tells_time(self, word: Word, operator: Operator) -> bool:
        """*said after meeting X*: a gerund behind a preposition of time is nobody's content."""
        timed = word.role == "xcomp" and word.prep in self.grammar.words["time_conjunctions"]
        return timed and word.prep not in operator.content

    def _may_be_content(self, head: Word, word: Word) -> bool:
        """A subject is content in the passive, a phrase where the operator asks for its preposition."""
        if word.role == "subj":
            operator = self.clauses.operator(head.i)
            return self.clauses.is_passive(head.i) or bool(operator and "subj" in operator.content)
        if word.role == "acl":
            return head.pos in NOMINAL and (not word.passive or bool(self.tree.kids(word.i, "mark")))
        return word.role == "obl" and word.i > head.i

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
        if operator.phase == "ends" and self.is_negated(i):
            context.phase = "holds"  # *ne cesse de menacer*: what has no end goes on
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
        if self.negation.neither(i):
            stance = "doubts"
        elif self.is_negated(i) and not self._holds_negation(operator):
            stance = "doubts" if stance == "asserts" else "asserts"
        if presupposed and stance != "asserts":
            return
        voice = self.voice(i, operator, stance)
        if not voice and stance == "asserts" and not presupposed and self._is_by_nobody(i, operator):
            context.modality = stronger(context.modality, "alleged")  # *is said to*, *accused of*
        if not voice and stance == "doubts" and not presupposed:
            context.modality = stronger(context.modality, "possible")  # *no proof that*
        if voice and all(_who(voice) != _who(v) for v in context.voices):
            self._add_voice(voice, context)

    def _is_by_nobody(self, i: int, operator: Operator) -> bool:
        """A passive without agent, or a pronoun of whom nobody knows who it is: *he said*."""
        who = self.speakers(i, operator) if operator.kind == "verb" else []
        third = {
            form for kind, forms in self.grammar.words.items() if kind.startswith("pronouns.third") for form in forms
        }
        unknown = bool(who) and all(self.tree.words[k].low.lstrip("-") in third for k in who)
        return self.clauses.is_passive(i) or unknown

    def _holds_negation(self, operator: Operator) -> bool:
        """Is the negation a part of the idiom: *not rule out*?"""
        return any(role == "with" and self.grammar.words["negators"] & lemmas for role, lemmas in operator.where)

    @staticmethod
    def _add_voice(voice: list[Attribution], context: Context) -> None:
        """Whoever denies a claim by somebody unnamed denies it themselves: *rejected claims that it …*."""
        speakers = {a.speaker.entity.iri for a in voice}
        inner = {a.speaker.entity.iri for a in context.voices[-1]} if context.voices else set()
        if speakers == inner and all(a.stance == "denies" for a in voice):
            context.voices[-1] = voice
        else:
            context.voices.append(voice)

    # ------------------------------------------------------------------ according to
    def _heard(self, i: int, context: Context, trigger: int, but: range = range(0)) -> None:
        """Add who is heard at this clause: *selon X*, and an inserted *a déclaré X*; not those who stand in ``but``."""
        for k, operator in self.sources.get(i, ()):
            if k in but or trigger in self.tree.subtree(k):
                continue  # what describes the source is not said by it
            cue = self._case_span(k)
            cited = [Attribution(m, "asserts", 0, self.cue(v)) for v, j in self.cited(k) for m in self.speaker(j)]
            voice = [
                Attribution(m, operator.stance or "asserts", 0, cue)
                for j in self.tree.conjuncts(k)
                for m in self.speaker(self.clauses.antecedent(j))
            ]
            new = [v for v in (cited, voice) if v and not any(_who(v) == _who(w) for w in context.voices)]
            context.voices.extend(new)
        for kid in self.tree.kids(i, "parataxis", "advcl", "comp"):
            if kid.i in but or self.segment(kid.i) != self.segment(i) or trigger in self.tree.subtree(kid.i):
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
            and not (operator and any({k.low, k.lemma} & lemmas for _, lemmas in operator.where))
        ]
        marked = [k for k in self.tree.kids(i, "mark") if k.low not in self.grammar.words["as_said"]]
        subject = self.tree.kids(i, "subj") or self.seats(i)
        return bool(subject) and not has_own and not marked

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
            if self.negation.ends(i):
                context.phase = "ends"
        if self._opens_condition(i):
            context.modality = stronger(context.modality, "hypothetical")

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
        """Is a condition named beside a clause, or above it where the parser took the condition for the main clause?"""
        markers = self.grammar["mood"]["conditional_markers"]
        clauses = [i, *(w.i for w in self.tree.ancestors(i) if w.role in ("root", "comp", "conj"))]
        conditions = [*clauses[1:], *(k.i for c in clauses for k in self.tree.kids(c, "advcl"))]
        if any(m.low in markers for c in conditions for m in self.tree.kids(c, "mark")):
            return True
        return self._names_condition(i)

    def _names_condition(self, i: int) -> bool:
        """*en cas d'attaque*, *au cas où*: a condition in several words, in the same part of the sentence."""
        start, stop = self.segment(i), self.tree.sentences[self.tree.sentence_of[i]].stop
        end = next((k for k in range(i, stop) if self.tree.words[k].text in APART), stop)
        text = " ".join(self.tree.words[k].low for k in range(start, end))
        return any(p in text for p in self.grammar["mood"]["conditional_phrases"])

    def _opens_condition(self, i: int) -> bool:
        """*Si X attaque, …*: does a conditional word open the clause at the head of a sentence, however it was parsed?

        Only before a main clause that is still to come; else *si* grants something: *si X a attaqué, Y hésite*.
        """
        words = self.tree.sentences[self.tree.sentence_of[i]]
        if self._only_if(i):
            return True
        if self.tree.words[i].pos not in VERBAL or not any(
            self.tree.words[words.start].low == m for m in self.grammar["mood"]["conditional_markers"]
        ):
            return False
        comma = next((k for k in words if self.tree.words[k].text == ","), words.stop)
        return i < comma and any(self._is_to_come(self.tree.words[k]) for k in range(comma, words.stop))

    def _only_if(self, i: int) -> bool:
        """*n'est en jeu que si X attaque*: *that* straight before the conditional word."""
        marks = {k.i: k.low for k in self.tree.kids(i, "mark")}
        that, markers = self.grammar.words["that"], self.grammar["mood"]["conditional_markers"]
        return any(low in markers and marks.get(k - 1) in that for k, low in marks.items())

    def _is_to_come(self, word: Word) -> bool:
        future = word.pos in VERBAL and self.grammar.has_ending(word.lemma, word.low, "future_endings")
        modal = any(word.low in forms for forms in self.grammar["mood"]["modals"].values()) and word.role == "aux"
        return future or modal or (word.pos in VERBAL and self.is_conditional(word))

    def _marked(self, word: Word, context: Context) -> None:
        """What a subordinator makes of its clause: *si*, *afin de*, *without*."""
        if self._is_inverted(word):
            context.modality = stronger(context.modality, "hypothetical")
        if self._waits(word):
            context.modality = stronger(context.modality, "planned")
        to = any(k.low in self.grammar.words["purpose"] for k in self.tree.kids(word.i, "aux"))
        if to and not self._ranks(word):
            context.modality = stronger(context.modality, "planned")
        marks = [k.low for k in self.tree.kids(word.i, "mark", "case", "fixed")] + [word.prep]
        phrase = " ".join(m for m in marks[:-1])
        for modality, markers in self.grammar["markers"].items():
            if any(m in markers for m in (*marks, phrase)) and not self.clauses.is_cause(word.i):
                if modality == "negative":
                    context.negative ^= not self.is_negated(word.i)  # *sans livrer*: counted once
                else:
                    context.modality = stronger(context.modality, modality)  # type: ignore[arg-type] # the grammar's keys

    def _ranks(self, word: Word) -> bool:
        """*was among the first to congratulate X*: an infinitive that tells what was done."""
        near = [self.tree.words[word.head], *self.tree.kids(word.head, "obl", "attr", "acomp")]
        return any(k.low in self.grammar.words["rankers"] for k in near)

    def _waits(self, word: Word) -> bool:
        """*will meet Y when he visits Z*, *will not rest until*: a clause of time is to come where the main one is."""
        marks = {k.low for k in self.tree.kids(word.i, "mark", "advmod")}
        verbs = [*self.tree.kids(word.i, "aux", "auxpass", "cop"), self.tree.words[word.i]]
        past = any(v.morph.get("Tense") == "Past" and v.morph.get("VerbForm") == "Fin" for v in verbs)
        timed = not past and bool(marks & self.grammar.words["time_conjunctions"])
        return timed and "planned" in self._moods(word.head)

    def _is_inverted(self, word: Word) -> bool:
        """*Had Israel struck Iran, …*: a condition by the order of its words."""
        aux = self.tree.kids(word.i, "aux", "auxpass", "cop")
        subjects = self.tree.kids(word.i, "subj")
        first = bool(aux and subjects) and aux[0].i < subjects[0].i
        return first and aux[0].low in self.grammar.words["inverted_conditions"]

    def is_negated(self, i: int) -> bool:
        """Is the predicate negated?"""
        return self.negation.of_clause(i)

    def leaves_out(self, *mentions: Mention) -> bool:
        """Is one of the ends of a proposition named as left out: *not by X*, *neither X nor Y*?"""
        return any(self.negation.excludes(m.start) for m in mentions)


def _who(voice: list[Attribution]) -> set[tuple[str, str]]:
    return {(a.speaker.entity.iri, a.stance) for a in voice}
