"""Readings of single documents to one graph, in whatever order they come."""

from __future__ import annotations

from collections.abc import Iterable

from nhskg.correction import RENAME
from nhskg.model import Claim, ClaimGraph, Document, Entity, Reading, Statement

Known = dict[object, object]

SHARED = "subject", "predicate", "object", "speaker", "published", "confidence"
SHARED_EVIDENCE = "document", "rule"


def assemble(readings: Iterable[Reading]) -> ClaimGraph:
    """Merges readings into a graph; the result does not depend on their order.

    An entity that several documents mention is one; where they name it differently, the longest name is its name and the
    others are aliases.
    """
    documents: dict[str, Document] = {}
    entities: dict[str, dict[Entity, None]] = {}
    claims: dict[tuple[str, str, str], list[Claim]] = {}
    known: Known = {}
    for reading in readings:
        documents[reading.document.id] = reading.document
        for found in reading.entities:
            entities.setdefault(found.entity.id, {})[found.entity] = None
        # Two that are the same have the same id; the last counts.
        for claim in {_content(claim): claim for claim in reading.claims}.values():
            _share(claim, known)
            claims.setdefault((claim.subject, claim.predicate, claim.object), []).append(claim)
    return ClaimGraph(
        documents=tuple(documents[key] for key in sorted(documents)),
        entities=tuple(merge_entities(entities[key]) for key in sorted(entities)),
        statements=tuple(
            Statement(
                subject=s, predicate=p, object=o, claims=tuple(sorted(same, key=_order) if len(same) > 1 else same)
            )
            for (s, p, o), same in ((triple, claims[triple]) for triple in sorted(claims))
        ),
    )


def _content(claim: Claim) -> tuple[object, ...]:
    """What the id of a claim in one document is made of."""
    span = claim.evidence.span
    return claim.subject, claim.predicate, claim.object, claim.status, claim.speaker, span.start, span.exact


def _share(claim: Claim, known: Known) -> None:
    """Lets claims that say the same share what they say it with: a million claims would else hold a gigabyte more.

    A claim that comes from the disk has strings and dates of its own. Equal ones take their place, so it stays what it is.
    """
    for value, names in ((claim, SHARED), (claim.evidence, SHARED_EVIDENCE)):
        for name in names:
            content = getattr(value, name)
            object.__setattr__(value, name, known.setdefault(content, content))


def merge_entities(same: Iterable[Entity]) -> Entity:
    """One entity of those that share an id; the name that a person gave it counts before what documents call it."""
    ordered = sorted(same, key=lambda e: (not _is_named(e), -len(e.name), e.name, not e.registered, e.kind, e.ods_code))
    first = ordered[0]
    names = {name for entity in ordered for name in (entity.name, *entity.aliases)} - {first.name}
    return Entity(
        id=first.id,
        kind=first.kind,
        name=first.name,
        aliases=tuple(sorted(names)),
        ods_code=first.ods_code,
        registered=first.registered,
        candidates=tuple(sorted({identifier for entity in ordered for identifier in entity.candidates})),
        corrections=tuple(sorted({correction for entity in ordered for correction in entity.corrections})),
    )


def _is_named(entity: Entity) -> bool:
    return any(correction.action == RENAME for correction in entity.corrections)


def _order(claim: Claim) -> tuple[str, str, int, str]:
    published = claim.published.isoformat() if claim.published else ""
    return published, claim.evidence.document, claim.evidence.span.start, claim.id
