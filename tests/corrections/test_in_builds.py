"""Corrections from the file beside the documents to all that a build writes, and through a rebuild of edited documents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import rdflib

from nhskg.corrections.table import write_table
from nhskg.ingest.files import find_files
from nhskg.pipeline import build
from nhskg.resources import LANGUAGE_MODEL
from nhskg.validate import validate
from samples import run

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(not LANGUAGE_MODEL.exists(), reason="no language model in this checkout"),
]
LETTER = """---
title: A letter
date: 2019-05-01
---

NHS England funds NHS Digital. Unison criticised NHS Digital. The Treasury commissioned a review of NHS Digital.

Tamar Care Alliance supports the Royal Cornwall Hospitals NHS Trust. Tamar Care Alliance works with NHS Improvement.

The Care Quality Commission will inspect the Royal Cornwall Hospitals NHS Trust.
"""
REPLY = """---
date: 2020-01-01
---

Tamar Alliance opposes NHS Digital. Unison supports NHS Digital. NHS England does not fund NHS Digital.
"""
SIGNED = {"date": "2026-11-24", "name": "Ann Lee"}


def on_claim(
    action: str, document: str, quote: str, subject: str, predicate: str, object_: str, **more: str
) -> dict[str, str]:
    triple = {"subject": subject, "predicate": predicate, "object": object_}
    return {**SIGNED, "action": action, "document": document, "quote": quote, **triple, **more}


ROWS = [
    on_claim("reject", "letter", "Unison criticised NHS Digital.", "Unison [unison]", "criticised", "NHS Digital [nhs-digital]",
             reason="it did not"),
    on_claim("accept", "letter", "NHS England funds NHS Digital.", "NHS England", "funds", "NHS Digital"),
    on_claim("relabel", "letter", "The Care Quality Commission will inspect the Royal Cornwall Hospitals NHS Trust.", "CQC",
             "investigates", "Royal Cornwall Hospitals NHS Trust [ods-ref]", field="status", to="hypothetical"),
    on_claim("relabel", "reply", "Unison supports NHS Digital.", "Unison", "supports", "NHS Digital", field="direction"),
    on_claim("add", "reply", "Unison supports NHS Digital.", "Unison", "praised", "NHS Digital", status="alleged"),
    {**SIGNED, "action": "merge", "subject": "Tamar Alliance", "to": "Tamar Care Alliance [body-tamar-care-alliance]"},
    {**SIGNED, "action": "split", "document": "letter", "subject": "NHS Improvement", "to": "NHS England [nhs-england]"},
    {**SIGNED, "action": "rename", "subject": "Tamar Care Alliance [body-tamar-care-alliance]", "to": "TCA"},
    {**SIGNED, "action": "distinct", "subject": "Tamar Care Alliance [body-tamar-care-alliance]", "object": "Unison [unison]"},
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("letters")
    (folder / "letter.md").write_text(LETTER, encoding="utf-8")
    (folder / "reply.md").write_text(REPLY, encoding="utf-8")
    write_table(folder / "corrections.csv", ROWS)
    build([str(folder)], folder / "out", min_confidence=0.3)
    return folder


def rows_of(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").split("\n")[:-1]]


def test_each_action_is_done_and_counted(folder: Path) -> None:
    claims = {
        (c["document"], c["subject"], c["predicate"], c["object"]): c for c in rows_of(folder / "out" / "claims.jsonl")
    }
    assert ("letter", "unison", "criticised", "nhs-digital") not in claims
    accepted = claims["letter", "nhs-england", "funds", "nhs-digital"]
    assert accepted["confidence"] == 1
    assert accepted["corrections"] == [
        {"on": "2026-11-24", "by": "Ann Lee", "action": "accept", "words": "NHS England — funds → NHS Digital: accepted",
         "reason": ""}
    ]  # fmt: skip
    assert claims["letter", "cqc", "investigates", "ods-ref"]["status"] == "hypothetical"
    assert ("reply", "nhs-digital", "supports", "unison") in claims
    added = claims["reply", "unison", "praised", "nhs-digital"]
    assert (added["status"], added["evidence"]) == ("alleged", "Unison supports NHS Digital.")
    assert ("reply", "body-tamar-care-alliance", "opposes", "nhs-digital") in claims
    assert ("letter", "body-tamar-care-alliance", "works_with", "nhs-england") in claims
    entities = {row["id"]: row for row in rows_of(folder / "out" / "entities.jsonl")}
    alliance = entities["body-tamar-care-alliance"]
    assert (alliance["name"], alliance["aliases"]) == ("TCA", ["Tamar Alliance", "Tamar Care Alliance"])
    assert "nhs-improvement" not in entities
    summary = json.loads((folder / "out" / "build.json").read_text(encoding="utf-8"))
    assert summary["corrections"] == {
        "accept": 1, "add": 1, "distinct": 1, "merge": 1, "reject": 1, "relabel": 2, "rename": 1, "split": 1
    }  # fmt: skip
    assert summary["warnings"] == []


def test_who_decided_is_in_the_graph_which_conforms(folder: Path) -> None:
    assert validate(folder / "out" / "graph.ttl").conforms
    rdf = rdflib.Graph().parse(folder / "out" / "graph.ttl")
    found = rdf.query(
        """SELECT ?claim ?who ?when WHERE {
            ?claim rdf:predicate nhs:investigates ; prov:wasInfluencedBy ?correction .
            ?correction a nhs:Correction ; dcterms:date ?when ; prov:wasAssociatedWith/rdfs:label ?who }"""
    )
    assert [(str(row[1]), str(row[2])) for row in found] == [("Ann Lee", "2026-11-24")]  # type: ignore[index]
    rejected = rdf.query('SELECT ?why WHERE { ?c nhs:action "reject" ; nhs:reason ?why }')
    assert [str(row[0]) for row in rejected] == ["it did not"]  # type: ignore[index]
    shown = run("evidence", "CQC", "RCHT", "--graph", str(folder / "out"))
    assert "[hypothetical, corrected by Ann Lee on 2026-11-24]" in shown.stdout


def test_the_file_is_no_document_and_nested_ones_are_said(folder: Path, tmp_path: Path) -> None:
    files, warnings = find_files([str(folder)])
    assert [file.document_id for file in files] == ["letter", "reply"]
    assert not [warning for warning in warnings if "corrections" in warning]
    (tmp_path / "older").mkdir()
    (tmp_path / "older" / "corrections.csv").write_text("text\nNHS England funds NHS Digital.\n")
    files, (warning, _) = find_files([str(tmp_path)])
    assert files == []
    assert "name this file with --corrections" in warning
    assert [file.document_id for file in find_files([str(tmp_path / "older" / "corrections.csv")])[0]] == [
        "corrections"
    ]


def test_corrections_survive_a_rebuild_of_edited_documents(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.md").write_text(
        LETTER.replace("NHS England funds", "It is spring. NHS England now funds").replace(
            "The Care Quality Commission will inspect", "Soon the Care Quality Commission will inspect"
        ),
        encoding="utf-8",
    )
    options = ("--corrections", str(folder / "corrections.csv"), "--no-structure", "--min-confidence", "0.9")
    done = run("build", str(tmp_path), "--out", str(tmp_path / "out"), *options)
    assert done.returncode == 0, done.stderr
    claims = {(c["subject"], c["predicate"]): c for c in rows_of(tmp_path / "out" / "claims.jsonl")}
    assert claims["nhs-england", "funds"]["confidence"] == 1
    assert claims["cqc", "investigates"]["status"] == "hypothetical"
    assert ("unison", "criticised") not in claims
    assert all(claim["confidence"] >= 0.9 for claim in claims.values())
    warnings = json.loads((tmp_path / "out" / "build.json").read_text(encoding="utf-8"))["warnings"]
    assert sum("applied, though the sentence has changed" in warning for warning in warnings) == 2
    gone = [warning for warning in warnings if "matches nothing any more: no document is called reply" in warning]
    assert [warning.partition(" (")[0].rpartition(", ")[2] for warning in gone] == ["row 5", "row 6"]
    assert any(
        "row 7 (merge, Ann Lee, 2026-11-24): matches nothing any more: no document mentions" in w for w in warnings
    )
    assert "corrections applied from" in done.stderr


def test_a_file_that_is_no_table_of_corrections_stops_the_build(tmp_path: Path) -> None:
    (tmp_path / "letter.md").write_text(LETTER, encoding="utf-8")
    (tmp_path / "corrections.csv").write_text("what,who\n1,2\n")
    done = run("build", str(tmp_path), "--out", str(tmp_path / "out"))
    assert done.returncode == 3
    assert "no column action" in done.stderr
    assert run("build", str(tmp_path), "--corrections", str(tmp_path / "no.csv"), "--out", "o").returncode == 3
