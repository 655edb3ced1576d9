"""The roles beside a noun or adjective: possessives, copulas, appositions, posts beside people, light verbs."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from nhskg.extract.lexicon import Lexicon
from nhskg.extract.names import TITLES, is_person
from nhskg.extract.syntax import CLAUSES, PREPOSITIONAL, Roles, add, is_verbal, preposition
from nhskg.extract.verb_roles import VerbRoles


@dataclass(frozen=True, slots=True)
class NounRoles:
    """Finds roles of nouns and adjectives with the word lists of a lexicon (posts, light verbs)."""

    lexicon: Lexicon
    verbs: VerbRoles

    def find(self, noun: Token) -> Roles:
        first = self._first_of_posts(noun)
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
        if first.dep_ == "appos":
            add(roles, "self", first.head, expand=False)
        for child in noun.children:
            if child.dep_ == "appos" or (child.dep_ in ("flat", "nmod:desc") and child.pos_ == "PROPN"):
                add(roles, "self", child, expand=False)
        if noun.dep_ in ("flat", "compound", "nmod:desc", "amod") and noun.head.pos_ == "PROPN":
            add(roles, "self", noun.head, expand=False)  # "chief executive Jane Crosby"
            for child in noun.head.children:
                if child.dep_ in ("compound", "nmod:poss") and child.i < noun.i:
                    add(roles, "compound", child, expand=False)
        self._beside_a_person(noun, roles)
        self._light_verb(noun, roles)
        if noun.dep_ in ("obl", "nmod") and is_verbal(noun.head) and preposition(noun) == "in":
            # "In a letter to ministers, Unison said …": whoever says it
            for doer in self.verbs.find(noun.head, 1).get("agent", []):
                add(roles, "saying", doer, expand=False)
        return roles

    def _first_of_posts(self, noun: Token) -> Token:
        """ "Jane Crosby, chair of one body and director of another": the chair, even where the parser joins the bodies."""
        first, posts = noun, self.lexicon.posts
        while first.dep_ in ("conj", "appos"):
            head = first.head
            if head.pos_ == "NOUN" and first.dep_ == "conj":
                first = head
            elif head.dep_ in PREPOSITIONAL and {first.lemma_.lower(), head.head.lemma_.lower()} <= posts:
                first = head.head
            else:
                break
        return first

    def _beside_a_person(self, noun: Token, roles: Roles) -> None:
        """ "the trust’s chief executive Jane Crosby": a post right before a name, however the parser hangs them."""
        doc = noun.doc
        if noun.lemma_.lower() not in self.lexicon.posts or noun.i + 1 >= len(doc):
            return
        name = doc[noun.i + 1]
        if name.i + 1 < len(doc) and name.text.rstrip(".") in TITLES:
            name = doc[name.i + 1]
        if not is_person(name):
            return
        roles["self"] = [name]
        place = noun.i - 1
        while place > noun.i - 6 and place > 0 and doc[place].pos_ in ("NOUN", "ADJ", "ADV"):
            place -= 1
        before = doc[place]
        if before.lower_ in ("'s", "’s", "’", "'") and place > 0:
            roles.setdefault("poss", [doc[place - 1]])
        elif before.pos_ == "PROPN" and not is_person(before):
            roles.setdefault("compound", [before])

    def _light_verb(self, noun: Token, roles: Roles) -> None:
        """ "gave its backing to the plan": the verb's subject and prepositions belong to the noun."""
        verb = noun.head
        if not is_verbal(verb) or verb.lemma_.lower() not in self.lexicon.light_verbs:
            return
        above = self.verbs.find(verb, 1)
        if noun.dep_ not in ("obj", "nsubj:pass"):
            return
        for role, tokens in above.items():
            if role in ("patient", "thing"):
                continue
            roles.setdefault("doer" if role == "agent" else role, tokens)
