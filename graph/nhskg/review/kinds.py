"""Why something in a build is to be looked at."""

from __future__ import annotations

from enum import StrEnum


class Why(StrEnum):
    """The kinds of item, in the order in which they come."""

    CONTRADICTION = "contradiction"
    MERGE = "merge"
    UNRESOLVED = "unresolved"
    DOUBTFUL = "doubtful"
