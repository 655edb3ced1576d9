"""One HTML file that shows the graph: it opens from a disk, loads nothing and runs no text that came from a document.

pyvis holds the network of the first picture and renders it with our own template, because the template that it ships
asks a CDN for its scripts and treats titles as markup; vis-network, which draws it, is of a later release than pyvis has.
Documents reach the page as JSON in data blocks only, from which ``page/*.js`` makes text nodes. A
Content-Security-Policy (https://www.w3.org/TR/CSP3/) that names our scripts by hash forbids all the rest.
"""

from __future__ import annotations

import base64
import functools
import gzip
import hashlib
import json
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from nhskg.export import questions
from nhskg.export.bundle import join_modules
from nhskg.export.communities import communities
from nhskg.export.layout import place
from nhskg.export.lines import LINES, Link, links_of
from nhskg.export.marks import mentions_of
from nhskg.export.opening import opening
from nhskg.export.page_data import entities_of, graph_columns, plain_rows, word_columns
from nhskg.export.part import most_told
from nhskg.model import ClaimGraph, Kind, Reading, TextSpan

if TYPE_CHECKING:
    from datetime import date

    from pyvis.network import Network

PAGE = Path(__file__).parent / "page"
VENDOR = Path(__file__).parent / "vendor"
# Run first, so that no browser lays out what is not shown.
VIEW = 'document.documentElement.dataset.view = "graph";'
LISTED = 500  # claims that are a table where no script runs: some 200 KB
MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
SHAPES = {
    Kind.ORGANISATION: "dot",
    Kind.GROUP: "hexagon",
    Kind.PERSON: "triangle",
    Kind.FUND: "diamond",
    Kind.PROGRAMME: "star",
    Kind.DOCUMENT: "square",
    Kind.PLACE: "triangleDown",
}
OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "tooltipDelay": 250, "keyboard": {"enabled": False}},
    # The page itself colours what is chosen and decides which labels have room.
    "nodes": {"chosen": False, "scaling": {"label": {"drawThreshold": 2}}},
    "edges": {"chosen": False, "selfReference": {"size": 22}, "scaling": {"label": {"drawThreshold": 2}}},
}


@dataclass(slots=True)
class Content:
    """What a page shows; each reading is to be noted before the page is written.

    Attributes:
        claim_graph: the graph, or of a very large one what is told most.
        summary: a line on the whole graph.
        documents: ids of the documents that the page has something of.
        mentions: where these mention entities; of a document that was not noted, names tell it.
    """

    claim_graph: ClaimGraph
    summary: str
    documents: set[str]
    mentions: dict[tuple[str, str], tuple[TextSpan, ...]] = field(default_factory=dict)

    def noted(self, reading: Reading) -> Reading:
        """Notes where a document mentions entities, and gives its reading back."""
        if reading.document.id in self.documents:
            self.mentions |= mentions_of([reading])
        return reading


def write_html(
    claim_graph: ClaimGraph,
    path: Path,
    readings: Iterable[Reading] = (),
    *,
    turtle: str = "",
    with_sparql: bool = False,
) -> None:
    """Writes the page; the same graph gives the same bytes. Of a very large graph it has what is told most.

    Args:
        claim_graph: the graph.
        path: the file.
        readings: what was read, which tells where in a sentence an entity is mentioned; without them names tell it.
        turtle: the graph as Turtle, for the tab that answers SPARQL; without it the page has no such tab.
        with_sparql: the tab is to be there however large the page becomes.
    """
    content = content_of(claim_graph)
    for reading in readings:
        content.noted(reading)
    write_page(content, path, turtle=turtle, with_sparql=with_sparql)


def content_of(claim_graph: ClaimGraph) -> Content:
    """Gives what the page of a graph shows."""
    summary = _summary(claim_graph)
    if (part := most_told(claim_graph)) is not claim_graph:
        summary += (
            f". This page has the {_count(len(part.statements), 'statement')} that most claims make; nhskg has all"
        )
    return Content(part, summary, {document.id for document in part.documents})


def write_page(content: Content, path: Path, *, turtle: str = "", with_sparql: bool = False) -> None:
    """Writes the page of what it shows; the arguments are those of ``write_html``."""
    claim_graph = content.claim_graph
    links = links_of(claim_graph)
    network = _network(claim_graph, links, content.summary)
    network.templateEnv.globals["words"] = _packed(word_columns(claim_graph, links, content.mentions))
    html = _render(network, None)
    if turtle and (with_sparql or len(html) <= questions.LARGEST):
        larger = _render(network, _sparql(turtle))
        if with_sparql or len(larger) <= questions.LARGEST:
            html = larger
    path.write_text(html, encoding="utf-8", newline="\n")


def _render(network: Network, sparql: Mapping[str, object] | None) -> str:
    scripts = [VIEW, _vis_network(), join_modules(PAGE, "main.js")]
    style = (PAGE / "page.css").read_text(encoding="utf-8")
    network.templateEnv.globals.update(
        scripts=scripts, style=style, sparql=sparql, policy=_policy(scripts, style, sparql is not None)
    )
    return str(network.generate_html())


def _vis_network() -> str:
    """Gives vis-network without the name of its source map, so that developer tools ask for no second file."""
    return (VENDOR / "vis-network.min.js").read_text(encoding="utf-8").partition("//# sourceMappingURL=")[0]


