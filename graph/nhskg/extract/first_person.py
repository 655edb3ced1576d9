"""Who "I" and "we" are: whoever has the word, or is quoted, and the body that he or she stands for.

A second look at a document: who holds which post is known only once its claims have been read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nhskg.extract.arguments import Arguments
from nhskg.extract.quotations import quotation_around
from nhskg.extract.words import Paragraph, Word
from nhskg.model import Claim, Entity, Kind, Label, Mention
from nhskg.resolve.people import SPEAKING, TOGETHER


def first_person(
    paragraphs: Sequence[tuple[int, Paragraph]],
    mentions: Iterable[Mention],
    arguments: Arguments,
    claims: Iterable[Claim],
) -> dict[tuple[int, int], Entity]:
    """Gives the entities of the pronouns of the first person by their place, as far as the document tells.

    Args:
        paragraphs: the parsed document.
        mentions: its mentions.
        arguments: what its words stand for by a first look.
        claims: what the document says by a first look.
    """
    resolution = arguments.resolution
    stands_for: dict[str, set[str]] = {}
    for claim in claims:
        if claim.predicate == "holds_post" and resolution.entities[claim.object].entity.kind is Kind.ORGANISATION:
            stands_for.setdefault(claim.subject, set()).add(claim.object)
    found = {}
    for mention in mentions:
        if mention.label is not Label.PRONOUN or mention.phrase not in SPEAKING | TOGETHER:
            continue
        token = paragraphs[mention.paragraph][1][mention.head]
        speaker = _speaker(token, mention, arguments)
        if speaker is None:
            continue
        who = resolution.entities[speaker].entity
        if mention.phrase in TOGETHER and who.kind is Kind.PERSON:
            bodies = stands_for.get(speaker, set())
            if len(bodies) != 1:
                continue
            who = resolution.entities[next(iter(bodies))].entity
        if who.kind in (Kind.PERSON, Kind.ORGANISATION):
            found[mention.paragraph, mention.head] = who
    return found


def _speaker(token: Word, mention: Mention, arguments: Arguments) -> str | None:
    """The entity that says "I" or "we"; in quotations whoever is quoted, not who quotes."""
    if quotation_around(token) is None:
        return arguments.resolution.speakers.get(mention.paragraph)
    _, words, paragraph = arguments.speaking(token, arguments.finders[mention.paragraph], mention.paragraph)
    places = [(paragraph, word.i) for word in words]
    by_place = arguments.resolution.by_place
    return next((by_place[place] for place in places if place in by_place), None)
