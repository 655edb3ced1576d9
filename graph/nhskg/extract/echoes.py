"""Names of a document that are found in one place and overlooked, or cut, in another.

The language model judges each paragraph by itself. A name that it has found once is a name wherever it comes in the
document, and so is the beginning that is left when a body is spoken of in short, "Skelby" for Skelby Hospitals, and the
surname of somebody who is named in full.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from nhskg.extract.composed import NounsInNames
from nhskg.extract.names import FoundName, taken_by
from nhskg.extract.syntax import preposition
from nhskg.extract.words import Paragraph
from nhskg.model import Kind

PLACING = {"in", "near", "around", "across", "throughout", "outside"}
"""Prepositions before the place that a body is named after: "in Skelby" is not in Skelby Hospitals."""

Forms = Mapping[str, Mapping[tuple[str, ...], Kind]]
"""The forms of a document's names in words, by their first word."""


def forms_of(names: Iterable[FoundName], words: frozenset[str], nouns: NounsInNames) -> Forms:
    """Gives the forms that a document's names may be met in again.

    Args:
        names: those found so far; what the register knows needs no help.
        words: all words of the document, to tell what it also writes in small letters.
        nouns: which nouns make names, so that none of them is taken for a short form.
    """
    kinds: dict[tuple[str, ...], Counter[Kind]] = {}
    for name in names:
        if name.candidates or name.completed:
            continue
        parts = tuple(name.span.text.split())
        kinds.setdefault(parts, Counter())[name.kind] += 1
        if name.kind is Kind.PERSON and len(parts) > 1:
            kinds.setdefault(parts[-1:], Counter())[Kind.PERSON] += 1
        if name.kind is Kind.ORGANISATION and parts[-1] not in nouns.papers:
            for length in range(1, _until_noun(parts, nouns)):
                kinds.setdefault(parts[:length], Counter())[Kind.ORGANISATION] += 1
    forms: dict[str, dict[tuple[str, ...], Kind]] = {}
    for parts, counts in kinds.items():
        if len(parts) > 1 or _tells(parts[0], words, nouns):
            forms.setdefault(parts[0], {})[parts] = counts.most_common(1)[0][0]
    return forms


def _until_noun(parts: Sequence[str], nouns: NounsInNames) -> int:
    """How many words a body's short form may have, and one more: those before the noun, not all of a name without one."""
    ends = [i for i, part in enumerate(parts) if part in nouns.last | nouns.first]
    return ends[0] + 1 if ends else len(parts)


def _tells(word: str, words: frozenset[str], nouns: NounsInNames) -> bool:
    """Whether one word is enough to be a name: not "Royal", nor what the document writes in small letters as well."""
    common = word in nouns.last | nouns.first | nouns.general or word.lower() in words
    return len(word) > 2 and word[0].isupper() and word.isalpha() and not common


def with_echoes(doc: Paragraph, names: list[FoundName], forms: Forms) -> list[FoundName]:
    """Adds to a paragraph's names those that the document has elsewhere, longest first; a cut name gives way."""
    spans = {name.span.start: name for name in names}
    taken = taken_by(names)
    found = []
    for start, word in enumerate(doc):
        for parts, kind in sorted(forms.get(word.text, {}).items(), key=lambda form: -len(form[0])):
            end = start + len(parts)
            if tuple(token.text for token in doc[start:end]) != parts:
                continue
            inside = [spans[i] for i in range(start, end) if i in spans]
            covered = taken_by(inside)
            is_free = taken.isdisjoint(set(range(start, end)) - covered) and max(covered, default=start) < end
            if is_free and not any(name.candidates for name in inside) and not (inside and len(parts) == 1):
                for name in inside:
                    del spans[name.span.start]
                is_place = len(parts) == 1 and kind is Kind.ORGANISATION and preposition(word) in PLACING
                found.append(FoundName(doc[start:end], Kind.PLACE if is_place else kind))
                taken.update(range(start, end))
                break
    return sorted([*spans.values(), *found], key=lambda name: name.span.start)
