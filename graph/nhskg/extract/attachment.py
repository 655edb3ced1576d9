"""Whether a phrase that says when or how much belongs to a claim: it hangs on the claim's trigger, or on what the
trigger's arguments are, and on no other clause.
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from nhskg.extract.dates import load_time
from nhskg.extract.lemmas import lemma_of
from nhskg.extract.lexicon import Lexicon
from nhskg.extract.syntax import is_verbal, preposition
from nhskg.extract.words import Word, Words

OTHER_CLAUSES = ("acl", "advcl", "parataxis", "ccomp", "appos")
LENT = {"in", "under", "for", "into"}
"""Prepositions with which a noun says what a verb does: "came under fire", "is in support"."""


def path(phrase: Words, trigger: Word, lexicon: Lexicon, through: Container[str] = frozenset()) -> list[Word] | None:
    """Gives the words from the head of a phrase up to the trigger, the trigger left out; None where it does not hang there.

    A verb on the way belongs to another clause, except where it lends its clause to the trigger: "gave its backing last
    month", "began to fund", "was appointed chair in 2019".

    Args:
        phrase: the words that say when or how much.
        trigger: the word that states the relation.
        lexicon: with the light verbs and those whose infinitive happens when they do.
        through: verbs and adjectives that do belong to the phrase: "a contract worth £5m".
    """
    top = list(_lending(phrase, trigger, lexicon))
    words: list[Word] = []
    word = head_of(phrase)
    for _ in range(10):
        if word == trigger or word in top:
            # What stands in the words of who does it is about him: "the chair in 2012 praised it".
            inside_subject = len(words) > 1 and words[-1].dep_ == "nsubj" and is_verbal(word)
            return None if inside_subject else words
        if word.lower_ not in through:
            other = is_verbal(word) or (words and word.pos_ == "ADJ")  # "an evaluation due in 2024"
            if other or word.dep_.startswith(OTHER_CLAUSES):
                return None
        if word.head == word:
            return None
        words.append(word)
        word = word.head
    return None


def _lasting() -> frozenset[str]:
    """Verbs that tell how a post began or ended: "became chair on 1 June"."""
    table = load_time()["lasting"]
    return frozenset((*table["verbs"], *table["ending"]))


def head_of(phrase: Words) -> Word:
    """The first word of a phrase that hangs on none of its words."""
    return next(word for word in phrase if word.head == word or not phrase.start <= word.head.i < phrase.end)


def _lending(phrase: Words, trigger: Word, lexicon: Lexicon) -> Iterator[Word]:
    """The verbs whose time and money are the trigger's."""
    word = trigger
    for _ in range(5):
        head = word.head
        if head == word or not is_verbal(head):
            return
        lemma = lemma_of(head, lexicon)
        if word.dep_ == "conj":
            # "In May it funded one and bought the other": what stands before the first verb is said of both.
            if phrase.start > head.i:
                return
        elif word.dep_ in ("xcomp", "advcl") and is_verbal(word):
            # "plans to merge by May", but not "promised last May to merge"
            if not (lemma in lexicon.phases or (word.dep_ == "xcomp" and phrase.start > word.i)):
                return
        elif not (
            (
                (word.dep_ in ("obj", "nsubj:pass") or (word.dep_ == "obl" and preposition(word) in LENT))
                and lemma in lexicon.light_verbs | lexicon.getting
            )
            or (word.dep_ in ("obj", "xcomp", "obl") and lemma in lexicon.appointing | _lasting())
        ):
            return
        yield head
        word = head
