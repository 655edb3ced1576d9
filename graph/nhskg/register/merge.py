"""What ODS publishes, merged into a register without losing what was corrected by hand.

The rule: an empty cell is filled, and a year or month made a day. Any other cell changes only if its row rests on ODS,
which is when ``source`` begins with "ODS". A row that somebody corrected names in front what the correction rests on, so
it stays as it is. Rows are added and never taken away.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from nhskg.finding import name_key
from nhskg.register.dates import first_day, last_day
from nhskg.register.ods import OdsRecord, OdsRelation, proper_case
from nhskg.register.tables import BODIES, LEFT_OUT, NAMES, RELATIONS, Row, Tables, sort_key, surfaces, values
from nhskg.register.variants import name_variants

ODS = "ODS"
OTHER = "that are no bodies of the register, such as sites, practices and parts of a board under a CCG's code"


class Action(StrEnum):
    """What a merge did with something."""

    ADDED = "added"
    CHANGED = "changed"
    LEFT = "left alone"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One thing that a merge did, or left alone and why."""

    action: Action
    what: str
    why: str

    def __str__(self) -> str:
        return f"{self.action.value}: {self.what}: {self.why}"


@dataclass(frozen=True, slots=True)
class Merge:
    """The merged tables; outcomes in the order of the file; how many records said nothing new, or were no bodies."""

    tables: Tables
    outcomes: tuple[Outcome, ...]
    same: int
    skipped: int

    def lines(self) -> Iterator[str]:
        """Gives the report: a line for each outcome, then the counts."""
        yield from map(str, self.outcomes)
        counts = Counter(outcome.action for outcome in self.outcomes)
        yield (
            ", ".join(f"{counts[action]} {action.value}" for action in Action)
            + f", {self.same} as before, {self.skipped} {OTHER}"
        )


def merge(tables: Tables, records: Iterable[OdsRecord], source: str) -> Merge:
    """Merges ODS records into the tables of a register; the tables given stay as they are.

    Args:
        tables: the register.
        records: as ``read_ods`` gives them.
        source: what new and changed rows rest on; begins with "ODS".
    """
    merger = _Merger({file: [dict(row) for row in rows] for file, rows in tables.items()}, source)
    same = skipped = 0
    records = list(records)
    for record in records:
        if record.sub_board or (not record.kind and record.code not in merger.by_code):
            skipped += 1
            continue
        before = len(merger.outcomes)
        merger.take(record)
        same += len(merger.outcomes) == before
    for record in records:  # only now, since a relation may be to a body that a later record brings
        for relation in record.relations:
            merger.relate(relation, record)
    for file, rows in merger.tables.items():
        rows.sort(key=lambda row, file=file: sort_key(file, row))  # type: ignore[misc]  # a default binds the file
    return Merge(merger.tables, tuple(merger.outcomes), same, skipped)


