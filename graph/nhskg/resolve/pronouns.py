"""Pronouns without a gender: "it", "its", "they", "their", and as objects "it" and "them"."""

from __future__ import annotations

from collections.abc import Iterator

from nhskg.model import Entity, Kind, Mention
from nhskg.resolve.state import State

THING = {"it", "its"}
PLURAL = {"they", "them", "their", "theirs"}
THINGS = {Kind.ORGANISATION, Kind.PROGRAMME, Kind.FUND, Kind.DOCUMENT}


def thing(state: State, mention: Mention) -> Entity | None:
    """Gives what "it" or "they" stands for: a subject of this sentence or the one before, where number and kind fit.

    Texts go on about what their last sentence was about: its subject goes before those of clauses inside it.
    """
    if mention.phrase in THING and (mention.is_subject or mention.phrase == "its"):
        kinds = THINGS
    elif mention.phrase in PLURAL and (mention.is_subject or mention.phrase == "their"):
        kinds = {Kind.GROUP}
    else:
        return None
    return next((entity for _, entity in subjects(state, mention) if entity.kind in kinds), None)


def subjects(state: State, mention: Mention) -> Iterator[tuple[Mention, Entity]]:
    """Gives the subjects before a pronoun, the best first: of this sentence, then of the last; of each the main one first."""
    found = [(earlier, entity) for earlier, entity in state.before(mention, 1) if earlier.is_subject]
    for sentence in (mention.sentence, mention.sentence - 1):
        here = [(earlier, entity) for earlier, entity in found if earlier.sentence == sentence]
        yield from (pair for pair in here if pair[0].is_main)
        yield from (pair for pair in here if not pair[0].is_main)
