"""What stands around an entity: a walk of a few steps over claims and the register's structure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nhskg.lookup import load
from nhskg.lookup.filters import Filters, sides
from nhskg.lookup.index import Index
from nhskg.model import ClaimGraph, Entity
from nhskg.registered import RegisterEntry

NO_LIMIT = -1  # as SQLite says it


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbourhood:
    """What was found around an entity.

    Attributes:
        graph: statements, lines of the register, and what they are about.
        is_cut: whether a limit left something out.
    """

    entity: Entity
    graph: ClaimGraph
    is_cut: bool = False


def neighbourhood(index: Index, start: int, hops: int, filters: Filters, limit: int | None = None) -> Neighbourhood:
    """Walks from an entity, the most claimed triples first.

    Args:
        index: the build.
        start: number of the entity.
        hops: how many steps to go.
        filters: what to go along; a kind is that of the entity reached by a step.
        limit: at most so many statements, and so many lines of the register; the nearest come first.
    """
    statements: dict[int, None] = {}
    entries: dict[int, RegisterEntry] = {}
    seen, frontier, is_cut = {start}, [start], False
    for _ in range(hops):
        following: list[int] = []
        for number in frontier:
            for statement, other in _statements(index, number, filters, limit):
                if limit is not None and len(statements) >= limit and statement not in statements:
                    is_cut = True
                    break
                statements.setdefault(statement)
                following.append(other)
            for key, entry, other in entries_at(index, number, filters):
                if limit is not None and len(entries) >= limit and key not in entries:
                    is_cut = True
                    break
                entries.setdefault(key, entry)
                following.append(other)
        frontier = [number for number in dict.fromkeys(following) if number not in seen]
        seen.update(frontier)
    graph = load.subgraph(index, load.statements(index, statements, filters).values(), entries.values(), also=[start])
    return Neighbourhood(entity=load.one_entity(index, start), graph=graph, is_cut=is_cut)


def _statements(index: Index, number: int, filters: Filters, limit: int | None) -> Iterator[tuple[int, int]]:
    """Gives the statements at an entity with their other ends, the most claimed first."""
    if not filters.with_claims:
        return
    found: list[tuple[int, str, int, int]] = []
    # Some may be known from an earlier step, and one more than there is room for tells that there is more.
    most = NO_LIMIT if limit is None else 2 * limit + 1
    for own, other in sides(filters.direction):
        sql = (
            f"SELECT -claims, predicate, {other}, number FROM statement WHERE {own} = ? AND {filters.of_statements()} "
            f"AND {filters.of_entity(f'statement.{other}')} ORDER BY claims DESC, predicate, {other} LIMIT ?"
        )  # the names of columns are ours, and Filters vouches for its conditions; the order is that of the SQL index
        found += index.rows(sql, (number, most))
    for _, _, end, statement in sorted(found):
        yield statement, end


def entries_at(index: Index, number: int, filters: Filters) -> Iterator[tuple[int, RegisterEntry, int]]:
    """Gives the lines of the register about an entity, each with its number and that of the entity at the other end."""
    if not filters.with_structure:
        return
    for own, other in sides(filters.direction):
        sql = f"{load.ENTRY} WHERE entry.{own} = ? AND {filters.of_entity(f'entry.{other}')} ORDER BY entry.number"
        for row in index.rows(sql, (number,)):
            entry = load.entry(row)
            if filters.has_entry(entry):
                yield row[0], entry, row[12] if own == "subject" else row[11]
