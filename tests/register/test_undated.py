"""Dates guessed from whom and what a text names."""

from __future__ import annotations

from datetime import date

import pytest

from nhskg.model import Document
from nhskg.register.undated import date_the_undated, guess_date


def test_office_holders_and_bodies_leave_a_time_open() -> None:
    text = "Sajid Javid, the health secretary, wrote to NHS England. Its chief executive, Amanda Pritchard, wrote back."
    guess = guess_date(text)
    assert guess is not None
    day, why = guess
    assert date(2021, 8, 1) <= day <= date(2022, 7, 5)
    assert "Amanda Pritchard (Chief Executive), Sajid Javid (Secretary of State" in why


@pytest.mark.parametrize(
    "text",
    [
        "The board met.",
        "Sajid Javid wrote to the board of a trust.",  # not said in which post
        "Andy Burnham, the health secretary, met the health secretary Sajid Javid.",  # not at the same time
    ],
)
def test_nothing_is_guessed_where_nothing_or_no_time_is_left(text: str) -> None:
    assert guess_date(text) is None


def test_a_guess_is_marked_and_a_stated_date_stays() -> None:
    text = "The health secretary Sajid Javid and Amanda Pritchard, chief executive of NHS England, wrote to trusts."
    stated = Document(id="a", text=text, published=date(2022, 1, 1))
    (first, second), warnings = date_the_undated([stated, Document(id="b", text=text)])
    assert first == stated
    assert second.published is not None
    assert dict(second.found)["published"].startswith("guessed from the register: ")
    assert [warning.partition(":")[0] for warning in warnings] == ["b"]
