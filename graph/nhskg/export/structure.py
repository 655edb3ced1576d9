"""What the register says, as triples in the pattern of ontology/decisions/0003: its own terms, and W3C ORG's
(https://www.w3.org/TR/vocab-org/) where that has a word for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from nhskg.export.terms import Triple, iri_term
from nhskg.model import ClaimGraph, RegisterEntry
from nhskg.register.dates import EVENTS, first_day, last_day
from nhskg.structure import HOLDS_POST
from nhskg.vocab import change_iri, entity_iri, entry_iri, post_iri, register_file_iri, role_iri

ORG_TERMS = {"part_of": "org:subOrganizationOf", "member_of": "org:memberOf"}


def structure_triples(claim_graph: ClaimGraph) -> Iterator[Triple]:
    """Gives the triples of the register's entries, in no particular order; some come more than once."""
    names = {entity.id: entity.name for entity in (*claim_graph.entities, *claim_graph.context)}
    for entry in claim_graph.structure:
        yield from _entry(entry)
        if entry.predicate == HOLDS_POST:
            yield from _post(entry, names[entry.object])
        elif entry.predicate in EVENTS:
            yield from _change(entry)
        elif entry.predicate in ORG_TERMS:
            yield entity_iri(entry.subject), ORG_TERMS[entry.predicate], (entity_iri(entry.object), "iri")


def _entry(entry: RegisterEntry) -> Iterator[Triple]:
    iri, file = entry_iri(entry), register_file_iri(entry.file)
    yield entity_iri(entry.subject), f"nhs:{entry.predicate}", (entity_iri(entry.object), "iri")
    yield iri, "rdf:type", iri_term("nhs:RegisterEntry")
    yield iri, "rdf:subject", (entity_iri(entry.subject), "iri")
    yield iri, "rdf:predicate", iri_term(f"nhs:{entry.predicate}")
    yield iri, "rdf:object", (entity_iri(entry.object), "iri")
    if entry.start:
        yield iri, "nhs:validFrom", (first_day(entry.start).isoformat(), "xsd:date")
    if entry.end:
        yield iri, "nhs:validTo", (last_day(entry.end).isoformat(), "xsd:date")
    if entry.note:
        yield iri, "skos:note", (entry.note, "xsd:string")
    yield iri, "dcterms:source", (entry.source, "xsd:string")
    yield iri, "prov:wasDerivedFrom", (file, "iri")
    yield iri, "nhs:line", (str(entry.line), "xsd:integer")
    yield file, "rdf:type", iri_term("nhs:RegisterFile")
    yield file, "dcterms:identifier", (entry.file, "xsd:string")


def _change(entry: RegisterEntry) -> Iterator[Triple]:
    event, successor, original = change_iri(entry), entity_iri(entry.subject), entity_iri(entry.object)
    yield event, "rdf:type", iri_term("org:ChangeEvent")
    yield event, "prov:wasDerivedFrom", (entry_iri(entry), "iri")
    if entry.start:
        yield event, "dcterms:date", (first_day(entry.start).isoformat(), "xsd:date")
    yield event, "org:originalOrganization", (original, "iri")
    yield original, "org:changedBy", (event, "iri")
    if entry.predicate == "succeeds":
        yield event, "org:resultingOrganization", (successor, "iri")
        yield successor, "org:resultedFrom", (event, "iri")
    else:
        yield event, "org:originalOrganization", (successor, "iri")
        yield successor, "org:changedBy", (event, "iri")


def _post(entry: RegisterEntry, body: str) -> Iterator[Triple]:
    """A post and its role; the entry itself is the membership that tells who held it, and when."""
    iri, post, role = entry_iri(entry), post_iri(entry), role_iri(entry)
    person, organisation = (entity_iri(entry.subject), "iri"), (entity_iri(entry.object), "iri")
    yield post, "rdf:type", iri_term("org:Post")
    yield post, "skos:prefLabel", (f"{entry.post}, {body}", "xsd:string")
    yield post, "org:postIn", organisation
    yield post, "org:role", (role, "iri")
    yield role, "rdf:type", iri_term("org:Role")
    yield role, "skos:prefLabel", (entry.post, "xsd:string")
    yield person[0], "org:holds", (post, "iri")
    yield iri, "rdf:type", iri_term("org:Membership")
    yield iri, "org:member", person
    yield iri, "org:organization", organisation
    yield iri, "org:role", (role, "iri")
