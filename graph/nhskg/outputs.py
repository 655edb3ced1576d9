"""What a build writes: all its files, made in a folder of their own and then put in the place of the last build's."""

from __future__ import annotations

import hashlib
import importlib
import json
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from nhskg import __version__, versions
from nhskg.beside import Beside, Check, Done, Page
from nhskg.corrections import Corrections
from nhskg.export import jsonl
from nhskg.export.formats import Format, write_format
from nhskg.lookup.format import INDEX
from nhskg.lookup.later import REGISTER, leave_register
from nhskg.model import ClaimGraph, Reading
from nhskg.outcome import Settings
from nhskg.parts import ALL, BUFFER, TURTLE, parts_of, size_of
from nhskg.placing import replacing
from nhskg.register.tables import Tables
from nhskg.store import build_store
from nhskg.validate import SAMPLE, ValidationReport, validate
from nhskg.vocab import ID

BUILD, GRAPHML, PAGE = "build.json", "graph.graphml", "graph.html"
ALL_AT_ONCE = 20_000
"""Claims; of a graph with more the look-up index and the store are made at the first question (decision 15), and what is
checked is a sample."""
LARGEST_IN_PAGE = 40_000_000
"""Bytes of Turtle; with more a page is too large for the SPARQL tab, unless that is asked for."""
FAMILY = re.compile(rf"{ALL.pattern}|{re.escape(INDEX)}|{re.escape(REGISTER)}")
"""The files that not every build writes."""


