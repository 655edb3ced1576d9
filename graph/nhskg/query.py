"""SPARQL over a build's Turtle."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nhskg.errors import InputError, UsageError
from nhskg.vocab import PREFIXES

SERVICE = re.compile(r"\bservice\b\s*(?:silent\s*)?[<?\w]", re.IGNORECASE)
COMMENTS_AND_STRINGS = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|<[^<>\s]*>|#[^\n]*")


def run_query(sparql_or_file: str, folder: Path) -> Iterator[tuple[str, ...]]:
    """Answers a query; the first row has the names of the variables.

    A CONSTRUCT query gives triples, an ASK query one row, ``true`` or ``false``. Updates are not possible, and SERVICE,
    which would go to the network, is refused.

    Args:
        sparql_or_file: the query, or the name of a file with it; known prefixes may be left out.
        folder: the build.

    Raises:
        UsageError: if the query is not SPARQL, or uses SERVICE.
        InputError: if there is no build in the folder, or its Turtle is damaged.
    """
    import pyoxigraph as ox

    sparql = _text(sparql_or_file)
    if SERVICE.search(COMMENTS_AND_STRINGS.sub(_blank, sparql)):
        raise UsageError("SERVICE asks another server, and nhskg does not go to the network; leave it out")
    path = folder / "graph.ttl"
    store = ox.Store()
    try:
        store.bulk_load(path=str(path), format=ox.RdfFormat.TURTLE)
    except OSError as error:
        raise InputError(f"{path}: no build here ({error.strerror or error}); run nhskg build first") from error
    except SyntaxError as error:
        raise InputError(f"{path}: damaged ({error}); build again with nhskg build") from error
    try:
        results: Any = store.query(sparql, prefixes=PREFIXES)
    except SyntaxError as error:
        raise UsageError(f"not SPARQL: {' '.join(str(error).split())}") from error
    if isinstance(results, ox.QueryBoolean):
        yield (str(bool(results)).lower(),)
    elif isinstance(results, ox.QueryTriples):
        for triple in results:
            yield tuple(_show(term) for term in triple)
    else:
        yield tuple(variable.value for variable in results.variables)
        for solution in results:
            yield tuple(_show(solution[variable]) for variable in results.variables)


def _text(sparql_or_file: str) -> str:
    if "{" in sparql_or_file or "\n" in sparql_or_file:
        return sparql_or_file
    try:
        return Path(sparql_or_file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{sparql_or_file}: neither a query (it has no braces) nor a file that can be read") from error


def _blank(match: re.Match[str]) -> str:
    """Leaves an IRI's brackets, which SERVICE may be followed by, and drops what a string or comment says."""
    return "<>" if match[0].startswith("<") else " "


def _show(term: Any) -> str:
    if term is None:
        return ""
    value = str(getattr(term, "value", term))
    for prefix, base in PREFIXES.items():
        if value.startswith(base):
            return f"{prefix}:{value.removeprefix(base)}"
    return " ".join(value.split())
