"""Direct quotations: where they stand and who speaks in them."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.extract.tree import VERBAL
from kg.model import Attribution

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.context import Contexts
    from kg.extract.tree import Tree
    from kg.model import Span

PAIRS = {"«": "»", "“": "”", "„": "“", "‟": "”", "‘": "’"}
APOSTROPHE = "’"  # closes a quotation only where no word goes on behind it
STRAIGHT = ('"', "''", "'")  # marks that open and close alike: what stands beside them tells which
MARKS = re.compile("|".join([*PAIRS, *STRAIGHT]))
LABEL = 5  # words that the name before a colon may have
INCISE = 10  # words in which a sentence behind a quotation must say who spoke
CREDIT = 4  # words between a quotation and the name behind its dash
DASHES = frozenset("―—–-")
NEAR = 12  # words between a quotation and the verb of saying that goes with it


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation's inner span in code points, and who speaks; ``voice`` is empty if nobody is found."""

    start: int
    end: int
    voice: tuple[Attribution, ...] = ()
    cue: Span | None = None
    cue_word: int | None = None
    closed: bool = True


def find(tree: Tree) -> list[Quote]:
    """The quotations of a text that hold a clause; one left open ends with its paragraph."""
    found = []
    for paragraph in tree.paragraphs:
        if not paragraph:
            continue
        start, end = tree.words[paragraph.start].start, tree.words[paragraph.stop - 1].end
        for a, b, closed in _spans(tree.text, start, end):
            if any(tree.words[i].pos in VERBAL for i in tree.words_between(a, b)):
                found.append(Quote(a, b, closed=closed))
    return found


