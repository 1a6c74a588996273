"""SPARQL in a cell of its own: ``%load_ext kg``, then ``%%sparql`` above a query, or ``%sparql`` and its name."""

from __future__ import annotations

import io
import re
import shlex
from typing import TYPE_CHECKING, Any

from IPython.core.error import UsageError
from IPython.core.magic import Magics, line_cell_magic, magics_class, no_var_expand
from IPython.core.magic_arguments import MagicArgumentParser

from kg import notebook

if TYPE_CHECKING:
    from argparse import Namespace

    from IPython.core.interactiveshell import InteractiveShell

    from kg.notebook import Graph, Page
    from kg.tables import Table

_OPTION = re.compile(r"\s*--?[A-Za-z]")
_NAMED = re.compile(r"\s*([a-z][a-z-]*)(?=\s+-|\s*$)")  # a query by name, which may stand before the options
_QUERY = "then the query, or the name of one that comes with kg"
_TAKE_A_VALUE = ("--on", "--store-to", "--limit", "--lang", "--param", "-p")


def _parser() -> MagicArgumentParser:
    parser = MagicArgumentParser(prog="%sparql", epilog=_QUERY)  # type: ignore[no-untyped-call] # IPython's
    parser.allow_abbrev = False
    add = parser.add_argument
    add("--on", metavar="GRAPH", help="the variable that holds the graph; else the one that kg.open gave last")
    add("--store-to", metavar="NAME", help="keep the table in a variable, too")
    add("--graph", action="store_true", help="draw the statements: columns subject, relation and object")
    add("--limit", type=int, metavar="N", help="show and keep no more than N rows")
    add("--labels", action="store_true", help="names for addresses, which move to columns that end in _iri")
    add("--lang", help="the language of names and of the page; with it, names stand for addresses")
    bind = "bind ?NAME to an address (ent:iran) or a text, with $ to a variable of Python: --param since=$day"
    add("--param", "-p", action="append", default=[], metavar="NAME=VALUE", help=bind)
    return parser


_PARSER = _parser()


def load(shell: InteractiveShell) -> None:
    """Give a notebook or an IPython console the magic commands ``%sparql`` and ``%%sparql``."""
    shell.register_magics(SparqlMagics)


@magics_class
class SparqlMagics(Magics):
    """The magic commands of kg."""

    @no_var_expand  # braces and dollars belong to SPARQL
    @line_cell_magic
    def sparql(self, line: str, cell: str | None = None) -> Table | Page:
        """Ask a graph in SPARQL, or by the name of a query that comes with kg; options stand before the query."""
        options, query = _split(line)
        asked = _PARSER.parse_args(options)
        query = "\n".join(filter(None, (query, cell or "")))
        if not query.strip():
            raise UsageError("no query: write it on the lines below %%sparql, or name one, as in %sparql contested")
        values = dict(self._value(param) for param in asked.param)
        labels = asked.lang or asked.labels or asked.graph
        table = self._graph(asked.on).sparql(query, labels=labels, limit=asked.limit, **values)
        return self._shown(table, asked)

    def _shown(self, table: Table, asked: Namespace) -> Table | Page:
        if asked.store_to:
            if not asked.store_to.isidentifier():
                raise UsageError(f"--store-to {asked.store_to}: no name of a variable; write --store-to table")
            self._variables[asked.store_to] = table
        return table.view(asked.lang or notebook.LANGUAGE) if asked.graph else table

    def _graph(self, name: str | None) -> Graph:
        found = self._variable(name, "--on") if name else notebook.latest()
        if found is None:
            raise UsageError('no graph is open: graph = kg.open("news"), or name yours with --on')
        if not isinstance(found, notebook.Graph):
            raise UsageError(f"--on {name}: that is no graph; give the variable that kg.open was put in")
        return found

    def _value(self, param: str) -> tuple[str, Any]:
        name, equals, value = param.partition("=")
        if not (equals and name.isidentifier()):
            raise UsageError(f"--param {param}: no value for a name; write it as --param who=ent:iran")
        return name, self._variable(value[1:], f"--param {name}") if value.startswith("$") else value

    def _variable(self, name: str, where: str) -> Any:  # noqa: ANN401 - of any type
        if name not in self._variables:
            raise UsageError(f"{where}: no variable {name!r} in this notebook; run the cell that makes it")
        return self._variables[name]

    @property
    def _variables(self) -> dict[str, Any]:
        return self.shell.user_ns if self.shell else {}


SparqlMagics.sparql.__doc__ = f"{SparqlMagics.sparql.__doc__}\n\n{_PARSER.format_help()}"  # shown by %sparql?


def _split(line: str) -> tuple[list[str], str]:
    r"""Part the options, in which quotes hold words together, from the query after them, which stays as it is.

    >>> _split("--limit 3 -p who=\"L'Iran\" ASK { ?a ?b 'x  y' }")
    (['--limit', '3', '-p', "who=L'Iran"], "ASK { ?a ?b 'x  y' }")
    >>> _split("--lang fr contested --limit 3")
    (['--lang', 'fr', '--limit', '3'], 'contested')
    """
    text = io.StringIO(line)
    words = shlex.shlex(text, posix=True)
    words.whitespace_split, words.commenters, words.quotes = True, "", '"'
    options: list[str] = []
    name, start = "", 0
    try:
        while _OPTION.match(line, start) or (not name and _NAMED.match(line, start)):
            if named := _NAMED.match(line, start):
                name = named[1]
                text.seek(named.end())
            else:
                options += [word for _ in range(1 + _takes_a_value(line[start:])) if (word := words.get_token())]
            start = text.tell()
    except ValueError as error:
        raise UsageError(f'{line.strip()}: a quotation mark is missing ({error}); write --param "who=…"') from None
    return options, f"{name} {line[start:].strip()}".strip()


def _takes_a_value(rest: str) -> bool:
    return rest.split(maxsplit=1)[0] in _TAKE_A_VALUE
