"""SVG (https://www.w3.org/TR/SVG2/) as figures need it: elements, labels, and the colours of the page."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

from nhskg.model import Kind

STYLE = Path(__file__).parent / "page" / "page.css"
FACE = "Arial, 'Liberation Sans', Helvetica, sans-serif"
CORNERS = {  # corners, turn, how far every second corner is from the middle
    Kind.GROUP: (6, math.pi / 2, 1.0),
    Kind.PERSON: (3, 0.0, 1.0),
    Kind.FUND: (4, 0.0, 1.0),
    Kind.PROGRAMME: (10, 0.0, 0.45),
    Kind.PLACE: (3, math.pi, 1.0),
}


@cache
def palette() -> Mapping[str, str]:
    """Gives the page's colours in the light, by name."""
    style = STYLE.read_text(encoding="utf-8")
    return dict(re.findall(r"--(\w+): (?:light-dark\()?(#[0-9a-f]+)", style))


def picture(width: float, height: float, title: str) -> ET.Element:
    """Begins a figure on a white sheet."""
    svg = ET.Element(
        "svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {_number(width)} {_number(height)}", role="img"
    )
    svg.set("width", _number(width))
    svg.set("height", _number(height))
    svg.set("font-family", FACE)
    ET.SubElement(svg, "title").text = _legal(title)
    add(svg, "rect", width=width, height=height, fill="#fff")
    return svg


def add(parent: ET.Element, tag: str, text: str = "", /, **attributes: object) -> ET.Element:
    """Adds an element; ``stroke_width`` is the attribute ``stroke-width``."""
    element = ET.SubElement(parent, tag)
    for name, value in attributes.items():
        element.set(name.replace("_", "-"), _number(value) if isinstance(value, float) else str(value))
    if text:
        element.text = _legal(text)
    return element


def label(parent: ET.Element, x: float, y: float, text: str, size: float = 11, /, **more: object) -> ET.Element:
    """Adds a text that can be read on lines: it has a white rim."""
    rim = {"stroke": "#fff", "stroke_width": 3.0, "paint_order": "stroke", "stroke_linejoin": "round"}
    return add(parent, "text", text, **{"x": x, "y": y, "font_size": size, "fill": palette()["ink"], **rim, **more})


def mark(parent: ET.Element, kind: Kind, x: float, y: float, radius: float, fill: str) -> ET.Element:
    """Adds the shape of a kind."""
    paint = {"fill": fill, "stroke": palette()["rim"], "stroke_width": 0.7}
    if kind is Kind.DOCUMENT:
        return add(parent, "rect", x=x - radius, y=y - radius, width=2 * radius, height=2 * radius, **paint)
    if kind is Kind.ORGANISATION:
        return add(parent, "circle", cx=x, cy=y, r=radius, **paint)
    corners, turn, inner = CORNERS[kind]
    points = []
    for corner in range(corners):
        angle, reach = turn + corner * 2 * math.pi / corners, radius * (inner if corner % 2 else 1)
        points.append(f"{_number(x + reach * math.sin(angle))},{_number(y - reach * math.cos(angle))}")
    return add(parent, "polygon", points=" ".join(points), **paint)


def shortened(text: str, most: int = 40) -> str:
    """Cuts a name that is too long for its place.

    >>> shortened("South West London", 12)
    'South West …'
    """
    return text if len(text) <= most else f"{text[: most - 1].rstrip()} …"


def write(svg: ET.Element, path: Path) -> None:
    """Writes a figure; the same figure gives the same bytes."""
    ET.indent(svg, " ")
    path.write_text(ET.tostring(svg, encoding="unicode") + "\n", encoding="utf-8", newline="\n")


def _number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def _legal(text: str) -> str:
    """Leaves out what XML 1.0 cannot hold, https://www.w3.org/TR/xml/#charsets."""
    return re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
