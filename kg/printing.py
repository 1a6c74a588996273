"""What the command line shows: the progress and the summary of a build, the answer to a query.

Text from articles is never taken for markup or for commands to the terminal.
"""

from __future__ import annotations

import csv
import json
import shlex
import sys
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

from rich.console import Console
from rich.progress import Progress, ProgressColumn, SpinnerColumn, Task, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from kg.errors import KgError
from kg.model import BASE, ENT, GP
from kg.text import one_line

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kg.articles import Meter
    from kg.build import Done, Report
    from kg.decisions import Decided
    from kg.store import Dispute, QueryResult
    from kg.why import Line

Row: TypeAlias = "tuple[Any, ...]"

TOP = 10  # rows of each part of a summary

_PREFIXES = ((GP, "gp:"), (ENT, "ent:"), (BASE, ""))


@contextmanager
def progress(complain: Callable[[KgError], None], meter: Meter) -> Iterator[Callable[[Done | None], None]]:
    """Show how a build comes along, on standard error and only where somebody looks at it.

    How many articles there will be is estimated by the bytes of files that those before have taken; of a stream or
    an address nobody knows it, and no time is told.
    """
    console = Console(stderr=True)
    columns = (SpinnerColumn(), _Count(), _Rate(), TimeElapsedColumn(), _Left())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=None, failed=0)

        def on_each(outcome: Done | None) -> None:
            if isinstance(outcome, KgError):
                complain(outcome)
                bar.update(task, failed=bar.tasks[task].fields["failed"] + 1)
            if not bar.disable:
                bar.update(task, advance=1, total=meter.expected)

        yield on_each


class _Count(ProgressColumn):
    """How many articles are done, of how many."""

    def render(self, task: Task) -> Text:
        """Show what is done, and what failed of it."""
        of = f" of about {task.total:,.0f}" if task.total else ""
        failed = f", {task.fields['failed']:,} failed" if task.fields["failed"] else ""
        return Text(f"{task.completed:,.0f}{of} articles{failed}")


class _Rate(ProgressColumn):
    """How many articles a minute."""

    def render(self, task: Task) -> Text:
        """Show the rate of late."""
        return Text(f"{60 * task.speed:,.0f} a minute" if task.speed else "")


class _Left(ProgressColumn):
    """How long it will still take."""

    max_refresh = 0.5  # seconds: nobody reads faster

    def render(self, task: Task) -> Text:
        """Show the time that is left at the rate of late; nothing where nobody can know."""
        seconds = task.time_remaining
        return Text(f"{timedelta(seconds=seconds)} left" if task.total and seconds is not None else "")


def print_summary(report: Report, left_out: Counter[str], where: str, decided: Decided) -> None:
    """Print what a build did as a table, and how to ask on."""
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    for title, lines in _summary(report, left_out, decided).items():
        for number, line in enumerate(lines):
            table.add_row("" if number else title, Text(line))
    _print_table(table)
    if report.contested:
        most = max(report.contested, key=lambda dispute: dispute.claims)
        sys.stdout.write(f"\nWho says so? kg explain {_quoted(most)} --store {shlex.quote(where)}\n")


def print_lines(lines: Iterable[Line]) -> None:
    """Print how a sentence was read, its heads in bold where somebody looks at a terminal."""
    console = Console(highlight=False, soft_wrap=True)
    for line in lines:
        if console.is_terminal:
            console.print(Text(line.text, style=("bold", "bold blue", "")[line.level]))
        else:
            sys.stdout.write(f"{line.text}\n")


def print_result(result: QueryResult, format_: str, labels: Mapping[str, str] | None = None) -> None:
    """Print the answer to a query as a table, as CSV or as the JSON of SPARQL; with labels beside addresses."""
    if format_ == "table":
        table = Table(*result.columns, box=None, padding=(0, 2, 0, 0), header_style="bold")
        for row in result.rows:
            table.add_row(*(Text("" if term is None else _with_label(term, labels or {})) for term in row))
        _print_table(table)
        return
    columns, rows = _label_columns(result, labels) if labels else (result.columns, result.rows)
    if format_ == "json":
        sys.stdout.write(json.dumps(_json_result(result.kind, columns, rows), ensure_ascii=False, indent=1) + "\n")
    else:
        texts = (["" if term is None else str(term) for term in row] for row in rows)
        csv.writer(sys.stdout, lineterminator="\n").writerows([columns, *texts])


