"""What changed between two builds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from nhskg import Graph
from nhskg.model import Status
from samples import DIGITAL, NHSE, TREASURY, UNISON, entry, make_build, told

PLAN = told(TREASURY, "funds", DIGITAL, "The Treasury will fund NHS Digital.", status=Status.PLANNED)
DEED = told(
    TREASURY, "funds", DIGITAL, "The Treasury funds NHS Digital.", document="report", published=date(2020, 1, 1)
)
PRAISE = told(UNISON, "praised", NHSE, "Unison praised NHS England.", document="note")


def test_the_same_build_has_no_difference(tmp_path: Path) -> None:
    old, new = (Graph.open(make_build(tmp_path / name, [PLAN, PRAISE])) for name in ("old", "new"))
    assert new.diff(old).is_empty


def test_documents_claims_entities_and_statuses(tmp_path: Path) -> None:
    old = Graph.open(make_build(tmp_path / "old", [PLAN, PRAISE]))
    new = Graph.open(make_build(tmp_path / "new", [PLAN, DEED], [entry("nhs-digital", "part_of", "hm-treasury")]))
    changes = new.diff(old)
    assert [document.id for document in changes.documents_added] == ["report"]
    assert [document.id for document in changes.documents_removed] == ["note"]
    assert [claim.evidence.document for claim in changes.claims_added] == ["report"]
    assert [claim.predicate for claim in changes.claims_removed] == ["praised"]
    assert [entity.id for entity in changes.entities_removed] == ["nhs-england", "unison"]
    assert changes.entities_added == ()
    assert [e.predicate for e in changes.structure_added] == ["part_of"]
    (turn,) = changes.turns
    assert (turn.before, turn.now) == ((Status.PLANNED,), (Status.ASSERTED, Status.PLANNED))
    assert not turn.is_disputed


def test_a_claim_that_only_moved_in_its_text_is_the_same(tmp_path: Path) -> None:
    moved = told(TREASURY, "funds", DIGITAL, "At last the Treasury will fund NHS Digital.", status=Status.PLANNED)
    old, new = (Graph.open(make_build(tmp_path / n, [r])) for n, r in (("old", PLAN), ("new", moved)))
    changes = new.diff(old)
    assert changes.claims_added == changes.claims_removed == ()
    assert [document.id for document in changes.documents_changed] == ["letter"]


def test_a_denial_makes_a_triple_disputed(tmp_path: Path) -> None:
    denial = told(
        TREASURY, "funds", DIGITAL, "The Treasury does not fund NHS Digital.", document="reply", status=Status.NEGATED
    )
    old = Graph.open(make_build(tmp_path / "old", [DEED]))
    changes = Graph.open(make_build(tmp_path / "new", [DEED, denial])).diff(old)
    assert [turn.is_disputed for turn in changes.turns] == [True]
