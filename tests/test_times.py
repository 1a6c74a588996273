"""Times that a text names, and which of them an event has. The articles are of Wednesday 18 September 2024."""

from __future__ import annotations

import time
from datetime import date

import pytest

from kg.errors import DataError
from kg.extract import dates
from kg.extract.parse import parse
from kg.extract.times import time_of, times_in

TODAY = date(2024, 9, 18)

EXPRESSIONS = {
    "fr": [
        ("a full date", "Le traité a été signé le 10 septembre 2023 à Oslo.", ["2023-09-10"]),
        ("a full date with its weekday", "Le cargo a coulé mardi 10 septembre 2024.", ["2024-09-10"]),
        ("a day of this month", "Le cargo a coulé le 10 septembre.", ["2024-09-10"]),
        ("a day that this year has yet to see", "Le cargo a coulé le 29 novembre.", ["2023-11-29"]),
        ("the first of a month", "Le cargo a coulé le 1er juin.", ["2024-06-01"]),
        ("a day that no month has", "Le cargo a coulé le 31 juin 2023.", []),
        ("a month with its year", "La junte a pris le pouvoir en juillet 2023.", ["2023-07"]),
        ("a month alone is the latest one", "La junte a pris le pouvoir en octobre.", ["2023-10"]),
        ("a month of last year", "Ils se sont battus en mai de l'an dernier.", ["2023-05"]),
        ("last March", "Ils se sont battus en mars dernier.", ["2024-03"]),
        ("early in a month is the month", "Ils se sont battus début mai.", ["2024-05"]),
        ("the middle of a month is the month", "Ils se sont battus à la mi-juin.", ["2024-06"]),
        ("the end of a year is the year", "Ils se sont battus fin 2022.", ["2022"]),
        ("a year", "Paris a reconnu la république en 2015.", ["2015"]),
        ("an agreement of a year", "Paris a dénoncé l'accord de 2015.", ["2015"]),
        ("a number of soldiers is no year", "Paris a envoyé 2015 soldats dans la capitale.", []),
        ("since a year", "Le pays est en guerre depuis 2022.", ["2022/.."]),
        ("since a month", "Le pays est en guerre depuis le mois de mai.", ["2024-05/.."]),
        ("since a day", "La ville est assiégée depuis le 26 juillet.", ["2024-07-26/.."]),
        ("since a weekday", "La ville est assiégée depuis lundi.", ["2024-09-16/.."]),
        ("for ten years", "Les deux pays coopèrent depuis dix ans.", ["2014/.."]),
        ("since the summer", "Les deux pays coopèrent depuis l'été.", ["2024-06/.."]),
        ("from year to year", "Il a dirigé le pays de 2019 à 2021.", ["2019/2021"]),
        ("between two years", "Il a dirigé le pays entre 2019 et 2021.", ["2019/2021"]),
        ("from month to month of one year", "Ils ont combattu de juin à août 2023.", ["2023-06/2023-08"]),
        ("a weekday is the latest one", "Le ministre a démissionné mardi.", ["2024-09-17"]),
        ("the weekday of the article is its day", "Le ministre a démissionné mercredi.", ["2024-09-18"]),
        ("a weekday in the future", "Le ministre démissionnera vendredi.", ["2024-09-20"]),
        ("next Tuesday", "Le ministre se rend à Oslo mardi prochain.", ["2024-09-24"]),
        ("last Wednesday lies a week back", "Le ministre a démissionné mercredi dernier.", ["2024-09-11"]),
        (
            "a night between two days",
            "La base a été bombardée dans la nuit de lundi à mardi.",
            ["2024-09-16/2024-09-17"],
        ),
        ("yesterday", "La base a été bombardée hier soir.", ["2024-09-17"]),
        ("the day before yesterday", "La base a été bombardée avant-hier.", ["2024-09-16"]),
        ("today", "Le sommet s'est ouvert aujourd'hui.", ["2024-09-18"]),
        ("this morning", "Le sommet s'est ouvert ce matin.", ["2024-09-18"]),
        ("tomorrow", "Le sommet s'ouvre demain.", ["2024-09-19"]),
        (
            "the eve counts from the time before",
            "Il est parti lundi. La veille, il avait signé.",
            ["2024-09-16", "2024-09-15"],
        ),
        ("the eve without a time before", "Il avait signé la veille.", ["2024-09-17"]),
        ("the eve of an event is no date", "Il avait signé la veille du sommet.", []),
        (
            "the day after counts from the time before",
            "Il est parti lundi. Le lendemain, il a signé.",
            ["2024-09-16", "2024-09-17"],
        ),
        ("last week is seven days", "Ils se sont parlé la semaine dernière.", ["2024-09-09/2024-09-15"]),
        ("last month", "Ils se sont parlé le mois dernier.", ["2024-08"]),
        ("last year", "Ils se sont parlé l'an dernier.", ["2023"]),
        ("this year", "Ils se sont parlé cette année.", ["2024"]),
        ("this summer", "Ils se sont parlé cet été.", ["2024-06/2024-08"]),
        ("years ago give a year", "Il y a trois ans, la France a quitté la base.", ["2021"]),
        ("days ago give a day", "Il y a trois jours, la France a quitté la base.", ["2024-09-15"]),
        ("weeks ago give no more than a month", "Il y a deux semaines, la France a quitté la base.", ["2024-09"]),
        ("until a month to come", "Les soldats partiront d'ici à décembre.", ["../2024-12"]),
        ("that day is the one before", "Il est parti lundi. Ce jour-là, il a signé.", ["2024-09-16", "2024-09-16"]),
        ("that night", "Il est parti lundi. Il a signé cette nuit-là.", ["2024-09-16", "2024-09-16"]),
        ("hours later is the same day", "Il est parti lundi. Il a signé une heure plus tard.", ["2024-09-16"] * 2),
        ("a quarter of a year", "Le pays a importé du blé au premier trimestre 2024.", ["2024-01/2024-03"]),
        ("half a year", "Le pays a importé du blé au second semestre 2023.", ["2023-07/2023-12"]),
        ("days after an event", "Deux jours après le raid, Oslo a réagi mardi.", ["2024-09-15", "2024-09-17"]),
        ("the day after an event", "Oslo a réagi mardi, au lendemain du raid.", ["2024-09-17", "2024-09-16"]),
        ("vague words", "Récemment, puis bientôt, prochainement et depuis des mois, ils négocient.", []),
        ("every Tuesday is no date", "Le conseil se réunit chaque mardi.", []),
    ],
    "en": [
        ("a full date, the day first", "The treaty was signed on 10 September 2023.", ["2023-09-10"]),
        ("a full date, the month first", "The treaty was signed on September 10, 2023.", ["2023-09-10"]),
        ("a short month", "The ship sank on Sept. 10.", ["2024-09-10"]),
        ("a day that this year has yet to see", "The ship sank on 29 November.", ["2023-11-29"]),
        ("the leap day has its year", "The ship sank on 29 February.", ["2024-02-29"]),
        ("a month", "The junta seized power in June.", ["2024-06"]),
        ("last March", "The junta seized power last March.", ["2024-03"]),
        ("early in a month is the month", "The junta seized power in early May.", ["2024-05"]),
        ("a month in the future", "Norway will host the summit in January.", ["2025-01"]),
        ("a month before its noun", "The January memorandum binds both sides.", ["2024-01"]),
        ("may and march as verbs are no months", "Troops may march on the town.", []),
        ("a year", "Norway recognised the republic in 2015.", ["2015"]),
        ("a year before its noun", "Norway condemned the 2019 attack.", ["2019"]),
        ("a number of soldiers is no year", "Norway sent 2000 soldiers to the town.", []),
        ("since a year", "The two have been at war since 2014.", ["2014/.."]),
        ("since a month of a year", "Norway has sent shells since August 2023.", ["2023-08/.."]),
        ("from year to year", "He led the country from 2019 to 2021.", ["2019/2021"]),
        ("a year and the next", "Norway hosted talks in 2021 and 2022.", ["2021/2022"]),
        ("for a decade, up to now", "The two have quarrelled for a decade.", ["2014/.."]),
        ("a term served is not up to now", "A court jailed him for ten years.", []),
        ("a weekday", "The minister resigned on Tuesday.", ["2024-09-17"]),
        ("a weekday in the future", "The minister will resign on Friday.", ["2024-09-20"]),
        ("a weekday that is planned", "The minister plans to visit Oslo on Friday.", ["2024-09-20"]),
        ("next Tuesday", "The minister visits Oslo next Tuesday.", ["2024-09-24"]),
        ("last Wednesday lies a week back", "The minister resigned last Wednesday.", ["2024-09-11"]),
        ("yesterday", "The minister resigned yesterday.", ["2024-09-17"]),
        ("tonight", "The minister speaks tonight.", ["2024-09-18"]),
        ("the day before", "He left on Monday. The day before, he had signed.", ["2024-09-16", "2024-09-15"]),
        ("the day before an event is no date", "He left the day before the summit.", []),
        ("last week is seven days", "The two met last week.", ["2024-09-09/2024-09-15"]),
        ("a weekday of last week", "The two met on Friday last week.", ["2024-09-13"]),
        ("last month", "The two met last month.", ["2024-08"]),
        ("last year", "The two met last year.", ["2023"]),
        ("last winter", "The two met last winter.", ["2023-12/2024-02"]),
        ("this summer", "The two met this summer.", ["2024-06/2024-08"]),
        ("years ago", "Norway left the base three years ago.", ["2021"]),
        ("days ago", "Norway left the base three days ago.", ["2024-09-15"]),
        ("weeks ago", "Norway left the base two weeks ago.", ["2024-09"]),
        ("within months", "Norway will leave the base within six months.", ["../2025-03"]),
        ("a dateline is no event", "LONDON, Sept 18 (Agency) - The minister resigned.", []),
        ("that day is the one before", "He left on Monday. That day he had signed.", ["2024-09-16", "2024-09-16"]),
        ("ever since", "He left in 2019 and has fought ever since.", ["2019", "2019/.."]),
        ("hours later is the same day", "He left on Monday. Hours later he signed.", ["2024-09-16", "2024-09-16"]),
        ("a quarter of a year", "Norway bought grain in the first quarter of 2024.", ["2024-01/2024-03"]),
        ("from a year until another", "From 2020 until last year Norway bought grain.", ["2020/2023"]),
        ("early on a day", "The ship sank in the early hours of Monday.", ["2024-09-16"]),
        ("before a season", "The ship will leave before the winter.", ["../2024-12"]),
        ("days after an event", "Two days after the raid, Oslo reacted on Tuesday.", ["2024-09-15", "2024-09-17"]),
        ("the day after", "He left on Monday. The day after, he signed.", ["2024-09-16", "2024-09-17"]),
        ("years that one had fought are not up to now", "They had fought for ten years.", []),
        ("vague words", "Recently, soon, for months and in the first quarter they talked.", []),
    ],
}

