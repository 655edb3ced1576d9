"""An answer in all the forms in which it may be asked for, and how it is written out."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nhskg.lookup.records import Record, flat
from nhskg.model import ClaimGraph
from nhskg.render.formats import Format, GraphFormat

if TYPE_CHECKING:
    from rich.console import RenderableType

    from nhskg.lookup.graph import Graph


Lines = Callable[[], Iterable[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a command has to say. All forms but the one that is wanted stay unmade.

    Attributes:
        lines: plain text.
        records: rows for CSV, and for JSON where ``value`` is not given.
        columns, rows: a table for the terminal and for Markdown.
        markdown: Markdown, where it is not that table.
        value: what JSON holds.
        claim_graph: the piece of the graph, for drawings and Turtle.
        on_terminal: what rich is to show, where it is not the table or the lines.
        is_prose: whether a terminal shows the lines though there is a table, since sentences do not fit into columns.
        is_empty: whether nothing was found.
    """

    lines: Lines
    records: Callable[[], Iterable[Record]]
    columns: Sequence[str] = ()
    rows: Callable[[], Iterable[Sequence[str]]] = field(default=tuple)
    markdown: Lines | None = None
    value: Callable[[], Any] | None = None
    claim_graph: ClaimGraph | None = None
    on_terminal: Callable[[], RenderableType] | None = None
    is_prose: bool = False
    is_empty: bool = False


def write(answer: Answer, form: Format | GraphFormat, graph: Graph, *, terminal: bool) -> None:
    """Writes an answer to stdout; with colours and columns where that is a terminal."""
    if form == Format.TABLE and terminal:
        from nhskg.render.terminal import show

        show(answer)
        return
    for line in _written(answer, form, graph):
        print(line)  # noqa: T201 stdout is where answers go


def _written(answer: Answer, form: Format | GraphFormat, graph: Graph) -> Iterable[str]:
    match form.value:
        case "json":
            value = answer.value() if answer.value else list(answer.records())
            return [json.dumps(value, ensure_ascii=False, indent=1)]
        case "csv":
            return _csv([flat(record) for record in answer.records()])
        case "md":
            return answer.markdown() if answer.markdown else _markdown_table(answer)
        case "dot" | "mermaid" | "ttl":
            from nhskg.render.drawing import dot, mermaid, turtle

            drawn = {"dot": dot, "mermaid": mermaid, "ttl": turtle}[form.value]
            return drawn(graph, answer.claim_graph) if answer.claim_graph else []
        case _:
            return answer.lines()


def _csv(records: list[Record]) -> list[str]:
    """Rows of CSV (RFC 4180, with plain line ends) under the names of all fields that some record has."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, dict.fromkeys(key for record in records for key in record), lineterminator="\n")
    writer.writeheader()
    writer.writerows(records)
    return buffer.getvalue().rstrip("\n").split("\n")


def _markdown_table(answer: Answer) -> Iterator[str]:
    yield _markdown_row(answer.columns)
    yield _markdown_row(["---"] * len(answer.columns))
    for row in answer.rows():
        yield _markdown_row(row)


def _markdown_row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(' '.join(cell.split()).replace('|', '&#124;') for cell in cells)} |"
