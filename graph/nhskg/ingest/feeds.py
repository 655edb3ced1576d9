"""RSS and Atom: each entry is a document."""

from __future__ import annotations

import io
import re
from typing import Any

from nhskg.ingest.dates import parse_date
from nhskg.ingest.draft import Contents, Draft, Fact, Unreadable, words
from nhskg.ingest.html import read_fragment

MOST_ENTRIES = 20_000
ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)


def read_feed(content: bytes) -> Contents:
    """Reads the entries of a feed: the whole text where the feed has it, else the summary.

    Raises:
        Unreadable: if it is no feed, has no entry with text, or declares XML entities.
    """
    import feedparser

    if ENTITY.search(content.replace(b"\0", b"")):
        raise Unreadable("it declares XML entities, which no feed needs and which may stand for gigabytes")
    feed: Any = feedparser.parse(
        io.BytesIO(content), response_headers={"content-type": "application/xml"}, resolve_relative_uris=False
    )
    if not feed.entries:
        reason = words(str(feed.get("bozo_exception", "")))
        raise Unreadable("no RSS or Atom feed with entries" + (f" ({reason})" if reason else ""))
    if len(feed.entries) > MOST_ENTRIES:
        raise Unreadable(f"more than {MOST_ENTRIES} entries; split it")
    contents = Contents()
    for number, entry in enumerate(feed.entries, start=1):
        texts = [words_of(part.get("value")) for part in entry.get("content", [])] + [words_of(entry.get("summary"))]
        text = max((read_fragment(text) for text in texts), key=len)
        if not text.strip():
            contents.warnings.append(f"entry {number}: left out: no text in it")
            continue
        contents.drafts.append(Draft(parts=(text,), name=f"{number:05}", facts=tuple(_facts(entry, feed.feed))))
    return contents


def words_of(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _facts(entry: Any, feed: Any) -> list[Fact]:
    day = parse_date(words(entry.get("published")) or words(entry.get("updated")))
    values = {
        "title": words(read_fragment(words_of(entry.get("title")))),
        "published": day.isoformat() if day else "",
        "author": words(entry.get("author")),
        "source": words(feed.get("title")),
        "url": words(entry.get("link")),
    }
    return [Fact(field, value, "feed") for field, value in values.items() if value]
