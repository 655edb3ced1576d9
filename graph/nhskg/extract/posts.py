"""Whose post a word names: people stand before it, after it, or do something "as" its holder."""

from __future__ import annotations

from nhskg.extract.appositions import LONGEST, PHRASE, name_after, name_before
from nhskg.extract.lemmas import lemma_of
from nhskg.extract.lexicon import Lexicon
from nhskg.extract.names import is_person
from nhskg.extract.syntax import PREPOSITIONAL, Roles, add, is_infinitive, is_passive, is_verbal, preposition
from nhskg.extract.verb_roles import VerbRoles
from nhskg.extract.words import Word

POSSESSIVE = {"'s", "’s", "’", "'"}


def first_of_posts(noun: Word, lexicon: Lexicon) -> Word:
    """ "Jane Crosby, chair of one body and director of another": the chair, even where the parser joins the bodies."""
    first, posts = noun, lexicon.posts
    while first.dep_ in ("conj", "appos"):
        head = first.head
        if head.pos_ == "NOUN" and first.dep_ == "conj":
            first = head
        elif head.dep_ in PREPOSITIONAL and {first.lemma_.lower(), head.head.lemma_.lower()} <= posts:
            first = head.head
        else:
            break
    return first


def add_holder(noun: Word, roles: Roles, lexicon: Lexicon, verbs: VerbRoles) -> None:
    """Adds who holds a post as its ``self``, whatever the parser takes the words around it for."""
    if noun.lemma_.lower() not in lexicon.posts | lexicon.affiliations:
        return
    if name := _right_after(noun, lexicon):
        roles["self"] = [name]
        _add_body_before(noun, roles)
    elif is_verbal(noun.head) and (named := [c for c in noun.children if c.dep_ == "compound" and is_person(c)]):
        roles["self"] = named  # "named Jane Crosby chair"
    elif "Plur" not in noun.morph.get("Number", []) and (name := _in_apposition(noun, lexicon)):
        roles["self"] = [name]
        if (body := _body_after(noun)) is not None:
            roles["body"] = [body]  # "Jane Crosby, director of policy at the King’s Fund"
        elif (body := name_after(noun, lexicon)) is not None and not is_person(body):
            roles["body"] = [body]  # "Jane Crosby (chair, Barts Health)"
    elif noun.dep_ == "conj" and is_person(noun.head):
        roles["self"] = [noun.head]
    elif noun.dep_ != "ROOT":
        for holder in _as_holder(noun, lexicon, verbs):
            add(roles, "self", holder, expand=False)


def is_named(noun: Word, lexicon: Lexicon) -> bool:
    """Whether the name of a post's holder stands right beside it."""
    return _right_after(noun, lexicon) is not None or _in_apposition(noun, lexicon) is not None


def _right_after(noun: Word, lexicon: Lexicon) -> Word | None:
    """ "the trust’s chief executive Jane Crosby", "its director of finance Jane Crosby"."""
    place = noun.i + 1
    while place < noun.i + 4 and place < len(noun.doc) - 1 and noun.doc[place].pos_ in ("ADP", "NOUN", "ADJ"):
        place += 1
    after = noun.doc[place : place + 2]
    if len(after) == 2 and after[0].text.rstrip(".") in lexicon.titles:
        after = after[1:]
    return after[0] if len(after) and is_person(after[0]) else None


def _in_apposition(noun: Word, lexicon: Lexicon) -> Word | None:
    """ "Jane Crosby, formerly a partner at one body", "the chief executive of Barts Health, Jane Crosby"."""
    return next(
        (name for name in (name_before(noun), name_after(noun, lexicon)) if name is not None and is_person(name)), None
    )


def _body_after(noun: Word) -> Word | None:
    """The first name in the phrases after a post."""
    for token in noun.doc[noun.i + 1 : noun.i + LONGEST]:
        if token.pos_ not in PHRASE or token.pos_ == "PROPN":
            return token if token.pos_ == "PROPN" and not is_person(token) else None
    return None


def _add_body_before(noun: Word, roles: Roles) -> None:
    doc, place = noun.doc, noun.i - 1
    while place > noun.i - 6 and place > 0 and doc[place].pos_ in ("NOUN", "ADJ", "ADV"):
        place -= 1
    before = doc[place]
    if before.lower_ in POSSESSIVE and place > 0:
        roles.setdefault("poss", [doc[place - 1]])
    elif before.pos_ == "PROPN" and not is_person(before):
        roles.setdefault("compound", [before])


def _as_holder(noun: Word, lexicon: Lexicon, verbs: VerbRoles) -> list[Word]:
    """ "As chair of Barts Health, she welcomed it", "she was appointed chair", "they appointed her (as) chair"."""
    verb = noun.head.head if noun.head.dep_ == "obj" else noun.head  # "declare an interest as a member"
    if not is_verbal(verb):
        return []
    marked = noun.dep_ in ("obl", "nmod", "advcl") and preposition(noun) == "as"
    named = noun.dep_ in ("obj", "xcomp") and lemma_of(verb, lexicon) in lexicon.appointing
    if not (marked or named):
        return []
    above = verbs.find(verb, 1)
    done = not is_infinitive(verb) and lexicon.statuses.auxiliaries.keys().isdisjoint(c.lower_ for c in verb.children)
    if marked and done and lexicon.is_of("verb", lemma_of(verb, lexicon), "succeeds"):
        # "succeeded her as chair": both were
        return [word for role in ("agent", "patient") for word in above.get(role, []) if word.i != noun.i]
    done_to = is_passive(verb) or named or lemma_of(verb, lexicon) in lexicon.appointing
    return [word for word in above.get("patient" if done_to else "agent", []) if word.i != noun.i]
