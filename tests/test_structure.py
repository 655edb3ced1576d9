"""What the register adds to a graph: what is near, where it is from, and that it is no claim."""

from __future__ import annotations

import csv
import json
from datetime import date
from itertools import pairwise
from pathlib import Path

import networkx as nx
import pytest

from nhskg import Graph
from nhskg.export.network import to_networkx
from nhskg.export.turtle import write_turtle
from nhskg.model import ClaimGraph, Document, Entity, Kind
from nhskg.query import run_query
from nhskg.register.tables import read_tables
from nhskg.structure import Scope, add_structure
from nhskg.validate import validate
from samples import ROOT, SAMPLES, run

REGISTER = ROOT / "seeds" / "register"
TABLES = read_tables(REGISTER)


def graph_of(*ids: str, on: date | None = date(2023, 1, 1), scope: Scope = Scope.NEAR) -> ClaimGraph:
    """The graph of a document that mentions some bodies and claims nothing."""
    names = {row["id"]: row["name"] for row in TABLES["bodies.csv"]}
    mentioned = tuple(
        Entity(id=i, kind=Kind.ORGANISATION if i in names else Kind.PERSON, name=names.get(i, i)) for i in sorted(ids)
    )
    document = Document(id="letter", text="A letter.", published=on)
    return add_structure(ClaimGraph(documents=(document,), entities=mentioned, statements=()), TABLES, scope)


def brought(claim_graph: ClaimGraph) -> set[str]:
    return {entity.id for entity in claim_graph.context}


def test_a_trust_brings_its_board_region_and_nhs_england() -> None:
    kg = to_networkx(graph_of("ods-ref"))
    path = ["ods-ref", "ods-qt6", "ods-y58", "nhs-england"]
    assert all(kg.has_edge(b, a) or kg.has_edge(a, b) for a, b in pairwise(path))
    assert nx.shortest_path_length(kg.to_undirected(), "ods-ref", "nhs-england") <= 3


def test_nothing_is_brought_from_below_a_body() -> None:
    assert not {i for i in brought(graph_of("nhs-england", "cqc", "dhsc")) if i.startswith(("ods-r", "ods-q", "stp-"))}
    assert "ods-rj8" not in brought(graph_of("ods-ref"))


def test_predecessors_and_successors_come_two_steps_with_what_they_were_part_of() -> None:
    came = brought(graph_of("ods-11n"))
    assert {"ods-qt6", "stp-qt6", "ods-y58"} <= came
    assert {"monitor", "nhs-improvement"} <= brought(graph_of("nhs-england"))
    assert "ods-11n" not in brought(graph_of("ods-ref"))


def test_office_holders_come_with_the_date_or_the_person() -> None:
    holders = {e.subject for e in graph_of("nhs-england").structure if e.predicate == "holds_post"}
    assert "person-amanda-pritchard" in holders
    assert "person-simon-stevens" not in holders
    named = graph_of("person-simon-stevens", on=None)
    assert {e.object for e in named.structure} == {"nhs-england"}
    assert brought(named) == {"nhs-england"}


def test_scopes() -> None:
    assert graph_of("ods-ref", scope=Scope.NONE).structure == ()
    everything = graph_of("ods-ref", scope=Scope.ALL)
    assert len(everything.structure) == len(TABLES["relations.csv"]) + len(TABLES["office_holders.csv"])
    assert {row["id"] for row in TABLES["bodies.csv"]} - {"ods-ref"} <= brought(everything)


def test_every_entry_is_the_line_that_it_names() -> None:
    for entry in graph_of("ods-ref", scope=Scope.ALL).structure:
        row = dict(zip(*csv.reader(_lines(entry.file, 1, entry.line)), strict=True))
        assert row["from"] == entry.start
        assert row.get("body", row.get("object")) == entry.object
        assert row.get("post", "") == entry.post


def _lines(file: str, *numbers: int) -> list[str]:
    lines = (REGISTER / file).read_text(encoding="utf-8").split("\n")
    return [lines[number - 1] for number in numbers]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("graph")
    write_turtle(graph_of("ods-11n", "cqc", "ods-ref"), folder / "graph.ttl")
    return folder


