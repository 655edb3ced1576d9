"""Names that say what they are names of: "Isle of Thole NHS Trust", "Skelbrook and Dale CCG", "Guild of Porters".

The language model cuts such names where treebanks have no names like them. Their make is plain all the same: words
with capital letters that end in a noun for a body, or begin with one that "of" or "for" completes.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

JOINING = {"of", "for", "on", "upon", "into"}
AND = {"and", "&"}
POSSESSIVE = {"'s", "’s", "'", "’"}

Place = tuple[int, int]
"""First word of a span and the word after its last."""


@dataclass(frozen=True, slots=True)
class NounsInNames:
    """Which nouns make a name.

    Attributes:
        last: a name may end in them ("Trust").
        closing: the same of companies, where nothing follows: "Deep Medical", not "Barts Medical School".
        first: a name may go on after them with "of", "for", "on" ("Institute").
        leading: a place after them makes a name ("Healthwatch").
        papers: those of ``last`` that newspapers end in.
        beside_places: those of ``last`` that are not left out after a place: "Kent" is not Kent Council.
        owners: may own in a name ("Children's Hospital", "Patients' Forum").
        whole: the last word of a body's name, not of a part of that body ("Trust", not "Board").
        general: begin the names of many, so that they are no short form of one ("Royal").
        before: stand before a name and are no part of it, in lower case: posts and titles.
    """

    last: frozenset[str]
    closing: frozenset[str]
    first: frozenset[str]
    leading: frozenset[str]
    papers: frozenset[str]
    beside_places: frozenset[str]
    owners: frozenset[str]
    whole: frozenset[str]
    general: frozenset[str]
    before: frozenset[str]

    @property
    def common(self) -> frozenset[str]:
        """The words that the names of many bodies have."""
        return self.last | self.first | self.general


def composed_names(doc: Doc, nouns: NounsInNames, whole: Collection[Place]) -> Iterator[Span]:
    """Gives the names that are composed of capitalised words and a noun, in text order.

    Args:
        doc: the words, not parsed.
        nouns: which nouns make names.
        whole: first word and word after the last of what is a name by itself, so that "and" after it begins another.
    """
    ends = {end for _, end in whole}
    start = 0
    while start < len(doc):
        if not _begins(doc[start], nouns):
            start += 1
            continue
        end = start + 1
        last = end if doc[start].text in nouns.last else 0
        while end < len(doc):
            following = _next(doc, start, end, nouns, is_whole=end in ends)
            if not following or doc[following - 1].lower_ in nouns.before:
                break
            end = following
            if doc[end - 1].text in nouns.last or _is_completed(doc[start:end], nouns):
                last = end
        if last == 0 and doc[end - 1].text in nouns.closing and doc[start].text not in nouns.common:
            last = end
        if last > start + 1 and any(_is_capital(t) and t.text not in nouns.last for t in doc[start:last]):
            yield from _part_and_whole(doc[start:last], nouns)
        start = max(end, start + 1) if last == 0 else last


def _part_and_whole(name: Span, nouns: NounsInNames) -> Iterator[Span]:
    """The name; of "Quality Committee of Kelby Hospitals NHS Trust" both that of the part and that of the body."""
    joints = [t.i for t in name[1:-1] if t.text == "of" and t.nbor(-1).text in nouns.last]
    if joints and name[-1].text in nouns.whole:
        yield name.doc[name.start : joints[-1]]
        yield name.doc[joints[-1] + 1 : name.end]
    else:
        yield name


def _next(doc: Doc, start: int, end: int, nouns: NounsInNames, *, is_whole: bool) -> int:
    """Where the name goes on to after its first words, or 0 where it ends."""
    word, rest = doc[end], doc[end + 1 : end + 3]
    before = doc[end - 1]
    if _is_capital(word):
        return end + 1
    if word.text in POSSESSIVE and len(rest) and _is_capital(rest[0]):
        is_plural = len(word) == 1 and before.text[-1] == "s"  # "Taxpayers' Alliance"
        owns = is_plural or before.text in nouns.owners or doc[max(start, end - 2)].text in ("St", "Saint")
        return end + 2 if owns else 0
    if word.text in JOINING and len(rest) and (before.text in nouns.first or _goes_on(doc[start:end], word, nouns)):
        if _is_capital(rest[0]):
            return end + 2
        return end + 3 if rest[0].lower_ == "the" and len(rest) > 1 and _is_capital(rest[1]) else 0
    if word.text in AND and not is_whole and len(rest) and _is_capital(rest[0]):
        completes = any(t.text in JOINING for t in doc[start:end])
        return end + 2 if completes or not any(t.text in nouns.last for t in doc[start:end]) else 0
    return 0


def _goes_on(name: Span, joining: Token, nouns: NounsInNames) -> bool:
    """Whether "of" completes what has completed a name: "Council of Deans of Health"."""
    return joining.text == "of" and _is_completed(name, nouns) and name[-1].text not in nouns.last


def _is_completed(name: Span, nouns: NounsInNames) -> bool:
    """Whether the words so far are a noun for a body and what completes it: "Institute for Care Reform"; "Healthwatch Fenby"."""
    if name[0].text in nouns.leading:
        return len(name) > 1
    return any(a.text in nouns.first and b.text in JOINING for a, b in itertools.pairwise(name))


def _begins(token: Token, nouns: NounsInNames) -> bool:
    is_small = token.is_stop and not token.like_num  # "The" is no part of a name, "Three" is one of "Three Rivers"
    return _is_capital(token) and not is_small and token.lower_ not in nouns.before


def _is_capital(token: Token) -> bool:
    return token.text[0].isupper() and len(token) > 1


def is_inside(inner: Place, outer: Place) -> bool:
    """Whether a place lies in another, or is it."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def overlap(one: Place, other: Place) -> bool:
    """Whether two places have a word in common."""
    return one[0] < other[1] and other[0] < one[1]


def ends_alike(composed: Place, longer: Place) -> bool:
    """Whether a supposed name is a composed one with more before it."""
    return longer[0] <= composed[0] and longer[1] == composed[1]


def knows_better(registered: Place, name: Span, nouns: NounsInNames) -> bool:
    """Whether a name of the register stands against one composed there.

    "NHS England Board" and "CQC Board" are of the body before, "NHS Western Peninsula ICB" is not the NHS, and "NHS Thanet
    Vale CCG" not what goes by "NHS Thanet".
    """
    composed = name.start, name.end
    if is_inside(registered, composed) and registered[0] == composed[0] and name[-1].text in nouns.whole:
        return registered == composed
    if not overlap(registered, composed):
        return False
    length, left = registered[1] - registered[0], composed[1] - registered[1]
    return not is_inside(registered, composed) or (registered[0] == composed[0] and (length > 1 or left <= 1))
