"""Tables with a column of texts: CSV, JSON Lines, JSON. Each row is a document."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

from nhskg.ingest.decoding import decode
from nhskg.ingest.draft import LARGEST, Contents, Draft, Unreadable, safe_name, words
from nhskg.ingest.html import read_fragment
from nhskg.ingest.text import facts_of
from nhskg.ingest.wording import wording

MOST_ROWS = 100_000
MOST_WARNINGS = 20


def read_csv(content: bytes) -> Contents:
    """Reads a table whose first row names the columns; commas, semicolons or tabs part them.

    Raises:
        Unreadable: if no column holds texts.
    """
    text, complaint = decode(content)
    head = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(",;\t", key=lambda mark: (head.count(mark), mark == ","))
    csv.field_size_limit(LARGEST)
    rows: list[Mapping[str, Any]] = []
    try:
        for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append({str(key): value for key, value in row.items() if key})
            if len(rows) > MOST_ROWS:
                raise Unreadable(f"more than {MOST_ROWS} rows; split it")
    except csv.Error as error:
        raise Unreadable(f"no table in CSV ({error})") from error
    contents = _documents(rows, "column", "row", first=2)
    contents.warnings[:0] = [complaint] if complaint else []
    return contents


def read_jsonl(content: bytes) -> Contents:
    """Reads JSON objects, one a line; a line that is none is a warning.

    Raises:
        Unreadable: if no key holds texts.
    """
    text, complaint = decode(content)
    rows: list[Mapping[str, Any]] = []
    warnings = [complaint] if complaint else []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            rows.append({})
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            warnings.append(f"line {number}: left out: no JSON ({str(error)[:100]})")
            row = {}
        rows.append(row if isinstance(row, dict) else {})
        if len(rows) > MOST_ROWS:
            raise Unreadable(f"more than {MOST_ROWS} lines; split it")
    if not any(rows):
        raise Unreadable("no line of it is a JSON object" + (f"; {warnings[0]}" if warnings else ""))
    contents = _documents(rows, "key", "line", first=1)
    contents.warnings[:0] = _few(warnings)
    return contents


def read_json(content: bytes) -> Contents:
    """Reads a JSON object, a list of them, or an object that holds such a list.

    Raises:
        Unreadable: if it is neither.
    """
    text, _ = decode(content)
    try:
        loaded = json.loads(text)
    except (ValueError, RecursionError) as error:
        if "\n" in text.strip() and text.lstrip().startswith("{"):
            return read_jsonl(content)  # JSON Lines with the wrong suffix
        raise Unreadable(f"no JSON ({str(error)[:100]})") from error
    if isinstance(loaded, dict) and _column([loaded]) is None:
        lists = [value for value in loaded.values() if isinstance(value, list) and value and isinstance(value[0], dict)]
        loaded = lists[0] if len(lists) == 1 else loaded
    rows = loaded if isinstance(loaded, list) else [loaded]
    if len(rows) > MOST_ROWS:
        raise Unreadable(f"more than {MOST_ROWS} objects; split it")
    return _documents([row if isinstance(row, dict) else {} for row in rows], "key", "object", first=1)


def _documents(rows: list[Mapping[str, Any]], what: str, unit: str, first: int) -> Contents:
    column = _column(rows)
    if column is None:
        names = ", ".join(wording().fields["text"])
        raise Unreadable(f"no {what} for the text; name it one of: {names}")
    contents = Contents()
    warnings: list[str] = []
    used: set[str] = set()
    for number, row in enumerate(rows, start=first):
        named = {str(key).strip().lower(): value for key, value in row.items()}
        text = named.get(column)
        if not isinstance(text, str) or not text.strip():
            if row:
                warnings.append(f"{unit} {number}: left out: no text in {what} {column}")
            continue
        facts, complaints = facts_of(named, what)
        warnings += [f"{unit} {number}: {complaint}" for complaint in complaints]
        own = next((words(named[name]) for name in wording().fields["name"] if words(named.get(name))), "")
        name = safe_name(own) if own else f"{unit}-{number:05}"
        name = name if name not in used else f"{name}-{number:05}"
        used.add(name)
        contents.drafts.append(Draft(parts=(read_fragment(text),), name=name, facts=tuple(facts), is_wrapped=True))
    contents.warnings += _few(warnings)
    return contents


def _column(rows: Iterable[Mapping[str, Any]]) -> str | None:
    present = {str(key).strip().lower() for row in rows for key, value in row.items() if isinstance(value, str)}
    return next((name for name in wording().fields["text"] if name in present), None)


def _few(warnings: list[str]) -> list[str]:
    more = len(warnings) - MOST_WARNINGS
    return warnings if more <= 0 else [*warnings[:MOST_WARNINGS], f"and {more} more like that"]
