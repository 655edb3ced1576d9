"""Dates as the register writes them: ``2013``, ``2013-04`` or ``2013-04-01``, no finer than is known, or empty."""

from __future__ import annotations

import calendar
import re
from datetime import date

EVENTS = {"succeeds", "merged_with"}  # predicates of what happens on a day; the others last
DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def first_day(when: str) -> date:
    """Gives the first day that a date may mean.

    >>> first_day("2013-04")
    datetime.date(2013, 4, 1)

    Raises:
        ValueError: if it is no date.
    """
    if not DATE.fullmatch(when):
        raise ValueError(f"{when}: not a date; write YYYY, YYYY-MM or YYYY-MM-DD")
    return date.fromisoformat(when + "-01-01"[len(when) - 4 :])


def last_day(when: str) -> date:
    """Gives the last day that a date may mean.

    >>> last_day("2016-02")
    datetime.date(2016, 2, 29)

    Raises:
        ValueError: if it is no date.
    """
    first = first_day(when)
    month = first.month if len(when) > 4 else 12
    return first if len(when) > 7 else date(first.year, month, calendar.monthrange(first.year, month)[1])


def holds_on(start: str, end: str, day: date) -> bool:
    """Whether a period may include a day; an end that is empty leaves it open there.

    >>> holds_on("2013-04-01", "2022", date(2022, 6, 1))
    True
    """
    return (not start or first_day(start) <= day) and (not end or day <= last_day(end))


def period(start: str, end: str) -> str:
    """Puts a period into words.

    >>> period("2013-04-01", "2022-06-30"), period("2019", ""), period("", "2018"), period("", "")
    ('2013-04-01 to 2022-06-30', 'from 2019', 'to 2018', '')
    """
    if start and end:
        return start if start == end else f"{start} to {end}"
    return f"from {start}" if start else f"to {end}" if end else ""


def when_it_held(predicate: str, start: str, end: str) -> str:
    """Puts into words when a relation held, or when it happened.

    >>> when_it_held("succeeds", "2022-07-01", "")
    '2022-07-01'
    """
    return start if predicate in EVENTS else period(start, end)
