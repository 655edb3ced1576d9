"""The forms of English verbs, so that a word of the lexicon is known in every form, whatever the lemmatiser makes of it."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from nhskg.resources import resource

DOUBLED_L = re.compile(r"(?:[a-z]*[aeiou][a-z]*[^aeiou][aeiou]|[a-z]*ia)l$")
"""British English doubles an l after one vowel, stressed or not."""


@dataclass(frozen=True, slots=True)
class Inflections:
    """What ``ontology/inflection.toml`` says: past tense and participle of irregular verbs, and verbs whose end is doubled."""

    irregular: Mapping[str, tuple[str, str]]
    doubled: frozenset[str]


@functools.cache
def load_inflections() -> Inflections:
    """Reads the inflections that the package carries."""
    content = tomllib.loads(resource("ontology", "inflection.toml").read_text(encoding="utf-8"))
    return Inflections(
        irregular={verb: (past, participle) for verb, (past, participle) in content["irregular"].items()},
        doubled=frozenset(content["doubled"]["verbs"]),
    )


def inflect(lemma: str, form: str) -> str:
    """Gives a form of a verb: ``s``, ``past``, ``participle``, ``ing`` or ``base``.

    >>> inflect("scrap", "past"), inflect("notify", "s"), inflect("lead", "past"), inflect("cancel", "past")
    ('scrapped', 'notifies', 'led', 'cancelled')
    """
    table = load_inflections()
    vowel_y = lemma.endswith("y") and lemma[-2] not in "aeiou"
    stem = lemma + lemma[-1] if lemma in table.doubled or DOUBLED_L.match(lemma) else lemma
    if form == "s":
        return lemma[:-1] + "ies" if vowel_y else lemma + ("es" if lemma.endswith(("s", "x", "ch", "sh", "o")) else "s")
    if form in ("past", "participle"):
        if lemma in table.irregular:
            return table.irregular[lemma][form == "participle"]
        if vowel_y:
            return lemma[:-1] + "ied"
        return lemma + "d" if lemma.endswith("e") else stem + "ed"
    if form == "ing":
        return (lemma[:-1] if lemma.endswith("e") and not lemma.endswith("ee") else stem) + "ing"
    return lemma


def forms(lemma: str) -> frozenset[str]:
    """All forms of a verb; British "-ll-" and "-s-" are the lexicon's spelling, American ones come with them.

    >>> sorted(forms("scrap"))
    ['scrap', 'scrapped', 'scrapping', 'scraps']
    """
    spellings = [lemma, lemma[:-2] + "ze"] if lemma.endswith("ise") else [lemma]
    return frozenset(
        inflect(spelling, form) for spelling in spellings for form in ("base", "s", "past", "participle", "ing")
    )
