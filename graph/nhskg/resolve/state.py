"""What is known of a document's entities while its mentions are resolved one after the other."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from nhskg.model import Document, Entity, Kind, Label, Mention, TextSpan
from nhskg.register import Body, Register
from nhskg.resolve.identifiers import entity_id

REGISTER_KINDS = {"programme": Kind.PROGRAMME, "inquiry": Kind.PROGRAMME, "fund": Kind.FUND}
"""Kinds of the register that are no organisations."""

Place = tuple[int, int]
"""Paragraph and head word of a mention."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What resolving rests on besides the text.

    Attributes:
        body_kinds: for a noun ("regulator"), the kinds of body in the register that it may stand for.
        called: for a noun ("hospital"), the nouns in names that it may stand for ("infirmary").
        name_nouns: words that many names have ("Trust", "Royal") and that therefore tell none.
        things: nouns that may stand for a fund, programme or document, whatever else they stand for.
        beside_places: the last words of the names of bodies that are not called by their place alone ("Council").
        papers: the last words of the names of newspapers.
        unnamed: nouns for a body that need no name where a text has none ("the trust").
        metonyms: for a noun, the one body that it stands for in texts that speak of that body ("the centre").
        two: words for two things at once (``both``), for the first and the last of two (``former``, ``latter``), and the
            nouns that any two bodies or people may be called (``bodies``, ``people``).
        offices: for a description ("health secretary"), the beginning of the posts that it may stand for.
        not_in_office: words before such a description that make it somebody else's ("former").
        women, men: given names and titles that tell.
    """

    register: Register
    body_kinds: Mapping[str, frozenset[str]]
    called: Mapping[str, frozenset[str]]
    name_nouns: frozenset[str]
    things: frozenset[str]
    beside_places: frozenset[str]
    papers: frozenset[str]
    unnamed: frozenset[str]
    metonyms: Mapping[str, str]
    offices: Mapping[str, str]
    not_in_office: frozenset[str]
    two: Mapping[str, frozenset[str]]
    women: frozenset[str]
    men: frozenset[str]


@dataclass(slots=True)
class State:
    """Entities so far.

    Attributes:
        at: the mentions of the document by place.
        named: the names of the whole document with their entities.
        history: the resolved mentions in text order.
        heard: the same with the things that no list knows.
        several: the entities of mentions that stand for more than one.
        holders: the people whom the document itself says to hold an office.
        by_register: the mentions that only the register's office holders tell.
        bodies: the names of bodies in the whole document, each with one of its mentions.
        certain: ids of the bodies that the document names without doubt.
        words: the capitalised words of the document.
        described: the nouns that the text has put beside each entity's name.
        local: what exists only in this document, without a name.
        minor, major: what has been mentioned by the way, and as something that matters.
    """

    document: Document
    knowledge: Knowledge
    speakers: Mapping[int, str]
    entities: dict[str, Entity] = field(default_factory=dict)
    mentions: dict[str, list[TextSpan]] = field(default_factory=dict)
    by_place: dict[Place, str] = field(default_factory=dict)
    definitions: dict[str, str] = field(default_factory=dict)
    people: dict[str, set[str]] = field(default_factory=dict)
    bodies: dict[str, Mention] = field(default_factory=dict)
    certain: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    described: dict[str, set[str]] = field(default_factory=dict)
    phrases: dict[str, set[str]] = field(default_factory=dict)
    at: dict[Place, Mention] = field(default_factory=dict)
    first_person: Mapping[Place, Entity] = field(default_factory=dict)
    named: list[tuple[Mention, Entity]] = field(default_factory=list)
    history: list[tuple[Mention, str]] = field(default_factory=list)
    heard: list[tuple[Mention, str]] = field(default_factory=list)
    several: dict[Place, tuple[str, ...]] = field(default_factory=dict)
    holders: dict[str, set[str]] = field(default_factory=dict)
    by_register: dict[Place, tuple[str, TextSpan]] = field(default_factory=dict)
    local: set[str] = field(default_factory=set)
    minor: set[str] = field(default_factory=set)
    major: set[str] = field(default_factory=set)

    def put(self, mention: Mention, entity: Entity) -> None:
        """Takes in that a mention is an entity."""
        self.entities.setdefault(entity.id, entity)
        self.mentions.setdefault(entity.id, []).append(mention.span)
        self.by_place[mention.paragraph, mention.head] = entity.id
        self.history.append((mention, entity.id))
        self.heard.append((mention, entity.id))
        self.described.setdefault(entity.id, set()).update(mention.described)
        if mention.is_minor:
            self.minor.add(entity.id)
        elif mention.label in (Label.REGISTER, Label.NAME, Label.PHRASE):
            self.major.add(entity.id)
        if mention.label is not Label.PRONOUN:
            self.phrases.setdefault(entity.id, set()).add(mention.phrase)

    def new(
        self, kind: Kind, name: str, *, display: str = "", local: bool = False, candidates: tuple[str, ...] = ()
    ) -> Entity:
        """Gives the entity that a name makes by itself; a local one exists only in this document.

        Args:
            kind: what it is.
            name: its name, or the description that identifies it.
            display: how it is shown, where that is not the name.
            local: whether it exists only in this document.
            candidates: the bodies of the register that it may be.
        """
        identifier = entity_id(kind, name, self.document.id if local else "")
        if local:
            self.local.add(identifier)
        entity = Entity(id=identifier, kind=kind, name=display or name, candidates=candidates)
        return self.entities.setdefault(identifier, entity)

    def registered(self, identifier: str) -> Entity:
        """Gives the entity of a body in the register."""
        if identifier not in self.entities:
            self.entities[identifier] = registered_entity(self.knowledge.register.bodies[identifier])
        return self.entities[identifier]

    def named_in(self, sentence: int) -> list[tuple[Mention, Entity]]:
        """Gives the names of one sentence in text order."""
        start = bisect_left(self.named, sentence, key=lambda pair: pair[0].sentence)
        return list(itertools.takewhile(lambda pair: pair[0].sentence == sentence, self.named[start:]))

    def before(self, mention: Mention, sentences: int, *, unlisted: bool = False) -> Iterator[tuple[Mention, Entity]]:
        """Gives what was mentioned in the last so many sentences and this one, the latest first; on demand unlisted things too."""
        for earlier, identifier in reversed(self.heard if unlisted else self.history):
            if mention.sentence - earlier.sentence > sentences:
                return
            yield earlier, self.entities[identifier]


def registered_entity(body: Body) -> Entity:
    """Gives a body of the register as an entity."""
    return Entity(
        id=body.id,
        kind=REGISTER_KINDS.get(body.kind, Kind.ORGANISATION),
        name=body.name,
        aliases=tuple(sorted(body.aliases)),
        ods_code=body.ods_code,
        registered=True,
    )
