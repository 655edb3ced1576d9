"""temporary"""
from __future__ import annotations
import functools
from dataclasses import dataclass
from nhskg.model import Kind
from nhskg.resources import resource

@dataclass(frozen=True, slots=True, kw_only=True)
class Predicate:
    name: str
    label: str
    inverse_label: str
    definition: str
    subject_kinds: frozenset[Kind]
    object_kinds: frozenset[Kind]
    symmetric: bool

@functools.cache
def load_predicates() -> dict[str, Predicate]:
    import rdflib
    from rdflib import RDF, RDFS, SKOS, OWL, Namespace
    g = rdflib.Graph().parse(resource("ontology", "nhs.ttl"), format="turtle")
    N = Namespace("https://nhskg.org/ns#"); S = Namespace("http://schema.org/")
    out = {}
    for p in g.subjects(S.domainIncludes):
        name = str(p).rsplit("#", 1)[1]
        ks = lambda pr: frozenset(Kind(str(g.value(c, SKOS.notation))) for c in g.objects(p, pr))
        out[name] = Predicate(name=name, label=str(g.value(p, RDFS.label)), inverse_label=str(g.value(p, N.inverseLabel)), definition=str(g.value(p, SKOS.definition)), subject_kinds=ks(S.domainIncludes), object_kinds=ks(S.rangeIncludes), symmetric=(p, RDF.type, OWL.SymmetricProperty) in g)
    return out
