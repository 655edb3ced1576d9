"""The values that pass between the stages: frozen, hashable, free of input and output.

Offsets are code points (Python ``str`` indices) into ``Document.text``. Terms follow the Web Annotation selectors
(https://www.w3.org/TR/annotation-model/#selectors) and PROV-O.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from nhskg.correction import Correction
from nhskg.registered import RegisterBody, RegisterEntry

GUESSED = "guessed"
"""Begins what ``Document.found`` says of a date that nobody states."""


class Kind(StrEnum):
    """What an entity is; the first table of ``ontology/guidelines``."""

    ORGANISATION = "organisation"
    GROUP = "group"
    PERSON = "person"
    FUND = "fund"
    PROGRAMME = "programme"
    DOCUMENT = "document"
    PLACE = "place"


class Status(StrEnum):
    """Whether the text says that a claim holds."""

    ASSERTED = "asserted"
    ALLEGED = "alleged"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"
    NEGATED = "negated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A document that was left out because another one has the same text; what is known about it."""

    document: str
    source: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A text and what is known about it.

    Attributes:
        id: name of the document, unique in a build: its path below the folder given, without suffix; inside an archive, a
            mailbox, a feed or a table, the name of the member or row after that.
        text: the text that all offsets refer to, without characters that cannot be seen and without boilerplate.
        published: the document's date, or None where neither metadata nor text states one.
        found: fields of this class and how each was found, sorted ("published", "e-mail header Date").
        pages: offsets of the first characters of its pages, the first of which is page 1; empty for a text without pages.
        copies: documents with the same text that were left out, sorted.
        sha256: hash of ``text``, hexadecimal.
    """

    id: str
    text: str
    title: str = ""
    published: date | None = None
    author: str = ""
    source: str = ""
    url: str = ""
    found: tuple[tuple[str, str], ...] = ()
    pages: tuple[int, ...] = ()
    copies: tuple[Copy, ...] = ()

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()

    @property
    def is_date_guessed(self) -> bool:
        """Whether the date is only worked out from what the text names, so that nobody may cite it."""
        return dict(self.found).get("published", "").startswith(GUESSED)

    def page_at(self, offset: int) -> int | None:
        """The number of the page on which a character stands, or None for a text without pages.

        >>> Document(id="paper", text="One. Two.", pages=(0, 5)).page_at(6)
        2
        """
        return bisect_right(self.pages, offset) or None


@dataclass(frozen=True, slots=True, order=True)
class TextSpan:
    """Characters ``start`` to ``end`` of a document's text, and what they say.

    >>> TextSpan.of("NHS England said no.", 4, 11)
    TextSpan(start=4, end=11, exact='England')
    """

    start: int
    end: int
    exact: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> TextSpan:
        if not 0 <= start < end <= len(text):
            raise ValueError(f"no span {start}:{end} in a text of {len(text)} characters")
        return cls(start, end, text[start:end])


class Label(StrEnum):
    """How a mention was found."""

    REGISTER = "register"  # a name that the register of NHS bodies knows
    NAME = "name"  # a name that the language model found
    PHRASE = "phrase"  # a description specific enough to be an entity: "trust procurement teams"
    OFFICE = "office"  # a post whose holder on that date the register tells: "the health secretary"
    NOMINAL = "nominal"  # a description that stands for something named: "the agency"
    PRONOUN = "pronoun"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A stretch of text that names or describes an entity.

    Attributes:
        kind: None for a pronoun, or a nominal whose noun leaves it open.
        phrase: the words that identify it: the name, the description without articles and with its head in the
            singular, the noun of a nominal, the pronoun in lower case.
        candidates: ids of register bodies that the words may mean.
        paragraph, head: number of the paragraph, and of the head word in it.
        sentence: number of the sentence in the document.
        owner: for a group, the head word of the pronoun that says whose it is ("its staff"), or None.
        rival: for a pronoun that is no subject, the head word of the subject of its clause, which it does not stand for.
        is_subject, is_plural, is_main: grammatical subject; plural in form; subject of the sentence, not of a clause.
        is_where: says where something is ("in Leeds").
        described: nouns beside a name that say what it is ("the software firm Softwell").
        beside: the head word of the mention that this one stands in apposition to, in the same paragraph, or None.
        is_local: describes something particular to this document ("a critical letter"), unlike a name.
        is_minor: of a kind that texts speak of more than it acts ("patients"): kept only if a claim is about it.
        is_unlisted: a noun that no list knows ("a laundry"), which only the second opinion looks at.
    """

    span: TextSpan
    label: Label
    kind: Kind | None
    phrase: str
    paragraph: int
    head: int
    sentence: int
    candidates: tuple[str, ...] = ()
    described: tuple[str, ...] = ()
    beside: int | None = None
    owner: int | None = None
    rival: int | None = None
    is_subject: bool = False
    is_main: bool = False
    is_where: bool = False
    is_plural: bool = False
    is_local: bool = False
    is_minor: bool = False
    is_unlisted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A thing that claims are about.

    Attributes:
        id: readable and stable: the register's id, or the kind and the normalised name.
        aliases: other names, sorted.
        ods_code: code in the NHS Organisation Data Service, or empty.
        registered: whether the register of NHS bodies knows it.
        candidates: ids of register bodies that its name may mean, where nothing decided between them.
        corrections: the decisions of people that it is as it is by, sorted.
    """

    id: str
    kind: Kind
    name: str
    aliases: tuple[str, ...] = ()
    ods_code: str = ""
    registered: bool = False
    candidates: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentEntity:
    """An entity as one document mentions it; ``mentions`` are its spans there, in order.

    ``by_register`` has those that only the register's office holders tell ("the health secretary" on that date); one that
    ``is_minor`` is worth keeping only while a claim is about it.
    """

    entity: Entity
    mentions: tuple[TextSpan, ...]
    by_register: tuple[TextSpan, ...] = ()
    is_minor: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """Money with a claim: the words, and their value in ``currency`` (ISO 4217).

    Attributes:
        bound: how the value is meant: ``about``, ``up to``, ``at least``, ``more than``, ``less than``, or empty (exactly).
        per: ``year``, ``month``, ``week`` … where it is a rate, or empty for a total.
        is_additional: "a further £37m", "another £2bn".
        maximum: of a range ("between £2m and £3m"), whose lower end is ``value``; else None.
    """

    text: str
    value: float
    currency: str = "GBP"
    bound: str = ""
    per: str = ""
    is_additional: bool = False
    maximum: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """When a claim holds, as its sentence says.

    Attributes:
        text: the words: "since April 2019".
        start, end: ISO dates as precise as the words are (``2019``, ``2019-04``, ``2019-04-01``), or empty where open.
    """

    text: str
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where a claim was read: the sentence, verbatim, and the lexicon entry that read it."""

    document: str
    span: TextSpan
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Who did what to whom, as one document has it.

    Attributes:
        subject, object: entity ids. Direction is that of the predicate's definition.
        speaker: id of the entity to whom the text attributes the content; None is the document's own voice.
        published: date of the document; ``is_date_guessed`` if nobody states it.
        confidence: between 0 and 1, the share of claims worded and resolved like it that were right on labelled data.
        mention: how the less certain of subject and object was mentioned.
        period: when it holds, where the sentence says so.
        is_former: of a post, that it was held once.
        corrections: the decisions of people that it is as it is by, sorted.
    """

    subject: str
    predicate: str
    object: str
    status: Status
    speaker: str | None
    evidence: Evidence
    confidence: float
    published: date | None = None
    amount: Amount | None = None
    mention: Label = Label.NAME
    period: Period | None = None
    is_former: bool = False
    corrections: tuple[Correction, ...] = ()
    is_date_guessed: bool = False

    @property
    def id(self) -> str:
        """Hash of the content: the same claim in the same words gets the same id in every build."""
        evidence, speaker = self.evidence, self.speaker or ""
        span = evidence.span
        parts = (
            self.subject,
            self.predicate,
            self.object,
            self.status,
            speaker,
            evidence.document,
            str(span.start),
            span.exact,
        )
        return hashlib.sha256("\x1f".join(parts).encode("utf-8")).hexdigest()[:12]

    @property
    def is_fact(self) -> bool:
        """Whether the document itself states the claim, so that the direct triple may be given."""
        return self.status is Status.ASSERTED and self.speaker is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that was read in one document."""

    document: Document
    entities: tuple[DocumentEntity, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One triple with all the claims that make it, at least one, in order of date, document and offset."""

    subject: str
    predicate: str
    object: str
    claims: tuple[Claim, ...]

    @property
    def disputed(self) -> tuple[Claim, ...]:
        """The claims that another one contradicts, in order; neither is dropped.

        One says that it is not so, the other that it is, or is said to be, whoever says it. What is planned or could be
        contradicts nothing, since it is not so yet, and what is said of two periods that do not touch does not either.
        """
        denials = [claim for claim in self.claims if claim.status is Status.NEGATED]
        if not denials:
            return ()
        affirmed = (Status.ASSERTED, Status.ALLEGED)
        pairs = [
            (denial, claim)
            for denial in denials
            for claim in self.claims
            if claim.status in affirmed and not _are_apart(denial.period, claim.period)
        ]
        ids = {claim.id for pair in pairs for claim in pair}
        return tuple(claim for claim in self.claims if claim.id in ids)

    @property
    def is_disputed(self) -> bool:
        """Whether claims contradict each other."""
        return bool(self.disputed)


def _are_apart(one: Period | None, other: Period | None) -> bool:
    """Whether one of two periods is over before the other begins; dates are compared as precisely as both are known."""

    def ends_before(end: str, start: str) -> bool:
        precision = min(len(end), len(start))
        return precision > 0 and end[:precision] < start[:precision]

    if one is None or other is None:
        return False
    return ends_before(one.end, other.start) or ends_before(other.end, one.start)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimGraph:
    """The assembled graph, each part sorted by id or by triple.

    Attributes:
        entities: what documents mention.
        structure: what the register says of how the bodies in the graph stand to each other; no document need say it.
        context: bodies and people that only the structure brings.
        bodies: what the register says of each body in the graph.
        corrections: the decisions of people that the graph is as it is by, also those that took something out of it.
    """

    documents: tuple[Document, ...]
    entities: tuple[Entity, ...]
    statements: tuple[Statement, ...]
    structure: tuple[RegisterEntry, ...] = ()
    context: tuple[Entity, ...] = ()
    bodies: tuple[RegisterBody, ...] = ()
    corrections: tuple[Correction, ...] = ()
