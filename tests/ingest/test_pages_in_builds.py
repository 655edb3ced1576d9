"""What readers find, in what a build writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from made_files import PAGE, make_pdf
from nhskg.resources import LANGUAGE_MODEL
from samples import run

pytestmark = pytest.mark.skipif(not LANGUAGE_MODEL.exists(), reason="no language model in this checkout")


@pytest.mark.model
def test_evidence_names_the_page_and_documents_say_how_things_were_found(tmp_path: Path) -> None:
    pages = [["The board met on Tuesday in Leeds."], ["NHS England funds NHS Digital."]]
    (tmp_path / "paper.pdf").write_bytes(make_pdf(pages, "/CreationDate (D:20211102073000Z)"))
    (tmp_path / "page.html").write_text(PAGE)
    (tmp_path / "copy.htm").write_text(PAGE)
    (tmp_path / "picture.pdf").write_bytes(make_pdf([[]]))
    out = tmp_path / "out"
    done = run("build", str(tmp_path), "--out", str(out))
    assert done.returncode == 0, done.stderr
    assert "picture.pdf: left out: a scanned PDF" in done.stderr
    rows = {
        row["document"]: row
        for row in map(json.loads, (out / "documents.jsonl").read_text(encoding="utf-8").split("\n")[:-1])
    }
    assert sorted(rows) == ["copy", "paper"]
    assert rows["copy"]["copies"] == [{"document": "page", "source": "Example News", "url": ""}]
    assert rows["copy"]["author"] == "Jane Crosby"
    assert rows["copy"]["found"]["published"] == "page markup"
    assert rows["paper"]["pages"] == [0, 36]
    claims = [json.loads(line) for line in (out / "claims.jsonl").read_text(encoding="utf-8").split("\n")[:-1]]
    found = {(claim["document"], claim["predicate"], claim["page"]) for claim in claims}
    assert ("paper", "funds", 2) in found
    assert all(claim["page"] is None for claim in claims if claim["document"] == "copy")
