"""Plans, and what became of them: what is due, what has passed, what was later reported done or not done."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from nhskg.lookup import load
from nhskg.lookup.filters import Filters, Outcome
from nhskg.lookup.index import Index
from nhskg.model import Claim, Status
from nhskg.register.dates import last_day

DUE = "coalesce(claim.valid_from, claim.valid_to)"
"""As the index ``claim_due`` has it: "from April" and "in April" begin then, "by April" only has an end."""


ANSWERS = {Outcome.DONE: Status.ASSERTED, Outcome.DENIED: Status.NEGATED}


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


def promises(
    index: Index, filters: Filters, today: date, outcomes: AbstractSet[Outcome] = frozenset()
) -> Iterator[Promise]:
    """Gives the plans that were known on a day, in order of the day when they are due, those without one last.

    Args:
        index: the build.
        filters: which plans.
        today: the day.
        outcomes: only what became of them; none means all.
    """
    ends = f"({filters.of_entity('statement.subject')} OR {filters.of_entity('statement.object')})"
    conditions = [
        f"claim.status = '{Status.PLANNED}'",
        f"(claim.published IS NULL OR claim.published <= '{today}')",
        ends,
        filters.of_claims(),
    ]
    if outcomes:
        conditions.append(f"({' OR '.join(_became(outcome, today) for outcome in sorted(outcomes))})")
    rows = index.rows(
        f"{load.CLAIM.replace('SELECT ', 'SELECT claim.answer, ', 1)} WHERE {' AND '.join(conditions)} "
        f"ORDER BY {DUE} IS NULL, {DUE}, claim.number"
    )
    for number, *row in rows:
        answer = next(load.claims(index, f"claim.number = {number} AND {_known(today)}"), None) if number else None
        yield _promise(load.claim(tuple(row)), answer, today)


def _known(today: date) -> str:
    return f"claim.published <= '{today}'"


def _became(outcome: Outcome, today: date) -> str:
    """The condition on a plan that this became of it."""
    answered = f"EXISTS (SELECT 1 FROM claim AS a WHERE a.number = claim.answer AND a.published <= '{today}'"
    if outcome in ANSWERS:
        return f"claim.answer IS NOT NULL AND {answered} AND a.status = '{ANSWERS[outcome]}')"
    # A day that is only known by its month or year is over when all of it is.
    dates = {
        Outcome.PASSED: f"{DUE} || '~' < '{today}'",
        Outcome.DUE: f"{DUE} || '~' >= '{today}'",
        Outcome.UNDATED: f"{DUE} IS NULL",
    }
    return f"NOT {answered}) AND {dates[outcome]}"


def _promise(plan: Claim, answer: Claim | None, today: date) -> Promise:
    due = (plan.period and (plan.period.start or plan.period.end)) or ""
    if answer is not None:
        outcome = next(outcome for outcome, status in ANSWERS.items() if answer.status is status)
    elif not due:
        outcome = Outcome.UNDATED
    else:
        outcome = Outcome.PASSED if last_day(due) < today else Outcome.DUE
    return Promise(plan=plan, due=due, outcome=outcome, answer=answer)
