"""The graph for networkx, and for programs that read GraphML."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import networkx as nx

from nhskg import Graph
from nhskg.export.network import to_networkx, write_graphml
from nhskg.model import ClaimGraph, Entity, Kind, Status

HOSTILE = 'a "b" \\ \n\t<c> & \x01 \u2028 é £ \U0001f600 ]]>'


def test_graphml_is_the_graph_that_networkx_would_write(world: Path, tmp_path: Path) -> None:
    graph = Graph.open(world).whole()
    hostile = Entity(id='body-"x"&', kind=Kind.ORGANISATION, name=HOSTILE)
    first, *others = graph.statements
    claim = first.claims[0]
    shouting = replace(claim, evidence=replace(claim.evidence, span=replace(claim.evidence.span, exact=HOSTILE)))
    denied = replace(claim, status=Status.NEGATED)
    graph = replace(
        graph,
        entities=(*graph.entities, hostile),
        statements=(replace(first, claims=(shouting, denied)), replace(first, subject=hostile.id), *others),
    )
    write_graphml(graph, tmp_path / "ours.graphml")
    nx.write_graphml_xml(to_networkx(graph), tmp_path / "theirs.graphml", named_key_ids=True)
    ours, theirs = (nx.read_graphml(tmp_path / f"{name}.graphml", force_multigraph=True) for name in ("ours", "theirs"))
    assert nx.utils.graphs_equal(ours, theirs)
    assert ours.number_of_edges() == len(graph.statements) + len(graph.structure) > 10


def test_a_graph_of_nothing_is_one_too(tmp_path: Path) -> None:
    write_graphml(ClaimGraph(documents=(), entities=(), statements=()), tmp_path / "none.graphml")
    assert not nx.read_graphml(tmp_path / "none.graphml")
