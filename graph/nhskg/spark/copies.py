"""Documents that share an id, and texts that are there twice: the same outcome as on one machine (``ingest.shelf``).

What it comes to hangs on the order of the documents, so it is decided in one place, the driver, by the same functions.
Of many documents the driver learns only of those that share something with another one: an id, a text, or a run of words
in their sketches; Spark finds these. Of few documents it learns at once, which takes one job and not six.
"""

from __future__ import annotations

import functools
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from nhskg.cache import Cache
from nhskg.ingest.duplicates import find_copies, left_out
from nhskg.ingest.shelf import own_ids
from nhskg.model import Document
from nhskg.spark.work import print_from

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

FEW = 100_000
"""Documents; the driver holds 75 MB of prints of so many."""
KEY = ["place", "number"]
PRINT = ["characters", "published", "sha256", "sketch"]


def without_copies(documents: DataFrame, count: int) -> tuple[DataFrame, list[str]]:
    """Leaves out the documents that have the same text as another, and gives those that share an id ids of their own.

    Args:
        documents: those in the table of files.
        count: how many there are.

    Returns:
        The id and the encoded document of those that stay, with those of their ``copies`` (null if there are none), and a
        warning for each copy.
    """
    from pyspark.sql import functions as f

    documents = _with_own_ids(documents, count)
    found = _copies(documents, count)
    warnings = [left_out(copy, same, exact=exact) for copy, (same, exact) in sorted(found.items())]
    encoded = documents.select("id", "document")
    if not found:
        return encoded.withColumn("copies", f.lit(None).cast("array<struct<id: string, document: binary>>")), warnings
    pairs = documents.sparkSession.createDataFrame(
        [(copy, same) for copy, (same, _) in found.items()], "id string, same string"
    )
    copies = encoded.join(pairs, "id").groupBy(f.col("same").alias("id"))
    joined = copies.agg(f.collect_list(f.struct("id", "document")).alias("copies"))
    return encoded.join(pairs, "id", "left_anti").join(joined, "id", "left"), warnings


def _with_own_ids(documents: DataFrame, count: int) -> DataFrame:
    from pyspark.sql import functions as f

    alike = documents if count <= FEW else _alike(documents)
    rows = alike.select("id", "sha256", *KEY).collect()
    rows.sort()
    owns = own_ids(row.id for row in rows)
    renamed = [(row.place, row.number, own) for row, own in zip(rows, owns, strict=True) if own != row.id]
    if not renamed:
        return documents
    names = documents.sparkSession.createDataFrame(renamed, "place long, number long, own string")
    joined = documents.join(f.broadcast(names), KEY, "left")
    return joined.withColumn("id", f.coalesce("own", "id")).drop("own")


def _alike(documents: DataFrame) -> DataFrame:
    """Documents that share an id, and those whose ids differ from it in numbers only: ``a-2`` may become that of an ``a``."""
    from pyspark.sql import functions as f

    base = f.regexp_replace("id", r"(-[0-9]+)+\z", "").alias("base")
    twice = documents.groupBy("id").count().where("count > 1").select(base).distinct()
    return documents.withColumn("base", base).join(twice, "base", "left_semi")


def _copies(documents: DataFrame, count: int) -> dict[str, tuple[str, bool]]:
    likely = documents if count <= FEW else _near(documents)
    rows = likely.select("id", *PRINT).toLocalIterator()
    prints = {identifier: print_from(*others) for identifier, *others in rows}
    with ExitStack() as stack:

        @functools.cache
        def held() -> Cache:
            """The texts, on the driver's disk; where no two texts are near each other they are not asked for."""
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="nhskg-")))
            texts = stack.enter_context(Cache(folder))
            for identifier, document in likely.select("id", "document").toLocalIterator():
                texts.put(identifier.encode(), bytes(document))
            return texts

        return find_copies(
            prints, lambda identifier: msgspec.msgpack.decode(held()[identifier.encode()], type=Document).text
        )


def _near(documents: DataFrame) -> DataFrame:
    """Documents that share a text or a run of their sketches; no other can be a copy or have one."""
    from pyspark.sql import functions as f

    runs = documents.select("id", f.explode("sketch").alias("run"))
    shared = runs.groupBy("run").count().where("count > 1")
    texts = documents.groupBy("sha256").count().where("count > 1")
    same = documents.join(texts, "sha256", "left_semi").select("id")
    near = runs.join(shared, "run", "left_semi").select("id").union(same).distinct()
    return documents.join(near, "id", "left_semi")
