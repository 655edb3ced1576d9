"""The order of the stages: files, documents, readings, graph, outputs. No other module knows it."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import msgspec

from nhskg import versions
from nhskg.assemble import assemble
from nhskg.cache import Cache, Key, key_of
from nhskg.corrections import Corrections, read_corrections
from nhskg.errors import InputError
from nhskg.export.formats import Format
from nhskg.garbage import no_search_for_garbage
from nhskg.ingest.collect import collect
from nhskg.ingest.shelf import Shelf, Slip
from nhskg.keeping import keep
from nhskg.model import ClaimGraph, Reading
from nhskg.outcome import Outcome, Settings
from nhskg.outputs import BuildReport, load_writers, write_outputs
from nhskg.placing import only_build
from nhskg.reading import DOCUMENT_TIMEOUT, Readers
from nhskg.register.checks import require_order
from nhskg.register.tables import digest, read_tables, register_folder
from nhskg.structure import Scope, add_structure
from nhskg.vocab import ID, prefixes_for

Progress = Callable[[int, int], None]
"""Called with the number of documents read so far, and of all."""


class Engine(Protocol):
    """Where documents are read: in processes of this machine, or on many machines (``nhskg.spark``)."""

    def __call__(
        self, paths: list[str], report: BuildReport, progress: Progress | None
    ) -> AbstractContextManager[Iterable[Reading]]:
        """Gives the readings of all documents, in order of their ids, to go through more than once.

        What is left out or guessed is in the report when somebody has gone through them once.

        Raises:
            InputError: if there is none.
        """
        ...


def build(
    paths: list[str],
    out: Path,
    *,
    model: str = "",
    structure: Scope = Scope.NEAR,
    min_confidence: float = 0.0,
    base: str = ID,
    with_sparql: bool = False,
    formats: Sequence[Format] = (),
    fetch: bool = False,
    guess_dates: bool = False,
    corrections: Sequence[Path] = (),
    jobs: int = 0,
    document_timeout: float = DOCUMENT_TIMEOUT,
    fresh: bool = False,
    engine: Engine | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Reads documents and writes the graph of their claims, over the register in use (``register_folder``).

    What earlier builds into the same folder have read is not read again; the result is the same as if it were.

    Args:
        paths: files, folders or globs; "-" for what is piped in; web addresses, if ``fetch``.
        out: folder for the outputs; all of them are replaced, or none if the build fails or is ended.
        model: another spaCy pipeline than the packaged one.
        structure: how much of the register's structure comes along.
        min_confidence: claims of less confidence are left out.
        base: what the IRIs of entities, documents and claims begin with.
        with_sparql: the page has its SPARQL tab however large that makes it.
        formats: other RDF formats to write the graph in, beside Turtle.
        fetch: whether web addresses may be fetched; nothing goes to the network otherwise.
        guess_dates: whether a document without a date gets one worked out from the bodies and office holders it names.
        corrections: files of corrections beside those in the folders of ``paths``.
        jobs: how many processes read documents; 0 to read in this one, where no document is stopped.
        document_timeout: seconds for reading one document.
        fresh: whether to read all anew.
        engine: where documents are read, if not here; ``fetch``, ``jobs``, ``document_timeout`` and ``fresh`` are then its own.
        progress: called after each document.

    Raises:
        InputError: if no document could be read, the register has problems, or ``out`` cannot be written.
        UsageError: if the base is no web address that ends in ``/`` or ``#``.
        ModelError: if the language model cannot be used.
    """
    prefixes_for(base)
    tables = read_tables(register_folder())
    require_order(tables, str(register_folder()))
    settings = Settings(model=model, guess_dates=guess_dates)
    report = BuildReport(
        out=out,
        settings=settings,
        register=digest(tables),
        min_confidence=min_confidence,
        base=base,
        formats=tuple(formats),
        with_sparql=with_sparql,
        corrections=read_corrections(paths, corrections),
    )
    engine = engine or functools.partial(_here, fetch=fetch, jobs=jobs, document_timeout=document_timeout, fresh=fresh)
    with only_build(out), engine(paths, report, progress) as found, no_search_for_garbage():
        readings = Corrected(found, report.corrections, min_confidence)
        with report.timed("assembling"):
            # The texts stay where they are; nothing after this needs them but documents.jsonl, which reads them there.
            claim_graph = add_structure(assemble(map(_without_text, readings)), tables, structure)
            claim_graph = replace(claim_graph, corrections=report.corrections.applied())
        report.warnings += report.corrections.warnings()
        _count(report, claim_graph)
        write_outputs(readings, claim_graph, tables, report)
    return report


