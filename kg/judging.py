"""The rows of a file of decisions, each checked; those without fault, followed."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from kg import ontology
from kg.actors import KIND, Name, pieces
from kg.errors import InputError, UnknownName
from kg.lookup import LOCAL, OWN, PREFIX, choose, did_you_mean, entity, iri_of, listed, named, own_iri, short, spaced
from kg.model import ENT, Entity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.actors import Actors
    from kg.sheet import Row, Sheet

EVERY = "*"  # every language
NAMING = ("name", "acronym", "metonym", "surname")  # forms that name somebody by themselves
_NO_CLASS = ("Entity", "Unresolved")
_NEW = re.compile(r"(?:[a-z0-9]+/)?[a-z0-9]+(?:-[a-z0-9]+)*")


class _Shape(NamedTuple):
    """The cells that a decision needs, and those that it may have besides."""

    needs: tuple[str, ...]
    may: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """One row: ``merge``, ``split``, ``rename`` or ``add``, with the line where it begins."""

    word: str
    name: str = ""
    lang: str = ""
    entity: str = ""
    labels: tuple[tuple[str, str], ...] = ()
    type: str = ""
    note: str = ""
    line: int = 0

    def cells(self) -> dict[str, str]:
        """Give the row that says it."""
        labels = {f"label_{lang}": text for lang, text in self.labels}
        row = {"decision": self.word, "name": self.name, "lang": self.lang, "entity": self.entity, **labels}
        return row | {"class": self.type, "note": self.note}


@dataclass(slots=True)
class _Claim:
    """That a text, in a language or in all, names an entity, by the row of a decision."""

    text: str
    lang: str
    iri: str
    line: int


@dataclass(slots=True)
class _Plan:
    """What is to be done to the tables."""

    entities: dict[str, Entity] = field(default_factory=dict)
    merged: dict[str, str] = field(default_factory=dict)
    claims: list[_Claim] = field(default_factory=list)
    remove: list[_Claim] = field(default_factory=list)
    line: dict[str, int] = field(default_factory=dict)  # of a merge or an addition, by address
    labels: dict[tuple[str, str], str] = field(default_factory=dict)  # by address and language


class Judge:
    """Checks every row, collects the faults, and follows the rows that have none."""

    def __init__(self, table: Sheet, who: Actors) -> None:
        self.table, self.who = table, who
        self._faults: list[tuple[int, InputError]] = list(table.faults)
        self.langs = sorted(who.indexes)
        self.classes = [name for name in ontology.load().classes if name not in _NO_CLASS]
        self.plan = _Plan()
        self.decisions = tuple(d for row in table.rows if (d := self._decision(row)))

    @property
    def faults(self) -> list[InputError]:
        """All that is wrong, in the order of the lines."""
        return [fault for _, fault in sorted(self._faults, key=lambda each: each[0])]

    def tell(self) -> list[InputError]:
        """Judge all rows, and give the faults."""
        self.actors()
        return self.faults

    def actors(self) -> Actors:
        """Give the tables as the decisions want them."""
        plan = self.plan
        steps = {"add": self._add, "merge": self._merge, "rename": self._rename, "split": self._split}
        for word, step in steps.items():
            for decision in self.decisions:
                if decision.word == word:
                    step(decision)
        self._check_circles()
        whole = self.who.amended(entities=plan.entities, merged=plan.merged)
        removed = [claim for claim in plan.remove if self._is_there(claim, whole)]
        after = whole.amended(
            add=[
                (lang, text, Name(c.iri, "name"))
                for c in plan.claims
                for lang in self._each(c.lang)
                for text in (c.text, spaced(c.text))
            ],
            remove=[(c.lang or EVERY, c.text, c.iri) for c in removed],
        )
        self._check_claims(after)
        after = self._set_apart(removed, after)
        return replace(after, merged={**after.merged, **self._words(after)})

    def _fault(self, line: int, what: str, remedy: str) -> None:
        self._faults.append((line, self.table.fault(line, what, remedy)))

    def _each(self, lang: str) -> Sequence[str]:
        return [lang] if lang else self.langs

    def _decision(self, row: Row) -> Decision | None:
        """Read a row, if it has the cells that its decision needs, and no others."""
        word, line = row["decision"].casefold(), row.first
        shapes = self._shapes()
        if word not in shapes:
            self._fault(line, f"no decision {word!r}", choose(word, shapes))
            return None
        before = len(self._faults)
        shape = shapes[word]
        for column in shape.needs:
            if not row[column]:
                self._fault(line, f"{word} without {column}", f"fill in {column}, or delete the row")
        for column, cell in row.cells.items():
            if cell and column not in {"decision", "note", *shape.needs, *shape.may}:
                self._fault(line, f"{word} has no use for {column}", "empty that cell; a remark goes to note")
        self._check_cells(row)
        labels = tuple((lang, row[f"label_{lang}"]) for lang in self.langs if row[f"label_{lang}"])
        if word == "rename" and not labels:
            self._fault(line, "rename without a label", f"fill in {' or '.join(f'label_{x}' for x in self.langs)}")
        if len(self._faults) > before:
            return None
        lang = row["lang"].casefold().removesuffix(EVERY)
        return Decision(word, row["name"], lang, row["entity"], labels, row["class"], row["note"], line)

    def _shapes(self) -> dict[str, _Shape]:
        labels = tuple(f"label_{lang}" for lang in self.langs)
        return {
            "merge": _Shape(("name", "entity"), ("lang",)),
            "split": _Shape(("name", "entity"), ("lang",)),
            "rename": _Shape(("entity",), labels),
            "add": _Shape(("name", "class"), ("lang", "entity", *labels)),
        }

    def _check_cells(self, row: Row) -> None:
        if (lang := row["lang"].casefold()) not in {"", EVERY, *self.langs}:
            self._fault(row.first, f"no language {lang!r}", f"take {', '.join(self.langs)}, or leave it empty for all")
        if row["class"] and row["class"] not in self.classes:
            self._fault(row.first, f"no class {row['class']!r}", choose(row["class"], self.classes))
        for column, cell in row.cells.items():
            if any(not char.isprintable() for char in cell):
                self._fault(row.first, f"{column} has a character that cannot be seen", "type it anew")
        names = [row["name"], *(row[f"label_{lang}"] for lang in self.langs)]
        for name in filter(None, names):
            if not any(char.isalnum() for char in name):
                self._fault(row.first, f"{name!r} is no name", "a name has letters")

    def _add(self, decision: Decision) -> None:
        iri, line = iri_of(decision.entity) if decision.entity else own_iri(decision.name), decision.line
        if not (iri.startswith(ENT) and _NEW.fullmatch(iri.removeprefix(ENT)) and not iri.startswith(LOCAL)):
            self._fault(line, f"{decision.entity!r} is no address for a new entity", f"such as {short(OWN)}some-name")
        elif iri in self.who.entities:
            self._fault(line, f"{short(iri)} is there already", "merge names into it, or add another entity")
        elif iri in self.plan.line:
            first = self.plan.line[iri]
            self._fault(
                line, f"{short(iri)} is added by line {first} too", "keep one of them, or give it another entity"
            )
        else:
            labels = dict.fromkeys(self.langs, decision.name) | dict(decision.labels)
            label = labels.get("en", decision.name)
            self.plan.entities[iri] = Entity(iri, label, decision.type, labels=tuple(sorted(labels.items())))
            self.plan.line[iri] = line
            self.plan.labels |= {(iri, lang): text for lang, text in decision.labels}
            self.plan.claims.append(_Claim(decision.name, decision.lang, iri, line))
            self.plan.claims += (_Claim(text, lang, iri, line) for lang, text in decision.labels)

    def _entity(self, decision: Decision) -> str | None:
        """Find the one entity that a row means."""
        if (iri := iri_of(decision.entity)) in self.plan.line and iri in self.plan.entities:
            return iri
        try:
            return entity(decision.entity, self.who).iri
        except UnknownName as error:
            self._fault(decision.line, f"{decision.entity}: {error.what}", error.remedy)
            return None

    def _merge(self, decision: Decision) -> None:
        iri = self._entity(decision)
        if iri is None:
            return
        if not decision.name.startswith((PREFIX, ENT)):
            self.plan.claims.append(_Claim(decision.name, decision.lang, iri, decision.line))
            return
        other = iri_of(decision.name)
        if other.startswith(LOCAL):
            self._fault(decision.line, f"{short(other)} goes by its words", "write these words as the name")
        elif other not in self.who.entities and other not in self.plan.entities:
            self._fault(decision.line, f"{short(other)}: no such entity", did_you_mean(short(other), self.who))
        elif other == iri:
            self._fault(decision.line, f"{short(iri)} merged into itself", "delete the row")
        elif self.plan.merged.get(other, iri) != iri:
            into = short(self.plan.merged[other])
            self._fault(decision.line, f"{short(other)} is merged into {into} already", "keep one of the rows")
        else:
            self.plan.merged[other] = iri
            self.plan.line.setdefault(other, decision.line)

    def _rename(self, decision: Decision) -> None:
        iri = self._entity(decision)
        if iri is None:
            return
        if iri in self.plan.merged:
            self._fault(decision.line, f"{short(iri)} is merged into another", "rename the other")
            return
        before = self.plan.entities.get(iri) or self.who.entities[iri]
        for lang, text in decision.labels:
            done = self.plan.labels.setdefault((iri, lang), text)
            if done != text:
                self._fault(decision.line, f"{short(iri)} has two labels in {lang}", f"keep one: {done} or {text}")
        labels = dict(before.labels) | dict(decision.labels)
        label = labels.get("en", before.label)
        self.plan.entities[iri] = replace(before, label=label, labels=tuple(sorted(labels.items())))
        self.plan.claims += (
            _Claim(text, lang, iri, decision.line)
            for lang, text in decision.labels
            if iri not in named(text, self.who, lang)
        )

    def _split(self, decision: Decision) -> None:
        iri = self._entity(decision)
        if iri is None:
            return
        key = pieces(decision.name)
        for claim in self.plan.claims:
            same = claim.iri == iri and pieces(claim.text) == key
            if same and (claim.lang == decision.lang or not claim.lang or not decision.lang):
                what = f"{decision.name} is {short(iri)} by line {claim.line}"
                self._fault(decision.line, what, "delete one of the two rows")
                return
        self.plan.remove.append(_Claim(decision.name, decision.lang, iri, decision.line))

    def _check_circles(self) -> None:
        merged = self.plan.merged
        seen: set[str] = set()
        for start in sorted(merged, key=self.plan.line.__getitem__):
            path = [start]
            while (following := merged.get(path[-1])) and following not in path and following not in seen:
                path.append(following)
            circle = path[path.index(following) :] if following in path else []
            if circle:
                way = " → ".join(map(short, [*circle, circle[0]]))
                lines = sorted(self.plan.line[iri] for iri in circle)
                told = ", ".join(map(str, lines))
                self._fault(lines[-1], f"a cycle of merges, {way}", f"delete one of the rows in lines {told}")
                for iri in circle:
                    del merged[iri]
            seen |= set(path)

    def _words(self, after: Actors) -> dict[str, str]:
        """Give the local entities that a text's own words may have made of a name, of whatever class."""
        everything = ontology.load().classes
        found: dict[str, str] = {}
        for claim in self.plan.claims:
            if not claim.lang:
                iri = after.merged.get(claim.iri, claim.iri)
                found |= {self.who.local(claim.text, class_).iri: iri for class_ in everything}
        return found

    def _is_there(self, claim: _Claim, who: Actors) -> bool:
        """Does a name that is to be split off name the entity at all?"""
        iri = who.merged.get(claim.iri, claim.iri)
        now = named(claim.text, who, claim.lang)
        if iri in now:
            return True
        others = f"it names {listed(now, who)}" if now else "nobody is called so in the tables"
        self._fault(claim.line, f"{claim.text} does not name {short(claim.iri)}", f"{others}; delete the row")
        return False

    def _set_apart(self, removed: Iterable[_Claim], after: Actors) -> Actors:
        """Let a name that was split off be an entity of its own words where it would still be read as somebody."""
        apart: dict[str, Entity] = {}
        add: list[tuple[str, str, Name]] = []
        for claim in removed:
            for lang in self._each(claim.lang):
                if self._is_read_again(claim, lang, after):
                    local = after.local(claim.text)
                    apart[local.iri] = local
                    add += ((lang, text, Name(local.iri, "name")) for text in (claim.text, spaced(claim.text)))
        return replace(after, entities={**after.entities, **apart}).amended(add=add) if add else after

    @staticmethod
    def _is_read_again(claim: _Claim, lang: str, after: Actors) -> bool:
        """Is the same one still meant, by another spelling or by ear, or another in part: *France* in *Air France*?"""
        iri = after.merged.get(claim.iri, claim.iri)
        if now := named(claim.text, after, lang):
            return iri in now
        heard = after.known_by(claim.text, lang)
        run = pieces(spaced(claim.text))
        inner = {name.form for match in after.find(run, run, lang) for name in match.names}
        return bool(heard and heard[0].iri == iri) or bool(inner & set(NAMING))

    def _check_claims(self, after: Actors) -> None:
        """Every name that a row gives to an entity must name it, and nobody else."""
        by_name: dict[tuple[tuple[str, ...], str], list[_Claim]] = defaultdict(list)
        for claim in self.plan.claims:
            for lang in self._each(claim.lang):
                by_name[pieces(claim.text), lang].append(claim)
        told: set[int] = set()
        for (_, lang), claims in by_name.items():
            last = max(claims, key=lambda claim: claim.line)
            mine = after.merged.get(last.iri, last.iri)
            others = [iri for iri in named(last.text, after, lang) if iri != mine]
            if not others or last.line in told:
                continue
            told.add(last.line)
            rivals = [c for c in claims if after.merged.get(c.iri, c.iri) != mine]
            self._contested(last, others, rivals, after)

    def _contested(self, claim: _Claim, others: Sequence[str], rivals: Sequence[_Claim], after: Actors) -> None:
        if rivals:
            rival = rivals[0]
            what = f"{claim.text} is claimed by {short(claim.iri)} and, in line {rival.line}, by {short(rival.iri)}"
            self._fault(claim.line, what, "keep one of the two rows")
        elif others[0].startswith(KIND):
            self._fault(claim.line, f"{claim.text} is a kind of goods", "choose a longer name")
        else:
            remedy = f"split it from {short(others[0])} by another row: split,{claim.text},,{short(others[0])}"
            self._fault(claim.line, f"{claim.text} names {listed(others, after)} already", remedy)
