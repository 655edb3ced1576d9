"""corrections.csv as people and spreadsheets write it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhskg.corrections.dates import read_day
from nhskg.corrections.decisions import Action, decisions_of
from nhskg.corrections.references import Reference, reference
from nhskg.corrections.table import COLUMNS, append, parse, read_table, text_of, write_table
from nhskg.errors import InputError

HEAD = ",".join(COLUMNS)
ROW = {
    "date": "2026-11-24", "name": "Ann Lee", "action": "reject", "document": "letter", "subject": "Unison [unison]",
    "predicate": "criticised", "object": "NHS Digital [nhs-digital]", "quote": "Unison “criticised” it; so,\nthey say.",
}  # fmt: skip
CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNS, CELLS)), max_size=4))
def test_what_is_written_comes_back(rows: list[dict[str, str]]) -> None:
    assert list(parse(text_of(rows), Path("a.csv")).rows) == rows


@given(st.sampled_from("=+-@\t\r"), CELLS)
def test_no_cell_is_a_formula(first: str, rest: str) -> None:
    written = text_of([{"quote": first + rest}], ["quote"]).partition("\r\n")[2]
    assert written.lstrip('"').startswith("'")


@given(
    st.builds(
        Reference, name=st.text("ABc ()[", min_size=1).map(str.strip).filter(bool), id=st.text("ab-1", min_size=1)
    )
)
def test_a_reference_comes_back(written: Reference) -> None:
    assert reference(str(written)) == written


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("opening", ["", "sep="])
def test_a_spreadsheet_s_own_form_is_read(tmp_path: Path, encoding: str, mark: str, opening: str) -> None:
    import csv
    import io

    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, [name.upper() for name in COLUMNS], delimiter=mark)
    writer.writeheader()
    writer.writerow({name.upper(): cell for name, cell in ROW.items()})
    head = f"sep={mark}\r\n" if opening else ""
    (tmp_path / "a.csv").write_bytes((head + buffer.getvalue()).encode(encoding))
    decisions, complaints = decisions_of(read_table(tmp_path / "a.csv"))
    assert complaints == []
    assert [(d.action, d.by, d.subject and d.subject.id) for d in decisions] == [(Action.REJECT, "Ann Lee", "unison")]


def test_columns_that_are_missing_or_of_others_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    path.write_text("note,action,name,date,subject,to\nours,rename,Ann,24/11/2026,Unison,UNISON\n")
    append(path, [ROW])
    table = read_table(path)
    assert table.rows[0]["note"] == "ours"
    assert [d.action for d in decisions_of(table)[0]] == [Action.RENAME, Action.REJECT]
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")  # without it Excel spoils “ and £


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"action": "rejct"}, "action 'rejct' must be one of merge"),
        ({"action": ""}, "no action"),
        ({"date": "11/24/2026"}, "write it as 2026-11-24"),
        ({"date": "soon"}, "write it as 2026-11-24"),
        ({"date": ""}, "reject needs date"),
        ({"name": " "}, "reject needs name"),
        ({"object": ""}, "reject needs object"),
        ({"predicate": "critcised"}, "did you mean criticised"),
        ({"status": "perhaps"}, "status 'perhaps' must be one of asserted"),
        ({"action": "relabel", "field": "predicate", "to": "fund"}, "fund is no relation"),
        ({"action": "relabel", "field": "status"}, "needs the new value"),
        ({"action": "relabel", "field": "colour", "to": "red"}, "field 'colour' must be one of"),
    ],
)
def test_a_wrong_row_is_named_and_the_others_are_taken(change: dict[str, str], message: str) -> None:
    table = parse(text_of([ROW, {**ROW, **change}]), Path("letters/corrections.csv"))
    decisions, (complaint,) = decisions_of(table)
    assert len(decisions) == 1
    assert complaint.startswith("letters/corrections.csv, row 3: left out: ")
    assert message in complaint


def test_a_file_that_is_no_such_table_is_refused(tmp_path: Path) -> None:
    for content in (b"", b"a,b\n1,2\n", b"\0\1\2"):
        (tmp_path / "a.csv").write_bytes(content)
        with pytest.raises(InputError, match=r"a\.csv"):
            read_table(tmp_path / "a.csv")
    with pytest.raises(InputError, match="cannot be written"):
        write_table(tmp_path / "no" / "a.csv", [])


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-11-24", date(2026, 11, 24)),
        ("2026-11-24T10:00:00Z", date(2026, 11, 24)),
        ("24/11/2026", date(2026, 11, 24)),
        ("24/11/26 10:15", date(2026, 11, 24)),
        ("24.11.2026", date(2026, 11, 24)),
        ("24-Nov-26", date(2026, 11, 24)),
        ("24 November 2026", date(2026, 11, 24)),
    ],
)
def test_days_in_the_forms_of_spreadsheets(written: str, day: date) -> None:
    assert read_day(written) == (day, "")


def test_a_day_that_could_be_another_is_said() -> None:
    day, complaint = read_day("04/03/2026")
    assert day == date(2026, 3, 4)
    assert complaint == "04/03/2026 was read as 4 March 2026"
