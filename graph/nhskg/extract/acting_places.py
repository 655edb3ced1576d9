"""Names of places that stand for bodies: "Skelby merged with Fenby", "the chair of Skelby".

Texts call hospitals, trusts and boards by the towns that they are in. What does, or has done to it, what only a body can is
a body, wherever the document names it. A second look at a document, as for the first person: what a name does is known only
once its claims have been read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from nhskg.model import Claim, Kind, Label, Mention
from nhskg.ontology import Predicate
from nhskg.resolve import Resolution


def acting_places(
    claims: Iterable[Claim], resolution: Resolution, predicates: Mapping[str, Predicate]
) -> frozenset[str]:
    """Gives the places that take a part in claims which no place can have.

    Args:
        claims: what a first look at a document has read.
        resolution: its entities by a first look.
        predicates: which kinds their parts can have.
    """
    found = set()
    for claim in claims:
        predicate = predicates[claim.predicate]
        for end, kinds in ((claim.subject, predicate.subject_kinds), (claim.object, predicate.object_kinds)):
            if Kind.PLACE not in kinds and resolution.entities[end].entity.kind is Kind.PLACE:
                found.add(end)
    return frozenset(found)


def as_bodies(mentions: Sequence[Mention], places: Collection[str], resolution: Resolution) -> list[Mention]:
    """Gives the mentions with the names of these places as names of bodies."""
    return [
        replace(mention, kind=Kind.ORGANISATION)
        if mention.label is Label.NAME and resolution.by_place.get((mention.paragraph, mention.head)) in places
        else mention
        for mention in mentions
    ]
