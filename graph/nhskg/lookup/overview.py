"""The build as a whole: its counts, and who is central in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from nhskg.lookup import load
from nhskg.lookup.filters import Filters, Measure
from nhskg.lookup.index import Index
from nhskg.model import Entity, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """Counts of a build: of entities by kind, claims by relation and by status, lines of the register by relation.

    Attributes:
        first, last: dates of the earliest and the latest document.
        disputed: triples whose claims contradict each other.
        context: bodies and people that only the register brings, by kind.
    """

    documents: int
    first: date | None
    last: date | None
    statements: int
    disputed: int
    entities: Mapping[str, int]
    claims: Mapping[str, int]
    statuses: Mapping[str, int]
    structure: Mapping[str, int]
    context: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Central:
    """How central an entity is; ``lookup/centrality.py`` says what the measures mean."""

    entity: Entity
    claims: int
    pagerank: float
    betweenness: float


def stats(index: Index) -> Stats:
    """Gives the counts of a build, as they were taken when its index was written."""
    counts: dict[str, dict[str, int]] = {}
    for what, key, count in index.rows("SELECT what, key, count FROM total ORDER BY what, count DESC, key"):
        counts.setdefault(what, {})[key] = count
    first, last = index.row("SELECT min(published), max(published) FROM document WHERE NOT guessed") or (None, None)
    return Stats(
        documents=counts["documents"][""],
        first=load.day(first),
        last=load.day(last),
        statements=counts["statements"][""],
        disputed=counts["disputed"][""],
        entities=counts.get("entities", {}),
        claims=counts.get("claims", {}),
        statuses=counts.get("statuses", {}),
        structure=counts.get("structure", {}),
        context=counts.get("context", {}),
    )


def central(index: Index, measure: Measure, filters: Filters, limit: int | None = None) -> tuple[Central, ...]:
    """Gives the most central entities first; only those that some claim is about."""
    rows = index.rows(
        f"SELECT number, claims, pagerank, betweenness FROM entity WHERE claims > 0 AND {filters.of_entity('entity.number')} "
        f"ORDER BY {measure} DESC, number LIMIT ?",  # the measure is one of ours
        (-1 if limit is None else limit,),
    )
    return tuple(
        Central(entity=load.one_entity(index, number), claims=claims, pagerank=pagerank, betweenness=betweenness)
        for number, claims, pagerank, betweenness in rows
    )


def disputed(index: Index, filters: Filters) -> Iterator[Statement]:
    """Gives the disputed triples of which a claim is asked for, the most claimed first, each with all its claims."""
    ends = " OR ".join(filters.of_entity(f"statement.{end}") for end in ("subject", "object"))
    numbers = index.rows(
        f"SELECT number FROM statement WHERE disputed AND {filters.of_statements()} AND ({ends}) "
        "ORDER BY claims DESC, number"
    )
    for (number,) in numbers:
        yield from load.statements(index, [number]).values()
