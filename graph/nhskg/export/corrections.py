"""What people decided, as PROV-O activities (https://www.w3.org/TR/prov-o/#Activity) in the graph."""

from __future__ import annotations

from collections.abc import Iterator

from nhskg.correction import Correction
from nhskg.export.terms import Row, day, text
from nhskg.model import ClaimGraph
from nhskg.vocab import correction_iri, corrector_iri


def correction_blocks(claim_graph: ClaimGraph) -> Iterator[tuple[str, list[Row]]]:
    """Gives the corrections that a graph is as it is by, in order of date, then the people who decided them."""
    found = set(claim_graph.corrections)
    for entity in (*claim_graph.entities, *claim_graph.context):
        found.update(entity.corrections)
    for statement in claim_graph.statements:
        found.update(correction for claim in statement.claims for correction in claim.corrections)
    for correction in sorted(found):
        yield correction_iri(correction), list(_correction(correction))
    for name in sorted({correction.by for correction in found}):
        yield corrector_iri(name), [("a", "prov:Person"), ("rdfs:label", text(name))]


def _correction(correction: Correction) -> Iterator[Row]:
    yield "a", "nhs:Correction"
    yield "nhs:action", text(correction.action)
    yield "rdfs:label", text(correction.words)
    if correction.reason:
        yield "nhs:reason", text(correction.reason)
    yield "dcterms:date", day(correction.on)
    yield "prov:wasAssociatedWith", corrector_iri(correction.by)
