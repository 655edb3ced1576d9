"""Whether the words beside a trigger meet what a frame of the lexicon asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nhskg.extract.arguments import behind
from nhskg.extract.lemmas import lemma_of
from nhskg.extract.lexicon import Frame, Lexicon
from nhskg.extract.syntax import CLAUSES, Roles, is_infinitive, preposition
from nhskg.extract.words import Word, once
from nhskg.model import Kind


def fitting_roles(frame: Frame, token: Word, roles: Roles, lexicon: Lexicon) -> Roles | None:
    """The roles beside a trigger if it meets all that the frame asks for, else None."""
    fitting = _with_phrase(frame, token, roles, lexicon)
    if fitting is None:
        return None
    met = (
        not (frame.intransitive and "patient" in roles)
        and not (frame.agentless and "agent" in fitting)
        and (frame.infinitive is None or frame.infinitive is _has_infinitive(token))
        and not (frame.money and not _gives_money(roles, lexicon.nouns))
        and (not frame.thing or _has_lemma(roles, _given(roles), frame.thing, lexicon))
        and not (frame.without and _has_lemma(roles, ("patient", "thing", "clause"), frame.without, lexicon))
        and (not frame.complement or _is_called(token, fitting, getattr(lexicon, frame.complement)))
    )
    return fitting if met else None


def _with_phrase(frame: Frame, token: Word, roles: Roles, lexicon: Lexicon) -> Roles | None:
    """The roles if the particle or preposition that the entry names is there, else None.

    The object of that preposition gets the role ``prep``.
    """
    lemma = lemma_of(token, lexicon)
    if frame.part_of_speech == "adjective":
        lemma = token.lower_
    elif token.pos_ == "ADJ" and frame.part_of_speech == "verb":
        lemma = next(words.partition(" ")[0] for words in frame.words if lemma.startswith(words.partition(" ")[0][:-1]))
    bare = False
    for rest, phrase in frame.entries.get(lemma, frame.entries[""]):
        if not rest:
            bare = True
        elif phrase in roles:
            return _with_prep(frame, roles, phrase)
        elif _near(token).issuperset(rest):
            if rest[-1] in roles:
                return _with_prep(frame, roles, rest[-1])
            bare = True
    return roles if bare else None


@once
def _near(token: Word) -> set[str]:
    """The words that hang on a word, and on these, but not the "on" of "on behalf of"."""
    return {
        word.lower_
        for child in token.children
        for word in (child, *child.children)
        if word.dep_ != "case" or preposition(word.head) == word.lower_
    }


def _with_prep(frame: Frame, roles: Roles, marker: str) -> Roles:
    """Where the phrase of a preposition is the frame's object, nothing else is: "runs the line on a system"."""
    only = "prep" in frame.object and "patient" not in frame.subject
    return {role: words for role, words in roles.items() if role != "patient" or not only} | {"prep": roles[marker]}


def _given(roles: Roles) -> tuple[str, ...]:
    """The roles of what is given or passed on; of what passes by itself, it is who does it."""
    return ("patient", "thing", "clause") if {"patient", "clause"} & roles.keys() else ("agent",)


def _has_lemma(roles: Roles, names: Sequence[str], lemmas: frozenset[str], lexicon: Lexicon) -> bool:
    named = [word for name in names for word in roles.get(name, [])]
    words = {word for first in named for word in (first, behind(first, lexicon))}
    return any(lemma_of(word, lexicon) in lemmas for word in words)


def _is_called(token: Word, roles: Roles, words: frozenset[str]) -> bool:
    """Whether a verb's complement is among the words: "branded the plan a shambles", "described it as 'reckless'"."""
    complements = [child for child in token.children if child.dep_ in ("xcomp", "obj", "obl", "ccomp", "amod", "advcl")]
    complements += [*roles.get("as", []), *roles.get("clause", [])]
    complements += [child for word in complements for child in word.children if child.dep_ in ("amod", "appos")]
    return any({word.lemma_.lower(), word.lower_} & words for word in complements)


@once
def _has_infinitive(token: Word) -> bool:
    """Whether somebody is to do something: "told trusts to publish", "told trusts that they must publish"."""
    bound = [child for child in token.children if child.dep_ == "ccomp"]
    if any(word.dep_ == "aux" and word.lower_ == "must" for clause in bound for word in clause.children):
        # "told the members that the minister must publish" tells the members to do nothing
        return any(word.dep_ == "nsubj" and word.pos_ == "PRON" for clause in bound for word in clause.children)
    near = [c for child in token.children for c in (child, *(() if child.dep_ == "ccomp" else child.children))]
    return any(clause.dep_ in CLAUSES and is_infinitive(clause) for clause in near)


def _gives_money(roles: Roles, nouns: Mapping[str, Kind]) -> bool:
    """Whether what is given is money: an amount, or a noun such as "funding"."""
    given = roles.get("patient", []) + roles.get("thing", [])
    return any(
        nouns.get(word.lemma_.lower()) is Kind.FUND
        or word.text[0] in "£$€"
        or any(t.text[0] in "£$€" for t in word.children)
        for word in given
    )
