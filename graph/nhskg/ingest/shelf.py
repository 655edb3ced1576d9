"""Documents on file: their texts are in the cache, and in memory is only where.

So a build of any number of documents needs little memory, and reads no file twice that has not changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import msgspec

from nhskg.cache import Cache, Key, key_of
from nhskg.ingest.duplicates import Print, find_copies, left_out, print_of, with_copies
from nhskg.ingest.reader import ReadFile
from nhskg.model import Document


@dataclass(frozen=True, slots=True)
class Filed:
    """What the cache keeps of a file: the documents in it, their prints, and what was left out or guessed."""

    documents: tuple[Document, ...]
    prints: tuple[Print, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Slip:
    """A document on file: its id, the file and its number there, and the copies of it that were left out."""

    id: str
    key: Key
    number: int
    copies: tuple[Slip, ...] = ()


class Shelf:
    """Files documents in a cache and gives them back."""

    def __init__(self, cache: Cache, version: str, on_new: Callable[[], None] = lambda: None) -> None:
        """Names the cache.

        Args:
            cache: where the documents are kept.
            version: of all that reading files hangs on; what another version has read is read again.
            on_new: is called when a file is not there.
        """
        self._on_new = on_new
        self._cache = cache
        self._version = version
        self._prints: dict[tuple[Key, int], Print] = {}
        self._last: tuple[Key, Filed] | None = None

    def key(self, name: str, document_id: str, content: bytes, origin: str = "") -> Key:
        """Gives the key of a file by all that its documents hang on."""
        return key_of("file", self._version, name, document_id, origin, content)

    def add(self, key: Key, read: ReadFile) -> None:
        """Files what was read in a file."""
        prints = tuple(print_of(document) for document in read.documents)
        self._cache.put(key, msgspec.msgpack.encode(Filed(read.documents, prints, read.warnings)))

    def has(self, key: Key) -> bool:
        """Says whether a file is there."""
        if key in self._cache:
            return True
        self._on_new()
        return False

    def slips(self, key: Key) -> tuple[list[Slip], tuple[str, ...]]:
        """Gives the slips of the documents in a file that is there, and the warnings about it."""
        filed = self._filed(key)
        for number, mark in enumerate(filed.prints):
            self._prints[key, number] = mark
        return [Slip(document.id, key, number) for number, document in enumerate(filed.documents)], filed.warnings

    def document(self, slip: Slip) -> Document:
        """Gives a document, with what only its copies tell."""
        document = replace(self._filed(slip.key).documents[slip.number], id=slip.id)
        return with_copies(document, [self.document(copy) for copy in slip.copies])

    def without_copies(self, slips: Iterable[Slip]) -> tuple[list[Slip], list[str]]:
        """Leaves out the documents that have the same text as another.

        Returns:
            The slips that stay, sorted by id, each with its copies, and a warning for each of those.
        """
        by_id = {slip.id: slip for slip in self._with_own_ids(slips)}
        prints = {identifier: self._prints[slip.key, slip.number] for identifier, slip in by_id.items()}
        found = find_copies(prints, lambda identifier: self.document(by_id[identifier]).text)
        self._prints.clear()
        copies: defaultdict[str, list[Slip]] = defaultdict(list)
        for identifier, (same, _) in sorted(found.items()):
            copies[same].append(by_id[identifier])
        kept = [replace(slip, copies=tuple(copies[i])) for i, slip in sorted(by_id.items()) if i not in found]
        return kept, [left_out(i, same, exact=exact) for i, (same, exact) in sorted(found.items())]

    def _with_own_ids(self, slips: Iterable[Slip]) -> Iterable[Slip]:
        ordered = sorted(slips, key=lambda slip: (slip.id, self._prints[slip.key, slip.number].sha256))
        for slip, own in zip(ordered, own_ids(slip.id for slip in ordered), strict=True):
            yield replace(slip, id=own)

    def _filed(self, key: Key) -> Filed:
        """What is on file; the last file is held, since its documents are asked for one after the other."""
        if self._last is None or self._last[0] != key:
            self._last = key, msgspec.msgpack.decode(self._cache[key], type=Filed)
        return self._last[1]


def own_ids(ids: Iterable[str]) -> Iterator[str]:
    """Gives the ids that documents get, of those that they would like, sorted: no two may share one.

    A file ``a/b.txt`` and a member ``b`` of ``a.zip`` would.

    >>> list(own_ids(["a/b", "a/b", "a/b-2"]))
    ['a/b', 'a/b-2', 'a/b-2-2']
    """
    used: set[str] = set()
    for wanted in ids:
        own = wanted
        number = 2
        while own in used:
            own = f"{wanted}-{number}"
            number += 1
        used.add(own)
        yield own
