"""Files of the Organisation Data Service, read and merged into a register."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from nhskg.errors import InputError, UsageError
from nhskg.register.checks import check_register
from nhskg.register.imports import import_file
from nhskg.register.ods import OdsRelation, read_ods
from nhskg.register.tables import Row, read_table, read_tables
from nhskg.resources import PACKAGE
from samples import ROOT, run

REGISTER = ROOT / "seeds" / "register"
TABLES = read_tables(REGISTER)


def extract(*rows: tuple[str, str, str, str, str, str], subtype: str = "") -> str:
    """An extract as ODS writes it: code, name, region, board, open and close date; the other columns are empty."""
    lines = []
    for code, name, region, board, opened, closed in rows:
        cells = [code, name, region, board, *[""] * 6, opened, closed, "", subtype, *[""] * 13]
        lines.append(",".join(f'"{cell}"' for cell in cells) + "\r\n")
    return "".join(lines)


def organisation(code: str, name: str, *roles: str, **more: Any) -> dict[str, Any]:
    """An organisation as the ORD interface writes it."""
    return {
        "Name": name,
        "OrgId": {"assigningAuthorityName": "HSCIC", "extension": code},
        "Date": [{"Type": "Operational", "Start": "1999-01-01"}, {"Type": "Legal", "Start": "2027-04-01"}],
        "Roles": {"Role": [{"id": role} for role in roles]},
        **more,
    }


def link(code: str, **more: Any) -> dict[str, Any]:
    return {"Target": {"OrgId": {"extension": code}}, "Date": [{"Type": "Legal", "Start": "2027-04-01"}], **more}


def row(folder: Path, identifier: str) -> Row:
    return next(row for row in read_table(folder, "bodies.csv") if row["id"] == identifier)


def merged(tmp_path: Path, text: str, folder: Path | None = None, name: str = "etr.csv") -> tuple[Path, str]:
    """Imports a text; gives the register's folder and the report."""
    (tmp_path / name).write_bytes(text.encode())
    target = folder or tmp_path / "register"
    done, problems = import_file(tmp_path / name, target, source=f"ODS {name}")
    assert problems == check_register(target) == ()
    return target, "\n".join(done.lines())


def test_what_ods_has_told_before_changes_nothing(tmp_path: Path) -> None:
    trusts = [row for row in TABLES["bodies.csv"] if row["ods_code"] and row["kind"].endswith("trust")]
    text = extract(
        *(
            (r["ods_code"], r["name"].upper(), "Y58", "", r["opened"].replace("-", ""), r["closed"].replace("-", ""))
            for r in trusts
            if len(r["opened"]) in (0, 10) and len(r["closed"]) in (0, 10)
        )
    )
    folder, report = merged(tmp_path, text)
    assert "0 added, 0 changed, 0 left alone" in report
    for path in REGISTER.glob("*.csv"):
        assert (folder / path.name).read_bytes() == path.read_bytes()
    assert (folder / "README.md").exists()


def test_bodies_are_added_renamed_and_closed(tmp_path: Path) -> None:
    text = extract(
        ("X9X", "UPLAND AND ST. MARY'S NHS FOUNDATION TRUST", "Y58", "QT6", "20270401", ""),
        ("REF", "ROYAL DUCHY HOSPITALS NHS TRUST", "Y58", "QT6", "19920401", ""),
        ("RJ8", "CORNWALL PARTNERSHIP NHS FOUNDATION TRUST", "Y58", "QT6", "20020401", "20270331"),
        ("W9W", "VALLEYS NHS TRUST", "W00", "", "20270401", ""),
        ("R0C", "PROJECT NIGHTINGALE NHS TRUST", "Y56", "QMF", "20200301", "20200326"),
        ("REF01", "ROYAL DUCHY HOSPITAL", "Y58", "QT6", "19920401", ""),
    )
    folder, report = merged(tmp_path, text)
    added = row(folder, "ods-x9x")
    assert (added["name"], added["kind"]) == ("Upland and St. Mary's NHS Foundation Trust", "foundation_trust")
    renamed = row(folder, "ods-ref")
    assert renamed["name"] == "Royal Duchy Hospitals NHS Trust"
    assert "Royal Cornwall Hospitals NHS Trust" in renamed["aliases"].split("|")
    names = [r["name"] for r in read_table(folder, "names.csv") if r["id"] == "ods-ref"]
    assert names == ["Royal Cornwall Hospitals NHS Trust"]
    assert row(folder, "ods-rj8")["closed"] == "2027-03-31"
    seats = [r for r in read_table(folder, "relations.csv") if r["object"] == "ods-x9x"]
    assert [(r["subject"], r["predicate"], r["from"]) for r in seats] == [("ods-qt6", "covers", "2027-04-01")]
    assert "left alone: W9W Valleys NHS Trust: not in England" in report
    assert "left alone: R0C Project Nightingale NHS Trust: left out on purpose" in report
    assert ", 1 that are no bodies of the register" in report
    assert "now called Royal Duchy Hospitals NHS Trust (etr.csv, line 2)" in report
    assert "0 added, 0 changed, 2 left alone, 3 as before" in merged(tmp_path, text, folder)[1]


