"""Which words of a sentence a claim is about, so that the page can highlight them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping

from nhskg.model import Claim, Entity, Reading, TextSpan

Mentions = Mapping[tuple[str, str], tuple[TextSpan, ...]]
"""Where a document, by its id, mentions an entity, by its id."""

SUBJECT, OBJECT, SPEAKER, DETAIL = "subject", "object", "speaker", "detail"


def mentions_of(readings: Iterable[Reading]) -> Mentions:
    """Gives where each document mentions each of its entities, in the sentences of its claims."""
    mentions = {}
    for reading in readings:
        sentences = sorted({(claim.evidence.span.start, claim.evidence.span.end) for claim in reading.claims})
        starts = [start for start, _ in sentences]
        for found in reading.entities:
            mentions[reading.document.id, found.entity.id] = tuple(
                span
                for span in found.mentions
                if (number := bisect_right(starts, span.start)) and span.end <= sentences[number - 1][1]
            )
    return mentions


def marks_of(claim: Claim, entities: Mapping[str, Entity], mentions: Mentions) -> list[list[object]]:
    """Gives what to highlight in a claim's sentence: start, end and role of each stretch, none over another.

    The places are those of UTF-16, in which browsers count.
    """
    sentence = claim.evidence.span
    wanted = [(SUBJECT, claim.subject), (OBJECT, claim.object), *([(SPEAKER, claim.speaker)] if claim.speaker else [])]
    found = [(start, end, role) for role, i in wanted for start, end in _places(claim, i, entities, mentions)]
    for words in (claim.amount.text if claim.amount else "", claim.period.text if claim.period else ""):
        found += [(at, at + len(words), DETAIL) for at in [sentence.exact.find(words)] if words and at >= 0]
    marks: list[list[object]] = []
    last = 0
    for start, end, role in sorted(found, key=lambda mark: (mark[0], -mark[1])):
        if start >= last:
            marks.append([_utf16(sentence.exact[:start]), _utf16(sentence.exact[:end]), role])
            last = end
    return marks


def _places(
    claim: Claim, identifier: str, entities: Mapping[str, Entity], mentions: Mentions
) -> Iterator[tuple[int, int]]:
    """Gives where a sentence mentions an entity: as it was read there, else wherever one of its names stands."""
    sentence = claim.evidence.span
    spans = mentions.get((claim.evidence.document, identifier))
    if spans is not None:
        for span in spans:
            if sentence.start <= span.start and span.end <= sentence.end:
                yield span.start - sentence.start, span.end - sentence.start
        return
    names = (entities[identifier].name, *entities[identifier].aliases) if identifier in entities else ()
    for name in sorted(names, key=len, reverse=True):
        yield from _whole(_lower(name), _lower(sentence.exact))


def _whole(name: str, sentence: str) -> Iterator[tuple[int, int]]:
    """Gives where a name stands in a sentence as whole words."""
    start = sentence.find(name)
    while start >= 0:
        end = start + len(name)
        if not (sentence[start - 1 : start].isalnum() or sentence[end : end + 1].isalnum()):
            yield start, end
        start = sentence.find(name, end)


def _lower(text: str) -> str:
    """Gives a text in lower case, unless that has other places: "İ" gives two characters."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
