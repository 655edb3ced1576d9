"""Which mentions of one document are one entity.

Names go first, over the whole document, since a surname may come before the full name and a definition in brackets holds
everywhere. Descriptions, nominals and pronouns follow in text order, each resolved to what was mentioned last and fits.
What does not resolve is left out: no entity is better than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from nhskg.model import Document, DocumentEntity, Entity, Kind, Label, Mention
from nhskg.plurals import plural
from nhskg.resolve import nominals, people, pronouns, shortened
from nhskg.resolve.state import Knowledge, Place, State

DEFINITION = re.compile(r"\s*\(\s*(?:the\s+)?[“\"‘']?([A-Z][A-Za-z&/]*[A-Z][A-Za-z&/]*)[”\"’']?\s*\)")


@dataclass(frozen=True, slots=True)
class Resolution:
    """The entities of a document, the entity that each resolved mention leads to, and the speaker of each paragraph.

    ``minor`` has the entities that are worth keeping only if a claim is about them: those that only this document describes,
    without a name, and those with minor mentions only.
    """

    entities: Mapping[str, DocumentEntity]
    by_place: Mapping[Place, str]
    speakers: Mapping[int, str]
    minor: frozenset[str]


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
    for mention in mentions:
        entity = _entity_of(state, mention)
        if entity is not None:
            state.put(mention, entity)
    speaking = {paragraph: people.person(state, name).id for paragraph, name in speakers.items()}
    for identifier in speaking.values():
        state.mentions.setdefault(identifier, [])
    found = {
        identifier: DocumentEntity(entity=_told_apart(state, identifier), mentions=tuple(sorted(set(spans))))
        for identifier, spans in sorted(state.mentions.items())
    }
    minor = state.local | (state.minor - state.major)
    return Resolution(entities=found, by_place=state.by_place, speakers=speaking, minor=frozenset(minor))


def _told_apart(state: State, identifier: str) -> Entity:
    """The entity; in a graph of many documents "Plan" says nothing, so its document's title tells whose it is."""
    entity = state.entities[identifier]
    if identifier not in state.local or " " in entity.name or entity.kind is Kind.PERSON:
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
        if mention.kind is Kind.PERSON:
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
                return people.office_holder(state, mention)
            return people.member_spoken_of(state, mention)
        return nominals.nominal(state, mention)
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
    return pronouns.thing(state, mention)


def _same_kind(description: Mention, name: Mention) -> bool:
    """Whether a description may be of the thing named; a group of several is no one thing."""
    if description.kind is Kind.GROUP or description.is_plural:
        return False
    return description.kind in (name.kind, None)


def _body(state: State, mention: Mention) -> Entity:
    defined = state.definitions.get(mention.phrase)
    if defined:
        return state.entities[defined]
    candidates = mention.candidates if len(mention.candidates) < 2 else _decided(state, mention)
    if len(candidates) == 1:
        return state.registered(candidates[0])
    return state.new(Kind.ORGANISATION, mention.phrase)


def _decided(state: State, mention: Mention) -> tuple[str, ...]:
    """Which of several bodies a name means: the one so named, named in full elsewhere, or whose place the document names.

    Where nothing decides, the name stays an entity of its own.
    """
    bodies = state.knowledge.register.bodies
    exact = tuple(i for i in mention.candidates if bodies[i].name == mention.phrase)
    named = tuple(i for i in mention.candidates if i in state.certain)
    words = {i: _telling_words(state, bodies[i].name) for i in mention.candidates}
    shared = set.intersection(*words.values())
    near = tuple(i for i in mention.candidates if not state.words.isdisjoint(words[i] - shared))
    return next((found for found in (named, exact, near) if len(found) == 1), mention.candidates)


def _telling_words(state: State, name: str) -> set[str]:
    return {word for word in name.split() if word[0].isupper()} - state.knowledge.name_nouns


def _described(state: State, mention: Mention) -> Entity:
    kind = mention.kind or Kind.PROGRAMME
    words = mention.phrase
    if kind is Kind.GROUP:
        return state.new(kind, words, display=_capital(plural(words)), local=mention.is_local)
    if kind is Kind.ORGANISATION and mention.is_local:
        named = nominals.called_in_part(state, mention)
        if named is not None:
            return named
    return state.new(kind, words, display=_capital(words), local=mention.is_local)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
