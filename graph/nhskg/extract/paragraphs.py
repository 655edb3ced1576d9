"""Where the paragraphs of a text are, so that a heading is never read together with the sentence after it."""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST = 20_000
"""Characters that are parsed at once; text without any line break is cut at a space near this length."""

LINE = re.compile(r"[^\n]+")
ENDS_SENTENCE = re.compile(r"[.!?:;”\"’)\]][ \t\r]*$")
CUT_WORD = re.compile(r"[a-z]{2}-")
WRAPPED_AT = range(50, 100)
ITEM = re.compile(r"[-–—•*·◦▪‣●]|(?:o|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)])[ \t]")
CELLS = " | "
"""What parts the cells of a table that a reader gives as a line."""


def find_paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Gives the start and end of each paragraph, in order, without the white space round it.

    Each line is a paragraph, unless the text is wrapped: a line of 50 to 99 characters that ends without punctuation,
    followed at once by a line that begins in lower case, goes on in that line; so does any line that ends in a cut word.
    """
    held: tuple[int, int] | None = None
    for line in LINE.finditer(text):
        start, end = _strip(text, *line.span())
        if start == end:
            continue
        if held and _goes_on(text, held, start):
            held = (held[0], end)
            continue
        if held:
            yield from _cut(text, *held)
        held = (start, end)
    if held:
        yield from _cut(text, *held)


def _goes_on(text: str, held: tuple[int, int], start: int) -> bool:
    """Whether the line at ``start`` continues the paragraph before it; an item of a list or a row of a table never does."""
    if text.count("\n", held[1], start) != 1 or ITEM.match(text, start):
        return False
    if CUT_WORD.match(text, held[1] - 3, held[1]) and text[start].islower():
        return True
    last_line = text[max(text.rfind("\n", *held) + 1, held[0]) : held[1]]
    if len(last_line) not in WRAPPED_AT or CELLS in last_line:
        return False
    return last_line[-1] in ",–—" or (text[start].islower() and not ENDS_SENTENCE.search(last_line))


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        cut = max(text.rfind(". ", start, start + LONGEST) + 1, text.rfind(" ", start, start + LONGEST))
        cut = cut if cut > start else start + LONGEST
        yield _strip(text, start, cut)
        start, _ = _strip(text, cut, end)
    if start < end:
        yield start, end
