"""Labels of a parser → roles of the tree, and the parsers' known faults mended, once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.extract.tree import NOMINAL, Tree, Word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.extract.grammar import Grammar


NEAR = 10  # words within which a phrase may have gone astray
BESIDE = 3  # words between a verb and its clitics
CLOSING = frozenset('»”"')


@dataclass(slots=True)
class Raw:
    """A word as the parser gave it; its head and role are changed until the tree stands."""

    i: int
    text: str
    lemma: str
    pos: str
    tag: str
    head: int
    label: str
    start: int
    end: int
    morph: Mapping[str, str] = field(default_factory=dict)
    name: str = ""
    opens: bool = False
    role: str = ""
    prep: str = ""
    passive: bool = False

    @property
    def low(self) -> str:
        """The form in lower case, with straight apostrophes."""
        return self.text.casefold().replace("’", "'")


def normalise(
    text: str, raws: list[Raw], *, sentences: tuple[range, ...], paragraphs: tuple[range, ...], grammar: Grammar
) -> Tree:
    """Turn a parser's words into a tree; ``raws`` is used up."""
    for w in raws:
        w.role = "root" if w.head == w.i else grammar.role(w.label)
    _one_root(raws, sentences)
    _Mender(raws, grammar).mend()
    _one_root(raws, sentences)
    return Tree(text, tuple(map(_word, raws)), sentences, paragraphs)


def _word(w: Raw) -> Word:
    lemma = w.lemma.casefold().replace("’", "'")
    return Word(
        w.i, w.text, lemma, w.pos, w.head, w.role, w.start, w.end,
        prep=w.prep, morph=w.morph, name=w.name, passive=w.passive,
    )  # fmt: skip


def _one_root(raws: list[Raw], sentences: tuple[range, ...]) -> None:
    """Keep heads inside their sentence; hang further roots of a sentence on its first as parataxis."""
    for sentence in sentences:
        first: Raw | None = None
        for i in sentence:
            w = raws[i]
            if w.head not in sentence:
                w.head, w.role = i, "root"
            if w.head == i:
                if first is None:
                    first = w
                else:
                    w.head, w.role = first.i, "parataxis" if w.pos in ("VERB", "AUX") else "dep"


