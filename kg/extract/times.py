"""When events happened: the times a text names, resolved against the article's date, and what they date.

What the words of a language mean is data (times.toml). Vague words give nothing, and no value is more
precise than the words.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.extract.dates import DAY, Point, edged, load, reading_of
from kg.extract.grammar import grammar
from kg.extract.lending import is_clause_below, lent
from kg.extract.offsets import offset_place
from kg.extract.tree import CLAUSAL, NOMINAL, VERBAL
from kg.model import EventTime

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence
    from datetime import date as Date  # noqa: N812 - parameters of the same name would hide it

    from kg.extract.dates import Calendar, Reading
    from kg.extract.tree import Tree, Word

FAR = 200  # words that a narrative keeps its day in mind
DATELINE, DATELINE_ENDS = 8, frozenset({"(", "-", "–", "—"})  # a dateline is no longer, and what follows it
FUNCTION = frozenset({"case", "mark", "det", "punct", "cc"})
LABEL_ENDS = frozenset({":", "–", "—", "-", "."})  # behind a date that heads a paragraph


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words that name a time, its value, and the place in the tree it was found at.

    ``later`` is the reading for what is still to come. ``owner`` is the predicate of its clause (-1: a noun
    alone has it), ``nouns`` those it was attached below. ``supports`` and ``phases`` say of the owner that
    it shares its time with its nouns (*signed a deal*) or its infinitive (*began to shell*). ``outer`` is
    what the preposition of the last noun makes of it for the owner: *since the coup of 2020*;
    ``mark`` what the clause's conjunction makes of it for the clause above: *since it left in 2018*.
    ``labels``: it heads its paragraph, and dates all that is told there (*3 May 2018: …*).
    """

    value: str
    start_word: int
    end_word: int
    text: str
    start: int
    end: int
    later: str
    owner: int = -1
    nouns: tuple[int, ...] = ()
    supports: bool = False
    phases: bool = False
    outer: str = ""
    mark: str = ""
    labels: bool = False
    lang: str = ""


def times_in(tree: Tree, lang: str, date: Date | None) -> tuple[TimeExpression, ...]:
    """Find the times a text names, in text order; without the article's date only the absolute ones."""
    calendar = load(lang)
    found: list[TimeExpression] = []
    for sentence in tree.sentences:
        found_here = [_turned(point, tree) for point in _points(tree, calendar, lang, sentence)]
        here = list(_grouped(found_here, tree, calendar))
        for points in [p for p in here if p[0].pattern.read != "offset"]:
            reading = reading_of(points, calendar, date, _told(found, points[0], calendar))
            expression = reading and _placed(tree, calendar, lang, points, reading)
            if expression:
                found.append(expression)
        for (point,) in [p for p in here if p[0].pattern.read == "offset"]:
            found += _offset(tree, calendar, lang, point, found, date)
        found.sort(key=lambda t: t.start_word)
    chronicle = sum(t.labels for t in found) > 1  # a date alone at the head of a text is when it was published
    return tuple(found if chronicle else (replace(t, labels=False) for t in found))


def _turned(point: Point, tree: Tree) -> Point:
    """*The day after, …* dates its own clause, with nothing behind it."""
    alone = point.last >= len(tree.words) or tree.words[point.last].pos == "PUNCT"
    if point.pattern.read != "offset" or not alone:
        return point
    return point._replace(pattern=replace(point.pattern, read="chain", shift=-point.pattern.shift))


def _offset(
    tree: Tree, calendar: Calendar, lang: str, point: Point, found: Sequence[TimeExpression], date: Date | None
) -> Iterator[TimeExpression]:
    """*two days after the raid, …*, *au lendemain de …*: the raid, counted back from what is told with it."""
    place = offset_place(tree, lang, point, found, date)
    reading = reading_of((point,), calendar, date, place.base) if place and place.base else None
    if place and reading:
        start, end = tree.words[point.first].start, tree.words[point.last - 1].end
        supports = place.owner >= 0 and calendar.has("supports", tree.words[place.owner].lemma)
        yield TimeExpression(
            reading.past, point.first, point.last, tree.text[start:end], start, end, later=reading.past,
            owner=place.owner, nouns=place.nouns, supports=supports, lang=lang,
        )  # fmt: skip


def _told(found: list[TimeExpression], point: Point, calendar: Calendar) -> str:
    """The time before that a relative one counts from: not far off; days count from a day."""
    near = [t.value for t in found[-FAR:] if point.first - t.end_word <= FAR]
    unit = point.pattern.unit or calendar.data["units"].get(point.parts.get("unit"))
    if unit in ("day", "week"):
        near = [v for v in near if len(v.rpartition("/")[2]) == DAY]
    return near[-1] if near else ""


