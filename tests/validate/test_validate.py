"""Graphs that are not as they should be are told so, in words, whole or in samples."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from nhskg.assemble import assemble
from nhskg.errors import InputError
from nhskg.export.turtle import write_turtle
from nhskg.model import ClaimGraph
from nhskg.parts import TURTLE, parts_of, triples_of
from nhskg.registered import RegisterBody, RegisterEntry
from nhskg.validate import Severity, validate, validate_sample
from samples import make_reading, run

ENTRY = RegisterEntry(
    subject="nhs-digital",
    predicate="part_of",
    object="hm-treasury",
    start="2013-04-01",
    end="2020",
    source="made up",
    file="relations.csv",
    line=2,
)


@pytest.fixture(scope="module")
def turtle(tmp_path_factory: pytest.TempPathFactory) -> str:
    graph = assemble([make_reading(name) for name in "abcdef"])
    holder = replace(ENTRY, subject="hm-treasury", predicate="succeeds", end="")
    body = RegisterBody(id="nhs-digital", kind="national_body", opened="2013", closed="2023")
    path = tmp_path_factory.mktemp("graph") / "a.ttl"
    write_turtle(replace(graph, structure=(ENTRY, holder), bodies=(body,)), path)
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("sample", [0, 1])
def test_a_graph_of_ours_conforms(turtle: str, tmp_path: Path, sample: int) -> None:
    (tmp_path / "a.ttl").write_text(turtle, encoding="utf-8")
    report = validate(tmp_path / "a.ttl", sample)
    assert report.problems == ()
    assert report.conforms
    done, of = report.nodes
    assert (done == of) is (sample == 0)
    assert ("all " in report.checked.split("triples")[1].split("nodes")[0]) is (sample == 0)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("nhs:status nhs:Asserted", "nhs:status nhs:Perhaps", "exactly one of the five statuses"),
        ("rdf:object id:nhs-digital ;", "", "exactly one rdf:object"),
        ("rdf:subject id:hm-treasury ;", "rdf:subject id:hm-treasury, id:x ;", "exactly one rdf:subject"),
        ("prov:wasQuotedFrom", "prov:hadPrimarySource", "quotes at least one place"),
        ("oa:start 0 ;", "", "exactly one oa:start"),
        ("oa:end 31", "oa:end 30", "not as long as its offsets"),
        ("nhs:confidence 0.9", "nhs:confidence 1.5", "from 0 to 1"),
        ('"2013-04-01"^^xsd:date', '"2023-04-01"^^xsd:date', "ends no earlier than it begins"),
        ('schema:foundingDate "2013-01-01"', 'schema:foundingDate "2024-01-01"', "no earlier than it is founded"),
        ('org:identifier "X26"^^nhs:ODSCode', 'org:identifier "X26"', "an nhs:ODSCode"),
        ("nhs:about id:", "nhs:about2 id:", "about exactly one statement"),
    ],
)
def test_what_is_not_in_order_is_named(turtle: str, tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in turtle
    (tmp_path / "a.ttl").write_text(turtle.replace(old, new), encoding="utf-8")
    report = validate(tmp_path / "a.ttl")
    assert not report.conforms
    assert any(message in problem for problem in report.problems)


def test_a_sample_still_sees_every_relation_without_a_claim(turtle: str, tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(turtle + "id:hm-treasury nhs:abolished id:nhs-digital .\n", encoding="utf-8")
    report = validate(tmp_path / "a.ttl", 1)
    assert [result.message for result in report.results] == ["Triples and claims do not agree."]
    assert report.results[0].node.startswith("id:hm-treasury nhs:abolished id:nhs-digital is given as a fact")


def test_an_unusual_kind_is_a_warning_and_conforms(turtle: str, tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(
        turtle.replace("rdf:predicate nhs:funds", "rdf:predicate nhs:appointed").replace(
            "    nhs:funds id:nhs-digital ;\n", ""
        ),
        encoding="utf-8",
    )
    report = validate(tmp_path / "a.ttl")
    assert report.conforms
    assert {result.severity for result in report.results} == {Severity.WARNING}


def test_the_report_counts_and_says_how_to_see_more(turtle: str, tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(
        turtle.replace("nhs:status nhs:Asserted", "nhs:status nhs:Perhaps"), encoding="utf-8"
    )
    done = run("validate", str(tmp_path / "a.ttl"))
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert "violation (6): A claim has exactly one of the five statuses." in lines
    assert "  … and 1 more; --all shows them" in lines
    assert lines[-1].startswith("does not conform: ")
    assert len(run("validate", str(tmp_path / "a.ttl"), "--all").stdout.splitlines()) > len(lines) - 1
    assert run("validate", str(tmp_path / "a.ttl"), "--quick").stderr.startswith("checked: ")


def test_any_turtle_is_taken_and_nothing_else(tmp_path: Path) -> None:
    other = tmp_path / "other.ttl"
    other.write_text("@prefix e: <http://e.org/> . e:a e:b [ e:c 'd' ] .")
    assert validate(other).conforms
    assert validate(other).checked == "2 triples, none of them about a claim, body or document as nhskg has them"
    for content in (b"not Turtle", b"\xff\xfe\x00", b"<http://e.org/a> <http://e.org/b> <c d> ."):
        other.write_bytes(content)
        with pytest.raises(InputError, match=r"other\.ttl: not Turtle"):
            validate(other)
    with pytest.raises(InputError, match="no graph here"):
        validate(tmp_path / "nowhere.ttl")


def test_an_empty_graph_conforms(tmp_path: Path) -> None:
    write_turtle(ClaimGraph(documents=(), entities=(), statements=()), tmp_path / "a.ttl")
    assert validate(tmp_path / "a.ttl").conforms
    assert validate(tmp_path / "a.ttl", 10).conforms


@pytest.mark.model
def test_a_large_graph_is_checked_by_a_sample(built: Path) -> None:
    report = validate_sample(built / TURTLE, 20)
    assert report.conforms
    assert not report.is_whole
    assert 40 < report.nodes[0] < report.nodes[1]
    assert report.triples == sum(1 for _ in triples_of(built / TURTLE))
    assert "no more, since it is large" in report.checked


@pytest.mark.parametrize("largest", [1_000_000, 1_500])
def test_a_sample_of_all_nodes_finds_what_is_wrong_with_any(
    claim_graph: ClaimGraph, tmp_path: Path, largest: int
) -> None:
    write_turtle(claim_graph, tmp_path / TURTLE, largest=largest)
    assert validate_sample(tmp_path / TURTLE, 1000).conforms
    texts = {part: part.read_text(encoding="utf-8") for part in parts_of(tmp_path / TURTLE)}
    part, text = next((part, text) for part, text in texts.items() if "nhs:status" in text)
    part.write_text(text.replace("nhs:status nhs:", "nhs:rule2 nhs:", 1), encoding="utf-8")
    (result,) = validate_sample(tmp_path / TURTLE, 1000).results
    assert result.severity is Severity.VIOLATION
    assert result.node.startswith("id:claim-")
