"""Confidence comes from what was measured, and follows it."""

from __future__ import annotations

import pytest

from nhskg.extract.confidence import Confidence, load_confidence
from nhskg.extract.lexicon import load_lexicon
from nhskg.model import Label

MEASURED = Confidence(0.6, {"funds/verb": 0.8, "funds/noun": 0.5}, {Label.NAME: 0.7, Label.PRONOUN: 0.4})


def test_a_wording_that_is_more_often_right_is_trusted_more() -> None:
    assert MEASURED.of("funds/verb", Label.NAME) > MEASURED.of("funds/noun", Label.NAME)


def test_a_pronoun_is_trusted_less_than_a_name() -> None:
    assert MEASURED.of("funds/verb", Label.PRONOUN) < MEASURED.of("funds/verb", Label.NAME)


def test_a_wording_that_was_never_seen_is_as_good_as_all() -> None:
    assert MEASURED.of("hosts/noun", Label.PHRASE) == 0.6


def test_the_packaged_shares_are_of_wordings_that_the_lexicon_has() -> None:
    confidence = load_confidence()
    worded = {
        f"{frame.predicate}/{frame.part_of_speech}" for frames in load_lexicon().frames.values() for frame in frames
    }
    assert set(confidence.wordings) <= worded
    shares = [confidence.overall, *confidence.wordings.values(), *confidence.arguments.values()]
    assert all(0 < share < 1 for share in shares)


@pytest.mark.parametrize("label", list(Label))
def test_every_confidence_is_a_share(label: Label) -> None:
    assert 0 < load_confidence().of("funds/verb", label) < 1
