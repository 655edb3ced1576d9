"""The labelled passages are in order, different from one another, and have every relation often enough to learn it."""

from __future__ import annotations

from collections import Counter

import pytest

from labelled_claims import FOLDER, read_passages
from nhskg.ontology import load_predicates

PASSAGES = [passage for path in sorted(FOLDER.glob("*.txt")) for passage in read_passages(path)]


def test_no_two_passages_are_alike() -> None:
    assert not [text for text, count in Counter(passage.text for passage in PASSAGES).items() if count > 1]


@pytest.mark.parametrize("predicate", load_predicates())
def test_each_relation_is_claimed_in_many_passages(predicate: str) -> None:
    assert sum(any(claim.predicate == predicate for claim in passage.claims) for passage in PASSAGES) >= 100


def test_many_passages_claim_nothing() -> None:
    assert sum(not passage.claims for passage in PASSAGES) > len(PASSAGES) / 10
