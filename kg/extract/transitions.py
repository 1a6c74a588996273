"""Parsers and entity recognizers that take their steps from Python, in half the time: the same parses.

spaCy's own loop over the words runs without Python's lock, yet each look at a state takes the lock and gives it
back, for each of the moves there are (74 in English names): nearly all that names take beyond their network.
From Python the lock is held all along. The steps themselves are spaCy's; the paragraphs of a text step together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.pipeline import DependencyParser, EntityRecognizer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

PREFIX = "kg_"  # of the names of components that stand in for a model's own


def _states(component: Any, docs: Sequence[Doc]) -> list[Any]:  # noqa: ANN401 - compiled classes without types
    """Take the best step from every state until all are final, as ``greedy_parse`` does; give the states."""
    batch: list[Any] = component.moves.init_batch(docs)
    if not any(map(len, docs)):
        return batch
    step = component.model.predict(docs)
    weights, bias = step.vec2scores.get_param("W").T, step.vec2scores.get_param("b")
    going = [state for state in batch if not state.is_final()]
    while going:
        scores = step.state2vec.predict(step.get_token_ids(going)) @ weights
        scores += bias
        going = component.transition_states(going, scores)
    step.clear_memory()
    return batch


class Parser(DependencyParser):  # type: ignore[misc] # compiled, without types
    """Parses as the parser whose network and moves it takes."""

    def predict(self, docs: Sequence[Doc]) -> list[Any]:
        """Find the final state of every text."""
        return _states(self, docs)


class Recognizer(EntityRecognizer):  # type: ignore[misc] # as above
    """Recognizes names as the recognizer whose network and moves it takes."""

    def predict(self, docs: Sequence[Doc]) -> list[Any]:
        """Find the final state of every text."""
        return _states(self, docs)


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
