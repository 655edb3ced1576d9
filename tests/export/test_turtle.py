"""The graph as Turtle, GraphML and JSON Lines."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import networkx as nx
import pytest
import rdflib

from nhskg.assemble import assemble
from nhskg.export import jsonl
from nhskg.export.network import write_graphml
from nhskg.export.turtle import triples, write_turtle
from nhskg.model import Amount, Claim, ClaimGraph, Entity, Kind, Period, Status
from nhskg.resources import resource
from nhskg.validate import validate
from nhskg.vocab import ID, NHS, expand
from samples import make_reading

HOSTILE = 'a "b" \\ \n\t<c> \x01 \u2028 é £ \U0001f600'


def test_rdflib_reads_back_what_was_written(claim_graph: ClaimGraph, tmp_path: Path) -> None:
    write_turtle(claim_graph, tmp_path / "a.ttl")
    rdf = rdflib.Graph().parse(tmp_path / "a.ttl", format="turtle")
    assert len(rdf) == len(set(triples(claim_graph)))
    assert (rdflib.URIRef(ID + "hm-treasury"), rdflib.URIRef(NHS + "funds"), rdflib.URIRef(ID + "nhs-digital")) in rdf


def test_hostile_names_survive(tmp_path: Path) -> None:
    claim_graph = ClaimGraph(
        documents=(), entities=(Entity(id="body-x", kind=Kind.ORGANISATION, name=HOSTILE),), statements=()
    )
    write_turtle(claim_graph, tmp_path / "a.ttl")
    rdf = rdflib.Graph().parse(tmp_path / "a.ttl", format="turtle")
    assert HOSTILE in {str(value) for value in rdf.objects()}
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


def told(claim: Claim, folder: Path) -> dict[str, str]:
    """What is written of a claim in the graph's own terms."""
    write_turtle(assemble([replace(make_reading("a"), claims=(claim,))]), folder / "claim.ttl")
    rdf = rdflib.Graph().parse(folder / "claim.ttl", format="turtle")
    rows = rdf.predicate_objects(rdflib.URIRef(f"{ID}claim-{claim.id}"))
    return {str(name).removeprefix(NHS): str(value) for name, value in rows if str(name).startswith(NHS)}


def test_a_period_is_given_as_days_with_its_words(tmp_path: Path) -> None:
    (claim,) = make_reading("a").claims
    rows = told(replace(claim, period=Period(text="from April 2019 to 2020", start="2019-04", end="2020")), tmp_path)
    assert rows["periodText"] == "from April 2019 to 2020"
    assert (rows["validFrom"], rows["validTo"]) == ("2019-04-01", "2020-12-31")
    assert "validTo" not in told(replace(claim, period=Period(text="since 2019", start="2019")), tmp_path)
    assert not {"periodText", "former"} & told(claim, tmp_path).keys()


def test_money_is_given_with_how_it_is_meant(tmp_path: Path) -> None:
    (claim,) = make_reading("a").claims
    amount = Amount(
        text="up to a further £2-3m a year", value=2e6, maximum=3e6, bound="up to", per="year", is_additional=True
    )
    rows = told(replace(claim, amount=amount), tmp_path)
    assert (rows["amount"], rows["amountMaximum"]) == ("2000000.0", "3000000.0")
    assert (rows["amountBound"], rows["amountPer"], rows["additional"]) == ("up to", "year", "true")
    rows = told(replace(claim, amount=Amount(text="$5m", value=5e6, currency="USD")), tmp_path)
    assert rows["amountText"] == "$5m"
    assert "amount" not in rows


def test_disputed_statements_periods_and_former_posts_conform(tmp_path: Path) -> None:
    (claim,) = make_reading("d").claims
    amount = Amount(text="around £2m a year", value=2e6, bound="about", per="year")
    period = Period(text="until 2018", end="2018")
    reading = replace(make_reading("d"), claims=(replace(claim, period=period, amount=amount, is_former=True),))
    write_turtle(assemble([reading, make_reading("e", status=Status.NEGATED)]), tmp_path / "a.ttl")
    rdf = rdflib.Graph().parse(tmp_path / "a.ttl", format="turtle")
    assert list(rdf.objects(predicate=rdflib.URIRef(NHS + "disputed"))) == [rdflib.Literal(True)]
    assert list(rdf.objects(predicate=rdflib.URIRef(NHS + "former"))) == [rdflib.Literal(True)]
    assert validate(tmp_path / "a.ttl").conforms


def test_every_property_that_is_written_is_defined() -> None:
    (claim,) = make_reading("d").claims
    amount = Amount(text="£2-3m", value=2e6, maximum=3e6, bound="about", per="year", is_additional=True)
    period = Period(text="in 2018", start="2018", end="2018")
    reading = replace(make_reading("d"), claims=(replace(claim, period=period, amount=amount, is_former=True),))
    written = {name for _, name, _ in triples(assemble([reading, make_reading("e", status=Status.NEGATED)]))}
    defined = rdflib.Graph().parse(resource("ontology", "nhs.ttl"), format="turtle")
    for name in written:
        if name.startswith("nhs:"):
            assert (rdflib.URIRef(expand(name)), rdflib.SKOS.definition, None) in defined, name


def test_claims_that_are_disputed_say_so_in_json_lines() -> None:
    (claim,) = make_reading("a").claims
    assert jsonl.claim_row(claim)["disputed"] is False
    assert jsonl.claim_row(claim, disputed=True)["disputed"] is True
