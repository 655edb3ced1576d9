"""The questions that are kept: each gives its expected rows on the sample graph, with both engines.

When reading changes and so do the rows: python -m pytest tests/query/test_named.py --update-expected, then look at the diff.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from nhskg.assemble import assemble
from nhskg.errors import UsageError
from nhskg.export.turtle import write_turtle
from nhskg.finding import NotFound
from nhskg.model import ClaimGraph, Entity, Evidence, Kind, Status, TextSpan
from nhskg.ontology import load_body_classes, load_predicates
from nhskg.parts import TURTLE
from nhskg.query import Answer, Engine, Output, answer
from nhskg.query.named import named_queries, named_query
from nhskg.resources import LANGUAGE_MODEL
from samples import make_reading, run

EXPECTED = Path(__file__).parent / "expected"
QUERIES = named_queries()
VALUES = {  # where the defaults would find little in the sample documents
    "became-of": {"body": "NHS Norwich CCG"},
    "document": {"document": "The customers write back"},
    "in-post": {"day": "2019-12-13"},
    "open-on": {"kind": "nhs:FoundationTrust", "day": "2016-01-01"},
    "reorganisations": {"first": "2022-01-01", "last": "2022-12-31"},
}


def asked(name: str, folder: Path, values: dict[str, str], engine: Engine = Engine.OXIGRAPH) -> Answer:
    sparql = QUERIES[name].filled(values, lambda text: answer(text, folder))
    return answer(sparql, folder, engine)


def rows(name: str, folder: Path, **values: str) -> list[tuple[str, ...]]:
    return list(asked(name, folder, values).shown())


def plain(row: tuple[str, ...]) -> list[list[str]]:
    """A row for comparing: what GROUP_CONCAT joins has no order."""
    return [sorted(cell.split("; ")) for cell in row]


def test_there_are_at_least_fifteen_with_title_and_comment() -> None:
    assert len(QUERIES) >= 15
    for query in QUERIES.values():
        assert len(query.title) > 15
        assert query.comment.endswith(".")
        assert "ORDER BY" in query.sparql, query.name
        for default, what in query.parameters.values():
            assert default
            assert what


def test_they_use_only_terms_of_the_ontology() -> None:
    from nhskg.ontology import load_terms
    from nhskg.vocab import NHS

    known = {iri.removeprefix(NHS) for iri in load_terms() if iri.startswith(NHS)}
    for query in QUERIES.values():
        used = set(re.findall(r"nhs:(\w+)", query.sparql.partition("SELECT")[2]))
        assert used - known == set(), query.name
    assert set(load_predicates()) <= known
    assert {name.removeprefix("nhs:") for name in load_body_classes().values()} <= known


@pytest.mark.model
@pytest.mark.skipif(not LANGUAGE_MODEL.exists(), reason="no language model in this checkout")
@pytest.mark.parametrize("name", QUERIES)
def test_the_sample_graph_gives_the_expected_rows(built: Path, name: str, request: pytest.FixtureRequest) -> None:
    found = asked(name, built, VALUES.get(name, {}))
    text = "".join(f"{line}\n" for line in found.lines(Output.CSV))
    path = EXPECTED / f"{name}.csv"
    if request.config.getoption("--update-expected"):
        path.write_text(text, encoding="utf-8", newline="\n")
    assert path.read_text(encoding="utf-8") == text
    other = asked(name, built, VALUES.get(name, {}), Engine.RDFLIB)
    assert sorted(map(plain, other.shown())) == sorted(map(plain, found.shown()))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three letters: one says that the Treasury funds NHS Digital, one that it does not, one suspects another sum."""
    folder = tmp_path_factory.mktemp("small")
    suspected = make_reading("c", status=Status.ALLEGED, speaker="nhs-digital")
    (claim,) = suspected.claims
    text = suspected.document.text
    other = replace(
        claim,
        subject="nhs-digital",
        predicate="criticised",
        object="hm-treasury",
        status=Status.ALLEGED,
        evidence=Evidence(document="c", span=TextSpan.of(text, 32, 56), rule="criticised/verb/1"),
        amount=None,
    )
    readings = [
        make_reading("a"),
        make_reading("b", status=Status.NEGATED),
        replace(suspected, claims=(claim, other)),
        make_reading("d"),
    ]
    graph: ClaimGraph = assemble(readings)
    unclear = Entity(
        id="body-the-digital", kind=Kind.ORGANISATION, name="The Digital", candidates=("nhs-digital", "hm-treasury")
    )
    write_turtle(replace(graph, entities=(*graph.entities, unclear)), folder / TURTLE)
    return folder