def test_corrections_by_hand_stay(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(REGISTER, tmp_path / "mine"))
    bodies = (folder / "bodies.csv").read_text(encoding="utf-8")
    old = next(line for line in bodies.split("\n") if line.startswith("ods-ref,"))
    new = old.replace("1992-04-01,,ODS", "1991-05-01,,board minutes; ODS")
    (folder / "bodies.csv").write_text(bodies.replace(old, new), encoding="utf-8")
    text = extract(("REF", "ROYAL DUCHY HOSPITALS NHS TRUST", "Y58", "QT6", "19920401", "20270331"))
    _, report = merged(tmp_path, text, folder)
    kept = row(folder, "ods-ref")
    assert (kept["name"], kept["opened"]) == ("Royal Cornwall Hospitals NHS Trust", "1991-05-01")
    assert kept["closed"] == "2027-03-31"  # an empty cell is no correction
    assert kept["source"] == "board minutes; ODS etr.csv 2026-07 (OGL); ODS etr.csv"
    assert "opened 1991-05-01, ODS has 1992-04-01, but the row rests on board minutes" in report
    assert "ODS calls it Royal Duchy Hospitals NHS Trust, but the row rests on" in report


def test_a_part_of_a_board_is_not_the_ccg_whose_code_it_has(tmp_path: Path) -> None:
    text = extract(("11N", "NHS CORNWALL AND THE ISLES OF SCILLY ICB - 11N", "Y58", "QT6", "20130401", ""))
    folder, report = merged(tmp_path, text)
    assert row(folder, "ods-11n") == next(row for row in TABLES["bodies.csv"] if row["id"] == "ods-11n")
    assert "0 added, 0 changed, 0 left alone, 0 as before, 1 that are no bodies" in report


def test_a_body_that_moves_gets_its_new_board_and_the_old_one_is_reported(tmp_path: Path) -> None:
    folder, report = merged(
        tmp_path, extract(("REF", "ROYAL CORNWALL HOSPITALS NHS TRUST", "Y58", "QJK", "19920401", ""))
    )
    seats = {r["subject"]: r["from"] for r in read_table(folder, "relations.csv") if r["object"] == "ods-ref"}
    assert seats == {"ods-qt6": "2022-07-01", "ods-qjk": ""}
    assert "ods-qt6 covers ods-ref: ods-qjk does now; put in when that ended" in report


def test_a_new_code_for_a_name_that_is_known_is_left_to_the_reader(tmp_path: Path) -> None:
    folder, report = merged(tmp_path, extract(("X9X", "KERNOW CCG", "Y58", "QT6", "20270401", "")))
    assert "left alone: X9X Kernow CCG: ods-11n has this name" in report
    assert [r["id"] for r in read_table(folder, "bodies.csv")] == [r["id"] for r in TABLES["bodies.csv"]]


@pytest.mark.parametrize("shape", ["one", "list", "lines", "Organisations"])
def test_json_of_the_ord_interface(tmp_path: Path, shape: str) -> None:
    trust = organisation(
        "X9X",
        "UPLAND NHS FOUNDATION TRUST",
        "RO197",
        "RO57",
        Succs={"Succ": [link("REF", Type="Predecessor"), link("NOBODY", Type="Predecessor")]},
        Rels={"Rel": [link("QT6", id="RE5"), link("RO99", id="RE8")]},
    )
    site = organisation("X9X01", "UPLAND HOSPITAL", "RO198")
    text = {
        "one": json.dumps({"Organisation": trust}),
        "list": json.dumps([{"Organisation": site}, {"Organisation": trust}]),
        "lines": "\n".join(json.dumps({"Organisation": each}) for each in (trust, site)),
        "Organisations": json.dumps({"Organisations": [trust, site]}),
    }[shape]
    folder, report = merged(tmp_path, text, name="ord.json")
    added = row(folder, "ods-x9x")
    assert (added["kind"], added["opened"]) == ("foundation_trust", "2027-04-01")
    relations = {
        (r["subject"], r["predicate"], r["object"], r["from"])
        for r in read_table(folder, "relations.csv")
        if r["source"] == "ODS ord.json"
    }
    assert relations == {
        ("ods-x9x", "succeeds", "ods-ref", "2027-04-01"),
        ("ods-qt6", "covers", "ods-x9x", "2027-04-01"),
    }
    assert "added: ods-x9x Upland NHS Foundation Trust: foundation trust (ord.json, organisation " in report


