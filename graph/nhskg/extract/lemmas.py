"""The base form of a word, by which the lexicon knows it, where the language model's own is wrong or too coarse."""

from __future__ import annotations

from nhskg.extract.lexicon import Lexicon
from nhskg.extract.syntax import is_verbal
from nhskg.extract.words import Word, once


@once
def lemma_of(token: Word, lexicon: Lexicon) -> str:
    """Gives the lemma of a word; of a name, that is one token, the last word says what it is."""
    form = token.lower_
    if is_verbal(token) and form in lexicon.verb_forms:
        return lexicon.verb_forms[form]
    if token.pos_ == "ADJ":
        return form
    lemma = token.lemma_.lower().rpartition(" ")[2]
    if token.pos_ != "NOUN" or "Plur" not in token.morph.get("Number", []):
        return lemma
    if form.endswith("ies") and len(form) > len("ties") and form != "series":
        return form[:-3] + "y"
    return form.removesuffix("s") if lemma == form else lemma
