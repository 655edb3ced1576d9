"""One HTML file that shows the graph: it opens from a disk, loads nothing and runs no text that came from a document.

pyvis holds the network and renders it with our own template, because the template that it ships asks a CDN for its
scripts and treats titles as markup. Documents reach the page in two ways only: as JSON in data blocks, from which
``page/page.js`` makes text nodes, and through Jinja's escaping in the table of claims. A Content-Security-Policy
(https://www.w3.org/TR/CSP3/) that names our scripts by hash forbids all the rest.
"""

from __future__ import annotations

import base64
import hashlib
import math
import textwrap
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from nhskg.model import Claim, ClaimGraph, Document, Entity, Kind, Statement, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from pyvis.network import Network

PAGE = Path(__file__).parent / "page"
VIS_NETWORK = Path("templates", "lib", "vis-9.1.2", "vis-network.min.js")  # inside the pyvis package
# Run first, so that no browser lays the table out before it knows that the graph is to be shown.
VIEW = 'document.documentElement.dataset.view = "graph";'
SPACE = 120  # the length that edges tend to, in pixels of the canvas at full size
REACH = 2.5 * SPACE  # how far nodes repel one another
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


class Line(NamedTuple):
    """How the edge of a statement is drawn; its colour is a variable of ``page.css`` that bears the same name."""

    meaning: str
    dashes: tuple[int, ...] = ()
    label: str = "{}"


LINES = {  # the firmest first
    "fact": Line("stated as fact"),
    "said": Line("stated by a speaker"),
    "planned": Line("planned", (12, 6)),
    "alleged": Line("alleged", (2, 5)),
    "hypothetical": Line("hypothetical", (6, 6)),
    "negated": Line("negated", (12, 4, 2, 4), "✕ {}"),
    "disputed": Line("both affirmed and negated", (), "{} (disputed)"),
}
OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "tooltipDelay": 250, "keyboard": {"enabled": True, "bindToWindow": False}},
    # The page itself colours what is chosen and decides which labels have room.
    "nodes": {"chosen": False, "scaling": {"label": {"drawThreshold": 2}}},
    "edges": {"chosen": False, "selfReference": {"size": 22}, "scaling": {"label": {"drawThreshold": 2}}},
}


def write_html(claim_graph: ClaimGraph, path: Path) -> None:
    """Writes the page; the same graph gives the same bytes."""
    path.write_text(_network(claim_graph).generate_html(), encoding="utf-8", newline="\n")


