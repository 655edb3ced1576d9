"""The whole graph, and what other libraries get."""

from __future__ import annotations

import builtins
from pathlib import Path
from typing import Any

import pytest
import rdflib

import nhskg
from nhskg import Graph
from nhskg.assemble import assemble
from nhskg.errors import InputError, UsageError
from nhskg.export.turtle import write_turtle
from nhskg.model import Reading
from samples import make_build, make_world


def test_the_whole_graph_comes_back_as_it_was(readings: list[Reading], tmp_path: Path) -> None:
    claim_graph = assemble(readings)
    whole = Graph.open(make_build(tmp_path, readings)).whole()
    assert whole.statements == claim_graph.statements
    assert whole.entities == claim_graph.entities
    assert [document.sha256 for document in whole.documents] == [d.sha256 for d in claim_graph.documents]


def test_values_that_a_claim_may_have_come_back(world: Path) -> None:
    graph = Graph.open(world)
    amounts = [claim.amount.text for claim in graph.claims() if claim.amount]
    periods = [claim.period.text for claim in graph.claims() if claim.period]
    assert amounts == ["£2m"]
    assert periods == ["from April 2020", "by 2021"]
    assert [claim.is_former for claim in graph.claims(relation="holds_post")] == [True]


def test_networkx_has_all_nodes_and_edges(world: Path) -> None:
    kg = Graph.open(world).networkx()
    assert kg.nodes["ods-ref"]["name"] == "Royal Cornwall Hospitals NHS Trust"
    assert kg.number_of_edges() == 8 + 4


def test_rdflib_has_the_triples_of_the_turtle(tmp_path: Path) -> None:
    graph = Graph.open(make_world(tmp_path))
    with pytest.raises(InputError, match="build again"):
        graph.rdflib()
    write_turtle(graph.whole(), tmp_path / "graph.ttl")
    written = graph.rdflib()
    assert len(set(written.subjects(rdflib.RDF.type, rdflib.URIRef("https://nhskg.org/ns#Claim")))) == 10


def test_pandas_has_a_row_for_each_claim(world: Path) -> None:
    pytest.importorskip("pandas", reason="pandas is not installed; nhskg does not need it")
    frame = Graph.open(world).to_pandas()
    assert len(frame) == 10
    assert set(frame["status"]) == {"asserted", "planned", "hypothetical", "negated"}
    assert frame["published"].min().year == 2019
    assert "£2m" in set(frame["amount_text"])


def test_without_pandas_it_says_what_to_install(world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import_ = builtins.__import__

    def without_pandas(name: str, *rest: Any) -> Any:
        if name == "pandas":
            raise ImportError(name)
        return import_(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without_pandas)
    with pytest.raises(UsageError, match="pip install pandas"):
        Graph.open(world).to_pandas()


def test_the_package_gives_graph_and_nothing_else_by_surprise() -> None:
    assert nhskg.Graph is Graph
    with pytest.raises(AttributeError, match="nothing_such"):
        _ = nhskg.nothing_such


def test_an_unknown_id_is_a_key_error(world: Path) -> None:
    with pytest.raises(KeyError):
        Graph.open(world).entity("nobody")
    with pytest.raises(KeyError):
        Graph.open(world).document("nothing")
