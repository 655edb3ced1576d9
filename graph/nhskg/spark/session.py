"""Starting Spark, and saying in a line what it takes a page of Java to say."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from nhskg import errors
from nhskg.errors import InputError, NhskgError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

OURS = re.compile(r"nhskg\.errors\.(\w+): (.+)")
"""An exception of ours, in the traceback of a worker."""
QUIET = {
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.parquet.compression.codec": "zstd",
    "spark.sql.adaptive.enabled": "true",  # small builds would have hundreds of empty tasks
}

HERE = {
    "spark.ui.enabled": "false",
    "spark.driver.host": "localhost",
    "spark.sql.shuffle.partitions": "8",
}


def missing() -> str:
    """Says what is needed for Spark and not there, and how to get it; empty if all is."""
    if find_spec("pyspark") is None:
        return "pyspark is not installed; run: pip install 'nhskg[spark]'"
    home = os.environ.get("JAVA_HOME")
    if not (Path(home, "bin", "java").exists() if home else shutil.which("java")):
        return "Spark needs Java 17 or later: apt-get install openjdk-17-jre-headless, or name its folder in JAVA_HOME"
    return ""


@contextmanager
def started(master: str) -> Iterator[SparkSession]:
    """Gives the Spark session that is there, as on a data platform, else a new one, which is stopped at the end.

    Args:
        master: address of the cluster, ``local[N]`` for N processes here; empty for what Spark's own settings say.

    Raises:
        InputError: if pyspark or Java is missing, or Spark does not start or fails.
        NhskgError: that a worker has raised.
    """
    if what := missing():
        raise InputError(what)
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException, PySparkRuntimeError
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # else workers run any python3
    try:
        present = SparkSession.getActiveSession()
        spark = present or _new(master)
        try:
            yield spark
        finally:
            if not present:
                spark.stop()
    except (Py4JError, PySparkException, PySparkRuntimeError) as error:
        raise explained(str(error)) from error


def explained(told: str) -> NhskgError:
    """Gives what a failure of Spark comes down to: the exception of ours in it, else its first line.

    >>> explained("Job aborted\\n  nhskg.errors.ModelError: no such model")
    ModelError('no such model')
    >>> explained("Path does not exist: hdfs:/letters\\n at org.apache")
    InputError('Spark: Path does not exist: hdfs:/letters')
    """
    ours = OURS.search(told)
    if ours:
        kind = getattr(errors, ours[1], InputError)
        return kind(ours[2]) if issubclass(kind, NhskgError) else InputError(ours[2])
    lines = [line.strip() for line in told.splitlines() if line.strip()]
    causes = [line for line in lines if line.startswith("Caused by: ")]
    return InputError(f"Spark: {' '.join([*lines[:1], *causes[-1:]]) or 'failed without a word'}")


def _new(master: str) -> SparkSession:
    from pyspark.sql import SparkSession

    builder = SparkSession.Builder().appName("nhskg")
    for name, value in QUIET.items():
        builder = builder.config(name, value)
    if master:
        builder = builder.master(master)
    if master.startswith("local"):
        for name, value in HERE.items():
            builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("OFF")  # what fails is told by errors, what goes on by progress
    return spark
