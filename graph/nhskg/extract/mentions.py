"""Everything in a document that may stand for an entity: names, descriptions, nominals, pronouns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Span, Token

from nhskg.extract.lexicon import Lexicon
from nhskg.extract.names import FoundName, NameFinder
from nhskg.extract.roles import SUBJECTS
from nhskg.model import Document, Kind, Label, Mention, TextSpan

MODIFIERS = {"compound", "amod", "nummod", "nmod:poss", "det", "flat", "advmod", "punct", "nmod:desc", "nmod:unmarked", "obl:unmarked", "cc", "conj", "nmod"}
PRONOUNS = {
    *("he", "him", "his", "she", "her", "hers", "it", "its", "they", "them", "their", "theirs", "i", "me", "my", "we", "us", "our"),
}
DEFINITE = {"the", "this", "that", "its", "their", "his", "her"}
INDEFINITE = {"a", "an", "another", "one"}
NEVER_SPECIFIC = {"det", "det:predet", "punct", "case", "cc"}
YEAR = re.compile(r"^(?:19|20)\d\d$")
AMOUNT = re.compile(r"[£$€]\s?\d")


def find_mentions(document: Document, paragraphs: Sequence[tuple[int, Doc]], finder: NameFinder, lexicon: Lexicon) -> list[Mention]:
    """Gives the mentions of a document in text order; no two share a head."""
    found: list[Mention] = []
    sentence_offset = 0
    for number, (offset, doc) in enumerate(paragraphs):
        sentences = {token.i: index for index, sentence in enumerate(doc.sents, sentence_offset) for token in sentence}
        names = finder.names(doc, document.published)
        for span, label, kind, phrase, extra in _in_paragraph(doc, names, lexicon):
            root = span.root
            start, end = offset + span.start_char, offset + span.end_char
            found.append(
                Mention(
                    span=TextSpan.of(document.text, start, end),
                    label=label,
                    kind=kind,
                    phrase=phrase,
                    paragraph=number,
                    head=root.i,
                    sentence=sentences[root.i],
                    candidates=extra if isinstance(extra, tuple) else (),
                    is_subject=root.dep_ in SUBJECTS,
                    is_plural="Plur" in root.morph.get("Number"),
                    is_local=extra is True,
                )
            )
        sentence_offset += sum(1 for _ in doc.sents)
    return found


Found = tuple[Span, Label, Kind | None, str, "tuple[str, ...] | bool"]


def _in_paragraph(doc: Doc, names: list[FoundName], lexicon: Lexicon) -> list[Found]:
    found: list[Found] = []
    inside: set[int] = set()
    for name in names:
        label = Label.REGISTER if name.candidates else Label.NAME
        found.append((name.span, label, name.kind, name.span.text, name.candidates))
        inside.update(range(name.span.start, name.span.end))
    for token in doc:
        if token.i in inside:
            continue
        if token.lower_ in PRONOUNS and token.pos_ in ("PRON", "DET"):
            found.append((doc[token.i : token.i + 1], Label.PRONOUN, None, token.lower_, False))
        elif token.pos_ in ("NOUN", "PROPN", "ADJ"):
            found.extend(_office(token, lexicon) or _description(token, lexicon))
    heads: set[int] = set()
    unique = []
    for item in sorted(found, key=lambda item: (item[1] is not Label.REGISTER and item[1] is not Label.NAME, item[0].start)):
        if item[0].root.i not in heads:
            heads.add(item[0].root.i)
            unique.append(item)
    return sorted(unique, key=lambda item: item[0].start)


def _office(noun: Token, lexicon: Lexicon) -> list[Found]:
    """ "the hon. Member", "the Secretary of State", "the health secretary": a person without a name."""
    before = noun.doc[max(0, noun.i - 1)]
    if noun.lower_ in lexicon.members and before.lower_ in ("hon.", "honourable", "learned", "gallant"):
        return [(noun.doc[noun.i - 1 : noun.i + 1], Label.NOMINAL, Kind.PERSON, "hon. member", False)]
    for words in lexicon.offices:
        parts = words.split()
        start = noun.i - parts.index("secretary")
        span = noun.doc[max(0, start) : start + len(parts)]
        if noun.lower_ == "secretary" and span.text.lower() == words:
            following = noun.doc[span.end] if span.end < len(noun.doc) else None
            if following is None or following.pos_ != "PROPN":  # "health secretary Jane Crosby" is named
                return [(span, Label.NOMINAL, Kind.PERSON, words, False)]
    return []


def _description(noun: Token, lexicon: Lexicon) -> Iterator[Found]:
    """A noun phrase whose head makes it a group, fund, programme, document, or a stand-in for something named."""
    lemma, is_plural = _lemma(noun, lexicon)
    kind = lexicon.nouns.get(lemma)
    stands_for = lexicon.nominals.get(lemma)
    if (kind is None and stands_for is None) or noun.dep_ in ("compound", "flat"):
        return
    span = _noun_phrase(noun)
    determiner = next((child.lower_ for child in noun.children if child.dep_ in ("det", "nmod:poss") and child.lower_ in DEFINITE | INDEFINITE), "")
    specific = [t for t in span if t.i != noun.i and _is_specific(t, lexicon)]
    phrase = " ".join([*(t.text if _keeps_case(t) else t.lower_ for t in specific), lemma])
    if is_plural and (kind is Kind.GROUP or (kind is not None and stands_for == {"organisation"})):
        if specific or lemma not in lexicon.weak_groups:
            yield _from_first(span, specific, noun), Label.PHRASE, Kind.GROUP, phrase, False
        else:
            yield span, Label.NOMINAL, Kind.GROUP, lemma, False
        return
    if kind is Kind.GROUP or kind is None:
        if stands_for and determiner in DEFINITE and not specific:
            yield span, Label.NOMINAL, None, lemma, False
        return
    if not specific:
        if determiner in DEFINITE or (kind is Kind.FUND and not determiner):
            yield span, Label.NOMINAL, kind, lemma, False
        elif kind is Kind.DOCUMENT and (determiner in INDEFINITE or is_plural) and noun.dep_ in ("obj", "nsubj:pass", "nsubj", "nmod", "obl"):
            yield span, Label.PHRASE, kind, phrase, True
        return
    is_name = any(t.pos_ == "PROPN" or _keeps_case(t) for t in specific) or len(specific) >= 2 or AMOUNT.search(span.text)
    if kind is Kind.DOCUMENT or determiner in INDEFINITE or not is_name:
        if kind is Kind.DOCUMENT or determiner:
            yield _from_first(span, specific, noun), Label.PHRASE, kind, phrase, True
        return
    yield _from_first(span, specific, noun), Label.PHRASE, kind, phrase, False


def _lemma(noun: Token, lexicon: Lexicon) -> tuple[str, bool]:
    """The noun in the singular, acronyms of classes spelt out, and whether it was plural."""
    text = noun.text
    singular = text[:-1] if text.endswith("s") and text[:-1].isupper() else text
    if singular in lexicon.acronyms:
        return lexicon.acronyms[singular], singular != text or "Plur" in noun.morph.get("Number")
    return noun.lemma_.lower(), "Plur" in noun.morph.get("Number")


def _noun_phrase(noun: Token) -> Span:
    """The noun with the modifiers before it."""
    first = noun.i
    start = noun.sent.start
    while first > start:
        token = noun.doc[first - 1]
        if noun.is_ancestor(token) and token.dep_ in MODIFIERS and token.pos_ not in ("SCONJ", "ADP") and (token.pos_ != "VERB" or token.dep_ == "amod") and token.text not in (",", ":", ";", "(", ")", "–", "—"):
            first -= 1
        elif token.text == "," and first - 2 >= start and noun.doc[first - 2].dep_ == "amod" and noun.doc[first - 2].head == noun:
            first -= 1
        else:
            break
    return noun.doc[first : noun.i + 1]


def _is_specific(token: Token, lexicon: Lexicon) -> bool:
    """Whether a modifier tells one thing from another: "winter", "2019", but not "the", "many", "£500m" or "recent"."""
    if token.pos_ == "NUM":
        return YEAR.match(token.text) is not None
    if token.dep_ in NEVER_SPECIFIC or token.pos_ in ("DET", "PRON", "PUNCT", "ADP", "ADV", "PART", "SYM", "CCONJ"):
        return False
    return token.lower_ not in lexicon.unspecific


def _keeps_case(token: Token) -> bool:
    return token.pos_ == "PROPN" or token.text.isupper()


def _from_first(span: Span, specific: list[Token], noun: Token) -> Span:
    """The phrase without leading articles and vague words."""
    first = min([t.i for t in specific], default=noun.i)
    money = [t.i for t in span if t.text[0] in "£$€" and t.i < first]
    return span.doc[min([first, *money]) : span.end]
