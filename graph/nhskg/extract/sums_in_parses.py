"""Mends the parse around sums of money.

In "gave the trust around £5m", the words that say how the sum is meant are no preposition, and the sum is what is given. In
"spends £3m a year on masks", the year belongs to the sum, and what follows it to the verb.
"""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

from nhskg.extract.attachment import head_of
from nhskg.extract.lemmas import lemma_of
from nhskg.extract.lexicon import Lexicon
from nhskg.extract.money import is_bounded, rate_after, span_of, sums
from nhskg.extract.syntax import is_verbal, preposition
from nhskg.extract.texts import text_of


def mend_sums(doc: Doc, lexicon: Lexicon) -> Doc:
    """Gives the paragraph with such sums as objects of verbs that give, spend or announce, and rates as part of them."""
    for found in list(sums(text_of(doc))):
        sign = head_of(span_of(doc, found.start, found.end))
        if (rate := rate_after(doc, found)) is not None:
            _join(sign, rate)
        if sign.dep_ == "obl" and is_bounded(doc, found) and _gives(sign.head, lexicon):
            _make_object(sign)
    return doc


def _make_object(sign: Token) -> None:
    for child in sign.children:
        if child.dep_ == "case":
            child.dep_ = "advmod"
    for other in sign.head.children:
        if other.dep_ == "obj":
            other.dep_ = "iobj"
    sign.dep_ = "obj"


def _join(sign: Token, rate: Span) -> None:
    """Hangs a rate on its sum, and the phrases that the parser hung on the rate on the verb."""
    unit = head_of(rate)
    if unit.head == sign or not is_verbal(sign.head) or unit == sign.head:
        return
    for child in list(unit.children):
        if child.i >= rate.end and child.dep_ == "nmod" and preposition(child):
            child.head, child.dep_ = sign.head, "obl"
    unit.head, unit.dep_ = sign, "nmod:unmarked"


def _gives(verb: Token, lexicon: Lexicon) -> bool:
    frames = lexicon.frames.get(("verb", lemma_of(verb, lexicon)), ())
    return any(frame.predicate in lexicon.with_amount for frame in frames)
