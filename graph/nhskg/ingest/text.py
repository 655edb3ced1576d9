"""Plain text and Markdown, with or without front matter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import yaml

from nhskg.ingest.dates import parse_date
from nhskg.ingest.decoding import decode
from nhskg.ingest.draft import Contents, Draft, Fact, words
from nhskg.ingest.wording import wording

FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.{0,20000}?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
HEADING = re.compile(r"^#{1,6}[ \t]+(?=\S)", re.MULTILINE)
FIELDS = ("title", "published", "author", "source", "url")


def read_text(content: bytes) -> Contents:
    """Reads plain text; YAML at its beginning gives title, date, author, source and URL."""
    return _read(content, is_markdown=False)


def read_markdown(content: bytes) -> Contents:
    """Reads Markdown: as plain text, but its headings lose their hash signs."""
    return _read(content, is_markdown=True)


def _read(content: bytes, *, is_markdown: bool) -> Contents:
    text, complaint = decode(content)
    warnings = [complaint] if complaint else []
    facts: list[Fact] = []
    match = FRONT_MATTER.match(text)
    if match:
        fields, problem = _front_matter(match[1])
        if problem and is_markdown:
            warnings.append(f"front matter not understood, read as text ({problem})")
        if not problem:
            facts, complaints = facts_of(fields, "front matter")
            warnings += complaints
            text = text[match.end() :]
    if is_markdown:
        text = HEADING.sub("", text)
    return Contents([Draft(parts=(text,), facts=tuple(facts), is_wrapped=True)], warnings)


def _front_matter(block: str) -> tuple[dict[Any, Any], str]:
    try:
        loaded = yaml.safe_load(block)
    except (yaml.YAMLError, ValueError, RecursionError, TypeError, AttributeError, OverflowError) as error:
        return {}, " ".join(str(error).split())[:200] or type(error).__name__
    if not isinstance(loaded, dict):
        return {}, "it is no list of fields"
    return loaded, ""


def facts_of(row: Mapping[Any, Any], how: str) -> tuple[list[Fact], list[str]]:
    """The facts in named values: front matter, a row of a table, a JSON object.

    Args:
        row: names to values.
        how: where they stand, for the record of how a fact was found.

    Returns:
        The facts, and a warning for a date that means no day.
    """
    named = {str(key).strip().lower(): value for key, value in list(row.items())[:1000]}
    facts: list[Fact] = []
    complaint: list[str] = []
    for field in FIELDS:
        for name in wording().fields[field]:
            value = named.get(name)
            if field == "published":
                day = value if isinstance(value, date) else parse_date(words(value))
                if day is None:
                    complaint = complaint or (
                        [f"date {words(value)!r} not understood; write it as 2021-11-02"] if words(value) else []
                    )
                    continue
                facts.append(Fact(field, day.isoformat()[:10], f"{how}: {name}"))
                break
            if words(value):
                facts.append(Fact(field, words(value), f"{how}: {name}"))
                break
    return facts, [] if any(fact.field == "published" for fact in facts) else complaint
