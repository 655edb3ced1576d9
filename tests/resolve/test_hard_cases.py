"""Names and words that are easily taken for something else, through the whole reader: real bodies, harmless statements."""

from __future__ import annotations

import functools
from datetime import date

import pytest

from nhskg.model import Document, Kind, Mention
from nhskg.resolve import Resolution
from nhskg.resources import LANGUAGE_MODEL

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(not LANGUAGE_MODEL.exists(), reason="no language model in this checkout"),
]


@functools.cache
def resolved(text: str, published: date | None = None) -> tuple[list[Mention], Resolution]:
    """The mentions of a text and what they stand for."""
    from nhskg.extract.language import parse
    from nhskg.extract.mentions import find_mentions
    from nhskg.extract.speakers import speakers_of_paragraphs
    from nhskg.resolve import resolve
    from readers import rules_reader

    reader = rules_reader()
    ((document, paragraphs),) = parse(reader.nlp, reader.names, [Document(id="x", text=text, published=published)])
    mentions = find_mentions(document, paragraphs, reader.names, reader.lexicon)
    return mentions, resolve(document, mentions, reader.knowledge, speakers_of_paragraphs(document, paragraphs))


def read(text: str, published: date | None = None) -> dict[str, tuple[str, Kind]]:
    """The words of each mention that is resolved, with its entity's id without the document's name, and its kind."""
    found = {}
    mentions, resolution = resolved(text, published)
    for mention in mentions:
        identifier = resolution.by_place.get((mention.paragraph, mention.head))
        if identifier is not None:
            entity = resolution.entities[identifier].entity
            found[mention.span.exact] = (identifier.replace("-x-", "-"), entity.kind)
    return found


def entities(text: str, published: date | None = None) -> dict[str, str]:
    return {words: identifier for words, (identifier, _) in read(text, published).items()}


def several(text: str) -> list[tuple[str, ...]]:
    """What the mentions of a text stand for that mean more than one thing."""
    _, resolution = resolved(text)
    return [ids for _, ids in sorted(resolution.several.items())]


def test_an_acronym_of_two_trusts_is_decided_by_the_name_in_full() -> None:
    assert entities("Unison praised Medway NHS Foundation Trust. MFT was glad.")["MFT"] == "ods-rpa"


def test_an_acronym_of_two_trusts_is_decided_by_the_definition() -> None:
    found = entities("Manchester University NHS Foundation Trust (MFT) lies in Manchester. Unison wrote to MFT.")
    assert found["MFT"] == "ods-r0a"


def test_an_acronym_of_two_trusts_is_decided_by_the_place() -> None:
    assert entities("Unison wrote to MFT about its wards in Manchester.")["MFT"] == "ods-r0a"


def test_an_acronym_that_nothing_decides_is_neither_trust_but_has_both_as_candidates() -> None:
    assert entities("Unison wrote to MFT.")["MFT"] == "body-mft"
    _, resolution = resolved("Unison wrote to MFT.")
    assert resolution.entities["body-mft"].entity.candidates == ("ods-r0a", "ods-rpa")


def test_an_acronym_of_two_trusts_is_decided_by_a_body_that_only_one_has_to_do_with() -> None:
    assert entities("Unison wrote to BHFT and to NHS Frimley ICB.")["BHFT"] == "ods-rwx"


@pytest.mark.parametrize(
    ("on", "identifier"),
    [(date(2018, 5, 1), "ods-11j"), (date(2023, 5, 1), "ods-qvv"), (None, "body-nhs-dorset")],
)
def test_a_name_that_passed_on_is_the_body_s_that_had_it_then(on: date | None, identifier: str) -> None:
    assert entities("Unison wrote to NHS Dorset.", on)["NHS Dorset"] == identifier


def test_a_closed_body_is_itself() -> None:
    found = entities("NHS Dorset CCG did what NHS Dorset ICB does. Monitor agreed.", date(2023, 5, 1))
    assert [found[name] for name in ("NHS Dorset CCG", "NHS Dorset ICB", "Monitor")] == [
        "ods-11j",
        "ods-qvv",
        "monitor",
    ]


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
    resolved.cache_clear()
    assert entities(text) == first


def test_a_partnership_a_system_and_its_board_are_three() -> None:
    found = entities("Norfolk and Waveney STP, Norfolk and Waveney ICS and NHS Norfolk and Waveney ICB agreed.")
    assert sorted(found.values()) == ["ics-qmm", "ods-qmm", "stp-qmm"]


@pytest.mark.parametrize(
    "name",
    [
        "Royal Cornwall Hospitals",
        "Royal Cornwall Hospitals Trust",
        "RCHT",
        "Royal Cornwall Hospitals NHS Trust",
        "Royal Cornwall Hos-\npitals NHS Trust",
        "Royal Cornwall  Hospitals",
    ],
)
def test_a_trust_goes_by_many_names(name: str) -> None:
    assert entities(f"Unison praised {name} and Mind.")[name] == "ods-ref"


