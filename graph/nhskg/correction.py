"""Who decided what about the graph, and when: what claims and entities carry of a row of ``corrections.csv``."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

RENAME = "rename"
"""The action that gives an entity its name."""


@dataclass(frozen=True, slots=True, order=True, kw_only=True)
class Correction:
    """A decision of a person on what was read.

    Attributes:
        on: the day of the decision.
        by: who decided.
        action: ``merge``, ``reject`` …, as in ``corrections.csv``.
        words: what was decided: "status: planned".
        reason: as the person gave it, or empty.
    """

    on: date
    by: str
    action: str
    words: str
    reason: str = ""

    @property
    def id(self) -> str:
        """Hash of the content, so that it stays when rows are added or sorted."""
        parts = (self.on.isoformat(), self.by, self.action, self.words, self.reason)
        return hashlib.sha256("\x1f".join(parts).encode("utf-8")).hexdigest()[:12]

    @property
    def line(self) -> str:
        """Says who decided what, in one line.

        >>> Correction(on=date(2026, 11, 24), by="Ann", action="relabel", words="status: planned", reason="see §2").line
        'status: planned, corrected by Ann on 2026-11-24 (see §2)'
        """
        return f"{self.words}, corrected by {self.by} on {self.on}{f' ({self.reason})' if self.reason else ''}"
