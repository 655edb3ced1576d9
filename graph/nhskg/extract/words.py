"""A parsed paragraph as plain Python objects, made once.

spaCy keeps a parse in C and makes a new Python object each time that a word, its head or its children are asked for. The
rules ask a hundred times for each word, and most of their time went there. Here each word is made once, with what the rules
ask for under spaCy's names. A paragraph does not change any more once it is made; what changes a parse makes it anew.
"""

from __future__ import annotations

import functools
import itertools
import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, overload

import numpy as np
from spacy.attrs import DEP, HEAD, IDX, LEMMA, LOWER, MORPH, ORTH, POS, SENT_START
from spacy.tokens import Doc

from nhskg.extract.texts import text_of

Features = Mapping[str, Sequence[str]]
"""The values of a word's morphological features, by their names."""

_place = operator.attrgetter("i")


class Word:
    """A word of a parsed paragraph; its attributes are those of spaCy's ``Token``.

    Attributes:
        doc: its paragraph.
        answers: what has been worked out about it (``once``).
    """

    __slots__ = (
        "answers", "children", "dep_", "doc", "head", "i", "idx", "lemma_", "lower_", "morph", "pos_", "sent", "text",
    )  # fmt: skip
    head: Word
    sent: Words

    def __init__(
        self, doc: Paragraph, i: int, idx: int, text: str, lower: str, lemma: str, pos: str, dep: str, morph: Features
    ) -> None:
        self.doc = doc
        self.i = i
        self.idx = idx
        self.text = text
        self.lower_ = lower
        self.lemma_ = lemma
        self.pos_ = pos
        self.dep_ = dep
        self.morph = morph
        self.children: list[Word] = []
        self.answers: dict[Any, Any] = {}

    def __repr__(self) -> str:
        return f"<{self.text} {self.i}>"

    def nbor(self, steps: int) -> Word:
        """The word so many words after it, or before it."""
        return self.doc.words[self.i + steps]

    @property
    def is_punct(self) -> bool:
        """Whether it is a punctuation mark."""
        return self.doc.parsed[self.i].is_punct

    @property
    def ancestors(self) -> Iterator[Word]:
        """The words above it, up to the root of its sentence."""
        word = self
        while word.head is not word:
            word = word.head
            yield word

    def is_ancestor(self, other: Word) -> bool:
        """Whether another word is below it."""
        while other.head is not other:
            other = other.head
            if other is self:
                return True
        return False

    @property
    def subtree(self) -> list[Word]:
        """The word and all below it, in text order."""
        words = [self]
        for word in words:
            words += word.children
        return sorted(words, key=_place)

    @property
    def left_edge(self) -> Word:
        """The first word of its subtree."""
        return self.subtree[0] if self.children else self

    @property
    def right_edge(self) -> Word:
        """The last word of its subtree."""
        return self.subtree[-1] if self.children else self


