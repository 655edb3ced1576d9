"""Every kind of fault in a register is found, with its file and line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from nhskg.errors import InputError
from nhskg.register.checks import check_register, require_order
from nhskg.register.tables import read_tables, write_tables
from samples import ROOT, run

REGISTER = ROOT / "seeds" / "register"


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """A copy of the packaged register."""
    return Path(shutil.copytree(REGISTER, tmp_path / "register"))


def edit(register: Path, file: str, old: str, new: str) -> int:
    """Changes the first line of a file that has some text; gives the line's number."""
    lines = (register / file).read_text(encoding="utf-8").split("\n")
    number = next(i for i, line in enumerate(lines) if old in line)
    lines[number] = lines[number].replace(old, new)
    (register / file).write_text("\n".join(lines), encoding="utf-8")
    return number + 1


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("bodies.csv", "ods-ref,REF", "ods-ref,REG", "the id must be ods-reg"),
        ("bodies.csv", "ods-ref,REF", "ods-ref,ref", "not in capitals"),
        ("bodies.csv", "\nods-ref,".strip(), "ods-REF,", "other characters"),
        ("bodies.csv", "ods-ref,", "ods-rj8,", "is that of line"),
        ("bodies.csv", ",trust,Royal Cornwall Hospitals Trust", ",hospital,Royal Cornwall Hospitals Trust", "kind"),
        ("bodies.csv", "Royal Cornwall Hospitals Trust|", "Royal Cornwall Hospitals NHS Trust|", "name and an alias"),
        ("bodies.csv", "Royal Cornwall Hospitals Trust|", "Care Quality Commission|", "belongs to cqc, ods-ref"),
        ("bodies.csv", "|RCHT|", "||RCHT|", "take out the spaces and bars"),
        ("bodies.csv", "|RCHT|", "|RCHT|RCHT|", "twice"),
        ("bodies.csv", "Royal Cornwall Hospital,1992-04-01", "Royal Cornwall Hospital,1992-04-31", "not dates"),
        ("bodies.csv", "Royal Cornwall Hospital,1992-04-01,", "Royal Cornwall Hospital,1992,1991", "is after closed"),
        ("names.csv", "Health Professions Council", "Health Professions Board", "is no alias of hcpc"),
        ("office_holders.csv", ",bma,", ",bmj-union,", "not the id of a body"),
        (
            "office_holders.csv",
            "Mark Porter,Chair of Council,bma,2012",
            "Hamish Meldrum,Chair of Council,bma,2007",
            "same",
        ),
        ("relations.csv", "accia,part_of,dhsc", "accia,part_of,doh", "object doh is not the id"),
        ("relations.csv", "accia,part_of,dhsc", "accia,within,dhsc", "predicate 'within'"),
        ("relations.csv", "accia,part_of,dhsc", "accia,part_of,accia", "related to itself"),
        ("relations.csv", "dhsc,part_of,uk-government", "dhsc,part_of,accia", "a circle"),
        ("ambiguous_aliases.csv", "2gether,word", "2gether,shared", "only one body has it"),
        ("ambiguous_aliases.csv", "2gether,word", "2gether,odd", "why 'odd'"),
        ("ambiguous_aliases.csv", "2gether,word", "2gathered,word", "no name or alias"),
        ("programmes.csv", "fund-ai-diagnostic,AI", "fund-ai-diagnostic,The AI", "leading article"),
    ],
)
def test_a_fault_is_found_where_it_is(register: Path, file: str, old: str, new: str, message: str) -> None:
    line = edit(register, file, old, new)
    problems = check_register(register)
    (found, *_) = [problem for problem in problems if message in problem.message]
    assert found.file == file
    # What two lines say against each other is reported once, in either.
    assert found.line == line or "circle" in message or "belongs to" in message or "is that of" in message


def test_rows_out_of_order_repeated_or_left_alone_are_found(register: Path) -> None:
    lines = (register / "relations.csv").read_text(encoding="utf-8").split("\n")
    lines[1], lines[2] = lines[2], lines[1]
    kept = [line for line in lines[:-1] if "ods-00c" not in line]
    (register / "relations.csv").write_text("\n".join([*kept, kept[-1], ""]), encoding="utf-8")
    messages = " ".join(map(str, check_register(register)))
    assert "relations.csv, line 3: out of order" in messages
    assert "once more" in messages
    assert "ods-00c has no relation" in messages
    assert "ods-00c is closed and nothing succeeds it" in messages


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id,name,from,to\n", "line 1: the columns are"),
        ("id,name,from,to,source\nbma,Old,,\n", "line 2: 4 cells"),
        ('id,name,from,to,source\nbma,"Old\nname",,,x\n', "line 2: not a row"),
        ("id,name,from,to,source", "does not end"),
        ("", "empty"),
    ],
)
def test_what_is_no_table_is_one_line(register: Path, text: str, message: str) -> None:
    (register / "names.csv").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        check_register(register)


def test_a_register_with_a_problem_is_refused_with_the_command_that_shows_it(register: Path) -> None:
    edit(register, "relations.csv", "accia,part_of,dhsc", "accia,within,dhsc")
    with pytest.raises(InputError) as refused:
        require_order(read_tables(register), str(register))
    first, problem = str(refused.value).split("\n")
    assert first == f"{register} has 1 problem; see nhskg register check --register {register}"
    assert "predicate 'within'" in problem


def test_spreadsheets_may_write_their_line_ends_and_mark(register: Path) -> None:
    for path in register.glob("*.csv"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert check_register(register) == ()


def test_writing_gives_the_same_bytes_back(tmp_path: Path) -> None:
    write_tables(read_tables(REGISTER), tmp_path)
    for path in REGISTER.glob("*.csv"):
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()


def test_the_command_reports_and_counts(register: Path) -> None:
    done = run("register", "check", "--register", str(register))
    assert (done.returncode, done.stdout) == (0, "in order\n")
    line = edit(register, "relations.csv", "accia,part_of,dhsc", "accia,part_of,doh")
    done = run("register", "check", "--register", str(register))
    assert done.returncode == 1
    assert f"relations.csv, line {line}: object doh is not the id of a body in bodies.csv" in done.stdout
    assert "1 problem" in done.stdout
    missing = run("register", "check", "--register", str(register / "nowhere"))
    assert missing.returncode == 3
    assert "Traceback" not in missing.stderr
