"""The graph as a networkx multigraph, and as GraphML for Gephi, yEd and Cytoscape."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nhskg.model import ClaimGraph, Status
from nhskg.structure import by_triple, in_words

if TYPE_CHECKING:
    import networkx as nx

ILLEGAL_IN_XML = {code: None for code in range(32) if code not in (9, 10, 13)} | {0xFFFE: None, 0xFFFF: None}
"""Characters that XML 1.0 cannot hold, https://www.w3.org/TR/xml/#charsets."""


def to_networkx(claim_graph: ClaimGraph) -> nx.MultiDiGraph[str]:
    """Gives a multigraph of entities and, keyed by predicate, statements and what the register says.

    What the register says has the status ``register`` and no claims.
    """
    import networkx as nx

    kg: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for mentioned, entities in ((True, claim_graph.entities), (False, claim_graph.context)):
        for entity in entities:
            kg.add_node(
                entity.id,
                name=in_xml(entity.name),
                kind=entity.kind.value,
                ods_code=entity.ods_code,
                mentioned=mentioned,
            )
    for statement in claim_graph.statements:
        statuses = sorted({claim.status.value for claim in statement.claims})
        kg.add_edge(
            statement.subject,
            statement.object,
            key=statement.predicate,
            predicate=statement.predicate,
            status=" ".join(statuses),
            settled=any(claim.is_fact for claim in statement.claims),
            negated=any(claim.status is Status.NEGATED for claim in statement.claims),
            claims=len(statement.claims),
            quote=in_xml(statement.claims[0].evidence.span.exact),
            valid="",
        )
    for (subject, predicate, object_), entries in by_triple(claim_graph.structure).items():
        kg.add_edge(
            subject,
            object_,
            key=f"register {predicate}",
            predicate=predicate,
            status="register",
            settled=True,
            negated=False,
            claims=0,
            quote="",
            valid=in_xml("; ".join(filter(None, (in_words(entry) for entry in entries)))),
        )
    return kg


def write_graphml(claim_graph: ClaimGraph, path: Path) -> None:
    """Writes GraphML, http://graphml.graphdrawing.org."""
    import networkx as nx

    nx.write_graphml_xml(to_networkx(claim_graph), path, named_key_ids=True)


def in_xml(text: str) -> str:
    return text.translate(ILLEGAL_IN_XML)
