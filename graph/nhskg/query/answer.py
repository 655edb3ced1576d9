"""What a query gives, whichever engine answered, and how it is printed."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from nhskg.vocab import shorten

if TYPE_CHECKING:
    import pyoxigraph as ox

WIDEST = 60  # a column is no wider; longer cells stand out to the right
TRIPLE = ("subject", "predicate", "object")


class Form(StrEnum):
    """The query forms of SPARQL, as far as answers differ; DESCRIBE gives a graph like CONSTRUCT."""

    SELECT = "select"
    ASK = "ask"
    CONSTRUCT = "construct"


class Output(StrEnum):
    """How an answer is printed."""

    TABLE = "table"
    CSV = "csv"  # https://www.w3.org/TR/sparql11-results-csv-tsv/
    JSON = "json"  # https://www.w3.org/TR/sparql11-results-json/, and JSON-LD for triples
    MARKDOWN = "md"
    TURTLE = "turtle"  # triples only


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of terms under the names of the variables; ASK has one row, ``true`` or ``false``, and no variable.

    Terms are pyoxigraph's, or None where a variable has no value.
    """

    form: Form
    variables: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    prefixes: Mapping[str, str]

    def shown(self) -> Iterator[tuple[str, ...]]:
        """The rows as people read them, with known prefixes."""
        for row in self.rows:
            yield tuple(self._show(term) for term in row)

    def lines(self, output: Output) -> Iterator[str]:
        """The answer line by line.

        Raises:
            ValueError: if it is Turtle that is wanted of an answer that is no graph.
        """
        if output is Output.JSON:
            yield self._json()
        elif output is Output.TURTLE:
            yield self._turtle()
        elif self.form is Form.ASK:
            yield self.rows[0][0].value
        elif output is Output.CSV:
            yield from _csv((self.variables, *(tuple(_value(term) for term in row) for row in self.rows)))
        elif output is Output.MARKDOWN:
            cells = [[cell.replace("|", "\\|") for cell in row] for row in self.shown()]
            for row in (list(self.variables), ["---"] * len(self.variables), *cells):
                yield f"| {' | '.join(row)} |"
        else:
            yield from _aligned([self.variables, *self.shown()])

    def _show(self, term: Any) -> str:
        import pyoxigraph as ox

        if isinstance(term, ox.NamedNode):
            return shorten(term.value, self.prefixes)
        return " ".join(_value(term).split())

    def _json(self) -> str:
        if self.form is Form.ASK:
            return json.dumps({"head": {}, "boolean": self.rows[0][0].value == "true"})
        if self.form is Form.CONSTRUCT:
            import pyoxigraph as ox

            data = ox.serialize(self._triples(), format=ox.RdfFormat.JSON_LD) or b""
            return json.dumps(json.loads(data), ensure_ascii=False, indent=1)
        bindings = [
            {name: _binding(term) for name, term in zip(self.variables, row, strict=True) if term is not None}
            for row in self.rows
        ]
        content = {"head": {"vars": list(self.variables)}, "results": {"bindings": bindings}}
        return json.dumps(content, ensure_ascii=False, indent=1)

    def _turtle(self) -> str:
        import pyoxigraph as ox

        if self.form is not Form.CONSTRUCT:
            raise ValueError("only CONSTRUCT and DESCRIBE give triples")
        data = ox.serialize(self._triples(), format=ox.RdfFormat.TURTLE, prefixes=dict(self.prefixes)) or b""
        return data.decode("utf-8").rstrip("\n")

    def _triples(self) -> Iterator[ox.Triple]:
        import pyoxigraph as ox

        return (ox.Triple(*row) for row in self.rows)


def _value(term: Any) -> str:
    return "" if term is None else str(getattr(term, "value", term))


def _binding(term: Any) -> dict[str, str]:
    import pyoxigraph as ox

    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    found = {"type": "literal", "value": term.value}
    if term.language:
        return found | {"xml:lang": term.language}
    plain = term.datatype.value == "http://www.w3.org/2001/XMLSchema#string"
    return found if plain else found | {"datatype": term.datatype.value}


def _csv(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    for row in rows:
        line = io.StringIO()
        csv.writer(line, lineterminator="").writerow(row)
        yield line.getvalue()


def _aligned(rows: list[tuple[str, ...]]) -> Iterator[str]:
    widths = [min(max(map(len, column)), WIDEST) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
