"""What the register says, as it passes between the stages: how bodies stand to each other, who held a post, bodies themselves."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterEntry:
    """What one line of the register says: how two bodies stand to each other, or that a person held a post.

    Attributes:
        subject, object: entity ids. Direction is that of the predicate's definition.
        start, end: ISO dates as precise as known (``2013``, ``2013-04``), or empty.
        source: where the register has it from.
        file, line: where in the register it is.
        note: how it is meant, or empty.
        post: what a ``holds_post`` is about, else empty.
    """

    subject: str
    predicate: str
    object: str
    start: str
    end: str
    source: str
    file: str
    line: int
    note: str = ""
    post: str = ""

    @property
    def id(self) -> str:
        """Hash of the content, without the line, so that it stays when rows are added above."""
        parts = (self.subject, self.predicate, self.object, self.start, self.post)
        return hashlib.sha256("\x1f".join(parts).encode("utf-8")).hexdigest()[:12]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterBody:
    """What the register says of a body itself.

    Attributes:
        id: entity id.
        kind: ``foundation_trust``, ``regulator`` … the kinds of ``seeds/register/README.md``.
        opened, closed: ISO dates as precise as known, or empty.
        source: where the register has it from.
    """

    id: str
    kind: str
    opened: str = ""
    closed: str = ""
    source: str = ""
