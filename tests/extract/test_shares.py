"""Sums given each to somebody else by one verb."""

from __future__ import annotations

import pytest

from nhskg.model import Document
from nhskg.resources import LANGUAGE_MODEL
from readers import rules_reader

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(not LANGUAGE_MODEL.exists(), reason="no language model in this checkout"),
]


@pytest.mark.parametrize(
    "text",
    [
        "NHS England gave Barts Health £1m and Serco £2m.",
        "NHS England gave £1m to Barts Health and £2m to Serco.",
        "NHS England has paid £1m to Barts Health, £2m to Serco and £3m to NHS Digital.",
    ],
)
def test_each_recipient_has_its_sum(text: str) -> None:
    (reading,) = rules_reader().read([Document(id="example", text=text)])
    found = {c.object: c.amount.text for c in reading.claims if c.predicate == "funds" and c.amount}
    assert (found["ods-r1h"], found["serco"]) == ("£1m", "£2m")


def test_one_sum_for_two_is_no_share() -> None:
    (reading,) = rules_reader().read([Document(id="example", text="NHS England gave £1m to Barts Health and Serco.")])
    found = {c.object: c.amount.text for c in reading.claims if c.predicate == "funds" and c.amount}
    assert found == {"ods-r1h": "£1m", "serco": "£1m"}
