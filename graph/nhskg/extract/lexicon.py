"""How relations are worded: ``ontology/lexicon.toml`` and ``ontology/status.toml`` as values."""

from __future__ import annotations

import functools
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, NamedTuple

from nhskg.errors import InputError
from nhskg.extract.composed import NounsInNames
from nhskg.extract.inflection import forms
from nhskg.model import Kind, Status
from nhskg.resources import resource

PARTS_OF_SPEECH = ("verb", "noun", "adjective", "preposition")
COMPLEMENTS = ("", "negative", "positive", "grade")
VERB_LISTS = ("light_verbs", "getting", "appointing", "appeals", "telling", "subject_control", "speech_verbs", "phases")
"""The word lists that hold verbs."""


class Entry(NamedTuple):
    """What a wording has after its first word: particles and prepositions, also as one ("up of")."""

    rest: tuple[str, ...]
    phrase: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One way to word a relation.

    Attributes:
        rule: name of the entry, for a claim's provenance: predicate, part of speech and number.
        words: lemmas of the trigger; a phrasal verb has its particle or preposition after a space.
        subject, object: the roles, best first, that give the claim's subject and object.
        example: a sentence that must give the claim; it is run as a test.
        objects, subjects: kinds that the argument must have, narrower than the ontology's; empty for no limit.
        thing: nouns of which one must be what is given, sent or signed ("awarded a contract to"); empty for any.
        without: nouns of which none may be that ("opened an inquiry" creates nothing).
        complement: whether what the object is called must be ``negative``, ``positive`` or a ``grade`` ("branded the plan a shambles").
        money: whether the thing given must be money for the wording to have this meaning ("gave trusts £1m").
        infinitive: whether the wording needs a "to" clause ("told trusts to publish", not "told trusts that"), or must not
            have one; None where it makes no difference.
        intransitive: whether the wording has this meaning only without an object ("reports to", not "reports figures to").
        agentless: whether the wording has this meaning only where nobody is said to do it ("£5m was given to trusts").
        status: status that the wording gives by itself, or None.
        entries: the words by the first of each, with those that stand for many ("@posts") in all; these alone by "".
    """

    rule: str
    predicate: str
    part_of_speech: str
    words: tuple[str, ...]
    subject: tuple[str, ...]
    object: tuple[str, ...]
    example: str = ""
    subjects: frozenset[Kind] = frozenset()
    objects: frozenset[Kind] = frozenset()
    thing: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    complement: str = ""
    money: bool = False
    infinitive: bool | None = None
    intransitive: bool = False
    agentless: bool = False
    status: Status | None = None
    entries: Mapping[str, Sequence[Entry]] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        entries = [(first, Entry(tuple(rest), " ".join(rest))) for first, *rest in map(str.split, self.words)]
        found = {
            lemma: tuple(entry for first, entry in entries if first == lemma or first.startswith("@"))
            for lemma in ("", *(first for first, _ in entries))
        }
        object.__setattr__(self, "entries", found)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusTable:
    """Which words change whether a claim holds, and what two of them together give."""

    auxiliaries: Mapping[str, Status]
    negation: frozenset[str]
    embedding: Mapping[str, Status]
    reported: frozenset[str]
    planned_clauses: frozenset[str]
    planned_nouns: frozenset[str]
    leaving_out: frozenset[str]
    rebuffing: frozenset[str]
    content: frozenset[str]
    ideas: frozenset[str]
    opinion: frozenset[str]
    subordinators: Mapping[str, Status]
    compose: Mapping[tuple[Status, Status], Status]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lexicon:
    """All frames by (part of speech, first word), the nouns that make entities, and the word lists.

    ``verb_forms`` leads from a form of a verb that frames have to the verb.
    """

    frames: Mapping[tuple[str, str], tuple[Frame, ...]]
    verb_forms: Mapping[str, str]
    statuses: StatusTable
    light_verbs: frozenset[str]
    getting: frozenset[str]
    appointing: frozenset[str]
    appeals: frozenset[str]
    telling: frozenset[str]
    subject_control: frozenset[str]
    oblique_control: frozenset[str]
    speech_verbs: frozenset[str]
    transparent: frozenset[str]
    not_in_office: frozenset[str]
    times: frozenset[str]
    nouns: Mapping[str, Kind]
    acronyms: Mapping[str, str]
    classes: tuple[str, ...]
    not_names: frozenset[str]
    nominals: Mapping[str, frozenset[str]]
    posts: frozenset[str]
    titles: frozenset[str]
    affiliations: frozenset[str]
    unspecific: frozenset[str]
    units: frozenset[str]
    names_things: frozenset[str]
    companies: frozenset[str]
    addresses: frozenset[str]
    bystanders: frozenset[str]
    backdrop: frozenset[str]
    weak_groups: frozenset[str]
    lone_posts: frozenset[str]
    collective: frozenset[str]
    lone_bodies: frozenset[str]
    numbered: frozenset[str]
    people_endings: tuple[str, ...]
    with_amount: frozenset[str]
    phases: frozenset[str]
    continues_name: frozenset[str]
    abbreviations: frozenset[str]
    joint: frozenset[str]
    announcing: frozenset[str]
    copulas: frozenset[str]
    aspects: frozenset[str]
    viewpoints: frozenset[str]
    through_aspects: frozenset[str]
    mass: frozenset[str]
    presupposed: frozenset[str]
    negative: frozenset[str]
    positive: frozenset[str]
    grade: frozenset[str]
    performative: frozenset[str]
    requesting: frozenset[str]
    deontic: frozenset[str]
    women: frozenset[str]
    men: frozenset[str]
    offices: Mapping[str, str]
    office_patterns: tuple[re.Pattern[str], ...]
    formulas: tuple[re.Pattern[str], ...]
    stand_ins: Mapping[str, str]
    body_kinds: Mapping[str, frozenset[str]]
    called: Mapping[str, frozenset[str]]
    metonyms: Mapping[str, str]
    two: Mapping[str, frozenset[str]]
    nouns_in_names: NounsInNames

    def is_of(self, part: str, lemma: str, predicate: str) -> bool:
        """Whether a word has a wording of a predicate."""
        return any(frame.predicate == predicate for frame in self.frames.get((part, lemma), ()))

    def is_speech_act(self, part: str, lemma: str) -> bool:
        """Whether a word tells of saying something that is done by saying it: criticism, praise, warnings, support."""
        return any(frame.predicate in self.performative for frame in self.frames.get((part, lemma), ()))


@functools.cache
def load_lexicon() -> Lexicon:
    """Reads the lexicon that the package carries."""
    return read_lexicon(resource("ontology", "lexicon.toml"), resource("ontology", "status.toml"))


def read_lexicon(path: Path, status_path: Path) -> Lexicon:
    """Reads a lexicon.

    Raises:
        InputError: if an entry is not understood; the message names file and entry.
    """
    with path.open("rb") as file:
        content = tomllib.load(file)
    frames: dict[tuple[str, str], list[Frame]] = {}
    for predicate, entries in content["predicates"].items():
        for number, entry in enumerate(entries["frames"], start=1):
            frame = _frame(path, predicate, number, entry)
            for word in frame.words:
                frames.setdefault((frame.part_of_speech, word.partition(" ")[0]), []).append(frame)
    words = content["words"]
    statuses = _statuses(status_path)
    verbs = {word for part, word in frames if part == "verb"} | set(statuses.embedding)
    verbs = verbs.union(*(words[name] for name in VERB_LISTS))
    return Lexicon(
        frames={key: tuple(dict.fromkeys(value)) for key, value in frames.items()},
        verb_forms=_verb_forms(verbs),
        statuses=statuses,
        nouns={noun: Kind(kind) for kind, nouns in content["nouns"].items() for noun in nouns},
        acronyms=content["acronyms"],
        classes=tuple(content["classes"]["groups"]),
        offices=content["offices"],
        office_patterns=tuple(re.compile(pattern) for pattern in content["office_patterns"]["patterns"]),
        formulas=tuple(re.compile(pattern) for pattern in content["formulas"]["patterns"]),
        stand_ins=content["stand_ins"],
        nominals={noun: frozenset(kinds) for noun, kinds in content["nominals"].items()},
        body_kinds={noun: frozenset(kinds) for noun, kinds in content["body_kinds"].items()},
        called={noun: frozenset(heads) for noun, heads in content["called"].items()},
        metonyms=content["metonyms"],
        two={name: frozenset(listed) for name, listed in content["two"].items()},
        nouns_in_names=NounsInNames(
            **{part: frozenset(nouns) for part, nouns in content["nouns_in_names"].items()},
            before=frozenset(words["posts"]),
        ),
        people_endings=tuple(words["people_endings"]),
        **{name: frozenset(listed) for name, listed in words.items() if name != "people_endings"},
    )


def _verb_forms(verbs: Iterable[str]) -> dict[str, str]:
    """The verb of each form, but not of one that is a form of two: of "found" the parser knows best which it is."""
    pairs = [(form, verb) for verb in sorted(filter(str.isalpha, verbs)) for form in sorted(forms(verb))]
    counts = Counter(form for form, _ in pairs)
    return {form: verb for form, verb in pairs if counts[form] == 1}


def _frame(path: Path, predicate: str, number: int, entry: dict[str, Any]) -> Frame:
    where = f"{path}: {predicate}, frame {number}"
    parts = [part for part in PARTS_OF_SPEECH if part in entry]
    known = {each.name for each in fields(Frame)} - {"rule", "predicate", "part_of_speech", "words", "entries"}
    known |= {*PARTS_OF_SPEECH}
    if unknown := sorted(set(entry) - known):
        raise InputError(f"{where}: {', '.join(unknown)} is no key of a frame; the keys are {', '.join(sorted(known))}")
    if len(parts) != 1:
        raise InputError(f"{where}: needs just one of {', '.join(PARTS_OF_SPEECH)}; has {sorted(entry)}")
    if entry.get("complement", "") not in COMPLEMENTS:
        raise InputError(f"{where}: complement is {entry['complement']!r}, not one of {', '.join(COMPLEMENTS[1:])}")
    (part,) = parts
    try:
        kinds = {ends: frozenset(map(Kind, entry.get(ends, ()))) for ends in ("subjects", "objects")}
        status = Status(entry["status"]) if "status" in entry else None
    except ValueError as error:
        raise InputError(f"{where}: {error}; choose one that graph/nhskg/model.py lists") from error
    return Frame(
        rule=f"{predicate}/{part}/{number}",
        predicate=predicate,
        part_of_speech=part,
        words=tuple(entry[part]),
        subject=tuple(entry.get("subject", "agent").split()),
        object=tuple(entry.get("object", "patient").split()),
        example=entry.get("example", ""),
        **kinds,
        thing=frozenset(entry.get("thing", ())),
        without=frozenset(entry.get("without", ())),
        complement=entry.get("complement", ""),
        money=entry.get("money", False),
        infinitive=entry.get("infinitive"),
        intransitive=entry.get("intransitive", False),
        agentless=entry.get("agentless", False),
        status=status,
    )


def _statuses(path: Path) -> StatusTable:
    with path.open("rb") as file:
        content = tomllib.load(file)

    def by_word(table: str) -> dict[str, Status]:
        return {word: Status(status) for status, words in content[table].items() for word in words}

    compose = {}
    for pair, result in content["compose"].items():
        outer, inner = pair.split()
        compose[Status(outer), Status(inner)] = Status(result)
    return StatusTable(
        auxiliaries=by_word("auxiliaries"),
        negation=frozenset(content["negation"]["words"]),
        embedding=by_word("embedding"),
        reported=frozenset(content["reported"]["verbs"]),
        planned_clauses=frozenset(content["planned_objects"]["clauses"]),
        planned_nouns=frozenset(content["planned_objects"]["nouns"]),
        leaving_out=frozenset(content["leaving_out"]["marks"]),
        rebuffing=frozenset(content["rebuffing"]["verbs"]),
        content=frozenset(content["content"]["nouns"]),
        ideas=frozenset(content["ideas"]["verbs"]),
        opinion=frozenset(content["opinion"]["verbs"]),
        subordinators=by_word("subordinators"),
        compose=compose,
    )
