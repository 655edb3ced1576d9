"""Items as rows of a table, and decisions on them as rows of ``corrections.csv``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from nhskg.corrections.decisions import OWN_VOICE, Action, Decision, decision_of
from nhskg.corrections.quotes import find_verbatim
from nhskg.corrections.references import refer_to
from nhskg.corrections.table import COLUMNS, Cells, Table
from nhskg.lookup.graph import Graph
from nhskg.model import Claim
from nhskg.review.items import Item
from nhskg.review.kinds import Why

SHEET = ("item", "why", "question", "confidence", "choices", "suggestions", *COLUMNS)
"""The columns of a table to edit: what is asked, then those of ``corrections.csv``, with the action left empty."""
CHOICES = {
    Why.CONTRADICTION: "accept, reject, relabel",
    Why.MERGE: "merge, distinct",
    Why.UNRESOLVED: "merge, distinct, rename",
    Why.DOUBTFUL: "accept, reject, relabel",
}


@dataclass(frozen=True, slots=True)
class Signature:
    """Who decides, and on which day."""

    name: str
    on: date

    def under(self, **cells: str) -> Cells:
        """Gives a row with it."""
        return {"date": self.on.isoformat(), "name": self.name, **cells}


def claim_cells(graph: Graph, claim: Claim) -> dict[str, str]:
    """Gives the cells by which a correction finds a claim."""
    return {
        "document": claim.evidence.document,
        "quote": " ".join(claim.evidence.span.exact.split()),
        "subject": str(refer_to(graph.entity(claim.subject))),
        "predicate": claim.predicate,
        "object": str(refer_to(graph.entity(claim.object))),
        "status": claim.status.value,
        "speaker": str(refer_to(graph.entity(claim.speaker))) if claim.speaker else OWN_VOICE,
    }


def sheet(graph: Graph, items: Iterable[Item]) -> Iterator[Cells]:
    """Gives the rows of a table to edit: one for each claim, or for the entity of an item."""
    for number, item in enumerate(items, start=1):
        asked = {"item": str(number), "why": item.why.value, "question": item.question, "choices": CHOICES[item.why]}
        for claim in item.claims:
            yield {**asked, "confidence": f"{claim.confidence:.2f}", **claim_cells(graph, claim)}
        if item.entities:
            references = [str(refer_to(entity)) for entity in item.entities]
            first = references[1] if len(references) > 1 else ""
            yield {
                **asked,
                "suggestions": "; ".join(references[1:]),
                "subject": references[0],
                "object": first,
                "to": first,
            }


def decided_rows(table: Table, signature: Signature, graph: Graph) -> tuple[list[Cells], list[str]]:
    """Gives the rows of an edited table that have an action, signed where they are not, and what is wrong with others."""
    rows: list[Cells] = []
    wrong: list[str] = []
    for index, cells in enumerate(table.rows):
        if not cells["action"].strip():
            continue
        own = {name: cells[name] for name in COLUMNS if cells.get(name, "").strip()}
        row = {**signature.under(), **own}
        try:
            decision, complaint = decision_of(row)
            check(decision, graph)
        except ValueError as error:
            wrong.append(f"{table.place(index)}: {error}")
            continue
        if complaint:
            wrong.append(f"{table.place(index)}: {complaint}, which could be another day; write it as 2026-11-24")
            continue
        rows.append({**row, "date": decision.on.isoformat(), "action": decision.action.value})
    return rows, wrong


def check(decision: Decision, graph: Graph) -> None:
    """Holds a decision against the build.

    Raises:
        ValueError: if it adds a claim whose words are not in the document.
    """
    if decision.action is not Action.ADD:
        return
    try:
        text = graph.document(decision.document).text
    except KeyError:
        raise ValueError(f"no document is called {decision.document}; documents.jsonl has their names") from None
    if find_verbatim(text, decision.quote) is None:
        raise ValueError(f"“{decision.quote}” is not in {decision.document}; copy the words as they stand there")
