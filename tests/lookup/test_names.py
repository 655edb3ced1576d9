"""What people type, and which entity, relation or document it means."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhskg import Graph
from nhskg.finding import Ambiguous, NotFound


@pytest.mark.parametrize(
    "name", ["NHS England", "nhs england", "the NHS England", "NHSE", "nhs-england", "NHS Commissioning Board"]
)
def test_names_acronyms_ids_and_earlier_names_find_an_entity(world: Path, name: str) -> None:
    assert Graph.open(world).find(name).id == "nhs-england"


def test_an_ods_code_finds_a_body(world: Path) -> None:
    assert Graph.open(world).find("ref").id == "ods-ref"
    assert Graph.open(world).find("X26").id == "nhs-digital"


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("NHS Engalnd", "NHS England"),
        ("NHSEE", "NHS England"),
        ("Trezury", "HM Treasury"),
        ("Cornwall Hospitals", "Royal Cornwall Hospitals NHS Trust"),
        ("Royal Cornwal Hospital", "Royal Cornwall Hospitals NHS Trust"),
    ],
)
def test_the_nearest_names_are_offered_for_a_slip(world: Path, slip: str, meant: str) -> None:
    with pytest.raises(NotFound, match=rf"{slip}: not in the graph\. Did you mean .*{meant}"):
        Graph.open(world).find(slip)


def test_nothing_is_offered_for_what_is_like_nothing(world: Path) -> None:
    with pytest.raises(NotFound, match="Nothing in the graph"):
        Graph.open(world).find("xylophone")
    with pytest.raises(NotFound):
        Graph.open(world).find("")
    with pytest.raises(NotFound):
        Graph.open(world).find('" OR *')


def test_the_candidates_of_an_ambiguous_name_are_listed(world: Path) -> None:
    with pytest.raises(Ambiguous) as caught:
        Graph.open(world).find("the board")
    assert str(caught.value).splitlines()[1:] == [
        "  Cornwall Board (ods-qt6): organisation, 1 claim",
        "  Tamar Board (ods-xyz): organisation, 1 claim",
    ]


def test_relations_are_found_by_their_words(world: Path) -> None:
    graph = Graph.open(world)
    by_words = graph.claims(relation="works with")
    assert [claim.predicate for claim in by_words] == ["works_with"]
    assert graph.claims(relation=["works_with"]) == by_words
    with pytest.raises(NotFound, match="Did you mean funds"):
        graph.claims(relation="fund")


def test_a_document_is_found_by_its_id(world: Path) -> None:
    graph = Graph.open(world)
    assert {claim.evidence.document for claim in graph.claims(document="report")} == {"report"}
    with pytest.raises(NotFound, match="Did you mean undated note"):
        graph.claims(document="note")