def test_the_list_of_a_search_tells_names_and_codes(tmp_path: Path) -> None:
    found = {"Name": "UPLAND NHS TRUST", "OrgId": "X9X", "PrimaryRoleId": "RO197", "Status": "Active"}
    (tmp_path / "found.json").write_text(json.dumps({"Organisations": [found]}))
    (record,) = read_ods(tmp_path / "found.json")
    assert (record.code, record.kind, record.opened) == ("X9X", "trust", "")


def test_a_successor_is_read_from_either_end(tmp_path: Path) -> None:
    closed = organisation(
        "REF", "ROYAL CORNWALL HOSPITALS NHS TRUST", "RO197", Succs={"Succ": link("X9X", Type="Successor")}
    )
    (tmp_path / "ref.json").write_text(json.dumps(closed))
    (record,) = read_ods(tmp_path / "ref.json")
    assert record.relations == (OdsRelation(subject="X9X", predicate="succeeds", object="REF", start="2027-04-01"),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Code,Name\nREF,Trust\n", "line 1: 2 columns; an ODS extract has 27"),
        (extract(("REF", "A TRUST", "Y58", "", "1992-04-01", "")), "not a date of the form YYYYMMDD; .* download"),
        (extract(("REF", "A TRUST", "Y58", "", "", "20220431")), "line 1: '20220431' is not a date"),
        ("{", "not JSON .*; download the file once more"),
        ('{"OrgId": "A", "Name": "A"}\n\n{"OrgId": "B", "Name": "B"}\n{"OrgId"}\n{', "line 4: not JSON .Expecting ':'"),
        ('{\n"OrgId": "A",\n"Name": A\n}', "line 3: not JSON .Expecting value"),
        (
            json.dumps([organisation("A", "A"), organisation("B", "B", Date={"Type": "Legal", "Start": "01/04/2013"})]),
            "file, organisation 2: 01/04/2013: not a date; write",
        ),
        (
            json.dumps(organisation("A", "A", Succs={"Succ": link("B", Date={"Type": "Legal", "End": "2013-02-30"})})),
            "file, organisation 1: ",
        ),
        ("[1]", "organisation 1: not as the ORD interface writes it"),
        ('{"Organisation": {"Name": "A TRUST"}}', "organisation 1: not as the ORD interface writes it"),
        ('{"Organisations": []}', "no organisation in it"),
        ("", "no organisation in it"),
    ],
)
def test_what_is_in_neither_format_is_refused(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "file").write_text(text)
    with pytest.raises(InputError, match=message):
        read_ods(tmp_path / "file")


def test_neither_the_installed_register_nor_other_files_are_overwritten(tmp_path: Path) -> None:
    (tmp_path / "etr.csv").write_text(extract(("REF", "A TRUST", "Y58", "", "", "")))
    with pytest.raises(UsageError, match="installed package"):
        import_file(tmp_path / "etr.csv", PACKAGE / "_data" / "seeds" / "register", source="ODS etr.csv")
    with pytest.raises(UsageError, match="holds other files and no register"):
        import_file(tmp_path / "etr.csv", tmp_path, source="ODS etr.csv")
    with pytest.raises(UsageError, match='must begin with "ODS"'):
        import_file(tmp_path / "etr.csv", tmp_path / "register", source="etr.csv")


def test_the_command_reports_and_writes_a_copy(tmp_path: Path) -> None:
    (tmp_path / "etr.csv").write_text(extract(("X9X", "UPLAND NHS TRUST", "Y58", "QT6", "20270401", "")))
    command = ("register", "import", str(tmp_path / "etr.csv"), "--register", str(tmp_path / "mine"))
    tried = run(*command, "--dry-run")
    assert tried.returncode == 0
    assert not (tmp_path / "mine").exists()
    done = run(*command)
    assert (done.returncode, done.stdout) == (0, tried.stdout)
    assert "2 added, 0 changed, 0 left alone" in done.stdout
    shown = run("register", "show", "X9X", "--register", str(tmp_path / "mine"))
    assert "Upland NHS Trust" in shown.stdout
    assert run("register", "show", "X9X").returncode == 1
    missing = run("register", "import", str(tmp_path / "nowhere.csv"))
    assert missing.returncode == 3
    assert "Traceback" not in missing.stderr


def test_a_dry_run_tells_the_problems_themselves(tmp_path: Path) -> None:
    (tmp_path / "etr.csv").write_text(extract(("X9X", "UPLAND NHS TRUST", "Y58", "", "20270401", "20200101")))
    command = ("register", "import", str(tmp_path / "etr.csv"), "--register", str(tmp_path / "mine"))
    tried = run(*command, "--dry-run")
    assert tried.returncode == 1
    assert "opened 2027-04-01 is after closed 2020-01-01" in tried.stderr
    assert "1 problem to mend" in tried.stderr
    assert "register check" not in tried.stderr
    done = run(*command)
    assert done.returncode == 1
    assert f"1 problem to mend by hand; see nhskg register check --register {tmp_path / 'mine'}" in done.stderr
