"""Builds on Spark in this machine's processes: the same bytes as without it."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from nhskg.errors import InputError, UsageError
from nhskg.outputs import BuildReport
from nhskg.pipeline import build
from nhskg.spark import copies
from nhskg.spark.engine import on_spark
from nhskg.spark.session import started
from samples import outputs
from spark_documents import LETTER, UNCLOSED, be_quick, built_here, needs_spark, told, write_documents

pytestmark = [pytest.mark.model, needs_spark, *UNCLOSED]


@pytest.fixture(scope="module", autouse=True)
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One session for all builds here: they take the one that is there, as on a data platform."""
    with pytest.MonkeyPatch.context() as patch:
        be_quick(patch, tmp_path_factory.mktemp("settings"))
        with started("local[2]"):
            yield


def built(source: str, out: Path) -> BuildReport:
    return build([source], out, guess_dates=True, engine=functools.partial(on_spark, master="local[2]"))


def graph_in(out: Path) -> dict[str, bytes]:
    """All but ``build.json``, whose warnings name the files, here and there by other names."""
    return {name: content for name, content in outputs(out).items() if name != "build.json"}


def rows(table: Path) -> list[dict[str, object]]:
    from pyspark.sql import SparkSession

    session = SparkSession.getActiveSession()
    assert session is not None
    return [row.asDict() for row in session.read.parquet(str(table)).collect()]


def test_a_folder_gives_the_same_bytes_and_what_is_malformed_is_a_row(tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    write_documents(documents)
    here = built_here(documents, tmp_path / "here")
    built(str(documents), tmp_path / "spark")
    assert outputs(tmp_path / "spark") == outputs(tmp_path / "here")
    assert told(tmp_path / "spark") == here
    errors = {(row["step"], row["source"], row["reason"]) for row in rows(tmp_path / "spark" / "spark" / "errors")}
    assert {Path(str(source)).name for _, source, _ in errors} == {"damaged.pdf", "table.csv"}
    readings = {row["document"]: row for row in rows(tmp_path / "spark" / "spark" / "readings")}
    assert set(readings) == set(here["documents"])
    claims = sum(int(str(row["claims"])) for row in readings.values())
    assert claims == sum(here["claims"].values())


def test_an_address_gives_the_same_ids_and_copies_are_found_by_spark_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = tmp_path / "documents"
    write_documents(documents)
    monkeypatch.setattr(copies, "FEW", 0)
    here = built_here(documents, tmp_path / "here")
    built(documents.as_uri(), tmp_path / "spark")
    assert graph_in(tmp_path / "spark") == graph_in(tmp_path / "here")
    assert sorted(told(tmp_path / "spark")["warnings"]) == sorted(here["warnings"])


def test_rows_of_a_table_are_the_documents_that_lines_of_json_are(tmp_path: Path) -> None:
    from pyspark.sql import SparkSession

    letters = [("x", LETTER, "2019-05-01"), ("y", "Unison opposes NHS Supply Chain.", None), ("z", "", None)]
    lines = tmp_path / "letters.jsonl"
    lines.write_text("".join(json.dumps(dict(zip(("id", "text", "date"), row, strict=True))) + "\n" for row in letters))
    session = SparkSession.getActiveSession()
    assert session is not None
    session.createDataFrame(letters, "id string, text string, date string").write.parquet(
        str(tmp_path / "letters.parquet")
    )
    built_here(lines, tmp_path / "here")
    report = built(f"parquet:{tmp_path / 'letters.parquet'}", tmp_path / "spark")
    assert graph_in(tmp_path / "spark") == graph_in(tmp_path / "here")
    (warning,) = [warning for warning in report.warnings if "letters.parquet" in warning]
    assert warning.startswith(f"parquet:{tmp_path / 'letters.parquet'}: z: left out: ")


def test_what_spark_cannot_read_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="save it first"):
        built("https://example.org/letter", tmp_path / "out")
    with pytest.raises(InputError, match="no document to read"):
        built(str(tmp_path / "nowhere"), tmp_path / "out")
    with pytest.raises(InputError, match=r"Spark: .*nowhere"):
        built(f"parquet:{tmp_path / 'nowhere'}", tmp_path / "out")
