"""What holds the shape: who may import what, how long things are, and nothing of one machine in the tree."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parent.parent
MODULES = sorted((TOP / "kg").rglob("*.py"))

# Each library has one home; what is not in this table, the package does not import.
HOMES = {
    "spacy": ("extract/",),
    "thinc": ("extract/products.py",),
    "numpy": ("extract/products.py", "layout.py", "view/picture.py"),
    "rdflib": ("ontology.py", "store/"),
    "oxrdflib": ("store/",),
    "pyoxigraph": ("ontology.py", "actors.py", "store/"),
    "pyshacl": ("ontology.py", "store/"),
    "networkx": ("graph.py", "layout.py", "network.py", "store/edges.py", "view/"),
    "pyvis": ("view/",),
    "click": ("cli",),
    "rich": ("printing.py",),
    "pandas": ("tables.py",),
    "IPython": ("magic.py",),
    "matplotlib": ("plots.py", "view/picture.py"),
    "trafilatura": ("articles/",),
    "py3langid": ("articles/",),
    "rapidfuzz": ("",),
    "charset_normalizer": ("articles/",),
    "lxml": ("articles/",),
    "feedparser": ("articles/",),
    "pypdf": ("articles/",),
    "warcio": ("articles/",),
    "protego": ("articles/",),
    "datasketch": ("copies.py",),
    "httpx": ("store/", "articles/"),
    "tenacity": ("store/",),
    "pebble": ("workers.py",),
    "distributed": ("workers.py",),
}

# articles → extract → store → graph → view: each may import the values and what stands before it.
VALUES = {"errors", "model", "sweeping"}
FACTS = VALUES | {"ontology", "actors", "lang", "ontologies"}
FLOW = {
    "errors": set(),
    "model": set(),
    "ontology": VALUES,
    "actors": FACTS,
    "jsonl": VALUES,
    "sweeping": set(),
    "text": set(),
    "sheet": VALUES | {"text"},
    "rollup": VALUES,
    "lookup": FACTS | {"text"},
    "judging": FACTS | {"lookup", "sheet"},
    "unresolved": FACTS | {"extract", "store"},
    "decisions": FACTS | {"text", "lookup", "sheet", "judging"},
    "verdicts": FACTS | {"text", "lookup", "sheet"},
    "outlets": FACTS | {"lookup", "sheet"},
    "document": {"errors", "text"},
    "copies": VALUES,
    "articles": FACTS | {"text"},
    "extract": FACTS,
    "store": FACTS | {"outlets", "rollup", "text", "copies"},
    "asking": FACTS | {"lookup", "text", "store"},
    "limits": VALUES,
    "layout": set(),
    "graph": FACTS | {"rollup", "layout"},
    "selection": FACTS | {"text", "lookup", "explain", "graph"},
    "view": FACTS | {"graph", "layout", "plots", "text"},
}

LONGEST_FUNCTION, LONGEST_MODULE = 40, 600


def _imports(path: Path) -> set[str]:
    """Name every module that a file imports, those for type checking aside."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {node for block in ast.walk(tree) if _is_type_checking(block) for node in ast.walk(block)}
    names: set[str] = set()
    for node in ast.walk(tree):
        if node in typing_only:
            continue
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names |= {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def _is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _place(path: Path) -> str:
    return path.relative_to(TOP / "kg").as_posix()


def _part(path: Path) -> str:
    return _place(path).split("/")[0].removesuffix(".py")


def test_modules_are_found() -> None:
    assert len(MODULES) > 10


@pytest.mark.parametrize("path", MODULES, ids=_place)
def test_each_library_has_its_home(path: Path) -> None:
    libraries = {name.split(".")[0] for name in _imports(path)} - set(sys.stdlib_module_names) - {"kg"}
    strangers = {name for name in libraries if not _place(path).startswith(HOMES.get(name, ("none",)))}
    assert not strangers


@pytest.mark.parametrize("path", MODULES, ids=_place)
def test_data_flow_one_way(path: Path) -> None:
    part = _part(path)
    if part not in FLOW:
        return
    ours = {name.split(".")[1] for name in _imports(path) if name.startswith("kg.")}
    assert ours <= FLOW[part] | {part}


@pytest.mark.parametrize("path", MODULES, ids=_place)
def test_functions_and_modules_are_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_MODULE
    functions = [n for n in ast.walk(ast.parse(text)) if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))]
    long = {f.name: _length(f) for f in functions if _length(f) > LONGEST_FUNCTION}
    assert not long


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


@pytest.mark.parametrize("path", MODULES, ids=_place)
def test_no_code_asks_for_a_language(path: Path) -> None:
    """A language is a folder of data; `if lang == "fr"` would make it code."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    asked = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare) and {"fr", "en"} & {getattr(c, "value", None) for c in node.comparators}
    ]
    assert not asked


def test_exceptions_to_the_rules_name_the_rule() -> None:
    marks = [
        f"{_place(path)}:{number}"
        for path in MODULES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if re.search(r"#\s*noqa(?!: [A-Z]+\d+)|#\s*type: ignore(?!\[)", line)
    ]
    assert not marks


def test_nothing_of_one_machine_is_tracked() -> None:
    """No path of a home or of this checkout, no address of a package index, nothing big."""
    machine = [str(TOP.parent) + "/", str(Path.home()) + "/", "--index" + "-url", "--extra-index" + "-url"]
    found = [
        f"{name}: {text}"
        for name in _tracked()
        for text in machine
        if len(text) > 2 and text.encode() in (TOP / name).read_bytes()
    ]
    assert not found
    assert [name for name in _tracked() if (TOP / name).stat().st_size > 1_000_000] == []


def _tracked() -> list[str]:
    """List the files that git keeps; in a tree without git (an archive), all there are."""
    if not (TOP / ".git").exists():
        names = (path.relative_to(TOP).as_posix() for path in TOP.rglob("*") if path.is_file())
        return [name for name in names if not name.startswith(".venv/")]
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=TOP, check=True, capture_output=True).stdout.decode()
    return [name for name in listed.split("\0") if name and (TOP / name).is_file()]
