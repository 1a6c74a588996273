"""The commands on names: those that stand for nobody known, what is known of one, and decisions on them."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from kg.cli_options import decisions_at, existing, lang_option, names_option, store_option
from kg.errors import UnknownName
from kg.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.decisions import Decision
    from kg.unresolved import Unresolved

F = TypeVar("F", bound="Callable[..., Any]")
LANGUAGES = sorted(f.name for f in files("kg.lang").iterdir() if f.joinpath("messages.toml").is_file())
SENTENCES = 2  # shown of each name

note_option = click.option("--note", default="", help="A remark, kept with the decision.")
name_lang_option = click.option(
    "--lang",
    default="",
    type=click.Choice(["", *LANGUAGES]),
    metavar="|".join(LANGUAGES),
    help="In this language only.",
)


def label_options(command: F) -> F:
    """Add an option for the label in each language."""
    for lang in reversed(LANGUAGES):
        command = click.option(f"--{lang}", f"label_{lang}", metavar="LABEL", help=f"The label ({lang}).")(command)
    return command


def place_options(command: F) -> F:
    """Add the options that say where store and decisions are."""
    return store_option(names_option(command))


@click.group(invoke_without_command=True)
@place_options
@lang_option
@click.option("--limit", "-n", default=20, show_default=True, type=click.IntRange(1), help="How many to show.")
@click.option("--all", "everybody", is_flag=True, help="Those too that are described, not named (armed men).")
@click.pass_context
def actors(ctx: click.Context, where: str, names: str | None, lang: str, limit: int, *, everybody: bool) -> None:
    """List the names that stand for nobody known, the most frequent first, or decide who they are.

    Each is shown with a sentence or two, and with those of the known whom it may mean. Decisions are kept in a
    file beside the store, and followed by every kg build.
    """
    given = ctx.get_parameter_source("where") == ParameterSource.COMMANDLINE
    ctx.obj = {"where": where if given else None, "names": names}
    if ctx.invoked_subcommand:
        return
    from kg.explain import messages  # noqa: PLC0415
    from kg.unresolved import unresolved  # noqa: PLC0415

    words = messages(lang)["actors"]
    decided = decisions_at(where, names)
    with existing(where) as store:
        found = [each for each in unresolved(store) if everybody or each.is_name]
    for block in _told(found[:limit], decided.actors, lang):
        click.echo(block)
    if len(found) > limit:
        click.echo(words["more"].format(count=len(found) - limit, all=len(found)))
    click.echo(f"\n{words['hint']}" if found else words["none"])


@actors.command()
@click.argument("name")
@place_options
@lang_option
@click.pass_context
def show(ctx: click.Context, name: str, where: str, names: str | None, lang: str) -> None:
    """Tell all that is known of NAME: class, names, offices, decisions; if nobody is, what the store has on it."""
    from kg.lookup import did_you_mean, meant, named  # noqa: PLC0415
    from kg.profile import profile  # noqa: PLC0415

    where, names = _place(ctx, where, names)
    decided = decisions_at(where, names)
    iris = dict.fromkeys((*meant(name, decided.actors), *named(name, decided.actors)))
    blocks = [profile(decided, iri, lang) for iri in iris if iri in decided.actors.entities]
    if not blocks:
        local = _local(where)
        blocks = _told([each for each in local if _is(each, name)], decided.actors, lang)
        if not blocks:
            remedy = did_you_mean(name, decided.actors, [each.name for each in local])
            raise UnknownName(name, "nobody of that name is known", remedy)
    click.echo("\n\n".join(blocks))


@actors.command()
@click.argument("name")
@click.argument("entity")
@name_lang_option
@note_option
@place_options
@click.pass_context
def merge(ctx: click.Context, name: str, entity: str, lang: str, note: str, where: str, names: str | None) -> None:  # noqa: PLR0913, PLR0917 - one for each option
    """Let NAME mean ENTITY; if NAME is the address of an entity (ent:…), let the two be one.

    Write NAME as it stands in the middle of a sentence. ENTITY is an address, a Wikidata id or a name.
    """
    from kg.decisions import Decision  # noqa: PLC0415

    place = _place(ctx, where, names)
    words = next((each.name for each in _local(place[0]) if _is(each, name)), name) if "ent:local/" in name else name
    iri, shown = _entity(entity, *place)
    _write(place, f"{words} means {shown}", Decision("merge", words, lang, iri, note=note))


@actors.command()
@click.argument("name")
@click.argument("entity")
@click.option("--into", metavar="ENTITY", help="Whom it means instead.")
@name_lang_option
@note_option
@place_options
@click.pass_context
def split(  # noqa: PLR0913, PLR0917 - one for each option
    ctx: click.Context, name: str, entity: str, into: str | None, lang: str, note: str, where: str, names: str | None
) -> None:
    """Let NAME no longer mean ENTITY, but nobody, or another."""
    from kg.decisions import Decision  # noqa: PLC0415

    place = _place(ctx, where, names)
    iri, shown = _entity(entity, *place)
    rows = [Decision("split", name, lang, iri, note=note)]
    said = f"{name} no longer means {shown}"
    if into:
        other, shown = _entity(into, *place)
        rows.append(Decision("merge", name, lang, other, note=note))
        said += f", but {shown}"
    _write(place, said, *rows)


@actors.command()
@click.argument("entity")
@label_options
@note_option
@place_options
@click.pass_context
def rename(ctx: click.Context, /, entity: str, note: str, where: str, names: str | None, **labels: str | None) -> None:
    """Show ENTITY under other labels; its names in texts stay names."""
    from kg.decisions import Decision  # noqa: PLC0415

    place = _place(ctx, where, names)
    iri, shown = _entity(entity, *place)
    given = _labels(labels)
    if not given:
        raise click.UsageError(f"give a label: {' or '.join(f'--{lang}' for lang in LANGUAGES)}")
    told = ", ".join(text for _, text in given)
    _write(place, f"{shown} is called {told}", Decision("rename", entity=iri, labels=given, note=note))


@actors.command()
@click.argument("name")
@click.option("--class", "class_", required=True, help="Its class, such as Company, Person, ArmedGroup.")
@click.option("--also", multiple=True, metavar="NAME", help="Another name of the same; may be repeated.")
@label_options
@note_option
@place_options
@click.pass_context
def add(  # noqa: PLR0913, PLR0917 - one for each option
    ctx: click.Context,
    /,
    name: str,
    class_: str,
    also: tuple[str, ...],
    note: str,
    where: str,
    names: str | None,
    **labels: str | None,
) -> None:
    """Add somebody whom the tables do not know, by NAME."""
    from kg.decisions import Decision  # noqa: PLC0415
    from kg.lookup import own_iri, short  # noqa: PLC0415

    iri = short(own_iri(name))
    rows = [Decision("add", name, labels=_labels(labels), type=class_, note=note)]
    rows += (Decision("merge", other, entity=iri, note=note) for other in also)
    _write(_place(ctx, where, names), f"{name} is {iri}, of class {class_}", *rows)


@actors.command()
@click.argument("name")
@place_options
@click.pass_context
def undo(ctx: click.Context, name: str, where: str, names: str | None) -> None:
    """Take back the decisions on NAME, or on an entity itself by its address (ent:…)."""
    from kg import decisions  # noqa: PLC0415

    path = _file(*_place(ctx, where, names))
    for row in decisions.undo(path, name):
        click.echo(f"taken back: {one_line(row)}")
    click.echo(f"{path} no longer has it; the next kg build follows.")


def _place(ctx: click.Context, where: str, names: str | None) -> tuple[str, str | None]:
    """Take store and file of decisions from the command, or from before it."""
    before = ctx.find_object(dict) or {}
    given = ctx.get_parameter_source("where") == ParameterSource.COMMANDLINE
    return (where if given else before.get("where") or where), names or before.get("names")


def _file(where: str, names: str | None) -> Path:
    from kg.decisions import beside  # noqa: PLC0415

    return Path(names) if names else beside(where)


def _entity(text: str, where: str, names: str | None) -> tuple[str, str]:
    """Give the address of the entity that is meant, and how to show it."""
    from kg.decisions import load  # noqa: PLC0415
    from kg.lookup import entity, listed, short  # noqa: PLC0415

    who = load(_file(where, names)).actors
    found = entity(text, who)
    return short(found.iri), listed([found.iri], who)


def _labels(given: dict[str, str | None]) -> tuple[tuple[str, str], ...]:
    return tuple((lang, text) for lang in LANGUAGES if (text := given[f"label_{lang}"]))


def _write(place: tuple[str, str | None], said: str, *rows: Decision) -> None:
    """Add decisions to the file, and say what they say."""
    from kg import decisions  # noqa: PLC0415

    path = _file(*place)
    decisions.append(path, rows)
    click.echo(f"{one_line(said)}. Written to {path}; the next kg build follows it.")


def _local(where: str) -> list[Unresolved]:
    """Give the names of a store that stand for nobody known; without a store there are none."""
    from kg.unresolved import unresolved  # noqa: PLC0415

    if not Path(where).exists():
        return []
    with existing(where) as store:
        return unresolved(store)


def _is(found: Unresolved, name: str) -> bool:
    """Is this the name that somebody asks for?"""
    from kg.lookup import iri_of  # noqa: PLC0415

    return found.iri == iri_of(name) or found.name.casefold() == " ".join(name.split()).casefold()


def _told(found: list[Unresolved], who: Any, lang: str) -> list[str]:  # noqa: ANN401 - the tables of actors
    """Write names with their sentences and candidates."""
    from dataclasses import replace  # noqa: PLC0415

    from kg.profile import unknown  # noqa: PLC0415
    from kg.unresolved import Finder  # noqa: PLC0415

    if not found:
        return []
    finder = Finder(who)
    short = (replace(each, sentences=each.sentences[:SENTENCES]) for each in found)
    return [unknown(each, finder.candidates(each.name), lang) for each in short]
