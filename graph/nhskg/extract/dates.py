"""Words for days, months, quarters and years, as the first and last of them in ISO form.

The words are those of ``ontology/time.toml``. What is relative ("last month", "in April", "on Tuesday") is counted from
a day of reference, the document's; without one it means nothing. ``ontology/decisions/0004-time.md`` says why this is no
library's work.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from nhskg.register.dates import first_day, last_day
from nhskg.resources import resource

Interval = tuple[str, str]
"""First and last day, month or year, in ISO form and equally precise: ``("2019-04", "2020-03")``."""

YEAR = r"(?:19|20)\d\d"
FINANCIAL_YEAR_BEGINS = 4
"""April, https://www.legislation.gov.uk/ukpga/1978/30/schedule/1 ("Financial year")."""


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What a relative time is counted from.

    Attributes:
        reference: the document's date, or None.
        ahead: whether a day or month without its year is the next one or the last one; None for the nearer of them.
    """

    reference: date | None
    ahead: bool | None = False


@dataclass(frozen=True, slots=True)
class Expression:
    """Words for a time in a text, from ``start`` to ``end``.

    Attributes:
        needs: what they need before them to say when: ``preposition`` ("in May", not "May"), ``anchor`` ("the end of
            the year", not "the year"), or nothing.
        interval: what they mean by a reckoning, or None where it does not tell.
    """

    start: int
    end: int
    needs: str
    interval: Callable[[Reckoning], Interval | None] = field(compare=False)


def expressions(text: str) -> Iterator[Expression]:
    """Gives the words for times in a text, the longest from each place, in order.

    >>> [text[e.start : e.end] for text in ["from 1 April 2019 to last June"] for e in expressions(text)]
    ['1 April 2019', 'last June']
    """
    found = [
        Expression(match.start(), match.end(), needs, functools.partial(meaning, match))
        for pattern, meaning, needs in _forms_in(text)
        for match in pattern.finditer(text)
    ]
    place = 0
    for expression in sorted(found, key=lambda found: (found.start, -found.end)):
        if expression.start >= place:
            yield expression
            place = expression.end


def day_after(when: str) -> str:
    """The day, month or year after one.

    >>> day_after("2019-12"), day_after("2019"), day_after("2020-02-29")
    ('2020-01', '2020', '2020-03-01')
    """
    return _cut(last_day(when) + timedelta(days=1), len(when))


def day_before(when: str) -> str:
    """The day, month or year before one.

    >>> day_before("2019-12"), day_before("2019"), day_before("2020-03-01")
    ('2019-11', '2018', '2020-02-29')
    """
    return _cut(first_day(when) - timedelta(days=1), len(when))


def _cut(day: date, precision: int) -> str:
    return day.isoformat()[:precision]


def _month(months: int) -> str:
    """A month, counted from the year 0."""
    return f"{months // 12:04}-{months % 12 + 1:02}"


def _months(first: int, count: int) -> Interval:
    return _month(first), _month(first + count - 1)


@functools.cache
def load_time() -> Mapping[str, Any]:
    """Reads the table that the package carries."""
    return tomllib.loads(resource("ontology", "time.toml").read_text(encoding="utf-8"))


def any_of(words: Iterable[str]) -> str:
    """A pattern for one of the words, the longest first."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s") for word in ordered) + ")"


Meaning = Callable[[re.Match[str], Reckoning], Interval | None]
Form = tuple[re.Pattern[str], Meaning, str]


def _forms_in(text: str) -> Iterator[Form]:
    """The forms that a text may have; most texts have no words for most of them, and looking for a word costs little."""
    small = text.lower()
    for words, forms in _forms():
        if any(word in text or word in small for word in words):
            yield from forms


