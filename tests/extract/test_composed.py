"""Names that show by their make what they are names of, without a language model."""

from __future__ import annotations

import pytest
import spacy

from nhskg.extract.composed import composed_names, knows_better
from nhskg.extract.lexicon import load_lexicon

NOUNS = load_lexicon().nouns_in_names
BLANK = spacy.blank("en")


def names(text: str, *whole: str) -> list[str]:
    doc = BLANK(text)
    spans = [doc.char_span(text.index(name), text.index(name) + len(name)) for name in whole]
    return [span.text for span in composed_names(doc, NOUNS, [(s.start, s.end) for s in spans if s is not None])]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Isle of Thole NHS Trust agreed.", ["Isle of Thole NHS Trust"]),
        ("Wharfe and Calder NHS Foundation Trust agreed.", ["Wharfe and Calder NHS Foundation Trust"]),
        ("Hexdale CCG and Allenvale CCG agreed.", ["Hexdale CCG", "Allenvale CCG"]),
        ("It praised the Institute for Care Reform.", ["Institute for Care Reform"]),
        ("It praised St Oswin's Hospital and the Patients' Forum.", ["St Oswin's Hospital", "Patients' Forum"]),
        ("Three Rivers CCG agreed.", ["Three Rivers CCG"]),
        ("The Trust agreed with Barts.", []),
        ("The Council of Deans of Health agreed.", ["Council of Deans of Health"]),
        ("It was said by Healthwatch Fenby.", ["Healthwatch Fenby"]),
        ("The Taxpayers' Alliance agreed.", ["Taxpayers' Alliance"]),
        ("The Independent Inquiry into Sheds agreed.", ["Independent Inquiry into Sheds"]),
        ("The Acorn Health Centre in Fenby agreed.", ["Acorn Health Centre"]),
        ("The Quality Committee of Fenby NHS Trust agreed.", ["Quality Committee", "Fenby NHS Trust"]),
        ("The medical director, Kelby’s Board papers say, left.", []),
    ],
)
def test_a_name_ends_in_its_noun_or_in_what_completes_it(text: str, found: list[str]) -> None:
    assert names(text) == found


def test_and_after_a_whole_name_begins_another() -> None:
    assert names("Unison and Kelby Hospitals agreed.", "Unison") == ["Kelby Hospitals"]


def test_a_post_before_a_name_is_no_part_of_it() -> None:
    assert names("Medical Director Kelby Hospitals NHS Trust") == ["Kelby Hospitals NHS Trust"]


@pytest.mark.parametrize(
    ("name", "registered", "better"),
    [
        ("NHS England Board", (0, 2), True),
        ("NHS Western Peninsula ICB", (0, 1), False),
        ("NHS Thanet Vale CCG", (0, 2), False),
        ("NHS Thanet CCG", (0, 3), True),
        ("Hexdale CCG", (5, 6), False),
    ],
)
def test_the_register_knows_better_where_the_name_begins_with_its_own(
    name: str, registered: tuple[int, int], better: bool
) -> None:
    assert knows_better(registered, BLANK(name)[:], NOUNS) is better
