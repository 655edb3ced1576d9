"""Answers that are triples and claims: neighbours, claims, disputed triples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nhskg.lookup.graph import Graph
from nhskg.lookup.neighbours import Neighbourhood
from nhskg.lookup.records import Record, claim_record, entity_record, entry_record
from nhskg.model import Claim, ClaimGraph, Statement
from nhskg.render.answer import Answer
from nhskg.render.words import (
    Edge,
    cited,
    claim_words,
    date_words,
    edges_of,
    entity_words,
    relation,
    said,
    sentence,
    triple,
)

if TYPE_CHECKING:
    from rich.tree import Tree


@dataclass(frozen=True, slots=True)
class Branch:
    """An entity on the way, so many steps from the start, and the edges that were not shown before."""

    steps: int
    entity: str
    edges: tuple[Edge, ...]


def branches(graph: Graph, found: Neighbourhood) -> list[Branch]:
    """Gives the edges around an entity, each once, at the end that is nearer to it."""
    at: dict[str, list[Edge]] = {}
    for edge in edges_of(found.graph):
        for end in {edge.subject, edge.object}:
            at.setdefault(end, []).append(edge)
    grown: list[Branch] = []
    seen, shown, frontier, steps = {found.entity.id}, set[int](), [found.entity.id], 0
    while frontier:
        steps += 1
        following: list[str] = []
        for entity in frontier:
            edges = sorted(
                (e for e in at.get(entity, ()) if id(e) not in shown), key=lambda e: _order(graph, entity, e)
            )
            shown.update(map(id, edges))
            following += [edge.object if edge.subject == entity else edge.subject for edge in edges]
            if edges:
                grown.append(Branch(steps, entity, tuple(edges)))
        frontier = [entity for entity in dict.fromkeys(following) if entity not in seen]
        seen.update(frontier)
    return grown


def _order(graph: Graph, entity: str, edge: Edge) -> tuple[bool, bool, str, str, str]:
    names = graph.entity(edge.subject).name, graph.entity(edge.object).name
    return not edge.claims, edge.subject != entity, edge.predicate, *names


def neighbours_answer(graph: Graph, found: Neighbourhood, *, evidence: bool) -> Answer:
    """The tree around an entity."""
    edges = edges_of(found.graph)

    def lines() -> Iterator[str]:
        yield entity_words(found.entity)
        steps = 1
        for branch in branches(graph, found):
            if branch.steps > steps:
                steps = branch.steps
                yield f"{steps} steps away"
            if steps > 1:
                yield f"  {graph.entity(branch.entity).name}"
            indent = "  " if steps == 1 else "    "
            for edge in branch.edges:
                yield indent + sentence(graph, edge)
                yield from (f"{indent}  {words}" for words in cited(graph, edge.claims if evidence else ()))

    return Answer(
        lines=lines,
        records=lambda: _records(graph, edges),
        markdown=lambda: [f"**{entity_words(found.entity)}**", "", *_markdown(graph, edges, evidence=evidence)],
        value=lambda: {"entity": entity_record(found.entity), **_value(graph, found.graph)},
        claim_graph=found.graph,
        on_terminal=lambda: _tree(graph, found, evidence=evidence),
        is_empty=not edges,
    )


def statements_answer(graph: Graph, statements: Sequence[Statement], *, evidence: bool) -> Answer:
    """Triples, each with all its claims."""
    edges = [Edge(subject=s.subject, predicate=s.predicate, object=s.object, claims=s.claims) for s in statements]

    def lines() -> Iterator[str]:
        for edge in edges:
            yield sentence(graph, edge)
            yield from (f"  {words}" for words in cited(graph, edge.claims if evidence else ()))

    return Answer(
        lines=lines,
        records=lambda: _records(graph, edges),
        columns=("subject", "relation", "object", "said", *(("words",) if evidence else ())),
        rows=lambda: [
            (
                graph.entity(edge.subject).name,
                relation(edge.predicate),
                graph.entity(edge.object).name,
                said(graph, edge),
                *(("\n".join(cited(graph, edge.claims)),) if evidence else ()),
            )
            for edge in edges
        ],
        markdown=lambda: _markdown(graph, edges, evidence=evidence),
        claim_graph=piece(graph, statements),
        is_prose=evidence,
        is_empty=not edges,
    )


def claims_answer(graph: Graph, claims: Sequence[Claim], *, evidence: bool) -> Answer:
    """Claims in order of date, each with its id, so that ``nhskg evidence`` can be asked."""

    def lines() -> Iterator[str]:
        for claim in claims:
            when = f"{date_words(claim)} " if claim.published else ""
            yield f"{when}{triple(graph, claim)} [{claim_words(graph, claim, with_date=False)}] {claim.id}"
            yield from (f"  {words}" for words in cited(graph, [claim] if evidence else ()))

    edges = [Edge(subject=c.subject, predicate=c.predicate, object=c.object, claims=(c,)) for c in claims]
    return Answer(
        lines=lines,
        records=lambda: (claim_record(graph, claim) for claim in claims),
        columns=("date", "subject", "relation", "object", "status", "claim", *(("words",) if evidence else ())),
        rows=lambda: [
            (
                date_words(claim),
                graph.entity(claim.subject).name,
                relation(claim.predicate),
                graph.entity(claim.object).name,
                claim_words(graph, claim, with_date=False),
                claim.id,
                *((cited(graph, [claim])[0],) if evidence else ()),
            )
            for claim in claims
        ],
        markdown=lambda: _markdown(graph, edges, evidence=evidence),
        claim_graph=piece(graph, _grouped(claims)),
        is_prose=evidence,
        is_empty=not claims,
    )


def piece(graph: Graph, statements: Sequence[Statement]) -> ClaimGraph:
    """Gives the piece of the graph that some statements make."""
    ends = {end for s in statements for end in (s.subject, s.object)}
    speakers = {claim.speaker for s in statements for claim in s.claims if claim.speaker}
    read = {claim.evidence.document for s in statements for claim in s.claims}
    return ClaimGraph(
        documents=tuple(map(graph.document, sorted(read))),
        entities=tuple(map(graph.entity, sorted(ends | speakers))),
        statements=tuple(statements),
    )


def _grouped(claims: Sequence[Claim]) -> list[Statement]:
    by_triple: dict[tuple[str, str, str], list[Claim]] = {}
    for claim in claims:
        by_triple.setdefault((claim.subject, claim.predicate, claim.object), []).append(claim)
    return [Statement(subject=s, predicate=p, object=o, claims=tuple(c)) for (s, p, o), c in sorted(by_triple.items())]


def _records(graph: Graph, edges: Sequence[Edge]) -> Iterator[Record]:
    for edge in edges:
        yield from (claim_record(graph, claim) for claim in edge.claims)
    for edge in edges:
        yield from ({**entry_record(graph, entry), "status": "register"} for entry in edge.entries)


def _value(graph: Graph, claim_graph: ClaimGraph) -> Record:
    return {
        "statements": [
            {
                "subject": s.subject,
                "predicate": s.predicate,
                "object": s.object,
                "disputed": any(map(graph.is_disputed, s.claims)),
                "claims": [claim_record(graph, claim) for claim in s.claims],
            }
            for s in claim_graph.statements
        ],
        "structure": [entry_record(graph, entry) for entry in claim_graph.structure],
    }


def _markdown(graph: Graph, edges: Sequence[Edge], *, evidence: bool) -> Iterator[str]:
    """A list to paste into a note; with the words, if wanted, as a quotation below each."""
    for edge in edges:
        yield f"- {triple(graph, edge, ' **{}** ')} ({said(graph, edge)})"
        if evidence:
            for words in cited(graph, edge.claims):
                yield f"  > {words}"


def _tree(graph: Graph, found: Neighbourhood, *, evidence: bool) -> Tree:
    from rich.text import Text
    from rich.tree import Tree

    from nhskg.render.terminal import coloured

    root = Tree(Text(entity_words(found.entity), style="bold"), guide_style="dim")
    twigs = {found.entity.id: root}
    for branch in branches(graph, found):
        at = twigs[branch.entity]
        for edge in branch.edges:
            outwards = edge.subject == branch.entity
            other = edge.object if outwards else edge.subject
            words = f"{graph.label(edge.predicate, outwards=outwards)} {graph.entity(other).name}"
            twig = at.add(coloured(f"{words} [{said(graph, edge)}]"))
            twigs.setdefault(other, twig)
            for quoted in cited(graph, edge.claims if evidence else ()):
                twig.add(coloured(quoted))
    return root
