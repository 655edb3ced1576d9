"""A parsed paragraph as plain objects: the same as spaCy's, by hand-built parses and by the packaged model."""

from __future__ import annotations

import pytest
from spacy.lang.en import English
from spacy.tokens import Doc

from nhskg.extract.language import load_language_model
from nhskg.extract.words import Paragraph, Word, once
from nhskg.resources import LANGUAGE_MODEL

TEXT = 'Barts Health, which runs five hospitals, wrote to Unison. "We have read it," said Unison\'s leaders - and they had!'


@pytest.fixture(scope="module")
def doc() -> Doc:
    if not LANGUAGE_MODEL.exists():
        pytest.skip("no packaged language model")
    return load_language_model()(TEXT)


def test_words_are_as_spacy_has_them(doc: Doc) -> None:
    paragraph = Paragraph(doc)
    assert (paragraph.text, len(paragraph)) == (doc.text, len(doc))
    for word, token in zip(paragraph, doc, strict=True):
        for name in ("i", "idx", "text", "lower_", "lemma_", "pos_", "dep_", "is_punct"):
            assert getattr(word, name) == getattr(token, name)
        assert {name: list(values) for name, values in word.morph.items()} == {
            name: token.morph.get(name, []) for name in token.morph.to_dict()
        }
        assert (word.head.i, word.sent.start) == (token.head.i, token.sent.start)
        assert (word.left_edge.i, word.right_edge.i) == (token.left_edge.i, token.right_edge.i)
        for name in ("children", "ancestors", "subtree"):
            assert [other.i for other in getattr(word, name)] == [other.i for other in getattr(token, name)]
        assert [word.is_ancestor(other) for other in paragraph] == [token.is_ancestor(other) for other in doc]


def test_stretches_are_as_spacy_has_them(doc: Doc) -> None:
    paragraph = Paragraph(doc)
    assert [(s.start, s.end, s.text) for s in paragraph.sents] == [(s.start, s.end, s.text) for s in doc.sents]
    for start in range(len(doc)):
        for end in range(start + 1, len(doc) + 1):
            words, span = paragraph[start:end], doc[start:end]
            for name in ("start", "end", "start_char", "end_char", "text"):
                assert getattr(words, name) == getattr(span, name)
            assert (words.root.i, words[-1].i, words.sent.start) == (span.root.i, span[-1].i, span.sent.start)
            assert [word.i for word in words[1:-1]] == [token.i for token in span[1:-1]]
    assert paragraph[5:3].text == ""
    assert list(paragraph[len(doc) :]) == []


def test_characters_give_the_words_that_they_are_part_of(doc: Doc) -> None:
    start = TEXT.index("ospital")
    words = Paragraph(doc).char_span(start, start + 3)
    assert words is not None
    assert words.text == "hospitals"


def test_a_paragraph_without_words() -> None:
    paragraph = Paragraph(Doc(English().vocab, words=[]))
    assert (len(paragraph), paragraph.sents) == (0, [])


def test_answers_are_held() -> None:
    asked = []

    @once
    def length(word: Word) -> int:
        asked.append(word.text)
        return len(word.text)

    paragraph = Paragraph(Doc(English().vocab, words=["Leeds", "North"]))
    assert [length(word) for word in (*paragraph, *paragraph)] == [5, 5, 5, 5]
    assert asked == ["Leeds", "North"]
