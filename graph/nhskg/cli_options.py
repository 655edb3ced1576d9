"""The options that look-ups share, and how their answers are written."""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from nhskg.errors import NhskgError
from nhskg.finding import NotFound, name_key
from nhskg.lookup.filters import Direction, Through
from nhskg.model import Kind, Status
from nhskg.render.formats import Format, GraphFormat
from nhskg.talk import talk

if TYPE_CHECKING:
    from nhskg.lookup.graph import Graph
    from nhskg.render.answer import Answer

T = TypeVar("T")
AT_MOST = 50
"""So many results a table has where --limit does not say otherwise; the other forms have all."""
COMPLETIONS = 20


def complete_name(ctx: typer.Context, incomplete: str) -> list[str]:
    """Gives the names in the build that begin so, for the shell."""
    key = name_key(incomplete)
    rows = _for_completion(
        ctx,
        "SELECT name.name FROM name JOIN entity e ON e.number = name.entity WHERE key >= ? AND key < ? "
        "ORDER BY e.claims DESC, name.name LIMIT ?",
        (key, f"{key}\U0010ffff", COMPLETIONS),
    )
    return list(dict.fromkeys(rows))


def complete_relation(ctx: typer.Context, incomplete: str) -> list[str]:
    """Gives the relations that begin so, for the shell."""
    rows = _for_completion(ctx, "SELECT name FROM relation ORDER BY name", ())
    return [name for name in rows if name.startswith(incomplete)]


def _for_completion(ctx: typer.Context, sql: str, parameters: tuple[object, ...]) -> list[str]:
    """Gives what can be completed; nothing where there is no build to ask."""
    from nhskg.lookup.index import Index

    try:
        return [row[0] for row in Index(Path(ctx.params.get("graph") or "out")).rows(sql, parameters)]
    except NhskgError:
        return []


BuildFolder = Annotated[Path, typer.Option("--graph", "-g", envvar="NHSKG_GRAPH", help="Folder that a build wrote.")]
Name = Annotated[str, typer.Argument(help="Name, acronym, ODS code or id.", autocompletion=complete_name)]
Form = Annotated[Format, typer.Option("--format", "-f", help="How to write the answer.")]
GraphForm = Annotated[GraphFormat, typer.Option("--format", "-f", help="How to write the answer.")]
Limit = Annotated[
    int | None,
    typer.Option("--limit", "-l", min=0, help=f"At most so many, 0 for all. A table has {AT_MOST} unless told."),
]
Evidence = Annotated[bool, typer.Option("--evidence", "-e", help="Show the words that each claim rests on.")]
Ends = Annotated[Direction, typer.Option(help="Only edges that come in, or go out.")]
Ways = Annotated[Through, typer.Option(help="What documents claim, what the register says, or both.")]


def _filters(
    relation: Annotated[
        list[str] | None,
        typer.Option("--relation", "-r", help='Such as "works with". Repeatable.', autocompletion=complete_relation),
    ] = None,
    kind: Annotated[list[Kind] | None, typer.Option(help="What is at the other end. Repeatable.")] = None,
    status: Annotated[list[Status] | None, typer.Option("--status", "-s", help="Of claims. Repeatable.")] = None,
    speaker: Annotated[
        str | None,
        typer.Option(
            help='To whom claims are attributed; "document" is the documents\' own voice.', autocompletion=complete_name
        ),
    ] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Documents from then on: 2019, 2019-04-01.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Documents until then.")] = None,
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="What was known and held on that day, or by the end of a year.")
    ] = None,
) -> None:
    """The options that say which claims are asked for; their names are those of ``lookup.graph.Asked``."""


def with_filters(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command the options of ``_filters``; it gets those that were used as one argument, ``asked``."""
    own = inspect.signature(command, eval_str=True)
    shared = inspect.signature(_filters, eval_str=True)

    @functools.wraps(command)
    def run(**values: Any) -> None:
        asked = {name: value for name in shared.parameters if (value := values.pop(name)) is not None}
        command(**values, asked=asked)

    parameters = [parameter for name, parameter in own.parameters.items() if name != "asked"]
    parameters += shared.parameters.values()
    run.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined]  # what typer reads
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return run


def open_graph(folder: Path) -> Graph:
    """Opens the build that --graph names."""
    from nhskg.lookup.graph import Graph
    from nhskg.lookup.later import is_for_later

    if is_for_later(folder):
        talk.say(f"{folder}: making the look-up index, once, as this is the first look-up in a large graph")
    graph = Graph.open(folder)
    talk.detail(f"reading {graph.index.path}")
    return graph


def at_most(limit: int | None, form: Format | GraphFormat) -> int | None:
    """Gives how many results are wanted, None for all."""
    if limit is None:
        return AT_MOST if form == Format.TABLE else None
    return limit or None


def one_more(limit: int | None) -> int | None:
    """Gives how many to look for, so that one knows whether there are more than wanted."""
    return None if limit is None else limit + 1


def cut(found: tuple[T, ...], limit: int | None, most: int | None) -> tuple[T, ...]:
    """Leaves out what is more than wanted; says so, unless --limit was given."""
    if most is not None and len(found) > most:
        say_cut(limit, most)
    return found[:most]


def say_cut(limit: int | None, most: int) -> None:
    """Says that there is more than is shown, to somebody who did not ask for so many."""
    if limit is None:
        talk.say(f"only the first {most}; --limit 0 shows all, and filters narrow it down (see --help)")


def answer_with(answer: Answer, form: Format | GraphFormat, graph: Graph, nothing: str) -> None:
    """Writes an answer out.

    Raises:
        NotFound: with what to say if nothing was found; JSON and CSV are written even so, empty.
    """
    from nhskg.render.answer import write

    if not answer.is_empty or form in (Format.JSON, Format.CSV):
        write(answer, form, graph, terminal=sys.stdout.isatty())
    talk.detail("answered")
    if answer.is_empty:
        raise NotFound(nothing)
