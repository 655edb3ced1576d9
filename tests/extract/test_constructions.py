"""The same relation in the constructions in which journalists and members of parliament word it."""

from __future__ import annotations

import functools

import pytest

from nhskg.model import Claim, Document
from nhskg.resources import LANGUAGE_MODEL
from readers import rules_reader

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(not LANGUAGE_MODEL.exists(), reason="no language model in this checkout"),
]

CROSBY, HALL = "person-jane-crosby", "person-tom-hall"
BARTS, HEWITT = "ods-r1h", "programme-hewitt-review"


@functools.cache
def read(text: str) -> tuple[Claim, ...]:
    (reading,) = rules_reader().read([Document(id="example", text=text)])
    return tuple(reading.claims)


def triples(text: str) -> set[tuple[str, str, str]]:
    return {(claim.subject, claim.predicate, claim.object) for claim in read(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Unison criticised NHS England over the delays.",
        "NHS England was criticised by Unison last week.",
        "Unison, which criticised NHS England last year, has changed its mind.",
        "NHS England, criticised by Unison last year, has apologised.",
        "Unison accused NHS England of misleading the public.",
        "NHS England faced criticism from Unison.",
        "NHS England came under fire from Unison.",
        "Unison has expressed concern about NHS England.",
        "Criticism of NHS England by Unison was harsh.",
        "Unison is angry with NHS England.",
        "Unison said it was disappointed with NHS England.",
        "Unison is disappointed that NHS England has not acted.",
    ],
)
def test_criticism_whatever_its_wording(text: str) -> None:
    assert ("unison", "criticised", "nhs-england") in triples(text)


@pytest.mark.parametrize(
    "text",
    [
        "NHS England gave NHS Digital £5m.",
        "NHS England gave £5m to NHS Digital.",
        "NHS Digital was given £5m by NHS England.",
        "NHS Digital has received £5m from NHS England.",
        "£5m was given to NHS Digital by NHS England.",
        "NHS Digital, funded by NHS England, has closed.",
        "NHS Digital is funded and overseen by NHS England.",
        "By funding NHS Digital, NHS England has angered Unison.",
        "Unison persuaded NHS England to fund NHS Digital.",
    ],
)
def test_gifts_in_every_order(text: str) -> None:
    assert ("nhs-england", "funds", "nhs-digital") in triples(text)


@pytest.mark.parametrize(
    "text",
    [
        "Unison is opposed to the Hewitt review.",
        "Opposition from Unison to the Hewitt review has grown.",
        "The Hewitt review has met opposition from Unison.",
        "The Hewitt review, which Unison opposes, has begun.",
    ],
)
def test_opposition_as_noun_and_adjective(text: str) -> None:
    assert ("unison", "opposes", HEWITT) in triples(text)


@pytest.mark.parametrize(
    "text",
    [
        "The Hewitt review has the support of Unison.",
        "Unison came out in support of the Hewitt review.",
        "Unison is in favour of the Hewitt review.",
        "Unison has backed calls for the Hewitt review.",
    ],
)
def test_support_had_or_given(text: str) -> None:
    assert ("unison", "supports", HEWITT) in triples(text)


@pytest.mark.parametrize(
    "text",
    [
        "Jane Crosby, chief executive of Barts Health, has resigned.",
        "Barts Health chief executive Jane Crosby has resigned.",
        "Barts Health’s chief executive, Jane Crosby, has resigned.",
        "The chief executive of Barts Health, Jane Crosby, said so.",
        "Jane Crosby (chief executive, Barts Health) attended.",
        "Jane Crosby, director of policy at Barts Health, agreed.",
        "Jane Crosby has been appointed chief executive of Barts Health.",
        "Jane Crosby, who was appointed chair of Barts Health in May, said so.",
        "As chair of Barts Health, Jane Crosby welcomed the Hewitt review.",
        "Jane Crosby, now at Barts Health, agreed.",
        "Tom Hall named Jane Crosby chair of Barts Health.",
        "Barts Health, led by Jane Crosby, has praised Unison.",
        "Tom Hall, chair of Unison, and Jane Crosby, chair of Barts Health, agreed.",
    ],
)
def test_posts_beside_people(text: str) -> None:
    assert (CROSBY, "holds_post", BARTS) in triples(text)


