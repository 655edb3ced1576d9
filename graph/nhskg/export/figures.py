"""Static figures for papers, as SVG without a browser: the network, claims over time, who criticised whom, a timeline."""

from __future__ import annotations

import math
import textwrap
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

from nhskg.export.communities import communities
from nhskg.export.drawing import add, label, mark, palette, picture, shortened, write
from nhskg.export.figure_names import Figure
from nhskg.export.layout import place
from nhskg.export.lines import DISPUTED, LINES, REGISTER, Link, line_of, links_of
from nhskg.export.opening import opening
from nhskg.model import Claim, ClaimGraph, Entity, Kind, Status

RELATIONS, ACTORS, EVENTS, DRAWN = 7, 20, 60, 50  # as many as a figure can hold
WIDEST, LETTERS = 900, 10  # a network of that width still has letters of seven points across a printed sheet
HIGHER = 1.3  # labels stand below their entities and need room there
CROSSED = {"negated", DISPUTED}
SERIES = ("organisation", "person", "fund", "programme", "group", "place", "alleged", "document")  # colours, by name


def write_figure(claim_graph: ClaimGraph, figure: Figure, path: Path, body: str = "") -> None:
    """Writes a figure; the same graph gives the same bytes.

    Args:
        claim_graph: the graph.
        figure: which one.
        path: the file.
        body: id of the entity of a timeline; without it, the one with most claims.
    """
    draw: Mapping[Figure, Callable[[], ET.Element]] = {
        Figure.NETWORK: lambda: network(claim_graph),
        Figure.TIME: lambda: claims_over_time(claim_graph),
        Figure.CRITICISM: lambda: criticism(claim_graph),
        Figure.TIMELINE: lambda: timeline(claim_graph, body or most_claimed(claim_graph)),
    }
    write(draw[figure](), path)


def network(claim_graph: ClaimGraph) -> ET.Element:
    """Draws the entities with the most claims, and the statements between them, with a legend of kinds and lines."""
    links = [link for link in links_of(claim_graph) if link.claims]
    groups = communities([e.id for e in claim_graph.entities], [(link.subject, link.object) for link in links])
    chosen = opening(links, {identifier: n for n, group in enumerate(groups) for identifier in group}, DRAWN)
    shown = [link for link in links if {link.subject, link.object} <= set(chosen)]
    places = place(chosen, [(link.subject, link.object) for link in shown])
    lows, highs = ([pick((at[axis] for at in places.values()), default=0) for axis in (0, 1)] for pick in (min, max))
    scale = min(1.0, (WIDEST - 160) / max(1, highs[0] - lows[0]))
    at = {i: (80 + scale * (x - lows[0]), 30 + HIGHER * scale * (y - lows[1])) for i, (x, y) in places.items()}
    width, height = 160 + scale * (highs[0] - lows[0]), 100 + HIGHER * scale * (highs[1] - lows[1])
    used = [name for name in LINES if any(link.line == name for link in shown)]
    entities = {entity.id: entity for entity in claim_graph.entities}
    kinds = [kind for kind in Kind if any(entities[identifier].kind is kind for identifier in chosen)]
    rows = max(len(used), len(kinds))
    svg = picture(max(width, 400), height + 18 * rows, "The claims of the documents as a network")
    bends = _bends(shown)
    for link in shown:
        _arrow(svg, link, at, bends[link.number])
    weight = Counter(end for link in shown for end in {link.subject, link.object})
    for identifier in chosen:
        (x, y), entity = at[identifier], entities[identifier]
        radius = 4 + 2 * min(math.sqrt(weight[identifier]), 5)
        mark(svg, entity.kind, x, y, radius, palette()[entity.kind.value])
        for row, words in enumerate(textwrap.wrap(entity.name, 20, max_lines=3, placeholder=" …")):
            label(svg, x, y + radius + LETTERS * (1 + 1.1 * row), words, LETTERS, text_anchor="middle")
    for row, name in enumerate(used):
        y = height + 18 * row
        add(svg, "path", d=f"M20 {y:.1f}h40", **_stroke(name))
        if name in CROSSED:
            _cross(svg, name, 40, y)
        label(svg, 68, y + 4, LINES[name].meaning)
    for row, kind in enumerate(kinds):
        y = height + 18 * row
        mark(svg, kind, 230, y, 5, palette()[kind.value])
        label(svg, 242, y + 4, kind.value)
    return svg


