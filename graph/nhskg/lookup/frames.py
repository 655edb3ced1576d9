"""A build for other libraries: rdflib and pandas."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nhskg.errors import InputError, UsageError
from nhskg.lookup.records import claim_record, flat
from nhskg.parts import parts_of

if TYPE_CHECKING:
    import pandas as pd
    import rdflib

    from nhskg.lookup.graph import Graph


def to_rdflib(path: Path) -> rdflib.Graph:
    """Gives the triples of a build's Turtle to rdflib.

    Raises:
        InputError: if the file is missing.
    """
    import rdflib

    rdf = rdflib.Graph()
    try:
        for part in parts_of(path):
            rdf.parse(part)
    except OSError as error:
        raise InputError(f"{path}: not there ({error.strerror or error}); build again with nhskg build") from error
    return rdf


def to_pandas(graph: Graph) -> pd.DataFrame:
    """Gives all claims as a table.

    Raises:
        UsageError: if pandas is not installed.
    """
    try:
        import pandas as pd
    except ImportError as error:
        raise UsageError("to_pandas needs pandas, which is not installed; pip install pandas") from error
    frame = pd.DataFrame.from_records([flat(claim_record(graph, claim)) for claim in graph.claims()])
    if not frame.empty:
        frame["published"] = pd.to_datetime(frame["published"])
    return frame
