"""Which files a build reads, and the id that each document gets from its path."""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from nhskg.ingest.draft import printable, stem
from nhskg.ingest.formats import SUFFIXES

BUILD = {"claims.jsonl", "documents.jsonl", "build.json"}
"""Files by which the output of a build is known."""


@dataclass(frozen=True, slots=True, order=True)
class SourceFile:
    """A file to read and the id of the document in it, or before the ids of the documents in it."""

    document_id: str
    path: Path


def find_files(patterns: list[str]) -> tuple[list[SourceFile], list[str]]:
    """Finds the files of kinds that are read which files, folders and globs name.

    In folders, hidden files are left out, links to folders are not followed, so that a loop of links cannot trap a build,
    and a link to a file counts only if that is in the folder too, so that nothing outside is read unasked.

    Args:
        patterns: paths of files or folders, or globs such as ``letters/**/*.txt``.

    Returns:
        The files, sorted by document id, and a warning for each pattern that gave none and for what was left out.
    """
    found: dict[Path, str] = {}
    warnings: list[str] = []
    for pattern in patterns:
        try:
            below = _expand(pattern, warnings)
            real = [(Path(os.path.realpath(path)), name) for path, name in below]
        except (OSError, ValueError, RuntimeError) as error:  # a name that is too long, a NUL in it, a loop of links
            warnings.append(f"{printable(pattern)}: cannot be looked for ({error})")
            continue
        if not below:
            warnings.append(f"{printable(pattern)}: {_why_nothing(pattern)}")
        for path, name in real:
            found.setdefault(path, printable(name))
    return with_own_names(found), warnings


def with_own_names(found: Mapping[Path, str]) -> list[SourceFile]:
    """Gives each of some files, with the names that they go by, an id of its own; sorted by id."""
    names = Counter(found.values())
    files = []
    for path, name in found.items():
        # Two files may share a name (a.txt beside a.md, or two folders given): then the suffix or the path decides.
        unique = name if names[name] == 1 else f"{name}-{path.suffix[1:]}"
        files.append((unique, path))
    again = Counter(name for name, _ in files)
    numbered = [
        SourceFile(name if again[name] == 1 else f"{printable(path.parent.name)}-{name}", path)
        for name, path in sorted(files)
    ]
    return sorted(numbered)


def _expand(pattern: str, warnings: list[str]) -> list[tuple[Path, str]]:
    path = Path(pattern)
    if path.is_dir():
        return _below(path, warnings)
    if path.exists() or path.is_symlink():
        return [(path, name_of(Path(path.name)))]
    expanded: list[tuple[Path, str]] = []
    for match in sorted(glob.glob(pattern, recursive=True)):
        entry = Path(match)
        if entry.is_dir():
            expanded += _below(entry, warnings)
        elif entry.suffix.lower() in SUFFIXES:
            expanded.append((entry, name_of(Path(entry.name))))
    return expanded


def _below(folder: Path, warnings: list[str]) -> list[tuple[Path, str]]:
    entries: list[tuple[Path, str]] = []
    others: Counter[str] = Counter()
    real = os.path.realpath(folder)
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if set(names) >= BUILD:
            warnings.append(f"{printable(parent)}: left out: what a build wrote, no documents")
            folders[:] = []
            continue
        for name in sorted(names):
            path = Path(parent, name)
            if name.startswith("."):
                continue
            if path.suffix.lower() not in SUFFIXES:
                others[printable(path.suffix.lower()) or "no suffix"] += 1
            elif path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(real):
                warnings.append(
                    f"{printable(str(path))}: left out: a link that leads out of the folder; name it to read it"
                )
            else:
                entries.append((path, name_of(path.relative_to(folder))))
    if others:
        kinds = ", ".join(f"{suffix} ({number})" for suffix, number in sorted(others.items())[:20])
        warnings.append(f"{printable(str(folder))}: files of other kinds left out: {kinds}")
    return entries


def name_of(path: PurePath) -> str:
    """The path without its suffixes: ``page`` for ``page.html.gz``."""
    name = stem(path.as_posix())
    return stem(name) if path.suffix.lower() == ".gz" and Path(name).suffix.lower() in SUFFIXES else name


def _why_nothing(pattern: str) -> str:
    path = Path(pattern)
    if path.is_dir():
        return f"no file in this folder is of a kind that is read ({', '.join(sorted(SUFFIXES))})"
    return "no such file or folder; check the spelling"
