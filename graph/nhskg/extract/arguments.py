"""Which entities the words stand for that take part in a claim."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from nhskg.extract.appositions import named_beside
from nhskg.extract.lexicon import Lexicon
from nhskg.extract.names import is_person
from nhskg.extract.quotations import quotation_around
from nhskg.extract.roles import RoleFinder
from nhskg.extract.speakers import speaking_word
from nhskg.extract.syntax import WHERE, Roles, is_excluded, preposition
from nhskg.extract.words import Word
from nhskg.model import Kind, Label, Mention
from nhskg.resolve import Resolution

ALIKE = {"such as", "like"}
"""Prepositions after which a place is one of several: "areas such as Kent"."""


@dataclass(frozen=True, slots=True)
class Argument:
    """An entity that takes part in a claim, how it was mentioned, and whether the text says that it is not this one."""

    entity: str
    kind: Kind
    label: Label
    excluded: bool = False


class Arguments:
    """The entities that words of a document stand for.

    ``finders`` find the roles of words, one for each paragraph; ``continued`` has the last word before each paragraph
    that goes on with the quotation of the one before.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        mentions: Sequence[Mention],
        resolution: Resolution,
        finders: Sequence[RoleFinder],
        continued: Mapping[int, Word] | None = None,
    ) -> None:
        self.lexicon = lexicon
        self.finders = finders
        self.continued = continued or {}
        self.resolution = resolution
        told = dict.fromkeys(resolution.by_register, Label.OFFICE)
        self.labels = {(m.paragraph, m.head): m.label for m in mentions} | told
        self._held: dict[tuple[int, int, int, bool], list[Argument]] = {}

    def speaker(self, token: Word, finder: RoleFinder, paragraph: int) -> tuple[bool, Argument | None]:
        """Whether a claim is somebody's words, and whose: the words of the sentence say, or the turn in a debate."""
        reported, words, paragraph = self.speaking(token, finder, paragraph)
        # "A spokesman for the trust said": the trust says so.
        named = next((a for word in words for a in self.of_word(word, paragraph, through_aspects=True)), None)
        if named is None and paragraph in self.resolution.speakers:
            return True, Argument(self.resolution.speakers[paragraph], Kind.PERSON, Label.NAME)
        return reported, named

    def speaking(self, token: Word, finder: RoleFinder, paragraph: int) -> tuple[bool, list[Word], int]:
        """Whether a claim is somebody's words, the words that may name whom, and the paragraph that they are in."""
        reported, words = speaking_word(token, finder, self.lexicon)
        if reported and not words and paragraph in self.continued and quotation_around(token) is not None:
            return self.speaking(self.continued[paragraph], self.finders[paragraph - 1], paragraph - 1)
        return reported, words, paragraph

    def is_person(self, word: Word, paragraph: int) -> bool:
        """Whether a word heads the name of a person."""
        entity = self.resolution.by_place.get((paragraph, word.i))
        return (
            entity is not None
            and self.labels[paragraph, word.i] in (Label.NAME, Label.REGISTER)
            and self.resolution.entities[entity].entity.kind is Kind.PERSON
        )

    def of_roles(
        self,
        names: Sequence[str],
        roles: Roles,
        trigger: Word,
        paragraph: int,
        kinds: frozenset[Kind],
        finder: RoleFinder,
        *,
        through_aspects: bool,
        places_act: bool = False,
    ) -> list[Argument]:
        """The entities of the first role that has any of a fitting kind.

        Args:
            names: the roles, best first. A name with a dot is the role of a role: ``as.of`` for "stepped down as chair of
                Barts Health".
            roles: the words in each role.
            trigger: the word whose roles they are.
            paragraph: its number.
            kinds: the kinds that fit.
            finder: for the roles of roles.
            through_aspects: whether "the trust's finances" stand for the trust, as they do for who investigates them.
            places_act: whether the name of a place may stand for a body in a part that no place can have.
        """
        places_act = places_act and Kind.PLACE not in kinds
        for name in names:
            outer, inner = _steps(name)
            words = [trigger] if name == "self_word" else roles.get(outer, [])
            if inner:
                middles = [behind(word, self.lexicon) for word in words]
                words = [word for middle in middles for word in finder.roles(middle).get(inner, [])]
            found = [
                replace(argument, excluded=True) if is_excluded(word) else argument
                for word in words
                for told in self.of_word(word, paragraph, through_aspects=through_aspects)
                for argument in [self._acting(told, word) if places_act else told]
                if argument.kind in kinds
            ]
            if found:
                return list({argument.entity: argument for argument in found}.values())
        return []

    def of_word(self, word: Word, paragraph: int, depth: int = 0, *, through_aspects: bool = False) -> list[Argument]:
        """The entity that a word heads, or, for "some of the trusts", the one behind it."""
        key = (paragraph, word.i, depth, through_aspects)
        found = self._held.get(key)
        if found is None:
            found = self._held[key] = self._of_word(word, paragraph, depth, through_aspects=through_aspects)
        return found

    def _of_word(self, word: Word, paragraph: int, depth: int, *, through_aspects: bool) -> list[Argument]:
        entity = self.resolution.by_place.get((paragraph, word.i))
        if entity is not None:
            kind = self.resolution.entities[entity].entity.kind
            return [Argument(entity, kind, self.labels[paragraph, word.i])]
        several = self.resolution.several.get((paragraph, word.i), ())
        if several:
            label = self.labels[paragraph, word.i]
            return [Argument(one, self.resolution.entities[one].entity.kind, label) for one in several]
        if depth > 2:
            return []
        for child in word.children:
            if child.dep_ in ("flat", "appos", "nmod:desc") and (child.pos_ == "PROPN" or child.dep_ == "appos"):
                named = self.of_word(child, paragraph, depth + 1, through_aspects=through_aspects)
                if named:
                    return named
        if word.lemma_.lower() in self.lexicon.transparent:
            for child in word.children:
                if child.dep_ in ("nmod", "obl") and any(c.lower_ == "of" for c in child.children):
                    return self.of_word(child, paragraph, depth + 1, through_aspects=through_aspects)
        if word.lemma_.lower() in self.lexicon.aspects and through_aspects:
            owners = [
                c for c in word.children if c.dep_ in ("nmod:poss", "compound") or preposition(c) in ("of", "by", "for")
            ]
            return next((found for owner in owners if (found := self.of_word(owner, paragraph, depth + 1))), [])
        if word.dep_ in ("compound", "flat") and word.pos_ == "PROPN" and word.head.pos_ == "PROPN":
            return self.of_word(word.head, paragraph, depth + 1)
        name = named_beside(word, self.lexicon) if word.pos_ == "NOUN" else None
        return self.of_word(name, paragraph, depth + 1) if name is not None else []

    def _acting(self, argument: Argument, word: Word) -> Argument:
        """A place stands for a body in a part that only bodies take, unless it says where: "Skelby merged with Fenby"."""
        if argument.kind is not Kind.PLACE or argument.label is not Label.NAME or preposition(word) in WHERE | ALIKE:
            return argument
        if (word.i and word.nbor(-1).text == "(") or is_person(word.head):
            return argument  # "Jane Crosby (Skelby)", "Baroness Crosby of Skelby"
        says_where = word.dep_ in ("compound", "amod", "nmod:desc") and word.head.pos_ in ("NOUN", "PROPN")
        says_where = says_where and word.head.lemma_.lower() not in self.lexicon.posts
        return argument if says_where else replace(argument, kind=Kind.ORGANISATION)


@functools.cache
def _steps(name: str) -> tuple[str, str]:
    """A role as frames name it, and the role of this role, if any."""
    outer, _, inner = name.replace("_", " ").partition(".")
    return outer, inner


def behind(word: Word, lexicon: Lexicon) -> Word:
    """What "a series of", "some of" are of."""
    if word.lemma_.lower() in lexicon.transparent:
        return next((c for c in word.children if c.dep_ in ("nmod", "obl") and preposition(c) == "of"), word)
    return word
