"""The page's SPARQL tab: the graph as Turtle, an engine that runs in the browser, and questions to begin with.

The engine is oxigraph (https://github.com/oxigraph/oxigraph), compiled to WebAssembly. It is some 2 MB of a page, so a
page has it only as long as it stays small enough to be sent by mail, or on request.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from nhskg.resources import resource

HERE = Path(__file__).parent
LARGEST = 8_000_000
"""Bytes that a page may have and still get the tab by default."""

MODULE = re.compile(r"^export (\{[^}]*\};\n|(?=class|function))", re.MULTILINE)
PREFIX = re.compile(r"^@prefix (\w+): <([^>]*)> \.", re.MULTILINE)


def engine() -> str:
    """Gives the script of the worker that answers queries: oxigraph's own, and ours after it.

    A page that was opened from a disk may not start a worker with a module, so what only modules may say is taken out.
    """
    oxigraph = (HERE / "vendor" / "web.js").read_text(encoding="utf-8")
    plain = MODULE.sub("", oxigraph).replace("import.meta.url", "self.location")
    return plain + (HERE / "page" / "answers.worker.js").read_text(encoding="utf-8")


def machine() -> bytes:
    """Gives oxigraph's WebAssembly."""
    return (HERE / "vendor" / "web_bg.wasm").read_bytes()


def questions() -> list[dict[str, str]]:
    """Gives the named queries of ``ontology/queries``: title and SPARQL each.

    The first line of a query is a comment, its title.
    """
    texts = [path.read_text(encoding="utf-8") for path in sorted(resource("ontology", "queries").glob("*.rq"))]
    return [
        {"title": text.partition("\n")[0].lstrip("# "), "sparql": text.partition("\n")[2].strip()} for text in texts
    ]


def prefixes(turtle: str) -> Mapping[str, str]:
    """Gives the prefixes that a Turtle file declares.

    >>> prefixes("@prefix id: <https://example.org/> .")
    {'id': 'https://example.org/'}
    """
    return dict(PREFIX.findall(turtle))
