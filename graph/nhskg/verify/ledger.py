"""What the JSON Lines files of a build say, cut down to what the other files are compared by.

Of a claim only two numbers stay in memory, made of all that the files say of it, so that a build of a million claims can be
verified on a laptop. Texts are read again from ``documents.jsonl`` where they are needed.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nhskg.model import Claim
from nhskg.register.dates import first_day, last_day
from nhskg.registered import RegisterEntry
from nhskg.vocab import register_file_iri

MOST_TEXT = 50_000_000
"""Characters of documents that are kept at once."""

Triple = tuple[str, str, str]


def core(claim: Claim) -> tuple[object, ...]:
    """What every file says of a claim. Its words are not in it: where they stand tells what they are."""
    span = claim.evidence.span
    return (
        *(claim.subject, claim.predicate, claim.object, claim.status.value, claim.speaker or ""),
        *(claim.evidence.document, span.start, span.end, claim.published, claim.is_date_guessed, claim.is_former),
    )


def detail(claim: Claim) -> tuple[object, ...]:
    """What only some files say of a claim, dates as whole days and money in pounds, as the Turtle has them."""
    told, amount = claim.period, claim.amount
    return (
        *(claim.confidence, claim.evidence.rule, told.text if told else ""),
        first_day(told.start) if told and told.start else None,
        last_day(told.end) if told and told.end else None,
        amount.text if amount else "",
        amount.value if amount and amount.currency == "GBP" else None,
    )


class Table:
    """Rows by id, each as two numbers; another file is compared with it row by row."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._numbers: dict[str, int] = {}
        self._contents = array("q"), array("q")

    def add(self, identifier: str, core: tuple[object, ...], detail: tuple[object, ...] = ()) -> bool:
        """Adds a row; False if there is one with this id already."""
        if identifier in self._numbers:
            return False
        self._numbers[identifier] = len(self._numbers)
        for column, content in zip(self._contents, (core, detail), strict=True):
            column.append(hash(content))
        return True

    def __len__(self) -> int:
        return len(self._numbers)

    def __contains__(self, identifier: str) -> bool:
        return identifier in self._numbers

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def differs(self, identifier: str, core: tuple[object, ...]) -> bool:
        """Whether a row has another content."""
        return self._contents[0][self._numbers[identifier]] != hash(core)

    def comparison(self) -> Comparison:
        """Begins to compare another file with it."""
        return Comparison(self)

    def row(self, identifier: str) -> tuple[int, int, int] | None:
        """The number and contents of a row."""
        number = self._numbers.get(identifier)
        return None if number is None else (number, self._contents[0][number], self._contents[1][number])


class Comparison:
    """Another file's rows, one after the other, against those of a table."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._seen = bytearray(len(table))

    def meet(self, identifier: str, core: tuple[object, ...], detail: tuple[object, ...] | None = None) -> str:
        """Compares a row.

        Args:
            identifier: its id.
            core: what the file says of it.
            detail: the rest, where the file has that.

        Returns:
            What is wrong with it, or nothing.
        """
        row = self.table.row(identifier)
        if row is None:
            return f"not in {self.table.file}"
        number, core_there, detail_there = row
        if self._seen[number]:
            return "there twice"
        self._seen[number] = 1
        if core_there != hash(core) or (detail is not None and detail_there != hash(detail)):
            return f"says something else than {self.table.file}"
        return ""

    def missing(self) -> Iterator[str]:
        """The ids that were not met."""
        return (identifier for identifier, seen in zip(self.table, self._seen, strict=True) if not seen)


class Texts:
    """The texts of the documents, read when asked for; as a build has them in order, each is read about once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.places: dict[str, int] = {}
        self._texts: dict[str, str] = {}
        self._size = 0

    def __getitem__(self, document: str) -> str | None:
        """The text of a document, or None if there is no such document."""
        if document not in self._texts and document in self.places:
            with self.path.open("rb") as file:
                file.seek(self.places[document])
                text = json.loads(file.readline())["text"]
            if self._size + len(text) > MOST_TEXT:
                self._texts, self._size = {}, 0
            self._texts[document] = text
            self._size += len(text)
        return self._texts.get(document)

    def why_not(self, document: str, start: int, end: int, exact: str) -> str:
        """Says why a quote is not what stands at its place, or nothing if it is."""
        text = self[document]
        if text is None:
            return "quotes a document that documents.jsonl has not"
        if not 0 <= start < end <= len(text):
            return "offsets outside the text"
        return "" if text[start:end] == exact else "quote that is not verbatim at its offsets"


@dataclass(slots=True)
class Ledger:
    """What the JSON Lines files say.

    Attributes:
        hashes: of the text of each document, and ``dates`` their dates, by id.
        entities: those in documents and, after them, those that only the register brings, of which ``context`` are so many.
        facts: triples that a claim states as the document's own, each with the id of such a claim.
        entries_of: triples of the register, each with the id of such a line.
        statements: how many claims each triple has; ``quotes`` are triples with a quote that a claim on them has.
        counts: how many there are of each sort, as ``build.json`` has them.
    """

    texts: Texts
    hashes: dict[str, str] = field(default_factory=dict)
    dates: dict[str, Any] = field(default_factory=dict)
    entities: Table = field(default_factory=lambda: Table("entities.jsonl and context.jsonl"))
    claims: Table = field(default_factory=lambda: Table("claims.jsonl"))
    entries: Table = field(default_factory=lambda: Table("structure.jsonl"))
    context: int = 0
    facts: dict[int, str] = field(default_factory=dict)
    entries_of: dict[int, str] = field(default_factory=dict)
    statements: dict[int, int] = field(default_factory=dict)
    quotes: set[int] = field(default_factory=set)
    counts: dict[str, Counter[str]] = field(
        default_factory=lambda: {name: Counter() for name in ("entities", "claims", "statuses", "structure", "context")}
    )

    def has(self, triple: Triple) -> bool:
        """Whether a claim or the register stands behind a direct triple."""
        key = hash(triple)
        return key in self.facts or key in self.entries_of


def entity_content(row: Mapping[str, Any]) -> tuple[object, ...]:
    """What every file says of an entity."""
    return (
        *(row["kind"], row["name"], row["ods_code"]),
        *(tuple(sorted(set(row["aliases"]))), tuple(sorted(row["candidates"]))),
    )


def entry_content(entry: RegisterEntry) -> tuple[object, ...]:
    """What every file says of a line of the register, dates as whole days."""
    return (
        *(entry.subject, entry.predicate, entry.object, entry.source, entry.note),
        *(register_file_iri(entry.file), entry.line),
        first_day(entry.start) if entry.start else None,
        last_day(entry.end) if entry.end else None,
    )
