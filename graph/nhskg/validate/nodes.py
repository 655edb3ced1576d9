"""The checks node by node, by pySHACL: what claims, quotations, entities and the rest must have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from nhskg.ontology import load_predicates
from nhskg.validate.report import Result, Severity
from nhskg.vocab import NHS, expand, shorten

if TYPE_CHECKING:
    import pyoxigraph as ox
    import rdflib

# SHACL's targets (https://www.w3.org/TR/shacl/#targets), but for single nodes, which the checks of the whole graph have.
TARGETS = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT ?class ?pointer WHERE { { ?shape sh:targetClass ?class } UNION { ?shape sh:targetObjectsOf ?pointer } }"""
FIRST = {expand("nhs:Claim"), expand("nhs:RegisterEntry")}  # what a sample is taken of; its neighbours come along


def check_nodes(
    store: ox.Store, shapes: ox.Store, sample: int, prefixes: Mapping[str, str]
) -> tuple[list[Result], int, int]:
    """Holds nodes against the shapes.

    Args:
        store: the graph.
        shapes: the shapes.
        sample: about how many claims and register entries, and as many other nodes, are to be looked at; 0 is all.
        prefixes: to name nodes with.

    Returns:
        The results, how many nodes were checked, and how many there are.
    """
    targets = _targets(store, shapes)
    chosen = sorted({*_spread(targets, sample), *_spread(_of_classes(store, FIRST), sample)}) if sample else targets
    if len(chosen) == len(targets):
        return held_against(shapes, store, chosen, prefixes, is_all=True), len(chosen), len(targets)
    chosen = sorted({*chosen, *(set(_neighbours(store, chosen)) & set(targets))})
    return held_against(shapes, store, chosen, prefixes), len(chosen), len(targets)


def held_against(
    shapes: ox.Store, store: ox.Store, chosen: list[str], prefixes: Mapping[str, str], *, is_all: bool = False
) -> list[Result]:
    """Holds some nodes of a graph against the shapes, or all that it has."""
    import pyshacl
    from rdflib import RDF, SH

    data = _as_rdflib(quad.triple for quad in store) if is_all else _as_rdflib(_described(store, chosen))
    _, report, _ = pyshacl.validate(
        data, shacl_graph=_core(shapes), inference="none", inplace=True, allow_warnings=True
    )
    results, looked_at = [], set(chosen)
    for found in report.subjects(RDF.type, SH.ValidationResult):
        node, value = (str(report.value(found, name) or "") for name in (SH.focusNode, SH.value))
        if node not in looked_at:  # a neighbour, of which only the kind is there
            continue
        results.append(
            Result(
                Severity(str(report.value(found, SH.resultSeverity)).rpartition("#")[2].lower()),
                str(report.value(found, SH.resultMessage)),
                shorten(node, prefixes),
                shorten(value, prefixes),
            )
        )
    return results


def target_classes(shapes: ox.Store) -> set[str]:
    """The classes that shapes are about."""
    rows: Any = shapes.query(TARGETS)
    return {row["class"].value for row in rows if row["class"]}


def _targets(store: ox.Store, shapes: ox.Store) -> list[str]:
    """All nodes that some shape is about, sorted."""
    import pyoxigraph as ox

    rows: Any = shapes.query(TARGETS)
    classes, pointers = set(), set()
    for row in rows:
        if row["class"]:
            classes.add(row["class"].value)
        else:
            pointers.add(row["pointer"].value)
    found = set(_of_classes(store, classes))
    for pointer in pointers:
        found |= {
            quad.object.value
            for quad in store.quads_for_pattern(None, ox.NamedNode(pointer), None)
            if isinstance(quad.object, ox.NamedNode)
        }
    return sorted(found)


def _of_classes(store: ox.Store, classes: set[str]) -> list[str]:
    import pyoxigraph as ox

    kind = ox.NamedNode(expand("rdf:type"))
    return sorted(
        quad.subject.value
        for class_ in classes
        for quad in store.quads_for_pattern(None, kind, ox.NamedNode(class_))
        if isinstance(quad.subject, ox.NamedNode)
    )


def _spread(nodes: list[str], count: int) -> list[str]:
    """So many of the nodes, evenly spread."""
    return nodes[:: max(len(nodes) // count, 1)]


def _neighbours(store: ox.Store, nodes: list[str]) -> Iterator[str]:
    import pyoxigraph as ox

    relations = {NHS + name for name in load_predicates()}
    for node in nodes:
        for quad in store.quads_for_pattern(ox.NamedNode(node), None, None):
            if isinstance(quad.object, ox.NamedNode) and quad.predicate.value not in relations:
                yield quad.object.value


def _described(store: ox.Store, nodes: list[str]) -> Iterator[ox.Triple]:
    """What is said of the nodes, without their relations to each other, and of what kind their neighbours are.

    A body may have thousands of relations; their check is over the whole graph.
    """
    import pyoxigraph as ox

    relations, kind = {NHS + name for name in load_predicates()}, ox.NamedNode(expand("rdf:type"))
    for node in nodes:
        for quad in store.quads_for_pattern(ox.NamedNode(node), None, None):
            if quad.predicate.value not in relations:
                yield quad.triple
    for node in sorted(set(_neighbours(store, nodes))):
        for quad in store.quads_for_pattern(ox.NamedNode(node), kind, None):
            yield quad.triple


def _core(shapes: ox.Store) -> rdflib.Graph:
    """The shapes without their queries."""
    from rdflib import SH

    core = _as_rdflib(quad.triple for quad in shapes)
    core.remove((None, SH.sparql, None))
    return core


def _as_rdflib(triples: Iterator[ox.Triple]) -> rdflib.Graph:
    """The same triples for rdflib, faster than its own parser reads them."""
    import pyoxigraph as ox
    import rdflib

    def term(value: Any) -> Any:
        if isinstance(value, ox.NamedNode):
            return rdflib.URIRef(value.value)
        if isinstance(value, ox.BlankNode):
            return rdflib.BNode(value.value)
        if value.language:
            return rdflib.Literal(value.value, lang=value.language)
        # A plain string is one without a datatype for rdflib, though RDF 1.1 says that both are the same.
        plain = value.datatype.value == expand("xsd:string")
        return rdflib.Literal(value.value, datatype=None if plain else rdflib.URIRef(value.datatype.value))

    graph = rdflib.Graph()
    for triple in triples:
        graph.add((term(triple.subject), term(triple.predicate), term(triple.object)))
    return graph
