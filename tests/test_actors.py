"""Who is who: offices by date, names of states against CLDR, local entities, loading."""

from __future__ import annotations

import datetime as dt
import re
import time
from importlib.resources import files

import pytest
from babel import Locale

from kg import actors, ontology
from kg.errors import UnknownName
from kg.model import ENT, Entity

TOKEN = re.compile(r"\w+[’']|\w+(?:[.-]\w+)*\.?|[^\w\s]")


def words(text: str) -> list[str]:
    """Cut a text the way the French tokeniser does; English "'s" apart."""
    return TOKEN.findall(text.replace("’s ", " ’s "))


def named(lang: str, text: str) -> frozenset[str]:
    """Give the labels of all that a text may name, a capital's state among them."""
    who = actors.load()
    tokens = words(text)
    iris = [n.iri for m in who.find(tokens, [t.lower() for t in tokens], lang) for n in m.names if n.form != "kind"]
    return frozenset(who.entity(i).label for i in [*iris, *filter(None, map(who.seat_of, iris))])


DATES = [
    ("head-of-state", "france", dt.date(2016, 5, 1), "François Hollande"),
    ("head-of-state", "france", dt.date(2024, 5, 1), "Emmanuel Macron"),
    ("head-of-state", "united-states", dt.date(2010, 1, 1), "Barack Obama"),
    ("head-of-state", "united-states", dt.date(2019, 1, 1), "Donald Trump"),
    ("head-of-state", "united-states", dt.date(2024, 9, 10), "Joe Biden"),
    ("head-of-state", "united-states", dt.date(2025, 6, 1), "Donald Trump"),
    ("foreign-minister", "united-states", dt.date(2024, 9, 10), "Antony Blinken"),
    ("foreign-minister", "russia", dt.date(2022, 3, 1), "Sergei Lavrov"),
    ("head-of-state", "russia", dt.date(2010, 3, 1), "Dmitry Medvedev"),
    ("head-of-state", "ukraine", dt.date(2024, 9, 10), "Volodymyr Zelenskyy"),
    ("head-of-government", "germany", dt.date(2015, 9, 1), "Angela Merkel"),
    ("head-of-government", "germany", dt.date(2023, 9, 1), "Olaf Scholz"),
    ("head-of-government", "united-kingdom", dt.date(2003, 3, 20), "Tony Blair"),
    ("head-of-government", "united-kingdom", dt.date(2024, 9, 1), "Keir Starmer"),
    ("head-of-government", "israel", dt.date(2023, 10, 7), "Benjamin Netanyahu"),
    ("head-of-state", "iran", dt.date(2023, 1, 1), "Ebrahim Raisi"),
    ("secretary-general", "nato", dt.date(2022, 3, 1), "Jens Stoltenberg"),
    ("secretary-general", "united-nations", dt.date(2005, 3, 1), "Kofi Annan"),
]


@pytest.mark.parametrize(("office", "body", "day", "label"), DATES)
def test_an_office_stands_for_its_holder_at_the_date(office: str, body: str, day: dt.date, label: str) -> None:
    holder = actors.load().office_holder(office, ENT + body, day)
    assert holder is not None
    assert holder.label == label


def test_an_office_without_a_date_names_nobody_if_several_held_it() -> None:
    assert actors.load().office_holder("head-of-state", ENT + "france", None) is None


def test_a_person_counts_for_whom_they_serve_at_the_date() -> None:
    who = actors.load()
    blinken = ENT + "antony-blinken"
    assert ENT + "united-states" in who.bodies_of(blinken, dt.date(2024, 9, 10))
    assert who.bodies_of(blinken, dt.date(2025, 9, 10)) == ()


def test_the_tables_are_of_some_size() -> None:
    """What is not read, names nobody and fails nothing: count it."""
    who = actors.load()
    sizes = {c: sum(e.type == c for e in who.entities.values()) for c in ("State", "Person", "City", "Institution")}
    assert sizes["State"] >= 195


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_states_are_named_as_in_cldr(lang: str) -> None:
    """Every state with an ISO code is found by the name that CLDR gives it, these styles of CLDR's aside."""
    styles = {
        "fr": {"CD", "CG", "MO", "HK", "MU", "VN", "IO", "FK", "SV", "RE"},
        "en": {"CD", "CG", "MM", "VA", "PS", "HK", "MO", "TR"},
    }
    territories = Locale(lang).territories
    checked, strange = 0, []
    for path in files("kg.ontologies").joinpath("actors").iterdir():
        for iri, predicate, value in ontology.triples(path):
            if predicate.endswith(("#isoCode", "#iso2")) and value.value not in styles[lang]:
                name = territories[value.value].replace(" & ", " and ").replace("St. ", "Saint ")
                checked += 1
                if actors.load().entity(iri).label not in named(lang, name):
                    strange.append((value.value, name))
    assert strange == []
    assert checked >= 190


