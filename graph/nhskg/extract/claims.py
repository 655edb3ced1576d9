"""Claims of a document: lexicon frames matched to the roles of its words, between resolved entities."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from nhskg.extract.lexicon import Frame, Lexicon
from nhskg.extract.roles import RoleFinder, Roles, is_excluded, is_verbal, preposition
from nhskg.extract.speakers import speaking_word
from nhskg.extract.status import status_of
from nhskg.model import Amount, Claim, Document, Evidence, Kind, Label, Mention, Status, TextSpan
from nhskg.ontology import Predicate
from nhskg.resolve import Resolution

PARTS = {"NOUN": "noun", "PROPN": "noun", "NUM": "noun", "ADJ": "adjective"}
MONEY = re.compile(r"£\s?(\d[\d,]*(?:\.\d+)?)\s?(k|m|bn|b|tn|thousand|million|billion|trillion)?\b", re.IGNORECASE)
MAGNITUDES = {
    "": 1.0,
    "k": 1e3,
    "thousand": 1e3,
    "m": 1e6,
    "million": 1e6,
    "b": 1e9,
    "bn": 1e9,
    "billion": 1e9,
    "tn": 1e12,
    "trillion": 1e12,
}
ASKING = {"who", "what", "why", "how", "when", "where", "which", "whose", "whom"}
CONFIDENCE = {Label.REGISTER: 0.95, Label.NAME: 0.9, Label.PHRASE: 0.85, Label.NOMINAL: 0.7, Label.PRONOUN: 0.65}
"""How far to trust the resolution of an argument, by how it was mentioned."""


@dataclass(frozen=True, slots=True)
class _Argument:
    entity: str
    kind: Kind
    label: Label


@dataclass(slots=True)
class ClaimFinder:
    """Finds claims with a lexicon and the predicates of the ontology."""

    lexicon: Lexicon
    predicates: Mapping[str, Predicate]

    def claims(
        self,
        document: Document,
        paragraphs: Sequence[tuple[int, Doc]],
        mentions: Sequence[Mention],
        resolution: Resolution,
    ) -> list[Claim]:
        """Gives the claims of a document in text order, one for each triple, status and speaker."""
        arguments = _Arguments(self.lexicon, mentions, resolution)
        found: dict[tuple[str, str, str, Status, str | None], Claim] = {}
        for number, (offset, doc) in enumerate(paragraphs):
            finder = RoleFinder(self.lexicon)
            for token in doc:
                for claim in self._of_trigger(document, number, offset, token, finder, arguments):
                    key = (claim.subject, claim.predicate, claim.object, claim.status, claim.speaker)
                    found.setdefault(key, claim)
        return list(found.values())

    def _of_trigger(
        self, document: Document, paragraph: int, offset: int, token: Token, finder: RoleFinder, arguments: _Arguments
    ) -> Iterator[Claim]:
        frames = self._frames(token, arguments.is_person(token, paragraph))
        if not frames:
            return
        if any(pattern.search(token.sent.text) for pattern in self.lexicon.formulas):
            frames = tuple(frame for frame in frames if frame.predicate not in self.lexicon.performative)
            if not frames:
                return
        roles = finder.roles(token)
        if token.pos_ == "ADJ" and frames[0].part_of_speech == "verb" and "agent" in roles:
            roles = roles | {"patient": roles["agent"]}  # "is affiliated to": a participle that has become an adjective
            del roles["agent"]
        if _is_question(token) and not _is_performed(token, roles):
            frames = tuple(f for f in frames if "@request" in f.words or f.predicate in self.lexicon.presupposed)
        for frame in frames:
            fitting = _with_phrase(frame, token, roles, self.lexicon)
            if fitting is None or (frame.money and not _gives_money(fitting, self.lexicon.nouns)):
                continue
            if frame.thing and not _has_lemma(fitting, ("patient", "thing"), frame.thing, self.lexicon):
                continue
            if frame.complement and not _is_called(token, fitting, getattr(self.lexicon, frame.complement)):
                continue
            if frame.infinitive is not None and frame.infinitive is not _has_infinitive(token):
                continue
            for subject, object_ in self._pairs(frame, token, fitting, finder, paragraph, arguments):
                yield self._claim(document, paragraph, offset, token, frame, subject, object_, finder, arguments)

    def _frames(self, token: Token, is_person: bool) -> tuple[Frame, ...]:
        part = "verb" if is_verbal(token) else PARTS.get(token.pos_, "")
        lemma = _lemma(token, self.lexicon)
        frames = self.lexicon.frames.get((part, lemma), ())
        if part == "noun" and lemma in self.lexicon.posts:
            frames += self.lexicon.frames.get((part, "@posts"), ())
        if part == "noun" and self.lexicon.nouns.get(lemma) is Kind.GROUP:
            frames += self.lexicon.frames.get((part, "@groups"), ())
        if part == "adjective" and not frames and lemma.endswith("ed"):
            verbs = (lemma.removesuffix("ed"), lemma.removesuffix("d"), lemma[:-3])
            frames = next(
                (self.lexicon.frames[key] for verb in verbs if (key := ("verb", verb)) in self.lexicon.frames), ()
            )
        if is_person:
            frames += self.lexicon.frames.get(("noun", "@people"), ())
        for quality, words in (("@negative", self.lexicon.negative), ("@positive", self.lexicon.positive)):
            if part in ("noun", "adjective") and lemma in words:
                frames += self.lexicon.frames.get((part, quality), ())
        if part == "verb" and _is_request(token, self.lexicon):
            frames += self.lexicon.frames.get((part, "@request"), ())
        if part == "verb" and _is_told(token, self.lexicon):
            frames += self.lexicon.frames.get((part, "@should"), ())
        return frames

    def _pairs(
        self, frame: Frame, token: Token, roles: Roles, finder: RoleFinder, paragraph: int, arguments: _Arguments
    ) -> Iterator[tuple[_Argument, _Argument]]:
        predicate = self.predicates[frame.predicate]
        arguments.through_aspects = frame.predicate in self.lexicon.through_aspects
        if frame.subject == ("speaker",):
            _, speaker = arguments.speaker(token, finder, paragraph)
            subjects = [speaker] if speaker else []
        else:
            kinds = frame.subjects or predicate.subject_kinds
            subjects = arguments.of_roles(frame.subject, roles, token, paragraph, kinds, finder)
        kinds = frame.objects or predicate.object_kinds
        objects = arguments.of_roles(frame.object, roles, token, paragraph, kinds, finder)
        if predicate.symmetric and not objects and len(subjects) > 1:
            yield from itertools.combinations(subjects, 2)  # "Leeds North and Leeds West merged"
            return
        for subject, object_ in itertools.product(subjects, objects):
            allowed = subject.kind in predicate.subject_kinds and object_.kind in predicate.object_kinds
            if allowed and subject.entity != object_.entity:
                yield subject, object_

    def _claim(
        self,
        document: Document,
        paragraph: int,
        offset: int,
        token: Token,
        frame: Frame,
        subject: _Argument,
        object_: _Argument,
        finder: RoleFinder,
        arguments: _Arguments,
    ) -> Claim:
        sentence = token.sent
        status = status_of(token, self.lexicon, frame.status)
        if {"@request", "@should"} & set(frame.words) or (
            frame.predicate in self.lexicon.performative
            and status in (Status.PLANNED, Status.HYPOTHETICAL)
            and _is_first_person(finder.roles(token))
        ):
            status = Status.ASSERTED
        reported, found = arguments.speaker(token, finder, paragraph)
        # That somebody criticises, promises or asks is told by the document, though he does it in his own words.
        speaker = found.entity if found and found.entity != subject.entity else None
        reported = reported and not (found and found.entity == subject.entity)
        if speaker is None and reported and status is Status.ASSERTED:
            # Somebody says so, but who is not known: then it is not the document's own statement of fact.
            status = Status.ALLEGED
        start, end = offset + sentence.start_char, offset + sentence.end_char
        while document.text[end - 1].isspace():
            end -= 1
        # A symmetric relation is written one way, so that "A works with B" and "B works with A" are one statement.
        swap = self.predicates[frame.predicate].symmetric and subject.entity > object_.entity
        return Claim(
            subject=object_.entity if swap else subject.entity,
            predicate=frame.predicate,
            object=subject.entity if swap else object_.entity,
            status=status,
            speaker=speaker,
            evidence=Evidence(document=document.id, span=TextSpan.of(document.text, start, end), rule=frame.rule),
            confidence=round(CONFIDENCE[subject.label] * CONFIDENCE[object_.label], 2),
            published=document.published,
            amount=_amount(token) if frame.predicate in self.lexicon.with_amount else None,
        )


class _Arguments:
    """The entities that words of a document stand for.

    ``through_aspects``: whether "the trust's finances" stand for the trust, as they do for who investigates them.
    """

    def __init__(self, lexicon: Lexicon, mentions: Sequence[Mention], resolution: Resolution) -> None:
        self.lexicon = lexicon
        self.resolution = resolution
        self.through_aspects = False
        self.labels = {(m.paragraph, m.head): m.label for m in mentions}

    def speaker(self, token: Token, finder: RoleFinder, paragraph: int) -> tuple[bool, _Argument | None]:
        """Whether a claim is somebody's words, and whose: the words of the sentence say, or the turn in a debate."""
        reported, words = speaking_word(token, finder, self.lexicon)
        named = next((a for word in words for a in self.of_word(word, paragraph)), None)
        if named is None and paragraph in self.resolution.speakers:
            return True, _Argument(self.resolution.speakers[paragraph], Kind.PERSON, Label.NAME)
        return reported, named

    def is_person(self, word: Token, paragraph: int) -> bool:
        """Whether a word heads the name of a person."""
        entity = self.resolution.by_place.get((paragraph, word.i))
        return (
            entity is not None
            and self.labels[paragraph, word.i] in (Label.NAME, Label.REGISTER)
            and self.resolution.entities[entity].entity.kind is Kind.PERSON
        )

    def of_roles(
        self,
        names: Sequence[str],
        roles: Roles,
        trigger: Token,
        paragraph: int,
        kinds: frozenset[Kind],
        finder: RoleFinder,
    ) -> list[_Argument]:
        """The entities of the first role that has any of a fitting kind.

        A name with a dot is the role of a role: ``as.of`` for "stepped down as chair of Barts Health".
        """
        for name in names:
            outer, _, inner = name.replace("_", " ").partition(".")
            words = [trigger] if name == "self_word" else roles.get(outer, [])
            if inner:
                middles = [_behind(word, self.lexicon) for word in words]
                words = [word for middle in middles for word in finder.roles(middle).get(inner, [])]
            found = [a for w in words if not is_excluded(w) for a in self.of_word(w, paragraph) if a.kind in kinds]
            if found:
                return list({argument.entity: argument for argument in found}.values())
        return []

    def of_word(self, word: Token, paragraph: int, depth: int = 0) -> list[_Argument]:
        """The entity that a word heads, or, for "some of the trusts", the one behind it."""
        entity = self.resolution.by_place.get((paragraph, word.i))
        if entity is not None:
            kind = self.resolution.entities[entity].entity.kind
            return [_Argument(entity, kind, self.labels[paragraph, word.i])]
        if depth > 2:
            return []
        for child in word.children:
            if child.dep_ in ("flat", "appos", "nmod:desc") and (child.pos_ == "PROPN" or child.dep_ == "appos"):
                behind = self.of_word(child, paragraph, depth + 1)
                if behind:
                    return behind
        if word.lemma_.lower() in self.lexicon.transparent:
            for child in word.children:
                if child.dep_ in ("nmod", "obl") and any(c.lower_ == "of" for c in child.children):
                    return self.of_word(child, paragraph, depth + 1)
        if word.lemma_.lower() in self.lexicon.aspects and self.through_aspects:
            owners = [
                c for c in word.children if c.dep_ in ("nmod:poss", "compound") or preposition(c) in ("of", "by", "for")
            ]
            return next((found for owner in owners if (found := self.of_word(owner, paragraph, depth + 1))), [])
        if word.dep_ in ("compound", "flat") and word.pos_ == "PROPN" and word.head.pos_ == "PROPN":
            return self.of_word(word.head, paragraph, depth + 1)
        return []


