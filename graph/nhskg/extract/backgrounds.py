"""Nouns that take their relation for granted: "the trust’s chair, Jane Crosby, has not paid" does not deny that she is chair."""

from __future__ import annotations

from nhskg.extract.appositions import listed_after
from nhskg.extract.lemmas import lemma_of
from nhskg.extract.lexicon import Lexicon
from nhskg.extract.names import is_person
from nhskg.extract.posts import is_named
from nhskg.extract.syntax import preposition
from nhskg.extract.words import Word
from nhskg.model import Kind

MAKING = ("published", "created", "announced", "commissions", "appointed")
"""Predicates of verbs that bring about what their object is: "will publish its report", "plans to appoint a chair"."""


def is_background(word: Word, lexicon: Lexicon) -> bool:
    """Whether a noun names somebody by a post, or a part or a document by whose it is, whatever the sentence says of it."""
    if word.pos_ not in ("NOUN", "PROPN") or preposition(word) == "as" or word.dep_ == "xcomp":
        return False
    if any(child.dep_ == "cop" for child in word.children):
        return False
    if is_person(word):  # "Jane Crosby of Barts Health"
        return True
    lemma = lemma_of(word, lexicon)
    governor = lemma_of(word.head, lexicon)
    if word.dep_ in ("obj", "nsubj:pass") and any(lexicon.is_of("verb", governor, making) for making in MAKING):
        return False
    if lemma in lexicon.posts:
        return is_named(word, lexicon)
    if lexicon.nouns.get(lemma) is Kind.GROUP and "Plur" in word.morph.get("Number", []):
        return bool(listed_after(word, lexicon.announcing))  # "two trusts, Barts Health and Whittington Health"
    owned = any(child.dep_ == "nmod:poss" or child.lower_ == "the" for child in word.children)
    return owned and (lemma in lexicon.units or lexicon.nouns.get(lemma) is Kind.DOCUMENT)
