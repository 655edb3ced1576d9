"""Names of places that stand for bodies."""

from __future__ import annotations

import pytest

from nhskg.model import Document, Kind, Reading
from nhskg.resources import LANGUAGE_MODEL
from readers import rules_reader

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(not LANGUAGE_MODEL.exists(), reason="no language model in this checkout"),
]


def read(text: str) -> Reading:
    (reading,) = rules_reader().read([Document(id="example", text=text)])
    return reading


@pytest.mark.parametrize(
    ("text", "predicate", "name"),
    [
        ("The Care Quality Commission has rated Brighton good.", "rates", "Brighton"),
        ("NHS England has given Stockport £5m.", "funds", "Stockport"),
        ("Jane Crosby, the chief executive of Brighton, agreed.", "holds_post", "Brighton"),
    ],
)
def test_a_place_that_does_what_only_bodies_do_is_a_body(text: str, predicate: str, name: str) -> None:
    reading = read(text)
    kinds = {found.entity.name: found.entity.kind for found in reading.entities}
    assert predicate in {claim.predicate for claim in reading.claims}
    assert kinds[name] is Kind.ORGANISATION


@pytest.mark.parametrize(
    "text",
    [
        "Jane Crosby is a doctor in Brighton.",
        "Unison published two Brighton studies.",
        "NHS Kent and Medway ICB serves Brighton.",
    ],
)
def test_a_place_that_says_where_something_is_stays_one(text: str) -> None:
    assert all(found.entity.kind is Kind.PLACE for found in read(text).entities if found.entity.name == "Brighton")
