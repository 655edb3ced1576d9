"""The graph as a networkx multigraph, and as GraphML for Gephi, yEd and Cytoscape."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from nhskg.model import ClaimGraph, Status
from nhskg.parts import BUFFER
from nhskg.structure import by_triple, in_words

if TYPE_CHECKING:
    import networkx as nx

ILLEGAL_IN_XML = {code: None for code in range(32) if code not in (9, 10, 13)} | {0xFFFE: None, 0xFFFF: None}
"""Characters that XML 1.0 cannot hold, https://www.w3.org/TR/xml/#charsets."""

Values = dict[str, Any]
"""What is known of a node or an edge, always under the same names."""

OF_NODES = {"name": "string", "kind": "string", "ods_code": "string", "mentioned": "boolean"}
OF_EDGES = {
    "predicate": "string",
    "status": "string",
    "settled": "boolean",
    "negated": "boolean",
    "claims": "long",
    "quote": "string",
    "valid": "string",
}
"""Names of values, and their types in GraphML, http://graphml.graphdrawing.org/specification.html."""
HEAD = """<?xml version='1.0' encoding='utf-8'?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""


def to_networkx(claim_graph: ClaimGraph) -> nx.MultiDiGraph[str]:
    """Gives a multigraph of entities and, keyed by predicate, statements and what the register says.

    What the register says has the status ``register`` and no claims.
    """
    import networkx as nx

    kg: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    kg.add_nodes_from(_nodes(claim_graph))
    for source, target, key, values in _edges(claim_graph):
        kg.add_edge(source, target, key=key, **values)
    return kg


def write_graphml(claim_graph: ClaimGraph, path: Path) -> None:
    """Writes GraphML, http://graphml.graphdrawing.org.

    It is what networkx would write, a line after the other: a graph of networkx in between would take ten times the memory.
    """
    with path.open("w", BUFFER, encoding="utf-8", newline="\n") as file:
        file.write(HEAD)
        for element, types in (("node", OF_NODES), ("edge", OF_EDGES)):
            for name, type_ in types.items():
                file.write(f'  <key id="{name}" for="{element}" attr.name="{name}" attr.type="{type_}" />\n')
        file.write('  <graph edgedefault="directed">\n')
        for identifier, values in _nodes(claim_graph):
            file.write(f"    <node id={_quoted(identifier)}>\n{_data(values)}    </node>\n")
        for source, target, key, values in _edges(claim_graph):
            ends = f"source={_quoted(source)} target={_quoted(target)} id={_quoted(key)}"
            file.write(f"    <edge {ends}>\n{_data(values)}    </edge>\n")
        file.write("  </graph>\n</graphml>\n")


def in_xml(text: str) -> str:
    """Leaves out what XML cannot hold."""
    return text if text.isprintable() else text.translate(ILLEGAL_IN_XML)


_quoted = functools.lru_cache(1 << 17)(quoteattr)


def _data(values: Values) -> str:
    return "".join(
        [
            f'      <data key="{name}">{escape(value) if isinstance(value, str) else value}</data>\n'
            for name, value in values.items()
        ]
    )


def _nodes(claim_graph: ClaimGraph) -> Iterator[tuple[str, Values]]:
    for mentioned, entities in ((True, claim_graph.entities), (False, claim_graph.context)):
        for entity in entities:
            yield (
                entity.id,
                {
                    "name": in_xml(entity.name),
                    "kind": entity.kind.value,
                    "ods_code": entity.ods_code,
                    "mentioned": mentioned,
                },
            )


def _edges(claim_graph: ClaimGraph) -> Iterator[tuple[str, str, str, Values]]:
    for statement in claim_graph.statements:
        claims = statement.claims
        statuses = sorted({claim.status for claim in claims}) if len(claims) > 1 else [claims[0].status]
        yield (
            statement.subject,
            statement.object,
            statement.predicate,
            {
                "predicate": statement.predicate,
                "status": " ".join(statuses),
                "settled": any(claim.is_fact for claim in claims),
                "negated": Status.NEGATED in statuses,
                "claims": len(claims),
                "quote": in_xml(claims[0].evidence.span.exact),
                "valid": "",
            },
        )
    for (subject, predicate, object_), entries in by_triple(claim_graph.structure).items():
        yield (
            subject,
            object_,
            f"register {predicate}",
            {
                "predicate": predicate,
                "status": "register",
                "settled": True,
                "negated": False,
                "claims": 0,
                "quote": "",
                "valid": in_xml("; ".join(filter(None, (in_words(entry) for entry in entries)))),
            },
        )
