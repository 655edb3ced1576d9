"""Answers on a terminal, with rich: columns, colours where the terminal has them. Nothing goes through a pager."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from nhskg.render.answer import Answer

STYLES = {
    "asserted": "green",
    "planned": "cyan",
    "hypothetical": "cyan",
    "alleged": "yellow",
    "negated": "red",
    "disputed": "bold red",
    "register": "dim",
    "passed": "yellow",
    "due": "cyan",
    "denied": "red",
    "done": "green",
}


def show(answer: Answer) -> None:
    """Shows an answer on the terminal."""
    console = Console(highlight=False, emoji=False, markup=False)
    if answer.on_terminal:
        console.print(answer.on_terminal())
    elif answer.columns and not answer.is_prose:
        console.print(_table(answer))
    else:
        for line in answer.lines():
            indent = len(line) - len(line.lstrip())
            # What is wrapped stays under what it belongs to.
            console.print(Padding(coloured(line.lstrip(), heading=bool(line) and not indent), (0, 0, 0, indent)))


def _table(answer: Answer) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for column in answer.columns:
        narrow = column in ("date", "status", "claim", "due", "outcome", "")
        table.add_column(column, no_wrap=narrow, overflow="fold")
    for row in answer.rows():
        table.add_row(*map(coloured, row))
    return table


def coloured(text: str, *, heading: bool = False) -> Text:
    """Gives text with its statuses in colour, and a heading in bold."""
    shown = Text(text, style="bold" if heading and not text.startswith("“") else "")
    start = text.rfind("[")
    # In a sentence the status stands in brackets; in a table it is the whole cell.
    if start >= 0 or text in STYLES:
        for word, style in STYLES.items():
            for place in _places(text, word, max(start, 0)):
                shown.stylize(style, place, place + len(word))
    if text.startswith("“"):
        shown.stylize("italic", 0, text.rfind("”") + 1)
    return shown


def _places(text: str, word: str, start: int) -> list[int]:
    places, place = [], text.find(word, start)
    while place >= 0:
        places.append(place)
        place = text.find(word, place + len(word))
    return places
