"""The embedded Oxigraph store of a build, ``out/store/``: what SPARQL is answered from.

It is built with the graph, unless that is large, and holds what ``graph.ttl`` holds, so it may be deleted at any time:
whoever opens it builds it anew if it is missing, damaged or older than the Turtle. It is opened read-only, by any number
of processes at once.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from nhskg.errors import InputError
from nhskg.parts import TURTLE, fingerprint, parts_of, size_of
from nhskg.placing import finish

if TYPE_CHECKING:
    import pyoxigraph as ox

STORE, BUILT_FROM = "store", "built-from.json"
SOON_BUILT = 20_000_000
"""Bytes of Turtle; of so much a store is built in three seconds."""


def prepare_store(folder: Path, say: Callable[[str], None] = lambda _: None) -> None:
    """Builds the store of a build, if there is need and a place for it, before somebody opens it who has no time for that.

    Args:
        folder: the build.
        say: is told beforehand if it takes long.
    """
    turtle = folder / TURTLE
    if is_current(folder) or not parts_of(turtle)[0].exists():
        return
    if size_of(turtle) > SOON_BUILT:
        say(f"{folder}: making the store for SPARQL, once, as this is the first question to a large graph")
    with contextlib.suppress(OSError, RuntimeError, InputError):  # who opens it says what is wrong, or does without
        build_store(folder)


def open_store(folder: Path) -> ox.Store:
    """Gives the store of a build, after building it if need be.

    Where the folder may not be written, or on a system that has no store on disk, the Turtle is read into memory.

    Raises:
        InputError: if there is no build in the folder, or its Turtle is damaged.
    """
    import pyoxigraph as ox

    place = folder / STORE
    if is_current(folder):
        try:
            return ox.Store.read_only(str(place))
        except (OSError, RuntimeError):
            pass  # damaged: built anew below
    try:
        build_store(folder)
        return ox.Store.read_only(str(place))
    except (OSError, RuntimeError):
        store = ox.Store()
        _load(store, folder / TURTLE)
        return store


def build_store(folder: Path) -> None:
    """Builds the store from the Turtle beside it, and puts it in the old one's place when it is complete.

    Raises:
        InputError: if there is no Turtle, or it is damaged.
        OSError: if the store cannot be written.
    """
    import pyoxigraph as ox

    turtle, place = folder / TURTLE, folder / STORE
    if not parts_of(turtle)[0].exists():
        raise InputError(f"{turtle}: no build here; run nhskg build first")
    unfinished = Path(tempfile.mkdtemp(prefix=".store-", dir=folder))
    try:
        made_from = fingerprint(turtle)
        store = ox.Store(str(unfinished / STORE))
        _load(store, turtle)
        del store  # closes it
        (unfinished / STORE / BUILT_FROM).write_text(json.dumps(made_from), encoding="utf-8")
        if place.exists():
            os.replace(place, unfinished / "old")
        try:
            os.replace(unfinished / STORE, place)
        except OSError:
            if not is_current(folder):  # else another process has just built the same
                raise
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _load(store: ox.Store, turtle: Path) -> None:
    import pyoxigraph as ox

    try:
        for path in parts_of(turtle):
            # The IRIs are ours, so they need not be looked at once more, which would take a seventh of the time.
            store.bulk_load(path=str(path), format=ox.RdfFormat.TURTLE, lenient=True)
    except SyntaxError as error:
        raise InputError(f"{turtle}: damaged ({error}); build again with nhskg build") from error


def is_current(folder: Path) -> bool:
    """Whether the store of a build is there and made of its Turtle."""
    finish(folder)
    try:
        made_from = json.loads((folder / STORE / BUILT_FROM).read_text(encoding="utf-8"))
        return bool(made_from == fingerprint(folder / TURTLE))
    except (OSError, ValueError):
        return False
