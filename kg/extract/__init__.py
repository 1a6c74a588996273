"""Article → claims: parse, clauses, mentions, frames, attribution, modality, times."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from kg.actors import load as load_actors
from kg.extract import quotes as quotation_marks
from kg.extract.barren import barren
from kg.extract.claims import Assembly
from kg.extract.clauses import Clauses
from kg.extract.context import Contexts
from kg.extract.frames import Frames
from kg.extract.grammar import grammar, languages
from kg.extract.lexicon import lexicon
from kg.extract.mentions import Mentions
from kg.extract.parse import parse
from kg.extract.quotations import quotations
from kg.extract.triples import triples
from kg.extract.typography import smooth
from kg.model import LAYERS, Entity, Extraction, Passage
from kg.ontology import load as load_ontology
from kg.sweeping import unswept

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from kg.actors import Actors
    from kg.extract.tree import Tree
    from kg.model import Article, Claim, Layer

__all__ = ["extract", "extract_all", "languages"]

T = TypeVar("T")
OFFSETS = frozenset({"start", "end", "head_start"})
FLAT = (str, int, type(None), Entity)  # values without offsets
GAP = "\n\n"  # between title and text, which are read as one


def extract(article: Article, *, actors: Actors | None = None, layers: Collection[Layer] = LAYERS) -> Extraction:
    """Read claims, quotations and open triples off one article, or only the ``layers`` that are wanted.

    Without ``actors``, names are found by the tables as they are.

    >>> from kg.model import Article
    >>> found = extract(Article("a", "Paris a condamné Téhéran.", "fr"))
    >>> [(c.subject.entity.label, c.relation, c.object.entity.label) for c in found.claims]
    [('France', 'condemns', 'Iran')]
    """
    with unswept():  # searches, all through models and tables, take a tenth of the time
        return _extract(article, actors, layers)


def _extract(article: Article, actors: Actors | None, layers: Collection[Layer]) -> Extraction:
    head = (article.title + GAP) if article.title else ""
    whole, shift = head + article.text, len(head)
    odd = smooth(whole, article.lang)
    tree = parse(odd.text if odd else whole, article.lang, *_left_out(article.lang, actors, layers))
    assembly = _assemble(tree, article, actors, title=odd.length(shift) if odd else shift)
    claims = assembly.claims() if "claims" in layers else ()

    def placed(values: Iterable[T]) -> tuple[T, ...]:
        return tuple(_placed(odd.restored(v) if odd else v, shift) for v in values)

    return Extraction(
        article,
        _readdressed(claims, placed(claims)),
        placed(assembly.rejected),
        placed(quotations(assembly)) if "attributions" in layers else (),
        placed(triples(assembly)) if "triples" in layers else (),
    )


def extract_all(
    articles: Iterable[Article], *, actors: Actors | None = None, layers: Collection[Layer] = LAYERS
) -> Iterator[Extraction]:
    """Extract articles one after the other, in order."""
    for article in articles:
        yield extract(article, actors=actors, layers=layers)


def assemble(text: str, article: Article, *, actors: Actors | None = None, frames: type[Frames] = Frames) -> Assembly:
    """Set up all that reads claims off a text; ``frames`` may be a class that watches what is tried."""
    return _assemble(parse(text, article.lang), article, actors, frames)


def _left_out(lang: str, actors: Actors | None, layers: Collection[Layer]) -> tuple[Callable[[str], bool], ...]:
    """Say what need not be parsed: where claims alone are wanted, paragraphs that can hold none."""
    return (barren(lang, actors or load_actors()),) if set(layers) <= {"claims"} else ()


def _assemble(
    tree: Tree, article: Article, actors: Actors | None, frames: type[Frames] = Frames, *, title: int = 0
) -> Assembly:
    clauses = Clauses(tree, grammar(article.lang), lexicon(article.lang))
    mentions = Mentions(clauses, actors or load_actors(), load_ontology(), article.date)
    contexts = Contexts(clauses, mentions)
    mentions.quotes = tuple(quotation_marks.find(tree))
    contexts.quotes = tuple(quotation_marks.attribute(list(mentions.quotes), contexts, title))
    mentions.quotes = contexts.quotes
    return Assembly(article, frames(clauses, mentions, load_ontology()), contexts)


def _readdressed(drafts: Sequence[Claim], claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Point ``about`` at the claims where they now stand: a claim's address follows its offsets."""
    address = {d.iri: c.iri for d, c in zip(drafts, claims, strict=True)}
    return tuple(replace(c, about=tuple(address[a] for a in c.about)) if c.about else c for c in claims)


def _placed(value: T, shift: int) -> T:
    """Count offsets from the start of the text, or of the title for what stands there."""
    in_title = _first_passage(value).start < shift
    moved: T = _moved(value, 0 if in_title else shift, in_title=in_title)
    return moved


def _first_passage(value: Any) -> Passage:  # noqa: ANN401 - claims, quotations, triples alike
    found: Passage = value.passage
    return found


def _moved(value: Any, shift: int, *, in_title: bool) -> Any:  # noqa: ANN401 - walks values of any class
    if isinstance(value, tuple):
        return tuple(_moved(v, shift, in_title=in_title) for v in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changes: dict[str, Any] = {}
    for name in _names(type(value)):
        inner = getattr(value, name)
        if name in OFFSETS:
            changes[name] = inner - shift
        elif name == "part" and in_title:
            changes[name] = "title"
        elif isinstance(inner, tuple) or (not isinstance(inner, FLAT) and is_dataclass(inner)):
            changes[name] = _moved(inner, shift, in_title=in_title)
    return replace(value, **changes) if changes else value


@cache
def _names(class_: type) -> tuple[str, ...]:
    """The fields of a class of values."""
    return tuple(f.name for f in fields(class_))
