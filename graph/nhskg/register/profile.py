"""What the register says of one body, as lines to read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nhskg.finding import find_one, name_key
from nhskg.ontology import load_predicates
from nhskg.register.bodies import Body, Register, read_register
from nhskg.register.dates import EVENTS, first_day, holds_on, period, when_it_held
from nhskg.register.tables import BODIES, FIRST_LINE, NAMES, OFFICE_HOLDERS, PROGRAMMES, RELATIONS, Row, read_table


@dataclass(frozen=True, slots=True)
class Profiles:
    """A register, to look bodies up in by name, alias, ODS code or id, and by day."""

    folder: Path
    register: Register

    @classmethod
    def open(cls, folder: Path) -> Profiles:
        """Reads a register.

        Raises:
            InputError: if a file is missing, or is not a table with its columns.
        """
        return cls(folder, read_register(folder))

    def find(self, name: str, on: date | None = None) -> str:
        """Gives the id of the body that a name means, among those open on a day if that tells them apart.

        Raises:
            NotFound: if none has that name; the message has the nearest ones.
            UsageError: if several have; the message lists them.
        """
        bodies = self.register.bodies
        by_name: dict[str, set[str]] = {}
        for form, ids in self.register.forms.items():
            by_name.setdefault(name_key(form), set()).update(ids)
        for body in bodies.values():
            for own in filter(None, (body.id, body.ods_code)):
                by_name.setdefault(name_key(own), set()).add(body.id)
        key = name_key(name)
        if on is not None and key in by_name:
            by_name[key] = {i for i in by_name[key] if bodies[i].open_on(on)} or by_name[key]
        return find_one(name, by_name, lambda i: bodies[i].name, "the register", lambda i: _brief(bodies[i]))

    def describe(self, name: str, on: date | None = None) -> Iterator[str]:
        """Gives the lines that tell of the body with a name: all that is known, or what held on a day.

        Raises:
            NotFound, UsageError: as ``find``.
        """
        body = self.register.bodies[self.find(name, on)]
        yield body.name
        yield f"  id {body.id}"
        if body.ods_code:
            yield f"  ODS code {body.ods_code}"
        yield f"  kind {body.kind.replace('_', ' ')}"
        if life := period(body.opened, body.closed):
            yield f"  open {life}"
        if on is not None and not body.open_on(on):
            yield f"  not open on {on}"
        if body.aliases:
            yield f"  also called {'; '.join(body.aliases)}"
        yield from self._earlier_names(body, on)
        yield from self._relations(body, on)
        yield from self._office_holders(body, on)
        yield self._source(body)

    def _earlier_names(self, body: Body, on: date | None) -> Iterator[str]:
        for row in read_table(self.folder, NAMES):
            if row["id"] != body.id:
                continue
            if on is None:
                yield f"  called before {row['name']}{_when(row)}"
            elif row["to"] and holds_on(row["from"], row["to"], on):
                yield f"  called then {row['name']}{_when(row)}"

    def _relations(self, body: Body, on: date | None) -> Iterator[str]:
        predicates = load_predicates()
        lines = []
        for row in read_table(self.folder, RELATIONS):
            if body.id not in (row["subject"], row["object"]):
                continue
            outwards = row["subject"] == body.id
            other = self.register.bodies[row["object" if outwards else "subject"]]
            if on is not None and not _held(row, other, on):
                continue
            predicate = predicates[row["predicate"]]
            words = predicate.label if outwards else predicate.inverse_label
            note = f" ({row['note']})" if row["note"] else ""
            line = f"  {words} {other.name}{_when(row)}{note}"
            lines.append((not outwards, row["predicate"], other.name, row["from"], line))
        yield from (line for *_, line in sorted(lines))

    def _office_holders(self, body: Body, on: date | None) -> Iterator[str]:
        for row in read_table(self.folder, OFFICE_HOLDERS):
            if row["body"] == body.id and (on is None or holds_on(row["from"], row["to"], on)):
                yield f"  {row['post']} {row['person'].split('|')[0]}{_when(row)}"

    def _source(self, body: Body) -> str:
        for file in (BODIES, PROGRAMMES):
            for line, row in enumerate(read_table(self.folder, file), start=FIRST_LINE):
                if row["id"] == body.id:
                    return f"  source {row['source']} ({file}, line {line})"
        raise AssertionError(body.id)


def _brief(body: Body) -> str:
    life = period(body.opened, body.closed)
    return ", ".join(filter(None, (body.id, body.kind.replace("_", " "), life)))


def _when(row: Row) -> str:
    when = when_it_held(row.get("predicate", ""), row["from"], row["to"])
    return f", {when}" if when else ""


def _held(row: Row, other: Body, on: date) -> bool:
    """Whether a relation held on a day between bodies that were open; a succession holds from its day on."""
    if row["predicate"] in EVENTS:
        return not row["from"] or first_day(row["from"]) <= on
    return holds_on(row["from"], row["to"], on) and other.open_on(on)