def _lemma(token: Token, lexicon: Lexicon) -> str:
    """The lemma under which the lexicon has a word; of a name, that is one token, the last word says what it is."""
    if is_verbal(token) and token.lower_ in lexicon.verb_forms:
        return lexicon.verb_forms[token.lower_]
    return token.lemma_.lower().rpartition(" ")[2]


def _with_phrase(frame: Frame, token: Token, roles: Roles, lexicon: Lexicon) -> Roles | None:
    """The roles if the particle or preposition that the entry names is there, else None.

    The object of that preposition gets the role ``prep``.
    """
    lemma = _lemma(token, lexicon)
    if token.pos_ == "ADJ" and frame.part_of_speech == "verb":
        lemma = next(words.partition(" ")[0] for words in frame.words if lemma.startswith(words.partition(" ")[0][:-1]))
    near = {word.lower_ for child in token.children for word in (child, *child.children)}
    bare = False
    for words in frame.words:
        first, *rest = words.split()
        if first not in (lemma, "@posts", "@people", "@negative", "@positive", "@groups", "@request", "@should"):
            continue
        if not rest:
            bare = True
        elif " ".join(rest) in roles:
            return roles | {"prep": roles[" ".join(rest)]}
        elif near.issuperset(rest):
            if rest[-1] in roles:
                return roles | {"prep": roles[rest[-1]]}
            bare = True
    return roles if bare else None