def print_rows(head: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """Print rows of text as a table."""
    table = Table(*head, box=None, padding=(0, 2, 0, 0), header_style="bold")
    for row in rows:
        table.add_row(*(Text(one_line(cell)) for cell in row))
    _print_table(table)


def _label_columns(result: QueryResult, labels: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """Set a column of labels beside each in which an address has one."""
    named = [any(str(row[index]) in labels for row in result.rows) for index in range(len(result.columns))]
    columns = [
        part for name, has in zip(result.columns, named, strict=True) for part in (name, f"{name}Label")[: has + 1]
    ]
    rows = (
        tuple(part for term, has in zip(row, named, strict=True) for part in (term, labels.get(str(term)))[: has + 1])
        for row in result.rows
    )
    return tuple(columns), tuple(rows)


def _with_label(term: Any, labels: Mapping[str, str]) -> str:  # noqa: ANN401 - a term of RDF
    label = labels.get(str(term))
    return f"{one_line(label)} ({_short(term)})" if label else _short(term)


def _print_table(table: Table) -> None:
    """Print a table; what a file or a pipe reads is neither cut off nor padded."""
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 10_000)
    with console.capture() as shown:
        console.print(table)
    sys.stdout.write("".join(f"{line.rstrip()}\n" for line in shown.get().splitlines()))


def _summary(report: Report, left_out: Counter[str], decided: Decided) -> dict[str, list[str]]:
    done = [f"{report.articles} stored", f"{report.unchanged} unchanged" if report.unchanged else ""]
    done += [f"{len(report.errors)} failed" if report.errors else ""]
    done += [f"{len(report.replaced)} replaced by a later text of the same id" if report.replaced else ""]
    contested = [_said(dispute) for dispute in report.contested]
    return {
        "Articles": [", ".join(filter(None, done))],
        "Other files left out": _counted(left_out),
        "Decisions on names": [f"{len(decided.decisions)} of {decided.path}"] if decided.decisions else [],
        "Claims": [str(report.claims)],
        "Top relations": _counted(report.relations),
        "Contested in the store": [*contested[:TOP], *_more(contested)],
        "Not understood": _counted(report.rejected),
    }


def _counted(counter: Counter[str]) -> list[str]:
    """List the most frequent first, those of equal count by name."""
    rows = sorted(counter.items(), key=lambda row: (-row[1], row[0]))
    return [*(f"{count:5}  {one_line(name)}" for name, count in rows[:TOP]), *_more(rows)]


def _more(rows: list[Any]) -> list[str]:
    return [f"… and {len(rows) - TOP} more"] if len(rows) > TOP else []


def _said(dispute: Dispute) -> str:
    return one_line(f"{dispute.subject} {dispute.relation} {dispute.object}")


def _quoted(dispute: Dispute) -> str:
    subject, object_ = (shlex.quote(one_line(end)) for end in (dispute.subject, dispute.object))
    return f"{subject} {dispute.relation} {object_}"


def _short(term: Any) -> str:  # noqa: ANN401 - a term of RDF
    """Show our own addresses by their prefix; the full ones stand in CSV and JSON."""
    text = one_line(str(term))
    for address, prefix in _PREFIXES:
        if text.startswith(address):
            return prefix + text.removeprefix(address)
    return text


def _json_result(kind: str, columns: tuple[str, ...], rows: Iterable[Row]) -> dict[str, Any]:
    if kind == "ask":
        [[answer]] = rows
        return {"head": {}, "boolean": str(answer).lower() == "true"}
    bindings = [
        {name: _json_term(term) for name, term in zip(columns, row, strict=True) if term is not None} for row in rows
    ]
    return {"head": {"vars": list(columns)}, "results": {"bindings": bindings}}


def _json_term(term: Any) -> dict[str, str]:  # noqa: ANN401 - a term of RDF
    """Write a term as SPARQL 1.1 Query Results JSON does; only a literal has a datatype."""
    if not hasattr(term, "datatype"):
        sort = "literal" if type(term) is str else "bnode" if str(term).startswith("_:") else "uri"
        return {"type": sort, "value": str(term)}
    extra = {"xml:lang": term.language, "datatype": None if term.language else term.datatype}
    return {"type": "literal", "value": str(term)} | {key: str(value) for key, value in extra.items() if value}
