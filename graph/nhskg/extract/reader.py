"""One parsed document to a reading: its entities and claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.language import Language

from nhskg.extract.claims import ClaimFinder
from nhskg.extract.descriptions import BODY
from nhskg.extract.first_person import first_person
from nhskg.extract.language import load_language_model, parse
from nhskg.extract.lexicon import Lexicon, load_lexicon
from nhskg.extract.mentions import find_mentions
from nhskg.extract.names import NameFinder, name_finder
from nhskg.extract.speakers import speakers_of_paragraphs
from nhskg.model import Claim, Document, DocumentEntity, Reading
from nhskg.ontology import load_predicates
from nhskg.register import load_register
from nhskg.resolve import Knowledge, Resolution, resolve


@dataclass(slots=True)
class Reader:
    """Reads documents with a language model, the lexicon and the register."""

    nlp: Language
    names: NameFinder
    lexicon: Lexicon
    knowledge: Knowledge
    claim_finder: ClaimFinder

    @classmethod
    def load(cls, model: str = "") -> Reader:
        """Loads all that reading needs; ``model`` as in ``load_language_model``."""
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
        return cls(nlp, names, lexicon, knowledge, ClaimFinder(lexicon, load_predicates()))

    def read(self, documents: Iterable[Document], min_confidence: float = 0.0) -> Iterator[Reading]:
        """Gives the reading of each document, in order, without the claims of less confidence than that."""
        for document, paragraphs in parse(self.nlp, self.names, documents):
            mentions = find_mentions(document, paragraphs, self.names, self.lexicon)
            speakers = speakers_of_paragraphs(document, paragraphs)
            resolution = resolve(document, mentions, self.knowledge, speakers)
            claims = self.claim_finder.claims(document, paragraphs, mentions, resolution)
            first = first_person(paragraphs, mentions, resolution, claims, self.lexicon)
            if first:
                resolution = resolve(document, mentions, self.knowledge, speakers, first)
                claims = self.claim_finder.claims(document, paragraphs, mentions, resolution)
            claims = [claim for claim in claims if claim.confidence >= min_confidence]
            yield Reading(document=document, entities=_kept(resolution, claims), claims=tuple(claims))


def _kept(resolution: Resolution, claims: list[Claim]) -> tuple[DocumentEntity, ...]:
    """All that has a name; of what the document only describes, the things that a claim is about."""
    used = {identifier for claim in claims for identifier in (claim.subject, claim.object, claim.speaker) if identifier}
    return tuple(
        found
        for identifier, found in resolution.entities.items()
        if identifier in used or (found.mentions and identifier not in resolution.minor)
    )
