"""All decisions on a build, applied to one reading at a time, in whatever order readings come."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from nhskg.correction import Correction
from nhskg.corrections import entities
from nhskg.corrections.claims import correct_claims
from nhskg.corrections.decisions import ON_CLAIMS, Action, Decision
from nhskg.corrections.drafts import Draft, Log
from nhskg.corrections.references import Reference, are_same, reference, target
from nhskg.keeping import keep
from nhskg.model import Document, Entity, Reading
from nhskg.register import load_register

ON_MENTIONS = {Action.SPLIT, Action.MERGE}
"""With a document, these are about what that document mentions."""

Index = defaultdict[str, list[Decision]]


@dataclass(slots=True)
class Corrections:
    """What people decided; ``apply`` it to each reading, then ask for ``warnings``.

    Attributes:
        decisions: in order: of two that contradict each other the later one holds.
        complaints: what was wrong with the rows of the files.
        files: where they are from.
    """

    decisions: Sequence[Decision] = ()
    complaints: Sequence[str] = ()
    files: Sequence[str] = ()
    log: Log = field(default_factory=Log)
    in_documents: Index = field(default_factory=lambda: defaultdict(list))
    everywhere: dict[Action, Index] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.decisions = sorted(self.decisions, key=lambda decision: decision.order)
        self.everywhere = {action: defaultdict(list) for action in (Action.MERGE, Action.RENAME, Action.DISTINCT)}
        overruled = {earlier.number: later for earlier, later in _told_apart_and_merged(self.decisions)}
        self.log.contradicted.update(overruled)
        self.log.matched.update(overruled)
        for decision in self.decisions:
            if decision.number in overruled:
                continue
            if decision.action in ON_CLAIMS or (decision.document and decision.action in ON_MENTIONS):
                self.in_documents[decision.document].append(decision)
                continue
            ends = (decision.subject, decision.object) if decision.action is Action.DISTINCT else (decision.subject,)
            for key in {key for end in ends if end for key in end.keys}:
                self.everywhere[decision.action][key].append(decision)

    def apply(self, reading: Reading) -> Reading:
        """Gives a reading as people decided that it should be; its entities are those that are then worth keeping."""
        if not self.decisions:
            return reading
        own = self._of(reading.document)
        if not own and not any(
            self._about(action, found.entity) for found in reading.entities for action in self.everywhere
        ):
            return reading
        draft, register, known = Draft.of(reading), load_register(), [found.entity for found in reading.entities]

        def merges(entity: Entity) -> list[Decision]:
            return self._about(Action.MERGE, entity)

        def find_end(wanted: Reference) -> Entity:
            entity = target(wanted, {e.id: e for e in (*known, *draft.known)}.values(), register)
            return entities.settled(entity, known, merges, register, self.log)[0]

        entities.split(draft, [d for d in own if d.action not in ON_CLAIMS], register, self.log)
        entities.merge(draft, merges, register, self.log)
        correct_claims(draft, [d for d in own if d.action in ON_CLAIMS], find_end, self.log)
        entities.tell_apart(draft, lambda entity: self._about(Action.DISTINCT, entity), self.log)
        entities.rename(draft, lambda entity: self._about(Action.RENAME, entity), self.log)
        return keep(draft.reading())

    def applied(self) -> tuple[Correction, ...]:
        """Gives the corrections that the graph is as it is by, sorted."""
        held = (d for d in self.decisions if d.number in self.log.matched and d.number not in self.log.contradicted)
        return tuple(sorted({decision.correction for decision in held}))

    def counts(self) -> dict[str, int]:
        """Gives how many corrections of each kind were applied."""
        return dict(sorted(Counter(correction.action for correction in self.applied()).items()))

    def unmatched(self) -> list[str]:
        """Gives a warning for each decision that is about nothing any more, with the reason and what to do."""
        return [
            f"{decision.where}: matches nothing any more: {self._why(decision)}. Mend the row or take it out"
            for decision in self.decisions
            if decision.number not in self.log.matched
        ]

    def warnings(self) -> list[str]:
        """Gives all that people should know: rows that are wrong, that match nothing, that a later one contradicts."""
        overruled = [
            f"{decision.where}: contradicted by {later.where}, which is later and holds"
            for decision in self.decisions
            if (later := self.log.contradicted.get(decision.number))
        ]
        partly = [
            f"{decision.where}: not done everywhere: {why}"
            for decision in self.decisions
            if decision.number in self.log.matched and (why := self.log.complaints.get(decision.number))
        ]
        return [*self.complaints, *self.unmatched(), *partly, *overruled, *sorted(self.log.notes)]

    def _of(self, document: Document) -> list[Decision]:
        """The decisions on one document, by its id or that of a copy of it."""
        ids = [document.id, *(copy.document for copy in document.copies)]
        found = [decision for identifier in ids for decision in self.in_documents.get(identifier, ())]
        self.seen.update(decision.document for decision in found)
        return sorted(found, key=lambda decision: decision.order)

    def _about(self, action: Action, entity: Entity) -> list[Decision]:
        index = self.everywhere[action]
        found = (decision for key in entities.keys(entity) for decision in index.get(key, ())) if index else ()
        return list({decision.number: decision for decision in found}.values())

    def _why(self, decision: Decision) -> str:
        if complaint := self.log.complaints.get(decision.number):
            return complaint
        if decision.document and decision.document not in self.seen:
            return f"no document is called {decision.document}"
        if decision.action in ON_CLAIMS:
            claim = f"{decision.subject} — {decision.predicate} → {decision.object}"
            quoted = f" in “{' '.join(decision.quote.split())}”" if decision.quote else ""
            return f"nothing in {decision.document} is read as {claim}{quoted}"
        return f"{decision.document or 'no document'} {'does not mention' if decision.document else 'mentions'} {decision.subject}"


def _told_apart_and_merged(decisions: Iterable[Decision]) -> Iterator[tuple[Decision, Decision]]:
    """Gives merges and their contraries on the same two, the earlier one first."""
    apart: Index = defaultdict(list)
    decisions = list(decisions)
    for decision in decisions:
        if decision.action is Action.DISTINCT and decision.subject and decision.object:
            for key in {*decision.subject.keys, *decision.object.keys}:
                apart[key].append(decision)
    for merge in decisions:
        if merge.action is not Action.MERGE or merge.subject is None:
            continue
        other = reference(merge.to)
        for distinct in {d.number: d for key in merge.subject.keys for d in apart[key]}.values():
            if _are_the_two(distinct, merge.subject, other):
                earlier, later = sorted((distinct, merge), key=lambda decision: decision.order)
                yield earlier, later


def _are_the_two(distinct: Decision, one: Reference, other: Reference | None) -> bool:
    subject, object_ = distinct.subject, distinct.object
    return (are_same(subject, one) and are_same(object_, other)) or (
        are_same(subject, other) and are_same(object_, one)
    )
