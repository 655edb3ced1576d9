"""Readable, stable ids for entities that the register does not know."""

from __future__ import annotations

import functools
import re
import unicodedata

from nhskg.model import Kind

PREFIXES = {
    Kind.ORGANISATION: "body",
    Kind.GROUP: "group",
    Kind.PERSON: "person",
    Kind.FUND: "fund",
    Kind.PROGRAMME: "programme",
    Kind.DOCUMENT: "work",
    Kind.PLACE: "place",
}


@functools.lru_cache(maxsize=10_000)
def slug(name: str) -> str:
    """A name in the characters that are safe in every RDF syntax.

    >>> slug("King’s Fund & partners: £500m")
    'kings-fund-and-partners-500m'
    """
    plain = unicodedata.normalize("NFKD", name.lower().replace("&", " and ").replace("’", "").replace("'", ""))
    ascii_only = plain.encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-") or "unnamed"


def entity_id(kind: Kind, name: str, document_id: str = "") -> str:
    """The id of an entity from its kind and name; with a document's id where it exists only in that document.

    >>> entity_id(Kind.GROUP, "clinical commissioning group")
    'group-clinical-commissioning-group'
    """
    local = f"{slug(document_id)}-" if document_id else ""
    return f"{PREFIXES[kind]}-{local}{slug(name)}"
