"""Passages labelled with the claims that they make: ``seeds/claims/*.txt``.

A passage is one line; its claims follow, one a line, and an empty line ends it::

    Trusts in Kent buy their gloves from NHS Supply Chain, which NHS England is to abolish, Lord Maddox said.
    > NHS Supply Chain | supplies | Trusts in Kent | asserted | Lord Maddox
    > NHS England | abolished | NHS Supply Chain | planned | Lord Maddox

Subject, object and speaker are words of the passage; status and speaker may be left out (asserted, the document's own
voice). A question mark after ``>`` makes a claim optional. All claims of a passage are given, so that any other is wrong.

Run it to check files: ``python scripts/labelled_claims.py seeds/claims/*.txt``.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from nhskg.model import DocumentEntity, Status
from nhskg.ontology import load_predicates
from scoring import normal

ARTICLE = re.compile(r"^(?:the|an?|its|their|his|her|all|both|some|most|many)\s+", re.IGNORECASE)
MOSTLY = 0.5
FOLDER = Path(__file__).resolve().parent.parent / "seeds" / "claims"


class LabelError(ValueError):
    """A line of a file of labelled passages is not in order."""


@dataclass(frozen=True, slots=True)
class LabelledClaim:
    """A claim in the words of its passage."""

    subject: str
    predicate: str
    object: str
    status: Status = Status.ASSERTED
    speaker: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of one or a few sentences, and the claims in it."""

    place: str
    text: str
    claims: tuple[LabelledClaim, ...]


def read_passages(path: Path) -> Iterator[Passage]:
    """Gives the passages of a file.

    Raises:
        LabelError: names the file, the line and what is wrong with it.
    """
    text, place, claims = "", "", list[LabelledClaim]()
    for number, line in enumerate([*path.read_text(encoding="utf-8").splitlines(), ""], start=1):
        here = f"{path.name}:{number}"
        if line.startswith(">"):
            claims.append(_claim(line, text, here))
        elif text and line.strip():
            raise LabelError(f"{here}: a claim starts with >, and an empty line ends a passage: {line!r}")
        elif text:
            yield Passage(place, text, tuple(claims))
            text, claims = "", []
        else:
            text, place = line.strip(), here


def _claim(line: str, text: str, here: str) -> LabelledClaim:
    optional = line.startswith(">?")
    fields = [field.strip() for field in line.lstrip(">?").split("|")]
    if not 3 <= len(fields) <= 5:
        raise LabelError(f"{here}: a claim has subject | predicate | object | status | speaker: {line!r}")
    subject, predicate, object_, *more = fields
    status, speaker = ([*more, "", ""])[:2]
    if predicate not in load_predicates():
        raise LabelError(f"{here}: no predicate {predicate!r}")
    if status and status not in set(Status):
        raise LabelError(f"{here}: no status {status!r}")
    for words in (subject, object_, *([speaker] if speaker else [])):
        if not words or words not in text:
            raise LabelError(f"{here}: {words!r} is not in the passage, letter by letter")
    return LabelledClaim(subject, predicate, object_, Status(status or "asserted"), speaker, optional)


def is_held_out(number: int) -> bool:
    """Whether a passage, the ``number``th of its file, is for measuring only."""
    return number % 5 == 0


def entity_of(words: str, text: str, entities: Mapping[str, DocumentEntity]) -> str | None:
    """The id of the entity that words of a passage name: one mentioned so, or with a mention that mostly covers them.

    A mention that begins or ends where the words do counts as covering them ("hospitals" for "hospitals in Kent").
    """
    places = [match.start() for match in re.finditer(re.escape(words), text)]
    best, found = MOSTLY, None
    for identifier, entity in sorted(entities.items()):
        for span in entity.mentions:
            bare = ARTICLE.sub("", span.exact)
            start = span.end - len(bare)
            if normal(bare) == normal(words):
                return identifier
            for place in places:
                end = place + len(words)
                shared = min(end, span.end) - max(place, start)
                whole = max(end, span.end) - min(place, start)
                cover = shared / whole if shared > 0 else 0
                if cover and (place == start or end == span.end):
                    cover = max(cover, MOSTLY + cover / 10)
                if cover > best:
                    best, found = cover, identifier
    return found


def main() -> int:
    """Checks files and counts what is in them."""
    faults, passages, predicates = 0, list[Passage](), Counter[str]()
    for name in sys.argv[1:]:
        try:
            passages += read_passages(Path(name))
        except (LabelError, ValueError) as error:
            print(f"{name}: {error}")
            faults += 1
    for passage in passages:
        predicates.update(claim.predicate for claim in passage.claims)
    print(f"{len(passages)} passages, {sum(predicates.values())} claims")
    print(", ".join(f"{name} {predicates[name]}" for name in load_predicates()))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
