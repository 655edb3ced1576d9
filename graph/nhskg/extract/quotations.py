"""What stands in quotation marks, curly or straight, closed or not."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from nhskg.extract.words import Paragraph, Word, once

OPENING, CLOSING = "“", "”"
STRAIGHT_OPENING = re.compile(r'(?:(?<=[\s(\[–—])|^)"(?=\S)')


@once
def quotation_around(token: Word) -> str | None:
    """Gives the quotation that a word stands in, as far as its paragraph has it, or None.

    A mark that is never closed holds to the end of the paragraph; a closing mark without an opening one is ignored.
    """
    text, position = _curled(token.doc.text), token.idx
    opened = text.rfind(OPENING, 0, position)
    if opened < 0 or text.find(CLOSING, opened, position) >= 0:
        return None
    closed = text.find(CLOSING, position)
    return text[opened + 1 : closed if closed >= 0 else len(text)]


def continued_quotations(docs: Sequence[Paragraph]) -> dict[int, Word]:
    """Gives the last word of the paragraph before, by number of each paragraph that goes on with its quotation.

    Of a quotation of several paragraphs each opens with a mark, and only the last one closes it.
    """
    texts = [_curled(doc.text.strip()) for doc in docs]
    return {
        number: docs[number - 1][-1]
        for number in range(1, len(docs))
        if texts[number].startswith(OPENING) and texts[number - 1].rfind(OPENING) > texts[number - 1].rfind(CLOSING)
    }


@functools.lru_cache(maxsize=64)
def _curled(text: str) -> str:
    """The text with curly marks for straight ones; one opens after a space or a bracket and closes elsewhere.

    >>> _curled('She said "no" ("never").')
    'She said “no” (“never”).'
    """
    return STRAIGHT_OPENING.sub(OPENING, text).replace('"', CLOSING) if '"' in text else text
