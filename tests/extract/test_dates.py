"""Words for times, and what they mean on 8 May 2019, a Wednesday."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhskg.extract.dates import Interval, Reckoning, day_after, day_before, expressions
from nhskg.register.dates import first_day, last_day

DAY = date(2019, 5, 8)


def meaning(text: str, *, ahead: bool | None = False, reference: date | None = DAY) -> Interval | None:
    (expression,) = expressions(text)
    return expression.interval(Reckoning(reference, ahead))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2019", "2019", "2019"),
        ("April 2019", "2019-04", "2019-04"),
        ("Sept. 2018", "2018-09", "2018-09"),
        ("1 April 2019", "2019-04-01", "2019-04-01"),
        ("the 1st of April 2019", "2019-04-01", "2019-04-01"),
        ("April 1, 2019", "2019-04-01", "2019-04-01"),
        ("Monday 1 April 2019", "2019-04-01", "2019-04-01"),
        ("2019-04-01", "2019-04-01", "2019-04-01"),
        ("1/4/2019", "2019-04-01", "2019-04-01"),
        ("1 to 5 April 2019", "2019-04-01", "2019-04-05"),
        ("2023-24", "2023-04", "2024-03"),
        ("2023/24", "2023-04", "2024-03"),
        ("the financial year 2023–24", "2023-04", "2024-03"),
        ("1999-00", "1999-04", "2000-03"),
        ("2015-18", "2015", "2018"),
        ("the first quarter of 2020", "2020-01", "2020-03"),
        ("Q1 2019-20", "2019-04", "2019-06"),
        ("the second half of 2018", "2018-07", "2018-12"),
        ("summer 2018", "2018-06", "2018-08"),
        ("winter of 2018", "2018-12", "2019-02"),
        ("the 1990s", "1990", "1999"),
    ],
)
def test_absolute_times_need_no_reference(text: str, start: str, end: str) -> None:
    assert meaning(text, reference=None) == (start, end)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("last month", "2019-04", "2019-04"),
        ("this week", "2019-05-06", "2019-05-12"),
        ("last week", "2019-04-29", "2019-05-05"),
        ("next year", "2020", "2020"),
        ("last year", "2018", "2018"),
        ("next quarter", "2019-07", "2019-09"),
        ("last financial year", "2018-04", "2019-03"),
        ("this financial year", "2019-04", "2020-03"),
        ("last decade", "2000", "2009"),
        ("a decade ago", "2009", "2009"),
        ("two years ago", "2017", "2017"),
        ("three weeks ago", "2019-04-15", "2019-04-21"),
        ("ten days ago", "2019-04-28", "2019-04-28"),
        ("two years' time", "2021", "2021"),
        ("the past five years", "2014", "2019"),
        ("the next three months", "2019-05", "2019-08"),
        ("yesterday", "2019-05-07", "2019-05-07"),
        ("tomorrow", "2019-05-09", "2019-05-09"),
        ("Tuesday", "2019-05-07", "2019-05-07"),
        ("Wednesday", "2019-05-08", "2019-05-08"),
        ("last Wednesday", "2019-05-01", "2019-05-01"),
        ("next Friday", "2019-05-10", "2019-05-10"),
        ("last April", "2019-04", "2019-04"),
        ("last June", "2018-06", "2018-06"),
        ("next April", "2020-04", "2020-04"),
        ("last summer", "2018-06", "2018-08"),
        ("this winter", "2019-12", "2020-02"),
        ("the first quarter of last year", "2018-01", "2018-03"),
    ],
)
def test_relative_times_are_counted_from_the_document(text: str, start: str, end: str) -> None:
    assert meaning(text) == (start, end)
    assert meaning(text, reference=None) is None


@pytest.mark.parametrize(
    ("text", "past", "ahead", "nearer"),
    [
        ("December", "2018-12", "2019-12", "2018-12"),
        ("April", "2019-04", "2020-04", "2019-04"),
        ("May", "2019-05", "2019-05", "2019-05"),
        ("1 April", "2019-04-01", "2020-04-01", "2019-04-01"),
        ("9 May", "2018-05-09", "2019-05-09", "2019-05-09"),
        ("29 February", "2016-02-29", "2020-02-29", "2020-02-29"),
    ],
)
def test_the_year_is_that_before_or_that_to_come(text: str, past: str, ahead: str, nearer: str) -> None:
    if text == "29 February":
        assert meaning(text) is None  # neither 2018 nor 2019 had one
        assert meaning(text, ahead=True) == (ahead, ahead)
        return
    assert meaning(text) == (past, past)
    assert meaning(text, ahead=True) == (ahead, ahead)
    assert meaning(text, ahead=None) == (nearer, nearer)


@pytest.mark.parametrize("text", ["31 February 2019", "2018-13-45", "45/45/2018"])
def test_no_day_of_the_calendar_is_none(text: str) -> None:
    for expression in expressions(text):
        interval = expression.interval(Reckoning(DAY))
        assert interval is None or len(interval[0]) == 4


@pytest.mark.parametrize(
    "text", ["in 1066", "2,019 beds", "20190 beds", "march on", "may be", "five years", "now", "the second of them"]
)
def test_what_is_no_time(text: str) -> None:
    assert not list(expressions(text))


@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)), st.sampled_from([4, 7, 10]))
def test_what_comes_before_what_comes_after_is_itself(day: date, precision: int) -> None:
    when = day.isoformat()[:precision]
    assert day_before(day_after(when)) == when


@given(
    st.dates(date(1950, 1, 1), date(2049, 12, 31)),
    st.sampled_from(
        ["last month", "next week", "three weeks ago", "April", "on Tuesday", "this winter", "last quarter"]
    ),
    st.sampled_from([True, False, None]),
)
def test_an_interval_never_ends_before_it_begins(day: date, text: str, ahead: bool | None) -> None:
    interval = meaning(text, ahead=ahead, reference=day)
    assert interval is not None
    assert first_day(interval[0]) <= last_day(interval[1])


@given(st.text(alphabet="0123456789-/–., AprilMyJuneQquarterhfo", max_size=50))
def test_any_text_is_read_without_an_error(text: str) -> None:
    for expression in expressions(text):
        expression.interval(Reckoning(DAY))
