"""Documents that share an id, and texts that are there twice: the same outcome as on one machine (``ingest.shelf``).

Spark finds the documents that share something with another one: an id, a text, or a run of words in their sketches. Only
of these does the driver learn; what they come to hangs on their order, and is decided there by the same functions.
"""

from __future__ import annotations

import tempfile
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

KEY = ("place", "number")


def with_own_ids(documents: DataFrame) -> DataFrame:
    """Gives documents that share an id ids of their own.

    A new id may be one that another document has: ``a-2`` of ``a``. So all are looked at that differ in such numbers only.
    """
    from pyspark.sql import functions as f

    base = f.regexp_replace("id", r"(-[0-9]+)+\z", "").alias("base")
    twice = documents.groupBy("id").count().where("count > 1").select(base).distinct()
    alike = documents.select(*KEY, "id", "sha256", base).join(f.broadcast(twice), "base", "left_semi").collect()
    alike.sort(key=lambda row: (row.id, row.sha256, row.place, row.number))
    renamed = [
        (row.place, row.number, own)
        for row, own in zip(alike, own_ids(row.id for row in alike), strict=True)
        if own != row.id
    ]
    if not renamed:
        return documents
    names = documents.sparkSession.createDataFrame(renamed, "place long, number long, own string")
    joined = documents.join(f.broadcast(names), list(KEY), "left")
    return joined.withColumn("id", f.coalesce("own", "id")).drop("own")


def without_copies(documents: DataFrame) -> tuple[DataFrame, list[str]]:
    """Leaves out the documents that have the same text as another.

    Returns:
        The id and the encoded document of those that stay, with those of their ``copies`` (null if there are none), and a
        warning for each copy.
    """
    from pyspark.sql import functions as f

    found = _copies(documents)
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


def _copies(documents: DataFrame) -> dict[str, tuple[str, bool]]:
    """As ``find_copies``, of the documents that share a text or a run; the others cannot be copies nor have any."""
    from pyspark.sql import functions as f

    runs = documents.select("id", f.explode("sketch").alias("run"))
    shared = runs.groupBy("run").count().where("count > 1")
    near = runs.join(shared, "run", "left_semi").select("id").distinct()
    texts = documents.groupBy("sha256").count().where("count > 1")
    columns = ["id", "characters", "published", "sha256", "sketch"]
    likely = documents.join(near, "id", "left_semi").select(columns)
    likely = likely.union(documents.join(texts, "sha256", "left_semi").select(columns)).dropDuplicates(["id"])
    prints = {identifier: print_from(*others) for identifier, *others in likely.toLocalIterator()}
    if not prints:
        return {}
    with tempfile.TemporaryDirectory(prefix="nhskg-") as folder, Cache(Path(folder)) as held:
        for identifier, document in documents.join(near, "id", "left_semi").select("id", "document").toLocalIterator():
            held.put(identifier.encode(), bytes(document))
        return find_copies(
            prints, lambda identifier: msgspec.msgpack.decode(held[identifier.encode()], type=Document).text
        )
