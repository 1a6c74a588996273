"""The command `kg verdict`: what you decide on a single claim, kept in a file beside the store."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli_options import complain, decisions_at, existing, lang_option, store_option
from kg.errors import UnknownName

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kg.actors import Actors
    from kg.model import Ruling
    from kg.store import Store

WORDS = ("reject", "confirm", "amend", "note")


@click.command()
@click.argument("claim", required=False)
@click.argument("word", required=False, type=click.Choice(WORDS), metavar="[reject|confirm|amend|note]")
@click.option("--field", "-f", default="", help="With amend: subject, relation, object, speaker, polarity, modality …")
@click.option("--value", "-v", default="", help="With amend: the new value.")
@click.option("--note", "-m", default="", help="Why; kept with the verdict.")
@click.option("--from", "source", metavar="FILE", help="Take over the verdicts of a file, as the page saves it.")
@click.option("--undo", is_flag=True, help="Take back what you have decided on the claim.")
@click.option("--list", "listed", is_flag=True, help="List all verdicts, and those whose claim is not there.")
@store_option
@lang_option
def verdict(  # noqa: PLR0913, PLR0917 - one for each option
    claim: str | None, word: str | None, field: str, value: str, note: str, source: str | None, where: str, lang: str,
    *, undo: bool, listed: bool,
) -> None:  # fmt: skip
    """Reject, confirm, amend or annotate a CLAIM; without a word, show it.

    CLAIM is an id as kg explain shows it (claim:5c2f…). What you decide is kept in a file beside the store, counts at
    once, and is followed by every kg build: see docs/verdicts.md.
    """
    who = cache(lambda: decisions_at(where, None).actors)
    if listed:
        _list(where, lang, who)
    elif source:
        _take(where, source, lang, who)
    elif claim is None:
        raise click.UsageError("give the id of a claim, or --list")
    elif undo:
        _undo(where, claim, lang)
    elif word is None:
        _show(where, claim, lang, who)
    else:
        row = {"verdict": word, "field": field, "value": value, "note": note}
        _write(where, claim, row, lang, who)


def _write(where: str, claim: str, row: dict[str, str], lang: str, who: Callable[[], Actors]) -> None:
    """Add a row to the file and follow it; a claim that is not there is not written down."""
    from kg import verdicts  # noqa: PLC0415 - loads the tables' index
    from kg.explain import messages  # noqa: PLC0415

    words = messages(lang)["verdict"]
    with existing(where) as store:
        address = _known(store, claim)
        path = verdicts.beside(where)
        before = path.read_bytes() if path.exists() else None
        found = verdicts.append(path, [{**row, "claim": verdicts.short(address)}], who)
        why = store.follow(found.rulings)
        if address in why:
            store.follow(_put_back(path, before, who))
            raise UnknownName(claim, why[address], "nothing is written; amend another field, or reject the claim")
    for each in found.told:
        complain(each)
    done = words[row["verdict"]].format(changes=f"{row['field']} → {row['value']}", note=row["note"])
    click.echo(words["written"].format(claim=verdicts.short(address), words=done, path=path))


def _put_back(path: Path, before: bytes | None, who: Callable[[], Actors]) -> Mapping[str, Ruling]:
    from kg import verdicts  # noqa: PLC0415 - as above

    if before is None:
        path.unlink()
        return {}
    path.write_bytes(before)
    return verdicts.load(path, who).rulings


def _take(where: str, source: str, lang: str, who: Callable[[], Actors]) -> None:
    from kg import verdicts  # noqa: PLC0415 - as above
    from kg.explain import messages  # noqa: PLC0415

    path = verdicts.beside(where)
    with existing(where) as store:
        found, count = verdicts.take(path, Path(source), who)
        unmet = found.unmet(store.follow(found.rulings))
    for each in (*found.told, *unmet):
        complain(each)
    click.echo(messages(lang)["verdict"]["taken"].format(count=count, path=path))


def _undo(where: str, claim: str, lang: str) -> None:
    from kg import verdicts  # noqa: PLC0415 - as above
    from kg.explain import messages  # noqa: PLC0415

    path = verdicts.beside(where)
    address = verdicts.undo(path, claim)
    existing(where).close()
    click.echo(messages(lang)["verdict"]["undone"].format(claim=verdicts.short(address), path=path))


def _show(where: str, claim: str, lang: str, who: Callable[[], Actors]) -> None:
    from kg.explain import tell  # noqa: PLC0415 - as above

    with existing(where) as store:
        found = store.evidence(_known(store, claim))
    if found:
        click.echo(tell(found, lang=lang, who=who()))


def _list(where: str, lang: str, who: Callable[[], Actors]) -> None:
    from kg import verdicts  # noqa: PLC0415 - as above
    from kg.explain import messages, tell  # noqa: PLC0415

    words = messages(lang)["verdict"]
    given = verdicts.at(where, who)
    if given is None or not given.rulings:
        click.echo(words["none"].format(path=verdicts.beside(where)))
        return
    with existing(where) as store:
        for address in sorted(given.rulings, key=lambda each: given.lines[each]):
            found = store.evidence(address)
            click.echo(tell(found, lang=lang, who=who()) if found else words["missing"].format(claim=address))
        unmet = given.unmet(store.follow(given.rulings))
    for each in (*given.told, *unmet):
        complain(each)


def _known(store: Store, claim: str) -> str:
    """Give the address of a claim that is there.

    Raises:
        UnknownName: none is.
    """
    from rapidfuzz.process import extractOne  # noqa: PLC0415 - only for a mistake

    from kg import verdicts  # noqa: PLC0415 - as above

    address = verdicts.address(claim)
    if address and store.evidence(address):
        return address
    near = extractOne(
        claim.removeprefix("claim:"), [verdicts.short(each) for each in store.claim_ids()], score_cutoff=75
    )
    remedy = f"did you mean {near[0]}?" if near else "copy the id as kg extract, kg explain or the page shows it"
    raise UnknownName(claim, "no claim of that id in this store", remedy)
