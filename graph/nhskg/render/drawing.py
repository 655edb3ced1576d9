"""Pieces of the graph for other programs: Graphviz, Mermaid, Turtle."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from nhskg.lookup.graph import Graph
from nhskg.model import ClaimGraph, Status
from nhskg.render.words import Edge, edges_of, relation

UNSAFE_IN_MERMAID = re.compile(r"[^\w ,.()’£%/&'-]")


def dot(graph: Graph, claim_graph: ClaimGraph) -> Iterator[str]:
    """Gives a drawing for Graphviz, https://graphviz.org/doc/info/lang.html.

    What is not settled is dashed, what is denied red, what only the register says grey.
    """
    yield "digraph nhskg {"
    yield "  rankdir=LR; node [shape=box, style=rounded, fontname=sans]; edge [fontname=sans, fontsize=10];"
    edges = edges_of(claim_graph)
    for identifier in _ends(edges):
        yield f"  {json.dumps(identifier)} [label={json.dumps(graph.entity(identifier).name, ensure_ascii=False)}];"
    for edge in edges:
        label = json.dumps(_label(edge), ensure_ascii=False)
        looks = f"label={label}{_dot_style(edge)}"
        yield f"  {json.dumps(edge.subject)} -> {json.dumps(edge.object)} [{looks}];"
    yield "}"


def mermaid(graph: Graph, claim_graph: ClaimGraph) -> Iterator[str]:
    """Gives a flowchart for Mermaid, https://mermaid.js.org/syntax/flowchart.html; GitHub shows it in Markdown."""
    edges = edges_of(claim_graph)
    short = {identifier: f"n{number}" for number, identifier in enumerate(_ends(edges), start=1)}
    yield "flowchart LR"
    for identifier, node in short.items():
        yield f'  {node}["{_mermaid_text(graph.entity(identifier).name)}"]'
    for edge in edges:
        arrow = "-->" if _is_settled(edge) else "-.->"
        yield f'  {short[edge.subject]} {arrow}|"{_mermaid_text(_label(edge))}"| {short[edge.object]}'


def turtle(_: Graph, claim_graph: ClaimGraph) -> list[str]:
    """Gives the Turtle that a build of only this piece would have."""
    from nhskg.export.turtle import write_turtle

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "piece.ttl"
        write_turtle(claim_graph, path)
        return path.read_text(encoding="utf-8").rstrip("\n").split("\n")


def _ends(edges: list[Edge]) -> list[str]:
    return sorted({end for edge in edges for end in (edge.subject, edge.object)})


def _label(edge: Edge) -> str:
    statuses = dict.fromkeys(claim.status.value for claim in edge.claims)
    unsettled = [status for status in statuses if status != Status.ASSERTED]
    return relation(edge.predicate) + (f" ({', '.join(statuses)})" if unsettled else "")


def _is_settled(edge: Edge) -> bool:
    return bool(edge.entries) or any(claim.is_fact for claim in edge.claims)


def _dot_style(edge: Edge) -> str:
    if not edge.claims:
        return ", color=grey50, fontcolor=grey30"
    dashed = "" if _is_settled(edge) else ", style=dashed"
    denied = any(claim.status is Status.NEGATED for claim in edge.claims)
    return dashed + (", color=red3, fontcolor=red3" if denied else "")


def _mermaid_text(text: str) -> str:
    """Text in which nothing is syntax; other characters as https://mermaid.js.org/syntax/flowchart.html#entity-codes."""
    return UNSAFE_IN_MERMAID.sub(lambda match: f"#{ord(match[0])};", text)
