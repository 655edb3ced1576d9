"""What decisions make of the claims of a document: rejected, accepted, re-labelled, added.

A decision finds its claim by document, quote and triple, whatever became of offsets and confidence: by ids that its ends
have or had, else by their names; in the same sentence, else in the one that is most like it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from nhskg.corrections.decisions import Action, Decision, Field
from nhskg.corrections.drafts import ADDED, Draft, DraftClaim, Face, Log
from nhskg.corrections.quotes import find_verbatim, likeness
from nhskg.corrections.references import Reference, Unknown, reference
from nhskg.finding import name_key
from nhskg.model import Claim, DocumentEntity, Entity, Evidence, Status

FindEnd = Callable[[Reference], Entity]
"""Gives the entity that a reference is to, after all merges."""

VERDICT = "verdict"


def correct_claims(draft: Draft, decisions: Sequence[Decision], find_end: FindEnd, log: Log) -> None:
    """Applies decisions in order of date; of two that contradict each other the later one holds."""
    for decision in decisions:
        try:
            if decision.action is Action.ADD:
                _add(draft, decision, find_end, log)
                continue
            found = list(_matching(draft, decision, log))
            for claim, face in found:
                _correct(draft, claim, face, decision, find_end, log)
            if found:
                log.matched.add(decision.number)
        except Unknown as error:
            log.complain(decision, str(error))


def _matching(draft: Draft, decision: Decision, log: Log) -> Iterator[tuple[DraftClaim, Face]]:
    """The claims that a decision is about, and as which triple it names each."""
    for by_name in (False, True):
        fitting = [
            (claim, face)
            for claim in draft.claims
            for face in [next((f for f in reversed(claim.faces) if _fits(draft, f, decision, by_name=by_name)), None)]
            if face is not None
        ]
        if decision.quote and fitting:
            alike = [likeness(decision.quote, claim.claim.evidence.span.exact) for claim, _ in fitting]
            best = max(alike)
            if best < 1 and find_verbatim(draft.document.text, decision.quote):
                continue  # the sentence still stands there, and is not read so any more: it is no other one
            fitting = [pair for pair, much in zip(fitting, alike, strict=True) if much == best and much > 0]
            if 0 < best < 1:
                sentence = " ".join(fitting[0][0].claim.evidence.span.exact.split())
                log.notes.add(f"{decision.where}: applied, though the sentence has changed; it is now “{sentence}”")
        if fitting:
            yield from _narrowed(fitting, decision)
            return


def _fits(draft: Draft, face: Face, decision: Decision, *, by_name: bool) -> bool:
    subjects, predicate, objects = face

    def is_meant(wanted: Reference | None, ids: frozenset[str]) -> bool:
        if wanted is None:
            return False
        if wanted.id and not by_name:
            return wanted.id in ids
        return bool(wanted.name) and any(name_key(wanted.name) in draft.names.get(i, ()) for i in ids)

    return (
        predicate == decision.predicate and is_meant(decision.subject, subjects) and is_meant(decision.object, objects)
    )


def _narrowed(fitting: list[tuple[DraftClaim, Face]], decision: Decision) -> list[tuple[DraftClaim, Face]]:
    """Of claims that differ in status or speaker only, those that the decision has in mind."""
    if decision.status and len(fitting) > 1:
        fitting = [pair for pair in fitting if pair[0].read.status is decision.status] or fitting
    if (decision.speaker or decision.is_own_voice) and len(fitting) > 1:
        speaker = decision.speaker.id if decision.speaker else None
        fitting = [pair for pair in fitting if speaker in (pair[0].read.speaker, pair[0].claim.speaker)] or fitting
    return fitting


def _correct(draft: Draft, claim: DraftClaim, face: Face, decision: Decision, find_end: FindEnd, log: Log) -> None:
    if decision.action is Action.RELABEL:
        if claim.is_rejected:
            _decide(claim, VERDICT, decision, log)
        claim.is_rejected = False
        _relabel(draft, claim, face, decision, find_end, log)
        return
    _decide(claim, VERDICT, decision, log)
    claim.is_rejected = decision.action is Action.REJECT
    if not claim.is_rejected:
        claim.change(decision)


def _decide(claim: DraftClaim, what: str, decision: Decision, log: Log) -> None:
    """Notes who decided something last, and whether that overrules somebody."""
    before = claim.decided.get(what)
    if before is not None and (before.action, before.to) != (decision.action, decision.to):
        log.overrule(before, decision)
    claim.decided[what] = decision


def _relabel(draft: Draft, claim: DraftClaim, face: Face, decision: Decision, find_end: FindEnd, log: Log) -> None:
    now = claim.claim
    if decision.field is Field.DIRECTION:
        # Whoever says that "A funds B" is the wrong way round is right also where somebody turned it before.
        if now.subject in face[0]:
            claim.change(decision, subject=now.object, object=now.subject)
        else:
            claim.change(decision)
        return
    field = decision.field.value if decision.field else ""
    _decide(claim, field, decision, log)
    value: object = decision.to
    if decision.field is Field.STATUS:
        value = Status(decision.to)
    elif decision.field in (Field.SUBJECT, Field.OBJECT, Field.SPEAKER):
        value = _end(draft, reference(decision.to), find_end)
    claim.change(decision, **{field: value})


def _end(draft: Draft, wanted: Reference | None, find_end: FindEnd) -> str | None:
    """The id of an entity that a decision names, which then is one of the document; None for its own voice."""
    if wanted is None:
        return None
    entity = find_end(wanted)
    if entity.id not in draft.entities:
        draft.put(DocumentEntity(entity=entity, mentions=(), is_minor=True))
    return entity.id


def _add(draft: Draft, decision: Decision, find_end: FindEnd, log: Log) -> None:
    span = find_verbatim(draft.document.text, decision.quote)
    if span is None:
        log.complain(decision, f"these words are not in {draft.document.id}: “{decision.quote}”")
        return
    subject, object_ = _end(draft, decision.subject, find_end), _end(draft, decision.object, find_end)
    if subject is None or object_ is None:
        return
    claim = Claim(
        subject=subject,
        predicate=decision.predicate,
        object=object_,
        status=decision.status or Status.ASSERTED,
        speaker=_end(draft, decision.speaker, find_end),
        evidence=Evidence(document=draft.document.id, span=span, rule=ADDED),
        confidence=1.0,
        published=draft.document.published,
        corrections=(decision.correction,),
    )
    log.matched.add(decision.number)
    same = next((other for other in draft.claims if other.claim.id == claim.id), None)
    if same is not None:
        _decide(same, VERDICT, replace(decision, action=Action.ACCEPT), log)
        same.is_rejected = False
        same.change(decision)
    else:
        draft.claims.append(DraftClaim.of(claim))
