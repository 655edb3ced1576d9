"""A look-up index opened for reading: rows out of it, and an error of one line where it is missing or damaged."""

from __future__ import annotations

import sqlite3
import weakref
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from nhskg.errors import InputError
from nhskg.lookup.format import APPLICATION, FORMAT, INDEX
from nhskg.placing import finish

Row = tuple[Any, ...]
CHUNK = 500
"""So many numbers go into one ``IN (…)``."""


class Index:
    """The look-up index of a build. It is never written to, and needs no right to write in its folder."""

    def __init__(self, folder: Path) -> None:
        """Opens the index of the build in a folder.

        Raises:
            InputError: if there is no build, it was made by another version, or its index is damaged.
        """
        finish(folder)
        self.folder = folder
        self.path = folder / INDEX
        if not self.path.is_file():
            raise InputError(self._why_missing())
        # "immutable" keeps SQLite from looking for journals and locks, https://www.sqlite.org/uri.html#uriimmutable.
        address = f"{self.path.absolute().as_uri()}?mode=ro&immutable=1"
        try:
            self.connection = sqlite3.connect(address, uri=True, isolation_level=None)
        except sqlite3.Error as error:
            raise self._damaged(error) from error
        # Python 3.13 warns of connections that nobody closed.
        self.close = weakref.finalize(self, self.connection.close)
        application, version = self.value("PRAGMA application_id"), self.value("PRAGMA user_version")
        if application != APPLICATION:
            raise InputError(f"{self.path}: no look-up index of nhskg; build again: {self._again()}")
        if version != FORMAT:
            raise InputError(f"{self.path}: made by another version of nhskg; build again: {self._again()}")
        size = self.value("PRAGMA page_count") * self.value("PRAGMA page_size")
        if self.path.stat().st_size < size:
            raise InputError(f"{self.path}: damaged (its end is missing); build again: {self._again()}")

    def rows(self, sql: str, parameters: Iterable[object] = ()) -> Iterator[Row]:
        """Gives the rows that a query finds, one after the other.

        Raises:
            InputError: if the file turns out to be damaged.
        """
        try:
            yield from self.connection.execute(sql, tuple(parameters))
        except sqlite3.ProgrammingError:  # the mistake is ours or the caller's, such as a graph that was closed
            raise
        except sqlite3.DatabaseError as error:
            raise self._damaged(error) from error

    def row(self, sql: str, parameters: Iterable[object] = ()) -> Row | None:
        """Gives the first row that a query finds, or None."""
        return next(self.rows(sql, parameters), None)

    def value(self, sql: str, parameters: Iterable[object] = ()) -> Any:
        """Gives the first value of the first row; None if there is no row."""
        found = self.row(sql, parameters)
        return found[0] if found else None

    def among(self, sql: str, numbers: Iterable[int], parameters: Iterable[object] = ()) -> Iterator[Row]:
        """Gives the rows of a query in which ``{}`` stands for a list of numbers, chunk by chunk."""
        parameters = tuple(parameters)
        remaining = list(numbers)
        for start in range(0, len(remaining), CHUNK):
            chunk = remaining[start : start + CHUNK]
            yield from self.rows(sql.replace("{}", ",".join(map(str, chunk))), parameters)

    def _why_missing(self) -> str:
        if not self.folder.is_dir():
            return f"{self.folder}: no build here; make one: {self._again()}"
        if (self.folder / "claims.jsonl").is_file():
            return (
                f"{self.path}: not there, the build is older than look-ups or not whole; build again: {self._again()}"
            )
        return f"{self.folder}: no build in this folder; name another with --graph, or make one: {self._again()}"

    def _damaged(self, error: sqlite3.Error) -> InputError:
        return InputError(f"{self.path}: damaged ({error}); build again: {self._again()}")

    def _again(self) -> str:
        return f"nhskg build PATHS --out {self.folder}"
