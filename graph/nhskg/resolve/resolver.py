"""Which mentions of one document are one entity.

Names go first, over the whole document, since a surname may come before the full name and a definition in brackets holds
everywhere. Descriptions, nominals and pronouns follow in text order, each resolved to what was mentioned last and fits.
What does not resolve is left out: no entity is better than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from nhskg.model import Document, DocumentEntity, Entity, Kind, Label, Mention
from nhskg.plurals import plural
from nhskg.resolve import nominals, pairs, people, pronouns, shortened
from nhskg.resolve.ambiguous import decided
from nhskg.resolve.state import Knowledge, Place, State

DEFINITION = re.compile(r"\s*\(\s*(?:the\s+)?[“\"‘']?([A-Z][A-Za-z&/]*[A-Z][A-Za-z&/]*)[”\"’']?\s*\)")


@dataclass(frozen=True, slots=True)
class Resolution:
    """The entities of a document, the entity that each resolved mention leads to, and the speaker of each paragraph.

    ``minor`` has the entities that are worth keeping only if a claim is about them: those that only this document describes,
    without a name, those with minor mentions only, and those that only the register's office holders tell. ``several`` has
    the entities of mentions that stand for more than one ("both"), ``by_register`` the places of the offices so told.
    Only the second opinion looks at ``unlisted``, things of which no list knows, which are minor, and at ``guessed``, what
    pronouns may stand for.
    """

    entities: Mapping[str, DocumentEntity]
    by_place: Mapping[Place, str]
    speakers: Mapping[int, str]
    minor: frozenset[str]
    several: Mapping[Place, tuple[str, ...]] = field(default_factory=dict)
    by_register: frozenset[Place] = frozenset()
    unlisted: Mapping[Place, str] = field(default_factory=dict)
    guessed: Mapping[Place, str] = field(default_factory=dict)

    def may_be(self, place: Place) -> tuple[str, ...]:
        """The entities that a word may stand for, guesses included."""
        for told in (self.by_place, self.guessed, self.unlisted):
            if place in told:
                return (told[place],)
        return self.several.get(place, ())


def resolve(
    document: Document,
    mentions: Sequence[Mention],
    knowledge: Knowledge,
    speakers: Mapping[int, str],
    first_person: Mapping[Place, Entity] | None = None,
) -> Resolution:
    """Resolves the mentions of a document.

    Args:
        document: the document, for definitions in brackets.
        mentions: in text order.
        knowledge: the register and the word lists.
        speakers: name of the person who speaks in the first person, by paragraph.
        first_person: entities of "I" and "we" by place, where a first look at the document has told them.
    """
    state = State(document, knowledge, speakers)
    state.first_person = first_person or {}
    for name in speakers.values():
        people.note_full_name(state, name)
    state.at = {(m.paragraph, m.head): m for m in mentions}
    named = [m for m in mentions if m.label in (Label.REGISTER, Label.NAME)]
    state.certain = {mention.candidates[0] for mention in named if len(mention.candidates) == 1}
    state.words = set(re.findall(r"\b[A-Z]\w+", document.text))
    for mention in named:
        if mention.kind is Kind.PERSON:
            people.note_full_name(state, mention.phrase)
        elif mention.kind is Kind.ORGANISATION:
            state.bodies.setdefault(mention.phrase, mention)
            _note_definition(state, mention)
    state.named = [(mention, entity) for mention in named if (entity := _entity_of(state, mention)) is not None]
    for mention, entity in state.named:
        state.described.setdefault(entity.id, set()).update(mention.described)
    people.note_office_holders(state, mentions)
    unlisted: dict[Place, str] = {}
    guessed: dict[Place, str] = {}
    for mention in mentions:
        entity = None if mention.is_unlisted else _entity_of(state, mention)
        place = (mention.paragraph, mention.head)
        if entity is not None:
            state.put(mention, entity)
        elif mention.label is Label.PRONOUN:
            if place not in state.several and (guess := pronouns.guess(state, mention)) is not None:
                guessed[place] = guess.id
        elif mention.is_unlisted or _may_be_unlisted(state, mention):
            thing = _unlisted(state, mention)
            if thing is not None:
                unlisted[place] = thing
                state.heard.append((mention, thing))
    speaking = {paragraph: people.person(state, name).id for paragraph, name in speakers.items()}
    for identifier in speaking.values():
        state.mentions.setdefault(identifier, [])
    found = {
        identifier: DocumentEntity(
            entity=_told_apart(state, identifier),
            mentions=tuple(sorted(set(spans))),
            by_register=tuple(sorted(span for told, span in state.by_register.values() if told == identifier)),
        )
        for identifier, spans in sorted(state.mentions.items())
    }
    unnamed = {identifier for identifier in state.local if not people.is_told(state, state.entities[identifier])}
    appearing = {entity.id for _, entity in state.named} | set(speaking.values())
    only_told = {identifier for identifier, _ in state.by_register.values()} - appearing
    return Resolution(
        entities=found,
        by_place=state.by_place,
        speakers=speaking,
        minor=frozenset(unnamed | (state.minor - state.major) | only_told),
        several=state.several,
        by_register=frozenset(state.by_register),
        unlisted=unlisted,
        guessed=guessed,
    )


def _may_be_unlisted(state: State, mention: Mention) -> bool:
    """Whether a noun that stands for nothing named is still a thing, as "the ambulance service" where none is named."""
    is_several = (mention.paragraph, mention.head) in state.several
    return mention.label is Label.NOMINAL and mention.kind is not Kind.PERSON and not is_several


def _unlisted(state: State, mention: Mention) -> str | None:
    """The entity of a thing that no list knows, unless it says what the name beside it is."""
    beside = None if mention.beside is None else state.at.get((mention.paragraph, mention.beside))
    if beside is not None and beside.label in (Label.REGISTER, Label.NAME) and not mention.is_plural:
        return None
    kind = mention.kind or Kind.ORGANISATION
    shown = plural(mention.phrase) if kind is Kind.GROUP else mention.phrase
    entity = state.new(kind, mention.phrase, display=_capital(shown), local=True)
    state.mentions.setdefault(entity.id, []).append(mention.span)
    return entity.id


def _told_apart(state: State, identifier: str) -> Entity:
    """The entity; in a graph of many documents "Plan" says nothing, so its document's title tells whose it is."""
    entity = state.entities[identifier]
    if (
        identifier not in state.local
        or " " in entity.name
        or (entity.kind is Kind.PERSON and identifier not in state.minor)
    ):
        return entity
    return replace(entity, name=f"{entity.name} (in {state.document.title or state.document.id})")


