"""Names in a parsed paragraph: those of the register first, then those that the language model finds."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from spacy.language import Language
from spacy.lexeme import Lexeme
from spacy.matcher import PhraseMatcher
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc, Span

from nhskg.extract.broken_words import mended
from nhskg.extract.composed import Place, composed_names, ends_alike, is_inside, knows_better, overlap
from nhskg.extract.lexicon import Lexicon
from nhskg.extract.misleading import is_the_body
from nhskg.extract.recognised import KINDS, Known, place_of, recognised
from nhskg.extract.texts import text_of
from nhskg.extract.titles import titles
from nhskg.extract.vocabulary import vocabulary
from nhskg.extract.words import Paragraph, Word, Words
from nhskg.model import Kind
from nhskg.plurals import plural
from nhskg.register import Register
from nhskg.register.areas import areas as areas_of
from nhskg.register.areas import places as places_of
from nhskg.register.bodies import load_office_holders
from nhskg.resolve.state import REGISTER_KINDS

FULL_NAME = re.compile(r"^(?!(?:Lord|Lady|Baroness|Sir|Dame|Earl|Viscount) )[A-Z]\S+ (?:\S+ )?[A-Z]\S+$")
REGISTERED = "nhskg registered names"
OFFICES = "nhskg offices"
PEOPLE = "nhskg people"
CLASSES = "nhskg classes"
RECOGNISED = "nhskg recognised names"
SHORT_CAPITALS = re.compile(r"^[A-Z&/]{1,2}$")


@dataclass(frozen=True, slots=True)
class FoundName:
    """A name in a paragraph.

    Attributes:
        candidates: register ids, empty for a name that the register does not know.
        completed: the whole name where the text leaves a part of it to another, as in "Leeds and Bradford councils".
        doubtful: whether it may be no name: kept only if a claim is about it.
    """

    span: Words
    kind: Kind
    candidates: tuple[str, ...] = ()
    completed: str = ""
    doubtful: bool = False

    @property
    def words(self) -> str:
        """The name."""
        return self.completed or self.span.text


def taken_by(names: Iterable[FoundName]) -> set[int]:
    """The numbers of the words that names are made of."""
    return {place for name in names for place in range(name.span.start, name.span.end)}


@dataclass(frozen=True, slots=True)
class NameFinder:
    """Finds names with the register's forms, matched in any letter case where a form has several words.

    ``known`` has all these forms, one a line, ``surnames`` those of the register's office holders,
    ``places`` the places that its bodies are named after, ``vocabulary`` the words that the language model has met.
    """

    exact: PhraseMatcher
    caseless: PhraseMatcher
    people: PhraseMatcher
    classes: PhraseMatcher
    areas: PhraseMatcher
    register: Register
    lexicon: Lexicon
    known: str
    surnames: frozenset[str]
    places: frozenset[str]
    vocabulary: frozenset[str]

    def merge(self, doc: Doc) -> Doc:
        """Makes each name, class of bodies and description of an office one word of an unparsed paragraph.

        The parser is trained on treebanks with few names as long as "Royal Cornwall Hospitals NHS Trust" and splits them
        over the sentence. As one word that looks like a name it knows, they cannot be torn apart. The text and its
        offsets stay as they are.

        Args:
            doc: the words, with the names that the language model found.
        """
        registered = {
            place_of(span): form
            for span, form in self._matches(doc)
            if form not in self.register.misleading and not self._goes_on(span) and not _ends_question(span)
        }
        offices = {place_of(span) for pattern in self.lexicon.office_patterns for span in _spans(doc, pattern)}
        classes = {(start, end): doc.vocab.strings[key] for key, start, end in self.classes(doc)}
        people = {(start, end) for _, start, end in self.people(doc)}
        known = Known(self.lexicon, self.register, self.known, self.places)
        found = {place_of(span): span.label_ for span in recognised(doc, known)}
        for _, start, end in self.areas(doc):
            found = {place: label for place, label in found.items() if not overlap(place, (start, end))}
            found[start, end] = "PLACE"
        for place in titles(doc):
            if not any(overlap(place, other) for other in registered):
                found = {other: label for other, label in found.items() if not overlap(other, place)}
                found[place] = "ORG"
        for place in list(self._of_nhs(doc, registered)):
            del registered[place[0], place[0] + 1]
            found = {other: label for other, label in found.items() if not overlap(other, place)}
            found[place] = "ORG"
        for place in self._composed(doc, registered, people, found):
            for inside in [other for other in registered if is_inside(other, place)]:
                del registered[inside]
            if place not in classes and not any(ends_alike(place, other) for other in found if found[other] == "ORG"):
                found = {other: label for other, label in found.items() if not overlap(other, place)}
                found[place] = "ORG"
        for place in found:  # "Care Homes Together" is no class of bodies
            for inside in [other for other in classes if is_inside(other, place) and other != place]:
                del classes[inside]
        certain = {*registered, *offices, *people, *classes}
        taken: set[int] = set()
        kept: list[Place] = []
        # What the register knows goes before what the language model has found; of two in one table the longer one.
        for places in (certain, found):
            for start, end in sorted(places, key=lambda place: (place[0] - place[1], place[0])):
                if taken.isdisjoint(range(start, end)):
                    taken.update(range(start, end))
                    kept.append((start, end))
        starts = {place: doc[place[0]].idx for place in kept}
        doc.user_data[REGISTERED] = {starts[place]: registered[place] for place in kept if place in registered}
        doc.user_data[OFFICES] = frozenset(starts[place] for place in kept if place in offices)
        doc.user_data[PEOPLE] = frozenset(starts[place] for place in kept if place in people)
        doc.user_data[CLASSES] = {starts[place]: classes[place] for place in kept if place in classes}
        doc.user_data[RECOGNISED] = {
            starts[place]: found[place] for place in kept if place in found and place not in certain
        }
        with doc.retokenize() as retokenizer:
            for start, end in kept:
                span = doc[start:end]
                stand_in = self.lexicon.stand_ins[self._looks(span, offices, people, classes, found)]
                if len(span) > 1:  # a single word keeps its look: it may be a word of the documents that follow
                    _look_like(doc.vocab[span.text], doc.vocab[stand_in])
                    retokenizer.merge(span, attrs={"NORM": stand_in.lower()})
                else:
                    span[0].norm_ = stand_in.lower()
        for token in doc:
            singular = token.text.removesuffix("s")
            if singular in self.lexicon.acronyms:
                token.norm_ = self.lexicon.stand_ins["group" if singular == token.text else "groups"]
        return doc

    def _of_nhs(self, doc: Doc, registered: Collection[Place]) -> Iterator[Place]:
        """Bodies that the register does not know and that are called after the NHS: "NHS Orkney", "NHS Health Scotland".

        Not "NHS Trusts", "NHS Bill" or "NHS Director", which have a noun for what they are.
        """
        lexicon = self.lexicon
        nouns = lexicon.posts | lexicon.names_things | lexicon.nouns.keys() | lexicon.nominals.keys()
        others = {start for start, _ in registered}
        for start, end in registered:
            last = end
            while last < len(doc) and doc[last].is_title and doc[last].is_alpha and last not in others:
                last += 1
            words = doc[end:last]
            is_name = not any(t.lower_ in nouns or t.lower_.removesuffix("s") in nouns for t in words)
            is_name = is_name and not all(t.text in lexicon.not_names for t in words)
            if (
                len(words)
                and doc[start:end].text == "NHS"
                and is_name
                and words[-1].text not in lexicon.nouns_in_names.last
            ):
                yield start, last

    def _composed(
        self, doc: Doc, registered: Collection[Place], people: Collection[Place], found: Mapping[Place, str]
    ) -> list[Place]:
        """The names that show by their make what they are, but for those that the register knows better."""
        persons = [place for place, label in found.items() if label == "PERSON" and place[1] - place[0] > 1]
        several = [(t.i, t.i + 1) for t in doc if t.lower_.endswith("s") and t.lower_[:-1] in self.lexicon.nouns]
        whole = [
            *(place for place in registered if doc[place[0] : place[1]].text != "NHS"),
            *people,
            *persons,
            *several,
        ]
        return [
            (span.start, span.end)
            for span in composed_names(doc, self.lexicon.nouns_in_names, whole)
            if not any(knows_better(place, span, self.lexicon.nouns_in_names) for place in registered)
        ]

    def _looks(
        self,
        span: Span,
        offices: Collection[Place],
        people: Collection[Place],
        classes: Collection[Place],
        found: Mapping[Place, str],
    ) -> str:
        """Which stand-in a merged name gets."""
        place = place_of(span)
        if place in classes:
            return "groups" if span[-1].lower_.endswith("s") else "group"
        if place in offices:
            return "office"
        if place in people or found.get(place) == "PERSON":
            return "person"
        return "place" if found.get(place) == "PLACE" else "body"

    def names(self, doc: Paragraph) -> list[FoundName]:
        """Gives the names of a parsed paragraph in text order, none inside another."""
        registered: dict[int, str] = doc.user_data[REGISTERED]
        known: frozenset[int] = doc.user_data[PEOPLE]
        recognised: dict[int, str] = doc.user_data[RECOGNISED]
        found = []
        for token in doc:
            if token.idx in registered:
                found.append(self._registered(doc[token.i : token.i + 1], registered[token.idx]))
            elif token.idx in known:
                found.append(FoundName(doc[token.i : token.i + 1], Kind.PERSON))
            elif token.idx in recognised:
                found.append(FoundName(doc[token.i : token.i + 1], KINDS[recognised[token.idx]]))
        taken = {name.span.start for name in found if name.span.root.idx not in recognised}
        for place, form in self._matches(doc.parsed):
            span = doc[place.start : place.end]
            if form in self.register.misleading and taken.isdisjoint(range(span.start, span.end)):
                if is_the_body(form, span, recognised, registered, self.register, self.lexicon):
                    places = range(span.start, span.end)
                    found = [name for name in found if name.span.start not in places]
                    found.append(self._registered(span, form))
                    taken.update(places)
        return sorted(found, key=lambda name: name.span.start)

    def canonical(self, name: FoundName) -> str:
        """The official name where the register knows just one body of that name, else the words as they are."""
        return self.register.bodies[name.candidates[0]].name if len(name.candidates) == 1 else name.words

    def _registered(self, span: Words, form: str) -> FoundName:
        candidates = self.register.forms[form]
        kind = REGISTER_KINDS.get(self.register.bodies[candidates[0]].kind, Kind.ORGANISATION)
        return FoundName(span, kind, candidates)

    def _matches(self, doc: Doc) -> Iterator[tuple[Span, str]]:
        """Where the register's forms are, and in words that line breaks cut."""
        yield from self._whole_matches(doc)
        if (put_right := mended(doc)) is not None:
            whole, starts = put_right
            for span, form in self._whole_matches(whole):
                if starts[span.end] - starts[span.start] > len(span):
                    yield doc[starts[span.start] : starts[span.end]], form

    def _whole_matches(self, doc: Doc) -> Iterator[tuple[Span, str]]:
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
        return span.end < len(doc) and doc[span.end].text in self.lexicon.continues_name and len(span) > 1


