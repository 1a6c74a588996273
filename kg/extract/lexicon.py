"""The lexicon of a language: frames, operators and offices, read from its TOML files.

A *frame* says what a word states: its relation and where subject, object and theme stand around it
(after FrameNet's idea that a word evokes a frame with roles; here the roles are those of a claim).
An *operator* says what a word makes of the clause or noun it governs: who speaks, how real, whose act.
An *office* says that its holder leads or represents a body.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, get_args

from kg.errors import DataError
from kg.extract.grammar import grammar, pieces, read_toml
from kg.model import Modality, Phase, Polarity, Stance
from kg.ontology import Ontology
from kg.ontology import load as load_ontology

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

WORD_KINDS = ("verb", "noun", "adjective")
FRAME_FILES = ("verbs.toml", "nouns.toml")
OPERATOR_FILES = ("stances.toml", "speech.toml", "operators.toml")
REPORT_KEYS = {"verb", "content"}
FRAME_KEYS = {
    *WORD_KINDS, "relation", "subject", "object", "theme", "where", "polarity", "modality", "phase", "also", "examples",
}  # fmt: skip
OPERATOR_KEYS = {
    *WORD_KINDS, "preposition", "stance", "modality", "polarity", "phase", "control", "speaker", "content", "support",
    "bearer", "copula", "factive", "passive", "where", "examples",
}  # fmt: skip
NONE_OF = "no "  # before a role in "where": there the words must not stand
SILENT = "-"  # in reports.toml: verbs that report no words
PLAIN = (
    "stance",
    "modality",
    "polarity",
    "phase",
    "control",
    "speaker",
    "support",
    "bearer",
    "copula",
    "factive",
    "passive",
)
OFFICE_KEYS = {"titles", "relation", "office", "examples"}
CHOICES = {"stance": Stance, "modality": Modality, "polarity": Polarity, "phase": Phase}


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a part of a claim is looked for: roles in order of preference, and what may fill it.

    Written ``"à | vers: weapon"``; a ``?`` behind the roles makes it optional.
    """

    roles: tuple[str, ...]
    fillers: tuple[str, ...] = ()
    optional: bool = False

    @classmethod
    def read(cls, text: str) -> Slot:
        """Read the notation of the lexicon.

        >>> Slot.read("object? : weapon | aid")
        Slot(roles=('object',), fillers=('weapon', 'aid'), optional=True)
        """
        roles, _, fillers = text.partition(":")
        return cls(_split(roles.replace("?", "")), _split(fillers), "?" in roles)


@dataclass(frozen=True, slots=True)
class Frame:
    """What a word states."""

    id: str
    kind: str
    relation: str
    subject: Slot
    object: Slot
    theme: Slot | None = None
    where: tuple[tuple[str, frozenset[str]], ...] = ()
    polarity: Polarity = "positive"
    modality: Modality | None = None
    phase: Phase | None = None
    also: bool = False

    @property
    def weight(self) -> int:
        """How particular the frame is: the heaviest that fits is taken."""
        needs = sum(bool(s and s.fillers and not s.optional) for s in (self.subject, self.object, self.theme))
        return 2 * sum(not role.startswith(NONE_OF) for role, _ in self.where) + needs


@dataclass(frozen=True, slots=True)
class Operator:
    """What a word makes of what it governs."""

    id: str
    kind: str
    stance: Stance | None = None
    modality: Modality | None = None
    polarity: Polarity | None = None
    phase: Phase | None = None
    control: str | None = None
    speaker: str = "subject"
    content: tuple[str, ...] = ()
    support: bool = False
    bearer: bool = False
    copula: bool = False
    factive: bool = False
    passive: bool = False
    where: tuple[tuple[str, frozenset[str]], ...] = ()


@dataclass(frozen=True, slots=True)
class Office:
    """A title that makes its holder lead or represent a body."""

    id: str
    relation: str
    office: str | None = None


@dataclass(frozen=True)
class Lexicon:
    """All entries of a language, by kind of word and lemma.

    ``reports`` are verbs that tell of somebody's words without a clause, with the places of what is said.
    """

    lang: str
    frames: Mapping[tuple[str, str], tuple[Frame, ...]]
    operators: Mapping[tuple[str, str], tuple[Operator, ...]]
    sources: Mapping[str, Operator]
    offices: Mapping[tuple[str, ...], Office]
    reports: Mapping[str, frozenset[str]]
    examples: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]

    @cached_property
    def lemmas(self) -> frozenset[str]:
        """The lemmas of all words with frames."""
        return frozenset(lemma for _, lemma in self.frames)

    @cached_property
    def openings(self) -> frozenset[tuple[str, ...]]:
        """All that titles of offices begin with, to their ends."""
        return frozenset(title[:n] for title in self.offices for n in range(1, len(title) + 1))


