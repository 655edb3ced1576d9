"""Measures how soon the page of a large graph shows its first picture, and what pyvis's own page does with as much.

python scripts/benchmark_html.py 200 2000 10000 50000 --pyvis

Each page is opened from a file in headless Chromium, offline. The graph is made up: bodies that link to the more linked
ones among those before them, two statements a body, with a sentence each.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from nhskg.export.html import write_html
from nhskg.model import Claim, ClaimGraph, Document, Entity, Evidence, Kind, Statement, Status, TextSpan

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--enable-precise-memory-info"]
PLACES = "Ashford Barrow Calder Dunmere Easby Fenwick Garth Holme Inver Jarrow Kelby Lund Marske Norby Orton".split()  # noqa: SIM905
TYPES = ["NHS Trust", "integrated care board", "council", "hospice", "federation", "partnership", "ambulance service"]
RELATIONS = ["funds", "oversees", "works_with", "criticised", "commissions", "part_of"]
QUERIES = ["garth", "orton integrated care baord", "B0173", "fenwick 12 nhs trust"]
PYVIS_WAIT = 90


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds to write, size in bytes, seconds to the first picture, the slowest search in seconds, memory in bytes."""

    write: float
    size: int
    picture: float
    search: float
    memory: float

    def __str__(self) -> str:
        return (
            f"written in {self.write:6.1f} s, {self.size / 1e6:5.1f} MB, first picture after {self.picture:5.2f} s, "
            f"slowest search {1000 * self.search:4.0f} ms, {self.memory / 1e6:4.0f} MB of memory"
        )


def made_up(nodes: int, statements_each: int = 2) -> ClaimGraph:
    """Gives a graph of so many bodies, the same each time."""
    chance = random.Random(nodes)
    days = [date(2015, 1, 1) + timedelta(days=9 * i) for i in range(max(1, nodes // 100))]
    documents = [Document(id=f"letter-{i:05}", text="", title=f"Letter {i}", published=d) for i, d in enumerate(days)]
    kinds = list(Kind)
    entities = [
        Entity(
            id=f"body-{i:06}",
            kind=kinds[0] if i % 3 else chance.choice(kinds),
            name=f"{chance.choice(PLACES)} {i} {chance.choice(TYPES)}",
            ods_code=f"B{i:04}",
        )
        for i in range(nodes)
    ]
    ends, statements = [0], {}
    for i in range(1, nodes):
        for _ in range(statements_each):
            other = chance.choice(ends)
            ends += [i, other]
            triple = (entities[i].id, chance.choice(RELATIONS), entities[other].id)
            words = f"{entities[i].name} wrote in letter {chance.randrange(10**6)} about {entities[other].name}."
            document = chance.choice(documents)
            statements[triple] = Claim(
                subject=triple[0],
                predicate=triple[1],
                object=triple[2],
                status=chance.choice(list(Status)),
                speaker=chance.choice(entities).id if chance.random() < 0.2 else None,
                evidence=Evidence(document=document.id, span=TextSpan(0, len(words), words), rule="made/up"),
                confidence=round(chance.uniform(0.5, 1), 2),
                published=document.published,
            )
    return ClaimGraph(
        documents=tuple(documents),
        entities=tuple(entities),
        statements=tuple(
            Statement(subject=s, predicate=p, object=o, claims=(claim,))
            for (s, p, o), claim in sorted(statements.items())
        ),
    )


@contextmanager
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


def measure(claim_graph: ClaimGraph, path: Path) -> Measured:
    """Writes the page of a graph and opens it."""
    start = time.perf_counter()
    write_html(claim_graph, path)
    write = time.perf_counter() - start
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1300, "height": 850}, offline=True)
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-ready]", state="attached", timeout=120_000)
        page.wait_for_timeout(1500)
        picture = page.evaluate("performance.getEntriesByName('picture')[0].startTime") / 1000
        search = max(
            page.evaluate(
                "words => { const t = performance.now(); nhskg.search(words); return performance.now() - t; }", q
            )
            for q in QUERIES
        )
        page.get_by_role("button", name="Table").click()
        page.wait_for_selector("#rows tr", timeout=120_000)
        memory = page.evaluate("performance.memory.usedJSHeapSize")
        page.screenshot(path=path.with_suffix(".png"))
    return Measured(write, path.stat().st_size, picture, search / 1000, memory)


def measure_pyvis(claim_graph: ClaimGraph, path: Path) -> str:
    """Says how soon pyvis's page, as its ``show()`` writes it, has settled; its requests to a CDN are refused."""
    from pyvis.network import Network

    start = time.perf_counter()
    network = Network(directed=True, cdn_resources="in_line")
    network.add_nodes([e.id for e in claim_graph.entities], label=[e.name for e in claim_graph.entities])
    for statement in claim_graph.statements:
        network.add_edge(statement.subject, statement.object, title=statement.predicate)
    html = network.generate_html(notebook=False)
    path.write_text(re.sub(r"network = new vis.Network", "window.network = network = new vis.Network", html), "utf-8")
    write = time.perf_counter() - start
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1300, "height": 850})
        page.route("**/*", lambda route: route.continue_() if route.request.url.startswith("file:") else route.abort())
        page.goto(path.as_uri(), wait_until="commit")
        start = time.perf_counter()
        settled = "no settled picture"
        while time.perf_counter() - start < PYVIS_WAIT:
            try:
                if page.evaluate(
                    "window.network && (network.physics.stabilized || network.physics.stabilizationIterations >= 1000)"
                ):
                    settled = f"settled after {time.perf_counter() - start:5.1f} s"
                    break
            except Exception as error:  # noqa: BLE001  # the page may be too busy to answer
                settled = f"no settled picture ({type(error).__name__})"
            time.sleep(0.2)
        else:
            settled += f" in {PYVIS_WAIT} s"
    return f"written in {write:6.1f} s, {path.stat().st_size / 1e6:5.1f} MB, {settled}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("nodes", type=int, nargs="*", default=[200, 2000, 10_000, 50_000])
    parser.add_argument("--pyvis", action="store_true", help="also pyvis's own page, up to 10,000 nodes")
    parser.add_argument("--keep", type=Path, help="a folder for the pages and their screenshots")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        keep = arguments.keep or Path(folder)
        keep.mkdir(parents=True, exist_ok=True)
        for nodes in arguments.nodes:
            claim_graph = made_up(nodes)
            size = f"{nodes:6,} nodes, {len(claim_graph.statements):7,} statements"
            print(f"{size}: nhskg {measure(claim_graph, keep / f'graph-{nodes}.html')}", flush=True)
            if arguments.pyvis and nodes <= 10_000:
                print(f"{size}: pyvis {measure_pyvis(claim_graph, keep / f'pyvis-{nodes}.html')}", flush=True)


if __name__ == "__main__":
    main()
