"""PDF: the text layer, page by page."""

from __future__ import annotations

import io
import logging

from nhskg.ingest.cleaning import clean, without_running_heads
from nhskg.ingest.dates import parse_date
from nhskg.ingest.draft import LARGEST, Contents, Draft, Fact, Unreadable, words

MOST_PAGES = 3000


def read_pdf(content: bytes) -> Contents:
    """Reads a PDF; the lines at the head and foot of most pages are left out.

    Raises:
        Unreadable: if it is encrypted, has too many pages, or no text layer.
    """
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it reports damage, and so do we
    reader = PdfReader(io.BytesIO(content))
    try:
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("encrypted with a password; save a copy without")
        count = len(reader.pages)
    except (DependencyError, FileNotDecryptedError) as error:
        raise Unreadable(f"encrypted ({error}); save a copy without") from error
    if count > MOST_PAGES:
        raise Unreadable(f"{count} pages, over the limit of {MOST_PAGES}; split it")
    pages: list[str] = []
    size = 0
    for page in reader.pages:
        pages.append(clean(page.extract_text()))
        size += len(pages[-1])
        if size > LARGEST:
            raise Unreadable(f"more than {LARGEST / 1e6:.0f} million characters of text; split it")
    empty = [str(number) for number, page in enumerate(pages, start=1) if len(page.strip()) < 2]
    if len(empty) == len(pages):
        raise Unreadable(f"a scanned PDF: none of its {count} pages has a text layer; run ocrmypdf over it first")
    warnings = []
    if empty:
        named = ", ".join(empty[:10]) + (" …" if len(empty) > 10 else "")
        warnings.append(f"no text layer on {len(empty)} of {count} pages ({named}): pictures, or scanned")
    draft = Draft(
        parts=tuple(without_running_heads(pages)), facts=tuple(_facts(reader.metadata)), has_pages=True, is_wrapped=True
    )
    return Contents([draft], warnings)


def _facts(metadata: object) -> list[Fact]:
    facts = []
    title, author = (words(getattr(metadata, name, None)) for name in ("title", "author"))
    made_by_a_program = title.startswith("Microsoft ") or title.lower().endswith((".doc", ".docx", ".pdf", ".indd"))
    if title and not made_by_a_program:
        facts.append(Fact("title", title, "PDF metadata"))
    if author:
        facts.append(Fact("author", author, "PDF metadata", is_weak=True))
    made = words(getattr(metadata, "creation_date_raw", None)).removeprefix("D:")[:8]
    day = parse_date(made)
    if day:
        facts.append(Fact("published", day.isoformat(), "PDF metadata: the day it was made", is_weak=True))
    return facts
