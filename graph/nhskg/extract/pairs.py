"""Pairs of entities in one sentence, as the numbers from which the second opinion judges what they have to do with each other.

What is told of a pair: the words on the way between the two in the parse, beside that way and between them in the text;
what kind of thing each is and how it is mentioned; and what the rules say of the two. The names themselves are left out,
so that nothing is learnt about who usually does what.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from spacy.attrs import ORTH

from nhskg.extract.arguments import Arguments
from nhskg.extract.lemmas import lemma_of
from nhskg.extract.lexicon import Lexicon
from nhskg.extract.roles import RoleFinder
from nhskg.extract.triggers import PARTS
from nhskg.extract.words import Paragraph, Words
from nhskg.model import Claim, Kind, Label
from nhskg.ontology import Predicate

Numbers = npt.NDArray[np.float32]
Rows = npt.NDArray[np.intp]

PARTS_OF_SPEECH = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X"
DEPENDENCIES = """
ROOT acl acl:relcl advcl advmod amod appos aux aux:pass case cc ccomp compound compound:prt conj cop csubj dep det discourse
expl fixed flat iobj list mark nmod nmod:desc nmod:poss nsubj nsubj:pass nummod obj obl obl:agent orphan parataxis punct
vocative xcomp
"""
"""Those of the packaged model; any other counts as "dep"."""
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
    """Two entities of a sentence in text order.

    ``way`` has the numbers of the words between them in the parse, first the one where their ways to the root meet.
    """

    paragraph: int
    sentence: Words
    first: End
    second: End
    way: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """The pairs of a document and what is told of them.

    Attributes:
        pairs: the pairs.
        words: what is told of each word of their sentences, after a row of zeros: (1 + words, width of a word).
        ends: rows of the words of first, second and the top of the way: (pairs, 3).
        members: rows of the words in each pair's sets, set after set, each beginning with row 0.
        starts: where each set begins in ``members``: (pairs × ``WAYS``).
        about: what is told of each pair beside its words: (pairs, width of a pair), the rules' opinion first.
    """

    pairs: Sequence[Pair]
    words: Numbers
    ends: Rows
    members: Rows
    starts: Rows
    about: Numbers


@dataclass(slots=True)
class PairFinder:
    """Finds the pairs of documents and tells of them in numbers.

    A relation between the two is one of ``2 × len(predicates)``: the predicates in order from the first to the second,
    then from the second to the first. Symmetric ones count as from the first to the second.
    """

    lexicon: Lexicon
    predicates: Mapping[str, Predicate]
    numbers: Mapping[str, int] = field(init=False)
    _columns: _Columns = field(init=False)
    _worded: dict[tuple[str, str], list[int]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.numbers = {name: number for number, name in enumerate(self.predicates)}
        self._columns = _Columns(len(self.predicates))
        for key, frames in self.lexicon.frames.items():
            self._worded[key] = sorted({self.numbers[frame.predicate] for frame in frames})

    def told(
        self, paragraphs: Sequence[tuple[int, Paragraph]], arguments: Arguments, claims: Iterable[Claim]
    ) -> Told | None:
        """Gives the pairs of a document, or None if it has none.

        Args:
            paragraphs: the parsed document.
            arguments: what its words stand for.
            claims: what the rules read in it.
        """
        read: dict[int, dict[tuple[str, str], list[int]]] = {}
        for claim in claims:
            sentence = read.setdefault(claim.evidence.span.start, {})
            sentence.setdefault((claim.subject, claim.object), []).append(self.numbers[claim.predicate])
        telling = _Telling(self._columns)
        unlisted_places = arguments.resolution.unlisted
        for number, (offset, doc) in enumerate(paragraphs):
            finder = arguments.finders[number]
            words: Numbers | None = None
            for sentence_ in doc.sents:
                ends = _ends(sentence_, number, arguments, finder)
                if len(ends) < 2 or len(sentence_) > LONGEST_SENTENCE:
                    continue
                tree = _Tree(sentence_)
                # Of two things that no list knows, hardly one in a hundred has to do with the other.
                unlisted = {end.word for end in ends if (number, sentence_.start + end.word) in unlisted_places}
                pairs = [
                    Pair(number, sentence_, first, second, way)
                    for first, second in itertools.combinations(ends, 2)
                    if first.entity != second.entity
                    and first.word != second.word
                    and not (first.word in unlisted and second.word in unlisted)
                    and len(way := tree.way(first.word, second.word)) <= LONGEST_WAY
                ]
                if pairs:
                    words = self._words(doc) if words is None else words
                    rules = read.get(offset + sentence_.start_char, {})
                    telling.add(pairs, tree, words[sentence_.start : sentence_.end], self._rules(pairs, rules))
        return telling.told() if telling.pairs else None

    def _words(self, doc: Paragraph) -> Numbers:
        """What is told of each word but the kind of its entity: vector, part of speech, relation, wordings, quotation."""
        columns, vectors = self._columns, doc.parsed.vocab.vectors
        found = vectors.find(keys=doc.parsed.to_array(ORTH))
        words = np.zeros((len(doc), columns.word_width(vectors.shape[1])), dtype=np.float32)
        known = found >= 0
        words[known, columns.vector :] = vectors.data[found[known]]
        rows, told = list[int](), list[int]()
        quoted = False
        for row, word in enumerate(doc):
            worded = self._worded.get((PARTS.get(word.pos_, "verb"), lemma_of(word, self.lexicon)), ())
            told += (
                columns.part.get(word.pos_, columns.part["X"]),
                columns.relation.get(word.dep_, columns.relation["dep"]),
                *worded,
            )
            quoted = (quoted or word.text == "“") and word.text != "”"
            quoted = quoted != (word.text == '"')
            if quoted:
                told.append(columns.quoted)
            rows += [row] * (2 + len(worded) + quoted)
        words[rows, told] = 1
        return words

    def _rules(self, pairs: Sequence[Pair], read: Mapping[tuple[str, str], list[int]]) -> Numbers:
        """What the rules say of each pair: 1 for each relation that they read."""
        rules = np.zeros((len(pairs), 2 * len(self.predicates)), dtype=np.float32)
        symmetric = [predicate.symmetric for predicate in self.predicates.values()]
        for row, pair in enumerate(pairs):
            for number in read.get((pair.first.entity, pair.second.entity), ()):
                rules[row, number] = 1
            for number in read.get((pair.second.entity, pair.first.entity), ()):
                rules[row, number + (0 if symmetric[number] else len(symmetric))] = 1
        return rules


class _Columns:
    """Where what is told of a word and of a pair stands; the wordings of a word come first, in the order of predicates."""

    def __init__(self, predicates: int) -> None:
        places = itertools.count(predicates)
        self.predicates = predicates
        self.part = {name: next(places) for name in PARTS_OF_SPEECH.split()}
        self.relation = {name: next(places) for name in DEPENDENCIES.split()}
        self.kind = {kind: next(places) for kind in Kind}
        self.quoted, self.vector = next(places), next(places)
        places = itertools.count((2 + WAYS + 1) * predicates)
        self.ends = [
            (
                {kind: next(places) for kind in Kind},
                {name: next(places) for name in DEPENDENCIES.split()},
                {label: next(places) for label in (*Label, None)},
            )
            for _ in range(2)
        ]
        self.distance = next(places)
        self.more = self.distance + len(DISTANCES)
        self.pair_width = self.more + 6

    def word_width(self, vector: int) -> int:
        return self.vector + vector


class _Telling:
    """What is told of a document's pairs, sentence after sentence."""

    def __init__(self, columns: _Columns) -> None:
        self.columns = columns
        self.pairs: list[Pair] = []
        self._words: list[Numbers] = []
        self._about: list[Numbers] = []
        self._ends: list[tuple[int, int, int]] = []
        self._members: list[int] = []
        self._starts: list[int] = []
        self._tops: list[int] = []
        self._rows = 1

    def add(self, pairs: Sequence[Pair], tree: _Tree, words: Numbers, rules: Numbers) -> None:
        """Adds a sentence: its pairs, its tree, what is told of its words, and what the rules say of its pairs."""
        columns, first_row, words = self.columns, self._rows, words.copy()
        named = {end.word: end for pair in pairs for end in (pair.first, pair.second) if end.label}
        for word, end in named.items():
            words[word, columns.vector :] = 0
            words[word, columns.kind[end.kind]] = 1
        about = np.zeros((len(pairs), columns.pair_width), dtype=np.float32)
        about[:, : rules.shape[1]] = rules
        for row, pair in enumerate(pairs):
            first, second, top = pair.first, pair.second, pair.way[0]
            is_speaker = first.label is None
            sets = tree.sets(pair)
            for chosen in sets:
                self._starts.append(len(self._members))
                self._members.append(0)
                self._members.extend(first_row + word for word in chosen)
            # A word that stands for one of the two says nothing of them.
            self._tops.append(first_row + top if is_speaker or top not in (first.word, second.word) else 0)
            for end, (kinds, relations, labels) in zip((first, second), columns.ends, strict=True):
                about[row, kinds[end.kind]] = 1
                about[row, relations.get(tree.relations[end.word], relations["dep"])] = 1
                about[row, labels[end.label]] = 1
            apart = second.word - first.word
            about[row, columns.distance : columns.more] = [apart > steps for steps in DISTANCES]
            between = sum(first.word < word < second.word for word in named)
            about[row, columns.more :] = (
                len(sets[0]) / 4, len(sets[1]) / 4, top == first.word, top == second.word, min(between, 5) / 3, is_speaker,
            )  # fmt: skip
            self._ends.append((first_row + first.word, first_row + second.word, first_row + top))
        self.pairs += pairs
        self._words.append(words)
        self._about.append(about)
        self._rows += len(words)

    def told(self) -> Told:
        """All of it."""
        predicates = self.columns.predicates
        words = np.concatenate([np.zeros((1, self._words[0].shape[1]), dtype=np.float32), *self._words])
        about, members, starts = np.concatenate(self._about), np.array(self._members), np.array(self._starts)
        # Which predicates the words of each set, and the top of the way, may word.
        worded = np.maximum.reduceat(words[members, :predicates], starts, axis=0).reshape(len(about), -1)
        first, last = 2 * predicates, (2 + WAYS) * predicates
        about[:, first:last] = worded
        about[:, last : last + predicates] = words[self._tops, :predicates]
        return Told(self.pairs, words, np.array(self._ends), members, starts, about)


