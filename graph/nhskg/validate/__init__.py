"""SHACL: whether a graph has the form that ``ontology/shapes.ttl`` describes.

pySHACL checks node by node, some 30 s for 100,000 triples. The shapes that compare triples all over the graph (``sh:sparql``) are
queries, which Oxigraph answers for a million triples in seconds. So a large graph can be checked quickly: those queries
over all of it, and a sample of its nodes by pySHACL.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nhskg.errors import InputError
from nhskg.parts import TURTLE, parts_of
from nhskg.resources import resource
from nhskg.store import open_store
from nhskg.validate.nodes import check_nodes
from nhskg.validate.report import Result, Severity, ValidationReport
from nhskg.validate.whole import check_whole
from nhskg.vocab import prefixes_of

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["Result", "Severity", "ValidationReport", "validate", "validate_store"]

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


def validate_store(folder: Path, sample: int) -> ValidationReport:
    """Checks a sample of the nodes in the store of a build, which needs no memory for the graph, and nothing else.

    Args:
        folder: what ``nhskg build --out`` was given.
        sample: as in ``validate``.
    """
    store = open_store(folder)
    results, done, of = check_nodes(store, _shapes(), sample, prefixes_of(folder / TURTLE))
    return ValidationReport(tuple(sorted(set(results))), len(store), (done, of), is_whole=False)


def _shapes() -> ox.Store:
    import pyoxigraph as ox

    shapes = ox.Store()
    shapes.load(path=str(resource("ontology", "shapes.ttl")), format=ox.RdfFormat.TURTLE)
    return shapes