@dataclass(slots=True)
class _Merger:
    tables: Tables
    source: str
    outcomes: list[Outcome] = field(default_factory=list)
    by_code: dict[str, list[Row]] = field(init=False)
    owners: dict[str, set[str]] = field(init=False)
    related: set[tuple[str, str, str]] = field(init=False)

    def __post_init__(self) -> None:
        self.by_code = {}
        for row in self.tables[BODIES]:
            if row["ods_code"]:
                self.by_code.setdefault(row["ods_code"], []).append(row)
        self.owners = defaultdict(set)
        for row in self.tables[BODIES]:
            for surface in surfaces(row):
                self.owners[_plain(surface)].add(row["id"])
        self.related = {(row["subject"], row["predicate"], row["object"]) for row in self.tables[RELATIONS]}

    def take(self, record: OdsRecord) -> None:
        """Takes in the body itself: adds it, or fills and corrects its row."""
        left_out = {row["ods_code"]: row["why"] for row in self.tables[LEFT_OUT]}
        row = self._body(record.code)
        name = proper_case(record.name)
        what = f"{row['id']} {row['name']}" if row else f"{record.code} {name}"
        if record.code in left_out:
            self._left(what, f"left out on purpose: {left_out[record.code]} ({LEFT_OUT})")
        elif row:
            self._name(row, name, record)
            for column, value in (("opened", record.opened), ("closed", record.closed)):
                self._date(row, column, value, record)
        elif not record.english:
            self._left(what, f"not in England ({record.place})")
        elif owners := self.owners.get(_plain(name)):
            # Two bodies of one name would be a decision for ambiguous_aliases.csv, which is made by hand.
            self._left(what, f"{', '.join(sorted(owners))} has this name; see whether they are one ({record.place})")
        else:
            self._add(record, name)

    def relate(self, relation: OdsRelation, record: OdsRecord) -> None:
        """Adds a relation between two bodies of the register, for the time when both were open."""
        subject, object_ = self._body(relation.subject), self._body(relation.object)
        if subject is None or object_ is None or subject is object_:
            return  # most often the place of a body among sites and councils
        triple = (subject["id"], relation.predicate, object_["id"])
        if triple in self.related:
            return
        what = " ".join(triple)
        if relation.predicate == "succeeds":
            start, end = relation.start, ""
        else:
            start = max((relation.start, subject["opened"], object_["opened"]), key=_first)
            end = relation.end
            closed = [day for day in (end, subject["closed"], object_["closed"]) if day]
            if start and closed and first_day(start) > min(map(last_day, closed)):
                self._left(what, f"not while both were open ({record.place})")
                return
        others = [row for row in self._covering(object_) if row["id"] != subject["id"]]
        if relation.note and others and not subject["closed"]:
            start = ""  # the body has moved, and an extract does not say when
            whose = " and ".join(row["id"] for row in others)
            self._left(f"{whose} covers {object_['id']}", f"{subject['id']} does now; put in when that ended")
        self.related.add(triple)
        self.tables[RELATIONS].append(
            dict(zip(("subject", "predicate", "object"), triple, strict=True))
            | {"from": start, "to": end, "note": relation.note, "source": self.source}
        )
        self.outcomes.append(Outcome(Action.ADDED, what, f"from {start or 'a day not known'} ({record.place})"))

    def _covering(self, body: Row) -> list[Row]:
        """The boards that are open and cover a body, as far as the register knows."""
        above = {
            row["subject"]
            for row in self.tables[RELATIONS]
            if row["object"] == body["id"] and row["predicate"] == "covers" and not row["to"]
        }
        return [
            row
            for row in self.tables[BODIES]
            if row["id"] in above and row["kind"] == "integrated_care_board" and not row["closed"]
        ]

    def _body(self, code: str) -> Row | None:
        """The body that ODS now means by a code: of STP, ICS and ICB, which share one, the ICB."""
        rows = self.by_code.get(code, [])
        return next((row for row in rows if row["id"].startswith("ods-")), None)

    def _name(self, row: Row, name: str, record: OdsRecord) -> None:
        known = {_plain(form) for surface in surfaces(row) for form in (surface, *name_variants(surface))}
        if _plain(name) in known:
            return
        what = f"{row['id']} {row['name']}"
        if row["closed"]:
            self._left(what, f"closed, and ODS calls it {name} ({record.place})")
        elif self._may_change(row, what, f"ODS calls it {name}", record):
            if others := self.owners.get(_plain(name), set()) - {row["id"]}:
                self._left(what, f"ODS calls it {name}, which is a name of {', '.join(sorted(others))}")
                return
            earlier = {"id": row["id"], "name": row["name"], "from": "", "to": "", "source": self.source}
            self.tables[NAMES].append(earlier)
            row["aliases"] = "|".join([*values(row["aliases"]), row["name"]])
            self._changed(row, what, f"now called {name}", record)
            row["name"] = name
            self.owners[_plain(name)].add(row["id"])

    def _date(self, row: Row, column: str, value: str, record: OdsRecord) -> None:
        if not value or value == row[column]:
            return
        what = f"{row['id']} {row['name']}"
        if value.startswith(row[column]):
            self._changed(row, what, f"{column} {value}, was {row[column] or 'empty'}", record)
            row[column] = value
        elif self._may_change(row, what, f"{column} {row[column]}, ODS has {value}", record):
            self._changed(row, what, f"{column} {value}, was {row[column]}", record)
            row[column] = value

    def _may_change(self, row: Row, what: str, difference: str, record: OdsRecord) -> bool:
        if row["source"].startswith(ODS):
            return True
        self._left(what, f"{difference}, but the row rests on {row['source']} ({record.place})")
        return False

    def _add(self, record: OdsRecord, name: str) -> None:
        row = {
            "id": f"ods-{record.code.lower()}",
            "ods_code": record.code,
            "name": name,
            "kind": record.kind,
            "aliases": "",
            "opened": record.opened,
            "closed": record.closed,
            "source": self.source,
        }
        self.tables[BODIES].append(row)
        self.by_code.setdefault(record.code, []).append(row)
        self.owners[_plain(name)].add(row["id"])
        what = f"{row['id']} {name}"
        self.outcomes.append(Outcome(Action.ADDED, what, f"{record.kind.replace('_', ' ')} ({record.place})"))

    def _changed(self, row: Row, what: str, how: str, record: OdsRecord) -> None:
        if not row["source"].endswith(self.source):
            row["source"] = f"{row['source']}; {self.source}"
        self.outcomes.append(Outcome(Action.CHANGED, what, f"{how} ({record.place})"))

    def _left(self, what: str, why: str) -> None:
        self.outcomes.append(Outcome(Action.LEFT, what, why))


def _plain(name: str) -> str:
    """What names are compared by: letters and digits only, so that ODS's capitals and full stops do not count."""
    return re.sub(r"[^a-z0-9]", "", name_key(name))


def _first(when: str) -> str:
    return first_day(when).isoformat() if when else ""
