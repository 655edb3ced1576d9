"""What needs no Spark: which files of a listing are read, and what is said where Spark is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhskg.errors import InputError
from nhskg.pipeline import build
from nhskg.spark import session
from nhskg.spark.engine import on_spark
from nhskg.spark.inputs import names_below
from samples import run


def test_files_at_an_address_go_by_their_paths_below_the_folder() -> None:
    listing = [
        "s3a://bucket/letters/2019/a.txt",
        "s3a://bucket/letters/a.md",
        "s3a://bucket/letters/a.txt.gz",
        "s3a://bucket/letters/.hidden/b.txt",
        "s3a://bucket/letters/picture.png",
        *(f"s3a://bucket/letters/out/{name}" for name in ("build.json", "claims.jsonl", "documents.jsonl")),
    ]
    kept, warnings = names_below("s3a://bucket/letters", listing)
    assert [(file.document_id, address) for file, address in kept] == [
        ("2019/a", "s3a://bucket/letters/2019/a.txt"),
        ("a-gz", "s3a://bucket/letters/a.txt.gz"),
        ("a-md", "s3a://bucket/letters/a.md"),
    ]
    assert warnings == [
        "out: left out: what a build wrote, no documents",
        "letters: files of other kinds left out: .png (1)",
    ]
    ((file, address),), warnings = names_below("s3a://bucket/letters/*/*.txt", listing[:1])
    assert (file.document_id, file.shown, address, warnings) == ("a", "a.txt", listing[0], [])


def test_where_pyspark_or_java_is_missing_the_message_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "find_spec", lambda _: None)
    with pytest.raises(InputError, match=r"pip install 'nhskg\[spark\]'"):
        build([str(tmp_path)], tmp_path / "out", engine=on_spark)
    monkeypatch.setattr(session, "find_spec", lambda _: object())
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(InputError, match="openjdk-17-jre-headless"):
        build([str(tmp_path)], tmp_path / "out", engine=on_spark)


def test_what_is_for_spark_alone_needs_spark_as_the_engine(tmp_path: Path) -> None:
    done = run("build", str(tmp_path), "--out", str(tmp_path / "out"), "--master", "local[2]")
    assert done.returncode == 2
    assert "--engine spark" in done.stderr
