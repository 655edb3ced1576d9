"""Which reader reads what: a table from suffix, and from what a file begins with, to one reader for each kind of file."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from nhskg.ingest import archives, feeds, html, mail, pdf, tables, text, word
from nhskg.ingest.archives import Allowance
from nhskg.ingest.draft import Contents, Unreadable


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A kind of file.

    Attributes:
        name: what people call it, for messages.
        suffixes: how names of such files end.
        read: the reader; archives have none, since they read what is in them by this table.
        extra: what installs the library that the reader imports, where that is no part of a plain installation.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[bytes], Contents] | None = None
    extra: str = ""


TEXT = Format(name="text", suffixes=(".txt",), read=text.read_text)
MARKDOWN = Format(name="Markdown", suffixes=(".md",), read=text.read_markdown)
HTML = Format(name="HTML", suffixes=(".html", ".htm", ".xhtml"), read=html.read_html, extra="html")
PDF = Format(name="PDF", suffixes=(".pdf",), read=pdf.read_pdf, extra="pdf")
WORD = Format(name="Word files", suffixes=(".docx",), read=word.read_docx, extra="docx")
MESSAGE = Format(name="e-mail", suffixes=(".eml",), read=mail.read_message, extra="html")
MAILBOX = Format(name="mailboxes", suffixes=(".mbox",), read=mail.read_mailbox, extra="html")
CSV = Format(name="CSV", suffixes=(".csv", ".tsv"), read=tables.read_csv, extra="html")
JSON_LINES = Format(name="JSON Lines", suffixes=(".jsonl", ".ndjson"), read=tables.read_jsonl, extra="html")
JSON = Format(name="JSON", suffixes=(".json",), read=tables.read_json, extra="html")
FEED = Format(
    name="feeds",
    suffixes=(".rss", ".atom", ".xml"),
    read=feeds.read_feed,
    extra="feeds",
)
GZIP = Format(name="gzip", suffixes=(".gz",))
ZIP = Format(name="zip", suffixes=(".zip",))
FORMATS = (TEXT, MARKDOWN, HTML, PDF, WORD, MESSAGE, MAILBOX, CSV, JSON_LINES, JSON, FEED, GZIP, ZIP)
BY_SUFFIX = {suffix: kind for kind in FORMATS for suffix in kind.suffixes}
SUFFIXES = frozenset(BY_SUFFIX)

BEGINNINGS = (
    (re.compile(rb"%PDF-"), PDF),
    (re.compile(rb"\x1f\x8b"), GZIP),
    (re.compile(rb"<!doctype html|<html[\s>]", re.IGNORECASE), HTML),
    (re.compile(rb"(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:rss|feed|rdf:RDF)[\s>]", re.DOTALL), FEED),
)
NOT_READ = (
    (b"{\\rtf", "a rich text file; save it as .docx or .txt"),
    (b"\xd0\xcf\x11\xe0", "an old Office file; save it as .docx"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"7z\xbc\xaf", "a 7z archive; unpack it"),
    (b"Rar!", "a rar archive; unpack it"),
    (b"BZh", "a bzip2 archive; unpack it"),
    (b"\xfd7zXZ", "an xz archive; unpack it"),
)


def read_content(name: str, content: bytes, allowance: Allowance | None = None) -> Contents:
    """Reads what a file holds.

    Args:
        name: the file's name; its suffix counts where the content does not tell its kind.
        content: the bytes of the file.
        allowance: what may still be unpacked, where the file is a member of an archive.

    Raises:
        Unreadable: if it is of no kind that is read, damaged, or needs what is not installed.
    """
    kind = kind_of(name, content)
    allowance = allowance or Allowance()
    if kind is ZIP:
        return archives.read_zip(content, read_content, SUFFIXES, allowance)
    if kind is GZIP:
        return archives.read_gzip(content, name, read_content, allowance)
    if kind.read is None:
        raise Unreadable(f"{kind.name} is not read")
    try:
        return kind.read(content)
    except Unreadable:
        raise
    except ImportError as error:
        raise Unreadable(f"reading {kind.name} needs: pip install nhskg[{kind.extra}]") from error
    except MemoryError as error:
        raise Unreadable("reading it takes more memory than allowed; split it") from error
    except (
        Exception
    ) as error:  # the libraries raise anything at all on damaged files, and one file must not stop a build
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise Unreadable(f"damaged, or no {kind.name} ({reason})") from error


def kind_of(name: str, content: bytes) -> Format:
    """The kind of a file, by what it begins with, else by its suffix.

    Raises:
        Unreadable: if it is of no kind that is read.
    """
    suffix = "." + name.lower().rpartition(".")[2]
    by_suffix = BY_SUFFIX.get(suffix)
    start = content[:2000].removeprefix(b"\xef\xbb\xbf").lstrip()
    for signature, reason in NOT_READ:
        if start.startswith(signature):
            raise Unreadable(reason)
    if start.startswith(b"PK\x03\x04"):
        return _kind_of_zip(content)
    for beginning, kind in BEGINNINGS:
        if beginning.match(start):
            return kind
    if by_suffix is None:
        if suffix[1:] == name.lower():  # no suffix at all, as from a pipe
            return MESSAGE if re.match(rb"(?:[A-Z][\w-]+:[^\n]+\n){3}", start) else TEXT
        raise Unreadable(f"no {suffix} files are read, only {', '.join(sorted(SUFFIXES))}")
    if by_suffix in (PDF, WORD, ZIP, GZIP):
        raise Unreadable(f"damaged, or no {by_suffix.name}: it does not begin as such files do")
    return by_suffix


def _kind_of_zip(content: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist()[:5000])
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, UnicodeError, zlib.error) as error:
        raise Unreadable(f"damaged zip ({error})") from error
    if "word/document.xml" in names:
        return WORD
    if "[Content_Types].xml" in names or "mimetype" in names:
        raise Unreadable("an office file or book of another kind; save it as .docx, .pdf or .csv")
    return ZIP