class Words(Sequence[Word]):
    """Some words of a paragraph that follow each other; its attributes are those of spaCy's ``Span``."""

    __slots__ = ("doc", "end", "start")

    def __init__(self, doc: Paragraph, start: int, end: int) -> None:
        self.doc = doc
        self.start = start
        self.end = end

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Word]:
        return iter(self.doc.words[self.start : self.end])

    @overload
    def __getitem__(self, place: int) -> Word: ...
    @overload
    def __getitem__(self, place: slice) -> Words: ...
    def __getitem__(self, place: int | slice) -> Word | Words:
        if isinstance(place, int):
            return self.doc.words[(self.start if place >= 0 else self.end) + place]
        start, end, _ = place.indices(len(self))
        return Words(self.doc, self.start + start, self.start + max(start, end))

    @property
    def start_char(self) -> int:
        """Where in the paragraph its first word begins."""
        return self.doc.words[self.start].idx

    @property
    def end_char(self) -> int:
        """Where in the paragraph its last word ends."""
        last = self.doc.words[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        """Its text, without white space after it."""
        return self.doc.text[self.start_char : self.end_char] if self.end > self.start else ""

    @property
    def sent(self) -> Words:
        """The sentence in which it begins."""
        return self.doc.words[self.start].sent

    @property
    def root(self) -> Word:
        """Its word that is nearest to the root of its sentence, the first of several; a mark only if there is no other."""
        words = self.doc.words[self.start : self.end]
        outer = [word for word in words if word.head is word or not self.start <= word.head.i < self.end]
        return outer[0] if len(outer) == 1 else min(outer, key=_height)


def _height(word: Word) -> int:
    """The number of words above one; of a mark or white space that nothing hangs on, as many as there can be."""
    if word.head is word:
        return -1
    if not word.children and (word.is_punct or word.text.isspace()):
        return len(word.doc)
    return sum(1 for _ in word.ancestors)


class Paragraph(Sequence[Word]):
    """A parsed paragraph; its attributes are those of spaCy's ``Doc``.

    Attributes:
        parsed: the same as spaCy has it.
        text: its text.
        words: its words.
        sents: its sentences.
        user_data: what has been noted of it before it was parsed.
        answers: what has been worked out about it (``once``).
    """

    __slots__ = ("answers", "parsed", "sents", "text", "user_data", "words")

    def __init__(self, parsed: Doc) -> None:
        self.parsed = parsed
        self.text = text_of(parsed)
        self.user_data: dict[Any, Any] = parsed.user_data
        self.answers: dict[Any, Any] = {}
        table = parsed.to_array([IDX, ORTH, LOWER, LEMMA, POS, DEP, MORPH, HEAD, SENT_START])
        string = parsed.vocab.strings.__getitem__
        self.words = words = [
            Word(self, i, idx, string(orth), string(lower), string(lemma), string(pos), string(dep), features(string(morph)))
            for i, (idx, orth, lower, lemma, pos, dep, morph) in enumerate(table[:, :7].tolist())
        ]  # fmt: skip
        for word, step in zip(words, table[:, 7].astype(np.int64).tolist(), strict=True):
            word.head = words[word.i + step]
            if step:
                word.head.children.append(word)
        starts = [i for i, begins in enumerate(table[:, 8].tolist()) if begins == 1 or i == 0]
        self.sents = [Words(self, start, end) for start, end in itertools.pairwise([*starts, len(words)])]
        for sentence in self.sents:
            for word in sentence:
                word.sent = sentence

    def __len__(self) -> int:
        return len(self.words)

    def __iter__(self) -> Iterator[Word]:
        return iter(self.words)

    @overload
    def __getitem__(self, place: int) -> Word: ...
    @overload
    def __getitem__(self, place: slice) -> Words: ...
    def __getitem__(self, place: int | slice) -> Word | Words:
        if isinstance(place, int):
            return self.words[place]
        start, end, _ = place.indices(len(self.words))
        return Words(self, start, max(start, end))

    def char_span(self, start: int, end: int) -> Words | None:
        """The words that characters of the text are of, also those that they are only a part of."""
        span = self.parsed.char_span(start, end, alignment_mode="expand")
        return None if span is None else Words(self, span.start, span.end)


@functools.cache
def features(written: str) -> Features:
    """The features as Universal Dependencies writes them.

    >>> features("Number=Plur|Tense=Past,Pres")
    {'Number': ['Plur'], 'Tense': ['Past', 'Pres']}
    """
    pairs = (feature.partition("=") for feature in written.split("|") if "=" in feature)
    return {name: values.split(",") for name, _, values in pairs}


class Holding(Protocol):
    """Something that holds answers about itself."""

    answers: dict[Any, Any]


Asked = TypeVar("Asked", bound=Holding)
Given = ParamSpec("Given")
Answer = TypeVar("Answer")


def once(function: Callable[Concatenate[Asked, Given], Answer]) -> Callable[Concatenate[Asked, Given], Answer]:
    """Makes a function of a word or a paragraph that finds each answer once and holds it there.

    What else the function is given must be hashable and given by position.
    """

    @functools.wraps(function)
    def held(asked: Asked, /, *given: Given.args, **_: Given.kwargs) -> Answer:
        answers = asked.answers
        key = (function, *given) if given else function
        if key not in answers:
            answers[key] = function(asked, *given)  # type: ignore[call-arg]  # nothing is given by name
        answer: Answer = answers[key]
        return answer

    return held
