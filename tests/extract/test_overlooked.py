"""Names that the language model overlooks, and words with capital letters that are kept only where a claim is about them."""

from __future__ import annotations

import pytest

from nhskg.model import Document, Kind
from nhskg.resources import LANGUAGE_MODEL
from readers import rules_reader

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(not LANGUAGE_MODEL.exists(), reason="no language model in this checkout"),
]


def kept(text: str) -> dict[str, Kind]:
    (reading,) = rules_reader().read([Document(id="x", text=text)])
    return {found.entity.name: found.entity.kind for found in reading.entities}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Barts Health is paid by Barbour.", "Barbour"),
        (
            "The firm that supplies Barts Health is, as everybody knows, Deep Medical, and Deep Medical alone.",
            "Deep Medical",
        ),
        ("Yesterday the trust bought beds from GXO. GXO supplies Barts Health.", "GXO"),
    ],
)
def test_a_word_with_a_capital_letter_is_a_name_where_a_claim_is_about_it(text: str, name: str) -> None:
    assert kept(text).get(name) is Kind.ORGANISATION


@pytest.mark.parametrize(
    "text",
    [
        "Barts Health was busy, and the queue for Barbour was long.",
        "Barts Health met Prime Minister after Prime Minister.",
    ],
)
def test_and_none_where_no_claim_is(text: str) -> None:
    assert set(kept(text)) == {"Barts Health NHS Trust"}
