"""The terms of the ontology, ``ontology/nhs.ttl``: the predicates and between what they hold, the kinds of body."""

from __future__ import annotations

import functools
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
        opposites: names of relations that say the contrary.
    """

    name: str
    label: str
    inverse_label: str
    definition: str
    subject_kinds: frozenset[Kind]
    object_kinds: frozenset[Kind]
    symmetric: bool
    opposites: frozenset[str] = frozenset()


@functools.cache
def load_predicates() -> Mapping[str, Predicate]:
    """Reads the predicates that the package carries, by name."""
    terms = load_terms()

    def one(iri: str, name: str) -> str:
        return min(terms[iri].get(name, ()), default="")

    def kinds(iri: str, name: str) -> frozenset[Kind]:
        return frozenset(Kind(one(class_, expand("skos:notation"))) for class_ in terms[iri].get(name, ()))

    predicates = [
        Predicate(
            name=iri.removeprefix(NHS),
            label=one(iri, expand("rdfs:label")),
            inverse_label=one(iri, f"{NHS}inverseLabel"),
            definition=one(iri, expand("skos:definition")),
            subject_kinds=kinds(iri, DOMAIN),
            object_kinds=kinds(iri, RANGE),
            symmetric=SYMMETRIC in terms[iri][expand("rdf:type")],
            opposites=frozenset(other.removeprefix(NHS) for other in terms[iri].get(f"{NHS}oppositeOf", ())),
        )
        for iri in sorted(terms)
        if expand("nhs:relatedTo") in terms[iri].get(expand("rdfs:subPropertyOf"), ())
    ]
    return {predicate.name: predicate for predicate in predicates}


@functools.cache
def load_body_classes() -> Mapping[str, str]:
    """Reads the classes of bodies, by the kind that the register gives them; ``nhs:FoundationTrust`` and so on."""
    terms = load_terms()
    above, notation = expand("rdfs:subClassOf"), expand("skos:notation")

    def is_body(iri: str) -> bool:
        return any(
            parent == expand("nhs:Organisation") or (parent in terms and is_body(parent))
            for parent in terms[iri].get(above, ())
        )

    return {
        min(terms[iri][notation]): f"nhs:{iri.removeprefix(NHS)}"
        for iri in sorted(terms)
        if notation in terms[iri] and is_body(iri)
    }


@functools.cache
def load_terms() -> Mapping[str, Mapping[str, set[str]]]:
    """Reads what the ontology says of each of its terms, by IRI and property."""
    import pyoxigraph as ox

    values: dict[str, dict[str, set[str]]] = {}
    with resource("ontology", "nhs.ttl").open("rb") as file:
        for quad in ox.parse(file, ox.RdfFormat.TURTLE):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
                properties = values.setdefault(quad.subject.value, {})
                properties.setdefault(quad.predicate.value, set()).add(quad.object.value)
    return values
