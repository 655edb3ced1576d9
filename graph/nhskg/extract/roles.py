"""Who takes which part in what a word says, whatever the voice and the construction.

A verb, noun or adjective gets *roles*: ``agent`` (who does it), ``patient`` (to whom), ``recipient`` (the indirect
object), and one role for each preposition (``to``, ``from``, ``by`` …). Active and passive, relative and participial
clauses, control and raising, coordination, light verbs, copulas and appositions are undone here, so that the lexicon
says each relation once. Labels are those of Universal Dependencies v2, https://universaldependencies.org/u/dep/.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from nhskg.extract.lexicon import Lexicon
from nhskg.extract.names import TITLES, is_person

Roles = dict[str, list[Token]]

SUBJECTS = {"nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass"}
RELATIVE_CLAUSES = {"acl:relcl", "advcl:relcl"}
RELATIVE_PRONOUNS = {"who", "which", "that", "whom", "whose"}
PREPOSITIONAL = {"obl", "obl:agent", "nmod", "advmod", "obl:unmarked"}
VERBAL = {"VERB", "AUX"}
CLAUSES = {"advcl", "acl", "ccomp", "xcomp"}
MARKING = {"about", "over", "at", "with", "against", "of", "for", "on"}
"""Prepositions that a clause may follow."""
DEEPEST = 12
"""Steps that are followed through chains of control and coordination; real sentences have two or three."""


@dataclass(slots=True)
class RoleFinder:
    """Finds roles with the word lists of a lexicon (light verbs, object control)."""

    lexicon: Lexicon
    _held: dict[int, Roles] = field(default_factory=dict)

    def roles(self, word: Token) -> Roles:
        """Gives the roles of a word's arguments, coordinated ones included, each list in text order."""
        found = self._verb(word, 0) if is_verbal(word) else self._noun(word)
        return {role: _distinct(tokens) for role, tokens in found.items()}

    # -- verbs ---------------------------------------------------------------------------------------------------

    def _verb(self, verb: Token, depth: int) -> Roles:
        roles: Roles = {}
        passive = is_passive(verb)
        for child in verb.children:
            if child.dep_ in SUBJECTS:
                _add(roles, "patient" if passive else "agent", self._antecedent(child, verb))
            elif child.dep_ == "obj":
                _add(roles, "patient", self._antecedent(child, verb))
                if passive and child.i > verb.i:  # "was given £5m", "has been awarded a contract"
                    _add(roles, "thing", child)
            elif child.dep_ == "iobj":
                _add(roles, "recipient", child)
            elif child.dep_ == "obl:agent" or (child.dep_ == "obl" and passive and preposition(child) == "by"):
                _add(roles, "agent", self._antecedent(child, verb))
                _add(roles, "by", child)
            elif child.dep_ in PREPOSITIONAL and (marker := preposition(child)):
                _add(roles, marker, self._antecedent(child, verb))
            elif child.dep_ in ("ccomp", "xcomp"):
                _add(roles, "clause", child, expand=False)
            if child.dep_ in CLAUSES and depth < DEEPEST:
                self._add_doing(child, roles)
        self._mend(verb, passive, roles)
        self._fill_gap(verb, passive, roles)
        if depth < DEEPEST:
            self._share_subject(verb, passive, roles, depth)
            self._share_object(verb, passive, roles)
        if "recipient" in roles:
            roles.setdefault("to", roles["recipient"])
            roles.setdefault("patient", roles["recipient"])
        return roles

    def _add_doing(self, clause: Token, roles: Roles) -> None:
        """ "concerns about members being paid" are about the members: the subject of a clause after a preposition."""
        marker = next(
            (child.lower_ for child in clause.children if child.dep_ == "mark" and child.lower_ in MARKING), ""
        )
        if marker:
            for child in clause.children:
                if child.dep_ in SUBJECTS:
                    _add(roles, marker, child)

    def _antecedent(self, token: Token, verb: Token) -> Token:
        """A relative pronoun stands for the noun that its clause describes."""
        if token.lower_ in RELATIVE_PRONOUNS and token.pos_ != "DET":
            clause = verb
            for _ in range(DEEPEST):
                if clause.dep_ in RELATIVE_CLAUSES:
                    return clause.head
                whose = token.lower_ == "whose" and clause.dep_ in SUBJECTS | {"obj", "obl", "appos"}
                if clause.dep_ not in ("conj", "xcomp", "ccomp") and not whose:
                    break
                clause = clause.head
            if token.lower_ in ("who", "which"):
                # Where the parser lost the clause: the noun before it ("the trusts, to which …").
                place = token.i - 1
                while place > token.sent.start and (token.doc[place].pos_ == "ADP" or token.doc[place].text == ","):
                    place -= 1
                if place < token.i and token.doc[place].pos_ in ("NOUN", "PROPN"):
                    return token.doc[place]
        return token

    def _mend(self, verb: Token, passive: bool, roles: Roles) -> None:
        """Two slips of the parser with names: a verb has no compounds, and a noun with a subject needs a copula."""
        for child in verb.children:
            if child.dep_ == "compound" and child.pos_ in ("PROPN", "NOUN"):
                role = "patient" if passive or child.i > verb.i else "agent"
                if role not in roles:
                    _add(roles, role, child)
        noun = verb.head
        if (
            verb.pos_ == "VERB"
            and verb.dep_ == "amod"
            and verb.i < noun.i
            and not any(c.dep_ == "cop" for c in noun.children)
        ):
            subjects = [child for child in noun.children if child.dep_ == "nsubj" and child.i < verb.i]
            for subject in subjects:  # "NHS England [published guidance]"
                _add(roles, "agent", subject)
                _add(roles, "patient", noun)

    def _fill_gap(self, verb: Token, passive: bool, roles: Roles) -> None:
        """The noun that a relative or participial clause describes is the argument that the clause lacks."""
        if verb.dep_ in RELATIVE_CLAUSES:
            pronouns = [t for t in verb.subtree if t.lower_ in RELATIVE_PRONOUNS | {"where", "when"} and t.i < verb.i]
            if not pronouns and "agent" in roles and "patient" not in roles and not passive:
                _add(roles, "patient", verb.head)
        elif verb.dep_ == "acl":
            infinitive = any(child.dep_ == "mark" and child.lower_ == "to" for child in verb.children)
            if passive or ("Part" in verb.morph.get("VerbForm", []) and "Past" in verb.morph.get("Tense", [])):
                if "patient" not in roles:
                    _add(roles, "patient", verb.head)
                for child in verb.children:
                    if child.dep_ in ("obl", "obl:agent") and preposition(child) == "by":
                        _add(roles, "agent", child)
            elif infinitive:
                # "a plan to merge the trusts", "its attempt to fund": whoever has the plan
                for child in verb.head.children:
                    if child.dep_ in ("nmod:poss", "compound"):
                        _add(roles, "agent", child)
                if "agent" not in roles and verb.head.dep_ == "obj":
                    for child in verb.head.head.children:
                        if child.dep_ in SUBJECTS:
                            _add(roles, "agent", child)
            elif "agent" not in roles:
                _add(roles, "agent", verb.head)

    def _share_subject(self, verb: Token, passive: bool, roles: Roles, depth: int) -> None:
        """A verb without a subject of its own takes that of the clause it depends on."""
        role = "patient" if passive else "agent"
        if role in roles or verb.dep_ not in ("conj", "xcomp", "advcl", "parataxis"):
            return
        head = verb.head
        if verb.dep_ == "parataxis" or not (is_verbal(head) or head.pos_ in ("ADJ", "NOUN", "ADV")):
            return
        if verb.dep_ == "conj" and any(child.dep_ in SUBJECTS for child in verb.children):
            return
        above = self._verb(head, depth + 1) if is_verbal(head) else self._predicate_subject(head)
        if verb.dep_ == "xcomp" and is_verbal(head) and not is_passive(head):
            if head.lemma_.lower() not in self.lexicon.subject_control and "patient" in above:
                roles[role] = above["patient"]  # "urged the trust to publish": the trust publishes
                return
        source = "patient" if is_verbal(head) and is_passive(head) else "agent"
        if verb.dep_ == "advcl" and any(
            child.dep_ == "mark" and child.lower_ not in ("to", "by") for child in verb.children
        ):
            if "Part" not in verb.morph.get("VerbForm", []):
                return
        if source in above:
            roles[role] = above[source]

    def _share_object(self, verb: Token, passive: bool, roles: Roles) -> None:
        """ "funds and regulates trusts": an object after the last of coordinated verbs belongs to the first as well."""
        if passive or "patient" in roles:
            return
        following = [child for child in verb.children if child.dep_ == "conj" and is_verbal(child)]
        for other in following:
            if any(child.dep_ in SUBJECTS for child in other.children) or is_passive(other):
                continue
            if other.i - verb.i <= 3:
                for child in other.children:
                    if child.dep_ == "obj":
                        _add(roles, "patient", child)

    # -- nouns and adjectives ------------------------------------------------------------------------------------

    def _noun(self, noun: Token) -> Roles:
        first = self._first_of_posts(noun)
        roles = self._predicate_subject(noun) or self._predicate_subject(first)
        if "agent" in roles:
            roles["self"] = roles["agent"]
        for child in noun.children:
            if child.dep_ in CLAUSES:
                self._add_doing(child, roles)
            if child.dep_ == "ccomp" and is_verbal(child):  # "glad that the trust has reopened"
                for doer in self._verb(child, 1).get("agent", []):
                    _add(roles, "doing", doer, expand=False)
            if child.dep_ == "nmod:poss":
                _add(roles, "poss", self._antecedent(child, noun))
            elif child.dep_ in ("compound", "nmod:desc") or (child.dep_ == "amod" and child.pos_ == "PROPN"):
                _add(roles, "compound", child, expand=False)
            elif child.dep_ in ("nmod", "obl", "obl:agent", "advmod") and (marker := preposition(child)):
                _add(roles, marker, self._antecedent(child, noun))
        if first.dep_ == "appos":
            _add(roles, "self", first.head, expand=False)
        for child in noun.children:
            if child.dep_ == "appos" or (child.dep_ in ("flat", "nmod:desc") and child.pos_ == "PROPN"):
                _add(roles, "self", child, expand=False)
        if noun.dep_ in ("flat", "compound", "nmod:desc", "amod") and noun.head.pos_ == "PROPN":
            _add(roles, "self", noun.head, expand=False)  # "chief executive Jane Crosby"
            for child in noun.head.children:
                if child.dep_ in ("compound", "nmod:poss") and child.i < noun.i:
                    _add(roles, "compound", child, expand=False)
        self._beside_a_person(noun, roles)
        self._light_verb(noun, roles)
        if noun.dep_ in ("obl", "nmod") and is_verbal(noun.head) and preposition(noun) == "in":
            # "In a letter to ministers, Unison said …": whoever says it
            for doer in self._verb(noun.head, 1).get("agent", []):
                _add(roles, "saying", doer, expand=False)
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

    def _predicate_subject(self, word: Token) -> Roles:
        roles: Roles = {}
        for child in word.children:
            if child.dep_ in SUBJECTS:
                _add(roles, "agent", self._antecedent(child, word))
        if "agent" not in roles and word.dep_ == "conj" and word.head.pos_ == word.pos_:
            for child in word.head.children:
                if child.dep_ in SUBJECTS:
                    _add(roles, "agent", self._antecedent(child, word.head))
        if "agent" not in roles and word.dep_ in RELATIVE_CLAUSES and any(c.dep_ == "cop" for c in word.children):
            _add(roles, "agent", word.head)
        if "agent" not in roles and word.dep_ == "xcomp":
            for child in word.head.children:
                if child.dep_ in SUBJECTS:
                    _add(roles, "agent", child)
        if "agent" not in roles and word.pos_ == "ADJ" and word.dep_ in ("amod", "acl"):
            _add(roles, "agent", word.head)
        return roles

    def _light_verb(self, noun: Token, roles: Roles) -> None:
        """ "gave its backing to the plan": the verb's subject and prepositions belong to the noun."""
        verb = noun.head
        if not is_verbal(verb) or verb.lemma_.lower() not in self.lexicon.light_verbs:
            return
        above = self._verb(verb, 1)
        if noun.dep_ not in ("obj", "nsubj:pass"):
            return
        for role, tokens in above.items():
            if role in ("patient", "thing"):
                continue
            roles.setdefault("doer" if role == "agent" else role, tokens)


