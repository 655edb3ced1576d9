"""JSON Lines: ``documents.jsonl``, ``entities.jsonl`` (a row per document and entity), ``claims.jsonl``, and from the
register ``structure.jsonl`` and ``context.jsonl`` (the bodies and people that no document mentions).

The field names are those of the decision record on interchange; rows are sorted, so that two builds can be compared line
by line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import msgspec

from nhskg.correction import Correction
from nhskg.errors import InputError
from nhskg.model import Claim, Document, Entity, Reading
from nhskg.registered import RegisterEntry

DOCUMENTS, ENTITIES, CLAIMS = "documents.jsonl", "entities.jsonl", "claims.jsonl"
STRUCTURE, CONTEXT = "structure.jsonl", "context.jsonl"


ENCODER = msgspec.json.Encoder()
DECODER = msgspec.json.Decoder(dict[str, Any])


def write_rows(rows: Iterable[Mapping[str, Any]], path: Path) -> None:
    """Writes one JSON object a line."""
    with path.open("wb") as file:
        file.writelines(map(line, rows))


def line(row: Mapping[str, Any]) -> bytes:
    """Gives a row as a line of JSON in UTF-8, keys in the order given."""
    return ENCODER.encode(row) + b"\n"


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Gives the rows of a file.

    Raises:
        InputError: if the file is missing or a line is not JSON.
    """
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                try:
                    yield DECODER.decode(line)
                except (msgspec.DecodeError, UnicodeDecodeError) as error:
                    raise InputError(
                        f"{path}, line {number}: damaged ({error}); build again with nhskg build"
                    ) from error
    except OSError as error:
        raise InputError(
            f"{path}: no build here ({error.strerror}); run nhskg build PATHS --out {path.parent}"
        ) from error


def document_row(document: Document) -> dict[str, Any]:
    return {
        "document": document.id,
        "title": document.title,
        "published": document.published.isoformat() if document.published else None,
        "author": document.author,
        "source": document.source,
        "url": document.url,
        "found": dict(document.found),
        "pages": list(document.pages),
        "copies": [asdict(copy) for copy in document.copies],
        "sha256": document.sha256,
        "text": document.text,
    }


def entity_rows(reading: Reading, merged: Mapping[str, Entity]) -> Iterator[dict[str, Any]]:
    """The entities of one document; ``merged`` has their names over all documents."""
    for found in reading.entities:
        yield {
            "document": reading.document.id,
            **context_row(merged[found.entity.id]),
            "mentions": sorted({span.exact for span in found.mentions}),
            "by_register": sorted({span.exact for span in found.by_register}),
        }


def claim_row(claim: Claim, *, disputed: bool = False, page: int | None = None) -> dict[str, Any]:
    """A claim; ``disputed`` where another one on the same triple contradicts it, ``page`` that on which its quote begins."""
    return {
        "id": claim.id,
        "document": claim.evidence.document,
        "subject": claim.subject,
        "predicate": claim.predicate,
        "object": claim.object,
        "status": claim.status.value,
        "speaker": claim.speaker,
        "evidence": claim.evidence.span.exact,
        "start": claim.evidence.span.start,
        "end": claim.evidence.span.end,
        "page": page,
        "published": claim.published.isoformat() if claim.published else None,
        "published_guessed": claim.is_date_guessed,
        "valid_from": (claim.period and claim.period.start) or None,
        "valid_to": (claim.period and claim.period.end) or None,
        "period": claim.period and claim.period.text,
        "former": claim.is_former,
        "disputed": disputed,
        "amount": claim.amount and asdict(claim.amount),
        "confidence": claim.confidence,
        "mention": claim.mention.value,
        "rule": claim.evidence.rule,
        "corrections": [correction_row(correction) for correction in claim.corrections],
    }


def entry_row(entry: RegisterEntry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "subject": entry.subject,
        "predicate": entry.predicate,
        "object": entry.object,
        "post": entry.post,
        "valid_from": entry.start or None,
        "valid_to": entry.end or None,
        "note": entry.note,
        "source": entry.source,
        "file": entry.file,
        "line": entry.line,
    }


def context_row(entity: Entity) -> dict[str, Any]:
    return {
        "id": entity.id,
        "name": entity.name,
        "aliases": list(entity.aliases),
        "kind": entity.kind.value,
        "ods_code": entity.ods_code,
        "registered": entity.registered,
        "candidates": list(entity.candidates),
        "corrections": [correction_row(correction) for correction in entity.corrections],
    }


def correction_row(correction: Correction) -> dict[str, Any]:
    return {**asdict(correction), "on": correction.on.isoformat()}
