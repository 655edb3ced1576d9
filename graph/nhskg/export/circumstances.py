"""When a claim holds and how much it is about, in the graph's own terms (``ontology/decisions/0004`` and ``0005``)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from nhskg.model import Amount, Claim
from nhskg.register.dates import first_day, last_day


def circumstances(claim: Claim) -> Iterator[tuple[str, str, str]]:
    """Gives property, value and datatype of a claim's period and money, and of a post that was held once."""
    if claim.period is not None:
        yield "nhs:periodText", claim.period.text, "xsd:string"
        if claim.period.start:
            yield "nhs:validFrom", first_day(claim.period.start).isoformat(), "xsd:date"
        if claim.period.end:
            yield "nhs:validTo", last_day(claim.period.end).isoformat(), "xsd:date"
    if claim.is_former:
        yield "nhs:former", "true", "xsd:boolean"
    if claim.amount is not None:
        yield from _amount(claim.amount)


def _amount(amount: Amount) -> Iterator[tuple[str, str, str]]:
    yield "nhs:amountText", amount.text, "xsd:string"
    if amount.currency == "GBP":
        yield "nhs:amount", f"{Decimal(str(amount.value)):f}", "xsd:decimal"
        if amount.maximum is not None:
            yield "nhs:amountMaximum", f"{Decimal(str(amount.maximum)):f}", "xsd:decimal"
    if amount.bound:
        yield "nhs:amountBound", amount.bound, "xsd:string"
    if amount.per:
        yield "nhs:amountPer", amount.per, "xsd:string"
    if amount.is_additional:
        yield "nhs:additional", "true", "xsd:boolean"
