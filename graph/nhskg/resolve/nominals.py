"""Nouns that stand for something named: "the agency", "the trust", "the scheme", "the money"."""

from __future__ import annotations

import functools
import re

from nhskg.model import Entity, Kind, Label, Mention
from nhskg.plurals import plural
from nhskg.resolve import shortened
from nhskg.resolve.state import State

SENTENCES_BACK = 12
SENTENCES_AHEAD = 2
FADING = 0.85
"""What a mention counts for, compared with one a sentence later."""
NAMED_BY_NOUN = {Kind.ORGANISATION, Kind.PROGRAMME, Kind.FUND, Kind.DOCUMENT}
DESCRIBED = {Kind.PROGRAMME, Kind.DOCUMENT, Kind.FUND, Kind.GROUP}
"""What a definite description may introduce without a name; a body or person it may not."""
TRUST = re.compile(r" (?:NHS |Foundation )*Trust$")
COMPLETED = re.compile(r" (?:of|for|on|at) ")


def nominal(state: State, mention: Mention) -> Entity | None:
    """ "The agency": of what may be called so, what the last sentences speak of most, the nearer the more."""
    centre = state.knowledge.metonyms.get(mention.phrase)
    if centre is not None:
        return state.registered(centre) if centre in state.certain else None
    counts: dict[str, float] = {}
    named: dict[str, float] = {}
    kinds = {Kind.GROUP} if mention.kind is Kind.GROUP else NAMED_BY_NOUN
    if mention.kind is None and mention.phrase not in state.knowledge.things:
        kinds = {Kind.ORGANISATION}  # "the board" is no board paper
    for earlier, entity in state.before(mention, SENTENCES_BACK):
        if earlier.label is Label.PRONOUN or entity.kind not in kinds:
            continue
        weight = FADING ** (mention.sentence - earlier.sentence)
        if mention.phrase in _nouns_of(state, entity):
            # "the department" is the one called so, not the Treasury
            named[entity.id] = named.get(entity.id, 0) + weight
        elif entity.kind is (mention.kind or Kind.ORGANISATION) and _stands_for(state, entity, mention.phrase):
            counts[entity.id] = counts.get(entity.id, 0) + weight
    counts = named or _named_before(state, mention) or counts
    if counts:
        return state.entities[max(counts, key=lambda identifier: counts[identifier])]
    if mention.kind is None:
        return _named_later(state, mention) or _unnamed(state, mention)
    if mention.kind in DESCRIBED:
        # "The merger" that nothing before names is still one thing in this document.
        display = plural(mention.phrase) if mention.kind is Kind.GROUP else mention.phrase
        display = display[:1].upper() + display[1:]
        is_local = mention.is_local or mention.kind is not Kind.GROUP
        return state.new(mention.kind, mention.phrase, display=display, local=is_local)
    return None


def _named_before(state: State, mention: Mention) -> dict[str, float]:
    """The only body that the document has named by the noun itself, however far back: "the trust" is no hospital then."""
    if mention.kind is not None:
        return {}
    called = {
        identifier
        for identifier in state.phrases
        if state.entities[identifier].kind is Kind.ORGANISATION
        if mention.phrase in _nouns_of(state, state.entities[identifier])
    }
    return dict.fromkeys(called, 1.0) if len(called) == 1 else {}


def _named_later(state: State, mention: Mention) -> Entity | None:
    """ "The trust has closed a ward. Barts Health said …": of what may be called so, the only body that the next sentences name.

    Only where no body has been named yet: texts begin so, and headlines.
    """
    if any(entity.kind is Kind.ORGANISATION and earlier.span < mention.span for earlier, entity in state.named):
        return None
    ahead = range(mention.sentence, mention.sentence + SENTENCES_AHEAD + 1)
    found = {
        entity.id: entity
        for later, entity in state.named
        if later.sentence in ahead and later.span.start > mention.span.start
        if entity.kind is Kind.ORGANISATION and may_be_called(state, entity, mention.phrase)
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _unnamed(state: State, mention: Mention) -> Entity | None:
    """ "The trust" of a document that names nothing that may be called so: one body of this document."""
    named = {entity.id: entity for _, entity in state.named}
    may_be_named = any(may_be_called(state, entity, mention.phrase) for entity in named.values())
    if mention.phrase not in state.knowledge.unnamed or may_be_named:
        return None
    return state.new(
        Kind.ORGANISATION, mention.phrase, display=mention.phrase[:1].upper() + mention.phrase[1:], local=True
    )


def said_longer(state: State, kind: Kind, words: str) -> Entity | None:
    """ "Race equality strategy", after "long-term race equality strategy": the only one so far that these words end."""
    if " " not in words or kind is Kind.ORGANISATION:
        return None
    ending = f" {words}"
    found = {
        identifier
        for mention, identifier in state.history
        if mention.label is Label.PHRASE and mention.kind is kind and mention.phrase.endswith(ending)
    }
    return state.entities[found.pop()] if len(found) == 1 else None


def called_in_part(state: State, mention: Mention) -> Entity | None:
    """ "The ambulance trust": the body spoken of before that has these words in its name, if there is just one."""
    words = set(mention.phrase.lower().split())
    called = {
        entity.id: entity
        for earlier, entity in state.before(mention, SENTENCES_BACK)
        if entity.kind is Kind.ORGANISATION and earlier.label is not Label.PRONOUN
        if any(words <= set(name.lower().split()) for name in (entity.name, *state.phrases.get(entity.id, ())))
    }
    return next(iter(called.values())) if len(called) == 1 else None


def _nouns_of(state: State, entity: Entity) -> set[str]:
    """The nouns that are in an entity's names; of a body's names only those that say what it is."""
    names = {entity.name, *state.phrases.get(entity.id, ())}
    if entity.kind is Kind.ORGANISATION:
        return {noun for name in names for noun in heads(name)}
    return {word for name in names for word in name.lower().split()}


@functools.lru_cache(maxsize=10_000)
def heads(name: str) -> tuple[str, ...]:
    """The nouns that say what a body is: the last word, or that before "of"; of a trust also what it is a trust of.

    >>> heads("Kelby Hospitals NHS Trust"), heads("Royal College of Midwives"), heads("NHS Trust Development Authority")
    (('trust', 'hospitals'), ('college',), ('authority',))
    """
    words = COMPLETED.split(name)[0]
    without = TRUST.sub("", words)
    return tuple(part.lower().split()[-1] for part in ([words, without] if without != words else [words]))


def may_be_called(state: State, entity: Entity, noun: str) -> bool:
    """Whether a noun is in an entity's name, or may stand for it."""
    return noun in _nouns_of(state, entity) or _stands_for(state, entity, noun)


def _stands_for(state: State, entity: Entity, noun: str) -> bool:
    """Whether a noun that is not in an entity's name may stand for it, by its kind or what the text has called it."""
    if shortened.means(noun, state.described.get(entity.id, set())):
        return True
    if entity.kind is not Kind.ORGANISATION:
        return entity.kind is Kind.FUND and noun in ("cash", "money", "pot", "fund")
    if entity.id in state.minor - state.major:
        return False  # "the regulator" is never the health service
    knowledge = state.knowledge
    if entity.registered and knowledge.register.bodies[entity.id].kind in knowledge.body_kinds.get(noun, frozenset()):
        return True
    if " " in noun and any(name.lower().endswith(noun) for name in {entity.name, *state.phrases.get(entity.id, ())}):
        return True  # "the clinical commissioning group"
    nouns = _nouns_of(state, entity)
    return not nouns.isdisjoint(knowledge.called.get(noun, frozenset()))
