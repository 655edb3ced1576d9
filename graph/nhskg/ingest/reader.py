"""One file to one document: decoding, YAML front matter, the date."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from nhskg.ingest.files import SUFFIXES, SourceFile
from nhskg.model import Document

LARGEST = 10_000_000
"""Bytes; a newsletter has some 5,000, so a larger file is no single document."""

FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
MONTHS = [
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
]
DATE_LINE = re.compile(
    r"^\W*(?:(?:date|dated|published|posted|updated|last updated)(?: on)?\s*:?\s*)?"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?P<month>" + "|".join(MONTHS) + r"),?\s+(?P<year>\d{4})"
    r"|(?P<month2>" + "|".join(MONTHS) + r")\s+(?P<day2>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year2>\d{4})"
    r"|(?P<iso>\d{4}-\d{2}-\d{2}))\W*$",
    re.IGNORECASE,
)
LINES_NEAR_TOP = 8


class Unreadable(Exception):
    """A file that gives no document; the message says why and is shown beside the file's name."""


def read_document(file: SourceFile) -> tuple[Document, list[str]]:
    """Reads a file.

    Returns:
        The document, and warnings about what could not be understood in its front matter.

    Raises:
        Unreadable: if the file is no text, not UTF-8, too large, empty, or may not be read.
    """
    text = _decode(file.path)
    fields: dict[str, Any] = {}
    warnings: list[str] = []
    match = FRONT_MATTER.match(text) if file.path.suffix.lower() == ".md" else None
    if match:
        try:
            loaded = yaml.safe_load(match[1])
            if not isinstance(loaded, dict):
                raise yaml.YAMLError("front matter is no list of fields")
            fields = {str(key).lower(): value for key, value in loaded.items()}
            text = text[match.end() :]
        except (yaml.YAMLError, ValueError) as error:
            reason = " ".join(str(error).split())
            warnings.append(f"{file.path}: front matter not understood, read as text ({reason})")
    if not text.strip():
        raise Unreadable("no text in it")
    published, complaint = _date_of_field(fields.get("date"))
    if complaint:
        warnings.append(f"{file.path}: {complaint}")
    document = Document(
        id=file.document_id,
        text=text,
        title=_words(fields.get("title")),
        published=published or date_near_top(text),
        source=_words(fields.get("source")),
        url=_words(fields.get("url")),
    )
    return document, warnings


def date_near_top(text: str) -> date | None:
    """The date that stands alone on one of the first lines, or None.

    A date inside a sentence is what the text is about, not when it was written, so it does not count.

    >>> date_near_top("Board paper\\n\\nPublished: 2 November 2021\\n\\nThe board met.")
    datetime.date(2021, 11, 2)
    """
    for line in text.splitlines()[:LINES_NEAR_TOP]:
        match = DATE_LINE.match(line.strip())
        if match is None:
            continue
        try:
            if match["iso"]:
                return date.fromisoformat(match["iso"])
            day, month, year = (match[part] or match[f"{part}2"] for part in ("day", "month", "year"))
            return datetime.strptime(f"{day} {month} {year}", "%d %B %Y").date()
        except ValueError:  # 31 February
            continue
    return None


def _decode(path: Path) -> str:
    if path.suffix.lower() not in SUFFIXES:
        raise Unreadable(f"only {' and '.join(SUFFIXES)} files are read")
    try:
        if not path.is_file():
            raise Unreadable("no ordinary file")
        size = path.stat().st_size
        if size > LARGEST:
            raise Unreadable(f"{size / 1e6:.0f} MB, over the limit of {LARGEST / 1e6:.0f} MB; split it into documents")
        content = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"cannot be read ({error.strerror or error})") from error
    if b"\0" in content:
        raise Unreadable("a binary file (it has a NUL byte), not text")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        byte = content[error.start]
        raise Unreadable(f"not UTF-8 (byte 0x{byte:02x} at {error.start}); save it as UTF-8 text") from error


def _date_of_field(value: Any) -> tuple[date | None, str]:
    if value is None:
        return None, ""
    if isinstance(value, datetime):
        return value.date(), ""
    if isinstance(value, date):
        return value, ""
    found = date_near_top(str(value))
    return found, "" if found else f"date {value!r} not understood; write it as 2021-11-02"


def _words(value: Any) -> str:
    return "" if value is None else " ".join(str(value).split())
