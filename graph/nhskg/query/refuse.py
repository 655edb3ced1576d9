"""What a query may not do, and what is wrong with one that is not SPARQL, said so that it can be mended.

The graph is read-only and nhskg does not go to the network: updates, SERVICE and FROM are refused before any engine
sees the query (pyoxigraph would ask other servers, rdflib would load any file or address).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

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
FIRST = re.compile(
    r"\b(?!(?:prefix|base)\b)[^\W\d]\w*", re.IGNORECASE
)  # the word that begins a query, after its prefixes
PREFIXED = re.compile(r"[\w.-]*:[\w.:%\\-]*")
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
        raise UsageError(describe(sparql, str(error), prefixes)) from error
    except (RuntimeError, ValueError, OSError) as error:  # a function that is not there, for one
        raise UsageError(f"cannot be answered: {' '.join(str(error).split())}") from error


def describe(sparql: str, error: str, prefixes: Mapping[str, str] = MappingProxyType({})) -> str:
    """Puts an error of pyoxigraph's parser into words: the line, a caret below the place, and what was expected there.

    The parser names the last place that it reached, which is past the mistake where a query begins wrongly, does not
    end, or has an unknown prefix.

    >>> print(describe("SELECT ?a WHERE\\n{ ?a ?? }", "error at 2:6: expected one of SERVICE, ['a'..='z']"))
    not SPARQL, line 2, column 6: expected SERVICE
      { ?a ?? }
           ^
    """
    place = PLACE.match(error)
    if not place:
        return f"not SPARQL: {' '.join(error.split())}"
    row, column, wanted = int(place[1]), int(place[2]), _wanted(place[3])
    lines = sparql.split("\n")
    line = lines[row - 1].replace("\t", " ") if row <= len(lines) else ""
    first = FIRST.search(_bare(sparql))
    if first and first[0].lower() not in FORMS:
        lines_before = sparql[: first.start()].split("\n")
        row, column, wanted = (
            len(lines_before),
            len(lines_before[-1]) + 1,
            "expected SELECT, ASK, CONSTRUCT or DESCRIBE",
        )
        line = lines[row - 1].replace("\t", " ")
    elif name := _unknown(sparql, prefixes):
        row, column, line = _place(sparql, name.start())
        prefix = name[0].partition(":")[0]
        wanted = f"nothing says what {prefix}: is; begin with PREFIX {prefix}: <…>"
    elif not sparql[_offset(lines, row, column) :].strip() and _bare(sparql).count("{") > _bare(sparql).count("}"):
        wanted = "expected }"
    return f"not SPARQL, line {row}, column {column}{': ' if wanted else ''}{wanted}\n  {line}\n  {' ' * (column - 1)}^"


def _wanted(said: str) -> str:
    """What the parser would have taken: its keywords, not its classes of characters."""
    parts = [part for part in re.split(r", (?![^\[]*\])", said.removeprefix("expected one of ")) if "[" not in part]
    words = [part.removeprefix("expected ").strip() for part in parts]
    sentence = next((word for word in words if " " in word), "")  # what is wrong is told, not what is missing
    if sentence:
        return sentence[0].lower() + sentence[1:]
    return f"expected {' or '.join(words[:6])}" if any(words) else ""


def _unknown(sparql: str, prefixes: Mapping[str, str]) -> re.Match[str] | None:
    """The first name with a prefix that neither the graph nor the query explains."""
    names = [match for match in TOKEN.finditer(sparql) if PREFIXED.fullmatch(match[0])]
    declared = {
        name[0].partition(":")[0] for name in names if sparql[: name.start()].rstrip().lower().endswith("prefix")
    }
    return next((name for name in names if name[0].partition(":")[0] not in {*prefixes, *declared}), None)


def _place(sparql: str, at: int) -> tuple[int, int, str]:
    """The number of a line, that of a column, and the line."""
    before = sparql[:at].split("\n")
    return len(before), len(before[-1]) + 1, sparql.split("\n")[len(before) - 1].replace("\t", " ")


def _offset(lines: list[str], row: int, column: int) -> int:
    return sum(len(line) + 1 for line in lines[: row - 1]) + column - 1


def _bare(sparql: str) -> str:
    """A query of the same length with blanks for strings, comments, IRIs, variables and prefixed names."""
    return TOKEN.sub(lambda match: match["word"] or " " * len(match[0]), sparql)


def _keywords(sparql: str) -> Iterator[str]:
    """The bare words of a query: not those in strings, comments, IRIs, variables and prefixed names."""
    return (match["word"] for match in TOKEN.finditer(sparql) if match["word"])
