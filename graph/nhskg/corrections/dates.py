"""Days as spreadsheets write them."""

from __future__ import annotations

import re
from datetime import date

from nhskg.ingest.dates import MONTHS

ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})(?:,? .*)?")
WORDED = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})\.?[ -](\d{4}|\d{2})(?:,? .*)?")


def read_day(written: str) -> tuple[date, str]:
    """Reads a day: 2026-11-24, 24/11/2026, 24.11.26, 24 November 2026, 24-Nov-26, each also with a time behind it.

    Returns:
        The day, and a complaint where it could also be another one.

    Raises:
        ValueError: if it is none of these; the message says what to write.
    """
    written = written.strip()
    complaint = ""
    try:
        if match := ISO.fullmatch(written):
            return date(*map(int, match.groups())), ""
        if match := SLASHED.fullmatch(written):
            day, month, year = map(int, match.groups())
            found = date(_full(year), month, day)
            if day <= len(MONTHS) and day != month:
                complaint = f"{written} was read as {day} {MONTHS[month - 1]} {found.year}"
            return found, complaint
        if match := WORDED.fullmatch(written):
            months = [number for number, name in enumerate(MONTHS, 1) if name.lower().startswith(match[2].lower())]
            if len(months) == 1:
                return date(_full(int(match[3])), months[0], int(match[1])), ""
    except ValueError:  # the 30th of February, the 24th month
        pass
    raise ValueError(f"{written!r} is no day in the order day, month, year; write it as 2026-11-24")


def _full(year: int) -> int:
    return year if year > 99 else 2000 + year
