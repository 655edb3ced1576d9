"""The roles beside a verb: voice, relative and participial clauses, control, raising and coordination are undone here."""

from __future__ import annotations

from dataclasses import dataclass

from nhskg.extract.appositions import person_before
from nhskg.extract.lemmas import lemma_of
from nhskg.extract.lexicon import Lexicon
from nhskg.extract.names import is_person
from nhskg.extract.syntax import (
    CLAUSES,
    PREPOSITIONAL,
    RELATIVE_CLAUSES,
    RELATIVE_PRONOUNS,
    SUBJECTS,
    Roles,
    add,
    expand_coordination,
    is_asked_about,
    is_finite,
    is_infinitive,
    is_label,
    is_passive,
    is_verbal,
    preposition,
)
from nhskg.extract.words import Word
from nhskg.model import Kind

MARKING = {"about", "over", "at", "with", "against", "of", "for", "on"}
"""Prepositions that a clause may follow."""
DEEPEST = 12
"""Steps that are followed through chains of control and coordination; real sentences have two or three."""


@dataclass(frozen=True, slots=True)
class VerbRoles:
    """Finds roles of verbs with the word lists of a lexicon (subject control, appeals)."""

    lexicon: Lexicon

    def find(self, verb: Word, depth: int = 0) -> Roles:
        roles: Roles = {}
        passive = is_passive(verb)
        bystander = _first_of_two(verb, SUBJECTS)
        for child in verb.children:
            if child.dep_ in SUBJECTS and child != bystander and not is_label(child):
                add(roles, "patient" if passive else "agent", self.antecedent(child, verb))
            elif (
                child.dep_ == "obj" and lemma_of(child, self.lexicon) not in self.lexicon.times
            ):  # "closed that autumn"
                add(roles, "patient", self.antecedent(child, verb))
                if passive and child.i > verb.i:
                    add(roles, "thing", child)
            elif child.dep_ == "nmod:poss":  # "its spending on the trust", "its handling of the trust"
                add(roles, "agent", self.antecedent(child, verb))
            elif child.dep_ == "iobj":
                add(roles, "recipient", child)
            elif child.dep_ == "obl:agent" or (child.dep_ == "obl" and passive and preposition(child) == "by"):
                add(roles, "agent", self.antecedent(child, verb))
                add(roles, "by", child)
            elif child.dep_ in PREPOSITIONAL and (marker := preposition(child)):
                add(roles, marker, self.antecedent(child, verb))
            elif child.dep_ in ("ccomp", "xcomp"):
                if not is_asked_about(child):  # what is asked about is not asked for
                    add(roles, "clause", child, expand=False)
                for subject in self._raised(child):
                    add(roles, "agent" if passive else "patient", subject)
            if child.dep_ in CLAUSES and depth < DEEPEST:
                self.add_doing(child, roles)
        self._add_phrases_of_complements(verb, passive, roles)
        if not passive and (given := _first_of_two(verb, {"obj"})) is not None:  # "gave trusts £5m"
            add(roles, "recipient", given)
        if "thing" in roles:  # "was given £5m", "has been awarded a contract"
            roles.setdefault("recipient", [word for word in roles["patient"] if word not in roles["thing"]])
        if passive and "agent" not in roles:  # "is funded in equal parts by the two councils"
            for child in verb.children:
                if child.dep_ == "obl" and child.i > verb.i:
                    for doer in child.children:
                        if doer.dep_ in ("nmod", "obl", "obl:agent") and preposition(doer) == "by":
                            add(roles, "agent", self.antecedent(doer, verb))
                            add(roles, "by", doer)
        if "of" in roles and any(child.dep_ in ("nmod:poss", "det") for child in verb.children):
            roles.setdefault("patient", roles["of"])
        self._mend(verb, passive, roles)
        self._fill_gap(verb, passive, roles)
        if depth < DEEPEST:
            self._share_subject(verb, passive, roles, depth)
            self._share_object(verb, passive, roles)
        if "recipient" in roles:
            roles.setdefault("to", roles["recipient"])
            roles.setdefault("patient", roles["recipient"])
        self._address(verb, roles)
        return roles

    def _address(self, verb: Word, roles: Roles) -> None:
        """ "wrote to the trust asking it to act": it is whom the writing is sent to."""
        asked = roles.get("patient", [])
        if verb.dep_ not in ("acl", "advcl", "ccomp") or any(word.pos_ != "PRON" for word in asked):
            return
        if not verb.lower_.endswith("ing") or lemma_of(verb, self.lexicon) not in self.lexicon.appeals:
            return
        head = verb.head
        sent_to = [head] if preposition(head) == "to" else [c for c in head.children if preposition(c) == "to"]
        if sent_to and sent_to[0].i < verb.i:
            roles["patient"] = list(expand_coordination(sent_to[0]))

    def _add_phrases_of_complements(self, verb: Word, passive: bool, roles: Roles) -> None:
        """ "awarded a contract to Serco", "was rated poor by the regulator": the phrase is the verb's, too."""
        for complement in verb.children:
            if complement.dep_ not in ("obj", "xcomp") or (is_verbal(complement) and not passive):
                continue
            for child in complement.children:
                if child.dep_ == "compound" and is_person(child):  # "named Jane Crosby chair"
                    roles["patient"] = [child, *roles.get("patient", [])]
                elif child.dep_ == "compound" and child.pos_ == "PROPN" and self._is_told_of(complement):
                    role = "recipient" if complement.pos_ == "SYM" else "patient"
                    roles[role] = [child, *(word for word in roles.get(role, []) if word != complement)]
                marker = preposition(child) if child.dep_ in PREPOSITIONAL else ""
                if passive and marker == "by" and "agent" not in roles:
                    add(roles, "agent", self.antecedent(child, verb))
                elif marker and not is_verbal(complement) and marker not in ("of", "by") and marker not in roles:
                    add(roles, marker, self.antecedent(child, verb))

    def _is_told_of(self, complement: Word) -> bool:
        """Whether a name before it is not part of it: "gave Skelby £5m", "rated Skelby good"."""
        described = complement.lower_ in self.lexicon.grade | self.lexicon.negative | self.lexicon.positive
        return complement.pos_ == "SYM" or (described and complement.pos_ == "ADJ")

    def add_doing(self, clause: Word, roles: Roles) -> None:
        """ "concerns about members being paid" are about the members: the subject of a clause after a preposition."""
        marker = next(
            (child.lower_ for child in clause.children if child.dep_ == "mark" and child.lower_ in MARKING), ""
        )
        if marker:
            for child in clause.children:
                if child.dep_ in SUBJECTS:
                    add(roles, marker, child)

    def antecedent(self, token: Word, verb: Word) -> Word:
        """A relative pronoun stands for the noun that its clause describes."""
        if token.lower_ in RELATIVE_PRONOUNS and token.pos_ != "DET":
            clause = verb
            for _ in range(DEEPEST):
                if clause.dep_ in RELATIVE_CLAUSES:
                    body = clause.head.pos_ == "PROPN" and not is_person(clause.head)
                    return (token.lower_ == "who" and body and person_before(token)) or clause.head
                whose = token.lower_ == "whose" and clause.dep_ in SUBJECTS | {"obj", "obl", "appos"}
                if clause.dep_ not in ("conj", "xcomp", "ccomp") and not whose:
                    break
                clause = clause.head
            if token.lower_ in ("who", "which", "whose"):
                # Where the parser lost the clause: the noun before it ("the trusts, to which …").
                place = token.i - 1
                while place > token.sent.start and (token.doc[place].pos_ == "ADP" or token.doc[place].text == ","):
                    place -= 1
                if place < token.i and token.doc[place].pos_ in ("NOUN", "PROPN"):
                    return token.doc[place]
        return token

    def _mend(self, verb: Word, passive: bool, roles: Roles) -> None:
        """Two slips of the parser with names: a verb has no compounds, and a noun with a subject needs a copula."""
        for child in verb.children:
            if child.dep_ == "compound" and child.pos_ in ("PROPN", "NOUN"):
                role = "patient" if passive or child.i > verb.i else "agent"
                if role not in roles:
                    add(roles, role, child)
        noun = verb.head
        if (
            verb.pos_ == "VERB"
            and verb.dep_ == "amod"
            and verb.i < noun.i
            and not any(c.dep_ == "cop" for c in noun.children)
        ):
            subjects = [child for child in noun.children if child.dep_ == "nsubj" and child.i < verb.i]
            for subject in subjects:  # "NHS England [published guidance]"
                add(roles, "agent", subject)
                add(roles, "patient", noun)

    def _fill_gap(self, verb: Word, passive: bool, roles: Roles) -> None:
        """The noun that a relative or participial clause describes is the argument that the clause lacks."""
        if verb.dep_ in RELATIVE_CLAUSES and (stranded := _stranded(verb)) is not None:
            if len(roles.get("agent", [])) > 1:
                roles["agent"] = [word for word in roles["agent"] if word != verb.head]
            add(roles, stranded.lower_, verb.head)
        elif verb.dep_ in RELATIVE_CLAUSES:
            pronouns = [t for t in verb.subtree if t.lower_ in RELATIVE_PRONOUNS | {"where", "when"} and t.i < verb.i]
            if not pronouns and "agent" in roles and "patient" not in roles and not passive:
                add(roles, "patient", verb.head)
        elif verb.dep_ == "acl":
            infinitive = is_infinitive(verb)
            if passive or ("Part" in verb.morph.get("VerbForm", []) and "Past" in verb.morph.get("Tense", [])):
                if "patient" not in roles:
                    add(roles, "patient", verb.head)
                for child in verb.children:
                    if child.dep_ in ("obl", "obl:agent") and preposition(child) == "by":
                        add(roles, "agent", child)
            elif infinitive:
                self._add_infinitive_subject(verb, roles)
            elif "agent" not in roles:
                self._add_participle_subject(verb, roles)

    def _add_infinitive_subject(self, verb: Word, roles: Roles) -> None:
        """ "a plan to merge the trusts", "the first trust to use it", "asked every trust to use it"."""
        noun = verb.head
        above = noun.head
        for child in noun.children:  # "plans for the trust to host it"
            if noun.i < child.i < verb.i and preposition(child) == "for":
                add(roles, "agent", child)
        if "agent" in roles:
            return
        for child in noun.children:  # "its attempt to fund", "a decision by the trust to close it"
            if child.dep_ in ("nmod:poss", "compound") or (child.i < verb.i and preposition(child) in ("by", "from")):
                add(roles, "agent", self.antecedent(child, verb))
        if "agent" in roles:
            return
        while above.dep_ == "nmod" and preposition(noun) == "of":  # "is one of four trusts to use it"
            noun, above = above, above.head
        told = noun.dep_ in ("obj", "iobj") and self.lexicon.nouns.get(lemma_of(noun, self.lexicon)) is Kind.GROUP
        told = told or (noun.dep_ in ("obj", "iobj") and noun.pos_ == "PROPN")
        if told and lemma_of(above, self.lexicon) in self.lexicon.telling:
            add(roles, "agent", noun)
            return
        said_of = self.predicate_subject(noun).get("agent", [])
        if noun.dep_ == "appos":
            said_of = [noun.head]
        for word in said_of:
            add(roles, "agent", word, expand=False)
        # "criticised plans to merge": the plans are somebody else's
        judges = self.lexicon.is_speech_act("verb", lemma_of(above, self.lexicon))
        if not said_of and noun.dep_ == "obj" and not judges:
            for child in above.children:
                if child.dep_ in SUBJECTS:
                    add(roles, "agent", child)

    def _add_participle_subject(self, verb: Word, roles: Roles) -> None:
        """ "the body running the trust"; but in "wrote to ministers urging them to act" who wrote urges."""
        noun = verb.head
        owners = [child for child in noun.children if child.dep_ == "nmod:poss"]
        if owners and any(child.dep_ == "mark" for child in verb.children):  # "its habit of ignoring the trust"
            add(roles, "agent", owners[0])
        elif (
            preposition(noun) == "to" and is_verbal(noun.head) and lemma_of(verb, self.lexicon) in self.lexicon.appeals
        ):
            roles["agent"] = self.find(noun.head, 1).get("agent", [])
        else:
            add(roles, "agent", noun)

    def _share_subject(self, verb: Word, passive: bool, roles: Roles, depth: int) -> None:
        """A verb without a subject of its own takes that of the clause it depends on."""
        role = "patient" if passive else "agent"
        head = verb.head
        if passive and verb.dep_ == "advcl" and role not in roles and (name := _name_before_comma(verb)) is not None:
            add(roles, role, name, expand=False)  # "money for the observatory, hosted by the college"
        if passive and verb.dep_ == "conj" and is_verbal(head):
            self._share_by(verb, roles)
        linked = verb.dep_ in ("conj", "xcomp", "advcl", "parataxis") or (verb.dep_ == "ccomp" and not is_finite(verb))
        if role in roles or not linked:
            return
        if verb.dep_ == "parataxis" or not (is_verbal(head) or head.pos_ in ("ADJ", "NOUN", "ADV")):
            return
        if verb.dep_ == "conj" and any(child.dep_ in SUBJECTS for child in verb.children):
            return
        above = self.find(head, depth + 1) if is_verbal(head) else self.predicate_subject(head)
        controllers = [c for c in head.children if c.dep_ == "obl" and head.i < c.i < verb.i]
        if controllers and not is_finite(verb) and lemma_of(head, self.lexicon) in self.lexicon.oblique_control:
            roles[role] = list(expand_coordination(controllers[0]))  # "called on the trust to publish"
            return
        if verb.dep_ in ("xcomp", "ccomp") and is_verbal(head) and not is_passive(head):
            if lemma_of(head, self.lexicon) not in self.lexicon.subject_control and "patient" in above:
                # "urged the trust to publish", "gave the trust £5m to spend": the trust does it
                roles[role] = above.get("recipient", above["patient"])
                return
        marks = {child.lower_ for child in verb.children if child.dep_ == "mark"}
        if any(child.lower_ == "far" for child in verb.children):  # "far from criticising it, they praised it"
            marks.discard("from")
        if verb.dep_ == "advcl" and is_verbal(head) and _is_about_object(head, marks) and "patient" in above:
            roles[role] = above["patient"]  # "banned trusts from paying", "join me in praising"
            return
        source = "patient" if is_verbal(head) and is_passive(head) else "agent"
        if verb.dep_ == "advcl" and marks - {"to", "by"}:
            if "Part" not in verb.morph.get("VerbForm", []) and not verb.lower_.endswith("ing"):
                return
        if source in above:
            roles[role] = above[source]

    def _share_by(self, verb: Word, roles: Roles) -> None:
        """ "is funded and overseen by NHS England": who follows both verbs does both."""
        for child in verb.head.children:
            if child.dep_ == "obl:agent" and child.i > verb.i and "agent" not in roles:
                add(roles, "agent", child)

    def _share_object(self, verb: Word, passive: bool, roles: Roles) -> None:
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
                        add(roles, "patient", child)

    def predicate_subject(self, word: Word) -> Roles:
        """Who an adjective or noun is said of: the subject of its copula, or the noun that it describes."""
        roles: Roles = {}
        for child in word.children:
            if child.dep_ in SUBJECTS and not is_label(child):
                add(roles, "agent", self.antecedent(child, word))
        if "agent" not in roles and word.dep_ == "conj" and word.head.pos_ == word.pos_:
            for child in word.head.children:
                if child.dep_ in SUBJECTS:
                    add(roles, "agent", self.antecedent(child, word.head))
        coupled = word.pos_ == "ADJ" or any(child.dep_ == "cop" for child in word.children)
        if "agent" not in roles and word.dep_ == "conj" and coupled and is_verbal(word.head):
            above = self.find(word.head, DEEPEST - 1)  # "is hosted by one body and accountable to another"
            for subject in above.get("patient" if is_passive(word.head) else "agent", []):
                add(roles, "agent", subject, expand=False)
        if "agent" not in roles and word.dep_ in RELATIVE_CLAUSES and any(c.dep_ == "cop" for c in word.children):
            add(roles, "agent", word.head)
        if "agent" not in roles and word.dep_ == "xcomp":
            # "they named her chair", but "she became chair"
            objects = [child for child in word.head.children if child.dep_ == "obj" and child.i < word.i]
            for child in objects or word.head.children:
                if objects or child.dep_ in SUBJECTS:
                    add(roles, "agent", child)
        if (
            "agent" not in roles
            and word.dep_ in ("xcomp", "obj")
            and lemma_of(word.head, self.lexicon) in self.lexicon.copulas
        ):
            for subject in self.find(word.head, DEEPEST - 1).get("agent", []):  # "plans to become part of it"
                add(roles, "agent", subject, expand=False)
        if "agent" not in roles and word.pos_ == "ADJ" and word.dep_ in ("amod", "acl"):
            add(roles, "agent", word.head)
        return roles

    def _raised(self, clause: Word) -> list[Word]:
        """The object that the parser took for a clause's subject: "asked NHS England to act", "rated the trust poor"."""
        early = [
            child
            for child in clause.children
            if child.dep_ == "nsubj"
            and any(other.dep_ == "mark" and other.lower_ == "that" and other.i > child.i for other in clause.children)
        ]
        if early:  # "warned NHS England that beds would close"
            return early
        described = clause.lower_ in self.lexicon.grade | self.lexicon.negative | self.lexicon.positive
        marked = any(child.dep_ == "mark" and child.lower_ != "to" for child in clause.children)
        if marked or (is_finite(clause) and not (described and len(list(clause.children)) == 1)):
            return []
        return [child for child in clause.children if child.dep_ == "nsubj" and child.i < clause.i]


