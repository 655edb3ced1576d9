"""Scoring against gold annotations, and the floors of what the packaged model reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evaluate import COLLECTIONS, evaluate, shortfalls, table
from nhskg.resources import LANGUAGE_MODEL
from scoring import Tally, align, score

TEXT = "The Treasury funds NHS Digital. Unison said that NHS Digital was slow."


def write_build(folder: Path, entities: list[dict[str, Any]], claims: list[dict[str, Any]]) -> None:
    for name, rows in (("entities", entities), ("claims", claims)):
        lines = "".join(json.dumps({"document": "letter", **row}) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")


def entity(identifier: str, name: str, kind: str = "organisation") -> dict[str, Any]:
    return {"id": identifier, "name": name, "aliases": [], "kind": kind, "mentions": [name]}


def claim(subject: str, predicate: str, object_: str, **rest: Any) -> dict[str, Any]:
    asserted = {"status": "asserted", "speaker": None, "evidence": TEXT[:31]}
    return {"subject": subject, "predicate": predicate, "object": object_, **asserted, **rest}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    names = {"treasury": "HM Treasury", "digital": "NHS Digital", "unison": "Unison"}
    entities = [{"key": key, "name": name, "kind": "organisation", "aliases": [name]} for key, name in names.items()]
    entities[0]["aliases"] = ["The Treasury"]
    claims = [
        claim("treasury", "funds", "digital"),
        claim("unison", "criticised", "digital"),
        claim("unison", "works_with", "digital", optional=True),
    ]
    claims = [{**c, "predicate": [c["predicate"]]} for c in claims]
    (tmp_path / "letter.txt").write_text(TEXT, encoding="utf-8")
    path = tmp_path / "letter.json"
    path.write_text(json.dumps({"document": "letter", "entities": entities, "claims": claims}), encoding="utf-8")
    return path


def test_counts_what_is_right_wrong_and_missed(gold: Path) -> None:
    entities = [entity("t", "Treasury"), entity("d", "NHS Digital", "programme"), entity("x", "Leeds", "place")]
    claims = [claim("t", "funds", "d"), claim("d", "funds", "t")]
    write_build(gold.parent, entities, claims)
    measures = score([gold], gold.parent, gold.parent).measures()
    assert measures["entity precision"] == pytest.approx(2 / 3)
    assert measures["entity recall"] == pytest.approx(2 / 3)
    assert measures["kind"] == 0.5
    assert measures["claim precision"] == 0.5
    assert measures["claim recall"] == 0.5
    assert measures["status"] == measures["speaker"] == measures["evidence"] == 1


def test_an_optional_claim_is_right_when_found_and_no_miss_when_absent(gold: Path) -> None:
    entities = [entity("u", "Unison"), entity("d", "NHS Digital")]
    write_build(gold.parent, entities, [claim("d", "works_with", "u")])  # symmetric: either way round
    tally = score([gold], gold.parent, gold.parent)
    assert (tally.claims_right, tally.claims_found, tally.claims_gold, tally.claims_hit) == (1, 1, 2, 0)


def test_a_wrong_status_and_an_invented_quotation_are_seen(gold: Path) -> None:
    entities = [entity("t", "Treasury"), entity("d", "NHS Digital")]
    write_build(gold.parent, entities, [claim("t", "funds", "d", status="negated", evidence="Not there.")])
    measures = score([gold], gold.parent, gold.parent).measures()
    assert measures["claim precision"] == 1
    assert measures["status"] == measures["evidence"] == 0


def test_entities_align_one_to_one_and_best_names_first() -> None:
    golds = [{"key": "trust", "name": "Barts Health NHS Trust", "aliases": ["the trust", "Barts Health"]}]
    found = [entity("a", "The trust"), entity("b", "Barts Health NHS Trust")]
    assert align(golds, found) == {"b": "trust"}


def test_the_table_has_a_row_for_each_set() -> None:
    assert table({"ours, tuned": Tally()}).splitlines()[2].startswith("| ours, tuned | 0.0 |")


@pytest.mark.model
@pytest.mark.skipif(not LANGUAGE_MODEL.exists(), reason="no language model in this checkout")
@pytest.mark.parametrize("collection", sorted(COLLECTIONS))
def test_no_measure_falls_under_its_floor(collection: str, tmp_path: Path) -> None:
    if not COLLECTIONS[collection][1].exists():
        pytest.skip(f"{COLLECTIONS[collection][1]} is not there")
    assert not shortfalls(evaluate(collection, tmp_path))
