"""The graph as Turtle, https://www.w3.org/TR/turtle/, in the patterns of ontology/decisions/0002 and 0003.

One triple a line, each ended by ``;``, and the block by a ``.`` of its own, so that a diff of two builds shows triples
and no punctuation. What changes together stands together: a block for each entity, in order of id, with its names and
the relations that are settled; then, document by document, its claims in the order of the text, each before its
quotation; then the register. There are no blank nodes. A block is written as soon as it is made, so memory does not
grow with the graph, and a million triples take seconds (scripts/benchmark_rdf.py); every common reader takes the result
(tests/export/test_readers.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from nhskg.export.circumstances import circumstances
from nhskg.export.corrections import correction_blocks
from nhskg.export.structure import structure_triples
from nhskg.export.terms import TRUE, Row, Triple, day, decimal, text, typed, web_address
from nhskg.model import Claim, ClaimGraph, Copy, Document, Entity, Status
from nhskg.parts import BUFFER, part
from nhskg.vocab import (
    ID,
    claim_iri,
    correction_iri,
    document_iri,
    entity_iri,
    prefixes_for,
    quotation_iri,
    statement_iri,
)

Block = tuple[str, Iterable[Row]]
"""A subject and what is said of it, in the order to be written."""

STATUS_NAMES = {status: f"nhs:{status.value.capitalize()}" for status in Status}
LARGEST = 1_000_000_000
"""Characters in a file, a graph of some million claims: what uploads and editors still take, and stores load file by file."""
ODS_RECORD = "https://directory.spineservices.nhs.uk/ORD/2-0-0/organisations/"


def write_turtle(claim_graph: ClaimGraph, path: Path, base: str = ID, largest: int = LARGEST) -> None:
    """Writes the graph, in parts if it is large (``nhskg.parts``): a part has some entities, or the claims of some documents.

    Args:
        claim_graph: what to write.
        path: the file.
        base: what the IRIs of entities, documents and claims begin with.
        largest: characters in a file, beyond which a new one is begun.

    Raises:
        UsageError: if the base is no web address that ends in ``/`` or ``#``.
    """
    head = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in prefixes_for(base).items())
    texts = map(_written, blocks(claim_graph))
    text = next(texts, "")
    number = 0
    while text or not number:
        number += 1
        size = 0
        with part(path, number).open("w", BUFFER, encoding="utf-8", newline="\n") as file:
            file.write(head)
            while text and (not size or size + len(text) <= largest):
                file.write(text)
                size += len(text)
                text = next(texts, "")
    if number == 1:
        part(path, 1).replace(path)


def _written(block: Block) -> str:
    subject, rows = block
    lines = " ;\n    ".join(map(" ".join, rows))
    return f"\n{subject}\n    {lines} ;\n.\n"


def triples(claim_graph: ClaimGraph) -> Iterator[Triple]:
    """Gives the triples in the order in which they are written, each once."""
    for subject, rows in blocks(claim_graph):
        for predicate, object_ in rows:
            yield subject, predicate, object_


def blocks(claim_graph: ClaimGraph) -> Iterator[Block]:
    """Gives what there is to write, one subject after the other."""
    structure = _by_subject(structure_triples(claim_graph))
    settled = _settled(claim_graph)
    for entity in sorted((*claim_graph.entities, *claim_graph.context), key=lambda entity: entity.id):
        iri = entity_iri(entity.id)
        relations = settled.get(entity.id, set()) | structure.pop(iri, set())
        yield iri, (("a", _kind(entity)), *sorted(relations.union(_entity(entity))))
    for statement in claim_graph.statements:
        about = statement_iri(statement.subject, statement.predicate, statement.object)
        structure.pop(about, None)  # the register has a line on it too
        disputed = [("nhs:disputed", TRUE)] if statement.is_disputed else []
        yield about, [("a", "nhs:Statement"), *disputed]
    claims = _by_document(claim_graph)
    for document in claim_graph.documents:
        yield document_iri(document.id), _document(document)
        for copy in document.copies:
            yield document_iri(copy.document), _copy(copy, document)
        written = ""
        for claim in claims.get(document.id, ()):
            yield claim_iri(claim), _claim(claim)
            quotation = quotation_iri(claim.evidence.document, claim.evidence.span)
            if quotation != written:
                yield quotation, _quotation(claim, document.page_at(claim.evidence.span.start))
                written = quotation
    yield from correction_blocks(claim_graph)
    for subject in sorted(structure):
        yield subject, sorted(structure[subject])


def _by_subject(rows: Iterable[Triple]) -> dict[str, set[Row]]:
    grouped: defaultdict[str, set[Row]] = defaultdict(set)
    for subject, predicate, object_ in rows:
        grouped[subject].add((predicate, object_))
    return dict(grouped)


def _settled(claim_graph: ClaimGraph) -> Mapping[str, set[Row]]:
    """The direct triples of each entity: those that a document states in its own voice."""
    grouped: defaultdict[str, set[Row]] = defaultdict(set)
    for statement in claim_graph.statements:
        if any(claim.is_fact for claim in statement.claims):
            grouped[statement.subject].add((f"nhs:{statement.predicate}", entity_iri(statement.object)))
    return grouped


def _by_document(claim_graph: ClaimGraph) -> Mapping[str, list[Claim]]:
    grouped: defaultdict[str, list[Claim]] = defaultdict(list)
    for statement in claim_graph.statements:
        for claim in statement.claims:
            grouped[claim.evidence.document].append(claim)
    for claims in grouped.values():
        claims.sort(key=_place)
    return grouped


def _place(claim: Claim) -> tuple[object, ...]:
    """Where a claim stands in its document; of those in one sentence, all that tells them apart."""
    span, speaker = claim.evidence.span, claim.speaker or ""
    return span.start, span.end, claim.predicate, claim.subject, claim.object, claim.status, speaker


def _document(document: Document) -> Iterator[Row]:
    yield "a", "nhs:SourceDocument"
    yield "dcterms:identifier", text(document.id)
    if document.title:
        yield "dcterms:title", text(document.title)
    if document.published:
        yield "nhs:guessedDate" if document.is_date_guessed else "dcterms:issued", day(document.published)
    if document.author:
        yield "dcterms:creator", text(document.author)
    if document.source:
        yield "dcterms:publisher", text(document.source)
    if web_address(document.url):
        yield "dcterms:source", web_address(document.url)


def _copy(copy: Copy, document: Document) -> Iterator[Row]:
    yield "a", "nhs:LeftOutCopy"
    yield "dcterms:identifier", text(copy.document)
    if copy.source:
        yield "dcterms:publisher", text(copy.source)
    if web_address(copy.url):
        yield "dcterms:source", web_address(copy.url)
    yield "dcterms:isVersionOf", document_iri(document.id)


def _kind(entity: Entity) -> str:
    return f"nhs:{entity.kind.value.capitalize()}"


def _entity(entity: Entity) -> Iterator[Row]:
    yield "skos:prefLabel", text(entity.name)
    for alias in entity.aliases:
        yield "skos:altLabel", text(alias)
    if entity.ods_code:
        yield "org:identifier", typed(entity.ods_code, "nhs:ODSCode")
        if record := web_address(ODS_RECORD + entity.ods_code):
            yield "rdfs:seeAlso", record
    for candidate in entity.candidates:
        yield "nhs:mayBe", entity_iri(candidate)
    for correction in entity.corrections:
        yield "prov:wasInfluencedBy", correction_iri(correction)


def _claim(claim: Claim) -> list[Row]:
    evidence = claim.evidence
    rows = [
        ("a", "nhs:Claim"),
        ("nhs:about", statement_iri(claim.subject, claim.predicate, claim.object)),
        ("rdf:subject", entity_iri(claim.subject)),
        ("rdf:predicate", f"nhs:{claim.predicate}"),
        ("rdf:object", entity_iri(claim.object)),
        ("nhs:status", STATUS_NAMES[claim.status]),
        ("prov:wasAttributedTo", entity_iri(claim.speaker) if claim.speaker else document_iri(evidence.document)),
        ("prov:wasQuotedFrom", quotation_iri(evidence.document, evidence.span)),
    ]
    if claim.published:
        rows.append(("nhs:guessedDate" if claim.is_date_guessed else "dcterms:date", day(claim.published)))
    rows += circumstances(claim)
    rows += [("nhs:confidence", decimal(claim.confidence)), ("nhs:rule", text(evidence.rule))]
    rows += [("prov:wasInfluencedBy", correction_iri(correction)) for correction in claim.corrections]
    return rows


def _quotation(claim: Claim, page: int | None) -> Iterator[Row]:
    span = claim.evidence.span
    yield "a", "oa:TextPositionSelector"
    yield "a", "oa:TextQuoteSelector"
    yield "oa:start", str(span.start)
    yield "oa:end", str(span.end)
    yield "oa:exact", text(span.exact)
    if page is not None:
        yield "nhs:page", str(page)
    yield "dcterms:isPartOf", document_iri(claim.evidence.document)
