"""The page is one file, always the same bytes, and has what documents say only as data."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from export.pages import ATTACK, LINK, QUOTE, structured_graph
from nhskg.export.html import PAGE, VENDOR, write_html
from nhskg.export.layout import place
from nhskg.export.marks import mentions_of
from nhskg.export.questions import questions
from nhskg.model import ClaimGraph
from nhskg.vocab import PREFIXES
from samples import make_reading
from vendor import vendored, wrong


class Parts(HTMLParser):
    """The start tags of a page, and what its scripts hold."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "script":
            self.scripts.append((dict(attrs), ""))

    def handle_data(self, data: str) -> None:
        if self.lasttag == "script" and self.scripts[-1][1] == "":
            self.scripts[-1] = (self.scripts[-1][0], data)
        else:
            self.text += data


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "graph.html"
    write_html(structured_graph(), path)
    return path


@pytest.fixture(scope="module")
def parts(page_file: Path) -> Parts:
    parts = Parts()
    parts.feed(page_file.read_text(encoding="utf-8"))
    return parts


def block(parts: Parts, name: str) -> Any:
    text = next(text for attributes, text in parts.scripts if attributes.get("id") == name)
    return json.loads(text if text.startswith(("{", "[")) else gzip.decompress(base64.b64decode(text)))


def test_same_graph_same_bytes(page_file: Path, tmp_path: Path) -> None:
    written = [page_file.read_bytes()]
    for seed in ("1", "2"):
        path = tmp_path / f"{seed}.html"
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
        subprocess.run([sys.executable, __file__, str(path)], check=True, env=environment)
        written.append(path.read_bytes())
    assert written[0] == written[1] == written[2]
    assert b"\r" not in written[0]


def test_page_loads_nothing(parts: Parts) -> None:
    for tag, attributes in parts.tags:
        assert tag not in {"link", "img", "iframe", "object", "embed", "base", "form", "a"}
        assert "src" not in attributes
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]


def test_policy_names_the_scripts_and_the_style(page_file: Path, parts: Parts) -> None:
    policy = next(a["content"] for tag, a in parts.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert "'unsafe-eval'" not in policy
    style = re.findall(r"<style>(.*?)</style>", page_file.read_text(encoding="utf-8"), re.DOTALL)
    run = [text for attributes, text in parts.scripts if attributes.get("type", "module") == "module"]
    for text in run + style:
        digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
        assert f"'sha256-{digest}'" in policy


def test_texts_of_documents_are_data_and_never_markup(page_file: Path, parts: Parts) -> None:
    text = page_file.read_text(encoding="utf-8")
    assert ATTACK not in text
    assert LINK not in text
    data, words = block(parts, "data"), block(parts, "words")
    assert ATTACK in data["entities"]["name"]
    assert QUOTE in words["sentences"]
    assert data["documents"]["url"] == ["", "https://example.org/?a=1&b=2"]


def test_the_words_of_a_claim_are_marked_in_utf_16(parts: Parts) -> None:
    words = block(parts, "words")
    at = words["sentences"].index(QUOTE)
    number = words["claims"]["sentence"].index(at)
    units = QUOTE.encode("utf-16-le")
    marked = [(units[2 * a : 2 * b].decode("utf-16-le"), role) for a, b, role in words["claims"]["marks"][number]]
    assert marked == [("Cornwall ICB", "object"), ("in 2021", "detail")]
    assert words["claims"]["amount"][number] == "£500m (500,000,000 to 600,000,000 GBP a year)"


def test_marks_follow_what_was_read() -> None:
    reading = make_reading()
    assert mentions_of([reading])["letter", "hm-treasury"][0].exact == "Treasury"


def test_the_first_picture_has_places_and_no_entity_without_statement(parts: Parts) -> None:
    names = block(parts, "data")["entities"]["id"]
    nodes = block(parts, "nodes")
    assert {names[node["id"]] for node in nodes} == {"act", "dhsc", "icb", "owned", "region"}
    assert all({"x", "y", "shape"} <= node.keys() for node in nodes)


def test_header_counts(parts: Parts) -> None:
    counts = "2 documents, 9 March 2021 to 1 July 2022: 5 entities (2 bodies), 7 statements, 9 claims; 3 entries"
    assert counts in parts.text


def test_a_large_page_has_no_sparql_tab_unless_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    turtle = "@prefix id: <https://example.org/> ."
    sizes = []
    for largest, asked in ((10**7, False), (10**6, False), (10**6, True)):
        monkeypatch.setattr("nhskg.export.questions.LARGEST", largest)
        write_html(structured_graph(), tmp_path / "a.html", turtle=turtle, with_sparql=asked)
        sizes.append((tmp_path / "a.html").stat().st_size > 10**6)
    assert sizes == [True, False, True]


def test_every_named_question_is_sparql() -> None:
    assert questions()
    for question in questions():
        assert question["title"]
        ox.Store().query(question["sparql"], prefixes=PREFIXES)


def test_vendored_files_are_those_that_are_pinned() -> None:
    assert not wrong(file for file in vendored() if file.path.parent == VENDOR)


def test_empty_graph(tmp_path: Path) -> None:
    write_html(ClaimGraph(documents=(), entities=(), statements=()), tmp_path / "empty.html")
    assert "0 documents: 0 entities" in (tmp_path / "empty.html").read_text(encoding="utf-8")


def test_places_are_apart_and_do_not_hang_on_the_order_of_links() -> None:
    ids = [f"n{i:02}" for i in range(40)]
    links = [(ids[i], ids[i // 3]) for i in range(1, 30)] + [(ids[i], ids[i - 1]) for i in range(31, 40, 2)]
    places = place(ids, links)
    assert places == place(ids, [(end, start) for start, end in reversed(links)])
    points = sorted(places.values())
    assert min((x - u) ** 2 + (y - v) ** 2 for x, y in points for u, v in points if (x, y) != (u, v)) > 40**2
    assert len(set(points)) == len(ids)


def test_modules_share_no_name_at_their_top_level() -> None:
    """They are joined in one scope."""
    named = re.compile(r"^(?:export )?(?:async )?(?:function|const|let|class) +(\w+)", re.MULTILINE)
    seen: dict[str, str] = {}
    for file in sorted(PAGE.glob("*.js")):
        for name in named.findall(file.read_text(encoding="utf-8")):
            assert seen.setdefault(name, file.name) == file.name, f"{name} is in {seen[name]} and {file.name}"


if __name__ == "__main__":
    write_html(structured_graph(), Path(sys.argv[1]))