def _sparql(turtle: str) -> Mapping[str, object]:
    """Gives what the SPARQL tab needs."""
    return {
        "known": {"prefixes": questions.prefixes(turtle), "questions": questions.questions()},
        **_engine(),
        "turtle": _compressed(turtle.encode("utf-8")),
    }


@functools.cache
def _engine() -> Mapping[str, str]:
    """Gives the parts of the engine, which are the same in every page."""
    return {
        "engine": _compressed(questions.engine().encode("utf-8")),
        "machine": _compressed(questions.machine()),
    }


def _network(claim_graph: ClaimGraph, links: Sequence[Link], summary: str) -> Network:
    """Fills a pyvis network with the first picture and gives it our template with what that shows."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from pyvis.network import Network

    drawn = _drawn(claim_graph, links)
    pairs = [(link.subject, link.object) for link in drawn]
    groups = communities([entity.id for entity in entities_of(claim_graph)], pairs)

    network = Network(directed=True, cdn_resources="in_line")
    network.set_template_dir(str(PAGE))
    network.templateEnv = Environment(
        loader=FileSystemLoader(PAGE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    # tojson sorts keys and escapes "<", so that no string can end a data block.
    network.templateEnv.policies["json.dumps_kwargs"].update(separators=(",", ":"), ensure_ascii=False)
    network.templateEnv.globals.update(
        summary=summary,
        claims={"rows": plain_rows(claim_graph, LISTED), "all": _claims(claim_graph)},
        shapes={kind.value: shape for kind, shape in SHAPES.items()},
        lines={name: " ".join(map(str, line.dashes)) for name, line in LINES.items()},
        data=_packed(graph_columns(claim_graph, links, groups)),
    )
    network.options = OPTIONS
    community = {identifier: number for number, group in enumerate(groups) for identifier in group}
    _fill(network, claim_graph, drawn, opening(drawn, community))
    return network


def _fill(network: Network, claim_graph: ClaimGraph, links: Sequence[Link], chosen: Sequence[str]) -> None:
    """Adds the nodes of the first picture, each in its place, and the edges between them."""
    from pyvis.edge import Edge
    from pyvis.node import Node

    numbers = {entity.id: number for number, entity in enumerate(entities_of(claim_graph))}
    kinds = {entity.id: entity.kind for entity in entities_of(claim_graph)}
    names = {entity.id: entity.name for entity in entities_of(claim_graph)}
    within = set(chosen)
    shown = [link for link in links if link.subject in within and link.object in within]
    positions = place(chosen, [(link.subject, link.object) for link in shown])
    # Not add_node and add_edge: these search a list at each call.
    for identifier in chosen:
        x, y = positions[identifier]
        label = "\n".join(textwrap.wrap(names[identifier], 20, max_lines=3, placeholder=" …"))
        network.nodes.append(Node(numbers[identifier], SHAPES[kinds[identifier]], label=label, x=x, y=y).options)
    for link in shown:
        edge = Edge(numbers[link.subject], numbers[link.object], directed=True, id=link.number)
        network.edges.append(edge.options)


def _drawn(claim_graph: ClaimGraph, links: Sequence[Link]) -> Sequence[Link]:
    """Leaves out the holders of posts whom no document mentions; the panel names them."""
    unseen = {entity.id for entity in claim_graph.context if entity.kind is Kind.PERSON}
    return [link for link in links if link.subject not in unseen]


def _packed(columns: Mapping[str, object]) -> str:
    """Gives columns as JSON, compressed."""
    return _compressed(json.dumps(columns, ensure_ascii=False, separators=(",", ":")).encode("utf-8"))


def _compressed(data: bytes) -> str:
    """Compresses data, in the letters of base64; the page's ``graph.js`` unpacks them."""
    # The highest level, 9, takes three times as long, half the time of a large page, and saves 4 in 100.
    return base64.b64encode(gzip.compress(data, compresslevel=6, mtime=0)).decode("ascii")


def _policy(scripts: Iterable[str], style: str, with_engine: bool) -> str:
    """Forbids all but our scripts and style; the engine is WebAssembly in a worker that our script makes."""
    hashes = " ".join(map(_source_hash, scripts))
    wasm, worker = ("'wasm-unsafe-eval' ", "worker-src blob:; ") if with_engine else ("", "")
    return (
        f"default-src 'none'; script-src {wasm}{hashes}; {worker}style-src {_source_hash(style)}; img-src data:; "
        "connect-src 'none'; base-uri 'none'; form-action 'none'"
    )


def _source_hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


def _summary(claim_graph: ClaimGraph) -> str:
    days = sorted(d.published for d in claim_graph.documents if d.published and not d.is_date_guessed)
    period = f", {_day(days[0])} to {_day(days[-1])}" if days else ""
    claims = _claims(claim_graph)
    bodies = sum(entity.kind is Kind.ORGANISATION for entity in claim_graph.entities)
    entries = len(claim_graph.structure)
    register = f"; {_count(entries, 'entry')} of the register" if entries else ""
    return (
        f"{_count(len(claim_graph.documents), 'document')}{period}: {_count(len(claim_graph.entities), 'entity')} "
        f"({_count(bodies, 'body')}), {_count(len(claim_graph.statements), 'statement')}, "
        f"{_count(claims, 'claim')}{register}"
    )


def _claims(claim_graph: ClaimGraph) -> int:
    return sum(len(statement.claims) for statement in claim_graph.statements)


def _day(day: date) -> str:
    """Spells a date out; strftime would follow the locale of the machine that writes the page."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _count(number: int, noun: str) -> str:
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"
