"""Oddities of typography change no claim, and offsets point into the text as it was given."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from typing import TYPE_CHECKING

import pytest
from spans import check

from kg.extract import extract
from kg.extract.typography import smooth
from kg.model import Article

if TYPE_CHECKING:
    from collections.abc import Callable

PLAIN = {
    "fr": "Selon un officier, l’Iran a livré des missiles à Moscou. Le vice-président américain a condamné Téhéran.",
    "en": "Iran has supplied missiles to Russia, an official said. The vice-president condemned Tehran’s offensive.",
}
WRAPPED = {
    "fr": "La ministre française de la Défense a accusé la Russie d’avoir fourni des missiles à l’Iran. "
    "Moscou a démenti ces affirmations. L’Union européenne a imposé des sanctions à Téhéran, qui a menacé Israël.",
    "en": "The French defence minister has accused Russia of having supplied missiles to Iran in recent months. "
    "Moscow denied it. The European Union imposed sanctions on Tehran, which has threatened to attack Israel.",
}


def claims(text: str, lang: str, title: str | None = None) -> list[tuple[str, ...]]:
    """Read claims, and see that all that is told of them stands where it is said to stand."""
    found = extract(Article("a", text, lang, title))
    check(found)
    return [
        (c.subject.entity.iri, c.relation, c.object.entity.iri, c.polarity, c.modality,
         *(a.speaker.entity.iri for a in c.attribution))
        for c in found.claims
    ]  # fmt: skip


def misread(encoding: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        return "".join(bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in text.encode())

    return read


ODD = {
    "ligatures": lambda text: text.replace("ffi", "ﬃ").replace("ff", "ﬀ"),
    "soft hyphens": lambda text: re.sub(r"(?<=\w\w\w)(?=\w\w\w)", "\u00ad", text),
    "a soft hyphen at the end of a line": lambda text: text.replace("miss", "mis\u00ad\ns"),
    "a word broken at the end of a line": lambda text: text.replace("miss", "mis-\ns").replace("cond", "con-\r\n  d"),
    "a hyphen at the end of a line": lambda text: text.replace("vice-", "vice-\n"),
    "thin spaces": lambda text: text.replace(" ", "\u2009"),
    "spaces of a fixed width": lambda text: text.replace(" ", "\u2002", 4).replace(" ", "\u00a0"),
    "primes": lambda text: text.replace("’", "′"),
    "acute accents": lambda text: text.replace("’", "´"),
    "apostrophes that are letters": lambda text: text.replace("’", "ʼ"),
    "accents apart": lambda text: unicodedata.normalize("NFD", text),
    "a mark of order at the beginning": lambda text: "\ufeff" + text,
    "spaces of no width": lambda text: text.replace("an", "a\u200bn"),
    "marks of direction": lambda text: text.replace("Iran", "\u202aIran\u202c"),
    "full width": lambda text: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text),
    "bold letters of mathematics": lambda text: text.replace("Ira", "𝐈𝐫𝐚"),
    "capitals set apart": lambda text: text.replace("Tehran", "T E H R A N").replace("Téhéran", "T É H É R A N"),
    "hyphens that break no line": lambda text: text.replace("-", "\u2011"),
    "UTF-8 read as Windows-1252": misread("cp1252"),
    "UTF-8 read as Mac Roman": misread("mac_roman"),
    "UTF-8 read as DOS": misread("cp850"),
    "Windows-1252 read as Latin-1": lambda text: text.replace("’", "\x92"),
}


@pytest.mark.parametrize("lang", PLAIN)
@pytest.mark.parametrize("oddity", ODD)
def test_claims_are_those_of_the_plain_text(oddity: str, lang: str) -> None:
    plain = PLAIN[lang]
    odd = ODD[oddity](plain)
    assert odd != plain or oddity in {"accents apart", "ligatures"}
    expected = claims(plain, lang)
    assert len(expected) >= 2
    assert claims(odd, lang) == expected
    assert claims(odd + "\n\nFin.", lang, title=odd) == claims(plain + "\n\nFin.", lang, title=plain)


@pytest.mark.parametrize("width", [40, 64, 72])
@pytest.mark.parametrize("lang", WRAPPED)
def test_lines_broken_by_their_length(lang: str, width: int) -> None:
    paragraphs = (WRAPPED[lang], PLAIN[lang], WRAPPED[lang])
    broken = "\n\n".join(textwrap.fill(each, width, break_on_hyphens=True) for each in paragraphs)
    assert claims(broken, lang) == claims("\n\n".join(paragraphs), lang)


HYPHENS = [
    pytest.param("fr", "Les livrai-\nsons de mis-\nsiles", "Les livraisons de missiles", id="within words"),
    pytest.param("fr", "peut-\nêtre le porte-\nparole", "peut-être le porte-parole", id="between words"),
    pytest.param("fr", "les États-\nUnis et le F-\n35", "les États-Unis et le F-35", id="before capitals and figures"),
    pytest.param("fr", "ex-\nministre, ex-\nplosion", "ex-ministre, explosion", id="what follows tells"),
    pytest.param("fr", "du mi-\nnistre, du pro-\ngramme", "du ministre, du programme", id="syllables that are words"),
    pytest.param(
        "fr", "L’avant-poste et l’avant-\nposte", "L’avant-poste et l’avant-poste", id="the text itself tells"
    ),
    pytest.param("en", "long-\nterm aid to a vice-\npresident", "long-term aid to a vice-president", id="en: between"),
    pytest.param("en", "an ex-\nplosion in Wash-\nington", "an explosion in Washington", id="en: within"),
    pytest.param("en", "Russia -\nand Iran", None, id="en: a dash is none"),
]


@pytest.mark.parametrize(("lang", "text", "expected"), HYPHENS)
def test_hyphens_at_the_ends_of_lines(lang: str, text: str, expected: str | None) -> None:
    found = smooth(text, lang)
    assert (found and found.text) == expected


AS_THEY_STAND = [
    "Paris a condamné Téhéran.\nL’Iran a nié.\n\n« Non », a dit Moscou – jeudi.",
    "Liste :\n- missiles\n- drones\n- obus",
    "missiles\ndrones\nobus",
    "Le G 7, l’U E et l’O N U.",
    "ÂGE, Ångström, São Tomé, Łódź, naïf, œuvre, Æ, ½",
    "A title\nIran denied it.",
    "Un paragraphe qui finit par un point, et qui est assez long pour une ligne.\nUn autre, de même, est un peu long.",
]


@pytest.mark.parametrize("text", AS_THEY_STAND)
def test_what_is_as_it_should_be_stays(text: str) -> None:
    found = smooth(text, "fr")
    assert found is None or found.text == text
