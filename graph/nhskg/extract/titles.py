"""Titles in capital letters: "Catch Up With Cancer", of which the language model takes each noun for a name."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.attrs import IS_ALPHA, IS_LOWER, IS_TITLE
from spacy.tokens import Doc, Token

from nhskg.extract.composed import Place

SHORTEST = 3


def titles(doc: Doc) -> Iterator[Place]:
    """Gives the runs of three capitalised words or more that have a small word with a capital inside.

    A paragraph that is written so throughout is a heading, and no run in it tells anything.
    """
    is_alpha, is_lower, is_title = doc.to_array([IS_ALPHA, IS_LOWER, IS_TITLE]).astype(bool).T
    capital = is_title & is_alpha
    if (is_lower & is_alpha).sum() < capital.sum():
        return
    capitals = capital.tolist()
    start = 0
    while start < len(doc):
        end = start
        while end < len(doc) and capitals[end]:
            end += 1
        if end - start < SHORTEST:
            start = max(end, start + 1)
            continue
        begins = start if start > 0 and not _is_small(doc[start]) else start + 1
        inside = doc[begins + 1 : end - 1]
        if end - begins >= SHORTEST and any(_is_small(token) for token in inside):
            yield begins, end
        start = max(end, start + 1)


def _is_small(token: Token) -> bool:
    """Whether a word would be small if a title did not make it large; not "Will", which is also a person."""
    return token.is_stop and token.is_title and token.text not in ("Will", "May")
