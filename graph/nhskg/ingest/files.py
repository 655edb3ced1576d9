"""Which files a build reads, and the id that each document gets from its path."""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath

from nhskg.ingest.draft import printable, stem
from nhskg.ingest.formats import SUFFIXES

CORRECTIONS = "corrections.csv"
"""What people decided about the graph; beside documents it is none itself."""
BUILD = {"claims.jsonl", "documents.jsonl", "build.json"}
"""Files by which the output of a build is known."""


@dataclass(frozen=True, slots=True, order=True)
class SourceFile:
    """A file to read.

    Attributes:
        document_id: the id of the document in it, or what comes before the ids of the documents in it.
        path: where it is, links followed.
        shown: how messages name it: its path below the folder that was given, so that they are the same on every machine.
    """

    document_id: str
    path: Path
    shown: str = field(default="", compare=False)


def find_files(patterns: list[str]) -> tuple[list[SourceFile], list[str]]:
    """Finds the files of kinds that are read which files, folders and globs name.

    In folders, hidden files are left out, links to folders are not followed, so that a loop of links cannot trap a build,
    and a link to a file counts only if that is in the folder too, so that nothing outside is read unasked. So is
    ``corrections.csv``, which has decisions on the graph and no documents; named as a file it is read.

    Args:
        patterns: paths of files or folders, or globs such as ``letters/**/*.txt``.

    Returns:
        The files, sorted by document id, and a warning for each pattern that gave none and for what was left out.
    """
    found: dict[Path, SourceFile] = {}
    warnings: list[str] = []
    for pattern in patterns:
        try:
            below = _expand(pattern, warnings)
            real = [(Path(os.path.realpath(file.path)), file) for file in below]
        except (OSError, ValueError, RuntimeError) as error:  # a name that is too long, a NUL in it, a loop of links
            warnings.append(f"{printable(pattern)}: cannot be looked for ({error})")
            continue
        if not below:
            warnings.append(f"{printable(pattern)}: {_why_nothing(pattern)}")
        for path, file in real:
            found.setdefault(path, replace(file, path=path))
    return with_own_ids(found.values()), warnings


def with_own_ids(found: Iterable[SourceFile]) -> list[SourceFile]:
    """Gives each of some files, named by where they were found, an id of its own; sorted by id."""
    named = list(found)
    names = Counter(file.document_id for file in named)
    # Two files may share a name (a.txt beside a.md, or two folders given): then the suffix or the path decides.
    files = [
        file
        if names[file.document_id] == 1
        else replace(file, document_id=f"{file.document_id}-{file.path.suffix[1:]}")
        for file in named
    ]
    again = Counter(file.document_id for file in files)
    return sorted(
        file
        if again[file.document_id] == 1
        else replace(file, document_id=f"{printable(file.path.parent.name)}-{file.document_id}")
        for file in files
    )


def _expand(pattern: str, warnings: list[str]) -> list[SourceFile]:
    path = Path(pattern)
    if path.is_dir():
        return _below(path, warnings)
    if path.exists() or path.is_symlink():
        return [found_file(path, Path(path.name))]
    expanded: list[SourceFile] = []
    for match in sorted(glob.glob(pattern, recursive=True)):
        entry = Path(match)
        if entry.is_dir():
            expanded += _below(entry, warnings)
        elif entry.suffix.lower() in SUFFIXES and entry.name != CORRECTIONS:
            expanded.append(found_file(entry, Path(entry.name)))
    return expanded


def _below(folder: Path, warnings: list[str]) -> list[SourceFile]:
    entries: list[SourceFile] = []
    others: Counter[str] = Counter()
    real = os.path.realpath(folder)
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if set(names) >= BUILD:
            below = Path(parent).relative_to(folder)
            warnings.append(
                f"{shown_path(below if below.parts else folder)}: left out: what a build wrote, no documents"
            )
            folders[:] = []
            continue
        for name in sorted(names):
            path = Path(parent, name)
            if name.startswith("."):
                continue
            if name == CORRECTIONS:
                if parent != str(folder):
                    warnings.append(
                        f"{printable(str(path))}: left out: corrections of a graph apply from the folder that is given; "
                        "name this file with --corrections, or, if it holds documents, as a file to read"
                    )
                continue
            if path.suffix.lower() not in SUFFIXES:
                others[printable(path.suffix.lower()) or "no suffix"] += 1
            elif path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(real):
                shown = shown_path(path.relative_to(folder))
                warnings.append(f"{shown}: left out: a link that leads out of the folder; name it to read it")
            else:
                entries.append(found_file(path, path.relative_to(folder)))
    if others:
        kinds = ", ".join(f"{suffix} ({number})" for suffix, number in sorted(others.items())[:20])
        warnings.append(f"{shown_path(folder)}: files of other kinds left out: {kinds}")
    return entries


def found_file(path: Path, below: PurePath) -> SourceFile:
    """A file, named by its path below what was given; documents without its suffixes: ``page`` for ``page.html.gz``."""
    name = stem(below.as_posix())
    name = stem(name) if below.suffix.lower() == ".gz" and Path(name).suffix.lower() in SUFFIXES else name
    return SourceFile(printable(name), path, shown_path(below))


def shown_path(path: PurePath) -> str:
    """A path for a message: of an absolute one only the name, since the rest differs from machine to machine."""
    return printable(path.name if path.is_absolute() else path.as_posix())


def _why_nothing(pattern: str) -> str:
    path = Path(pattern)
    if path.is_dir():
        return f"no file in this folder is of a kind that is read ({', '.join(sorted(SUFFIXES))})"
    return "no such file or folder; check the spelling"
