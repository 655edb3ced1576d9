"""The documents annotated here keep to the guidelines: keys resolve, words are the ontology's, quotes are in the text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from nhskg.model import Kind, Status
from nhskg.ontology import load_predicates

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "seeds" / "annotated"
GOLDS = sorted((FOLDER / "gold").glob("*.json"))


def read(path: Path) -> tuple[dict[str, Any], str]:
    gold = json.loads(path.read_text(encoding="utf-8"))
    return gold, (FOLDER / "documents" / f"{gold['document']}.md").read_text(encoding="utf-8")


def values(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def test_every_document_has_its_gold() -> None:
    documents = {path.stem for path in (FOLDER / "documents").glob("*.md")}
    assert documents == {path.stem for path in GOLDS}
    assert len(documents) >= 40


@pytest.mark.parametrize("path", GOLDS, ids=lambda path: path.stem)
def test_entities_are_well_formed(path: Path) -> None:
    gold, text = read(path)
    keys = [entity["key"] for entity in gold["entities"]]
    assert len(keys) == len(set(keys))
    assert {entity["kind"] for entity in gold["entities"]} <= set(Kind)
    absent = [alias for entity in gold["entities"] for alias in entity["aliases"] if alias not in text]
    assert not absent


@pytest.mark.parametrize("path", GOLDS, ids=lambda path: path.stem)
def test_claims_are_well_formed(path: Path) -> None:
    gold, text = read(path)
    keys = {entity["key"] for entity in gold["entities"]}
    predicates = set(load_predicates())
    for claim in gold["claims"]:
        assert {claim["subject"], claim["object"]} <= keys
        assert set(claim["predicate"]) <= predicates
        assert set(values(claim["status"])) <= set(Status)
        assert set(values(claim["speaker"])) <= keys | {None}
        assert claim["evidence"] in text


@pytest.mark.parametrize("path", GOLDS, ids=lambda path: path.stem)
def test_no_claim_is_there_twice(path: Path) -> None:
    gold, _ = read(path)
    claims = [
        (claim["subject"], claim["predicate"][0], claim["object"], *values(claim["status"])) for claim in gold["claims"]
    ]  # what one alleges and another denies are two
    twice = {claim for claim in claims if claims.count(claim) > 1}
    assert not twice