def _bends(links: Sequence[Link]) -> dict[int, float]:
    """Says how far each of several arrows between the same two bends aside, by the number of its link."""
    pairs: defaultdict[frozenset[str], list[Link]] = defaultdict(list)
    for link in links:
        pairs[frozenset((link.subject, link.object))].append(link)
    return {
        # Measured from the lesser id to the greater, whichever way the arrow points.
        link.number: 0.25 * (nth - (len(pair) - 1) / 2) * (1 if link.subject < link.object else -1)
        for pair in pairs.values()
        for nth, link in enumerate(pair)
    }


def _arrow(svg: ET.Element, link: Link, at: Mapping[str, tuple[float, float]], bend: float) -> None:
    (x, y), (u, v) = at[link.subject], at[link.object]
    if (x, y) == (u, v):
        return
    p, q = (x + u) / 2 - bend * (v - y), (y + v) / 2 + bend * (u - x)  # what the arrow bends towards
    length = math.hypot(u - p, v - q)
    dx, dy = (u - p) / length, (v - q) / length
    tip_x, tip_y = u - 14 * dx, v - 14 * dy
    colour = palette()[link.line]
    add(svg, "path", d=f"M{x:.1f} {y:.1f}Q{p:.1f} {q:.1f} {tip_x:.1f} {tip_y:.1f}", **_stroke(link.line))
    wings = [(tip_x - 7 * dx + side * 3 * dy, tip_y - 7 * dy - side * 3 * dx) for side in (1, -1)]
    points = " ".join(f"{a:.1f},{b:.1f}" for a, b in [(tip_x, tip_y), *wings])
    add(svg, "polygon", points=points, fill=colour)
    if link.line in CROSSED:
        _cross(svg, link.line, (x + u + 2 * p) / 4, (y + v + 2 * q) / 4)


def _cross(svg: ET.Element, line: str, x: float, y: float) -> None:
    add(svg, "path", d=f"M{x - 5:.1f} {y - 5:.1f}l10 10m0-10l-10 10", **{**_stroke(line), "stroke_width": 1.5})


def _stroke(line: str) -> dict[str, object]:
    dashes = {"stroke_dasharray": " ".join(map(str, LINES[line].dashes))} if LINES[line].dashes else {}
    return {"stroke": palette()[line], "stroke_width": 1.2, "fill": "none", **dashes}


