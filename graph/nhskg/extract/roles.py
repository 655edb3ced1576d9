"""Who takes which part in what a word says, whatever the voice and the construction.

A verb, noun or adjective gets *roles*: ``agent`` (who does it), ``patient`` (to whom), ``recipient`` (the indirect
object), and one role for each preposition (``to``, ``from``, ``by`` …). Active and passive, relative and participial
clauses, control and raising, coordination, light verbs, copulas and appositions are undone here, so that the lexicon
says each relation once.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from nhskg.extract.lexicon import Lexicon
from nhskg.extract.noun_roles import NounRoles
from nhskg.extract.syntax import Roles, expand_coordination, is_verbal
from nhskg.extract.verb_roles import VerbRoles
from nhskg.extract.words import Word


@dataclass(slots=True, eq=False)
class RoleFinder:
    """Finds the roles of the words of one paragraph, each word's once."""

    lexicon: Lexicon
    _held: dict[int, Roles] = field(default_factory=dict)

    def roles(self, word: Word) -> Roles:
        """Gives the roles of a word's arguments, coordinated ones included, each list in text order."""
        if word.i not in self._held:
            verbs = VerbRoles(self.lexicon)
            if word.pos_ == "ADP":  # "is against the plan"
                found = verbs.predicate_subject(word.head) | {"prep": list(expand_coordination(word.head))}
            else:
                found = verbs.find(word) if is_verbal(word) else NounRoles(self.lexicon, verbs).find(word)
            self._held[word.i] = {role: _distinct(tokens) for role, tokens in found.items()}
        return dict(self._held[word.i])


def _distinct(tokens: list[Word]) -> list[Word]:
    return sorted({token.i: token for token in tokens}.values(), key=lambda token: token.i)
