"""Every common reader takes what is written, without a warning, and finds the same triples."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib

from nhskg.assemble import assemble
from nhskg.errors import InputError, UsageError
from nhskg.export.formats import Format, write_format
from nhskg.export.turtle import write_turtle
from nhskg.model import ClaimGraph, Document, Entity, Kind, Status
from nhskg.registered import RegisterEntry
from nhskg.vocab import expand
from samples import make_reading

HOSTILE = 'a "b" \\ \n\t\r<c> \x01 \x7f \u2028 é £ \U0001f600 \'\'\' """ end\\'
RDFLIB = {
    Format.TURTLE: "turtle",
    Format.TRIG: "trig",
    Format.N_TRIPLES: "nt",
    Format.N_QUADS: "nquads",
    Format.JSON_LD: "json-ld",
    Format.RDF_XML: "xml",
}
DEBIAN = {  # the reader, its name for Turtle and for TriG, and the package that has it
    "rapper": (["rapper", "--quiet", "--input"], "raptor2-utils"),
    "serdi": (["serdi", "-i"], "serdi"),
}


@pytest.fixture(scope="module")
def hostile_graph() -> ClaimGraph:
    entities = (
        Entity(id="body-x", kind=Kind.ORGANISATION, name=HOSTILE, aliases=(HOSTILE[::-1],), ods_code="X 1>"),
        Entity(id="Trust (north) é", kind=Kind.ORGANISATION, name="North", candidates=("body-x",)),
    )
    readings = [make_reading("a"), make_reading("b/ü", status=Status.NEGATED), make_reading("c", speaker="nhs-digital")]
    document = Document(id="hostile", text="", title=HOSTILE, source=HOSTILE, url="https://e.org/<a>")
    entry = RegisterEntry(
        subject="hm-treasury",
        predicate="funds",
        object="nhs-digital",
        start="2013",
        end="2020-02",
        source=HOSTILE,
        file="relations.csv",
        line=2,
    )
    graph = assemble(readings)
    return replace(
        graph,
        documents=(*graph.documents, document),
        entities=(*graph.entities, *entities),
        structure=(entry, replace(entry, predicate="holds_post", post=HOSTILE)),
    )


@pytest.fixture(scope="module")
def written(hostile_graph: ClaimGraph, tmp_path_factory: pytest.TempPathFactory) -> dict[Format, Path]:
    folder = tmp_path_factory.mktemp("formats")
    write_turtle(hostile_graph, folder / "graph.ttl")
    paths = {form: folder / f"x.{form.suffix}" for form in Format}
    for form, path in paths.items():
        write_format(folder / "graph.ttl", form, path)
    return paths | {Format.TURTLE: folder / "graph.ttl"}


def expected(path: Path) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)}