@functools.cache
def _forms() -> Sequence[tuple[Sequence[str], Sequence[Form]]]:
    """Every form in which a time is worded, with what it means; a longer form wins over a shorter one.

    Together stand those that need one of the same words.
    """
    words = load_time()
    month = rf"(?P<month>{any_of(words['months'])})\b"
    day = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
    year = rf"(?P<year>{YEAR})(?![\d,]?\d)"
    shift = rf"(?i:\b(?:the\s)?(?P<shift>{any_of(words['shifts'])}))"
    season = rf"(?P<season>{any_of([*words['seasons'], *(s.capitalize() for s in words['seasons'])])})"
    units = [word for listed in words["units"].values() for word in listed]
    unit = rf"(?P<unit>{any_of(units)})\b"
    number = rf"(?i:(?P<number>\d+|{any_of(words['numbers'])}))"
    ordinal = rf"(?i:(?:(?P<ordinal>{any_of(words['ordinals'])})\s(?P<part>quarter|half)|Q(?P<digit>[1-4])))"
    years = rf"(?P<year>{YEAR})(?:\s?[-–/]\s?(?P<last>\d\d|{YEAR}))?(?![\d,]?\d)"
    weekday = rf"(?P<weekday>{any_of(words['weekdays'])})"
    forms: list[tuple[Iterable[str], list[tuple[str, Meaning, str]]]] = [
        (
            ("19", "20"),
            [
                (rf"\b(?P<year>{YEAR})-(?P<month>[01]\d)-(?P<day>[0-3]\d)\b", _day, ""),
                (rf"\b(?P<day>[0-3]?\d)[/.](?P<month>[01]?\d)[/.](?P<year>{YEAR})\b", _day, ""),
                (
                    rf"\b(?:FY\s?|(?i:(?:the\s)?(?:financial|fiscal)\syear\s))?{years}(?i:\s(?:financial|fiscal)\syear)?",
                    _years,
                    "preposition",
                ),
                (rf"\bthe\s(?P<year>{YEAR})s\b", _decade, "preposition"),
            ],
        ),
        (
            words["months"],
            [
                (rf"\b(?:{weekday},?\s)?(?:the\s)?{day}\s(?:of\s)?{month}(?:,?\s{year})?", _day, ""),
                (rf"\b(?:{weekday},?\s)?{month}\.?\s{day}\b(?:,?\s{year})?", _day, ""),
                (
                    rf"\b{day}\s?(?:-|–|to|and)\s?(?P<last>[0-3]?\d)(?:st|nd|rd|th)?\s{month}(?:[.,]?\s{year})?",
                    _days,
                    "",
                ),
                (rf"\b{month}[.,]?\s{year}", _month_of_year, ""),
                (rf"\b{month}", _month_of_year, "preposition"),
                (rf"{shift}\s{month}", _shifted_month, ""),
            ],
        ),
        (
            words["seasons"],
            [
                (rf"\b{season},?\s(?:of\s)?{year}", _season, ""),
                (rf"{shift}\s{season}\b", _season, ""),
                (rf"\bthe\s{season}\b", _season, "preposition"),
            ],
        ),
        (
            ("quarter", "half", "q1", "q2", "q3", "q4"),
            [
                (rf"\b(?:the\s)?{ordinal},?\s(?:of\s|in\s)?(?:{years}|(?P<shift>last|this|next)\syear)", _part, ""),
            ],
        ),
        (
            units,
            [
                (rf"{shift}\s{unit}", _shifted_unit, ""),
                (rf"\bthe\s{unit}", _shifted_unit, "anchor"),
                (rf"{shift}\s{number}\s{unit}", _stretch, ""),
            ],
        ),
        (
            ("ago", "earlier", "time", "now"),
            [
                (rf"\b{number}\s{unit}\s(?P<ago>ago|earlier)\b", _distant, ""),
                (rf"\b{number}\s{unit}(?:['’]|s['’])?\s(?P<ahead>time|from\snow)\b", _distant, "preposition"),
            ],
        ),
        (
            words["weekdays"],
            [
                (rf"(?:{shift}\s)?\b{weekday}\b", _weekday, ""),
            ],
        ),
        (
            words["days"],
            [
                (rf"\b(?i:(?P<name>{any_of(words['days'])}))\b", _named_day, ""),
            ],
        ),
    ]
    return [
        (
            tuple(dict.fromkeys(word.split()[-1] for word in needed)),
            [(re.compile(pattern), meaning, needs) for pattern, meaning, needs in listed],
        )
        for needed, listed in forms
    ]


def _number(word: str) -> int:
    return int(word) if word.isdigit() else int(load_time()["numbers"][" ".join(word.lower().split())])


