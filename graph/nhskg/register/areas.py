"""Areas that bodies are named after: "West Yorkshire and Harrogate", which a reader of names cuts at "and"."""

from __future__ import annotations

import re

from nhskg.register.bodies import Register

NAMED_AFTER_AREAS = {"integrated_care_system", "integrated_care_board", "stp", "ccg"}
NOUN = re.compile(
    r"^(?:NHS )?(.+ and .+?) (?:ICS|ICB|STP|CCG|Integrated Care System|Integrated Care Board|Health and Care Partnership"
    r"|Sustainability and Transformation Partnership|Clinical Commissioning Group)$"
)


def areas(register: Register) -> list[str]:
    """Gives the names of areas that have an "and" in them and that bodies of the register cover, sorted."""
    names = [
        name
        for body in register.bodies.values()
        if body.kind in NAMED_AFTER_AREAS
        for name in (body.name, *body.aliases)
    ]
    return sorted({match[1] for name in names if (match := NOUN.match(name)) and match[1] not in register.forms})
