"""What the labels and forms of single words tell: whether a verb is passive, which preposition a noun has.

Labels are those of Universal Dependencies v2, https://universaldependencies.org/u/dep/.
"""

from __future__ import annotations

from collections.abc import Iterator

from nhskg.extract.words import Word, once

Roles = dict[str, list[Word]]
"""The words that take each role beside a verb, noun or adjective."""

AUXILIARY = {"aux", "aux:pass", "cop"}
SUBJECTS = {"nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass"}
RELATIVE_CLAUSES = {"acl:relcl", "advcl:relcl"}
RELATIVE_PRONOUNS = {"who", "which", "that", "whom", "whose"}
PREPOSITIONAL = {"obl", "obl:agent", "nmod", "advmod", "obl:unmarked"}
OPENING = {",", "(", "–", "—", "-"}
"""What stands before a description in apposition."""
WHERE = {"in", "near", "around", "across", "throughout", "outside", "within", "over", "into", "beyond"}
"""Prepositions with which a name says where something is."""
QUESTION_WORDS = {"who", "what", "why", "how", "when", "where", "which", "whose", "whom"}
CLAUSES = {"advcl", "acl", "ccomp", "xcomp"}


@once
def is_verbal(word: Word) -> bool:
    """Whether a word heads a clause by itself: a verb, or an auxiliary that stands alone.

    A "noun" with an object, an auxiliary or an infinitive's "to" is a verb that the tagger took for a noun ("to fund").
    """
    if word.pos_ == "VERB":
        return True
    if word.pos_ == "AUX":
        return word.dep_ not in AUXILIARY
    if word.pos_ != "NOUN" or any(child.dep_ == "cop" for child in word.children):  # "is to be the next chair"
        return False
    return any(
        child.dep_ in ("obj", "aux:pass", "nsubj:pass") or (child.dep_ == "mark" and child.lower_ == "to")
        for child in word.children
    )


def is_marked(clause: Word, *markers: str) -> bool:
    """Whether one of the markers introduces a clause."""
    return any(child.lower_ in markers and child.dep_ == "mark" for child in clause.children)


def is_asked_about(clause: Word) -> bool:
    """Whether a clause is an indirect question: "asked whether he knew", "asked how many trusts used it"."""
    return is_marked(clause, "whether", "if") or clause.left_edge.lower_ in QUESTION_WORDS


@once
def is_infinitive(word: Word) -> bool:
    """Whether a verb has the infinitive's "to"."""
    return any(child.lower_ == "to" and child.dep_ in ("mark", "aux") for child in word.children)


@once
def is_finite(word: Word) -> bool:
    """Whether a clause is more than an infinitive, a gerund or a bare adjective ("rated the trust poor")."""
    if any(child.dep_ in AUXILIARY and child.lower_ not in ("to", "be") for child in word.children):
        return not any(child.lower_ == "to" for child in word.children)
    if word.pos_ in ("ADJ", "NOUN"):
        return word.lower_[-3:] != "ing" and any(child.dep_ == "cop" for child in word.children)
    return not (word.lower_.endswith("ing") or any(c.lower_ == "to" and c.pos_ == "PART" for c in word.children))


@once
def is_passive(verb: Word) -> bool:
    """Whether a verb's grammatical subject is the one it is done to."""
    if any(child.dep_ in ("aux:pass", "nsubj:pass", "csubj:pass") for child in verb.children):
        return True
    if verb.dep_ == "conj" and "Part" in verb.morph.get("VerbForm", []) and "Past" in verb.morph.get("Tense", []):
        if not any(child.dep_ in SUBJECTS or child.dep_ == "aux" for child in verb.children):
            return is_verbal(verb.head) and is_passive(verb.head)
    # After a noun, a word in -ed without an object is a participle, whatever the tagger took it for.
    participle = "Part" in verb.morph.get("VerbForm", []) and "Past" in verb.morph.get("Tense", [])
    participle = participle or (verb.dep_ in ("acl", "advcl") and verb.lower_.endswith("ed"))
    return verb.dep_ in ("acl", "advcl") and participle and not any(c.dep_ in ("obj", "aux") for c in verb.children)


@once
def preposition(token: Word) -> str:
    """The preposition that marks a token, all of it ("on behalf of", "up of"), or an empty string."""
    words = [child for child in token.children if child.dep_ == "case" and child.i < token.i]
    if not words:
        return ""
    fixed = [other for word in words for other in word.children if other.dep_ == "fixed"]
    return " ".join(word.lower_ for word in sorted((*words, *fixed), key=lambda word: word.i))


def expand_coordination(token: Word) -> Iterator[Word]:
    """Gives a token and all that are coordinated with it, in text order."""
    yield token
    for child in token.children:
        if child.dep_ == "conj" and not _is_gapped(child, token):
            yield from expand_coordination(child)


def _is_gapped(word: Word, first: Word) -> bool:
    """Whether a clause without its verb follows: "doctors are regulated by one body, nurses by another"."""
    marker = preposition(first)
    repeated = [child for child in word.children if marker not in ("", "of") and preposition(child) == marker]
    return bool(repeated) or any(child.dep_ == "orphan" for child in word.children)


@once
def is_label(word: Word) -> bool:
    """Whether a name with a colon after it opens a sentence: it says who speaks the sentence, and is not its subject."""
    sentence = word.sent
    end = next((token.i for token in sentence[:8] if token.text == ":"), -1)
    if not word.i < end or any(token.pos_ in ("VERB", "AUX") for token in sentence[: end - sentence.start]):
        return False
    return any(other.dep_ in SUBJECTS and other.i > end for other in word.head.children)


@once
def is_excluded(word: Word) -> bool:
    """Whether "not" stands before a noun: "not the union but the trust", "the trust, and not the union"."""
    if word.pos_ not in ("NOUN", "PROPN"):
        return False
    first = word.left_edge.i
    near = [*word.children, *([word.doc[first - 1]] if first else [])]
    return any(child.lower_ in ("not", "never") and child.i < word.i for child in near)


def add(roles: Roles, role: str, token: Word, *, expand: bool = True) -> None:
    """Adds a token to a role, and what is coordinated with it unless that is not wanted."""
    roles.setdefault(role, []).extend(expand_coordination(token) if expand else (token,))
