"""The sentences made from the lexicon are well-formed parses, the same in every run."""

from __future__ import annotations

from random import Random

import spacy
from spacy.tokens import Doc

from nhskg.resources import resource
from short_sentences import Maker, short_sentences

RELATIONS = {
    *("ROOT", "nsubj", "nsubj:pass", "obj", "obl", "obl:agent", "xcomp", "ccomp", "acl:relcl", "conj"),
    *("aux", "aux:pass", "advmod", "mark", "case", "cc", "det", "amod", "compound", "flat", "punct"),
}


def make(number: int) -> list[Doc]:
    maker = Maker(
        resource("ontology", "lexicon.toml"), ["Unison", "NHS Digital"], (["Jane"], ["Crosby", "Okoro"]), Random(0)
    )
    return list(short_sentences(spacy.blank("en").vocab, maker, number))


def test_every_sentence_has_one_root_and_known_relations() -> None:
    for doc in make(300):
        for sentence in doc.sents:
            roots = [word for word in sentence if word.head.i == word.i]
            assert len(roots) == 1
            assert {word.dep_ for word in sentence} <= RELATIONS
            assert all(sentence.start <= word.head.i < sentence.end for word in sentence)


def test_every_root_is_a_verb_with_a_subject() -> None:
    for doc in make(300):
        for sentence in doc.sents:
            assert sentence.root.pos_ == "VERB"
            assert any(child.dep_.startswith("nsubj") for child in sentence.root.children)


def test_the_sentences_are_the_same_in_every_run() -> None:
    assert [doc.text for doc in make(50)] == [doc.text for doc in make(50)]