def test_the_turtle_itself_is_never_overwritten(written: dict[Format, Path], tmp_path: Path) -> None:
    turtle = tmp_path / "graph.ttl"
    content = written[Format.TURTLE].read_bytes()
    turtle.write_bytes(content)
    write_format(turtle, Format.TURTLE, turtle)
    with pytest.raises(UsageError, match="the build's own Turtle"):
        write_format(turtle, Format.N_TRIPLES, tmp_path / "." / "graph.ttl")
    with pytest.raises(InputError, match=r"graph\.nt: cannot be written"):
        write_format(turtle, Format.N_TRIPLES, tmp_path / "nowhere" / "graph.nt")
    with pytest.raises(InputError, match="no build here"):
        write_format(tmp_path / "other.ttl", Format.N_TRIPLES, tmp_path / "graph.nt")
    turtle.write_bytes(content[: len(content) // 2])
    with pytest.raises(InputError, match="damaged"):
        write_format(turtle, Format.N_TRIPLES, tmp_path / "graph.nt")
    assert [path.name for path in tmp_path.iterdir()] == ["graph.ttl"]  # no half of a file is left


@pytest.mark.filterwarnings("ignore:(Dataset|Conj):DeprecationWarning")  # rdflib's own parsers use what it deprecates
@pytest.mark.parametrize("form", Format)
def test_rdflib_and_oxigraph_read_the_same_triples(written: dict[Format, Path], form: Format) -> None:
    wanted = {str(triple) for triple in expected(written[Format.TURTLE])}
    if form is Format.RDF_XML:  # XML has no control characters and one line end
        wanted = {triple.replace("\\u0001", "\ufffd").replace("\\r", "\\n") for triple in wanted}
    assert len(wanted) > 90
    named = form in {Format.TRIG, Format.N_QUADS}
    rdf = rdflib.Dataset(default_union=True) if named else rdflib.Graph()
    rdf.parse(data=written[form].read_bytes(), format=RDFLIB[form])
    lines = rdflib.Graph()
    for triple in rdf.triples((None, None, None)):
        lines.add(triple)
    read = ox.parse(lines.serialize(format="nt"), ox.RdfFormat.N_TRIPLES)
    assert {str(quad.triple) for quad in read} == wanted
    assert {str(quad.triple) for quad in ox.parse(path=written[form])} == wanted


@pytest.mark.parametrize("form", [Format.TURTLE, Format.TRIG, Format.N_TRIPLES])
@pytest.mark.parametrize("reader", DEBIAN)
def test_readers_from_debian_take_it_without_a_warning(
    written: dict[Format, Path], form: Format, reader: str, tmp_path: Path
) -> None:
    command, package = DEBIAN[reader]
    if not shutil.which(reader):
        pytest.skip(f"{reader} is not installed (Debian: {package})")
    name = {"nt": "ntriples"}.get(form.value, form.value)
    done = subprocess.run([*command, name, str(written[form])], capture_output=True, check=False)
    assert done.stderr == b""
    assert done.returncode == 0
    (tmp_path / "read.nq").write_bytes(done.stdout)
    assert {quad.triple for quad in ox.parse(path=tmp_path / "read.nq")} == expected(written[Format.TURTLE])


def test_the_turtle_is_a_triple_a_line_so_that_a_diff_shows_triples(written: dict[Format, Path]) -> None:
    lines = written[Format.TURTLE].read_text(encoding="utf-8").split("\n")
    triples = [line for line in lines if line.startswith("    ")]
    assert len(triples) == len(expected(written[Format.TURTLE]))
    assert all(line.endswith(" ;") for line in triples)


def test_a_document_more_adds_lines_and_changes_none(tmp_path: Path) -> None:
    write_turtle(assemble([make_reading("a"), make_reading("c")]), tmp_path / "old.ttl")
    write_turtle(assemble([make_reading(name) for name in "abc"]), tmp_path / "new.ttl")
    old, new = ((tmp_path / name).read_text().split("\n") for name in ("old.ttl", "new.ttl"))
    start = next(i for i, line in enumerate(new) if line == "id:document-b")
    assert new[:start] + new[start + len(new) - len(old) :] == old


def test_trig_has_what_a_document_says_in_a_graph_of_its_name(written: dict[Format, Path]) -> None:
    store = ox.Store()
    store.load(path=written[Format.TRIG], format=ox.RdfFormat.TRIG)
    graphs = {graph.value for graph in store.named_graphs()}
    assert {graph.rpartition("/")[2] for graph in graphs} == {
        "document-a",
        "document-b-u-345380",
        "document-c",
        "document-hostile",
    }
    funds = ox.NamedNode(expand("nhs:funds"))
    said_in = {quad.graph_name for quad in store.quads_for_pattern(None, funds, None)}
    assert said_in == {ox.NamedNode(expand("id:document-a")), ox.DefaultGraph()}  # the register says it as well
    for graph in graphs:
        kinds: Any = store.query("SELECT ?k WHERE { ?x a ?k }", default_graph=[ox.NamedNode(graph)])
        assert "https://nhskg.org/ns#SourceDocument" in {row["k"].value for row in kinds}


def test_another_base_changes_ids_and_no_terms(hostile_graph: ClaimGraph, tmp_path: Path) -> None:
    write_turtle(hostile_graph, tmp_path / "a.ttl", base="https://example.org/graph/")
    write_turtle(hostile_graph, tmp_path / "b.ttl")
    moved = {
        str(triple).replace("https://example.org/graph/", expand("id:")) for triple in expected(tmp_path / "a.ttl")
    }
    assert moved == {str(triple) for triple in expected(tmp_path / "b.ttl")}
