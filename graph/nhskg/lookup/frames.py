"""A build for other libraries: rdflib and pandas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhskg.errors import UsageError
from nhskg.export.turtle import triples
from nhskg.lookup.records import claim_record, flat
from nhskg.model import ClaimGraph
from nhskg.vocab import PREFIXES, expand

if TYPE_CHECKING:
    import pandas as pd
    import rdflib

    from nhskg.lookup.graph import Graph


def to_rdflib(claim_graph: ClaimGraph) -> rdflib.Graph:
    """Gives the triples of a graph to rdflib, without writing Turtle and reading it again."""
    import rdflib

    rdf = rdflib.Graph()
    for prefix, base in PREFIXES.items():
        rdf.bind(prefix, base)
    for subject, predicate, (value, datatype) in triples(claim_graph):
        if datatype == "iri":
            term: rdflib.term.Node = rdflib.URIRef(value)
        else:  # a plain string has no datatype in rdflib, though it is an xsd:string in RDF 1.1
            plain = datatype == "xsd:string"
            term = rdflib.Literal(value) if plain else rdflib.Literal(value, datatype=rdflib.URIRef(expand(datatype)))
        rdf.add((rdflib.URIRef(subject), rdflib.URIRef(expand(predicate)), term))
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
