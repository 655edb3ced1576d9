"""Where ``ontology/`` and ``seeds/`` are: inside an installed package, or beside it in a checkout."""

from __future__ import annotations

import functools
from pathlib import Path

from nhskg.errors import InputError

PACKAGE = Path(__file__).resolve().parent
LANGUAGE_MODEL = PACKAGE / "language_model"


@functools.cache
def resource(*parts: str) -> Path:
    """Gives the path of a file or folder such as ``resource("ontology", "nhs.ttl")``.

    Raises:
        InputError: if neither an installed package nor a checkout has it.
    """
    places = (PACKAGE / "_data", PACKAGE.parents[1])
    for place in places:
        path = place.joinpath(*parts)
        if path.exists():
            return path
    raise InputError(f"{'/'.join(parts)} is missing from {' and '.join(map(str, places))}; install nhskg again")
