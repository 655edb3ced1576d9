"""Names of one word that the language model overlooks: "BrisDoc", and an unknown word with a capital that comes again.

Treebanks have few companies and computer systems. What is written like no word ("iRhythm"), or with a capital letter
wherever it comes, twice at least inside a sentence or once if no treebank has the word, is a name; what it names is for the
text to say.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from nhskg.extract.descriptions import ARGUMENTS
from nhskg.extract.lexicon import Lexicon
from nhskg.extract.names import FoundName
from nhskg.extract.words import Paragraph, Word
from nhskg.model import Kind

INNER_CAPITAL = re.compile(r"^(?!Ma?c[A-Z])[A-Za-z]?[a-z]+[A-Z][A-Za-z]+$")
SHORTEST = 4
ALWAYS = (*ARGUMENTS, "nmod:poss")


def with_overlooked(
    docs: Sequence[Paragraph],
    names: Sequence[list[FoundName]],
    words: frozenset[str],
    vocabulary: Collection[str],
    lexicon: Lexicon,
) -> list[list[FoundName]]:
    """Adds overlooked names to those of a document's paragraphs, as names of bodies.

    Args:
        docs: the paragraphs.
        names: the names found in each.
        words: all words of the document in small letters.
        vocabulary: the words that the language model has met; empty where that is not known.
        lexicon: which words with capital letters are no names.
    """
    taken = [{i for name in found for i in range(name.span.start, name.span.end)} for found in names]
    free = [
        [token for token in doc if token.pos_ == "PROPN" and token.i not in inside and _may_be_name(token, lexicon)]
        for doc, inside in zip(docs, taken, strict=True)
    ]
    counts = Counter(token.text for tokens in free for token in tokens if token.i != token.sent.start)
    return [
        sorted(
            [*found, *(_name(token) for token in tokens if _is_name(token, counts, words, vocabulary))],
            key=lambda name: name.span.start,
        )
        for found, tokens in zip(names, free, strict=True)
    ]


def _name(token: Word) -> FoundName:
    return FoundName(token.doc[token.i : token.i + 1], Kind.ORGANISATION)


def _is_name(token: Word, counts: Counter[str], words: frozenset[str], vocabulary: Collection[str]) -> bool:
    if INNER_CAPITAL.match(token.text):
        return True
    is_new = bool(vocabulary) and token.text not in vocabulary and token.lower_ not in vocabulary
    return token.lower_ not in words and (counts[token.text] > 1 or (is_new and counts[token.text] > 0))


def _may_be_name(token: Word, lexicon: Lexicon) -> bool:
    """Whether a word stands where names stand, alone, and is no title, post or noun with a capital letter."""
    if token.dep_ not in ALWAYS or len(token.text) < SHORTEST or not token.text.isalpha():
        return False
    neighbours = [token.doc[i] for i in (token.i - 1, token.i + 1) if 0 <= i < len(token.doc)]
    if any(other.text == "&" or (other.pos_ == "PROPN" and other.text[0].isupper()) for other in neighbours):
        return False
    is_capital = token.text[0].isupper() and not token.text.isupper()
    known = (
        token.text in lexicon.not_names | lexicon.nouns_in_names.common
        or token.text in lexicon.titles
        or token.lower_ in lexicon.posts
    )
    noun = token.lower_.removesuffix("s")
    return (is_capital or INNER_CAPITAL.match(token.text) is not None) and not known and noun not in lexicon.nouns
