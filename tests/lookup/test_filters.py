"""Which claims and lines of the register are asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhskg import Graph
from nhskg.errors import UsageError
from nhskg.model import ClaimGraph, Status


def triples(found: ClaimGraph) -> set[tuple[str, str, str]]:
    edges = {(s.subject, s.predicate, s.object) for s in found.statements}
    return edges | {(f"register {e.subject}", e.predicate, e.object) for e in found.structure}


def test_neighbours_are_claims_and_structure(world: Path) -> None:
    found = Graph.open(world).neighbours("NHS Digital")
    assert triples(found) == {
        ("hm-treasury", "funds", "nhs-digital"),
        ("unison", "criticised", "nhs-digital"),
        ("person-ada-penrose", "holds_post", "nhs-digital"),
        ("register nhs-digital", "part_of", "nhs-england"),
    }
    (funds,) = (s for s in found.statements if s.predicate == "funds")
    assert [claim.status for claim in funds.claims] == [Status.ASSERTED, Status.NEGATED]
    assert funds.is_disputed
    assert {entity.id for entity in found.entities} >= {"hm-treasury", "unison", "nhs-digital", "nhs-england"}
    assert {document.id for document in found.documents} == {"letter", "reply", "undated note"}


def test_more_steps_reach_further(world: Path) -> None:
    graph = Graph.open(world)
    assert ("nhs-england", "funds", "ods-ref") not in triples(graph.neighbours("NHS Digital"))
    assert ("nhs-england", "funds", "ods-ref") in triples(graph.neighbours("NHS Digital", hops=2))
    assert triples(graph.neighbours("Treasury", hops=6)) == triples(graph.whole())


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"relation": "criticised"}, {"unison"}),
        ({"kind": "person"}, {"person-ada-penrose"}),
        ({"kind": ["person", "organisation"], "through": "claims"}, {"person-ada-penrose", "hm-treasury", "unison"}),
        ({"status": "negated"}, {"hm-treasury"}),
        ({"speaker": "Unison"}, {"hm-treasury"}),
        ({"speaker": "document"}, {"person-ada-penrose", "hm-treasury", "unison"}),
        ({"direction": "out"}, {"nhs-england"}),
        ({"direction": "in"}, {"person-ada-penrose", "hm-treasury", "unison"}),
        ({"through": "structure"}, {"nhs-england"}),
        ({"since": "2020"}, {"hm-treasury", "nhs-england"}),
        ({"until": "2019-12-31"}, {"hm-treasury", "unison"}),
        ({"since": "2019-06", "until": "2019-12"}, set()),
        ({"as_of": "2019-04-30"}, set()),
        ({"as_of": "2023"}, {"hm-treasury", "unison", "nhs-england"}),
    ],
)
def test_filters(world: Path, asked: dict[str, str], expected: set[str]) -> None:
    found = Graph.open(world).neighbours("NHS Digital", **asked)  # type: ignore[arg-type]
    ends = {end for edge in triples(found) for end in (edge[0].removeprefix("register "), edge[2])}
    assert ends - {"nhs-digital"} == expected


def test_statements_have_only_the_claims_that_are_asked_for(world: Path) -> None:
    (statement,) = Graph.open(world).neighbours("NHS Digital", status="negated").statements
    assert [claim.status for claim in statement.claims] == [Status.NEGATED]


def test_a_period_decides_what_held_on_a_day(world: Path) -> None:
    graph = Graph.open(world)

    def funded(day: str) -> list[str]:
        return [claim.status.value for claim in graph.claims(relation="funds", object="RCHT", as_of=day)]

    assert funded("2020-03-31") == []
    assert funded("2020-04-01") == ["planned"]
    assert funded("2020-06-01") == ["planned", "asserted"]
    assert [e.predicate for e in graph.neighbours("RCHT", as_of="2022-07-01").structure] == []
    assert [e.predicate for e in graph.neighbours("RCHT", as_of="2022-06-30").structure] == ["member_of"]
    assert [e.predicate for e in graph.neighbours("NHSI", as_of="2022-06-30").structure] == []
    assert [e.predicate for e in graph.neighbours("NHSI", as_of="2024-01-01").structure] == ["succeeds"]


def test_claims_come_in_order_of_date(world: Path) -> None:
    dates = [claim.published for claim in Graph.open(world).claims()]
    dated = [day for day in dates if day]
    assert dated == sorted(dated)
    assert len(dates) == 10


def test_a_limit_keeps_the_nearest_and_tells_of_the_rest(world: Path) -> None:
    graph = Graph.open(world)
    cut = graph.neighbourhood("NHS Digital", hops=3, limit=1)
    assert cut.is_cut
    assert [s.predicate for s in cut.graph.statements] == ["funds"]  # of which there are two claims
    assert not graph.neighbourhood("NHS Digital", limit=3).is_cut


def test_what_makes_no_sense_is_said(world: Path) -> None:
    graph = Graph.open(world)
    with pytest.raises(UsageError, match="not a date"):
        graph.claims(since="May 2019")
    with pytest.raises(UsageError, match="friendly"):
        graph.claims(status="friendly")
    with pytest.raises(TypeError, match="no filter is called statuses"):
        graph.claims(statuses="negated")  # type: ignore[call-arg]
