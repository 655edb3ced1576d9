"""A build on a cluster whose machines end while they read."""

from __future__ import annotations

import functools
import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from nhskg.pipeline import build
from nhskg.spark.engine import on_spark
from samples import outputs
from spark_documents import UNCLOSED, be_quick, built_here, needs_spark, told, write_documents

pytestmark = [pytest.mark.model, needs_spark, *UNCLOSED]
READER, EXECUTOR = "nhskg.extract.worker", "CoarseGrainedExecutorBackend"


def processes(*words: str) -> Iterator[int]:
    """The processes whose command lines have all these words."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                command = (entry / "cmdline").read_bytes().decode("utf-8", "replace")
            except OSError:
                continue
            if all(word in command for word in words):
                yield int(entry.name)


def ancestors(process: int) -> Iterator[int]:
    """The parent of a process, its parent, and so on."""
    while process > 1:
        try:
            process = int(Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
        except OSError:
            return
        yield process


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")
def test_an_executor_that_is_killed_while_it_reads_costs_time_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pyspark
    from pyspark import SparkContext

    be_quick(monkeypatch, tmp_path)
    documents = tmp_path / "documents"
    write_documents(documents)
    here = built_here(documents, tmp_path / "here")
    killed: list[int] = []
    applications: set[str] = set()

    def kill_a_reading_one(_done: int, _all: int) -> None:
        context = SparkContext._active_spark_context  # noqa: SLF001  # the only way to the one that a build has
        assert context is not None
        applications.add(context.applicationId)
        executors = set(processes(EXECUTOR, context.applicationId))
        for reader in processes(READER):
            for executor in executors.intersection(ancestors(reader)):
                if not killed:
                    os.kill(executor, signal.SIGKILL)
                    killed.append(executor)

    try:
        build(
            [str(documents)],
            tmp_path / "spark",
            guess_dates=True,
            engine=functools.partial(on_spark, master="local-cluster[2,1,1024]"),
            progress=kill_a_reading_one,
        )
    finally:
        for application in applications:  # local-cluster logs among its own programs
            shutil.rmtree(Path(pyspark.__file__).with_name("work") / application, ignore_errors=True)
    assert killed
    assert outputs(tmp_path / "spark") == outputs(tmp_path / "here")
    assert told(tmp_path / "spark") == here
