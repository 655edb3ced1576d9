"""A build's graph, read back from its JSON Lines files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from nhskg.errors import InputError
from nhskg.export import jsonl
from nhskg.model import (
    Amount,
    Claim,
    ClaimGraph,
    Document,
    Entity,
    Evidence,
    Kind,
    Label,
    Period,
    RegisterEntry,
    Statement,
    Status,
    TextSpan,
)


def read_graph(folder: Path) -> ClaimGraph:
    """Gives the graph that a build wrote, without what the register says of single bodies.

    Raises:
        InputError: if there is no build in the folder, or it is damaged.
    """
    try:
        documents = {row["document"]: _document(row) for row in jsonl.read_rows(folder / jsonl.DOCUMENTS)}
        entities = {row["id"]: _entity(row) for row in jsonl.read_rows(folder / jsonl.ENTITIES)}
        context = {row["id"]: _entity(row) for row in jsonl.read_rows(folder / jsonl.CONTEXT)}
        structure = tuple(map(_entry, jsonl.read_rows(folder / jsonl.STRUCTURE)))
        statements = tuple(_statements(jsonl.read_rows(folder / jsonl.CLAIMS)))
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"{folder}: damaged, or of another version ({error}); build again with nhskg build") from error
    return ClaimGraph(
        documents=tuple(documents[key] for key in sorted(documents)),
        entities=tuple(entities[key] for key in sorted(entities)),
        statements=statements,
        structure=structure,
        context=tuple(context[key] for key in sorted(context)),
    )


def _statements(rows: Iterator[dict[str, Any]]) -> Iterator[Statement]:
    claims: defaultdict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for row in rows:
        claims[row["subject"], row["predicate"], row["object"]].append(_claim(row))
    for (subject, predicate, object_), same in sorted(claims.items()):
        yield Statement(subject=subject, predicate=predicate, object=object_, claims=tuple(same))


def _document(row: Mapping[str, Any]) -> Document:
    return Document(
        id=row["document"],
        text=row["text"],
        title=row["title"],
        published=_day(row["published"]),
        source=row["source"],
        url=row["url"],
    )


def _entity(row: Mapping[str, Any]) -> Entity:
    return Entity(
        id=row["id"],
        kind=Kind(row["kind"]),
        name=row["name"],
        aliases=tuple(row["aliases"]),
        ods_code=row["ods_code"],
        registered=row["registered"],
        candidates=tuple(row["candidates"]),
    )


def _claim(row: Mapping[str, Any]) -> Claim:
    span = TextSpan(row["start"], row["end"], row["evidence"])
    period = row["period"] and Period(text=row["period"], start=row["valid_from"] or "", end=row["valid_to"] or "")
    return Claim(
        subject=row["subject"],
        predicate=row["predicate"],
        object=row["object"],
        status=Status(row["status"]),
        speaker=row["speaker"],
        evidence=Evidence(document=row["document"], span=span, rule=row["rule"]),
        confidence=row["confidence"],
        published=_day(row["published"]),
        amount=row["amount"] and Amount(**row["amount"]),
        mention=Label(row["mention"]),
        period=period or None,
        is_former=row["former"],
    )


def _entry(row: Mapping[str, Any]) -> RegisterEntry:
    return RegisterEntry(
        subject=row["subject"],
        predicate=row["predicate"],
        object=row["object"],
        start=row["valid_from"] or "",
        end=row["valid_to"] or "",
        source=row["source"],
        file=row["file"],
        line=row["line"],
        note=row["note"],
        post=row["post"],
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
