"""Triples as plain strings, before an RDF library sees them."""

from __future__ import annotations

from nhskg.vocab import expand

Term = tuple[str, str]
"""A value and its datatype as a prefixed name; the datatype ``iri`` makes it an IRI."""

Triple = tuple[str, str, Term]
"""Subject IRI, predicate as a prefixed name, object."""


def iri_term(name: str) -> Term:
    """Gives the term of a prefixed name."""
    return expand(name), "iri"
