"""Which side of a state a name means: its government, its forces, its people, its territory; see docs/claims.md.

Told from the wording: the verbs that a people, soldiers or a government are subjects of are data (grammar.toml).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.tree import VERBAL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.grammar import Grammar
    from kg.extract.names import Unit
    from kg.extract.tree import Tree, Word
    from kg.model import Entity, Facet

STATELIKE = ("State", "Territory", "IntergovernmentalOrganisation")
ACTING = ("subj", "agent")
PARTITIVE = ("obl", "nmod")


class Facets:
    """Tells the facets of one tree."""

    def __init__(self, tree: Tree, grammar: Grammar) -> None:
        self.tree = tree
        self.words = grammar.words
        self.locative = grammar.prepositions["locative"]

    def of(self, unit: Unit, entity: Entity) -> Facet | None:
        """Give the facet of a name that stands for an entity."""
        if entity.type not in STATELIKE:
            return None
        if entity is not unit.entity or unit.form == "metonym":
            return "government"
        head = self.tree.words[unit.head]
        if unit.form == "people":
            return self._of_people(head)
        if unit.form == "name" and (self._is_place(head) or self._is_left(head)):
            return "territory"
        return None

    def _is_place(self, head: Word) -> bool:
        """*in Russia*, *en Russie*."""
        return head.role == "obl" and head.prep in self.locative

    def _is_left(self, head: Word) -> bool:
        """*quitter la Russie*, *fled Syria*."""
        return head.role == "obj" and self._governor(head).lemma in self.words["facets.territory"]

    def _of_people(self, head: Word) -> Facet | None:
        """*les Russes*: the people who flee or are counted, soldiers who bomb, a government that does anything else."""
        verb = self._governor(head)
        if verb.lemma in self.words["facets.people"] or not self._is_definite(head):
            return "forces" if verb.lemma in self.words["facets.forces"] and self._acts(head) else "people"
        if not self._acts(head):
            return "people"
        return "forces" if verb.lemma in self.words["facets.forces"] else "government"

    def _acts(self, head: Word) -> bool:
        return self.tree.words[self.tree.first_conjunct(head.i)].role in ACTING

    def _is_definite(self, head: Word) -> bool:
        """*les Russes*, and neither *des Russes* nor *des milliers de Russes* nor *73 % des Russes*."""
        first = self.tree.words[self.tree.first_conjunct(head.i)]
        counted = first.role in PARTITIVE and self.tree.words[first.head].pos not in VERBAL
        articles = [k.low for k in self.tree.kids(first.i, "det")]
        some = not first.prep and any(a in self.words["indefinite"] for a in articles)
        return not counted and not some and any(a in self.words["definite"] for a in articles)

    def _governor(self, word: Word) -> Word:
        return self.tree.words[self.tree.words[self.tree.first_conjunct(word.i)].head]

    def is_coup(self, i: int) -> bool:
        """Does a noun stand for soldiers who act against their own state: *l'armée malienne a renversé …*?"""
        word = self.tree.words[self.tree.first_conjunct(i)]
        return word.role in (*ACTING, "poss", "obl") and any(
            w.lemma in self.words["facets.coups"] for w in self._deeds(word)
        )

    def _deeds(self, word: Word) -> Iterator[Word]:
        """What governs a word, and what that is followed by: *a annoncé avoir renversé*, *seized power in a coup*."""
        verb = self.tree.words[word.head]
        if word.role in ACTING or verb.pos not in VERBAL:
            yield verb
            yield from self.tree.kids(verb.i, "xcomp", "comp", "conj", "obl") if word.role == "subj" else ()
