"""Who speaks: by a word of saying, in a phrase such as *selon X*, or *on* at a seat of government."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.extract.tree import NOMINAL, VERBAL
from kg.model import Attribution, Mention, Span, Stance

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.extract.clauses import Clauses
    from kg.extract.lexicon import Operator
    from kg.extract.mentions import Mentions
    from kg.extract.quotes import Quote
    from kg.extract.tree import Word

APART = frozenset(";")  # marks between main clauses that no speaker reaches over
NEAR = 3  # words between an auxiliary and its verb
CLITICS = frozenset({"ne", "n'", "l'", "le", "la", "se", "s'", "y", "en"})
SEATED = frozenset({"State", "Institution", "Organisation", "Agency"})
OWNERS = ("singular", "plural")  # possessives of the third person
OPENING = 12  # words before the comma of *pour X, …*


class Incise(NamedTuple):
    """A verb of saying between a comma and its subject, at the end of what is said."""

    comma: int
    verb: int
    speaker: int


class Voices:
    """Finds the speakers of one tree."""

    def __init__(self, clauses: Clauses, mentions: Mentions, quotes: Iterable[Quote] = ()) -> None:
        self.quotes = tuple(quotes)
        self.clauses = clauses
        self.tree = clauses.tree
        self.grammar = clauses.grammar
        self.mentions = mentions
        self._segments: dict[int, int] = {}
        self.sources = self._sources()
        self.incises = tuple(self._incises())

    def segment(self, i: int) -> int:
        """The first word of a sentence, or of its part behind a semicolon."""
        if i not in self._segments:
            first = self.tree.sentences[self.tree.sentence_of[i]].start
            before = (self._begin(k) for k in range(i - 1, first - 1, -1))
            self._segments[i] = next((begin for begin in before if begin is not None), first)
        return self._segments[i]

    def _begin(self, i: int) -> int | None:
        """Where the part begins that goes on behind a word, if the word tells."""
        if self.tree.words[i].text in APART and not self._in_quotation(i):
            return i + 1
        return self._segments.get(i)

    def _in_quotation(self, i: int) -> bool:
        place = self.tree.words[i].start
        return any(q.start <= place < q.end for q in self.quotes)

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
        if operator.speaker == "object" and not self.clauses.is_passive(i):
            return []  # *is convinced that*: who convinces others says nothing
        nobody = self.grammar.words["pronouns.impersonal"]
        named = self.clauses.role(i, operator.speaker)
        if all(self.tree.words[k].low.lstrip("-") in nobody for k in named):
            named = self.seats(i) or named
        return named + [k for k in self._joined(i, named) if k not in named]

    def seats(self, i: int) -> list[int]:
        """*dit-on à Washington*, *on assure à l'Élysée*: where an impersonal subject speaks."""
        nobody = self.grammar.words["pronouns.impersonal"]
        if not any(k.low.lstrip("-") in nobody for k in self.tree.kids(i)):
            return []
        places = self.grammar.prepositions["locative"]
        inside = [o.i for o in self.clauses.obliques(i) if o.prep in places]
        inside += [o.i for k in self.tree.kids(i, "xcomp") for o in self.clauses.obliques(k.i) if o.prep in places]
        above = self.tree.words[self.tree.words[i].head]
        if above.prep in places and above.i < i:
            inside.append(above.i)
        return [k for k in inside if any(m.entity.type in SEATED for m in self.mentions.resolve(k))][:1]

    def _joined(self, i: int, named: list[int]) -> list[int]:
        """*London, like Washington, says*: others joined to the subject by a preposition."""
        joined = self.grammar.words["joined_by"]
        beside = [k for s in (i, *named) for k in self.tree.kids(s, "obl", "conj") if k.prep in joined]
        return [k.i for k in beside if k.pos == "PROPN" and named and named[0] < k.i < i]

    def speaker(self, i: int) -> list[Mention]:
        """Who a word names as a speaker; somebody unknown gets a local entity."""
        operator = self.clauses.operator(i) if self.tree.words[i].pos == "NOUN" else None
        if operator and operator.stance:  # *according to a Reuters report*
            own = [m for k in self.clauses.noun_speakers(i) for m in self.mentions.resolve(k)]
            own = own or self.mentions.adjectives(i)
            if own:
                return own
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
            elif operator := self._in_view(word):
                whose = [k.i for k in self.tree.kids(word.i, "poss", "det")] if word.pos == "NOUN" else [word.i]
                found.setdefault(self._clause_of(word), []).extend((k, operator) for k in whose[:1])
        return found

    def _in_view(self, word: Word) -> Operator | None:
        """*in his view*, *à ses yeux*, *pour Moscou, …*: phrases that name whose view it is."""
        words = self.grammar.words
        view = word.prep in words["source_prepositions"] and word.lemma in words["source_nouns"]
        found = (view and self._is_owned(word)) or (word.prep in words["view_of"] and self._opens_clause(word))
        return next(iter(self.clauses.lexicon.sources.values())) if found else None

    def _is_owned(self, word: Word) -> bool:
        words = self.grammar.words
        return any(k.low in words[f"possessives.{n}"] for k in self.tree.kids(word.i, "poss", "det") for n in OWNERS)

    def _opens_clause(self, word: Word) -> bool:
        """Is a name, with what hangs on it, the phrase before the first comma?"""
        first = self.tree.sentences[self.tree.sentence_of[word.i]].start
        if word.pos != "PROPN" or word.role != "obl" or word.i - first >= OPENING:
            return False
        phrase = self.tree.subtree(word.i)
        after = phrase[-1] + 1
        return phrase[0] == first and after < len(self.tree.words) and self.tree.words[after].text == ","

    def _clause_of(self, word: Word) -> int:
        here = self.segment(word.i)
        above = list(self.tree.ancestors(word.i))
        for w in above:
            if self.tree.is_verbal(w.i) and self.segment(w.i) == here:
                return self._coordinated(w.i, word.i)
        inside = [k for k in range(here, word.i) if self.tree.is_verbal(k) and self.clauses.is_finite(k)]
        if here != self.tree.sentences[self.tree.sentence_of[word.i]].start and inside:
            return inside[-1]
        return above[-1].i if above else word.i

    def _coordinated(self, verb: int, source: int) -> int:
        """*did A and, according to X, did B*: between two verbs a source behind the conjunction is the second's."""
        joined = [k.i for k in self.tree.kids(verb, "cc") if verb < k.i < source]
        behind = [k.i for k in self.tree.kids(verb, "conj") if k.i > source and self.tree.is_verbal(k.i)]
        return behind[0] if joined and behind else verb

    def _case_span(self, i: int) -> Span | None:
        cases = self.tree.kids(i, "case")
        if not cases:
            return None
        start, end = cases[0].start, cases[-1].end
        return Span(self.tree.text[start:end], start, end)

    def cited(self, i: int) -> Iterator[tuple[int, int]]:
        """*according to X, which cited Y*: the verbs that say whom a source passes on, and whom they name."""
        for k in self.tree.kids(i, "relcl", "acl"):
            if k.lemma in self.grammar.words["citing"] and k.pos in VERBAL:
                yield from ((k.i, j) for j in self.clauses.objects(k.i))

    # ------------------------------------------------------------------ inverted verbs of saying
    def _incises(self) -> Iterator[Incise]:
        """*…, souffle un conseiller de X.*, *…, n'a pas exclu Mme Joly.*: by the order of words, however parsed."""
        for word in self.tree.words:
            comma = self._comma_before(word) if word.pos in VERBAL else None
            if comma is None:
                continue
            if any(k.i < word.i for k in self.tree.kids(word.i, "subj")) or self.tree.kids(word.i, "comp", "mark"):
                continue
            if not self.clauses.is_finite(word.i) or not self._states(range(self.segment(word.i), comma)):
                continue
            operator = self.clauses.operator(word.i)
            speaker = self._name_behind(word.i)
            if operator and operator.stance and speaker is not None:
                yield Incise(comma, word.i, speaker)

    def _states(self, words: range) -> bool:
        """Is there a main clause in these words, and not only what a relative clause says?"""
        finite = [k for k in words if self.tree.words[k].pos in VERBAL and self.clauses.is_finite(k)]
        first = [self.tree.words[self.tree.first_conjunct(k)] for k in finite]
        pronouns = self.grammar.words["relative.subject"] - self.grammar.words["that"]
        relative = {w.i for w in first if any(k.low in pronouns for k in self.tree.kids(w.i, "subj", "obj"))}
        return any(w.i not in relative and w.role not in ("relcl", "acl", "aux", "cop") for w in first)

    def _comma_before(self, word: Word) -> int | None:
        """The comma that auxiliaries, clitics and negations alone part from a verb."""
        first = self.tree.sentences[self.tree.sentence_of[word.i]].start
        for k in range(word.i - 1, first, -1):
            if self.tree.words[k].text == ",":
                return k
            if self.tree.words[k].pos not in ("AUX", "ADV", "PART") and self.tree.words[k].low not in CLITICS:
                return None
        return None

    def _name_behind(self, verb: int) -> int | None:
        """The noun behind a verb that the sentence, or this part of it, ends with."""
        stop = self.tree.sentences[self.tree.sentence_of[verb]].stop
        noun = None
        for k in range(verb + 1, stop):
            word = self.tree.words[k]
            if word.text in ",.;!?»”":
                break
            if word.pos in VERBAL or word.pos in ("SCONJ", "PRON"):
                return None
            timely = word.prep or word.lemma in self.grammar.words["time_nouns"]
            if noun is None and word.pos in ("NOUN", "PROPN") and not timely:
                noun = k
        return noun

    def named_by(self, incise: Incise, operator: Operator) -> list[Attribution]:
        """The speakers of an inverted verb of saying."""
        cue = self.cue(incise.verb)
        who = {m.entity.iri: m for k in self.tree.conjuncts(incise.speaker) for m in self.speaker(k)}
        return [Attribution(m, operator.stance or "asserts", 0, cue) for m in who.values()]
