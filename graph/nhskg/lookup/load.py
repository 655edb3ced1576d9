"""Rows of an index to the values of ``model.py``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from operator import itemgetter

from nhskg.correction import Correction
from nhskg.lookup.filters import EVERYTHING, Filters
from nhskg.lookup.index import Index, Row
from nhskg.model import (
    Amount,
    Claim,
    ClaimGraph,
    Copy,
    Document,
    Entity,
    Evidence,
    Kind,
    Label,
    Period,
    Statement,
    Status,
    TextSpan,
)
from nhskg.registered import RegisterEntry

ENTITY = "SELECT number, id, name, kind, ods_code, registered, aliases, candidates, mentioned, corrections FROM entity"
DOCUMENT = "SELECT number, id, title, published, author, source, url, found, pages, copies, text FROM document"
ENTRY = (
    'SELECT entry.number, s.id, predicate, o.id, post, start, "end", note, source, file, line, s.number, o.number '
    "FROM entry JOIN entity s ON s.number = subject JOIN entity o ON o.number = object"
)
CLAIM = (
    'SELECT claim.number, claim.statement, s.id, claim.predicate, o.id, claim.status, p.id, d.id, q.start, q."end", q.text, claim.rule, '
    "claim.confidence, claim.published, claim.amount, claim.mention, claim.period, claim.valid_from, claim.valid_to, "
    "claim.former, claim.corrections, d.guessed "
    "FROM claim JOIN statement ON statement.number = claim.statement "
    "JOIN entity s ON s.number = statement.subject JOIN entity o ON o.number = statement.object "
    "JOIN quotation q ON q.number = claim.quotation JOIN document d ON d.number = q.document "
    "LEFT JOIN entity p ON p.number = claim.speaker"
)


def entities(index: Index, numbers: Iterable[int]) -> tuple[tuple[Entity, ...], tuple[Entity, ...]]:
    """Gives the entities with some numbers in order: those that documents mention, and those that only the register brings."""
    rows = list(index.among(f"{ENTITY} WHERE number IN ({{}}) ORDER BY number", sorted(set(numbers))))
    return tuple(entity(row) for row in rows if row[8]), tuple(entity(row) for row in rows if not row[8])


def one_entity(index: Index, number: int) -> Entity:
    """Gives the entity with a number."""
    return next(entity(row) for row in index.rows(f"{ENTITY} WHERE number = ?", (number,)))


def entity(row: Row) -> Entity:
    """Gives the entity of a row of ``ENTITY``."""
    _, identifier, name, kind, ods_code, registered, aliases, candidates, _, corrections = row
    return Entity(
        id=identifier,
        kind=Kind(kind),
        name=name,
        aliases=tuple(json.loads(aliases)),
        ods_code=ods_code,
        registered=bool(registered),
        candidates=tuple(json.loads(candidates)),
        corrections=_corrections(corrections),
    )


def document(row: Row) -> Document:
    """Gives the document of a row of ``DOCUMENT``."""
    _, identifier, title, published, author, source, url, found, pages, copies, text = row
    return Document(
        id=identifier,
        text=text,
        title=title,
        published=day(published),
        author=author,
        source=source,
        url=url,
        found=tuple(json.loads(found).items()),
        pages=tuple(json.loads(pages)),
        copies=tuple(Copy(**copy) for copy in json.loads(copies)),
    )


def claim(row: Row) -> Claim:
    """Gives the claim of a row of ``CLAIM``."""
    subject, predicate, object_, status, speaker, document_id, start, end, exact, rule, confidence = row[2:13]
    published, amount, mention, period, valid_from, valid_to, former, corrections, guessed = row[13:]
    has_period = period or valid_from or valid_to
    return Claim(
        subject=subject,
        predicate=predicate,
        object=object_,
        status=Status(status),
        speaker=speaker,
        evidence=Evidence(document=document_id, span=TextSpan(start, end, exact), rule=rule),
        confidence=confidence,
        published=day(published),
        amount=Amount(**json.loads(amount)) if amount else None,
        mention=Label(mention),
        period=Period(text=period or "", start=valid_from or "", end=valid_to or "") if has_period else None,
        is_former=bool(former),
        corrections=_corrections(corrections),
        is_date_guessed=bool(guessed),
    )


def _corrections(listed: str | None) -> tuple[Correction, ...]:
    """Gives the corrections of a JSON list."""
    rows = json.loads(listed) if listed else []
    return tuple(Correction(**{**row, "on": date.fromisoformat(row["on"])}) for row in rows)


def entry(row: Row) -> RegisterEntry:
    """Gives the line of the register of a row of ``ENTRY``."""
    _, subject, predicate, object_, post, start, end, note, source, file, line, _, _ = row
    return RegisterEntry(
        subject=subject,
        predicate=predicate,
        object=object_,
        start=start,
        end=end,
        source=source,
        file=file,
        line=line,
        note=note,
        post=post,
    )


def day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def entries(index: Index, condition: str, parameters: Iterable[object] = ()) -> Iterator[RegisterEntry]:
    """Gives the lines of the register that meet a condition."""
    return map(entry, index.rows(f"{ENTRY} WHERE {condition} ORDER BY entry.number", parameters))


def claims(
    index: Index, condition: str, parameters: Iterable[object] = (), limit: int | None = None
) -> Iterator[Claim]:
    """Gives the claims that meet a condition, in order of date."""
    if limit is None:
        return map(claim, index.rows(f"{CLAIM} WHERE {condition} ORDER BY claim.number", parameters))
    # First only the numbers: of very many claims that are to be put in order, few are then read.
    numbers = index.rows(
        "SELECT claim.number FROM claim JOIN statement ON statement.number = claim.statement "
        f"WHERE {condition} ORDER BY claim.number LIMIT {limit}",
        parameters,
    )
    chosen = [row[0] for row in numbers]
    return map(claim, index.among(f"{CLAIM} WHERE claim.number IN ({{}}) ORDER BY claim.number", chosen))


def statements(index: Index, numbers: Iterable[int], filters: Filters = EVERYTHING) -> Mapping[int, Statement]:
    """Gives statements by number, each with those of its claims that are asked for; one without such claims is left out."""
    found: dict[int, Statement] = {}
    sql = f"{CLAIM} WHERE claim.statement IN ({{}}) AND {filters.of_claims()} ORDER BY claim.statement, claim.number"
    for number, rows in groupby(index.among(sql, sorted(set(numbers))), key=itemgetter(1)):
        claims = tuple(map(claim, rows))
        first = claims[0]
        found[number] = Statement(subject=first.subject, predicate=first.predicate, object=first.object, claims=claims)
    return found


def subgraph(
    index: Index,
    found: Iterable[Statement],
    structure: Iterable[RegisterEntry],
    also: Iterable[int] = (),
) -> ClaimGraph:
    """Gives the graph of some statements and lines of the register, with the entities, speakers and documents they name."""
    ordered = tuple(sorted(found, key=lambda s: (s.subject, s.predicate, s.object)))
    entries = tuple(sorted(structure, key=lambda e: (e.subject, e.predicate, e.object, e.line)))
    ends = {end for s in ordered for end in (s.subject, s.object)}
    ends |= {end for e in entries for end in (e.subject, e.object)}
    speakers = {c.speaker for s in ordered for c in s.claims if c.speaker}
    named, read = sorted(ends | speakers), sorted({c.evidence.document for s in ordered for c in s.claims})
    mentioned, context = entities(index, {*also, *numbers_of(index, "entity", named)})
    documents = index.among(f"{DOCUMENT} WHERE number IN ({{}})", sorted(numbers_of(index, "document", read)))
    return ClaimGraph(
        documents=tuple(sorted(map(document, documents), key=lambda d: d.id)),
        entities=mentioned,
        statements=ordered,
        structure=entries,
        context=context,
    )


def numbers_of(index: Index, table: str, ids: Iterable[str]) -> Iterator[int]:
    """Gives the numbers of entities or documents with some ids."""
    for identifier in ids:
        number = index.value(f"SELECT number FROM {table} WHERE id = ?", (identifier,))
        if number is not None:
            yield number


def whole(index: Index) -> ClaimGraph:
    """Gives the whole graph of a build."""
    found: list[Statement] = []
    for _, rows in groupby(index.rows(f"{CLAIM} ORDER BY claim.statement, claim.number"), key=itemgetter(1)):
        claims = tuple(map(claim, rows))
        first = claims[0]
        found.append(Statement(subject=first.subject, predicate=first.predicate, object=first.object, claims=claims))
    all_entities = list(index.rows(f"{ENTITY} ORDER BY number"))
    return ClaimGraph(
        documents=tuple(sorted(map(document, index.rows(DOCUMENT)), key=lambda d: d.id)),
        entities=tuple(entity(row) for row in all_entities if row[8]),
        statements=tuple(found),
        structure=tuple(map(entry, index.rows(f"{ENTRY} ORDER BY entry.number"))),
        context=tuple(entity(row) for row in all_entities if not row[8]),
    )
