"""What a query may not do, and what is wrong with one that is not SPARQL, said so that it can be mended.

The graph is read-only and nhskg does not go to the network: updates, SERVICE and FROM are refused before any engine
sees the query (pyoxigraph would ask other servers, rdflib would load any file or address).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from nhskg.errors import UsageError

UPDATES = {"insert", "delete", "load", "clear", "create", "drop", "copy", "move", "add", "with"}
FORMS = {"select", "ask", "construct", "describe"}
ABROAD = {
    "service": "SERVICE asks another server, and nhskg does not go to the network; leave it out",
    "from": "FROM names another graph, and a build has one; leave it out",
}
# https://www.w3.org/TR/sparql11-query/#sparqlGrammar, as much of it as tells keywords from everything else
TOKEN = re.compile(
    r"""
    (?P<other> \"{3}(?:[^"\\]|\\.|\"{1,2}(?!\"))*\"{3} | '{3}(?:[^'\\]|\\.|'{1,2}(?!'))*'{3}
             | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*' | <[^<>"{}|^`\\\s]*> | \#[^\n]*
             | [?$]\w+ | [\w.-]*:[\w.:%\\-]* | @\w+ )
    | (?P<word> [^\W\d]\w* )
    """,
    re.VERBOSE | re.DOTALL,
)
ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


def check(sparql: str, prefixes: Mapping[str, str]) -> None:
    """Makes sure that a query is SPARQL and only reads this graph.

    Raises:
        UsageError: if it is not or does not; the message shows where.
    """
    import pyoxigraph as ox

    # Escapes stand for their characters before anything is parsed, keywords included (section 19.2 of SPARQL 1.1).
    for text in {sparql, ESCAPE.sub(lambda match: chr(int(match[1] or match[2], 16) % 0x110000), sparql)}:
        words = [word.lower() for word in _keywords(text)]
        first = next((word for word in words if word in UPDATES | FORMS), "")
        if first in UPDATES:
            raise UsageError(f"{first.upper()} changes data, and the graph is read-only; build again to change it")
        for word in words:
            if word in ABROAD:
                raise UsageError(ABROAD[word])
    try:
        ox.Store().query(sparql, prefixes=dict(prefixes))
    except SyntaxError as error:
        raise UsageError(describe(sparql, str(error))) from error
    except (RuntimeError, ValueError, OSError) as error:  # a function that is not there, for one
        raise UsageError(f"cannot be answered: {' '.join(str(error).split())}") from error


def describe(sparql: str, error: str) -> str:
    """Puts an error of pyoxigraph's parser into words: the line, a caret below the place, and what was expected there.

    >>> print(describe("SELECT ?a WHERE\\n{ ?a ?? }", "error at 2:6: expected one of SERVICE, ['a'..='z']"))
    not SPARQL, line 2, column 6: expected SERVICE
      { ?a ?? }
           ^
    """
    place = PLACE.match(error)
    if not place:
        return f"not SPARQL: {' '.join(error.split())}"
    row, column = int(place[1]), int(place[2])
    wanted = [
        part for part in re.split(r", (?![^\[]*\])", place[3].removeprefix("expected one of ")) if "[" not in part
    ]
    wanted = [part.removeprefix("expected ").strip() for part in wanted]
    lines = sparql.split("\n")
    line = lines[row - 1].replace("\t", " ") if row <= len(lines) else ""
    expected = f": expected {' or '.join(wanted[:6])}" if any(wanted) else ""
    return f"not SPARQL, line {row}, column {column}{expected}\n  {line}\n  {' ' * (column - 1)}^"


def _keywords(sparql: str) -> Iterator[str]:
    """The bare words of a query: not those in strings, comments, IRIs, variables and prefixed names."""
    return (match["word"] for match in TOKEN.finditer(sparql) if match["word"])
