"""What a build writes, of graphs that count as large and others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from nhskg import Graph
from nhskg.errors import InputError
from nhskg.lookup.format import INDEX
from nhskg.lookup.later import REGISTER
from nhskg.model import Reading
from nhskg.outputs import BuildReport
from nhskg.pipeline import build
from nhskg.query.engines import answer
from nhskg.store import STORE
from nhskg.verify import verify
from samples import make_reading, outputs, run

LETTERS = [make_reading(name) for name in "abcd"]
ASK = "SELECT ?claim WHERE { ?claim a nhs:Claim }"


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets every graph count as large."""
    monkeypatch.setattr("nhskg.outputs.ALL_AT_ONCE", 0)


def built_of(readings: Sequence[Reading], out: Path) -> BuildReport:
    """Builds from readings that were made by hand."""

    @contextmanager
    def engine(*_: Any, **__: Any) -> Iterator[Sequence[Reading]]:
        yield readings

    return build(["by hand"], out, engine=engine)


@pytest.mark.usefixtures("large")
def test_a_large_graph_gets_its_index_and_store_when_it_is_first_asked(tmp_path: Path) -> None:
    out = tmp_path / "out"
    report = built_of(LETTERS, out)
    assert report.is_large
    assert not (out / INDEX).exists()
    assert not (out / STORE).exists()
    assert not verify(out)
    assert len(answer(ASK, out).rows) == 4
    with Graph.open(out) as graph:
        assert graph.find("X26").id == "nhs-digital"
    assert not verify(out)
    built_of(LETTERS[:2], out)
    assert not (out / INDEX).exists()
    assert len(answer(ASK, out).rows) == 2
    assert len(Graph.open(out).whole().documents) == 2


def test_an_index_is_the_same_whenever_it_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built_of(LETTERS, tmp_path / "at once")
    monkeypatch.setattr("nhskg.outputs.ALL_AT_ONCE", 0)
    built_of(LETTERS, tmp_path / "later")
    Graph.open(tmp_path / "later").close()
    assert (tmp_path / "later" / INDEX).read_bytes() == (tmp_path / "at once" / INDEX).read_bytes()


def test_one_document_after_the_other_gives_what_all_at_once_give(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for most in (0, 2, 3, 4):
        monkeypatch.setattr("nhskg.outputs.ALL_AT_ONCE", most)  # so that what was small becomes large on the way
        grown, at_once = tmp_path / f"grown {most}", tmp_path / f"at once {most}"
        for number in range(1, len(LETTERS) + 1):
            built_of(LETTERS[:number], grown)
        built_of(LETTERS, at_once)
        assert outputs(grown) == outputs(at_once)
        assert (grown / REGISTER).exists() == (at_once / REGISTER).exists() == (most < 4)


@pytest.mark.usefixtures("large")
def test_the_command_line_says_that_it_makes_an_index(tmp_path: Path) -> None:
    built_of(LETTERS, tmp_path / "out")
    asked = run("show", "X26", "--graph", str(tmp_path / "out"))
    assert "making the look-up index, once" in asked.stderr
    assert "NHS Digital" in asked.stdout
    assert "making" not in run("show", "X26", "--graph", str(tmp_path / "out")).stderr


@pytest.mark.usefixtures("large")
def test_an_index_that_cannot_be_made_is_an_error_of_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    built_of(LETTERS, tmp_path / "out")
    monkeypatch.setattr("nhskg.lookup.write.write_index", full)
    with pytest.raises(InputError, match=r"cannot be made there .*No space left"):
        Graph.open(tmp_path / "out")
    (tmp_path / "out" / REGISTER).write_bytes(b"{")
    monkeypatch.undo()
    with pytest.raises(InputError, match="build again"):
        Graph.open(tmp_path / "out")


def test_what_nothing_is_left_out_of_is_kept_as_it_is() -> None:
    from nhskg.keeping import keep

    assert keep(LETTERS[0]) is LETTERS[0]
    assert keep(replace(LETTERS[0]), 0.95).claims == ()
