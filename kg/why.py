"""Why a sentence gives the claims it gives: its parse, who is who, the frames tried, the context, step by step.

The tool with which the lexicon is kept. Labels are those of ``kg/lang/<code>/messages.toml``, in the
language of the text; every line is fit for a terminal of 100 columns.
"""

from __future__ import annotations

import textwrap
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kg.articles import read
from kg.articles.language import language_of
from kg.errors import InputError
from kg.explain import messages
from kg.extract.tree import NOMINAL
from kg.extract.why import trace
from kg.model import Article
from kg.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.actors import Actors
    from kg.extract.context import Context, Step
    from kg.extract.frames import Proposal
    from kg.extract.lexicon import Frame, Slot
    from kg.extract.why import Trace, Trial, Unfit
    from kg.model import Attribution, Claim, Mention

WIDTH = 100
COLUMNS = (4, 20, 18, 6, 10, 18)  # number, word, lemma, part of speech, role, preposition; the head takes the rest
AUXILIARY = ("aux", "auxpass", "cop")
OWN_FORM = (*AUXILIARY, "advmod", "neg", "mark", "det")  # what a word's own mood and negation are read from
ORDER = ("kept", "no subject", "no object", "no theme", "outweighed", "nothing", "where")  # the nearest first
LISTED = 6  # words of a list that an idiom chooses from
PLAIN = ("actual", "positive", "holds", None)  # what nothing need explain


class Line(NamedTuple):
    """A line to be shown; level 0 heads a sentence, level 1 a part of it, 2 is the rest."""

    level: int
    text: str


def why(article: Article, *, grep: str = "", actors: Actors | None = None) -> Iterator[Line]:
    """Tell for each sentence of an article that holds the words ``grep`` why it gives the claims it gives.

    >>> from kg.model import Article
    >>> lines = [line.text.strip() for line in why(Article("a", "Paris condamne Téhéran.", "fr"))]
    >>> [line for line in lines if "→" in line and "—" not in line]
    ['Paris → France (seat, government)', 'Téhéran → Iran (seat, government)', 'France condemns → Iran · fr/condamner']
    """
    teller = _Teller(trace(article, actors=actors), messages(article.lang)["why"])
    for number, words in enumerate(teller.tree.sentences):
        text = one_line(teller.tree.text[teller.tree.words[words[0]].start : teller.tree.words[words[-1]].end])
        if grep.casefold() in text.casefold():
            yield from (Line(0, line) for line in _wrapped(f"[{number + 1}] {text}", 0))
            yield from teller.sentence(words)
            yield Line(2, "")


def asked(path: str, lang: str | None = None) -> Iterator[Article | InputError]:
    """Read the articles of a path; what is no path and holds more than one word is a text itself.

    >>> [article.lang for article in asked("Paris a condamné Téhéran.")]
    ['fr']
    """
    if len(path.split()) > 1 and not _is_there(path):
        try:
            yield Article("-", path, language_of(path, lang, "-"))
        except InputError as error:
            yield error
    else:
        for found in read(path):
            yield replace(found, lang=lang) if lang and isinstance(found, Article) else found


def _is_there(path: str) -> bool:
    try:
        return Path(path).exists()
    except (OSError, ValueError):  # too long for a name, or no name at all
        return False


