"""The roles beside a noun or adjective: possessives, copulas, appositions, light verbs."""

from __future__ import annotations

from dataclasses import dataclass

from nhskg.extract.appositions import body_after, listed_after, name_before
from nhskg.extract.lemmas import lemma_of
from nhskg.extract.lexicon import Lexicon
from nhskg.extract.names import is_person
from nhskg.extract.posts import add_holder, first_of_posts
from nhskg.extract.syntax import CLAUSES, Roles, add, is_verbal, preposition
from nhskg.extract.verb_roles import VerbRoles
from nhskg.extract.words import Word

OUTER = {"from", "by", "to", "among", "against", "for", "with", "into", "over", "about"}
"""Prepositions of who says or does what to whom; a name alone seldom has them."""

PLACES = {
    "in": "doer",
    "under": "undergoer",
    "on": "bidden",
    "at": "bidden",
    "by": "bidden",
    "with": "keeper",
    "for": "keeper",
}
"""What the subject of a clause is to a noun after a preposition: "in support", "under fire", "on instructions", "with money"."""


@dataclass(frozen=True, slots=True)
class NounRoles:
    """Finds roles of nouns and adjectives with the word lists of a lexicon (posts, light verbs, verbs of getting)."""

    lexicon: Lexicon
    verbs: VerbRoles

    def find(self, noun: Word) -> Roles:
        first = first_of_posts(noun, self.lexicon)
        roles = self.verbs.predicate_subject(noun) or self.verbs.predicate_subject(first)
        if "agent" in roles:
            roles["self"] = roles["agent"]
        for child in noun.children:
            if child.dep_ in CLAUSES:
                self.verbs.add_doing(child, roles)
            if child.dep_ == "ccomp" and is_verbal(child):  # "glad that the trust has reopened"
                for doer in self.verbs.find(child, 1).get("agent", []):
                    add(roles, "doing", doer, expand=False)
            if child.dep_ == "nmod:poss":
                add(roles, "poss", self.verbs.antecedent(child, noun))
            elif child.dep_ in ("compound", "nmod:desc") or (child.dep_ == "amod" and child.pos_ == "PROPN"):
                add(roles, "compound", child, expand=False)
            elif child.dep_ in ("nmod", "obl", "obl:agent", "advmod") and (marker := preposition(child)):
                add(roles, marker, self.verbs.antecedent(child, noun))
        self._after_its_names(roles)
        if noun.dep_ == "nsubj" and not is_verbal(noun.head) and any(c.dep_ == "cop" for c in noun.head.children):
            add(roles, "self", noun.head)  # "the trust, whose chair is Jane Crosby"
        if first.dep_ == "appos":
            add(roles, "self", first.head, expand=False)
        elif noun.dep_ == "conj" and "self" not in roles and (name := name_before(noun)) is not None:
            add(roles, "self", name, expand=False)
        for child in noun.children:
            if child.dep_ == "appos" and (marker := preposition(child)):
                add(roles, marker, child)  # "Jane Crosby, now at the King’s Fund"
            elif child.dep_ == "appos" or (child.dep_ in ("flat", "nmod:desc") and child.pos_ == "PROPN"):
                add(roles, "self", child, expand=False)
        if noun.dep_ in ("flat", "compound", "nmod:desc", "amod") and noun.head.pos_ == "PROPN":
            add(roles, "self", noun.head, expand=False)  # "chief executive Jane Crosby"
            for child in noun.head.children:
                if child.dep_ in ("compound", "nmod:poss") and child.i < noun.i:
                    add(roles, "compound", child, expand=False)
        if is_person(noun) and (body := body_after(noun)) is not None:
            add(roles, "of", body, expand=False)
        for name in listed_after(noun, self.lexicon.announcing):
            add(roles, "listed", name, expand=False)
        add_holder(noun, roles, self.lexicon, self.verbs)
        self._after_its_verb(noun, roles)
        self._light_verb(noun, roles)
        self._after_a_preposition(noun, roles)
        return roles

    def _after_its_names(self, roles: Roles) -> None:
        """ "a letter from NHS England to trusts": a phrase on a name is the noun's, since names have few of their own."""
        names = [word for words in roles.values() for word in words if word.pos_ == "PROPN" and preposition(word)]
        for child in [child for name in names for child in name.children if child.dep_ == "nmod"]:
            marker = preposition(child)
            if marker in OUTER and marker not in roles:
                add(roles, marker, child)

    def _after_its_verb(self, noun: Word, roles: Roles) -> None:
        """ "backed the call for a review": a phrase right after a verb's object is the object's, if the parser errs."""
        existential = noun.dep_ == "nsubj" and any(child.dep_ == "expl" for child in noun.head.children)
        placed = noun.dep_ == "obl" and preposition(noun) in ("under", "in", "on")
        if (
            noun.dep_ == "obj" or existential or placed
        ):  # "there is anger at it among trusts", "came under fire from it"
            for child in noun.head.children:
                marker = preposition(child) if child.dep_ == "obl" and child.i > noun.i else ""
                if marker and marker not in roles:
                    add(roles, marker, child)

    def _light_verb(self, noun: Word, roles: Roles) -> None:
        """ "gave its backing to the plan", "won backing from the union": the verb's words belong to the noun.

        The subject is the noun's ``doer``, or its ``undergoer`` beside a verb of getting.
        """
        verb = noun.head
        if not is_verbal(verb) or noun.dep_ not in ("obj", "nsubj:pass"):
            return
        lemma = lemma_of(verb, self.lexicon)
        definite = any(child.lower_ == "the" for child in noun.children)
        had = lemma == "have" and ("from" in roles or ("of" in roles and definite))
        getting = had or lemma in self.lexicon.getting
        if not getting and lemma not in self.lexicon.light_verbs:
            return
        for role, tokens in self.verbs.find(verb, 1).items():
            if role not in ("patient", "thing"):
                subject = "undergoer" if getting else "doer"
                roles.setdefault(subject if role == "agent" else role, tokens)

    def _after_a_preposition(self, noun: Word, roles: Roles) -> None:
        """ "came out in support of it", "is under fire from it": the clause is about who does it or has it done to him."""
        marker = preposition(noun)
        if marker not in PLACES:
            return
        above = roles
        if noun.dep_ in ("obl", "nmod") and is_verbal(noun.head):
            above = self.verbs.find(noun.head, 1)
        for subject in above.get("agent", above.get("patient", [])):
            add(roles, PLACES[marker], subject, expand=False)
            if marker == "in" and any(c.lower_ in ("a", "an") or c.dep_ == "nmod:poss" for c in noun.children):
                add(
                    roles, "saying", subject, expand=False
                )  # "in a letter to ministers, Unison said": it wrote the letter
