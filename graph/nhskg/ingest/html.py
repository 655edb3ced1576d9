"""Saved web pages and the HTML of newsletters: the main text, by trafilatura, and what the page says of itself."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any

from nhskg.ingest.dates import parse_date
from nhskg.ingest.draft import Contents, Draft, Fact, Unreadable, words

if TYPE_CHECKING:
    from lxml.html import HtmlElement

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)
HIDDEN = frozenset(["head", "script", "style", "noscript", "template", "iframe", "object", "svg", "select", "button"])
INLINE = ("a", "abbr", "b", "em", "font", "i", "span", "strong", "u")
RULE = re.compile(r"[-:|\s]*-{3}[-:|\s]*")
DATES = {
    "extensive_search": False,
    "original_date": True,
    "outputformat": "%Y-%m-%d",
    "min_date": "1990-01-01",
    "max_date": "2100-01-01",  # else the day of the build counts, and two builds differ
}
SHORT = 250
"""Characters; where trafilatura finds less, the page may be a fragment, and all its text is taken."""


def read_html(content: bytes) -> Contents:
    """Reads a page.

    Raises:
        Unreadable: if no text is in it.
    """
    import trafilatura
    from trafilatura.utils import load_html

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it reports damaged pages, and so do we
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    tree = load_html(content)
    if tree is None:
        raise Unreadable("no HTML page that can be understood")
    _flow(tree)
    everything = text_of(tree)
    found: Any = trafilatura.bare_extraction(
        tree,
        favor_recall=True,
        include_comments=False,
        include_tables=True,
        include_links=False,
        with_metadata=True,
        date_extraction_params=DATES,
    )
    main = _without_rules(found.text) if found is not None and found.text else ""
    if len(main) < SHORT:
        main = everything
    if not main.strip():
        raise Unreadable("no text in this page")
    return Contents([Draft(parts=(main,), facts=tuple(_facts(found)))])


def read_fragment(html: str) -> str:
    """The text of a piece of HTML that is no page: the summary in a feed, a cell of a table."""
    from trafilatura.utils import load_html

    if not re.search(r"<\w|&\w+;|&#", html):
        return html
    tree = load_html(f"<html><body><div>{html}</div></body></html>")
    return html if tree is None else text_of(tree)


def text_of(tree: HtmlElement) -> str:
    """All text that a browser would show, a line for each block; a cell of a table is parted from the next by a bar."""
    pieces: list[str] = []
    # A loop and no recursion, since pages may be nested deeper than Python's stack.
    todo: list[tuple[Any, bool]] = [(tree, False)]
    while todo:
        element, is_done = todo.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        if is_done:
            pieces.append("\n" if tag in BLOCKS and tag not in ("td", "th") else " | " if tag in ("td", "th") else "")
            pieces.append(re.sub(r"\s+", " ", element.tail or ""))
            continue
        todo.append((element, True))
        if not tag or tag in HIDDEN:
            continue
        pieces.append("\n" if tag in BLOCKS and tag not in ("td", "th") else "")
        pieces.append("- " if tag == "li" else "")
        pieces.append(re.sub(r"\s+", " ", element.text or ""))
        todo.extend((child, False) for child in reversed(list(element)))
    lines = (re.sub(r"[ \t]+", " ", line).strip(" |") for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line and line != "-")


def _flow(tree: HtmlElement) -> None:
    """Takes away links and emphasis inside sentences, where trafilatura would break the line; those that stand alone stay."""
    for element in list(tree.iter(*INLINE)):
        before = element.getprevious()
        text_before = element.getparent().text if before is None and element.getparent() is not None else None
        text_before = before.tail if before is not None else text_before
        if (text_before or "").strip() or (element.tail or "").strip():
            element.drop_tag()


def _without_rules(text: str) -> str:
    """Rows of tables without the bars at their ends, and no row that is only a rule."""
    lines = (line.strip(" |") if line.startswith("|") else line for line in text.split("\n"))
    return "\n".join(line for line in lines if not RULE.fullmatch(line))


def _facts(found: Any) -> list[Fact]:
    if found is None:
        return []
    values = {
        "title": words(found.title),
        "author": words(found.author),
        "source": words(found.sitename or found.hostname),
        "url": words(found.url),
    }
    facts = [Fact(field, value, "page markup") for field, value in values.items() if value]
    day = parse_date(words(found.date))
    if day:
        facts.append(Fact("published", day.isoformat(), "page markup"))
    return facts
