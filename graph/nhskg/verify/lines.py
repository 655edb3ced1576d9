"""The JSON Lines files: whether each row is as it must be, by itself and beside the rows that it names."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from nhskg.export.jsonl import CLAIMS, CONTEXT, DOCUMENTS, ENTITIES, STRUCTURE
from nhskg.export.network import in_xml
from nhskg.model import GUESSED, Amount, Claim, Document, Evidence, Kind, Label, Period, Status, TextSpan
from nhskg.ontology import load_predicates
from nhskg.registered import RegisterEntry
from nhskg.verify.findings import NOT_THERE, Findings
from nhskg.verify.ledger import Ledger, Texts, core, detail, entity_content, entry_content

Row = Mapping[str, Any]
UNEXPECTED = (KeyError, TypeError, ValueError, AttributeError)
"""What comes of a row in which a field is missing or of another kind."""


def read_ledger(folder: Path, findings: Findings) -> Ledger:
    """Reads the files, notes what does not fit in them, and gives what the other files are to be compared with."""
    ledger = Ledger(Texts(folder / DOCUMENTS))
    pages: dict[str, tuple[int, ...]] = {}

    def document(row: Row, place: int) -> Iterator[str]:
        return _document(row, place, ledger, pages)

    _check(folder / DOCUMENTS, document, findings)
    _check(folder / ENTITIES, lambda row, _: _entity(row, ledger), findings)
    in_documents = len(ledger.entities)
    _check(folder / CONTEXT, lambda row, _: _context(row, ledger), findings)
    ledger.context = len(ledger.entities) - in_documents
    _check(folder / STRUCTURE, lambda row, _: _entry(row, ledger), findings)
    _check(folder / CLAIMS, lambda row, _: _claim(row, ledger, pages), findings)
    return ledger


def _check(path: Path, check: Callable[[Row, int], Iterator[str]], findings: Findings) -> None:
    """Holds each row of a file against a check, which gives what is wrong with it."""
    number = place = 0
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                shown = f"line {number}"
                try:
                    row = json.loads(line)
                    shown += "".join(f", {row[key]}" for key in ("document", "id") if key in row)
                    for problem in check(row, place):
                        findings.add(path.name, problem, shown)
                except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
                    findings.add(path.name, "no JSON; build again", f"{shown}: {error}")
                except UNEXPECTED as error:
                    findings.add(path.name, "a row that is not as builds write them", f"{shown}: {error!r}")
                place += len(line)
    except FileNotFoundError:
        findings.add(path.name, NOT_THERE)
        return
    except OSError as error:
        findings.damaged(path.name, error)
        return
    findings.checked.append(f"{path.name}: {number:,} rows")


def _document(row: Row, place: int, ledger: Ledger, pages: dict[str, tuple[int, ...]]) -> Iterator[str]:
    identifier, text = row["document"], row["text"]
    if identifier in ledger.hashes:
        yield "there twice"
        return
    ledger.texts.places[identifier] = place
    ledger.hashes[identifier] = row["sha256"]
    ledger.dates[identifier] = _day(row["published"]), row["found"].get("published", "").startswith(GUESSED)
    pages[identifier] = tuple(row["pages"])
    if hashlib.sha256(text.encode("utf-8")).hexdigest() != row["sha256"]:
        yield "text that is not that of its sha256"
    if list(row["pages"]) != sorted(row["pages"]) or any(not 0 <= page <= len(text) for page in row["pages"]):
        yield "pages that do not follow one another in the text"


def _entity(row: Row, ledger: Ledger) -> Iterator[str]:
    text = ledger.texts[row["document"]]
    if text is None:
        yield "names a document that documents.jsonl has not"
    elif any(mention not in text for mention in row["mentions"]):
        yield "mention that is not in the document"
    if not set(row["by_register"]) <= set(row["mentions"]):
        yield "by_register has what is no mention"
    content = entity_content(row)
    if ledger.entities.add(row["id"], content):
        ledger.counts["entities"][Kind(row["kind"]).value] += 1
    elif ledger.entities.differs(row["id"], content):
        yield "the same entity is another one in an earlier row"


def _context(row: Row, ledger: Ledger) -> Iterator[str]:
    if ledger.entities.add(row["id"], entity_content(row)):
        ledger.counts["context"][Kind(row["kind"]).value] += 1
    else:
        yield "there twice, or in entities.jsonl too"


def _entry(row: Row, ledger: Ledger) -> Iterator[str]:
    entry = RegisterEntry(
        subject=row["subject"],
        predicate=row["predicate"],
        object=row["object"],
        start=row["valid_from"] or "",
        end=row["valid_to"] or "",
        source=row["source"],
        file=row["file"],
        line=row["line"],
        note=row["note"],
        post=row["post"],
    )
    if entry.id != row["id"]:
        yield "id that is not that of its content"
    if entry.predicate not in load_predicates():
        yield "relation that the ontology has not"
    if entry.subject not in ledger.entities or entry.object not in ledger.entities:
        yield "names an entity that is in neither entities.jsonl nor context.jsonl"
    if not ledger.entries.add(row["id"], entry_content(entry)):
        yield "there twice"
        return
    ledger.entries_of.setdefault(hash((entry.subject, entry.predicate, entry.object)), entry.id)
    ledger.counts["structure"][entry.predicate] += 1


def _claim(row: Row, ledger: Ledger, pages: Mapping[str, tuple[int, ...]]) -> Iterator[str]:
    claim = _claim_of(row)
    span, document = claim.evidence.span, claim.evidence.document
    if problem := ledger.texts.why_not(document, span.start, span.end, span.exact):
        yield problem
    elif (claim.published, claim.is_date_guessed) != ledger.dates[document]:
        yield "date that is not that of its document"
    elif row["page"] != Document(id="", text="", pages=pages[document]).page_at(span.start):
        yield "page that its offset is not on"
    if claim.id != row["id"]:
        yield "id that is not that of its content"
    if claim.predicate not in load_predicates():
        yield "relation that the ontology has not"
    if any(end not in ledger.entities for end in (claim.subject, claim.object, claim.speaker) if end is not None):
        yield "names an entity that is in neither entities.jsonl nor context.jsonl"
    if not 0 <= claim.confidence <= 1:
        yield "confidence that is not between 0 and 1"
    if not ledger.claims.add(row["id"], core(claim), detail(claim)):
        yield "there twice"
        return
    triple = claim.subject, claim.predicate, claim.object
    key = hash(triple)
    ledger.statements[key] = ledger.statements.get(key, 0) + 1
    ledger.quotes.add(hash((*triple, in_xml(span.exact))))
    ledger.counts["claims"][claim.predicate] += 1
    ledger.counts["statuses"][claim.status.value] += 1
    if claim.is_fact:
        ledger.facts.setdefault(key, row["id"])


def _claim_of(row: Row) -> Claim:
    has_period = row["period"] or row["valid_from"] or row["valid_to"]
    return Claim(
        subject=row["subject"],
        predicate=row["predicate"],
        object=row["object"],
        status=Status(row["status"]),
        speaker=row["speaker"],
        evidence=Evidence(
            document=row["document"], span=TextSpan(row["start"], row["end"], row["evidence"]), rule=row["rule"]
        ),
        confidence=row["confidence"],
        published=_day(row["published"]),
        is_date_guessed=row["published_guessed"],
        amount=Amount(**row["amount"]) if row["amount"] else None,
        mention=Label(row["mention"]),
        period=Period(text=row["period"] or "", start=row["valid_from"] or "", end=row["valid_to"] or "")
        if has_period
        else None,
        is_former=row["former"],
    )


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None
