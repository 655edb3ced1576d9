"""The page is one file, always the same bytes, and runs nothing that a document says."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from nhskg.export.html import write_html
from nhskg.export.layout import place
from nhskg.model import (
    Amount,
    Claim,
    ClaimGraph,
    Document,
    Entity,
    Evidence,
    Kind,
    Period,
    RegisterEntry,
    Statement,
    Status,
    TextSpan,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

CHROMIUM = Path("/usr/bin/chromium")
ATTACK = "</script><img src=x onerror=\"document.title='owned'\"><!-- <script>"
LINK = "<a href=\"javascript:document.title='owned'\">the board</a>"
SINCE = Period(text="since April 2019", start="2019-04")
QUOTE = f"Kernow CCG said {ATTACK} to {LINK} & co."


def claim(
    triple: tuple[str, str, str], status: Status = Status.ASSERTED, speaker: str | None = None, **more: Any
) -> Claim:
    subject, predicate, object_ = triple
    document = more.pop("document", "letter")
    quote = more.pop("quote", f"{subject} {predicate} {object_}, {status}.")
    evidence = Evidence(document=document, span=TextSpan(0, len(quote), quote), rule="test")
    return Claim(
        subject=subject,
        predicate=predicate,
        object=object_,
        status=status,
        speaker=speaker,
        evidence=evidence,
        confidence=0.875,
        published=date(2022, 7, 1),
        **more,
    )


def statement(*claims: Claim) -> Statement:
    first = claims[0]
    return Statement(subject=first.subject, predicate=first.predicate, object=first.object, claims=claims)


def hostile_graph() -> ClaimGraph:
    """Gives a graph with every kind of line, parallel and circular statements, and markup in every text."""
    funds, part_of = ("dhsc", "funds", "icb"), ("icb", "part_of", "dhsc")
    return ClaimGraph(
        documents=(
            Document(id="board", text="", title=LINK, published=date(2021, 3, 9), url="javascript:alert(1)"),
            Document(
                id="letter", text="", title=ATTACK, published=date(2022, 7, 1), url="https://example.org/?a=1&b=2"
            ),
        ),
        entities=(
            Entity(id="act", kind=Kind.DOCUMENT, name="Health and Care Act 2022"),
            Entity(id="dhsc", kind=Kind.ORGANISATION, name="Department of Health and Social Care", aliases=("DHSC",)),
            Entity(id="icb", kind=Kind.ORGANISATION, name="Cornwall ICB", ods_code="QT6", registered=True),
            Entity(id="minister", kind=Kind.PERSON, name="A minister"),
            Entity(id="owned", kind=Kind.GROUP, name=ATTACK, aliases=(LINK,)),
        ),
        statements=(
            statement(claim(("act", "creates", "icb")), claim(("act", "creates", "icb"), Status.NEGATED, "minister")),
            statement(
                claim(funds, quote=QUOTE, amount=Amount(text="£500m", value=5e8), period=SINCE),
                claim(funds, document="board", is_former=True),
            ),
            statement(claim(("dhsc", "oversees", "icb"), speaker="minister")),
            statement(claim(("icb", "commissions", "owned"), Status.PLANNED)),
            statement(claim(part_of, Status.NEGATED)),
            statement(claim(("icb", "reports_to", "icb"), Status.ALLEGED, "minister")),
            statement(claim(("owned", f"href {LINK}", "act"), Status.HYPOTHETICAL)),
        ),
    )


def structured_graph() -> ClaimGraph:
    """Gives the same graph over a register with markup in every text."""
    entry = RegisterEntry(
        subject="region", predicate="covers", object="icb", start="2022-07-01", end="", source=LINK, file=ATTACK, line=7
    )
    term = replace(entry, subject="chair", predicate="holds_post", post=ATTACK, end="2023")
    return replace(
        hostile_graph(),
        structure=(term, replace(entry, subject="icb", predicate="part_of", object="dhsc", note=ATTACK), entry),
        context=(
            Entity(id="chair", kind=Kind.PERSON, name=LINK),
            Entity(id="region", kind=Kind.ORGANISATION, name=ATTACK, registered=True),
        ),
    )


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
    write_html(hostile_graph(), path)
    return path


@pytest.fixture(scope="module")
def structured_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "structured.html"
    write_html(structured_graph(), path)
    return path


def parts_of(path: Path) -> Parts:
    parts = Parts()
    parts.feed(path.read_text(encoding="utf-8"))
    return parts


@pytest.fixture(scope="module")
def parts(page_file: Path) -> Parts:
    return parts_of(page_file)


def block(parts: Parts, name: str) -> Any:
    return next(json.loads(text) for attributes, text in parts.scripts if attributes.get("id") == name)


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
        assert tag not in {"link", "img", "iframe", "object", "embed", "base", "form"}
        assert "src" not in attributes
        assert not [name for name in attributes if name.startswith("on")]
        if "href" in attributes:
            assert tag == "a"
            assert str(attributes["href"]).startswith("https://example.org/")


def test_policy_names_the_scripts_and_the_style(page_file: Path, parts: Parts) -> None:
    policy = next(a["content"] for tag, a in parts.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    style = re.findall(r"<style>(.*?)</style>", page_file.read_text(encoding="utf-8"), re.DOTALL)
    for text in [text for attributes, text in parts.scripts if "type" not in attributes] + style:
        digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
        assert f"'sha256-{digest}'" in policy


def test_texts_of_documents_are_never_markup(page_file: Path, parts: Parts) -> None:
    text = page_file.read_text(encoding="utf-8")
    assert ATTACK not in text
    assert LINK not in text
    assert ATTACK in parts.text  # the table shows it as text
    data = block(parts, "data")
    assert data["entities"]["owned"]["name"] == ATTACK
    assert data["statements"][1]["claims"][0]["quote"] == QUOTE
    assert data["documents"]["board"]["url"] == ""
    assert [attributes.get("type") for attributes, _ in parts.scripts].count("application/json") == 4


def test_lines_follow_the_status(parts: Parts) -> None:
    edges = block(parts, "edges")
    assert [edge["line"] for edge in edges] == [
        "disputed",
        "fact",
        "said",
        "planned",
        "negated",
        "alleged",
        "hypothetical",
    ]
    assert [bool(edge["dashes"]) for edge in edges] == [False, False, False, True, True, True, True]
    assert edges[4]["label"] == "✕ part of"
    assert {(edge["from"], edge["to"], edge["arrows"]) for edge in edges} >= {
        ("dhsc", "icb", "to"),
        ("icb", "dhsc", "to"),
    }


def test_parallel_statements_curve_apart(parts: Parts) -> None:
    between = [edge for edge in block(parts, "edges") if {edge["from"], edge["to"]} == {"dhsc", "icb"}]
    sides = set()
    for edge in between:
        smooth = edge["smooth"]
        clockwise = smooth and (smooth["type"] == "curvedCW") == (edge["from"] == "dhsc")
        sides.add(smooth and (clockwise, smooth["roundness"]))
    assert len(sides) == len(between) == 3


def test_entities_without_statement_are_listed_and_not_drawn(parts: Parts) -> None:
    assert "minister" not in {node["id"] for node in block(parts, "nodes")}
    assert "minister" in block(parts, "data")["entities"]


def test_header_counts(parts: Parts) -> None:
    assert "2 documents, 9 March 2021 to 1 July 2022: 5 entities, 7 statements, 9 claims" in parts.text


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


def test_structure_is_drawn_apart_from_claims(structured_file: Path, parts: Parts) -> None:
    structured = parts_of(structured_file)
    assert "9 claims; 3 entries of the register" in structured.text
    assert "entries of the register" not in parts.text
    assert ATTACK not in structured_file.read_text(encoding="utf-8")
    drawn = [edge for edge in block(structured, "edges") if edge["line"] == "register"]
    assert {(edge["from"], edge["to"], edge["width"]) for edge in drawn} == {
        ("icb", "dhsc", 0.6),
        ("region", "icb", 0.6),
    }
    mentioned = {node["id"]: node["mentioned"] for node in block(structured, "nodes")}
    assert mentioned["icb"]
    assert not mentioned["region"]
    assert "chair" not in mentioned
    assert block(structured, "data")["statements"][7]["entries"][0]["words"] == f"{ATTACK}, 2022-07-01 to 2023"


@contextmanager
def opened(path: Path) -> Iterator[Page]:
    """Opens a page with no network; fails afterwards if the page asked for anything or complained."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed")
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=arguments)
        page = browser.new_page(viewport={"width": 1300, "height": 850}, offline=True, reduced_motion="reduce")
        requests: list[str] = []
        complaints: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path.as_uri())
        page.wait_for_function("window.nhskg")
        yield page
        title = page.title()
        browser.close()
    assert requests == [path.as_uri()]
    assert complaints == []
    assert title == "Claims about the health service"