def time_of(i: int, tree: Tree, times: Sequence[TimeExpression], *, planned: bool = False) -> EventTime | None:
    """Give the time of the event that word ``i`` tells of: one in its own clause or noun phrase, or none."""
    sentence = tree.sentences[tree.sentence_of[i]]
    first, last = (bisect_left(times, k, key=lambda t: t.start_word) for k in (sentence.start, sentence.stop))
    near = list(times[first:last])
    labels = [t for t in times[:last] if t.labels and _in_paragraph(t, i, tree)]
    own = list(_own(i, tree, near))
    for candidates in (own, lent(i, tree, near, planned=planned), ((0, t) for t in labels[-1:])):
        ranked = sorted(candidates, key=lambda found: (found[0], abs(found[1].start_word - i), found[1].start_word))
        if ranked:
            t = ranked[0][1]
            value = t.later if planned and own and not _is_past(tree, t.owner) else t.value
            edge = t.outer if t.owner == i else t.mark if is_clause_below(i, tree, t) else ""
            return EventTime(edged(value, edge), t.text, t.start, t.end)
    return None


def _own(i: int, tree: Tree, times: list[TimeExpression]) -> Iterator[tuple[int, TimeExpression]]:
    """Times below the word itself, or below the participle or relative clause that tells of it."""
    for t in times:
        if i in t.nouns:
            yield t.nouns.index(i), t
        elif t.owner == i:
            yield len(t.nouns), t
        elif (
            t.supports
            and not t.nouns
            and tree.words[t.owner].role in ("acl", "relcl")
            and tree.words[t.owner].head == i
        ):
            yield 5, t


def _is_past(tree: Tree, owner: int) -> bool:
    """Does the verb that a time goes with tell of the past (*promised on Monday*)?"""
    return (
        owner >= 0 and tree.words[owner].morph.get("Tense") == "Past" and tree.words[owner].role not in ("acl", "amod")
    )


def _in_paragraph(t: TimeExpression, i: int, tree: Tree) -> bool:
    """Is the word of the paragraph that the time heads?"""
    return bool(tree.paragraphs) and tree.paragraph_of[t.start_word] == tree.paragraph_of[i]


# ------------------------------------------------------------------------------------------ finding
def _points(tree: Tree, calendar: Calendar, lang: str, sentence: range) -> Iterator[Point]:
    """The patterns in a sentence that are times at that place."""
    starts, line = [], ""
    pieces = []
    length = 0
    for i in sentence:
        starts.append(length)
        pieces.append(tree.words[i].low.replace(" ", "_") + " ")
        length += len(pieces[-1])
    line = "".join(pieces)
    for match in _matches(line, calendar):
        point = _point(match, calendar, starts, sentence.start)
        while point.last > point.core + 1 and tree.words[point.last - 1].text == ",":
            point = point._replace(last=point.last - 1)
        if _holds(point, tree, calendar, lang):
            yield point


def _matches(line: str, calendar: Calendar) -> Iterator[re.Match[str]]:
    """Where the patterns match, looked for only where one can begin."""
    end = 0
    for opening in calendar.opening.finditer(line):
        match = calendar.regex.match(line, opening.start()) if opening.start() >= end else None
        if match:
            end = match.end()
            yield match


def _point(match: re.Match[str], calendar: Calendar, starts: list[int], offset: int) -> Point:
    """A match as word numbers and the words of its classes."""
    number = next(n for n in range(len(calendar.patterns)) if match.start(f"p{n}") >= 0)
    prefix = f"c{number}_"
    groups = {g: g.removeprefix(prefix) for g in match.re.groupindex if g.startswith(prefix) and match.start(g) >= 0}
    core = min((match.start(g) for g in groups), default=match.start())
    first, last = bisect_left(starts, match.start()), bisect_left(starts, match.end())
    core_word = bisect_left(starts, core + 1) - 1  # the class may be the end of a word
    parts = {name: match[g] for g, name in groups.items()}
    return Point(calendar.patterns[number], offset + first, offset + core_word, offset + last, parts)


def _holds(point: Point, tree: Tree, calendar: Calendar, lang: str) -> bool:
    """Does what stands around a pattern leave it a time?"""
    sentence = tree.sentences[tree.sentence_of[point.first]]
    after = tree.words[point.last] if point.last < sentence.stop else None
    before = tree.words[point.first - 1] if point.first > sentence.start else None
    if after and {after.low, after.pos} & set(point.pattern.not_before):
        return False
    if (
        before
        and after
        and before.text == ","
        and after.text in DATELINE_ENDS
        and point.first - sentence.start < DATELINE
    ):
        return False  # LONDON, Sept 10 (Agency): when it was published
    kinds = set(point.parts)
    if before and before.low in calendar.data["blockers"] and kinds & {"weekday", "month"}:
        return False
    if kinds == {"year"}:
        return point.pattern.bare or _is_year(tree.words[point.core], tree, calendar, bare=False)
    if kinds == {"month"} and point.first == point.core:
        return _is_month(tree.words[point.core], (before, after), calendar, lang)
    return True


