"""All that is known of one actor, as text: class, labels, names, seat, whole and parts, members, offices, decisions."""

from __future__ import annotations

import csv
import io
import textwrap
from typing import TYPE_CHECKING

from kg import ontology
from kg.actors import FORMS
from kg.actors.memberships import memberships
from kg.explain import messages
from kg.lookup import listed, short
from kg.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.actors import Actors, Form
    from kg.decisions import Decided
    from kg.explain import Messages
    from kg.unresolved import Candidate, Unresolved

_WIDTH = 100
_PARTS = 12  # of a state's many bodies
_PROPERTIES = (("seatOf", "seat_of"), ("partOf", "part_of"), ("inState", "in_state"))
_INVERSE = (("seatOf", "seat"), ("partOf", "parts"))


def profile(decided: Decided, iri: str, lang: str) -> str:
    """Tell all that is known of an entity, in the words of a language.

    >>> from kg.decisions import load
    >>> print(profile(load(None), "https://w3id.org/geopolitics-kg/entity/fsb", "en").splitlines()[0])
    FSB (ent:fsb)
    """
    who, words = decided.actors, messages(lang)
    entity = who.entities[iri]
    lines = [f"{one_line(entity.label_in(lang))} ({short(iri)})"]
    for title, text in [
        (words["actors"]["class"], ontology.load().classes[entity.type].label_in(lang)),
        (words["actors"]["kind"], entity.kind),
        ("Wikidata", entity.qid),
        *((f"{words['actors']['label']} ({each})", text) for each, text in entity.labels),
        *_names(who, iri, words),
        *_relations(who, iri, words, lang),
    ]:
        if text:
            lines.append(_row(title, text))
    lines += _memberships(who, iri, words, lang)
    lines += _block(words["actors"]["offices"], _offices(who, iri, words, lang))
    lines += _block(words["actors"]["decisions"], _decisions(decided, iri, words))
    return "\n".join(lines)


def unknown(found: Unresolved, candidates: Iterable[Candidate], lang: str) -> str:
    """Tell what a store has on a name that stands for nobody known."""
    words = messages(lang)
    class_ = ontology.load().classes[found.type].label_in(lang)
    lines = [f"{found.count:5}  {one_line(found.name)} ({class_})"]
    if names := ", ".join(f"{c.entity.label_in(lang)} ({short(c.entity.iri)})" for c in candidates):
        lines.append(_wrapped(words["actors"]["perhaps"].format(names=names), 7))
    lines += (
        _wrapped(f"{words['explain']['quote'].format(text=one_line(each.text))} · {one_line(each.article)}", 7)
        for each in found.sentences
    )
    return "\n".join(lines)


def _names(who: Actors, iri: str, words: Messages) -> Iterator[tuple[str, str]]:
    """Give the names by language and form; a label is told already."""
    labels = {text for _, text in who.entities[iri].labels}
    found: dict[tuple[str, Form], dict[str, None]] = {}
    for lang, text, name in who.names(iri):
        if text not in labels or name.form != "name":
            found.setdefault((lang, name.form), {})[one_line(text)] = None
    for (lang, form), texts in sorted(found.items(), key=lambda each: (each[0][0], FORMS.index(each[0][1]))):
        yield f"{words['form'].get(form, form)} ({lang})", ", ".join(sorted(texts))


def _relations(who: Actors, iri: str, words: Messages, lang: str) -> Iterator[tuple[str, str]]:
    for fact, title in _PROPERTIES:
        yield words["actors"][title], ", ".join(_label(who, other, lang) for other in who.fact(iri, fact))
    for fact, title in _INVERSE:
        others = sorted(other for other in who.entities if iri in who.fact(other, fact))
        more = [f"… ({len(others)})"] if len(others) > _PARTS else []
        yield words["actors"][title], ", ".join([*(_label(who, each, lang) for each in others[:_PARTS]), *more])


def _memberships(who: Actors, iri: str, words: Messages, lang: str) -> Iterator[str]:
    """Give the members of an organisation, and what a state or body is a member of, by their dates."""
    said = words["actors"]
    rows = memberships(iri)
    for title, others in (
        (said["members"], [(row, row.member) for row in rows if row.organisation == iri]),
        (said["member_of"], [(row, row.organisation) for row in rows if row.member == iri]),
    ):
        terms: dict[str, list[str]] = {}
        for row, other in others:
            since = f"{row.since} – {row.until}" if row.until else said["since"].format(since=row.since)
            standing = f" ({words['standing'][row.standing]})" if row.standing else ""
            terms.setdefault(f"{since}{standing}", []).append(one_line(who.entity(other).label_in(lang)))
        yield from _block(title, (said["term"].format(term=term, who=", ".join(of)) for term, of in terms.items()))


def _offices(who: Actors, iri: str, words: Messages, lang: str) -> Iterator[str]:
    """Give a person's offices, or who has held those of a state or body."""
    for term in who.offices.get(iri, ()):
        other = term.body if term.holder == iri else term.holder
        yield words["actors"]["office"].format(
            office=words["office"].get(term.office, term.office),
            who=_label(who, other, lang),
            since=term.since or "?",
            until=term.until or "",
        )


def _decisions(decided: Decided, iri: str, words: Messages) -> Iterator[str]:
    names = [text for _, text, _ in decided.actors.names(iri)]
    for decision in decided.touching(iri, names):
        row = io.StringIO()
        csv.writer(row, lineterminator="").writerow([cell for cell in decision.cells().values() if cell])
        yield words["actors"]["decision"].format(line=decision.line, path=decided.path, row=one_line(row.getvalue()))


def _label(who: Actors, iri: str, lang: str) -> str:
    entity = who.entities.get(iri)
    return f"{one_line(entity.label_in(lang))} ({short(iri)})" if entity else listed([iri], who)


def _row(title: str, text: str) -> str:
    return _filled(f"{title}: {text}", "  ", "    ")


def _block(title: str, rows: Iterable[str]) -> list[str]:
    lines = [_wrapped(row, 4) for row in rows]
    return [f"  {title}:", *lines] if lines else []


def _wrapped(text: str, indent: int) -> str:
    return _filled(text, " " * indent, " " * indent)


def _filled(text: str, first: str, other: str) -> str:
    """Break lines between words, never in an address."""
    options = {"break_long_words": False, "break_on_hyphens": False}
    return textwrap.fill(text, _WIDTH, initial_indent=first, subsequent_indent=other, **options)  # type: ignore[arg-type] # flags
