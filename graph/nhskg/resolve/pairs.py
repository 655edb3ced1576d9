"""Words for two things at once, or for one of two: "both", "the two trusts", "the pair", "the former", "the latter"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nhskg.model import Entity, Kind, Mention
from nhskg.resolve.nominals import may_be_called
from nhskg.resolve.state import State

SENTENCES_BACK = 2
JOINED = re.compile(r"^(?:,? ?(?:and|&) |, )(?:the )?$")
KINDS = (Kind.ORGANISATION, Kind.PERSON)


def both(state: State, mention: Mention, noun: str = "") -> tuple[Entity, ...]:
    """Gives the two that "both" or "the two trusts" are, or nothing where that is not plain.

    They are two bodies or two people of the nearest sentence that names more than one, this one or one of the two before:
    those that "and" joins there, if just two are joined, or the only two that it names.

    Args:
        state: what has been resolved so far.
        mention: the words.
        noun: what the two are, in the singular; empty where that is not said.
    """
    for named in _sentences(state, mention, noun):
        joined = [chain for chain in _chains(state, named) if len(_distinct(chain)) == 2 and _are_alike(chain)]
        found = _distinct(joined[0]) if len(joined) == 1 else _distinct(named)
        if len(found) > 1:
            return found if len(found) == 2 and (joined or _are_alike(named)) else ()
    return ()


def one_of_two(state: State, mention: Mention, *, is_last: bool) -> Entity | None:
    """Gives which of the only two bodies, or the only two people, that the nearest sentence names "the latter" is."""
    for named in _sentences(state, mention, ""):
        if len(found := _distinct(named)) > 1:
            return found[-1 if is_last else 0] if len(found) == 2 and _are_alike(named) else None
    return None


def they(state: State, mention: Mention) -> tuple[Entity, ...]:
    """Gives the bodies or people joined by "and" that are the main subject of the sentence before, if they are all alike."""
    named = [pair for pair in state.named_in(mention.sentence - 1) if pair[1].kind in KINDS]
    chains = [chain for chain in _chains(state, named) if chain[0][0].is_main]
    found = _distinct(chains[0]) if len(chains) == 1 else ()
    return found if len(found) > 1 and _are_alike(chains[0]) else ()


def joined_with(state: State, mention: Mention, head: int) -> set[str]:
    """Gives the entity of a head word in a mention's sentence, and those that "and" joins to it."""
    entity = state.by_place.get((mention.paragraph, head))
    joined = {entity} if entity else set()
    for chain in _chains(state, state.named_in(mention.sentence)):
        if entity in {other.id for _, other in chain}:
            joined |= {other.id for _, other in chain}
    return joined


def _sentences(state: State, mention: Mention, noun: str) -> Iterator[list[tuple[Mention, Entity]]]:
    """The fitting names of this sentence before the mention, then those of each sentence before."""
    for back in range(SENTENCES_BACK + 1):
        yield [
            (earlier, entity)
            for earlier, entity in state.named_in(mention.sentence - back)
            if earlier.span.start < mention.span.start and _fits(state, entity, noun)
        ]


def _fits(state: State, entity: Entity, noun: str) -> bool:
    if entity.id in state.minor - state.major:
        return False
    if noun in state.knowledge.two["people"]:
        return entity.kind is Kind.PERSON
    if not noun:
        return entity.kind in KINDS
    is_called = noun in state.knowledge.two["bodies"] or may_be_called(state, entity, noun)
    return entity.kind is Kind.ORGANISATION and is_called


def _chains(state: State, named: list[tuple[Mention, Entity]]) -> list[list[tuple[Mention, Entity]]]:
    """The names that only commas and "and" stand between."""
    chains: list[list[tuple[Mention, Entity]]] = []
    for pair in named:
        if chains and JOINED.match(state.document.text[chains[-1][-1][0].span.end : pair[0].span.start]):
            chains[-1].append(pair)
        else:
            chains.append([pair])
    return [chain for chain in chains if len(chain) > 1]


def _are_alike(named: list[tuple[Mention, Entity]]) -> bool:
    return len({entity.kind for _, entity in named}) == 1


def _distinct(named: list[tuple[Mention, Entity]]) -> tuple[Entity, ...]:
    return tuple({entity.id: entity for _, entity in named}.values())