@pytest.fixture
def page(page_file: Path) -> Iterator[Page]:
    with opened(page_file) as page:
        yield page


@pytest.mark.browser
def test_graph_is_drawn_and_an_arrow_tells_its_claims(page: Page) -> None:
    assert page.evaluate("[nhskg.nodes, nhskg.edges]") == [4, 7]
    assert page.locator("#network canvas").count() == 1
    # The arrow from the group to the act is the only one between its ends, so it is straight.
    middle = page.evaluate(
        """() => {
            const ends = nhskg.network.getPositions(["owned", "act"]);
            const at = { x: (ends.owned.x + ends.act.x) / 2, y: (ends.owned.y + ends.act.y) / 2 };
            const { x, y } = nhskg.network.canvasToDOM(at);
            const box = document.querySelector("#network").getBoundingClientRect();
            return [box.x + x, box.y + y];
        }"""
    )
    page.mouse.move(*middle)
    page.locator(".vis-tooltip").get_by_text(ATTACK).wait_for()  # a tooltip is text as well
    page.mouse.click(*middle)
    assert "owned href" in page.locator("#panel blockquote").inner_text()
    page.evaluate("nhskg.showStatement(1, true)")
    panel = page.locator("#panel").inner_text()
    assert QUOTE in panel
    for words in (
        "stated as fact, 2 claims",
        "£500m (500,000,000 GBP)",
        "When: since April 2019 (from 2019-04)",
        "When: no longer",
        "Confidence: 0.88",
        ATTACK,
        "1 July 2022",
    ):
        assert words in panel
    assert page.locator("#panel a").evaluate_all("links => links.map((link) => link.href)") == [
        "https://example.org/?a=1&b=2"
    ]


