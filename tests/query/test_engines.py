"""Two engines, one answer; what a query may not do; how answers are printed; the store behind it."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from nhskg.errors import TooSlow, UsageError
from nhskg.export.turtle import write_turtle
from nhskg.model import ClaimGraph
from nhskg.parts import TURTLE
from nhskg.query import Engine, Output, answer, run_query
from nhskg.query.timed import within
from nhskg.store import BUILT_FROM, STORE, build_store, open_store
from samples import run

ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o }"
FUNDS = "SELECT ?who ?whom ?amount WHERE { ?who nhs:funds ?whom OPTIONAL { ?c nhs:amount ?amount } } LIMIT 1"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from nhskg.assemble import assemble
    from nhskg.model import Status
    from samples import make_reading

    place = tmp_path_factory.mktemp("graph")
    readings = [make_reading("a"), make_reading("b", status=Status.NEGATED), make_reading("c", speaker="nhs-digital")]
    write_turtle(assemble(readings), place / TURTLE)
    return place


def plain(row: tuple[Any, ...]) -> str:
    """A row as text; 1.50 and 1.5 are the same number, which Oxigraph keeps in its shortest form."""
    return re.sub(r"(value=\d+(?:\.\d*?)?)(?:\.?0+)?(?= datatype=<NamedNode value=\S*#decimal)", r"\1", str(row))


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?c ?s WHERE { ?c nhs:status ?s } ORDER BY ?c",
        "SELECT ?c ?d WHERE { ?c a nhs:Claim OPTIONAL { ?c prov:nothing ?d } }",
        "SELECT (COUNT(*) AS ?n) (MIN(?d) AS ?first) WHERE { ?c dcterms:date ?d }",
        'SELECT ?x WHERE { VALUES ?x { "a"@en-gb "b" 1.50 <http://e.org/> } }',
        "ASK { ?x nhs:funds ?y }",
        "ASK { ?x nhs:abolished ?y }",
        "CONSTRUCT { ?y nhs:is_funded_by ?x } WHERE { ?x nhs:funds ?y }",
        "DESCRIBE id:nhs-digital",
    ],
)
def test_both_engines_give_the_same(folder: Path, sparql: str) -> None:
    ours, theirs = (answer(sparql, folder, engine) for engine in Engine)
    assert (ours.form, ours.variables) == (theirs.form, theirs.variables)
    if not sparql.startswith("DESCRIBE"):  # the standard leaves open what a description has
        assert sorted(map(plain, ours.rows)) == sorted(map(plain, theirs.rows))
    assert ours.rows
    assert theirs.rows


@pytest.mark.parametrize(
    ("sparql", "message"),
    [
        ("INSERT DATA { id:a nhs:funds id:b }", "INSERT changes data"),
        ("PREFIX x: <http://e.org/> DELETE WHERE { ?a ?b ?c }", "DELETE changes data"),
        ("LOAD <http://e.org/>", "LOAD changes data"),
        ("SELECT * WHERE { SERVICE <http://e.org/> { ?a ?b ?c } }", "SERVICE asks another server"),
        ("SELECT * WHERE { \\u0053ERVICE <http://e.org/> { ?a ?b ?c } }", "SERVICE asks another server"),
        ('SELECT * WHERE { ?a ?b """ " """ SERVICE ?x { ?a ?b ?c } }', "SERVICE asks another server"),
        ("SELECT * WHERE { ?a ?b ?c }#\nSERVICE", "SERVICE asks another server"),
        ("SELECT * FROM <file:///etc/passwd> WHERE { ?a ?b ?c }", "FROM names another graph"),
    ],
)
@pytest.mark.parametrize("engine", Engine)
def test_what_changes_data_or_goes_abroad_is_refused(folder: Path, engine: Engine, sparql: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        answer(sparql, folder, engine)


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?service ?from WHERE { ?service nhs:service ?from }",
        "SELECT * WHERE { ?a ?b '''it's a SERVICE <x>''' , \"DROP \\\" FROM\" } # LOAD",
        "SELECT * WHERE { <http://e.org/SERVICE> ?b 'x'@service }",
    ],
)
def test_words_that_only_look_like_it_are_not(folder: Path, sparql: str) -> None:
    assert answer(sparql, folder).rows == ()


def test_a_syntax_error_shows_the_line_and_a_caret(folder: Path) -> None:
    with pytest.raises(UsageError) as caught:
        answer("SELECT ?a\nWHERE { ?a nhs:funds ?? }", folder)
    shown = str(caught.value).split("\n")
    assert shown[0].startswith("not SPARQL, line 2, column ")
    assert shown[1] == "  WHERE { ?a nhs:funds ?? }"
    assert shown[2].strip() == "^"
    assert "??"[: shown[2].index("^") - shown[1].index("??")] in {"", "?", "??"}


@pytest.mark.parametrize(
    ("sparql", "words", "below"),
    [
        ("SELEC ?a WHERE { ?a ?b ?c }", "line 1, column 1: expected SELECT, ASK, CONSTRUCT or DESCRIBE", "SELEC"),
        (
            "SELECT ?a WHERE {\n ?a e:b ?c }",
            "line 2, column 5: nothing says what e: is; begin with PREFIX e: <…>",
            "e:b",
        ),
        ("SELECT ?a WHERE { ?a ?b ?c # }", "column 31: expected }", ""),
        ("SELECT (COUNT(?a) AS ?n) ?b WHERE { ?a ?b ?c }", "variable that is unbound", ""),
    ],
)
def test_the_usual_mistakes_are_named_where_they_are(folder: Path, sparql: str, words: str, below: str) -> None:
    with pytest.raises(UsageError) as caught:
        answer(sparql, folder)
    said, line, caret = str(caught.value).split("\n")
    assert words in said
    assert line[caret.index("^") :].startswith(below)


