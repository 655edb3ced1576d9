"""What changed between two builds, as a digest to send round."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nhskg.lookup.difference import Difference, Turn
from nhskg.lookup.graph import Graph
from nhskg.lookup.records import Record, claim_record, entity_record, entry_record
from nhskg.model import Claim, Document, Entity
from nhskg.registered import RegisterEntry
from nhskg.render.answer import Answer
from nhskg.render.words import claim_words, entity_words, entry_words, listed, quote, source, triple

Section = tuple[str, list[tuple[str, str]]]
"""A heading, and under it what there is to say, each with the words that it rests on, or none."""


def digest_answer(old: Graph, new: Graph, changes: Difference) -> Answer:
    """What is new, what has another status, what is no longer there."""
    sections = [section for section in _sections(old, new, changes) if section[1]]

    def lines() -> Iterator[str]:
        if not sections:
            yield f"{new.index.folder} says the same as {old.index.folder}"
        for heading, items in sections:
            yield heading
            for item, words in items:
                yield f"  {item}"
                if words:
                    yield f"    {words}"

    def markdown() -> Iterator[str]:
        yield f"# What is new in {new.index.folder} since {old.index.folder}"
        if not sections:
            yield ""
            yield "Nothing."
        for heading, items in sections:
            yield ""
            yield f"## {heading}"
            yield ""
            for item, words in items:
                yield f"- {item}"
                if words:
                    yield f"  > {words}"

    return Answer(
        lines=lines,
        records=lambda: _records(old, new, changes),
        markdown=markdown,
    )


def _sections(old: Graph, new: Graph, changes: Difference) -> Iterator[Section]:
    yield _documents("New documents", changes.documents_added)
    yield _documents("Documents with another text", changes.documents_changed)
    yield _documents("Documents no longer there", changes.documents_removed)
    yield f"Other statuses now ({len(changes.turns)})", [_turn(new, turn) for turn in changes.turns]
    turned = {(turn.subject, turn.predicate, turn.object) for turn in changes.turns}
    fresh = [c for c in changes.claims_added if (c.subject, c.predicate, c.object) not in turned]
    yield f"New claims ({len(fresh)})", [_claim(new, claim) for claim in fresh]
    yield f"Claims no longer there ({len(changes.claims_removed)})", [_claim(old, c) for c in changes.claims_removed]
    yield _entities("New bodies, people and things", changes.entities_added)
    yield _entities("Bodies, people and things no longer there", changes.entities_removed)
    yield _structure("New in the register", new, changes.structure_added)
    yield _structure("No longer in the register", old, changes.structure_removed)


def _documents(heading: str, documents: Sequence[Document]) -> Section:
    return f"{heading} ({len(documents)})", [(source(document), "") for document in documents]


def _turn(graph: Graph, turn: Turn) -> tuple[str, str]:
    before, now = listed([s.value for s in turn.before]), listed([s.value for s in turn.now])
    change = f"{'now disputed: ' if turn.is_disputed else ''}{before} before, {now} now"
    first = turn.claims[0]
    return f"{triple(graph, first)} [{change}]", _words(graph, first)


def _claim(graph: Graph, claim: Claim) -> tuple[str, str]:
    return f"{triple(graph, claim)} [{claim_words(graph, claim)}]", _words(graph, claim)


def _words(graph: Graph, claim: Claim) -> str:
    return f"{quote(claim.evidence.span.exact)} ({source(graph.document(claim.evidence.document))})"


def _entities(heading: str, entities: Sequence[Entity]) -> Section:
    return f"{heading} ({len(entities)})", [(entity_words(entity), "") for entity in entities]


def _structure(heading: str, graph: Graph, entries: Sequence[RegisterEntry]) -> Section:
    return f"{heading} ({len(entries)})", [(f"{triple(graph, e)} [{entry_words(e)}]", "") for e in entries]


def _records(old: Graph, new: Graph, changes: Difference) -> Iterator[Record]:
    for change, graph, documents, entities, claims, entries in (
        ("added", new, changes.documents_added, changes.entities_added, changes.claims_added, changes.structure_added),
        (
            "removed",
            old,
            changes.documents_removed,
            changes.entities_removed,
            changes.claims_removed,
            changes.structure_removed,
        ),
    ):
        yield from (_document_record(change, document) for document in documents)
        yield from ({"change": change, "what": "entity", **entity_record(entity)} for entity in entities)
        yield from ({"change": change, "what": "claim", **claim_record(graph, claim)} for claim in claims)
        yield from ({"change": change, "what": "structure", **entry_record(graph, entry)} for entry in entries)
    yield from (_document_record("changed", document) for document in changes.documents_changed)
    yield from (_turn_record(new, turn) for turn in changes.turns)


def _document_record(change: str, document: Document) -> Record:
    return {
        "change": change,
        "what": "document",
        "id": document.id,
        "title": document.title,
        "published": str(document.published or ""),
        "published_guessed": document.is_date_guessed,
        "source": document.source,
        "url": document.url,
    }


def _turn_record(graph: Graph, turn: Turn) -> Record:
    return {
        "change": "status",
        "what": "statement",
        "subject_name": graph.entity(turn.subject).name,
        "predicate": turn.predicate,
        "object_name": graph.entity(turn.object).name,
        "subject": turn.subject,
        "object": turn.object,
        "before": [status.value for status in turn.before],
        "now": [status.value for status in turn.now],
        "disputed": turn.is_disputed,
        "claims": [claim.id for claim in turn.claims],
    }
