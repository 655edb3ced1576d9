"""RDF terms as Turtle writes them (https://www.w3.org/TR/turtle/#terms), before any RDF library sees them.

Text is all that the graph needs to be written, and building it costs a tenth of what making term objects does.
"""

from __future__ import annotations

import functools
import re
from datetime import date
from decimal import Decimal

from nhskg.vocab import WEB_ADDRESS

Row = tuple[str, str]
"""A predicate, ``a`` or a prefixed name, and an object as Turtle writes it."""

Triple = tuple[str, str, str]
"""A subject, a prefixed name, and a row."""

TRUE = "true"  # an xsd:boolean
SPECIAL = re.compile(r"[\x00-\x1f\"\\\x7f]")
ESCAPES = {character: f"\\u{character:04X}" for character in (*range(0x20), 0x7F)} | {
    ord('"'): '\\"',
    ord("\\"): "\\\\",
    ord("\n"): "\\n",
    ord("\r"): "\\r",
    ord("\t"): "\\t",
}


def text(value: str) -> str:
    r"""Gives a plain string.

    >>> text('a "new" body')
    '"a \\"new\\" body"'
    """
    return f'"{value.translate(ESCAPES) if SPECIAL.search(value) else value}"'


def typed(value: str, datatype: str) -> str:
    """Gives a literal of a datatype, which is a prefixed name.

    >>> typed("X26", "nhs:ODSCode")
    '"X26"^^nhs:ODSCode'
    """
    return f"{text(value)}^^{datatype}"


@functools.lru_cache(1 << 14)
def day(value: date) -> str:
    return f'"{value.isoformat()}"^^xsd:date'


@functools.lru_cache(1 << 14)
def decimal(value: float) -> str:
    """Gives a decimal number as its shortest digits, the form that every store keeps it in.

    >>> decimal(2.5e6), decimal(0.875)
    ('"2500000"^^xsd:decimal', '0.875')
    """
    digits = f"{Decimal(str(value)):f}"
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return digits if "." in digits else f'"{digits}"^^xsd:decimal'


def web_address(value: str) -> str:
    """Gives an IRI in full, or nothing where it is no web address.

    >>> web_address("https://example.org/a"), web_address("javascript:alert(1)")
    ('<https://example.org/a>', '')
    """
    return f"<{value}>" if WEB_ADDRESS.match(value) else ""
