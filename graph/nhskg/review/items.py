"""What in a build asks for a decision: entities that may be one, names not resolved, doubtful claims, contradictions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from nhskg.corrections.decisions import Action, Decision
from nhskg.corrections.quotes import likeness
from nhskg.corrections.references import meant
from nhskg.lookup import load
from nhskg.lookup.graph import Graph
from nhskg.model import Claim, Entity, Kind, Status
from nhskg.ontology import load_predicates
from nhskg.register import load_register
from nhskg.resolve.state import registered_entity
from nhskg.review.alike import Known, pairs_alike
from nhskg.review.kinds import Why

SUGGESTIONS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something to decide.

    Attributes:
        question: what is asked, in a line.
        entities: for a merge the two, that which would go first; for a name not resolved, it and what it may be.
        claims: the claims that are in doubt or contradict each other.
    """

    why: Why
    question: str
    entities: tuple[Entity, ...] = ()
    claims: tuple[Claim, ...] = ()


def items(
    graph: Graph, decisions: Sequence[Decision], below: float = 0.5, wanted: Collection[Why] = tuple(Why)
) -> Iterator[Item]:
    """Gives what is to be decided and has not been.

    Args:
        graph: the build.
        decisions: what was decided since, or before.
        below: claims of less confidence are doubtful.
        wanted: which kinds of item.
    """
    made = {
        Why.CONTRADICTION: lambda: contradictions(graph, decisions),
        Why.MERGE: lambda: merges(graph, decisions),
        Why.UNRESOLVED: lambda: unresolved(graph, decisions),
        Why.DOUBTFUL: lambda: doubtful(graph, decisions, below),
    }
    for why in Why:
        if why in wanted:
            yield from made[why]()


def contradictions(graph: Graph, decisions: Sequence[Decision]) -> Iterator[Item]:
    """Gives what some affirm and others deny, then what some are said to do of which they are said to do the contrary."""
    for statement in graph.disputed():
        yield from _contradiction(
            graph, decisions, statement.disputed, "one says that it is so, another that it is not"
        )
    opposites = {name: relation.opposites for name, relation in load_predicates().items() if relation.opposites}
    by_ends: dict[tuple[str, str], list[Claim]] = {}
    marks = ", ".join("?" * len(opposites))
    for claim in load.claims(graph.index, f"claim.predicate IN ({marks})", sorted(opposites)):
        if claim.status in (Status.ASSERTED, Status.ALLEGED):
            by_ends.setdefault((claim.subject, claim.object), []).append(claim)
    for claims in by_ends.values():
        said = {claim.predicate for claim in claims}
        contrary = [claim for claim in claims if opposites[claim.predicate] & said]
        yield from _contradiction(graph, decisions, contrary, "it is said to do one thing and the contrary")


def _contradiction(
    graph: Graph, decisions: Sequence[Decision], claims: Sequence[Claim], question: str
) -> Iterator[Item]:
    open_ones = [claim for claim in claims if not _is_decided(graph, claim, decisions)]
    gone = [claim for claim in claims if claim not in open_ones and not claim.corrections]
    # Where all were looked at, or what is left does not contradict itself, nothing is to be decided any more.
    left = [claim for claim in claims if claim not in gone]
    if open_ones and len({(claim.predicate, claim.status is Status.NEGATED) for claim in left}) > 1:
        speakers = {claim.speaker for claim in left}
        one_voice = next(iter(speakers)) if len(speakers) == 1 else None
        by = f"; all say {graph.entity(one_voice).name}" if one_voice else ""
        yield Item(why=Why.CONTRADICTION, question=question + by, claims=tuple(left))


def merges(graph: Graph, decisions: Sequence[Decision]) -> Iterator[Item]:
    """Gives the pairs of entities that may be one; the second is what the first would become."""
    counts = _counts(graph)
    whole = [load.entity(row) for row in graph.index.rows(f"{load.ENTITY} WHERE mentioned ORDER BY number")]
    decided = _Entities(decisions)
    for pair in pairs_alike(whole):
        if decided.is_merged(pair.one) or decided.is_merged(pair.other) or decided.are_apart(pair.one, pair.other):
            continue
        if pair.one.id in pair.other.candidates or pair.other.id in pair.one.candidates:
            continue  # comes as a name not resolved
        first, last = sorted((pair.one, pair.other), key=lambda e: (e.registered, counts[e.id], len(e.name), e.id))
        yield Item(why=Why.MERGE, question=f"are they one? ({pair.reason})", entities=(first, last))