@dataclass(slots=True, kw_only=True)
class BuildReport:
    """What a build was asked, and what it did: counts, and a warning for each thing that was left out or guessed.

    Attributes:
        register: hash of the register.
        min_confidence: claims of less confidence were left out.
        corrections: what people decided about the graph.
        read_anew: how many documents no earlier build had read.
        failed: documents that could not be read, and why.
        seconds: how long each stage took.
        checked: what came of holding the graph against its shapes.
        is_large: whether the look-up index and the store are left to the first question.
    """

    out: Path
    settings: Settings
    register: str = ""
    min_confidence: float = 0.0
    corrections: Corrections = field(default_factory=Corrections)
    base: str = ID
    formats: tuple[Format, ...] = ()
    with_sparql: bool = False
    documents: int = 0
    read_anew: int = 0
    entities: int = 0
    statements: int = 0
    claims: int = 0
    structure: int = 0
    context: int = 0
    checked: str = ""
    is_large: bool = False
    failed: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Notes how long a stage takes; for ``build.json`` alone, since no other file may differ from build to build."""
        began = time.perf_counter()
        yield
        self.seconds[stage] = round(time.perf_counter() - began, 3)


def load_writers() -> None:
    """Loads the libraries that small graphs are written and checked with, half a second of work."""
    for name in ("jinja2", "networkx", "pyoxigraph", "pyshacl", "pyvis.network", "rdflib"):
        importlib.import_module(name)


def write_outputs(readings: Iterable[Reading], claim_graph: ClaimGraph, tables: Tables, report: BuildReport) -> None:
    """Writes all output files beside each other, checks them, and puts them in place.

    Args:
        readings: in order of their documents' ids; gone through more than once.
        claim_graph: what was assembled of them; its documents need no text.
        tables: the register that was used.
        report: where to write, and what to say; what is found wrong is added to its warnings.

    Raises:
        OSError: if a file cannot be written; what was there stays.
    """
    from nhskg.export.html import content_of, write_page
    from nhskg.export.network import write_graphml
    from nhskg.export.turtle import write_turtle
    from nhskg.lookup.write import write_index

    report.is_large = report.claims > ALL_AT_ONCE
    with replacing(report.out, FAMILY) as folder, Beside() as beside:
        turtle, page = folder / TURTLE, folder / PAGE
        with report.timed("tables"):
            content = content_of(claim_graph)
            inputs = write_tables(map(content.noted, readings), claim_graph, folder)
        with report.timed("turtle"):
            write_turtle(claim_graph, turtle, report.base)
            for form in report.formats:
                write_format(turtle, form, folder / f"graph.{form.suffix}")
        has_room = report.with_sparql or size_of(turtle) <= LARGEST_IN_PAGE
        parts = parts_of(turtle) if has_room else []
        if report.is_large:
            asked = beside.begin(Page(content, str(page), tuple(map(str, parts)), report.with_sparql))
            checked = beside.begin(Check(str(turtle), SAMPLE))
        with report.timed("network"):
            write_graphml(claim_graph, folder / GRAPHML)
        if report.is_large:
            leave_register(folder, tables, {entity.id for entity in (*claim_graph.entities, *claim_graph.context)})
            report.seconds |= {"page": asked.result().seconds, "check": checked.result().seconds}
            _note(checked.result(), report)
        else:
            with report.timed("page"):
                text = "".join(part.read_text(encoding="utf-8") for part in parts)
                write_page(content, page, turtle=text, with_sparql=report.with_sparql)
            with report.timed("index"):
                write_index(folder, tables)
            with report.timed("store"):
                build_store(folder)
            with report.timed("check"):
                _note(validate(turtle, SAMPLE), report)
        (folder / BUILD).write_text(_summary(report, claim_graph, inputs), encoding="utf-8", newline="\n")


def write_tables(readings: Iterable[Reading], claim_graph: ClaimGraph, folder: Path) -> dict[str, str]:
    """Writes the JSON Lines files.

    Args:
        readings: in order of their documents' ids.
        claim_graph: what was assembled of them.
        folder: where to write.

    Returns:
        The hash of each document by its id.
    """
    merged = {entity.id: entity for entity in claim_graph.entities}
    disputed = {claim.id for statement in claim_graph.statements for claim in statement.disputed}
    inputs = {}
    with ExitStack() as files:
        documents, entities, claims = (
            files.enter_context((folder / name).open("wb", BUFFER))
            for name in (jsonl.DOCUMENTS, jsonl.ENTITIES, jsonl.CLAIMS)
        )
        for reading in readings:
            document = reading.document
            row = jsonl.document_row(document)
            inputs[document.id] = row["sha256"]
            documents.write(jsonl.line(row))
            entities.writelines(map(jsonl.line, jsonl.entity_rows(reading, merged)))
            for claim in reading.claims:
                claim_row = jsonl.claim_row(claim, page=document.page_at(claim.evidence.span.start))
                claim_row["disputed"] = claim_row["id"] in disputed
                claims.write(jsonl.line(claim_row))
    jsonl.write_rows(map(jsonl.entry_row, claim_graph.structure), folder / jsonl.STRUCTURE)
    jsonl.write_rows(map(jsonl.context_row, claim_graph.context), folder / jsonl.CONTEXT)
    return inputs


def _note(found: Done | ValidationReport, report: BuildReport) -> None:
    """Notes what a check has found; what is not in order is a warning."""
    report.checked = f"{found.checked}: {'conforms' if found.conforms else 'does not conform, see nhskg validate'}"
    report.warnings += found.problems if not found.conforms else ()


def _summary(report: BuildReport, claim_graph: ClaimGraph, inputs: Mapping[str, str]) -> str:
    """``build.json``: what went in and came out. Its last two entries may differ between builds that give the same graph."""
    claims = [claim for statement in claim_graph.statements for claim in statement.claims]
    settings = report.settings
    content = {
        "nhskg": __version__,
        "code": versions.code_digest(),
        "model": versions.model_digest(settings.model),
        "register": report.register,
        "libraries": versions.libraries(),
        "min_confidence": report.min_confidence,
        "guess_dates": settings.guess_dates,
        "documents": inputs,
        "entities": dict(sorted(Counter(entity.kind.value for entity in claim_graph.entities).items())),
        "claims": dict(sorted(Counter(claim.predicate for claim in claims).items())),
        "statuses": dict(sorted(Counter(claim.status.value for claim in claims).items())),
        "structure": dict(sorted(Counter(entry.predicate for entry in claim_graph.structure).items())),
        "context": dict(sorted(Counter(entity.kind.value for entity in claim_graph.context).items())),
        "corrections": report.corrections.counts(),
        "corrections_sha256": [
            hashlib.sha256(Path(file).read_bytes()).hexdigest() for file in report.corrections.files
        ],
        "checked": report.checked,
        "failed": report.failed,
        "warnings": report.warnings,
        "read_anew": report.read_anew,
        "seconds": report.seconds,
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