@contextmanager
def _here(
    paths: list[str],
    report: BuildReport,
    progress: Progress | None,
    *,
    fetch: bool,
    jobs: int,
    document_timeout: float,
    fresh: bool,
) -> Iterator[Iterable[Reading]]:
    """Reads documents on this machine; what earlier builds into the same folder have read is not read again."""
    out = report.out
    with Cache(out, fresh=fresh) as cache, Readers(report.settings, jobs, document_timeout) as readers:
        if cache.was_damaged:
            report.warnings.append(f"{out}: what earlier builds had read was damaged, so all is read anew")
        shelf = Shelf(cache, versions.of_files(), readers.start)
        # What writing needs is loaded while the language model is, which takes longer.
        threading.Thread(target=load_writers, daemon=True).start()
        with report.timed("files"):
            slips, warnings = collect(paths, shelf, fetch=fetch, jobs=max(jobs, 1))
            report.warnings += warnings
        if not slips:
            raise nothing_read(paths, report)
        with report.timed("reading"):
            keys = _read(slips, shelf, cache, readers, report, progress)
        yield Readings(cache, keys, report)
        cache.drop_unused()


class Readings:
    """The readings of a build, in order of their documents' ids; read from the cache each time, not held in memory.

    The first time that somebody goes through all of them, the warnings about the documents go into the report.
    """

    def __init__(self, cache: Cache, keys: Sequence[Key], report: BuildReport) -> None:
        """Names the keys of the outcomes, in order."""
        self._cache = cache
        self._keys = keys
        self._report: BuildReport | None = report
        self._decoder = msgspec.msgpack.Decoder(Outcome)

    def __iter__(self) -> Iterator[Reading]:
        warnings: list[str] = []
        for key in self._keys:
            outcome = self._decoder.decode(self._cache[key])
            warnings += outcome.warnings
            if outcome.reading is not None:
                yield outcome.reading
        if self._report:
            self._report.warnings += warnings
            self._report = None


class Corrected:
    """Readings as people corrected them, without the claims of too little confidence."""

    def __init__(self, readings: Iterable[Reading], corrections: Corrections, min_confidence: float) -> None:
        """Names the readings, which may be gone through more than once, and what is done with each."""
        self._readings = readings
        self._corrections = corrections
        self._min_confidence = min_confidence

    def __iter__(self) -> Iterator[Reading]:
        return (keep(self._corrections.apply(reading), self._min_confidence) for reading in self._readings)


def _read(
    slips: Sequence[Slip],
    shelf: Shelf,
    cache: Cache,
    readers: Readers,
    report: BuildReport,
    progress: Progress | None,
) -> list[Key]:
    """Reads what is not in the cache, and gives the keys of all readings."""
    version = versions.of_readings(report.settings.model, report.register)
    told = msgspec.json.encode(report.settings)
    keys = {slip.id: key_of("reading", version, told, *_hangs_on(slip)) for slip in slips}
    missing = [slip for slip in slips if keys[slip.id] not in cache]
    done = len(slips) - len(missing)
    report.read_anew = len(missing)
    if progress:
        progress(done, len(slips))
    failed: dict[str, str] = {}
    for document, outcome in readers.read(map(shelf.document, missing)):
        if outcome.reading is None:
            failed[document.id] = outcome.failure
            del keys[document.id]
        else:
            cache.put(keys[document.id], msgspec.msgpack.encode(outcome))
        done += 1
        if progress:
            progress(done, len(slips))
    note_failures(failed, report)
    if not keys:
        raise nothing_read([], report)
    return list(keys.values())


def _hangs_on(slip: Slip) -> Iterator[str | bytes]:
    """All that tells a document from others."""
    yield slip.id
    yield slip.key
    yield str(slip.number)
    for copy in slip.copies:
        yield from _hangs_on(copy)


def _without_text(reading: Reading) -> Reading:
    return replace(reading, document=replace(reading.document, text=""))


def note_failures(failed: Mapping[str, str], report: BuildReport) -> None:
    """Puts the documents that could not be read, and why, into the report."""
    report.failed = dict(sorted(failed.items()))
    report.warnings += [f"{document}: left out: {reason}" for document, reason in report.failed.items()]


def nothing_read(paths: Sequence[str], report: BuildReport) -> InputError:
    """Gives the error of a build without documents; it names what was left out."""
    reasons = "".join(f"\n  {warning}" for warning in report.warnings)
    return InputError(f"no document to read in {' '.join(paths)}{reasons}")


def _count(report: BuildReport, claim_graph: ClaimGraph) -> None:
    report.documents = len(claim_graph.documents)
    report.entities = len(claim_graph.entities)
    report.statements = len(claim_graph.statements)
    report.claims = sum(len(statement.claims) for statement in claim_graph.statements)
    report.structure = len(claim_graph.structure)
    report.context = len(claim_graph.context)
