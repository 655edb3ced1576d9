"""What a build on Spark reads: files where all machines see them, files of any store that Spark knows, rows of tables.

letters/  letters/*.txt         files and folders here, under the same rules and with the same ids as on one machine
hdfs://…  s3a://…  abfss://…    files and folders, by Spark's reader of binary files
parquet:…  delta:…  orc:…       tables at an address; each row is a document
table:catalogue.schema.name     a table that the platform knows by name
text:…                          files of texts, one a line
"""

from __future__ import annotations

import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from nhskg.errors import InputError, UsageError
from nhskg.ingest.collect import STDIN
from nhskg.ingest.draft import LARGEST, printable
from nhskg.ingest.fetch import is_web_address
from nhskg.ingest.files import BUILD, CORRECTIONS, SourceFile, find_files, found_file, shown_path, with_own_ids
from nhskg.ingest.formats import SUFFIXES
from nhskg.ingest.wording import wording
from nhskg.spark.work import SourceRow

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

TABLE = re.compile(r"(parquet|delta|orc|text|table):(.+)")
ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:(?://[^/]*)?(/.*)")
GLOB = re.compile(r"[*?\[{]")
SOURCES = "place long, shown string, name string, document_id string, path binary, content binary, refused string"
FILES_TOGETHER = 500
"""Files in a task, where there are more than a few for each worker."""


def find_sources(spark: SparkSession, patterns: Sequence[str]) -> tuple[DataFrame, list[str]]:
    """Finds what arguments name.

    Returns:
        A row for each file (``SourceRow``), and a warning for each pattern that gave none and for what was left out.

    Raises:
        UsageError: if one is a web address or ``-``.
    """
    for pattern in patterns:
        if pattern == STDIN or is_web_address(pattern):
            raise UsageError(f"{pattern}: Spark reads files and tables only; save it first, or build without --engine")
    tables = {pattern: match for pattern in patterns if (match := TABLE.fullmatch(pattern))}
    addresses = [pattern for pattern in patterns if pattern not in tables and ADDRESS.fullmatch(pattern)]
    files, warnings = find_files([p for p in patterns if p not in tables and p not in addresses])
    rows = [
        SourceRow(place, file.shown, file.path.name, file.document_id, os.fsencode(file.path))
        for place, file in enumerate(files)
    ]
    frames = [_of_rows(spark, rows)] if rows else []
    place = len(rows)
    for pattern in addresses:
        frame, count, told = _of_address(spark, pattern, place)
        frames += [frame] if count else []
        place += count
        warnings += told
    frames += [_of_table(spark, pattern, match[1], match[2], place) for pattern, match in tables.items()]
    sources = frames[0] if frames else _of_rows(spark, [])
    for frame in frames[1:]:
        sources = sources.unionByName(frame)
    return sources, warnings


def _of_rows(spark: SparkSession, rows: Sequence[SourceRow]) -> DataFrame:
    context = spark.sparkContext
    tasks = max(1, min(len(rows), max(2 * context.defaultParallelism, len(rows) // FILES_TOGETHER)))
    return spark.createDataFrame(context.parallelize(rows, tasks), SOURCES, verifySchema=False)


def _of_address(spark: SparkSession, pattern: str, first: int) -> tuple[DataFrame, int, list[str]]:
    """Lists the files at an address, and has Spark read them; names begin below the folder, as ``find_files`` has it."""
    from pyspark.sql import functions as f

    found = spark.read.format("binaryFile").option("recursiveFileLookup", value=True).load(pattern)
    listed = sorted(row.path for row in found.select("path").collect())
    kept, warnings = names_below(pattern, listed)
    rows = [
        SourceRow(place, file.shown, PurePosixPath(path).name, file.document_id)
        for place, (file, path) in enumerate(kept, first)
    ]
    named = _of_rows(spark, rows).drop("content", "path", "refused")
    paths = spark.createDataFrame([(row.place, path) for row, (_, path) in zip(rows, kept, strict=True)] or [], PATHS)
    small = found.where(f.col("length") <= LARGEST).select("path", "content", f.lit("").alias("refused"))
    too_large = f"over the limit of {LARGEST / 1e6:.0f} MB; split it into documents"
    large = found.where(f.col("length") > LARGEST).select(
        "path", f.lit(None).cast("binary").alias("content"), f.lit(too_large).alias("refused")
    )
    frame = named.join(paths, "place").join(small.unionByName(large), "path")
    frame = frame.withColumn("path", f.lit(None).cast("binary"))
    return frame.select("place", "shown", "name", "document_id", "path", "content", "refused"), len(rows), warnings


PATHS = "place long, path string"


def names_below(pattern: str, paths: Iterable[str]) -> tuple[list[tuple[SourceFile, str]], list[str]]:
    """Gives ids to the files that a listing of a store has, and leaves out those that ``find_files`` would.

    Args:
        pattern: what was asked for: a folder, a file, or a glob, whose files go by their names alone.
        paths: the listing.

    Returns:
        Files with their addresses, sorted by id, and a warning for what was left out.
    """
    asked = _path_in(pattern).rstrip("/")
    root = PurePosixPath(asked)
    others: Counter[str] = Counter()
    found: list[SourceFile] = []
    addresses: dict[Path, str] = {}
    warnings = []
    listed = {path: PurePosixPath(_path_in(path)) for path in paths}
    built = sorted(_builds(listed.values()))
    warnings += [f"{shown_path(_below(root, folder))}: left out: what a build wrote, no documents" for folder in built]
    for address, path in listed.items():
        relative = PurePosixPath(path.name) if GLOB.search(asked) else _below(root, path)
        if any(part.startswith(".") for part in relative.parts) or any(path.is_relative_to(folder) for folder in built):
            continue
        if path.name == CORRECTIONS:
            continue
        if path.suffix.lower() not in SUFFIXES:
            others[printable(path.suffix.lower()) or "no suffix"] += 1
            continue
        found.append(found_file(Path(path), relative))
        addresses[Path(path)] = address
    if others:
        kinds = ", ".join(f"{suffix} ({number})" for suffix, number in sorted(others.items())[:20])
        warnings.append(f"{shown_path(root)}: files of other kinds left out: {kinds}")
    if not found:
        warnings.append(f"{printable(pattern)}: no file of a kind that is read ({', '.join(sorted(SUFFIXES))})")
    return [(file, addresses[file.path]) for file in with_own_ids(found)], warnings


def _below(root: PurePosixPath, path: PurePosixPath) -> PurePosixPath:
    """A path as it goes below a folder; its name alone if it is not in there."""
    is_below = path != root and path.is_relative_to(root)
    return path.relative_to(root) if is_below else PurePosixPath(path.name)


def _builds(paths: Iterable[PurePosixPath]) -> Iterator[PurePosixPath]:
    names: defaultdict[PurePosixPath, set[str]] = defaultdict(set)
    for path in paths:
        if path.name in BUILD:
            names[path.parent].add(path.name)
    return (folder for folder, present in names.items() if present >= BUILD)


def _path_in(address: str) -> str:
    match = ADDRESS.fullmatch(address)
    return match[1] if match else address


def _of_table(spark: SparkSession, pattern: str, form: str, name: str, first: int) -> DataFrame:
    """Rows of a table: each becomes an object of JSON with those of its columns that documents have.

    Raises:
        InputError: if no column holds texts.
    """
    from pyspark.sql import functions as f

    table = spark.table(name) if form == "table" else spark.read.format(form).load(name)
    if form == "text":
        table = table.withColumnRenamed("value", "text")
    known = [column for columns in wording().fields.values() for column in columns]
    present = {column.strip().lower(): column for column in table.columns}
    fields = {column: f.col(f"`{present[column]}`") for column in known if column in present}
    text = next((column for column in wording().fields["text"] if column in fields), None)
    if text is None:
        raise InputError(f"{pattern}: no column for the text; name it one of: {', '.join(wording().fields['text'])}")
    if not any(column in fields for column in wording().fields["name"]):
        fields["id"] = f.substring(f.sha2(fields[text].cast("string"), 256), 1, 16)
    own = next(fields[column] for column in wording().fields["name"] if column in fields)
    stem = name.rpartition(".")[2] if form == "table" else PurePosixPath(name.rstrip("/")).stem
    content = f.to_json(f.struct(*(value.alias(column) for column, value in fields.items())))
    return table.select(
        (f.monotonically_increasing_id() + first).alias("place"),
        f.concat(f.lit(f"{printable(pattern)}: "), f.coalesce(own.cast("string"), f.lit("a row without a name"))).alias(
            "shown"
        ),
        f.lit("row.json").alias("name"),
        f.lit(printable(stem)).alias("document_id"),
        f.lit(None).cast("binary").alias("path"),
        content.cast("binary").alias("content"),
        f.lit("").alias("refused"),
    )