def test_a_place_beside_a_trust_is_a_trust() -> None:
    assert entities("Barts Health and Homerton are to merge.")["Homerton"] == "ods-rqx"
    assert read("Unison met members in Homerton.")["Homerton"][1] is Kind.PLACE


@pytest.mark.parametrize(
    "text",
    ["Which? praised Barts Health.", "A report by Which? came out.", "The consumers’ group Which? wrote to Mind."],
)
def test_a_name_with_a_question_mark_is_one_where_it_acts_as_one(text: str) -> None:
    assert entities(text)["Which?"] == "which"


def test_a_question_is_no_name() -> None:
    assert "which" not in entities("Some trusts agreed with Unison. Which? The report does not say.").values()


def test_whoever_has_a_view_is_a_person() -> None:
    assert read("In Jane Crosby’s view, Unison is right.")["Jane Crosby"] == ("person-jane-crosby", Kind.PERSON)


def test_an_office_is_told_by_the_register_and_says_so() -> None:
    text = "Unison praised the health secretary."
    assert entities(text, date(2017, 3, 1))["health secretary"] == "person-jeremy-hunt"
    _, resolution = resolved(text, date(2017, 3, 1))
    (told,) = resolution.entities["person-jeremy-hunt"].by_register
    assert told.exact == "health secretary"
    assert "person-jeremy-hunt" in resolution.minor


def test_an_office_is_told_by_the_document_first() -> None:
    text = "Health secretary Adam Reed praised Unison. The health secretary wrote to Mind."
    assert entities(text, date(2017, 3, 1))["health secretary"] == "person-adam-reed"
    assert not resolved(text, date(2017, 3, 1))[1].by_register


def test_a_former_health_secretary_is_not_the_one_in_office() -> None:
    assert "health secretary" not in entities("Unison praised the former health secretary.", date(2017, 3, 1))


@pytest.mark.parametrize(
    "text",
    [
        "Unison and Mind wrote to NHS England. Both praised Barts Health.",
        "Unison and Mind wrote to NHS England. The two bodies praised Barts Health.",
        "Unison and Mind wrote to NHS England. They praised Barts Health.",
        "Unison met Mind. The pair praised Barts Health.",
    ],
)
def test_two_that_were_named_together_are_both(text: str) -> None:
    assert several(text) == [("unison", "mind")]


def test_two_trusts_are_those_that_are_trusts() -> None:
    assert several("Unison wrote to Barts Health and Royal Cornwall Hospitals. The two trusts agreed.") == [
        ("ods-r1h", "ods-ref")
    ]


def test_two_of_three_are_not_told() -> None:
    assert not several("Unison, Mind and Barts Health met. The two bodies agreed.")


def test_the_former_and_the_latter_are_the_two_named_last() -> None:
    found = entities("Unison met Mind. The latter praised Barts Health. The former did not praise NHS England.")
    assert (found["former"], found["latter"]) == ("unison", "mind")


def test_a_noun_may_come_before_the_only_name_that_it_can_mean() -> None:
    found = entities("The trust has closed a ward. Barts Health told Unison so.")
    assert found["The trust"] == "ods-r1h"


def test_a_noun_before_two_names_that_it_can_mean_is_neither() -> None:
    found = entities("The trust has closed a ward. Barts Health and Royal Cornwall Hospitals told Unison so.")
    assert "The trust" not in found


def test_a_fund_is_one_with_what_is_called_the_fund_and_the_money() -> None:
    found = entities("The £500m winter discharge fund is late. Unison praised the fund. Mind wants the money.")
    assert found["£500m winter discharge fund"] == found["the fund"] == found["the money"]


def test_the_after_and_begins_another_name() -> None:
    found = entities("AllTrials, Sense about Science and the Academy of Medical Sciences met Mind.")
    assert found["Academy of Medical Sciences"] == "body-academy-of-medical-sciences"


def test_a_place_s_council_is_a_body() -> None:
    assert entities("Skelby council wrote to Unison.")["Skelby council"] == "body-skelby-council"


def test_words_like_no_other_are_names() -> None:
    found = read("The centre is run by BrisDoc. Its sensors come from iRhythm.")
    assert found["BrisDoc"] == ("body-brisdoc", Kind.ORGANISATION)


def test_a_word_with_a_capital_that_comes_again_is_a_name() -> None:
    text = "Gloves bought through Commonstore cost Barts Health more. Unison told Commonstore so."
    assert read(text)["Commonstore"] == ("body-commonstore", Kind.ORGANISATION)


def test_one_name_alone_is_a_body_rather_than_a_person_of_whom_nothing_is_said() -> None:
    assert read("Unison was told so by Odgers.")["Odgers"][1] is Kind.ORGANISATION
    assert read("Jane Odgers met Unison. Odgers had been engaged by Mind.")["Odgers"][1] is Kind.PERSON