EVENTS = {
    "fr": [
        ("the verb's own", "Les rebelles ont attaqué la ville mardi.", "attaqué", "2024-09-17"),
        (
            "not the reporting verb's",
            "Kiev a affirmé mardi que les rebelles avaient attaqué la ville.",
            "attaqué",
            None,
        ),
        (
            "the reporting verb's stays with it",
            "Kiev a affirmé mardi que les rebelles avaient attaqué.",
            "affirmé",
            "2024-09-17",
        ),
        ("not the relative clause's", "Paris a condamné le groupe qui a attaqué la ville en 2019.", "condamné", None),
        ("the noun's own", "Washington a quitté l'accord de 2015.", "accord", "2015"),
        ("a noun's is not its verb's", "Washington a quitté l'accord de 2015.", "quitté", None),
        (
            "the supporting verb's for the noun",
            "L'armée a mené lundi une offensive contre la ville.",
            "offensive",
            "2024-09-16",
        ),
        ("not the condemning verb's for the noun", "Paris a condamné lundi l'offensive.", "offensive", None),
        (
            "the participle's for its noun",
            "Les sanctions imposées en avril pèsent sur la banque.",
            "sanctions",
            "2024-04",
        ),
        ("what others count from", "Au lendemain du raid sur la ville, Oslo a réagi mardi.", "raid", "2024-09-16"),
        ("an outset of it", "Deux jours après le début du raid, Oslo a réagi mardi.", "raid", "2024-09-15"),
        ("counted from today", "Deux ans après avoir rompu avec Oslo, Riga a renoué.", "rompu", "2022"),
        (
            "the clause of when",
            "La crise a éclaté lundi, lorsque Riga a expulsé un diplomate.",
            "expulsé",
            "2024-09-16",
        ),
        ("an aside", "Oslo a acheté mardi des navires lors d'une visite du roi.", "visite", "2024-09-17"),
        (
            "what one goes there for",
            "Le roi s'est rendu mardi à Riga pour rencontrer la reine.",
            "rencontrer",
            "2024-09-17",
        ),
        ("what was decided", "Oslo a décidé lundi de fermer la base.", "fermer", "2024-09-16"),
        ("a promise made is no promise kept", "Oslo a promis mardi des navires à Riga.", "promis", "2024-09-17"),
        ("verbs side by side", "Oslo arme et finance ce groupe depuis 2015.", "finance", "2015/.."),
        (
            "an entry of a chronicle",
            "3 mai 2018 : Oslo rompt. La reine accuse le roi.\n5 mai 2018 : Paix.",
            "accuse",
            "2018-05-03",
        ),
        ("a date of publication", "3 mai 2018 : Oslo rompt. La reine accuse le roi.", "accuse", None),
        ("another entry", "1999. Bombardement de la ville.\n2008. Paix.", "Bombardement", "1999"),
    ],
    "en": [
        ("the verb's own", "Rebels attacked the town on Tuesday.", "attacked", "2024-09-17"),
        ("not the reporting verb's", "Kyiv said on Tuesday that rebels had attacked the town.", "attacked", None),
        ("not the accusing verb's", "Norway on Tuesday accused Sweden of arming rebels.", "arming", None),
        ("not the relative clause's", "Norway condemned the group that attacked the town in 2019.", "condemned", None),
        ("the noun's own", "Norway condemned the 2019 attack.", "attack", "2019"),
        ("a noun's is not its verb's", "Norway condemned the 2019 attack.", "condemned", None),
        ("the supporting verb's for the noun", "Norway imposed sanctions on Monday.", "sanctions", "2024-09-16"),
        ("one breath, one time", "Rebels stormed the town on Monday and burned the church.", "burned", "2024-09-16"),
        ("the phase verb's for the infinitive", "Rebels began on Monday to shell the town.", "shell", "2024-09-16"),
        ("a war that others date from", "It has sheltered them since the coup of 2020.", "sheltered", "2020/.."),
        ("what others count from", "Two days after rebels hit the town, Oslo reacted on Tuesday.", "hit", "2024-09-15"),
        ("a noun of it", "Oslo reacted on Tuesday, a day after the raid.", "raid", "2024-09-16"),
        ("counted from today", "Four days after rebels hit the town, Oslo has reacted.", "hit", "2024-09-14"),
        ("not what counts from it", "Two days after the raid, Oslo reacted.", "reacted", None),
        ("the clause of when", "The war began in 2013, when Riga asked Oslo for help.", "asked", "2013"),
        ("an aside", "The king was arrested in May at the request of Norway.", "request", "2024-05"),
        (
            "a relative in an aside",
            "Oslo joined on Monday in a ceremony at which it signed a pact.",
            "signed",
            "2024-09-16",
        ),
        ("what one goes there for", "The king flew to Riga on Tuesday to meet the queen.", "meet", "2024-09-17"),
        (
            "what one becomes the first to do",
            "On Monday he became the first king to visit Riga.",
            "visit",
            "2024-09-16",
        ),
        ("a pronoun goes on", "Oslo accused Riga on Monday and it imposed sanctions.", "imposed", "2024-09-16"),
        ("another agent does not", "A town seized by rebels in 2015 and held by Oslo fell.", "held", None),
        ("the cause has its own", "Oslo bombed Riga for an attack on a ship in May.", "bombed", None),
        (
            "an entry of a chronicle",
            "2013 – Oslo sends troops. The king accuses Riga.\n2014 – Peace.",
            "accuses",
            "2013",
        ),
    ],
}