def claims_over_time(claim_graph: ClaimGraph) -> ET.Element:
    """Draws how many claims the documents of each month, quarter or year make, by relation."""
    dated = [(claim.published, claim) for claim in _claims(claim_graph) if claim.published]
    common = [name for name, _ in sorted(Counter(c.predicate for _, c in dated).items(), key=lambda n: (-n[1], n[0]))]
    series = [*common[:RELATIONS], *(["other relations"] if len(common) > RELATIONS else [])]
    spans = _spans([day for day, _ in dated])
    counts = Counter((_span(day, spans), c.predicate if c.predicate in series else series[-1]) for day, c in dated)
    most = max((sum(counts[span, name] for name in series) for span in spans), default=1)
    wide, high = 640 / max(1, len(spans)), 260
    svg = picture(900, 360, "Claims over time by relation")
    for step in _steps(most):
        y = 30 + high * (1 - step / most)
        add(svg, "path", d=f"M60 {y:.1f}h640", stroke=palette()["rule"], fill="none")
        label(svg, 52, y + 4, str(step), text_anchor="end")
    for at, span in enumerate(spans):
        base = 30.0 + high
        for name, colour in zip(series, SERIES, strict=False):
            tall = high * counts[span, name] / most
            base -= tall
            if tall:
                bar = add(svg, "rect", x=60 + at * wide + 1, y=base, width=max(1.0, wide - 2), height=tall)
                bar.set("fill", palette()[colour])
                add(bar, "title", f"{span}: {counts[span, name]} {name.replace('_', ' ')}")
        if at % max(1, len(spans) // 12) == 0:
            label(svg, 60 + (at + 0.5) * wide, 30 + high + 18, span, text_anchor="middle")
    for row, (name, colour) in enumerate(zip(series, SERIES, strict=False)):
        add(svg, "rect", x=720, y=30 + 20 * row, width=12, height=12, fill=palette()[colour])
        label(svg, 738, 40 + 20 * row, name.replace("_", " "))
    return svg


def criticism(claim_graph: ClaimGraph) -> ET.Element:
    """Draws who criticised whom, as a matrix of counts; what documents deny is left out."""
    pairs = Counter(
        (claim.subject, claim.object)
        for claim in _claims(claim_graph)
        if claim.predicate == "criticised" and claim.status is not Status.NEGATED
    )
    names = {entity.id: entity.name for entity in claim_graph.entities}
    who, whom = (
        sorted(i for i, _ in sorted(Counter(total).items(), key=lambda n: (-n[1], n[0]))[:ACTORS])
        for total in (Counter(s for s, _ in pairs.elements()), Counter(o for _, o in pairs.elements()))
    )
    svg = picture(280 + 26 * len(whom) + 200, 230 + 26 * len(who), "Who criticised whom")
    if not pairs:
        label(svg, 20, 40, "No document here says that anybody criticised anybody.")
    most = max(pairs.values(), default=1)
    for row, critic in enumerate(who):
        y = 220 + 26 * row
        label(svg, 262, y + 17, shortened(names[critic]), text_anchor="end")
        for column, criticised in enumerate(whom):
            x, count = 270 + 26 * column, pairs[critic, criticised]
            cell = add(svg, "rect", x=x, y=y, width=24, height=24, fill=palette()["tint"])
            if count:
                cell.set("fill", palette()["negated"])
                cell.set("fill-opacity", f"{0.35 + 0.65 * count / most:.2f}")
                label(svg, x + 12, y + 17, str(count), text_anchor="middle", font_weight="bold")
    for column, criticised in enumerate(whom):
        x = 286 + 26 * column
        label(svg, x, 212, shortened(names[criticised]), transform=f"rotate(-55 {x} 212)")
    return svg


def timeline(claim_graph: ClaimGraph, identifier: str) -> ET.Element:
    """Draws what is said of one entity, and what the register says of it, in order of time."""
    entities = {entity.id: entity for entity in (*claim_graph.entities, *claim_graph.context)}
    events = sorted(_events(claim_graph, identifier, entities))
    left_out = max(0, len(events) - EVENTS)
    name = entities[identifier].name if identifier in entities else "nothing"
    svg = picture(900, 80 + 20 * min(len(events), EVENTS) + 20 * bool(left_out), f"Timeline of {name}")
    label(svg, 20, 30, shortened(name, 90), 15, font_weight="bold")
    for row, (day, line, words) in enumerate(events[:EVENTS]):
        y = 60 + 20 * row
        label(svg, 110, y + 4, day, text_anchor="end")
        add(svg, "path", d=f"M120 {y}h30", **_stroke(line))
        add(svg, "circle", cx=135, cy=y, r=4, fill=palette()[line])
        label(svg, 160, y + 4, shortened(words, 110))
    if left_out:
        label(svg, 160, 64 + 20 * EVENTS, f"and {left_out} more")
    return svg


def _events(claim_graph: ClaimGraph, identifier: str, entities: Mapping[str, Entity]) -> Sequence[tuple[str, str, str]]:
    """Gives date, line and words of each claim and each entry about an entity."""
    found: set[tuple[str, str, str]] = set()
    for link in links_of(claim_graph):
        if identifier not in {link.subject, link.object}:
            continue
        words = f"{entities[link.subject].name} {link.predicate.replace('_', ' ')} {entities[link.object].name}"
        for claim in link.claims:
            if claim.published:
                meaning = LINES[line_of(claim)].meaning + (", date guessed" if claim.is_date_guessed else "")
                found.add((claim.published.isoformat(), line_of(claim), f"{words} ({meaning})"))
        found.update((e.start, REGISTER, words + (f" ({e.post})" if e.post else "")) for e in link.entries if e.start)
    return sorted(found)


def most_claimed(claim_graph: ClaimGraph) -> str:
    """Gives the id of the entity with the most claims, or nothing."""
    counts = Counter(end for claim in _claims(claim_graph) for end in {claim.subject, claim.object})
    return min(counts, key=lambda identifier: (-counts[identifier], identifier), default="")


def _claims(claim_graph: ClaimGraph) -> list[Claim]:
    return [claim for statement in claim_graph.statements for claim in statement.claims]


def _spans(days: Sequence[date]) -> list[str]:
    """Gives the months from the first to the last day, or the years if there are more than three of these.

    >>> _spans([date(2021, 11, 3), date(2022, 1, 1)])
    ['2021-11', '2021-12', '2022-01']
    """
    if not days:
        return []
    first, last = min(days), max(days)
    if last.year - first.year > 3:
        return [str(year) for year in range(first.year, last.year + 1)]
    months = range(12 * first.year + first.month - 1, 12 * last.year + last.month)
    return [f"{month // 12}-{month % 12 + 1:02}" for month in months]


def _span(day: date, spans: Sequence[str]) -> str:
    return day.isoformat()[: len(spans[0])]


def _steps(most: int) -> list[int]:
    """Gives a few round numbers up to the largest.

    >>> _steps(9), _steps(130)
    ([0, 2, 4, 6, 8], [0, 50, 100])
    """
    step = next(s for e in range(9) for s in (10**e, 2 * 10**e, 5 * 10**e) if most / s <= 5)
    return list(range(0, most + 1, step))
