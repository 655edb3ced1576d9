"""The checks over the whole graph: the SPARQL constraints of the shapes (https://www.w3.org/TR/shacl/#sparql-constraints)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from nhskg.validate.report import Result, Severity
from nhskg.vocab import shorten

if TYPE_CHECKING:
    import pyoxigraph as ox

CONSTRAINTS = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT ?target ?select ?about ?message ?severity (GROUP_CONCAT(?declared; SEPARATOR="\\n") AS ?prefixes) WHERE {
    ?shape sh:sparql ?constraint ; sh:targetNode ?target ; sh:message ?about .
    ?constraint sh:select ?select ; sh:message ?message ; sh:prefixes/sh:declare ?declaration .
    ?declaration sh:prefix ?prefix ; sh:namespace ?namespace .
    OPTIONAL { ?shape sh:severity ?severity }
    BIND(CONCAT("PREFIX ", ?prefix, ": <", STR(?namespace), ">") AS ?declared)
} GROUP BY ?target ?select ?about ?message ?severity"""
PLACEHOLDER = re.compile(r"\{\?(\w+)\}")


def check_whole(store: ox.Store, shapes: ox.Store, prefixes: Mapping[str, str]) -> list[Result]:
    """Asks the queries of the shapes; each row is a result."""
    import pyoxigraph as ox

    found = []
    constraints: Any = shapes.query(CONSTRAINTS)
    for constraint in constraints:
        query = f"{constraint['prefixes'].value}\n{constraint['select'].value}"
        severity = constraint["severity"].value.rpartition("#")[2].lower() if constraint["severity"] else "violation"
        rows: Any = store.query(query, substitutions={ox.Variable("this"): constraint["target"]})
        names = [variable.value for variable in rows.variables if variable.value != "this"]
        for row in rows:
            values = {name: _shown(row[name], prefixes) for name in names}
            filled = PLACEHOLDER.sub(lambda match, values=values: values[match[1]], constraint["message"].value)  # type: ignore[misc]  # mypy does not infer a lambda with a default
            found.append(Result(Severity(severity), constraint["about"].value, filled))
    return found


def _shown(term: Any, prefixes: Mapping[str, str]) -> str:
    return shorten(term.value, prefixes) if term is not None else ""
