"""What commands print, written into pages."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

import write_examples

_RUN = write_examples.run
PAGE = """Words.

```console
$ nhskg show A    # a comment
old
$ nhskg show B
first
…
last
$ nhskg build C
```
"""


@pytest.fixture(autouse=True)
def _printing(monkeypatch: pytest.MonkeyPatch) -> None:
    printed = {"A": "new\n", "B": "first\nsecond\nthird\nlast\n", "C": "much\n"}

    def run(command: str, _: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(command, 0, printed[command.split()[2]])

    monkeypatch.setattr(write_examples, "run", run)


def test_outputs_are_written_anew_but_what_is_left_out_stays_so(tmp_path: Path) -> None:
    assert write_examples.filled(PAGE, tmp_path) == PAGE.replace("old", "new")


def test_what_no_longer_fits_around_a_gap_is_written_whole(tmp_path: Path) -> None:
    page = PAGE.replace("first", "other")
    assert "$ nhskg show B\nfirst\nsecond\nthird\nlast\n" in write_examples.filled(page, tmp_path)


def test_a_command_that_shows_nothing_keeps_showing_nothing(tmp_path: Path) -> None:
    assert "$ nhskg build C\n```" in write_examples.filled(PAGE, tmp_path)


def test_other_programs_are_refused(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    with pytest.raises(SystemExit, match="only nhskg"):
        _RUN("rm -r x", tmp_path)
    assert (tmp_path / "x").exists()


def test_a_notebook_gets_what_its_cells_print_and_give(tmp_path: Path) -> None:
    cells = [
        {"cell_type": "code", "source": ["x = 1\n", "print(x)\n", "x + 1"]},
        {"cell_type": "markdown", "source": []},
    ]
    text = json.dumps({"cells": cells})
    first = json.loads(write_examples.filled_notebook(text, tmp_path))["cells"][0]
    assert [output["output_type"] for output in first["outputs"]] == ["stream", "execute_result"]
    assert first["outputs"][0]["text"] == ["1\n"]
    assert first["outputs"][1]["data"] == {"text/plain": ["2"]}