@pytest.mark.parametrize(
    ("text", "triple"),
    [
        ("NHS England awarded a contract to Serco.", ("nhs-england", "commissions", "serco")),
        ("Serco won a contract from NHS England.", ("nhs-england", "commissions", "serco")),
        ("Barts Health was rated inadequate by the Care Quality Commission.", ("cqc", "rates", BARTS)),
        ("Barts Health is under investigation by the Care Quality Commission.", ("cqc", "investigates", BARTS)),
        ("The helpline is run by Serco on behalf of NHS England.", ("serco", "supplies", "nhs-england")),
        ("Trusts were forced to use NHS Mail by NHS England.", ("nhs-england", "directs", "group-trust")),
        ("NHS England has set trusts a new target.", ("nhs-england", "directs", "group-trust")),
        ("The letter from NHS England to trusts was harsh.", ("nhs-england", "wrote_to", "group-trust")),
        (
            "A review commissioned by NHS England has criticised Serco.",
            ("programme-example-review", "criticised", "serco"),
        ),
        ("NHS England’s decision to abolish NHS Digital was a shock.", ("nhs-england", "abolished", "nhs-digital")),
        ("Unison has demanded that ministers act.", ("unison", "called_on", "group-minister")),
        ("Jane Crosby: Will he join me in congratulating Barts Health?", (CROSBY, "praised", BARTS)),
        ("Jane Crosby: Can I urge NHS England to act?", (CROSBY, "called_on", "nhs-england")),
        ("Jane Crosby: Serco has made a mess of the helpline.", (CROSBY, "criticised", "serco")),
        (
            "Jane Crosby of the King’s Fund said NHS England had misled ministers.",
            (CROSBY, "criticised", "nhs-england"),
        ),
    ],
)
def test_direction(text: str, triple: tuple[str, str, str]) -> None:
    assert triple in triples(text)


@pytest.mark.parametrize(
    ("text", "triple"),
    [
        ("NHS England has banned trusts from using Serco.", ("nhs-england", "uses", "serco")),
        ("Tom Hall named Jane Crosby chair of Barts Health.", (HALL, "holds_post", BARTS)),
        (
            "NHS England chief executive Jane Crosby has told trusts to cut spending.",
            ("nhs-england", "directs", "group-trust"),
        ),
        ("The Hewitt review has the support of Unison.", (HEWITT, "supports", "unison")),
        (
            "Doctors are regulated by the General Medical Council, nurses by the Nursing and Midwifery Council.",
            ("group-nurse", "regulates", "group-doctor"),
        ),
        ("Unison called on the government to publish the Hewitt review.", ("unison", "published", HEWITT)),
        ("Public Health England closed that autumn, and Serco took its work.", ("phe", "abolished", "serco")),
        ("Jane Crosby, chair of Unison, who criticised Serco, has left.", ("unison", "criticised", "serco")),
        ("Ministers want NHS England to fund NHS Digital.", ("group-minister", "funds", "nhs-digital")),
        ("Ministers want NHS England to fund NHS Digital.", ("group-minister", "proposes", "nhs-england")),
        ("Ministers asked whether NHS England funds Serco.", ("group-minister", "called_on", "nhs-england")),
        ("Unison called for the Hewitt review to be scrapped.", ("unison", "proposes", HEWITT)),
        ("Unison criticised plans to merge Barts Health with Homerton.", ("unison", "merged_with", "ods-r1h")),
        ("Unison criticised plans to fund NHS Digital.", ("unison", "funds", "nhs-digital")),
        ("Unison backed calls for NHS England to be abolished.", ("unison", "supports", "nhs-england")),
    ],
)
def test_what_is_not_said(text: str, triple: tuple[str, str, str]) -> None:
    assert triple not in triples(text)


