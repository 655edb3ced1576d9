"""The register of NHS bodies is curated data: every row is read and checked."""

import csv
import re
from collections import defaultdict
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

REGISTER = Path(__file__).parents[2] / "seeds" / "register"

COLUMNS = {
    "ambiguous_aliases.csv": ["alias", "why"],
    "bodies.csv": ["id", "ods_code", "name", "kind", "aliases", "opened", "closed", "source"],
    "names.csv": ["id", "name", "from", "to", "source"],
    "office_holders.csv": ["person", "post", "body", "from", "to", "source"],
    "programmes.csv": ["id", "name", "kind", "aliases", "opened", "closed", "source"],
    "relations.csv": ["subject", "predicate", "object", "from", "to", "note", "source"],
}
KINDS = {
    "ambulance_trust", "association", "ccg", "charity", "company", "csu", "department", "devolved_body",
    "foundation_trust", "government", "inquiry", "integrated_care_board", "integrated_care_system",
    "local_office", "national_body", "network", "parliament", "parliament_committee", "party", "pct",
    "publisher", "region", "regulator", "royal_college", "sha", "stp", "think_tank", "trust", "union",
}  # fmt: skip
PREDICATES = {"part_of", "member_of", "succeeds", "merged_with", "regulates", "funds", "hosts", "covers"}
REASONS = {"shared", "word", "person", "place", "other"}
SORT_KEYS = {
    "ambiguous_aliases.csv": ["alias"],
    "bodies.csv": ["id"],
    "names.csv": ["id", "from", "name"],
    "office_holders.csv": ["body", "post", "from", "person"],
    "programmes.csv": ["id"],
    "relations.csv": COLUMNS["relations.csv"],
}
REFERENCES = [
    ("names.csv", "id"),
    ("office_holders.csv", "body"),
    ("relations.csv", "subject"),
    ("relations.csv", "object"),
]
PERIODS = [
    ("bodies.csv", "opened", "closed"),
    ("names.csv", "from", "to"),
    ("office_holders.csv", "from", "to"),
    ("programmes.csv", "opened", "closed"),
    ("relations.csv", "from", "to"),
]
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")

Row = dict[str, str]


def read(file: str) -> list[Row]:
    with (REGISTER / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))


TABLES = {file: read(file) for file in COLUMNS}
BODIES = {row["id"]: row for row in TABLES["bodies.csv"]}


def values(cell: str) -> list[str]:
    return cell.split("|") if cell else []


def surfaces(body: Row) -> list[str]:
    return [body["name"], *values(body["aliases"])]


def earliest(date: str) -> str:
    return date + "-01-01"[len(date) - 4 :]


def latest(date: str) -> str:
    return date + "-12-31"[len(date) - 4 :]


def open_on(day: str, kind: str) -> int:
    return sum(
        body["kind"] == kind and body["opened"] <= day and (not body["closed"] or body["closed"] >= day)
        for body in BODIES.values()
    )


@pytest.mark.parametrize("file", COLUMNS)
def test_file_has_its_columns_and_clean_cells(file: str) -> None:
    raw = (REGISTER / file).read_bytes()
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    for row in TABLES[file]:
        assert list(row) == COLUMNS[file], row
        for cell in row.values():
            parts = values(cell)
            assert parts == [" ".join(part.split()) for part in parts], row
            assert all(parts), row
            assert len(parts) == len(set(parts)), row


@pytest.mark.parametrize("file", COLUMNS)
def test_rows_are_sorted_and_unique(file: str) -> None:
    keys = [tuple(row[column] for column in SORT_KEYS[file]) for row in TABLES[file]]
    assert keys == sorted(keys)
    rows = [tuple(row.values()) for row in TABLES[file]]
    assert len(rows) == len(set(rows))


def test_bodies_are_well_formed() -> None:
    assert len(BODIES) == len(TABLES["bodies.csv"]) >= 1300
    assert len({body["name"] for body in BODIES.values()}) == len(BODIES)
    assert {body["kind"] for body in BODIES.values()} == KINDS
    for id_, body in BODIES.items():
        assert ID.fullmatch(id_), id_
        assert body["name"], body
        assert body["source"], body
        code = body["ods_code"]
        prefix = {"stp": "stp-", "integrated_care_system": "ics-"}.get(body["kind"], "ods-")
        assert code == code.upper(), body
        assert id_.startswith(("ods-", "stp-", "ics-")) == bool(code), body
        assert not code or id_ == prefix + code.lower(), body


def test_trusts_and_foundation_trusts_are_told_apart() -> None:
    for body in BODIES.values():
        if body["kind"] in {"trust", "foundation_trust"}:
            assert ("NHS Foundation Trust" in body["name"]) == (body["kind"] == "foundation_trust"), body
        assert ("Ambulance" in body["name"] and "Trust" in body["name"]) == (
            body["kind"] == "ambulance_trust" or body["id"] == "ods-rt4"
        ), body


def test_no_alias_is_the_name() -> None:
    for body in BODIES.values():
        assert body["name"] not in values(body["aliases"]), body


def test_names_are_in_proper_case() -> None:
    for body in BODIES.values():
        for surface in surfaces(body):
            assert not re.search(r"\w (And|Of|For|On|With) \w", surface), body
        assert not re.search(r"\b[A-Z]{4,} [A-Z]{4,}\b", body["name"]), body


