"""Statements to draw: some thirty, in both languages, contested, corroborated, denied, to come, hostile.

A sentence marks its parts: ``{s:Iran}`` the subject, ``o`` the object, ``c`` the cue, ``t`` the theme,
``w`` who speaks, ``d`` the words that say so.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from dataclasses import replace

from kg import ontology
from kg.model import (
    ENT,
    Article,
    Attribution,
    Case,
    Claim,
    Entity,
    Evidence,
    Mention,
    Passage,
    Position,
    Source,
    Span,
    Statement,
    Status,
)

_PART = re.compile(r"\{(\w):([^}]*)\}")


def entity(slug: str, english: str, french: str, type_: str = "State", qid: str | None = None) -> Entity:
    return Entity(ENT + slug, english, type_, qid, (("en", english), ("fr", french)))


IRAN = entity("iran", "Iran", "Iran", qid="Q794")
RUSSIA = entity("russia", "Russia", "Russie", qid="Q159")
USA = entity("united-states", "United States", "États-Unis", qid="Q30")
UK = entity("united-kingdom", "United Kingdom", "Royaume-Uni", qid="Q145")
UKRAINE = entity("ukraine", "Ukraine", "Ukraine", qid="Q212")
FRANCE = entity("france", "France", "France", qid="Q142")
CHINA = entity("china", "China", "Chine", qid="Q148")
KOREA = entity("north-korea", "North Korea", "Corée du Nord", qid="Q423")
BELARUS = entity("belarus", "Belarus", "Biélorussie", qid="Q184")
NATO = entity("nato", "NATO", "OTAN", "IntergovernmentalOrganisation", "Q7184")
EU = entity("european-union", "European Union", "Union européenne", "IntergovernmentalOrganisation", "Q458")
HOUTHIS = entity("houthis", "Houthis", "Houthis", "ArmedGroup")
IRAN_AIR = entity("iran-air", "Iran Air", "Iran Air", "Company")
DRONES = entity("drones", "drones", "drones", "Weapon")
BLINKEN = entity("antony-blinken", "Antony Blinken", "Antony Blinken", "Person")
PESKOV = entity("dmitry-peskov", "Dmitry Peskov", "Dmitri Peskov", "Person")
ZELENSKY = entity("volodymyr-zelensky", "Volodymyr Zelensky", "Volodymyr Zelensky", "Person")
BURNS = entity("william-burns", "William Burns", "William Burns", "Person")
CIA = entity("cia", "CIA", "CIA", "Institution")
KYIV = entity("kyiv", "Kyiv", "Kyiv", "City")
NIGER = entity("niger", "Niger", "Niger")
MALI = entity("mali", "Mali", "Mali")

FR = Article("fr-missiles", "", "fr", "Missiles : Washington accuse Téhéran", dt.date(2024, 9, 11), None, "La Gazette")
EN = Article(
    "en-missiles",
    "",
    "en",
    "Tehran rejects missile claims",
    dt.date(2024, 9, 12),
    "https://example.org/1",
    "The Courier",
)


def claim(text: str, subject: Entity, relation: str, object_: Entity, **more: object) -> Claim:
    """Make a claim of a marked sentence; ``said`` are triples of speaker, stance and mouthpiece."""
    parts: dict[str, Span] = {}
    plain, start = "", 100
    for piece in re.split(r"(\{\w:[^}]*\})", text):
        marked = _PART.fullmatch(piece)
        words = marked[2] if marked else piece
        if marked:
            parts[marked[1]] = Span(words, start + len(plain), start + len(plain) + len(words))
        plain += words
    article = more.pop("article", FR)
    said = more.pop("said", ())
    theme = more.pop("theme", None)
    assert isinstance(article, Article)
    assert isinstance(said, tuple)
    return Claim(
        article=article.id,
        lang=article.lang,
        passage=Passage(article.id, "text", plain, start, start + len(plain)),
        subject=_mention(subject, parts.get("s")),
        relation=relation,
        object=_mention(object_, parts.get("o")),
        cue=parts.get("c", Span("", start, start)),
        rule="test/rule",
        theme=_mention(theme, parts["t"]) if isinstance(theme, Entity) else None,
        attribution=tuple(_attribution(one, parts, level) for level, one in enumerate(said)),
        **more,  # type: ignore[arg-type] - polarity and modality, as the tests give them
    )


def _mention(who: Entity, span: Span | None) -> Mention:
    return Mention(who, span.text, span.start, span.end) if span else Mention(who, who.label, 0, 1)


def _attribution(one: tuple[Entity, str, Entity | None], parts: dict[str, Span], level: int) -> Attribution:
    speaker, stance, via = one
    return Attribution(
        _mention(speaker, parts.get("w")),
        stance,  # type: ignore[arg-type] - a stance, as the tests give it
        level,
        parts.get("d"),
        _mention(via, None) if via else None,
    )


def case(
    status: Status, evidence: tuple[tuple[Claim, Position], ...], sources: tuple[Source, ...], **more: str
) -> Case:
    articles = {FR.id: FR, EN.id: EN}
    given = tuple(Evidence(c, articles[c.article], position) for c, position in evidence)
    dates = [e.article.date for e in given if e.article.date] or [None]
    return Case(
        f"case:{status}", status, sources=sources, evidence=given, first_seen=dates[0], last_seen=dates[-1], **more
    )


def statement(subject: Entity, relation: str, object_: Entity, *cases: Case) -> Statement:
    return Statement(f"statement:{subject.iri}/{relation}/{object_.iri}", subject, relation, object_, cases)


def brief(status: Status, subject: Entity, relation: str, object_: Entity) -> Statement:
    """Make a statement of one case with one claim, in plain words."""
    text = f"{{s:{subject.label}}} {{c:{relation}}} {{o:{object_.label}}}, officials said."
    position: Position = {"Denied": "against", "Alleged": "alleged", "Prospective": "open"}.get(status, "for")  # type: ignore[assignment] - of Position
    one = claim(
        text, subject, relation, object_, article=EN, modality="planned" if status == "Prospective" else "actual"
    )
    voices = [Source("article:en", "The Courier", "own voice", position)]
    if status == "Corroborated":
        voices.append(Source(FRANCE.iri, "France", "third party", position))
    return statement(subject, relation, object_, case(status, ((one, position),), tuple(voices)))


def contested() -> Statement:
    accused = claim(
        "{w:Les États-Unis} ont {d:accusé} {s:l’Iran} d’avoir {c:livré} {t:des missiles balistiques} à {o:la Russie}.",
        IRAN, "suppliesArmsTo", RUSSIA, said=((USA, "asserts", BLINKEN),), theme=DRONES,
    )  # fmt: skip
    british = claim(
        "{s:Iran} has {c:sent} {t:the missiles} to {o:Moscow}, {d:according to} {w:London}.",
        IRAN, "suppliesArmsTo", RUSSIA, article=EN, said=((UK, "asserts", None),), theme=DRONES,
    )  # fmt: skip
    denied = claim(
        "{w:Téhéran} a {d:nié} toute implication dans {c:la fourniture} d’armes à {o:Moscou}.",
        IRAN, "suppliesArmsTo", RUSSIA, said=((IRAN, "denies", None),),
    )  # fmt: skip
    received = claim(
        "{w:Le Kremlin}, par la voix de son porte-parole, a {d:démenti} avoir {c:reçu} des missiles {s:iraniens}.",
        IRAN, "suppliesArmsTo", RUSSIA, said=((RUSSIA, "denies", PESKOV),),
    )  # fmt: skip
    missiles = case(
        "Contested",
        ((accused, "for"), (british, "for"), (denied, "against"), (received, "against")),
        (
            Source(USA.iri, "United States", "third party", "for", ("Antony Blinken", "United States")),
            Source(UK.iri, "United Kingdom", "third party", "for"),
            Source(IRAN.iri, "Iran", "subject", "against"),
            Source(RUSSIA.iri, "Russia", "object", "against", ("Dmitry Peskov",)),
        ),
        kind="missile",
    )
    admitted = claim(
        "{s:Iran} {c:supplied} {t:drones} to {o:Russia} before the war, {w:its foreign minister} {d:said}.",
        IRAN, "suppliesArmsTo", RUSSIA, article=EN, said=((IRAN, "asserts", None),), theme=DRONES,
    )  # fmt: skip
    drones = case("Reported", ((admitted, "for"),), (Source(IRAN.iri, "Iran", "subject", "for"),), kind="drone")
    return statement(IRAN, "suppliesArmsTo", RUSSIA, missiles, drones)


_BRIEF: tuple[tuple[Status, Entity, str, Entity], ...] = (
    ("Reported", USA, "accuses", IRAN),
    ("Corroborated", USA, "sanctions", IRAN),
    ("Reported", UK, "accuses", IRAN),
    ("Prospective", USA, "sanctions", IRAN_AIR),
    ("Reported", IRAN, "cooperatesMilitarilyWith", RUSSIA),
    ("Corroborated", IRAN, "alliedWith", RUSSIA),
    ("Corroborated", RUSSIA, "invades", UKRAINE),
    ("Corroborated", RUSSIA, "attacks", KYIV),
    ("Reported", UKRAINE, "callsOn", USA),
    ("Reported", USA, "supports", UKRAINE),
    ("Corroborated", USA, "suppliesArmsTo", UKRAINE),
    ("Corroborated", FRANCE, "suppliesArmsTo", UKRAINE),
    ("Reported", FRANCE, "condemns", RUSSIA),
    ("Reported", EU, "sanctions", RUSSIA),
    ("Denied", CHINA, "suppliesArmsTo", RUSSIA),
    ("Alleged", CHINA, "cooperatesEconomicallyWith", RUSSIA),
    ("Alleged", KOREA, "suppliesArmsTo", RUSSIA),
    ("Reported", KOREA, "meetsWith", RUSSIA),
    ("Prospective", BLINKEN, "visits", KYIV),
    ("Prospective", BLINKEN, "meetsWith", ZELENSKY),
    ("Alleged", IRAN, "suppliesArmsTo", HOUTHIS),
    ("Reported", USA, "attacks", HOUTHIS),
    ("Reported", UK, "attacks", HOUTHIS),
    ("Reported", IRAN, "produces", DRONES),
    ("Negated", NATO, "deploysForcesTo", UKRAINE),
    ("Reported", NATO, "supports", UKRAINE),
    ("Reported", BELARUS, "alliedWith", RUSSIA),
    ("Reported", NIGER, "alliedWith", MALI),
    ("Reported", BLINKEN, "represents", USA),
    ("Reported", PESKOV, "represents", RUSSIA),
    ("Reported", ZELENSKY, "leads", UKRAINE),
    ("Reported", BURNS, "leads", CIA),
    ("Reported", CIA, "partOf", USA),
    ("Reported", UK, "memberOf", NATO),
    ("Reported", FRANCE, "memberOf", EU),
)


def realistic() -> list[Statement]:
    return [contested(), *(brief(*row) for row in _BRIEF)]


def dated() -> list[Statement]:
    """Give statements about five months, one each, and one without a date."""
    days = [dt.date(2024, month, 5) for month in range(1, 6)]
    others = (IRAN, RUSSIA, CHINA, UK, FRANCE, UKRAINE)
    made = []
    for day, other in zip([*days, None], others, strict=True):
        one = claim(f"{{s:The United States}} {{c:condemns}} {{o:{other.label}}}.", USA, "condemns", other)
        article = Article(f"a-{day}", "", "en", None, day, None, "The Courier")
        evidence = (Evidence(replace(one, article=article.id), article, "for"),)
        voices = (Source(f"article:{day}", "The Courier", "own voice", "for"),)
        made.append(
            statement(USA, "condemns", other, Case("case:dated", "Reported", sources=voices, evidence=evidence))
        )
    return made


def large(names: int, relations: int) -> list[Statement]:
    """Give as many statements between as many names as that, some names far oftener than others; always the same."""
    dice = random.Random(3)  # noqa: S311 - no secret
    kinds = [name for name, known in ontology.load().relations.items() if known.quad not in {"structure", "goods"}]
    who = [entity(f"e{number}", f"Actor {number}", f"Acteur {number}") for number in range(names)]
    made: dict[tuple[int, int, str], Statement] = {}
    while len(made) < relations:
        a = min(int(dice.paretovariate(0.6)), names) - 1
        b, kind = dice.randrange(names), dice.choice(kinds)
        if a != b:
            made[a, b, kind] = brief(dice.choice(("Reported", "Corroborated", "Denied")), who[a], kind, who[b])
    return list(made.values())


NASTY = (
    "<script>window.hacked = 1</script>",
    "</script><script>window.hacked = 1</script>",
    "<img src=x onerror='window.hacked = 1'>",
    "\"'><svg onload=window.hacked=1>&amp;\u2028\u2029]]>-->",
    "<!--<script>",
    "\u202eevil \u05e9\u05dc\u05d5\u05dd \u0627\u0644\u0633\u0644\u0627\u0645",
    "x" * 10_000,
    "{shown} ${title} $title __proto__ constructor",
)


def hostile() -> list[Statement]:
    """Give statements in which every text of a stranger is an attempt to become markup."""
    made = []
    for number, nasty in enumerate(NASTY):
        a = Entity(f"{ENT}local/a{number}", nasty, "Unresolved", None, (("en", nasty), ("fr", nasty)), known=False)
        b = Entity(f"{ENT}local/b{number}", nasty[::-1], "Unresolved", None, known=False)
        article = Article(EN.id, "", "en", nasty, None, f"javascript:alert({number})", nasty)
        one = claim(
            "{s:A} {c:hits} {o:B} " + nasty.replace("{", "("), a, "attacks", b, article=EN, said=((a, "denies", b),)
        )
        voices = (Source(a.iri, nasty, "subject", "against", (nasty,)),)
        given = Case("case:nasty", "Contested", nasty, nasty, voices, evidence=(Evidence(one, article, "against"),))
        made.append(statement(a, "attacks", b, given))
    return made
