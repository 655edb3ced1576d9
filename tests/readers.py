"""The reader that tests of reading share: one for all, since loading it takes a second."""

from __future__ import annotations

import functools

from nhskg.extract.reader import Reader


@functools.cache
def rules_reader() -> Reader:
    """Reads by the rules alone, without the second opinion."""
    return Reader.load(rules_only=True)
