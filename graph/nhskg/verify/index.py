"""``graph.sqlite``: its texts, quotations, entities, claims and counts against the JSON Lines files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from nhskg.errors import InputError
from nhskg.lookup import load
from nhskg.lookup.format import INDEX
from nhskg.lookup.index import Index
from nhskg.lookup.later import is_for_later
from nhskg.verify.findings import NOT_THERE, Findings
from nhskg.verify.ledger import Ledger, core, detail, entity_content, entry_content

QUOTATIONS = (
    'SELECT d.id, q.start, q."end", q.text FROM quotation q JOIN document d ON d.number = q.document ORDER BY q.number'
)
CLAIM_IDS = "SELECT id FROM claim ORDER BY number"
STATEMENTS = (
    "SELECT s.id, predicate, o.id, statement.claims FROM statement "
    "JOIN entity s ON s.number = subject JOIN entity o ON o.number = object"
)


def check_index(folder: Path, ledger: Ledger, findings: Findings) -> None:
    """Notes what in the look-up index does not fit; that of a large graph may have yet to be made."""
    if is_for_later(folder):
        return
    if not (folder / INDEX).is_file():
        findings.add(INDEX, NOT_THERE)
        return
    try:
        index = Index(folder)
        for check in (_whole, _documents, _quotations, _entities, _entries, _claims, _statements, _totals):
            for problem, place in check(index, ledger):
                findings.add(INDEX, problem, place)
        claims = index.value("SELECT count(*) FROM claim")
    except InputError as error:
        findings.damaged(INDEX, error)
    except (ValueError, TypeError, KeyError) as error:
        findings.add(INDEX, "a row that is not as builds write them", repr(error))
    else:
        findings.checked.append(f"{INDEX}: {claims:,} claims")


Problems = Iterator[tuple[str, str]]


def _whole(index: Index, _: Ledger) -> Problems:
    for (words,) in index.rows("PRAGMA quick_check(5)"):
        if words != "ok":
            yield "damaged; build again", words


def _documents(index: Index, ledger: Ledger) -> Problems:
    met = set()
    for row in index.rows(f"{load.DOCUMENT} ORDER BY number"):
        document = load.document(row)
        met.add(document.id)
        if document.sha256 != ledger.hashes.get(document.id):
            yield "text that is not that of documents.jsonl", document.id
        elif (document.published, document.is_date_guessed) != ledger.dates[document.id]:
            yield "date that is not that of documents.jsonl", document.id
    for identifier in sorted(set(ledger.hashes) - met):
        yield "document of documents.jsonl is missing", identifier


def _quotations(index: Index, ledger: Ledger) -> Problems:
    for document, start, end, text in index.rows(QUOTATIONS):
        if problem := ledger.texts.why_not(document, start, end, text):
            yield problem, f"{document}, {start}-{end}"


def _entities(index: Index, ledger: Ledger) -> Problems:
    comparison, context = ledger.entities.comparison(), 0
    for row in index.rows(f"{load.ENTITY} ORDER BY number"):
        context += not row[8]
        entity = load.entity(row)
        content = entity_content(
            {
                "kind": entity.kind.value,
                "name": entity.name,
                "ods_code": entity.ods_code,
                "aliases": entity.aliases,
                "candidates": entity.candidates,
            }
        )
        if problem := comparison.meet(entity.id, content):
            yield f"entity {problem}", entity.id
    for identifier in comparison.missing():
        yield f"entity of {comparison.table.file} is missing", identifier
    if context != ledger.context:
        yield "another number of bodies that only the register brings", f"{context}, not {ledger.context}"


def _entries(index: Index, ledger: Ledger) -> Problems:
    comparison = ledger.entries.comparison()
    for entry in load.entries(index, "true"):
        if problem := comparison.meet(entry.id, entry_content(entry)):
            yield f"register entry {problem}", entry.id
    for identifier in comparison.missing():
        yield f"register entry of {comparison.table.file} is missing", identifier


def _claims(index: Index, ledger: Ledger) -> Problems:
    comparison = ledger.claims.comparison()
    ids = index.rows(CLAIM_IDS)
    for (identifier,), claim in zip(ids, load.claims(index, "true"), strict=False):
        if problem := comparison.meet(identifier, core(claim), detail(claim)):
            yield f"claim {problem}", identifier
    for identifier in comparison.missing():
        yield f"claim of {comparison.table.file} is missing", identifier


def _statements(index: Index, ledger: Ledger) -> Problems:
    number = 0
    for subject, predicate, object_, claims in index.rows(STATEMENTS):
        number += 1
        there = ledger.statements.get(hash((subject, predicate, object_)), 0)
        if claims != there:
            yield "statement with another number of claims", f"{subject} {predicate} {object_}: {claims}, not {there}"
    if number != len(ledger.statements):
        yield "another number of statements", f"{number}, not {len(ledger.statements)}"


def _totals(index: Index, ledger: Ledger) -> Problems:
    expected = {
        **ledger.counts,
        "documents": Counter({"": len(ledger.hashes)}),
        "statements": Counter({"": len(ledger.statements)}),
    }
    totals = {(what, key): count for what, key, count in index.rows("SELECT what, key, count FROM total")}
    for what, counts in expected.items():
        for key in sorted({key for told, key in totals if told == what} | set(counts)):
            if totals.get((what, key), 0) != counts[key]:
                yield "another count", f"{what} {key}: {totals.get((what, key), 0)}, not {counts[key]}"
