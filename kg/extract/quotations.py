"""The layer of attributions: every place where somebody is quoted or reported."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.contents import Contents
from kg.extract.lexicon import SILENT
from kg.extract.tree import VERBAL
from kg.model import Mention, Quotation, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.claims import Assembly
    from kg.extract.lexicon import Operator
    from kg.extract.quotes import Quote
    from kg.extract.tree import Word
    from kg.model import Stance

DEPTH = 4  # quotations around another that are looked at
OPENING = 8  # words that *according to X* at the head of a sentence may take


def quotations(assembly: Assembly) -> Iterator[Quotation]:
    """Direct quotations, reported clauses and topics, and what is said *according to* somebody."""
    yield from _Quotations(assembly).all()


class _Quotations(Contents):
    """Reads the layer off one text."""

    def __init__(self, assembly: Assembly) -> None:
        super().__init__(assembly)
        self.quoted = {q.cue_word for q in self.contexts.quotes}
        self.reports = self.clauses.lexicon.reports

    def all(self) -> Iterator[Quotation]:
        found = [*self._direct(), *self._indirect(), *self._topics(), *self._according()]
        yield from sorted(self._told(found), key=lambda q: (q.content[0].start, q.content[-1].end))

    def _quotation(
        self, i: int, kind: str, content: tuple[Span, ...], speaker: Mention | None, cue: Span | None, stance: Stance
    ) -> Quotation:
        article = self.assembly.article
        return Quotation(article.id, article.lang, self.assembly.passage(i), kind, stance, content, speaker, cue)  # type: ignore[arg-type] # kinds

    # ------------------------------------------------------------------ quoted
    def _direct(self) -> Iterator[Quotation]:
        for group in self._groups():
            first = group[0].voice[0]
            words = self.tree.words_between(group[0].start, group[0].end)
            if words:
                content = self._between_marks(group)
                yield self._quotation(words[0], "direct", content, first.speaker, group[0].cue, first.stance)

    def _groups(self) -> list[list[Quote]]:
        """*"A," he said. "B."*: quotations of one word of saying are one."""
        groups: list[list[Quote]] = []
        for quote in self.contexts.quotes:
            if quote.voice:
                if groups and groups[-1][0].cue_word == quote.cue_word is not None:
                    groups[-1].append(quote)
                else:
                    groups.append([quote])
        return groups

    def _between_marks(self, group: list[Quote]) -> tuple[Span, ...]:
        """The words between the marks; with those around them where a quotation is a part of what is reported."""
        text = self.tree.text
        spans = [Span(text[q.start : q.end], q.start, q.end) for q in group]
        cue = group[0].cue_word
        around = self.content(cue) if cue is not None else ()
        if not around or not around[0].start < spans[0].start - 2 < around[-1].end:
            return tuple(spans)
        return (*around, *(s for s in spans if s.start >= around[-1].end))

    # ------------------------------------------------------------------ reported
    def _indirect(self) -> Iterator[Quotation]:
        for word in self.tree.words:
            operator = self.clauses.operator(word.i)
            silent = self._places(word) == {SILENT} and operator is not None and not operator.where
            if not operator or not operator.stance or word.i in self.quoted or silent:
                continue
            content, speaker = self.content(word.i), self._here(word.i, self._who(word.i, operator))
            if content and speaker and not self._speaks_on(word.i, operator):
                cue = self.contexts.cue(word.i)
                yield self._quotation(word.i, "indirect", content, speaker, cue, operator.stance)

    def _topics(self) -> Iterator[Quotation]:
        """*criticised the plan*, *revient sur le vote*, *wants to leave*: verbs that tell of words or of a stand."""
        for word in self.tree.words:
            places = self._places(word) - {SILENT}
            if not places or self._is_infinitive(word) or word.i in self.quoted:
                continue
            operator = self.clauses.operator(word.i)
            if operator and operator.stance and self.content(word.i):
                continue
            content = self.reported(word.i, places)
            speaker = self._here(word.i, self._of_words(self.clauses.subjects(word.i))) if content else None
            if speaker:
                yield self._quotation(word.i, "indirect", content, speaker, self.contexts.cue(word.i), "asserts")

    def _places(self, word: Word) -> frozenset[str]:
        if word.pos not in VERBAL or word.role in ("aux", "auxpass", "cop"):
            return frozenset()
        keys = [lemma for _, lemma in self.clauses.keys(word.i)]
        return next((self.reports[k] for k in keys if k in self.reports), frozenset())

    def _is_infinitive(self, word: Word) -> bool:
        return word.morph.get("VerbForm") == "Inf" and not self.clauses.is_finite(word.i)

    # ------------------------------------------------------------------ who
    def _of_words(self, words: list[int]) -> Mention | None:
        known = [m for k in words[:1] for m in self.contexts.speaker(k)]
        return known[0] if known else self._by_words(words)

    def _who(self, i: int, operator: Operator) -> Mention | None:
        """Who speaks by a word of saying, if only by a pronoun."""
        voice = self.contexts.voice(i, operator, operator.stance or "asserts")
        if voice:
            return voice[0].speaker
        words = self.contexts.speakers(i, operator)
        return self._by_words([k for k in words if operator.kind != "noun" or self.tree.words[k].pos != "ADJ"])

    def _here(self, i: int, speaker: Mention | None) -> Mention | None:
        """*X, who said that …*: the speaker stands where the relative pronoun does."""
        relative = self.words["relative.subject"] - self.words["that"]
        pronoun = next((k for k in self.tree.kids(i, "subj") if k.low in relative and k.i < i), None)
        if speaker is None or pronoun is None or speaker.start >= pronoun.start:
            return speaker
        return replace(speaker, text=pronoun.text, start=pronoun.start, end=pronoun.end, how="pronoun")

    def _speaks_on(self, i: int, operator: Operator) -> bool:
        """*"I think that …"*: inside a quotation the first person is the one who is quoted anyhow."""
        place = self.tree.words[i].start
        first = self.words["pronouns.first_singular"]
        inside = any(q.start <= place < q.end for q in self.contexts.quotes)
        return inside and any(self.tree.words[k].low in first for k in self.contexts.speakers(i, operator))

    def _by_words(self, words: list[int]) -> Mention | None:
        """Somebody whom the text only points at (*je*, *they*, *experts*): an entity by these words."""
        if not words:
            return None
        start, end = self.clauses.phrase_span(words[0])
        text = self.tree.text[start:end]
        return Mention(self.assembly.mentions.actors.local(text), text, start, end, None, "local")

    # ------------------------------------------------------------------ according to
    def _according(self) -> Iterator[Quotation]:
        for clause, sources in self.contexts.sources.items():
            for k, operator in sources:
                content = self._according_to(clause, k)
                if content:
                    speakers = self.contexts.speaker(k)
                    case = self.tree.kids(k, "case")
                    start, end = (case[0].start, case[-1].end) if case else (0, 0)
                    cue = Span(self.tree.text[start:end], start, end) if case else None
                    speaker = speakers[0] if speakers else self._by_words([k])
                    spans = (self.span(content),)
                    yield self._quotation(k, "according-to", spans, speaker, cue, operator.stance or "asserts")

    def _according_to(self, clause: int, source: int) -> list[int]:
        """The words of a clause without those of its source; behind a source at its head, all of the sentence."""
        own = set(self.tree.subtree(source))
        content = [j for j in self.tree.subtree(clause) if j not in own]
        if content and self.tree.is_verbal(clause):
            return content
        words = self.tree.sentences[self.tree.sentence_of[source]]
        return [j for j in words if j not in own] if source < words.start + OPENING else []

    # ------------------------------------------------------------------ one inside another
    def _told(self, found: list[Quotation]) -> Iterator[Quotation]:
        """Leave out what only stands inside other words: *she said she thinks that …*, *he vowed to speak of X*."""
        edges = [(span.start, 0, span.end, n) for n, q in enumerate(found) for span in q.content]
        edges += [(q.cue.start, 1, q.cue.end, n) for n, q in enumerate(found) if q.cue]
        open_: list[tuple[int, int]] = []
        inner = set[int]()
        for place, is_cue, end, n in sorted(edges):
            while open_ and open_[-1][0] <= place:
                open_.pop()
            if not is_cue:
                open_.append((end, n))
                continue
            around = [found[k] for stop, k in open_[-DEPTH:] if k != n and stop > place]
            around = [o for o in around if _length(o) > _length(found[n])]
            if around and not self._is_told(found[n], around):
                inner.add(n)
        yield from (q for n, q in enumerate(found) if n not in inner)

    def _is_told(self, quotation: Quotation, around: list[Quotation]) -> bool:
        """Inside others' words, does somebody else say something: *said that X denied …*?"""
        speaker, cue = quotation.speaker, quotation.cue
        if quotation.kind != "indirect" or cue is None or speaker is None:
            return True
        verbs = [k for k in self.tree.words_between(cue.start, cue.end) if self.tree.words[k].pos in VERBAL]
        if not verbs or not self.clauses.is_finite(verbs[-1]) or speaker.entity.type == "Unresolved":
            return False
        other = all(o.speaker is None or o.speaker.entity.iri != speaker.entity.iri for o in around)
        return other and bool(self.tree.kids(verbs[-1], "comp"))


def _length(quotation: Quotation) -> int:
    return quotation.content[-1].end - quotation.content[0].start
