"""All that a build knows of one entity, at a glance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nhskg.lookup import load
from nhskg.lookup.filters import Filters, Through
from nhskg.lookup.format import STATUS_BITS
from nhskg.lookup.index import Index
from nhskg.model import Entity, Statement, Status
from nhskg.register.dates import EVENTS
from nhskg.registered import RegisterEntry
from nhskg.structure import HOLDS_POST, UPWARDS

STANDING = tuple(sorted({HOLDS_POST, *UPWARDS, *EVENTS}))
"""The relations that say who somebody is."""
MOST_STANDING = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierName:
    """What a body was called before, with ISO dates as precise as known, or empty."""

    name: str
    start: str
    end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationCount:
    """How many claims of one relation there are on an entity, in one direction, by status."""

    relation: str
    outwards: bool
    statuses: tuple[tuple[Status, int], ...]

    @property
    def claims(self) -> int:
        return sum(count for _, count in self.statuses)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Who or what an entity is.

    Attributes:
        register_kind: what the register says it is (``ccg``, ``trust`` …), or empty.
        opened, closed: ISO dates as precise as known, or empty.
        structure: the lines of the register about it, its posts and successors among them.
        standing: what documents say of the same kinds: posts, successors, what it is part of; the most claimed first.
        relations: counts of claims, the most frequent first.
        documents: how many documents have claims on it; ``first`` and ``last`` are their dates.
        disputed: how many triples about it have claims that contradict each other.
        said: how many claims are attributed to it.
        candidates: bodies of the register that its name may mean, where nothing decided between them.
    """

    entity: Entity
    register_kind: str
    opened: str
    closed: str
    earlier_names: tuple[EarlierName, ...]
    structure: tuple[RegisterEntry, ...]
    standing: tuple[Statement, ...]
    relations: tuple[RelationCount, ...]
    documents: int
    first: date | None
    last: date | None
    disputed: int
    said: int


def profile(index: Index, number: int) -> Profile:
    """Gives what is known of an entity."""
    register_kind, opened, closed = index.row("SELECT kind, opened, closed FROM life WHERE entity = ?", (number,)) or (
        "",
        "",
        "",
    )
    earlier = index.rows('SELECT name, start, "end" FROM earlier_name WHERE entity = ? ORDER BY start, name', (number,))
    documents, first, last = index.row("SELECT documents, first, last FROM entity WHERE number = ?", (number,)) or (
        0,
        None,
        None,
    )
    disputed = index.value("SELECT count(*) FROM statement WHERE disputed AND (subject = ?1 OR object = ?1)", (number,))
    return Profile(
        entity=load.one_entity(index, number),
        register_kind=register_kind,
        opened=opened,
        closed=closed,
        earlier_names=tuple(EarlierName(name=name, start=start, end=end) for name, start, end in earlier),
        structure=tuple(load.entries(index, "(entry.subject = ?1 OR entry.object = ?1)", (number,))),
        standing=_standing(index, number),
        relations=_relations(index, number),
        documents=documents,
        first=load.day(first),
        last=load.day(last),
        disputed=disputed,
        said=index.value("SELECT count(*) FROM claim WHERE speaker = ?", (number,)),
    )


def _standing(index: Index, number: int) -> tuple[Statement, ...]:
    filters = Filters(relations=STANDING, through=Through.CLAIMS)
    denied = STATUS_BITS[Status.NEGATED]
    numbers = [
        row[0]
        for row in index.rows(
            f"SELECT number, claims FROM statement WHERE subject = ?1 AND statuses != {denied} AND {filters.of_statements()} "
            f"UNION SELECT number, claims FROM statement WHERE object = ?1 AND statuses != {denied} "
            f"AND {filters.of_statements()} ORDER BY claims DESC, number LIMIT {MOST_STANDING}",
            (number,),
        )
    ]
    found = load.statements(index, numbers)
    return tuple(found[number] for number in numbers)


def _relations(index: Index, number: int) -> tuple[RelationCount, ...]:
    counts: dict[tuple[str, bool], dict[Status, int]] = {}
    for outwards, predicate, status, count in index.rows(
        "SELECT outwards, predicate, status, claims FROM claim_count WHERE entity = ?", (number,)
    ):
        counts.setdefault((predicate, bool(outwards)), {})[Status(status)] = count
    found = [
        RelationCount(
            relation=predicate,
            outwards=outwards,
            statuses=tuple((status, by_status[status]) for status in Status if status in by_status),
        )
        for (predicate, outwards), by_status in counts.items()
    ]
    return tuple(sorted(found, key=lambda r: (not r.outwards, -r.claims, r.relation)))
