"""Labels of a parser → roles of the tree: prepositions, copulas and voice of either scheme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.raws import Raw, Words
from kg.extract.repairs import Repairs
from kg.extract.tree import NOMINAL, Word

if TYPE_CHECKING:
    from kg.extract.grammar import Grammar
    from kg.extract.lexicon import Forms


HYPHENS = frozenset("-‐‑")


def normalise(raws: list[Raw], sentences: tuple[range, ...], grammar: Grammar, forms: Forms) -> tuple[Word, ...]:
    """Turn a parser's words into those of a tree; ``raws`` is used up."""
    for w in raws:
        w.role = "root" if w.head == w.i else grammar.role(w.label)
    _one_root(raws, sentences)
    repairs, scheme = Repairs(raws, grammar, forms), Scheme(raws, grammar)
    repairs.first()
    scheme.prepositions()
    repairs.second()
    scheme.predicates()
    repairs.last()
    _uncircle(raws)
    _one_root(raws, sentences)
    return tuple(map(_word, raws))


def _word(w: Raw) -> Word:
    lemma = w.lemma.casefold().replace("’", "'")
    return Word(
        w.i, w.text, lemma, w.pos, w.head, w.role, w.start, w.end, w.low,
        prep=w.prep, morph=w.morph, name=w.name, passive=w.passive,
    )  # fmt: skip


def _uncircle(raws: list[Raw]) -> None:
    """Cut circles, in which words hang on each other: the first of them becomes a root."""
    sound: set[int] = set()
    for w in raws:
        way: dict[int, None] = {}
        k = w.i
        while k not in sound and k not in way and raws[k].head != k:
            way[k] = None
            k = raws[k].head
        if k in way:
            first = raws[min(list(way)[list(way).index(k) :])]
            first.head, first.role = first.i, "root"
        sound.update(way, (k,))


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


class Scheme(Words):
    """Reads the two label schemes into one."""

    def prepositions(self) -> None:
        """Put nouns over their prepositions and note these on them."""
        self._adpositions_over()
        self._compound_prepositions()
        self._prepositions()

    def predicates(self) -> None:
        """Put predicates over their copulas; note voice, agents and recipients."""
        self._copulas()
        self._passives()
        self._datives()

    def _adpositions_over(self) -> None:
        """Schemes with the preposition on top (``prep`` → ``pobj``): put the noun there instead."""
        for w in self.in_role("pobj", "pcomp"):
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
        compounds, longest = self.grammar.compounds, self.grammar.compounds_from
        lows = [w.low for w in self.raws]
        contracted = self.grammar["prepositions"]["contractions"]
        i = 0
        while i < len(lows):
            for n in range(min(longest.get(lows[i], 0), len(lows) - i), 1, -1):
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
        head = next((t.head for t in tops if t.head != t.i and not self._is_below(t.head, target)), target.head)
        if head == target.i or head in span:
            outer = self.raws[target.i].head
            head = outer if outer not in span and outer != target.i else head
        for w in inside:
            w.head, w.role = target.i, "mark" if target.pos == "VERB" else "case"
        if head != target.i and head not in span:
            target.head, target.role, target.prep = head, "advcl" if target.pos == "VERB" else "obl", meaning
        else:
            target.prep = meaning

    def _is_below(self, i: int, top: Raw) -> bool:
        return any(above is top for above in self.above(self.raws[i]))

    def _complement_of(self, span: range) -> Raw | None:
        """The noun that a compound preposition introduces."""
        below = [k for i in span for k in self.kids(i) if k.i >= span.stop and (k.pos in NOMINAL or k.pos == "VERB")]
        if below:
            return min(below, key=lambda k: k.i)  # *According to X, talks …*
        for w in self.raws[span.stop : span.stop + 6]:
            if w.pos in ("NOUN", "PROPN", "PRON"):
                return self._top_within(w, range(span.stop, span.stop + 6))
            if w.pos == "VERB":
                return w
            if w.pos not in ("DET", "ADJ", "NUM", "ADV", "PART", "PUNCT"):
                return None
        return None

    def _top_within(self, w: Raw, near: range) -> Raw:
        """The highest of the nouns above a word that stand near."""
        for above in self.above(w):
            if above.i not in near or above.pos not in ("NOUN", "PROPN"):
                break
            w = above
        return w

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

    def _copulas(self) -> None:
        """Schemes with the copula on top (``attr``): put the noun or adjective there instead."""
        for w in self.in_role("attr", "acomp"):
            if self.raws[w.head].lemma != "be":
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
            reflexive = any(k.low in self.grammar.words["reflexive_clitics"] for k in self.kids(w.i, "expl"))
            if reflexive or w.lemma in self.grammar.words["intransitive"]:  # *s'est retirée*, *est entrée*
                for k in self.kids(w.i, "auxpass", "subjpass"):
                    k.role = "aux" if k.role == "auxpass" else "subj"
            marked = self.kids(w.i, "auxpass", "subjpass")
            bare = (
                w.role in ("acl", "advcl", "relcl")
                and self._is_past_participle(w)
                and w.lemma not in self.grammar.words["intransitive"]  # *Arrivé à Kiev, il …*
                and not self.kids(w.i, "aux", "obj")
            )
            attached = w.role == "amod" and self._is_past_participle(w)
            w.passive = w.passive or bool(marked) or bare or attached
            if w.passive:
                for k in self.kids(w.i, "obl"):
                    if k.prep in agents:
                        k.role = "agent"
                self._hyphenated_agent(w)
            for k in self.kids(w.i, "subjpass"):
                k.role = "subj"

    def _hyphenated_agent(self, w: Raw) -> None:
        """*Iran-backed*, *Russian-made*: the name before the hyphen of a participle is the agent."""
        if w.i > 1 and self.raws[w.i - 1].text in HYPHENS:
            name = self.raws[w.i - 2]
            if name.head == w.i and not name.prep and name.text[:1].isupper():
                name.role, name.pos = "agent", "PROPN"

    @staticmethod
    def _is_past_participle(w: Raw) -> bool:
        return w.morph.get("VerbForm") == "Part" and w.morph.get("Tense") == "Past"

    def _datives(self) -> None:
        """A bare recipient (*gave Kyiv arms*, *lui a livré*) gets the preposition it stands for."""
        dative = self.grammar["prepositions"]["dative"]
        for w in self.in_role("dative", "obl"):
            if w.role == "dative":
                w.role = "obl"
            if w.role == "obl" and not w.prep and (w.label in ("dative", "iobj") or w.label.startswith("obl:arg")):
                w.prep = dative
