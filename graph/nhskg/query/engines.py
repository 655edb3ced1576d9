"""The two engines that answer SPARQL over a build: Oxigraph, which is quick, and rdflib, to check it against."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from nhskg.errors import InputError, UsageError
from nhskg.parts import TURTLE, parts_of
from nhskg.query.answer import TRIPLE, Answer, Form
from nhskg.query.refuse import check
from nhskg.store import open_store
from nhskg.vocab import prefixes_of


class Engine(StrEnum):
    """Who answers."""

    OXIGRAPH = "oxigraph"  # the store of the build
    RDFLIB = "rdflib"  # rdflib's own evaluator, over the Turtle


def answer(sparql: str, folder: Path, engine: Engine = Engine.OXIGRAPH) -> Answer:
    """Answers a query; known prefixes may be left out of it.

    Raises:
        UsageError: if it is not SPARQL, or does more than read this graph.
        InputError: if there is no build in the folder, or it is damaged.
    """
    try:
        prefixes = prefixes_of(folder / TURTLE)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{folder / TURTLE}: no build here ({error}); run nhskg build first") from error
    check(sparql, prefixes)
    return (_with_rdflib if engine is Engine.RDFLIB else _with_oxigraph)(sparql, folder, prefixes)


def _with_oxigraph(sparql: str, folder: Path, prefixes: Mapping[str, str]) -> Answer:
    store = open_store(folder)
    try:
        return _from_oxigraph(store.query(sparql, prefixes=dict(prefixes)), prefixes)
    except (RuntimeError, ValueError, OSError) as error:
        raise UsageError(f"cannot be answered: {' '.join(str(error).split())}") from error


def _from_oxigraph(results: Any, prefixes: Mapping[str, str]) -> Answer:
    import pyoxigraph as ox

    if isinstance(results, ox.QueryBoolean):
        return _yes_or_no(bool(results), prefixes)
    if isinstance(results, ox.QueryTriples):
        return _triples((tuple(triple) for triple in results), prefixes)
    names = tuple(variable.value for variable in results.variables)
    return Answer(Form.SELECT, names, tuple(tuple(row) for row in results), prefixes)


def _with_rdflib(sparql: str, folder: Path, prefixes: Mapping[str, str]) -> Answer:
    import rdflib

    rdf = rdflib.Graph()
    try:
        for path in parts_of(folder / TURTLE):
            rdf.parse(path, format="turtle")
    except Exception as error:  # rdflib's Turtle parser raises whatever its internals do on damaged input
        raise InputError(f"{folder / TURTLE}: not Turtle ({error}); build again with nhskg build") from error
    try:
        return _from_results(rdf.query(sparql, initNs=dict(prefixes)), prefixes)
    except Exception as error:  # its parser and its evaluator raise whatever their internals do
        raise UsageError(f"rdflib cannot answer this ({' '.join(str(error).split())[:200]}); Oxigraph can") from error


def _from_results(results: Any, prefixes: Mapping[str, str]) -> Answer:
    if results.type == "ASK":
        return _yes_or_no(bool(results.askAnswer), prefixes)
    if results.type in {"CONSTRUCT", "DESCRIBE"}:
        return _triples((tuple(map(_from_rdflib, triple)) for triple in results.graph), prefixes)
    names = tuple(str(variable) for variable in results.vars)
    return Answer(Form.SELECT, names, tuple(tuple(map(_from_rdflib, row)) for row in results), prefixes)


def _yes_or_no(yes: bool, prefixes: Mapping[str, str]) -> Answer:
    import pyoxigraph as ox

    return Answer(Form.ASK, (), ((ox.Literal(yes),),), prefixes)


def _triples(rows: Any, prefixes: Mapping[str, str]) -> Answer:
    return Answer(Form.CONSTRUCT, TRIPLE, tuple(sorted(set(rows), key=str)), prefixes)


def _from_rdflib(term: Any) -> Any:
    import pyoxigraph as ox
    import rdflib

    if term is None:
        return None
    if isinstance(term, rdflib.URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, rdflib.BNode):
        return ox.BlankNode(str(term))
    if term.language:
        return ox.Literal(str(term), language=term.language)
    return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)) if term.datatype else None)
