"""What earlier builds have read, in one SQLite file: a build that is killed, or repeated, goes on from there.

A key is the hash of all that the value hangs on (content, settings, versions), so a value never has to be checked, and
what no build asks for any more can be dropped.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from nhskg.errors import InputError

CACHE = ".cache.sqlite"
FORMAT = 1
LONGEST_UNWRITTEN = 1.0
"""Seconds of work that a kill may cost."""
SCHEMA = f"""
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA user_version = {FORMAT};
CREATE TABLE IF NOT EXISTS entry (key BLOB PRIMARY KEY, value BLOB NOT NULL);
"""

Key = bytes


def key_of(*parts: str | bytes) -> Key:
    """Gives the hash of strings; other strings, or the same cut elsewhere, give another."""
    digest = hashlib.sha256()
    for part in parts:
        content = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(content).to_bytes(8))
        digest.update(content)
    return digest.digest()


class Cache:
    """Values by their keys. Only one process may use a file at a time.

    Attributes:
        was_damaged: whether it had to be begun anew.
    """

    def __init__(self, folder: Path | None = None, *, fresh: bool = False) -> None:
        """Opens the cache of a folder, a new one if there is none or it is damaged; without a folder one in memory.

        Args:
            folder: where it is.
            fresh: whether to begin with an empty one.

        Raises:
            InputError: if the folder cannot be written.
        """
        self.was_damaged = False
        self._path = folder / CACHE if folder else None
        self._used: set[Key] = set()
        self._written = time.monotonic()
        if fresh:
            self._remove()
        with _explained(self._path):
            try:
                self._file = self._open()
            except sqlite3.OperationalError:
                raise  # no room, no permission: nothing is wrong with what is in it
            except sqlite3.DatabaseError:
                self.was_damaged = True
                self._remove()
                self._file = self._open()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        is_empty = False
        with contextlib.suppress(sqlite3.Error):  # it is lost then, which costs time and nothing else
            self._file.commit()
            is_empty = self._file.execute("SELECT 1 FROM entry LIMIT 1").fetchone() is None
        self._file.close()
        if is_empty:
            self._remove()

    def __getitem__(self, key: Key) -> bytes:
        """Gives the value of a key that is there, and notes that it is in use.

        Raises:
            InputError: if the file is damaged.
        """
        self._used.add(key)
        with _explained(self._path):
            row = self._file.execute("SELECT value FROM entry WHERE key = ?", (key,)).fetchone()
            try:
                return zlib.decompress(row[0])
            except zlib.error as error:
                raise sqlite3.DatabaseError(f"damaged: {error}") from error

    def __contains__(self, key: Key) -> bool:
        """Says whether a key is there, and notes that it is in use."""
        self._used.add(key)
        with _explained(self._path):
            return self._file.execute("SELECT 1 FROM entry WHERE key = ?", (key,)).fetchone() is not None

    def put(self, key: Key, value: bytes) -> None:
        """Keeps a value.

        Raises:
            InputError: if it cannot be written.
        """
        self._used.add(key)
        with _explained(self._path):
            self._file.execute("INSERT OR REPLACE INTO entry VALUES (?, ?)", (key, zlib.compress(value, 1)))
            if time.monotonic() > self._written + LONGEST_UNWRITTEN:
                self._file.commit()
                self._written = time.monotonic()

    def drop_unused(self) -> None:
        """Drops what was neither asked for nor kept since the cache was opened."""
        with _explained(self._path):
            known = [key for (key,) in self._file.execute("SELECT key FROM entry")]
            unused = [(key,) for key in known if key not in self._used]
            self._file.executemany("DELETE FROM entry WHERE key = ?", unused)
            self._file.commit()
            if len(unused) * 2 > len(known):
                self._file.execute("VACUUM")

    def _open(self) -> sqlite3.Connection:
        file = sqlite3.connect(self._path or ":memory:", timeout=0)
        try:
            (version,) = file.execute("PRAGMA user_version").fetchone()
            if version not in (0, FORMAT):
                raise sqlite3.DatabaseError(f"format {version}")
            file.executescript(SCHEMA)
            file.execute("SELECT value FROM entry LIMIT 1").fetchone()
        except sqlite3.Error:
            file.close()
            raise
        return file

    def _remove(self) -> None:
        if self._path:
            for name in (CACHE, f"{CACHE}-wal", f"{CACHE}-shm"):
                with contextlib.suppress(OSError):
                    self._path.with_name(name).unlink(missing_ok=True)


@contextlib.contextmanager
def _explained(path: Path | None) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise InputError(f"{path}: cannot keep there what was read ({error}); make room, or remove it") from error
