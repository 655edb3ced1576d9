"""Which entities have names so alike that they may be one."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from nhskg.corrections.references import is_told_apart
from nhskg.finding import name_key
from nhskg.model import Entity, Kind

WORD = re.compile(r"[\w']+")
ACRONYM = re.compile(r"[A-Z][A-Z&/]*[A-Z]")
COMMON = 40
"""A word that more names have tells nothing."""
SPELLING = 0.88
"""From which similarity on, as difflib measures it, two names may be one misspelt."""
NAMED = {Kind.ORGANISATION, Kind.PERSON, Kind.PROGRAMME, Kind.FUND}
"""Kinds whose things have names; a description with one word more is of something else."""
HALF = 0.5
SAME, INITIALS, SPELT, SHORTER = 4.0, 3.0, 2.0, 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two entities that may be one, the likelier the higher the score, and what makes one think so."""

    one: Entity
    other: Entity
    score: float
    reason: str


def pairs_alike(entities: Sequence[Entity]) -> list[Pair]:
    """Gives the pairs of entities that may be one, the likeliest first.

    Two bodies of the register are never one, and neither are two things that two documents only describe in the same words.
    """
    found: dict[tuple[str, str], Pair] = {}
    by_id = {entity.id: entity for entity in entities}
    for one, other in sorted(_with_something_in_common(entities)):
        pair = _compared(by_id[one], by_id[other])
        if pair:
            found[one, other] = pair
    return sorted(found.values(), key=lambda pair: (-pair.score, pair.one.id, pair.other.id))


def _with_something_in_common(entities: Iterable[Entity]) -> set[tuple[str, str]]:
    """Pairs of ids that share a word that few names have, or an acronym."""
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for entity in entities:
        for name in _names(entity):
            for word in _words(name):
                groups[f"word {word}"].add(entity.id)
            for initials in {*_initials(name), *([name] if ACRONYM.fullmatch(name) else [])}:
                groups[f"initials {initials}"].add(entity.id)
    return {
        (one, other)
        for members in groups.values()
        if len(members) <= COMMON
        for one in members
        for other in members
        if one < other
    }


def _compared(one: Entity, other: Entity) -> Pair | None:
    if one.registered and other.registered:
        return None
    best: tuple[float, str] | None = None
    for score, reason in _likenesses(one, other):
        if best is None or score > best[0]:
            best = score, reason
    return Pair(one=one, other=other, score=best[0], reason=best[1]) if best else None


def _likenesses(one: Entity, other: Entity) -> Iterator[tuple[float, str]]:
    same_kind = one.kind is other.kind
    for name in _names(one):
        for called in _names(other):
            words, others = _words(name), _words(called)
            if {w for w in words if w.isdigit()} != {w for w in others if w.isdigit()}:
                continue
            if words == others:
                # Things with one name and kind have one id, but for those that exist in one document only.
                if not same_kind or one.registered or other.registered or one.kind in (Kind.ORGANISATION, Kind.PERSON):
                    yield SAME, "the same name"
                continue
            if not same_kind:
                continue
            if (ACRONYM.fullmatch(name) and name in _initials(called)) or (
                ACRONYM.fullmatch(called) and called in _initials(name)
            ):
                yield INITIALS, f"{name} and {called}: initials"
            if one.kind not in NAMED or not words or not others:
                continue
            ratio = difflib.SequenceMatcher(None, name_key(name), name_key(called), autojunk=False).ratio()
            if ratio >= SPELLING:
                yield SPELT + ratio, f"{name} and {called}: spelt alike"
            few, many = sorted((words, others), key=len)
            if set(few) < set(many) and (len(few) > 1 or (one.kind is Kind.PERSON and many[-1:] == few)):
                yield SHORTER + len(few) / len(many), f"{name} and {called}: one has the words of the other"


class Known:
    """Entities to compare names with, by the words of theirs that few have."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self.by_word: defaultdict[str, dict[str, Entity]] = defaultdict(dict)
        self.words = {}
        for entity in entities:
            self.words[entity.id] = [set(_words(name)) for name in _names(entity)]
            for word in set().union(*self.words[entity.id]):
                self.by_word[word][entity.id] = entity

    def likest(self, name: str, most: int) -> list[Entity]:
        """Gives the few that share most words with a name, at least half of all, the likest first."""
        words = set(_words(name))
        found = {
            i: e
            for word in words
            if len(self.by_word.get(word, ())) <= COMMON
            for i, e in self.by_word.get(word, {}).items()
        }
        shares = {i: max(len(words & own) / len(words | own) for own in self.words[i]) for i in found}
        ordered = sorted((i for i in found if shares[i] >= HALF), key=lambda i: (-shares[i], i))
        return [found[identifier] for identifier in ordered[:most]]


def _names(entity: Entity) -> list[str]:
    """What it is called; not after its document, "Plan (in Drawing the map)", which says nothing of what it is."""
    return [*([] if is_told_apart(entity) else [entity.name]), *entity.aliases]


def _words(name: str) -> list[str]:
    return WORD.findall(name_key(name))


def _initials(name: str) -> set[str]:
    """What a name may be shortened to: the first letters of its capitalised words, or of all."""
    words = [word for word in re.split(r"[\s-]+", name) if word[:1].isalpha()]
    if len(words) < 2:
        return set()
    return {"".join(word[0] for word in words if word[0].isupper()), "".join(word[0].upper() for word in words)} - {""}
