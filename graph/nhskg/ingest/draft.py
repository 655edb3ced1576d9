"""What a reader gives: texts as they stand in a file, and what the file says about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

LARGEST = 10_000_000
"""Bytes, and characters; a newsletter has some 5,000, so what is larger is no single document."""


class Unreadable(Exception):
    """A file that gives no document; the message says why and is shown beside the file's name."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known about a document: a field of ``Document``, its value, and how it was found.

    Attributes:
        is_weak: counts only where the text says nothing itself (the day on which a PDF was made).
    """

    field: str
    value: str
    how: str
    is_weak: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A text in a file, not yet cleaned.

    Attributes:
        parts: the text, page by page where it has pages, else in one part.
        name: what it is called inside its file; empty where the file is the document.
        has_pages: whether the parts are pages, the first of them page 1.
        is_wrapped: whether its lines may be broken at the width of a page.
    """

    parts: tuple[str, ...]
    name: str = ""
    facts: tuple[Fact, ...] = ()
    has_pages: bool = False
    is_wrapped: bool = False


@dataclass(slots=True)
class Contents:
    """What a file holds: the drafts, and warnings about what was left out of it."""

    drafts: list[Draft] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def add(self, other: Contents, inside: str) -> None:
        """Takes in what a member of an archive or a message of a mailbox holds."""
        for draft in other.drafts:
            name = f"{inside}/{draft.name}" if draft.name else inside
            self.drafts.append(
                Draft(
                    parts=draft.parts,
                    name=name,
                    facts=draft.facts,
                    has_pages=draft.has_pages,
                    is_wrapped=draft.is_wrapped,
                )
            )
        self.warnings += [f"{inside}: {warning}" for warning in other.warnings]


def words(value: Any) -> str:
    """A value of metadata as one line; a list or table is none, since it may be of any depth."""
    if isinstance(value, str):
        return " ".join(printable(value[:2000]).split())
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e18 else ""


def printable(text: str) -> str:
    """The text without characters that no file or terminal can take: controls, and halves of characters."""
    return "".join(c if c.isprintable() or c == " " else "_" if "\ud800" <= c <= "\udfff" else " " for c in text)


def safe_name(name: str) -> str:
    """A path inside an archive as part of a document's id, which leads nowhere.

    >>> safe_name("../../etc/passwd")
    'etc/passwd'
    >>> safe_name("C:\\\\letters\\\\a.txt")
    'letters/a.txt'
    """
    parts = printable(name.replace("\\", "/")).split("/")
    kept = [part.strip() for part in parts if part.strip() not in ("", ".", "..")]
    if len(kept) > 1 and kept[0].endswith(":"):
        kept = kept[1:]
    return "/".join(part[:100] for part in kept[-8:]) or "unnamed"


def stem(name: str) -> str:
    """A name without its last suffix."""
    return PurePosixPath(name).with_suffix("").as_posix() if PurePosixPath(name).name else name
