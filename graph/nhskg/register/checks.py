"""The checks of a register's data: columns, ids, dates, references, cycles, orphans, aliases.

Each check is a generator over the tables; a register is in order when none of them gives anything.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from pathlib import Path

from nhskg.errors import InputError
from nhskg.register.dates import first_day, last_day
from nhskg.register.tables import (
    AMBIGUOUS,
    BODIES,
    COLUMNS,
    FIRST_LINE,
    LEFT_OUT,
    NAMES,
    OFFICE_HOLDERS,
    PROGRAMMES,
    RELATIONS,
    SORT_KEYS,
    Row,
    Tables,
    read_tables,
    sort_key,
    surfaces,
    values,
)

KINDS = {
    "ambulance_trust", "association", "ccg", "charity", "company", "csu", "department", "devolved_body",
    "foundation_trust", "government", "inquiry", "integrated_care_board", "integrated_care_system",
    "local_office", "national_body", "network", "parliament", "parliament_committee", "party", "pct",
    "publisher", "region", "regulator", "royal_college", "sha", "stp", "think_tank", "trust", "union",
}  # fmt: skip
PREDICATES = {"part_of", "member_of", "succeeds", "merged_with", "regulates", "funds", "hosts", "covers"}
REASONS = {"shared", "word", "person", "place", "other"}
PREFIXES = {"stp": "stp-", "integrated_care_system": "ics-"}  # of ids with an ODS code; others have "ods-"
REFERENCES = ((NAMES, "id"), (OFFICE_HOLDERS, "body"), (RELATIONS, "subject"), (RELATIONS, "object"))
PERIODS = (
    (BODIES, "opened", "closed"),
    (NAMES, "from", "to"),
    (OFFICE_HOLDERS, "from", "to"),
    (PROGRAMMES, "opened", "closed"),
    (RELATIONS, "from", "to"),
)
NEEDED = {
    AMBIGUOUS: ("alias", "why"),
    BODIES: ("id", "name", "kind", "source"),
    LEFT_OUT: ("ods_code", "why"),
    NAMES: ("id", "name", "source"),
    OFFICE_HOLDERS: ("person", "post", "body", "source"),
    PROGRAMMES: ("id", "name", "kind", "source"),
    RELATIONS: ("subject", "predicate", "object", "source"),
}
ACYCLIC = ("succeeds", "part_of")
NEVER_ALONE = {
    "ccg", "csu", "integrated_care_board", "integrated_care_system", "local_office", "pct", "region", "sha", "stp",
}  # fmt: skip
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong in a line of a register, and what to do about it."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.message}"


def check_register(folder: Path) -> tuple[Problem, ...]:
    """Checks the files in a folder.

    Returns:
        The problems by file and line; none for a register that is in order.

    Raises:
        InputError: if a file is missing or is not a table, so that its rows cannot be checked.
    """
    return check_tables(read_tables(folder))


def check_tables(tables: Tables) -> tuple[Problem, ...]:
    """Checks tables that are already read; as ``check_register``."""
    checks = (
        _cells,
        _order,
        _bodies,
        _names,
        _references,
        _dates,
        _relations,
        _terms,
        _cycles,
        _orphans,
        _aliases,
        _programmes,
    )
    return tuple(sorted({problem for check in checks for problem in check(tables)}))


def require_order(tables: Tables, whose: str) -> None:
    """Refuses tables that have problems.

    Args:
        tables: the register.
        whose: its folder.

    Raises:
        InputError: with the first problems.
    """
    problems = check_tables(tables)
    if problems:
        shown = "".join(f"\n  {problem}" for problem in problems[:5])
        raise InputError(f"{whose} has {counted(problems)}; see nhskg register check --register {whose}{shown}")


def counted(problems: Sequence[Problem]) -> str:
    """Says how many problems there are.

    >>> counted([Problem("bodies.csv", 2, "id is empty; fill it in")]), counted([])
    ('1 problem', '0 problems')
    """
    return f"{len(problems)} problem{'' if len(problems) == 1 else 's'}"


def _rows(tables: Tables, file: str) -> Iterable[tuple[int, Row]]:
    return enumerate(tables[file], start=FIRST_LINE)


def _cells(tables: Tables) -> Iterator[Problem]:
    for file in COLUMNS:
        for line, row in _rows(tables, file):
            for column, cell in row.items():
                parts = values(cell)
                if not all(parts) or parts != [" ".join(part.split()) for part in parts]:
                    yield Problem(file, line, f"{column} is {cell!r}; take out the spaces and bars that say nothing")
                elif len(parts) != len(set(parts)):
                    yield Problem(file, line, f"{column} says something twice; say it once")
            for column in NEEDED[file]:
                if not row[column]:
                    yield Problem(file, line, f"{column} is empty; fill it in")


def _order(tables: Tables) -> Iterator[Problem]:
    for file in COLUMNS:
        before: Row | None = None
        for line, row in _rows(tables, file):
            if before is not None:
                if row == before:
                    yield Problem(file, line, "the row above once more; leave one out")
                elif sort_key(file, row) < sort_key(file, before):
                    yield Problem(file, line, f"out of order; sort the file by {', '.join(SORT_KEYS[file])}")
            before = row


def _bodies(tables: Tables) -> Iterator[Problem]:
    ids: dict[str, int] = {}
    names: dict[str, int] = {}
    for line, row in _rows(tables, BODIES):
        identifier, code, name = row["id"], row["ods_code"], row["name"]
        if not ID.fullmatch(identifier):
            yield Problem(BODIES, line, f"id {identifier!r} has other characters than a-z, 0-9 and single hyphens")
        if ids.setdefault(identifier, line) != line:
            yield Problem(BODIES, line, f"id {identifier} is that of line {ids[identifier]} too; ids are unique")
        if names.setdefault(name, line) != line:
            yield Problem(BODIES, line, f"{name} is the name in line {names[name]} too; no two bodies share a name")
        if row["kind"] not in KINDS:
            yield Problem(BODIES, line, f"kind {row['kind']!r} is not one of those in the README")
        if name in values(row["aliases"]):
            yield Problem(BODIES, line, f"{name} is the name and an alias; take it out of the aliases")
        expected = PREFIXES.get(row["kind"], "ods-") + code.lower()
        if code != code.upper():
            yield Problem(BODIES, line, f"ODS code {code} is not in capitals")
        if code and identifier != expected:
            yield Problem(BODIES, line, f"with ODS code {code} the id must be {expected}, not {identifier}")
        if not code and identifier.startswith(("ods-", "stp-", "ics-")):
            yield Problem(BODIES, line, f"id {identifier} is made of an ODS code, and there is none")


def _names(tables: Tables) -> Iterator[Problem]:
    aliases = {row["id"]: values(row["aliases"]) for row in tables[BODIES]}
    for line, row in _rows(tables, NAMES):
        if row["id"] in aliases and row["name"] not in aliases[row["id"]]:
            yield Problem(NAMES, line, f"{row['name']} is no alias of {row['id']}; add it in {BODIES}")


def _references(tables: Tables) -> Iterator[Problem]:
    known = {row["id"] for row in tables[BODIES]}
    for file, column in REFERENCES:
        for line, row in _rows(tables, file):
            if row[column] and row[column] not in known:
                yield Problem(file, line, f"{column} {row[column]} is not the id of a body in {BODIES}")


def _dates(tables: Tables) -> Iterator[Problem]:
    for file, start, end in PERIODS:
        for line, row in _rows(tables, file):
            try:
                if row[start] and row[end] and first_day(row[start]) > last_day(row[end]):
                    yield Problem(file, line, f"{start} {row[start]} is after {end} {row[end]}")
                for when in filter(None, (row[start], row[end])):
                    first_day(when)
            except ValueError:
                yield Problem(file, line, f"{start} {row[start]!r}, {end} {row[end]!r}: not dates; write YYYY-MM-DD")


def _relations(tables: Tables) -> Iterator[Problem]:
    seen: dict[tuple[str, ...], int] = {}
    for line, row in _rows(tables, RELATIONS):
        if row["predicate"] not in PREDICATES:
            yield Problem(RELATIONS, line, f"predicate {row['predicate']!r} is not one of those in the README")
        if row["subject"] == row["object"]:
            yield Problem(RELATIONS, line, f"{row['subject']} is related to itself")
        key = (row["subject"], row["predicate"], row["object"], row["from"])
        if seen.setdefault(key, line) != line:
            yield Problem(RELATIONS, line, f"says the same as line {seen[key]}; leave one out")


def _terms(tables: Tables) -> Iterator[Problem]:
    seen: dict[tuple[str, ...], int] = {}
    for line, row in _rows(tables, OFFICE_HOLDERS):
        key = (row["person"].split("|")[0], row["post"], row["body"], row["from"])
        if seen.setdefault(key, line) != line:
            yield Problem(OFFICE_HOLDERS, line, f"says the same as line {seen[key]}; leave one out")


def _cycles(tables: Tables) -> Iterator[Problem]:
    for predicate in ACYCLIC:
        sorter: TopologicalSorter[str] = TopologicalSorter()
        lines: dict[tuple[str, str], int] = {}
        for line, row in _rows(tables, RELATIONS):
            if row["predicate"] == predicate and row["subject"] != row["object"]:
                sorter.add(row["subject"], row["object"])
                lines[row["subject"], row["object"]] = line
        try:
            sorter.prepare()
        except CycleError as error:
            circle: list[str] = error.args[1][::-1]  # graphlib lists predecessors first
            line = min(lines[pair] for pair in pairwise(circle))
            yield Problem(RELATIONS, line, f"{f' {predicate} '.join(circle)}: a circle; take one of them out")


def _orphans(tables: Tables) -> Iterator[Problem]:
    """Parts of the NHS that no relation ties to the rest, and closed CCGs that lead nowhere."""
    followed = {row["object"] for row in tables[RELATIONS] if row["predicate"] == "succeeds"}
    related = {row[end] for row in tables[RELATIONS] for end in ("subject", "object")}
    for line, row in _rows(tables, BODIES):
        if row["kind"] in NEVER_ALONE and row["id"] not in related:
            yield Problem(BODIES, line, f"{row['id']} has no relation; say in {RELATIONS} what it is part of")
        if row["kind"] == "ccg" and row["closed"] and row["id"] not in followed:
            yield Problem(BODIES, line, f"{row['id']} is closed and nothing succeeds it; add that to {RELATIONS}")


def _aliases(tables: Tables) -> Iterator[Problem]:
    owners: dict[str, set[str]] = defaultdict(set)
    lines: dict[str, int] = {}
    for line, row in _rows(tables, BODIES):
        for surface in surfaces(row):
            owners[surface.casefold()].add(row["id"])
            lines.setdefault(surface, line)
    listed: dict[str, int] = {}
    for line, row in _rows(tables, AMBIGUOUS):
        alias, reasons = row["alias"], values(row["why"])
        if listed.setdefault(alias, line) != line:
            yield Problem(AMBIGUOUS, line, f"{alias} is in line {listed[alias]} too; put both reasons into one row")
        if alias not in lines:
            yield Problem(AMBIGUOUS, line, f"{alias} is no name or alias in {BODIES}")
        if not set(reasons) <= REASONS:
            yield Problem(AMBIGUOUS, line, f"why {row['why']!r} is not one of {', '.join(sorted(REASONS))}")
        if "shared" in reasons and alias in lines and len(owners[alias.casefold()]) < 2:
            yield Problem(AMBIGUOUS, line, f"{alias} is not shared: only one body has it")
    shared = {row["alias"] for row in tables[AMBIGUOUS] if "shared" in values(row["why"])}
    for surface, line in lines.items():
        if len(owners[surface.casefold()]) > 1 and surface not in shared:
            whose = ", ".join(sorted(owners[surface.casefold()]))
            yield Problem(BODIES, line, f"{surface} belongs to {whose}; add a row 'shared' to {AMBIGUOUS}")


def _programmes(tables: Tables) -> Iterator[Problem]:
    bodies = {row["id"] for row in tables[BODIES]}
    owners = {surface.casefold(): row["id"] for row in tables[BODIES] for surface in surfaces(row)}
    ids: dict[str, int] = {}
    for line, row in _rows(tables, PROGRAMMES):
        identifier = row["id"]
        if ids.setdefault(identifier, line) != line or identifier in bodies:
            yield Problem(PROGRAMMES, line, f"id {identifier} is used elsewhere; ids are unique")
        if row["kind"] not in {"programme", "fund"}:
            yield Problem(PROGRAMMES, line, f"kind {row['kind']!r} is neither programme nor fund")
        if not ID.fullmatch(identifier) or not identifier.startswith(row["kind"] + "-"):
            yield Problem(PROGRAMMES, line, f"id {identifier} must be {row['kind']}- and a slug of the name")
        if row["name"] in values(row["aliases"]):
            yield Problem(PROGRAMMES, line, f"{row['name']} is the name and an alias; take it out of the aliases")
        for surface in surfaces(row):
            if surface.casefold().startswith("the "):
                yield Problem(PROGRAMMES, line, f"{surface}: leave out the leading article")
            if owners.setdefault(surface.casefold(), identifier) != identifier:
                yield Problem(PROGRAMMES, line, f"{surface} belongs to {owners[surface.casefold()]} too")