def _spans(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Inner spans of quotations between two places, and whether a mark closes them.

    A mark that would open another quotation leaves the one before unclosed: it is dropped, unless it opened the
    paragraph, as quotations of several paragraphs do.
    """
    first = start
    while match := MARKS.search(text, start, end):
        start = match.end()
        if match[0] in STRAIGHT and not _opens(text, match):
            continue
        stop = _closing(text, match[0], match.end(), end)
        if stop >= 0:
            yield match.end(), stop, True
            start = stop + len(match[0])
        elif match.start() == first or match[0] not in STRAIGHT:
            yield match.end(), end, False
            start = end


def _closing(text: str, mark: str, start: int, end: int) -> int:
    """Where a quotation is closed, or −1 if the paragraph ends or another is opened before."""
    if mark not in STRAIGHT:
        place = text.find(PAIRS[mark], start, end)
        while PAIRS[mark] == APOSTROPHE and place >= 0 and text[place + 1 : place + 2].isalnum():
            place = text.find(APOSTROPHE, place + 1, end)
        return place
    for match in MARKS.finditer(text, start, end):
        if match[0] == mark:
            return -1 if _opens(text, match) else match.start()
    return -1


def _opens(text: str, match: re.Match[str]) -> bool:
    """Does a straight mark open: nothing or a space before it, a word behind it?"""
    before = text[match.start() - 1 : match.start()]
    after = text[match.end() : match.end() + 1]
    return (not before or before in " \n\t\u00a0\u202f([-–—") and bool(after) and not after.isspace()


def attribute(quotes: list[Quote], contexts: Contexts, title: int = 0) -> list[Quote]:
    """Find who speaks: by a verb of saying beside the quotation, a credit behind it, or the quotation before.

    A paragraph that a name and a colon open (interviews, headlines) is that person's, marks or not. No voice
    reaches over the end of the title, which stands at the beginning.
    """
    found: list[Quote] = []
    labelled = list(_labelled(contexts))
    inside = [q for q in quotes if not any(p.start <= q.start < p.end for p in labelled)]
    for quote in inside:
        heard = _credited(quote, contexts) or _beside(quote, contexts) or quote
        if not heard.voice and found and _continues(found[-1], heard, contexts.tree):
            heard = replace(heard, voice=found[-1].voice, cue=found[-1].cue, cue_word=found[-1].cue_word)
        if any((a.speaker.start < title) != (quote.start < title) for a in heard.voice):
            heard = quote
        if not heard.voice:
            heard = _left_alone(heard, contexts)
        found.append(heard)
    return sorted([*found, *labelled], key=lambda q: q.start)


def _left_alone(quote: Quote, contexts: Contexts) -> Quote:
    """*X spoke in Rome. "…"*: a quotation that is a sentence by itself is by whom the sentence before is about."""
    tree = contexts.tree
    words = [w.i for w in tree.words if quote.start <= w.start < quote.end]
    first = tree.sentences[tree.sentence_of[words[0]]].start if words else 0
    alone = bool(words) and not any(w.text[0].isalnum() for w in tree.words[first : words[0]])
    n = tree.sentence_of[first] - 1
    same = n >= 0 and tree.paragraph_of[first] == tree.paragraph_of[tree.sentences[n].start]
    if (
        not alone
        or not same
        or any(q.start <= tree.words[tree.sentences[n].start].start < q.end for q in contexts.quotes)
    ):
        return quote
    roots = [i for i in tree.sentences[n] if tree.words[i].role == "root" and tree.words[i].pos in VERBAL]
    speakers = [m for i in roots[:1] for k in contexts.clauses.subjects(i) for m in contexts.mentions.resolve(k)]
    persons = [m for m in speakers if m.entity.type == "Person"]
    return replace(quote, voice=tuple(Attribution(m, "asserts") for m in persons[:1]))


def _labelled(contexts: Contexts) -> Iterator[Quote]:
    """*Pence: the debate was fair*, *PENCE: Well, …*: what stands behind a person's name and a colon."""
    tree = contexts.tree
    for paragraph in tree.paragraphs:
        words = [i for i in paragraph if tree.words[i].text[0].isalnum()][:LABEL]
        colon = next((k for k in paragraph[: LABEL + 2] if tree.words[k].text == ":"), None)
        if colon is None or not words or colon + 1 >= paragraph.stop:
            continue
        label = [i for i in words if i < colon]
        unit = contexts.mentions.unit_at.get(label[0]) if label else None
        named = unit and unit.entity.type == "Person" and unit.start == label[0] and unit.end > label[-1]
        other = bool(unit) and unit is not None and unit.entity.type != "Person"
        capitals = (
            bool(label)
            and not other
            and all(tree.words[i].text.isupper() and len(tree.words[i].text) > 1 for i in label)
        )
        verbal = any(tree.words[i].pos in VERBAL for i in range(colon, paragraph.stop))
        if verbal and (named or capitals):
            who = contexts.speaker(unit.head if unit and named else label[-1])
            voice = tuple(Attribution(m, "asserts") for m in who[:1])
            yield Quote(tree.words[colon + 1].start, tree.words[paragraph.stop - 1].end, voice)


def _credited(quote: Quote, contexts: Contexts) -> Quote | None:
    """*"…" — Jane Doe*: a name behind a dash."""
    tree = contexts.tree
    first = bisect_left(tree.starts, quote.end)
    behind = tree.words[first : first + CREDIT]
    dash = next((n for n, w in enumerate(behind) if w.text in DASHES), None)
    if dash is None or dash + 1 >= len(behind) or any(w.text[0].isalnum() for w in behind[:dash]):
        return None
    unit = contexts.mentions.unit_at.get(behind[dash + 1].i)
    if unit is None or unit.entity.type != "Person":
        return None
    return replace(quote, voice=tuple(Attribution(m, "asserts") for m in contexts.speaker(unit.head)[:1]))


def _continues(before: Quote, quote: Quote, tree: Tree) -> bool:
    """Does a quotation without a speaker go on with the one before?

    In its paragraph, or in the next one if that begins with a mark and the one before was left open.
    """
    between = tree.text[before.end : quote.start]
    if not before.voice:
        return False
    return "\n" not in between or (not before.closed and not any(c.isalnum() for c in between))


def _is_incise(tree: Tree, after: int, contexts: Contexts) -> bool:
    """*"…?" Clinton said.*: a sentence behind a quotation that is no more than who said it."""
    words = tree.sentences[tree.sentence_of[after]]
    verbs = [
        i for i in words[: INCISE + 1] if i >= after and tree.words[i].role == "root" and tree.words[i].pos in VERBAL
    ]
    operator = contexts.clauses.operator(verbs[0]) if verbs else None
    return bool(operator and operator.stance and not tree.kids(verbs[0], "comp", "xcomp", "obj"))


def _beside(quote: Quote, contexts: Contexts) -> Quote | None:
    tree = contexts.tree
    words = tree.words_between(quote.start, quote.end)
    if not words:
        return None
    first, last = words[0], words[-1]
    sentences = {tree.sentence_of[first], tree.sentence_of[last]}
    after = last + 1
    while after < len(tree.words) and not tree.words[after].text[0].isalnum():
        after += 1
    if (
        after < len(tree.words)
        and tree.paragraph_of[after] == tree.paragraph_of[last]
        and (tree.words[after].text[0].islower() or _is_incise(tree, after, contexts))
    ):
        sentences.add(tree.sentence_of[after])
    outside = [i for n in sorted(sentences) for i in tree.sentences[n] if not first <= i <= last]
    if first > 1 and tree.words[first - 2].text == ":":
        outside += [i for i in tree.sentences[tree.sentence_of[first - 2]] if i < first]
    verbs = (i for i in set(outside) if tree.words[i].pos in VERBAL and not _goes_on(tree, i, first))
    cues = sorted((min(abs(i - first), abs(i - last)), i) for i in verbs)
    for distance, i in cues:
        operator = contexts.clauses.operator(i)
        inside_other = (
            any(c in '«»“”"' for c in tree.text[tree.words[min(i, last)].end : tree.words[max(i, first)].start][1:-1])
            if distance > NEAR
            else False
        )
        if operator and operator.stance and not inside_other:
            voice = contexts.voice(i, operator, operator.stance)
            if voice:
                return replace(quote, voice=tuple(voice), cue=contexts.cue(i), cue_word=i)
    return None


def _goes_on(tree: Tree, i: int, first: int) -> bool:
    """*thanked X for “standing by us” and rejected …*: does a verb only go on with one before the quotation?"""
    head = tree.words[i].head
    joined = tree.words[i].role == "conj" and head < first <= i
    return (
        joined
        and any(first < k.i < i for k in (*tree.kids(head, "cc"), *tree.kids(i, "cc")))
        and not tree.kids(i, "subj")
    )
