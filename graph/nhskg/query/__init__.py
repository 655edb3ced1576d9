"""SPARQL over a build."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from nhskg.errors import UsageError
from nhskg.query.answer import Answer, Form, Output
from nhskg.query.engines import Engine, answer

DESCRIBES = re.compile(r"\s*describe\s+\S", re.IGNORECASE)  # the one query that may have no braces

__all__ = ["Answer", "Engine", "Form", "Output", "answer", "query_text", "run_query"]


def run_query(sparql_or_file: str, folder: Path) -> Iterator[tuple[str, ...]]:
    """Answers a query with strings as people read them; the first row has the names of the variables.

    A CONSTRUCT query gives triples without such a row, an ASK query one row, ``true`` or ``false``.

    Args:
        sparql_or_file: the query, or the name of a file with it; known prefixes may be left out.
        folder: the build.

    Raises:
        UsageError: if the query is not SPARQL, or does more than read.
        InputError: if there is no build in the folder, or it is damaged.
    """
    found = answer(query_text(sparql_or_file), folder)
    if found.form is Form.SELECT:
        yield found.variables
    yield from found.shown()


def query_text(sparql_or_file: str) -> str:
    """Gives a query as it is, or reads it from the file that is named.

    Raises:
        UsageError: if it is neither.
    """
    if "{" in sparql_or_file or "\n" in sparql_or_file or DESCRIBES.match(sparql_or_file):
        return sparql_or_file
    try:
        return Path(sparql_or_file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{sparql_or_file}: neither a query (it has no braces) nor a file that can be read") from error
