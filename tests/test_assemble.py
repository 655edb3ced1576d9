"""Readings to one graph."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhskg.assemble import assemble
from nhskg.model import Status, TextSpan
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
