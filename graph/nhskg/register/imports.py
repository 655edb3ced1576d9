"""A file of the Organisation Data Service into a register of one's own."""

from __future__ import annotations

import shutil
from pathlib import Path

from nhskg.errors import UsageError
from nhskg.register.checks import Problem, check_tables
from nhskg.register.merge import ODS, Merge, merge
from nhskg.register.ods import read_ods
from nhskg.register.tables import BODIES, read_tables, write_tables
from nhskg.resources import PACKAGE, resource

README = "README.md"


def import_file(path: Path, folder: Path, *, source: str, write: bool = True) -> tuple[Merge, tuple[Problem, ...]]:
    """Merges a file into the register in a folder, or, where there is none yet, into a copy of the packaged one.

    Args:
        path: an ODS extract or JSON of the ORD interface.
        folder: the register to write; never that of an installed package, which the next installation would undo.
        source: what new and changed rows rest on; begins with "ODS".
        write: whether to write at all.

    Returns:
        The merge, and what is wrong with the register after it.

    Raises:
        UsageError: if the folder is the installed one or holds something else, or ``source`` does not begin with "ODS".
        InputError: if the file or the register cannot be read, or the folder cannot be written.
    """
    if not source.startswith(ODS):
        raise UsageError(f'--source {source}: must begin with "{ODS}", which tells such rows from corrections by hand')
    if folder.resolve().is_relative_to(PACKAGE):
        raise UsageError(f"{folder}: belongs to the installed package; name a folder of your own with --register")
    packaged = resource("seeds", "register")
    is_register = (folder / BODIES).exists()
    if not is_register and folder.is_dir() and any(folder.iterdir()):
        raise UsageError(f"{folder}: holds other files and no register; name a new folder with --register")
    records = read_ods(path)
    merged = merge(read_tables(folder if is_register else packaged), records, source)
    if write:
        write_tables(merged.tables, folder)
        if not (folder / README).exists():
            shutil.copyfile(packaged / README, folder / README)
    return merged, check_tables(merged.tables)
