"""The same article saved twice: kept once, and the other copies joined to it.

Two texts are the same if most runs of words in the shorter one are in the longer one, and so is every name and number: a
letter sent to two trusts differs in a name only, and is two letters.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

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
WORD = re.compile(r"\w+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class _Fingerprint:
    runs: frozenset[int]
    sketch: tuple[int, ...]
    particulars: frozenset[str]


def join_duplicates(documents: Sequence[Document]) -> tuple[list[Document], list[str]]:
    """Leaves out copies.

    Returns:
        The documents that stay, in order of id, each with the copies of it that were left out; and a warning for each of
        those. Of several the longest stays, then the latest, then the first by id.
    """
    ordered = sorted(documents, key=_rank)
    prints: dict[str, _Fingerprint] = {}
    by_hash: dict[int, list[str]] = defaultdict(list)
    by_text: dict[str, str] = {}
    copies: dict[str, list[Document]] = defaultdict(list)
    kept: dict[str, Document] = {}
    warnings = []
    for document in ordered:
        same = by_text.get(document.sha256)
        found = prints[document.id] = _fingerprint(document.text)
        if same is None:
            near = {other for mark in found.sketch for other in by_hash[mark][:MOST_IN_COMMON]}
            same = next((other for other in sorted(near) if _are_same(found, prints[other])), None)
            how = "nearly the same text as"
        else:
            how = "the same text as"
        if same is not None:
            copies[same].append(document)
            warnings.append(f"{document.id}: left out: {how} {same}")
            continue
        kept[document.id] = document
        by_text[document.sha256] = document.id
        for mark in found.sketch:
            by_hash[mark].append(document.id)
    joined = [_with_copies(document, copies[document.id]) for document in kept.values()]
    return sorted(joined, key=lambda document: document.id), sorted(warnings)


def _rank(document: Document) -> tuple[int, int, str]:
    return -len(document.text), -(document.published.toordinal() if document.published else 0), document.id


def _fingerprint(text: str) -> _Fingerprint:
    words = WORD.findall(text)
    lowered = [word.lower() for word in words]
    runs = frozenset(_hash(" ".join(lowered[i : i + RUN])) for i in range(len(lowered) - RUN + 1))
    if len(runs) < FEWEST_RUNS:
        runs = frozenset()  # of so short a text only the same characters are the same
    particulars = frozenset(word for word in words if word[0].isupper() or any(c.isdigit() for c in word))
    return _Fingerprint(runs, tuple(sorted(runs)[:SKETCH]), particulars)


def _hash(run: str) -> int:
    """The same in every process, unlike ``hash``."""
    return int.from_bytes(hashlib.blake2b(run.encode("utf-8"), digest_size=8).digest())


def _are_same(one: _Fingerprint, other: _Fingerprint) -> bool:
    shorter, longer = sorted((one, other), key=lambda found: len(found.runs))
    if len(shorter.runs & longer.runs) < SAME * len(shorter.runs):
        return False
    return len(shorter.runs) > SAME / 2 * len(longer.runs) and shorter.particulars <= longer.particulars


def _with_copies(document: Document, copies: list[Document]) -> Document:
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
