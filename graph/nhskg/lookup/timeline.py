"""What happened to an entity, and what was said of it, in order of date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from nhskg.lookup import load
from nhskg.lookup.filters import Filters, sides
from nhskg.lookup.index import Index
from nhskg.lookup.neighbours import entries_at
from nhskg.model import Claim
from nhskg.register.dates import EVENTS, first_day, last_day
from nhskg.registered import RegisterEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Something with a date.

    Attributes:
        date: ISO, as precise as known (``2013``, ``2013-04``).
        what: the claim, the line of the register, or in words what happened ("opened").
        ends: whether it is the end of what the register says, not its start.
    """

    date: str
    what: Claim | RegisterEntry | str
    ends: bool = False


def timeline(index: Index, number: int, filters: Filters, limit: int | None = None) -> tuple[Moment, ...]:
    """Gives the dated moments of an entity, the first ones if there is a limit; undated claims and lines are left out.

    A claim stands at the date from which its sentence says that it holds, else at that of its document.
    """
    moments: list[Moment] = []
    # Moments are what lies between since and until, not documents, nor what held then but began before.
    at_any_time = replace(filters, since=None, until=None)
    if filters.with_claims:
        when = _between("claim.moment", filters)
        moments += _claims(index, number, at_any_time, f"{at_any_time.of_claims()} AND {when}", limit)
    if filters.with_structure:
        for _, entry, _ in entries_at(index, number, at_any_time):
            if entry.start:
                moments.append(Moment(date=entry.start, what=entry))
            if entry.end and entry.predicate not in EVENTS:
                moments.append(Moment(date=entry.end, what=entry, ends=True))
        if not filters.relations and not filters.kinds:
            moments += _life(index, number)
    moments = [moment for moment in moments if isinstance(moment.what, Claim) or _in_time(moment.date, filters)]
    return tuple(sorted(moments, key=lambda moment: (moment.date, isinstance(moment.what, Claim)))[:limit])


def _claims(index: Index, number: int, filters: Filters, condition: str, limit: int | None) -> Iterator[Moment]:
    at = [
        f"statement.{own} = {number} AND {filters.of_entity(f'statement.{other}')}"
        for own, other in sides(filters.direction)
    ]
    statements = " UNION ALL ".join(f"SELECT number FROM statement WHERE {end}" for end in at)
    sql = (
        f"SELECT claim.number, claim.moment FROM claim WHERE claim.statement IN ({statements}) AND {condition} "
        "ORDER BY 2, 1 LIMIT ?"
    )
    dates: dict[int, str] = dict(index.rows(sql, (-1 if limit is None else limit,)))
    for row in index.among(f"{load.CLAIM} WHERE claim.number IN ({{}})", dates):
        yield Moment(date=dates[row[0]], what=load.claim(row))


def _between(column: str, filters: Filters) -> str:
    conditions = [f"{column} IS NOT NULL"]
    if filters.since:  # with a tilde, a month or year sorts after every day in it
        conditions.append(f"{column} || '~' >= '{filters.since}'")
    if filters.until:
        conditions.append(f"{column} <= '{filters.until}'")
    return " AND ".join(conditions)


def _life(index: Index, number: int) -> list[Moment]:
    opened, closed = index.row("SELECT opened, closed FROM life WHERE entity = ?", (number,)) or ("", "")
    moments = [Moment(date=opened, what="opened")] if opened else []
    if closed:
        moments.append(Moment(date=closed, what="closed", ends=True))
    for name, end in index.rows('SELECT name, "end" FROM earlier_name WHERE entity = ?', (number,)):
        if end:
            moments.append(Moment(date=end, what=f"no longer called {name}", ends=True))
    return moments


def _in_time(when: str, filters: Filters) -> bool:
    """Whether a moment lies between the days asked for."""
    since, until = filters.since, min(filter(None, (filters.until, filters.as_of)), default=None)
    return (not since or last_day(when) >= since) and (not until or first_day(when) <= until)
