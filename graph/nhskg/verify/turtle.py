"""``graph.ttl``, read triple by triple: its quotations against the texts, its claims and register lines against the JSON Lines
files, and its direct triples against both.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from urllib.parse import unquote

from nhskg.export.structure import ORG_TERMS
from nhskg.model import Kind
from nhskg.ontology import load_predicates
from nhskg.parts import TURTLE, triples_of
from nhskg.verify.findings import NOT_THERE, Findings
from nhskg.verify.ledger import Ledger, Triple
from nhskg.vocab import NHS, document_iri, expand, prefixes_of, statement_iri

Said = Mapping[str, list[str]]
"""What is said of one node: properties, and their values as text."""

in_full = functools.cache(expand)
KINDS = {NHS + kind.value.capitalize(): kind.value for kind in Kind}


def check_turtle(folder: Path, ledger: Ledger, findings: Findings) -> int | None:
    """Notes what in the Turtle does not fit, and gives the number of its triples, or None if they cannot be counted."""
    path = folder / TURTLE
    try:
        check = _Check(ledger, findings, prefixes_of(path)["id"])
        triples = check.read(path)
    except FileNotFoundError:
        findings.add(TURTLE, NOT_THERE)
        return None
    except (OSError, SyntaxError, UnicodeDecodeError) as error:
        findings.damaged(TURTLE, error)
        return None
    check.end()
    findings.checked.append(
        f"{TURTLE}: {triples:,} triples, {len(check.quotations):,} quotations, {len(check.direct):,} direct triples"
    )
    return triples


class _Check:
    def __init__(self, ledger: Ledger, findings: Findings, base: str) -> None:
        self.ledger = ledger
        self.findings = findings
        self.base = base
        self.predicates = {NHS + name: name for name in load_predicates()}
        self.organisational = {in_full(term): name for name, term in ORG_TERMS.items()}
        self.documents = {self._named(document_iri(identifier)): identifier for identifier in ledger.hashes}
        self.claims = ledger.claims.comparison()
        self.entries = ledger.entries.comparison()
        self.entities = ledger.entities.comparison()
        self.documents_seen: set[str] = set()
        self.direct: set[int] = set()
        self.quoted: set[int] = set()
        self.quotations: set[int] = set()

    def _named(self, name: str) -> str:
        return self.base + name.removeprefix("id:")

    def _note(self, problem: str, place: str) -> None:
        if problem:
            self.findings.add(TURTLE, problem, place.removeprefix(self.base))

    def read(self, path: Path) -> int:
        import pyoxigraph as ox

        named, triples = ox.NamedNode, 0
        for subject, rows in groupby(triples_of(path), key=attrgetter("subject")):
            said: dict[str, list[str]] = {}
            links = []
            for row in rows:
                triples += 1
                said.setdefault(row.predicate.value, []).append(getattr(row.object, "value", ""))
                if isinstance(row.object, named):
                    links.append((row.predicate.value, row.object.value))
            try:
                self._node(getattr(subject, "value", ""), said, links)
            except (KeyError, ValueError, TypeError) as error:
                self._note("a node that is not as builds write them", f"{subject}: {error!r}")
        return triples

    def _node(self, iri: str, said: Said, links: list[tuple[str, str]]) -> None:
        types = said.get(in_full("rdf:type"), [])
        entity = self._entity_of(iri)
        if entity is not None:
            self._entity(entity, said)
        elif in_full("nhs:Claim") in types:
            self._claim(iri, said)
        elif in_full("nhs:RegisterEntry") in types:
            self._entry(iri, said)
        elif in_full("nhs:SourceDocument") in types:
            self._document(iri, said)
        elif in_full("oa:TextQuoteSelector") in types or in_full("oa:exact") in said:
            self._quotation(iri, said)
        for predicate, object_ in links:
            self._link(entity, iri, predicate, object_)

    def _entity_of(self, iri: str) -> str | None:
        """The id of the entity that an IRI names, or None."""
        identifier = unquote(iri.removeprefix(self.base))
        return identifier if iri.startswith(self.base) and identifier in self.ledger.entities else None

    def _entity(self, identifier: str, said: Said) -> None:
        if in_full("rdf:type") not in said and in_full("skos:prefLabel") not in said:
            return  # more of its links
        kinds = [KINDS[name] for name in said.get(in_full("rdf:type"), ()) if name in KINDS]
        content = (
            *(" ".join(kinds), _one(said, "skos:prefLabel"), _one(said, "org:identifier", "")),
            tuple(sorted(set(said.get(in_full("skos:altLabel"), ())))),
            tuple(sorted(self._entity_of(iri) or iri for iri in said.get(in_full("nhs:mayBe"), ()))),
        )
        self._note(self.entities.meet(identifier, content), identifier)

    def _claim(self, iri: str, said: Said) -> None:
        document, start, end = self._place(_one(said, "prov:wasQuotedFrom"))
        self.quoted.add(hash(_one(said, "prov:wasQuotedFrom")))
        speaker = _one(said, "prov:wasAttributedTo")
        subject, predicate, object_ = self._triple(said)
        core = (
            *(subject, predicate, object_),
            _one(said, "nhs:status").removeprefix(NHS).lower(),
            "" if self.documents.get(speaker) == document else self._entity_of(speaker) or speaker,
            *(document, start, end, *_date(said, "dcterms:date")),
            _one(said, "nhs:former", "false") == "true",
        )
        detail = (
            *(float(_one(said, "nhs:confidence")), _one(said, "nhs:rule"), _one(said, "nhs:periodText", "")),
            *_period(said),
            _one(said, "nhs:amountText", ""),
            float(_one(said, "nhs:amount")) if in_full("nhs:amount") in said else None,
        )
        identifier = iri.removeprefix(f"{self.base}claim-")
        self._note(self.claims.meet(identifier, core, detail), iri)
        self._about(iri, said, (subject, predicate, object_))

    def _entry(self, iri: str, said: Said) -> None:
        triple = self._triple(said)
        content = (
            *(*triple, _one(said, "dcterms:source"), _one(said, "skos:note", "")),
            *(f"id:{_one(said, 'prov:wasDerivedFrom').removeprefix(self.base)}", int(_one(said, "nhs:line"))),
            *_period(said),
        )
        self._note(self.entries.meet(iri.removeprefix(f"{self.base}entry-"), content), iri)
        self._about(iri, said, triple)

    def _about(self, iri: str, said: Said, triple: Triple) -> None:
        if said.get(in_full("nhs:about")) != [self._named(statement_iri(*triple))]:
            self._note("nhs:about is not the statement of its triple", iri)

    def _document(self, iri: str, said: Said) -> None:
        identifier = _one(said, "dcterms:identifier")
        if self.documents.get(iri) != identifier or identifier in self.documents_seen:
            self._note("a document that is not in documents.jsonl, or there twice", iri)
        elif _date(said, "dcterms:issued") != self.ledger.dates[identifier]:
            self._note("a document's date that is not that of documents.jsonl", iri)
        self.documents_seen.add(identifier)

    def _quotation(self, iri: str, said: Said) -> None:
        start, end = int(_one(said, "oa:start")), int(_one(said, "oa:end"))
        document = self.documents.get(_one(said, "dcterms:isPartOf"), "")
        self._note(self.ledger.texts.why_not(document, start, end, _one(said, "oa:exact")), iri)
        if (document, start, end) != self._place(iri):
            self._note("a quotation whose name tells another place", iri)
        self.quotations.add(hash(iri))

    def _place(self, quotation: str) -> tuple[str, int, int]:
        """Document, start and end, as the name of a quotation tells them."""
        document, _, span = quotation.rpartition("_")
        start, _, end = span.partition("-")
        return self.documents.get(document, document), int(start), int(end)

    def _triple(self, said: Said) -> Triple:
        subject, object_ = _one(said, "rdf:subject"), _one(said, "rdf:object")
        predicate = _one(said, "rdf:predicate")
        return (
            self._entity_of(subject) or subject,
            self.predicates.get(predicate, predicate),
            self._entity_of(object_) or object_,
        )

    def _link(self, entity: str | None, iri: str, predicate: str, object_: str) -> None:
        """Looks whether a link between entities has something behind it."""
        relation = self.predicates.get(predicate) or self.organisational.get(predicate)
        other = self._entity_of(object_) if relation or entity is not None else None
        if relation is None and (entity is None or other is None or predicate == in_full("nhs:mayBe")):
            return
        triple = entity or iri, relation or predicate, other or object_
        if not self.ledger.has(triple):
            self._note("direct triple with no asserted claim and no line of the register behind it", " ".join(triple))
        elif predicate in self.predicates:
            self.direct.add(hash(triple))

    def end(self) -> None:
        """Notes what was not met."""
        for comparison, name in ((self.claims, "claim"), (self.entries, "entry"), (self.entities, "entity")):
            for identifier in comparison.missing():
                self._note(f"{name} of {comparison.table.file} is missing", identifier)
        for identifier in sorted(set(self.ledger.hashes) - self.documents_seen):
            self._note("document of documents.jsonl is missing", identifier)
        for behind, kind in ((self.ledger.facts, "claim"), (self.ledger.entries_of, "entry")):
            for triple, identifier in behind.items():
                if triple not in self.direct:
                    self._note("direct triple is missing", f"{kind} {identifier}")
        if self.quoted != self.quotations:
            self._note(
                "quotations of claims that are missing, or those of no claim", f"{len(self.quoted ^ self.quotations)}"
            )


def _one(said: Said, name: str, otherwise: str | None = None) -> str:
    values = said.get(in_full(name))
    if values is None and otherwise is not None:
        return otherwise
    if values is None or len(values) != 1:
        raise ValueError(f"{len(values or ())} {name}")
    return values[0]


def _date(said: Said, stated: str) -> tuple[date | None, bool]:
    """A date, and whether it is guessed. With both, or more of one, it is none of a build's."""
    guessed = _one(said, "nhs:guessedDate", "")
    day = _one(said, stated, guessed)
    return date.fromisoformat(day) if day else None, bool(guessed)


def _period(said: Said) -> Iterator[date | None]:
    for name in ("nhs:validFrom", "nhs:validTo"):
        day = _one(said, name, "")
        yield date.fromisoformat(day) if day else None