@pytest.mark.browser
@pytest.mark.parametrize("words", ["QT6", "cornwall icb", "ICB"])
def test_search_leads_to_the_entity_by_keyboard(page: Page, words: str) -> None:
    page.locator("#query").press_sequentially(words)
    page.keyboard.press("Enter")
    panel = page.locator("#panel")
    assert panel.locator("h2").inner_text() == "Cornwall ICB"
    assert "ODS code QT6" in panel.inner_text()
    assert page.evaluate("document.activeElement.textContent") == "Cornwall ICB"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert panel.locator("blockquote").count() > 0


@pytest.mark.browser
def test_filters_hide_and_the_panel_lifts_them(page: Page) -> None:
    hidden = "nhskg.network.body.data.edges.get({ filter: (edge) => edge.hidden }).length"
    page.get_by_label("Settled facts only").check()
    assert page.evaluate(hidden) == 5
    page.get_by_label("Organisation").uncheck()
    assert page.evaluate(hidden) == 7
    page.evaluate("nhskg.showEntity('icb', true)")
    assert page.evaluate(hidden) == 0


@pytest.mark.browser
def test_structure_is_hidden_on_request_and_told_in_the_panel(structured_file: Path) -> None:
    with opened(structured_file) as page:
        hidden = "nhskg.network.body.data.edges.get({ filter: (edge) => edge.hidden }).length"
        assert page.evaluate(hidden) == 0
        page.get_by_label("The register’s structure").uncheck()
        assert page.evaluate(hidden) == 2
        page.evaluate("nhskg.showEntity('region', true)")
        assert page.evaluate(hidden) == 0
        panel = page.locator("#panel")
        assert "No document here mentions it" in panel.inner_text()
        panel.locator("button.row").first.click()
        assert f"Source: {LINK} ({ATTACK}, line 7)" in panel.inner_text()
        page.evaluate("nhskg.showStatement(7, true)")  # a post, which is not drawn
        assert f"{ATTACK}, 2022-07-01 to 2023" in panel.inner_text()


@pytest.mark.browser
def test_table_and_narrow_window(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.get_by_role("button", name="Table").click()
    assert page.locator("tbody tr:visible").count() == 9
    assert page.evaluate("document.documentElement.scrollWidth") == 320


if __name__ == "__main__":
    write_html(hostile_graph(), Path(sys.argv[1]))
