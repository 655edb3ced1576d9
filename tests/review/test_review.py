"""What is to be decided in a build, in a session or in a table."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from nhskg.corrections import read_corrections
from nhskg.corrections.decisions import Action
from nhskg.corrections.table import read_table, write_table
from nhskg.lookup.graph import Graph
from nhskg.model import Kind, Status
from nhskg.review.alike import pairs_alike
from nhskg.review.items import Item, items
from nhskg.review.kinds import Why
from nhskg.review.rows import SHEET, Signature, decided_rows, sheet
from samples import DIGITAL, NHSE, TREASURY, TRUST, UNISON, body, make_build, told

ANN = Signature("Ann Lee", date(2026, 11, 24))
ALLIANCE, SHORT = body("body-tamar-care-alliance", "Tamar Care Alliance"), body("body-tca", "TCA")
SLIP = body("body-tamar-car-alliance", "Tamar Car Alliance")


@pytest.fixture
def build(tmp_path: Path) -> Path:
    """A build with something of each kind to decide; letters/ is the folder of its documents."""
    (tmp_path / "letters").mkdir()
    readings = [
        told(TREASURY, "funds", DIGITAL, "The Treasury funds NHS Digital."),
        told(
            TREASURY,
            "funds",
            DIGITAL,
            "The Treasury does not fund NHS Digital.",
            document="reply",
            status=Status.NEGATED,
        ),
        told(UNISON, "supports", DIGITAL, "Unison supports NHS Digital."),
        told(UNISON, "opposes", DIGITAL, "Unison opposes NHS Digital.", document="reply"),
        told(UNISON, "criticised", DIGITAL, "Unison criticised NHS Digital.", document="reply"),
        told(ALLIANCE, "funds", TRUST, "Tamar Care Alliance funds RCHT."),
        told(SHORT, "works_with", TRUST, "TCA works with RCHT.", document="reply"),
    ]
    return make_build(tmp_path / "out", readings)


def found(build: Path, *only: Why, below: float = 0.5) -> list[Item]:
    decisions = read_corrections([str(build.parent / "letters")]).decisions
    return list(items(Graph.open(build), decisions, below, only or tuple(Why)))


def review(build: Path, typed: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "nhskg.cli",
        "review",
        str(build.parent / "letters"),
        "--graph",
        str(build),
        *arguments,
    ]
    return subprocess.run(
        command, input=typed, capture_output=True, text=True, check=False, timeout=60, env={**os.environ, "NO_COLOR": "1"}
    )  # fmt: skip


def kept(build: Path) -> list[tuple[str, str, str, str]]:
    decisions = read_corrections([str(build.parent / "letters")]).decisions
    return [(d.action.value, str(d.subject), d.to or str(d.object or ""), d.reason) for d in decisions]


def test_contradictions_are_denials_and_contrary_relations(build: Path) -> None:
    denied, contrary = found(build, Why.CONTRADICTION)
    assert [c.status for c in denied.claims] == [Status.ASSERTED, Status.NEGATED]
    assert [c.predicate for c in contrary.claims] == ["supports", "opposes"]


def test_names_alike_are_candidates_and_bodies_of_the_register_are_not() -> None:
    registered = [body(f"ods-{n}", f"Royal {n} Hospital Trust") for n in ("one", "two")]
    from dataclasses import replace

    registered = [replace(entity, registered=True) for entity in registered]
    plans = [body(f"programme-{n}-plan", "Winter plan", kind=Kind.PROGRAMME) for n in ("a", "b")]
    person, surname = (body(f"person-{n}", n, kind=Kind.PERSON) for n in ("Ada Penrose", "Penrose"))
    pairs = pairs_alike([ALLIANCE, SHORT, SLIP, *registered, *plans, person, surname, NHSE])
    assert {(pair.one.id, pair.other.id) for pair in pairs} == {
        ("body-tamar-care-alliance", "body-tca"),
        ("body-tamar-car-alliance", "body-tamar-care-alliance"),
        ("person-Ada Penrose", "person-Penrose"),
        ("body-tamar-car-alliance", "body-tca"),
    }
    assert pairs[0].reason.endswith("initials")


def test_unresolved_names_come_with_what_they_may_be(tmp_path: Path) -> None:
    from dataclasses import replace

    unsure = replace(body("body-north", "The North"), candidates=("ods-ref", "nhs-digital"))
    unknown = body("body-x", "Royal Cornwall Hospital")
    build = make_build(tmp_path / "out", [told(unsure, "funds", unknown, "The North funds Royal Cornwall Hospital.")])
    first, second = items(Graph.open(build), (), wanted=[Why.UNRESOLVED])
    assert [entity.id for entity in first.entities] == ["body-north", "nhs-digital", "ods-ref"]
    assert second.entities[0].id == "body-x"
    assert "ods-ref" in [entity.id for entity in second.entities]


def test_doubtful_claims_come_by_confidence(build: Path) -> None:
    assert found(build, Why.DOUBTFUL) == []
    assert len(found(build, Why.DOUBTFUL, below=0.95)) == 7


def test_a_session_keeps_each_decision_at_once_and_does_not_ask_again(build: Path) -> None:
    typed = ["reject 1", "no such word", "accept 2", "seen it", "", "merge", "same people", "quit"]
    done = review(build, "\n".join(typed) + "\n", "--name", "Ann Lee")
    assert done.returncode == 0, done.stderr
    assert "1 of " in done.stdout
    assert kept(build) == [
        ("reject", "HM Treasury [hm-treasury]", "NHS Digital [nhs-digital]", "no such word"),
        ("accept", "HM Treasury [hm-treasury]", "NHS Digital [nhs-digital]", "seen it"),
        ("merge", "TCA [body-tca]", "Tamar Care Alliance [body-tamar-care-alliance]", "same people"),
    ]
    assert "3 decisions kept in" in done.stderr
    assert [item.claims[0].predicate for item in found(build, Why.CONTRADICTION)] == ["supports"]
    assert found(build, Why.MERGE) == []


def test_a_session_knows_all_that_can_be_decided(build: Path) -> None:
    typed = [
        "relabel 1 status alleged", "", "relabel 2 speaker unison", "", "relabel 2 subject NHS Digital", "",
        "relabel 1 direction", "", "add Unison | works with | RCHT | planned | Unison", "why not",
        "split HM Treasury = Unison", "", "rename HM Treasury = Treasury", "", "skip",
        "accept", "merge 1", "rel 1 colour red", "relabel 1 object Nobody", "", "distinct", "not one",
    ]  # fmt: skip
    done = review(build, "\n".join(typed), "--name", "Ann", "--only", "contradiction", "--only", "merge")
    assert done.returncode == 0, done.stderr
    assert [row[0] for row in kept(build)] == [
        "relabel", "relabel", "relabel", "relabel", "add", "split", "rename", "distinct"
    ]  # fmt: skip
    for said in ("which one?", "merge is about entities", "field 'colour' must be one of", "Nobody: not in the graph"):
        assert said in done.stdout
    decisions = read_corrections([str(build.parent / "letters")]).decisions
    assert {d.action for d in decisions} <= set(Action)
    assert decisions[2].to == "NHS Digital [nhs-digital]"


def test_who_signs_without_a_name_is_said(build: Path) -> None:
    done = review(build, "quit\n")
    assert done.stderr.startswith("signed as ")
    assert "--name gives another" in done.stderr


def test_a_table_goes_out_and_comes_back(build: Path, tmp_path: Path) -> None:
    done = review(build, "", "--csv", str(tmp_path / "review.csv"))
    assert done.returncode == 0, done.stderr
    table = read_table(tmp_path / "review.csv")
    assert table.columns == SHEET
    edited = [dict(row) for row in table.rows]
    edited[0]["action"] = "Reject"
    edited[2].update(action="relabel", field="status", to="planned", reason="=not a formula", date="25/11/2026")
    edited[-1].update(action="", name="nobody")
    write_table(tmp_path / "review.csv", edited, SHEET)
    done = review(build, "", "--import", str(tmp_path / "review.csv"), "--name", "Ann Lee")
    assert done.returncode == 0, done.stderr
    assert [row[0] for row in kept(build)] == ["reject", "relabel"]
    assert read_corrections([str(tmp_path / "letters")]).decisions[1].on == date(2026, 11, 25)
    assert "2 decisions kept" in done.stderr
    again = review(build, "", "--import", str(tmp_path / "review.csv"), "--name", "Ann Lee")
    assert "0 decisions kept" in again.stderr
    assert "2 were there already" in again.stderr
    assert len(kept(build)) == 2


def test_a_table_with_a_wrong_row_is_not_taken_at_all(build: Path, tmp_path: Path) -> None:
    rows = [dict(row) for row in sheet(Graph.open(build), found(build))]
    rows[0]["action"] = "reject"
    rows[1].update(action="relable")
    rows[2].update(action="add", quote="words that nobody wrote")
    rows[3].update(action="add", document="nowhere")
    write_table(tmp_path / "review.csv", rows, SHEET)
    done = review(build, "", "--import", str(tmp_path / "review.csv"), "--name", "Ann Lee")
    assert done.returncode == 3
    assert "row 3: action 'relable' must be one of" in done.stderr
    assert "row 4: “words that nobody wrote” is not in letter; copy the words as they stand there" in done.stderr
    assert "row 5: no document is called nowhere" in done.stderr
    assert kept(build) == []


def test_every_suggestion_of_a_table_is_a_decision(build: Path, tmp_path: Path) -> None:
    graph = Graph.open(build)
    rows = []
    for row in sheet(graph, found(build, below=1)):
        for action in row["choices"].split(", "):
            more = {"field": "status", "to": "planned"} if action == "relabel" else {}
            if action not in ("rename", "merge", "distinct") or row["to"]:
                rows.append({**row, "action": action, **more})
    write_table(tmp_path / "review.csv", rows, SHEET)
    taken, wrong = decided_rows(read_table(tmp_path / "review.csv"), ANN, graph)
    assert wrong == []
    assert len(taken) == len(rows) > 20


def test_wrong_use_is_one_line(build: Path, tmp_path: Path) -> None:
    assert "Traceback" not in review(build, "", "--import", str(tmp_path / "no.csv"), "--name", "A").stderr
    nothing = review(build, "", "--only", "doubtful", "--name", "A")
    assert nothing.returncode == 1
    assert "nothing to decide" in nothing.stderr
