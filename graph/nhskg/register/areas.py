"""Areas that bodies are named after: "West Yorkshire and Harrogate", which a reader of names cuts at "and"."""

from __future__ import annotations

import re

from nhskg.register.bodies import Register

NAMED_AFTER_AREAS = {"integrated_care_system", "integrated_care_board", "stp", "ccg", "pct"}
COMPASS = {"north", "south", "east", "west", "central", "mid", "greater", "inner", "outer"}
NOUN = re.compile(
    r"^(?:NHS )?(.+?) (?:PCT|Primary Care Trust|ICS|ICB|STP|CCG|Integrated Care System|Integrated Care Board|Health and Care Partnership"
    r"|Sustainability and Transformation Partnership|Clinical Commissioning Group)$"
)


def areas(register: Register) -> list[str]:
    """Gives the names of areas that have an "and" in them and that bodies of the register cover, sorted."""
    return sorted(name for name in _named_after(register) if " and " in name and name not in register.forms)


def places(register: Register) -> list[str]:
    """Gives the places of one word that bodies of the register cover, sorted: "Dorset", "London"."""
    return sorted({word for name in _named_after(register) for word in name.split() if _is_place(name, word)})


def _named_after(register: Register) -> set[str]:
    return {
        match[1]
        for body in register.bodies.values()
        if body.kind in NAMED_AFTER_AREAS
        for name in (body.name, *body.aliases)
        if (match := NOUN.match(name))
    }


def _is_place(name: str, word: str) -> bool:
    """Whether a word of an area's name is a place by itself: all of it, or what a point of the compass stands before."""
    before, _, last = name.rpartition(" ")
    is_word = word.istitle() and word.lower() not in COMPASS
    return is_word and word == last and set(before.lower().split()) <= COMPASS