@cache
def lexicon(lang: str) -> Lexicon:
    """Read the lexicon of a language.

    Raises:
        DataError: entries are wrong; all problems are listed, each with file and entry.
    """
    reader = _Reader(lang, load_ontology())
    result = reader.read()
    if reader.problems:
        raise DataError(f"kg/lang/{lang}", "; ".join(reader.problems), "mend these entries")
    return result


@dataclass(frozen=True, slots=True)
class Forms:
    """What helps to mend a parse: verb forms that look like nouns or adjectives, verbs and nouns of saying.

    ``aloud`` are the verbs of saying that report words, not what somebody knows or lets be.
    """

    verbs: Mapping[str, str]
    participles: Mapping[str, str]
    gerunds: Mapping[str, str]
    speech: frozenset[str]
    speech_nouns: frozenset[str]
    aloud: frozenset[str]


@cache
def forms(lang: str) -> Forms:
    """Give the forms of the lexicon's verbs: those that the grammar lists, and the regular ones.

    >>> forms("fr").verbs["sanctionne"], forms("en").participles["backed"], "affirmer" in forms("fr").speech
    ('sanctionner', 'back', True)
    """
    verbs = {**_regular_forms(lang, "third_person"), **grammar(lang)["homographs"]}
    participles, gerunds = _regular_forms(lang, "participles"), _regular_forms(lang, "gerunds")
    speech = _speech(lang, "verb")
    silent = {lemma for lemma, places in lexicon(lang).reports.items() if SILENT in places}
    return Forms(verbs, participles, gerunds, speech, _speech(lang, "noun"), speech - silent)


def _speech(lang: str, wanted: str) -> frozenset[str]:
    """Lemmas of one kind of word that speak."""
    operators = lexicon(lang).operators.items()
    return frozenset(
        lemma.removeprefix("se ")
        for (kind, lemma), found in operators
        if kind == wanted and any(o.stance for o in found)
    )


def _regular_forms(lang: str, table: str) -> dict[str, str]:
    """The forms that a table of the grammar makes of verbs: for each ending of the lemma the endings of the forms."""
    entries = lexicon(lang)
    lemmas = {lemma for kind, lemma in {*entries.frames, *entries.operators} if kind == "verb"}
    verbs = sorted(lemma for lemma in lemmas if " " not in lemma)
    found: dict[str, str] = {}
    for infinitive, endings in grammar(lang)["mood"][table].items():
        for verb in verbs:
            if verb.endswith(infinitive):
                for ending in endings:
                    found.setdefault(verb.removesuffix(infinitive) + ending, verb)
    return found


