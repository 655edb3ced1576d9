"""Claims of a document: lexicon frames matched to the roles of its words, between resolved entities."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from nhskg.extract.arguments import Argument, Arguments
from nhskg.extract.conditions import fitting_roles
from nhskg.extract.confidence import less_certain, load_confidence
from nhskg.extract.lexicon import Frame, Lexicon
from nhskg.extract.roles import RoleFinder
from nhskg.extract.status import status_of
from nhskg.extract.syntax import Roles
from nhskg.extract.triggers import frames_of, is_first_person, is_performed, is_question
from nhskg.model import Amount, Claim, Document, Evidence, Mention, Status, TextSpan
from nhskg.ontology import Predicate
from nhskg.resolve import Resolution

MONEY = re.compile(r"£\s?(\d[\d,]*(?:\.\d+)?)\s?(k|m|bn|b|tn|thousand|million|billion|trillion)?\b", re.IGNORECASE)
MAGNITUDES = {
    "": 1.0,
    "k": 1e3,
    "thousand": 1e3,
    "m": 1e6,
    "million": 1e6,
    "b": 1e9,
    "bn": 1e9,
    "billion": 1e9,
    "tn": 1e12,
    "trillion": 1e12,
}


@dataclass(slots=True)
class ClaimFinder:
    """Finds claims with a lexicon and the predicates of the ontology."""

    lexicon: Lexicon
    predicates: Mapping[str, Predicate]

    def claims(
        self,
        document: Document,
        paragraphs: Sequence[tuple[int, Doc]],
        mentions: Sequence[Mention],
        resolution: Resolution,
    ) -> list[Claim]:
        """Gives the claims of a document in text order, one for each triple, status and speaker."""
        arguments = Arguments(self.lexicon, mentions, resolution)
        found: dict[tuple[str, str, str, Status, str | None], Claim] = {}
        for number, (offset, doc) in enumerate(paragraphs):
            finder = RoleFinder(self.lexicon)
            for token in doc:
                for claim in self._of_trigger(document, number, offset, token, finder, arguments):
                    key = (claim.subject, claim.predicate, claim.object, claim.status, claim.speaker)
                    found.setdefault(key, claim)
        return list(found.values())

    def _of_trigger(
        self, document: Document, paragraph: int, offset: int, token: Token, finder: RoleFinder, arguments: Arguments
    ) -> Iterator[Claim]:
        frames = frames_of(token, self.lexicon, arguments.is_person(token, paragraph))
        if not frames:
            return
        if any(frame.predicate in self.lexicon.performative for frame in frames) and self._is_courtesy(token):
            frames = tuple(frame for frame in frames if frame.predicate not in self.lexicon.performative)
            if not frames:
                return
        roles = finder.roles(token)
        if is_question(token) and not is_performed(token, roles):
            frames = tuple(f for f in frames if "@request" in f.words or f.predicate in self.lexicon.presupposed)
        for frame in frames:
            fitting = fitting_roles(frame, token, _as_frame(frame, token, roles), self.lexicon)
            if fitting is None:
                continue
            for subject, object_ in self._pairs(frame, token, fitting, finder, paragraph, arguments):
                yield self._claim(document, paragraph, offset, token, frame, subject, object_, finder, arguments)

    def _is_courtesy(self, token: Token) -> bool:
        """Whether a word stands in one of parliament's formulas, which praise and ask for nothing."""
        sentence = token.sent.text
        return any(pattern.search(sentence) for pattern in self.lexicon.formulas)

    def _pairs(
        self, frame: Frame, token: Token, roles: Roles, finder: RoleFinder, paragraph: int, arguments: Arguments
    ) -> Iterator[tuple[Argument, Argument]]:
        predicate = self.predicates[frame.predicate]
        through = frame.predicate in self.lexicon.through_aspects
        if frame.subject == ("speaker",):
            _, speaker = arguments.speaker(token, finder, paragraph)
            subjects = [speaker] if speaker else []
        else:
            kinds = frame.subjects or predicate.subject_kinds
            subjects = arguments.of_roles(
                frame.subject, roles, token, paragraph, kinds, finder, through_aspects=through
            )
        kinds = frame.objects or predicate.object_kinds
        objects = arguments.of_roles(frame.object, roles, token, paragraph, kinds, finder, through_aspects=through)
        if predicate.symmetric and not objects and len(subjects) > 1:
            yield from itertools.combinations(subjects, 2)  # "Leeds North and Leeds West merged"
            return
        for subject, object_ in itertools.product(subjects, objects):
            allowed = subject.kind in predicate.subject_kinds and object_.kind in predicate.object_kinds
            if allowed and subject.entity != object_.entity:
                yield subject, object_

    def _claim(
        self,
        document: Document,
        paragraph: int,
        offset: int,
        token: Token,
        frame: Frame,
        subject: Argument,
        object_: Argument,
        finder: RoleFinder,
        arguments: Arguments,
    ) -> Claim:
        sentence = token.sent
        status = status_of(token, self.lexicon, frame.status)
        if subject.excluded or object_.excluded:
            status = Status.NEGATED  # "the trust, and not the union"
        elif {"@request", "@should"} & set(frame.words) or (
            frame.predicate in self.lexicon.performative
            and status in (Status.PLANNED, Status.HYPOTHETICAL)
            and is_first_person(finder.roles(token))
        ):
            status = Status.ASSERTED
        reported, found = arguments.speaker(token, finder, paragraph)
        # That somebody criticises, promises or asks is told by the document, though he does it in his own words.
        speaker = found.entity if found and found.entity != subject.entity else None
        reported = reported and not (found and found.entity == subject.entity)
        if speaker is None and reported and status is Status.ASSERTED:
            # Somebody says so, but who is not known: then it is not the document's own statement of fact.
            status = Status.ALLEGED
        start, end = offset + sentence.start_char, offset + sentence.end_char
        while document.text[end - 1].isspace():
            end -= 1
        mention = less_certain(subject.label, object_.label)
        # A symmetric relation is written one way, so that "A works with B" and "B works with A" are one statement.
        swap = self.predicates[frame.predicate].symmetric and subject.entity > object_.entity
        return Claim(
            subject=object_.entity if swap else subject.entity,
            predicate=frame.predicate,
            object=subject.entity if swap else object_.entity,
            status=status,
            speaker=speaker,
            evidence=Evidence(document=document.id, span=TextSpan.of(document.text, start, end), rule=frame.rule),
            confidence=load_confidence().of(f"{frame.predicate}/{frame.part_of_speech}", mention),
            mention=mention,
            published=document.published,
            amount=_amount(token) if frame.predicate in self.lexicon.with_amount else None,
        )


def _as_frame(frame: Frame, token: Token, roles: Roles) -> Roles:
    """The roles as a frame names them, where a participle passes for an adjective or an adjective for a participle."""
    if frame.part_of_speech == "verb" and token.pos_ == "ADJ" and "agent" in roles:
        return {role: words for role, words in roles.items() if role != "agent"} | {"patient": roles["agent"]}
    if frame.part_of_speech == "adjective" and token.pos_ == "VERB" and "patient" in roles:
        return roles | {"agent": roles["patient"]}
    return roles


def _amount(token: Token) -> Amount | None:
    """The one amount of money in the words that hang on the trigger; two or more would be a guess."""
    left, right = token.left_edge.idx, token.right_edge.idx + len(token.right_edge)
    matches = list(MONEY.finditer(token.doc.text, left, right))
    if len(matches) != 1:
        return None
    (match,) = matches
    return Amount(text=match[0].strip(), value=float(match[1].replace(",", "")) * MAGNITUDES[(match[2] or "").lower()])
