"""Pairs of entities in one sentence, as the numbers from which the second opinion judges what they have to do with each other.

What is told of a pair: the words on the way between the two in the parse, beside that way and between them in the text;
what kind of thing each is and how it is mentioned; and what the rules say of the two. The names themselves are left out,
so that nothing is learnt about who usually does what.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc, Span, Token

from nhskg.extract.arguments import Arguments
from nhskg.extract.lexicon import Lexicon
from nhskg.extract.roles import RoleFinder
from nhskg.extract.triggers import frames_of
from nhskg.model import Claim, Kind, Label
from nhskg.ontology import Predicate

Numbers = npt.NDArray[np.float32]

PARTS_OF_SPEECH = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X"
DEPENDENCIES = """
ROOT acl acl:relcl advcl advmod amod appos aux aux:pass case cc ccomp compound compound:prt conj cop csubj dep det discourse
expl fixed flat iobj list mark nmod nmod:desc nmod:poss nsubj nsubj:pass nummod obj obl obl:agent orphan parataxis punct
vocative xcomp
"""
"""Those of the packaged model; any other counts as "dep"."""
PARTS, RELATIONS = PARTS_OF_SPEECH.split(), DEPENDENCIES.split()
KINDS, LABELS = tuple(Kind), tuple(Label)
DISTANCES = (1, 3, 6, 10, 20)
"""Steps in which the number of words between the two is told."""
LONGEST_WAY = 12
LONGEST_SENTENCE = 120
WAYS = 4
"""Sets of words told of a pair: the way up from the first, the way down to the second, beside the way, between the two."""


class End(NamedTuple):
    """One entity of a pair: its id and kind, the number of its word in the sentence, and how it is mentioned.

    A speaker whom the sentence does not name has the word of the sentence's root, and no label.
    """

    entity: str
    kind: Kind
    word: int
    label: Label | None


class Pair(NamedTuple):
    """Two entities of a sentence in text order, and the numbers of the words on the way between them, ``top`` first."""

    first: End
    second: End
    way: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SentencePairs:
    """The pairs of a sentence.

    Attributes:
        paragraph: number of its paragraph.
        sentence: the sentence.
        pairs: its pairs.
        words: what is told of each word: (words, ``word_width``).
        ends: numbers of the words of the first, the second and the top of the way: (pairs, 3).
        sets: which words are in which set: (pairs, ``WAYS``, words).
        about: what is told of each pair beside its words: (pairs, ``pair_width``), the rules' opinion first.
    """

    paragraph: int
    sentence: Span
    pairs: Sequence[Pair]
    words: Numbers
    ends: npt.NDArray[np.intp]
    sets: npt.NDArray[np.bool_]
    about: Numbers


class PairFinder:
    """Finds the pairs of documents and tells of them in numbers.

    A relation between the two is one of ``2 × len(predicates)``: the predicates in order from the first to the second,
    then from the second to the first. Symmetric ones count as from the first to the second.
    """

    def __init__(self, lexicon: Lexicon, predicates: Mapping[str, Predicate]) -> None:
        self.lexicon = lexicon
        self.predicates = predicates
        self.numbers = {name: number for number, name in enumerate(predicates)}

    def pairs(
        self, paragraphs: Sequence[tuple[int, Doc]], arguments: Arguments, claims: Iterable[Claim]
    ) -> Iterator[SentencePairs]:
        """Gives the sentences that have any pair.

        Args:
            paragraphs: the parsed document.
            arguments: what its words stand for.
            claims: what the rules read in it.
        """
        by_sentence: dict[int, list[Claim]] = {}
        for claim in claims:
            by_sentence.setdefault(claim.evidence.span.start, []).append(claim)
        for number, (offset, doc) in enumerate(paragraphs):
            finder = RoleFinder(self.lexicon)
            quoted = _quoted(doc)
            for sentence in doc.sents:
                if len(sentence) > LONGEST_SENTENCE:
                    continue
                ends = _ends(sentence, number, arguments, finder)
                pairs = _pairs(sentence, ends)
                if pairs:
                    read = by_sentence.get(offset + sentence.start_char, ())
                    yield self._told(
                        number, sentence, pairs, quoted, read, {end.word: end for end in ends if end.label}
                    )

    @property
    def word_width(self) -> int:
        """Numbers told of each word, without its vector's."""
        return len(PARTS) + len(RELATIONS) + len(self.predicates) + len(KINDS) + 2

    @property
    def pair_width(self) -> int:
        """Numbers told of each pair."""
        ends = 2 * (len(KINDS) + len(RELATIONS) + len(LABELS) + 1)
        return (2 + WAYS + 1) * len(self.predicates) + ends + len(DISTANCES) + 6

    def _told(
        self,
        paragraph: int,
        sentence: Span,
        pairs: Sequence[Pair],
        quoted: Sequence[bool],
        claims: Iterable[Claim],
        named: Mapping[int, End],
    ) -> SentencePairs:
        rules: dict[tuple[str, str], list[int]] = {}
        for claim in claims:
            rules.setdefault((claim.subject, claim.object), []).append(self.numbers[claim.predicate])
        worded = np.stack([self._worded(word) for word in sentence])
        words = np.stack([self._of_word(word, named.get(word.i - sentence.start), quoted[word.i]) for word in sentence])
        words = np.concatenate([words, worded], axis=1)
        sets = np.zeros((len(pairs), WAYS, len(sentence)), dtype=np.bool_)
        about = np.zeros((len(pairs), self.pair_width), dtype=np.float32)
        for number, pair in enumerate(pairs):
            for place, chosen in enumerate(_sets(pair, sentence)):
                sets[number, place, list(chosen)] = True
            about[number] = self._of_pair(pair, sentence, sets[number], worded, rules, named)
        ends = np.array([(pair.first.word, pair.second.word, pair.way[0]) for pair in pairs])
        return SentencePairs(paragraph, sentence, pairs, words, ends, sets, about)

    def _worded(self, word: Token) -> Numbers:
        """Which predicates the lexicon may word so."""
        told = np.zeros(len(self.predicates), dtype=np.float32)
        told[[self.numbers[frame.predicate] for frame in frames_of(word, self.lexicon, names_person=False)]] = 1
        return told

    def _of_word(self, word: Token, end: End | None, quoted: bool) -> Numbers:
        """The word's vector, unless it is an entity's; part of speech, relation to its head, kind of entity."""
        vector = word.vector if end is None else np.zeros_like(word.vector)
        return np.concatenate(
            [
                vector,
                _one_of(PARTS, word.pos_),
                _one_of(RELATIONS, word.dep_, "dep"),
                _one_of(KINDS, end.kind if end else None),
                np.array([quoted, word.dep_ == "ROOT"], dtype=np.float32),
            ]
        )

    def _of_pair(
        self,
        pair: Pair,
        sentence: Span,
        sets: npt.NDArray[np.bool_],
        worded: Numbers,
        rules: Mapping[tuple[str, str], list[int]],
        named: Mapping[int, End],
    ) -> Numbers:
        first, second, top = pair.first, pair.second, pair.way[0]
        forward = np.zeros(len(self.predicates), dtype=np.float32)
        backward = np.zeros_like(forward)
        for rule, ends in ((forward, (first, second)), (backward, (second, first))):
            for number in rules.get((ends[0].entity, ends[1].entity), ()):
                symmetric = list(self.predicates.values())[number].symmetric
                (forward if symmetric else rule)[number] = 1
        own = [forward, backward]
        own += [worded[chosen].max(axis=0, initial=0) for chosen in sets]
        own.append(
            worded[top] if first.label is None or top not in (first.word, second.word) else np.zeros_like(forward)
        )
        for end in (first, second):
            own.append(_one_of(KINDS, end.kind))
            own.append(_one_of(RELATIONS, sentence[end.word].dep_, "dep"))
            own.append(_one_of((*LABELS, None), end.label))
        apart = second.word - first.word
        own.append(np.array([apart > steps for steps in DISTANCES], dtype=np.float32))
        up, down = sets[0].sum(), sets[1].sum()
        between = sum(first.word < word < second.word for word in named)
        more = (up / 4, down / 4, top == first.word, top == second.word, min(between, 5) / 3, first.label is None)
        own.append(np.array(more, dtype=np.float32))
        return np.concatenate(own)


