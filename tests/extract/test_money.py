"""Sums of money as texts word them, and those that belong to a claim."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhskg.extract.money import load_money, sums
from nhskg.model import Amount, Document
from nhskg.resources import LANGUAGE_MODEL
from readers import rules_reader


def one(text: str) -> Amount:
    (found,) = sums(text)
    return found.amount


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("£5m", 5e6, "GBP"),
        ("£5.5 million", 5.5e6, "GBP"),
        ("£1.1m", 1_100_000, "GBP"),
        ("£1,250.50", 1250.5, "GBP"),
        ("£350,000", 350_000, "GBP"),
        ("$2bn", 2e9, "USD"),
        ("US$40k", 40_000, "USD"),
        ("€3.5m", 3.5e6, "EUR"),
        ("£2 trillion", 2e12, "GBP"),
        ("half a billion pounds", 5e8, "GBP"),
        ("10.5 million euros", 10.5e6, "EUR"),
        ("20 pounds", 20, "GBP"),
    ],
)
def test_value_and_currency(text: str, value: float, currency: str) -> None:
    amount = one(f"It cost {text}, we hear.")
    assert (amount.text, amount.value, amount.currency) == (text, value, currency)
    assert (amount.bound, amount.per, amount.is_additional, amount.maximum) == ("", "", False, None)


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("around £17bn", "about"),
        ("almost £5m", "about"),
        ("up to £5m", "up to"),
        ("up to around £5m", "up to"),
        ("no more than £5m", "up to"),
        ("at least £5m", "at least"),
        ("£5m or more", "at least"),
        ("more than £5m", "more than"),
        ("£5m-plus", "more than"),
        ("just under £5m", "less than"),
        ("£5m or so", "about"),
    ],
)
def test_bounds(text: str, bound: str) -> None:
    amount = one(f"It cost {text}.")
    assert (amount.text, amount.bound, amount.is_additional) == (text, bound, False)


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("£5m a year", "year"),
        ("£5m per annum", "year"),
        ("£5m annually", "year"),
        ("£5m-a-year", "year"),
        ("£5m each year", "year"),
        ("annual £5m", "year"),
        ("£200 a week", "week"),
        ("£5 a head", "person"),
        ("£90 per patient", "person"),
    ],
)
def test_rates(text: str, per: str) -> None:
    assert one(f"It gets an {text} grant.").per == per


@pytest.mark.parametrize("text", ["a further £37m", "another £37m", "an extra £37m", "£37m more", "£37m in additional"])
def test_additional_money(text: str) -> None:
    amount = one(f"They spent {text} there.")
    assert amount.is_additional
    assert amount.value == 37e6


@pytest.mark.parametrize(
    "text", ["between £2m and £3m", "£2m to £3m", "£2-3m", "£2m–£3m", "£2m-3m", "between £2 million and £3 million"]
)
def test_a_range_has_two_ends(text: str) -> None:
    amount = one(f"It cost {text}.")
    assert (amount.text, amount.value, amount.maximum) == (text, 2e6, 3e6)


def test_what_is_under_a_sum_is_not_less_than_it() -> None:
    amount = one("They work under a £3m-a-year contract.")
    assert (amount.text, amount.bound, amount.per) == ("£3m-a-year", "", "year")


def test_a_rise_is_no_range() -> None:
    assert [found.amount.value for found in sums("It rose from £2m to £3m.")] == [2e6, 3e6]


@pytest.mark.parametrize("text", ["5,000 beds", "the pound fell", "2m patients", "£", "M&S", "a million reasons"])
def test_what_is_no_money(text: str) -> None:
    assert not list(sums(text))


@given(st.text(alphabet="£$€ 0123456789.,-–kmbn aeryouptofgh", max_size=60))
def test_any_text_gives_sums_that_are_in_it(text: str) -> None:
    for found in sums(text):
        assert found.amount.text in text
        assert found.amount.value >= 0


def test_bounds_are_those_of_the_model() -> None:
    words = load_money()
    bounds = {*words.bounds.values(), *words.bounds_after.values()}
    assert bounds == {"about", "up to", "at least", "more than", "less than"}


@pytest.mark.model
@pytest.mark.skipif(not LANGUAGE_MODEL.exists(), reason="no language model in this checkout")
@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("NHS England gave Barts Health £5m in 2018.", "£5m"),
        ("NHS England gave Barts Health around £5.5 million a year.", "around £5.5 million a year"),
        ("NHS England paid Barts Health up to £5m in 2018.", "up to £5m"),
        ("NHS England funded Barts Health with £5m.", "£5m"),
        ("Barts Health was given around £5m by NHS England.", "around £5m"),
        ("NHS England announced a £500m Winter Fund on Thursday.", "£500m"),
        ("NHS England is spending £3m a year on Serco.", "£3m a year"),
        ("NHS England gives £3m a year to Barts Health.", "£3m a year"),
        ("NHS England will invest an extra £2bn a year in trusts by 2023.", "an extra £2bn a year"),
        ("NHS England awarded between £2m and £3m to Barts Health.", "between £2m and £3m"),
        ("NHS England announced a programme worth up to £10m on Friday.", "up to £10m"),
        ("NHS England gave Barts Health £5m (€6m) last year.", "£5m"),
        ("The Winter Fund, worth £500m, pays Barts Health.", ""),
        ("NHS England, which has debts of £3m, funds Barts Health.", ""),
        ("A survey that cost £2m says that the Treasury funds Barts Health.", ""),
        ("NHS England gave £5m and £3m to Barts Health.", ""),
    ],
)
def test_the_money_of_a_claim_hangs_on_its_words(text: str, wanted: str) -> None:
    (reading,) = rules_reader().read([Document(id="example", text=text)])
    found = {c.amount.text if c.amount else "" for c in reading.claims if c.predicate in ("funds", "announced")}
    assert found == {wanted}
