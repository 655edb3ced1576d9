"""The chains of a treebank's ``Entity=`` column."""

from __future__ import annotations

import conllu
import spacy

from evaluate_coreference import Chains
from treebanks import marked, to_doc

ROWS = [
    (1, "Unison", "PROPN", 2, "nsubj", "Entity=(1-organization-new)"),
    (2, "backed", "VERB", 0, "root", "_"),
    (3, "its", "PRON", 4, "nmod:poss", "Entity=(2-object-new(1-organization-giv)"),
    (4, "plan", "NOUN", 2, "obj", "Entity=2)"),
    (5, ".", "PUNCT", 2, "punct", "_"),
]
CONLLU = "".join(f"{i}\t{w}\t{w.lower()}\t{p}\t_\t_\t{h}\t{d}\t_\t{m}\n" for i, w, p, h, d, m in ROWS) + "\n"


def test_nested_and_one_word_mentions_are_read() -> None:
    (sentence,) = conllu.parse(CONLLU)
    assert sorted(marked((sentence,))) == [
        (0, 1, "1", "organization"),
        (2, 3, "1", "organization"),
        (2, 4, "2", "object"),
    ]


def test_a_mention_is_found_by_its_characters_and_names_are_noted() -> None:
    (sentence,) = conllu.parse(CONLLU)
    chains = Chains()
    chains.add(to_doc(spacy.blank("en").vocab, (sentence,)), marked((sentence,)))
    assert chains.at(14, 17) == "1"  # its
    assert chains.at(18, 22) == "2"  # plan, which ends "its plan"
    assert chains.names == {"1": [0]}
