"""The report of a build as a file: what was done, and each failure with its reason and its remedy."""

from __future__ import annotations

import html
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import InputError, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.build import Report
    from kg.errors import KgError

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>kg build</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>body{{font:16px/1.5 system-ui,sans-serif;max-width:70em;margin:2em auto;padding:0 1em}}
table{{border-collapse:collapse;width:100%}}th,td{{text-align:left;vertical-align:top;padding:.3em .8em .3em 0;
border-bottom:1px solid #ccc;overflow-wrap:anywhere}}</style></head>
<body><h1>kg build</h1><p>{summary}</p>{table}</body></html>
"""


def writer(path: str | None) -> Callable[[Report], None]:
    """Give what writes a report to a file, by its ending; without a path nothing is written.

    Raises:
        InputError: the ending is neither .html nor .json, told before the build begins.
    """
    if path is None:
        return lambda _: None
    formats = {".html": _page, ".json": _json}
    make = formats.get(Path(path).suffix.lower())
    if make is None:
        raise InputError(path, "no format of that ending for a report", f"take {' or '.join(formats)}")
    return lambda report: _write(Path(path), make(report))


def _write(path: Path, content: str) -> None:
    try:
        path.write_text(content, encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise InputError(
            str(path), f"cannot be written ({error.strerror})", "check the path and your rights"
        ) from error


def _json(report: Report) -> str:
    content = _counts(report) | {"failures": list(_failures(report))}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _page(report: Report) -> str:
    """Write a page; whatever comes from an article or a path is escaped."""
    rows = "".join(
        "<tr>" + "".join(f"<td>{html.escape(text)}</td>" for text in failure.values()) + "</tr>"
        for failure in _failures(report)
    )
    summary = ", ".join(f"{name.replace('_', ' ')}: {count}" for name, count in _counts(report).items())
    table = f"<table><tr><th>Article</th><th>Reason</th><th>Remedy</th></tr>{rows}</table>" if rows else ""
    return _PAGE.format(summary=html.escape(summary), table=table)


def _counts(report: Report) -> dict[str, Any]:
    return {
        "stored": report.articles,
        "unchanged": report.unchanged,
        "replaced": len(report.replaced),
        "failed": len(report.errors),
        "claims": report.claims,
    }


def _failures(report: Report) -> Iterator[dict[str, str]]:
    faults: list[KgError] = []
    for error in report.errors:
        faults += error.faults if isinstance(error, Refused) else (error,)
    for fault in faults:
        yield {"article": fault.where, "reason": fault.what, "remedy": fault.remedy}
