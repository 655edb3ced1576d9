"""The Turtle of a build: ``graph.ttl``, or where that would be very large ``graph-00001.ttl``, ``graph-00002.ttl`` …

Who reads a graph names ``graph.ttl`` and gets it from here, whole or in parts. A part is Turtle of its own: it has all
prefixes, whole subjects, and since there are no blank nodes, loading one part after the other gives the graph.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyoxigraph as ox

TURTLE = "graph.ttl"
BUFFER = 1 << 20
"""Bytes that are written to a large file at once."""
ALL = re.compile(r"graph(-\d{5})?\.ttl")
"""The names of whole graphs and of parts."""


def part(turtle: Path, number: int) -> Path:
    """Names a part.

    >>> part(Path("out/graph.ttl"), 2).name
    'graph-00002.ttl'
    """
    return turtle.with_stem(f"{turtle.stem}-{number:05}")


def parts_of(turtle: Path) -> list[Path]:
    """Gives the files that a graph is in, in order: itself, its parts, or itself if there is neither."""
    if turtle.exists():
        return [turtle]
    return sorted(turtle.parent.glob(f"{turtle.stem}-{5 * '[0-9]'}{turtle.suffix}")) or [turtle]


def triples_of(turtle: Path) -> Iterator[ox.Triple]:
    """Gives the triples of a graph.

    Raises:
        OSError: if it is not there.
        SyntaxError: if it is no Turtle.
    """
    import pyoxigraph as ox

    for path in parts_of(turtle):
        for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
            yield quad.triple


def size_of(turtle: Path) -> int:
    """Gives how many bytes a graph has."""
    return sum(path.stat().st_size for path in parts_of(turtle))


def fingerprint(turtle: Path) -> dict[str, int]:
    """Gives what tells one graph from the next without reading it."""
    files = [path.stat() for path in parts_of(turtle)]
    return {"bytes": sum(file.st_size for file in files), "modified": max(file.st_mtime_ns for file in files)}


def sha256_of(turtle: Path) -> str:
    """Gives the hash of a graph, hexadecimal."""
    digest = hashlib.sha256()
    for path in parts_of(turtle):
        with path.open("rb") as file:
            while some := file.read(1 << 20):
                digest.update(some)
    return digest.hexdigest()
