"""The order of a build on Spark up to the readings; each step leaves a Parquet table that the next one reads.

files/      documents as read, with their prints, and what was left out
readings/   a row for each document: id, title, date, counts, and the outcome, encoded
errors/     a row for each thing that was left out or guessed, and why
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from nhskg import versions
from nhskg.model import Reading
from nhskg.outcome import Outcome
from nhskg.outputs import BuildReport
from nhskg.pipeline import Progress, note_failures, nothing_read
from nhskg.reading import DOCUMENT_TIMEOUT
from nhskg.register.tables import VARIABLE, register_folder
from nhskg.spark.copies import without_copies
from nhskg.spark.inputs import find_sources
from nhskg.spark.session import started
from nhskg.spark.work import NOTICE, SourceRow, Work, read_documents, read_files

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

FOLDER = "spark"
FILES = (
    "place long, number long, shown string, failure string, warnings array<string>, id string, published date, "
    "characters long, sha256 string, sketch array<long>, document binary"
)
READINGS = (
    "document string, title string, published date, characters long, entities long, claims long, failure string, "
    "warnings array<string>, outcome binary"
)
ERRORS = "step string, source string, reason string"
TOGETHER = 500
"""Documents in a task, a minute of reading; it is what the loss of a machine costs each of its processes."""


@contextmanager
def on_spark(
    paths: list[str],
    report: BuildReport,
    progress: Progress | None,
    *,
    master: str = "",
    work_folder: str = "",
    document_timeout: float = DOCUMENT_TIMEOUT,
) -> Iterator[Iterable[Reading]]:
    """Reads documents on the machines of a Spark cluster; an ``Engine`` of ``nhskg.pipeline``.

    Args:
        paths: as in ``inputs``.
        report: where to write what is left out or guessed.
        progress: called as tasks end.
        master: address of the cluster; empty for what Spark's own settings say.
        work_folder: address for the tables, which all machines can reach; empty for a folder beside the outputs.
        document_timeout: seconds for reading one document.

    Raises:
        InputError: if there is no document, or Spark is missing or fails.
    """
    with started(master) as spark:
        tables = _Tables(spark, work_folder or str(report.out / FOLDER))
        work = _work(report, document_timeout)
        with report.timed("files"):
            sources, warnings = find_sources(spark, paths)
            report.warnings += warnings
            files = tables.made("files", FILES, sources, lambda rows: read_files(map(SourceRow._make, rows), work))
            notices = _notices(files)
            report.warnings += [f"{shown}: {told}" for _, shown, told in notices]
            found = files.where(f"number <> {NOTICE}")
            count = found.count()
            if not count:
                raise nothing_read(paths, report)
            documents, copies = without_copies(found, count)
            report.warnings += copies
            count -= len(copies)
        report.read_anew = count
        with report.timed("reading"), _watched(spark, count, progress):
            tasks = min(count, max(2 * spark.sparkContext.defaultParallelism, count // TOGETHER))
            readings = tables.made(
                "readings", READINGS, documents.repartition(tasks), lambda rows: read_documents(rows, work)
            )
        told = readings.where("failure <> '' OR size(warnings) > 0").select("document", "failure", "warnings").collect()
        failed = {row.document: row.failure for row in told if row.failure}
        errors = [*notices, *(("reading", document, reason) for document, reason in sorted(failed.items()))]
        spark.createDataFrame(errors, ERRORS).coalesce(1).write.mode("overwrite").parquet(tables.path("errors"))
        note_failures(failed, report)
        if len(failed) == count:
            raise nothing_read([], report)
        report.warnings += [warning for row in sorted(told) if not row.failure for warning in row.warnings]
        yield _Readings(readings)


class _Tables:
    """The tables of a build, in Parquet."""

    def __init__(self, spark: SparkSession, folder: str) -> None:
        self._spark = spark
        self._folder = folder.rstrip("/")

    def path(self, name: str) -> str:
        return f"{self._folder}/{name}" if ":/" in self._folder else Path(self._folder, name).absolute().as_uri()

    def made(
        self, name: str, schema: str, rows: DataFrame, work: Callable[[Iterable[Any]], Iterable[Sequence[Any]]]
    ) -> DataFrame:
        """Has workers make a table of rows, and gives it as it was written."""
        made = self._spark.createDataFrame(rows.rdd.mapPartitions(work), schema, verifySchema=False)
        made.write.mode("overwrite").parquet(self.path(name))
        return self._spark.read.schema(schema).parquet(self.path(name))


class _Readings:
    """The readings of a build in order of their documents' ids; streamed from the table each time, not held in memory."""

    def __init__(self, readings: DataFrame) -> None:
        self._outcomes = readings.where("failure = ''").orderBy("document").select("outcome")
        self._decoder = msgspec.msgpack.Decoder(Outcome)

    def __iter__(self) -> Iterator[Reading]:
        for (outcome,) in self._outcomes.toLocalIterator(prefetchPartitions=True):
            reading = self._decoder.decode(outcome).reading
            if reading is not None:
                yield reading


def _work(report: BuildReport, longest: float) -> Work:
    return Work(
        settings=report.settings,
        longest=longest,
        register=str(register_folder().absolute()) if os.environ.get(VARIABLE) else "",
        version=versions.of_readings(report.settings.model, report.register),
    )


def _notices(files: DataFrame) -> list[tuple[str, str, str]]:
    """What was left out of files or guessed about them, in order of the files: rows of the table of errors."""
    rows = files.where(f"number = {NOTICE}").select("place", "shown", "failure", "warnings").collect()
    return [
        ("file", shown, told)
        for _, shown, failure, warnings in sorted(rows)
        for told in ([f"left out: {failure}"] if failure else warnings)
    ]


@contextmanager
def _watched(spark: SparkSession, count: int, progress: Progress | None) -> Iterator[None]:
    """Tells how far the jobs in its body have come, in documents, as far as tasks tell it."""
    if progress is None:
        yield
        return
    is_over = threading.Event()
    tracker = spark.sparkContext.statusTracker()

    def watch() -> None:
        while not is_over.wait(0.5):
            stages = [tracker.getStageInfo(number) for number in tracker.getActiveStageIds()]
            for stage in stages:
                if stage is not None and stage.numTasks:
                    progress(count * stage.numCompletedTasks // stage.numTasks, count)

    thread = threading.Thread(target=watch, daemon=True)
    progress(0, count)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()
    progress(count, count)