def name_finder(nlp: Language, register: Register, lexicon: Lexicon) -> NameFinder:
    """Builds the finder for a language model's tokeniser.

    Args:
        nlp: the language model.
        register: the bodies whose names are looked for.
        lexicon: for descriptions of offices, acronyms of classes, and the words that stand in for names.
    """
    tokenise = cast("Tokenizer", nlp.tokenizer)
    exact, caseless = PhraseMatcher(nlp.vocab, attr="ORTH"), PhraseMatcher(nlp.vocab, attr="LOWER")
    for form, doc in zip(register.forms, tokenise.pipe(register.forms), strict=True):
        if SHORT_CAPITALS.match(form):
            continue
        if len(doc) == 1 and form not in register.misleading:
            _look_like(doc[0].lex, nlp.vocab[lexicon.stand_ins["body"]])
        (caseless if " " in form and form not in register.misleading else exact).add(form, [doc])
    people = PhraseMatcher(nlp.vocab, attr="ORTH")
    full = sorted({name for holder in load_office_holders() for name in holder.names if FULL_NAME.match(name)})
    people.add("person", list(tokenise.pipe(full)))
    areas = PhraseMatcher(nlp.vocab, attr="ORTH")
    areas.add("area", list(tokenise.pipe(areas_of(register))))
    classes = PhraseMatcher(nlp.vocab, attr="LOWER")
    for name in lexicon.classes:
        classes.add(name, list(tokenise.pipe((name, plural(name)))))
    return NameFinder(
        exact=exact,
        caseless=caseless,
        people=people,
        classes=classes,
        areas=areas,
        register=register,
        lexicon=lexicon,
        known="\n".join(register.forms),
        surnames=frozenset(name.split()[-1] for name in full),
        places=frozenset(places_of(register)),
        vocabulary=vocabulary(nlp),
    )


def is_person(token: Word) -> bool:
    """Whether a word of a merged paragraph is the name of a person."""
    data = token.doc.user_data
    return data.get(RECOGNISED, {}).get(token.idx) == "PERSON" or token.idx in data.get(PEOPLE, ())


def _ends_question(span: Span) -> bool:
    """Whether "Which?" asks, rather than being the name: it stands alone, and the next word does not go on in lower case."""
    doc = span.doc
    begins = span.start == 0 or not doc[span.start - 1].text[-1].isalnum()
    goes_on = span.end < len(doc) and doc[span.end].text[0] in "'’abcdefghijklmnopqrstuvwxyz"
    return span[-1].text == "?" and begins and not goes_on


def _spans(doc: Doc, pattern: re.Pattern[str]) -> Iterator[Span]:
    for match in pattern.finditer(text_of(doc)):
        span = doc.char_span(*match.span())
        if span is not None:
            yield span


def _look_like(lexeme: Lexeme, model: Lexeme) -> None:
    """Gives a merged name the features that the language model reads of the stand-in."""
    lexeme.prefix_, lexeme.suffix_, lexeme.shape_ = model.prefix_, model.suffix_, model.shape_
