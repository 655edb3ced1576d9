"""Bodies spoken of by a part of their name, and by what they are."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from nhskg.model import Kind, Mention
from nhskg.resolve.state import State

SMALL_WORDS = {"and", "of", "for", "the", "&", "in", "on"}
SAME = ({"company", "firm", "business", "contractor", "supplier", "group", "consultancy", "provider"},)
"""Nouns that may stand for each other when they say what a body is."""


def longer_name(state: State, mention: Mention) -> Mention | None:
    """Finds the one body of the document whose name begins with this one, or has it for initials.

    "Skelby" is Skelby Hospitals where the document speaks of no other body with that beginning; a place stays a place
    where something is in it, a surname a surname, and who has a given name is a person.
    """
    name = mention.phrase
    given = state.knowledge.women | state.knowledge.men
    is_somebody = mention.kind is Kind.PERSON and " " in name and (name.split()[0] in given or len(name.split()) > 2)
    if mention.candidates or name in state.definitions or is_somebody:
        return None
    if mention.kind is Kind.PERSON and name in state.people:
        return None
    if mention.kind is Kind.PLACE and mention.is_where:
        return None
    beginnings = (f"{name} ", f"{name}'s ", f"{name}’s ")
    papers = state.knowledge.papers  # nobody calls the Skelby Gazette "Skelby"
    bodies = [other for other in state.bodies if other.rpartition(" ")[2] not in papers]
    found = [other for other in bodies if other.startswith(beginnings) or _initials(other) == name]
    if mention.kind is Kind.PLACE:  # nobody calls a county's council like the county
        found = [other for other in found if other.rpartition(" ")[2] not in state.knowledge.beside_places]
    # "Skelby" is Skelby Hospitals rather than Skelby and Dale CCG.
    closer = [other for other in found if not other.startswith((f"{name} and ", f"{name} & "))]
    found = closer if len(closer) == 1 else found
    return state.bodies[found[0]] if len(found) == 1 else None


@functools.lru_cache(maxsize=10_000)
def _initials(name: str) -> str:
    """The initials of a name of three words or more, joining words left out.

    >>> _initials("Society of Theatre Technicians")
    'STT'
    """
    words = [word for word in name.replace("-", " ").split() if word.lower() not in SMALL_WORDS]
    return "".join(word[0] for word in words) if len(words) > 2 else ""


def means(noun: str, descriptions: Iterable[str]) -> bool:
    """Whether a noun may stand for what has been described by others.

    >>> means("firm", ["company"]), means("union", ["company"])
    (True, False)
    """
    same = next((group for group in SAME if noun in group), {noun})
    return not same.isdisjoint(descriptions)
