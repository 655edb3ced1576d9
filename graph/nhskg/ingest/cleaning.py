"""Dirt in texts: characters that nobody sees, lines broken at the width of a page, what the publisher adds.

The text that comes out is the one that is stored; all offsets refer to it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from nhskg.ingest.wording import wording

LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
LIGATURES = re.compile("[\ufb00-\ufb06]")
HALVES = re.compile("[\ud800-\udfff]")
BLANK = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")
BULLET = re.compile(r"[ \t]*(?:[-–—•*·◦▪‣●o>|]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)])[ \t]")
BROKEN_WORD = re.compile(r"([^\W\d_]+)-$")
NARROWEST, WIDEST = 30, 120
"""Characters; a text with longer lines is not broken at the width of a page."""
LONGEST_WORD = 15
"""Characters; a longer one is a web address, which never fits and says nothing of the width."""
FULL = 0.85
"""A line is full if the next word would not have fitted; letters differ in width, so some room is left."""
LONG, SHARE_FULL = 0.6, 0.6
"""A text is broken at a width if most of its lines that are longer than a good half of it, and end no sentence, are full."""
EDGE_LINES = 2
EDGE_PAGES = 3


def clean(text: str) -> str:
    """The text in composed characters, with plain spaces and line ends, without what cannot be seen.

    Quotation marks, dashes and other punctuation stay as they are.

    >>> clean("The\u00a0of\ufb01ce re\u00adports\u200b.\\r\\n")
    'The office reports.\\n'
    """
    text = LINE_ENDS.sub("\n", text).replace("\u00ad\n", "")
    text = SPACES.sub(" ", UNSEEN.sub("", text))
    text = LIGATURES.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return BLANK.sub("\n\n", unicodedata.normalize("NFC", HALVES.sub("\N{REPLACEMENT CHARACTER}", text)))


def without_boilerplate(text: str) -> str:
    """The text without lines that are the publisher's ("No comments yet"); see ``ontology/documents.toml``."""
    boilerplate = wording().boilerplate
    lines = text.split("\n")
    kept = [line for line in lines if not (len(line) < 200 and boilerplate.fullmatch(line.strip(" \t-–—*|•.")))]
    return text if len(kept) == len(lines) else BLANK.sub("\n\n", "\n".join(kept))


def without_running_heads(pages: Sequence[str]) -> list[str]:
    """The pages without the lines that stand at the edge of most of them, numbers apart."""

    def edges(lines: list[str]) -> set[int]:
        filled = [number for number, line in enumerate(lines) if line.strip()]
        return set(filled[:EDGE_LINES] + filled[-EDGE_LINES:])

    def key(line: str) -> str:
        return re.sub(r"\d+", "0", line.strip())

    split = [page.split("\n") for page in pages]
    seen = Counter(heading for lines in split for heading in {key(lines[number]) for number in edges(lines)})
    often = max(EDGE_PAGES, len(split) // 2)
    return [
        "\n".join(line for number, line in enumerate(lines) if number not in edges(lines) or seen[key(line)] < often)
        for lines in split
    ]


def width_of(texts: Sequence[str], *, is_page: bool) -> int:
    """The width at which the lines of texts are broken, or 0 where they are not.

    Args:
        texts: the pages of a document, or its text.
        is_page: whether lines are known to be broken, as those of a PDF are, and only the width is to be found.
    """
    lines = [line.rstrip() for text in texts for line in text.split("\n")]
    width = max(map(len, lines), default=0)
    if is_page and width >= NARROWEST:
        return min(width, WIDEST)
    if not NARROWEST <= width <= WIDEST:
        return 0
    pairs = [
        (line, after)
        for line, after in pairwise(lines)
        if len(line) > LONG * width and line[-1] not in ".!?" and after.strip()
    ]
    full = sum(_is_full(line, after, width) for line, after in pairs)
    return width if len(pairs) > 1 and full >= SHARE_FULL * len(pairs) else 0


def unwrap(text: str, width: int) -> str:
    """The text with one line a paragraph, where its lines are broken because the next word would not have fitted.

    A line that had room for the next word ends on purpose: a heading, the end of a paragraph, a row of a table.

    >>> unwrap("Money\\nThe fund is for\\nhospitals.\\nIt is small.", 16)
    'Money\\nThe fund is for hospitals.\\nIt is small.'
    """
    if not width:
        return text
    vocabulary = set(re.findall(r"\w+(?:-\w+)*", text))
    paragraphs: list[list[str]] = []
    before = ""
    for line in (line.rstrip() for line in text.split("\n")):
        if before and line and _is_full(before, line, width) and not BULLET.match(line):
            _join(paragraphs[-1], line.strip(), vocabulary)
        else:
            paragraphs.append([line])
        before = line
    return "\n".join("".join(pieces) for pieces in paragraphs)


def _is_full(line: str, after: str, width: int) -> bool:
    word = min(len(after.split(maxsplit=1)[0]), LONGEST_WORD)
    return len(line) + 1 + word > width * FULL


def _join(pieces: list[str], after: str, vocabulary: set[str]) -> None:
    """Adds a line to a paragraph; a hyphen at the end of the line before goes if the text has the word without it."""
    broken = BROKEN_WORD.search(pieces[-1]) if pieces[-1].endswith("-") else None
    if not broken or not after[0].islower():
        pieces.append(f" {after}")
        return
    rest = re.match(r"\w+", after)
    if broken[1] + (rest[0] if rest else "") in vocabulary:
        pieces[-1] = pieces[-1][:-1]
    pieces.append(after)