def _has_lemma(roles: Roles, names: Sequence[str], lemmas: frozenset[str], lexicon: Lexicon) -> bool:
    return any(_behind(word, lexicon).lemma_.lower() in lemmas for name in names for word in roles.get(name, []))


def _behind(word: Token, lexicon: Lexicon) -> Token:
    """What "a series of", "some of" are of."""
    if word.lemma_.lower() in lexicon.transparent:
        return next((c for c in word.children if c.dep_ in ("nmod", "obl") and preposition(c) == "of"), word)
    return word


def _is_called(token: Token, roles: Roles, words: frozenset[str]) -> bool:
    """Whether a verb's complement is among the words: "branded the plan a shambles", "described it as 'reckless'"."""
    complements = [child for child in token.children if child.dep_ in ("xcomp", "obj", "obl", "ccomp", "amod", "advcl")]
    return any(word.lemma_.lower() in words for word in [*complements, *roles.get("as", []), *roles.get("clause", [])])


def _has_infinitive(token: Token) -> bool:
    return any(
        clause.dep_ in ("xcomp", "advcl", "ccomp")
        and any(c.lower_ == "to" and c.pos_ == "PART" for c in clause.children)
        for clause in token.children
    )


def _gives_money(roles: Roles, nouns: Mapping[str, Kind]) -> bool:
    """Whether what is given is money: an amount, or a noun such as "funding"."""
    given = roles.get("patient", []) + roles.get("thing", [])
    return any(
        nouns.get(word.lemma_.lower()) is Kind.FUND
        or word.text[0] in "£$€"
        or any(t.text[0] in "£$€" for t in word.children)
        for word in given
    )


