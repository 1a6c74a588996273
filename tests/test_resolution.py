"""Names in sentences → who they are: each construction in several wordings, in both languages, through the parse."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pytest

from kg.extract import assemble
from kg.model import Article, Mention


def table(text: str) -> list[tuple[str, ...]]:
    """Read a table: a row a line, columns between bars."""
    return [
        tuple(c.strip() for c in line.split(" | ")) for line in text.strip().splitlines() if not line.startswith("#")
    ]


def ids(row: tuple[str, ...]) -> str:
    return f"{row[0]}: {row[1][:60]} · {row[2]}"


@cache
def mentions(lang: str, text: str, date: dt.date | None = None) -> tuple[tuple[int, tuple[Mention, ...]], ...]:
    """Give what the text names: for each name or noun where it stands and who it is."""
    found = assemble(text, Article("t", text, lang, date=date)).frames.mentions
    words = found.tree.words
    return tuple((w.start, tuple(found.resolve(w.i))) for w in words if w.pos not in ("DET", "ADP", "PUNCT"))


def resolved(lang: str, text: str, words: str, date: dt.date | None = None) -> list[Mention]:
    """Give who the last of these words in the text (or the phrase they begin) stand for."""
    start = text.rindex(words)
    inside = [ms for at, ms in mentions(lang, text, date) if start <= at < start + len(words) and ms]
    return list(inside[-1]) if inside else []


# language | text | words | label of who they are; ~ known or not; ? an entity of the text's own, - nobody
WHO = table("""
# a name as it stands, in capitals, without accents
fr | ETATS-UNIS : le Congrès vote. | ETATS-UNIS | United States
fr | Les Etats-Unis ont sanctionné l'Ethiopie. | Ethiopie | Ethiopia
fr | L'IRAN a condamné ISRAEL. | ISRAEL | Israel
en | IRAN has condemned ISRAEL. | IRAN | Iran
en | Cote d'Ivoire condemned Mali. | Cote d'Ivoire | Ivory Coast
fr | Le Soudan du sud a condamné le Mali. | Soudan du sud | South Sudan
fr | La Corée du nord a condamné le Japon. | Corée du nord | North Korea
# the capital of a sentence's first word
fr | Le monde entier a condamné le Mali. | monde | -
en | White house prices rose. | White house | -
fr | Total des pertes : un million. | Total | -
# a name of the other language
fr | Les Popular Mobilization Forces ont combattu. | Popular Mobilization Forces | Popular Mobilization Forces
en | The Rassemblement National condemned Macron. | Rassemblement National | National Rally
fr | La Federal Reserve a condamné la hausse. | Federal Reserve | Federal Reserve
# spellings
fr | Le président Volodymyr Zelenskiy a condamné Moscou. | Zelenskiy | Volodymyr Zelenskyy
fr | Mouammar Khadafi a menacé Paris. | Khadafi | Muammar Gaddafi
fr | Serguei Lavrov a rencontré ses homologues. | Lavrov | Sergei Lavrov
fr | Evgueny Prigojin a critiqué l'armée. | Prigojin | Yevgeny Prigozhin
en | President Volodimir Zelenski condemned Moscow. | Zelenski | Volodymyr Zelenskyy
en | Moammar Kadhafi threatened Paris. | Kadhafi | Muammar Gaddafi
en | Sergueï Lavrov met his counterparts. | Lavrov | Sergei Lavrov
en | Mahmud Ahmadinejad condemned Washington. | Ahmadinejad | Mahmoud Ahmadinejad
en | Bashar Al Asad fled to Moscow. | Asad | Bashar al-Assad
# who sounds alike is somebody else
en | Robert Putnam praised the book. | Putnam | ?
fr | Ali Kamara a condamné la junte. | Kamara | ?
en | Dmitry Medvedkov condemned Kyiv. | Medvedkov | ?
# surname after the full name, and of somebody whom no table knows
fr | Karim Benmoussa a accusé Paris. Benmoussa a rejeté l'offre. | Benmoussa | ?
fr | Ursula von der Leyen a condamné Moscou. Mme von der Leyen a salué Kiev. | von der Leyen | Ursula von der Leyen
fr | Mohammed ben Salmane a reçu M. Macron. | Macron | Emmanuel Macron
fr | Le prince héritier a parlé. M. Ben Salmane a condamné Israël. | Ben Salmane | Mohammed bin Salman
fr | Mohammed Ben Salmane a parlé. Ben Salmane a condamné Israël. | Ben Salmane | Mohammed bin Salman
en | Mohammed bin Salman spoke. Bin Salman condemned Israel. | Salman | Mohammed bin Salman
en | Ursula von der Leyen condemned Moscow. Von der Leyen praised Kyiv. | Leyen | Ursula von der Leyen
en | Bashar al-Assad fled. Assad was condemned. | Assad | Bashar al-Assad
en | Kim Jong Un met Putin. Kim praised him. | Kim | Kim Jong Un
en | Gordon Trump accused Iran. Trump condemned Syria. | Trump | ?
# first names in other forms; of somebody else
en | Vlad Putin condemned Kyiv. | Putin | Vladimir Putin
en | Donald J. Trump condemned Kyiv. | Trump | Donald Trump
fr | Volodimir Zelensky a condamné Moscou. | Zelensky | Volodymyr Zelenskyy
fr | Léonie Macron a condamné Moscou. | Macron | ?
# two who end so in one text
fr | Emmanuel Macron a parlé. Brigitte Macron a applaudi. M. Macron a condamné Moscou. | Macron | Emmanuel Macron
en | Hillary Clinton spoke, and so did Gordon Trump. Clinton condemned Moscow. | Clinton | Hillary Clinton
en | Ban Ki-moon spoke. Ban condemned Moscow. | Ban | Ban Ki-moon
# a full name of a person beats the place in it
fr | Jordan Bardella a critiqué le gouvernement. | Jordan Bardella | Jordan Bardella
fr | Michael Jordan a critiqué le gouvernement. | Jordan | ~Michael Jordan
fr | Chad Smith a critiqué le gouvernement. | Chad Smith | ~Chad Smith
fr | Kenya Moore a critiqué le gouvernement. | Kenya Moore | ~Kenya Moore
fr | Giorgia Meloni a critiqué le gouvernement. | Meloni | Giorgia Meloni
en | Michael Jordan criticised the government. | Jordan | ~Michael Jordan
en | Chad Smith criticised the government. | Chad Smith | ~Chad Smith
en | Paris Hilton criticised the government. | Paris Hilton | ~Paris Hilton
en | Kenya Moore criticised the government. | Kenya Moore | ~Kenya Moore
en | Israel Katz criticised the government. | Israel Katz | Israel Katz
en | Georgia Meloni criticised the government. | Georgia Meloni | Giorgia Meloni
# and the place by itself stays one
en | Chad's president met Macron. | Chad | Chad
en | Jordan said that it condemned Israel. | Jordan | Jordan
en | Turkey condemned Israel. | Turkey | Turkey
en | The minister ate turkey in Paris. | turkey | -
en | The guests admired the china. | china | -
# two of a name: told by the text
fr | Le Congo a accusé Kigali de soutenir le M23. | Congo | Democratic Republic of the Congo
fr | Le président Denis Sassou-Nguesso a reçu M. Macron. Le Congo a salué Paris. | Congo | Republic of the Congo
fr | À Brazzaville, le Congo a condamné l'attaque. | Congo | Republic of the Congo
fr | À Kinshasa, le Congo a condamné l'attaque. | Congo | Democratic Republic of the Congo
en | Congo accused Rwanda of backing the rebels. | Congo | Democratic Republic of the Congo
en | In Brazzaville, Congo condemned the attack. | Congo | Republic of the Congo
fr | La Géorgie a condamné la Russie, a dit Tbilissi. | Géorgie | Georgia
fr | Le gouverneur a signé la loi. La Géorgie et la Floride ont voté pour Trump. | Géorgie | Georgia (US state)
fr | À Atlanta, la Géorgie a voté pour Biden. | Géorgie | Georgia (US state)
en | Georgia condemned Russia, officials said in Tbilisi. | Georgia | Georgia
en | Voters in Atlanta, Georgia, chose Biden. | Georgia | Georgia (US state)
en | Arizona, Georgia and Nevada voted for Trump. | Georgia | Georgia (US state)
fr | La Corée a tiré un missile, selon Pyongyang. | Corée | North Korea
fr | À Séoul, la Corée a condamné le tir. | Corée | South Korea
en | Korea condemned the launch, officials in Seoul said. | Korea | South Korea
en | From Pyongyang, Korea condemned the exercises. | Korea | North Korea
fr | À Malabo, le président Obiang dirige la Guinée depuis 1979. | Guinée | Equatorial Guinea
fr | À Conakry, la Guinée a condamné le putsch. | Guinée | Guinea
fr | La Guinée a condamné le putsch. | Guinée | Guinea
fr | À Bissau, la Guinée a condamné le putsch. | Guinée | Guinea-Bissau
fr | La Papouasie-Nouvelle-Guinée a condamné la Chine. | Nouvelle-Guinée | Papua New Guinea
fr | À Djouba, Salva Kiir dirige le Soudan depuis 2011. | Soudan | South Sudan
fr | Le Soudan a accusé les FSR. | Soudan | Sudan
fr | L'armée libanaise patrouille à Tripoli. | Tripoli | Tripoli, Lebanon
fr | Le gouvernement libyen siège à Tripoli. | Tripoli | Libya
en | Lebanese troops patrol Tripoli. | Tripoli | Tripoli, Lebanon
en | Amazon condemned the fine, Jeff Bezos said. | Amazon | Amazon
en | Fires destroyed the Amazon rainforest. | Amazon rainforest | Amazon
en | Deforestation in the Amazon is rising. | the Amazon | Amazon
en | Congo condemned the attack on Goma. | Congo | Democratic Republic of the Congo
fr | Les rebelles du M23 ont pris Goma, a dit le Congo. | Congo | Democratic Republic of the Congo
fr | La Guinée équatoriale a condamné le putsch. | Guinée équatoriale | Equatorial Guinea
fr | Le Soudan du Sud a condamné le putsch. | Soudan du Sud | South Sudan
en | Indonesia sent troops to Bali. | Bali | Bali
en | The junta rules Mali. | Mali | Mali
fr | L'EI a revendiqué l'attaque. | EI | Islamic State
en | IS claimed the attack. | IS | Islamic State
# and open if nothing tells
fr | Le Congo a condamné l'attaque. | Congo | ?
en | Korea condemned the attack. | Korea | ?
en | Congo condemned the attack. | Congo | ?
fr | Clinton a condamné l'attaque. | Clinton | ?
# seats: whoever acts there, or the city
fr | Londres a annoncé des sanctions. | Londres | United Kingdom
fr | Bruxelles a condamné la Hongrie. | Bruxelles | European Union
fr | Le gouvernement belge a convoqué l'ambassadeur. Bruxelles a condamné l'attaque. | Bruxelles | Belgium
en | Brussels condemned Hungary. | Brussels | European Union
en | Belgium summoned the envoy. Brussels condemned the attack. | Brussels | Belgium
# acronyms that the text explains; bodies by a word of their name
en | The Supreme Council of the Armed Forces (SCAF) met. SCAF condemned Hamas. | SCAF | ?
en | The European Commission met. Italy supported the Commission. | Commission | European Commission
fr | La Commission européenne s'est réunie. Rome a soutenu la Commission. | Commission | European Commission
# a nationality as a noun goes with the person
fr | Le Russe Vladimir Poutine a condamné Kiev. | Russe | Vladimir Putin
fr | L'Iranien Abbas Araghchi a condamné Kiev. | Iranien | Abbas Araghchi
fr | L'Américaine Kamala Harris a condamné Moscou. | Américaine | Kamala Harris
fr | Le Camerounais Karim Benmoussa a condamné Moscou. | Camerounais | ?
# parts of a longer word
fr | La région Nord-Pas-de-Calais accueille des migrants. | Nord-Pas-de-Calais | -
fr | La ville de Boulogne-sur-Mer accueille des migrants. | Boulogne-sur-Mer | -
fr | Une foule anti-iranienne a manifesté. | iranienne | -
# another party
fr | Le Parti socialiste (PASOK) a soutenu Athènes. | Parti socialiste | PASOK
en | The Social Democrats condemned Hamas. | Democrats | -
en | The Democrats condemned Trump. | Democrats | Democratic Party
""")

# language | text | words | facet of the state that they stand for
FACETS = table("""
fr | Les Russes fuient la mobilisation. | Russes | people
fr | 73 % des Français soutiennent Kiev. | Français | people
fr | Des milliers d'Ukrainiens ont fui. | Ukrainiens | people
fr | Les Iraniens ont manifesté à Téhéran. | Iraniens | people
fr | Les Russes ont bombardé Kharkiv. | Russes | forces
fr | Les Ukrainiens ont repris la ville. | Ukrainiens | forces
fr | L'armée malienne a bombardé Kidal. | armée malienne | forces
fr | Les Américains ont annoncé des sanctions. | Américains | government
fr | Le Kremlin a annoncé des sanctions. | Kremlin | government
fr | Moscou a annoncé des sanctions. | Moscou | government
fr | Les autorités russes ont annoncé des sanctions. | autorités russes | government
fr | Le ministre a été arrêté en Russie. | Russie | territory
fr | Les soldats ont quitté le Mali. | Mali | territory
fr | La Russie a annoncé des sanctions. | Russie | None
en | Russians fled the mobilisation. | Russians | people
en | Most Russians back the war. | Russians | people
en | Hundreds of Ukrainians died. | Ukrainians | people
en | The Russians bombed Kharkiv. | Russians | forces
en | The Ukrainians recaptured the town. | Ukrainians | forces
en | The Americans announced sanctions. | Americans | government
en | The White House announced sanctions. | White House | government
en | Tehran announced sanctions. | Tehran | government
en | The minister was arrested in Russia. | Russia | territory
en | The troops left Niger. | Niger | territory
en | Russia announced sanctions. | Russia | None
""")

COUPS = table("""
fr | L'armée malienne a renversé le président. | armée malienne
fr | Le président a été renversé par l'armée nigérienne. | armée nigérienne
fr | Les militaires gabonais ont destitué le président. | militaires gabonais
en | The Malian army overthrew the president. | Malian army
en | The president was ousted by the Nigerien army. | Nigerien army
en | The Egyptian army seized power in a coup. | Egyptian army
""")

STEPS = table("""
fr | Poutine a condamné Kiev. | Poutine | surname
fr | L'Otan a condamné Moscou. | Otan | name
fr | Emmanuel Macron a condamné Moscou. | Macron | name
fr | Les Etats-Unis ont condamné Moscou. | Etats-Unis | name
fr | Mouammar Khadafy a menacé Paris. | Khadafy | transliteration
fr | Le Congo a accusé Kigali. | Congo | context
fr | Le Congo a condamné l'attaque. | Congo | ambiguous
fr | Londres a condamné l'attaque. | Londres | seat
en | The EU condemned Moscow. | EU | acronym
en | Congo accused Rwanda. | Congo | context
en | Moammar Qadafi threatened Paris. | Qadafi | transliteration
""")


@pytest.mark.parametrize("row", WHO, ids=ids)
def test_names_lead_to_who_bears_them(row: tuple[str, ...]) -> None:
    lang, text, words, label = row
    found = [m.entity for m in resolved(lang, text, words)]
    if label == "-":
        assert [e.label for e in found if e.known] == []
    elif label.startswith("~"):
        assert [(e.label, e.type) for e in found] == [(label[1:], "Person")]
    else:
        assert [e.label if e.known else "?" for e in found] == [label]


@pytest.mark.parametrize("row", FACETS, ids=ids)
def test_the_wording_tells_the_side_of_a_state(row: tuple[str, ...]) -> None:
    lang, text, words, facet = row
    assert [str(m.facet) for m in resolved(lang, text, words)] == [facet]


@pytest.mark.parametrize("row", COUPS, ids=ids)
def test_an_army_that_overthrows_is_nobody_elses(row: tuple[str, ...]) -> None:
    lang, text, words = row
    assert [(m.entity.type, m.entity.known) for m in resolved(lang, text, words)] == [("ArmedForce", False)]


@pytest.mark.parametrize("row", STEPS, ids=ids)
def test_each_step_is_recorded(row: tuple[str, ...]) -> None:
    lang, text, words, how = row
    assert [m.how for m in resolved(lang, text, words)] == [how]


@pytest.mark.parametrize(
    ("lang", "text", "words", "day", "label"),
    [
        (
            "fr",
            "Le président français a condamné l'attaque.",
            "président français",
            dt.date(2016, 5, 1),
            "François Hollande",
        ),
        (
            "fr",
            "Le président français a condamné l'attaque.",
            "président français",
            dt.date(2024, 5, 1),
            "Emmanuel Macron",
        ),
        ("en", "The US president condemned the attack.", "president", dt.date(2010, 5, 1), "Barack Obama"),
        ("en", "The British prime minister condemned the attack.", "prime minister", dt.date(2003, 5, 1), "Tony Blair"),
        ("en", "Clinton condemned the attack.", "Clinton", dt.date(2011, 5, 1), "Hillary Clinton"),
    ],
)
def test_offices_and_surnames_follow_the_date(lang: str, text: str, words: str, day: dt.date, label: str) -> None:
    assert [m.entity.label for m in resolved(lang, text, words, day)] == [label]


def test_a_new_name_is_the_same_entity_each_time() -> None:
    text = "Karim Benmoussa a accusé Paris. Benmoussa a rejeté l'offre."
    first, again = resolved("fr", text, "Karim Benmoussa"), resolved("fr", text, "Benmoussa")
    elsewhere = resolved("fr", "Le diplomate Karim Benmoussa a démissionné.", "Karim Benmoussa")
    assert first[0].entity == again[0].entity == elsewhere[0].entity


def test_the_tables_are_of_some_size() -> None:
    assert len(WHO) >= 90
    assert len(FACETS) >= 25
