"""The rules' claims looked at again: unlikely ones go, and likely ones that the rules missed come in.

How likely is learned (``second_opinion``); what counts as likely, and how far each claim may then be trusted, is measured
(``ontology/confidence.toml``).
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from nhskg.extract.arguments import Argument, Arguments
from nhskg.extract.claims import ClaimFinder
from nhskg.extract.confidence import load_confidence
from nhskg.extract.pairs import End, Pair, PairFinder
from nhskg.extract.roles import RoleFinder
from nhskg.extract.second_opinion import SecondOpinion
from nhskg.extract.syntax import is_excluded
from nhskg.extract.triggers import is_performed, is_question
from nhskg.extract.words import Paragraph, Word
from nhskg.model import Claim, Document, Label

Place = tuple[int, str, str, str]
"""Where in a document a sentence begins, and subject, predicate and object of what it may claim."""


class Likely(NamedTuple):
    """The chance of a claim, between 0 and 1, the pair that it is read from, and which of the two is its subject."""

    chance: float
    pair: Pair
    subject: End
    object: End


@dataclass(slots=True)
class Judge:
    """Gives the claims of documents a second opinion."""

    finder: ClaimFinder
    pairs: PairFinder
    opinion: SecondOpinion

    def judged(
        self,
        document: Document,
        paragraphs: Sequence[tuple[int, Paragraph]],
        arguments: Arguments,
        claims: Sequence[Claim],
    ) -> list[Claim]:
        """Gives the claims that remain and those that are new, in text order.

        Args:
            document: the document.
            paragraphs: the same, parsed.
            arguments: what its words stand for.
            claims: what the rules read in it. One across sentences has no second opinion.
        """
        measured = load_confidence()
        likely = self.likely(paragraphs, arguments, claims, measured.accept)
        judged = []
        read: set[Place] = set()
        for claim in claims:  # of one sentence several may have the same triple, with other statuses or speakers
            place = (claim.evidence.span.start, claim.subject, claim.predicate, claim.object)
            read.add(place)
            found = likely.get(place)
            if found is None:
                judged.append(claim)
            elif found.chance >= measured.reject:
                judged.append(replace(claim, confidence=measured.of_chance(found.chance)))
        for place, found in likely.items():
            least = measured.accept if are_certain(found.pair, arguments) else measured.accept_guess
            if place not in read and found.chance >= least:
                new = self._new(document, paragraphs, place[2], found, arguments)
                judged += [replace(claim, confidence=measured.of_chance(found.chance)) for claim in new]
        return sorted(judged, key=lambda claim: (claim.evidence.span.start, claim.id))

    def likely(
        self, paragraphs: Sequence[tuple[int, Paragraph]], arguments: Arguments, claims: Sequence[Claim], least: float
    ) -> dict[Place, Likely]:
        """Gives the claims that have at least some chance or that the rules make, each by its likeliest pair."""
        told = self.pairs.told(paragraphs, arguments, claims)
        if told is None:
            return {}
        predicates = list(self.pairs.predicates.values())
        chances = self.opinion.chances(told)
        worth = (chances >= least) | (told.about[:, : chances.shape[1]] > 0)
        likely: dict[Place, Likely] = {}
        for row, relation in np.argwhere(worth):
            pair, predicate = told.pairs[row], predicates[relation % len(predicates)]
            ends = (pair.first, pair.second) if relation < len(predicates) else (pair.second, pair.first)
            subject, object_ = sorted(ends, key=lambda end: end.entity) if predicate.symmetric else ends
            if subject.kind in predicate.subject_kinds and object_.kind in predicate.object_kinds:
                start = paragraphs[pair.paragraph][0] + pair.sentence.start_char
                place = (start, subject.entity, predicate.name, object_.entity)
                chance = float(chances[row, relation])
                if place not in likely or chance > likely[place].chance:
                    likely[place] = Likely(chance, pair, subject, object_)
        return likely

    def _new(
        self,
        document: Document,
        paragraphs: Sequence[tuple[int, Paragraph]],
        predicate: str,
        likely: Likely,
        arguments: Arguments,
    ) -> list[Claim]:
        """The claim that the rules missed; none if it is only asked about, or of somebody who only says so."""
        finder = arguments.finders[likely.pair.paragraph]
        trigger = _trigger(likely.pair, arguments, finder)
        roles = finder.roles(trigger)
        if is_question(trigger) and not is_performed(trigger, roles):
            return []
        if predicate not in self.finder.lexicon.performative and _only_speaks(likely, trigger, arguments):
            return []
        said = arguments.speaker(trigger, finder, likely.pair.paragraph)
        ends = _argument(likely.subject, likely.pair), _argument(likely.object, likely.pair)
        offset = paragraphs[likely.pair.paragraph][0]
        return [self.finder.claim(document, offset, trigger, predicate, ends, said, roles)]


def are_certain(pair: Pair, arguments: Arguments) -> bool:
    """Whether the rules, too, know what the two words stand for: no guess at a pronoun, no thing that no list knows."""
    known = arguments.resolution.by_place
    return all(
        end.label is None or known.get((pair.paragraph, pair.sentence.start + end.word)) == end.entity
        for end in (pair.first, pair.second)
    )


def _only_speaks(likely: Likely, trigger: Word, arguments: Arguments) -> bool:
    """Whether the subject is there as the speaker: by that he praises, asks or warns, but allocates no money.

    "According to the National Audit Office, £1m was allocated": the office does not fund.
    """
    pair, subject = likely.pair, likely.subject
    if subject.label is None:
        return True
    _, speaking, paragraph = arguments.speaking(trigger, arguments.finders[pair.paragraph], pair.paragraph)
    return paragraph == pair.paragraph and pair.sentence.start + subject.word in {word.i for word in speaking}


def _trigger(pair: Pair, arguments: Arguments, finder: RoleFinder) -> Word:
    """The word that says what the two have to do with each other: the last that gives both a role, or where their ways meet."""
    ends = {pair.first.entity, pair.second.entity}
    for word in sorted((pair.sentence[number] for number in pair.way), key=lambda word: -word.i):
        if word.pos_ in ("VERB", "NOUN", "ADJ"):
            takers = itertools.chain.from_iterable(finder.roles(word).values())
            taking = itertools.chain.from_iterable(arguments.of_word(taker, pair.paragraph) for taker in takers)
            if ends <= {argument.entity for argument in taking}:
                return word
    return pair.sentence[pair.way[0]]


def _argument(end: End, pair: Pair) -> Argument:
    excluded = end.label is not None and is_excluded(pair.sentence[end.word])
    return Argument(end.entity, end.kind, end.label or Label.NAME, excluded)
