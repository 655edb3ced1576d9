"""A graph in several files is read as the same graph in one."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from nhskg.assemble import assemble
from nhskg.export.formats import Format, write_format
from nhskg.export.turtle import write_turtle
from nhskg.parts import ALL, TURTLE, fingerprint, parts_of, sha256_of, triples_of
from nhskg.placing import replacing
from nhskg.query import answer
from nhskg.query.engines import Engine
from nhskg.store import open_store
from nhskg.validate import validate
from samples import make_reading

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """The same graph whole, and in parts."""
    claim_graph = assemble([make_reading(name) for name in "abc"])
    for name in ("whole", "parts"):
        (tmp_path / name).mkdir()
    write_turtle(claim_graph, tmp_path / "whole" / TURTLE)
    write_turtle(claim_graph, tmp_path / "parts" / TURTLE, largest=1500)
    return tmp_path / "whole", tmp_path / "parts"


def test_a_large_graph_is_split_between_subjects(folders: tuple[Path, Path]) -> None:
    whole, parts = (folder / TURTLE for folder in folders)
    files = parts_of(parts)
    assert [file.name for file in files][:2] == ["graph-00001.ttl", "graph-00002.ttl"]
    assert not parts.exists()
    assert list(triples_of(parts)) == list(triples_of(whole))
    subjects = [{quad.subject for quad in ox.parse(path=file, format=ox.RdfFormat.TURTLE)} for file in files]
    assert sum(map(len, subjects)) == len(set().union(*subjects))


def test_who_reads_the_graph_reads_all_parts(folders: tuple[Path, Path], tmp_path: Path) -> None:
    whole, parts = folders
    for engine in Engine:
        assert answer(COUNT, parts, engine).rows == answer(COUNT, whole, engine).rows
    assert validate(parts / TURTLE) == validate(whole / TURTLE)
    for form in (Format.N_QUADS, Format.N_TRIPLES):
        write_format(parts / TURTLE, form, tmp_path / "one")
        write_format(whole / TURTLE, form, tmp_path / "other")
        assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()
    assert set(open_store(parts)) == set(open_store(whole))
    marks = fingerprint(parts / TURTLE), sha256_of(parts / TURTLE)
    parts_of(parts / TURTLE)[-1].unlink()
    assert fingerprint(parts / TURTLE) != marks[0]
    assert sha256_of(parts / TURTLE) != marks[1]


def test_the_parts_of_an_older_build_go_and_other_files_stay(tmp_path: Path) -> None:
    graph = assemble([make_reading(name) for name in "abc"])
    (tmp_path / "graph-mine.ttl").write_text("")
    with replacing(tmp_path, ALL) as folder:
        write_turtle(graph, folder / TURTLE, largest=1500)
    assert len(parts_of(tmp_path / TURTLE)) > 2
    with replacing(tmp_path, ALL) as folder:
        write_turtle(graph, folder / TURTLE)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["graph-mine.ttl", TURTLE]
    with replacing(tmp_path, ALL) as folder:
        write_turtle(graph, folder / TURTLE, largest=2500)
    assert not (tmp_path / TURTLE).exists()
    assert parts_of(tmp_path / TURTLE)[0].name == "graph-00001.ttl"
