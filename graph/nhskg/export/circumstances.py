"""When a claim holds and how much it is about, in the graph's own terms (``ontology/decisions/0004`` and ``0005``)."""

from __future__ import annotations

from collections.abc import Iterator

from nhskg.export.terms import TRUE, Row, day, decimal, text
from nhskg.model import Amount, Claim
from nhskg.register.dates import first_day, last_day


def circumstances(claim: Claim) -> Iterator[Row]:
    """Gives what is said of a claim's period and money, and of a post that was held once."""
    if claim.period is not None:
        yield "nhs:periodText", text(claim.period.text)
        if claim.period.start:
            yield "nhs:validFrom", day(first_day(claim.period.start))
        if claim.period.end:
            yield "nhs:validTo", day(last_day(claim.period.end))
    if claim.is_former:
        yield "nhs:former", TRUE
    if claim.amount is not None:
        yield from _amount(claim.amount)


def _amount(amount: Amount) -> Iterator[Row]:
    yield "nhs:amountText", text(amount.text)
    if amount.currency == "GBP":
        yield "nhs:amount", decimal(amount.value)
        if amount.maximum is not None:
            yield "nhs:amountMaximum", decimal(amount.maximum)
    if amount.bound:
        yield "nhs:amountBound", text(amount.bound)
    if amount.per:
        yield "nhs:amountPer", text(amount.per)
    if amount.is_additional:
        yield "nhs:additional", TRUE
