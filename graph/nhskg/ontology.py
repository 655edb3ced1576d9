"""The predicates of the ontology, ``ontology/nhs.ttl``: what they mean and between what they hold."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from nhskg.model import Kind
from nhskg.resources import resource
from nhskg.vocab import NHS, expand

DOMAIN, RANGE = "http://schema.org/domainIncludes", "http://schema.org/rangeIncludes"
SYMMETRIC = "http://www.w3.org/2002/07/owl#SymmetricProperty"


@dataclass(frozen=True, slots=True, kw_only=True)
class Predicate:
    """A relation that claims state.

    Attributes:
        name: as the JSON Lines files spell it.
        label, inverse_label: the words from subject to object, and back.
        subject_kinds, object_kinds: what may be at either end.
        symmetric: whether it holds both ways at once.
    """

    name: str
    label: str
    inverse_label: str
    definition: str
    subject_kinds: frozenset[Kind]
    object_kinds: frozenset[Kind]
    symmetric: bool


@functools.cache
def load_predicates() -> Mapping[str, Predicate]:
    """Reads the predicates that the package carries, by name."""
    import pyoxigraph as ox

    values: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    with resource("ontology", "nhs.ttl").open("rb") as file:
        for quad in ox.parse(file, ox.RdfFormat.TURTLE):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
                values[quad.subject.value][quad.predicate.value].add(quad.object.value)

    def one(iri: str, name: str) -> str:
        return min(values[iri][name], default="")

    def kinds(iri: str, name: str) -> frozenset[Kind]:
        return frozenset(Kind(one(class_, expand("skos:notation"))) for class_ in values[iri][name])

    predicates = [
        Predicate(
            name=iri.removeprefix(NHS),
            label=one(iri, expand("rdfs:label")),
            inverse_label=one(iri, f"{NHS}inverseLabel"),
            definition=one(iri, expand("skos:definition")),
            subject_kinds=kinds(iri, DOMAIN),
            object_kinds=kinds(iri, RANGE),
            symmetric=SYMMETRIC in values[iri][expand("rdf:type")],
        )
        for iri in sorted(values)
        if iri.startswith(NHS) and DOMAIN in values[iri]
    ]
    return {predicate.name: predicate for predicate in predicates}
