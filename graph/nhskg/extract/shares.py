"""Sums given each to somebody else by one verb: "gave £1m to one and £2m to another", "gave one £1m and another £2m".

Read from the order of the words: the clauses after the first lack their verb, and parsers lose them.
"""

from __future__ import annotations

from typing import NamedTuple

from nhskg.extract.money import span_of, sums_in
from nhskg.extract.words import Word, Words
from nhskg.model import Amount

TO = {"to", "for"}
BETWEEN = {",", "and", ";", "while"}


class Share(NamedTuple):
    """A sum and the word for who gets it."""

    recipient: Word
    amount: Amount
    start: int
    end: int


def shares_after(verb: Word) -> list[Share]:
    """Gives the sums after a verb with their recipients, two at least, each right after the one before; else none."""
    doc = verb.doc
    found: list[Share] = []
    for each in sums_in(doc):
        span = span_of(doc, each.start, each.end)
        share = _share(span, each.amount) if span.start > verb.i else None
        if share is None or share.start <= verb.i:
            continue
        if found and not all(word.lower_ in BETWEEN for word in doc[found[-1].end : share.start]):
            break
        found.append(share)
    return found if len(found) > 1 else []


def _share(span: Words, amount: Amount) -> Share | None:
    doc, after = span.doc, span.end
    if after < len(doc) and doc[after].lower_ in TO:
        after += 1
        while after < len(doc) and doc[after].pos_ == "DET":
            after += 1
        if after < len(doc) and doc[after].pos_ in ("PROPN", "NOUN"):
            return Share(doc[after], amount, span.start, after + 1)
        return None
    name = doc[span.start - 1]
    if name.pos_ not in ("PROPN", "NOUN"):
        return None
    is_owned = name.i > 0 and doc[name.i - 1].pos_ == "DET"
    return Share(name, amount, name.i - is_owned, span.end)