def test_the_trust_of_a_text_that_names_none_is_one_body_of_that_text() -> None:
    found = entities("The trust has closed a ward. Unison wrote to the trust.")
    assert found["The trust"] == found["the trust"] == "body-trust"


def test_what_was_said_longer_is_the_same() -> None:
    found = entities("Unison praised the long-term race equality strategy. Mind likes the race equality strategy.")
    assert len({identifier for words, identifier in found.items() if "strategy" in words}) == 1


def test_a_newspaper_and_a_council_are_not_their_place() -> None:
    found = read(
        "The Skelby Gazette praised Skelby County Council. Unison met people near Skelby. In Skelby, Mind agreed."
    )
    assert found["Skelby"][1] is Kind.PLACE
    assert found["Skelby Gazette"][0] == "body-skelby-gazette"


def test_a_constituency_in_brackets_is_a_place() -> None:
    assert read("Jane Crosby (Skelby Fells) (Lab): I thank Unison.")["Skelby Fells"][1] is Kind.PLACE


def test_a_title_in_capitals_is_one_name() -> None:
    text = "The campaign is called Catch Up With Cancer, and Unison has praised what the campaign has done since then."
    assert "Catch Up With Cancer" in entities(text)


def test_joined_places_are_two() -> None:
    found = read("The software has been adopted by Devon and Dorset, which Unison praised.")
    assert found["Devon"] == ("place-devon", Kind.PLACE)
    assert found["Dorset"] == ("place-dorset", Kind.PLACE)


def test_it_as_an_object_is_none_of_the_subjects() -> None:
    assert "it" not in entities("The Care Quality Commission and NHS England praised it.")


def test_lords_who_are_addressed_are_no_house() -> None:
    found = entities("Lord Thrale: My Lords, noble Lords asked the Care Quality Commission to come.")
    assert "house-of-lords" not in found.values()


def test_the_lords_are_the_house() -> None:
    assert entities("The bill was sent back by the Lords in May.")["Lords"] == "house-of-lords"


def test_places_that_stand_for_bodies_are_two() -> None:
    found = entities("Leeds and Bradford will share a laboratory.")
    assert {"Leeds", "Bradford"} <= found.keys()


def test_an_office_without_a_name_is_nobody() -> None:
    assert "The chancellor" not in entities("The chancellor has promised Barts Health a new wing.")


def test_staff_are_those_of_whom_their_pronoun_stands_for() -> None:
    found = entities("Barts Health has thanked its nurses.")
    assert found["its nurses"].endswith("barts-health-nhs-trust-nurse")


def test_staff_of_nobody_are_nothing() -> None:
    assert "staff" not in entities("Barts Health has trained staff.")


def test_a_body_that_the_register_does_not_know_is_not_the_nhs() -> None:
    found = entities("NHS Orkney and NHS Health Scotland wrote to Unison about NHS Trusts and the NHS Director.")
    assert found["NHS Orkney"] == "body-nhs-orkney"
    assert found["NHS Health Scotland"] == "body-nhs-health-scotland"
    assert found["NHS"] == "national-health-service"


def test_a_name_between_commas_is_what_the_description_before_it_describes() -> None:
    found = entities("She also censures the former strategic health authority, NHS Welland, for its haste.")
    assert found["former strategic health authority"] == found["NHS Welland"]


@pytest.mark.parametrize(
    "line",
    [
        "Prudence Falk",
        "Prudence Falk (Con)",
        "Prudence Falk (Leeds East) (Lab)",
        "The Minister for Care Services (Prudence Falk)",
    ],
)
def test_who_has_the_word_is_a_person_however_the_line_names_her(line: str) -> None:
    found = read(f"{line}: I have written to Barts Health.")
    assert found.get("Prudence Falk", found["I"]) == found["I"] == ("person-prudence-falk", Kind.PERSON)


def test_clauses_and_amendments_are_told_by_their_numbers() -> None:
    found = entities("Unison supports new clause 9 and amendment 61, and opposes Amendment 64.")
    assert found["new clause 9"].endswith("new-clause-9")
    assert found["amendment 61"] != found["Amendment 64"]


def test_a_list_of_places_is_of_several_bodies() -> None:
    assert {"Leeds", "Hull", "Grimsby"} <= entities("Leeds, Hull and Grimsby were rated by the CQC.").keys()


def test_the_last_word_of_a_company_makes_its_name_unless_it_goes_on() -> None:
    found = entities("The Barts Medical School met Deep Medical. Nobody at Deep was late.")
    assert found["Barts Medical School"] == "body-barts-medical-school"
    assert found["Deep Medical"] == "body-deep-medical"


def test_two_words_that_begin_a_body_s_name_are_no_person() -> None:
    found = entities("Scans are made by Van Horne Medical. Unison asked Van Horne and Jane Crosby for figures.")
    assert found["Van Horne"] == found["Van Horne Medical"] == "body-van-horne-medical"
