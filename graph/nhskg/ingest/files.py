"""Which files a build reads, and the id that each document gets from its path."""

from __future__ import annotations

import glob
import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

SUFFIXES = (".txt", ".md")


@dataclass(frozen=True, slots=True, order=True)
class SourceFile:
    """A file to read and the id of the document in it."""

    document_id: str
    path: Path


def find_files(patterns: list[str]) -> tuple[list[SourceFile], list[str]]:
    """Finds the documents that files, folders and globs name.

    Hidden files are left out and links to folders are not followed, so that a loop of links cannot trap a build.

    Args:
        patterns: paths of files or folders, or globs such as ``letters/**/*.txt``.

    Returns:
        The files, sorted by document id, and a warning for each pattern that gave none.
    """
    found: dict[Path, str] = {}
    warnings: list[str] = []
    for pattern in patterns:
        below = _expand(pattern)
        if not below:
            warnings.append(f"{pattern}: {_why_nothing(pattern)}")
        for path, name in below:
            found.setdefault(path.resolve(), name)
    names = Counter(found.values())
    files = []
    for path, name in found.items():
        # Two files may share a name (a.txt beside a.md, or two folders given): then the suffix or the path decides.
        unique = name if names[name] == 1 else f"{name}-{path.suffix[1:]}"
        files.append((unique, path))
    again = Counter(name for name, _ in files)
    numbered = [
        SourceFile(name if again[name] == 1 else f"{path.parent.name}-{name}", path) for name, path in sorted(files)
    ]
    return sorted(numbered), warnings


def _expand(pattern: str) -> list[tuple[Path, str]]:
    path = Path(pattern)
    if path.is_dir():
        return _below(path)
    if path.exists() or path.is_symlink():
        return [(path, path.stem)]
    expanded: list[tuple[Path, str]] = []
    for match in sorted(glob.glob(pattern, recursive=True)):
        entry = Path(match)
        expanded += _below(entry) if entry.is_dir() else [(entry, entry.stem)] if entry.suffix in SUFFIXES else []
    return expanded


def _below(folder: Path) -> list[tuple[Path, str]]:
    entries: list[tuple[Path, str]] = []
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            if path.suffix.lower() in SUFFIXES and not name.startswith("."):
                entries.append((path, path.relative_to(folder).with_suffix("").as_posix()))
    return entries


def _why_nothing(pattern: str) -> str:
    path = Path(pattern)
    if path.is_dir():
        return f"no {' or '.join(SUFFIXES)} file in this folder"
    return "no such file or folder; check the spelling"
