"""Claims of a document: lexicon frames matched to the roles of its words, between resolved entities."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from nhskg.extract.arguments import Argument, Arguments
from nhskg.extract.confidence import less_certain, load_confidence
from nhskg.extract.former import is_former
from nhskg.extract.lexicon import Frame, Lexicon
from nhskg.extract.money import amount_of
from nhskg.extract.periods import period_of, phrases, reckoning
from nhskg.extract.roles import RoleFinder
from nhskg.extract.shares import shares_after
from nhskg.extract.status import status_of
from nhskg.extract.syntax import Roles
from nhskg.extract.triggers import TRIGGERING, is_first_person
from nhskg.extract.wordings import Wordings, wordings
from nhskg.extract.words import Paragraph, Word
from nhskg.model import Amount, Claim, Document, Evidence, Period, Status, TextSpan
from nhskg.ontology import Predicate


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What a sentence says of all claims that one wording makes, whoever takes part in them.

    Attributes:
        reported: whether they are somebody's words rather than the document's own.
        speaker: whose, if that is known.
    """

    status: Status
    reported: bool
    speaker: Argument | None
    evidence: Evidence
    amount: Amount | None
    period: Period | None
    is_former: bool


@dataclass(slots=True)
class ClaimFinder:
    """Finds claims with a lexicon and the predicates of the ontology."""

    lexicon: Lexicon
    predicates: Mapping[str, Predicate]

    def claims(
        self,
        document: Document,
        paragraphs: Sequence[tuple[int, Paragraph]],
        arguments: Arguments,
    ) -> list[Claim]:
        """Gives the claims of a document in text order, one for each sentence, triple, status and speaker."""
        found: dict[tuple[int, str, str, str, Status, str | None], Claim] = {}
        for number, (offset, doc) in enumerate(paragraphs):
            finder = arguments.finders[number]
            for token in doc:
                names_person = arguments.is_person(token, number)
                if token.pos_ not in TRIGGERING and not names_person:
                    continue
                worded = wordings(token, finder, names_person)
                for claim in self._of_trigger(document, number, offset, token, worded, arguments):
                    triple = (claim.subject, claim.predicate, claim.object)
                    key = (claim.evidence.span.start, *triple, claim.status, claim.speaker)
                    found.setdefault(key, claim)
        return list(found.values())

    def _of_trigger(
        self, document: Document, paragraph: int, offset: int, token: Word, worded: Wordings, arguments: Arguments
    ) -> Iterator[Claim]:
        finder = arguments.finders[paragraph]
        said: tuple[bool, Argument | None] | None = None
        for frame, roles in worded.fitting:
            pairs = list(self._pairs(frame, token, roles, finder, paragraph, arguments, worded.places_act))
            if not pairs:
                continue
            said = said or arguments.speaker(token, finder, paragraph)
            telling = self._telling(document, offset, token, frame, roles, said, worded.first_person)
            shares = self._shares(frame, token, paragraph, arguments)
            for subject, object_ in pairs:
                if object_.entity not in shares:
                    yield self._claim(document, frame, telling, subject, object_)
            for (subject, _), (object_, amount) in itertools.product(pairs[:1], shares.values()):
                if subject.entity != object_.entity:
                    yield self._claim(document, frame, replace(telling, amount=amount), subject, object_)

    def _shares(
        self, frame: Frame, token: Word, paragraph: int, arguments: Arguments
    ) -> dict[str, tuple[Argument, Amount]]:
        """Who gets which sum, by entity, where a verb gives several: "gave £1m to one and £2m to another"."""
        if frame.predicate not in self.lexicon.with_amount or frame.part_of_speech != "verb":
            return {}
        kinds = frame.objects or self.predicates[frame.predicate].object_kinds
        return {
            argument.entity: (argument, share.amount)
            for share in shares_after(token)
            for argument in arguments.of_word(share.recipient, paragraph)
            if argument.kind in kinds
        }

    def claim(
        self,
        document: Document,
        offset: int,
        trigger: Word,
        predicate: str,
        ends: tuple[Argument, Argument],
        said: tuple[bool, Argument | None],
        roles: Roles,
    ) -> Claim:
        """Gives a claim that no wording of the lexicon makes, with all that its sentence says of it.

        Args:
            document: the document.
            offset: of the trigger's paragraph in it.
            trigger: the word that makes the claim.
            predicate: its name.
            ends: subject and object.
            said: whether the claim is somebody's words, and whose.
            roles: those of the trigger.
        """
        frame = Frame(
            rule=f"{predicate}/learned", predicate=predicate, part_of_speech="learned", words=(), subject=(), object=()
        )
        telling = self._telling(document, offset, trigger, frame, roles, said, is_first_person(roles))
        return self._claim(document, frame, telling, *ends)

    def _pairs(
        self,
        frame: Frame,
        token: Word,
        roles: Roles,
        finder: RoleFinder,
        paragraph: int,
        arguments: Arguments,
        places_act: bool,
    ) -> Iterator[tuple[Argument, Argument]]:
        predicate = self.predicates[frame.predicate]
        entities_of = functools.partial(
            arguments.of_roles,
            roles=roles,
            trigger=token,
            paragraph=paragraph,
            finder=finder,
            through_aspects=frame.predicate in self.lexicon.through_aspects,
            places_act=places_act,
        )
        if frame.subject == ("speaker",):
            _, speaker = arguments.speaker(token, finder, paragraph)
            subjects = [speaker] if speaker else []
        else:
            kinds = frame.subjects or predicate.subject_kinds
            subjects = entities_of(frame.subject, kinds=kinds)
        if not subjects:
            return
        kinds = frame.objects or predicate.object_kinds
        objects = entities_of(frame.object, kinds=kinds)
        if predicate.symmetric and not objects and len(subjects) > 1:
            yield from itertools.combinations(subjects, 2)  # "Leeds North and Leeds West merged"
            return
        for subject, object_ in itertools.product(subjects, objects):
            allowed = subject.kind in predicate.subject_kinds and object_.kind in predicate.object_kinds
            if allowed and subject.entity != object_.entity:
                yield subject, object_

    def _telling(
        self,
        document: Document,
        offset: int,
        token: Word,
        frame: Frame,
        roles: Roles,
        said: tuple[bool, Argument | None],
        first_person: bool,
    ) -> Telling:
        status = status_of(token, self.lexicon, frame.status)
        by = reckoning(token, document.published, status)
        words = [word for listed in roles.values() for word in listed]
        period = period_of(token, words, frame.predicate, phrases(token.doc), self.lexicon, by)
        former = is_former(token, frame.predicate, status, period, document.published, self.lexicon)
        performs = frame.predicate in self.lexicon.performative and first_person
        if {"@request", "@should"} & set(frame.words) or (performs and status in (Status.PLANNED, Status.HYPOTHETICAL)):
            status = Status.ASSERTED
        start, end = offset + token.sent.start_char, offset + token.sent.end_char
        while document.text[end - 1].isspace():
            end -= 1
        return Telling(
            status=status,
            reported=said[0],
            speaker=said[1],
            evidence=Evidence(document=document.id, span=TextSpan.of(document.text, start, end), rule=frame.rule),
            amount=amount_of(token, self.lexicon) if frame.predicate in self.lexicon.with_amount else None,
            period=period,
            is_former=former,
        )

    def _claim(self, document: Document, frame: Frame, telling: Telling, subject: Argument, object_: Argument) -> Claim:
        # "the trust, and not the union"
        status = Status.NEGATED if subject.excluded or object_.excluded else telling.status
        # That somebody criticises, promises or asks is told by the document, though he does it in his own words.
        own = telling.speaker is not None and telling.speaker.entity == subject.entity
        speaker = telling.speaker.entity if telling.speaker and not own else None
        if speaker is None and telling.reported and not own and status is Status.ASSERTED:
            # Somebody says so, but who is not known: then it is not the document's own statement of fact.
            status = Status.ALLEGED
        mention = less_certain(subject.label, object_.label)
        # A symmetric relation is written one way, so that "A works with B" and "B works with A" are one statement.
        swap = self.predicates[frame.predicate].symmetric and subject.entity > object_.entity
        return Claim(
            subject=object_.entity if swap else subject.entity,
            predicate=frame.predicate,
            object=subject.entity if swap else object_.entity,
            status=status,
            speaker=speaker,
            evidence=telling.evidence,
            confidence=load_confidence().of(f"{frame.predicate}/{frame.part_of_speech}", mention),
            mention=mention,
            published=document.published,
            is_date_guessed=document.is_date_guessed,
            amount=telling.amount,
            period=telling.period,
            is_former=telling.is_former,
        )
