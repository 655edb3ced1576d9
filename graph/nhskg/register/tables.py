"""The files of a register as they stand: their columns, their order, and how they are read and written."""

from __future__ import annotations

import csv
import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from nhskg.errors import InputError
from nhskg.resources import resource

AMBIGUOUS, BODIES, LEFT_OUT, NAMES = "ambiguous_aliases.csv", "bodies.csv", "left_out.csv", "names.csv"
OFFICE_HOLDERS, PROGRAMMES, RELATIONS = "office_holders.csv", "programmes.csv", "relations.csv"
COLUMNS: Mapping[str, tuple[str, ...]] = {
    AMBIGUOUS: ("alias", "why"),
    BODIES: ("id", "ods_code", "name", "kind", "aliases", "opened", "closed", "source"),
    LEFT_OUT: ("ods_code", "name", "why"),
    NAMES: ("id", "name", "from", "to", "source"),
    OFFICE_HOLDERS: ("person", "post", "body", "from", "to", "source"),
    PROGRAMMES: ("id", "name", "kind", "aliases", "opened", "closed", "source"),
    RELATIONS: ("subject", "predicate", "object", "from", "to", "note", "source"),
}
SORT_KEYS: Mapping[str, tuple[str, ...]] = {
    AMBIGUOUS: ("alias",),
    BODIES: ("id",),
    LEFT_OUT: ("ods_code",),
    NAMES: ("id", "from", "name"),
    OFFICE_HOLDERS: ("body", "post", "from", "person"),
    PROGRAMMES: ("id",),
    RELATIONS: COLUMNS[RELATIONS],
}
FIRST_LINE = 2
"""The line of a file's first row, below the header; every row is one line."""

VARIABLE = "NHSKG_REGISTER"
"""The environment variable that names another register than the packaged one; worker processes see it too."""

Row = dict[str, str]
Tables = dict[str, list[Row]]


def register_folder() -> Path:
    """Gives the folder of the register in use: the one that ``NHSKG_REGISTER`` names, else the packaged one."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else resource("seeds", "register")


def use_register(folder: Path | None) -> None:
    """Makes a folder the register in use from now on; None changes nothing."""
    if folder is not None:
        os.environ[VARIABLE] = str(folder)


def read_tables(folder: Path) -> Tables:
    """Reads all files of a register.

    Raises:
        InputError: if one is missing, or is not a table with its columns.
    """
    return {file: read_table(folder, file) for file in COLUMNS}


def read_table(folder: Path, file: str) -> list[Row]:
    """Reads one file; the row at index ``i`` is that of line ``i + FIRST_LINE``.

    Raises:
        InputError: if it is missing, or is not a table with its columns.
    """
    path = folder / file
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")  # spreadsheets may set a mark at the start
    except OSError as error:
        raise InputError(f"{path}: no register here ({error.strerror or error}); name its folder") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 ({error.reason}); save it as UTF-8") from error
    if lines[-1]:
        raise InputError(f"{path}, line {len(lines)}: the last line does not end; add a line end")
    columns = COLUMNS[file]
    rows: list[Row] = []
    for number, line in enumerate(lines[:-1], start=1):
        try:
            (cells,) = csv.reader([line], strict=True)
        except (csv.Error, ValueError) as error:
            raise InputError(f"{path}, line {number}: not a row of CSV ({error}); each row is one line") from error
        if number == 1 and tuple(cells) != columns:
            raise InputError(f"{path}, line 1: the columns are {','.join(cells)}; they must be {','.join(columns)}")
        if len(cells) != len(columns):
            raise InputError(f"{path}, line {number}: {len(cells)} cells; there must be {len(columns)}")
        rows.append(dict(zip(columns, cells, strict=True)))
    if not rows:
        raise InputError(f"{path}: empty; its first line must be {','.join(columns)}")
    return rows[1:]


def write_tables(tables: Tables, folder: Path) -> None:
    """Writes all files of a register, each in its order.

    Raises:
        InputError: if the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, columns in COLUMNS.items():
            ordered: list[Row] = sorted(tables[file], key=lambda row: sort_key(file, row))
            unfinished = folder / f".{file}.unfinished"
            with unfinished.open("w", encoding="utf-8", newline="") as lines:
                writer = csv.DictWriter(lines, columns, lineterminator="\n")
                writer.writeheader()
                writer.writerows(ordered)
            unfinished.replace(folder / file)
    except OSError as error:
        raise InputError(f"{folder}: cannot write the register there ({error.strerror or error})") from error


def digest(tables: Tables) -> str:
    """Gives the SHA-256 hash of all that a register says, hexadecimal."""
    return hashlib.sha256(json.dumps(tables, sort_keys=True).encode("utf-8")).hexdigest()


def sort_key(file: str, row: Row) -> tuple[str, ...]:
    """Gives what orders the rows of a file."""
    return tuple(row[column] for column in SORT_KEYS[file])


def values(cell: str) -> list[str]:
    """Gives the values of a cell that may hold several.

    >>> values("a|b"), values("")
    (['a', 'b'], [])
    """
    return cell.split("|") if cell else []


def surfaces(row: Row) -> Sequence[str]:
    """Gives the name and the aliases of a body or programme."""
    return [row["name"], *values(row["aliases"])]
