"""What the command line says on stderr beside the answer, and how much of it."""

from __future__ import annotations

import sys
import time
from enum import IntEnum


class Level(IntEnum):
    """How much is said."""

    QUIET = 0
    NORMAL = 1
    VERBOSE = 2


class Talk:
    """Says things on stderr; ``level`` is set once, from the command line. Errors are said at every level."""

    def __init__(self) -> None:
        self.level = Level.NORMAL
        self.began = time.monotonic()

    def say(self, message: str) -> None:
        """Says what one wants to know: a warning, that something was left out."""
        if self.level >= Level.NORMAL:
            print(message, file=sys.stderr)  # noqa: T201

    def detail(self, message: str) -> None:
        """Says what one wants to know only with --verbose, with the seconds since the start."""
        if self.level >= Level.VERBOSE:
            print(f"{time.monotonic() - self.began:.3f} s: {message}", file=sys.stderr)  # noqa: T201


talk = Talk()