def _first_of_two(verb: Word, labels: set[str]) -> Word | None:
    """The first of two words that have one place: before "chief executive Jane Crosby said" the body, of gifts who gets."""
    same = [child for child in verb.children if child.dep_ in labels and child.dep_ != "csubj"]
    side = [child for child in same if (child.i < verb.i) == ("obj" not in labels)]
    if len(side) < 2 or ("obj" not in labels and (is_person(side[0]) or not is_person(side[-1]))):
        return None
    return side[0]


def _stranded(verb: Word) -> Word | None:
    """The preposition at the end of a relative clause, whose noun is the one described: "the panel that she sits on"."""
    for child in verb.children:
        if child.pos_ == "ADP" and child.i > verb.i and child.left_edge == child.right_edge:
            after = verb.doc[child.i + 1 : child.i + 2]
            ends = not len(after) or after[0].is_punct or (after[0].head != verb and after[0].pos_ in ("AUX", "VERB"))
            if ends and any(other.dep_ in SUBJECTS for other in verb.children):
                return child
    return None


def _name_before_comma(verb: Word) -> Word | None:
    """The name that a participle right after a comma describes, where the parser hangs it on the verb before."""
    place = verb.i - 1
    while place > verb.sent.start and verb.doc[place].pos_ == "ADV":
        place -= 1
    if place <= verb.sent.start or verb.doc[place].text != ",":
        return None
    name = verb.doc[place - 1]
    return name if name.pos_ == "PROPN" and name.dep_ not in SUBJECTS else None


def _is_about_object(verb: Word, marks: set[str]) -> bool:
    """Whether a clause after a verb's object says what the object does: "thanked them for backing", "accused it of failing"."""
    return bool(marks & {"from", "for", "of", "into"}) or (verb.lemma_ == "join" and "in" in marks)
