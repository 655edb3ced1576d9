"""Noun phrases that describe an entity, or stand for one that has been named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from nhskg.extract.lexicon import Lexicon
from nhskg.extract.money import load_money
from nhskg.extract.names import CLASSES, RECOGNISED
from nhskg.extract.syntax import preposition
from nhskg.extract.words import Paragraph, Word, Words
from nhskg.model import Kind, Label

MODIFIERS = {
    "compound",
    "amod",
    "nummod",
    "nmod:poss",
    "det",
    "flat",
    "advmod",
    "punct",
    "nmod:desc",
    "nmod:unmarked",
    "obl:unmarked",
    "cc",
    "conj",
    "nmod",
}
DEFINITE = {"the", "this", "that", "these", "those", "its", "their", "his", "her", "your", "my", "our"}
OWNERS = {"its", "their", "his", "her"}
EACH = {"each", "every", "any"}
INDEFINITE = {"a", "an", "another", "one"}
ARGUMENTS = ("obj", "nsubj:pass", "nsubj", "nmod", "obl", "obl:agent", "conj", "iobj", "appos")
NEVER_SPECIFIC = {"det", "det:predet", "punct", "case", "cc"}
NEVER_FIRST = {"cc", "punct", "mark", "case"}
YEAR = re.compile(r"^(?:19|20)\d\d$")
BODY = frozenset({"organisation"})
BELONGING = {"in", "of", "at", "from", "across"}
"""Prepositions before the name that tells a group from others."""
COMPLETING = {"of", "on", "for", "into"}
"""Prepositions of what completes a description: "a levy on gambling firms"."""
LONGEST_COMPLEMENT = 6


Found = tuple[Words, Label, Kind | None, str, "tuple[str, ...] | bool"]
"""The words, how they were found, kind, the words that identify the thing, and whether it exists only in this document."""


def description(noun: Word, canonical: Mapping[int, str], lexicon: Lexicon) -> Iterator[Found]:
    """A noun phrase whose head makes it a group, fund, programme, document, or a stand-in for something named.

    Args:
        noun: the head.
        canonical: full names of the names in the paragraph, by head word.
        lexicon: what nouns mean.
    """
    lemma, is_plural = _lemma(noun, lexicon)
    if lemma in lexicon.lone_posts and not is_plural:
        yield from _post(noun, lemma, lexicon)
        return
    named_class = noun.doc.user_data[CLASSES].get(noun.idx) or (lemma if lemma in lexicon.acronyms.values() else "")
    kind = Kind.GROUP if named_class else lexicon.nouns.get(lemma)
    stands_for = lexicon.nominals.get(named_class.rpartition(" ")[2] if named_class else lemma)
    if named_class in lexicon.called or named_class in lexicon.body_kinds:
        stands_for = BODY  # "the ICS" is a body, "the system" is not
    places = noun.doc.user_data[RECOGNISED]
    owners = [c for c in noun.children if c.dep_ in ("nmod:poss", "compound") and c.i in canonical]
    owner = next((c for c in owners if places.get(c.idx) != "PLACE"), None)  # a county has no team, but a council
    if lemma in lexicon.units and not is_plural and owner is not None:
        kind, stands_for = Kind.ORGANISATION, None
    if (kind is None and stands_for is None) or noun.dep_ in ("compound", "flat"):
        return
    span = _noun_phrase(noun)
    specific = [t for t in span if t.i != noun.i and _is_specific(t, lexicon)]
    if kind is Kind.GROUP and specific and specific[0].text == "NHS" and lemma not in lexicon.weak_groups:
        specific = specific[1:]  # "NHS trusts" are the trusts, "NHS bodies" are not just bodies
    if is_plural and lemma in lexicon.weak_groups and not specific:
        kind = Kind.GROUP  # "systems" are bodies, "IT systems" are not
    words = [canonical.get(t.i) or (t.text if _keeps_case(t) else t.lower_) for t in specific]
    phrase = " ".join([*words, named_class if is_plural and named_class else lemma])
    if lemma in lexicon.collective and owner_of(noun) is None and not _belongs(noun, canonical):
        return  # whose staff is not said
    if is_plural and (kind is Kind.GROUP or (kind is not None and stands_for == BODY)):
        found = _group(noun, span, specific, phrase, lexicon, is_class=bool(named_class))
        yield _of_whom(noun, found, phrase, canonical)
    elif kind is Kind.GROUP and determiner(noun) in EACH:
        yield _from_first(span, specific, noun), Label.PHRASE, kind, phrase, False
    elif kind is Kind.GROUP or kind is None:
        yield from _body(noun, span, specific, phrase, is_plural=is_plural, may_be_body=stands_for == BODY)
    else:
        yield from _thing(noun, span, specific, phrase, kind, lexicon, is_plural=is_plural)


def numbered(doc: Paragraph, taken: set[int], lexicon: Lexicon) -> Iterator[Words]:
    """Gives what is told from others by a number: "Clause 43", "new clause 9", "amendment 12A"."""
    for number in doc[1:]:
        noun = doc[number.i - 1]
        if (
            noun.lower_ not in lexicon.numbered
            or not number.text[0].isdigit()
            or not taken.isdisjoint((noun.i, number.i))
        ):
            continue
        before = doc[max(noun.i - 1, 0)]
        yield doc[before.i if before.lower_ == "new" else noun.i : number.i + 1]


def described(noun: Word, lemma: str, lexicon: Lexicon) -> tuple[Words, str]:
    """The words that tell a noun from others, with it, and the same as a phrase that ends in the lemma."""
    span = _noun_phrase(noun)
    specific = [t for t in span if t.i != noun.i and _is_specific(t, lexicon)]
    words = [t.text if _keeps_case(t) else t.lower_ for t in specific]
    return _from_first(span, specific, noun), " ".join([*words, lemma])


def _post(noun: Word, lemma: str, lexicon: Lexicon) -> Iterator[Found]:
    """ "The minister", "the home secretary": somebody without a name, unless the text says it or whose secretary it is."""
    after = noun.doc[noun.i + 1 : noun.i + 2]
    is_owned = owner_of(noun) is not None or any(c.dep_ in ("nmod:poss", "nmod") for c in noun.children)
    if noun.dep_ not in (*ARGUMENTS, "nmod:poss") or determiner(noun) != "the" or is_owned:
        return
    if len(after) and after[0].pos_ == "PROPN":
        return
    span = _noun_phrase(noun)
    specific = [t.lower_ for t in span if t.i != noun.i and _is_specific(t, lexicon)]
    yield span, Label.NOMINAL, Kind.PERSON, " ".join([*specific, lemma]), True


def owner_of(noun: Word) -> int | None:
    """The pronoun that says whose something is ("its staff")."""
    return next((c.i for c in noun.children if c.dep_ == "nmod:poss" and c.lower_ in OWNERS), None)


def _belongs(noun: Word, canonical: Mapping[int, str]) -> bool:
    """Whether a name says whose something is: "Skelby’s staff", "staff at Barts Health"."""
    return any(
        c.i in canonical and (c.dep_ == "nmod:poss" or (c.dep_ == "nmod" and preposition(c) in BELONGING))
        for c in noun.children
    )


def _of_whom(noun: Word, found: Found, phrase: str, canonical: Mapping[int, str]) -> Found:
    """A group that a name tells from others of its kind: "Skelby’s governors", "staff at Barts Health"."""
    span, label, kind, described, _ = found
    told = described if label is Label.PHRASE else phrase
    if (pronoun := owner_of(noun)) is not None:
        return noun.doc[min(pronoun, noun.i) : noun.i + 1], Label.PHRASE, kind, told, True
    owner = next((c for c in noun.children if c.dep_ == "nmod:poss" and c.i in canonical), None)
    if owner is not None:
        return noun.doc[min(owner.i, noun.i) : noun.i + 1], Label.PHRASE, kind, f"{canonical[owner.i]} {told}", True
    for child in noun.children:
        if child.i > noun.i and child.dep_ == "nmod" and child.i in canonical and preposition(child) in BELONGING:
            words = noun.doc[noun.i + 1 : child.i + 1]
            if len(words) <= LONGEST_COMPLEMENT and "," not in words.text:
                return span, Label.PHRASE, kind, f"{told} {words.text}", True
    return found


def _group(noun: Word, span: Words, specific: list[Word], phrase: str, lexicon: Lexicon, *, is_class: bool) -> Found:
    """Several bodies or people: "acute hospitals", "four hospitals", "the hardest-hit areas"."""
    lemma = phrase if is_class else phrase.rpartition(" ")[2]
    if not specific and not _number(noun) and determiner(noun) in lexicon.two["both"]:
        return span, Label.NOMINAL, Kind.GROUP, f"{determiner(noun)} {lemma}", False
    if (
        not specific
        and determiner(noun) in DEFINITE
        and (count := _number(noun))
        and count.lower_ in lexicon.two["both"]
    ):
        return span, Label.NOMINAL, Kind.GROUP, f"{count.lower_} {lemma}", True  # two that have been named, or a group
    is_weak = lemma in lexicon.weak_groups
    if is_weak and not specific and not is_class:
        return span, Label.NOMINAL, Kind.GROUP, lemma, True
    if determiner(noun) in {"the", "these", "those"} and not specific and not is_class and not _number(noun):
        return span, Label.NOMINAL, Kind.GROUP, lemma, False  # "the doctors" may be the junior doctors before
    number = _number(noun)
    if number is not None and (not is_class or number.lower_.isalpha()):
        # "four hospitals", "the five most affected CCGs" are some of them, "207 CCGs" are all.
        first = min([number.i, *(t.i for t in specific)])
        degree = "most " if any(c.lower_ == "most" for t in specific for c in t.children) else ""
        return noun.doc[first : noun.i + 1], Label.PHRASE, Kind.GROUP, f"{number.lower_} {degree}{phrase}", True
    # "the hardest-hit areas" are particular to the text; "acute hospitals", "trust boards" are not.
    is_local = is_weak and bool(specific) and all(t.pos_ in ("ADJ", "VERB") for t in specific)
    return _from_first(span, specific, noun), Label.PHRASE, Kind.GROUP, phrase, is_local


def _body(
    noun: Word, span: Words, specific: list[Word], phrase: str, *, is_plural: bool, may_be_body: bool
) -> Iterator[Found]:
    """One body: "the agency" stands for one that is named, "the local GP federation", "a council of governors" is one."""
    if is_plural or not phrase:
        return
    article = determiner(noun)
    complement = _complement(noun)
    is_named = any(t.pos_ == "PROPN" for t in specific)  # "Swale council"
    is_capital = noun.text[0].isupper() and noun.i != noun.sent.start
    if may_be_body and (specific or complement) and (article or is_named or is_capital):
        phrase = f"{phrase} {complement}".strip()
        yield _from_first(span, specific, noun), Label.PHRASE, Kind.ORGANISATION, phrase, not is_named
    elif article in DEFINITE and not specific and not _is_cut(noun, span):
        yield span, Label.NOMINAL, None, phrase, False


def _thing(
    noun: Word, span: Words, specific: list[Word], phrase: str, kind: Kind, lexicon: Lexicon, *, is_plural: bool
) -> Iterator[Found]:
    """A fund, programme or document, or what stands for one."""
    article = "its" if any(child.dep_ == "nmod:poss" for child in noun.children) else determiner(noun)
    short = _from_first(span, specific, noun)
    if kind is Kind.FUND and not specific and load_money().sum.search(span.text):
        yield short, Label.PHRASE, kind, f"{_amount_in(span)} {phrase}", article in INDEFINITE
        return
    complement = _complement(noun)
    if complement and (article or is_plural or specific):
        yield short, Label.PHRASE, kind, f"{phrase} {complement}", True
    elif not specific:
        is_mass = not article and phrase in lexicon.mass
        if article in DEFINITE or (kind is Kind.FUND and not article):
            yield span, Label.NOMINAL, kind, phrase, False
        elif (article in INDEFINITE or is_plural or is_mass) and noun.dep_ in ARGUMENTS:
            yield span, Label.PHRASE, kind, phrase, True
    else:
        is_name = any(t.pos_ == "PROPN" or _keeps_case(t) for t in specific) or load_money().sum.search(span.text)
        # Only capital letters make a name that means the same elsewhere; "the workforce strategy" has many owners.
        is_title = noun.text[0].isupper() and article not in INDEFINITE
        if is_title or is_name or len(specific) >= 2 or kind is Kind.DOCUMENT or article:
            yield short, Label.PHRASE, kind, phrase, not is_title


def _is_cut(noun: Word, span: Words) -> bool:
    """Whether a noun has a modifier before the phrase that was found for it."""
    return any(child.i < span.start and child.dep_ in ("compound", "amod", "nmod:poss") for child in noun.children)


def _complement(noun: Word) -> str:
    """What completes a noun, in its words: "of urgent care", "on gambling firms"; empty where nothing short does."""
    for child in noun.children:
        if child.i > noun.i and child.dep_ == "nmod" and preposition(child) in COMPLETING:
            words = noun.doc[noun.i + 1 : child.i + 1]
            return words.text if len(words) <= LONGEST_COMPLEMENT and "," not in words.text else ""
    return ""


def _amount_in(span: Words) -> str:
    """The words of an amount of money: "£500m"."""
    match = load_money().sum.search(span.text)
    return match[0] if match else ""


def _number(noun: Word) -> Word | None:
    """The number before a noun ("four", "43"), not a year."""
    return next((c for c in noun.children if c.dep_ == "nummod" and not YEAR.match(c.text) and c.i < noun.i), None)


def determiner(noun: Word) -> str:
    """The article or its like before a noun, in lower case, or an empty string.

    In "the department's board" the article is the owner's, though the parser may hang it on what is owned.
    """
    own = next((child.lower_ for child in noun.children if child.dep_ in ("det", "nmod:poss", "nummod")), "")
    if not own and noun.dep_ == "nmod:poss" and noun.i > noun.sent.start and noun.nbor(-1).dep_ == "det":
        return noun.nbor(-1).lower_
    return own


def _lemma(noun: Word, lexicon: Lexicon) -> tuple[str, bool]:
    """The noun in the singular, acronyms of classes spelt out, and whether it was plural."""
    text = noun.text
    singular = text[:-1] if text.endswith("s") and text[:-1].isupper() else text
    if singular in lexicon.acronyms:
        return lexicon.acronyms[singular], singular != text or "Plur" in noun.morph.get("Number", [])
    if noun.idx in noun.doc.user_data[CLASSES]:
        return noun.doc.user_data[CLASSES][noun.idx], noun.lower_.endswith("s")
    return noun.lemma_.lower(), "Plur" in noun.morph.get("Number", []) or noun.lemma_.lower() in lexicon.collective


def _noun_phrase(noun: Word) -> Words:
    """The noun with the modifiers before it."""
    first = noun.i
    start = noun.sent.start
    while first > start:
        token = noun.doc[first - 1]
        if (
            token.dep_ in MODIFIERS
            and token.pos_ not in ("SCONJ", "ADP")
            and (token.pos_ != "VERB" or token.dep_ == "amod")
            and token.text not in (",", ":", ";", "(", ")", "–", "—")
            and noun.is_ancestor(token)
        ) or (
            token.text == ","
            and first - 2 >= start
            and noun.doc[first - 2].dep_ == "amod"
            and noun.doc[first - 2].head == noun
        ):
            first -= 1
        else:
            break
    while first < noun.i and (noun.doc[first].dep_ in NEVER_FIRST or noun.doc[first].pos_ in ("ADV", "CCONJ", "SCONJ")):
        first += 1  # "and the paramedics" without "and"
    return noun.doc[first : noun.i + 1]


def _is_specific(token: Word, lexicon: Lexicon) -> bool:
    """Whether a modifier tells one thing from another: "winter", "2019", but not "the", "many", "£500m" or "recent"."""
    if token.pos_ == "NUM":  # "2019", and the number of "five-year"
        return YEAR.match(token.text) is not None or token.doc[token.i + 1].text == "-"
    if token.dep_ in NEVER_SPECIFIC or token.pos_ in ("DET", "PRON", "PUNCT", "ADP", "ADV", "PART", "SYM", "CCONJ"):
        return False
    return token.lower_ not in lexicon.unspecific and any(c.isalnum() for c in token.text)


def _keeps_case(token: Word) -> bool:
    return token.pos_ == "PROPN" or token.text.isupper()


def _from_first(span: Words, specific: list[Word], noun: Word) -> Words:
    """The phrase without leading articles and vague words."""
    first = min([t.i for t in specific], default=noun.i)
    money = [t.i for t in span if t.text[0] in "£$€" and t.i < first]
    return span.doc[min([first, *money]) : span.end]
