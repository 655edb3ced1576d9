"""Web addresses to files; only on request, since nothing goes to the network unasked."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from http.client import HTTPException
from pathlib import PurePosixPath
from urllib.parse import quote, urlsplit

from nhskg import __version__
from nhskg.ingest.draft import LARGEST, Unreadable, safe_name

WEB_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
SECONDS = 30
BY_TYPE = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "application/json": ".json",
    "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
    "application/xml": ".xml",
    "text/xml": ".xml",
}


def is_web_address(pattern: str) -> bool:
    """Whether an argument is a web address and no path."""
    return WEB_ADDRESS.match(pattern) is not None


def name_of(url: str) -> str:
    """The id of the document at an address.

    >>> name_of("https://example.org/board/papers.html?page=2")
    'example.org/board/papers-page-2'
    """
    parts = urlsplit(url)
    path = (
        f"{parts.hostname or 'web'}{PurePosixPath(parts.path or '/').with_suffix('') if parts.path.strip('/') else ''}"
    )
    return safe_name(path + (f"-{re.sub(r'[^A-Za-z0-9]+', '-', parts.query)}" if parts.query else ""))


def fetch(url: str) -> tuple[str, bytes]:
    """Fetches a page or file.

    Returns:
        A name whose suffix tells its kind, and its content.

    Raises:
        Unreadable: if it cannot be had, or is too large.
    """
    address = quote(url, safe="%/:=&?~#+!$,;'@()*[]")
    request = urllib.request.Request(address, headers={"User-Agent": f"nhskg/{__version__}"})  # noqa: S310  # http(s), by is_web_address
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310  # as above; redirections lead to http(s) or ftp only
            content: bytes = answer.read(LARGEST + 1)
            kind = answer.headers.get_content_type()
    except (OSError, HTTPException, ValueError) as error:
        raise Unreadable(f"cannot be fetched ({error})") from error
    if len(content) > LARGEST:
        raise Unreadable(f"over the limit of {LARGEST / 1e6:.0f} MB")
    suffix = BY_TYPE.get(kind) or PurePosixPath(urlsplit(url).path).suffix or ".html"
    return f"fetched{suffix}", content
