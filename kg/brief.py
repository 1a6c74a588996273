"""One page on a matter, to show a colleague: who says so, who denies it, in which words, and what is not known."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby, product
from typing import TYPE_CHECKING

from kg import actors, ontology, verdicts
from kg.document import Document, Heading, Items, Paragraph, Quotation, Table, Words
from kg.errors import InputError
from kg.explain import Teller, entities, messages, ruled
from kg.lookup import relation
from kg.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.actors import Actors
    from kg.document import Block, Line
    from kg.explain import Messages
    from kg.model import Case, Claim, Evidence, Position, Source, Statement
    from kg.store import Store

ORDER: tuple[Position, ...] = ("for", "alleged", "against", "negated", "open", "rejected")
PRO, CONTRA = ("for", "alleged"), ("against", "negated")
TWO, THREE = 2, 3  # names: two actors, or a statement


def brief(store: Store, *names: str, lang: str = "en", who: Actors | None = None) -> Document:
    """Write a page on a statement (subject, relation, object) or on all that is between two actors.

    Between two actors, those count for them who stood for them at an article's date (ministers, armies, agencies).
    Names may be in any language that is known. ``str(page)`` is Markdown, ``page.html()`` a page of HTML.

    >>> from kg.store import open_store
    >>> with open_store() as store:
    ...     print(brief(store, "Iran", "suppliesArmsTo", "Russie"))
    # Iran supplies arms to Russia
    <BLANKLINE>
    No claim found that Iran supplies arms to Russie.

    Raises:
        InputError: there are neither two names nor three.
        UnknownName: a name or relation does not exist.
    """
    if len(names) not in {TWO, THREE}:
        raise InputError(" ".join(names), "neither two names nor three", "give SUBJECT RELATION OBJECT, or two actors")
    who = who or actors.load()
    tie = relation(names[1]).name if len(names) == THREE else None
    names = (names[0], tie, names[-1]) if tie else names
    ones, others = entities(store, names[0], who), entities(store, names[-1], who)
    found: dict[str, Statement] = {}
    for one, other in product(ones, others):
        some = store.statements(subject=one, relation=tie, object=other) if tie else store.between(one, other)
        found |= {each.iri: each for each in some}
    return Writer(messages(lang), lang, who, list(found.values())).document(names)


@dataclass(slots=True)
class Writer:
    """Writes the page on some statements in the words of one language."""

    words: Messages
    lang: str
    who: Actors
    statements: Sequence[Statement]
    numbers: dict[str, int] = field(default_factory=dict)
    alone: bool = False

    @property
    def said(self) -> Mapping[str, str]:
        """The words of this page."""
        return self.words["brief"]

    @property
    def teller(self) -> Teller:
        """Who tells sources and speakers."""
        return Teller(self.words, self.lang, self.who)

    @property
    def cases(self) -> list[tuple[Statement, Case]]:
        """All cases, each with its statement."""
        return [(statement, case) for statement in self.statements for case in statement.cases]

    def document(self, names: Sequence[str]) -> Document:
        """Write the whole page."""
        title = self.title(names)
        self.alone = len(names) == THREE and len(self.statements) == 1
        if not self.statements:
            return Document(title, (Paragraph((Words(self.nothing(names)),)),), self.lang)
        evidence = self.number(each for _, case in self.cases for each in case.evidence)
        blocks: list[Block] = [*self.opening(evidence), self.table()]
        for statement in self.statements:
            blocks += self.statement(statement)
        blocks.append(Heading(self.said["sentences"]))
        blocks += (self.quotation(each) for each in evidence)
        return Document(title, (*blocks, Heading(self.said["unknown"]), self.unknown(evidence)), self.lang)

    def nothing(self, names: Sequence[str]) -> str:
        """Say that there is no claim, in the names that were asked for."""
        if len(names) == THREE:
            return self.teller.nothing(names, ())
        return self.said["nothing_two"].format(one=self.entity(names[0]), other=self.entity(names[-1]))

    def title(self, names: Sequence[str]) -> str:
        """Give the title, by the names that were asked for."""
        if len(names) == THREE:
            if self.statements:
                return self.name(self.statements[0])
            return self.said["title"].format(
                subject=self.entity(names[0]), relation=self.tie(names[1]), object=self.entity(names[-1])
            )
        return self.said["title_two"].format(one=self.entity(names[0]), other=self.entity(names[-1]))

    def entity(self, name: str) -> str:
        """Show a name by the label of the one whom it means, if it is one of the known."""
        from kg.lookup import meant  # noqa: PLC0415 - only here

        found = meant(name, self.who)
        return one_line(self.who.entities[found[0]].label_in(self.lang)) if found else one_line(name)

    def tie(self, relation: str) -> str:
        """Name a relation."""
        return dict(ontology.load().relation(relation).labels).get(self.lang, relation)

    def name(self, statement: Statement) -> str:
        """Say a statement in words."""
        subject, object_ = self.teller.label(statement.subject), self.teller.label(statement.object)
        return self.said["title"].format(subject=subject, relation=self.tie(statement.relation), object=object_)

    def case_name(self, case: Case) -> str:
        """Name a case by its kind and month."""
        return " · ".join(filter(None, (self.teller.kind(case.kind), case.month))) or self.said["whole"]

    def full_name(self, statement: Statement, case: Case) -> str:
        """Name a case, with its statement where there are several."""
        if self.alone:
            return self.case_name(case)
        parts = (self.name(statement), self.teller.kind(case.kind), case.month)
        return " · ".join(part for part in parts if part)

    def number(self, evidence: Iterable[Evidence]) -> list[Evidence]:
        """Give every claim once, in the order of time, and number them."""
        every = sorted({each.iri: each for each in evidence}.values(), key=_when)
        self.numbers = {each.iri: number for number, each in enumerate(every, start=1)}
        return every

    def opening(self, evidence: Sequence[Evidence]) -> Iterator[Block]:
        """Say how much there is."""
        days = sorted(each.article.date.isoformat() for each in evidence if each.article.date)
        span = self.said["span"].format(first=days[0], last=days[-1]) if days else ""
        articles = len({each.article.id for each in evidence})
        yield Paragraph((Words(self.said["count"].format(claims=len(evidence), articles=articles, span=span)),))
        yield Paragraph((Words(self.said["nature"], "em"),))

    def table(self) -> Table:
        """Set all cases side by side."""
        head = tuple(self.said[each] for each in ("case", "status", "first", "last", "for", "against"))
        return Table(head, tuple(self.row(statement, case) for statement, case in self.cases))

    def row(self, statement: Statement, case: Case) -> tuple[Line, ...]:
        """Give the cells of a case."""
        counts = [sum(source.position in side for source in case.sources) for side in (PRO, CONTRA)]
        seen = (case.first_seen, case.last_seen)
        days = [day.isoformat() if day else self.words["explain"]["unknown_date"] for day in seen]
        cells = [self.full_name(statement, case), self.words["status"][case.status], *days, *map(str, counts)]
        return tuple((Words(cell, "strong" if place == 1 else ""),) for place, cell in enumerate(cells))

    def statement(self, statement: Statement) -> Iterator[Block]:
        """Tell a statement, case by case."""
        level = 2
        if not self.alone:
            yield Heading(self.name(statement))
            level = 3
        for case in statement.cases:
            yield Heading(f"{self.case_name(case)} – {self.words['status'][case.status]}", level)
            yield from self.sides(case)
            yield Paragraph((Words(self.said["days"], "strong"),))
            yield Items(tuple((line,) for line in self.days(case)))

    def sides(self, case: Case) -> Iterator[Block]:
        """Tell who counts as which source, on which side and in what role, and who changed sides."""
        items: list[tuple[Line, ...]] = []
        for position in ORDER:
            items += (self.source(case, source) for source in case.sources if source.position == position)
        if items:
            yield Items(tuple(items))
        held = {source.position for source in case.sources}
        for side, key in ((PRO, "no_support"), (CONTRA, "no_denial")):
            if not held & set(side) and case.status != "Rejected":
                yield Paragraph((Words(self.said[key]),))
        turned = [turn for source in case.sources if (turn := self.reversal(case, source))]
        if turned:
            yield Paragraph((Words(self.said["reversals"], "strong"),))
            yield Items(tuple((each,) for each in turned))

    def source(self, case: Case, source: Source) -> tuple[Line, ...]:
        """Tell a source: name, role, through whom, position, sentences."""
        heard = [e for e in case.evidence if source.iri in e.sources and e.position == source.position]
        who = self.teller.source(source)
        name, _, notes = who.partition(" (")
        line = [Words(name, "strong"), Words(f" ({notes}" if notes else ""), Words(f" · {self.held(source.position)}")]
        return ((*line, *self.references(heard)),)

    def held(self, position: Position) -> str:
        """Say a position in words."""
        return self.said[f"{position}_"]

    def references(self, evidence: Iterable[Evidence]) -> Line:
        """Point to sentences by their numbers."""
        numbers = sorted(self.numbers[each.iri] for each in evidence)
        return tuple(word for number in numbers for word in (Words(" "), Words(f"[{number}]", ref=number)))

    def reversal(self, case: Case, source: Source) -> Line:
        """Tell how a source changed sides, if it did."""
        heard = [
            e for e in sorted(case.evidence, key=_when) if source.iri in e.sources and e.position in (*PRO, *CONTRA)
        ]
        turns = [next(group) for _, group in groupby(heard, key=lambda each: each.position in PRO)]
        if len(turns) < TWO:
            return ()
        line = [Words(self.source_name(source), "strong"), Words(": ")]
        for number, each in enumerate(turns):
            step = f"{' → ' if number else ''}{self.held(each.position)}, {self.day(each)}"
            line += [Words(step), *self.references([each])]
        return tuple(line)

    def source_name(self, source: Source) -> str:
        """Name a source."""
        return self.teller.source(source).partition(" (")[0]

    def day(self, evidence: Evidence) -> str:
        """Give the day of a claim's article."""
        when = evidence.article.date
        return when.isoformat() if when else self.words["explain"]["unknown_date"]

    def days(self, case: Case) -> Iterator[Line]:
        """Tell day by day who says what."""
        for day, group in groupby(sorted(case.evidence, key=_when), key=self.day):
            line = [Words(day, "strong")]
            for each in group:
                notes = (*self.teller.speakers(each.claim), *self.nature(each.claim))
                line += [Words(" · "), Words(", ".join(notes), "struck" if each.position == "rejected" else "")]
                line += self.references([each])
            yield tuple(line)

    def quotation(self, evidence: Evidence) -> Quotation:
        """Quote the sentence of a claim, with all that is said of it."""
        claim, article, said = evidence.claim, evidence.article, self.words["explain"]
        sentence = Words(
            said["quote"].format(text=one_line(claim.passage.text)), "struck" if evidence.position == "rejected" else ""
        )
        outlet = article.outlet or article.id
        place = [Words(f"{self.day(evidence)} · "), Words(outlet, url=article.url)]
        place += [Words(f" · {text}") for text in self.places(evidence, outlet)]
        notes = (*self.teller.speakers(claim), *self.nature(claim), verdicts.short(evidence.iri))
        said_by = " · ".join(notes)
        lines: list[Line] = [tuple(place), (Words(f"→ {said_by}"),)]
        if told := " · ".join(ruled(evidence, self.words, self.teller.label)):
            lines.append((Words("✗ " if evidence.position == "rejected" else "✓ "), Words(told, "strong")))
        return Quotation(self.numbers[evidence.iri], sentence, tuple(lines))

    def places(self, evidence: Evidence, shown: str) -> Iterator[str]:
        """Tell the title of an article and its id."""
        article = evidence.article
        if article.title and evidence.claim.passage.part != "title":
            yield article.title
        if evidence.claim.passage.part == "title":
            yield self.words["explain"]["in_title"]
        if article.id not in {shown, article.url}:
            yield article.id

    def nature(self, claim: Claim) -> Iterator[str]:
        """Say how real a claim is, where it is not simply so."""
        if modality := self.words["modality"][claim.modality]:
            yield modality
        if claim.polarity == "negative":
            yield self.words["explain"]["negative"]

    def unknown(self, evidence: Sequence[Evidence]) -> Block:
        """Tell what a reader must not take for known."""
        items = [line for statement, case in self.cases for line in self.gaps(statement, case)]
        if undated := [each for each in evidence if each.article.date is None]:
            numbers = ", ".join(f"[{self.numbers[each.iri]}]" for each in undated)
            items.append(self.said["undated"].format(sentences=numbers))
        if not any(each.claim.time for each in evidence):
            items.append(self.said["untimed"])
        if names := sorted({name for each in evidence for name in self.unresolved(each.claim)}):
            items.append(self.said["unresolved"].format(names=", ".join(names)))
        return Items(tuple(((Words(item),),) for item in items or [self.said["all_known"]]))

    def gaps(self, statement: Statement, case: Case) -> Iterator[str]:
        """Tell what is thin about a case."""
        name = self.full_name(statement, case)
        pro = [source for source in case.sources if source.position in PRO]
        if case.status == "Alleged":
            yield self.said["nobody"].format(case=name)
        elif case.status == "Prospective":
            yield self.said["open"].format(case=name)
        if len(pro) == 1:
            yield self.said["single"].format(case=name, source=self.source_name(pro[0]))
        elif pro and len(owners := {source.owner.casefold() for source in pro}) == 1 and "" not in owners:
            yield self.said["one_owner"].format(case=name, owner=pro[0].owner)
        elif pro and all(source.role in {"subject", "object"} for source in pro):
            yield self.said["parties"].format(case=name)

    def unresolved(self, claim: Claim) -> Iterator[str]:
        """Give the names in a claim that stand for nobody known."""
        mentions = [claim.subject, claim.object, *(each.speaker for each in claim.attribution)]
        yield from (self.teller.label(each.entity) for each in mentions if not each.entity.known)


def _when(evidence: Evidence) -> tuple[str, str, bool, int, str]:
    article, passage = evidence.article, evidence.claim.passage
    day = article.date.isoformat() if article.date else ""
    return day, article.id, passage.part != "title", passage.start, evidence.iri
