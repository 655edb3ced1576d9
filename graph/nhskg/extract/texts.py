"""The text of a parsed paragraph, held: spaCy puts it together anew from the words whenever it is asked."""

from __future__ import annotations

from spacy.tokens import Doc

TEXT = "nhskg text"


def text_of(doc: Doc) -> str:
    """Gives the paragraph's text, which merging words leaves as it is."""
    held: str | None = doc.user_data.get(TEXT)
    if held is None:
        held = doc.user_data[TEXT] = doc.text
    return held
