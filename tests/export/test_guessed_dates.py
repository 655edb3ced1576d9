"""A date that nobody states is never taken for one that somebody does: in RDF, in look-ups, on the page."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from export.pages import chromium, opened, statement
from nhskg import Graph
from nhskg.export.html import write_html
from nhskg.query import answer
from nhskg.query.answer import Output
from nhskg.validate import validate
from nhskg.vocab import expand
from samples import run
from verify.builds import whole_build

DAY = '"2019-05-01"^^<http://www.w3.org/2001/XMLSchema#date>'


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build with one document whose date is guessed, the "undated note"."""
    return whole_build(tmp_path_factory.mktemp("guessed") / "out")


def test_in_rdf_it_is_a_property_of_its_own(out: Path) -> None:
    store = ox.Store()
    store.bulk_load(path=str(out / "graph.ttl"), format=ox.RdfFormat.TURTLE)
    guessed = {
        str(quad.subject): str(quad.object)
        for quad in store.quads_for_pattern(None, ox.NamedNode(expand("nhs:guessedDate")), None)
    }
    assert sorted(set(guessed.values())) == [DAY]
    assert len(guessed) == 2  # the document and its claim
    for name in ("dcterms:issued", "dcterms:date"):
        stated = {str(q.subject) for q in store.quads_for_pattern(None, ox.NamedNode(expand(name)), None)}
        assert stated
        assert not stated & set(guessed)
    assert validate(out / "graph.ttl").conforms


def test_a_date_that_is_both_does_not_conform(out: Path, tmp_path: Path) -> None:
    text = (out / "graph.ttl").read_text(encoding="utf-8")
    both = text.replace("nhs:guessedDate", 'dcterms:date "2020-01-01"^^xsd:date ;\n    nhs:guessedDate')
    (tmp_path / "both.ttl").write_text(both, encoding="utf-8")
    assert any("not both" in problem for problem in validate(tmp_path / "both.ttl").problems)


def test_look_ups_say_so(out: Path) -> None:
    table = run("claims", "--graph", str(out)).stdout
    assert "2019-05-01 (guessed) Ada Penrose" in table
    assert table.count("(guessed)") == 1
    rows = json.loads(run("claims", "--graph", str(out), "--format", "json").stdout)
    assert [row["subject_name"] for row in rows if row["published_guessed"]] == ["Ada Penrose"]
    cited = run("evidence", "Ada Penrose", "NHS Digital", "--graph", str(out)).stdout
    assert "1 May 2019 (guessed)" in cited
    told = run("timeline", "Ada Penrose", "--graph", str(out)).stdout
    assert "2019-05-01 (guessed)" in told
    # Nor does it stretch the time that a build says it covers.
    assert "2019-05-01 to 2020-01-01" in run("stats", "--graph", str(out)).stdout


def test_named_questions_say_so(out: Path) -> None:
    asked = ("query", "--named", "timeline", "--param", "body=NHS Digital", "--graph", str(out))
    lines = run(*asked).stdout.splitlines()
    assert [line for line in lines if "(guessed)" in line] == [line for line in lines if "Penrose" in line] != []


def test_the_index_keeps_what_is_known_of_documents(out: Path) -> None:
    documents = {document.id: document for document in Graph.open(out).whole().documents}
    assert documents["undated note"].is_date_guessed
    assert documents["paper"].pages == (0, 20)
    assert documents["letter"].author == "Ann Pell"
    assert [copy.document for copy in documents["letter"].copies] == ["copy"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ('?d dcterms:creator "Ann Pell" ; dcterms:title ?found', "The letter"),
        ("?copy a nhs:LeftOutCopy ; dcterms:isVersionOf/dcterms:identifier 'letter' ; dcterms:publisher ?found", "Elsewhere"),
        ("?quotation nhs:page ?page ; dcterms:isPartOf/dcterms:title ?found", "The paper"),
    ],
)  # fmt: skip
def test_authors_copies_and_pages_can_be_asked_for(out: Path, asked: str, found: str) -> None:
    assert found in "\n".join(answer(f"SELECT ?found WHERE {{ {asked} }}", out).lines(Output.TABLE))


@pytest.mark.browser
def test_the_page_says_so(out: Path, tmp_path: Path) -> None:
    whole = Graph.open(out).whole()
    note = next(s for s in whole.statements if s.predicate == "holds_post")
    path = tmp_path / "graph.html"
    write_html(replace(whole, statements=(statement(*note.claims),)), path)
    with chromium() as browser, opened(browser, path) as page:
        page.evaluate("nhskg.showStatement(0)")
        page.locator("#panel article").first.wait_for()
        assert "1 May 2019 (guessed)" in page.locator("#panel").inner_text()
        page.get_by_role("button", name="Copy as BibTeX").first.click()
        bibtex = page.locator("#announcement", has_text="Copied").inner_text()  # waits for it
        assert "date = {" not in bibtex
        assert "1 May 2019 (guessed)" in bibtex
