"""Files to documents: reading, cleaning, boilerplate, and what the text says about itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from nhskg.ingest.cleaning import BULLET, clean, unwrap, width_of, without_boilerplate
from nhskg.ingest.dates import DAY, date_in_name, dates_in_text
from nhskg.ingest.draft import LARGEST, Draft, Fact, Unreadable, printable
from nhskg.ingest.formats import read_content
from nhskg.ingest.wording import wording
from nhskg.model import Document

LINES_NEAR_TOP = 8
LONGEST_TITLE = 120
ENDS_SENTENCE = re.compile(r"[.!?:;,][”’\"')\]]*$")
GOES_ON = re.compile(r"[^.!?:;”\"’)\]\s]\s*$")


@dataclass(frozen=True, slots=True)
class ReadFile:
    """The documents in a file, at least one, and what was left out of it or guessed."""

    documents: tuple[Document, ...]
    warnings: tuple[str, ...] = ()


def documents_in(name: str, content: bytes, document_id: str) -> ReadFile:
    """Reads the documents in a file.

    Args:
        name: the file's name; its suffix counts where the content does not tell its kind.
        content: the bytes of the file.
        document_id: the id of the document in it, or what the ids of several begin with.

    Raises:
        Unreadable: if there is none.
    """
    contents = read_content(name, content)
    documents: list[Document] = []
    warnings = list(contents.warnings)
    for draft in contents.drafts:
        try:
            documents.append(document_of(draft, f"{document_id}/{draft.name}" if draft.name else document_id))
        except Unreadable as error:
            if not draft.name:
                raise
            warnings.append(f"{draft.name}: left out: {error}")
    if not documents:
        raise Unreadable("; ".join(warnings[:3]) or "no document in it")
    return ReadFile(tuple(documents), tuple(map(printable, warnings)))


def document_of(draft: Draft, document_id: str) -> Document:
    """Makes a document.

    Raises:
        Unreadable: if no text is left.
    """
    text, pages = _joined(draft)
    if not text.strip():
        raise Unreadable("no text in it")
    if len(text) > LARGEST:
        raise Unreadable(f"more than {LARGEST / 1e6:.0f} million characters of text; split it")
    facts = [fact for fact in draft.facts if not fact.is_weak]
    facts += _told_by_text(text)
    day = date_in_name(document_id)
    facts += [Fact("published", day.isoformat(), "the file's name")] if day else []
    facts += [fact for fact in draft.facts if fact.is_weak]
    first: dict[str, Fact] = {}
    for fact in facts:
        first.setdefault(fact.field, fact)
    values = {name: fact.value for name, fact in first.items()}
    return Document(
        id=document_id,
        text=text,
        title=values.get("title", ""),
        published=date.fromisoformat(values["published"]) if "published" in values else None,
        author=values.get("author", ""),
        source=values.get("source", ""),
        url=values.get("url", ""),
        found=tuple(sorted((name, fact.how) for name, fact in first.items())),
        pages=pages,
    )


def _joined(draft: Draft) -> tuple[str, tuple[int, ...]]:
    """The text, and where its pages begin; a sentence that goes on overleaf is not cut."""
    text = ""
    pages = []
    parts = [without_boilerplate(clean(part)) for part in draft.parts]
    width = width_of(parts, is_page=draft.has_pages) if draft.is_wrapped else 0
    for part in parts:
        cleaned = unwrap(part, width)
        if draft.has_pages:
            cleaned = cleaned.strip()
            goes_on = bool(GOES_ON.search(text[-10:])) and cleaned[:1].islower()
            text += "" if not text or not cleaned else " " if goes_on else "\n\n"
        pages.append(len(text))
        text += cleaned
    return text, tuple(pages) if draft.has_pages else ()


def _told_by_text(text: str) -> list[Fact]:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    facts = dates_in_text(text)
    for field, pattern in wording().lines.items():
        near_top = lines if field == "url" else lines[:LINES_NEAR_TOP]
        for line in near_top:
            match = pattern.fullmatch(line) if len(line) < 300 else None
            value = match and next((found for found in match.groups() if found), None)
            if value:
                facts.append(Fact(field, value, "a line of the text"))
                break
    title = lines[0] if lines else ""
    if (
        len(lines) > 1
        and len(title) <= LONGEST_TITLE
        and title[0].isupper()
        and not ENDS_SENTENCE.search(title)
        and not BULLET.match(title)
        and not DAY.match(title)
        and not any(pattern.fullmatch(title) for pattern in wording().lines.values())
    ):
        facts.append(Fact("title", title, "the first line of the text"))
    return facts