@pytest.mark.parametrize(
    ("lang", "text", "values"),
    [pytest.param(lang, t, v, id=f"{lang}: {name}") for lang, rows in EXPRESSIONS.items() for name, t, v in rows],
)
def test_a_text_names(lang: str, text: str, values: list[str]) -> None:
    found = times_in(parse(text, lang), lang, TODAY)
    assert [t.value for t in found] == values
    assert all(text[t.start : t.end] == t.text for t in found)


@pytest.mark.parametrize(
    ("lang", "text", "cue", "value"),
    [pytest.param(lang, t, c, v, id=f"{lang}: {name}") for lang, rows in EVENTS.items() for name, t, c, v in rows],
)
def test_an_event_has(lang: str, text: str, cue: str, value: str | None) -> None:
    tree = parse(text, lang)
    i = next(w.i for w in tree.words if w.text == cue)
    found = time_of(i, tree, times_in(tree, lang, TODAY))
    assert (found and found.value) == value


@pytest.mark.parametrize(
    ("lang", "text", "values"),
    [
        pytest.param(
            "fr", "Parti mardi, hier, en mai et l'an dernier, il revint en 2015.", ["2015"], id="fr: only the year"
        ),
        pytest.param(
            "en", "He left on Monday, last month and on 3 May 2015.", ["2015-05-03"], id="en: only the full date"
        ),
    ],
)
def test_without_the_article_s_date_only_absolute_times_stand(lang: str, text: str, values: list[str]) -> None:
    assert [t.value for t in times_in(parse(text, lang), lang, None)] == values


def test_what_is_planned_takes_the_later_reading() -> None:
    tree = parse("The talks on Friday matter.", "en")
    times = times_in(tree, "en", TODAY)
    talks = tree.words[1].i
    readings = [time_of(talks, tree, times, planned=planned) for planned in (False, True)]
    assert [r and r.value for r in readings] == ["2024-09-13", "2024-09-20"]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_finding_costs_little_beside_the_parse(lang: str) -> None:
    text = " ".join(row[1] for row in EXPRESSIONS[lang]) * 4
    times_in(parse("x", lang), lang, TODAY)  # reads the table
    start = time.process_time()
    tree = parse(text, lang)
    parsed = time.process_time() - start
    found = []
    for _ in range(5):  # the quickest: what else the machine does takes time from some
        start = time.process_time()
        assert times_in(tree, lang, TODAY)
        found.append(time.process_time() - start)
    assert min(found) < 0.4 * parsed


def test_an_unknown_key_of_a_pattern_is_told() -> None:
    with pytest.raises(DataError, match=r"kg/lang/xx/times.toml \[on\]: unknown shfit"):
        dates.pattern_of({"words": "on", "read": "unit", "shfit": 1}, "kg/lang/xx/times.toml")
