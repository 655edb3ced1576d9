"""Sums of money: how they are worded (``ontology/money.toml``), and which of them a claim speaks of."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from nhskg.extract.attachment import head_of, path
from nhskg.extract.lexicon import Lexicon
from nhskg.extract.words import Paragraph, Word, Words, once
from nhskg.model import Amount
from nhskg.resources import resource

NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
LONGEST = 60
"""Characters before a sum in which the words stand that say how it is meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyWords:
    """The tables of ``ontology/money.toml``, what their words stand for, and patterns of them.

    Attributes:
        sum: a sign with its number and magnitude, and no more: "£5.5m".
        figures: a sum, also with the currency in words ("half a billion pounds"), or the two ends of a range.
        before, after: the words beside figures that say how they are meant.
    """

    currencies: Mapping[str, str]
    magnitudes: Mapping[str, float]
    numbers: Mapping[str, float]
    bounds: Mapping[str, str]
    bounds_after: Mapping[str, str]
    rates: Mapping[str, str]
    rates_before: Mapping[str, str]
    additional: frozenset[str]
    additional_after: frozenset[str]
    worth: frozenset[str]
    sum: re.Pattern[str]
    figures: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]

    def value(self, number: str, magnitude: str | None) -> float:
        """The value of figures as written."""
        figure = self.numbers.get(_key(number))
        figure = float(number.replace(",", "")) if figure is None else figure
        # Rounded to pence: 1.1 times a million is not quite 1100000.
        return round(figure * self.magnitudes[(magnitude or "").lower()], 2)


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount in a text: ``start`` to ``end`` are the figures without the words around them."""

    start: int
    end: int
    amount: Amount


def sums(text: str) -> Iterator[Sum]:
    """Gives the sums of money in a text, in order.

    >>> [found.amount.text for found in sums("It got up to a further £37m a year and lost $2bn.")]
    ['up to a further £37m a year', '$2bn']
    """
    words = load_money()
    place = 0
    while match := words.figures.search(text, place):
        found = _sum(match, words)
        yield found
        place = found.end


@once
def sums_in(doc: Paragraph) -> tuple[Sum, ...]:
    """Gives the sums of money in a paragraph, in order."""
    return tuple(sums(doc.text))


def _sum(match: re.Match[str], words: MoneyWords) -> Sum:
    """A sum with the words around it; of a pair of figures that are no range, the first."""
    text, parts = match.string, match.groupdict()
    is_range = _is_range(match)
    first = match.start() if match["opening"] is None else match.end("opening")
    start = match.start() if is_range else first
    end = match.end() if is_range or match["high"] is None else match.start("link")
    before = words.before.search(text, max(0, start - LONGEST), start)
    after = words.after.match(text, end)
    assert before is not None  # both fit nothing, too
    assert after is not None
    said, said_after = _key(before[0]), _key(after[0])
    bound_after = _first(said_after, words.bounds_after)
    more = _has_any(said, words.additional) or (not bound_after and _has_any(said_after, words.additional_after))
    magnitude = parts["magnitude"] or parts["word_magnitude"] or (parts["high_magnitude"] if is_range else None)
    return Sum(
        start=first,
        end=end,
        amount=Amount(
            text=text[start if f" {said}".endswith((" ", " a", " an")) else before.start() : after.end()].strip(),
            value=words.value(parts["low"] or parts["number"], magnitude),
            currency=words.currencies[(parts["sign"] or parts["unit"]).lower()],
            bound=_bound(said, words) or bound_after,
            per=_first(said_after, words.rates) or _first(said, words.rates_before),
            is_additional=more,
            maximum=words.value(parts["high"], parts["high_magnitude"]) if is_range else None,
        ),
    )


def _is_range(match: re.Match[str]) -> bool:
    """ "between £2m and £3m", "£2m to £3m", "£2-3m"; but "£2m and £3m" are two, and "from £2m to £3m" is mostly a change."""
    if match["high"] is None:
        return False
    opening = (match["opening"] or "").lower().strip()
    return opening == "between" if match["link"].strip() == "and" else opening != "from"


def amount_of(trigger: Word, lexicon: Lexicon) -> Amount | None:
    """Gives the money of a claim: the sum nearest to its trigger among those that hang on it.

    The size of the fund that gives ("the £500m Winter Fund paid") is not what it gives. Where two sums are as near, or
    coordinated ("£5m to one and £3m to another"), any choice would be a guess, and there is none.
    """
    doc, sentence, worth = trigger.doc, trigger.sent, load_money().worth
    found: list[tuple[tuple[bool, int], Amount]] = []
    end = 0
    for each in sums_in(doc):
        again, end = doc.text[end : each.start].strip() == "(", each.end  # "£5m (€6m)"
        span = span_of(doc, each.start, each.end)
        if again or not sentence.start <= head_of(span).i < sentence.end:
            continue
        words = path(span, trigger, lexicon, worth)
        if not words or (len(words) > 1 and words[-1].dep_ == "obl:agent"):
            continue
        if any(word.dep_ == "conj" and is_sum(word) and is_sum(word.head) for word in words):
            return None
        # "£5m came from the Treasury", but of two the subject is the size of what gives.
        found.append(((words[-1].dep_ == "nsubj", len(words)), each.amount))
    nearest = [amount for rank, amount in found if rank == min(rank for rank, _ in found)]
    return nearest[0] if len(nearest) == 1 else None


def span_of(doc: Paragraph, start: int, end: int) -> Words:
    """The tokens of a sum."""
    span = doc.char_span(start, end)
    assert span is not None  # the offsets come from the document's own text
    return span


def rate_after(doc: Paragraph, found: Sum) -> Words | None:
    """The words after a sum for what it is for each of: "a year"."""
    words = load_money()
    after = words.after.match(doc.text, found.end)
    if after is None or not _first(_key(after[0]), words.rates):
        return None
    return span_of(doc, found.end + len(after[0]) - len(after[0].lstrip()), after.end())


def is_sum(word: Word) -> bool:
    """Whether a word is the sign with which a sum of money begins."""
    return load_money().sum.match(word.doc.text, word.idx) is not None


def is_bounded(doc: Paragraph, found: Sum) -> bool:
    """Whether words before a sum say how it is meant: "around", "up to", the "between" of a range."""
    return found.amount.maximum is not None or bool(_bound_before(doc.text, found.start))


def _bound_before(text: str, start: int) -> str:
    words = load_money()
    before = words.before.search(text, max(0, start - LONGEST), start)
    return "" if before is None else _bound(_key(before[0]), words)


def _bound(before: str, words: MoneyWords) -> str:
    """How the words before a sum mean it; "under a £3m contract" is under a contract."""
    return "" if before.endswith((" a", " an")) else _first(before, words.bounds)


def _key(words: str | None) -> str:
    return " ".join((words or "").lower().replace("-", " ").split())


def _has(words: str, phrase: str) -> bool:
    return f" {phrase} " in f" {words} "


def _has_any(words: str, phrases: Iterable[str]) -> bool:
    return any(_has(words, phrase) for phrase in phrases)


def _first(words: str, table: Mapping[str, str]) -> str:
    """What the first of a table's phrases in the words stands for, the longest where two begin alike; else nothing."""
    places = [(f" {words} ".index(f" {phrase} "), -len(phrase), phrase) for phrase in table if _has(words, phrase)]
    return table[min(places)[2]] if places else ""


