"""Sending a graph to a store: a small one that fails when told to, and Virtuoso, where Debian's is installed."""

from __future__ import annotations

import shutil
import socket
import subprocess
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pyoxigraph as ox
import pytest

from nhskg.assemble import assemble
from nhskg.errors import InputError, UsageError
from nhskg.export.turtle import write_turtle
from nhskg.parts import TURTLE
from nhskg.push import PROGRESS, Target, push
from samples import make_reading, run

VIRTUOSO = shutil.which("virtuoso-t")
SETTINGS = """
[Database]
DatabaseFile = v.db
TransactionFile = v.trx
ErrorLogFile = v.log
LockFile = v.lck
xa_persistent_file = v.pxa
[TempDatabase]
DatabaseFile = t.db
TransactionFile = t.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = .
NumberOfBuffers = 4000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 4
"""


class GraphStore(ThreadingHTTPServer):
    """The Graph Store Protocol over pyoxigraph, as much of it as is sent; answers as told before it does its work."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.store = ox.Store()
        self.answers: list[int] = []
        self.methods: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/data"


class Handler(BaseHTTPRequestHandler):
    server: GraphStore

    def do_POST(self) -> None:
        self._take(replace=False)

    def do_PUT(self) -> None:
        self._take(replace=True)

    def _take(self, *, replace: bool) -> None:
        self.server.methods.append(self.command)
        data = self.rfile.read(int(self.headers["Content-Length"]))
        status = self.server.answers.pop(0) if self.server.answers else 204
        if status == 204:
            named = parse_qs(urlsplit(self.path).query, keep_blank_values=True).get("graph")
            graph = ox.NamedNode(named[0]) if named else ox.DefaultGraph()
            if replace:
                self.server.store.clear_graph(graph)
            self.server.store.load(data, ox.RdfFormat.N_TRIPLES, to_graph=graph)
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@pytest.fixture
def server() -> Iterator[GraphStore]:
    with GraphStore() as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.fixture
def turtle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("nhskg.push.PAUSE", 0.01)
    write_turtle(assemble([make_reading(name) for name in "abc"]), tmp_path / TURTLE)
    return tmp_path / TURTLE


def triples(path: Path) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)}


def test_the_whole_graph_arrives_in_chunks(server: GraphStore, turtle: Path) -> None:
    told: list[tuple[int, int]] = []
    total = push(turtle, Target(url=server.url), chunk=20, told=lambda done, size: told.append((done, size)))
    wanted = triples(turtle)
    assert total == len(wanted)
    assert {quad.triple for quad in server.store} == wanted
    assert told == [(min(n * 20, total), min(20, total - (n - 1) * 20)) for n in range(1, len(told) + 1)]
    assert server.methods == ["POST"] * len(told)
    assert not turtle.with_name(PROGRESS).exists()


def test_a_graph_in_parts_arrives_whole(server: GraphStore, turtle: Path) -> None:
    wanted = triples(turtle)
    turtle.unlink()
    write_turtle(assemble([make_reading(name) for name in "abc"]), turtle, largest=1500)
    assert push(turtle, Target(url=server.url), chunk=20) == len(wanted)
    assert {quad.triple for quad in server.store} == wanted


def test_what_was_in_the_graph_is_replaced_only_where_asked_to(server: GraphStore, turtle: Path) -> None:
    old = ox.Quad(ox.NamedNode("http://e.org/a"), ox.NamedNode("http://e.org/b"), ox.Literal("c"))
    named = ox.NamedNode("http://e.org/graph?x=1&y")
    server.store.add(old)
    server.store.add(ox.Quad(old.subject, old.predicate, old.object, named))
    push(turtle, Target(url=server.url))
    assert old in server.store
    push(turtle, Target(url=server.url, graph=named.value), chunk=30, replace=True)
    assert {quad.triple for quad in server.store.quads_for_pattern(None, None, None, named)} == triples(turtle)
    assert old in server.store


def test_a_store_that_is_busy_is_asked_again(server: GraphStore, turtle: Path) -> None:
    server.answers = [204, 503, 429, 204]
    push(turtle, Target(url=server.url), chunk=20)
    assert {quad.triple for quad in server.store} == triples(turtle)


def test_sending_goes_on_where_it_stopped(server: GraphStore, turtle: Path) -> None:
    server.answers = [204, 204, 500, 500, 500, 500]
    with pytest.raises(InputError, match=r"answered 500.*40 triples are there. Give the same command"):
        push(turtle, Target(url=server.url), chunk=20, replace=True)
    sent = len(server.methods)
    total = push(turtle, Target(url=server.url), chunk=20, replace=True)
    assert len(server.methods) - sent == -(-total // 20) - 2
    assert server.methods[sent:] == ["POST"] * (len(server.methods) - sent)
    assert {quad.triple for quad in server.store} == triples(turtle)


def test_another_graph_is_sent_from_its_beginning(server: GraphStore, turtle: Path) -> None:
    server.answers = [204, 204, 400]
    with pytest.raises(InputError, match="answered 400"):
        push(turtle, Target(url=server.url), chunk=20)
    write_turtle(assemble([make_reading("d")]), turtle)
    push(turtle, Target(url=server.url), chunk=20, replace=True)
    assert {quad.triple for quad in server.store} == triples(turtle)


def test_wrong_addresses_and_missing_graphs_are_told(turtle: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not a web address"):
        push(turtle, Target(url="file:///tmp/x"))
    with pytest.raises(InputError, match="run nhskg build"):
        push(tmp_path / "nowhere.ttl", Target(url="http://127.0.0.1:1/"))
    (tmp_path / "empty.ttl").touch()
    with pytest.raises(InputError, match="no triples in it"):
        push(tmp_path / "empty.ttl", Target(url="http://127.0.0.1:1/"))
    with pytest.raises(InputError, match="no answer"):
        push(turtle, Target(url=f"http://127.0.0.1:{free_port()}/"))


def test_the_command_says_what_is_there(server: GraphStore, turtle: Path) -> None:
    done = run("push", server.url, "--graph", str(turtle.parent), "--chunk", "50")
    assert done.returncode == 0
    assert f"{len(triples(turtle))} triples are in the default graph" in done.stdout


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


@pytest.fixture
def virtuoso(tmp_path: Path) -> Iterator[str]:
    if not VIRTUOSO:
        pytest.skip("Virtuoso is not installed (Debian: virtuoso-opensource-7-bin)")
    folder, http = tmp_path / "virtuoso", free_port()
    folder.mkdir()
    (folder / "v.ini").write_text(SETTINGS.format(sql=free_port(), http=http))
    process = subprocess.Popen(
        [VIRTUOSO, "+foreground", "+configfile", "v.ini"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(120):
            with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{http}/sparql?query=ASK%7B%7D") as reply:
                reply.read()
                break
            time.sleep(0.5)
        yield f"http://127.0.0.1:{http}"
    finally:
        process.terminate()
        process.wait(60)


def test_virtuoso_takes_it_and_gives_it_back(virtuoso: str, turtle: Path) -> None:
    target = Target(url=f"{virtuoso}/sparql-graph-crud-auth", graph="https://e.org/graph", user="dba", password="dba")  # noqa: S106  # a store of the test's own
    total = push(turtle, target, chunk=30, replace=True)
    query = "SELECT (COUNT(*) AS ?n) FROM <https://e.org/graph> WHERE { ?a ?b ?c }"
    address = f"{virtuoso}/sparql?{urlencode({'query': query, 'format': 'text/csv'})}"
    with urllib.request.urlopen(address) as reply:  # noqa: S310  # a server of the test's own
        assert reply.read().decode().split() == ['"n"', str(total)]
