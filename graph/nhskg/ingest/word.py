"""Word files (.docx): a line for each paragraph, heading, bullet and row of a table."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from nhskg.ingest.draft import LARGEST, Contents, Draft, Fact, Unreadable, words

MOST_PARTS = 5000
LARGEST_UNPACKED = 200_000_000
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_docx(content: bytes) -> Contents:
    """Reads the body of a Word file, with insertions that are not yet accepted and without deletions.

    Raises:
        Unreadable: if it unpacks to more than a document can be, or declares XML entities.
    """
    _check(content)
    import docx

    word = docx.Document(io.BytesIO(content))
    lines: list[str] = []
    size = 0
    for line in _lines(word.element.body):
        lines.append(line)
        size += len(line)
        if size > LARGEST:
            raise Unreadable(f"more than {LARGEST / 1e6:.0f} million characters of text; split it")
    return Contents([Draft(parts=("\n\n".join(lines),), facts=tuple(_facts(word.core_properties)))])


def _check(content: bytes) -> None:
    """Refuses what would fill the memory; python-docx unpacks every part at once."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = package.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
            raise Unreadable("it unpacks to more than a Word file can hold")
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                with package.open(part) as unpacked:  # a part that is longer than it says ends where it says
                    if b"<!ENTITY" in unpacked.read(20_000).replace(b"\0", b""):
                        raise Unreadable("it declares XML entities, which no Word file does")


def _lines(body: Any) -> list[str]:
    lines: list[str] = []
    todo = list(reversed(list(body)))
    while todo:
        element = todo.pop()
        if element.tag == f"{W}p":
            lines.append(_bullet(element) + _text(element))
        elif element.tag == f"{W}tr":
            cells = (" ".join(_text(p) for p in cell.iter(f"{W}p")).strip() for cell in element.iter(f"{W}tc"))
            lines.append(" | ".join(cell for cell in cells if cell))
        else:
            todo.extend(reversed(list(element)))
    return [line for line in lines if line.strip()]


def _bullet(paragraph: Any) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    name = "" if style is None else str(style.get(f"{W}val", ""))
    is_item = paragraph.find(f"{W}pPr/{W}numPr") is not None or name.startswith("List")
    return "- " if is_item and not name.startswith("Heading") else ""


def _text(paragraph: Any) -> str:
    pieces = []
    for element in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}cr", f"{W}noBreakHyphen"):
        # pPr has tab stops that are no tabs of the text
        if element.tag == f"{W}t":
            pieces.append(element.text or "")
        elif element.tag == f"{W}noBreakHyphen":
            pieces.append("-")
        elif element.getparent().tag == f"{W}r":
            pieces.append("\n" if element.tag in (f"{W}br", f"{W}cr") else " ")
    return "".join(pieces).strip()


def _facts(properties: Any) -> list[Fact]:
    facts = []
    for field, name in (("title", "title"), ("author", "author"), ("published", "created")):
        value = getattr(properties, name, None)
        if field == "published":
            # python-docx's own template says 2013; what was made from it without a date was not made then
            text = value.date().isoformat() if value and value.year > 2013 else ""
        else:
            text = "" if value == "python-docx" else words(value)
        if text:
            facts.append(Fact(field, text, f"Word properties: {name}", is_weak=field != "title"))
    return facts