@functools.cache
def load_money() -> MoneyWords:
    """Reads the tables that the package carries."""
    return read_money(resource("ontology", "money.toml"))


def read_money(file: Path) -> MoneyWords:
    """Reads tables of how money is worded."""
    content = tomllib.loads(file.read_text(encoding="utf-8"))

    def meanings(name: str) -> dict[str, str]:
        return {_key(word): meaning for meaning, listed in content[name].items() for word in listed}

    units = {word.lower(): currency for currency, listed in content["currency_words"].items() for word in listed}
    tables = {name: meanings(name) for name in ("bounds", "bounds_after", "rates", "rates_before")}
    more, numbers = content["additional"], content["numbers"]
    sign, unit, magnitude = _any(content["currencies"]), _any(units), _any(content["magnitudes"])
    before = _any([*tables["bounds"], *tables["rates_before"], *more["before"], "a", "an"])
    after = _any([*tables["bounds_after"], *tables["rates"], *more["after"]])
    return MoneyWords(
        currencies={key.lower(): value for key, value in content["currencies"].items()} | units,
        magnitudes=content["magnitudes"] | {"": 1.0},
        numbers=numbers,
        additional=frozenset(map(_key, more["before"])),
        additional_after=frozenset(map(_key, more["after"])),
        worth=frozenset(content["worth"]["words"]),
        sum=re.compile(rf"(?:{sign})\s?{NUMBER}(?:\s?(?:{magnitude})\b)?", re.IGNORECASE),
        figures=re.compile(
            rf"""
            (?P<opening>\b(?:between|from)\s)?(?P<sign>{sign})\s?(?P<low>{NUMBER})(?:[\s-]?(?P<magnitude>{magnitude})\b)?
            (?:(?P<link>\s(?:to|and)\s(?={sign})|\s?[-–]\s?(?={sign}|{NUMBER}\s?(?:{magnitude})\b))
               (?:{sign})?\s?(?P<high>{NUMBER})(?:[\s-]?(?P<high_magnitude>{magnitude})\b)?)?
            |
            (?<![\w.,])(?P<number>{NUMBER}(?=[\s-])|(?:{_any(numbers)})(?=[\s-](?:{magnitude})))
            (?:[\s-]?(?P<word_magnitude>{magnitude})\b)?\s(?P<unit>{unit})\b
            """,
            re.IGNORECASE | re.VERBOSE,
        ),
        before=re.compile(rf"(?:\b(?:{before})[\s-])*$", re.IGNORECASE),
        after=re.compile(rf"(?:[\s-]?(?:{after})(?!\w))*", re.IGNORECASE),
        **tables,
    )


def _any(words: Iterable[str]) -> str:
    """A pattern for one of the words, the longest that fits; their spaces may be hyphens ("a-year")."""
    return "|".join(
        re.escape(word).replace(r"\ ", r"[\s-]") for word in sorted(words, key=lambda word: (-len(word), word))
    )
