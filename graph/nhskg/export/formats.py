"""The graph in the other syntaxes of RDF, made from its Turtle by pyoxigraph.

TriG (https://www.w3.org/TR/trig/) and N-Quads have a named graph for each document, with what that document says: its
description, its claims, their quotations, and the relations that it states in its own voice. What is nobody's in
particular (entities, statements, the register) is in the default graph. A relation that several documents state is in
the graph of each; the union of all graphs is the Turtle.
"""

from __future__ import annotations

import re
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nhskg.errors import InputError, UsageError
from nhskg.parts import parts_of, triples_of
from nhskg.vocab import expand, prefixes_of

if TYPE_CHECKING:
    import pyoxigraph as ox


NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")


class Format(StrEnum):
    """A syntax; its value is what ``--format`` takes."""

    TURTLE = "turtle"
    TRIG = "trig"
    N_TRIPLES = "nt"
    N_QUADS = "nq"
    JSON_LD = "jsonld"
    RDF_XML = "rdfxml"

    @property
    def suffix(self) -> str:
        """The usual ending of a file's name."""
        return {"turtle": "ttl", "rdfxml": "rdf"}.get(self.value, self.value)


def write_format(turtle: Path, wanted: Format, path: Path) -> None:
    """Writes a Turtle file of ours in another format, the same bytes for the same graph.

    The file is put in its place when it is complete. The Turtle itself is in the format "turtle" already, and stays as it is.

    Raises:
        UsageError: if the file to write is the Turtle itself, and another format is wanted.
        InputError: if the Turtle is missing or damaged, or the file cannot be written.
    """
    import pyoxigraph as ox

    if not parts_of(turtle)[0].is_file():
        raise InputError(f"{turtle}: no build here; run nhskg build first")
    if path.exists() and any(path.samefile(part) for part in parts_of(turtle)):
        if wanted is Format.TURTLE:
            return
        raise UsageError(f"{path}: that is the build's own Turtle; name another file with --output")

    formats = {
        Format.TURTLE: ox.RdfFormat.TURTLE,
        Format.TRIG: ox.RdfFormat.TRIG,
        Format.N_TRIPLES: ox.RdfFormat.N_TRIPLES,
        Format.N_QUADS: ox.RdfFormat.N_QUADS,
        Format.JSON_LD: ox.RdfFormat.JSON_LD,
        Format.RDF_XML: ox.RdfFormat.RDF_XML,
    }
    try:
        prefixes = prefixes_of(turtle)
        rows: Iterator[ox.Quad] | Iterator[ox.Triple] = (
            iter(_in_documents(turtle)) if wanted in {Format.TRIG, Format.N_QUADS} else triples_of(turtle)
        )
        if wanted is Format.RDF_XML:
            rows = map(_for_xml, rows)
        with tempfile.TemporaryDirectory(prefix=".export-", dir=path.parent) as folder:
            unfinished = Path(folder) / path.name
            ox.serialize(rows, unfinished, formats[wanted], prefixes=prefixes)
            unfinished.replace(path)
    except (SyntaxError, UnicodeDecodeError) as error:
        raise InputError(f"{turtle}: damaged ({error}); build again with nhskg build") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror or error})") from error


def _for_xml(triple: Any) -> Any:
    """Puts what XML 1.0 can hold (https://www.w3.org/TR/xml/#charsets): U+FFFD for control characters, one line end."""
    import pyoxigraph as ox

    literal = triple.object
    if not isinstance(literal, ox.Literal) or not NOT_XML.search(literal.value):
        return triple
    value = NOT_XML.sub("\ufffd", literal.value.replace("\r\n", "\n").replace("\r", "\n"))
    return ox.Triple(triple.subject, triple.predicate, ox.Literal(value, datatype=literal.datatype))


def _in_documents(turtle: Path) -> list[ox.Quad]:
    """Every triple in the graph of the document that says it."""
    import pyoxigraph as ox

    triples = list(triples_of(turtle))
    homes = _homes(triples)
    stated = _stated(triples, homes)
    quads = [
        ox.Quad(triple.subject, triple.predicate, triple.object, home)
        for triple in triples
        for home in sorted(stated.get(triple, {homes.get(triple.subject, ox.DefaultGraph())}), key=str)
    ]
    return sorted(quads, key=lambda quad: getattr(quad.graph_name, "value", ""))


def _homes(triples: list[ox.Triple]) -> dict[Any, Any]:
    """The document of each document, quotation and claim."""
    import pyoxigraph as ox

    source, part_of = ox.NamedNode(expand("nhs:SourceDocument")), ox.NamedNode(expand("dcterms:isPartOf"))
    quoted = ox.NamedNode(expand("prov:wasQuotedFrom"))
    homes: dict[Any, Any] = {triple.subject: triple.subject for triple in triples if triple.object == source}
    homes |= {t.subject: t.object for t in triples if t.predicate == part_of and t.object in homes}
    homes |= {t.subject: homes[t.object] for t in triples if t.predicate == quoted and t.object in homes}
    return homes


def _stated(triples: list[ox.Triple], homes: Mapping[Any, Any]) -> dict[ox.Triple, set[Any]]:
    """The relations that documents state in their own voice, with these, and the default graph if the register does too."""
    import pyoxigraph as ox

    names = ("rdf:subject", "rdf:predicate", "rdf:object", "nhs:status", "prov:wasAttributedTo")
    wanted = {ox.NamedNode(expand(name)): name for name in names}
    described: defaultdict[Any, dict[str, Any]] = defaultdict(dict)
    for triple in triples:
        if triple.predicate in wanted:
            described[triple.subject][wanted[triple.predicate]] = triple.object
    stated: defaultdict[ox.Triple, set[Any]] = defaultdict(set)
    for node, says in described.items():
        relation = ox.Triple(says["rdf:subject"], says["rdf:predicate"], says["rdf:object"])
        if "nhs:status" not in says:
            stated[relation].add(ox.DefaultGraph())
        elif says["nhs:status"].value == expand("nhs:Asserted") and says["prov:wasAttributedTo"] == homes[node]:
            stated[relation].add(homes[node])
    return stated