class _Reader:
    """Reads the files and collects problems instead of stopping at the first."""

    def __init__(self, lang: str, ontology: Ontology) -> None:
        self.lang = lang
        self.ontology = ontology
        self.problems: list[str] = []
        self.examples: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {}

    def read(self) -> Lexicon:
        operators, sources = self._operators()
        frames = self._frames()
        return Lexicon(self.lang, frames, operators, sources, self._offices(), self._reports(), self.examples)

    def _frames(self) -> dict[tuple[str, str], tuple[Frame, ...]]:
        found: dict[tuple[str, str], list[Frame]] = defaultdict(list)
        for file in FRAME_FILES:
            for where, entry in self._entries(file, FRAME_KEYS, WORD_KINDS):
                for kind, lemmas in _lemmas(entry):
                    frame = self._frame(where, kind, entry)
                    for lemma in lemmas if frame else ():
                        found[kind, lemma].append(frame)  # type: ignore[arg-type] # None is excluded above
        return {k: tuple(sorted(v, key=lambda f: -f.weight)) for k, v in found.items()}

    def _operators(self) -> tuple[dict[tuple[str, str], tuple[Operator, ...]], dict[str, Operator]]:
        """Operators by kind and lemma, and those that are prepositions (*according to*) by themselves."""
        found: dict[tuple[str, str], list[Operator]] = defaultdict(list)
        sources: dict[str, Operator] = {}
        for file in OPERATOR_FILES:
            for where, entry in self._entries(file, OPERATOR_KEYS, (*WORD_KINDS, "preposition")):
                for kind, lemmas in _lemmas(entry):
                    for lemma in lemmas:
                        found[kind, lemma].append(self._operator(where, kind, entry))
                for preposition in entry.get("preposition", ()):
                    sources[preposition] = self._operator(where, "preposition", entry)
        return {k: tuple(sorted(v, key=lambda o: -len(o.where))) for k, v in found.items()}, sources

    def _offices(self) -> dict[tuple[str, ...], Office]:
        found: dict[tuple[str, ...], Office] = {}
        for where, entry in self._entries("offices.toml", OFFICE_KEYS, ("titles",)):
            office = Office(where, str(entry.get("relation")), entry.get("office"))
            for title in entry["titles"]:
                found[tuple(p.casefold() for p in pieces(title))] = office
        return found

    def _reports(self) -> dict[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}
        for _, entry in self._entries("reports.toml", REPORT_KEYS, ("verb",)):
            for verb in entry["verb"]:
                found[verb] = found.get(verb, frozenset()) | frozenset(entry.get("content", ()))
        return found

    def _entries(self, file: str, keys: set[str], needed: tuple[str, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
        """The entries of a file that are fit to be read on."""
        for name, entry in read_toml(self.lang, file).items():
            where = f"{self.lang}/{name}"
            wrong = self._faults(entry, keys, needed)
            self.problems += [f"{file} [{name}]: {fault}" for fault in wrong]
            if not wrong:
                examples = entry.get("examples", {})
                self.examples[where] = self.examples.get(where, ()) + tuple(
                    (s, (c,) if isinstance(c, str) else tuple(c)) for s, c in examples.items()
                )
                yield where, entry

    def _faults(self, entry: dict[str, Any], keys: set[str], needed: tuple[str, ...]) -> list[str]:
        faults = [f"unknown key {k!r}" for k in sorted(entry.keys() - keys)]
        if not any(entry.get(k) for k in needed):
            faults.append(f"needs one of {', '.join(needed)}")
        if not entry.get("examples") and "relation" in keys:
            faults.append("has no example: add [NAME.examples] with a sentence and its claims")
        if "relation" in keys and entry.get("relation") not in self.ontology.relations:
            faults.append(f"no relation {entry.get('relation')!r} in ontologies/geopolitics.ttl")
        for key, choices in CHOICES.items():
            if key in entry and entry[key] not in get_args(choices):
                faults.append(f"{key} = {entry[key]!r} is none of {', '.join(get_args(choices))}")
        return faults

    def _frame(self, where: str, kind: str, entry: dict[str, Any]) -> Frame | None:
        subject = entry.get("subject", "subject" if kind == "verb" else None)
        slots = [Slot.read(s) if s else None for s in (subject, entry.get("object"), entry.get("theme"))]
        self._check_fillers(where, [s for s in slots if s])
        if slots[0] is None:
            self.problems.append(f"[{where}]: needs a subject")
            return None
        object_ = slots[1] or Slot((), optional=True)
        return Frame(
            where, kind, entry["relation"], slots[0], object_, slots[2], _where(entry),
            entry.get("polarity", "positive"), entry.get("modality"), entry.get("phase"), entry.get("also", False),
        )  # fmt: skip

    def _check_fillers(self, where: str, slots: list[Slot]) -> None:
        known = self.ontology.classes.keys() | self.ontology.kinds.keys()
        for slot in slots:
            unknown = [f for f in slot.fillers if f not in known]
            self.problems += [f"[{where}]: {f!r} is no class and no kind of goods" for f in unknown]

    def _operator(self, where: str, kind: str, entry: dict[str, Any]) -> Operator:
        plain = {key: entry[key] for key in PLAIN if key in entry}
        return Operator(where, kind, content=tuple(entry.get("content", ())), where=_where(entry), **plain)


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip())


def _lemmas(entry: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    for kind in WORD_KINDS:
        if entry.get(kind):
            yield kind, entry[kind]


def _where(entry: dict[str, Any]) -> tuple[tuple[str, frozenset[str]], ...]:
    needs = entry.get("where", {})
    return tuple((role, frozenset([v] if isinstance(v, str) else v)) for role, v in needs.items())
