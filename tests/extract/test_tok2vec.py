"""The faster tok2vec: the same numbers as spaCy's, whatever was read before and beside."""

from __future__ import annotations

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from nhskg.extract import tok2vec
from nhskg.extract.tok2vec import speed_up
from nhskg.resources import LANGUAGE_MODEL

TEXTS = (
    "NHS England funds Leeds Teaching Hospitals NHS Trust.",
    "Yes.",
    "",
    "The regulator told Barts Health NHS Trust in March 2019 that its plans, which the board had agreed, were too dear.",
    "The trust agreed; the board, too, agreed.",
)
pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def fast() -> Language:
    nlp = spacy.load(LANGUAGE_MODEL)
    speed_up(nlp)
    return nlp


def numbers(nlp: Language, texts: tuple[str, ...]) -> list[np.ndarray]:
    """What the parser's tok2vec makes of texts that come together."""
    docs: list[Doc] = [nlp.make_doc(text) for text in texts]
    model = nlp.get_pipe("tok2vec").model  # type: ignore[attr-defined]  # spaCy types every component as a callable
    return list(model.predict(docs))


def test_the_same_numbers_as_spacys(fast: Language) -> None:
    slow = spacy.load(LANGUAGE_MODEL)
    for ours, theirs in zip(numbers(fast, TEXTS), numbers(slow, TEXTS), strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-4)


def test_the_same_parse_as_spacys(fast: Language) -> None:
    slow = spacy.load(LANGUAGE_MODEL)
    for ours, theirs in zip(fast.pipe(TEXTS), slow.pipe(TEXTS), strict=True):
        assert ours.to_json() == theirs.to_json()


def test_a_changed_norm_is_another_word(fast: Language) -> None:
    plain, changed = fast.make_doc("Serco won"), fast.make_doc("Serco won")
    changed[0].norm_ = "company"
    model = fast.get_pipe("tok2vec").model  # type: ignore[attr-defined]  # as above
    assert not np.array_equal(*model.predict([plain, changed]))


def test_what_was_read_before_makes_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tok2vec, "MOST_WORDS", 12)  # so that words are forgotten on the way
    first, second = spacy.load(LANGUAGE_MODEL), spacy.load(LANGUAGE_MODEL)
    speed_up(first)
    speed_up(second)
    numbers(second, TEXTS[::-1])
    numbers(second, ("Trusts in Kent agreed.",))
    for ours, theirs in zip(numbers(first, TEXTS), numbers(second, TEXTS), strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_another_pipeline_stays_as_it_was() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("tagger").add_label("NN")  # type: ignore[attr-defined]  # as above
    nlp.initialize()
    speed_up(nlp)
    assert [token.tag_ for token in nlp("Trusts agreed.")] == ["NN"] * 3
