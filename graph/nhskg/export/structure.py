"""What the register says, as triples in the pattern of ontology/decisions/0003: its own terms, and W3C ORG's
(https://www.w3.org/TR/vocab-org/) where that has a word for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from nhskg.export.terms import Triple, day, text
from nhskg.model import ClaimGraph
from nhskg.ontology import load_body_classes
from nhskg.register.dates import EVENTS, first_day, last_day
from nhskg.registered import RegisterBody, RegisterEntry
from nhskg.structure import HOLDS_POST
from nhskg.vocab import (
    change_iri,
    entity_iri,
    entry_iri,
    interval_iri,
    post_iri,
    register_file_iri,
    role_iri,
    statement_iri,
)

ORG_TERMS = {"part_of": "org:subOrganizationOf", "member_of": "org:memberOf"}


def structure_triples(claim_graph: ClaimGraph) -> Iterator[Triple]:
    """Gives the triples of the register, in no particular order; some come more than once."""
    for body in claim_graph.bodies:
        yield from _body(body)
    names = {entity.id: entity.name for entity in (*claim_graph.entities, *claim_graph.context)}
    for entry in claim_graph.structure:
        yield from _entry(entry)
        if entry.predicate == HOLDS_POST:
            yield from _post(entry, names[entry.object])
        elif entry.predicate in EVENTS:
            yield from _change(entry)
        elif entry.predicate in ORG_TERMS:
            yield entity_iri(entry.subject), ORG_TERMS[entry.predicate], entity_iri(entry.object)


def _body(body: RegisterBody) -> Iterator[Triple]:
    iri = entity_iri(body.id)
    if body.kind in load_body_classes():
        yield iri, "a", load_body_classes()[body.kind]
    if body.opened:
        yield iri, "schema:foundingDate", day(first_day(body.opened))
    if body.closed:
        yield iri, "schema:dissolutionDate", day(last_day(body.closed))


def _entry(entry: RegisterEntry) -> Iterator[Triple]:
    iri, file = entry_iri(entry), register_file_iri(entry.file)
    yield entity_iri(entry.subject), f"nhs:{entry.predicate}", entity_iri(entry.object)
    about = statement_iri(entry.subject, entry.predicate, entry.object)
    yield about, "a", "nhs:Statement"
    yield iri, "a", "nhs:RegisterEntry"
    yield iri, "nhs:about", about
    yield iri, "rdf:subject", entity_iri(entry.subject)
    yield iri, "rdf:predicate", f"nhs:{entry.predicate}"
    yield iri, "rdf:object", entity_iri(entry.object)
    if entry.start:
        yield iri, "nhs:validFrom", day(first_day(entry.start))
    if entry.end:
        yield iri, "nhs:validTo", day(last_day(entry.end))
    if entry.note:
        yield iri, "skos:note", text(entry.note)
    yield iri, "dcterms:source", text(entry.source)
    yield iri, "prov:wasDerivedFrom", file
    yield iri, "nhs:line", str(entry.line)
    yield file, "a", "nhs:RegisterFile"
    yield file, "dcterms:identifier", text(entry.file)


def _change(entry: RegisterEntry) -> Iterator[Triple]:
    event, successor, original = change_iri(entry), entity_iri(entry.subject), entity_iri(entry.object)
    yield event, "a", "org:ChangeEvent"
    yield event, "prov:wasDerivedFrom", entry_iri(entry)
    if entry.start:
        yield event, "dcterms:date", day(first_day(entry.start))
    yield event, "org:originalOrganization", original
    yield original, "org:changedBy", event
    if entry.predicate == "succeeds":
        yield event, "org:resultingOrganization", successor
        yield successor, "org:resultedFrom", event
    else:
        yield event, "org:originalOrganization", successor
        yield successor, "org:changedBy", event


def _post(entry: RegisterEntry, body: str) -> Iterator[Triple]:
    """A post and its role; the entry itself is the membership that tells who held it, and when."""
    iri, post, role = entry_iri(entry), post_iri(entry), role_iri(entry)
    person, organisation = entity_iri(entry.subject), entity_iri(entry.object)
    yield post, "a", "org:Post"
    yield post, "skos:prefLabel", text(f"{entry.post}, {body}")
    yield post, "org:postIn", organisation
    yield post, "org:role", role
    yield role, "a", "org:Role"
    yield role, "skos:prefLabel", text(entry.post)
    yield person, "org:holds", post
    yield iri, "a", "org:Membership"
    yield iri, "org:member", person
    yield iri, "org:organization", organisation
    yield iri, "org:role", role
    if entry.start or entry.end:
        yield from _interval(iri, entry)


def _interval(membership: str, entry: RegisterEntry) -> Iterator[Triple]:
    """When somebody held a post, as OWL-Time says it, for the tools that ask so; same period, same interval."""
    interval = interval_iri(entry.start, entry.end)
    yield membership, "org:memberDuring", interval
    yield interval, "a", "time:Interval"
    if entry.start:
        yield from _instant(interval, "time:hasBeginning", first_day(entry.start))
    if entry.end:
        yield from _instant(interval, "time:hasEnd", last_day(entry.end))


def _instant(interval: str, end: str, when: date) -> Iterator[Triple]:
    instant = f"id:day-{when.isoformat()}"
    yield interval, end, instant
    yield instant, "a", "time:Instant"
    yield instant, "time:inXSDDate", day(when)
