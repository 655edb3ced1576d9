"""The figures that there are, by name; apart from what draws them, so that the command line starts at once."""

from __future__ import annotations

from enum import StrEnum


class Figure(StrEnum):
    """What can be drawn; the file is named after it."""

    NETWORK = "network"
    TIME = "claims-over-time"
    CRITICISM = "criticism"
    TIMELINE = "timeline"
