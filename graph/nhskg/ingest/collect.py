"""Files, folders, archives, pipes and web addresses to the documents of a build."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from nhskg.ingest.draft import LARGEST, Contents, Unreadable, printable
from nhskg.ingest.duplicates import join_duplicates
from nhskg.ingest.fetch import fetch as fetch_page
from nhskg.ingest.fetch import is_web_address, name_of
from nhskg.ingest.files import SourceFile, find_files
from nhskg.ingest.formats import MARKDOWN, TEXT, kind_of, read_content
from nhskg.ingest.reader import document_of
from nhskg.ingest.worker import Worker
from nhskg.model import Document

STDIN = "-"
PLAIN = (TEXT, MARKDOWN)
"""Read by plain code, quick on anything, so in this process; the others by libraries, in one of their own."""


@dataclass(slots=True)
class Collected:
    """Documents, and a warning for each thing that was left out or guessed."""

    documents: list[Document] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def read_documents(patterns: list[str], *, fetch: bool = False) -> tuple[list[Document], list[str]]:
    """Reads all documents that arguments name; the same article in several files is kept once.

    Args:
        patterns: paths of files and folders, globs, ``-`` for what is piped in, and web addresses.
        fetch: whether web addresses may be fetched.

    Returns:
        The documents, sorted by id, and warnings.
    """
    collected = Collected()
    paths = [pattern for pattern in patterns if pattern != STDIN and not is_web_address(pattern)]
    files, collected.warnings = find_files(paths)
    with Worker() as worker:
        for file in files:
            _take(collected, worker, file.shown, file)
        for pattern in sorted(set(patterns) - set(paths)):
            _take(collected, worker, pattern, fetch)
    documents, joined = join_duplicates(list(_with_own_ids(collected.documents)))
    return documents, collected.warnings + joined


def read_file(file: SourceFile, worker: Worker | None = None) -> tuple[list[Document], list[str]]:
    """Reads the documents in a file.

    Args:
        file: the file.
        worker: reads what libraries read; without one it is read in this process.

    Raises:
        Unreadable: if there is none, or the file may not be read.
    """
    return _documents(file.path.name, _content(file), file.document_id, worker)


def _take(collected: Collected, worker: Worker, shown: str, where: SourceFile | bool) -> None:
    shown = printable(shown)
    try:
        if isinstance(where, SourceFile):
            documents, warnings = read_file(where, worker)
        elif shown == STDIN:
            documents, warnings = _documents("stdin", _piped(), "stdin", worker)
        elif not where:
            raise Unreadable("nothing goes to the network unasked; give --fetch to have it fetched")
        else:
            documents, warnings = _documents(*fetch_page(shown), name_of(shown), worker)
            documents = [
                replace(
                    document, url=shown, found=tuple(sorted({**dict(document.found), "url": "the argument"}.items()))
                )
                if not document.url
                else document
                for document in documents
            ]
        collected.documents += documents
        collected.warnings += [f"{shown}: {printable(warning)}" for warning in warnings]
    except Unreadable as error:
        collected.warnings.append(f"{shown}: left out: {printable(str(error))}")


def _documents(name: str, content: bytes, document_id: str, worker: Worker | None) -> tuple[list[Document], list[str]]:
    is_plain = kind_of(name, content) in PLAIN
    contents: Contents = read_content(name, content) if is_plain or worker is None else worker.read(name, content)
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
    return documents, warnings


def _with_own_ids(documents: list[Document]) -> Iterator[Document]:
    """No two documents may share an id: a file ``a/b.txt`` and a member ``b`` of ``a.zip`` would."""
    used: set[str] = set()
    for document in sorted(documents, key=lambda document: (document.id, document.sha256)):
        own = document.id
        number = 2
        while own in used:
            own = f"{document.id}-{number}"
            number += 1
        used.add(own)
        yield document if own == document.id else replace(document, id=own)


def _content(file: SourceFile) -> bytes:
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
