"""Which claims and entities of a reading come into the graph."""

from __future__ import annotations

from dataclasses import replace

from nhskg.model import Reading


def keep(reading: Reading, min_confidence: float = 0.0) -> Reading:
    """Gives a reading without the claims of less confidence, and without the entities that were kept for those alone."""
    claims = tuple(claim for claim in reading.claims if claim.confidence >= min_confidence)
    used = {end for claim in claims for end in (claim.subject, claim.object, claim.speaker)}
    entities = tuple(found for found in reading.entities if not found.is_minor or found.entity.id in used)
    if len(claims) == len(reading.claims) and len(entities) == len(reading.entities):
        return reading
    return replace(reading, claims=claims, entities=entities)
