"""The look-up index as a file: the same in every build, read only, and an error of one line where it cannot be read."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest

from nhskg import Graph
from nhskg.errors import InputError
from nhskg.lookup.format import INDEX
from samples import make_world


def test_the_same_files_give_the_same_bytes(world: Path, tmp_path: Path) -> None:
    assert (make_world(tmp_path) / INDEX).read_bytes() == (world / INDEX).read_bytes()


def test_it_is_sound(world: Path) -> None:
    connection = sqlite3.connect(world / INDEX)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


def test_a_build_in_a_folder_that_cannot_be_written_is_read(tmp_path: Path) -> None:
    folder = make_world(tmp_path / "a folder with ? and # in its name")
    (folder / INDEX).chmod(stat.S_IRUSR)
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        assert Graph.open(folder).find("NHSE").name == "NHS England"
    finally:
        folder.chmod(stat.S_IRWXU)


def test_a_graph_lets_go_of_its_file(world: Path) -> None:
    with Graph.open(world) as graph:
        assert graph.stats().documents == 4
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        graph.index.connection.execute("SELECT 1")


def test_a_missing_build_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no build here; make one: nhskg build PATHS --out .*nowhere$"):
        Graph.open(tmp_path / "nowhere")
    with pytest.raises(InputError, match=r"no build in this folder; name another with --graph"):
        Graph.open(tmp_path)
    (tmp_path / "claims.jsonl").write_text("")
    with pytest.raises(InputError, match="older than look-ups or not whole; build again: nhskg build"):
        Graph.open(tmp_path)


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\0" + b"\0" * 2000])
def test_what_is_no_index_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / INDEX).write_bytes(content)
    with pytest.raises(InputError, match=r"graph\.sqlite: .*build again: nhskg build"):
        Graph.open(tmp_path)


def test_an_index_of_another_version_is_named(tmp_path: Path) -> None:
    make_world(tmp_path)
    connection = sqlite3.connect(tmp_path / INDEX)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    with pytest.raises(InputError, match="another version of nhskg"):
        Graph.open(tmp_path)


def test_an_index_that_was_cut_off_is_named(tmp_path: Path) -> None:
    path = make_world(tmp_path) / INDEX
    path.write_bytes(path.read_bytes()[:-5000])
    with pytest.raises(InputError, match="damaged"):
        Graph.open(tmp_path)


def test_damage_in_the_middle_is_one_line(tmp_path: Path) -> None:
    path = make_world(tmp_path) / INDEX
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"damaged .*; build again"):
        Graph.open(tmp_path).claims()
