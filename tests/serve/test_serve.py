"""The endpoint as clients see it: a process of its own, over a small graph."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from nhskg.assemble import assemble
from nhskg.export.html import write_html
from nhskg.export.turtle import write_turtle
from nhskg.parts import TURTLE
from nhskg.vocab import expand
from samples import make_reading

SELECT = "SELECT ?who ?whom WHERE { ?who nhs:funds ?whom }"
CONSTRUCT = "CONSTRUCT WHERE { ?who nhs:funds ?whom }"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p }"
CHROMIUM = Path("/usr/bin/chromium")


class Reply(NamedTuple):
    status: int
    kind: str
    text: str
    headers: dict[str, str]


@contextmanager
def served(folder: Path, *options: str) -> Iterator[str]:
    """Serves a build and gives the address."""
    command = [sys.executable, "-m", "nhskg.cli", "serve", "--port", "0", "--graph", str(folder), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()
            process.wait(20)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("served")
    graph = assemble([make_reading("a")])
    write_turtle(graph, place / TURTLE)
    write_html(graph, place / "graph.html")
    return place


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with served(folder, "--timeout", "3") as where:
        yield where


def call(url: str, data: bytes | None = None, /, **headers: str) -> Reply:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(url, data, named)  # noqa: S310  # our own server
    try:
        with urllib.request.urlopen(request, timeout=30) as reply:  # noqa: S310  # our own server
            text = reply.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            reply, text = error, error.read().decode()
    return Reply(reply.status or 0, reply.headers.get("content-type", ""), text, dict(reply.headers.items()))


def get(address: str, query: str, **headers: str) -> Reply:
    return call(f"{address}sparql?{urllib.parse.urlencode({'query': query})}", None, **headers)


def test_a_query_comes_by_get_by_form_and_by_itself(address: str) -> None:
    form = urllib.parse.urlencode({"query": SELECT}).encode()
    replies = [
        get(address, SELECT),
        call(f"{address}sparql", form, Content_Type="application/x-www-form-urlencoded"),
        call(f"{address}sparql", SELECT.encode(), Content_Type="application/sparql-query; charset=utf-8"),
    ]
    for reply in replies:
        assert (reply.status, reply.kind) == (200, "application/sparql-results+json")
        (row,) = json.loads(reply.text)["results"]["bindings"]
        assert row["who"]["value"] == expand("id:hm-treasury")


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/html,application/xml;q=0.9,*/*;q=0.8", "application/sparql-results+xml"),
        ("application/json;q=0.1, text/csv;q=0.4", "text/csv; charset=utf-8"),
        ("", "application/sparql-results+json"),
    ],
)
def test_rows_come_as_the_client_wants_them(address: str, accept: str, kind: str) -> None:
    reply = get(address, SELECT, Accept=accept)
    assert (reply.status, reply.kind) == (200, kind)
    assert expand("id:hm-treasury") in reply.text
    assert get(address, "ASK { ?a nhs:funds ?b }", Accept=accept).status == 200


@pytest.mark.parametrize("kind", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"])
def test_triples_come_as_the_client_wants_them(address: str, kind: str) -> None:
    reply = get(address, CONSTRUCT, Accept=kind)
    assert reply.kind.partition(";")[0] == kind
    (quad,) = ox.parse(reply.text, ox.RdfFormat.from_media_type(kind))
    assert quad.object == ox.NamedNode(expand("id:nhs-digital"))


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("SELECT ?a\nWHERE { ?a ?? }", 400, "not SPARQL, line 2"),
        ("ASK { SERVICE <http://127.0.0.1/> { ?a ?b ?c } }", 400, "does not go to the network"),
        ("DELETE WHERE { ?a ?b ?c }", 400, "read-only"),
        ("SELECT (<http://e.org/f>(1) AS ?x) WHERE {}", 400, "function"),
    ],
)
def test_what_is_refused_is_told_why(address: str, query: str, status: int, words: str) -> None:
    reply = get(address, query)
    assert reply.status == status
    assert words in reply.text


def test_the_protocol_s_other_wrongs_have_their_status(address: str) -> None:
    sparql = f"{address}sparql"
    assert call(sparql).status == 400
    assert call(f"{sparql}?query=ASK%7B%7D&query=ASK%7B%7D").status == 400
    assert call(f"{sparql}?query=ASK%7B%7D&default-graph-uri=http://e.org/").status == 400
    assert call(sparql, b"x", Content_Type="text/plain").status == 415
    assert call(sparql, b"\xff", Content_Type="application/sparql-query").status == 400
    assert call(sparql, b"#" * 1_000_001, Content_Type="application/sparql-query").status == 413
    assert call(sparql, b"CLEAR ALL", Content_Type="application/sparql-update").status == 403
    assert call(sparql, b"update=CLEAR+ALL", Content_Type="application/x-www-form-urlencoded").status == 403
    assert get(address, SELECT, Accept="image/png").status == 406
    assert call(f"{address}nothing").status == 404
    assert call(f"{address}page/../app.py").status == 404


def test_only_this_machine_by_its_own_name_is_answered(address: str) -> None:
    assert address.startswith("http://127.0.0.1:")
    assert get(address, SELECT, Host="rebound.example").status == 400


def test_other_sites_may_read_only_where_asked_to(folder: Path, address: str) -> None:
    name = "access-control-allow-origin"
    assert name not in get(address, SELECT, Origin="https://e.org").headers
    with served(folder, "--cors", "https://e.org") as where:
        assert get(where, SELECT, Origin="https://e.org").headers[name] == "https://e.org"
        assert name not in get(where, SELECT, Origin="https://other.org").headers


def test_a_long_query_is_cut_off_and_the_server_goes_on(address: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        long = [pool.submit(get, address, ENDLESS) for _ in range(3)]
        short = [pool.submit(get, address, SELECT) for _ in range(20)]
        assert [reply.result().status for reply in long] == [503] * 3
        assert [reply.result().status for reply in short] == [200] * 20
    assert get(address, SELECT).status == 200


def test_a_graph_that_is_built_anew_is_served_at_once(tmp_path: Path) -> None:
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?c a nhs:Claim }"
    write_turtle(assemble([make_reading("a")]), tmp_path / TURTLE)
    with served(tmp_path) as where:
        assert get(where, count, Accept="text/csv").text.split() == ["n", "1"]
        write_turtle(assemble([make_reading("a"), make_reading("b")]), tmp_path / "new.ttl")
        (tmp_path / "new.ttl").replace(tmp_path / TURTLE)
        assert get(where, count, Accept="text/csv").text.split() == ["n", "2"]


def test_sparqlwrapper_reads_it(address: str) -> None:
    from SPARQLWrapper import JSON, POST, TURTLE, SPARQLWrapper

    client = SPARQLWrapper(f"{address}sparql")
    client.setQuery(SELECT)
    client.setReturnFormat(JSON)
    for method in ("GET", POST):
        client.setMethod(method)
        answer: Any = client.queryAndConvert()
        (row,) = answer["results"]["bindings"]
        assert row["whom"]["value"] == expand("id:nhs-digital")
    client.setQuery(CONSTRUCT)
    client.setReturnFormat(TURTLE)
    triples: Any = client.queryAndConvert()
    assert len(rdflib.Graph().parse(data=triples, format="turtle")) == 1


def test_rdflib_s_sparqlstore_reads_it(folder: Path, address: str) -> None:
    rdf = rdflib.Graph(SPARQLStore(f"{address}sparql"))
    funds = rdflib.URIRef(expand("nhs:funds"))
    assert list(rdf.subject_objects(funds)) == [
        (rdflib.URIRef(expand("id:hm-treasury")), rdflib.URIRef(expand("id:nhs-digital")))
    ]
    assert len(rdf) == len(rdflib.Graph().parse(folder / TURTLE))
    assert [str(row.who) for row in rdf.query(SELECT)] == [expand("id:hm-treasury")]  # type: ignore[union-attr]  # rows of a SELECT


def test_a_port_that_is_taken_and_a_missing_build_are_one_line(address: str, folder: Path, tmp_path: Path) -> None:
    from samples import run

    port = address.rstrip("/").rpartition(":")[2]
    taken = run("serve", "--port", port, "--graph", str(folder))
    assert (taken.returncode, taken.stderr.count("\n")) == (3, 1)
    missing = run("serve", "--port", "0", "--graph", str(tmp_path))
    assert missing.returncode == 3
    assert "run nhskg build" in missing.stderr


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium (Debian: chromium)")
def test_the_page_asks_a_kept_question_and_goes_nowhere_else(address: str) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        page = browser.new_page()
        asked: list[str] = []
        wrong: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.goto(address)
        page.wait_for_selector("body[data-ready]")
        page.select_option("#questions", "timeline")
        page.evaluate(
            "document.querySelector('.CodeMirror').CodeMirror.setValue("
            "document.querySelector('.CodeMirror').CodeMirror.getValue().replace('id:nhs-england', 'id:nhs-digital'))"
        )
        page.click("#ask")
        page.wait_for_selector("#answer td")
        assert page.inner_text("#status") == "1 row"
        assert "The Treasury funds NHS Digital." in page.inner_text("#answer")
        page.evaluate("document.querySelector('.CodeMirror').CodeMirror.setValue('SELECT ?a WHERE { ?a ?? }')")
        page.click("#ask")
        page.wait_for_selector("#error:not([hidden])")
        assert page.inner_text("#error").startswith("not SPARQL, line 1")
        page.click("text=The graph as a picture")
        page.wait_for_load_state()
        assert page.title()
        browser.close()
    assert {urllib.parse.urlsplit(url).netloc for url in asked if url.startswith("http")} == {address.split("/")[2]}
    assert [message for message in wrong if "400" not in message] == []


def test_threads_of_a_server_share_its_workers(folder: Path) -> None:
    from nhskg.serve.workers import Question, Workers

    workers = Workers(folder, 1, 20)
    try:
        seen: list[bytes] = []
        question = Question(SELECT, "text/csv", "text/turtle")
        threads = [threading.Thread(target=lambda: seen.append(workers.ask(question).content)) for _ in range(5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(seen) == 5
        assert len(set(seen)) == 1
    finally:
        workers.close()