def _is_month(word: Word, around: tuple[Word | None, Word | None], calendar: Calendar, lang: str) -> bool:
    """Is the word a month, where nothing goes with it: no verb, no part of somebody's name?"""
    if not calendar.data["capital_months"]:
        return True
    person = grammar(lang)["tags"].get(word.name.partition("-")[2]) == "Person"
    named = any(w and w.pos == "PROPN" and w.role in ("compound", "flat") for w in around)
    return word.text[0].isupper() and word.pos in NOMINAL and not person and not named


def _is_year(word: Word, tree: Tree, calendar: Calendar, *, bare: bool) -> bool:
    """Is the figure a year: no count of the noun after it (*2000 soldiers*; but *the 2019 attacks*)?"""
    head = tree.words[word.head]
    if not (word.role in ("nummod", "compound", "amod") and 0 < head.i - word.i <= 3):  # noqa: PLR2004 - within one phrase
        return not bare
    defined = any(k.i < word.i for k in tree.kids(head.i, "det", "poss"))
    return bool(calendar.data["modifier_years"]) and (defined or (head.morph.get("Number") != "Plur" and bare))


def _grouped(points: list[Point], tree: Tree, calendar: Calendar) -> Iterator[tuple[Point, ...]]:
    """Points alone, or two that make one span: *from 2019 to 2021*."""
    k = 0
    while k < len(points):
        pair = tuple(points[k : k + 2])
        start = _pair(pair, tree, calendar) if len(pair) > 1 else None
        if start is not None:
            yield pair[0]._replace(first=start), pair[1]
            k += 2
            continue
        k += 1
        point = _opened(pair[0], tree, calendar)
        bare = point.pattern.bare and not point.edge and not _is_label(tree, point.first, point.last)
        if point.edge != "none" and not (bare and not _is_year(tree.words[point.core], tree, calendar, bare=True)):
            yield (point,)


def _pair(pair: tuple[Point, ...], tree: Tree, calendar: Calendar) -> int | None:
    """Where a span of two points begins, if they are one."""
    a, b = pair
    kinds = [set(p.parts) - {"year"} or {"year"} for p in pair]
    same = a.pattern.read == b.pattern.read == "date" and kinds[0] == kinds[1]
    if not {a.pattern.read, b.pattern.read} <= {"date", "unit"}:
        return None
    for opener, connector in calendar.pairs if same else [p for p in calendar.pairs if p[0]]:
        start = _before(a, opener, tree)
        if start is not None and _between(a, b, connector, tree):
            return min(start, a.first)
    years = same and kinds[0] == {"year"} and any(_between(a, b, c, tree) for c in calendar.lists)
    follow = years and int(b.parts["year"]) - int(a.parts["year"]) == 1
    return a.first if follow and not a.pattern.bare else None


def _between(a: Point, b: Point, connector: tuple[str, ...], tree: Tree) -> bool:
    """Does the connector, and nothing else, stand between two points?"""
    stop = a.last + len(connector)
    return b.first <= stop <= b.core and _lows(tree, a.last, stop) == connector


def _before(point: Point, opener: tuple[str, ...], tree: Tree) -> int | None:
    """Where an opener begins that ends at the point, or among the small words it begins with."""
    for start in range(max(0, point.first - len(opener)), point.first + 1):
        stop = start + len(opener)
        if point.first <= stop <= point.core and _lows(tree, start, stop) == opener:
            return start
    return None


def _opened(point: Point, tree: Tree, calendar: Calendar) -> Point:
    """The point with what *since* or *until* before it makes of it."""
    for opener, edge in calendar.openers:
        start = _before(point, opener, tree)
        if start is not None and not point.pattern.edge:
            return point._replace(first=min(start, point.first), edge=edge)
    return point


def _lows(tree: Tree, start: int, stop: int) -> tuple[str, ...]:
    return tuple(w.low for w in tree.words[start:stop])