def _ends(sentence: Span, paragraph: int, arguments: Arguments, finder: RoleFinder) -> list[End]:
    """The entities of a sentence in text order; before them the one whose words it is, unless it names him."""
    resolution = arguments.resolution
    ends = []
    for word in sentence:
        entity = resolution.by_place.get((paragraph, word.i))
        if entity is not None:
            kind = resolution.entities[entity].entity.kind
            ends.append(End(entity, kind, word.i - sentence.start, arguments.labels[paragraph, word.i]))
    _, speaker = arguments.speaker(sentence.root, finder, paragraph)
    if speaker is not None and all(end.entity != speaker.entity for end in ends):
        ends.insert(0, End(speaker.entity, speaker.kind, sentence.root.i - sentence.start, None))
    return ends


def _pairs(sentence: Span, ends: Sequence[End]) -> list[Pair]:
    pairs = []
    for first, second in itertools.combinations(ends, 2):
        if first.entity != second.entity:
            way = _way(sentence, first.word, second.word)
            if len(way) <= LONGEST_WAY:
                pairs.append(Pair(first, second, way))
    return pairs


def _way(sentence: Span, first: int, second: int) -> tuple[int, ...]:
    """The words between two words in the parse, both left out: where the ways to the root meet, then up and down to it.

    The meeting word comes first, even where it is one of the two.
    """
    up, down = (_to_root(sentence, word) for word in (first, second))
    top = next((word for word in up if word in down), up[-1])
    below = (*up[: up.index(top)], *(down[: down.index(top)] if top in down else down))
    return (top, *(word for word in below if word not in (first, second)))


def _to_root(sentence: Span, word: int) -> list[int]:
    way = [word]
    token = sentence[word]
    while token.head.i != token.i and sentence.start <= token.head.i < sentence.end:
        token = token.head
        way.append(token.i - sentence.start)
    return way


def _sets(pair: Pair, sentence: Span) -> Iterator[Iterable[int]]:
    """The words of the four sets."""
    below = pair.way[1:]
    is_speaker = pair.first.label is None
    down_way = set(_to_root(sentence, pair.second.word))
    down = [word for word in below if word in down_way]
    yield [word for word in below if word not in down_way]
    yield down
    ends = {pair.second.word} if is_speaker else {pair.first.word, pair.second.word}
    way = {*pair.way, pair.first.word, pair.second.word}
    yield {child.i - sentence.start for word in way for child in sentence[word].children} - way
    yield set(range(len(sentence)) if is_speaker else range(pair.first.word + 1, pair.second.word)) - ends


def _quoted(doc: Doc) -> list[bool]:
    """For each word whether it stands in quotation marks."""
    inside, quoted = False, []
    for word in doc:
        inside = (inside or word.text == "“") and word.text != "”"
        inside = inside != (word.text == '"')
        quoted.append(inside)
    return quoted


def _one_of(names: Sequence[object], name: object, other: object = None) -> Numbers:
    told = np.zeros(len(names), dtype=np.float32)
    chosen = name if name in names else other
    if chosen in names:
        told[names.index(chosen)] = 1
    return told