@pytest.mark.parametrize(
    ("text", "triple", "status"),
    [
        ("NHS England has yet to publish the Hewitt review.", ("nhs-england", "published", HEWITT), "negated"),
        ("NHS England has banned trusts from using Serco.", ("group-trust", "uses", "serco"), "negated"),
        ("Unison has withdrawn its support for the Hewitt review.", ("unison", "supports", HEWITT), "negated"),
        ("Unison no longer supports the Hewitt review.", ("unison", "supports", HEWITT), "negated"),
        ("Unison attaches no blame to NHS England.", ("unison", "criticised", "nhs-england"), "negated"),
        ("Far from criticising NHS England, Unison praised it.", ("unison", "criticised", "nhs-england"), "negated"),
        ("Unison has no criticism of NHS England.", ("unison", "criticised", "nhs-england"), "negated"),
        ("Unison did not say that it supported the Hewitt review.", ("unison", "supports", HEWITT), "hypothetical"),
        ("NHS England denied funding NHS Digital.", ("nhs-england", "funds", "nhs-digital"), "negated"),
        ("NHS England answers to ministers and not to Serco.", ("nhs-england", "accountable_to", "serco"), "negated"),
        ("NHS England is to be abolished by ministers.", ("group-minister", "abolished", "nhs-england"), "planned"),
        ("Jane Crosby will join NHS England as director of finance.", (CROSBY, "holds_post", "nhs-england"), "planned"),
        (
            "Ministers are considering abolishing NHS England.",
            ("group-minister", "abolished", "nhs-england"),
            "hypothetical",
        ),
        ("Ministers said that NHS England would fund NHS Digital.", ("nhs-england", "funds", "nhs-digital"), "planned"),
        ("Few trusts support the Hewitt review.", ("group-trust", "supports", HEWITT), "negated"),
        ("NHS England rejected Unison’s criticism of Serco.", ("unison", "criticised", "serco"), "asserted"),
        (
            "Had NHS England funded Serco, Unison would have objected.",
            ("nhs-england", "funds", "serco"),
            "hypothetical",
        ),
        ("There is no evidence that NHS England paid Serco.", ("nhs-england", "funds", "serco"), "negated"),
        ("Jane Crosby stopped short of criticising NHS England.", (CROSBY, "criticised", "nhs-england"), "negated"),
        (
            "Instead of funding NHS Digital, the Treasury funded Serco.",
            ("hm-treasury", "funds", "nhs-digital"),
            "negated",
        ),
        ("Ministers want NHS England to fund NHS Digital.", ("nhs-england", "funds", "nhs-digital"), "planned"),
        ("Unison accused NHS England of paying Serco.", ("nhs-england", "funds", "serco"), "alleged"),
        ("NHS England is said to have paid Serco.", ("nhs-england", "funds", "serco"), "alleged"),
    ],
)
def test_status_of_constructions(text: str, triple: tuple[str, str, str], status: str) -> None:
    found = {c.status.value for c in read(text) if (c.subject, c.predicate, c.object) == triple}
    assert found == {status}


@pytest.mark.parametrize(
    ("text", "triple"),
    [
        ("NHS Digital is funded in equal parts by NHS England.", ("nhs-england", "funds", "nhs-digital")),
        ("A decision by NHS England to fund NHS Digital was late.", ("nhs-england", "funds", "nhs-digital")),
        ("Plans for NHS England to fund NHS Digital were dropped.", ("nhs-england", "funds", "nhs-digital")),
        ("Barts Health was the first trust to use NHS Mail.", (BARTS, "uses", "nhsmail")),
        ("The CQC warned NHS England that wards would close.", ("cqc", "warned", "nhs-england")),
        ("Unison wrote to NHS England asking it to act.", ("unison", "called_on", "nhs-england")),
        ("Unison wrote to the chief executive of NHS England.", ("unison", "wrote_to", "nhs-england")),
        ("NHS England has told trusts that they must publish plans.", ("nhs-england", "directs", "group-trust")),
        ("NHS Digital plans to become part of NHS England.", ("nhs-digital", "part_of", "nhs-england")),
        ("Barts Health bought it with a grant from NHS England.", ("nhs-england", "funds", BARTS)),
        ("The chair of Barts Health, Jane Crosby, has resigned.", (CROSBY, "left", BARTS)),
        ("The chair of Barts Health, Ms Jane Crosby, spoke.", (CROSBY, "holds_post", BARTS)),
        ("Jane Crosby, formerly of Barts Health, spoke.", (CROSBY, "holds_post", BARTS)),
        ("Jane Crosby is to be the next chair of Barts Health.", (CROSBY, "holds_post", BARTS)),
        ("Sir Tom Hall succeeded Jane Crosby as chair of Barts Health.", (CROSBY, "holds_post", BARTS)),
        ("Sir Tom Hall succeeded Jane Crosby as chair of Barts Health.", (HALL, "holds_post", BARTS)),
        ("NHS England and the CQC jointly published a report.", ("cqc", "works_with", "nhs-england")),
        ("Two unions, Unison and the RCN, agreed.", ("unison", "member_of", "group-union")),
        ("Many unions, among them Unison, agreed.", ("unison", "member_of", "group-union")),
    ],
)
def test_who_takes_part_wherever_the_words_hang(text: str, triple: tuple[str, str, str]) -> None:
    found = triples(text)
    assert any((s, p) == triple[:2] and o.endswith(triple[2].removeprefix("group-")) for s, p, o in found), found


