"""Readings to one graph."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhskg.assemble import assemble
from nhskg.model import Claim, Period, Reading, Statement, Status, TextSpan
from samples import make_reading

READINGS = [make_reading("a"), make_reading("b", status=Status.PLANNED), make_reading("c", speaker="nhs-digital")]


@given(st.permutations(READINGS))
def test_the_order_of_documents_does_not_matter(readings: list) -> None:  # type: ignore[type-arg]  # hypothesis gives plain lists
    assert assemble(readings) == assemble(READINGS)


def test_claims_of_one_triple_are_one_statement_with_all_of_them() -> None:
    (statement,) = assemble(READINGS).statements
    assert [claim.evidence.document for claim in statement.claims] == ["a", "b", "c"]


def test_only_what_the_document_itself_asserts_is_a_fact() -> None:
    (statement,) = assemble(READINGS).statements
    assert [claim.is_fact for claim in statement.claims] == [True, False, False]


def test_claim_ids_depend_on_content_only() -> None:
    ids = {reading.claims[0].id for reading in READINGS}
    assert len(ids) == len(READINGS)
    assert make_reading("a").claims[0].id == READINGS[0].claims[0].id


def test_a_span_outside_the_text_is_refused() -> None:
    with pytest.raises(ValueError, match="no span"):
        TextSpan.of("short", 2, 9)


def told(name: str, status: Status, speaker: str | None = None, period: Period | None = None) -> Claim:
    return replace(make_reading(name, status=status, speaker=speaker).claims[0], period=period)


def statement_of(*claims: Claim) -> Statement:
    first = claims[0]
    return Statement(subject=first.subject, predicate=first.predicate, object=first.object, claims=claims)


@pytest.mark.parametrize("status", [Status.ASSERTED, Status.ALLEGED])
@pytest.mark.parametrize("speaker", [None, "nhs-digital"])
def test_claims_that_say_the_opposite_are_disputed_whoever_says_it(status: Status, speaker: str | None) -> None:
    claims = (told("a", status), told("b", Status.NEGATED, speaker))
    assert statement_of(*claims).is_disputed
    assert statement_of(*claims).disputed == claims


def test_a_claim_that_contradicts_none_is_not_disputed_with_the_others() -> None:
    maybe = told("c", Status.HYPOTHETICAL)
    statement = statement_of(told("a", Status.ASSERTED), told("b", Status.NEGATED), maybe)
    assert statement.is_disputed
    assert maybe not in statement.disputed


@pytest.mark.parametrize(
    "statuses",
    [
        (Status.ASSERTED, Status.ASSERTED),
        (Status.ASSERTED, Status.PLANNED),
        (Status.NEGATED, Status.NEGATED),
        (Status.NEGATED, Status.HYPOTHETICAL),
        (Status.NEGATED, Status.PLANNED),
    ],
)
def test_what_agrees_or_only_may_be_is_not_disputed(statuses: tuple[Status, Status]) -> None:
    one, other = statuses
    assert not statement_of(told("a", one), told("b", other, "nhs-digital")).is_disputed


@pytest.mark.parametrize(
    ("one", "other", "disputed"),
    [
        (Period(text="until 2018", end="2018"), Period(text="since 2019", start="2019"), False),
        (Period(text="until 2018", end="2018"), Period(text="since June 2018", start="2018-06"), True),
        (
            Period(text="in 2018", start="2018", end="2018"),
            Period(text="in May 2019", start="2019-05", end="2019-05"),
            False,
        ),
        (Period(text="in 2018", start="2018", end="2018"), None, True),
    ],
)
def test_what_is_said_of_two_periods_is_not_disputed(one: Period, other: Period | None, disputed: bool) -> None:
    for first, second in ((one, other), (other, one)):
        claims = told("a", Status.NEGATED, period=first), told("b", Status.ASSERTED, period=second)
        assert statement_of(*claims).is_disputed is disputed


READING = st.builds(
    lambda name, status, speaker: make_reading(name, status=status, speaker=speaker),
    st.sampled_from([f"document-{number}" for number in range(6)]),
    st.sampled_from(list(Status)),
    st.sampled_from([None, "nhs-digital", "hm-treasury"]),
)


@given(st.lists(READING, min_size=1, max_size=6, unique_by=lambda reading: reading.document.id), st.data())
def test_later_documents_erase_nothing_and_their_order_does_not_matter(
    readings: list[Reading], data: st.DataObject
) -> None:
    before: set[Claim] = set()
    for count in range(1, len(readings) + 1):
        (statement,) = assemble(readings[:count]).statements
        assert before <= set(statement.claims)
        before = set(statement.claims)
    assert before == {claim for reading in readings for claim in reading.claims}
    shuffled = data.draw(st.permutations(readings))
    assert assemble(shuffled) == assemble(readings)
    assert assemble(shuffled).statements[0].disputed == assemble(readings).statements[0].disputed
