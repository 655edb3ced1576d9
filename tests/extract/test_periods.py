"""When a claim holds: the time that hangs on its words, not every time in its sentence. The documents are of 8 May 2019."""

from __future__ import annotations

from datetime import date

import pytest

from nhskg.model import Claim, Document
from nhskg.resources import LANGUAGE_MODEL
from readers import rules_reader

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(not LANGUAGE_MODEL.exists(), reason="no language model in this checkout"),
]

DAY = date(2019, 5, 8)


def read(text: str, published: date | None = DAY) -> tuple[Claim, ...]:
    (reading,) = rules_reader().read([Document(id="example", text=text, published=published)])
    return reading.claims


def one(text: str, predicate: str, published: date | None = DAY) -> Claim:
    found = [claim for claim in read(text, published) if claim.predicate == predicate]
    assert found, f"no {predicate}"
    return found[0]


def when(claim: Claim) -> tuple[str, str] | None:
    return (claim.period.start, claim.period.end) if claim.period else None


@pytest.mark.parametrize(
    ("text", "predicate", "start", "end"),
    [
        ("Jane Crosby has been chair of Barts Health since April 2018.", "holds_post", "2018-04", ""),
        ("Jane Crosby was chair of Barts Health until 2017.", "holds_post", "", "2017"),
        ("Jane Crosby served as chair of Barts Health from 2010 to 2015.", "holds_post", "2010", "2015"),
        ("Jane Crosby was appointed chair of Barts Health in 2018.", "holds_post", "2018", ""),
        ("Jane Crosby joined Barts Health as chair last year.", "holds_post", "2018", ""),
        ("Jane Crosby resigned as chair of Barts Health in 2018.", "holds_post", "", "2018"),
        ("NHS England will fund Barts Health for 2023-24.", "funds", "2023-04", "2024-03"),
        ("NHS England plans to merge with NHS Digital by December.", "merged_with", "", "2019-12"),
        ("NHS Improvement gave its backing to the Hewitt review last month.", "supports", "2019-04", "2019-04"),
        ("NHS Digital, which NHS England funded between 2015 and 2018, has closed.", "funds", "2015", "2018"),
        ("NHS England began funding NHS Digital in 2016.", "funds", "2016", "2016"),
        ("Unison criticised NHS England last week.", "criticised", "2019-04-29", "2019-05-05"),
        ("Unison criticised NHS England on Tuesday.", "criticised", "2019-05-07", "2019-05-07"),
        (
            "Criticism of NHS England by Unison in the first quarter of 2018 was harsh.",
            "criticised",
            "2018-01",
            "2018-03",
        ),
        ("Barts Health will buy services from NHS Supply Chain from next April.", "supplies", "2020-04", ""),
        ("NHS England must fund Barts Health by the end of the year.", "funds", "", "2019"),
        ("“NHS England has funded us since 2015,” said Barts Health on Monday.", "funds", "2015", ""),
        ("Jane Crosby will become chair of Barts Health on 1 June.", "holds_post", "2019-06-01", ""),
        ("Since its creation in 2013, NHS England has overseen CCGs.", "oversees", "2013", ""),
        ("CQC inspected Barts Health in January and February.", "investigates", "2019-01", "2019-02"),
        ("NHS England last week announced £5m for trusts for 2023-24.", "announced", "2019-04-29", "2019-05-05"),
        ("From 1 April NHS England will fund Barts Health.", "funds", "2020-04-01", ""),
    ],
)
def test_the_time_of_a_claim(text: str, predicate: str, start: str, end: str) -> None:
    claim = one(text, predicate)
    assert when(claim) == (start, end)
    assert claim.period is not None
    assert claim.period.text in text


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("The Treasury said on Tuesday that it funds NHS Digital.", "funds"),
        ("NHS England promised last month to fund NHS Digital.", "funds"),
        ("NHS England published its plan for 2018.", "published"),
        ("Unison praised the May 2018 report of NHS England.", "praised"),
        ("Unison, which was set up in 1993, criticised NHS England.", "criticised"),
        ("Unison criticised NHS England for five years.", "criticised"),
        ("In 2018 NHS England agreed to fund Barts Health.", "funds"),
        ("Jane Crosby, chair of Barts Health from 2010 to 2015, praised Unison.", "praised"),
        ("CQC inspected Barts Health in 2014 and 2017.", "investigates"),
    ],
)
def test_a_time_that_is_another_clauses_or_a_things(text: str, predicate: str) -> None:
    assert when(one(text, predicate)) is None


def test_what_two_coordinated_verbs_share() -> None:
    claims = read("In March NHS England criticised Barts Health and praised Unison.")
    assert {(claim.predicate, when(claim)) for claim in claims} >= {
        ("criticised", ("2019-03", "2019-03")),
        ("praised", ("2019-03", "2019-03")),
    }


def test_without_a_date_only_absolute_times_are_told() -> None:
    assert when(one("Unison criticised NHS England last week.", "criticised", None)) is None
    assert when(one("Unison criticised NHS England in April.", "criticised", None)) is None
    assert when(one("Unison criticised NHS England in April 2018.", "criticised", None)) == ("2018-04", "2018-04")


@pytest.mark.parametrize(
    "text",
    [
        "Former Barts Health chair Jane Crosby criticised Unison.",
        "Jane Crosby, a former chair of Barts Health, criticised Unison.",
        "Jane Crosby, formerly a director of Barts Health, criticised Unison.",
        "Jane Crosby, previously chair of Barts Health, criticised Unison.",
        "Jane Crosby was chair of Barts Health until 2017.",
        "Jane Crosby was chair of Barts Health.",
        "Jane Crosby, chair of Barts Health in 2012, praised Unison.",
        "Jane Crosby served as chair of Barts Health from 2010 to 2015.",
        "Jane Crosby, who led Barts Health before joining Unison, spoke.",
        "Jane Crosby worked for Barts Health.",
        "Jane Crosby was sacked as chair of Barts Health.",
    ],
)
def test_a_post_that_was_held_once(text: str) -> None:
    claims = [c for c in read(text) if c.predicate == "holds_post" and c.object == "ods-r1h"]
    assert claims
    assert all(claim.is_former for claim in claims)


@pytest.mark.parametrize(
    "text",
    [
        "Jane Crosby is chair of Barts Health.",
        "Jane Crosby, chair of Barts Health, criticised Unison.",
        "Jane Crosby has been chair of Barts Health since 2015.",
        "Jane Crosby has served as chair of Barts Health since 2015.",
        "Jane Crosby was appointed chair of Barts Health last year.",
        "Jane Crosby joined Barts Health as chair.",
        "Unison said that Jane Crosby was chair of Barts Health.",
        "Jane Crosby will step down as chair of Barts Health in December.",
        "Jane Crosby chairs Barts Health.",
    ],
)
def test_a_post_that_is_still_held(text: str) -> None:
    claims = [c for c in read(text) if c.predicate == "holds_post" and c.object == "ods-r1h"]
    assert claims
    assert not any(claim.is_former for claim in claims)


def test_only_posts_are_former() -> None:
    assert not any(claim.is_former for claim in read("NHS England funded Barts Health until 2015."))


def test_the_same_claim_in_two_sentences_keeps_both() -> None:
    claims = read("NHS England funds Barts Health. NHS England funded Barts Health in 2017.")
    assert [when(claim) for claim in claims] == [None, ("2017", "2017")]
    assert len({claim.id for claim in claims}) == 2
