"""A reading while corrections are applied to it, and what became of each correction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from nhskg.correction import Correction
from nhskg.corrections.decisions import Decision
from nhskg.finding import name_key
from nhskg.model import Claim, Document, DocumentEntity, Entity, Reading, TextSpan

ADDED = "correction/add"
"""The rule of claims that people added."""

Face = tuple[frozenset[str], str, frozenset[str]]
"""A triple that a claim is or has been: ids of the subject, before and after merging, the predicate, ids of the object."""


@dataclass(slots=True)
class DraftClaim:
    """A claim, and all that decisions may call it.

    Attributes:
        read: the claim as it was read.
        faces: the triples that it has been.
        decided: the last decision on each field, and on whether it stands (``verdict``).
        is_rejected: whether it is to be left out.
    """

    claim: Claim
    read: Claim
    faces: list[Face]
    decided: dict[str, Decision] = field(default_factory=dict)
    is_rejected: bool = False

    @classmethod
    def of(cls, claim: Claim) -> DraftClaim:
        return cls(claim, claim, [(frozenset({claim.subject}), claim.predicate, frozenset({claim.object}))])

    def move(self, old: str, new: str) -> None:
        """Puts one entity in the place of another."""
        ends = {end: new for end in ("subject", "object", "speaker") if getattr(self.claim, end) == old}
        self.claim = replace(self.claim, **ends)  # type: ignore[arg-type]  # all three are ids
        self.faces = [(_with(s, old, new), predicate, _with(o, old, new)) for s, predicate, o in self.faces]

    def change(self, decision: Decision, **fields: object) -> None:
        """Changes what the claim says, as somebody decided who looked at it and is to be believed."""
        self.claim = replace(
            self.claim,
            **fields,  # type: ignore[arg-type]  # the fields of Claim
            confidence=1.0,
            corrections=with_correction(self.claim.corrections, decision),
        )
        face = (frozenset({self.claim.subject}), self.claim.predicate, frozenset({self.claim.object}))
        if face not in self.faces:
            self.faces.append(face)


def _with(ids: frozenset[str], old: str, new: str) -> frozenset[str]:
    return ids | {new} if old in ids else ids


def with_correction(corrections: tuple[Correction, ...], decision: Decision) -> tuple[Correction, ...]:
    """Gives corrections with that of a decision, sorted."""
    return tuple(sorted({*corrections, decision.correction}))


@dataclass(slots=True)
class Draft:
    """A reading in pieces that can be changed.

    Attributes:
        names: what people may call each entity by, folded.
        was: the ids that were merged into each entity.
    """

    document: Document
    entities: dict[str, DocumentEntity]
    claims: list[DraftClaim]
    names: dict[str, set[str]] = field(default_factory=dict)
    was: dict[str, set[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, reading: Reading) -> Draft:
        draft = cls(reading.document, {}, [DraftClaim.of(claim) for claim in reading.claims])
        for found in reading.entities:
            draft.put(found)
        return draft

    @property
    def known(self) -> list[Entity]:
        """The entities."""
        return [found.entity for found in self.entities.values()]

    def put(self, found: DocumentEntity) -> None:
        """Takes an entity in; its mentions join those that it has already."""
        entity = found.entity
        before = self.entities.get(entity.id)
        if before is not None:
            found = DocumentEntity(
                entity=entity,
                mentions=tuple(sorted({*before.mentions, *found.mentions})),
                by_register=tuple(sorted({*before.by_register, *found.by_register})),
                is_minor=before.is_minor and found.is_minor,
            )
        self.entities[entity.id] = found
        self.names.setdefault(entity.id, set()).update(
            name_key(name) for name in (entity.id, entity.name, entity.ods_code, *entity.aliases) if name
        )

    def move(self, old: str, new: Entity, spans: Iterable[TextSpan] | None = None) -> None:
        """Makes an entity another one, or those of its mentions that are given."""
        found = self.entities[old]
        moved = found.mentions if spans is None else tuple(spans)
        kept = tuple(span for span in found.mentions if span not in set(moved))
        own = tuple(span for span in found.by_register if span in set(moved))
        self.put(DocumentEntity(entity=new, mentions=moved, by_register=own, is_minor=found.is_minor))
        if spans is None:
            del self.entities[old]
            self.was.setdefault(new.id, set()).update({old}, self.was.pop(old, set()))
        else:
            rest = tuple(span for span in found.by_register if span not in own)
            self.entities[old] = replace(found, mentions=kept, by_register=rest, is_minor=found.is_minor or not kept)

    def reading(self) -> Reading:
        """Gives the reading as it is now: what stands, each claim once."""
        claims: dict[str, Claim] = {}
        for draft in self.claims:
            claim = draft.claim
            if draft.is_rejected:
                continue
            if claim.id in claims:
                other = claims[claim.id]
                better = max(claim, other, key=lambda one: one.confidence)
                claim = replace(better, corrections=tuple(sorted({*claim.corrections, *other.corrections})))
            claims[claim.id] = claim
        return Reading(
            document=self.document,
            entities=tuple(self.entities[key] for key in sorted(self.entities)),
            claims=tuple(sorted(claims.values(), key=_place)),
        )


def _place(claim: Claim) -> tuple[int, str]:
    """Claims stay in the order in which they were read; one that was added comes after those of its sentence."""
    return claim.evidence.span.start, claim.id if claim.evidence.rule == ADDED else ""


@dataclass(slots=True)
class Log:
    """What became of the decisions, by their numbers; applying one again to the same reading changes nothing here.

    Attributes:
        matched: those that found what they are about.
        complaints: why one could not be done.
        contradicted: the later decision that holds in the place of one.
        notes: what else is to be said.
    """

    matched: set[int] = field(default_factory=set)
    complaints: dict[int, str] = field(default_factory=dict)
    contradicted: dict[int, Decision] = field(default_factory=dict)
    notes: set[str] = field(default_factory=set)

    def complain(self, decision: Decision, why: str) -> None:
        """Notes why a decision could not be done; of several documents, the reason that is first in the alphabet."""
        self.complaints[decision.number] = min(why, self.complaints.get(decision.number, why))

    def overrule(self, earlier: Decision, later: Decision) -> None:
        """Notes that a later decision holds in the place of an earlier one."""
        known = self.contradicted.get(earlier.number)
        if known is None or known.order < later.order:
            self.contradicted[earlier.number] = later
