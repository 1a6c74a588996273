"""What is said: the words of a text that a word of saying reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.tree import VERBAL
from kg.model import Span

if TYPE_CHECKING:
    from kg.extract.claims import Assembly
    from kg.extract.lexicon import Operator
    from kg.extract.tree import Word

INSERTED = ("parataxis", "advcl", "dep")  # roles of a verb of saying that is thrown in
NEAR = 8  # words between a verb of saying and its colon
PHRASES = ("NOUN", "PROPN", "PRON")
TOLD = ("", "on", "for", "upon")  # before whoever an infinitive tells to do something
MARKS = (("«", "»"), ("“", "”"), ('"', '"'))  # what opens and closes a quotation
QUOTES = "«“‘\"'"
FAR = 400  # characters within which a quotation that begins in a content ends
TRAILING = frozenset({"CCONJ", "PUNCT", "SCONJ", "ADP"})  # with what no content ends


class Contents:
    """Reads what is said off one text."""

    def __init__(self, assembly: Assembly) -> None:
        self.assembly = assembly
        self.contexts = assembly.contexts
        self.tree = assembly.tree
        self.clauses = assembly.contexts.clauses
        self.words = assembly.contexts.grammar.words

    def content(self, i: int) -> tuple[Span, ...]:
        """What is said: the clause below the word of saying, or the clause it is thrown into, or a phrase."""
        tree = self.tree
        below = [k for k in tree.kids(i, "comp", "xcomp", "acl") if k.pos in VERBAL or tree.kids(k.i, "cop", "subj")]
        below = [k for k in below if not self._of_idiom(i, k)]
        if below:
            before = self._opening(i)
            clause = self.span(self._clause(i, below[0].i))
            return (self.span(before), clause) if before else (clause,)
        if around := self._around(i):
            return around
        every = self.clauses.operators(i)
        operator = next((o for o in every if o.stance and "comp" in o.content), next(iter(every), None))
        if tree.words[i].pos not in VERBAL or operator is None:
            return ()
        places = self._phrases(i, operator)
        found = self._rest(i) or self._colon(i) if "comp" in operator.content else ()
        return found or self.said_phrase(i, places) or self._antecedent(i, places)

    def _of_idiom(self, i: int, word: Word) -> bool:
        """*laisse entendre*: is a word a part of the idiom of saying?"""
        operator = self.clauses.operator(i)
        return operator is not None and any({word.low, word.lemma} & lemmas for _, lemmas in operator.where)

    def _phrases(self, i: int, operator: Operator) -> frozenset[str]:
        """Where a verb of saying that has no clause has what is said: as its report or its operator tells."""
        reports = self.clauses.lexicon.reports
        places = (reports.get(lemma, frozenset()) for _, lemma in self.clauses.keys(i))
        return frozenset(operator.content).union(*places)

    def _clause(self, i: int, verb: int) -> list[int]:
        """The words of a reported clause; with whoever is asked or told to do what an infinitive says."""
        words = self.tree.subtree(verb)
        told = [k.i for k in self.tree.kids(i, "obj", "obl") if i < k.i < min(words) and k.prep in TOLD]
        infinitive = self.tree.words[verb].role == "xcomp" and not self.clauses.is_finite(verb)
        return [*self._bare(told[0]), *words] if infinitive and told else words

    def _bare(self, i: int) -> list[int]:
        """The words of a phrase without its preposition."""
        cases = [k.i for k in self.tree.kids(i, "case") if k.i < i]
        return [k for k in self.tree.subtree(i) if k not in cases]

    def _opening(self, i: int) -> list[int]:
        """*At school, she said, nobody listened*: what stands before an inserted verb of saying and its subject."""
        subjects = [k for k in self.tree.kids(i, "subj") if k.i < i]
        after = self.tree.words[i + 1].text if i + 1 < len(self.tree.words) else ""
        first = min(self.tree.subtree(subjects[0].i)) if subjects else 0
        quoted = i + 2 < len(self.tree.words) and self.tree.words[i + 2].text[0] in QUOTES
        if after != "," or quoted or not first or self.tree.words[first - 1].text != ",":
            return []
        return [
            j for k in self.tree.kids(i, "obl", "advcl", "advmod", "dep") if k.i < first for j in self.tree.subtree(k.i)
        ]

    def _around(self, i: int) -> tuple[Span, ...]:
        """*The port, he said, is closed*, *…, comme l'a dit X, …*: the clause that a verb of saying is thrown into."""
        word = self._inserted(i)
        if word is None:
            return ()
        own = set(self.tree.subtree(word.i))
        head = next((w for w in self.tree.ancestors(word.i) if self.tree.is_verbal(w.i)), self.tree.words[word.head])
        told = [k.i for k in self.tree.kids(head.i, "comp") if self._reports(head.i)]
        around = [k for k in self.tree.subtree(told[0] if told else head.i) if k not in own]
        before = [k for k in around if k < word.i]
        after = [k for k in around if k > word.i and self.tree.words[k].pos != "PUNCT"]
        return tuple(self.span(part) for part in (before, after) if part)

    def _inserted(self, i: int) -> Word | None:
        """The verb of saying itself, or the modal verb above it: *devrais-je dire*."""
        word, host = self.tree.words[i], self.tree.words[self.tree.words[i].head]
        if word.pos not in VERBAL:
            return None
        if word.role == "xcomp" and host.role in INSERTED and host.i == i - 1:
            return host if self.tree.kids(host.i, "subj") else None
        return word if word.role in INSERTED and self.contexts.is_inserted(i) else None

    def _reports(self, i: int) -> bool:
        operator = self.clauses.operator(i)
        return bool(operator and operator.stance)

    def _colon(self, i: int) -> tuple[Span, ...]:
        """*He added: the port is closed*, *Tous l'ont souligné : …*: what stands behind the colon of a verb."""
        words = self.tree.sentences[self.tree.sentence_of[i]]
        colon = next((k for k in range(i + 1, min(words.stop, i + NEAR)) if self.tree.words[k].text == ":"), None)
        if colon is None or any(self.tree.words[k].pos in VERBAL for k in range(i + 1, colon)):
            return ()
        behind = list(range(colon + 1, words.stop))
        return (self.span(behind),) if any(self.tree.words[k].pos in VERBAL for k in behind) else ()

    def _antecedent(self, i: int, places: frozenset[str]) -> tuple[Span, ...]:
        """*the sum that X announced*, *what X said*: the noun whose relative clause tells who speaks of it."""
        word = self.tree.words[i]
        head = self.tree.words[word.head]
        objects = [o for o in self.clauses.objects(i) if o == head.i]
        if word.role != "relcl" or "obj" not in places or not objects or head.pos not in ("NOUN", "PROPN"):
            return ()
        own = set(self.tree.subtree(i))
        return (self.span([k for k in self.tree.subtree(head.i) if k not in own]),)

    def _rest(self, i: int) -> tuple[Span, ...]:
        """What a verb of saying reports where the parser lost the clause: the words behind its *that*."""
        tree, marks = self.tree, self.words["that"]
        behind = [k for k in tree.sentences[tree.sentence_of[i]] if k > i]
        that = next((k for k in behind if tree.words[k].low in marks and tree.words[k].pos != "DET"), None)
        if that is None or not (self.clauses.is_finite(i) or tree.words[i].role == "xcomp"):
            return ()
        clause = [k for k in behind if k > that]
        return (self.span(clause),) if any(tree.words[k].pos in VERBAL for k in clause) else ()

    def reported(self, i: int, places: frozenset[str]) -> tuple[Span, ...]:
        """What a verb that tells of a stand bears on: a phrase, a clause, or the subject of its passive."""
        if self.clauses.is_passive(i):
            patients = self.clauses.objects(i) if "obj" in places else []
            own = set(self.tree.subtree(i)) if patients and patients[0] == self.tree.words[i].head else set()
            return tuple(self.span([k for k in self.tree.subtree(p) if k not in own]) for p in patients[:1])
        phrase = self.said_phrase(i, places)
        clauses = [k for k in self.tree.kids(i, "comp", "xcomp") if k.role in places and k.i > i]
        return (self.span(self._clause(i, clauses[0].i)),) if clauses and not phrase else phrase

    def said_phrase(self, i: int, places: frozenset[str]) -> tuple[Span, ...]:
        """*announced the arrest of X*, *called the deal a mistake*, *appelle à la retenue*: what is said as a noun."""
        behind = [k for k in self.tree.kids(i) if k.i > i]
        objects = [k for k in behind if k.role == "obj" and "obj" in places and k.pos in PHRASES]
        judged = [k for k in behind if k.role in ("attr", "xcomp") and objects]
        named = [k for k in behind if k.role in ("obl", "xcomp", "advcl") and k.prep and k.prep in places]
        named += [k for k in behind if k.role in ("obl", "advcl") and objects and k.prep in self.words["grounds"]]
        parts = [*(objects if objects and (objects[0].pos != "PRON" or judged or named) else []), *judged, *named]
        return (self.span([j for k in parts for j in self._bare(k.i)]),) if parts else ()

    def span(self, words: list[int]) -> Span:
        """The text from the first of these words to the last, marks at its ends and trailing clauses left out."""
        words = self._trimmed(sorted(words))
        start, end = self._balanced(self.tree.words[words[0]].start, self.tree.words[words[-1]].end)
        return Span(self.tree.text[start:end], start, end)

    def _trimmed(self, words: list[int]) -> list[int]:
        while len(words) > 1 and self.tree.words[words[0]].pos == "PUNCT":
            words = words[1:]
        last = self._aside(words)
        words = [k for k in words if k < last]
        while len(words) > 1 and self.tree.words[words[-1]].pos in TRAILING:
            words = words[:-1]
        return words

    def _aside(self, words: list[int]) -> int:
        """Where a clause begins that the article adds behind a comma: *…, which …*, *…, although …*."""
        for k in reversed(words):
            word = self.tree.words[k]
            if self._is_added(word):
                below = self.tree.subtree(k)
                first, last = below[0], below[-1]
                if first - 1 > words[0] and self.tree.words[first - 1].text == "," and last >= words[-1] - 1:
                    return first - 1
        return words[-1] + 1

    def _is_added(self, word: Word) -> bool:
        """A relative clause, a contrast or a present participle: what the article goes on to tell."""
        marks = {m.low for m in self.tree.kids(word.i, "mark")}
        doing = word.morph.get("Tense") == "Pres" and word.morph.get("VerbForm") == "Part" and not marks
        contrast = bool(marks & self.words["contrast"])
        told = word.role in self.words["added"] and (word.role == "relcl" or doing)
        return told or (word.role == "advcl" and contrast)

    def _balanced(self, start: int, end: int) -> tuple[int, int]:
        """With both marks of a quotation that begins or ends in these words."""
        text = self.tree.text
        for opening, closing in MARKS:
            opened, closed = text.count(opening, start, end), text.count(closing, start, end)
            before = text[start - 1 : start] == opening and start > 0
            odd = opened % 2 == 1 if opening == closing else opened != closed
            if odd and before and (opening == closing or closed > opened):
                start -= 1
            elif odd and opened >= closed:
                place = text.find(closing, end, end + FAR)
                end = end if place < 0 or "\n" in text[end:place] else place + 1
        return start, end
