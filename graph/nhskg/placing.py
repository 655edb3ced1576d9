"""Putting the outputs of a build in the place of the last one's: all of them or none, whenever the build is ended.

The new files are written in a folder beside the old ones. When all are whole, the folder gets the name ``READY``, which
decides it: from then on whoever finds that folder moves what is still in it, be it this build, the next one or a look-up.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nhskg.errors import InputError

READY = ".ready"
GONE = ".gone"
"""A file among the new outputs with the names of old ones that nothing takes the place of."""
LOCK = ".lock"
UNFINISHED = ".unfinished-"


@contextmanager
def only_build(out: Path) -> Iterator[None]:
    """Keeps other builds out of a folder, and clears what a build that was ended has left there.

    A folder that was not there before and in which nothing is written is not there afterwards.

    Raises:
        InputError: if another build is at work there, or the folder cannot be written.
    """
    from filelock import FileLock, Timeout

    try:
        out.mkdir(parents=True, exist_ok=True)
        with FileLock(out / LOCK, timeout=0):
            finish(out)
            for left in out.glob(f"{UNFINISHED}*"):
                shutil.rmtree(left, ignore_errors=True)
            yield
    except Timeout as error:
        raise InputError(f"{out}: another build is writing there; wait for it, or give another --out") from error
    except (OSError, sqlite3.Error) as error:
        raise InputError(
            f"{out}: cannot write the graph there ({getattr(error, 'strerror', '') or error}); what was there is as it was"
        ) from error
    finally:
        with contextlib.suppress(OSError):
            if {path.name for path in out.iterdir()} == {LOCK}:
                (out / LOCK).unlink()
                out.rmdir()


@contextmanager
def replacing(out: Path, family: re.Pattern[str] | None = None) -> Iterator[Path]:
    """Gives an empty folder; what is in it at the end replaces what is in ``out``, unless an exception ends it.

    Args:
        out: the folder of the outputs.
        family: names; files in ``out`` that have one of these go even if nothing new takes their place.
    """
    folder = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=out))
    try:
        yield folder
        old = [path.name for path in out.iterdir() if family and family.fullmatch(path.name)]
        if gone := [name for name in old if not (folder / name).exists()]:
            (folder / GONE).write_text("\n".join(gone), encoding="utf-8")
        for path in folder.rglob("*"):
            _on_disk(path)
        os.replace(folder, out / READY)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    finish(out)


def finish(out: Path) -> None:
    """Moves into place what a build has made ready and was ended before it could move."""
    ready = out / READY
    if not ready.is_dir():
        return
    # Another process may do the same at the same time; then each finds some of it moved. Who may only read leaves it.
    with contextlib.suppress(FileNotFoundError, PermissionError):
        if (ready / GONE).exists():
            for name in (ready / GONE).read_text(encoding="utf-8").split("\n"):
                (out / name).unlink(missing_ok=True)
            (ready / GONE).unlink()
        for path in sorted(ready.iterdir()):
            _replace(path, out / path.name)
    with contextlib.suppress(OSError):
        ready.rmdir()


def _replace(path: Path, place: Path) -> None:
    if path.is_dir() and place.exists():  # a folder cannot be replaced in one step; what is in it can be made anew
        old = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=place.parent))
        os.replace(place, old / place.name)
        os.replace(path, place)
        shutil.rmtree(old, ignore_errors=True)
    else:
        os.replace(path, place)


def _on_disk(path: Path) -> None:
    """Waits until a file is on the disk, so that a loss of power does not leave an empty one."""
    if path.is_file():
        with path.open("rb") as file:
            os.fsync(file.fileno())
