"""Questions that are kept: the ``.rq`` files of ``ontology/queries``, each with a title, a comment and parameters.

A file is plain SPARQL, so that any tool runs it. Its first lines are comments: the title, then what is to be known of
the answer. A parameter is a line ``VALUES ?name { value }  # param: what it is``; the value is its default, and also
shows of what sort others must be: a thing of the graph (``id:``), a term (``nhs:``), a date, a number, or a string.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nhskg.errors import UsageError
from nhskg.export.terms import text
from nhskg.finding import NotFound, find_one, name_key
from nhskg.query.answer import Answer
from nhskg.resources import resource
from nhskg.vocab import LOCAL, shorten

PARAMETER = re.compile(r"^(\s*)VALUES \?(\w+) \{ (.+?) \}  # param: (.+)$", re.MULTILINE)
NAMES = "SELECT ?thing ?name WHERE { ?thing skos:prefLabel|skos:altLabel|dcterms:title|org:identifier|dcterms:identifier ?name"
Ask = Callable[[str], Answer]


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A question.

    Attributes:
        name: what it is asked by: the file's name.
        title: the question in words.
        comment: what is to be known of the answer.
        parameters: for each, its default as SPARQL writes it and what it is.
        sparql: the query with the defaults.
    """

    name: str
    title: str
    comment: str
    parameters: Mapping[str, tuple[str, str]]
    sparql: str

    def filled(self, values: Mapping[str, str], ask: Ask) -> str:
        """Gives the query with values in the place of defaults.

        Args:
            values: by parameter; a thing by id, name, alias, ODS code or title.
            ask: answers a query over the graph, to find things by their names.

        Raises:
            UsageError: if a parameter is unknown, or a value is of the wrong sort.
            NotFound: if nothing in the graph has the name.
        """
        unknown = sorted(set(values) - set(self.parameters))
        if unknown:
            known = ", ".join(self.parameters) or "none"
            raise UsageError(f"{unknown[0]}: no parameter of {self.name}; it has {known}")
        terms = {name: _term(name, value, self.parameters[name][0], ask) for name, value in values.items()}

        def fill(match: re.Match[str]) -> str:
            return f"{match[1]}VALUES ?{match[2]} {{ {terms.get(match[2], match[3])} }}  # param: {match[4]}"

        return PARAMETER.sub(fill, self.sparql)


def named_queries() -> dict[str, NamedQuery]:
    """Reads the questions that the package carries, by name."""
    return {path.stem: _read(path) for path in sorted(resource("ontology", "queries").glob("*.rq"))}


def named_query(name: str) -> NamedQuery:
    """Gives the question of that name.

    Raises:
        UsageError: if there is none.
    """
    known = named_queries()
    if name not in known:
        raise UsageError(f"{name}: no question of that name; there are {', '.join(known)}")
    return known[name]


def _read(path: Path) -> NamedQuery:
    sparql = path.read_text(encoding="utf-8")
    comments = []
    for line in sparql.splitlines():
        if not line.startswith("#"):
            break
        comments.append(line.removeprefix("#").strip())
    parameters = {match[2]: (match[3], match[4]) for match in PARAMETER.finditer(sparql)}
    return NamedQuery(path.stem, comments[0], " ".join(comments[1:]), parameters, sparql)


def _term(name: str, value: str, default: str, ask: Ask) -> str:
    if default.startswith("id:"):
        return find_thing(value, ask)
    if default.startswith("nhs:"):
        term = value.removeprefix("nhs:")
        if not LOCAL.fullmatch(term):
            raise UsageError(f"{name}={value}: not a term of the ontology, such as {default}")
        return f"nhs:{term}"
    if default.endswith("xsd:date"):
        try:
            return f'"{date.fromisoformat(value)}"^^xsd:date'
        except ValueError as error:
            raise UsageError(f"{name}={value}: not a day; write it as 2022-07-01") from error
    if default.startswith('"'):
        return text(value)
    if not re.fullmatch(r"-?\d+(\.\d+)?", value):
        raise UsageError(f"{name}={value}: not a number")
    return value


def find_thing(value: str, ask: Ask) -> str:
    """Gives the prefixed name of what a name, alias, code, title or id means in the graph.

    Raises:
        NotFound: if nothing is called so; the message has the nearest names.
        UsageError: if several things are; the message lists them.
    """
    identifier = value.removeprefix("id:")
    if LOCAL.fullmatch(identifier) and ask(f"ASK {{ id:{identifier} ?p ?o }}").rows[0][0].value == "true":
        return f"id:{identifier}"
    names: dict[str, str] = {}
    by_name: defaultdict[str, set[str]] = defaultdict(set)
    exact = ask(f"{NAMES} FILTER(STR(?name) = {text(value)}) }}")
    found = exact if len({row[0] for row in exact.rows}) == 1 else ask(f"{NAMES} }}")
    for thing, name in found.rows:
        short = shorten(thing.value, found.prefixes)
        names.setdefault(short, name.value)
        by_name[name_key(name.value)].add(short)
    return find_one(value, by_name, lambda i: names[i], "the graph")


__all__ = ["NamedQuery", "NotFound", "find_thing", "named_queries", "named_query"]