def test_shared_aliases_are_listed_as_ambiguous() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for id_, body in BODIES.items():
        for surface in surfaces(body):
            owners[surface.casefold()].add(id_)
    shared = {surface for body in BODIES.values() for surface in surfaces(body) if len(owners[surface.casefold()]) > 1}
    listed = {row["alias"] for row in TABLES["ambiguous_aliases.csv"] if "shared" in values(row["why"])}
    assert listed == shared


def test_ambiguous_aliases_exist_and_say_why() -> None:
    rows = TABLES["ambiguous_aliases.csv"]
    known = {surface for body in BODIES.values() for surface in surfaces(body)}
    assert {row["alias"] for row in rows} <= known
    assert len({row["alias"] for row in rows}) == len(rows)
    for row in rows:
        assert row["why"], row
        assert set(values(row["why"])) <= REASONS, row


@pytest.mark.parametrize(("file", "column"), REFERENCES)
def test_references_resolve(file: str, column: str) -> None:
    assert {row[column] for row in TABLES[file]} <= BODIES.keys()


@pytest.mark.parametrize(("file", "start", "end"), PERIODS)
def test_dates_are_iso_and_in_order(file: str, start: str, end: str) -> None:
    for row in TABLES[file]:
        for date in (row[start], row[end]):
            assert not date or DATE.fullmatch(date), row
        if row[start] and row[end]:
            assert earliest(row[start]) <= latest(row[end]), row


def test_relations_use_known_predicates_between_two_bodies() -> None:
    rows = TABLES["relations.csv"]
    assert {row["predicate"] for row in rows} <= PREDICATES
    assert all(row["subject"] != row["object"] for row in rows)
    triples = {(row["subject"], row["predicate"], row["object"], row["from"]) for row in rows}
    assert len(triples) == len(rows)
    assert all(row["source"] for row in rows)


@pytest.mark.parametrize("predicate", ["succeeds", "part_of"])
def test_successions_and_parts_are_acyclic(predicate: str) -> None:
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for row in TABLES["relations.csv"]:
        if row["predicate"] == predicate:
            sorter.add(row["subject"], row["object"])
    sorter.prepare()  # raises CycleError


def test_earlier_names_are_aliases() -> None:
    for row in TABLES["names.csv"]:
        assert row["name"] in values(BODIES[row["id"]]["aliases"]), row


@pytest.mark.parametrize(
    ("day", "count"),
    [
        ("2013-04-01", 211),
        ("2015-04-01", 209),
        ("2017-04-01", 207),
        ("2018-04-01", 195),
        ("2019-04-01", 191),
        ("2020-04-01", 135),
        ("2021-04-01", 106),
        ("2022-07-01", 0),
    ],
)
def test_open_ccgs(day: str, count: int) -> None:
    assert open_on(day, "ccg") == count


def test_open_integrated_care_boards() -> None:
    assert open_on("2022-06-30", "integrated_care_board") == 0
    assert open_on("2022-07-01", "integrated_care_board") == 42


def test_every_ccg_has_a_successor() -> None:
    followed = {row["object"] for row in TABLES["relations.csv"] if row["predicate"] == "succeeds"}
    assert {id_ for id_, body in BODIES.items() if body["kind"] == "ccg"} <= followed


@pytest.mark.parametrize(
    ("id_", "aliases"),
    [
        ("nhs-england", "NHSE|NHS Commissioning Board"),
        ("nhs-improvement", "NHSI"),
        ("nhs-england-and-nhs-improvement", "NHSE/I|NHSEI|NHS England/Improvement|NHSE/NHSI"),
        ("hm-treasury", "HMT|the Treasury|Treasury"),
        ("nhs-tda", "TDA|NTDA"),
        ("hsj", "Health Service Journal|hsj.co.uk"),
        ("kings-fund", "The King's Fund|Kings Fund"),
        ("national-health-service", "NHS|the NHS|health service"),
        ("uk-government", "Government|the Government|government"),
    ],
)
def test_much_used_aliases_are_there(id_: str, aliases: str) -> None:
    assert set(values(aliases)) <= set(values(BODIES[id_]["aliases"]))


def test_programmes_are_well_formed_and_told_apart() -> None:
    rows = TABLES["programmes.csv"]
    ids = {row["id"] for row in rows}
    assert len(ids) == len(rows) >= 180
    assert not ids & BODIES.keys()
    owners = {surface.casefold(): id_ for id_, body in BODIES.items() for surface in surfaces(body)}
    for row in rows:
        assert ID.fullmatch(row["id"]), row
        assert row["kind"] in {"programme", "fund"}, row
        assert row["id"].startswith(row["kind"] + "-"), row
        assert row["name"], row
        assert row["source"], row
        assert row["name"] not in values(row["aliases"]), row
        for surface in surfaces(row):
            assert not surface.casefold().startswith("the "), row
            assert owners.setdefault(surface.casefold(), row["id"]) == row["id"], (surface, row)


def test_readme_names_every_column_kind_and_predicate() -> None:
    readme = (REGISTER / "README.md").read_text(encoding="utf-8")
    for file, columns in COLUMNS.items():
        section = readme.split(f"## {file}\n")[1].split("\n## ")[0]
        for column in columns:
            assert f"| `{column}` |" in section, (file, column)
    for word in KINDS | PREDICATES | REASONS:
        assert f"`{word}`" in readme, word
    assert "Open Government Licence v3.0 (NHS England Organisation Data Service; ONS; GOV.UK)." in readme
    assert "Institute for Government, IfG Ministers Database, CC BY 4.0." in readme
