"""What people decided about the graph, ``corrections.csv``, and how it is applied to what was read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from nhskg.corrections.apply import Corrections
from nhskg.corrections.decisions import Decision, decisions_of
from nhskg.corrections.table import FILE, read_table
from nhskg.errors import InputError

__all__ = ["FILE", "Corrections", "read_corrections"]


def read_corrections(paths: Iterable[str], also: Iterable[Path] = ()) -> Corrections:
    """Reads the corrections beside documents.

    Args:
        paths: what a build reads; of those that are folders, ``corrections.csv`` in them is read if it is there.
        also: more such files, which must be there.

    Raises:
        InputError: if a file is missing or is no table of corrections. A row that is wrong is a complaint, and left out.
    """
    beside = (Path(path) / FILE for path in paths)
    files = list(dict.fromkeys([*(path for path in sorted(beside) if path.is_file()), *also]))
    decisions: list[Decision] = []
    complaints: list[str] = []
    first = 0
    for path in files:
        if not path.is_file():
            raise InputError(f"{path}: no such file; nhskg review makes one")
        table = read_table(path)
        found, wrong = decisions_of(table, first)
        decisions += found
        complaints += wrong
        first += len(table.rows)
    return Corrections(decisions, complaints, [str(path) for path in files])
