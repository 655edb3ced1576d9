"""Documents for builds on Spark, and what keeps such builds from being tested here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from nhskg.pipeline import build
from nhskg.resources import LANGUAGE_MODEL
from nhskg.spark.session import missing

needs_spark = pytest.mark.skipif(
    bool(missing()) or not LANGUAGE_MODEL.exists(), reason=missing() or "no language model in this checkout"
)
UNCLOSED = [
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"),  # pyspark leaves sockets to the garbage collector
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),  # which is where those come up
]
QUICK_JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
QUICK_SPARK = """
spark.sql.codegen.wholeStage false
spark.sql.codegen.factoryMode NO_CODEGEN
"""
LETTER = (
    "NHS England funds NHS Digital. The King's Fund criticised NHS England for it in a letter of four pages, and said that "
    "the Treasury would fund Unison. The Care Quality Commission inspected Barts Health NHS Trust in May 2019."
)


def be_quick(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Has Java and Spark compile little, which does not pay in programs that live half a minute."""
    (folder / "spark-defaults.conf").write_text(QUICK_SPARK, encoding="utf-8")
    patch.setenv("SPARK_CONF_DIR", str(folder))
    patch.setenv("JDK_JAVA_OPTIONS", QUICK_JAVA)


def write_documents(folder: Path) -> None:
    """Makes a folder with what can be in one: copies, names that clash, a damaged file, a table with a bad row."""
    (folder / "more").mkdir(parents=True)
    texts = {
        "a.txt": "NHS Supply Chain supplies Barts Health NHS Trust.",
        "b.txt": "NHS Supply Chain supplies Barts Health NHS Trust.",
        "letter.md": f"---\ndate: 2019-05-01\n---\n{LETTER}",
        "more/letter again.txt": f"{LETTER} It is said to be so.",
        "more/welcomed 100%.txt": "In 2019 Unison welcomed the plan of NHS Improvement.",
        "nobody.md": "# A heading\n\nNo body is named here.",
        "page.html": "<html><body><p>The health secretary met NHS Providers on Friday.</p></body></html>",
        "table/x.txt": "Unison opposes NHS Supply Chain.",
        "table.csv": "id,text\nx,Monitor oversees Barts Health NHS Trust.\ny,\n",
    }
    for name, text in texts.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "damaged.pdf").write_bytes(b"%PDF-1.4 and no more")
    (folder / "picture.png").write_bytes(b"\x89PNG")


def built_here(documents: Path, out: Path) -> dict[str, Any]:
    """Builds without Spark."""
    build([str(documents)], out, jobs=0, guess_dates=True)
    return told(out)


def told(out: Path) -> dict[str, Any]:
    """What ``build.json`` says, apart from how long it took."""
    content: dict[str, Any] = json.loads((out / "build.json").read_text(encoding="utf-8"))
    del content["seconds"]
    return content
