"""The terms of the ontology as one HTML page: what each means, with an example, and between what it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from nhskg import vocab
from nhskg.ontology import DOMAIN, RANGE, load_terms
from nhskg.vocab import NHS, expand, shorten

PREFIXES = {
    **vocab.PREFIXES,
    "foaf": "http://xmlns.com/foaf/0.1/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "vann": "http://purl.org/vocab/vann/",
}
SECTIONS = (  # a heading, what is said below it, and which terms come there
    ("Kinds of thing", "An entity has exactly one of the seven below actor.", "kind"),
    ("Kinds of body", "A body that the register knows has one of these beside nhs:Organisation.", "body"),
    (
        "Relations",
        "What a claim may say: the predicate of a claim or register entry, and of the direct triple.",
        "relation",
    ),
    ("Claims and where they come from", "What is said of a claim, and what a claim is part of.", "claim"),
    ("Statuses", "What a text makes of a claim.", "status"),
    ("Inverses", "For those who reason over the graph; no build writes them.", "inverse"),
)
ROWS = (  # what a term's table says
    ("Definition", "skos:definition"),
    ("Example", "skos:example"),
    ("Note", "skos:scopeNote"),
    ("See also", "skos:note"),
    ("In the files", "skos:notation"),
    ("Kind of", "rdfs:subClassOf"),
    ("Narrows", "rdfs:subPropertyOf"),
    ("Inverse of", "owl:inverseOf"),
    ("Opposite of", "nhs:oppositeOf"),
    ("Read backwards", "nhs:inverseLabel"),
    ("Always from", "rdfs:domain"),
    ("From", DOMAIN),
    ("Always to", "rdfs:range"),
    ("To", RANGE),
    ("Means the same as", "skos:exactMatch"),
    ("Close to", "skos:closeMatch"),
    ("Part of the meaning of", "skos:broadMatch"),
    ("Related to", "skos:relatedMatch"),
)
STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; color: #212b32; background: #fff }
nav ul { columns: 14rem; padding-left: 1.2rem } h1, h2, h3 { line-height: 1.2 } h2 { border-top: 1px solid #aeb7bd; padding-top: 1rem }
h3 code { font-size: 1.1rem } table { border-collapse: collapse; width: 100% } a { color: #1f5673 }
th, td { text-align: left; vertical-align: top; padding: .2rem .6rem .2rem 0 } th { width: 9rem; font-weight: 600; color: #4c6272 }
code { overflow-wrap: anywhere } @media (max-width: 40rem) { th, td { display: block; padding: 0 } td { margin-bottom: .4rem } }
@media (prefers-color-scheme: dark) { body { color: #e8edee; background: #1a1f23 } a { color: #7cb8f0 } th { color: #aeb7bd } }
"""


def ontology_page() -> str:
    """Gives the page; the same bytes for the same ontology."""
    terms = load_terms()
    grouped: dict[str, list[str]] = {}
    for iri in sorted(terms, key=str.lower):
        if iri.startswith(NHS):
            grouped.setdefault(_section(terms, iri), []).append(iri)
    about = terms[NHS.removesuffix("#")]
    title = next(iter(about[expand("dcterms:title")]))
    description = " ".join(next(iter(about[expand("dcterms:description")])).split())
    lines = [
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>",
        f"<h1>{escape(title)}</h1>\n<p>{escape(description)}</p>",
        f"<p>Namespace <code>{NHS}</code>, prefix <code>nhs:</code>.</p>",
        "<p>Made by <code>nhskg ontology</code> from <code>ontology/nhs.ttl</code>.</p>",
    ]
    lines += _contents(grouped)
    for heading, words, name in SECTIONS:
        lines.append(f'<h2 id="section-{name}">{escape(heading)}</h2>\n<p>{escape(words)}</p>')
        for iri in grouped[name]:
            lines += _term(terms, iri)
    return "\n".join([*lines, "</body>\n</html>\n"])


def _section(terms: Mapping[str, Mapping[str, set[str]]], iri: str) -> str:
    about = terms[iri]
    parents, kinds = about.get(expand("rdfs:subClassOf"), set()), about[expand("rdf:type")]
    if f"{NHS}relatedTo" in about.get(expand("rdfs:subPropertyOf"), ()):
        return "relation"
    if f"{PREFIXES['owl']}inverseOf" in about:
        return "inverse"
    if f"{NHS}Status" in kinds:
        return "status"
    if any(parent.startswith(NHS) and parent != f"{NHS}Actor" for parent in parents):
        return "body"
    entity_kinds = {"Actor", "Organisation", "Group", "Person", "Fund", "Programme", "Document", "Place"}
    return "kind" if iri.removeprefix(NHS) in entity_kinds else "claim"


def _contents(grouped: Mapping[str, list[str]]) -> Iterator[str]:
    yield "<nav>"
    for heading, _, name in SECTIONS:
        links = "".join(f"<li>{_link(iri)}</li>" for iri in grouped[name])
        yield f'<h2><a href="#section-{name}">{escape(heading)}</a></h2>\n<ul>{links}</ul>'
    yield "</nav>"


def _term(terms: Mapping[str, Mapping[str, set[str]]], iri: str) -> Iterator[str]:
    about = terms[iri]
    label = min(about[expand("rdfs:label")])
    yield f'<h3 id="{escape(iri.removeprefix(NHS))}">{escape(label)} <code>{escape(shorten(iri))}</code></h3>\n<table>'
    if "http://www.w3.org/2002/07/owl#SymmetricProperty" in about[expand("rdf:type")]:
        yield "<tr><th>Symmetric</th><td>holds both ways at once</td></tr>"
    for heading, name in ROWS:
        property_ = name if name.startswith("http") else expand(name, PREFIXES)
        values = sorted(about.get(property_, ()), key=str.lower)
        if values:
            cells = ", ".join(map(_link, values)) if _is_iri(values[0]) else "<br>".join(map(escape, values))
            yield f"<tr><th>{escape(heading)}</th><td>{cells}</td></tr>"
    yield "</table>"


def _is_iri(value: str) -> bool:
    return value.startswith(("http://", "https://"))


def _link(iri: str) -> str:
    name = escape(shorten(iri, PREFIXES))
    target = f"#{iri.removeprefix(NHS)}" if iri.startswith(NHS) else iri
    return f'<a href="{escape(target)}"><code>{name}</code></a>'
