"""Mends the parse around sums of money.

In "gave the trust around £5m", the words that say how the sum is meant are no preposition, and the sum is what is given. In
"spends £3m a year on masks", the year belongs to the sum, and what follows it to the verb.
"""

from __future__ import annotations

from nhskg.extract.attachment import head_of
from nhskg.extract.lemmas import lemma_of
from nhskg.extract.lexicon import Lexicon
from nhskg.extract.money import is_bounded, rate_after, span_of, sums_in
from nhskg.extract.syntax import is_verbal, preposition
from nhskg.extract.words import Paragraph, Word, Words


def mend_sums(doc: Paragraph, lexicon: Lexicon) -> Paragraph:
    """Gives the paragraph with such sums as objects of verbs that give, spend or announce, and rates as part of them."""
    for found in sums_in(doc):
        sign = head_of(span_of(doc, found.start, found.end))
        if (rate := rate_after(doc, found)) is not None and _is_apart(sign, rate):
            _join(sign, rate)
            doc = Paragraph(doc.parsed)
            sign = doc[sign.i]
        if sign.dep_ == "obl" and is_bounded(doc, found) and _gives(sign.head, lexicon):
            _make_object(sign)
            doc = Paragraph(doc.parsed)
    return doc


def _make_object(sign: Word) -> None:
    tokens = sign.doc.parsed
    for child in sign.children:
        if child.dep_ == "case":
            tokens[child.i].dep_ = "advmod"
    for other in sign.head.children:
        if other.dep_ == "obj":
            tokens[other.i].dep_ = "iobj"
    tokens[sign.i].dep_ = "obj"


def _is_apart(sign: Word, rate: Words) -> bool:
    """Whether a rate hangs on something else than its sum."""
    unit = head_of(rate)
    return unit.head is not sign and unit is not sign.head and is_verbal(sign.head)


def _join(sign: Word, rate: Words) -> None:
    """Hangs a rate on its sum, and the phrases that the parser hung on the rate on the verb."""
    tokens, unit = sign.doc.parsed, head_of(rate)
    for child in unit.children:
        if child.i >= rate.end and child.dep_ == "nmod" and preposition(child):
            tokens[child.i].head, tokens[child.i].dep_ = tokens[sign.head.i], "obl"
    tokens[unit.i].head, tokens[unit.i].dep_ = tokens[sign.i], "nmod:unmarked"


def _gives(verb: Word, lexicon: Lexicon) -> bool:
    frames = lexicon.frames.get(("verb", lemma_of(verb, lexicon)), ())
    return any(frame.predicate in lexicon.with_amount for frame in frames)
