"""Which of several bodies a name means: "MFT", "NHS Dorset", "Frimley Health and Care"."""

from __future__ import annotations

from nhskg.model import Mention
from nhskg.resolve.state import State

Ids = tuple[str, ...]


def decided(state: State, mention: Mention) -> Ids:
    """Gives the one body that a name means, or the bodies between which nothing decides.

    In this order: a body that has gone gives way to the one that took over its name; then the official name; the bodies
    that the document names in full; those that have to do with such bodies; those whose place it names, or the place of
    what they have to do with; last those that were open on its date.
    """
    left = mention.candidates
    for rule in (_not_taken_over, _exact, _named, _beside_related, _near, _open):
        left = rule(state, mention, left) or left
    return left


def _not_taken_over(state: State, _: Mention, left: Ids) -> Ids:
    related = state.knowledge.register.related
    still = _open(state, _, left)
    return tuple(i for i in left if i in still or related.get(i, frozenset()).isdisjoint(still)) if still else left


def _exact(state: State, mention: Mention, left: Ids) -> Ids:
    return tuple(i for i in left if state.knowledge.register.bodies[i].name == mention.phrase)


def _named(state: State, _: Mention, left: Ids) -> Ids:
    return tuple(i for i in left if i in state.certain)


def _beside_related(state: State, _: Mention, left: Ids) -> Ids:
    related = state.knowledge.register.related
    return tuple(i for i in left if not related.get(i, frozenset()).isdisjoint(state.certain))


def _near(state: State, _: Mention, left: Ids) -> Ids:
    register = state.knowledge.register
    own = {i: _telling_words(state, register.bodies[i].name) for i in left}
    around = {
        i: words.union(*(_telling_words(state, register.bodies[other].name) for other in register.related.get(i, ())))
        for i, words in own.items()
    }
    return _told_by(state, own) or _told_by(state, around)


def _told_by(state: State, words: dict[str, set[str]]) -> Ids:
    shared = set.intersection(*words.values())
    return tuple(i for i, telling in words.items() if not state.words.isdisjoint(telling - shared))


def _open(state: State, _: Mention, left: Ids) -> Ids:
    day = state.document.published
    return () if day is None else tuple(i for i in left if state.knowledge.register.bodies[i].open_on(day))


def _telling_words(state: State, name: str) -> set[str]:
    return {word for word in name.split() if word[0].isupper()} - state.knowledge.name_nouns
