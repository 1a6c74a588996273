"""Text → tree, by spaCy: paragraphs, sentences, words. The only module that knows spaCy."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from kg.errors import MissingModel
from kg.extract.grammar import grammar
from kg.extract.lexicon import forms
from kg.extract.loading import Morphology, load_model
from kg.extract.products import one_thread, quicken
from kg.extract.raws import Raw
from kg.extract.ruler import replace_ruler
from kg.extract.scheme import normalise
from kg.extract.transitions import replace_loops
from kg.extract.tree import Tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

# One code point for one: offsets stay true. The models were trained on straight apostrophes.
TYPOGRAPHY = str.maketrans({"’": "'", "‘": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " "})
TYPOGRAPHY |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")  # halves of characters, which spaCy cannot hold
LONGEST = 5000  # characters that are parsed at once; longer paragraphs are cut at a space
REMEMBERED = 200  # texts whose parses are kept: some 15 MB of usual ones
KEPT = 10_000  # characters of the longest of them
FULL_STOPS = frozenset(".!?")
# *NEW DELHI/ISLAMABAD - *, *LONDON, Sept 10 (Agencies) — *, *(Washington) *: a place in front of the first sentence
DATELINE = re.compile(
    r"\s*(?:[A-ZÀ-Þ][A-ZÀ-Þ.,'’/ -]{3,40}(?:\w+\.? \d{1,2}\s*)?(?:\([^)\n]{1,40}\)\s*)?(?:\s[-–—]|:)\s"
    r"|\([A-ZÀ-Þ][^)\n]{1,40}\)\s)(?=[\w«“\"])"
)
# *Focus on the future In both speeches, …*: a heading, and a word that only opens sentences, with a small letter behind
HEADING = r"(?:^|[.!?][\"”’']?\s)[A-ZÀ-Þ][^.!?\"“”«»,:;()\n]{{3,70}}? [a-zß-ÿ]{{3,}} (?=(?:{}) [a-zß-ÿ]\w)"
READ = ("HEAD", "IS_SPACE", "IDX", "LENGTH", "LEMMA", "POS", "TAG", "DEP", "ENT_IOB", "ENT_TYPE", "SENT_START", "MORPH")
IOB = ("", "I", "O", "B")  # as spaCy counts them
SENTENCE_END = frozenset(".!?…:;")
CLOSERS = frozenset("»”\"')]")
OPENERS = frozenset("«“\"'([-–—")


@cache
def model(lang: str) -> Language:
    """Load the pinned model of a language, once.

    Raises:
        MissingModel: its package is not installed.
    """
    name = grammar(lang).model
    try:
        return replace_loops(replace_ruler(quicken(load_model(name))))
    except ImportError as e:
        raise MissingModel(f"language {lang}", f"the model {name} is not installed", f"pip install {name}") from e


def paragraphs(text: str) -> list[tuple[int, str]]:
    r"""Split at line ends (and overlong lines at spaces) into offsets and texts, empty ones left out.

    >>> paragraphs("One.\n\nTwo.")
    [(0, 'One.'), (6, 'Two.')]
    """
    found = []
    for line in re.finditer(r"[^\r\n]+", text):
        start, end = line.span()
        while end - start > LONGEST:
            cut = text.rfind(" ", start + 1, start + LONGEST) + 1 or start + LONGEST
            found.append((start, text[start:cut]))
            start = cut
        found.append((start, text[start:end]))
    return [(start, words) for start, words in found if words.strip()]


def parse(text: str, lang: str, without: Callable[[str], bool] = lambda _: False) -> Tree:
    """Parse one text into a tree, leaving out the paragraphs that a test is true of.

    >>> [w.text for w in parse("Paris accuse Londres.", "fr").words if w.role == "subj"]
    ['Paris']
    """
    parts = [part for part in paragraphs(text) if not without(part[1])]
    read = _tables if len(text) <= KEPT else _tables.__wrapped__
    tables = read(lang, tuple(words for _, words in parts))
    vocab = model(lang).vocab
    raws: list[Raw] = []
    starts: list[int] = []
    borders: list[range] = []
    behind: list[int] = []
    for (offset, _), table in zip(parts, tables, strict=True):
        first = len(raws)
        raws.extend(_raws(table, vocab, offset, first, text))
        borders.append(range(first, len(raws)))
        dateline = DATELINE.match(text[offset : offset + LONGEST])
        sure = next((i for i in borders[-1] if dateline and raws[i].start >= offset + dateline.end()), None)
        behind += [sure] if sure is not None else []
        glued = {offset + end for end in _headings(text[offset : offset + LONGEST], lang)}
        begins = {i for i in borders[-1] if i == sure or raws[i].start in glued}
        starts.extend(_sentence_starts(raws, borders[-1], begins))
    sentences = tuple(range(a, b) for a, b in pairwise([*starts, len(raws)]))
    words = normalise(raws, sentences, grammar(lang), forms(lang))
    return Tree(text, words, sentences, tuple(borders), frozenset(behind))


@lru_cache(maxsize=REMEMBERED)
def _tables(lang: str, parts: tuple[str, ...]) -> tuple[NDArray[Any], ...]:
    """Parse the paragraphs of one text, as tables of what is read of their words; the same report is parsed once.

    They go together, for that is faster, and no paragraph is taken from another text: the last digits of a parse depend
    on what is parsed with it, so that an article would depend on those before it.
    """
    with one_thread():
        docs = list(model(lang).pipe(_prepared(words, lang) for words in parts))
    return tuple(doc.to_array(list(READ)) for doc in docs)


def _prepared(words: str, lang: str) -> Doc:
    """Tokenise, and tell the parser where a sentence surely begins: *Fath-360. À en croire …*."""
    doc = model(lang).make_doc(words.translate(TYPOGRAPHY))
    dateline = DATELINE.match(words)
    after_dateline = bisect_left(doc.to_array("IDX"), dateline.end()) if dateline else 0
    if 0 < after_dateline < len(doc):
        doc[after_dateline].is_sent_start = True
    starts = doc.to_array("IDX")
    for end in _headings(words, lang):
        doc[bisect_left(starts, end)].is_sent_start = True
    stops = {doc.vocab.strings[mark] for mark in FULL_STOPS}
    for i, form in enumerate(doc.to_array("ORTH").tolist()[:-1], start=1):
        if form in stops and doc[i].text[0].isupper():
            doc[i].is_sent_start = True
    return doc


@cache
def _heading(lang: str) -> re.Pattern[str]:
    return re.compile(HEADING.format("|".join(sorted(grammar(lang)["words"]["openers"]))))


def _headings(words: str, lang: str) -> list[int]:
    """Where a sentence begins behind a heading that was glued to it."""
    return [m.end() for m in _heading(lang).finditer(words)]


def _raws(table: NDArray[Any], vocab: Vocab, offset: int, first: int, text: str) -> Iterator[Raw]:
    """Words of a parsed paragraph; white space is no word, and what hung on it moves up.

    The attributes are read as one table: asking word after word for them costs as much as all repairs.
    """
    rows = table.tolist()
    heads = [i + _signed(row[0]) for i, row in enumerate(rows)]
    blank = [bool(row[1]) for row in rows]
    kept = [i for i in range(len(rows)) if not blank[i]]
    number = {i: first + n for n, i in enumerate(kept)}
    words = _Words(vocab)
    for i in kept:
        _, _, place, length, lemma, pos, tag, label, iob, entity, opens, morph = rows[i]
        start = offset + place
        form = text[start : start + length]
        head = _solid(i, heads, blank)
        yield Raw(
            i=number[i],
            text=form,
            lemma=words.strings[lemma] or form,
            pos=words.strings[pos],
            tag=words.strings[tag],
            over=number.get(head, number[i]),
            label="dep" if blank[heads[i]] else words.strings[label],
            start=start,
            end=start + length,
            low=form.casefold().replace("’", "'"),
            morph=words.morphs[morph],
            name=f"{IOB[iob]}-{words.strings[entity]}" if entity else "",
            opens=opens == 1,
        )


def _signed(number: int) -> int:
    """Heads are told as distances, in 64 bits without a sign."""
    return number - (1 << 64) if number >> 63 else number


class _Words:
    """What the numbers of spaCy's tables mean, each looked up once a paragraph."""

    def __init__(self, vocab: Vocab) -> None:
        self.strings = _Looked(lambda key: str(vocab.strings[key]) if key else "")
        self.morphs = _Looked(lambda key: Morphology.feats_to_dict(vocab.strings[key]))


