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
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from nhskg.export.layout import place
from nhskg.model import Amount, Claim, ClaimGraph, Document, Entity, Kind, RegisterEntry, Statement, Status
from nhskg.register.dates import period
from nhskg.structure import by_triple, in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from pyvis.network import Network

PAGE = Path(__file__).parent / "page"
VIS_NETWORK = Path("templates", "lib", "vis-9.1.2", "vis-network.min.js")  # inside the pyvis package
# Run first, so that no browser lays the table out before it knows that the graph is to be shown.
VIEW = 'document.documentElement.dataset.view = "graph";'
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


class Link(NamedTuple):
    """What one edge stands for: a statement with its claims, or a triple of the register with its entries."""

    subject: str
    predicate: str
    object: str
    number: int
    line: str
    claims: tuple[Claim, ...] = ()
    entries: tuple[RegisterEntry, ...] = ()


REGISTER = "register"
LINES = {  # the firmest first
    "fact": Line("stated as fact"),
    "said": Line("stated by a speaker"),
    "planned": Line("planned", (12, 6)),
    "alleged": Line("alleged", (2, 5)),
    "hypothetical": Line("hypothetical", (6, 6)),
    "negated": Line("negated", (12, 4, 2, 4), "✕ {}"),
    "disputed": Line("both affirmed and negated", (), "{} (disputed)"),
    REGISTER: Line("from the register of NHS bodies"),
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

    links = _links(claim_graph)
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
        model=_view_model(claim_graph, links), scripts=scripts, style=style, policy=_policy(scripts, style)
    )
    network.options = OPTIONS
    # Not add_node and add_edge: these search a list at each call.
    drawn = _drawn(claim_graph, links)
    network.nodes = [Node(**node).options for node in _nodes(claim_graph, drawn)]
    network.edges = [Edge(**edge).options for edge in _edges(claim_graph, drawn)]
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


def _links(claim_graph: ClaimGraph) -> list[Link]:
    """Gives the statements and, after them, what the register says, numbered."""
    links = [
        Link(s.subject, s.predicate, s.object, number, _statement_line(s), claims=s.claims)
        for number, s in enumerate(claim_graph.statements)
    ]
    for triple, entries in by_triple(claim_graph.structure).items():
        links.append(Link(*triple, len(links), REGISTER, entries=tuple(entries)))
    return links


def _drawn(claim_graph: ClaimGraph, links: Sequence[Link]) -> Sequence[Link]:
    """Leaves out the holders of posts whom no document mentions; the panel names them."""
    unseen = {entity.id for entity in claim_graph.context if entity.kind is Kind.PERSON}
    return [link for link in links if link.subject not in unseen]


def _nodes(claim_graph: ClaimGraph, links: Sequence[Link]) -> Iterator[dict[str, object]]:
    """Gives the entities that some edge links; the page lists the others without drawing them."""
    weight = Counter(end for link in links if link.line != REGISTER for end in {link.subject, link.object})
    ends = {end for link in links for end in (link.subject, link.object)}
    mentioned = {entity.id for entity in claim_graph.entities}
    drawn = [entity for entity in _entities(claim_graph) if entity.id in ends]
    positions = place([entity.id for entity in drawn], [(link.subject, link.object) for link in links])
    for entity in drawn:
        prominence = min(math.sqrt(weight[entity.id]), 5)
        x, y = positions[entity.id]
        heard = _count(weight[entity.id], "statement") if entity.id in mentioned else "in no document"
        yield {
            "n_id": entity.id,
            "label": "\n".join(textwrap.wrap(entity.name, 20, max_lines=3, placeholder=" …")),
            "title": f"{entity.name}\n{entity.kind}, {heard}",
            "shape": SHAPES[entity.kind],
            "size": round(4 + 2.5 * prominence),
            "letters": round(11 + prominence),
            "kind": entity.kind.value,
            "mentioned": entity.id in mentioned,
            "x": x,
            "y": y,
        }