class _Tree:
    """The parse of a sentence, by the numbers of its words in it."""

    def __init__(self, sentence: Words) -> None:
        last = len(sentence) - 1
        self.heads = [min(max(word.head.i - sentence.start, 0), last) for word in sentence]
        self.relations = [word.dep_ for word in sentence]
        self.children: list[list[int]] = [[] for _ in sentence]
        for word, head in enumerate(self.heads):
            if head != word:
                self.children[head].append(word)
        self._to_root: dict[int, list[int]] = {}

    def to_root(self, word: int) -> list[int]:
        """A word and all above it."""
        way = self._to_root.get(word)
        if way is None:
            way = [word]
            while self.heads[way[-1]] != way[-1] and len(way) <= len(self.heads):
                way.append(self.heads[way[-1]])
            self._to_root[word] = way
        return way

    def way(self, first: int, second: int) -> tuple[int, ...]:
        """The words between two words: where the ways to the root meet, even if it is one of the two, then the others."""
        up, down = self.to_root(first), self.to_root(second)
        top = next((word for word in up if word in down), up[-1])
        below = (*up[: up.index(top)], *(down[: down.index(top)] if top in down else down))
        return (top, *(word for word in below if word not in (first, second)))

    def sets(self, pair: Pair) -> tuple[list[int], list[int], list[int], list[int]]:
        """The words of the four sets."""
        top, *below = pair.way
        is_speaker = pair.first.label is None
        down_way = self.to_root(pair.second.word)
        way = {top, *below, pair.first.word, pair.second.word}
        beside = sorted({child for word in way for child in self.children[word]} - way)
        if is_speaker:
            between = [word for word in range(len(self.heads)) if word != pair.second.word]
        else:
            between = list(range(pair.first.word + 1, pair.second.word))
        up = [word for word in below if word not in down_way]
        return up, [word for word in below if word in down_way], beside, between


def _ends(sentence: Words, paragraph: int, arguments: Arguments, finder: RoleFinder) -> list[End]:
    """The entities of a sentence in text order; before them the one whose words it is, unless it names him."""
    resolution, start = arguments.resolution, sentence.start
    ends = []
    for word in range(start, sentence.end):
        for entity in resolution.may_be((paragraph, word)):
            kind = resolution.entities[entity].entity.kind
            ends.append(End(entity, kind, word - start, arguments.labels[paragraph, word]))
    if not ends:
        return []
    _, speaker = arguments.speaker(sentence.root, finder, paragraph)
    if speaker is not None and all(end.entity != speaker.entity for end in ends):
        ends.insert(0, End(speaker.entity, speaker.kind, sentence.root.i - start, None))
    return ends
