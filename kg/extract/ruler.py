"""A model's attribute ruler with its rules for single words looked up once for each kind of word.

The rules (*that* with the tag IN is a subordinating conjunction) are spaCy's to match: nearly two hundred
of them, tried on every word. Nearly all ask for no more than a word's tag, label and form, so what they say of one
word they say of all that are alike in these. Rules for several words are matched as before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens._retokenize import set_token_attrs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spacy.tokens import Doc
    from spacy.vocab import Vocab

ASKED = ("TAG", "DEP", "LOWER", "IS_SPACE")  # what rules for single words may ask for
NAME = "kg_ruler"

Rule = tuple[int, int, int, int]  # as spaCy's ruler sorts them: attributes, pattern, start, end


class Ruler(AttributeRuler):
    """Gives the same attributes as the ruler whose patterns it takes."""

    def __init__(self, vocab: Vocab, patterns: list[Any]) -> None:
        super().__init__(vocab, NAME)
        self.add_patterns(patterns)
        self._single, self._several = Matcher(vocab), Matcher(vocab)
        self._forms: set[int] = set()
        self._alike: dict[tuple[int, ...], list[int]] = {}
        for number, rule in enumerate(patterns):
            for pattern in rule["patterns"]:
                single = len(pattern) == 1 and _asks_for_kind(pattern[0])
                (self._single if single else self._several).add(str(number), [pattern])
                self._forms |= {vocab.strings.add(form) for form in _forms(pattern[0])} if single else set()

    def match(self, doc: Doc) -> list[Rule]:
        """Find the rules that hold, the later ones last."""
        found = list(self._matched(self._several, doc))
        for i, (tag, label, form, space) in enumerate(doc.to_array(list(ASKED)).tolist()):
            kind = (tag, label, form if form in self._forms else 0, space)
            if kind not in self._alike:
                self._alike[kind] = [rule[0] for rule in self._matched(self._single, doc[i : i + 1])]
            found += [(number, 0, i, i + 1) for number in self._alike[kind]]
        return sorted(found)

    def set_annotations(self, doc: Doc, matches: list[Rule]) -> None:
        """Write the attributes of rules on the words they are about."""
        for number, _, start, end in matches:
            index = self.indices[number]
            set_token_attrs(doc[(start if index >= 0 else end) + index], self.attrs[number])

    def _matched(self, matcher: Matcher, words: Any) -> Iterator[Rule]:  # noqa: ANN401 - a text or a part of it
        for key, start, end in matcher(words, allow_missing=True):
            yield int(self.vocab.strings[key]), 0, start, end


def _asks_for_kind(asked: Mapping[str, Any]) -> bool:
    """Does a pattern ask of its word only what words of a kind share, and of its form only which of a list it is?"""
    form = asked.get("LOWER", "")
    return set(asked) <= set(ASKED) and (isinstance(form, str) or set(form) == {"IN"})


def _forms(asked: Mapping[str, Any]) -> list[str]:
    form = asked.get("LOWER", [])
    return [form] if isinstance(form, str) else list(form["IN"]) if form else []


@Language.factory(NAME)
def _make(nlp: Language, name: str) -> Ruler:  # noqa: ARG001 - spaCy's signature
    ruler: Any = nlp.get_pipe("attribute_ruler")
    return Ruler(nlp.vocab, ruler.patterns)


def replace_ruler(nlp: Language) -> Language:
    """Put this ruler in the place of spaCy's, if the model has one."""
    if "attribute_ruler" in nlp.pipe_names:
        nlp.add_pipe(NAME, after="attribute_ruler")
        nlp.disable_pipe("attribute_ruler")
    return nlp
