"""The ways in which people shorten the official name of a body."""

from __future__ import annotations

import re
from collections.abc import Iterator

TRUST = re.compile(r"^(?P<stem>.+?) (?:University )?(?P<nhs>NHS )?(?P<type>Foundation Trust|Trust|FT)$")
SHORT_FORMS = (
    ("Integrated Care Board", "ICB"),
    ("Integrated Care System", "ICS"),
    ("Clinical Commissioning Group", "CCG"),
    ("Sustainability and Transformation Partnership", "STP"),
    ("Primary Care Trust", "PCT"),
    ("Strategic Health Authority", "SHA"),
)
NAMES_A_TRUST = re.compile(r"\b(Hospitals?|Healthcare|Partnership|Teaching|Ambulance|Community Health)\b")


def name_variants(name: str) -> Iterator[str]:
    """Gives shorter and differently joined forms of an official name.

    >>> sorted(name_variants("Royal Cornwall Hospitals NHS Trust"))
    ['Royal Cornwall Hospitals', 'Royal Cornwall Hospitals Trust']
    """
    seen = {name}
    for variant in [*_trust_forms(name), *_type_forms(name)]:
        if variant not in seen:
            seen.add(variant)
            yield variant
    for variant in sorted(seen):
        for joined in _joins(variant):
            if joined not in seen:
                seen.add(joined)
                yield joined


def _trust_forms(name: str) -> Iterator[str]:
    match = TRUST.match(name)
    if not match or not match["nhs"]:
        return
    stem, kind = match["stem"], match["type"]
    whole = name[: name.index(" NHS ")]
    for base in dict.fromkeys((stem, whole)):
        yield f"{base} {kind}"
        yield f"{base} Trust"
        if kind == "Foundation Trust":
            yield f"{base} FT"
            yield f"{base} NHS FT"
            yield f"{base} NHS Trust"
        if NAMES_A_TRUST.search(base) and base.count(" "):
            yield base


def _type_forms(name: str) -> Iterator[str]:
    for long, short in SHORT_FORMS:
        for one, other in ((long, short), (short, long)):
            if name.endswith(f" {one}"):
                stem = name.removesuffix(f" {one}").removeprefix("NHS ")
                yield f"{stem} {other}"
                yield f"{stem} {one}"
                yield f"NHS {stem} {other}"
                yield f"{stem} {other.lower() if ' ' in other else one.lower()}"


def _joins(name: str) -> Iterator[str]:
    if " and " in name:
        yield name.replace(" and ", " & ")
    if " & " in name:
        yield name.replace(" & ", " and ")
    if "'" in name:
        yield name.replace("'", "’")
    if "’" in name:
        yield name.replace("’", "'")