@pytest.mark.parametrize(
    "triples",
    [
        "id:ods-qt6 nhs:covers id:ods-ref",
        "id:cqc org:subOrganizationOf id:dhsc",
        "id:ods-ref org:memberOf id:stp-qt6",
        "id:ods-11n org:changedBy/org:resultingOrganization id:ods-qt6",
        "id:ods-qt6 org:resultedFrom/dcterms:date '2022-07-01'^^xsd:date",
        "?p org:holds ?post . ?post org:postIn id:cqc ; skos:prefLabel 'Chief Executive, Care Quality Commission'",
        "?m a org:Membership ; org:organization id:cqc ; org:member ?p ; nhs:validFrom ?f . FILTER (?f < '2023-01-01')",
        "?e rdf:subject id:ods-qt6 ; rdf:object id:ods-ref ; prov:wasDerivedFrom/dcterms:identifier 'relations.csv'",
    ],
)
def test_the_register_is_said_in_its_own_terms_and_in_org(folder: Path, triples: str) -> None:
    query = triples.replace("'2023-01-01'", "'2023-01-01'^^xsd:date")
    assert list(run_query(f"ASK {{ {query} }}", folder)) == [("true",)]


def test_structure_is_no_claim_and_conforms(folder: Path) -> None:
    assert list(run_query("ASK { ?e a nhs:RegisterEntry ; a nhs:Claim }", folder)) == [("false",)]
    assert list(run_query("ASK { ?e a nhs:Claim }", folder)) == [("false",)]
    assert validate(folder / "graph.ttl").conforms


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("nhs:line ", "nhs:line2 ", "exactly one nhs:line"),
        ("org:postIn ", "org:post ", "in exactly one body"),
        ("a nhs:RegisterEntry ;", "a nhs:Entry ;", "given as a fact that no document asserts"),
    ],
)
def test_broken_structure_does_not_conform(folder: Path, tmp_path: Path, old: str, new: str, message: str) -> None:
    text = (folder / "graph.ttl").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "graph.ttl").write_text(text.replace(old, new), encoding="utf-8")
    report = validate(tmp_path / "graph.ttl")
    assert not report.conforms
    assert any(message in problem for problem in report.problems)


@pytest.mark.model
def test_files_of_claims_are_the_same_without_structure(built: Path, tmp_path: Path) -> None:
    assert run("build", str(SAMPLES), "--out", str(tmp_path / "out"), "--no-structure").returncode == 0
    for name in ("entities.jsonl", "claims.jsonl", "documents.jsonl"):
        assert (built / name).read_bytes() == (tmp_path / "out" / name).read_bytes()
    assert (tmp_path / "out" / "structure.jsonl").read_bytes() == b""
    assert (tmp_path / "out" / "context.jsonl").read_bytes() == b""


@pytest.mark.model
def test_neighbours_tells_the_structure_after_the_claims(built: Path) -> None:
    lines = run("neighbours", "RCHT", "--graph", str(built)).stdout.splitlines()
    board = "NHS Cornwall and the Isles of Scilly Integrated Care Board — covers → Royal Cornwall Hospitals NHS Trust"
    assert f"  {board} [register, from 2022-07-01]" in lines
    claimed = [i for i, line in enumerate(lines) if "asserted" in line]
    assert max(claimed) < min(i for i, line in enumerate(lines) if "[register" in line)
    context = [json.loads(line) for line in (built / "context.jsonl").read_text(encoding="utf-8").split("\n")[:-1]]
    assert Graph.open(built).find(context[0]["name"]).id == context[0]["id"]


@pytest.mark.model
def test_a_build_over_another_register(tmp_path: Path) -> None:
    for file in REGISTER.glob("*.csv"):
        text = file.read_text(encoding="utf-8").replace("Royal Cornwall Hospitals NHS Trust", "Duchy Health NHS Trust")
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    (tmp_path / "letter.txt").write_text("Duchy Health NHS Trust criticised NHS England.", encoding="utf-8")
    arguments = ("build", str(tmp_path / "letter.txt"), "--out", str(tmp_path / "out"), "--register", str(tmp_path))
    assert run(*arguments).returncode == 0
    assert '"id":"ods-ref"' in (tmp_path / "out" / "entities.jsonl").read_text(encoding="utf-8")
    (tmp_path / "names.csv").write_text("id,name,from,to,source\nnobody,Old,,,x\n", encoding="utf-8")
    refused = run(*arguments)
    assert refused.returncode == 3
    assert "names.csv, line 2: id nobody is not the id of a body" in refused.stderr