def test_what_an_engine_cannot_do_is_one_line(folder: Path) -> None:
    with pytest.raises(UsageError, match=r"cannot be answered: .*function"):
        answer("SELECT (<http://e.org/f>(1) AS ?x) WHERE {}", folder)
    lateral = "SELECT ?x WHERE { ?x nhs:funds ?y LATERAL { ?y skos:prefLabel ?n } }"
    assert answer(lateral, folder).rows
    with pytest.raises(UsageError, match="rdflib cannot answer this"):
        answer(lateral, folder, Engine.RDFLIB)


def test_a_description_needs_no_braces(folder: Path) -> None:
    assert list(run_query("DESCRIBE id:nhs-digital", folder))


def test_an_answer_is_printed_as_table_csv_json_and_markdown(folder: Path) -> None:
    found = answer(FUNDS, folder)
    assert list(found.lines(Output.TABLE)) == [
        "who             whom            amount",
        "id:hm-treasury  id:nhs-digital  2000000",
    ]
    rows = list(csv.reader(found.lines(Output.CSV)))
    assert rows[0] == ["who", "whom", "amount"]
    assert rows[1][0] == "https://nhskg.org/id/hm-treasury"
    (binding,) = json.loads("".join(found.lines(Output.JSON)))["results"]["bindings"]
    assert binding["who"] == {"type": "uri", "value": "https://nhskg.org/id/hm-treasury"}
    assert binding["amount"]["datatype"].endswith("#decimal")
    assert list(found.lines(Output.MARKDOWN))[1:] == [
        "| --- | --- | --- |",
        "| id:hm-treasury | id:nhs-digital | 2000000 |",
    ]
    assert list(answer("ASK { ?a nhs:funds ?b }", folder).lines(Output.TABLE)) == ["true"]
    assert json.loads("".join(answer("ASK { ?a nhs:x ?b }", folder).lines(Output.JSON))) == {
        "head": {},
        "boolean": False,
    }


def test_the_json_is_what_a_reader_of_sparql_results_expects(folder: Path) -> None:
    found = answer('SELECT ?x ?y WHERE { VALUES (?x ?y) { ("a\\n\\"b"@en UNDEF) (<http://e.org/> 1) } }', folder)
    data = "".join(found.lines(Output.JSON)).encode()
    read = ox.parse_query_results(data, ox.QueryResultsFormat.JSON)
    assert isinstance(read, ox.QuerySolutions)
    assert [tuple(row) for row in read] == list(found.rows)


def test_triples_are_printed_as_turtle_and_json_ld(folder: Path) -> None:
    found = answer("CONSTRUCT WHERE { ?a nhs:funds ?b }", folder)
    wanted = {ox.Triple(*row) for row in found.rows}
    for output, form in ((Output.TURTLE, ox.RdfFormat.TURTLE), (Output.JSON, ox.RdfFormat.JSON_LD)):
        data = "\n".join(found.lines(output)).encode()
        assert {quad.triple for quad in ox.parse(data, form)} == wanted


def test_an_answer_that_takes_too_long_is_not_waited_for(folder: Path) -> None:
    with pytest.raises(TooSlow, match=r"within 0\.2 s"):
        within(0.2, lambda: answer(ENDLESS, folder))
    done = run("query", ENDLESS, "--graph", str(folder), "--timeout", "0.3")
    assert done.returncode == 3
    assert "no answer within 0.3 s" in done.stderr
    done = run("query", ENDLESS, "--graph", str(folder), "--timeout", "0.3", "--engine", "rdflib")
    assert done.returncode == 3


def test_an_error_behind_the_limit_is_the_same_error() -> None:
    def work() -> None:
        raise UsageError("no")

    with pytest.raises(UsageError, match="no"):
        within(0, work)


def test_a_query_loads_no_heavy_library(folder: Path) -> None:
    build_store(folder)
    program = (
        "import sys\nfrom nhskg.cli import app\n"
        f"try: app(['query', 'ASK {{ ?a ?b ?c }}', '--graph', {str(folder)!r}])\nexcept SystemExit: pass\n"
        "print(sorted({'rdflib', 'spacy', 'pyshacl', 'networkx', 'starlette', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["true", "[]"]


def test_the_store_is_built_when_missing_older_or_damaged(claim_graph: ClaimGraph, tmp_path: Path) -> None:
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c }"
    write_turtle(claim_graph, tmp_path / TURTLE)
    before = list(run_query(count, tmp_path))
    assert (tmp_path / STORE / BUILT_FROM).exists()
    (tmp_path / TURTLE).write_text("<http://e.org/a> <http://e.org/b> 1 .")
    assert list(run_query(count, tmp_path)) == [("n",), ("1",)] != before
    (tmp_path / STORE / "CURRENT").write_text("damaged")
    assert list(run_query(count, tmp_path)) == [("n",), ("1",)]
    assert sorted(path.name for path in tmp_path.iterdir()) == [TURTLE, STORE]


def test_the_store_cannot_be_written_and_is_open_to_several(folder: Path) -> None:
    first, second = open_store(folder), open_store(folder)
    assert len(first) == len(second) > 0
    with pytest.raises(Exception, match="read-write"):
        first.add(ox.Quad(ox.NamedNode("http://e.org/a"), ox.NamedNode("http://e.org/b"), ox.Literal("c")))


def test_where_no_store_can_be_written_the_turtle_is_read(
    claim_graph: ClaimGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("nhskg.store.build_store", full)
    write_turtle(claim_graph, tmp_path / TURTLE)
    assert list(run_query("ASK { ?a nhs:funds ?b }", tmp_path)) == [("true",)]
    assert not (tmp_path / STORE).exists()
