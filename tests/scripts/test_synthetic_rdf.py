"""The made-up graphs that are measured are of our pattern and of the size that was asked for."""

from __future__ import annotations

from pathlib import Path

from nhskg.export.turtle import triples, write_turtle
from nhskg.validate import Severity, validate
from synthetic_rdf import make_graph


def test_a_made_up_graph_conforms_and_is_the_same_every_time(tmp_path: Path) -> None:
    graph = make_graph(5_000)
    assert graph == make_graph(5_000)
    assert 4_000 < len(list(triples(graph))) < 7_000
    write_turtle(graph, tmp_path / "a.ttl")
    report = validate(tmp_path / "a.ttl")
    assert {result.severity for result in report.results} == {Severity.WARNING}  # its relations are between any kinds
