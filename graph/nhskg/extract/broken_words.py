"""Words that a line break has cut ("Hos-" and "pitals"), and doubled spaces, put right for finding names."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from nhskg.extract.texts import text_of

Place = tuple[int, int]
"""First word of a span and the word after its last."""
MAY_BE_BROKEN = re.compile(r"^\s|-\s|\s\s|[^\S ]")
"""What a text without cut words and without words of nothing but spaces has nowhere."""


def mended(doc: Doc) -> tuple[Doc, list[int]] | None:
    """Gives a paragraph with its cut words whole and its spaces single, or None where nothing is to mend.

    Returns:
        The paragraph as it would have been, and for each of its words, and for the word after its last, which word of the
        given paragraph it begins at.
    """
    if not MAY_BE_BROKEN.search(text_of(doc)):
        return None
    words: list[str] = []
    starts: list[int] = []
    for token in doc:
        if token.is_space:
            continue
        if words and token.i > 1 and _is_cut(doc, token.i):
            while not words[-1].rstrip("-"):
                words.pop()
                starts.pop()
            words[-1] = words[-1].rstrip("-") + token.text
        else:
            words.append(token.text)
            starts.append(token.i)
    if len(words) == len(doc):
        return None
    return Doc(doc.vocab, words=words), [*starts, len(doc)]


def _is_cut(doc: Doc, number: int) -> bool:
    """Whether a word goes on with what a hyphen at the end of a line left of it."""
    before = doc[number - 1]
    word = before if before.text != "-" else doc[max(number - 2, 0)]
    is_hyphen = before.text.endswith("-") and bool(before.whitespace_) and word.text.strip("-").isalpha()
    return is_hyphen and (before is word or not word.whitespace_) and doc[number].text.islower()
