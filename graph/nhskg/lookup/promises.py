"""Plans, and what became of them: what is due, what has passed, what was later reported done or not done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nhskg.lookup import load
from nhskg.lookup.filters import Filters, Outcome
from nhskg.lookup.index import Index
from nhskg.model import Claim, Status
from nhskg.register.dates import last_day

DUE = "coalesce(claim.valid_from, claim.valid_to)"
"""As the index ``claim_due`` has it: "from April" and "in April" begin then, "by April" only has an end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A planned claim and what became of it.

    Attributes:
        due: the day by which the sentence says it is to be so: ISO, as precise as it says, or empty.
        answer: the first later claim of the same triple that is asserted or negated, or None.
    """

    plan: Claim
    due: str
    outcome: Outcome
    answer: Claim | None


def promises(index: Index, filters: Filters, today: date) -> Iterator[Promise]:
    """Gives the plans that were known on a day, in order of the day when they are due, those without one last."""
    ends = f"({filters.of_entity('statement.subject')} OR {filters.of_entity('statement.object')})"
    known = "(claim.published IS NULL OR claim.published <= ?)"
    sql = (
        f"{load.CLAIM} WHERE claim.status = '{Status.PLANNED}' AND {ends} AND {filters.of_claims()} AND {known} "
        f"ORDER BY {DUE} IS NULL, {DUE}, claim.number"
    )
    for row in index.rows(sql, (today.isoformat(),)):
        yield _promise(index, load.claim(row), today)


def _promise(index: Index, plan: Claim, today: date) -> Promise:
    due = (plan.period and (plan.period.start or plan.period.end)) or ""
    answer = next(
        load.claims(
            index,
            "statement.subject = (SELECT number FROM entity WHERE id = ?) AND statement.predicate = ? "
            "AND statement.object = (SELECT number FROM entity WHERE id = ?) AND claim.status IN (?, ?) "
            "AND claim.published > ? AND claim.published <= ?",
            (
                plan.subject,
                plan.predicate,
                plan.object,
                Status.ASSERTED.value,
                Status.NEGATED.value,
                plan.published.isoformat() if plan.published else "9999",
                today.isoformat(),
            ),
            limit=1,
        ),
        None,
    )
    if answer is not None:
        outcome = Outcome.DONE if answer.status is Status.ASSERTED else Outcome.DENIED
    elif not due:
        outcome = Outcome.UNDATED
    else:
        outcome = Outcome.PASSED if last_day(due) < today else Outcome.DUE
    return Promise(plan=plan, due=due, outcome=outcome, answer=answer)
