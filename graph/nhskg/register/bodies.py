"""The register's bodies and the names that lead to them."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nhskg.register.dates import holds_on
from nhskg.register.tables import (
    AMBIGUOUS,
    BODIES,
    NAMES,
    OFFICE_HOLDERS,
    PROGRAMMES,
    RELATIONS,
    read_table,
    register_folder,
    values,
)
from nhskg.register.variants import name_variants

WIDE = 40
"""Relations of a body at most for them to tell where another is: all trusts have to do with NHS England."""
ARTICLE = re.compile(r"^the (?=\S)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """One body; ``opened`` and ``closed`` are ISO dates as precise as known (``2013``, ``2013-04``), or empty."""

    id: str
    ods_code: str
    name: str
    kind: str
    aliases: tuple[str, ...]
    opened: str
    closed: str

    def open_on(self, day: date) -> bool:
        """Whether the body existed on that day; a date known to the year counts for the whole year."""
        return holds_on(self.opened, self.closed, day)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeHolder:
    """A term of office; dates as in ``Body``."""

    names: tuple[str, ...]
    post: str
    body: str
    start: str
    end: str

    def held_on(self, day: date) -> bool:
        """Whether the post was held so on that day, as ``Body.open_on``; not if nobody knows since when."""
        return bool(self.start) and holds_on(self.start, self.end, day)


@dataclass(frozen=True, slots=True)
class Register:
    """The bodies by id, the forms of name that lead to them, and how a form may mislead.

    Attributes:
        forms: form of name to ids, sorted; several ids where bodies share a name.
        misleading: form to why it may mean something else: ``word``, ``place``, ``person``, ``other``.
        related: the bodies that a body has to do with, but for those that all have to do with.
    """

    bodies: Mapping[str, Body]
    forms: Mapping[str, tuple[str, ...]]
    misleading: Mapping[str, frozenset[str]]
    related: Mapping[str, frozenset[str]]


def load_register() -> Register:
    """Gives the register in use, ``register_folder()``; it is read once."""
    return _loaded_register(register_folder())


@functools.cache
def _loaded_register(folder: Path) -> Register:
    return read_register(folder)


def read_register(folder: Path) -> Register:
    """Reads a register from its CSV files.

    Raises:
        InputError: if a file is missing, or is not a table with its columns.
    """
    bodies: dict[str, Body] = {}
    forms: dict[str, set[str]] = {}
    strengths: dict[str, int] = {}

    def add(form: str, body: str, strength: int) -> None:
        form = ARTICLE.sub("", form)
        # A name that the register states beats one that is only derived from another body's name.
        if strengths.get(form, 0) > strength:
            return
        if strengths.get(form, 0) < strength:
            forms[form], strengths[form] = set(), strength
        forms[form].add(body)

    for row in [*read_table(folder, BODIES), *read_table(folder, PROGRAMMES)]:
        bodies[row["id"]] = Body(
            id=row["id"],
            ods_code=row.get("ods_code", ""),
            name=row["name"],
            kind=row["kind"],
            aliases=tuple(values(row["aliases"])),
            opened=row["opened"],
            closed=row["closed"],
        )
    earlier = [(row["id"], row["name"]) for row in read_table(folder, NAMES)]
    stated = [(body.id, name) for body in bodies.values() for name in (body.name, *body.aliases)] + earlier
    for identifier, name in stated:
        add(name, identifier, 2)
        for variant in name_variants(name):
            add(variant, identifier, 1)
    related: dict[str, set[str]] = {}
    for row in read_table(folder, RELATIONS):
        related.setdefault(row["subject"], set()).add(row["object"])
        related.setdefault(row["object"], set()).add(row["subject"])
    wide = {body for body, others in related.items() if len(others) > WIDE}
    misleading = {
        ARTICLE.sub("", row["alias"]): frozenset(row["why"].split("|")) - {"shared"}
        for row in read_table(folder, AMBIGUOUS)
    }
    return Register(
        bodies=bodies,
        forms={form: tuple(sorted(ids)) for form, ids in sorted(forms.items())},
        misleading={alias: why for alias, why in misleading.items() if why},
        related={body: frozenset(others - wide) for body, others in related.items()},
    )


def load_office_holders() -> tuple[OfficeHolder, ...]:
    """Gives the terms of office of the register in use; they are read once."""
    return _loaded_office_holders(register_folder())


@functools.cache
def _loaded_office_holders(folder: Path) -> tuple[OfficeHolder, ...]:
    return tuple(
        OfficeHolder(
            names=tuple(values(row["person"])), post=row["post"], body=row["body"], start=row["from"], end=row["to"]
        )
        for row in read_table(folder, OFFICE_HOLDERS)
    )
