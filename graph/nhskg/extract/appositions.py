"""Names beside the nouns that describe them, read from the order of the words where the parse of names is least sure."""

from __future__ import annotations

from nhskg.extract.lexicon import Lexicon
from nhskg.extract.names import is_person
from nhskg.extract.syntax import OPENING
from nhskg.extract.words import Word

PHRASE = {"ADP", "DET", "ADJ", "NOUN", "PROPN", "PART", "NUM"}
ANNOUNCING, BETWEEN, CLOSING = {",", ":", "–", "—", "("}, {",", "and"}, {".", ";", ")", "–", "—"}
"""What stands before, between and after names in a list."""
LONGEST = 10
"""Words between a noun and the name in apposition to it: "the chair of the board of Barts Health, Jane Crosby"."""


def named_beside(noun: Word, lexicon: Lexicon) -> Word | None:
    """The name that a noun describes.

    "the consultancy Marlpit Associates", "its chair, Jane Crosby, said", "Mothers of the Vale, a charity founded in 2010".
    """
    if "Plur" in noun.morph.get("Number", []):
        return None
    if noun.i + 1 < len(noun.doc) and noun.doc[noun.i + 1].pos_ == "PROPN":
        return noun.doc[noun.i + 1]
    after, before = name_after(noun, lexicon), name_before(noun)
    if noun.lemma_.lower() in lexicon.posts:
        return next((name for name in (before, after) if name is not None and is_person(name)), None)
    described = noun.dep_ in ("appos", "conj", "acl", "nmod") or any(
        child.lower_ in ("a", "an") for child in noun.children
    )
    return after or (before if described else None)


def name_after(noun: Word, lexicon: Lexicon) -> Word | None:
    """The name between commas after a noun and its phrases."""
    doc, place = noun.doc, noun.i + 1
    while place < min(len(doc) - 1, noun.i + LONGEST) and doc[place].pos_ in PHRASE and not is_person(doc[place]):
        place += 1
    if place + 1 >= len(doc) or doc[place].text != ",":
        return None
    if place + 2 < len(doc) and doc[place + 1].text.rstrip(".") in lexicon.titles:  # "the chair, Ms Jane Crosby,"
        place += 1
    if doc[place + 1].pos_ != "PROPN":
        return None
    closed = place + 2 >= len(doc) or doc[place + 2].text in {",", ".", ";", ":", ")", "(", "”"}
    closed = closed or doc[place + 2].lower_ in ("of", "at", "from")
    return doc[place + 1] if closed and doc[place + 1].sent == noun.sent else None


def listed_after(noun: Word, announcing: frozenset[str]) -> list[Word]:
    """The names that a noun in the plural announces.

    "Two trusts, Barts Health and Whittington Health, agreed", "three bodies: Monitor, …", "many trusts, among them Barts Health".
    """
    within = noun.dep_ in ("nmod", "conj") and "Plur" in noun.head.morph.get("Number", [])
    if within or "Plur" not in noun.morph.get("Number", []):  # "chairs of trusts, …" are the chairs' names
        return []
    doc, place = noun.doc, noun.i + 1
    end = noun.sent.end
    while place < min(end, noun.i + 5) and doc[place].pos_ in PHRASE - {"PROPN"}:
        place += 1
    if place + 1 >= end or doc[place].text not in ANNOUNCING:
        return []
    place += 1
    among = doc[place].lower_ in announcing
    place += 1 if among else 0
    if place < end and doc[place].lower_ == "them":
        place += 1
    names: list[Word] = []
    while place < end:
        word = doc[place]
        if word.pos_ == "PROPN":
            names.append(word)
        elif word.text not in BETWEEN and word.pos_ not in ("DET", "ADP", "PART", "ADV"):
            break
        place += 1
    closed = place >= end or doc[place].text in CLOSING or doc[place - 1].text == ","
    return names if among or (len(names) > 1 and closed) else []


def name_before(noun: Word) -> Word | None:
    """The name right before the comma after which a noun phrase begins."""
    doc, place = noun.doc, noun.i
    while place > max(1, noun.i - LONGEST) and (
        doc[place - 1].pos_ in PHRASE - {"ADP"} | {"ADV"} or doc[place - 1].lower_ in ("until", "managing")
    ):
        if doc[place - 1].text in OPENING:
            break
        place -= 1
    if place < 2 or doc[place - 1].text not in OPENING or doc[place - 2].pos_ != "PROPN":
        return None
    return doc[place - 2]


def body_after(name: Word) -> Word | None:
    """The body that a person is, or once was, of.

    "Jane Crosby, formerly of Barts Health", "Jane Crosby, now at Barts Health", "Jane Crosby (Barts Health)".
    """
    doc, place = name.doc, name.i + 1
    bracketed = doc[place : place + 3]
    if len(bracketed) == 3 and bracketed[0].text == "(" and bracketed[2].text == ")":
        return bracketed[1] if bracketed[1].pos_ == "PROPN" and not is_person(bracketed[1]) else None
    if place >= len(doc) or doc[place].text not in OPENING:
        return None
    place += 1
    timed = place
    while place < len(doc) and (doc[place].pos_ == "ADV" or (doc[place].pos_ == "ADJ" and place < timed + 2)):
        place += 1
    if place >= len(doc) or doc[place].lower_ not in (("of", "at", "with") if place > timed else ("of",)):
        return None
    place += 1
    while place < len(doc) and doc[place].pos_ == "DET":
        place += 1
    return doc[place] if place < len(doc) and doc[place].pos_ == "PROPN" and not is_person(doc[place]) else None


def person_before(pronoun: Word) -> Word | None:
    """The person whom "who" stands for where a body stands between: "Jane Crosby, chair of Barts Health, who said"."""
    doc, place = pronoun.doc, pronoun.i - 1
    while place > max(pronoun.sent.start, pronoun.i - LONGEST) and not is_person(doc[place]):
        if doc[place].pos_ not in PHRASE and doc[place].text not in OPENING | {")"}:
            return None
        place -= 1
    return doc[place] if is_person(doc[place]) else None
