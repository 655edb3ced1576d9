"""What decisions make of the entities of a document: split, merged, told apart, renamed.

A split is of one document and comes first, so that merges are of what is left. What an entity was before stays known to the
claims, so that decisions on them find them by old ids and by new ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from nhskg.corrections.decisions import Decision
from nhskg.corrections.drafts import Draft, Log, with_correction
from nhskg.corrections.quotes import STRAIGHT
from nhskg.corrections.references import Reference, Unknown, are_same, is_told_apart, meant, refer_to, reference, target
from nhskg.finding import name_key
from nhskg.model import Entity, TextSpan
from nhskg.register import Register

Find = Callable[[Entity], Iterable[Decision]]
"""Gives the decisions that may be about an entity."""


def keys(entity: Entity) -> Iterator[str]:
    """Gives all that a reference to an entity may have for a key."""
    yield f"id {entity.id}"
    yield from (f"name {name_key(name)}" for name in (entity.id, entity.name, entity.ods_code, *entity.aliases) if name)


def split(draft: Draft, decisions: Sequence[Decision], register: Register, log: Log) -> None:
    """Makes an entity of this document, or those of its mentions that a quote has, another one."""
    chosen: dict[tuple[str, str], Decision] = {}
    for decision in decisions:
        entity = _one(decision, decision.subject, draft.known, log)
        if entity is None:
            continue
        place = entity.id, " ".join(decision.quote.split())
        if place in chosen and chosen[place].to != decision.to:
            log.overrule(chosen[place], decision)
            log.matched.add(chosen[place].number)
        chosen[place] = decision
    # Single mentions first: what is said of all of them holds for the others.
    for (old, quote), decision in sorted(chosen.items(), key=lambda item: (not item[0][1], item[1].order)):
        if old not in draft.entities:
            continue
        new = _target(decision, register, log, draft.entities[old].entity, draft.known)
        if new is None or new.id == old:
            continue
        new = replace(new, corrections=with_correction(new.corrections, decision))
        quoted = _places(draft.document.text, quote)
        found = draft.entities[old]
        spans = [span for span in found.mentions if any(a <= span.start and span.end <= b for a, b in quoted)]
        claims = [
            claim
            for claim in draft.claims
            if old in (claim.claim.subject, claim.claim.object, claim.claim.speaker)
            and (not quote or _is_all(claim.claim.evidence.span, found.mentions, spans, quoted))
        ]
        if quote and not spans and not claims:
            continue
        log.matched.add(decision.number)
        draft.move(old, new, spans if quote else None)
        for claim in claims:
            claim.move(old, new.id)
            claim.claim = replace(claim.claim, corrections=with_correction(claim.claim.corrections, decision))


def _places(text: str, quote: str) -> list[tuple[int, int]]:
    """Where a text has some words."""
    pattern = r"\s+".join(re.escape(word) for word in quote.translate(STRAIGHT).split())
    return [match.span() for match in re.finditer(pattern, text.translate(STRAIGHT))] if pattern else []


def _is_all(
    sentence: TextSpan, mentions: Iterable[TextSpan], moved: Iterable[TextSpan], quoted: Iterable[tuple[int, int]]
) -> bool:
    """Whether all that a sentence says of an entity is in what moves."""
    here = {span for span in mentions if sentence.start <= span.start and span.end <= sentence.end}
    if here:
        return here <= set(moved)
    return any(start <= sentence.start and sentence.end <= end for start, end in quoted)


def merge(draft: Draft, find: Find, register: Register, log: Log) -> None:
    """Makes entities those that they are by decision, step by step to the last."""
    known = draft.known
    for entity in known:
        new, made = settled(entity, known, find, register, log)
        log.matched.update(decision.number for decision in made)
        if new.id == entity.id:
            continue
        names = set(entity.aliases) if is_told_apart(entity) else {entity.name, *entity.aliases}
        current = draft.entities[new.id].entity if new.id in draft.entities else new
        corrections = current.corrections
        for decision in made:
            corrections = with_correction(corrections, decision)
        aliases = tuple(sorted({*current.aliases, *names} - {current.name}))
        draft.move(entity.id, replace(current, aliases=aliases, corrections=corrections))
        for claim in draft.claims:
            claim.move(entity.id, new.id)
    for claim in draft.claims:
        if claim.claim.subject == claim.claim.object and claim.read.subject != claim.read.object:
            claim.is_rejected = True
            log.notes.add(
                f"{draft.document.id}: left out, since its two ends are one by decision: {claim.read.subject} — "
                f"{claim.read.predicate.replace('_', ' ')} → {claim.read.object}"
            )


def settled(
    entity: Entity, known: Sequence[Entity], find: Find, register: Register, log: Log
) -> tuple[Entity, list[Decision]]:
    """Gives what an entity is by decision, itself if nobody decided, and the decisions that lead there.

    Args:
        entity: the entity.
        known: the entities of the document as it was read.
        find: gives the merges that may be about an entity.
        register: the register in use.
        log: takes in what is contradicted.
    """
    steps: list[tuple[Decision, Entity]] = []
    now = entity
    while True:
        decision = _last(now, known, find, log)
        new = _target(decision, register, log, now, known) if decision else None
        if decision is None or new is None or new.id == now.id:
            return now, [step for step, _ in steps]
        numbers = [step.number for step, _ in steps]
        if decision.number in numbers:
            # In a circle, "A is B" and "B is A", the latest says which name they go by.
            circle = steps[numbers.index(decision.number) :]
            return max(circle, key=lambda step: step[0].order)[1], [step for step, _ in steps]
        steps.append((decision, new))
        now = new


def _last(entity: Entity, known: Sequence[Entity], find: Find, log: Log) -> Decision | None:
    """The latest merge of an entity."""
    fitting = sorted((d for d in find(entity) if _means(d, entity, known, log)), key=lambda d: d.order)
    for earlier in fitting[:-1]:
        log.matched.add(earlier.number)
        if not are_same(reference(earlier.to), reference(fitting[-1].to)):
            log.overrule(earlier, fitting[-1])
    return fitting[-1] if fitting else None


def _means(decision: Decision, entity: Entity, known: Sequence[Entity], log: Log) -> bool:
    if decision.subject is None:
        return False
    here = meant(decision.subject, known) or meant(decision.subject, [entity])
    if len(here) > 1 and entity in here:
        log.complain(decision, _several(decision.subject, here))
        return False
    return entity in here


def tell_apart(draft: Draft, find: Find, log: Log) -> None:
    """Takes bodies that an entity is not by decision out of those that it may be."""
    for found in list(draft.entities.values()):
        entity = found.entity
        for decision in sorted(find(entity), key=lambda d: d.order):
            ends = [decision.subject, decision.object]
            mine = [end for end in ends if end and (meant(end, [entity]) or end.id in draft.was.get(entity.id, ()))]
            if not mine:
                continue
            log.matched.add(decision.number)
            others = [end for end in ends if end not in mine]
            gone = {end.id for end in others if end} & set(entity.candidates)
            if gone:
                candidates = tuple(identifier for identifier in entity.candidates if identifier not in gone)
                corrections = with_correction(entity.corrections, decision)
                entity = replace(entity, candidates=candidates, corrections=corrections)
        draft.entities[entity.id] = replace(found, entity=entity)


def rename(draft: Draft, find: Find, log: Log) -> None:
    """Gives entities the names that they go by by decision; what they were called stays an alias."""
    known = draft.known
    for entity in known:
        was = draft.was.get(entity.id, set())
        chosen: Decision | None = None
        for decision in sorted(find(entity), key=lambda d: d.order):
            if decision.subject is None:
                continue
            if decision.subject.id in was:  # the one that was merged into this is gone, and its name is one of many
                log.matched.add(decision.number)
                aliases = tuple(sorted({*entity.aliases, decision.to} - {entity.name}))
                entity = replace(entity, aliases=aliases)
            elif _means(decision, entity, known, log):
                log.matched.add(decision.number)
                if chosen is not None and chosen.to != decision.to:
                    log.overrule(chosen, decision)
                chosen = decision
        if chosen is not None:
            names = {entity.name, *entity.aliases} - {chosen.to}
            corrections = with_correction(entity.corrections, chosen)
            entity = replace(entity, name=chosen.to, aliases=tuple(sorted(names)), corrections=corrections)
        draft.put(replace(draft.entities[entity.id], entity=entity))


def _one(decision: Decision, wanted: Reference | None, known: Sequence[Entity], log: Log) -> Entity | None:
    if wanted is None:
        return None
    here = meant(wanted, known)
    if len(here) > 1:
        log.complain(decision, _several(wanted, here))
    return here[0] if len(here) == 1 else None


def _several(wanted: Reference, here: Sequence[Entity]) -> str:
    listed = ", ".join(str(refer_to(entity)) for entity in sorted(here, key=lambda entity: entity.id))
    return f"{wanted} is the name of several; write it as one of these: {listed}"


def _target(decision: Decision, register: Register, log: Log, entity: Entity, known: Sequence[Entity]) -> Entity | None:
    wanted = reference(decision.to)
    if wanted is None:
        return None
    try:
        return target(wanted, known, register, entity.kind)
    except Unknown as error:
        log.complain(decision, str(error))
        return None
