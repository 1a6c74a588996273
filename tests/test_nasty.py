"""Input that is broken or means harm: a line in the report, no more memory, and the rest of the build untouched.

Small files lie in `nasty/`; what is large or odd is made by `nasty/make.py`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pytest
from click.testing import CliRunner
from nasty import make

from kg.articles import fetching, read, reading
from kg.cli import main
from kg.errors import InputError
from kg.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.articles import Meter

NASTY = Path(__file__).with_name("nasty")
MEGABYTES = 300  # that reading gigabytes may take in all; Python with the libraries takes half of it

TOLD = {  # what the report says of each
    "broken.jsonl:2": "not JSON (",
    "broken.jsonl:3": "not JSON (",
    "broken.zip": "cannot be read (",
    "dates.rss [https://journal.example/zero]": "date '0000-00-00T00:00:00' cannot be read",
    "dates.rss [https://journal.example/words]": "date 'demain matin' cannot be read",
    "dates.rss [https://journal.example/day]": "date 'Tue, 31 Feb 2024 08:00:00 GMT' cannot be read",
    "dates.rss [https://journal.example/old]": "date 'Thu, 01 Jan 0001 00:00:00 GMT' cannot be read",
    "deep.html": "nested more than 500 deep",
    "deep.jsonl:1": "not JSON (",
    "empty.html": "empty",
    "empty.txt": "empty",
    "encrypted.pdf": "an encrypted PDF",
    "german.html": "it reads as 'de', not a language that is known (en, fr)",
    "laughs.rss": "XML with entities of its own",
    "loop.txt": "cannot be read (Too many levels of symbolic links)",
    "nested.zip!in.zip!in.zip!in.zip!in.zip": "more than 3 archives within each other",
    "nul.txt": "binary, not text (NUL at byte 18)",
    "out.zip!../../out.txt": "a name that leads out of the archive",
    "pipe.txt": "no file (a pipe or a device)",
    "quotes.csv:3": "no table (',' expected after '\"')",
    "quotes.csv:6": "no table (a quotation mark is left open)",
    "russian.txt": "it reads as 'ru', not a language that is known (en, fr)",
    "scanned.pdf": "a PDF without text (a scan?)",
    "secret.txt": "cannot be read (Permission denied)",
    "surrogate.jsonl:1": "the text holds half a surrogate pair",
    "truncated.txt.gz": "cannot be read (",
    "/ring": "more than 5 redirects",
    "/slow": "no whole answer within",
}
KEPT = {"before", "after", "first", "between", "last", "mixed", "whole", "café"} | {
    f"https://journal.example/{name}" for name in ("right", "zero", "words", "day", "old")
}


class _Harm(BaseHTTPRequestHandler):
    """Redirects to itself, or sends a byte now and then for ever."""

    def do_GET(self) -> None:
        if self.path == "/robots.txt":
            self.send_error(404)
        elif self.path == "/ring":
            self.send_response(302)
            self.send_header("Location", "/ring")
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self._drip()

    def _drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"<")
                time.sleep(0.05)
        except OSError:
            return  # the guest has left

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@contextmanager
def _harm() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Harm) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def _lock(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a file unreadable, for the superuser too, who may read everything."""
    file.write_text(make.GOOD)
    file.chmod(0)
    plain = reading._open  # noqa: SLF001 - the system's own refusal, where it does not refuse

    def refusing(path: Path, meter: Meter | None) -> IO[bytes]:
        if path == file:
            raise PermissionError(13, "Permission denied")
        return plain(path, meter)

    monkeypatch.setattr(reading, "_open", refusing)


def _folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Fill a folder with all that is nasty, a good article beside each; give the names of these."""
    shutil.copytree(NASTY, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    make.small(folder)
    _lock(folder / "secret.txt", monkeypatch)
    Path(str(folder).encode().decode() + "/caf\udce9.txt").write_text(make.GOOD)
    good = {f"{path.name}-good" for path in folder.iterdir() if "caf" not in path.name}
    for name in good:
        (folder / f"{name}.txt").write_text(make.GOOD)
    return good


def test_each_is_a_line_in_the_report_and_the_rest_is_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = _folder(tmp_path / "in", monkeypatch)
    monkeypatch.setattr(fetching, "TIMEOUT", 2.0)
    store, report = str(tmp_path / "store"), tmp_path / "report.json"
    with _harm() as base:
        monkeypatch.setattr(fetching.Fetcher, "_wait", lambda *_: None)
        paths = [str(tmp_path / "in"), f"{base}/ring", f"{base}/slow"]
        result = CliRunner().invoke(
            main, ["build", *paths, "--store", store, "--report", str(report), "--allow-private"]
        )
    assert (result.exit_code, type(result.exception)) == (1, SystemExit), result.output
    assert "Traceback" not in result.output
    failures = json.loads(report.read_text())["failures"]
    told = {each["article"].removeprefix(f"{tmp_path}/in/").removeprefix(base): each["reason"] for each in failures}
    assert told.keys() == TOLD.keys()
    assert {name: reason for name, reason in told.items() if not reason.startswith(TOLD[name])} == {}
    assert all(each["remedy"] for each in failures)
    with open_store(store) as there:
        assert {article.id for article in there.articles()} == KEPT | good


def test_gigabytes_take_no_memory(tmp_path: Path) -> None:
    command = [sys.executable, str(NASTY / "make.py"), str(tmp_path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=300)
    assert done.stderr == ""
    *told, peak = done.stdout.replace(f"{tmp_path}/", "").splitlines()
    reasons = {line.partition(": ")[0]: line.partition(": ")[2].partition(";")[0] for line in told}
    swollen = reasons.pop("bomb.zip!008.txt")
    assert reasons.pop("bomb.jsonl.gz") == swollen == "unpacks to far more than a text would"
    assert reasons == {f"bomb.zip!{number:03}.txt": "longer than 500,000 characters" for number in range(8)} | {
        "line.csv:2": "a line longer than 32 MB",
        "line.html": "longer than 8 MB",
        "line.jsonl:1": "a line longer than 32 MB",
        "line.txt": "longer than 32 MB",
    }
    assert int(peak) < MEGABYTES


def test_a_folder_that_cannot_be_listed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "z.txt").write_text(make.GOOD)
    plain = reading._listed  # noqa: SLF001 - as in _lock

    def refusing(folder: Path) -> list[tuple[Path, bool]]:
        if folder.name == "b":
            raise PermissionError(13, "Permission denied")
        return plain(folder)

    monkeypatch.setattr(reading, "_listed", refusing)
    error, article = read(tmp_path)
    expected = f"{tmp_path}/a/b: cannot be listed (Permission denied); check the folder's permissions"
    assert (str(error), getattr(article, "id", None)) == (expected, "z")


@pytest.mark.parametrize("path", ["a" * 5000, "a/" * 3000, "a\0b", "\ud800", "/dev/zero"])
def test_a_path_that_is_none_is_one_line(path: str) -> None:
    [error] = read(path)
    assert isinstance(error, InputError)
    str(error).encode()
