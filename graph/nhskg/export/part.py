"""The part of a large graph that a page can hold: browsers open 100,000 statements at once, and not a million."""

from __future__ import annotations

from dataclasses import replace

from nhskg.model import ClaimGraph, Statement

MOST = 100_000
"""Statements; a page of so many opens in seconds (scripts/benchmark_html.py)."""


def most_told(claim_graph: ClaimGraph, most: int = MOST) -> ClaimGraph:
    """Gives the graph of the statements that most claims make, the latest first among equals, with all that they are about.

    A graph with no more statements than that is given back as it is.
    """
    if len(claim_graph.statements) <= most:
        return claim_graph
    kept = set(sorted(range(len(claim_graph.statements)), key=lambda i: _rank(claim_graph.statements[i], i))[:most])
    statements = tuple(statement for i, statement in enumerate(claim_graph.statements) if i in kept)
    claims = [claim for statement in statements for claim in statement.claims]
    ends = {end for claim in claims for end in (claim.subject, claim.object, claim.speaker)}
    told = {claim.evidence.document for claim in claims}
    structure = tuple(entry for entry in claim_graph.structure if {entry.subject, entry.object} & ends)
    ends |= {end for entry in structure for end in (entry.subject, entry.object)}
    return replace(
        claim_graph,
        documents=tuple(document for document in claim_graph.documents if document.id in told),
        entities=tuple(entity for entity in claim_graph.entities if entity.id in ends),
        statements=statements,
        structure=structure,
        context=tuple(entity for entity in claim_graph.context if entity.id in ends),
        bodies=tuple(body for body in claim_graph.bodies if body.id in ends),
    )


def _rank(statement: Statement, number: int) -> tuple[int, int, int]:
    latest = max((claim.published.toordinal() for claim in statement.claims if claim.published), default=0)
    return -len(statement.claims), -latest, number
