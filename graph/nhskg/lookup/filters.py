"""What a question may ask for: relations, kinds, statuses, speakers, times; and how that is said in SQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from nhskg.lookup.format import STATUS_BITS
from nhskg.model import Kind, Status
from nhskg.register.dates import EVENTS, first_day, holds_on, last_day
from nhskg.registered import RegisterEntry


class Direction(StrEnum):
    """Of edges, as seen from the entity asked about."""

    IN = "in"
    OUT = "out"
    BOTH = "both"


class Through(StrEnum):
    """What makes an edge: what documents claim, the structure that the register tells, or both."""

    CLAIMS = "claims"
    STRUCTURE = "structure"
    BOTH = "both"


class Measure(StrEnum):
    """By what entities are ordered that are central."""

    PAGERANK = "pagerank"
    BETWEENNESS = "betweenness"
    CLAIMS = "claims"


class Outcome(StrEnum):
    """What became of a plan, as far as the documents up to a day tell."""

    DONE = "done"  # a later document says that it is so
    DENIED = "denied"  # a later document says that it is not
    PASSED = "passed"  # its day is over, and no later document tells
    DUE = "due"  # its day is to come
    UNDATED = "undated"  # the sentence names no day


DOCUMENT_VOICE = "document"
"""As a speaker: what documents say in their own voice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which claims and lines of the register are asked for; by default all.

    Attributes:
        relations: names of predicates.
        kinds: what an entity at the other end is.
        statuses: of claims; the register's lines have none, so any of these leaves them out.
        direction: of edges, where an entity is asked about.
        speaker: number of the entity to whom claims are attributed, 0 for the documents' own voice, or None.
        since, until: dates of the documents; of the register's lines, when they held.
        as_of: what held and was known on a day: claims whose period includes it, claims without a period from documents
            up to then, and the lines of the register that held.
        through: claims, structure or both.
    """

    relations: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    statuses: tuple[Status, ...] = ()
    direction: Direction = Direction.BOTH
    speaker: int | None = None
    since: date | None = None
    until: date | None = None
    as_of: date | None = None
    through: Through = Through.BOTH

    @property
    def with_claims(self) -> bool:
        return self.through is not Through.STRUCTURE

    @property
    def with_structure(self) -> bool:
        return self.through is not Through.CLAIMS and not self.statuses and self.speaker is None

    @property
    def status_bits(self) -> int:
        """The bits of which a statement must have one."""
        return sum(STATUS_BITS[status] for status in set(self.statuses)) if self.statuses else sum(STATUS_BITS.values())

    def of_claims(self) -> str:
        """Gives the condition on a row of ``claim``; all that goes into it are our own names, numbers and dates."""
        conditions: list[str] = []
        if self.relations:
            conditions.append(f"claim.predicate IN ({_quoted(self.relations)})")
        if self.statuses:
            conditions.append(f"claim.status IN ({_quoted(self.statuses)})")
        if self.speaker is not None:
            conditions.append(f"claim.speaker = {self.speaker}" if self.speaker else "claim.speaker IS NULL")
        if self.since:
            conditions.append(f"claim.published >= '{self.since}'")
        if self.until:
            conditions.append(f"claim.published <= '{self.until}'")
        if self.as_of:
            day = self.as_of
            conditions.append(
                "CASE WHEN claim.valid_from IS NULL AND claim.valid_to IS NULL "
                f"THEN claim.published <= '{day}' AND NOT claim.former "
                # A day that is only known by its month or year sorts before, and with a tilde after, every day in it.
                f"ELSE coalesce(claim.valid_from, '') <= '{day}' AND '{day}' <= coalesce(claim.valid_to, '') || '~' END"
            )
        return " AND ".join(conditions) or "1"

    def of_statements(self) -> str:
        """Gives the condition on a row of ``statement`` apart from its ends: that one of its claims is asked for."""
        conditions = [f"statement.statuses & {self.status_bits}"]
        if self.relations:
            conditions.append(f"statement.predicate IN ({_quoted(self.relations)})")
        # What the row itself tells is looked at first; it spares looking for the claims of most.
        if self.since:
            conditions.append(f"statement.last >= '{self.since}'")
        if self.until:
            conditions.append(f"statement.first <= '{self.until}'")
        if self.speaker:
            conditions.append(f"statement.number IN (SELECT statement FROM claim WHERE speaker = {self.speaker})")
        if self.speaker is not None or self.since or self.until or self.as_of:
            conditions.append(
                f"EXISTS (SELECT 1 FROM claim WHERE claim.statement = statement.number AND {self.of_claims()})"
            )
        return " AND ".join(conditions)

    def of_entity(self, column: str) -> str:
        """Gives the condition on the number of an entity that must be of a kind asked for."""
        if not self.kinds:
            return "1"
        kinds = _quoted(self.kinds)
        return f"EXISTS (SELECT 1 FROM entity AS end_ WHERE end_.number = {column} AND end_.kind IN ({kinds}))"

    def has_entry(self, entry: RegisterEntry) -> bool:
        """Whether a line of the register is asked for."""
        if not self.with_structure or (self.relations and entry.predicate not in self.relations):
            return False
        start, end = entry.start, entry.end
        if entry.predicate in EVENTS:  # it happened on a day, and is so from then on
            if self.as_of:
                return not start or first_day(start) <= self.as_of
            end = start
        if self.as_of and not holds_on(start, end, self.as_of):
            return False
        begins_in_time = not self.until or not start or first_day(start) <= self.until
        return begins_in_time and (not self.since or not end or last_day(end) >= self.since)


EVERYTHING = Filters()


def sides(direction: Direction) -> Iterator[tuple[str, str]]:
    """Gives the columns of an entity's own end and of the other one, for the edges that go in a direction."""
    if direction is not Direction.IN:
        yield "subject", "object"
    if direction is not Direction.OUT:
        yield "object", "subject"


def _quoted(names: tuple[str, ...]) -> str:
    """Names of predicates, kinds and statuses, which have been found to be such before."""
    return ", ".join(f"'{name}'" for name in names)
