"""Pairs of entities that extractors link: how they are counted."""

from __future__ import annotations

from typing import Any

import pytest
import spacy
from spacy.tokens import Doc

from compare_extractors import Counts, Pair, Sample, in_clearnlp_labels, of_claims, of_sentences, pairs_between, table
from samples import make_reading


def pair(one: str, other: str) -> Pair:
    return frozenset((one, other))


GOLD: list[dict[str, Any]] = [
    {"subject": "a", "object": "b"},
    {"subject": "b", "object": "a"},
    {"subject": "c", "object": "a"},
    {"subject": "d", "object": "a", "optional": True},
]
ALIGNED = {"1": "a", "2": "b", "3": "c", "4": "d"}


@pytest.mark.parametrize(
    ("found", "counts"),
    [
        (set(), (0, 0, 2, 0)),
        ({pair("1", "2")}, (1, 1, 2, 1)),
        ({pair("1", "2"), pair("1", "4")}, (2, 2, 2, 1)),
        ({pair("1", "2"), pair("2", "3")}, (2, 1, 2, 1)),
        ({pair("1", "2"), pair("1", "unknown")}, (2, 1, 2, 1)),
    ],
)
def test_direction_and_repetition_do_not_count_and_optional_pairs_are_no_miss(
    found: set[Pair], counts: tuple[int, int, int, int]
) -> None:
    tally = Counts()
    tally.add(found, GOLD, ALIGNED)
    assert (tally.found, tally.right, tally.gold, tally.hit) == counts


def test_documents_add_up_to_shares() -> None:
    tally = Counts(seconds=1.25)
    assert tally.row()[:3] == ["0.0", "0.0", "0.0"]
    tally.add({pair("1", "2"), pair("2", "3")}, GOLD, ALIGNED)
    tally.add({pair("1", "2"), pair("1", "3")}, GOLD, ALIGNED)
    assert tally.row() == ["75.0", "75.0", "75.0", "1.2"]


def test_nothing_is_paired_with_itself() -> None:
    assert pairs_between("ab", "b") == {pair("a", "b")}


def test_claims_and_shared_sentences() -> None:
    reading = make_reading()
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    sample = Sample(reading, [(0, nlp(reading.document.text))])
    assert of_claims(sample) == of_sentences(sample) == {pair("hm-treasury", "nhs-digital")}
    apart = Sample(reading, [(0, nlp("The Treasury. Unison NHS Digital."))])
    assert of_sentences(apart) == set()


def test_the_labels_of_universal_dependencies_become_those_that_textacy_knows() -> None:
    doc = Doc(
        spacy.blank("en").vocab,
        words=["Trusts", "were", "funded", "by", "ministers"],
        pos=["NOUN", "AUX", "VERB", "ADP", "NOUN"],
        heads=[2, 2, 2, 4, 2],
        deps=["nsubj:pass", "aux:pass", "ROOT", "case", "obl:agent"],
    )
    renamed = in_clearnlp_labels(doc)
    assert [token.dep_ for token in renamed] == ["nsubjpass", "auxpass", "ROOT", "agent", "pobj"]
    assert [token.head.i for token in renamed] == [2, 2, 2, 2, 3]
    assert renamed.text == doc.text


def test_the_table_has_the_documents_that_count_first() -> None:
    rows = table(
        {
            ("ours, tuned", "nhskg"): Counts(),
            ("real, held out", "textacy"): Counts(),
            ("real, held out", "nhskg"): Counts(),
        }
    )
    assert [line.split(" | ")[:2] for line in rows.splitlines()[2:]] == [
        ["| real, held out", "nhskg"],
        ["| real, held out", "textacy"],
        ["| ours, tuned", "nhskg"],
    ]
