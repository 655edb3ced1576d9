"""Names as the language model finds them, put right: without titles, taken apart where they are several."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from nhskg.extract.composed import Place
from nhskg.extract.lexicon import Lexicon
from nhskg.model import Kind
from nhskg.register import Register

KINDS = {"PERSON": Kind.PERSON, "ORG": Kind.ORGANISATION, "PLACE": Kind.PLACE}
JOINING = {"and", "&", ","}
NEVER_LAST = {"'s", "’s", "'", "’", ",", ".", ":", "-", "–", "and", "of", "for", "the", "in", "&"}


@dataclass(frozen=True, slots=True)
class Known:
    """What tells how a supposed name is to be put right.

    Attributes:
        lexicon: which words are titles and which no names.
        register: whose forms are whole names.
        forms: all these forms, one a line.
        places: names of places of one word.
    """

    lexicon: Lexicon
    register: Register
    forms: str
    places: frozenset[str]


def recognised(doc: Doc, known: Known) -> Iterator[Span]:
    """Gives the names that the language model found, without titles, articles and possessives."""
    lexicon = known.lexicon
    for span in doc.ents:
        kind = KINDS.get(span.label_)
        if kind is None:
            continue
        trimmed = _without_title(span, lexicon) if kind is Kind.PERSON else _without_article(span)
        if trimmed is not None and _is_a_name(trimmed, lexicon):
            parts = _parts(trimmed, kind, known)
            for start, end in parts:
                is_place = len(parts) > 1 and doc[start:end].text in known.places
                if any(token.text[0].isupper() for token in doc[start:end]):
                    yield Span(doc, start, end, label="PLACE" if is_place else span.label_)


def _is_a_name(span: Span, lexicon: Lexicon) -> bool:
    """Whether a supposed name looks like one, and is no noun that begins a title ("Statement")."""
    if span.text in lexicon.not_names or span.text.removesuffix("s") in lexicon.acronyms:
        return False
    is_noun = len(span) == 1 and span.text.istitle() and span[0].lower_ in lexicon.nouns
    return len(span.text) > 1 and any(token.text[0].isupper() for token in span) and not is_noun


def _share_noun(span: Span, lexicon: Lexicon) -> bool:
    """Whether a plural noun of bodies follows that supposed names share: "Leeds and Bradford councils"."""
    noun = _noun_after(span)
    return bool(noun) and is_body_noun(noun, lexicon)


def _noun_after(span: Span) -> str:
    """The next word in the singular, or an empty string where it is no plural."""
    following = span.doc[span.end].text if span.end < len(span.doc) else ""
    return following[:-1] if following.endswith("s") else ""


def _begin_names(span: Span, known: Known) -> bool:
    """Whether a list, "Airedale, Bradford and Calderdale", is of single words and one that begins a name of the register."""
    parts = re.split(r", (?:and )?| and | & ", span.text)
    known_parts = [part for part in parts if part in known.places or f"\n{part} " in known.forms]
    return len(known_parts) == len(parts) or (bool(known_parts) and not any(" " in part for part in parts))


def _parts(span: Span, kind: Kind, known: Known) -> list[Place]:
    """ "Dunmere and Saltmarsh" are two places, "Tyne and Wear" is in the register as one; a list is of several."""
    words = [token.lower_ for token in span]
    if ":" in words:  # a heading
        cut = span.start + words.index(":")
        halves = [span.doc[span.start : cut], span.doc[cut + 1 : span.end]]
        return [part for half in halves if len(half) for part in _parts(half, kind, known)]
    joined = "and" in words[1:-1] or "&" in words[1:-1]
    cuts: set[str] = set()
    are_places = kind is Kind.PLACE or all(t.text in known.places for t in span if t.lower_ not in JOINING)
    share = _share_noun(span, known.lexicon) and f"\n{span.text} {_noun_after(span).title()}" not in known.forms
    is_list = joined and "," in words and span.text not in known.forms and _begin_names(span, known)
    if (joined and (share or (are_places and span.text not in known.forms))) or is_list:
        cuts = JOINING
    elif "," in words and not joined:
        cuts = {","}
    elif joined and kind is Kind.ORGANISATION and span.text not in known.forms:
        return _both_whole(span, known)
    parts, start = [], span.start
    for token in span:
        if token.lower_ in cuts:
            parts.append((start, token.i))
            start = token.i + 1
    return [part for part in [*parts, (start, span.end)] if part[0] < part[1]]


def _both_whole(span: Span, known: Known) -> list[Place]:
    """ "Surrey Heartlands and Surrey County Council" are two, as are those with "the" or a title after "and"."""
    last = known.lexicon.nouns_in_names.last
    for joint in span[1:-1]:
        if joint.lower_ not in ("and", "&"):
            continue
        before, after = span.doc[span.start : joint.i], span.doc[joint.i + 1 : span.end]
        if after[0].lower_ == "the" and len(after) > 1:
            return [place_of(before), (after.start + 1, after.end)]
        parts = (before, after)
        are_whole = len(before) > 1 and all(
            part.text in known.register.forms or part[-1].text in last for part in parts
        )
        # "St Helens and Warrington": two that go by the place where names of the register begin
        are_whole |= all(part.text in known.places or f"\n{part.text} " in known.forms for part in parts)
        if are_whole or after[0].text.rstrip(".") in known.lexicon.titles:
            return [place_of(before), place_of(after)]
    return [place_of(span)]


def _without_title(span: Span, lexicon: Lexicon) -> Span | None:
    """A person's name without "Sir", "Dr", "CEO", "chair" before it."""
    start = span.start
    while start < span.end:
        word = span.doc[start]
        is_title = (
            word.text.rstrip(".") in lexicon.titles or word.lower_ in lexicon.posts or word.text in lexicon.not_names
        )
        if not (is_title or word.text == "." or _only_begins(word)):
            break
        start += 1
    return _without_possessive(span.doc[start : span.end]) if start < span.end else None


def is_body_noun(word: str, lexicon: Lexicon) -> bool:
    """Whether a word in the singular, in small letters or an acronym, may end the name of a body."""
    return word in lexicon.acronyms or word.title() in lexicon.nouns_in_names.last


def place_of(span: Span) -> Place:
    """The first word of a span and the word after its last."""
    return span.start, span.end


def _without_article(span: Span) -> Span | None:
    start = span.start
    while start < span.end and (span.doc[start].lower_ in ("the", "a", "an") or _only_begins(span.doc[start])):
        start += 1
    return _without_possessive(span.doc[start : span.end]) if start < span.end else None


def _only_begins(word: Token) -> bool:
    """Whether a word is capitalised only since it begins a sentence: "Across London"."""
    begins = word.i == 0 or not word.doc[word.i - 1].text[-1].isalnum()
    before_article = word.i + 1 < len(word.doc) and word.doc[word.i + 1].lower_ == "the"
    return begins and (word.is_stop or before_article) and not word.like_num and not word.is_upper


def _without_possessive(span: Span) -> Span | None:
    end = span.end
    while end > span.start and span.doc[end - 1].lower_ in NEVER_LAST:
        end -= 1
    return span.doc[span.start : end] if end > span.start else None
