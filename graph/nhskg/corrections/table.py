"""``corrections.csv`` as a table that people edit in spreadsheets: written so that nothing in it runs, read as it comes back.

A spreadsheet may add a byte order mark, part cells with semicolons or tabs, write dates in its own form and drop empty columns.
It takes a cell that begins with ``=``, ``+``, ``-`` or ``@`` for a formula, so such a cell gets an apostrophe before it
(https://owasp.org/www-community/attacks/CSV_Injection), which reading takes away again.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nhskg.errors import InputError
from nhskg.ingest.decoding import decode
from nhskg.ingest.draft import Unreadable
from nhskg.ingest.files import CORRECTIONS as FILE

__all__ = ["COLUMNS", "FILE", "Cells", "Table", "append", "parse", "read_table", "text_of", "write_table"]

COLUMNS = (
    "date", "name", "action", "document", "quote", "subject", "predicate", "object", "status", "speaker", "field", "to", "reason",
)  # fmt: skip
NEEDED = ("action",)
FIRST_ROW = 2
"""The number that a spreadsheet shows beside the first row below the header."""
LARGEST = 50_000_000
FORMULA = re.compile(r"'*[=+\-@\t\r]")
SEPARATOR = re.compile(r"sep=(?P<mark>.)\r?\n")

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file, each a mapping of its columns to cells; the row at index ``i`` is row ``i + FIRST_ROW``."""

    path: Path
    columns: tuple[str, ...]
    rows: tuple[Cells, ...]

    def place(self, index: int) -> str:
        """Says where a row is: "letters/corrections.csv, row 4"."""
        return f"{self.path}, row {index + FIRST_ROW}"


def read_table(path: Path) -> Table:
    """Reads a table of corrections as a spreadsheet or we have saved it.

    Raises:
        InputError: if it cannot be read or has no column for the action.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(f"{path}: over {LARGEST / 1e6:.0f} MB; that is no table of corrections")
        text, _ = decode(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error})") from error
    except Unreadable as error:
        raise InputError(f"{path}: {error}; save it as CSV (UTF-8)") from error
    return parse(text, path)


def parse(text: str, path: Path) -> Table:
    """Reads the text of a table.

    Raises:
        InputError: if it is no table with a column for the action.
    """
    text = text.removeprefix("\ufeff")
    stated = SEPARATOR.match(text)
    text = text[stated.end() :] if stated else text
    head = text.partition("\n")[0]
    mark = stated["mark"] if stated else max(",;\t", key=lambda mark: (head.count(mark), mark == ","))
    csv.field_size_limit(LARGEST)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    except csv.Error as error:
        raise InputError(f"{path}: no table in CSV ({error}); save it as CSV (UTF-8)") from error
    columns = tuple(name.strip().lower() for name in lines[0]) if lines else ()
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        raise InputError(
            f"{path}, row 1: no column {', '.join(missing)}; the first row names the columns: {','.join(COLUMNS)}"
        )
    # What is missing at the end of a row is empty: some spreadsheets cut empty cells off.
    rows = (dict(zip(columns, [*map(_plain, line), *[""] * len(columns)], strict=False)) for line in lines[1:])
    return Table(path, columns, tuple(rows))


def write_table(path: Path, rows: Iterable[Cells], columns: Sequence[str] = COLUMNS) -> None:
    """Writes a table that spreadsheets open as it is meant, whole or not at all.

    Raises:
        InputError: if it cannot be written.
    """
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        # With its mark, since Excel takes UTF-8 without one for the code page of the machine.
        unfinished.write_text(text_of(rows, columns), encoding="utf-8-sig", newline="")
        os.replace(unfinished, path)
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror or error})") from error
    finally:
        unfinished.unlink(missing_ok=True)


def text_of(rows: Iterable[Cells], columns: Sequence[str] = COLUMNS) -> str:
    """Gives the text of a table (RFC 4180)."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_harmless(row.get(name, "")) for name in columns] for row in rows)
    return buffer.getvalue()


def append(path: Path, rows: Sequence[Cells]) -> None:
    """Adds rows to a table, which keeps the rows and columns that it has.

    Raises:
        InputError: if it cannot be read or written.
    """
    before = read_table(path) if path.exists() else Table(path, COLUMNS, ())
    columns = [*before.columns, *(name for name in COLUMNS if name not in before.columns)]
    write_table(path, [*before.rows, *rows], list(filter(None, columns)))


def _harmless(cell: str) -> str:
    """Gives a cell that no spreadsheet takes for a formula.

    >>> _harmless("-5"), _harmless("'-5"), _harmless("NHS England")
    ("'-5", "''-5", 'NHS England')
    """
    return f"'{cell}" if FORMULA.match(cell) else cell


def _plain(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell
