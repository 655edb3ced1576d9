"""Figures are SVG that a paper can take: whole, safe, and the same bytes each time."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from export.pages import claim, hostile_graph, statement, structured_graph
from nhskg import Graph
from nhskg.export import jsonl
from nhskg.export.figure_names import Figure
from nhskg.export.figures import write_figure
from nhskg.model import ClaimGraph, Status
from samples import run

SVG = "{http://www.w3.org/2000/svg}"


def drawn(claim_graph: ClaimGraph, figure: Figure, path: Path, body: str = "") -> ET.Element:
    write_figure(claim_graph, figure, path, body)
    return ET.fromstring(path.read_text(encoding="utf-8"))  # noqa: S314  # our own


def texts(svg: ET.Element) -> list[str]:
    return [element.text or "" for element in svg.iter(f"{SVG}text")]


@pytest.mark.parametrize("figure", list(Figure))
def test_same_graph_same_bytes_and_nothing_but_drawing(figure: Figure, tmp_path: Path) -> None:
    svg = drawn(structured_graph(), figure, tmp_path / "a.svg")
    write_figure(structured_graph(), figure, tmp_path / "b.svg")
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()
    drawing = {"svg", "title", "rect", "path", "circle", "polygon", "text"}
    assert {element.tag.removeprefix(SVG) for element in svg.iter()} <= drawing
    write_figure(ClaimGraph(documents=(), entities=(), statements=()), figure, tmp_path / "empty.svg")


def test_the_network_has_the_lines_of_the_statuses(tmp_path: Path) -> None:
    svg = drawn(hostile_graph(), Figure.NETWORK, tmp_path / "a.svg")
    assert {"planned", "hypothetical", "negated", "stated as fact"} <= set(texts(svg))
    assert {"organisation", "group", "document"} <= set(texts(svg))


def test_arrows_between_the_same_two_bodies_lie_apart(tmp_path: Path) -> None:
    both = (statement(claim(("dhsc", "funds", "icb"))), statement(claim(("icb", "opposes", "dhsc"), Status.PLANNED)))
    made = hostile_graph()
    graph = ClaimGraph(documents=made.documents, entities=made.entities, statements=both)
    svg = drawn(graph, Figure.NETWORK, tmp_path / "a.svg")
    ways = [path.get("d", "").partition("Q")[2].split() for path in svg.iter(f"{SVG}path") if "Q" in path.get("d", "")]
    assert len(ways) == 2
    assert ways[0][:2] != ways[1][:2]


def test_lines_are_dashed_as_in_the_page(tmp_path: Path) -> None:
    svg = drawn(hostile_graph(), Figure.NETWORK, tmp_path / "a.svg")
    assert [path for path in svg.iter(f"{SVG}path") if path.get("stroke-dasharray") == "12 6"]


def test_denied_criticism_is_not_counted(tmp_path: Path) -> None:
    said, denied = claim(("dhsc", "criticised", "icb")), claim(("icb", "criticised", "dhsc"), Status.NEGATED)
    made = hostile_graph()
    graph = ClaimGraph(
        documents=made.documents, entities=made.entities, statements=(statement(said), statement(denied))
    )
    found = texts(drawn(graph, Figure.CRITICISM, tmp_path / "a.svg"))
    assert found == ["Department of Health and Social Care", "1", "Cornwall ICB"]


def test_a_timeline_is_in_order_of_time(tmp_path: Path) -> None:
    found = texts(drawn(structured_graph(), Figure.TIMELINE, tmp_path / "a.svg", "icb"))
    days = [text for text in found if text[:2] == "20"]
    assert days == sorted(days)
    assert len(days) > 8


def test_a_build_is_read_back_and_drawn(built: Path, tmp_path: Path) -> None:
    graph = Graph.open(built).whole()
    claims = sorted(row["id"] for row in jsonl.read_rows(built / jsonl.CLAIMS))
    assert sorted(claim.id for statement in graph.statements for claim in statement.claims) == claims
    done = run("plot", "criticism", "timeline", "--graph", str(built), "--out", str(tmp_path), "--body", "DHSC")
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["criticism.svg", "timeline.svg"]
    assert run("plot", "--graph", str(tmp_path)).returncode == 3