class _Mender:
    """One pass of repairs over raw words, in an order in which each sees what the earlier made."""

    def __init__(self, raws: list[Raw], grammar: Grammar) -> None:
        self.raws = raws
        self.grammar = grammar

    def mend(self) -> None:
        """Do all repairs."""
        self._whole_names()
        self._homographs()
        self._subject_on_top()
        self._first_of_two()
        self._split_flat_at_comma()
        self._adpositions_over()
        self._compound_prepositions()
        self._prepositions()
        self._partitives()
        self._bare_objects()
        self._swapped_subjects()
        self._inverted_relatives()
        self._real_subjects()
        self._speakers_behind()
        self._finite_conjuncts()
        self._low_infinitives()
        self._participles_after_comma()
        self._inverted()
        self._copulas()
        self._passives()
        self._datives()
        self._between()

    def kids(self, i: int, *roles: str) -> list[Raw]:
        """The dependents of ``i``; roles change all the time, so nothing is cached."""
        w = self.raws[i]
        # dependents stand near their head: look within a window, which keeps long texts linear
        around = self.raws[max(0, w.i - 80) : w.i + 81]
        return [k for k in around if k.head == i and k.i != i and (not roles or k.role in roles)]

    def _whole_names(self) -> None:
        """*Conseil de sécurité des Nations unies d'imposer*: what hangs on a word inside a name hangs on the name."""
        for span in self._spans():
            head = next((i for i in span if self.raws[i].head not in span or self.raws[i].head == i), span.start)
            for i in span:
                for k in self.kids(i) if i != head else ():
                    if k.i not in span:
                        k.head = head
                if i != head and self.raws[i].pos == "VERB":
                    self.raws[i].pos, self.raws[i].role, self.raws[i].head = "PROPN", "flat", head

    def _spans(self) -> list[range]:
        """The tagger's names of several words."""
        starts = [w.i for w in self.raws if w.name.startswith("B-")]
        found = []
        for start in starts:
            end = start + 1
            while end < len(self.raws) and self.raws[end].name.startswith("I-"):
                end += 1
            if end - start > 1:
                found.append(range(start, end))
        return found

    def _homographs(self) -> None:
        """*L'Iran livre des missiles*: a verb taken for the noun that looks like it (*livre*, *presse*, *visite*).

        A noun needs an article or a preposition before it; straight after a name it is a verb.
        """
        forms = self.grammar["homographs"]
        for w in self.raws[1:]:
            lemma = forms.get(w.low)
            before = self.raws[w.i - 1]
            if lemma and w.pos == "VERB":
                w.lemma = lemma
                if not any(k.role == "obj" for k in self.kids(w.i)):
                    self._first_object(w)
            if (
                not lemma
                or w.pos in ("VERB", "AUX")
                or before.pos not in ("PROPN", "NOUN", "ADJ", "CCONJ", "PUNCT")
                or before.low in forms
            ):
                continue
            after = self.raws[w.i + 1] if w.i + 1 < len(self.raws) else None
            if after is None or after.pos not in self.grammar.words["verb_followers"]:
                continue
            if before.pos == "CCONJ":
                self._make_second_verb(w, lemma)
            elif before.text == ",":
                self._make_verb_of_top(w, lemma)
            elif any(k.pos == "PROPN" or k.name for k in self.raws[max(0, w.i - 3) : w.i]):
                self._make_verb(w, lemma)

    def _make_verb_of_top(self, w: Raw, lemma: str) -> None:
        """*Kiev, de son côté, presse Washington*: the name on top of the sentence is the subject."""
        top = self.raws[w.head]
        if top.i < w.i and top.pos == "PROPN" and top.head == top.i and self.raws[w.i + 1].pos in ("DET", "PROPN"):
            w.pos, w.lemma, w.morph, w.head, w.role = "VERB", lemma, {"VerbForm": "Fin"}, w.i, "root"
            top.head, top.role = w.i, "subj"
            self._first_object(w)
            for k in self.kids(w.i, "acl"):
                k.role = "xcomp"

    def _make_second_verb(self, w: Raw, lemma: str) -> None:
        """*a dépêché … et presse l'Union*: a verb coordinated with the one before."""
        verb = next((k for k in reversed(self.raws[max(0, w.i - 25) : w.i]) if k.pos == "VERB"), None)
        after = next((k for k in self.raws[w.i + 1 : w.i + 5] if k.pos in ("NOUN", "PROPN")), None)
        if verb is None or after is None or self.raws[w.i + 1].pos not in ("DET", "PROPN"):
            return
        w.pos, w.lemma, w.morph, w.head, w.role = "VERB", lemma, {"VerbForm": "Fin"}, verb.i, "conj"
        if not w.i <= after.head <= w.i + 5:
            after.head, after.role = w.i, "obj"
        self._first_object(w)

    def _make_verb(self, w: Raw, lemma: str) -> None:
        """Put a verb over the phrase before it (its subject) and the phrase behind it (its object)."""
        subject = self._top_before(w)
        w.pos, w.lemma, w.morph = "VERB", lemma, {"VerbForm": "Fin", "Mood": "Ind", "Tense": "Pres"}
        w.head, w.role = (subject.head, subject.role) if subject.head != subject.i else (w.i, "root")
        if w.head == w.i or not subject.i < w.head < w.i:
            subject.head, subject.role = w.i, "subj"
        for k in self.kids(subject.i):
            if k.i > w.i:
                k.head = w.i
        self._first_object(w)

    def _top_before(self, w: Raw) -> Raw:
        top = self.raws[w.i - 1]
        seen = {w.i}
        while (
            top.head < w.i
            and top.head not in seen
            and self.raws[top.head].pos in ("PROPN", "NOUN", "ADJ")
            and top.head != top.i
        ):
            seen.add(top.i)
            top = self.raws[top.head]
        return top

    def _first_object(self, w: Raw) -> None:
        """The first phrase behind a new verb is its object unless a true preposition opens it."""
        articles = self.grammar.words["definite"] | self.grammar.words["indefinite"]
        for k in sorted(self.kids(w.i), key=lambda k: k.i):
            if k.i > w.i and k.pos in NOMINAL and k.role not in ("conj", "subj"):
                cases = self.kids(k.i, "case")
                if all(c.low in articles and c.i == w.i + 1 for c in cases):
                    k.role = "obj"
                    for c in cases:
                        c.role = "det"
                return

    def _subject_on_top(self) -> None:
        """*Paris a condamné*: a name on top of the verb it is the subject of."""
        for w in self.raws:
            if w.role not in ("parataxis", "acl", "amod", "conj", "advcl", "dep") or w.pos not in ("VERB", "AUX"):
                continue
            top = self.raws[w.head]
            apposed = self._apposed_subject(w, top)
            if top.pos not in ("PROPN", "NOUN") or top.i > w.i or self.kids(w.i, "subj", "mark", "cc"):
                continue
            finite = w.morph.get("VerbForm") == "Fin" or any(
                k.morph.get("VerbForm") == "Fin" for k in self.kids(w.i, "aux", "auxpass")
            )
            between = self.raws[top.i + 1 : w.i]
            if (
                finite
                and top.role in ("root", "dep")
                and (apposed or not any(b.pos in ("PUNCT", "PRON", "SCONJ") for b in between))
            ):
                w.head, w.role = (top.head, top.role) if top.head != top.i else (w.i, "root")
                top.head, top.role = w.i, "subj"
                for k in self.kids(top.i):
                    if k.i > w.i:
                        k.head = w.i

    def _apposed_subject(self, w: Raw, top: Raw) -> bool:
        """*Iran Air, la compagnie aérienne, pourrait*: the apposition taken for the subject, the name put on top."""
        subjects = self.kids(w.i, "subj")
        if top.pos != "PROPN" or top.role not in ("root", "dep") or len(subjects) != 1 or subjects[0].pos != "NOUN":
            return False
        first = min([subjects[0].i, *(k.i for k in self.kids(subjects[0].i, "det"))])
        apposed = top.i < first < w.i and self.raws[first - 1].text == ","
        if apposed:
            subjects[0].head, subjects[0].role = top.i, "appos"
        return apposed

    def _real_subjects(self) -> None:
        """*où il s'entretiendra*: a pronoun is only empty with verbs that are impersonal."""
        empty = self.grammar.words["expletive_verbs"]
        for w in self.raws:
            verb = self.raws[w.head]
            third = any(
                w.low.lstrip("-") in f for k, f in self.grammar.words.items() if k.startswith("pronouns.third_singular")
            )
            if w.role == "expl" and third and w.low not in self.grammar.words["reflexive_clitics"]:
                lemma = f"se {verb.lemma}" if self._is_reflexive(verb) else verb.lemma
                if (
                    verb.pos == "VERB"
                    and lemma not in empty
                    and not verb.passive
                    and not self.kids(verb.i, "subj", "comp", "auxpass")
                ):
                    w.role = "subj"

    def _first_of_two(self) -> None:
        """*Washington et Londres ont accusé*: the first of two subjects on top of the verb of the second."""
        for w in self.raws:
            top = self.raws[w.head]
            subjects, links = self.kids(w.i, "subj"), self.kids(w.i, "cc")
            lost = w.pos == "VERB" and w.role in ("parataxis", "conj", "acl", "dep") and len(subjects) == 1 and links
            if not lost or top.pos not in ("PROPN", "NOUN") or top.role not in ("root", "dep"):
                continue
            end = max([top.i, *(k.i for k in self.kids(top.i, "flat", "amod", "obl") if k.i < links[0].i)])
            if end < links[0].i <= end + 1 and links[0].i < subjects[0].i < w.i:
                w.head, w.role = (top.head, top.role) if top.head != top.i else (w.i, "root")
                top.head, top.role, subjects[0].head, subjects[0].role = w.i, "subj", top.i, "conj"
                links[0].head = subjects[0].i

    def _between(self) -> None:
        """*l'alliance entre Moscou et Téhéran*: the second end belongs to the first, not to the noun."""
        for w in self.raws:
            if w.prep not in self.grammar.prepositions["between"] or self.kids(w.i, "conj"):
                continue
            later = [k for k in self.kids(w.head, "conj") if k.i > w.i and k.i - w.i <= NEAR]
            if later:
                later[0].head = w.i

    def _split_flat_at_comma(self) -> None:
        """*…, Antony Blinken, Moscou aurait reçu*: the parser makes one name of two.

        The part after the comma takes the place of the whole, the part before goes to the noun before.
        """
        for w in self.raws:
            if w.role not in ("flat", "compound") or w.i <= 1 or self.raws[w.i - 1].text != ",":
                continue
            first = self.raws[w.head]
            if first.i > w.i:
                continue
            w.head, w.role, w.prep = (
                (first.head, first.role, first.prep) if first.head != first.i else (w.i, "root", "")
            )
            before = self._noun_before(first.i)
            if before is not None:
                first.head, first.role = before, "appos"

    def _noun_before(self, i: int) -> int | None:
        """The noun whose phrase ends before word ``i``: *le secrétaire d'État américain,*."""
        k = i - 1
        while k >= 0 and i - k <= NEAR and self.raws[k].pos not in ("VERB", "AUX"):
            w = self.raws[k]
            if w.pos in ("NOUN", "PROPN") and not (i - 8 < w.head < w.i and self.raws[w.head].pos in ("NOUN", "PROPN")):
                return k
            k -= 1
        return None

    def _adpositions_over(self) -> None:
        """Schemes with the preposition on top (``prep`` → ``pobj``): put the noun there instead."""
        for w in self.raws:
            if w.role not in ("pobj", "pcomp"):
                continue
            top = self.raws[w.head]
            chain = [top]
            while top.role == "prep" and self.raws[top.head].role == "prep" and self.raws[top.head].i == top.i - 1:
                top = self.raws[top.head]
                chain.insert(0, top)
            role = "agent" if top.role == "agent" else "obl"
            if top.role in ("prep", "agent", "dative", "conj", "root", "advmod", "mark", "cc", "dep"):
                w.prep = " ".join(c.low for c in chain)
                own_subject = any(k.role in ("subj", "subjpass") for k in self.kids(w.i))
                clause = ("advcl" if own_subject else "xcomp") if w.role == "pcomp" else role
                w.head = top.head if top.head != top.i else w.i
                w.role = clause if w.head != w.i else "root"
                self._hang(chain, w)

    def _hang(self, chain: list[Raw], w: Raw) -> None:
        """Make prepositions markers of the word they introduce; what else hung on them moves there."""
        for c in chain:
            c.head, c.role = w.i, "mark" if w.role in ("xcomp", "advcl") else "case"
            for k in self.kids(c.i):
                if k not in chain and k is not w:
                    k.head = w.i

    def _compound_prepositions(self) -> None:
        """*à l'encontre de X*: one preposition, however the parser took it apart."""
        compounds = self.grammar.compounds
        longest = max(map(len, compounds), default=0)
        lows = [w.low for w in self.raws]
        contracted = self.grammar["prepositions"]["contractions"]
        i = 0
        while i < len(lows):
            for n in range(min(longest, len(lows) - i), 1, -1):
                found = [*lows[i : i + n - 1], contracted.get(lows[i + n - 1], lows[i + n - 1])]
                if meaning := compounds.get(tuple(found)):
                    self._join(range(i, i + n), meaning)
                    i += n - 1
                    break
            i += 1

    def _join(self, span: range, meaning: str) -> None:
        target = self._complement_of(span)
        if target is None:
            return
        inside = [self.raws[i] for i in span]
        tops = [w for w in inside if w.head not in span and w.head != target.i]
        head = next((t.head for t in tops if t.head != t.i), target.head)
        if head == target.i or head in span:
            outer = self.raws[target.i].head
            head = outer if outer not in span and outer != target.i else head
        for w in inside:
            w.head, w.role = target.i, "mark" if target.pos == "VERB" else "case"
        if head != target.i and head not in span:
            target.head, target.role, target.prep = head, "advcl" if target.pos == "VERB" else "obl", meaning
        else:
            target.prep = meaning

    def _complement_of(self, span: range) -> Raw | None:
        """The noun that a compound preposition introduces."""
        below = [k for i in span for k in self.kids(i) if k.i >= span.stop and (k.pos in NOMINAL or k.pos == "VERB")]
        if below:
            return below[0]
        for w in self.raws[span.stop : span.stop + 6]:
            if w.pos in ("NOUN", "PROPN", "PRON"):
                top = w
                while (
                    span.stop <= top.head < span.stop + 6
                    and self.raws[top.head].pos in ("NOUN", "PROPN")
                    and top.head != top.i
                ):
                    top = self.raws[top.head]
                return top
            if w.pos == "VERB":
                return w
            if w.pos not in ("DET", "ADJ", "NUM", "ADV", "PART", "PUNCT"):
                return None
        return None

    def _prepositions(self) -> None:
        """Schemes with the preposition below (``case``): note it on the noun."""
        contracted = self.grammar["prepositions"]["contractions"]
        for w in self.raws:
            if w.prep:
                continue
            cases = [
                k for k in self.kids(w.i, "case") if k.i < w.i and k.pos in ("ADP", "SCONJ", "ADV", "VERB", "DET", "X")
            ]
            if cases:
                w.prep = contracted.get(cases[0].low, cases[0].low)
                if w.role == "obl" and w.pos == "VERB":
                    w.role = "advcl"
                    for k in cases:
                        k.role = "mark"
                if w.role == "agent" and w.prep not in self.grammar.prepositions["agent"]:
                    w.role = "obl"

    def _partitives(self) -> None:
        """*préparer de nouvelles sanctions*, *n'a pas livré de missiles*: an object, not a phrase with *de*."""
        for w in self.raws:
            head = self.raws[w.head]
            if w.role != "obl" or head.pos != "VERB" or head.i > w.i or self.kids(head.i, "obj"):
                continue
            cases = [k for k in self.kids(w.i, "case") if k.low in self.grammar.words["partitives"]]
            plural = [k for k in self.kids(w.i, "case") if k.low in self.grammar.words["plural_articles"]]
            if plural and head.lemma not in self.grammar.words["verbs_with_de"] and not self._is_reflexive(head):
                w.role, w.prep, plural[-1].role = "obj", "", "det"
                continue
            before_adjective = cases and cases[-1].i + 1 < w.i and self.raws[cases[-1].i + 1].role == "amod"
            negated = any(k.low in self.grammar.words["negators"] for k in self.kids(head.i, "advmod"))
            if cases and (before_adjective or negated):
                w.role, w.prep = "obj", ""
                cases[-1].role = "det"

    def _is_reflexive(self, verb: Raw) -> bool:
        return any(k.low in self.grammar.words["reflexive_clitics"] for k in self.kids(verb.i))

    def _bare_objects(self) -> None:
        """*mis en garde Pékin*: a name without preposition below the verb's phrase is the verb's object."""
        for w in self.raws:
            phrase = self.raws[w.head]
            verb = self.raws[phrase.head]
            lone = w.role == "obl" and not w.prep and w.pos == "PROPN" and w.i > phrase.i
            if lone and phrase.role == "obl" and verb.pos == "VERB" and not self.kids(verb.i, "obj"):
                w.head, w.role = verb.i, "obj"

    def _swapped_subjects(self) -> None:
        """*Donald Trump presse l'Union*: the name before a finite verb is its subject, not the one behind it."""
        for w in self.raws:
            if w.pos != "VERB" or w.morph.get("VerbForm") != "Fin":
                continue
            kids = self.kids(w.i)
            behind = [k for k in kids if k.role == "subj" and k.i > w.i and k.pos in ("NOUN", "PROPN")]
            stray = [
                k
                for k in kids
                if k.i < w.i
                and k.role in ("advmod", "obl", "dep")
                and not k.prep
                and k.name
                and k.pos in ("PROPN", "X", "NOUN")
            ]
            if (
                len(behind) == 1
                and len(stray) == 1
                and not any(k.role == "obj" or (k.role == "subj" and k.i < w.i) for k in kids)
            ):
                behind[0].role, stray[0].role = "obj", "subj"

    def _finite_conjuncts(self) -> None:
        """*dit observer … et enjoint*: a finite verb is coordinated with a finite one, not with its infinitive."""
        for w in self.raws:
            first = self.raws[w.head]
            infinitive = first.role == "xcomp" and first.morph.get("VerbForm") == "Inf"
            finite = w.morph.get("VerbForm") == "Fin" or any(
                k.morph.get("VerbForm") == "Fin" for k in self.kids(w.i, "aux", "auxpass")
            )
            if w.role == "conj" and w.pos == "VERB" and infinitive and finite and not self.kids(first.i, "aux"):
                w.head = first.head

    def _inverted_relatives(self) -> None:
        """*Caracas, que soutiennent Moscou et Pékin*: behind an object pronoun the next phrase is the subject."""
        only_object = self.grammar.words["relative.object"] - self.grammar.words["relative.subject"]
        for w in self.raws:
            if w.role not in ("relcl", "acl") or w.pos != "VERB" or self.kids(w.i, "subj"):
                continue
            pronouns = [k for k in self.kids(w.i) if k.low in only_object and k.i < w.i]
            behind = [k for k in self.kids(w.i, "obj") if k.i > w.i]
            if pronouns and behind:
                pronouns[0].role, pronouns[0].pos, behind[0].role, w.role = "obj", "PRON", "subj", "relcl"

    def _speakers_behind(self) -> None:
        """*« … », a soutenu le ministre*: behind a quotation the phrase after the verb is who speaks."""
        for w in self.raws:
            if w.pos != "VERB" or (self.kids(w.i, "subj", "xcomp", "comp") and not self._subject_quoted(w)):
                continue
            first = min(
                [w.i, *(k.i for k in self.kids(w.i, "aux", "obl", "expl") if k.i < w.i and w.i - k.i <= BESIDE)]
            )
            before = [k.text for k in self.raws[max(0, first - 2) : first]]
            behind = [k for k in self.kids(w.i, "obj") if k.i > w.i and not k.prep]
            if before and behind and (before[-1] in CLOSING or (before[-1] == "," and before[0] in CLOSING)):
                for k in self.kids(w.i, "subj"):
                    k.role = "dep"
                behind[0].role = "subj"

    def _subject_quoted(self, w: Raw) -> bool:
        return any(k.i < w.i and any(b.text in CLOSING for b in self.raws[k.i : w.i]) for k in self.kids(w.i, "subj"))

    def _low_infinitives(self) -> None:
        """*presse l'Union de sanctionner*: an infinitive hung on a name belongs to the verb above."""
        for w in self.raws:
            name = self.raws[w.head]
            verb = self.raws[name.head]
            named = name.pos == "PROPN" or bool(name.name)
            infinitive = w.role in ("acl", "xcomp") and w.morph.get("VerbForm") == "Inf" and named
            if infinitive and name.role in ("obj", "obl") and verb.pos == "VERB" and verb.i != name.i:
                w.head, w.role = verb.i, "xcomp"

    def _participles_after_comma(self) -> None:
        """*…, insistant sur …*: a present participle behind a comma belongs to the clause, not to its last noun."""
        for w in self.raws:
            if (
                w.role != "acl"
                or w.morph.get("VerbForm") != "Part"
                or w.morph.get("Tense") == "Past"
                or self.raws[w.i - 1].text != ","
            ):
                continue
            top = self.raws[w.head]
            while top.pos != "VERB" and top.head != top.i:
                top = self.raws[top.head]
            if top.pos == "VERB" and top.i < w.i:
                w.head, w.role = top.i, "advcl"

    def _inverted(self) -> None:
        """*Parmi les cibles figurent des entités*: a finite verb without relative pronoun modifies no noun.

        The phrase before it is its own, and it takes the place that the phrase had.
        """
        relatives = set().union(*(v for k, v in self.grammar.words.items() if k.startswith("relative.")))
        for w in self.raws:
            phrase = self.raws[w.head]
            finite = w.role == "acl" and w.pos == "VERB" and w.morph.get("VerbForm") == "Fin" and phrase.role == "obl"
            if not finite or not phrase.prep or any(k.low in relatives or k.role == "mark" for k in self.kids(w.i)):
                continue
            top = self.raws[phrase.head]
            phrase.head = w.i
            if top.head == top.i and top.pos != "VERB":
                w.head, w.role, top.head, top.role = w.i, "root", w.i, "dep"
            else:
                w.head, w.role = top.i, "parataxis"

    def _copulas(self) -> None:
        """Schemes with the copula on top (``attr``): put the noun or adjective there instead."""
        for w in self.raws:
            if w.role not in ("attr", "acomp") or self.raws[w.head].lemma != "be":
                continue
            be = self.raws[w.head]
            if any(k.role == "obj" for k in self.kids(be.i)):
                continue
            w.head, w.role = (be.head, be.role) if be.head != be.i else (w.i, "root")
            for k in self.kids(be.i):
                if k is not w:
                    k.head = w.i
            be.head, be.role = w.i, "cop"

    def _passives(self) -> None:
        """Note the voice on the verb, and take *by* with a passive for its agent."""
        agents = self.grammar.prepositions["agent"]
        for w in self.raws:
            if w.pos not in ("VERB", "AUX", "ADJ"):
                continue
            marked = self.kids(w.i, "auxpass", "subjpass")
            bare = (
                w.role in ("acl", "advcl", "relcl") and self._is_past_participle(w) and not self.kids(w.i, "aux", "obj")
            )
            attached = w.role == "amod" and self._is_past_participle(w)
            w.passive = w.passive or bool(marked) or bare or attached
            if w.passive:
                for k in self.kids(w.i, "obl"):
                    if k.prep in agents:
                        k.role = "agent"
            for k in self.kids(w.i, "subjpass"):
                k.role = "subj"

    @staticmethod
    def _is_past_participle(w: Raw) -> bool:
        return w.morph.get("VerbForm") == "Part" and w.morph.get("Tense") == "Past"

    def _datives(self) -> None:
        """A bare recipient (*gave Kyiv arms*, *lui a livré*) gets the preposition it stands for."""
        dative = self.grammar["prepositions"]["dative"]
        for w in self.raws:
            if w.role == "dative":
                w.role = "obl"
            if w.role == "obl" and not w.prep and (w.label in ("dative", "iobj") or w.label.startswith("obl:arg")):
                w.prep = dative
