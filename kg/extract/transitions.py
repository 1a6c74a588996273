"""Parsers and entity recognizers that take their steps from Python, in half the time: the same parses.

spaCy's own loop over the words runs without Python's lock, yet each look at a state takes the lock and gives it
back, for each of the moves there are (74 in English names): nearly all that names take beyond their network.
From Python the lock is held all along. The steps themselves are spaCy's; the paragraphs of a text step together, and
for names the sentences: no name goes beyond one, and nothing that is looked at.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.pipeline import DependencyParser, EntityRecognizer
from spacy.tokens import Doc, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

PREFIX = "kg_"  # of the names of components that stand in for a model's own


def _step(component: Any, docs: Sequence[Doc], batch: Sequence[Any]) -> None:  # noqa: ANN401 - compiled, without types
    """Take the best step from every state until all are final, as ``greedy_parse`` does."""
    step = component.model.predict(docs)
    weights, bias = step.vec2scores.get_param("W").T, step.vec2scores.get_param("b")
    going = [state for state in batch if not state.is_final()]
    while going:
        scores = step.state2vec.predict(step.get_token_ids(going)) @ weights
        scores += bias
        going = component.transition_states(going, scores)
    step.clear_memory()


class Parser(DependencyParser):  # type: ignore[misc] # as above
    """Parses as the parser whose network and moves it takes."""

    def predict(self, docs: Sequence[Doc]) -> list[Any]:
        """Find the final state of every text."""
        batch: list[Any] = self.moves.init_batch(docs)
        if any(map(len, docs)):
            _step(self, docs, batch)
        return batch


class Recognizer(EntityRecognizer):  # type: ignore[misc] # as above
    """Recognizes names as the recognizer whose network and moves it takes."""

    def predict(self, docs: Sequence[Doc]) -> list[list[tuple[Doc, Any]]]:
        """Find the final state of every sentence, by text."""
        parts = [_sentences(doc) for doc in docs]
        every = [sentence for part in parts for sentence in part]
        batch = self.moves.init_batch(every)  # counts on from one to the next, as the words of all texts do
        if every:
            _step(self, docs, batch)
        pairs = zip(every, batch, strict=True)
        return [[next(pairs) for _ in part] for part in parts]

    def set_annotations(self, docs: Sequence[Doc], states: Sequence[list[tuple[Doc, Any]]]) -> None:
        """Write the names on the texts."""
        for doc, pairs in zip(docs, states, strict=True):
            names, start = [], 0
            for sentence, state in pairs:
                self.moves.set_annotations(state, sentence)
                names += [Span(doc, start + n.start, start + n.end, label=n.label) for n in sentence.ents]
                start += len(sentence)
            doc.set_ents(names)


def _sentences(doc: Doc) -> list[Doc]:
    """The sentences of a text, each as words that stand for themselves."""
    words = [word.text for word in doc]
    starts = [i for i, start in enumerate(doc.to_array("SENT_START").tolist()) if start == 1 and i]
    return [Doc(doc.vocab, words[a:b]) for a, b in pairwise([0, *starts, len(words)]) if a < b]


STAND_INS: dict[str, type[Parser | Recognizer]] = {"parser": Parser, "ner": Recognizer}


def _is_plain(component: Any) -> bool:  # noqa: ANN401 - as above
    """Is one path followed, with a layer above the hidden one that has seen every move? So are spaCy's models."""
    model = component.model
    return component.cfg["beam_width"] == 1 and model.attrs["has_upper"] and not model.attrs["unseen_classes"]


def _make(nlp: Language, name: str) -> Parser | Recognizer:
    own: Any = nlp.get_pipe(name.removeprefix(PREFIX))
    return STAND_INS[name.removeprefix(PREFIX)](nlp.vocab, own.model, name, own.moves)


for _name in STAND_INS:
    Language.factory(PREFIX + _name, func=_make)


def replace_loops(nlp: Language) -> Language:
    """Put these in the places of a model's own parser and recognizer, where those are plain ones."""
    for name in STAND_INS:
        if name in nlp.pipe_names and _is_plain(nlp.get_pipe(name)):
            nlp.add_pipe(PREFIX + name, after=name)
            nlp.disable_pipe(name)
    return nlp