def is_verbal(word: Token) -> bool:
    """Whether a word heads a clause by itself: a verb, or an auxiliary that stands alone.

    A "noun" with an object, an auxiliary or an infinitive's "to" is a verb that the tagger took for a noun ("to fund").
    """
    if word.pos_ == "VERB":
        return True
    if word.pos_ == "AUX":
        return word.dep_ not in ("aux", "aux:pass", "cop")
    return word.pos_ == "NOUN" and any(
        child.dep_ in ("obj", "aux:pass", "nsubj:pass") or (child.dep_ == "mark" and child.lower_ == "to")
        for child in word.children
    )


def is_passive(verb: Token) -> bool:
    """Whether a verb's grammatical subject is the one it is done to."""
    if any(child.dep_ in ("aux:pass", "nsubj:pass", "csubj:pass") for child in verb.children):
        return True
    if verb.dep_ == "conj" and "Part" in verb.morph.get("VerbForm", []) and "Past" in verb.morph.get("Tense", []):
        if not any(child.dep_ in SUBJECTS or child.dep_ == "aux" for child in verb.children):
            return is_verbal(verb.head) and is_passive(verb.head)
    # After a noun, a word in -ed without an object is a participle, whatever the tagger took it for.
    participle = "Part" in verb.morph.get("VerbForm", []) and "Past" in verb.morph.get("Tense", [])
    participle = participle or (verb.dep_ == "acl" and verb.lower_.endswith("ed"))
    return verb.dep_ in ("acl", "advcl") and participle and not any(c.dep_ in ("obj", "aux") for c in verb.children)