def test_money_is_told_by_year_and_small_sums_can_be_left_out(small: Path) -> None:
    wanted = ("2019", "HM Treasury", "funds", "NHS Digital", "2000000", "£2m", "asserted")
    assert rows("money", small)[0] == wanted
    assert len(rows("money", small)) == 4
    assert rows("money", small, least="2000001") == []


def test_what_is_disputed_names_both_sides(small: Path) -> None:
    ((subject, relation, object_, claims),) = rows("disputed", small)
    assert (subject, relation, object_) == ("HM Treasury", "funds", "NHS Digital")
    assert set(claims.split("; ")) == {"asserted by A letter", "negated by A letter", "alleged by NHS Digital"}


def test_what_is_asserted_somewhere_is_not_only_alleged(small: Path) -> None:
    ((subject, relation, object_, number, _),) = rows("only-alleged", small)
    assert (subject, relation, object_, number) == ("NHS Digital", "criticised", "HM Treasury", "1")


def test_what_two_documents_assert_is_corroborated(small: Path) -> None:
    assert rows("corroborated", small) == [("HM Treasury", "funds", "NHS Digital", "2")]


def test_speakers_are_those_who_are_quoted(small: Path) -> None:
    assert rows("speakers", small) == [("NHS Digital", "2", "0", "0", "2", "0", "0")]


def test_names_that_were_not_resolved_show_what_they_may_be(small: Path) -> None:
    ((name, may_be),) = rows("unresolved", small)
    assert (name, set(may_be.split("; "))) == ("The Digital", {"NHS Digital", "HM Treasury"})


@pytest.mark.parametrize("value", ["nhs-digital", "id:nhs-digital", "NHS Digital", "nhs digital", "X26"])
def test_a_thing_is_given_by_id_name_or_code(small: Path, value: str) -> None:
    assert len(rows("timeline", small, body=value)) == 5


@pytest.mark.parametrize(
    ("name", "values", "error", "message"),
    [
        ("timeline", {"body": "NHS Digtal"}, NotFound, "Did you mean NHS Digital"),
        ("timeline", {"nobody": "x"}, UsageError, "no parameter of timeline; it has body"),
        ("in-post", {"day": "1 July"}, UsageError, "write it as 2022-07-01"),
        ("money", {"least": "1 } SERVICE"}, UsageError, "not a number"),
        ("open-on", {"kind": "nhs:x } #"}, UsageError, "not a term"),
        ("document", {"document": '" } DROP'}, NotFound, "not in the graph"),
    ],
)
def test_values_of_the_wrong_sort_are_refused(
    small: Path, name: str, values: dict[str, str], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        rows(name, small, **values)


def test_an_unknown_question_lists_the_known_ones() -> None:
    with pytest.raises(UsageError, match="above, against-register"):
        named_query("nothing")


def test_the_command_lists_shows_and_asks(small: Path) -> None:
    listed = run("query", "--list").stdout
    assert "criticism: Who criticised a body, when, and in whose words\n  --param body=…" in listed
    asked_for = ("query", "--named", "timeline", "--param", "body=NHS Digital", "--graph", str(small))
    shown = run(*asked_for, "--show").stdout
    assert "PREFIX nhs: <https://nhskg.org/ns#>\n" in shown
    assert "VALUES ?body { id:nhs-digital }" in shown
    printed = run(*asked_for, "--format", "md").stdout.splitlines()
    assert printed[0] == "| date | subject | relation | object | status | quote |"
    assert str(date(2019, 5, 1)) in printed[2]
    assert run("query", "--named", "nothing", "--graph", str(small)).returncode == 2
    assert run("query", "--graph", str(small)).returncode == 2
    assert run("query", "ASK { ?a ?b ?c }", "--param", "a=b", "--graph", str(small)).returncode == 2
    assert run(*asked_for, "--format", "turtle").returncode == 2
