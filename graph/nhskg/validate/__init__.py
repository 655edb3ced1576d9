"""SHACL: whether a graph has the form that ``ontology/shapes.ttl`` describes.

pySHACL checks node by node, some 30 s for 100,000 triples. The shapes that compare triples all over the graph (``sh:sparql``) are
queries, which Oxigraph answers for a million triples in seconds. So a large graph can be checked quickly: those queries
over all of it, and a sample of its nodes by pySHACL.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nhskg.errors import InputError
from nhskg.parts import parts_of
from nhskg.resources import resource
from nhskg.validate.nodes import FIRST, check_nodes, held_against, target_classes
from nhskg.validate.report import Result, Severity, ValidationReport
from nhskg.validate.sample import sample_of
from nhskg.validate.whole import check_whole
from nhskg.vocab import expand, prefixes_of, shorten

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["Result", "Severity", "ValidationReport", "validate", "validate_sample"]

SAMPLE = 150  # what a build looks at node by node: well under a second


def validate(path: Path, sample: int = 0) -> ValidationReport:
    """Checks a Turtle file against the shapes.

    Args:
        path: the file; where it is not there, its parts are checked together.
        sample: check only about so many claims and as many other nodes one by one, the same ones every time; 0 checks all.

    Raises:
        InputError: if the file is missing or is not Turtle.
    """
    import pyoxigraph as ox

    store = ox.Store()
    try:
        for part in parts_of(path):
            store.bulk_load(path=str(part), format=ox.RdfFormat.TURTLE)
        triples = len(store)
        prefixes = prefixes_of(path)
    except OSError as error:
        raise InputError(f"{path}: no graph here ({error.strerror or error}); run nhskg build first") from error
    except SyntaxError as error:
        raise InputError(f"{path}: not Turtle ({error}); correct it, or build again with nhskg build") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not Turtle (not UTF-8: {error}); build again with nhskg build") from error
    shapes = _shapes()
    results, done, of = check_nodes(store, shapes, sample, prefixes)
    store.load(path=str(resource("ontology", "nhs.ttl")), format=ox.RdfFormat.TURTLE)
    results += check_whole(store, shapes, prefixes)
    return ValidationReport(tuple(sorted(set(results))), triples, (done, of))


def validate_sample(turtle: Path, sample: int) -> ValidationReport:
    """Checks a sample of the nodes of a graph that a build has just written, which needs no memory for the rest of it.

    Args:
        turtle: the graph, as ``export/turtle.py`` writes it.
        sample: how many claims and register entries, and how many other nodes.
    """
    import pyoxigraph as ox

    shapes, prefixes = _shapes(), prefixes_of(turtle)
    first, classes = ({shorten(name, prefixes) for name in names} for names in (FIRST, target_classes(shapes)))
    some = sample_of(turtle, first, classes - first, sample)
    store = ox.Store()
    store.load(some.text, format=ox.RdfFormat.TURTLE)
    chosen = [expand(name, prefixes) for name in some.chosen]
    results = held_against(shapes, store, chosen, prefixes)
    return ValidationReport(tuple(sorted(set(results))), some.triples, (len(chosen), some.nodes), is_whole=False)


def _shapes() -> ox.Store:
    import pyoxigraph as ox

    shapes = ox.Store()
    shapes.load(path=str(resource("ontology", "shapes.ttl")), format=ox.RdfFormat.TURTLE)
    return shapes