@pytest.mark.parametrize(
    ("text", "triple"),
    [
        ("Jane Crosby: Ministers abolished Public Health England.", (CROSBY, "abolished", "phe")),
        ("The board of Barts Health met.", ("body-example-board-of-barts-health", "part_of", BARTS)),
        ("NHS Digital became part of NHS England.", ("nhs-england", "succeeds", "nhs-digital")),
        ("Ministers dropped the idea of a merger.", ("group-minister", "abolished", "programme-example-idea")),
    ],
)
def test_what_only_looks_like_a_relation(text: str, triple: tuple[str, str, str]) -> None:
    assert triple not in triples(text)


@pytest.mark.parametrize(
    ("text", "triple"),
    [
        ("The chair of Barts Health, Jane Crosby, has not paid.", (CROSBY, "holds_post", BARTS)),
        ("NHS England denied that Barts Health chief executive Jane Crosby would pay.", (CROSBY, "holds_post", BARTS)),
        ("Unison said that Jane Crosby of Barts Health could pay.", (CROSBY, "holds_post", BARTS)),
        ("NHS England’s regional team will not pay.", ("body-example-regional-team", "part_of", "nhs-england")),
        ("Ministers have not read the report by NHS England.", ("nhs-england", "published", "work-example-report")),
    ],
)
def test_what_is_taken_for_granted_is_neither_denied_nor_reported(text: str, triple: tuple[str, str, str]) -> None:
    found = {(c.status.value, c.speaker) for c in read(text) if (c.subject, c.predicate, c.object) == triple}
    assert found == {("asserted", None)}


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('Jane Crosby said: "Ministers have abolished Public Health England and told nobody."', CROSBY),
        ('Jane Crosby smiled. "It is a pity," she said. "Ministers have abolished Public Health England."', CROSBY),
        ('He wrote 5" pipes. Ministers have abolished Public Health England.', None),
        ("Jane Crosby said that Public Health England, which ministers abolished, had done well.", None),
    ],
)
def test_whose_words_they_are(text: str, speaker: str | None) -> None:
    (claim,) = [claim for claim in read(text) if claim.predicate == "abolished"]
    assert claim.speaker == speaker


def test_a_quotation_of_nobody_known_is_not_stated_as_fact() -> None:
    (claim,) = read('"Ministers have abolished Public Health England and told nobody')
    assert (claim.status.value, claim.speaker) == ("alleged", None)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("NHS Mail, which most trusts rely on, has failed.", ("group-trust", "uses", "programme-nhsmail")),
        (
            "NHS Supply Chain, which trusts buy gloves from, has closed.",
            ("nhs-supply-chain", "supplies", "group-trust"),
        ),
        ("Jane Crosby praised the Public Accounts Committee, which she sits on.", (CROSBY, "member_of", "pac")),
    ],
)
def test_a_preposition_left_at_the_end_of_a_clause_has_the_noun_before_it(
    text: str, claim: tuple[str, str, str]
) -> None:
    assert claim in triples(text)


def test_a_body_in_brackets_is_whose_somebody_is() -> None:
    assert (CROSBY, "holds_post", BARTS) in triples("Jane Crosby (Barts Health) was there as well.")


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Unison asked NHS England how many trusts use NHS Mail.", ("unison", "called_on", "group-trust")),
        ("Unison told NHS England that ministers must publish guidance.", ("unison", "directs", "nhs-england")),
        (
            "Unison has appointed Jane Crosby to lead the Hewitt review.",
            (CROSBY, "holds_post", "unison"),
        ),
    ],
)
def test_what_is_asked_or_told_is_no_bidding_and_an_errand_no_post(text: str, claim: tuple[str, str, str]) -> None:
    assert claim not in triples(text)
