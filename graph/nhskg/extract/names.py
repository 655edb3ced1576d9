"""Names in a parsed paragraph: those of the register first, then those that the language model finds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.lexeme import Lexeme
from spacy.util import filter_spans

from nhskg.model import Kind
from nhskg.register import Register

KINDS = {"PERSON": Kind.PERSON, "ORG": Kind.ORGANISATION, "PLACE": Kind.PLACE}
TITLE = re.compile(r"^(?:(?:Sir|Dame|Dr|Mr|Mrs|Ms|Miss|Prof|Professor|Lord|Lady|Baroness|Rev|hon|Hon)\.? )+")
ENTITY_KINDS = {"programme": Kind.PROGRAMME, "fund": Kind.FUND}
REGISTERED = "nhskg registered names"
STAND_IN = "Enron"
"""A body that is often subject and object in the treebanks that the language model learned from."""
SHORT_CAPITALS = re.compile(r"^[A-Z&/]{1,2}$")


@dataclass(frozen=True, slots=True)
class FoundName:
    """A name in a paragraph; ``candidates`` are register ids, empty for a name that the register does not know."""

    span: Span
    kind: Kind
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NameFinder:
    """Finds names with the register's forms, matched in any letter case where a form has several words."""

    exact: PhraseMatcher
    caseless: PhraseMatcher
    register: Register
    continues: frozenset[str]

    def merge_registered(self, doc: Doc) -> Doc:
        """Makes each name of the register one word of an unparsed paragraph.

        The parser is trained on treebanks with few names as long as "Royal Cornwall Hospitals NHS Trust" and splits them
        over the sentence. As one word that looks like a name it knows, they cannot be torn apart. The text and its
        offsets stay as they are.
        """
        spans = []
        for span, form in self._matches(doc):
            if form in self.register.misleading or self._goes_on(span):
                continue
            spans.append((span, form))
        kept = filter_spans([span for span, _ in spans])
        forms = {(span.start, span.end): form for span, form in spans}
        doc.user_data[REGISTERED] = {span.start_char: forms[span.start, span.end] for span in kept}
        with doc.retokenize() as retokenizer:
            for span in kept:
                if len(span) > 1:
                    _look_like(doc.vocab[span.text], doc.vocab[STAND_IN])
                    retokenizer.merge(span, attrs={"NORM": STAND_IN.lower()})
        return doc

    def names(self, doc: Doc, on: date | None) -> list[FoundName]:
        """Gives the names of a parsed paragraph in text order, none inside another."""
        registered: dict[int, str] = doc.user_data.get(REGISTERED, {})
        found = [
            self._registered(doc[token.i : token.i + 1], registered[token.idx], on)
            for token in doc
            if token.idx in registered
        ]
        taken = {name.span.start for name in found}
        for span, form in self._matches(doc):
            if form in self.register.misleading and taken.isdisjoint(range(span.start, span.end)):
                if not self._misleads(form, span):
                    found.append(self._registered(span, form, on))
                    taken.update(range(span.start, span.end))
        for span in doc.ents:
            kind = KINDS.get(span.label_)
            if kind is None:
                continue
            trimmed = _without_title(span) if kind is Kind.PERSON else _without_article(span)
            if trimmed is not None and _is_a_name(trimmed) and taken.isdisjoint(range(trimmed.start, trimmed.end)):
                found.append(FoundName(trimmed, kind))
        return sorted(found, key=lambda name: name.span.start)

    def _registered(self, span: Span, form: str, on: date | None) -> FoundName:
        candidates = self.register.candidates(form, on)
        kind = ENTITY_KINDS.get(self.register.bodies[candidates[0]].kind, Kind.ORGANISATION)
        return FoundName(span, kind, candidates)

    def _matches(self, doc: Doc) -> Iterator[tuple[Span, str]]:
        strings = doc.vocab.strings
        for key, start, end in self.exact(doc):
            yield doc[start:end], strings[key]
        for key, start, end in self.caseless(doc):
            span = doc[start:end]
            if any(character.isupper() for character in span.text) or not any(c.isupper() for c in strings[key]):
                yield span, strings[key]

    def _goes_on(self, span: Span) -> bool:
        """Whether the next word makes it another body's name ("Leeds Teaching Hospitals Charity")."""
        doc = span.doc
        return span.end < len(doc) and doc[span.end].text in self.continues and len(span) > 1

    def _misleads(self, form: str, span: Span) -> bool:
        """Whether a form that is also a word, place or person's name is one here, as far as can be seen."""
        if form.islower():
            return False  # "government" is listed because of "Government", which begins sentences and titles
        why = self.register.misleading[form]
        labels = {token.ent_type_ for token in span}
        if why & {"place", "person"}:
            return labels != {"ORG"}
        if span.start == span.sent.start:
            return "ORG" not in labels
        return not ("ORG" in labels or all(token.pos_ == "PROPN" for token in span))


def name_finder(nlp: Language, register: Register, continues: frozenset[str]) -> NameFinder:
    """Builds the finder for a language model's tokeniser.

    Args:
        nlp: the language model.
        register: the bodies whose names are looked for.
        continues: words that, right after a name, make it another name.
    """
    exact, caseless = PhraseMatcher(nlp.vocab, attr="ORTH"), PhraseMatcher(nlp.vocab, attr="LOWER")
    for form, doc in zip(register.forms, nlp.tokenizer.pipe(register.forms), strict=True):
        if SHORT_CAPITALS.match(form):
            continue
        (caseless if " " in form and form not in register.misleading else exact).add(form, [doc])
    return NameFinder(exact, caseless, register, continues)


def _look_like(lexeme: Lexeme, model: Lexeme) -> None:
    """Gives a merged name the features that the language model reads of the stand-in."""
    lexeme.prefix_, lexeme.suffix_, lexeme.shape_ = model.prefix_, model.suffix_, model.shape_


def _without_title(span: Span) -> Span | None:
    match = TITLE.match(span.text + " ")
    skip = 0
    while match and skip < len(span) and span[skip : skip + 1].text.rstrip(".") and span.doc[span.start + skip].idx - span.start_char < match.end():
        skip += 1
    rest = span.doc[span.start + skip : span.end]
    return _without_possessive(rest) if len(rest) else None


def _without_article(span: Span) -> Span | None:
    start = span.start
    while start < span.end and span.doc[start].lower_ in ("the", "a", "an"):
        start += 1
    return _without_possessive(span.doc[start : span.end]) if start < span.end else None


def _without_possessive(span: Span) -> Span | None:
    end = span.end
    while end > span.start and span.doc[end - 1].lower_ in ("'s", "’s", "'", "’", ",", ".", ":", "-", "–"):
        end -= 1
    return span.doc[span.start : end] if end > span.start else None


def _is_a_name(span: Span) -> bool:
    return any(token.text[0].isupper() for token in span) and len(span.text) > 1
