"""Every term of the ontology is complete, and the page of the terms is that of the ontology as it is."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS

from nhskg.export.reference import SECTIONS, ontology_page
from nhskg.model import Kind
from nhskg.ontology import load_body_classes, load_predicates
from nhskg.resources import resource
from nhskg.vocab import NHS
from samples import ROOT, run

ONTOLOGY = rdflib.Graph().parse(resource("ontology", "nhs.ttl"))
TERMS = sorted({rdflib.URIRef(str(term)) for term in ONTOLOGY.subjects(RDF.type) if str(term).startswith(NHS)})
PROPERTIES = [
    term
    for term in TERMS
    if {OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty} & set(ONTOLOGY.objects(term, RDF.type))
]
DOMAINS = {RDFS.domain, rdflib.URIRef("http://schema.org/domainIncludes")}
RANGES = {RDFS.range, rdflib.URIRef("http://schema.org/rangeIncludes")}
ISSUE = (  # the kinds of body, thing and structure that the ontology is to have, from its issue
    "NationalBody Department Regulator IntegratedCareSystem IntegratedCareBoard Trust FoundationTrust "
    "SustainabilityAndTransformationPartnership ClinicalCommissioningGroup ProviderCollaborative Region ThinkTank TradeUnion "
    "Committee Person Fund Programme Document Group Place"
)


def name(term: object) -> str:
    return str(term).removeprefix(NHS)


@pytest.mark.parametrize("term", TERMS, ids=name)
def test_a_term_has_label_definition_example_and_source(term: rdflib.URIRef) -> None:
    for wanted in (RDFS.label, SKOS.definition, SKOS.example, RDFS.isDefinedBy):
        assert list(ONTOLOGY.objects(term, wanted)), f"{name(term)} has no {wanted}"
    (definition,) = ONTOLOGY.objects(term, SKOS.definition)
    assert str(definition).endswith(".")
    assert ONTOLOGY.value(term, RDFS.isDefinedBy) == rdflib.URIRef(NHS.removesuffix("#"))


@pytest.mark.parametrize("term", PROPERTIES, ids=name)
def test_a_property_has_domain_and_range(term: rdflib.URIRef) -> None:
    said = set(ONTOLOGY.predicates(term))
    assert said & DOMAINS
    assert said & RANGES


def test_every_predicate_has_its_inverse_or_is_symmetric() -> None:
    inverses = {name(what): name(term) for term, what in ONTOLOGY.subject_objects(OWL.inverseOf)}
    predicates = load_predicates()
    assert set(inverses) == {p.name for p in predicates.values() if not p.symmetric}
    for predicate in predicates.values():
        if not predicate.symmetric:
            term = rdflib.URIRef(NHS + inverses[predicate.name])
            assert str(ONTOLOGY.value(term, RDFS.label)) == predicate.inverse_label
            kinds = {
                Kind(str(ONTOLOGY.value(k, SKOS.notation)))
                for k in ONTOLOGY.objects(term, next(iter(DOMAINS - {RDFS.domain})))
            }
            assert kinds == predicate.object_kinds


def test_a_domain_does_not_contradict_the_usual_kinds() -> None:
    """rdfs:domain implies; schema:domainIncludes lists what is usual: where both are given, all that is usual fits."""
    actors = {rdflib.URIRef(NHS + kind) for kind in ("Organisation", "Group", "Person")}
    for term in PROPERTIES:
        if ONTOLOGY.value(term, RDFS.domain) == rdflib.URIRef(NHS + "Actor"):
            assert set(ONTOLOGY.objects(term, next(iter(DOMAINS - {RDFS.domain})))) <= actors


def test_the_kinds_that_were_asked_for_are_there_and_the_register_s_too() -> None:
    assert set(ISSUE.split()) <= set(map(name, TERMS))
    with resource("seeds", "register", "bodies.csv").open(encoding="utf-8", newline="") as file:
        assert {row["kind"] for row in csv.DictReader(file)} <= set(load_body_classes())


def test_published_vocabularies_are_mapped_to() -> None:
    targets = {
        str(o)
        for p in (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.closeMatch, SKOS.broadMatch, SKOS.relatedMatch)
        for o in ONTOLOGY.objects(None, p)
    }
    for vocabulary in ("ns/org#", "ns/prov#", "2004/02/skos", "purl.org/dc/terms", "schema.org", "xmlns.com/foaf"):
        assert any(vocabulary in target for target in targets), vocabulary


def test_the_page_has_every_term_once_and_is_the_one_in_docs() -> None:
    page = ontology_page()
    anchors = re.findall(r'<h3 id="(\w+)"', page)
    assert sorted(anchors) == sorted(map(name, TERMS))
    assert set(re.findall(r'href="#([\w-]+)"', page)) <= set(anchors) | {f"section-{key}" for *_, key in SECTIONS}
    assert (ROOT / "docs" / "ontology.html").read_text(encoding="utf-8") == page, (
        "write it anew: nhskg ontology --output docs/ontology.html"
    )


def test_the_command_writes_the_page(tmp_path: Path) -> None:
    assert run("ontology", "--output", str(tmp_path / "o.html")).returncode == 0
    assert (tmp_path / "o.html").read_text(encoding="utf-8") == ontology_page()
    assert run("ontology", "--output", str(tmp_path / "no" / "o.html")).returncode == 3


def test_every_shape_has_words_for_people() -> None:
    shapes = rdflib.Graph().parse(resource("ontology", "shapes.ttl"))
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    for shape in shapes.subjects(RDF.type, sh.NodeShape):
        assert shapes.value(shape, RDFS.label)
        assert shapes.value(shape, sh.message)
        for constraint in shapes.objects(shape, sh.property):
            assert shapes.value(constraint, sh.message)
