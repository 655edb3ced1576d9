"""Whether a post was held once: "former chair", "was chair until 2019", "who led the trust before joining Unison"."""

from __future__ import annotations

from datetime import date

from nhskg.extract.dates import load_time
from nhskg.extract.lemmas import lemma_of
from nhskg.extract.lexicon import Lexicon
from nhskg.extract.syntax import is_verbal, preposition
from nhskg.extract.words import Word
from nhskg.model import Period, Status
from nhskg.register.dates import last_day

NEAR = 4
"""Words before a post among which "former" may stand, whatever the parser makes them hang on."""


def is_former(
    trigger: Word, predicate: str, status: Status, period: Period | None, published: date | None, lexicon: Lexicon
) -> bool:
    """Whether words, tense or period say that a post is held no more.

    Args:
        trigger: the word for the post or for holding it.
        predicate: the relation; of others than posts it is never said.
        status: of the claim; whoever plans to leave has not left.
        period: when it was held, if the sentence tells.
        published: the document's date.
        lexicon: which verbs are those of speech.
    """
    table, ending = load_time()["former"], load_time()["lasting"]["ending"]
    if predicate not in table["predicates"] or status in (Status.PLANNED, Status.HYPOTHETICAL):
        return False
    if period is not None and published is not None and period.end:
        return last_day(period.end) < published
    return (
        _is_called_former(trigger, table["words"])
        or any(preposition(child) in table["until"] for child in trigger.children)
        or any(is_verbal(word) and lemma_of(word, lexicon) in ending for word in _holding(trigger))
        or _is_past(trigger, frozenset(table["verbs"]), lexicon)
    )


def _holding(trigger: Word) -> list[Word]:
    """The trigger, and the verb to which it tells the post: "was sacked as chair"."""
    above = trigger.dep_ in ("obl", "xcomp", "advcl", "nmod") and preposition(trigger) == "as"
    return [trigger, trigger.head] if above else [trigger]


def _is_called_former(post: Word, words: list[str]) -> bool:
    """ "former NHS England chair", "ex-minister", "the then chair", "formerly a partner", "previously at McKinsey"."""
    if any(child.lower_ in words and child.i < post.i for child in post.children):
        return True
    place = post.i - 1
    while place >= max(0, post.i - NEAR) and post.doc[place].pos_ in ("PROPN", "NOUN", "ADJ", "PART", "PUNCT", "ADV"):
        if post.doc[place].text in (",", ";", ":", "(", ")"):
            return False
        if post.doc[place].lower_ in words:
            return True
        place -= 1
    return False


def _is_past(trigger: Word, verbs: frozenset[str], lexicon: Lexicon) -> bool:
    """Whether a post is told of in the simple past, which reported speech takes from its verb of saying."""
    verb = trigger
    if not is_verbal(trigger):
        copulas = [child for child in trigger.children if child.dep_ == "cop"]
        if copulas:
            verb = copulas[0]
        elif trigger.dep_ in ("obl", "advcl", "xcomp", "nmod") and is_verbal(trigger.head):
            verb = trigger.head  # "served as chair"
        else:
            return False
    if "Past" not in verb.morph.get("Tense", []) or "Part" in verb.morph.get("VerbForm", []):
        return False
    if lemma_of(verb, lexicon) not in verbs:
        return False
    clause = verb.head if verb.dep_ == "cop" else verb
    auxiliaries = {child.dep_ for child in clause.children}
    reported = clause.dep_ == "ccomp" and lemma_of(clause.head, lexicon) in lexicon.speech_verbs
    return not reported and not auxiliaries & {"aux", "aux:pass"}
