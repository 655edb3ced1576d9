"""Names of one word that the language model overlooks: "BrisDoc", and an unknown word with a capital that comes again.

Treebanks have few companies and computer systems. What is written like no word ("iRhythm"), or with a capital letter
wherever it comes, twice at least inside a sentence or once if no treebank has the word, is a name; what it names is for the
text to say. Other words with capital letters inside a sentence may be names ("Epic", "Deep Medical"): worth keeping if a
claim is about them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from nhskg.extract.descriptions import ARGUMENTS
from nhskg.extract.lexicon import Lexicon
from nhskg.extract.names import FoundName, taken_by
from nhskg.extract.words import Paragraph, Word, Words
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
    free = [
        [token for token in doc if token.pos_ == "PROPN" and token.i not in taken and _may_be_name(token, lexicon)]
        for doc, taken in zip(docs, map(taken_by, names), strict=True)
    ]
    counts = Counter(token.text for tokens in free for token in tokens if token.i != token.sent.start)
    return [
        _in_order([*found, *(_name(token) for token in tokens if _is_name(token, counts, words, vocabulary))])
        for found, tokens in zip(names, free, strict=True)
    ]


def with_doubtful(
    docs: Sequence[Paragraph],
    names: Sequence[list[FoundName]],
    words: frozenset[str],
    vocabulary: Collection[str],
    lexicon: Lexicon,
) -> list[list[FoundName]]:
    """Adds what may be names to those of a document's paragraphs: words with capital letters inside a sentence.

    At its beginning two of them, or one that the language model has never met, tell as much.

    Args:
        docs: the paragraphs.
        names: the names found in each.
        words: all words of the document in small letters.
        vocabulary: the words that the language model has met; empty where that is not known.
        lexicon: which words with capital letters are no names.
    """
    runs = [
        [] if _is_heading(doc) else list(_capitalised(doc, taken_by(found)))
        for doc, found in zip(docs, names, strict=True)
    ]
    inside = {
        span.text
        for spans in runs
        for span in spans
        if span.start != span[0].sent.start or len(span) > 1 or _is_new(span[0], vocabulary)
        if span.root.dep_ in ALWAYS and _may_name(span, words, lexicon)
    }
    return [
        _in_order(
            [*found, *(FoundName(span, Kind.ORGANISATION, doubtful=True) for span in spans if span.text in inside)]
        )
        for found, spans in zip(names, runs, strict=True)
    ]


def _in_order(names: Iterable[FoundName]) -> list[FoundName]:
    return sorted(names, key=lambda name: name.span.start)


def _is_heading(doc: Paragraph) -> bool:
    """Whether most words of a paragraph have capital letters, which then tell nothing."""
    alphabetic = [token for token in doc if token.text.isalpha()]
    return 2 * sum(token.text[0].isupper() for token in alphabetic) > len(alphabetic)


def _capitalised(doc: Paragraph, taken: Collection[int]) -> Iterator[Words]:
    """The runs of words of a sentence with capital letters that are no names yet."""
    for sentence in doc.sents:
        start = sentence.start
        for end in range(start, sentence.end + 1):
            token = doc[end] if end < sentence.end else None
            if token is None or token.i in taken or token.pos_ != "PROPN" or not token.text[0].isupper():
                if end > start:
                    yield doc[start:end]
                start = end + 1


def _may_name(span: Words, words: frozenset[str], lexicon: Lexicon) -> bool:
    """Whether a run of words with capital letters has a word that is no title, post or noun that anything is called by."""
    is_short = len(span.text) < SHORTEST and (span.text.istitle() or span.text.removesuffix("s") in lexicon.acronyms)
    if is_short or not all(token.text.replace("-", "").isalpha() for token in span):
        return False
    if any(token.lower_ in lexicon.posts or token.text in lexicon.titles for token in span):
        return False
    last = span[-1].lower_.removesuffix("s")
    if last in lexicon.nouns or last in lexicon.nominals:
        return False  # "Carers Bill" is a description
    common = lexicon.not_names | lexicon.nouns_in_names.common
    return any(
        token.text not in common and token.lower_ not in words and token.lower_.removesuffix("s") not in lexicon.nouns
        for token in span
    )


def _name(token: Word) -> FoundName:
    return FoundName(token.doc[token.i : token.i + 1], Kind.ORGANISATION)


def _is_name(token: Word, counts: Counter[str], words: frozenset[str], vocabulary: Collection[str]) -> bool:
    if INNER_CAPITAL.match(token.text):
        return True
    is_new = _is_new(token, vocabulary)
    return token.lower_ not in words and (counts[token.text] > 1 or (is_new and counts[token.text] > 0))


def _is_new(token: Word, vocabulary: Collection[str]) -> bool:
    return bool(vocabulary) and token.text not in vocabulary and token.lower_ not in vocabulary


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
