"""The graph as Turtle, GraphML and JSON Lines."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest
import rdflib

from nhskg.assemble import assemble
from nhskg.export import jsonl
from nhskg.export.network import write_graphml
from nhskg.export.turtle import triples, write_turtle
from nhskg.model import ClaimGraph, Entity, Kind, Status
from nhskg.validate import validate
from nhskg.vocab import ID, NHS
from samples import make_reading

HOSTILE = 'a "b" \\ \n\t<c> \x01 \u2028 é £ \U0001f600'


def test_rdflib_reads_back_what_was_written(claim_graph: ClaimGraph, tmp_path: Path) -> None:
    write_turtle(claim_graph, tmp_path / "a.ttl")
    rdf = rdflib.Graph().parse(tmp_path / "a.ttl", format="turtle")
    assert len(rdf) == len(set(triples(claim_graph)))
    assert (rdflib.URIRef(ID + "hm-treasury"), rdflib.URIRef(NHS + "funds"), rdflib.URIRef(ID + "nhs-digital")) in rdf


def test_hostile_names_survive_in_graphml(tmp_path: Path) -> None:
    claim_graph = ClaimGraph(
        documents=(), entities=(Entity(id="body-x", kind=Kind.ORGANISATION, name=HOSTILE),), statements=()
    )
    write_graphml(claim_graph, tmp_path / "a.graphml")
    assert list(nx.read_graphml(tmp_path / "a.graphml")) == ["body-x"]


@pytest.mark.parametrize(("status", "speaker"), [(Status.PLANNED, None), (Status.ASSERTED, "nhs-digital")])
def test_what_is_planned_or_said_gives_no_direct_triple(status: Status, speaker: str | None) -> None:
    claim_graph = assemble([make_reading("a", status=status, speaker=speaker)])
    assert not [row for row in triples(claim_graph) if row[1] == "nhs:funds"]


def test_bytes_do_not_depend_on_the_order_of_documents(tmp_path: Path) -> None:
    readings = [make_reading(name) for name in "abc"]
    write_turtle(assemble(readings), tmp_path / "a.ttl")
    write_turtle(assemble(readings[::-1]), tmp_path / "b.ttl")
    assert (tmp_path / "a.ttl").read_bytes() == (tmp_path / "b.ttl").read_bytes()


def test_the_graph_conforms_and_a_claim_without_status_does_not(claim_graph: ClaimGraph, tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    write_turtle(claim_graph, path)
    assert validate(path).conforms
    path.write_text(path.read_text().replace("nhs:status nhs:Asserted", "nhs:rule2 nhs:Asserted"))
    report = validate(path)
    assert not report.conforms
    assert any("five statuses" in problem for problem in report.problems)


def test_json_lines_round_trip(claim_graph: ClaimGraph, tmp_path: Path) -> None:
    rows = [jsonl.claim_row(claim) for statement in claim_graph.statements for claim in statement.claims]
    jsonl.write_rows(rows, tmp_path / "claims.jsonl")
    assert list(jsonl.read_rows(tmp_path / "claims.jsonl")) == rows
