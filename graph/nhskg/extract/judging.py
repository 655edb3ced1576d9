"""The rules' claims looked at again: unlikely ones go, and likely ones that the rules missed come in.

How likely is learned (``second_opinion``); what counts as likely, and how far each claim may then be trusted, is measured
(``ontology/confidence.toml``).
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from nhskg.extract.arguments import Argument, Arguments
from nhskg.extract.claims import ClaimFinder
from nhskg.extract.confidence import load_confidence
from nhskg.extract.pairs import End, Pair, PairFinder, SentencePairs
from nhskg.extract.roles import RoleFinder
from nhskg.extract.second_opinion import SecondOpinion
from nhskg.extract.syntax import is_excluded
from nhskg.extract.triggers import is_performed, is_question
from nhskg.model import Claim, Document, Label

Triple = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Likely:
    """A relation between two entities of a sentence and its chance, between 0 and 1."""

    subject: End
    predicate: str
    object: End
    chance: float
    pair: Pair


@dataclass(slots=True)
class Judge:
    """Gives the claims of documents a second opinion."""

    finder: ClaimFinder
    pairs: PairFinder
    opinion: SecondOpinion

    def judged(
        self,
        document: Document,
        paragraphs: Sequence[tuple[int, Doc]],
        arguments: Arguments,
        claims: Sequence[Claim],
    ) -> list[Claim]:
        """Gives the claims that remain and those that are new, in text order.

        Args:
            document: the document.
            paragraphs: the same, parsed.
            arguments: what its words stand for.
            claims: what the rules read in it.
        """
        measured = load_confidence()
        by_sentence: dict[int, dict[Triple, list[Claim]]] = {}
        for claim in claims:
            triple = (claim.subject, claim.predicate, claim.object)
            by_sentence.setdefault(claim.evidence.span.start, {}).setdefault(triple, []).append(claim)
        judged = []
        for told in self.pairs.pairs(paragraphs, arguments, claims):
            offset = paragraphs[told.paragraph][0]
            read = by_sentence.get(offset + told.sentence.start_char, {})
            for triple, found in sorted(self.likely(told).items()):
                confidence = measured.of_chance(found.chance)
                same = read.pop(triple, [])
                if same and found.chance < measured.reject:
                    continue
                if not same and found.chance >= measured.accept:
                    same = self._new(document, offset, told, found, arguments)
                judged += [replace(claim, confidence=confidence) for claim in same]
        # What the rules read across sentences has no second opinion.
        judged += [claim for read in by_sentence.values() for same in read.values() for claim in same]
        return sorted(judged, key=lambda claim: (claim.evidence.span.start, claim.id))

    def likely(self, told: SentencePairs) -> dict[Triple, Likely]:
        """The most likely reading of each triple that a sentence may claim."""
        names = list(self.pairs.predicates)
        found: dict[Triple, Likely] = {}
        for pair, chances in zip(told.pairs, self.opinion.chances(told), strict=True):
            for number, chance in enumerate(chances):
                predicate = self.pairs.predicates[names[number % len(names)]]
                subject, object_ = (pair.first, pair.second) if number < len(names) else (pair.second, pair.first)
                if predicate.symmetric and subject.entity > object_.entity:
                    subject, object_ = object_, subject
                if subject.kind not in predicate.subject_kinds or object_.kind not in predicate.object_kinds:
                    continue
                triple = (subject.entity, predicate.name, object_.entity)
                if triple not in found or chance > found[triple].chance:
                    found[triple] = Likely(subject, predicate.name, object_, float(chance), pair)
        return found

    def _new(
        self, document: Document, offset: int, told: SentencePairs, found: Likely, arguments: Arguments
    ) -> list[Claim]:
        """The claim that the rules missed; none if it is only asked about."""
        finder = RoleFinder(self.pairs.lexicon)
        trigger = _trigger(told, found.pair, arguments, finder)
        roles = finder.roles(trigger)
        if is_question(trigger) and not is_performed(trigger, roles):
            return []
        said = arguments.speaker(trigger, finder, told.paragraph)
        ends = (_argument(found.subject, told), _argument(found.object, told))
        return [self.finder.claim(document, offset, trigger, found.predicate, ends, said, roles)]


def _trigger(told: SentencePairs, pair: Pair, arguments: Arguments, finder: RoleFinder) -> Token:
    """The word that says what the two have to do with each other: the last that gives both a role, or where their ways meet."""
    ends = {pair.first.entity, pair.second.entity}
    for word in sorted((told.sentence[number] for number in pair.way), key=lambda word: -word.i):
        if word.pos_ in ("VERB", "NOUN", "ADJ"):
            takers = itertools.chain.from_iterable(finder.roles(word).values())
            taking = itertools.chain.from_iterable(arguments.of_word(taker, told.paragraph) for taker in takers)
            if ends <= {argument.entity for argument in taking}:
                return word
    return told.sentence[pair.way[0]]


def _argument(end: End, told: SentencePairs) -> Argument:
    excluded = end.label is not None and is_excluded(told.sentence[end.word])
    return Argument(end.entity, end.kind, end.label or Label.NAME, excluded)
