"""The look-up index of a large graph, which its build does not make: made when something is first looked up.

What of the register it needs beside the JSON Lines files, a build leaves in ``REGISTER``; where that is, an index may be missing.
``ontology/decisions/0015`` tells why.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Set as AbstractSet
from pathlib import Path

import msgspec

from nhskg.errors import InputError
from nhskg.lookup.format import INDEX
from nhskg.placing import LOCK, finish, replacing
from nhskg.register.tables import BODIES, NAMES, PROGRAMMES, Tables

REGISTER = ".register.json"


def leave_register(folder: Path, tables: Tables, known: AbstractSet[str]) -> None:
    """Leaves the rows of the register on some entities, for the index to be made of."""
    kept = {file: [row for row in tables.get(file, []) if row["id"] in known] for file in (BODIES, NAMES, PROGRAMMES)}
    (folder / REGISTER).write_bytes(msgspec.json.encode(kept))


def is_for_later(folder: Path) -> bool:
    """Whether the index of a build has yet to be made."""
    finish(folder)
    return (folder / REGISTER).is_file() and not (folder / INDEX).is_file()


def make_index(folder: Path) -> None:
    """Makes the index of a build that has yet to be made; waits while somebody else builds or makes it.

    Raises:
        InputError: if it cannot be written there, or a file that it is made of is damaged.
    """
    from filelock import FileLock

    from nhskg.lookup.write import write_index

    if not is_for_later(folder):
        return
    try:
        with FileLock(folder / LOCK):
            if not is_for_later(folder):
                return
            tables = msgspec.json.decode((folder / REGISTER).read_bytes(), type=Tables)
            with replacing(folder) as unfinished:
                write_index(folder, tables, unfinished / INDEX)
    except (OSError, sqlite3.Error, msgspec.DecodeError) as error:
        raise InputError(
            f"{folder}: the look-up index of this large graph has yet to be made, and cannot be made there ({error}); "
            "look something up where the folder may be written, or build again with nhskg build"
        ) from error
