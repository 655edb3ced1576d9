"""What one edge of a drawing stands for, and how firm it is: pages and figures draw it alike."""

from __future__ import annotations

from typing import NamedTuple

from nhskg.model import Claim, ClaimGraph, Statement, Status
from nhskg.registered import RegisterEntry
from nhskg.structure import by_triple

REGISTER, DISPUTED = "register", "disputed"


class Line(NamedTuple):
    """How the edge of a statement is drawn; its colour is a variable of ``page.css`` that bears the same name."""

    meaning: str
    dashes: tuple[int, ...] = ()


class Link(NamedTuple):
    """What one edge stands for: a statement with its claims, or a triple of the register with its entries."""

    subject: str
    predicate: str
    object: str
    number: int
    line: str
    claims: tuple[Claim, ...] = ()
    entries: tuple[RegisterEntry, ...] = ()


LINES = {  # the firmest first
    "fact": Line("stated as fact"),
    "said": Line("stated by a speaker"),
    "planned": Line("planned", (12, 6)),
    "alleged": Line("alleged", (2, 5)),
    "hypothetical": Line("hypothetical", (6, 6)),
    "negated": Line("negated"),
    DISPUTED: Line("both affirmed and negated"),
    REGISTER: Line("from the register of NHS bodies"),
}


def line_of(claim: Claim) -> str:
    """Names the line of a claim: that of its status; what a document states in its own voice is a fact."""
    if claim.status is Status.ASSERTED:
        return "fact" if claim.is_fact else "said"
    return claim.status.value


def line_of_statement(statement: Statement) -> str:
    """Names the line of a statement: that of its firmest claim, unless claims contradict one another."""
    found = set(map(line_of, statement.claims))
    return DISPUTED if statement.is_disputed else next(name for name in LINES if name in found)


def links_of(claim_graph: ClaimGraph) -> list[Link]:
    """Gives the statements and, after them, what the register says, numbered."""
    links = [
        Link(s.subject, s.predicate, s.object, number, line_of_statement(s), claims=s.claims)
        for number, s in enumerate(claim_graph.statements)
    ]
    for triple, entries in by_triple(claim_graph.structure).items():
        links.append(Link(*triple, len(links), REGISTER, entries=tuple(entries)))
    return links
