"""What the documentation shows is so: its commands run, its lists are whole, its links lead somewhere."""

from __future__ import annotations

import contextlib
import gc
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg import ontology
from kg.cli import main
from kg.store import queries
from kg.store.shipped import ROLLED_UP

TOP = Path(__file__).resolve().parent.parent
README = (TOP / "README.md").read_text(encoding="utf-8")
PAGES = [TOP / "README.md", TOP / "data" / "README.md", *sorted((TOP / "docs").glob("*.md"))]
LANGUAGES = sorted(path.parent.name for path in (TOP / "kg" / "lang").glob("*/grammar.toml"))
NOTEBOOKS = sorted((TOP / "notebooks").glob("*.ipynb"))

BLOCKS = re.findall(r"^```sh\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
LINES = [line for block in BLOCKS for line in block.splitlines()]
COMMANDS = [line for line in LINES if not line.startswith(("make ", "export "))]
RUN = [line for line in COMMANDS if not line.startswith("kg serve ")]  # that one waits; test_store_safety.py runs it
STORE = "data/out/store"


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the sample articles where ``make demo`` has built its store."""
    folder = tmp_path_factory.mktemp("clone")
    (folder / "data" / "out").mkdir(parents=True)
    (folder / "data" / "articles").symlink_to(TOP / "data" / "articles")
    _run(f"kg build data/articles --store {STORE}", folder)
    return folder


def _run(line: str, folder: Path) -> str:
    """Run a line as a reader would, but in this process where no shell is needed: the models load once."""
    first, *words = shlex.split(line)
    if first != "kg":
        return _shell(line, folder)
    with contextlib.chdir(folder):
        done = CliRunner().invoke(main, words, env={"KG_STORE": STORE}, catch_exceptions=False)
    gc.collect()  # the datasets of rdflib are cycles, and hold the lock of the store until they are gone
    assert (done.exit_code, done.stderr) == (0, ""), line
    return done.stdout


def _shell(line: str, folder: Path) -> str:
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    settings = {**os.environ, "PATH": path, "KG_STORE": STORE, "PYTHONUTF8": "1"}
    done = subprocess.run(["sh", "-c", line], cwd=folder, env=settings, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, ""), line
    return done.stdout


@pytest.mark.parametrize("line", dict.fromkeys(RUN))
def test_a_command_of_the_readme_runs(line: str, clone: Path) -> None:
    shown = _run(line, clone)
    output = re.search(r" -o (\S+)", line)
    assert (clone / output[1]).stat().st_size > 1000 if output else shown


def test_the_readme_has_commands() -> None:
    assert len(set(COMMANDS)) >= 15
    assert 'export PATH="$PWD/.venv/bin:$PATH"' in LINES
    assert f"export KG_STORE={STORE}" in LINES


def test_make_targets_of_the_readme_are_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (TOP / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {word for line in LINES if line.startswith("make ") for word in line.split()[1:]}
    assert named == {"demo", "test"}
    assert named | set(re.findall(r"`make ([a-z-]+)`", README)) <= targets


def test_the_explanation_in_the_readme_is_the_real_one(clone: Path) -> None:
    shown = "\n".join(re.findall(r"^```text\n(.*?)^```$", README, re.DOTALL | re.MULTILINE))
    real = " ".join(_run("kg explain Iran suppliesArmsTo Russia", clone).split())
    said = re.findall(r"“[^”]*”\s+→[^·\n]*|^[\w ]+ · \w+|^Iran .*", shown, re.MULTILINE)
    assert len(said) >= 6
    assert [each for each in said if " ".join(each.split()) not in real] == []


def test_every_command_and_language_is_in_the_readme() -> None:
    ran = "\n".join(COMMANDS)
    assert [name for name in main.commands if f"kg {name} " not in f"{ran} ".replace("\n", " \n")] == []
    assert [lang for lang in LANGUAGES if f"`kg/lang/{lang}`" not in README] == []
    assert LANGUAGES == ["en", "fr"]


def test_the_page_of_relations_is_in_step_with_the_ontology() -> None:
    told = f"write it anew: {Path(sys.executable).name} tests/{Path(__file__).name}"
    assert (TOP / "docs" / "relations.md").read_text(encoding="utf-8") == relations_page(), told
    assert f"one of [{len(ontology.load().relations)}](docs/relations.md)" in README


def test_the_table_of_queries_is_in_step_with_their_files() -> None:
    told = f"write it anew: {Path(sys.executable).name} tests/{Path(__file__).name}"
    assert queries_table() in (TOP / "docs" / "store.md").read_text(encoding="utf-8"), told


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(TOP)))
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(TOP)))
def test_pages_name_no_path_outside_the_tree(page: Path) -> None:
    assert re.findall(r"(?:\.\./){2,}|\.\./shared|/(?:home|root|work)/", page.read_text(encoding="utf-8")) == []


def test_the_picture_is_small() -> None:
    picture = (TOP / "docs" / "images" / "graph.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) < 400_000


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_notebooks_are_stripped(path: Path) -> None:
    cells = [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
    assert cells
    assert [cell for cell in cells if cell["outputs"] or cell["execution_count"] is not None] == []


def queries_table() -> str:
    """Write the table of docs/store.md from the files of the queries."""
    rows = ["| query | what it answers | values |", "| --- | --- | --- |"]
    for query in queries().values():
        if query.name.endswith(ROLLED_UP):
            continue
        values = [f"**`{each.name}`**" if each.required else f"`{each.name}`" for each in query.parameters]
        mark = " ↑" if query.name + ROLLED_UP in queries() else ""
        rows.append(f"| `{query.name}`{mark} | {query.description()} | {', '.join(values)} |")
    return "\n".join(rows) + "\n"


def relations_page() -> str:
    """Write docs/relations.md from the ontology."""
    quads: dict[str, list[ontology.Relation]] = {}
    for relation in ontology.load().relations.values():
        quads.setdefault(relation.quad, []).append(relation)
    lines = [
        "# The relations",
        "",
        f"The {len(ontology.load().relations)} relations that a claim can have, by what they are;",
        "in brackets the more general one.",
        "*Both ways*: A with B is also B with A. *Dated*: something that happens, so that each month is a case of its",
        "own. *Ends*: what no longer holds from then on. Source: [geopolitics.ttl](../ontologies/geopolitics.ttl).",
    ]
    for quad, relations in quads.items():
        lines += ["", f"## {quad.replace('-', ' ').capitalize()}", ""]
        lines += [
            "| relation | English | français | from → to | what it means | |",
            "| --- | --- | --- | --- | --- | --- |",
        ]
        lines += map(_row, relations)
    return "\n".join(lines) + "\n"


def _row(relation: ontology.Relation) -> str:
    labels, ends = dict(relation.labels), f"{', '.join(relation.subject)} → {', '.join(relation.object)}"
    notes = [
        "both ways" if relation.symmetric else "",
        "dated" if relation.punctual else "",
        f"ends {', '.join(f'`{name}`' for name in relation.ends)}" if relation.ends else "",
    ]
    name = f"`{relation.name}`" + (f" (`{relation.parent}`)" if relation.parent else "")
    meaning = dict(relation.definitions)["en"]
    return f"| {name} | {labels['en']} | {labels['fr']} | {ends} | {meaning} | {'; '.join(filter(None, notes))} |"


if __name__ == "__main__":
    (TOP / "docs" / "relations.md").write_text(relations_page(), encoding="utf-8")
    store_page = TOP / "docs" / "store.md"
    text = re.sub(
        r"^\| query \|.*\n(?:\|.*\n)+",
        lambda _: queries_table(),
        store_page.read_text(encoding="utf-8"),
        flags=re.MULTILINE,
    )
    store_page.write_text(text, encoding="utf-8")
