"""Namespaces and IRIs, as plain strings, so that every RDF library can use them."""

from __future__ import annotations

import hashlib
import re

from nhskg.model import Claim, RegisterEntry, TextSpan
from nhskg.resolve.identifiers import slug

NHS = "https://nhskg.org/ns#"
ID = "https://nhskg.org/id/"
PREFIXES = {
    "nhs": NHS,
    "id": ID,
    "dcterms": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
WEB_ADDRESS = re.compile(r"^https?://[^\s<>\"{}|\\^`]+$")


def expand(name: str) -> str:
    """Gives the IRI of a prefixed name.

    >>> expand("nhs:funds")
    'https://nhskg.org/ns#funds'
    """
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def entity_iri(identifier: str) -> str:
    return ID + identifier


def document_iri(document_id: str) -> str:
    """The IRI of a document that was read; ids that are no IRI characters apart keep apart by a hash.

    >>> document_iri("letters/May 2019")
    'https://nhskg.org/id/document-letters-may-2019-936047'
    """
    readable = slug(document_id)
    if readable != document_id:
        readable += "-" + hashlib.sha256(document_id.encode("utf-8")).hexdigest()[:6]
    return f"{ID}document-{readable}"


def quotation_iri(document_id: str, span: TextSpan) -> str:
    return f"{document_iri(document_id)}_{span.start}-{span.end}"


def claim_iri(claim: Claim) -> str:
    return f"{ID}claim-{claim.id}"


def statement_iri(subject: str, predicate: str, object_: str) -> str:
    """The IRI that all claims about the same triple share."""
    key = f"{subject}\x1f{predicate}\x1f{object_}"
    return f"{ID}statement-{hashlib.sha256(key.encode('utf-8')).hexdigest()[:12]}"


def entry_iri(entry: RegisterEntry) -> str:
    return f"{ID}entry-{entry.id}"


def register_file_iri(file: str) -> str:
    """The IRI of a file of the register.

    >>> register_file_iri("office_holders.csv")
    'https://nhskg.org/id/register-office-holders'
    """
    return f"{ID}register-{slug(file.removesuffix('.csv'))}"


def change_iri(entry: RegisterEntry) -> str:
    """The IRI of a reorganisation: all bodies that a body succeeds on one day go into one event."""
    bodies = sorted((entry.subject, entry.object)) if entry.predicate == "merged_with" else [entry.subject]
    return f"{ID}change-{'_'.join(filter(None, (*bodies, entry.start)))}"


def post_iri(entry: RegisterEntry) -> str:
    return f"{ID}post-{entry.object}_{slug(entry.post)}"


def role_iri(entry: RegisterEntry) -> str:
    return f"{ID}role-{slug(entry.post)}"
