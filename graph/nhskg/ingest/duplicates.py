"""The same article saved twice: kept once, and the other copies joined to it.

Two texts are the same if most runs of words in the shorter one are in the longer one, and so is every name and number: a
letter sent to two trusts differs in a name only, and is two letters.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from nhskg.model import Copy, Document

RUN = 6
"""Words; shorter runs are shared by texts that only have phrases in common."""
SKETCH = 48
"""The smallest hashes of a text's runs; texts that are the same share some of them (bottom-k sketch, Broder 1997,
https://doi.org/10.1109/SEQUEN.1997.666900)."""
SAME = 0.9
FEWEST_RUNS = 20
MOST_IN_COMMON = 50
"""Texts; a run that more have is boilerplate and leads to no pair."""
SEEN, LEAST_SHARED, LEAST = 20, 0.4, 4
"""Of so many hashes or more in a sketch that another text would have in its own if it had their runs, it must have this share
for its words to be looked at; of fewer, so many. In texts that are the same the share is ``SAME``, and so little in common is chance
once in ten million times."""
MOST_HELD = 2_000
"""Texts whose words are kept in memory, since a text is compared with several."""
LARGEST = np.iinfo(np.uint64).max
WORD = re.compile(r"\w+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Print:
    """What of a text is kept in memory to find those that are the same.

    Attributes:
        length: characters of the text.
        day: number of the day on which it was published, or 0.
        sha256: hash of the text.
        sketch: the smallest hashes of its runs of words, eight bytes each.
    """

    length: int
    day: int
    sha256: str
    sketch: bytes


@dataclass(frozen=True, slots=True)
class _Wording:
    runs: frozenset[int]
    particulars: frozenset[str]


def print_of(document: Document) -> Print:
    """Gives the print of a document."""
    smallest = sorted(_wording(document.text).runs)[:SKETCH]
    return Print(
        length=len(document.text),
        day=document.published.toordinal() if document.published else 0,
        sha256=document.sha256,
        sketch=np.array(smallest, dtype=np.uint64).tobytes(),
    )


def find_copies(prints: Mapping[str, Print], text_of: Callable[[str], str]) -> dict[str, tuple[str, bool]]:
    """Finds the texts that are left out; of several the longest stays, then the latest, then the first by id.

    Args:
        prints: the print of each text by the id of its document.
        text_of: gives the text of a document; asked only for those that are likely the same.

    Returns:
        For each document that is left out, the one that stays, and whether it is the same to the letter.
    """

    @functools.lru_cache(MOST_HELD)
    def wording(document: str) -> _Wording:
        return _wording(text_of(document))

    order = sorted(prints, key=lambda document: (-prints[document].length, -prints[document].day, document))
    sketches = _Sketches([prints[document].sketch for document in order])
    holders: dict[int, list[int]] = defaultdict(list)
    by_text: dict[str, str] = {}
    copies: dict[str, tuple[str, bool]] = {}
    for number, document in enumerate(order):
        same = by_text.get(prints[document].sha256)
        if same is not None:
            copies[document] = same, True
            continue
        marks = sketches.shared_marks(number)
        near = sketches.alike(number, set().union(*(holders[mark] for mark in marks)))
        same = next(
            (other for other in sorted(order[i] for i in near) if _are_same(wording(document), wording(other))), None
        )
        if same is not None:
            copies[document] = same, False
            continue
        by_text[prints[document].sha256] = document
        for mark in marks:
            if len(holders[mark]) < MOST_IN_COMMON:
                holders[mark].append(number)
    return copies


def left_out(document: str, same: str, *, exact: bool) -> str:
    """Says that a copy was left out."""
    return f"{document}: left out: {'' if exact else 'nearly '}the same text as {same}"


class _Sketches:
    """The sketches of texts, the longest text first; hashes that two of them share, called marks, are numbers from 0."""

    def __init__(self, sketches: Sequence[bytes]) -> None:
        table = np.full((len(sketches), SKETCH), LARGEST, dtype=np.uint64)
        for row, sketch in zip(table, sketches, strict=True):
            row[: len(sketch) // 8] = np.frombuffer(sketch, dtype=np.uint64)
        hashes, places, counts = np.unique(table, return_inverse=True, return_counts=True)
        is_shared = (counts > 1) & (hashes != LARGEST)
        numbers = np.where(is_shared, np.cumsum(is_shared) - 1, -1)
        self._table = table
        self._marks = numbers[places.reshape(table.shape)].astype(np.int32)
        self._is_own = np.zeros(np.count_nonzero(is_shared) + 1, dtype=bool)  # the last one, -1, is never own

    def shared_marks(self, number: int) -> list[int]:
        """Gives the marks of a text."""
        marks = self._marks[number]
        return [int(mark) for mark in marks[marks >= 0]]

    def alike(self, number: int, others: AbstractSet[int]) -> list[int]:
        """Gives those of other, longer texts that may have most of a text's runs, as far as their sketches tell.

        A run of the text whose hash is smaller than the largest of the other's sketch would be in that sketch, if the other had it.
        """
        if not others:
            return []
        numbers = np.fromiter(others, dtype=np.int64, count=len(others))
        own, last = self._table[number], self._table[numbers, -1]
        marks = self.shared_marks(number)
        self._is_own[marks] = True
        in_common = self._is_own[self._marks[numbers]].sum(axis=1)
        self._is_own[marks] = False
        expected = np.searchsorted(own, last, side="right")
        least = np.where(expected < SEEN, LEAST, LEAST_SHARED * expected)
        is_alike = (in_common >= least) | (last == LARGEST) | (own[-1] == LARGEST)
        return [int(other) for other in numbers[is_alike]]


def _wording(text: str) -> _Wording:
    words = WORD.findall(text)
    lowered = [word.lower() for word in words]
    runs = frozenset(_hash(" ".join(lowered[i : i + RUN])) for i in range(len(lowered) - RUN + 1))
    if len(runs) < FEWEST_RUNS:
        runs = frozenset()  # of so short a text only the same characters are the same
    particulars = frozenset(word for word in words if word[0].isupper() or any(c.isdigit() for c in word))
    return _Wording(runs, particulars)


def _hash(run: str) -> int:
    """The same in every process, unlike ``hash``."""
    return int.from_bytes(hashlib.blake2b(run.encode("utf-8"), digest_size=8).digest())


def _are_same(one: _Wording, other: _Wording) -> bool:
    shorter, longer = sorted((one, other), key=lambda found: len(found.runs))
    if len(shorter.runs & longer.runs) < SAME * len(shorter.runs):
        return False
    return len(shorter.runs) > SAME / 2 * len(longer.runs) and shorter.particulars <= longer.particulars


def with_copies(document: Document, copies: Sequence[Document]) -> Document:
    """The document with its copies, and with what only they tell of title, date, author, source and URL."""
    copies = sorted(copies, key=lambda copy: copy.id)
    for copy in copies:
        known = dict(document.found)
        told = {
            field: (getattr(copy, field), f"{how} of its copy {copy.id}")
            for field, how in copy.found
            if not getattr(document, field)
        }
        known |= {field: how for field, (_, how) in told.items()}
        values: dict[str, Any] = {field: value for field, (value, _) in told.items()}
        document = replace(document, **values, found=tuple(sorted(known.items())))
    joined = tuple(Copy(document=copy.id, source=copy.source, url=copy.url) for copy in copies)
    return replace(document, copies=joined)