def _edges(claim_graph: ClaimGraph, links: Sequence[Link]) -> Iterator[dict[str, object]]:
    """Gives one edge for each link; those that share both ends curve apart."""
    names = {entity.id: entity.name for entity in _entities(claim_graph)}
    parallel = Counter(frozenset((link.subject, link.object)) for link in links)
    nth: Counter[frozenset[str]] = Counter()
    for link in links:
        ends = frozenset((link.subject, link.object))
        label = LINES[link.line].label.format(_label(link.predicate))
        edge: dict[str, object] = {
            "source": link.subject,
            "dest": link.object,
            "directed": True,
            "id": link.number,
            "label": label,
            "title": f"{names[link.subject]}\n{label}\n{names[link.object]}\n{LINES[link.line].meaning}",
            "dashes": list(LINES[link.line].dashes) or False,
            "width": round(min(1.2 + math.log2(len(link.claims)), 6), 1) if link.claims else 0.6,
            "line": link.line,
            "smooth": False,
        }
        if len(ends) == 1:
            edge["selfReference"] = {"angle": round(nth[ends] * 2 * math.pi / parallel[ends], 2)}
        elif parallel[ends] > 1:
            # Measured from the lower id to the higher, whichever way the link points.
            middle = (parallel[ends] - 1) / 2
            bend = 0.3 * (nth[ends] - middle) / max(1, middle)
            turn = "curvedCW" if (bend > 0) == (link.subject < link.object) else "curvedCCW"
            if bend:
                edge["smooth"] = {"enabled": True, "type": turn, "roundness": round(abs(bend), 2)}
        nth[ends] += 1
        yield edge


def _entities(claim_graph: ClaimGraph) -> tuple[Entity, ...]:
    return claim_graph.entities + claim_graph.context


def _line(claim: Claim) -> str:
    if claim.status is Status.ASSERTED:
        return "fact" if claim.is_fact else "said"
    return claim.status.value


def _statement_line(statement: Statement) -> str:
    """Names the line of the firmest claim, unless claims contradict one another."""
    lines = set(map(_line, statement.claims))
    return "disputed" if statement.is_disputed else next(name for name in LINES if name in lines)


# What panel and table say


def _view_model(claim_graph: ClaimGraph, links: Sequence[Link]) -> dict[str, object]:
    """Gives all that the page shows besides the canvas, as values that JSON can hold."""
    drawn = _drawn(claim_graph, links)
    linked = {end for link in drawn for end in (link.subject, link.object)}
    kinds = Counter(entity.kind for entity in _entities(claim_graph) if entity.id in linked)
    lines = Counter(link.line for link in drawn)
    return {
        "summary": _summary(claim_graph),
        "structure": bool(claim_graph.structure),
        "kinds": [{"kind": k.value, "shape": SHAPES[k], "count": kinds[k]} for k in Kind if kinds[k]],
        "lines": [
            {"line": name, "meaning": line.meaning, "dashes": " ".join(map(str, line.dashes)), "count": lines[name]}
            for name, line in LINES.items()
            if lines[name]
        ],
        "data": {
            "meanings": {name: line.meaning for name, line in LINES.items()},
            "documents": {document.id: _document(document) for document in claim_graph.documents},
            "entities": {
                entity.id: {**_entity(entity), "mentioned": mentioned}
                for mentioned, entities in ((True, claim_graph.entities), (False, claim_graph.context))
                for entity in entities
            },
            "statements": [
                {
                    "subject": link.subject,
                    "relation": _label(link.predicate),
                    "object": link.object,
                    "line": link.line,
                    "claims": [_claim(claim) for claim in link.claims],
                    "entries": [_entry(entry) for entry in link.entries],
                }
                for link in links
            ],
        },
    }


def _summary(claim_graph: ClaimGraph) -> str:
    days = sorted(document.published for document in claim_graph.documents if document.published)
    period = f", {_day(days[0])} to {_day(days[-1])}" if days else ""
    claims = sum(len(statement.claims) for statement in claim_graph.statements)
    entries = len(claim_graph.structure)
    register = f"; {_count(entries, 'entry')} of the register" if entries else ""
    return (
        f"{_count(len(claim_graph.documents), 'document')}{period}: {_count(len(claim_graph.entities), 'entity')}, "
        f"{_count(len(claim_graph.statements), 'statement')}, {_count(claims, 'claim')}{register}"
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
    return {
        "line": _line(claim),
        "speaker": claim.speaker,
        "quote": claim.evidence.span.exact,
        "document": claim.evidence.document,
        "date": _day(claim.published),
        "amount": _amount(claim.amount) if claim.amount else "",
        "when": _when(claim),
        "confidence": f"{claim.confidence:.2f}",
    }


def _amount(amount: Amount) -> str:
    value = f"{amount.value:,.0f}" if amount.maximum is None else f"{amount.value:,.0f} to {amount.maximum:,.0f}"
    return f"{amount.text} ({value} {amount.currency})"


def _when(claim: Claim) -> str:
    """The words for when a claim holds with their meaning, and whether a post is over."""
    told = claim.period
    words = f"{told.text} ({period(told.start, told.end)})" if told else ""
    return "; ".join(filter(None, (words, "no longer" if claim.is_former else "")))


def _entry(entry: RegisterEntry) -> dict[str, object]:
    return {
        "words": in_words(entry) or "undated",
        "note": entry.note,
        "source": entry.source,
        "place": f"{entry.file}, line {entry.line}",
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