def preposition(token: Token) -> str:
    """The preposition that marks a token, a fixed one in full ("on behalf of"), or an empty string."""
    for child in token.children:
        if child.dep_ == "case" and child.i < token.i:
            rest = sorted((c for c in child.children if c.dep_ == "fixed"), key=lambda c: c.i)
            return " ".join([child.lower_, *(c.lower_ for c in rest)])
    return ""


def expand_coordination(token: Token) -> Iterator[Token]:
    """Gives a token and all that are coordinated with it, in text order, but not what is left out: "A, and not B"."""
    yield token
    for child in token.children:
        if child.dep_ == "conj" and not is_excluded(child):
            yield from expand_coordination(child)


def is_excluded(word: Token) -> bool:
    """Whether "not" stands before a noun: "not the union but the trust", "the trust, and not the union"."""
    if word.pos_ not in ("NOUN", "PROPN"):
        return False
    first = word.left_edge.i
    near = [*word.children, *([word.doc[first - 1]] if first else [])]
    return any(child.lower_ in ("not", "never") and child.i < word.i for child in near)


def _add(roles: Roles, role: str, token: Token, *, expand: bool = True) -> None:
    roles.setdefault(role, []).extend(expand_coordination(token) if expand else (token,))


def _distinct(tokens: list[Token]) -> list[Token]:
    return sorted({token.i: token for token in tokens}.values(), key=lambda token: token.i)
