"""Pronouns without a gender: "it", "its", "they", "their", and as objects "it" and "them"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nhskg.model import Entity, Kind, Mention
from nhskg.resolve import pairs
from nhskg.resolve.state import State

THING = {"it", "its"}
PLURAL = {"they", "them", "their", "theirs"}
POSSESSIVE = {"its", "their", "theirs"}
JOINING = re.compile(r"^,? (?:and|with|or) $")
THINGS = {Kind.ORGANISATION, Kind.PROGRAMME, Kind.FUND, Kind.DOCUMENT}


def thing(state: State, mention: Mention) -> Entity | None:
    """Gives what "it" or "they" stands for, where number and kind fit.

    "Its" after "and": what that joins it to. Otherwise "its", and a subject: a subject of this sentence or of the one
    before. Texts go on about what their last sentence was about, so that its subject goes before those of clauses inside
    it. As an object: the only thing in this sentence so far, but for the subject of the same clause; before that, "it" is
    as often an event that no entity stands for.
    """
    if mention.phrase not in THING | PLURAL:
        return None
    kinds = THINGS if mention.phrase in THING else {Kind.GROUP}
    if mention.phrase in POSSESSIVE and (joined := _joined_to(state, mention)) is not None and joined.kind in kinds:
        return joined
    if mention.is_subject or mention.phrase in POSSESSIVE:
        return next((entity for _, entity in subjects(state, mention) if entity.kind in kinds), None)
    rivals = set() if mention.rival is None else pairs.joined_with(state, mention, mention.rival)
    here = {
        entity.id: entity for _, entity in state.before(mention, 0) if entity.kind in kinds and entity.id not in rivals
    }
    return next(iter(here.values())) if len(here) == 1 else None


def guess(state: State, mention: Mention) -> Entity | None:
    """Gives what a pronoun may well stand for that ``thing`` leaves open; right more often than not, and no more than that.

    Of this sentence and the last what stands nearest, and what no list knows only where there is nothing else: for "it" and
    "its" a thing or body, as an object rather a thing; for "they" and "them" a group.
    """
    if mention.phrase not in THING | PLURAL:
        return None
    kinds = THINGS if mention.phrase in THING else {Kind.GROUP}
    rivals = set() if mention.rival is None else pairs.joined_with(state, mention, mention.rival)
    is_object = not mention.is_subject and mention.phrase not in POSSESSIVE
    near = [
        ((earlier.is_unlisted, is_object and entity.kind is Kind.ORGANISATION), entity)
        for earlier, entity in state.before(mention, 1, unlisted=True)
        if entity.kind in kinds and entity.id not in rivals
    ]
    return min(near, key=lambda pair: pair[0])[1] if near else None


def _joined_to(state: State, mention: Mention) -> Entity | None:
    """What "and" joins to what a possessive pronoun begins: of "Unison and its leader", Unison."""
    before = next(state.before(mention, 0), None)
    if before is None or not JOINING.match(state.document.text[before[0].span.end : mention.span.start]):
        return None
    return before[1]


def subjects(state: State, mention: Mention) -> Iterator[tuple[Mention, Entity]]:
    """Gives the subjects before a pronoun, the best first: of this sentence, then of the last; of each the main one first."""
    found = [(earlier, entity) for earlier, entity in state.before(mention, 1) if earlier.is_subject]
    for sentence in (mention.sentence, mention.sentence - 1):
        here = [(earlier, entity) for earlier, entity in found if earlier.sentence == sentence]
        yield from (pair for pair in here if pair[0].is_main)
        yield from (pair for pair in here if not pair[0].is_main)
