"""Names that the parser tore apart or took for verbs: what the tagger sees as one name is one in the tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.raws import Words

if TYPE_CHECKING:
    from kg.extract.raws import Raw

BESIDE = 3  # words between a title and the first name behind it


class Wholes(Words):
    """Repairs of names, before anything else is looked at."""

    def whole_names(self) -> None:
        """*Conseil de sécurité des Nations unies d'imposer*: what hangs on a word inside a name hangs on the name."""
        self._tags_of_names()
        for span in self._spans():
            head = next((i for i in span if self.raws[i].head not in span or self.raws[i].head == i), span.start)
            self._torn(span, head)
            for i in span:
                for k in self.kids(i) if i != head else ():
                    if k.i not in span:
                        k.head = head
                if i == head == span.start and self._unknown_first_name(self.raws[i]):
                    self.raws[i].pos = "PROPN"
                    for k in self.kids(i, "obj", "subj", "xcomp"):
                        k.role = "flat" if k.i in span else k.role
                    self._under_its_title(self.raws[i])
                if i != head and self.raws[i].pos == "VERB":
                    self.raws[i].pos, self.raws[i].role, self.raws[i].head = "PROPN", "flat", head

    def _torn(self, span: range, head: int) -> None:
        """*et Hakan Fidan ont discuté*: a person's name of which the parser hangs one half here, one there."""
        first = self.raws[head]
        if head != span.start or first.name != "B-PER" or first.role != "conj":
            return
        for i in span[1:]:
            if self.raws[i].head not in span and self.raws[i].text[0].isupper():
                self.raws[i].head, self.raws[i].role, first.pos = head, "flat", "PROPN"

    def _tags_of_names(self) -> None:
        """*Emmanuel Macron juge*, *presse Israël*: parts of names taken for adverbs and adjectives."""
        for w in self.raws:
            if w.text[:1].isupper() and (w.pos, w.name[:2]) == ("ADV", "I-"):
                w.pos = "PROPN"
            if w.text[:1].isupper() and (w.pos, w.name) == ("ADJ", "B-LOC"):
                w.pos = "PROPN"

    @staticmethod
    def _unknown_first_name(w: Raw) -> bool:
        """*Assimi Goïta*, *ministre Narendra Modi*: a verb of no known lemma, or inside a sentence, with a capital."""
        lone = w.pos == "VERB" and (w.lemma == w.low or (w.name == "B-PER" and not w.opens))
        return lone and w.text[:1].isupper() and w.morph.get("VerbForm") != "Part"

    def _under_its_title(self, name: Raw) -> None:
        """*Le Premier ministre Narendra Modi a condamné*: the title was taken for the subject of the first name."""
        title = self.raws[name.i - 1]
        near = title if title.pos == "NOUN" else self.raws[title.head]  # a nationality may stand between
        if name.i - near.i > BESIDE or (near.head, near.role) != (name.i, "subj"):
            return
        near.head, near.role = (name.head, name.role) if name.head != name.i else (near.i, name.role)
        for k in self.kids(name.i):
            k.head = near.i
        name.head, name.role = near.i, "flat"

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
