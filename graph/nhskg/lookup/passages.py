"""The words behind claims: a claim's sentence in its paragraph, and sentences found by their words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nhskg.lookup import load
from nhskg.lookup.filters import Filters
from nhskg.lookup.index import Index
from nhskg.model import Claim, Document, Entity, TextSpan

PARAGRAPH_END = re.compile(r"\n[ \t]*\n")
CLAIM_ID = re.compile(r"[0-9a-f]{6,12}")
TERM = re.compile(r"\"([^\"]+)\"|(\S+)")
WORD = re.compile(r"\w", re.UNICODE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A sentence in its document, with all claims that were read in it and are asked for.

    Attributes:
        before, after: what stands around it in the same paragraph.
    """

    document: Document
    span: TextSpan
    before: str
    after: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What full text search finds."""

    entities: tuple[Entity, ...]
    passages: tuple[Passage, ...]


def passages_of_claim(index: Index, identifier: str) -> tuple[Passage, ...]:
    """Gives the passage of a claim by its id, or by at least six first digits of it; none if there is no such claim."""
    if not CLAIM_ID.fullmatch(identifier):
        return ()
    return tuple(_passages(index, "claim.id >= ? AND claim.id < ?", (identifier, f"{identifier}g")))


def passages_between(index: Index, one: int, other: int, filters: Filters) -> tuple[Passage, ...]:
    """Gives the passages of the claims between two entities, in whichever direction, in order of date."""
    ends = "((statement.subject = ?1 AND statement.object = ?2) OR (statement.subject = ?2 AND statement.object = ?1))"
    return tuple(_passages(index, f"{ends} AND {filters.of_claims()}", (one, other)))


def search(index: Index, words: str, limit: int | None = None) -> Found:
    """Finds names and quotations that have all of some words, in whichever form; the latest quotations first.

    Args:
        index: the build.
        words: words; what stands in double quotation marks is found as it stands, and ``discharg*`` by its beginning.
        limit: at most so many entities, and so many passages.
    """
    query = _query(words)
    if not query:
        return Found(entities=(), passages=())
    most = -1 if limit is None else limit
    numbers = [
        row[0]
        for row in index.rows(
            "SELECT DISTINCT name.entity FROM name_words JOIN name ON name.number = name_words.rowid "
            "JOIN entity ON entity.number = name.entity "
            "WHERE name_words MATCH ? ORDER BY entity.claims DESC, entity.number LIMIT ?",
            (query, most),
        )
    ]
    quotations = [
        row[0]
        for row in index.rows(
            "SELECT rowid FROM quotation_words WHERE quotation_words MATCH ? ORDER BY rowid DESC LIMIT ?", (query, most)
        )
    ]
    return Found(
        entities=tuple(load.one_entity(index, number) for number in numbers),
        passages=tuple(
            passage for quotation in quotations for passage in _passages(index, "claim.quotation = ?", (quotation,))
        ),
    )


def _query(words: str) -> str:
    """Words as FTS5 takes them, https://www.sqlite.org/fts5.html#full_text_query_syntax; nothing in them is an operator."""
    terms = []
    for phrase, word in TERM.findall(words):
        term = phrase or word
        if WORD.search(term):
            prefix = "*" if not phrase and term.endswith("*") else ""
            quoted = term.removesuffix("*").replace('"', '""')
            terms.append(f'"{quoted}"{prefix}')
    return " ".join(terms)


def _passages(index: Index, condition: str, parameters: tuple[object, ...]) -> Iterator[Passage]:
    by_place: dict[tuple[str, TextSpan], list[Claim]] = {}
    for claim in load.claims(index, condition, parameters):
        by_place.setdefault((claim.evidence.document, claim.evidence.span), []).append(claim)
    documents: dict[str, Document] = {}
    for (identifier, span), claims in by_place.items():
        if identifier not in documents:
            documents[identifier] = next(
                load.document(row) for row in index.rows(f"{load.DOCUMENT} WHERE id = ?", (identifier,))
            )
        before, after = _around(documents[identifier].text, span)
        yield Passage(document=documents[identifier], span=span, before=before, after=after, claims=tuple(claims))


def _around(text: str, span: TextSpan) -> tuple[str, str]:
    """What stands before and after in the same paragraph."""
    start = max((match.end() for match in PARAGRAPH_END.finditer(text, 0, span.start)), default=0)
    after = PARAGRAPH_END.search(text, span.end)
    return text[start : span.start], text[span.end : after.start() if after else len(text)]
