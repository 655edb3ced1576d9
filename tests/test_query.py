"""SPARQL over a build."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhskg.errors import InputError, UsageError
from nhskg.export.turtle import write_turtle
from nhskg.model import ClaimGraph
from nhskg.query import run_query


@pytest.fixture
def folder(claim_graph: ClaimGraph, tmp_path: Path) -> Path:
    write_turtle(claim_graph, tmp_path / "graph.ttl")
    return tmp_path


def test_select_ask_and_construct(folder: Path) -> None:
    rows = list(run_query("SELECT ?who ?whom WHERE { ?who nhs:funds ?whom }", folder))
    assert rows == [("who", "whom"), ("id:hm-treasury", "id:nhs-digital")]
    assert list(run_query("ASK { id:hm-treasury nhs:funds id:nhs-digital }", folder)) == [("true",)]
    constructed = run_query("CONSTRUCT { ?b nhs:x ?a } WHERE { ?a nhs:funds ?b }", folder)
    assert list(constructed) == [("id:nhs-digital", "nhs:x", "id:hm-treasury")]


def test_a_query_may_be_in_a_file(folder: Path) -> None:
    (folder / "q.rq").write_text("ASK { ?a nhs:funds ?b }")
    assert list(run_query(str(folder / "q.rq"), folder)) == [("true",)]


@pytest.mark.parametrize(
    "service", ["SERVICE <http://example.org/>", "service\nsilent ?x", "SERVICE#\n<http://e.org/>"]
)
def test_service_is_refused(folder: Path, service: str) -> None:
    with pytest.raises(UsageError, match="SERVICE"):
        list(run_query(f"SELECT * WHERE {{ {service} {{ ?a ?b ?c }} }}", folder))


def test_the_word_service_in_a_string_is_not(folder: Path) -> None:
    query = 'SELECT ?a WHERE { ?a skos:prefLabel "health service {" }'
    assert list(run_query(query, folder)) == [("a",)]


def test_bad_queries_and_missing_builds_say_so(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not SPARQL"):
        list(run_query("SELECT {", folder))
    with pytest.raises(UsageError, match="neither a query"):
        list(run_query("nowhere.rq", folder))
    with pytest.raises(InputError, match="run nhskg build"):
        list(run_query("ASK { ?a ?b ?c }", tmp_path / "nowhere"))