# ------------------------------------------------------------------------------------------ the tree
def _placed(
    tree: Tree, calendar: Calendar, lang: str, points: tuple[Point, ...], reading: Reading
) -> TimeExpression | None:
    """The expression with its place in the tree and the value that the mood of its clause picks."""
    first, last = points[0].first, points[-1].last
    nouns, owner = _above(tree, first, last)
    bound = bool(nouns) and len(points) == 1 and _is_bound(tree, lang, first, last)
    coming = _is_coming(tree, calendar, lang, -1 if bound else owner, nouns)
    needs = points[0].pattern.needs
    if (needs == "future" and not coming) or (needs == "perfect" and not _is_perfect(tree, calendar, owner)):
        return None
    edges = {" ".join(opener): edge for opener, edge in calendar.openers}
    outer = edges.get(tree.words[nouns[-1]].prep, "") if nouns else ""
    caused = any(calendar.has("causes", tree.words[n].prep) for n in nouns)
    aside = any(_is_aside(tree, n, first) for n in nouns)
    if outer == "none" or caused or aside or (bound and not outer):
        owner = -1
    marks = [edges[k.low] for k in tree.kids(owner, "mark") if k.low in edges] if owner >= 0 else []
    start, end = tree.words[first].start, tree.words[last - 1].end
    lemma = tree.words[owner].lemma if owner >= 0 else ""
    return TimeExpression(
        reading.future if coming else reading.past,
        first,
        last,
        tree.text[start:end],
        start,
        end,
        later=reading.future,
        owner=owner,
        nouns=nouns,
        supports=calendar.has("supports", lemma),
        phases=calendar.has("phases", lemma),
        outer=outer,
        mark=next(iter(marks), ""),
        labels=_is_label(tree, first, last),
        lang=lang,
    )


def _is_label(tree: Tree, first: int, last: int) -> bool:
    """Does the time, and a stop behind it, head an entry of a chronicle?"""
    begins = first == tree.sentences[tree.sentence_of[first]].start
    return begins and last < len(tree.words) and tree.words[last].text in LABEL_ENDS


def _top(tree: Tree, first: int, last: int) -> Word:
    """The word of an expression that hangs on something outside."""
    tops = [w for w in tree.words[first:last] if not first <= w.head < last or w.head == w.i]
    return next((w for w in tops if w.role not in FUNCTION), tops[0] if tops else tree.words[first])


def _above(tree: Tree, first: int, last: int) -> tuple[tuple[int, ...], int]:
    """The nouns above an expression, nearest first, up to the predicate of its clause (or -1)."""
    nouns: list[int] = []
    for up in tree.ancestors(_top(tree, first, last).i):
        if first <= up.i < last:
            continue
        if tree.is_verbal(up.i) or up.role in CLAUSAL:
            return tuple(nouns), up.i
        if not _is_idiom(tree, up, first, last):
            nouns.append(up.i)
    return tuple(nouns), -1


def _is_aside(tree: Tree, noun: int, first: int) -> bool:
    """Is the noun said of another, and the time with it: *le palais, résidence du roi depuis 1837*?"""
    word = tree.words[noun]
    beside = word.role == "appos" or (word.role in ("dep", "amod", "acl") and not word.prep)
    return beside and word.pos == "NOUN" and noun < first and all(w.text != "," for w in tree.words[noun:first])


def _is_idiom(tree: Tree, noun: Word, first: int, last: int) -> bool:
    """A bare object is one with its verb: *prendre effet mardi*."""
    alone = all(first <= k < last for k in tree.children[noun.i])
    return noun.role == "obj" and noun.pos == "NOUN" and alone and noun.i < first


def _is_bound(tree: Tree, lang: str, first: int, last: int) -> bool:
    """Does the time belong to its noun alone: *the 2019 attack*, *l'accord de 2015*?"""
    top = _top(tree, first, last)
    possessive = grammar(lang)["prepositions"]["possessive"]
    return top.role in ("nummod", "compound", "poss", "amod") or (top.role == "obl" and top.prep == possessive)


def _is_perfect(tree: Tree, calendar: Calendar, owner: int) -> bool:
    return owner >= 0 and any(calendar.has("perfect", k.low) for k in tree.kids(owner, "aux"))


def _is_coming(tree: Tree, calendar: Calendar, lang: str, owner: int, nouns: tuple[int, ...]) -> bool:
    """Does the clause, or the noun, speak of what is still to come?"""
    if any(calendar.has("coming", k.lemma) for n in nouns for k in tree.kids(n, "amod", "acl")):
        return True
    if owner < 0:
        return False
    word = tree.words[owner]
    past = any(calendar.has("perfect", k.low) for k in tree.kids(owner, "aux"))
    for w in (word, *tree.kids(owner, "aux", "auxpass", "cop")):
        if (past or nouns) and calendar.has("modals", w.low):
            continue
        told = calendar.has("future", w.low) or calendar.has("modals", w.low)
        if told or grammar(lang).has_ending(w.lemma, w.low, "future_endings"):
            return True
    if calendar.has("ahead", word.lemma) and any(k.pos == "VERB" for k in tree.kids(owner, "xcomp")):
        return True
    head = tree.words[word.head]
    if (
        calendar.has("planning", head.lemma)
        and word.pos in VERBAL
        and word.role in ("xcomp", "comp")
        and word.morph.get("Tense") != "Past"
    ):
        return True
    return calendar.has("planning", word.lemma) and (word.passive or word.role in ("acl", "amod"))