def _is_question(token: Token) -> bool:
    """Whether a word is asked about: in a sentence that ends in "?" and begins like a question."""
    sentence = token.sent
    if sentence[-1].text != "?" or token.dep_ in ("acl", "acl:relcl", "nmod", "appos", "compound"):
        return False
    root = sentence.root
    subjects = [child.i for child in root.children if child.dep_ in ("nsubj", "nsubj:pass")]
    inverted = (
        any(c.dep_ in ("aux", "aux:pass", "cop") and c.i < subjects[0] for c in root.children) if subjects else True
    )
    return inverted or any(word.lower_ in ASKING for word in sentence[:3])


def _is_performed(token: Token, roles: Roles) -> bool:
    """ "May I urge him to …?" urges."""
    return _is_first_person(roles) and any(child.lower_ == "may" for child in token.children)


def _is_request(token: Token, lexicon: Lexicon) -> bool:
    """ "Will the Secretary of State look at this?": an auxiliary before the subject of a question."""
    if token.sent[-1].text != "?" or token.dep_ not in ("ROOT", "conj", "parataxis"):
        return False
    subjects = [child.i for child in token.children if child.dep_ == "nsubj"]
    return any(
        c.dep_ == "aux" and c.lower_ in lexicon.requesting and subjects and c.i < subjects[0] for c in token.children
    )


def _is_told(token: Token, lexicon: Lexicon) -> bool:
    """ "NHS England should publish its plans": an auxiliary of duty between the subject and an active verb."""
    subjects = [child.i for child in token.children if child.dep_ == "nsubj"]
    return token.sent[-1].text != "?" and any(
        child.dep_ == "aux" and child.lower_ in lexicon.deontic and subjects and child.i > subjects[0]
        for child in token.children
    )


def _is_first_person(roles: Roles) -> bool:
    return any(word.lower_ in ("i", "we") for word in roles.get("agent", []))


def _amount(token: Token) -> Amount | None:
    """The one amount of money in the words that hang on the trigger; two or more would be a guess."""
    left, right = token.left_edge.idx, token.right_edge.idx + len(token.right_edge)
    matches = list(MONEY.finditer(token.doc.text, left, right))
    if len(matches) != 1:
        return None
    (match,) = matches
    return Amount(text=match[0].strip(), value=float(match[1].replace(",", "")) * MAGNITUDES[(match[2] or "").lower()])
