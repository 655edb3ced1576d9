"""What the register says of the bodies in a graph: what they are part of, whom they followed, who held their posts.

By default only what is near comes along: a body that documents mention, its predecessors and successors up to two steps
away, and all that stands above these, to the top. The walk never goes down, since below NHS England, the department or a
region are all the trusts there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date
from enum import StrEnum

from nhskg.model import ClaimGraph, Entity, Kind
from nhskg.register.dates import holds_on, when_it_held
from nhskg.register.tables import BODIES, FIRST_LINE, OFFICE_HOLDERS, RELATIONS, Tables, values
from nhskg.registered import RegisterBody, RegisterEntry
from nhskg.resolve.identifiers import entity_id
from nhskg.resolve.state import REGISTER_KINDS

HOLDS_POST = "holds_post"
UPWARDS = {"part_of", "member_of"}  # the object stands above the subject
DOWNWARDS = {"covers", "regulates", "funds", "hosts"}  # the subject stands above the object
SIDE_STEPS = 2

Triple = tuple[str, str, str]


class Scope(StrEnum):
    """How much of the register comes into a graph."""

    NEAR = "near"
    ALL = "all"
    NONE = "none"


def add_structure(claim_graph: ClaimGraph, tables: Tables, scope: Scope) -> ClaimGraph:
    """Adds to a graph what the register says of its bodies, and the bodies and people that this brings."""
    if scope is Scope.NONE:
        return claim_graph
    mentioned = {entity.id for entity in claim_graph.entities}
    relations, terms = list(_relations(tables)), list(_terms_of_office(tables))
    known = {**_people(tables), **_bodies(tables)}
    if scope is Scope.ALL:
        reached: AbstractSet[str] = set(known)
        entries = [*relations, *terms]
    else:
        reached = _near(mentioned & known.keys(), relations)
        days = {document.published for document in claim_graph.documents if document.published}
        entries = [entry for entry in relations if {entry.subject, entry.object} <= reached]
        entries += [term for term in terms if term.subject in mentioned or _in_office(term, mentioned, days)]
    ends = {end for entry in entries for end in (entry.subject, entry.object)}
    return replace(
        claim_graph,
        structure=tuple(sorted(entries, key=lambda entry: (entry.subject, entry.predicate, entry.object, entry.line))),
        context=tuple(known[identifier] for identifier in sorted((reached | ends) - mentioned)),
        bodies=tuple(sorted(_described(tables, mentioned | reached | ends), key=lambda body: body.id)),
    )


def by_triple(entries: Iterable[RegisterEntry]) -> Mapping[Triple, list[RegisterEntry]]:
    """Groups entries that say the same of different times or posts, sorted by triple."""
    grouped: defaultdict[Triple, list[RegisterEntry]] = defaultdict(list)
    for entry in entries:
        grouped[entry.subject, entry.predicate, entry.object].append(entry)
    return dict(sorted(grouped.items()))


def in_words(entry: RegisterEntry) -> str:
    """Says what post an entry is about, and when it held."""
    return ", ".join(filter(None, (entry.post, when_it_held(entry.predicate, entry.start, entry.end))))


def _near(mentioned: AbstractSet[str], relations: Iterable[RegisterEntry]) -> AbstractSet[str]:
    aside: defaultdict[str, set[str]] = defaultdict(set)
    above: defaultdict[str, set[str]] = defaultdict(set)
    for entry in relations:
        if entry.predicate in UPWARDS:
            above[entry.subject].add(entry.object)
        elif entry.predicate in DOWNWARDS:
            above[entry.object].add(entry.subject)
        else:
            aside[entry.subject].add(entry.object)
            aside[entry.object].add(entry.subject)
    reached = set(mentioned)
    for _ in range(SIDE_STEPS):
        reached |= {other for body in reached for other in aside[body]}
    rim = reached
    while rim:
        rim = {other for body in rim for other in above[body]} - reached
        reached = reached | rim
    return reached


def _in_office(term: RegisterEntry, mentioned: AbstractSet[str], days: AbstractSet[date]) -> bool:
    """Whether a body that is mentioned had the post held so on the date of a document."""
    return term.object in mentioned and bool(term.start) and any(holds_on(term.start, term.end, day) for day in days)


def _relations(tables: Tables) -> Iterator[RegisterEntry]:
    for line, row in enumerate(tables[RELATIONS], start=FIRST_LINE):
        yield RegisterEntry(
            subject=row["subject"],
            predicate=row["predicate"],
            object=row["object"],
            start=row["from"],
            end=row["to"],
            source=row["source"],
            file=RELATIONS,
            line=line,
            note=row["note"],
        )


def _terms_of_office(tables: Tables) -> Iterator[RegisterEntry]:
    for line, row in enumerate(tables[OFFICE_HOLDERS], start=FIRST_LINE):
        yield RegisterEntry(
            subject=entity_id(Kind.PERSON, values(row["person"])[0]),
            predicate=HOLDS_POST,
            object=row["body"],
            start=row["from"],
            end=row["to"],
            source=row["source"],
            file=OFFICE_HOLDERS,
            line=line,
            post=row["post"],
        )


def _described(tables: Tables, wanted: AbstractSet[str]) -> Iterator[RegisterBody]:
    for row in tables[BODIES]:
        if row["id"] in wanted:
            yield RegisterBody(
                id=row["id"], kind=row["kind"], opened=row["opened"], closed=row["closed"], source=row["source"]
            )


def _bodies(tables: Tables) -> dict[str, Entity]:
    return {
        row["id"]: Entity(
            id=row["id"],
            kind=REGISTER_KINDS.get(row["kind"], Kind.ORGANISATION),
            name=row["name"],
            aliases=tuple(sorted(values(row["aliases"]))),
            ods_code=row["ods_code"],
            registered=True,
        )
        for row in tables[BODIES]
    }


def _people(tables: Tables) -> dict[str, Entity]:
    people: dict[str, Entity] = {}
    for row in tables[OFFICE_HOLDERS]:
        name, *others = values(row["person"])
        identifier = entity_id(Kind.PERSON, name)
        aliases = {*others, *(people[identifier].aliases if identifier in people else ())}
        people[identifier] = Entity(id=identifier, kind=Kind.PERSON, name=name, aliases=tuple(sorted(aliases)))
    return people
