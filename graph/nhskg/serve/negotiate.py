"""Which media type a client wants (https://www.rfc-editor.org/rfc/rfc9110#field.accept)."""

from __future__ import annotations

ROWS = {  # what a client may ask for, and what it gets; the first is for those to whom all is the same
    "application/sparql-results+json": "application/sparql-results+json",
    "application/json": "application/sparql-results+json",
    "application/sparql-results+xml": "application/sparql-results+xml",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
    "text/csv": "text/csv",
    "text/tab-separated-values": "text/tab-separated-values",
}
TRIPLES = {
    "text/turtle": "text/turtle",
    "application/n-triples": "application/n-triples",
    "application/rdf+xml": "application/rdf+xml",
    "application/ld+json": "application/ld+json",
    "text/n3": "text/turtle",
    "application/xml": "application/rdf+xml",
    "application/json": "application/ld+json",
}


def choose(accept: str, offered: dict[str, str]) -> str | None:
    """Gives the media type to answer with, or None if the client takes none of those offered.

    >>> choose("text/csv;q=0.5, application/json", ROWS), choose("*/*", TRIPLES), choose("image/png", ROWS)
    ('application/sparql-results+json', 'text/turtle', None)
    """
    wishes = []
    for position, part in enumerate(accept.split(",") if accept.strip() else ["*/*"]):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        try:
            wishes.append((-float(quality), position, name))
        except ValueError:
            continue
    for weight, _, name in sorted(wishes):
        if weight == 0:
            continue
        for offer, given in offered.items():
            if name in {"*/*", offer} or (name.endswith("/*") and offer.startswith(name[:-1])):
                return given
    return None
