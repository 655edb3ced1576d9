"""The predicates that a claim may have, as ``ontology/nhs.ttl`` defines them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from nhskg.errors import InputError
from nhskg.model import Kind
from nhskg.resources import resource

NHS = "https://nhskg.org/ns#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_SCHEMA = "http://schema.org/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Predicate:
    """A relation between the subject and the object of a claim.

    Attributes:
        name: as the JSON Lines files have it; the IRI is ``NHS + name``.
        label: how to read it from subject to object ("funds").
        inverse_label: how to read it from object to subject ("is funded by").
        subject_kinds, object_kinds: what it usually holds between; a text may say otherwise.
        symmetric: whether subject and object may change places.

    >>> sorted(load_predicates()["holds_post"].object_kinds)
    [<Kind.GROUP: 'group'>, <Kind.ORGANISATION: 'organisation'>]
    """

    name: str
    label: str
    inverse_label: str
    definition: str
    subject_kinds: frozenset[Kind]
    object_kinds: frozenset[Kind]
    symmetric: bool


@cache
def load_predicates() -> dict[str, Predicate]:
    """Gives the predicates by name, in the order of the ontology; the dict is shared, so leave it as it is.

    Raises:
        InputError: if the ontology is missing, or a predicate in it lacks a part.
    """
    from pyoxigraph import RdfFormat, parse

    path = resource("ontology", "nhs.ttl")
    values: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    names: list[str] = []
    for quad in parse(path=path, format=RdfFormat.TURTLE):
        # str() of a node adds <> or quotes; every node of the ontology has a plain value.
        subject, predicate, value = (getattr(node, "value", "") for node in (quad.subject, quad.predicate, quad.object))
        values[subject, predicate].append(value)
        if predicate == f"{_RDFS}subPropertyOf" and value == f"{NHS}relatedTo":
            names.append(subject)

    def one(iri: str, property_: str) -> str:
        found = values[iri, property_]
        if len(found) != 1:
            raise InputError(f"{path}: <{iri}> has {len(found)} values of <{property_}> and needs one; correct the file")
        return found[0]

    def kinds(iri: str, property_: str) -> frozenset[Kind]:
        return frozenset(Kind(one(kind, f"{_SKOS}notation")) for kind in values[iri, property_])

    predicates = [
        Predicate(
            name=one(iri, f"{_SKOS}notation"),
            label=one(iri, f"{_RDFS}label"),
            inverse_label=one(iri, f"{NHS}inverseLabel"),
            definition=one(iri, f"{_SKOS}definition"),
            subject_kinds=kinds(iri, f"{_SCHEMA}domainIncludes"),
            object_kinds=kinds(iri, f"{_SCHEMA}rangeIncludes"),
            symmetric=f"{_OWL}SymmetricProperty" in values[iri, f"{_RDF}type"],
        )
        for iri in names
    ]
    return {predicate.name: predicate for predicate in predicates}
