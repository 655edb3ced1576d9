"""The register of NHS bodies is curated data: every row is read and checked."""

import re
from datetime import date

import pytest

from nhskg.register.bodies import OfficeHolder
from nhskg.register.checks import KINDS, PREDICATES, REASONS, check_register
from nhskg.register.dates import holds_on
from nhskg.register.tables import BODIES, COLUMNS, PROGRAMMES, read_tables, surfaces, values
from samples import ROOT

REGISTER = ROOT / "seeds" / "register"
TABLES = read_tables(REGISTER)
BY_ID = {row["id"]: row for row in TABLES[BODIES]}


def open_on(day: str, kind: str) -> int:
    return sum(
        body["kind"] == kind and holds_on(body["opened"], body["closed"], date.fromisoformat(day))
        for body in BY_ID.values()
    )


def test_the_register_is_in_order() -> None:
    assert check_register(REGISTER) == ()


@pytest.mark.parametrize("file", COLUMNS)
def test_files_are_written_alike(file: str) -> None:
    raw = (REGISTER / file).read_bytes()
    assert b"\r" not in raw
    assert not raw.startswith(b"\xef\xbb\xbf")


def test_nothing_has_got_lost() -> None:
    assert len(TABLES[BODIES]) >= 1300
    assert len(TABLES[PROGRAMMES]) >= 180
    assert {body["kind"] for body in TABLES[BODIES]} == KINDS


def test_trusts_and_foundation_trusts_are_told_apart() -> None:
    for body in BY_ID.values():
        if body["kind"] in {"trust", "foundation_trust"}:
            assert ("NHS Foundation Trust" in body["name"]) == (body["kind"] == "foundation_trust"), body
        assert ("Ambulance" in body["name"] and "Trust" in body["name"]) == (
            body["kind"] == "ambulance_trust" or body["id"] == "ods-rt4"
        ), body


def test_names_are_in_proper_case() -> None:
    for body in BY_ID.values():
        for surface in surfaces(body):
            assert not re.search(r"\w (And|Of|For|On|With) \w", surface), body
        assert not re.search(r"\b[A-Z]{4,} [A-Z]{4,}\b", body["name"]), body


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
    assert set(values(aliases)) <= set(values(BY_ID[id_]["aliases"]))


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


@pytest.mark.parametrize(
    ("start", "end", "day", "held"),
    [
        ("2002", "2013", "2013-06-01", True),
        ("2008", "2012-07", "2012-07-31", True),
        ("2008", "2012-07", "2012-08-01", False),
        ("2018-07", "", "2018-06-30", False),
        ("", "2013", "2012-01-01", False),
    ],
)
def test_a_term_of_office_lasts_to_the_end_of_its_last_year_or_month(
    start: str, end: str, day: str, held: bool
) -> None:
    holder = OfficeHolder(names=("Cynthia Bower",), post="Chief Executive", body="cqc", start=start, end=end)
    assert holder.held_on(date.fromisoformat(day)) is held
