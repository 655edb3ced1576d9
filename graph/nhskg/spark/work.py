"""What Spark's workers do, with rows as tuples: files to documents, documents to outcomes.

Like a build on one machine they have libraries and the language model work in processes of their own
(``nhskg.processes``), so that a text that crashes, hangs or eats memory is a row that says so and no failed job. A worker
keeps these processes, and the model in them, from task to task.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np

from nhskg import versions
from nhskg.errors import InputError
from nhskg.ingest.collect import PLAIN, content_of
from nhskg.ingest.draft import Unreadable, printable
from nhskg.ingest.duplicates import Print, print_of, with_copies
from nhskg.ingest.files import SourceFile
from nhskg.ingest.formats import kind_of
from nhskg.ingest.reader import ReadFile, documents_in
from nhskg.ingest.worker import Worker
from nhskg.model import Document
from nhskg.outcome import Settings
from nhskg.reading import Readers
from nhskg.register.tables import VARIABLE, digest, read_tables, register_folder, use_register

NOTICE = -1
"""The number of the row that says what was left out of a file; those of its documents begin at 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What a worker has to know.

    Attributes:
        longest: seconds for one document.
        register: folder of the register, where it is not the packaged one.
        version: of all that reading hangs on, on the machine that asks.
    """

    settings: Settings
    longest: float
    register: str
    version: str


class SourceRow(NamedTuple):
    """A file before it is read: by its local path, or with its content, or with the reason why it is not read.

    Attributes:
        place: its number among all.
        shown: what it is called in warnings.
        name: its name, for the kind that its suffix tells.
        path: bytes, since names of files may be no text.
    """

    place: int
    shown: str
    name: str
    document_id: str
    path: bytes | None = None
    content: bytes | None = None
    refused: str = ""


class FileRow(NamedTuple):
    """A document in a file, with its print, or (``number`` is ``NOTICE``) what was left out of the file."""

    place: int
    number: int
    shown: str
    failure: str = ""
    warnings: tuple[str, ...] = ()
    id: str = ""
    published: date | None = None
    characters: int = 0
    sha256: str = ""
    sketch: Sequence[int] = ()
    document: bytes | None = None


class ReadingRow(NamedTuple):
    """What became of a document: counts for people, and the outcome for the build; no outcome where there is a failure."""

    document: str
    title: str
    published: date | None
    characters: int
    entities: int
    claims: int
    failure: str
    warnings: tuple[str, ...]
    outcome: bytes | None


def read_files(sources: Iterable[SourceRow], work: Work) -> Iterator[FileRow]:
    """Reads files; one that cannot be read is a row that says why."""
    require_same(work)
    for source in sources:
        try:
            read = _read(source)
        except Unreadable as error:
            yield FileRow(source.place, NOTICE, source.shown, failure=printable(str(error)))
            continue
        if read.warnings:
            yield FileRow(source.place, NOTICE, source.shown, warnings=read.warnings)
        for number, document in enumerate(read.documents):
            mark = print_of(document)
            yield FileRow(
                source.place,
                number,
                source.shown,
                id=document.id,
                published=document.published,
                characters=mark.length,
                sha256=mark.sha256,
                sketch=np.frombuffer(mark.sketch, dtype=np.int64).tolist(),  # Spark has no unsigned numbers
                document=msgspec.msgpack.encode(document),
            )


def read_documents(
    rows: Iterable[tuple[str, bytes, Sequence[tuple[str, bytes]] | None]], work: Work
) -> Iterator[ReadingRow]:
    """Reads documents, each given with its id and its copies with theirs."""
    require_same(work)
    for document, outcome in _readers(work).read(_document(*row) for row in rows):
        reading = outcome.reading
        yield ReadingRow(
            document.id,
            document.title,
            reading.document.published if reading else document.published,
            len(document.text),
            len(reading.entities) if reading else 0,
            len(reading.claims) if reading else 0,
            outcome.failure,
            outcome.warnings,
            msgspec.msgpack.encode(outcome) if reading else None,
        )


def print_from(characters: int, published: date | None, sha256: str, sketch: Sequence[int]) -> Print:
    """Gives the print of a document back from its row."""
    return Print(
        length=characters,
        day=published.toordinal() if published else 0,
        sha256=sha256,
        sketch=np.array(sketch, dtype=np.int64).tobytes(),
    )


def require_same(work: Work) -> None:
    """Makes sure that this machine reads as the one that asks.

    Raises:
        InputError: if its nhskg, libraries, language model or register are others.
    """
    if work.register:
        use_register(Path(work.register))
    else:  # another build may have been here before
        os.environ.pop(VARIABLE, None)
    _require_same(work)


@functools.cache
def _require_same(work: Work) -> None:
    register = digest(read_tables(register_folder()))
    if versions.of_readings(work.settings.model, register) != work.version:
        raise InputError(
            "a worker has another nhskg, language model, spaCy or register than the machine that asks; "
            "install the same on all, and put a register of your own where all see it"
        )


def _read(source: SourceRow) -> ReadFile:
    if source.refused:
        raise Unreadable(source.refused)
    content = source.content
    if source.path is not None:
        content = content_of(SourceFile(source.document_id, Path(os.fsdecode(source.path))))
    content = bytes(content or b"")
    read = documents_in if kind_of(source.name, content) in PLAIN else _worker().read
    return read(source.name, content, source.document_id)


def _document(own: str, document: bytes, copies: Sequence[tuple[str, bytes]] | None) -> Document:
    joined = [_document(identifier, copy, None) for identifier, copy in copies or ()]
    return with_copies(replace(msgspec.msgpack.decode(document, type=Document), id=own), joined)


@functools.cache
def _worker() -> Worker:
    return Worker()


@functools.cache
def _readers(work: Work) -> Readers:
    return Readers(work.settings, 1, work.longest)  # ends with this process: it reads the end of its input then
