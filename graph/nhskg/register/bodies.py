"""The register's bodies and the names that lead to them, from ``seeds/register``."""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nhskg.register.variants import name_variants
from nhskg.resources import resource

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
        on = day.isoformat()
        return (not self.opened or self.opened <= on) and (
            not self.closed or on <= self.closed + "-12-31"[len(self.closed) - 4 :]
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeHolder:
    """A term of office; dates as in ``Body``."""

    names: tuple[str, ...]
    post: str
    body: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Register:
    """The bodies by id, the forms of name that lead to them, and how a form may mislead.

    Attributes:
        forms: form of name to ids, sorted; several ids where bodies share a name.
        misleading: form to why it may mean something else: ``word``, ``place``, ``person``, ``other``.
    """

    bodies: Mapping[str, Body]
    forms: Mapping[str, tuple[str, ...]]
    misleading: Mapping[str, frozenset[str]]

    def candidates(self, form: str, on: date | None) -> tuple[str, ...]:
        """Gives the bodies that a form may mean on a day, best first: those open then, else all.

        Args:
            form: a name as the register spells it.
            on: date of the document; None where it is not known.
        """
        ids = self.forms.get(form, ())
        if on is None or len(ids) < 2:
            return ids
        return tuple(i for i in ids if self.bodies[i].open_on(on)) or ids


@functools.cache
def load_register() -> Register:
    """Reads the register that the package carries."""
    return read_register(resource("seeds", "register"))


def read_register(folder: Path) -> Register:
    """Reads a register from its CSV files."""
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

    for row in [*_rows(folder / "bodies.csv"), *_rows(folder / "programmes.csv")]:
        aliases = tuple(alias for alias in row["aliases"].split("|") if alias)
        bodies[row["id"]] = Body(
            id=row["id"],
            ods_code=row.get("ods_code", ""),
            name=row["name"],
            kind=row["kind"],
            aliases=aliases,
            opened=row["opened"],
            closed=row["closed"],
        )
    earlier = [(row["id"], row["name"]) for row in _rows(folder / "names.csv")]
    stated = [(body.id, name) for body in bodies.values() for name in (body.name, *body.aliases)] + earlier
    for identifier, name in stated:
        add(name, identifier, 2)
        for variant in name_variants(name):
            add(variant, identifier, 1)
    misleading = {
        row["alias"]: frozenset(row["why"].split("|")) - {"shared"} for row in _rows(folder / "ambiguous_aliases.csv")
    }
    return Register(
        bodies=bodies,
        forms={form: tuple(sorted(ids)) for form, ids in sorted(forms.items())},
        misleading={alias: why for alias, why in misleading.items() if why},
    )


@functools.cache
def load_office_holders() -> tuple[OfficeHolder, ...]:
    """Reads the terms of office that the package carries."""
    return tuple(
        OfficeHolder(
            names=tuple(row["person"].split("|")),
            post=row["post"],
            body=row["body"],
            start=row["from"],
            end=row["to"],
        )
        for row in _rows(resource("seeds", "register", "office_holders.csv"))
    )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
