"""The shortest ways from one entity to another, over claims, the register's structure, or both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, pairwise

from nhskg.lookup import load
from nhskg.lookup.filters import Filters
from nhskg.lookup.format import STATUS_BITS
from nhskg.lookup.index import Index
from nhskg.model import Statement, Status
from nhskg.registered import RegisterEntry

CONSIDERED = 1000
"""So many of the shortest paths are compared; there may be very many."""

Before = dict[int, list[int]]
"""For each entity reached, those from which a shortest path comes to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What connects two entities next to each other on a path, in whichever direction; at least one edge.

    Attributes:
        start, end: ids of the entities.
    """

    start: str
    end: str
    statements: tuple[Statement, ...]
    structure: tuple[RegisterEntry, ...]

    @property
    def is_unsettled(self) -> bool:
        """Whether neither the register says so nor any document in its own voice."""
        return not self.structure and not any(claim.is_fact for s in self.statements for claim in s.claims)

    @property
    def has_ended(self) -> bool:
        """Whether it is known to be over."""
        return not self.statements and all(entry.end for entry in self.structure)


Path = tuple[Step, ...]


def shortest_paths(index: Index, start: int, end: int, filters: Filters, limit: int) -> tuple[Path, ...]:
    """Gives the shortest paths, those first of which most is settled and not over; none if there is no way.

    A triple that is only denied is no way, unless denials are asked for.
    """
    if start == end:
        return ()
    ways = islice(_ways(index, start, end, filters), CONSIDERED)
    paths = [_path(index, way, filters) for way in islice(ways, max(limit * 4, limit))]
    ranked = sorted(paths, key=_rank)
    return tuple(ranked[:limit])


def _rank(path: Path) -> tuple[int, int, list[str]]:
    unsettled, ended = (sum(getattr(step, flaw) for step in path) for flaw in ("is_unsettled", "has_ended"))
    return unsettled, ended, [step.end for step in path]


def _ways(index: Index, start: int, end: int, filters: Filters) -> Iterator[list[int]]:
    """Goes from both ends at once, always from where less is to be looked at, until the two meet."""
    before: tuple[Before, Before] = ({start: []}, {end: []})
    rims: list[list[int]] = [[start], [end]]
    while rims[0] and rims[1]:
        side = 0 if len(rims[0]) <= len(rims[1]) else 1
        reached: Before = {}
        for number, other in _edges(index, rims[side], filters):
            if other not in before[side]:
                reached.setdefault(other, []).append(number)
        before[side].update(reached)
        rims[side] = sorted(reached)
        meeting = [number for number in rims[side] if number in before[1 - side]]
        if meeting:
            for middle in meeting:
                for back in _unwind(before[0], middle):
                    for onwards in _unwind(before[1], middle):
                        yield [*reversed(back), middle, *onwards]
            return


def _unwind(before: Mapping[int, list[int]], number: int) -> Iterator[list[int]]:
    """Gives the ways back from an entity to where the walk began, without the entity itself."""
    if not before[number]:
        yield []
    for earlier in sorted(set(before[number])):
        for rest in _unwind(before, earlier):
            yield [earlier, *rest]


def _edges(index: Index, numbers: Iterable[int], filters: Filters) -> Iterator[tuple[int, int]]:
    numbers = list(numbers)
    for own, other in (("subject", "object"), ("object", "subject")):
        if filters.with_claims:
            yield from index.among(
                f"SELECT {own}, {other} FROM statement WHERE {own} IN ({{}}) AND {_held(filters)}",
                numbers,
            )
        if filters.with_structure:
            for row in index.among(f"{load.ENTRY} WHERE entry.{own} IN ({{}})", numbers):
                if filters.has_entry(load.entry(row)):
                    yield (row[11], row[12]) if own == "subject" else (row[12], row[11])


def _held(filters: Filters) -> str:
    negated = "" if filters.statuses else f"statement.statuses != {STATUS_BITS[Status.NEGATED]} AND "
    return negated + filters.of_statements()


def _path(index: Index, way: list[int], filters: Filters) -> Path:
    ids = {
        row[0]: row[1] for row in index.among("SELECT number, id FROM entity WHERE number IN ({})", sorted(set(way)))
    }
    steps = []
    for start, end in pairwise(way):
        ends = "((subject = ?1 AND object = ?2) OR (subject = ?2 AND object = ?1))"
        numbers = [
            row[0]
            for row in index.rows(f"SELECT number FROM statement WHERE {ends} AND {_held(filters)}", (start, end))
        ]
        statements = load.statements(index, numbers if filters.with_claims else (), filters)
        structure = load.entries(index, ends, (start, end)) if filters.with_structure else ()
        steps.append(
            Step(
                start=ids[start],
                end=ids[end],
                statements=tuple(statements.values()),
                structure=tuple(filter(filters.has_entry, structure)),
            )
        )
    return tuple(steps)
