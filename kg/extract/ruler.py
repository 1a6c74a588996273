"""A model's attribute ruler with its rules looked up once for each kind of word.

The rules (*that* with the tag IN is a subordinating conjunction) are spaCy's to match: nearly two hundred
of them, tried on every word. Nearly all ask for no more than a word's tag, label and form, so what they say of one
word they say of all that are alike in these. Rules for several words are matched where their first one may stand.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens._retokenize import set_token_attrs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spacy.tokens import Doc
    from spacy.vocab import Vocab

ASKED = ("TAG", "DEP", "POS", "LOWER", "IS_SPACE")  # what rules may ask for of a kind of word
NAME = "kg_ruler"

Rule = tuple[int, int, int, int]  # as spaCy's ruler sorts them: attributes, pattern, start, end
Asked = dict[str, Any]  # of a word, as spaCy's patterns have it


class Ruler(AttributeRuler):
    """Gives the same attributes as the ruler whose patterns it takes."""

    def __init__(self, vocab: Vocab, patterns: list[Any]) -> None:
        super().__init__(vocab, NAME)
        self.add_patterns(patterns)
        self._single, self._first, self._several, self._others = (Matcher(vocab) for _ in range(4))
        self._longest = 1
        self._listed: set[int] = set()
        self._expressions: list[re.Pattern[str]] = []
        self._telling: dict[int, int] = {}
        self._alike: dict[tuple[int, ...], tuple[list[int], bool]] = {}
        for number, rule in enumerate(patterns):
            for pattern in rule["patterns"]:
                self._learn(str(number), pattern)

    def match(self, doc: Doc) -> list[Rule]:
        """Find the rules that hold, the later ones last."""
        found = list(self._matched(self._others, doc)) if len(self._others) else []
        for i, (tag, label, pos, form, space) in enumerate(doc.to_array(list(ASKED)).tolist()):
            kind = tag, label, pos, self._told(form), space
            if kind not in self._alike:
                self._alike[kind] = self._of_kind(doc[i : i + 1])
            numbers, opens = self._alike[kind]
            found += [(number, 0, i, i + 1) for number in numbers]
            if opens:
                behind = self._matched(self._several, doc[i : i + self._longest])
                found += [(number, 0, i, i + end) for number, _, start, end in behind if not start]
        return sorted(found)

    def set_annotations(self, doc: Doc, matches: list[Rule]) -> None:
        """Write the attributes of rules on the words they are about."""
        for number, _, start, end in matches:
            index = self.indices[number]
            set_token_attrs(doc[(start if index >= 0 else end) + index], self.attrs[number])

    def _learn(self, number: str, pattern: list[Asked]) -> None:
        """Sort a pattern in: for one word, for several of which the first is known by its kind, or another."""
        if not _asks_for_kind(pattern[0]) or any("OP" in asked for asked in pattern):
            self._others.add(number, [pattern])
            return
        if len(pattern) > 1:
            self._first.add(number, [pattern[:1]])
            self._longest = max(self._longest, len(pattern))
        (self._several if len(pattern) > 1 else self._single).add(number, [pattern])
        form = pattern[0].get("LOWER", [])
        if "REGEX" in form:
            self._expressions.append(re.compile(form["REGEX"]))
        else:
            listed = [form] if isinstance(form, str) else list(form["IN"]) if form else []
            self._listed |= {self.vocab.strings.add(each) for each in listed}

    def _of_kind(self, word: Any) -> tuple[list[int], bool]:  # noqa: ANN401 - a part of a text
        """The rules that hold for all words like one, and whether some for several words may begin with it."""
        numbers = [rule[0] for rule in self._matched(self._single, word)]
        return numbers, len(self._first) > 0 and any(self._matched(self._first, word))

    def _told(self, form: int) -> int:
        """The form of a word, if any rule asks for it."""
        if form not in self._telling:
            told = form in self._listed or any(e.search(self.vocab.strings[form]) for e in self._expressions)
            self._telling[form] = form if told else 0
        return self._telling[form]

    def _matched(self, matcher: Matcher, words: Any) -> Iterator[Rule]:  # noqa: ANN401 - a text or a part of it
        for key, start, end in matcher(words, allow_missing=True):
            yield int(self.vocab.strings[key]), 0, start, end


def _asks_for_kind(asked: Mapping[str, Any]) -> bool:
    """Does a pattern ask of its word only what words of a kind share, and of its form which of a list it is, or how?"""
    form = asked.get("LOWER", "")
    return set(asked) <= set(ASKED) and (isinstance(form, str) or set(form) in ({"IN"}, {"REGEX"}))


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
