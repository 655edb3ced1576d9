"""Which words of a document a quote in a table means."""

from __future__ import annotations

import difflib
import re

from nhskg.model import TextSpan

ALIKE = 0.8
"""From which similarity on, as difflib measures it, a sentence is taken for one that was edited a little."""
# A spreadsheet may turn quotation marks; each stands for one character, so that offsets stay.
STRAIGHT = str.maketrans("‘’“”", "''\"\"")


def fold(text: str) -> str:
    """Gives what quotes are compared by: plain quotation marks, single spaces.

    >>> fold("“No”,\\n  it said")
    '"No", it said'
    """
    return " ".join(text.translate(STRAIGHT).split())


def likeness(quote: str, sentence: str) -> float:
    """Gives how far a sentence is what a quote means: 2 if it is that, 1 to 2 if it holds it, below 1 if it was edited.

    >>> likeness("It said no.", "It said no."), likeness("a", "b")
    (2.0, 0.0)
    """
    one, other = fold(quote), fold(sentence)
    if one == other:
        return 2.0
    if one in other:
        return 1 + len(one) / len(other)
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= ALIKE else 0.0


def find_verbatim(text: str, quote: str) -> TextSpan | None:
    """Gives where a text has the words of a quote first, whatever spaces and line ends are between them."""
    words = quote.translate(STRAIGHT).split()
    match = re.search(r"\s+".join(map(re.escape, words)), text.translate(STRAIGHT)) if words else None
    return TextSpan.of(text, match.start(), match.end()) if match else None
