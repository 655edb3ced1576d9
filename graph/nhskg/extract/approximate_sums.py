"""Mends the parse of "gave the trust around £5m": the words that say how a sum is meant are no preposition, and the sum is
what is given.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from nhskg.extract.lemmas import lemma_of
from nhskg.extract.lexicon import Lexicon
from nhskg.extract.money import is_bounded, is_sum


def mend_sums(doc: Doc, lexicon: Lexicon) -> Doc:
    """Gives the paragraph with such sums as objects of verbs that give, spend or announce."""
    for word in doc:
        if word.dep_ == "obl" and is_sum(word) and is_bounded(word) and _gives(word.head, lexicon):
            for child in word.children:
                if child.dep_ == "case":
                    child.dep_ = "advmod"
            for other in word.head.children:
                if other.dep_ == "obj":
                    other.dep_ = "iobj"
            word.dep_ = "obj"
    return doc


def _gives(verb: Token, lexicon: Lexicon) -> bool:
    frames = lexicon.frames.get(("verb", lemma_of(verb, lexicon)), ())
    return any(frame.predicate in lexicon.with_amount for frame in frames)