def _network(claim_graph: ClaimGraph) -> Network:
    """Fills a pyvis network and gives it our template with all that the template needs."""
    import pyvis
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from pyvis.edge import Edge
    from pyvis.network import Network
    from pyvis.node import Node

    vis_network = (Path(pyvis.__file__).parent / VIS_NETWORK).read_text(encoding="utf-8")
    # Without the name of its source map, a browser's developer tools ask for no second file.
    script, style = ((PAGE / name).read_text(encoding="utf-8") for name in ("page.js", "page.css"))
    scripts = [VIEW, vis_network.partition("//# sourceMappingURL=")[0], script]

    network = Network(directed=True, cdn_resources="in_line")
    network.set_template_dir(str(PAGE))
    network.templateEnv = Environment(
        loader=FileSystemLoader(PAGE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    # tojson sorts keys and escapes "<", so that no string can end a data block.
    network.templateEnv.policies["json.dumps_kwargs"].update(separators=(",", ":"), ensure_ascii=False)
    network.templateEnv.globals.update(
        model=_view_model(claim_graph), scripts=scripts, style=style, policy=_policy(scripts, style)
    )
    network.options = OPTIONS
    # Not add_node and add_edge: these search a list at each call.
    network.nodes = [Node(**node).options for node in _nodes(claim_graph)]
    network.edges = [Edge(**edge).options for edge in _edges(claim_graph)]
    return network


def _policy(scripts: Iterable[str], style: str) -> str:
    hashes = " ".join(map(_source_hash, scripts))
    return (
        f"default-src 'none'; script-src {hashes}; style-src {_source_hash(style)}; img-src data:; "
        "connect-src 'none'; base-uri 'none'; form-action 'none'"
    )


def _source_hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


# What the canvas draws


def _nodes(claim_graph: ClaimGraph) -> Iterator[dict[str, object]]:
    """Gives the entities that some statement links; the page lists the others without drawing them."""
    weight: Counter[str] = Counter()
    for statement in claim_graph.statements:
        weight.update({statement.subject, statement.object})
    drawn = [entity for entity in claim_graph.entities if weight[entity.id]]
    positions = place([entity.id for entity in drawn], [(s.subject, s.object) for s in claim_graph.statements])
    for entity in drawn:
        prominence = min(math.sqrt(weight[entity.id]), 5)
        x, y = positions[entity.id]
        yield {
            "n_id": entity.id,
            "label": "\n".join(textwrap.wrap(entity.name, 20, max_lines=3, placeholder=" …")),
            "title": f"{entity.name}\n{entity.kind}, {_count(weight[entity.id], 'statement')}",
            "shape": SHAPES[entity.kind],
            "size": round(4 + 2.5 * prominence),
            "letters": round(11 + prominence),
            "kind": entity.kind.value,
            "x": x,
            "y": y,
        }


def _edges(claim_graph: ClaimGraph) -> Iterator[dict[str, object]]:
    """Gives one edge for each statement; those that share both ends curve apart."""
    names = {entity.id: entity.name for entity in claim_graph.entities}
    parallel = Counter(frozenset((s.subject, s.object)) for s in claim_graph.statements)
    nth: Counter[frozenset[str]] = Counter()
    for number, statement in enumerate(claim_graph.statements):
        ends = frozenset((statement.subject, statement.object))
        style = _statement_line(statement)
        label = LINES[style].label.format(_label(statement.predicate))
        edge: dict[str, object] = {
            "source": statement.subject,
            "dest": statement.object,
            "directed": True,
            "id": number,
            "label": label,
            "title": f"{names[statement.subject]}\n{label}\n{names[statement.object]}\n{LINES[style].meaning}",
            "dashes": list(LINES[style].dashes) or False,
            "width": round(min(1.2 + math.log2(len(statement.claims)), 6), 1),
            "line": style,
            "smooth": False,
        }
        if len(ends) == 1:
            edge["selfReference"] = {"angle": round(nth[ends] * 2 * math.pi / parallel[ends], 2)}
        elif parallel[ends] > 1:
            # Measured from the lower id to the higher, whichever way the statement points.
            middle = (parallel[ends] - 1) / 2
            bend = 0.3 * (nth[ends] - middle) / max(1, middle)
            turn = "curvedCW" if (bend > 0) == (statement.subject < statement.object) else "curvedCCW"
            if bend:
                edge["smooth"] = {"enabled": True, "type": turn, "roundness": round(abs(bend), 2)}
        nth[ends] += 1
        yield edge


def _line(claim: Claim) -> str:
    if claim.status is Status.ASSERTED:
        return "fact" if claim.is_fact else "said"
    return claim.status.value


def _statement_line(statement: Statement) -> str:
    """Names the line of the firmest claim, unless claims contradict one another."""
    lines = set(map(_line, statement.claims))
    return "disputed" if "negated" in lines and len(lines) > 1 else next(name for name in LINES if name in lines)


# What panel and table say


def _view_model(claim_graph: ClaimGraph) -> dict[str, object]:
    """Gives all that the page shows besides the canvas, as values that JSON can hold."""
    linked = {end for s in claim_graph.statements for end in (s.subject, s.object)}
    kinds = Counter(entity.kind for entity in claim_graph.entities if entity.id in linked)
    lines = Counter(map(_statement_line, claim_graph.statements))
    return {
        "summary": _summary(claim_graph),
        "kinds": [{"kind": k.value, "shape": SHAPES[k], "count": kinds[k]} for k in Kind if kinds[k]],
        "lines": [
            {"line": name, "meaning": line.meaning, "dashes": " ".join(map(str, line.dashes)), "count": lines[name]}
            for name, line in LINES.items()
            if lines[name]
        ],
        "data": {
            "meanings": {name: line.meaning for name, line in LINES.items()},
            "documents": {document.id: _document(document) for document in claim_graph.documents},
            "entities": {entity.id: _entity(entity) for entity in claim_graph.entities},
            "statements": [
                {
                    "subject": statement.subject,
                    "relation": _label(statement.predicate),
                    "object": statement.object,
                    "line": _statement_line(statement),
                    "claims": [_claim(claim) for claim in statement.claims],
                }
                for statement in claim_graph.statements
            ],
        },
    }


def _summary(claim_graph: ClaimGraph) -> str:
    days = sorted(document.published for document in claim_graph.documents if document.published)
    period = f", {_day(days[0])} to {_day(days[-1])}" if days else ""
    claims = sum(len(statement.claims) for statement in claim_graph.statements)
    return (
        f"{_count(len(claim_graph.documents), 'document')}{period}: {_count(len(claim_graph.entities), 'entity')}, "
        f"{_count(len(claim_graph.statements), 'statement')}, {_count(claims, 'claim')}"
    )


def _document(document: Document) -> dict[str, object]:
    return {
        "title": document.title or document.id,
        "source": document.source,
        "date": _day(document.published),
        "url": _web_address(document.url),
    }


def _entity(entity: Entity) -> dict[str, object]:
    return {
        "name": entity.name,
        "kind": entity.kind.value,
        "aliases": list(entity.aliases),
        "ods": entity.ods_code,
        "registered": entity.registered,
    }


def _claim(claim: Claim) -> dict[str, object]:
    amount = claim.amount
    return {
        "line": _line(claim),
        "speaker": claim.speaker,
        "quote": claim.evidence.span.exact,
        "document": claim.evidence.document,
        "date": _day(claim.published),
        "amount": f"{amount.text} ({amount.value:,.0f} {amount.currency})" if amount else "",
        "confidence": f"{claim.confidence:.2f}",
    }


def _label(predicate: str) -> str:
    return predicate.replace("_", " ")


def _day(day: date | None) -> str:
    """Spells a date out; strftime would follow the locale of the machine that writes the page."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else ""


def _count(number: int, noun: str) -> str:
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"


def _web_address(url: str) -> str:
    """Gives the address back if it is one of the web, so that no link can run a script or open a file."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in {"http", "https"} and parts.netloc else ""


# Where nodes stand

Places = dict[str, tuple[float, float]]


def place(ids: Sequence[str], links: Iterable[tuple[str, str]]) -> dict[str, tuple[int, int]]:
    """Gives each node a place: a radial tree for each component, loosened by forces; then the components in rows.

    After the tree is rounded there are only sums, products and square roots, which every machine computes alike.
    Forces reach only nearby nodes, so the time of a round grows with the number of nodes and not with its square.

    >>> place(["a", "b"], [("a", "b")])
    {'a': (180, 0), 'b': (0, 0)}
    """
    neighbours: dict[str, list[str]] = {node: [] for node in ids}
    for one, other in sorted({(min(link), max(link)) for link in links if link[0] != link[1]}):
        neighbours[one].append(other)
        neighbours[other].append(one)
    blocks: list[Places] = []
    done: set[str] = set()
    for node in sorted(ids, key=lambda node: (-len(neighbours[node]), node)):
        if node not in done:
            rounds = max(8, min(200, 50_000 // len(ids)))
            blocks.append(_loosened(_radial(node, neighbours), neighbours, rounds))
            done.update(blocks[-1])
    return _packed(blocks)


def _radial(root: str, neighbours: Mapping[str, Sequence[str]]) -> Places:
    """Sets a tree that spans the component of ``root`` on rings, each branch in a sector as wide as its leaves."""
    children: dict[str, list[str]] = {root: []}
    for node in (queue := [root]):
        for other in neighbours[node]:
            if other not in children:
                children[other] = []
                children[node].append(other)
                queue.append(other)
    leaves: dict[str, int] = {}
    for node in reversed(queue):
        leaves[node] = sum(leaves[child] for child in children[node]) or 1
    sectors = {root: (0.0, 2 * math.pi, 0)}
    places = {}
    for node in queue:
        start, width, ring = sectors[node]
        angle = start + width / 2
        places[node] = (float(round(SPACE * ring * math.sin(angle))), float(round(SPACE * ring * math.cos(angle))))
        for child in children[node]:
            sectors[child] = (start, width * leaves[child] / leaves[node], ring + 1)
            start += sectors[child][1]
    return places


def _loosened(places: Places, neighbours: Mapping[str, Sequence[str]], rounds: int) -> Places:
    """Applies the forces of Fruchterman and Reingold (1991), repulsion within REACH only."""
    number = {node: i for i, node in enumerate(places)}
    links = [(i, number[other]) for node, i in number.items() for other in neighbours[node] if i < number[other]]
    xs, ys = ([place[axis] for place in places.values()] for axis in (0, 1))
    # Nodes with many neighbours push harder, for their labels are larger and their neighbours need room.
    charges = [math.sqrt(math.sqrt(len(neighbours[node]))) for node in places]
    for step in range(rounds):
        cells: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        for i, (x, y) in enumerate(zip(xs, ys, strict=True)):
            cells[int(x // REACH), int(y // REACH)].append(i)
        fx, fy = [0.0] * len(xs), [0.0] * len(xs)
        for (column, row), members in cells.items():
            ahead = ((column + 1, row - 1), (column + 1, row), (column + 1, row + 1), (column, row + 1))
            others = [j for cell in ahead for j in cells.get(cell, ())]
            for at, i in enumerate(members, start=1):
                for j in members[at:] + others:
                    dx, dy = xs[i] - xs[j], ys[i] - ys[j]
                    square = dx * dx + dy * dy
                    if square == 0.0:
                        dx = square = 1.0
                    if square < REACH * REACH:
                        push = SPACE * SPACE * charges[i] * charges[j] / square
                        fx[i] += dx * push
                        fy[i] += dy * push
                        fx[j] -= dx * push
                        fy[j] -= dy * push
        for i, j in links:
            dx, dy = xs[i] - xs[j], ys[i] - ys[j]
            pull = math.sqrt(dx * dx + dy * dy) / SPACE
            fx[i], fy[i], fx[j], fy[j] = fx[i] - dx * pull, fy[i] - dy * pull, fx[j] + dx * pull, fy[j] + dy * pull
        heat = SPACE * (1 - step / rounds)
        for i in range(len(xs)):
            scale = min(1.0, heat / (math.sqrt(fx[i] * fx[i] + fy[i] * fy[i]) or 1.0))
            xs[i], ys[i] = xs[i] + fx[i] * scale, ys[i] + fy[i] * scale
    return dict(zip(places, zip(xs, ys, strict=True), strict=True))


def _packed(blocks: Sequence[Places]) -> dict[str, tuple[int, int]]:
    """Sets the components in rows, the largest first, stretched sideways since labels are wider than high."""
    boxes = []
    for block in sorted(blocks, key=lambda block: (-len(block), min(block))):
        xs, ys = ([place[axis] for place in block.values()] for axis in (0, 1))
        if max(xs) - min(xs) < max(ys) - min(ys):
            xs, ys = ys, xs
        w, h = max(xs) - min(xs) + SPACE, max(ys) - min(ys) + 1.5 * SPACE
        boxes.append((block, [x - min(xs) for x in xs], [y - min(ys) for y in ys], w, h))
    limit = max([math.sqrt(sum(w * h for *_, w, h in boxes)), *(w for *_, w, _ in boxes)])
    placed: dict[str, tuple[int, int]] = {}
    left = top = height = 0.0
    for block, xs, ys, w, h in boxes:
        if left and (left + w > limit or h < height / 3):
            left, top, height = 0.0, top + height, 0.0
        for node, x, y in zip(block, xs, ys, strict=True):
            placed[node] = (round(1.5 * (left + x)), round(top + y))
        left, height = left + w, max(height, h)
    return placed
