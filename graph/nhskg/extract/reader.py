"""One parsed document to a reading: its entities and claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.language import Language

from nhskg.extract.acting_places import acting_places, as_bodies
from nhskg.extract.arguments import Arguments
from nhskg.extract.claims import ClaimFinder
from nhskg.extract.descriptions import BODY
from nhskg.extract.first_person import first_person
from nhskg.extract.judging import Judge
from nhskg.extract.language import load_language_model, parse
from nhskg.extract.lexicon import Lexicon, load_lexicon
from nhskg.extract.mentions import find_mentions
from nhskg.extract.names import NameFinder, name_finder
from nhskg.extract.pairs import PairFinder
from nhskg.extract.quotations import continued_quotations
from nhskg.extract.roles import RoleFinder
from nhskg.extract.second_opinion import second_opinion_for
from nhskg.extract.speakers import speakers_of_paragraphs
from nhskg.extract.words import Paragraph
from nhskg.model import Claim, Document, DocumentEntity, Reading
from nhskg.ontology import load_predicates
from nhskg.register import load_register
from nhskg.resolve import Knowledge, Resolution, resolve


@dataclass(frozen=True, slots=True)
class Understanding:
    """A document parsed, its mentions resolved, and the claims that the rules read in it."""

    document: Document
    paragraphs: Sequence[tuple[int, Paragraph]]
    resolution: Resolution
    arguments: Arguments
    claims: Sequence[Claim]


@dataclass(slots=True)
class Reader:
    """Reads documents with a language model, the lexicon and the register."""

    nlp: Language
    names: NameFinder
    lexicon: Lexicon
    knowledge: Knowledge
    claim_finder: ClaimFinder
    judge: Judge | None

    @classmethod
    def load(cls, model: str = "", *, rules_only: bool = False) -> Reader:
        """Loads all that reading needs; ``model`` as in ``load_language_model``, ``rules_only`` for no second opinion."""
        nlp = load_language_model(model)
        lexicon = load_lexicon()
        knowledge = Knowledge(
            register=load_register(),
            body_kinds=lexicon.body_kinds,
            called=lexicon.called,
            things=frozenset(noun for noun, kinds in lexicon.nominals.items() if kinds != BODY),
            beside_places=lexicon.nouns_in_names.beside_places,
            papers=lexicon.nouns_in_names.papers,
            unnamed=frozenset(noun for noun, kinds in lexicon.nominals.items() if kinds == BODY)
            | (frozenset(lexicon.acronyms.values()) & lexicon.body_kinds.keys()),
            metonyms=lexicon.metonyms,
            name_nouns=lexicon.nouns_in_names.common,
            offices=lexicon.offices,
            not_in_office=lexicon.not_in_office,
            two=lexicon.two,
            women=lexicon.women,
            men=lexicon.men,
        )
        names = name_finder(nlp, knowledge.register, lexicon)
        predicates = load_predicates()
        claim_finder = ClaimFinder(lexicon, predicates)
        opinion = None if rules_only else second_opinion_for(nlp)
        judge = Judge(claim_finder, PairFinder(lexicon, predicates), opinion) if opinion else None
        return cls(nlp, names, lexicon, knowledge, claim_finder, judge)

    def read(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """Gives the reading of each document, in order."""
        for understood in self.understand(documents):
            claims = list(understood.claims)
            if self.judge:
                claims = self.judge.judged(understood.document, understood.paragraphs, understood.arguments, claims)
            entities = _kept(understood.resolution, claims)
            yield Reading(document=understood.document, entities=entities, claims=tuple(claims))

    def understand(self, documents: Iterable[Document]) -> Iterator[Understanding]:
        """Gives what the rules make of each document, in order."""
        for document, paragraphs in parse(self.nlp, self.names, documents):
            mentions = find_mentions(document, paragraphs, self.names, self.lexicon)
            speakers = speakers_of_paragraphs(document, paragraphs)
            # Roles hang on the parse alone: each word's are found once, however often the paragraph is looked at.
            finders = [RoleFinder(self.lexicon) for _ in paragraphs]
            continued = continued_quotations([doc for _, doc in paragraphs])
            resolution = resolve(document, mentions, self.knowledge, speakers)
            arguments = Arguments(self.lexicon, mentions, resolution, finders, continued)
            claims = self.claim_finder.claims(document, paragraphs, arguments)
            first = first_person(paragraphs, mentions, arguments, claims)
            acting = acting_places(claims, resolution, self.claim_finder.predicates)
            if first or acting:
                mentions = as_bodies(mentions, acting, resolution)
                resolution = resolve(document, mentions, self.knowledge, speakers, first)
                arguments = Arguments(self.lexicon, mentions, resolution, finders, continued)
                claims = self.claim_finder.claims(document, paragraphs, arguments)
            yield Understanding(document, paragraphs, resolution, arguments, claims)


def _kept(resolution: Resolution, claims: list[Claim]) -> tuple[DocumentEntity, ...]:
    """All that has a name; of what the document only describes, the things that a claim is about."""
    used = {identifier for claim in claims for identifier in (claim.subject, claim.object, claim.speaker) if identifier}
    return tuple(
        replace(found, is_minor=not found.mentions or identifier in resolution.minor)
        for identifier, found in resolution.entities.items()
        if identifier in used or (found.mentions and identifier not in resolution.minor)
    )
