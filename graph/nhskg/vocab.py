"""Namespaces, and the names of things as ``id:nhs-supply-chain``: the base that ``id:`` stands for is a setting."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from nhskg.correction import Correction
from nhskg.errors import UsageError
from nhskg.model import Claim, TextSpan
from nhskg.parts import parts_of
from nhskg.registered import RegisterEntry
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
    "schema": "http://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
WEB_ADDRESS = re.compile(r"^https?://[^\s<>\"{}|\\^`]+$")


LOCAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
DECLARATION = re.compile(r"@prefix ([a-z]*): <([^>]*)> \.")
BASE = re.compile(r"https?://[^\s<>\"{}|\\^`]+[/#]")


def expand(name: str, prefixes: Mapping[str, str] = PREFIXES) -> str:
    """Gives the IRI of a prefixed name.

    >>> expand("nhs:funds")
    'https://nhskg.org/ns#funds'
    """
    prefix, _, local = name.partition(":")
    return prefixes[prefix] + local


def shorten(iri: str, prefixes: Mapping[str, str] = PREFIXES) -> str:
    """Gives the prefixed name of an IRI, or the IRI itself where no prefix fits.

    >>> shorten("https://nhskg.org/ns#funds")
    'nhs:funds'
    """
    for prefix, base in prefixes.items():
        if iri.startswith(base) and LOCAL.fullmatch(iri, len(base)):
            return f"{prefix}:{iri[len(base) :]}"
    return iri


def prefixes_for(base: str = ID) -> dict[str, str]:
    """Gives the prefixes of a graph whose ids begin with a base.

    Raises:
        UsageError: if the base is no web address that ends in ``/`` or ``#``.
    """
    if not BASE.fullmatch(base):
        raise UsageError(f"{base}: not a base for IRIs; give a web address that ends in / or #, such as {ID}")
    return {**PREFIXES, "id": base}


def prefixes_of(turtle: Path) -> dict[str, str]:
    """Gives the prefixes that a Turtle file declares in its first lines, over those that are always known."""
    found = dict(PREFIXES)
    with parts_of(turtle)[0].open(encoding="utf-8") as file:
        for line in file:
            declared = DECLARATION.match(line)
            if declared:
                found[declared[1]] = declared[2]
            elif line.strip() and not line.startswith("#"):
                break
    return found


@functools.lru_cache(1 << 17)
def entity_iri(identifier: str) -> str:
    """The name of an entity; characters that a local name may not have are escaped.

    >>> entity_iri("ods-ref"), entity_iri("Trust (north)")
    ('id:ods-ref', 'id:Trust%20%28north%29')
    """
    return f"id:{identifier if LOCAL.fullmatch(identifier) else quote(identifier, safe='')}"


@functools.lru_cache(1 << 10)
def document_iri(document_id: str) -> str:
    """The name of a document that was read; ids that are no IRI characters apart keep apart by a hash.

    >>> document_iri("letters/May 2019")
    'id:document-letters-may-2019-936047'
    """
    readable = slug(document_id)
    if readable != document_id:
        readable += "-" + hashlib.sha256(document_id.encode("utf-8")).hexdigest()[:6]
    return f"id:document-{readable}"


def quotation_iri(document_id: str, span: TextSpan) -> str:
    return f"{document_iri(document_id)}_{span.start}-{span.end}"


def claim_iri(claim: Claim) -> str:
    return f"id:claim-{claim.id}"


def statement_iri(subject: str, predicate: str, object_: str) -> str:
    """The name that all claims about the same triple share."""
    key = f"{subject}\x1f{predicate}\x1f{object_}"
    return f"id:statement-{hashlib.sha256(key.encode('utf-8')).hexdigest()[:12]}"


def correction_iri(correction: Correction) -> str:
    return f"id:correction-{correction.id}"


def corrector_iri(name: str) -> str:
    """The name of a person who corrected the graph.

    >>> corrector_iri("Ann Lee")
    'id:corrector-ann-lee-a36e14'
    """
    return f"id:corrector-{slug(name)}-{hashlib.sha256(name.encode('utf-8')).hexdigest()[:6]}"


def entry_iri(entry: RegisterEntry) -> str:
    return f"id:entry-{entry.id}"


def register_file_iri(file: str) -> str:
    """The name of a file of the register.

    >>> register_file_iri("office_holders.csv")
    'id:register-office-holders'
    """
    return f"id:register-{slug(file.removesuffix('.csv'))}"


def change_iri(entry: RegisterEntry) -> str:
    """The name of a reorganisation: all bodies that a body succeeds on one day go into one event."""
    bodies = sorted((entry.subject, entry.object)) if entry.predicate == "merged_with" else [entry.subject]
    return f"id:change-{'_'.join(filter(None, (*bodies, entry.start)))}"


def post_iri(entry: RegisterEntry) -> str:
    return f"id:post-{entry.object}_{slug(entry.post)}"


def role_iri(entry: RegisterEntry) -> str:
    return f"id:role-{slug(entry.post)}"


def interval_iri(start: str, end: str) -> str:
    """The name of a period; an end that is not known is left open.

    >>> interval_iri("2013-04", "")
    'id:interval-2013-04_'
    """
    return f"id:interval-{start}_{end}"