def unresolved(graph: Graph, decisions: Sequence[Decision]) -> Iterator[Item]:
    """Gives the names that may be several bodies of the register, then the bodies that the register does not know."""
    counts, register, decided = _counts(graph), load_register(), _Entities(decisions)
    rows = graph.index.rows(f"{load.ENTITY} WHERE mentioned AND NOT registered ORDER BY claims DESC, id")
    entities = [entity for entity in map(load.entity, rows) if not decided.is_merged(entity) and counts[entity.id]]
    for entity in entities:
        bodies = [registered_entity(register.bodies[i]) for i in entity.candidates if i in register.bodies]
        bodies = [body for body in bodies if not decided.are_apart(entity, body)]
        if bodies:
            yield Item(why=Why.UNRESOLVED, question="which of these is it?", entities=(entity, *bodies))
    known = Known(registered_entity(body) for body in register.bodies.values())
    for entity in entities:
        if entity.kind is Kind.ORGANISATION and not entity.candidates and not decided.is_settled(entity):
            near = [body for body in known.likest(entity.name, SUGGESTIONS) if not decided.are_apart(entity, body)]
            question = "the register does not know it; is it one of these?" if near else "the register does not know it"
            yield Item(why=Why.UNRESOLVED, question=question, entities=(entity, *near))


def doubtful(graph: Graph, decisions: Sequence[Decision], below: float) -> Iterator[Item]:
    """Gives the claims of little confidence, the least first."""
    found = load.claims(graph.index, "claim.confidence < ?", (below,))
    for claim in sorted(found, key=lambda claim: (claim.confidence, claim.evidence.document, claim.id)):
        if not _is_decided(graph, claim, decisions):
            yield Item(why=Why.DOUBTFUL, question=f"is it right? (confidence {claim.confidence:.2f})", claims=(claim,))


def _counts(graph: Graph) -> dict[str, int]:
    return dict(graph.index.rows("SELECT id, claims FROM entity"))


def _is_decided(graph: Graph, claim: Claim, decisions: Iterable[Decision]) -> bool:
    """Whether somebody has looked at a claim, at the time of the build or since."""
    return bool(claim.corrections) or any(
        decision.document == claim.evidence.document
        and decision.predicate == claim.predicate
        and decision.subject is not None
        and decision.object is not None
        and bool(meant(decision.subject, [graph.entity(claim.subject)]))
        and bool(meant(decision.object, [graph.entity(claim.object)]))
        and (not decision.quote or likeness(decision.quote, claim.evidence.span.exact) >= 1)
        for decision in decisions
    )


class _Entities:
    """What was decided about entities."""

    def __init__(self, decisions: Iterable[Decision]) -> None:
        every = list(decisions)
        self.merges = [d for d in every if d.action is Action.MERGE and not d.document]
        self.apart = [d for d in every if d.action is Action.DISTINCT]
        self.renames = [d for d in every if d.action is Action.RENAME]

    def is_merged(self, entity: Entity) -> bool:
        return any(d.subject is not None and meant(d.subject, [entity]) for d in self.merges)

    def is_settled(self, entity: Entity) -> bool:
        """Whether somebody gave it its name, or said that it is itself and no other."""
        return bool(entity.corrections) or any(
            d.subject is not None and meant(d.subject, [entity]) for d in (*self.renames, *self.apart)
        )

    def are_apart(self, one: Entity, other: Entity) -> bool:
        return any(
            subject and object_ and ((meant(subject, [one]) and meant(object_, [other]))
                                     or (meant(subject, [other]) and meant(object_, [one])))
            for subject, object_ in ((d.subject, d.object) for d in self.apart)
        )  # fmt: skip
