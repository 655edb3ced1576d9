"""When a text without a date was written, worked out from whom and what it names; a guess, and marked as one.

A text that names the bodies of a time was written after the latest of them opened, and one that names people with the posts
that they held, while they held them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from nhskg.model import GUESSED, Document
from nhskg.register.bodies import OfficeHolder, load_office_holders, load_register
from nhskg.register.dates import first_day, last_day

WIDEST = 4 * 365
"""Days; where all that is named leaves more than that open, no date is better than one."""
NEAR = 120
"""Characters between a name and the words for the post."""
LONGEST_NAME = 12
"""Words."""
MOST_TEXT = 200_000
"""Characters; what a longer text names after them is not looked at."""


def date_the_undated(documents: Iterable[Document]) -> tuple[list[Document], list[str]]:
    """Gives a date to each document without one, where the register leaves at most ``WIDEST`` days open: the middle.

    Returns:
        The documents, and a warning for each guess.
    """
    dated = []
    warnings = []
    for document in documents:
        guess = guess_date(document.text) if document.published is None else None
        if guess is not None:
            day, why = guess
            found = tuple(sorted((*document.found, ("published", f"{GUESSED} from the register: {why}"))))
            document = replace(document, published=day, found=found)
            warnings.append(f"{document.id}: date guessed, {day.isoformat()}: {why}")
        dated.append(document)
    return dated, warnings


def guess_date(text: str) -> tuple[date, str] | None:
    """The middle of the days on which all that a text names was so, and what decided; None where that leaves too many."""
    people: dict[str, list[OfficeHolder]] = {}
    for holder in load_office_holders():
        if holder.start and any(_stands_near(text, name, holder.post) for name in holder.names):
            people.setdefault(holder.names[0], []).append(holder)
    opened = _latest_opening(text)
    spans = [(opened, date.max)]
    for terms in people.values():
        lasting = [(first_day(term.start), last_day(term.end) if term.end else date.max) for term in terms]
        spans = [
            (max(start, begins), min(end, ends))
            for start, end in spans
            for begins, ends in lasting
            if max(start, begins) <= min(end, ends)
        ]
    if not people or not spans:
        return None
    start, end = min(start for start, _ in spans), max(end for _, end in spans)
    if end > start + timedelta(days=WIDEST):
        return None
    named = ", ".join(f"{name} ({terms[0].post})" for name, terms in sorted(people.items()))
    return start + (end - start) / 2, f"from {start.isoformat()} to {end.isoformat()}, by {named}"


def _stands_near(text: str, name: str, post: str) -> bool:
    """Whether a person's name stands near two words of the post, or its only one ("health secretary Jane Crosby")."""
    wanted = {word for word in post.lower().split() if len(word) > 3}
    position = text.find(name)
    while position >= 0:
        around = text[max(0, position - NEAR) : position + len(name) + NEAR].lower()
        if wanted and sum(word in around for word in wanted) >= min(2, len(wanted)):
            return True
        position = text.find(name, position + 1)
    return False


def _latest_opening(text: str) -> date:
    """When the last of the bodies opened whose names, of several words and theirs alone, are in the text."""
    register = load_register()
    words = text[:MOST_TEXT].split()
    latest = date.min
    for size in range(2, LONGEST_NAME + 1):
        for begin in range(len(words) - size + 1):
            if not words[begin][0].isupper():
                continue
            ids = register.forms.get(" ".join(words[begin : begin + size]).rstrip(".,;:’s)”"), ())
            opened = register.bodies[ids[0]].opened if len(ids) == 1 else ""
            if opened:
                latest = max(latest, first_day(opened))
    return latest
