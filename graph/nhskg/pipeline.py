"""The order of the stages: files, documents, readings, graph, outputs. No other module knows it."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from nhskg import __version__
from nhskg.assemble import assemble
from nhskg.corrections import Corrections, read_corrections
from nhskg.errors import InputError
from nhskg.ingest import read_documents
from nhskg.keeping import keep
from nhskg.model import ClaimGraph, Reading
from nhskg.register.checks import require_order
from nhskg.register.tables import Tables, digest, read_tables, register_folder
from nhskg.register.undated import date_the_undated
from nhskg.store import TURTLE, build_store
from nhskg.structure import Scope, add_structure
from nhskg.vocab import ID, prefixes_for

Progress = Callable[[int, int], None]
"""Called with the number of documents read so far, and of all."""


@dataclass(slots=True)
class BuildReport:
    """What a build did: counts, and a warning for each thing that was left out."""

    out: Path
    documents: int = 0
    entities: int = 0
    statements: int = 0
    claims: int = 0
    structure: int = 0
    context: int = 0
    register: str = ""
    min_confidence: float = 0.0
    base: str = ID
    checked: str = ""
    with_sparql: bool = False
    warnings: list[str] = field(default_factory=list)
    corrections: Corrections = field(default_factory=Corrections)


def build(
    paths: list[str],
    out: Path,
    *,
    model: str = "",
    structure: Scope = Scope.NEAR,
    min_confidence: float = 0.0,
    base: str = ID,
    with_sparql: bool = False,
    fetch: bool = False,
    guess_dates: bool = False,
    corrections: Sequence[Path] = (),
    progress: Progress | None = None,
) -> BuildReport:
    """Reads documents and writes the graph of their claims, over the register in use (``register_folder``).

    Args:
        paths: files, folders or globs; "-" for what is piped in; web addresses, if ``fetch``.
        out: folder for the outputs; each file in it is replaced whole, or not at all if the build fails.
        model: another spaCy pipeline than the packaged one.
        structure: how much of the register's structure comes along.
        min_confidence: claims of less confidence are left out.
        base: what the IRIs of entities, documents and claims begin with.
        with_sparql: the page has its SPARQL tab however large that makes it.
        fetch: whether web addresses may be fetched; nothing goes to the network otherwise.
        guess_dates: whether a document without a date gets one worked out from the bodies and office holders it names.
        corrections: files of corrections beside those in the folders of ``paths``.
        progress: called after each document.

    Raises:
        InputError: if no document could be read, the register has problems, or ``out`` cannot be written.
        UsageError: if the base is no web address that ends in ``/`` or ``#``.
        ModelError: if the language model cannot be used.
    """
    prefixes_for(base)
    report = BuildReport(out, min_confidence=min_confidence, base=base, with_sparql=with_sparql)
    report.corrections = read_corrections(paths, corrections)
    documents, report.warnings = read_documents(paths, fetch=fetch)
    if not documents:
        reasons = "".join(f"\n  {warning}" for warning in report.warnings)
        raise InputError(f"no document to read in {' '.join(paths)}{reasons}")
    _check_writable(out)
    tables = read_tables(register_folder())
    require_order(tables, str(register_folder()))
    if guess_dates:
        documents, guesses = date_the_undated(documents)
        report.warnings += guesses
    # spaCy takes seconds to load, so it is imported only once there is something to read.
    from nhskg.extract.reader import Reader

    reader = Reader.load(model)
    readings: list[Reading] = []
    for reading in reader.read(documents):
        readings.append(keep(report.corrections.apply(reading), min_confidence))
        if progress:
            progress(len(readings), len(documents))
    claim_graph = add_structure(assemble(readings), tables, structure)
    claim_graph = replace(claim_graph, corrections=report.corrections.applied())
    report.warnings += report.corrections.warnings()
    report.documents = len(claim_graph.documents)
    report.entities = len(claim_graph.entities)
    report.statements = len(claim_graph.statements)
    report.claims = sum(len(statement.claims) for statement in claim_graph.statements)
    report.structure = len(claim_graph.structure)
    report.context = len(claim_graph.context)
    report.register = digest(tables)
    write_outputs(readings, claim_graph, tables, report)
    _check(report)
    return report


def _check(report: BuildReport) -> None:
    """Holds what was written against the shapes, a sample of it node by node; what is not in order is a warning."""
    from nhskg.validate import SAMPLE, validate

    found = validate(report.out / TURTLE, SAMPLE)
    report.checked = f"{found.checked}: {'conforms' if found.conforms else 'does not conform, see nhskg validate'}"
    report.warnings += found.problems if not found.conforms else ()


def write_outputs(readings: list[Reading], claim_graph: ClaimGraph, tables: Tables, report: BuildReport) -> None:
    """Writes all output files beside each other, then moves each into place."""
    from nhskg.export import jsonl
    from nhskg.export.html import write_html
    from nhskg.export.network import write_graphml
    from nhskg.export.turtle import write_turtle
    from nhskg.lookup.write import write_index

    merged = {entity.id: entity for entity in claim_graph.entities}
    ordered = sorted(readings, key=lambda reading: reading.document.id)
    out = report.out
    try:
        out.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix=".unfinished-", dir=out))
        try:
            jsonl.write_rows(map(jsonl.document_row, claim_graph.documents), unfinished / jsonl.DOCUMENTS)
            jsonl.write_rows(
                (row for reading in ordered for row in jsonl.entity_rows(reading, merged)), unfinished / jsonl.ENTITIES
            )
            disputed = {claim.id for statement in claim_graph.statements for claim in statement.disputed}
            jsonl.write_rows(
                (
                    jsonl.claim_row(c, disputed=c.id in disputed, page=reading.document.page_at(c.evidence.span.start))
                    for reading in ordered
                    for c in reading.claims
                ),
                unfinished / jsonl.CLAIMS,
            )
            jsonl.write_rows(map(jsonl.entry_row, claim_graph.structure), unfinished / jsonl.STRUCTURE)
            jsonl.write_rows(map(jsonl.context_row, claim_graph.context), unfinished / jsonl.CONTEXT)
            write_index(unfinished, tables)
            write_turtle(claim_graph, unfinished / TURTLE, report.base)
            write_graphml(claim_graph, unfinished / "graph.graphml")
            turtle = (unfinished / "graph.ttl").read_text(encoding="utf-8")
            write_html(claim_graph, unfinished / "graph.html", ordered, turtle=turtle, with_sparql=report.with_sparql)
            (unfinished / "build.json").write_text(_summary(report, claim_graph), encoding="utf-8", newline="\n")
            for file in sorted(unfinished.iterdir()):
                os.replace(file, out / file.name)
            build_store(out)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    except OSError as error:
        raise InputError(f"{out}: cannot write the graph there ({error.strerror or error})") from error


def _summary(report: BuildReport, claim_graph: ClaimGraph) -> str:
    """``build.json``: what went in and came out, without any clock, so that it is the same in every build."""
    claims = [claim for statement in claim_graph.statements for claim in statement.claims]
    content = {
        "nhskg": __version__,
        "register": report.register,
        "min_confidence": report.min_confidence,
        "documents": {document.id: document.sha256 for document in claim_graph.documents},
        "entities": dict(sorted(Counter(entity.kind.value for entity in claim_graph.entities).items())),
        "claims": dict(sorted(Counter(claim.predicate for claim in claims).items())),
        "statuses": dict(sorted(Counter(claim.status.value for claim in claims).items())),
        "structure": dict(sorted(Counter(entry.predicate for entry in claim_graph.structure).items())),
        "context": dict(sorted(Counter(entity.kind.value for entity in claim_graph.context).items())),
        "corrections": report.corrections.counts(),
        "warnings": report.warnings,
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _check_writable(out: Path) -> None:
    """Finds out before minutes of reading whether the graph can be written."""
    place = out
    while not place.exists() and place != place.parent:
        place = place.parent
    if not place.is_dir() or not os.access(place, os.W_OK):
        raise InputError(f"{out}: cannot write the graph there ({place} is no folder that may be written)")