def _shift(match: re.Match[str]) -> int | None:
    word = match.groupdict().get("shift")
    return None if word is None else int(load_time()["shifts"][" ".join(word.lower().split())])


def _unit(match: re.Match[str]) -> str:
    units: Mapping[str, list[str]] = load_time()["units"]
    return next(unit for unit, words in units.items() if " ".join(match["unit"].split()) in words)


def _month_number(match: re.Match[str]) -> int:
    return int(match["month"]) if match["month"].isdigit() else int(load_time()["months"][match["month"]])


def _nearest(first: Callable[[int], Interval | None], by: Reckoning) -> Interval | None:
    """What recurs every year, in the year that the reckoning points to: begun by then, or not yet over."""
    if by.reference is None:
        return None
    found = [interval for year in (-1, 0, 1) if (interval := first(by.reference.year + year))]
    past = [interval for interval in found if first_day(interval[0]) <= by.reference]
    coming = [interval for interval in found if last_day(interval[1]) >= by.reference]
    if by.ahead is None and past and coming:
        gone, left = by.reference - last_day(past[-1][1]), first_day(coming[0][0]) - by.reference
        return past[-1] if gone <= left else coming[0]
    if by.ahead is False:
        return past[-1] if past else None
    return coming[0] if coming else None


def _dated(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _day(match: re.Match[str], by: Reckoning) -> Interval | None:
    month, day = _month_number(match), int(match["day"])

    def of(year: int) -> Interval | None:
        found = _dated(year, month, day)
        return (found, found) if found else None

    return of(int(match["year"])) if match["year"] else _nearest(of, by)


def _days(match: re.Match[str], by: Reckoning) -> Interval | None:
    month = _month_number(match)

    def of(year: int) -> Interval | None:
        first, last = _dated(year, month, int(match["day"])), _dated(year, month, int(match["last"]))
        return (first, last) if first and last and first <= last else None

    return of(int(match["year"])) if match["year"] else _nearest(of, by)


def _month_of_year(match: re.Match[str], by: Reckoning) -> Interval | None:
    month = _month_number(match) - 1
    if match.groupdict().get("year"):
        return _months(int(match["year"]) * 12 + month, 1)
    return _nearest(lambda year: _months(year * 12 + month, 1), by)


def _shifted_month(match: re.Match[str], by: Reckoning) -> Interval | None:
    """ "last April", "next April", "this April"; the last one is over, the next one has not begun."""
    shift, month = _shift(match), _month_number(match) - 1
    if by.reference is None or shift is None:
        return None
    now = by.reference.year * 12 + by.reference.month - 1
    first = by.reference.year * 12 + month
    if shift < 0 and first >= now:
        first -= 12
    elif shift > 0 and first <= now:
        first += 12
    return _months(first, 1)


def _season(match: re.Match[str], by: Reckoning) -> Interval | None:
    month = load_time()["seasons"][match["season"].lower()] - 1
    if match.groupdict().get("year"):
        return _months(int(match["year"]) * 12 + month, 3)
    if by.reference is None:
        return None
    shift = _shift(match)
    now = by.reference.year * 12 + by.reference.month - 1
    starts = [(by.reference.year + year) * 12 + month for year in (-2, -1, 0, 1)]
    if shift is None:
        return _nearest(lambda year: _months(year * 12 + month, 3), by)
    if shift < 0:
        return _months(max(first for first in starts if first + 2 < now), 3)
    if shift > 0:
        return _months(min(first for first in starts if first > now), 3)
    return _months(min(first for first in starts if first + 2 >= now), 3)


def _years(match: re.Match[str], _: Reckoning) -> Interval | None:
    """ "2019"; "2019-20" and "2019/20", which are financial years; "2015-18", which is several years."""
    year, last = int(match["year"]), match.groupdict().get("last")
    if last is None:
        return str(year), str(year)
    if (int(last) if len(last) == 4 else int(str(year + 1)[:2] + last)) == year + 1 and (
        len(last) == 2 or "/" in match[0]
    ):
        return _months(year * 12 + FINANCIAL_YEAR_BEGINS - 1, 12)
    end = last if len(last) == 4 else str(year)[:2] + last
    return (str(year), end) if int(end) > year else None


def _decade(match: re.Match[str], _: Reckoning) -> Interval | None:
    year = int(match["year"])
    return (str(year), str(year + 9)) if year % 10 == 0 else None


def _part(match: re.Match[str], by: Reckoning) -> Interval | None:
    """A quarter or half of a calendar year, or of a financial year where that is named ("Q1 2019-20")."""
    if match["shift"]:
        if by.reference is None:
            return None
        year, begins = by.reference.year + (_shift(match) or 0), 0
    else:
        whole = _years(match, by)
        if whole is None:
            return None
        year, begins = int(match["year"]), 0 if len(whole[0]) == 4 else FINANCIAL_YEAR_BEGINS - 1
    number = int(match["digit"] or load_time()["ordinals"][match["ordinal"].lower()])
    size = 6 if match["part"] == "half" else 3
    if size == 6 and number > 2:
        return None
    return _months(year * 12 + begins + (number - 1) * size, size)


def _counted(unit: str, count: int, reference: date) -> Interval:
    """The day, month, year … so many before or after that of the reference."""
    if unit in ("day", "week", "fortnight"):
        size = {"day": 1, "week": 7, "fortnight": 14}[unit]
        first = reference if unit == "day" else reference - timedelta(days=reference.weekday())
        first += timedelta(days=size * count)
        return first.isoformat(), (first + timedelta(days=size - 1)).isoformat()
    now = reference.year * 12 + reference.month - 1
    if unit == "month":
        return _months(now + count, 1)
    if unit == "quarter":
        return _months((now // 3 + count) * 3, 3)
    if unit == "financial_year":
        return _months(((now - FINANCIAL_YEAR_BEGINS + 1) // 12 + count) * 12 + FINANCIAL_YEAR_BEGINS - 1, 12)
    if unit == "decade":
        first_year = (reference.year // 10 + count) * 10
        return str(first_year), str(first_year + 9)
    return str(reference.year + count), str(reference.year + count)


def _shifted_unit(match: re.Match[str], by: Reckoning) -> Interval | None:
    """ "last month", "this week"; "the year" of "by the end of the year"."""
    return None if by.reference is None else _counted(_unit(match), _shift(match) or 0, by.reference)


def _stretch(match: re.Match[str], by: Reckoning) -> Interval | None:
    """ "the past five years", "the next three months": up to the reference, or from it."""
    shift, count, unit = _shift(match), _number(match["number"]), _unit(match)
    if by.reference is None or not shift:
        return None
    if unit == "decade":
        count, unit = 10 * count, "year"
    far, near = _counted(unit, shift * count, by.reference), _counted(unit, 0, by.reference)
    return (far[0], near[1]) if shift < 0 else (near[0], far[1])


def _distant(match: re.Match[str], by: Reckoning) -> Interval | None:
    """ "two years ago", "in two years' time"; "for two years" tells no time."""
    if by.reference is None:
        return None
    count, unit = _number(match["number"]), _unit(match)
    if unit == "decade":
        count, unit = 10 * count, "year"
    return _counted(unit, count if match.groupdict().get("ahead") else -count, by.reference)


def _weekday(match: re.Match[str], by: Reckoning) -> Interval | None:
    """ "on Tuesday": the last one up to the reference, or the next one of what is to come."""
    if by.reference is None:
        return None
    wanted, shift = load_time()["weekdays"][match["weekday"]], _shift(match)
    back = (by.reference.weekday() - wanted) % 7
    if shift == 0:
        days = wanted - by.reference.weekday()  # "this Tuesday" is that of the same week
    elif (shift or 0) > 0 or (shift is None and by.ahead):
        days = (7 - back) % 7 or (7 if shift else 0)
    else:
        days = -(back or (7 if shift else 0))
    when = (by.reference + timedelta(days=days)).isoformat()
    return when, when


def _named_day(match: re.Match[str], by: Reckoning) -> Interval | None:
    if by.reference is None:
        return None
    days = load_time()["days"][" ".join(match["name"].lower().split())]
    when = (by.reference + timedelta(days=days)).isoformat()
    return when, when
