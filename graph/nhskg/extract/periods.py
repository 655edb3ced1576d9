"""When a claim holds, as its sentence says: "since April 2019", "by December", "between 2015 and 2018".

A time is a claim's only where it hangs on the claim's trigger (``attachment``), not because it stands in the sentence.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from nhskg.extract.attachment import head_of, path
from nhskg.extract.dates import Expression, Interval, Reckoning, any_of, day_after, day_before, expressions, load_time
from nhskg.extract.lemmas import lemma_of
from nhskg.extract.lexicon import Lexicon
from nhskg.extract.syntax import is_verbal, preposition
from nhskg.extract.words import Paragraph, Word, Words, once
from nhskg.model import Kind, Period, Status
from nhskg.register.dates import first_day, last_day

LONGEST = 60
"""Characters before a time in which its preposition stands."""
ATTRIBUTES = {"compound", "nummod", "amod", "flat", "nmod:desc", "nmod:poss", "dep"}
"""What is part of another thing's name: "the 2019 report", "April's figures"."""
SUBJECTS = {"nsubj", "nsubj:pass"}
PLANS = (Kind.DOCUMENT, Kind.PROGRAMME)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A time with its preposition, or the two ends of a period.

    Attributes:
        text: the words.
        words: their tokens, which may reach further, and ``when`` those for the time alone.
        preposition: in lower case, or empty.
        first, second: the times; ``second`` where the phrase names both ends.
        lists: whether the two are only named together: "in January and February" is a period, "in 2015 and 2018" is none.
    """

    text: str
    words: Words
    when: Words
    preposition: str
    first: Expression
    second: Expression | None = None
    lists: bool = False

    def period(self, by: Reckoning, *, tells: str = "", outer: str = "") -> Period | None:
        """What the words mean by a reckoning, or None where it does not tell.

        Args:
            by: what relative times are counted from.
            tells: ``begin`` or ``end`` where they say only when something began, or ended, that went on.
            outer: the preposition of what happened then, if the words hang on that: "since its creation in 2013".
        """
        first = self.first.interval(by)
        if self.second is not None:
            last = self.second.interval(by)
            if last is None:
                return None
            # "from April to June 2019": April is the one before
            first = self.first.interval(Reckoning(first_day(last[0])))
            if first is None or first_day(first[0]) > first_day(last[0]):
                return None
            if self.lists and day_after(first[1]) != last[0]:
                return None
            return Period(text=self.text, start=first[0], end=last[1])
        if first is None:
            return None
        start, end = _bounded(first, _prepositions().get(outer or self.preposition, "within"))
        if (start, end) == first and tells:
            start, end = (start, "") if tells == "begin" else ("", end)
        return Period(text=self.text, start=start, end=end)


@once
def phrases(doc: Paragraph) -> tuple[Phrase, ...]:
    """Gives the words in a paragraph that say when, in order."""
    return tuple(_phrases(doc))


def period_of(
    trigger: Word, roles: Sequence[Word], predicate: str, found: Sequence[Phrase], lexicon: Lexicon, by: Reckoning
) -> Period | None:
    """Gives the period of a claim: the time nearest to its trigger among those that hang on it.

    Of two that are as near, one may tell the beginning and the other the end; otherwise any choice would be a guess.

    Args:
        trigger: the word that states the relation.
        roles: the words in its roles.
        predicate: the relation.
        found: the times of the paragraph.
        lexicon: what nouns and verbs mean.
        by: what relative times are counted from.
    """
    tells = _tells(trigger, predicate, lexicon)
    near: dict[tuple[int, bool], list[Period]] = {}
    for phrase in found:
        words = _words_between(phrase, trigger, roles, lexicon)
        if words is None:
            continue
        period = phrase.period(by, tells=tells, outer=_outer(words))
        if period is not None:
            # "announced it last week for 2023-24": last week
            near.setdefault((len(words), phrase.preposition in _of_things()), []).append(period)
    periods = near[min(near)] if near else []
    if len(periods) == 2 and sorted((bool(p.start), bool(p.end)) for p in periods) == [(False, True), (True, False)]:
        start, end = (next(p for p in periods if getattr(p, side)) for side in ("start", "end"))
        if first_day(start.start) > last_day(end.end):
            return None
        return Period(text=f"{start.text} … {end.text}", start=start.start, end=end.end)
    return periods[0] if len(periods) == 1 else None


def _bounded(interval: Interval, meaning: str) -> Interval:
    start, end = interval
    return {
        "since": (start, ""),
        "after": (day_after(end), ""),
        "until": ("", end),
        "before": ("", day_before(start)),
    }.get(meaning, (start, end))


def reckoning(trigger: Word, published: date | None, status: Status) -> Reckoning:
    """From when the times of a claim are counted, and whether they are ahead: of plans they are, of the past they are not.

    The present tells of both: "joins us on 9 January", "since April it funds".
    """
    if status in (Status.PLANNED, Status.HYPOTHETICAL):
        return Reckoning(published, ahead=True)
    verb = trigger if is_verbal(trigger) else next((c for c in trigger.children if c.dep_ == "cop"), trigger)
    is_present = "Pres" in verb.morph.get("Tense", []) and "Fin" in verb.morph.get("VerbForm", [])
    return Reckoning(published, ahead=None if is_present else False)


def _tells(trigger: Word, predicate: str, lexicon: Lexicon) -> str:
    """ "was appointed chair in 2019", "joined the trust as chair last year": from then; "resigned as chair": until then."""
    table = load_time()["lasting"]
    lemmas = {lemma_of(word, lexicon) for word in (trigger, trigger.head)}
    if predicate not in table["predicates"]:
        return ""
    return "end" if lemmas & set(table["ending"]) else "begin" if lemmas & set(table["verbs"]) else ""


def _words_between(phrase: Phrase, trigger: Word, roles: Sequence[Word], lexicon: Lexicon) -> Sequence[Word] | None:
    """The words from the head of a time up to the trigger that it hangs on; None where it does not."""
    root = head_of(phrase.when)
    if root.dep_ in ATTRIBUTES or (root.dep_ in SUBJECTS and not phrase.preposition):
        return None
    words = path(phrase.when, trigger, lexicon)
    if words is None:
        # Where the parser lost the time, what it stands right behind tells.
        lost = root.dep_ == "ROOT" or root.sent.start != trigger.sent.start
        before = phrase.words.start - 1
        return [root] if lost and any(before == word.i for word in (trigger, *roles)) else None
    return None if phrase.preposition in _of_things() and _is_of_thing(phrase, words, lexicon) else words


def _outer(words: Sequence[Word]) -> str:
    """The preposition of what a time is told of, if it bounds a period: "since its creation in 2013"."""
    found = (preposition(word) for word in words[1:])
    return next((word for word in found if _prepositions().get(word, "within") != "within" and word != "by"), "")


def _is_of_thing(phrase: Phrase, words: Sequence[Word], lexicon: Lexicon) -> bool:
    """ "published the plan for 2019", "the budget of 2019": which one, not when. Money is given for a time."""
    before = phrase.words.start - 1
    thing = words[1] if len(words) > 1 else phrase.words.doc[before] if before >= 0 else None
    if thing is None or thing.text[0] in "£$€":
        return False
    kind = lexicon.nouns.get(thing.lemma_.lower())
    return kind in PLANS or (len(words) > 1 and kind is not Kind.FUND)


def _phrases(doc: Paragraph) -> Iterator[Phrase]:
    text = doc.text
    times, place = list(expressions(text)), 0
    while place < len(times):
        first, place = times[place], place + 1
        opening = _opening().search(text, max(0, first.start - LONGEST), first.start)
        assert opening is not None  # it fits nothing too
        preposition = " ".join((opening["preposition"] or "").lower().split())
        second = None
        link = _links(preposition).fullmatch(text, first.end, times[place].start) if place < len(times) else None
        if link is not None:
            second, place = times[place], place + 1
        anchored = any(word in opening[0].lower() for word in load_time()["modifiers"]["anchoring"])
        if second is None and not {"preposition": bool(preposition), "anchor": anchored}.get(first.needs, True):
            continue
        start, end = opening.start(), (second or first).end
        words = doc.char_span(start, end)
        when = doc.char_span(first.start, first.end)
        in_name = (
            when is not None and len(when.text) > first.end - first.start + 1
        )  # "Spending Review 2015" is one word
        if words is not None and when is not None and not in_name:
            lists = link is not None and preposition != "between" and link[0].strip() == "and"
            yield Phrase(text[start:end], words, when, preposition, first, second, lists)


@functools.cache
def _prepositions() -> dict[str, str]:
    return {word: meaning for meaning, words in load_time()["prepositions"].items() for word in words}


@functools.cache
def _of_things() -> frozenset[str]:
    return frozenset(load_time()["of_things"]["words"])


@functools.cache
def _opening() -> re.Pattern[str]:
    """The preposition and what else stands before a time, up to it."""
    modifiers = any_of(load_time()["modifiers"]["words"])
    prepositions = any_of([*_prepositions(), "between"])
    return re.compile(rf"(?:\b(?P<preposition>{prepositions})\s)?(?:\b{modifiers}[\s-])*$", re.IGNORECASE)


@functools.cache
def _links(preposition: str) -> re.Pattern[str]:
    """What stands between the two ends of a period."""
    table = load_time()
    links = table["links"].get(preposition, table["links"]["other"])
    return re.compile(rf"\s?{any_of(links)}\s?(?:{any_of(table['modifiers']['words'])}[\s-])*", re.IGNORECASE)
