"""Input that is broken or means harm, and too large or too odd to be kept as files: made when tests run."""

from __future__ import annotations

import gzip
import io
import os
import resource
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

GOOD = "Paris a condamné Téhéran."
GIGABYTE = 1 << 30


def zipped(members: Mapping[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)  # always the same bytes
    return data.getvalue()


def nested_zip(depth: int) -> bytes:
    data = zipped({"a.txt": GOOD.encode()})
    for _ in range(depth):
        data = zipped({"in.zip": data})
    return data


def bomb(members: int, size: int) -> bytes:
    """Make an archive of many texts, each small enough to be unpacked by itself."""
    data, text = io.BytesIO(), (GOOD + "\n").encode()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        content = text * (size // len(text))
        for number in range(members):
            archive.writestr(f"{number:03}.txt", content)
    return data.getvalue()


def small(folder: Path) -> None:
    """Write what takes little room, but cannot lie in a repository as it is."""
    made = {
        "deep.html": f"<html><body>{'<div>' * 10_000}{GOOD}".encode(),
        "deep.jsonl": b"[" * 100_000,
        "nested.zip": nested_zip(4),
        "out.zip": zipped({"../../out.txt": GOOD.encode()}),
        "truncated.txt.gz": gzip.compress(GOOD.encode() * 50)[:-20],
        "broken.zip": zipped({"a.txt": GOOD.encode() * 50})[:60],
        "empty.html": b"",
    }
    for name, content in made.items():
        (folder / name).write_bytes(content)
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    (folder / "round").symlink_to(folder, target_is_directory=True)
    os.mkfifo(folder / "pipe.txt")


def large(folder: Path) -> None:
    """Write what would take a gigabyte, were it read: sparse files and archives that swell."""
    for name in ("line.txt", "line.jsonl", "line.csv", "line.html"):
        with (folder / name).open("wb") as file:
            file.write(b"text\nParis " if name.endswith("csv") else b"Paris ")
            file.truncate(GIGABYTE)
    (folder / "bomb.zip").write_bytes(bomb(10, 30 << 20))
    with gzip.open(folder / "bomb.jsonl.gz", "wb", compresslevel=1) as file:
        for _ in range(300):
            file.write(b"{" * (1 << 20))


def main(folder: Path) -> None:
    """Make what is large, read it with little memory to take, and print what became of it and the peak in MB."""
    from kg.articles import read  # noqa: PLC0415 - only here

    large(folder)
    resource.setrlimit(resource.RLIMIT_DATA, (GIGABYTE // 2, GIGABYTE // 2))
    for outcome in read(folder):
        sys.stdout.write(f"{outcome}\n"[:300])
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    sys.stdout.write(f"{int(status['VmHWM'].split()[0]) >> 10}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
