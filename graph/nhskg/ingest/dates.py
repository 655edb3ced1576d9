"""The date of a document, as metadata or its own first lines state it."""

from __future__ import annotations

import re
from datetime import date
from email.utils import parsedate_to_datetime

from nhskg.ingest.draft import Fact
from nhskg.ingest.wording import wording

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
NAMES = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in MONTHS) + "|Sept"
DAY = re.compile(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+|(?:mon|tue|wed|thu|fri|sat|sun),?\s+)?"
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{NAMES})\.?,?\s+(?P<year>\d{{4}})"
    rf"|(?P<month2>{NAMES})\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year2>\d{{4}})"
    r"|(?P<iso>\d{4}-\d{2}-\d{2})|(?P<day3>\d{1,2})[/.](?P<month3>\d{1,2})[/.](?P<year3>\d{4}))(?!\d)",
    re.IGNORECASE,
)
LABEL = re.compile(r"\W*(?:(?:date|dated|published|posted|updated|last updated)(?: on)?\s*:?\s*)?", re.IGNORECASE)
TIME = re.compile(r"\W*(?:(?:at\s+)?\d{1,2}[:.]\d{2}(?:\s*[ap]m)?)?\W*", re.IGNORECASE)
IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")
LINES_NEAR_TOP = 8
LONGEST_LINE = 300
YEARS = range(1900, 2101)


def parse_date(value: str) -> date | None:
    """The day that a value of metadata means, or None; numbers are in the British order.

    >>> parse_date("2 November 2021"), parse_date("Tue, 02 Nov 2021 07:30:00 +0000")
    (datetime.date(2021, 11, 2), datetime.date(2021, 11, 2))
    >>> parse_date("2021-11-02T07:30:00Z"), parse_date("02/11/2021"), parse_date("soon")
    (datetime.date(2021, 11, 2), datetime.date(2021, 11, 2), None)
    """
    value = value.strip()[:LONGEST_LINE]
    match = DAY.match(LABEL.sub("", value, count=1))
    found = _day(match) if match else None
    if found is None and (packed := re.fullmatch(r"(\d{4})(\d{2})(\d{2})(?:T.*)?", value)):
        found = _date(*map(int, packed.groups()))
    if found is None:
        try:
            found = parsedate_to_datetime(value).date()
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    return found if found.year in YEARS else None


def date_near_top(text: str) -> date | None:
    """The date that stands alone on one of the first lines, or None.

    A date inside a sentence is what the text is about, not when it was written, so it does not count.

    >>> date_near_top("Board paper\\n\\nPublished: 2 November 2021\\n\\nThe board met.")
    datetime.date(2021, 11, 2)
    """
    for line in text.split("\n", LINES_NEAR_TOP)[:LINES_NEAR_TOP]:
        line = line.strip()
        label = LABEL.match(line)
        match = DAY.match(line, label.end()) if label and len(line) < LONGEST_LINE else None
        if match and TIME.fullmatch(line, match.end()) and (found := _day(match)):
            return found
    return None


def dates_in_text(text: str) -> list[Fact]:
    """The dates that a text states of itself: alone near the top, after "Published on", after "Corrected on"."""
    facts = []
    if near_top := date_near_top(text):
        facts.append(Fact("published", near_top.isoformat(), "a line near the top of the text"))
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    for opening, label in ((wording().published, ""), (wording().corrected, ", the date of a correction")):
        for line in lines:
            begins = opening.match(line[:LONGEST_LINE].lstrip("*_([ "))
            rest = line[:LONGEST_LINE].lstrip("*_([ ")[begins.end() :].lstrip(" :") if begins else ""
            day = DAY.match(rest)
            if day and (found := _day(day)):
                words = f"{line[:LONGEST_LINE].lstrip('*_([ ')[: begins.end() if begins else 0].rstrip(' :')} {day[0]}"
                facts.append(Fact("published", found.isoformat(), f"the text: “{words}”{label}"))
                break
    return facts


def date_in_name(name: str) -> date | None:
    """The date in the name of a file (``2021-11-02-board.pdf``), or None.

    >>> date_in_name("letters/20211102 board"), date_in_name("00020211102")
    (datetime.date(2021, 11, 2), None)
    """
    match = IN_NAME.search(name)
    return _date(*map(int, match.groups())) if match else None


def _day(match: re.Match[str]) -> date | None:
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        if match["day3"]:
            return _date(int(match["year3"]), int(match["month3"]), int(match["day3"]))
        day, month, year = (match[part] or match[f"{part}2"] for part in ("day", "month", "year"))
        number = next(n for n, name in enumerate(MONTHS, start=1) if name[:3].lower() == month[:3].lower())
        return date(int(year), number, int(day))
    except ValueError:  # 31 February
        return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
