"""Answers about the build as a whole: promises, search, counts, who is central."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict

from nhskg.lookup.graph import Graph
from nhskg.lookup.overview import Central, Stats
from nhskg.lookup.passages import Found
from nhskg.lookup.promises import Promise
from nhskg.lookup.records import Record, claim_record, entity_record
from nhskg.model import Claim
from nhskg.render.about import passages_answer
from nhskg.render.answer import Answer
from nhskg.render.words import cited, claim_words, counted, date_words, entity_words, listed, relation, triple


def promises_answer(graph: Graph, promises: Sequence[Promise], *, evidence: bool) -> Answer:
    """Plans and what became of them."""

    def lines() -> Iterator[str]:
        for promise in promises:
            when = f"{promise.due or 'no day'}: "
            planned = claim_words(graph, promise.plan)
            yield f"{when}{triple(graph, promise.plan)} [{planned}; {_outcome(graph, promise)}] {promise.plan.id}"
            yield from (f"  {words}" for words in (cited(graph, _claims(promise)) if evidence else ()))

    return Answer(
        lines=lines,
        records=lambda: (
            {
                **claim_record(graph, promise.plan),
                "due": promise.due,
                "outcome": promise.outcome.value,
                "answered_by": promise.answer and promise.answer.id,
                "answered_on": promise.answer and str(promise.answer.published),
            }
            for promise in promises
        ),
        columns=("due", "plan", "outcome", "planned", "claim", *(("words",) if evidence else ())),
        rows=lambda: [
            (
                promise.due,
                triple(graph, promise.plan),
                _outcome(graph, promise),
                claim_words(graph, promise.plan).removeprefix("planned").lstrip(", "),
                promise.plan.id,
                *(("\n".join(cited(graph, _claims(promise))),) if evidence else ()),
            )
            for promise in promises
        ],
        is_prose=evidence,
        is_empty=not promises,
    )


def _claims(promise: Promise) -> list[Claim]:
    return [promise.plan, *([promise.answer] if promise.answer else [])]


def _outcome(graph: Graph, promise: Promise) -> str:
    if promise.answer is None:
        return promise.outcome.value
    says = f", says {graph.entity(promise.answer.speaker).name}" if promise.answer.speaker else ""
    return f"{promise.outcome} {date_words(promise.answer)}{says} ({promise.answer.id})"


def search_answer(graph: Graph, found: Found) -> Answer:
    """Names and sentences that have the words."""
    sentences = passages_answer(graph, found.passages, context=False)

    def lines() -> Iterator[str]:
        yield from map(entity_words, found.entities)
        yield from sentences.lines()

    def markdown() -> Iterator[str]:
        yield from (f"- **{entity_words(entity)}**" for entity in found.entities)
        if found.entities and found.passages:
            yield ""
        yield from sentences.markdown() if sentences.markdown else ()

    return Answer(
        lines=lines,
        records=lambda: [
            *({"found": "entity", **entity_record(entity)} for entity in found.entities),
            *({"found": "claim", **record} for record in sentences.records()),
        ],
        markdown=markdown,
        value=lambda: {
            "entities": [entity_record(entity) for entity in found.entities],
            "claims": list(sentences.records()),
        },
        is_empty=not found.entities and not found.passages,
    )


def stats_answer(graph: Graph, stats: Stats) -> Answer:
    """The counts of a build."""
    parts: list[tuple[str, Mapping[str, int]]] = [
        ("entities", stats.entities),
        ("claims", {relation(name): count for name, count in stats.claims.items()}),
        ("statuses", stats.statuses),
        ("lines of the register", {relation(name): count for name, count in stats.structure.items()}),
        ("only in the register", stats.context),
    ]

    def lines() -> Iterator[str]:
        dates = f", {stats.first} to {stats.last}" if stats.first else ""
        yield f"{graph.index.folder}: {counted(stats.documents, 'document')}{dates}"
        disputed = f", {stats.disputed:,} disputed" if stats.disputed else ""
        yield f"  {counted(sum(stats.claims.values()), 'claim')} in {counted(stats.statements, 'statement')}{disputed}"
        for name, counts in parts:
            if counts:
                told = listed([f"{key} {count:,}" for key, count in counts.items()])
                yield f"  {name} {sum(counts.values()):,}: {told}"

    def record() -> Record:
        return {**asdict(stats), "first": str(stats.first or ""), "last": str(stats.last or "")}

    return Answer(
        lines=lines,
        records=lambda: [
            {"what": name, "key": key, "count": count} for name, counts in parts for key, count in counts.items()
        ],
        markdown=lambda: (f"{'- ' if line.startswith(' ') else ''}{line.strip()}" for line in lines()),
        value=record,
    )


def central_answer(found: Sequence[Central]) -> Answer:
    """The most central entities."""

    def rows() -> list[tuple[str, ...]]:
        return [
            (
                str(number),
                entity_words(row.entity),
                str(row.claims),
                f"{row.pagerank:.4f}",
                f"{row.betweenness:.4f}",
            )
            for number, row in enumerate(found, start=1)
        ]

    return Answer(
        lines=lambda: [
            f"{number}. {name}, {counted(int(claims), 'claim')}, PageRank {pagerank}, betweenness {betweenness}"
            for number, name, claims, pagerank, betweenness in rows()
        ],
        records=lambda: [
            {
                "rank": number,
                **entity_record(row.entity),
                "claims": row.claims,
                "pagerank": row.pagerank,
                "betweenness": row.betweenness,
            }
            for number, row in enumerate(found, start=1)
        ],
        columns=("", "name", "claims", "PageRank", "betweenness"),
        rows=rows,
        is_empty=not found,
    )
