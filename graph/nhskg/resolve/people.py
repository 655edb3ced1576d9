"""People: surnames, the speakers of debates, offices, pronouns with a gender."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nhskg.model import Entity, Kind, Label, Mention
from nhskg.register.bodies import load_office_holders
from nhskg.resolve.state import State

NAME_IN_BRACKETS = re.compile(r".*\((?:Mr |Mrs |Ms |Dr |Sir |Dame )?((?:[A-Z][\w’'-]+ ?){1,4})\)$")
PEERAGE = ("Lord", "Lady", "Baroness", "Baron", "Viscount", "Viscountess", "Earl", "Countess")
PEER = re.compile(rf"^(?:{'|'.join(PEERAGE)}) (?:of )?(?P<name>\S+)")
TITLE = re.compile(r"^(?:(?:Rt Hon|Right Hon|The|Sir|Dame|Dr|Mr|Mrs|Ms|Miss|Prof|Professor|Rev|Cllr|Councillor)\.? )+")
WOMAN = {"she", "her", "hers"}
MAN = {"he", "him", "his"}
SPEAKING = {"i", "me", "my"}
TOGETHER = {"we", "us", "our", "ours"}
SENTENCES_BACK = 3
LONGEST_OFFICE = 60
WORD = re.compile(r"[\w’']+")
MINISTERIAL = ("Secretary of State", "Minister", "Parliamentary Under-Secretary")
GOVERNMENT = "uk-government"


def person(state: State, name: str) -> Entity:
    """The person of a name; a surname or title with a given name is the one person whom the document names so in full."""
    name = TITLE.sub("", name)
    peer = PEER.match(name)
    if " " in name and not peer:
        return state.new(Kind.PERSON, name)
    full = sorted(state.people.get(peer["name"] if peer else name, set()) - {name})
    if peer:
        # "Lord Hunt" is not Jeremy Hunt, but "Lord Hunt of Kings Heath" where the document has him.
        peers = [other for other in full if PEER.match(other) and len(other) > len(name)]
        return state.new(Kind.PERSON, peers[0] if len(peers) == 1 else name)
    if len(full) == 1:
        return state.new(Kind.PERSON, full[0])
    return state.new(Kind.PERSON, name, local=True)


def is_told(state: State, entity: Entity) -> bool:
    """Whether an entity is a person whom a surname tells: not one of two in the document."""
    return entity.kind is Kind.PERSON and len(state.people.get(entity.name, ())) < 2


def is_speaker(state: State, name: str) -> bool:
    """Whether somebody of this name speaks, whatever the language model takes the name for."""
    return " " in name and any(TITLE.sub("", speaker) == name for speaker in state.speakers.values())


def is_given_name(state: State, name: str) -> bool:
    """Whether a word is the given name of the one person whom the document names so in full."""
    full = state.people.get(name, set())
    return len(full) == 1 and next(iter(full)).split()[0] == name


def note_full_name(state: State, name: str) -> None:
    """Takes in a full name, so that its parts lead to it wherever they come."""
    name = TITLE.sub("", name)
    parts = name.split()
    if peer := PEER.match(name):
        state.people.setdefault(peer["name"], set()).add(name)
    elif len(parts) > 1:
        state.people.setdefault(parts[-1], set()).add(name)
        state.people.setdefault(parts[0], set()).add(name)


def member_spoken_of(state: State, mention: Mention) -> Entity | None:
    """ "the hon. Member for Southport (Jane Crosby)", "the hon. Lady": the name in brackets, else who spoke before."""
    match = NAME_IN_BRACKETS.match(mention.phrase)
    if match:
        return person(state, match[1].strip())
    now = state.speakers.get(mention.paragraph)
    for paragraph in range(mention.paragraph - 1, -1, -1):
        earlier = state.speakers.get(paragraph)
        if earlier and earlier != now:
            return person(state, earlier)
    return None


def note_office_holders(state: State, mentions: Sequence[Mention]) -> None:
    """Takes in whom the document itself says to hold an office: "health secretary Jane Crosby", "Crosby, the health secretary"."""
    knowledge, text = state.knowledge, state.document.text
    for mention, entity in state.named:
        if entity.kind is not Kind.PERSON:
            continue
        before = text[max(0, mention.span.start - LONGEST_OFFICE) : mention.span.start].lower().rstrip()
        for office, post in knowledge.offices.items():
            if before.endswith(office):
                _note_holder(state, post, before.removesuffix(office), entity)
    for mention in mentions:
        beside = None if mention.beside is None else state.at.get((mention.paragraph, mention.beside))
        if mention.phrase in knowledge.offices and beside is not None and beside.kind is Kind.PERSON:
            before = text[max(0, mention.span.start - LONGEST_OFFICE) : mention.span.start].lower()
            _note_holder(state, knowledge.offices[mention.phrase], before, person(state, beside.phrase))


def _note_holder(state: State, post: str, before: str, holder: Entity) -> None:
    """Takes in a holder, unless the last word before the office says that it is not the office, or not now."""
    if state.knowledge.not_in_office.isdisjoint(WORD.findall(before)[-1:]):
        state.holders.setdefault(post, set()).add(holder.id)


def office_holder(state: State, mention: Mention) -> Entity | None:
    """ "the health secretary": whom the document says to be it, else who held the post on its date, by the register."""
    post = state.knowledge.offices[mention.phrase]
    before = state.document.text[max(0, mention.span.start - LONGEST_OFFICE) : mention.span.start].lower()
    if not state.knowledge.not_in_office.isdisjoint(WORD.findall(before)[-1:]):
        return None
    said = state.holders.get(post, set())
    if said:
        return state.entities[next(iter(said))] if len(said) == 1 else None
    day = state.document.published
    if day is None:
        return None
    holders = {
        holder.names[0] for holder in load_office_holders() if holder.post.startswith(post) and holder.held_on(day)
    }
    if len(holders) != 1:
        return None
    holder = person(state, holders.pop())
    state.by_register[mention.paragraph, mention.head] = (holder.id, mention.span)
    return holder


def in_post(state: State, mention: Mention) -> Entity | None:
    """ "The minister": the one person whom the text calls so; a post without a name is no entity by the guidelines."""
    called = {
        identifier
        for identifier, nouns in state.described.items()
        if mention.phrase in nouns and state.entities[identifier].kind is Kind.PERSON
    }
    return state.entities[called.pop()] if len(called) == 1 else None


def together(state: State, mention: Mention) -> Entity | None:
    """ "We", said by a minister in a debate, is the government."""
    day = state.document.published
    name = TITLE.sub("", state.speakers.get(mention.paragraph, ""))
    if day is None or not name:
        return None
    posts = {holder.post for holder in load_office_holders() if name in holder.names and holder.held_on(day)}
    is_minister = any(post.startswith(MINISTERIAL) for post in posts)
    return state.registered(GOVERNMENT) if is_minister else None


def speaker_pronoun(state: State, mention: Mention) -> Entity | None:
    """ "I" is whoever has the word."""
    name = state.speakers.get(mention.paragraph)
    return person(state, name) if name else None


def gendered_pronoun(state: State, mention: Mention) -> Entity | None:
    """ "She" is the only person of the sentence so far, or of the sentences before, who may be a woman; of several, a subject.

    Where a name does not tell and two people are near, nobody: a quote put into the wrong mouth is worse than none.
    """
    woman = mention.phrase in WOMAN
    speaker = state.speakers.get(mention.paragraph)
    speaking = person(state, speaker).id if speaker else ""  # who speaks is "I"
    fitting = [
        (earlier, entity, is_woman)
        for earlier, entity in state.before(mention, SENTENCES_BACK)
        if entity.kind is Kind.PERSON
        if entity.id != speaking and not (earlier.label is Label.PRONOUN and earlier.phrase in SPEAKING)
        if (is_woman := _is_woman(state, entity)) in (woman, None)
    ]
    here = {entity.id: entity for earlier, entity, _ in fitting if earlier.sentence == mention.sentence}
    if len(here) == 1:
        return next(iter(here.values()))
    near = {entity.id: entity for _, entity, _ in fitting}
    if len(near) == 1:
        return next(iter(near.values()))
    certain = {entity.id: entity for _, entity, is_woman in fitting if is_woman is woman}
    if len(certain) == 1:
        return next(iter(certain.values()))
    return next((entity for earlier, entity, _ in fitting if earlier.is_subject), None)


def _is_woman(state: State, entity: Entity) -> bool | None:
    """What given name, title or pronouns so far tell; None where they do not."""
    said = {m.phrase for m, identifier in state.history if identifier == entity.id and m.label is Label.PRONOUN}
    if said & WOMAN or said & MAN:
        return bool(said & WOMAN)
    words = {entity.name.split()[0]}
    words |= {name.split()[0] for name in state.speakers.values() if TITLE.sub("", name) == entity.name}
    for span in state.mentions.get(entity.id, ()):
        words |= set(state.document.text[max(0, span.start - 9) : span.start].replace(".", "").split()[-1:])
    if words & state.knowledge.women:
        return True
    return False if words & state.knowledge.men else None
