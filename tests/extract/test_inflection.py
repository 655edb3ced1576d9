"""The forms of the lexicon's verbs are English."""

from __future__ import annotations

import pytest

from nhskg.extract.inflection import inflect


@pytest.mark.parametrize(
    ("verb", "past"),
    [
        ("admit", "admitted"),
        ("dub", "dubbed"),
        ("lose", "lost"),
        ("transfer", "transferred"),
        ("cancel", "cancelled"),
        ("monitor", "monitored"),
        ("target", "targeted"),
        ("deny", "denied"),
        ("wind", "wound"),
        ("step", "stepped"),
    ],
)
def test_past_tense(verb: str, past: str) -> None:
    assert inflect(verb, "past") == past


def test_gerunds() -> None:
    assert [inflect(verb, "ing") for verb in ("oversee", "fund", "close", "begin")] == [
        "overseeing",
        "funding",
        "closing",
        "beginning",
    ]