class _Looked(dict[int, Any]):
    """A table that is filled as it is asked."""

    def __init__(self, look: Callable[[int], Any]) -> None:
        super().__init__()
        self._look = look

    def __missing__(self, key: int) -> Any:  # noqa: ANN401 - strings or features
        value = self[key] = self._look(key)
        return value


def _solid(i: int, heads: list[int], blank: list[bool]) -> int:
    """The nearest head that is a word."""
    head = heads[i]
    while blank[head] and heads[head] != head:
        head = heads[head]
    return head


def _sentence_starts(raws: list[Raw], words: range, sure: set[int]) -> Iterator[int]:
    """Where sentences begin: at the parser's starts that follow an end and hold a word, and where it is sure.

    The parser takes a lone opening quotation mark for a sentence, and cuts inside one.
    """
    pending: int | None = None
    if not any(raws[i].text[0].isalnum() for i in words):
        yield from words[:1]  # marks alone: one sentence all the same
        return
    for i in words:
        if i == words.start:
            pending = i
        elif i in sure or (raws[i].opens and _ends(raws, i, words.start)):
            pending = i if pending is None else pending
            if raws[i].text in CLOSERS and raws[i].text not in OPENERS:
                pending = None
        if pending is not None and raws[i].text[0].isalnum():
            yield pending
            pending = None


def _ends(raws: list[Raw], i: int, first: int) -> bool:
    """Do the words before ``i`` end a sentence?"""
    k = i - 1
    while k > first and raws[k].text in CLOSERS:
        k -= 1
    before = raws[k].text
    return before[-1] in SENTENCE_END and raws[i].text[0].islower() is False