def _note_definition(state: State, mention: Mention) -> None:
    """Takes in "Full Name (FN)": in this document, FN is that body wherever it comes."""
    match = DEFINITION.match(state.document.text, mention.span.end)
    if match and match[1] not in state.definitions:
        state.definitions[match[1]] = _body(state, mention).id


def _entity_of(state: State, mention: Mention) -> Entity | None:
    if mention.label in (Label.REGISTER, Label.NAME):
        longer = shortened.longer_name(state, mention)
        if longer is not None:
            return _body(state, longer)
        if mention.label is Label.NAME and people.is_speaker(state, mention.phrase):
            return people.person(state, mention.phrase)
        if mention.kind is Kind.PERSON or (mention.kind is Kind.PLACE and people.is_given_name(state, mention.phrase)):
            return people.person(state, mention.phrase)
        if mention.label is Label.NAME and mention.kind not in (Kind.ORGANISATION, None):
            return state.new(mention.kind, mention.phrase)
        return _body(state, mention)
    if mention.beside is not None:
        other = state.at.get((mention.paragraph, mention.beside))
        if other is not None and other.label in (Label.REGISTER, Label.NAME) and _same_kind(mention, other):
            return _entity_of(state, other)
    if mention.label is Label.PHRASE:
        return _described(state, mention)
    if mention.label is Label.NOMINAL:
        if mention.kind is Kind.PERSON:
            if mention.phrase in state.knowledge.offices:
                return people.office_holder(state, mention) or people.in_post(state, mention)
            if mention.is_local:
                return people.in_post(state, mention)
            return people.member_spoken_of(state, mention)
        return _nominal(state, mention)
    if (mention.paragraph, mention.head) in state.first_person:
        return state.first_person[mention.paragraph, mention.head]
    if mention.phrase in people.TOGETHER:
        # "We in the Department of Health"
        named = None if mention.beside is None else state.at.get((mention.paragraph, mention.beside))
        if named is not None and named.label is Label.REGISTER:
            return _entity_of(state, named)
        return people.together(state, mention)
    if mention.phrase in people.SPEAKING:
        return people.speaker_pronoun(state, mention)
    if mention.phrase in people.WOMAN | people.MAN:
        return people.gendered_pronoun(state, mention)
    found = pronouns.thing(state, mention)
    if (
        found is None
        and mention.phrase in pronouns.PLURAL
        and (mention.is_subject or mention.phrase in pronouns.POSSESSIVE)
    ):
        _note_several(state, mention, pairs.they(state, mention))
    return found


def _nominal(state: State, mention: Mention) -> Entity | None:
    """A noun that stands for something named: for one thing, for one of two, or for two."""
    two = state.knowledge.two
    if mention.phrase in two["former"] | two["latter"]:
        return pairs.one_of_two(state, mention, is_last=mention.phrase in two["latter"])
    first, _, noun = mention.phrase.partition(" ")
    if first not in two["both"]:
        return nominals.nominal(state, mention)
    found = pairs.both(state, mention, noun)
    _note_several(state, mention, found)
    # "The two trusts" that nothing names are still a group in this document; "both" are nothing.
    return _described(state, mention) if noun and not found and mention.is_local else None


def _note_several(state: State, mention: Mention, found: tuple[Entity, ...]) -> None:
    if found:
        state.several[mention.paragraph, mention.head] = tuple(entity.id for entity in found)


def _same_kind(description: Mention, name: Mention) -> bool:
    """Whether a description may be of the thing named; a group of several is no one thing."""
    if description.kind is Kind.GROUP or description.is_plural:
        return False
    return description.kind in (name.kind, None)


def _body(state: State, mention: Mention) -> Entity:
    defined = state.definitions.get(mention.phrase)
    if defined:
        return state.entities[defined]
    candidates = mention.candidates if len(mention.candidates) < 2 else decided(state, mention)
    if len(candidates) == 1:
        return state.registered(candidates[0])
    return state.new(Kind.ORGANISATION, mention.phrase, candidates=candidates)


def _described(state: State, mention: Mention) -> Entity:
    kind = mention.kind or Kind.PROGRAMME
    owner = None if mention.owner is None else state.by_place.get((mention.paragraph, mention.owner))
    if owner:  # "its staff"
        whose = state.entities[owner].name
        display = _capital(f"{plural(mention.phrase)} of {whose}")
        return state.new(kind, f"{whose} {mention.phrase}", display=display, local=True)
    words = mention.phrase
    longer = nominals.said_longer(state, kind, words)
    if longer is not None:
        return longer
    if kind is Kind.GROUP:
        return state.new(kind, words, display=_capital(plural(words)), local=mention.is_local)
    if kind is Kind.ORGANISATION:
        named = nominals.called_in_part(state, mention)
        if named is not None:
            return named
    return state.new(kind, words, display=_capital(words), local=mention.is_local)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
