"""Names and words that are easily taken for something else, through the whole reader: real bodies, harmless statements."""

from __future__ import annotations

import functools
from datetime import date

import pytest

from nhskg.model import Document, Kind
from nhskg.resources import LANGUAGE_MODEL

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(not LANGUAGE_MODEL.exists(), reason="no language model in this checkout"),
]


@functools.cache
def read(text: str, published: date | None = None) -> dict[str, tuple[str, Kind]]:
    """The words of each mention that is resolved, with its entity's id without the document's name, and its kind."""
    from nhskg.extract.language import parse
    from nhskg.extract.mentions import find_mentions
    from nhskg.extract.reader import Reader
    from nhskg.extract.speakers import speakers_of_paragraphs
    from nhskg.resolve import resolve

    if not hasattr(read, "reader"):
        read.reader = Reader.load()  # type: ignore[attr-defined]  # one model for all cases
    reader: Reader = read.reader  # type: ignore[attr-defined]  # as above
    ((document, paragraphs),) = parse(reader.nlp, reader.names, [Document(id="x", text=text, published=published)])
    mentions = find_mentions(document, paragraphs, reader.names, reader.lexicon)
    resolution = resolve(document, mentions, reader.knowledge, speakers_of_paragraphs(document, paragraphs))
    found = {}
    for mention in mentions:
        identifier = resolution.by_place.get((mention.paragraph, mention.head))
        if identifier is not None:
            entity = resolution.entities[identifier].entity
            found[mention.span.exact] = (identifier.replace("-x-", "-"), entity.kind)
    return found


def entities(text: str) -> dict[str, str]:
    return {words: identifier for words, (identifier, _) in read(text).items()}


def test_an_acronym_of_two_trusts_is_decided_by_the_name_in_full() -> None:
    assert entities("Unison praised Medway NHS Foundation Trust. MFT was glad.")["MFT"] == "ods-rpa"


def test_an_acronym_of_two_trusts_is_decided_by_the_definition() -> None:
    found = entities("Manchester University NHS Foundation Trust (MFT) lies in Manchester. Unison wrote to MFT.")
    assert found["MFT"] == "ods-r0a"


def test_an_acronym_of_two_trusts_is_decided_by_the_place() -> None:
    assert entities("Unison wrote to MFT about its wards in Manchester.")["MFT"] == "ods-r0a"


def test_an_acronym_that_nothing_decides_is_neither_trust() -> None:
    assert entities("Unison wrote to MFT.")["MFT"] == "body-mft"


def test_a_county_is_a_place() -> None:
    assert read("Barts Health does not lie in Cornwall.")["Cornwall"][1] is Kind.PLACE


@pytest.mark.parametrize(
    ("text", "words", "identifier"),
    [
        ("NHS England wrote to Monitor.", "Monitor", "monitor"),
        ("Unison agreed with Mind.", "Mind", "mind"),
        ("Thanks to its booking portal – called Libra – Barts Health is quick.", "Libra", "programme-libra"),
        ("Barts Health uses a booking tool called Change.", "Change", "programme-change"),
    ],
)
def test_a_common_word_with_a_capital_letter_is_a_name_where_it_acts_as_one(
    text: str, words: str, identifier: str
) -> None:
    assert entities(text)[words] == identifier


def test_common_words_are_no_names() -> None:
    assert not entities("The screen is a monitor, and the staff mind the change.")


def test_bodies_that_share_the_noun_of_their_names_are_two() -> None:
    found = entities("Mid and South Essex and Suffolk ICSs agreed.")
    assert set(found.values()) == {"ics-qh8", "body-suffolk-ics"}


def test_coordinated_bodies_are_two() -> None:
    assert set(entities("Hexdale CCG and Allenvale CCG wrote to Unison.").values()) == {
        "body-hexdale-ccg",
        "body-allenvale-ccg",
        "unison",
    }


def test_a_name_with_and_is_one() -> None:
    found = entities("Skelby and Dale NHS Foundation Trust wrote to Unison.")
    assert set(found.values()) == {"body-skelby-and-dale-nhs-foundation-trust", "unison"}


@pytest.mark.parametrize("name", ["NHS England/Improvement", "NHSE/I", "NHS England and NHS Improvement"])
def test_the_joint_body_is_one(name: str) -> None:
    assert entities(f"{name} wrote to Unison.")[name] == "nhs-england-and-nhs-improvement"


def test_titles_surnames_and_he_are_one_person() -> None:
    found = entities(
        "Sir David Dalton praised Unison. Mr Dalton wrote to Barts Health. Dalton is right. He wrote to Mind."
    )
    assert {found[words] for words in ("Sir David Dalton", "Mr Dalton", "Dalton", "He")} == {"person-david-dalton"}


def test_two_hunts_are_two_people() -> None:
    found = entities("Jeremy Hunt praised Unison. Lord Hunt wrote to Mind.")
    assert found["Jeremy Hunt"] != found["Lord Hunt"]


def test_he_is_who_the_sentence_is_about() -> None:
    found = entities("Adam Reed met John Crosby. As for David Walker, he praised Unison.")
    assert found["he"] == "person-david-walker"


def test_it_is_what_the_last_sentence_is_about() -> None:
    found = entities("Unison, which Barts Health supports, wrote to Mind. It praised NHS England.")
    assert found["It"] == "unison"


def test_it_as_an_object_is_not_the_subject() -> None:
    assert entities("The Care Quality Commission visited Barts Health and praised it.")["it"] == "ods-r1h"


def test_a_noun_stands_for_what_it_names() -> None:
    found = entities("Fenby Infirmary lies in Leeds. Unison praised the hospital.")
    assert found["the hospital"] == "body-fenby-infirmary"


def test_the_last_word_of_a_name_says_what_a_body_is() -> None:
    text = "Kelby Hospitals NHS Trust wrote to the NHS Trust Development Authority. Unison praised the trust."
    assert entities(text)["the trust"] == "body-kelby-hospitals-nhs-trust"


def test_a_short_form_leads_to_the_only_name_that_begins_so() -> None:
    text = "Skelby Hospitals NHS Trust wrote to Unison. A week later Skelby’s chair met Mind."
    assert entities(text)["Skelby"] == "body-skelby-hospitals-nhs-trust"


def test_a_firm_with_the_name_of_people_is_a_body() -> None:
    found = read("The auditors Hume Carver praised Unison. Unison wrote to Hume Carver.")
    assert found["Hume Carver"][1] is Kind.ORGANISATION


def test_a_described_body_is_one_in_its_document() -> None:
    found = entities("A local GP federation wrote to Unison. The federation praised Mind.")
    assert found["The federation"] == found["local GP federation"] == "body-local-gp-federation"


def test_what_was_read_before_changes_nothing() -> None:
    text = "Mid and South Essex and Suffolk ICSs agreed with Unison."
    first = entities(text)
    read.cache_clear()
    assert entities(text) == first
