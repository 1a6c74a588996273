"""Relative clauses put under their nouns, and the main verbs that stand behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.raws import Words
from kg.extract.tree import NOMINAL

if TYPE_CHECKING:
    from kg.extract.raws import Raw

CLITICS = ("AUX", "ADV", "PRON")  # what may stand between a comma and its verb
ASIDES = ("relcl", "acl", "parataxis", "appos", "advcl")  # what may stand between a subject and its verb
ASTRAY = ("comp", "advcl", "parataxis", "dep")  # roles of a relative clause that hangs on a verb
BESIDE = 4  # words between a comma and its verb


class Relatives(Words):
    """Mends what the parsers make of *X, que soutient Y, accuse Z*."""

    def enclosed_relatives(self) -> None:
        """*X, que soutiennent Y et Z, menace W*: the relative's verb taken for the main one or its subject."""
        for that in self.raws[2:-2]:
            noun = self.raws[that.i - 2]
            while noun.role in ("flat", "amod", "compound") and noun.head < noun.i:
                noun = self.raws[noun.head]
            opens = self.raws[that.i - 1].text == "," and that.low in self._enclosing
            if not opens or noun.pos not in ("NOUN", "PROPN") or noun.role == "relcl":
                continue
            verb, main = self._verb_and_main(that)
            if verb and main and self._confused(noun, verb, main):
                self._enclose(noun, that, verb, main)

    @property
    def _enclosing(self) -> frozenset[str] | set[str]:
        """Relative pronouns that are an object, or nothing but a subject (*qui*)."""
        words = self.grammar.words
        return words["relative.object"] | (words["relative.subject"] - words["relative.object"])

    def _verb_and_main(self, that: Raw) -> tuple[Raw | None, Raw | None]:
        """The finite verb behind a pronoun and the finite verb right behind the comma that closes its clause."""
        verb = None
        for w in self.raws[that.i + 1 :]:
            if w.text in ".;:!?":
                break
            if verb and w.pos == "VERB" and self.finite(w) and self._after_comma(w):
                return verb, w
            if verb is None and w.pos == "VERB" and self.finite(w):
                verb = w
        return None, None

    def _confused(self, noun: Raw, verb: Raw, main: Raw) -> bool:
        """Is the clause the subject of the main verb, or does the main verb hang on it?"""
        below = (
            main.head == verb.i and main.role in ("parataxis", "conj", "comp", "dep") and not self.kids(main.i, "cc")
        )
        top = noun.head == verb.i or noun.i in (verb.head, main.head)
        return (verb.head == main.i and verb.role == "subj") or (below and top)

    def _enclose(self, noun: Raw, that: Raw, verb: Raw, main: Raw) -> None:
        above = noun if main.head == noun.i else verb if main.head == verb.i else None
        if above:
            main.head, main.role = (above.head, above.role) if above.head != above.i else (main.i, "root")
        for k in self.kids(main.i, "subj"):
            k.role = "obj" if k.i > main.i else k.role
        noun.head, noun.role = main.i, "subj"
        verb.head, verb.role = noun.i, "relcl"
        role = "obj" if that.low in self.grammar.words["relative.object"] else "subj"
        that.head, that.role, that.pos = verb.i, role, "PRON"
        for k in self.kids(verb.i, "subj"):
            k.role = "dep" if k is noun else k.role

    def main_verbs(self) -> None:
        """*La Commission, que préside X, reproche …*, *Wagner, fondé par X, opère …*: the verb behind an aside."""
        for top in self.raws:
            if top.pos not in ("NOUN", "PROPN") or top.role not in ("root", "dep") or self.kids(top.i, "cop"):
                continue
            aside = next((k for k in self.kids(top.i, *ASIDES) if k.i > top.i and k.pos in ("VERB", "NOUN")), None)
            main = self._behind(aside, top) if aside else None
            if main:
                main.head, main.role = (top.head, top.role) if top.head != top.i else (main.i, "root")
                for k in self.kids(main.i, "subj"):
                    k.role = "obj"  # *X, qui arme Y, menace Z*
                top.head, top.role = main.i, "subj"
                self._keep_aside(top, main)

    def _keep_aside(self, top: Raw, main: Raw) -> None:
        """What stands between subject and verb modifies the subject, what stands behind belongs to the verb."""
        for k in (*self.kids(top.i), *self.kids(main.i)):
            participle = k.pos == "VERB" and k.role in ("parataxis", "advcl") and not self.finite(k)
            if participle and top.i < k.i < main.i:
                k.head, k.role = top.i, "acl"
            elif k.head == top.i and k.i > main.i:
                k.head = main.i

    def _behind(self, aside: Raw, top: Raw) -> Raw | None:
        """The first finite verb behind the comma that closes an aside, with no subject of its own."""
        if self.raws[top.i + 1].text != "," and not self._comma_before(aside):
            return None
        for w in self.raws[top.i + 1 : aside.i + 60]:
            joins = w.low in self.grammar.words["and"] and self.raws[w.head].pos not in ("NOUN", "PROPN")
            if w.text in ".;:!?" or (w.i > aside.i and joins):
                return None
            main = w is not aside or not self._opened(w)
            below = w.pos == "VERB" and w.i > top.i + 1 and any(above is top for above in self.above(w))
            own = any(k.i < w.i for k in self.kids(w.i, "subj")) or self.kids(w.i, "mark", "cc")
            if below and main and self.finite(w) and not self._opened(w) and not own:
                return w if self._after_comma(w) and w.i > min(aside.i, w.i) - 1 and self._encloses(top, w) else None
        return None

    def _encloses(self, top: Raw, w: Raw) -> bool:
        """Do two commas enclose something between a noun and its verb?"""
        return sum(k.text == "," for k in self.raws[top.i + 1 : w.i]) > 1

    def _opened(self, w: Raw) -> bool:
        """Does a relative pronoun open the clause of a verb?"""
        every = self.grammar.relatives
        return any(k.low in every and k.i < w.i for k in self.kids(w.i))

    def _comma_before(self, w: Raw) -> bool:
        return any(k.text == "," for k in self.raws[max(0, w.i - 3) : w.i])

    def _after_comma(self, w: Raw) -> bool:
        k = w.i - 1
        while k > 0 and self.raws[k].pos in CLITICS and w.i - k <= BESIDE:
            k -= 1
        return self.raws[k].text == ","

    def relatives(self) -> None:
        """All that has to do with relative pronouns."""
        self._contracted_pronouns()
        self._relatives()
        self._inverted_relatives()
        self._reported_relatives()
        self._marked_pronouns()

    def _marked_pronouns(self) -> None:
        """*a condamné Kigali, qu'elle accuse d'armer X*: a pronoun behind a name and a comma is no conjunction."""
        for w in self.raws[2:]:
            verb, name = self.raws[w.head], self.raws[w.i - 2]
            pronoun = w.pos == "PRON" and w.role == "mark" and w.low in self.grammar.words["relative.object"]
            if not pronoun or verb.pos != "VERB" or not self.kids(verb.i, "subj") or self.kids(verb.i, "obj"):
                continue
            if (
                verb.role == "comp"
                and self.raws[w.i - 1].text == ","
                and name.pos in NOMINAL
                and name.head == verb.head
            ):
                verb.head, verb.role = name.i, "relcl"
            if verb.role == "relcl":
                w.role = "obj"

    def _reported_relatives(self) -> None:
        """*les accusations selon lesquelles il arme X*, *claims according to which …*: what is claimed."""
        pronouns = self.grammar.words["relative.subject"] | self.grammar.words["relative.object"]
        for w in self.raws:
            verb = self.raws[w.head]
            if w.low in pronouns and w.prep in self.grammar.words["relative_sources"] and verb.role == "relcl":
                verb.role, w.role, w.prep = "acl", "mark", ""

    def claimed(self, nouns: frozenset[str]) -> None:
        """*claims that it had interfered in X*: what is claimed, for the verb wants no object of its own."""
        for w in self.raws:
            if w.role != "relcl" or self.raws[w.head].lemma not in nouns:
                continue
            that = next((k for k in self.kids(w.i) if k.i < w.i and k.low in self.grammar.words["that"]), None)
            if that and self._is_complete(w, that):
                w.role, that.role, that.pos = "acl", "mark", "SCONJ"

    def _is_complete(self, w: Raw, that: Raw) -> bool:
        """Has a clause its subject and, beside the pronoun, an object or a phrase?"""
        subjects = [k for k in self.kids(w.i, "subj") if k is not that]
        return bool(subjects) and any(
            k is not that and k.i > w.i for k in self.kids(w.i, "obj", "obl", "xcomp", "agent")
        )

    def _contracted_pronouns(self) -> None:
        """*X, auquel la Turquie a fourni …*: the pronoun holds its preposition, the phrase behind it is the subject."""
        contracted = self.grammar["words"]["contracted_relatives"]
        pronouns = self.grammar.words["relative.subject"]
        for w in self.raws:
            whole = w.low in contracted
            if not whole and not (w.low in pronouns and w.prep):
                continue
            verb = self.raws[w.head]
            w.role, w.prep, w.pos = "obl", contracted.get(w.low, w.prep), "PRON"
            for k in self.kids(w.i, "obl", "appos", "flat"):
                if k.pos in ("NOUN", "PROPN") and not k.prep and verb.pos == "VERB":
                    k.head, k.role = verb.i, "obj" if self.kids(verb.i, "subj") else "subj"

    def _relatives(self) -> None:
        """*le corridor de X, qu'elle occupe*: a clause with a relative pronoun modifies a noun."""
        for w in self.raws:
            astray = w.role in ASTRAY or (w.role in ("relcl", "acl") and self.raws[w.head].pos == "VERB")
            if w.pos != "VERB" or not (astray or w.role == "acl") or not self.finite(w):
                continue
            opening = self._opening(w)
            noun = self._noun_in_front(opening) if opening else None
            main = self.raws[w.head]
            if noun and noun.head == w.i and w.role == "advcl" and main.pos == "VERB" and not self.kids(main.i, "subj"):
                noun.head, noun.role = main.i, "subj"  # *Minsk, que Varsovie accuse, dément*
            if opening and noun and noun.head != w.i:
                opening.head, opening.pos = w.i, "PRON"
                w.head, w.role = noun.i if astray else w.head, "relcl"
                self._subject_before(w, opening)

    def _opening(self, w: Raw) -> Raw | None:
        """The relative pronoun of a clause; *que* counts as one where the verb still wants an object."""
        words = self.grammar.words
        every = self.grammar.relatives
        lent = [d for s in self.kids(w.i, "subj") for d in self.kids(s.i, "mark")]  # *que Kiev et Paris accusent*
        for k in (*self.kids(w.i), *lent):
            if k.i < w.i and k.low in every:
                inverted = k.i + 1 == w.i and self.raws[k.i - 1].text == ","
                wanting = (w.role == "acl" or self._encloses_name(k, w)) and not self.kids(w.i, "obj", "comp")
                object_ = k.low in words["relative.object"] and (wanting or inverted)
                if k.pos == "PRON" or (object_ and k.pos == "SCONJ"):
                    k.role = "obj" if object_ and k.role == "mark" else k.role
                    return k
        return None

    def _encloses_name(self, that: Raw, w: Raw) -> bool:
        """*Minsk, que Varsovie accuse d'aider X, dément*: a clause straight behind a name and its comma."""
        name = self.raws[that.i - 2] if that.i > 1 else that
        return bool(name.name) and self.raws[that.i - 1].text == "," and w.role in ("advcl", "parataxis", "dep")

    def _subject_before(self, w: Raw, opening: Raw) -> None:
        """*qu'Alger impute au Maroc*: a name between pronoun and verb is the subject."""
        if opening.role != "subj" and not self.kids(w.i, "subj"):
            between = [
                k for k in self.raws[opening.i + 1 : w.i] if k.pos == "PROPN" and k.role in ("dep", "obj", "appos")
            ]
            if len(between) == 1 and opening.i + 2 >= between[0].i:
                between[0].head, between[0].role = w.i, "subj"

    def _noun_in_front(self, pronoun: Raw) -> Raw | None:
        """The noun straight before a relative pronoun, a comma, an adjective and a preposition aside."""
        k = pronoun.i - 1
        while k >= 0 and (self.raws[k].text == "," or self.raws[k].pos in ("ADP", "ADJ")):
            k -= 1
        return self.raws[k] if k >= 0 and self.raws[k].pos in ("NOUN", "PROPN") else None

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
