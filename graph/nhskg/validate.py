"""SHACL: whether a graph has the form that ``ontology/shapes.ttl`` describes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nhskg.errors import InputError
from nhskg.resources import resource


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """Whether a graph conforms, and a line for each problem, sorted; warnings do not keep it from conforming."""

    conforms: bool
    problems: tuple[str, ...]


def validate(path: Path) -> ValidationReport:
    """Checks a Turtle file with pySHACL.

    Raises:
        InputError: if the file is missing or is not Turtle.
    """
    import pyshacl
    from rdflib import RDF, SH, Graph

    try:
        data = Graph().parse(path, format="turtle")
    except OSError as error:
        raise InputError(f"{path}: no graph here ({error.strerror or error}); run nhskg build first") from error
    except Exception as error:  # rdflib's Turtle parser raises whatever its internals do on damaged input
        reason = " ".join(str(error).split())[:200]
        raise InputError(f"{path}: not Turtle ({reason}); build again with nhskg build") from error
    conforms, results, _ = pyshacl.validate(
        data,
        shacl_graph=Graph().parse(resource("ontology", "shapes.ttl"), format="turtle"),
        ont_graph=Graph().parse(resource("ontology", "nhs.ttl"), format="turtle"),
        inference="none",
        allow_warnings=True,
    )
    lines = []
    for result in results.subjects(RDF.type, SH.ValidationResult):
        severity = str(results.value(result, SH.resultSeverity)).rpartition("#")[2].lower()
        node = results.value(result, SH.value) or results.value(result, SH.focusNode)
        focus = results.value(result, SH.focusNode)
        lines.append(f"{severity}: {focus} {results.value(result, SH.resultMessage)} ({node})")
    return ValidationReport(bool(conforms), tuple(sorted(lines)))