class _Teller:
    """Tells of one text."""

    def __init__(self, trace_: Trace, words: Mapping[str, str]) -> None:
        self.trace = trace_
        self.words = words
        self.assembly = trace_.assembly
        self.tree = trace_.assembly.tree
        self.contexts = trace_.assembly.contexts
        self.clauses = trace_.assembly.contexts.clauses
        self.mentions = trace_.assembly.mentions

    def sentence(self, words: range) -> Iterator[Line]:
        """All parts that have something to tell."""
        parts = (
            ("parse", self._parse(words)),
            ("who", self._who(words)),
            ("clauses", self._clauses(words)),
            ("frames", self._frames(words)),
            ("context", self._contexts(words)),
            ("claims", self._claims(words)),
        )
        for name, rows in parts:
            lines = [line for row in rows for line in (_wrapped(row, 2) if name != "parse" else [row])]
            yield Line(1, self.words[name])
            yield from (Line(2, line) for line in lines or [f"  {self.words['none']}"])

    # ------------------------------------------------------------------ parse
    def _parse(self, words: range) -> Iterator[str]:
        for i in words:
            w = self.tree.words[i]
            role = f"{w.role}*" if w.passive else w.role
            head = "" if w.head == i else f"{w.head} {one_line(self.tree.words[w.head].text)}"
            cells = (str(i), one_line(w.text), one_line(w.lemma), w.pos, role, w.prep)
            yield _cut("  " + " ".join([*map(_cell, cells, COLUMNS), head]), WIDTH).rstrip()

    # ------------------------------------------------------------------ who is who
    def _who(self, words: range) -> Iterator[str]:
        for i in words:
            unit = self.mentions.unit_at.get(i)
            if unit and unit.head == i and unit.is_adjective:
                text = self.tree.text[self.tree.words[unit.start].start : self.tree.words[unit.end - 1].end]
                yield f"{one_line(text)} → {one_line(unit.entity.label)} ({unit.step})"
            elif self._names_somebody(i):
                found = self.mentions.resolve(i)
                word = one_line(self.tree.words[i].text)
                if found:
                    other = "" if any(word in one_line(m.text) for m in found) else f"{word}: "
                    yield other + " · ".join(f"{one_line(m.text)} → {self._entity(m)}" for m in found)
                elif self.tree.words[i].pos == "PRON":
                    yield f"{word} → {self.words['nobody']}"

    def _names_somebody(self, i: int) -> bool:
        """Is a word the head of a name, a noun or a pronoun that may stand for somebody?"""
        unit = self.mentions.unit_at.get(i)
        word = self.tree.words[i]
        return unit.head == i if unit else word.pos in NOMINAL or word.role == "poss"

    @staticmethod
    def _entity(mention: Mention) -> str:
        return f"{one_line(mention.entity.label)} ({', '.join(filter(None, (mention.how, mention.facet)))})"

    # ------------------------------------------------------------------ clauses
    def _clauses(self, words: range) -> Iterator[str]:
        for i in words:
            word = self.tree.words[i]
            if word.role in AUXILIARY or not self.tree.is_verbal(i):
                continue
            parts = [f"{self.words[name]} {self._named(found)}" for name, found in self._ends(i) if found]
            parts += [f"{o.prep} {self._named([o.i])}" for o in self.clauses.obliques(i) if o.prep and not o.depth]
            passive = f" ({self.words['passive']})" if self.clauses.is_passive(i) else ""
            yield f"{one_line(word.text)}{passive}: {' · '.join(parts) or self.words['none']}"

    def _ends(self, i: int) -> Iterator[tuple[str, list[int]]]:
        yield "subject", self.clauses.subjects(i)
        yield "object", self.clauses.objects(i)
        yield "complement", [k.i for k in self.tree.kids(i, "xcomp", "comp")]

    def _named(self, words: Sequence[int]) -> str:
        return ", ".join(one_line(self.tree.words[k].text) for k in words)

    # ------------------------------------------------------------------ frames
    def _frames(self, words: range) -> Iterator[str]:
        tried = [t for t in self.trace.tried if t.i in words and not self._is_idle_auxiliary(t)]
        for trial in sorted(tried, key=lambda t: (t.i, ORDER.index(t.outcome))):
            word = one_line(self.tree.words[trial.i].text)
            yield f"{word}: {trial.frame.id} ({trial.frame.relation}) {self._outcome(trial)}"

    def _is_idle_auxiliary(self, trial: Trial) -> bool:
        return self.tree.words[trial.i].role in AUXILIARY and trial.outcome in ("where", "nothing")

    def _outcome(self, trial: Trial) -> str:
        if trial.proposal:
            return f"— {self.words['kept']}: {self._pairs(trial.proposal)}"
        lacking = self.words[trial.outcome.replace(" ", "_")].format(where=_needs(trial.frame), places=_places(trial))
        unfit = "; ".join(map(self._unfit, trial.unfit))
        return f"— {lacking}" + (f" ({unfit})" if unfit else "")

    def _pairs(self, proposal: Proposal) -> str:
        pairs = [f"{one_line(s.text)} → {one_line(o.text)}" for s, o in proposal.pairs]
        theme = f" [{one_line(proposal.theme.text)}]" if proposal.theme else ""
        return " · ".join(pairs) + theme

    def _unfit(self, unfit: Unfit) -> str:
        what = f"{one_line(unfit.mention.text)}: {unfit.mention.entity.type}"
        return self.words["unfit"].format(what=what, wanted=" | ".join(unfit.wanted))

    # ------------------------------------------------------------------ context
    def _contexts(self, words: range) -> Iterator[str]:
        told = dict.fromkeys(t.i for t in self.trace.tried if t.proposal and t.i in words)
        for i in told:
            context = self.contexts.read(i)
            facets = (("modality", context.modality), ("polarity", context.polarity), ("phase", context.phase))
            coloured = [(name, value) for name, value in facets if value not in PLAIN]
            parts = [f"{value} ({self._reason(i, context, name, value)})" for name, value in coloured]
            parts += [self._speaker(a) for a in context.attribution]
            yield f"{one_line(self.tree.words[i].text)}: {' · '.join(parts) or self.words['plain']}"

    def _reason(self, i: int, context: Context, facet: str, value: str) -> str:
        """Which governing words give a facet; else the form of the word itself."""
        steps = [s for s in context.steps if getattr(s.operator, facet) == value]
        if steps:
            return ", ".join(map(self._step, steps))
        near = [k.i for k in self.tree.kids(i, *OWN_FORM)]
        governed = [k.i for s in context.steps for k in self.tree.kids(s.i, *OWN_FORM)]
        return f"{self.words['own_form']} {self._named(sorted({i, *near, *governed, *(s.i for s in context.steps)}))}"

    def _step(self, step: Step) -> str:
        return f"{one_line(self.tree.words[step.i].text)}: {step.operator.id}"

    def _speaker(self, a: Attribution) -> str:
        cue = f", « {one_line(a.cue.text)} »" if a.cue else ""
        via = f", {self.words['via'].format(mouthpiece=one_line(a.via.text))}" if a.via else ""
        return f"{a.stance} {a.level}: {one_line(a.speaker.text)} → {self._entity(a.speaker)}{cue}{via}"

    # ------------------------------------------------------------------ claims
    def _claims(self, words: range) -> Iterator[str]:
        start, end = self.tree.words[words[0]].start, self.tree.words[words[-1]].end
        for c in self.trace.claims:
            if start <= c.cue.start < end:
                yield self._claim(c)

    def _claim(self, c: Claim) -> str:
        theme = f" [{one_line(c.theme.text)}]" if c.theme else ""
        facets = [value for value in (c.polarity, c.modality, c.phase) if value not in PLAIN]
        chain = [f"{a.stance} {a.level}: {one_line(a.speaker.entity.label)}" for a in c.attribution]
        time = [c.time.value] if c.time else []
        head = f"{one_line(c.subject.entity.label)} {c.relation} → {one_line(c.object.entity.label)}{theme}"
        return " · ".join([head, *facets, *chain, *time, c.rule])


def _needs(frame: Frame) -> str:
    """The words that an idiom needs: *object = pression*."""
    found = []
    for role, lemmas in frame.where:
        more = " | …" if len(lemmas) > LISTED else ""
        found.append(f"{role} = {' | '.join(sorted(lemmas)[:LISTED]) or '…'}{more}")
    return ", ".join(found)


def _places(trial: Trial) -> str:
    """Where the missing end is looked for."""
    slots: dict[str, Slot | None] = {
        "no subject": trial.frame.subject,
        "no object": trial.frame.object,
        "no theme": trial.frame.theme,
    }
    slot = slots.get(trial.outcome)
    return " | ".join(slot.roles) if slot else ""


def _cell(text: str, width: int) -> str:
    return _cut(text, width).ljust(width)


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def _wrapped(text: str, indent: int) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * (indent + 4 if indent else 4),
        break_on_hyphens=False,
    )  # fmt: skip
