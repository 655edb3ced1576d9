"""Claims and lines of the register as flat rows with names in them, for JSON, CSV and pandas.

The fields are those of ``claims.jsonl`` and ``structure.jsonl``; ``…_name`` and what is known of the document come in addition.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nhskg.export.jsonl import claim_row, entry_row
from nhskg.model import Claim, Entity
from nhskg.registered import RegisterEntry

if TYPE_CHECKING:
    from nhskg.lookup.graph import Graph

Record = dict[str, Any]


def claim_record(graph: Graph, claim: Claim) -> Record:
    """Gives a claim with the names of what it is about and of who says so, and with its document."""
    document = graph.document(claim.evidence.document)
    page = document.page_at(claim.evidence.span.start)
    row = claim_row(claim, disputed=graph.is_disputed(claim), page=page)
    return {
        "id": row.pop("id"),
        "subject_name": graph.entity(claim.subject).name,
        "predicate": row.pop("predicate"),
        "object_name": graph.entity(claim.object).name,
        "status": row.pop("status"),
        "speaker_name": graph.entity(claim.speaker).name if claim.speaker else None,
        "published": row.pop("published"),
        "published_guessed": row.pop("published_guessed"),
        "evidence": row.pop("evidence"),
        "title": document.title,
        "source": document.source,
        "url": document.url,
        **row,
        "corrections": [correction.line for correction in claim.corrections],
    }


def entry_record(graph: Graph, entry: RegisterEntry) -> Record:
    """Gives a line of the register with the names of what it is about."""
    row = entry_row(entry)
    return {
        "id": row.pop("id"),
        "subject_name": graph.entity(entry.subject).name,
        "predicate": row.pop("predicate"),
        "object_name": graph.entity(entry.object).name,
        **row,
    }


def entity_record(entity: Entity) -> Record:
    """Gives who or what an entity is."""
    return {
        "id": entity.id,
        "name": entity.name,
        "kind": entity.kind.value,
        "ods_code": entity.ods_code,
        "aliases": list(entity.aliases),
        "candidates": list(entity.candidates),
    }


def flat(record: Record) -> Record:
    """Gives a record in which an object inside is several fields, and a list is one with semicolons.

    >>> flat({"id": 1, "amount": {"text": "£2m", "value": 2e6}, "aliases": ["a", "b"]})
    {'id': 1, 'amount_text': '£2m', 'amount_value': 2000000.0, 'aliases': 'a; b'}
    """
    flattened: Record = {}
    for key, value in record.items():
        if isinstance(value, dict):
            flattened.update(flat({f"{key}_{inner}": part for inner, part in value.items()}))
        elif isinstance(value, list):
            flattened[key] = "; ".join(map(str, value))
        else:
            flattened[key] = value
    return flattened