def test_local_entities_come_from_their_words_alone() -> None:
    who = actors.load()
    assert who.local("le groupe X", "Organisation") == who.local("le groupe X", "Organisation")
    assert not who.local("le groupe X").known


def test_an_unknown_entity_is_refused() -> None:
    with pytest.raises(UnknownName, match="no such entity"):
        actors.load().entity(ENT + "atlantis")


def test_loading_and_looking_up_take_little_time() -> None:
    """Printed, not judged: machines differ (pytest -s shows it)."""
    start = time.perf_counter()
    actors.load.__wrapped__()
    loaded = time.perf_counter()
    tokens = (
        words("Les États-Unis et le Royaume-Uni ont accusé l’Iran de livrer des missiles balistiques à la Russie.")
        * 100
    )
    actors.load().find(tokens, tokens, "fr")
    print(f"loading {loaded - start:.3f} s, {(time.perf_counter() - loaded) / len(tokens) * 1e6:.1f} µs a word")  # noqa: T201 - a measure to read


def test_decisions_give_other_tables_and_leave_these_alone() -> None:
    who = actors.load()
    sphinx = Entity(ENT + "sphinx", "Sphinx Group", "Company", labels=(("en", "Sphinx Group"), ("fr", "groupe Sphinx")))
    local = who.local("the Sphinx", "Organisation").iri
    other = who.amended(
        add=[("en", "Sphinxes", actors.Name(sphinx.iri, "demonym"))],
        remove=[("*", "Londres", ENT + "london"), ("en", "London", ENT + "london")],
        entities={sphinx.iri: sphinx},
        merged={local: sphinx.iri, ENT + "niger": ENT + "nigeria"},
    )

    def first(tables: actors.Actors, lang: str, text: str) -> str | None:
        found = tables.find(words(text), words(text.lower()), lang)
        return tables.entity(found[0].names[0].iri).label if found else None

    assert first(other, "en", "Sphinxes") == first(other, "fr", "groupe Sphinx") == "Sphinx Group"
    assert other.local("the Sphinx", "Organisation") is sphinx
    assert first(other, "fr", "le Niger") == "Nigeria" == other.entity(ENT + "niger").label
    assert ENT + "niger" not in other.entities
    assert first(other, "en", "London") is None
    assert first(who, "en", "London") == "London"
    assert first(who, "fr", "le Niger") == "Niger"
    assert first(who, "en", "Sphinxes") is None


def test_merged_entities_bring_their_facts_and_offices() -> None:
    who = actors.load()
    one = who.amended(merged={ENT + "emmanuel-macron": ENT + "francois-hollande"})
    assert one.office_holder("head-of-state", ENT + "france", dt.date(2024, 5, 1)) == one.entity(
        ENT + "francois-hollande"
    )
    assert ENT + "emmanuel-macron" not in one.offices
    assert ENT + "emmanuel-macron" in who.offices


def test_decisions_about_the_unknown_are_refused() -> None:
    with pytest.raises(UnknownName):
        actors.load().amended(merged={ENT + "iran": ENT + "atlantis"})
    with pytest.raises(UnknownName):
        actors.load().amended(add=[("en", "Atlantis", actors.Name(ENT + "atlantis", "name"))])


def test_no_name_is_a_mere_number_or_letter() -> None:
    texts = [(t, n) for index in actors.load().indexes.values() for t, n in index if n.form != "kind"]
    assert [t for t, _ in texts if t != t.strip() or t.replace(" ", "").isdigit() or len(t) == 1] == []
    assert len(texts) > 20_000


def test_a_comma_stands_for_itself() -> None:
    assert "Alexandria, Virginia" in named("en", "Voters in Alexandria, Virginia, queued.")
    assert actors.pieces("10, Downing Street") == ("10", ",", "Downing", "Street")
