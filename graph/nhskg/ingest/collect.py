"""Files, folders, archives, pipes and web addresses to the documents of a build."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass, replace

from nhskg.cache import Cache, Key
from nhskg.ingest.draft import LARGEST, Unreadable, printable
from nhskg.ingest.fetch import fetch as fetch_page
from nhskg.ingest.fetch import is_web_address, name_of
from nhskg.ingest.files import SourceFile, find_files
from nhskg.ingest.formats import MARKDOWN, TEXT, kind_of
from nhskg.ingest.reader import ReadFile, documents_in
from nhskg.ingest.shelf import Shelf, Slip
from nhskg.ingest.worker import Worker
from nhskg.model import Document
from nhskg.processes import Pool

STDIN = "-"
PLAIN = (TEXT, MARKDOWN)
"""Read by plain code, quick on anything, so in this process; the others by libraries, in processes of their own."""


@dataclass(frozen=True, slots=True)
class Source:
    """The content of a file, a pipe or a web page, before it is read.

    Attributes:
        shown: what it is called in warnings.
        name: its name, for the kind that its suffix tells.
        origin: its address, if it was fetched.
    """

    shown: str
    name: str
    document_id: str
    content: bytes
    origin: str = ""


def read_documents(patterns: list[str], *, fetch: bool = False) -> tuple[list[Document], list[str]]:
    """Reads all documents that arguments name, into memory; the same article in several files is kept once.

    Args:
        patterns: paths of files and folders, globs, ``-`` for what is piped in, and web addresses.
        fetch: whether web addresses may be fetched.

    Returns:
        The documents, sorted by id, and warnings.
    """
    with Cache() as cache:
        shelf = Shelf(cache, "")
        slips, warnings = collect(patterns, shelf, fetch=fetch)
        return [shelf.document(slip) for slip in slips], warnings


def collect(patterns: list[str], shelf: Shelf, *, fetch: bool = False, jobs: int = 1) -> tuple[list[Slip], list[str]]:
    """Files all documents that arguments name; the same article in several files is kept once.

    Args:
        patterns: paths of files and folders, globs, ``-`` for what is piped in, and web addresses.
        shelf: where the documents are filed; what is there already is not read again.
        fetch: whether web addresses may be fetched.
        jobs: how many processes read files.

    Returns:
        The slips of the documents, sorted by id, and a warning for each thing that was left out or guessed.
    """
    paths = [pattern for pattern in patterns if pattern != STDIN and not is_web_address(pattern)]
    files, warnings = find_files(paths)
    slips: list[Slip] = []
    with Pool([Worker() for _ in range(jobs)]) as pool:
        waiting: deque[_Waiting] = deque()

        def take(most: int) -> None:
            while len(waiting) > most:
                found, told = _taken(waiting.popleft(), shelf)
                slips.extend(found)
                warnings.extend(told)

        for shown, where in _sources(files, sorted(set(patterns) - set(paths))):
            waiting.append(_asked(shown, where, shelf, pool, fetch=fetch))
            take(2 * jobs)
        take(0)
    kept, joined = shelf.without_copies(slips)
    return kept, warnings + joined


def read_file(file: SourceFile) -> ReadFile:
    """Reads the documents in a file, in this process.

    Raises:
        Unreadable: if there is none, or the file may not be read.
    """
    return documents_in(file.path.name, content_of(file), file.document_id)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A source that is looked at: it is on file under its key, or being read, or was refused."""

    shown: str
    key: Key = b""
    origin: str = ""
    read: Future[ReadFile] | None = None
    refused: str = ""


def _read(pool: Pool[Worker], source: Source) -> Future[ReadFile]:
    """Has a source read; plain text at once."""
    try:
        if kind_of(source.name, source.content) not in PLAIN:
            return pool.submit(_with_worker, source)
        done: Future[ReadFile] = Future()
        done.set_result(documents_in(source.name, source.content, source.document_id))
    except Unreadable as error:
        done = Future()
        done.set_exception(error)
    return done


def _with_worker(worker: Worker, source: Source) -> ReadFile:
    return worker.read(source.name, source.content, source.document_id)


def _sources(files: list[SourceFile], others: list[str]) -> Iterator[tuple[str, SourceFile | str]]:
    for file in files:
        yield file.shown, file
    for pattern in others:
        yield printable(pattern), pattern


def _asked(shown: str, where: SourceFile | str, shelf: Shelf, pool: Pool[Worker], *, fetch: bool) -> _Waiting:
    try:
        source = _source(shown, where, fetch=fetch)
    except Unreadable as error:
        return _Waiting(shown, refused=str(error))
    key = shelf.key(source.name, source.document_id, source.content, source.origin)
    read = None if shelf.has(key) else _read(pool, source)
    return _Waiting(shown, key, source.origin, read)


def _source(shown: str, where: SourceFile | str, *, fetch: bool) -> Source:
    if isinstance(where, SourceFile):
        return Source(shown, where.path.name, where.document_id, content_of(where))
    if where == STDIN:
        return Source(shown, "stdin", "stdin", _piped())
    if not fetch:
        raise Unreadable("nothing goes to the network unasked; give --fetch to have it fetched")
    name, content = fetch_page(where)
    return Source(shown, name, name_of(where), content, origin=where)


def _taken(waiting: _Waiting, shelf: Shelf) -> tuple[list[Slip], list[str]]:
    """Files what was read, and gives the slips of its documents and the warnings about it."""
    try:
        if waiting.refused:
            raise Unreadable(waiting.refused)
        if waiting.read:
            read = waiting.read.result()
            if waiting.origin:
                documents = tuple(_with_address(document, waiting.origin) for document in read.documents)
                read = replace(read, documents=documents)
            shelf.add(waiting.key, read)
    except Unreadable as error:
        return [], [f"{waiting.shown}: left out: {printable(str(error))}"]
    slips, warnings = shelf.slips(waiting.key)
    return slips, [f"{waiting.shown}: {warning}" for warning in warnings]


def _with_address(document: Document, address: str) -> Document:
    if document.url:
        return document
    return replace(document, url=address, found=tuple(sorted({**dict(document.found), "url": "the argument"}.items())))


def content_of(file: SourceFile) -> bytes:
    """Gives the content of a file.

    Raises:
        Unreadable: if it may not be read, is no file, or is too large.
    """
    try:
        if not file.path.is_file():
            raise Unreadable("no ordinary file")
        with file.path.open("rb") as opened:
            return _limited(opened.read(LARGEST + 1))
    except OSError as error:
        raise Unreadable(f"cannot be read ({error.strerror or error})") from error


def _piped() -> bytes:
    try:
        return _limited(sys.stdin.buffer.read(LARGEST + 1))
    except (OSError, ValueError, AttributeError) as error:  # nothing is piped in, or it is closed
        raise Unreadable(f"nothing can be read from the pipe ({error})") from error


def _limited(content: bytes) -> bytes:
    if len(content) > LARGEST:
        raise Unreadable(f"over the limit of {LARGEST / 1e6:.0f} MB; split it into documents")
    return content
