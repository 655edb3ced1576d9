"""The build, and what the command line answers of it, as people run them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nhskg.resources import LANGUAGE_MODEL
from samples import SAMPLES, outputs, run

pytestmark = pytest.mark.skipif(not LANGUAGE_MODEL.exists(), reason="no language model in this checkout")
SENTENCE = "NHS England funds NHS Digital."


@pytest.mark.model
def test_two_builds_give_the_same_bytes(built: Path, tmp_path: Path) -> None:
    for jobs, seed in (("1", "7"), ("3", "8")):
        out = tmp_path / jobs
        assert run("build", str(SAMPLES), "--out", str(out), "--jobs", jobs, seed=seed).returncode == 0
        assert "graph.html" in outputs(out)
        assert outputs(out) == outputs(built)


@pytest.mark.model
def test_claims_of_less_confidence_are_left_out(built: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("build", str(SAMPLES), "--out", str(out), "--min-confidence", "0.8").returncode == 0
    kept, all_claims = ((folder / "claims.jsonl").read_text(encoding="utf-8").splitlines() for folder in (out, built))
    assert 0 < len(kept) < len(all_claims)
    assert all(json.loads(line)["confidence"] >= 0.8 for line in kept)
    assert kept == [line for line in all_claims if json.loads(line)["confidence"] >= 0.8]
    assert run("build", str(SAMPLES), "--out", str(out), "--min-confidence", "1.5").returncode == 2


@pytest.mark.model
def test_every_quote_is_verbatim_at_its_offsets(built: Path) -> None:
    texts = {}
    for line in (built / "documents.jsonl").read_text(encoding="utf-8").split("\n")[:-1]:
        row = json.loads(line)
        texts[row["document"]] = row["text"]
    claims = [json.loads(line) for line in (built / "claims.jsonl").read_text(encoding="utf-8").split("\n")[:-1]]
    assert len(claims) > 50
    for claim in claims:
        assert texts[claim["document"]][claim["start"] : claim["end"]] == claim["evidence"]


@pytest.mark.model
def test_the_sample_graph_conforms_and_answers(built: Path) -> None:
    assert run("validate", "--graph", str(built)).returncode == 0
    shown = run("neighbours", "NHSSC", "--graph", str(built))
    assert "NHS Supply Chain" in shown.stdout
    missing = run("neighbours", "NHS Suply Chain", "--graph", str(built))
    assert missing.returncode == 1
    assert "Did you mean NHS Supply Chain" in missing.stderr
    asked = run("query", "SELECT ?a WHERE { ?a nhs:regulates ?b }", "--graph", str(built))
    assert asked.stdout.splitlines()[0] == "a"


@pytest.mark.parametrize("what", ["empty", "nowhere", "binary.txt"])
def test_nothing_to_read_is_one_line_and_exit_code_3(tmp_path: Path, what: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "binary.txt").write_bytes(b"\0\1")
    done = run("build", str(tmp_path / what), "--out", str(tmp_path / "out"))
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert what in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.model
def test_bad_files_are_named_and_the_others_built(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(SENTENCE)
    (tmp_path / "binary.txt").write_bytes(b"\0")
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9")
    done = run("build", str(tmp_path), str(tmp_path / "nowhere"), "--out", str(tmp_path / "out"))
    assert done.returncode == 0
    for name in ("binary.txt", "latin.txt", "nowhere"):
        assert name in done.stderr
    assert "2 documents" in done.stderr


@pytest.mark.model
def test_an_output_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(SENTENCE)
    (tmp_path / "out").write_text("a file")
    done = run("build", str(tmp_path / "good.txt"), "--out", str(tmp_path / "out"))
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert (tmp_path / "out").read_text() == "a file"


def test_an_unknown_model_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(SENTENCE)
    done = run("build", str(tmp_path / "good.txt"), "--out", str(tmp_path / "out"), "--model", "nowhere")
    assert done.returncode == 3
    assert "--model" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.model
def test_a_build_that_fails_leaves_the_old_one_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from nhskg import pipeline
    from nhskg.errors import InputError

    (tmp_path / "good.txt").write_text(SENTENCE)
    out = tmp_path / "out"
    pipeline.build([str(tmp_path / "good.txt")], out)
    before = outputs(out)

    def full_disk(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("nhskg.export.html.write_page", full_disk)
    with pytest.raises(InputError, match="No space left"):
        pipeline.build([str(tmp_path / "good.txt")], out)
    assert outputs(out) == before
