"""Mended lemmas and parses, on paragraphs built by hand."""

from __future__ import annotations

import pytest
from spacy.lang.en import English
from spacy.tokens import Doc

from nhskg.extract.garden_paths import mend
from nhskg.extract.inflection import forms
from nhskg.extract.lemmas import lemma_of
from nhskg.extract.lexicon import load_lexicon
from nhskg.extract.words import Paragraph


def parsed(*words: tuple[str, str, str, int]) -> Paragraph:
    """A paragraph from text, part of speech, label and head of each word."""
    text, pos, deps, heads = zip(*words, strict=True)
    doc = Doc(English().vocab, words=list(text), pos=list(pos), deps=list(deps), heads=list(heads), lemmas=list(text))
    return Paragraph(doc)


def test_a_participle_with_its_agent_is_not_the_main_verb() -> None:
    doc = parsed(
        ("reviews", "NOUN", "nsubj", 1),
        ("ordered", "VERB", "ROOT", 1),
        ("by", "ADP", "case", 3),
        ("ministers", "NOUN", "obl:agent", 1),
        ("have", "AUX", "aux", 5),
        ("begun", "VERB", "ccomp", 1),
        (".", "PUNCT", "punct", 1),
    )
    doc = mend(doc)
    assert [(word.dep_, word.head.text) for word in doc] == [
        ("nsubj", "begun"),
        ("acl", "reviews"),
        ("case", "ministers"),
        ("obl:agent", "ordered"),
        ("aux", "begun"),
        ("ROOT", "begun"),
        ("punct", "begun"),
    ]


def test_an_infinitive_after_a_noun_is_not_the_main_verb() -> None:
    doc = parsed(
        ("plans", "NOUN", "nsubj", 2),
        ("to", "PART", "mark", 2),
        ("close", "VERB", "ROOT", 2),
        ("wards", "NOUN", "nsubj:pass", 5),
        ("were", "AUX", "aux:pass", 5),
        ("dropped", "VERB", "ccomp", 2),
    )
    doc = mend(doc)
    assert [(word.dep_, word.head.text) for word in doc][2:4] == [("acl", "plans"), ("obj", "close")]
    assert (doc[0].dep_, doc[0].head.text) == ("nsubj:pass", "dropped")


def test_a_main_verb_stays() -> None:
    doc = parsed(
        ("ministers", "NOUN", "nsubj", 1),
        ("said", "VERB", "ROOT", 1),
        ("trusts", "NOUN", "nsubj", 4),
        ("had", "AUX", "aux", 4),
        ("agreed", "VERB", "ccomp", 1),
    )
    doc = mend(doc)
    assert [word.dep_ for word in doc] == ["nsubj", "ROOT", "nsubj", "aux", "ccomp"]


def test_a_verb_is_known_in_forms_that_the_lemmatiser_misses() -> None:
    doc = parsed(("banned", "VERB", "ROOT", 0), ("cancelled", "VERB", "conj", 0), ("found", "VERB", "conj", 0))
    lexicon = load_lexicon()
    assert [lemma_of(word, lexicon) for word in doc] == ["ban", "cancel", "found"]  # of "found" the model decides


@pytest.mark.parametrize(
    ("verb", "form"), [("cancel", "cancelling"), ("trial", "trialled"), ("repeal", "repealed"), ("mislead", "misled")]
)
def test_forms(verb: str, form: str) -> None:
    assert form in forms(verb)
