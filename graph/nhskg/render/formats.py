"""The forms in which an answer may be written."""

from __future__ import annotations

from enum import StrEnum


class Format(StrEnum):
    """How an answer is written; a table is plain text where no terminal reads it."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MD = "md"


class GraphFormat(StrEnum):
    """How an answer is written that is a piece of the graph."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MD = "md"
    DOT = "dot"
    MERMAID = "mermaid"
    TTL = "ttl"
