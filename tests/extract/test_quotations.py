"""Whose words a quotation of several paragraphs is."""

from __future__ import annotations

import pytest

from nhskg.model import Document
from nhskg.resources import LANGUAGE_MODEL
from readers import rules_reader

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(not LANGUAGE_MODEL.exists(), reason="no language model in this checkout"),
]


def speakers(text: str) -> dict[str, str | None]:
    (reading,) = rules_reader().read([Document(id="example", text=text)])
    return {claim.object: claim.speaker for claim in reading.claims if claim.predicate == "funds"}


@pytest.mark.parametrize(
    "text",
    [
        "“The helpline has closed,” said Jane Crosby. “Nobody told us.\n\n“NHS England funds NHS Digital and nobody else.”",
        'Jane Crosby said: "The helpline has closed.\n\n"It is late.\n\n"NHS England funds NHS Digital and nobody else."',
    ],
)
def test_a_quotation_goes_on_in_the_next_paragraph(text: str) -> None:
    assert speakers(text) == {"nhs-digital": "person-jane-crosby"}


def test_what_follows_the_quotation_is_the_document_s_own() -> None:
    text = (
        "Jane Crosby said: “The helpline has closed.\n\n“It is late.”\n\nNHS England funds NHS Digital and nobody else."
    )
    assert speakers(text) == {"nhs-digital": None}


def test_a_quotation_that_is_closed_does_not_go_on() -> None:
    text = "Jane Crosby said: “The helpline has closed.”\n\n“NHS England funds NHS Digital and nobody else, and it always has.”"
    assert speakers(text) == {"nhs-digital": None}
