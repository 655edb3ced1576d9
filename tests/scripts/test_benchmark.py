import sys
from pathlib import Path

import pytest

from benchmark import Measured, Run, judged, run
from benchmark_corpus import name_of, text_of, write_corpus
from nhskg.ingest import read_documents


def _measured(documents: int, seconds: float) -> Measured:
    found = Measured(documents, words=600 * documents, floor=0.0001, floor_busy=0.0001)
    found.builds = {1: Run(seconds, seconds, 400, 800), 2: Run(seconds / 1.9, seconds, 400, 1200)}
    found.one_more = Run(2, 2, 300, 300)
    return found


def test_a_document_is_told_by_its_number_and_the_seed() -> None:
    assert text_of(1, 7) == text_of(1, 7)
    assert text_of(1, 7) != text_of(2, 7)
    assert text_of(1, 7) != text_of(1, 8)


def test_a_corpus_is_written_in_folders_of_a_thousand(tmp_path: Path) -> None:
    write_corpus(tmp_path, 2, first=999)
    assert sorted(str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*.md")) == [
        "000/000999.md",
        "001/001000.md",
    ]
    assert (tmp_path / f"{name_of(1000)}.md").read_text(encoding="utf-8") == text_of(1, 1000)


def test_a_share_of_a_corpus_are_copies(tmp_path: Path) -> None:
    write_corpus(tmp_path, 120)
    documents, warnings = read_documents([str(tmp_path)])
    assert 0 < len(warnings) < 20
    assert len(documents) + len(warnings) == 120
    assert all(document.published and document.title for document in documents)


def test_lengths_are_between_those_measured(tmp_path: Path) -> None:
    write_corpus(tmp_path, 20)
    assert all(300 < len(document.text.split()) < 900 for document in read_documents([str(tmp_path)])[0])


def test_a_process_is_measured(tmp_path: Path) -> None:
    found = run([sys.executable, "-c", "b = bytearray(50_000_000); import time; time.sleep(0.4)"], tmp_path / "log")
    assert found.seconds > 0
    assert found.all >= found.parent


def test_a_process_that_fails_ends_the_benchmark_with_its_words(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="no such thing"):
        run([sys.executable, "-c", "raise SystemExit('no such thing')"], tmp_path / "log")


def test_targets_are_judged_from_figures() -> None:
    verdicts = judged(
        [_measured(10_000, 1_200), _measured(100_000, 8_500)], Run(3, 3, 200, 200), 1_000_000, Run(95, 90, 900, 900)
    )
    met = {name: verdict for name, (verdict, _) in verdicts.items()}
    assert met == {
        "one process": True,
        "two processes": True,
        "linear": False,
        "parent": True,
        "one more": True,
        "start": True,
        "claims": False,
    }


def test_what_was_not_measured_is_not_judged() -> None:
    found = _measured(100, 30)
    found.one_more = None
    del found.builds[2]
    verdicts = judged([found], Run(3, 3, 200, 200), 0, None)
    assert {name for name, (verdict, _) in verdicts.items() if verdict is None} == {
        "two processes",
        "linear",
        "parent",  # met, but by so few documents that it tells nothing
        "one more",
        "claims",
    }
    assert verdicts["one process"][0] is False
