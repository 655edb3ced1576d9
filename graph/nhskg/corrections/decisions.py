"""A row of ``corrections.csv`` as a value: who decided what about which claim or entity."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from nhskg.correction import RENAME, Correction
from nhskg.corrections.dates import read_day
from nhskg.corrections.references import Reference, reference
from nhskg.corrections.table import Cells, Table
from nhskg.finding import nearest
from nhskg.model import Status
from nhskg.ontology import load_predicates

Choice = TypeVar("Choice", bound=StrEnum)

OWN_VOICE = "document"
"""What a speaker is called where the document speaks itself."""


class Action(StrEnum):
    """What a row does."""

    MERGE = "merge"
    SPLIT = "split"
    RENAME = RENAME
    DISTINCT = "distinct"
    REJECT = "reject"
    ACCEPT = "accept"
    RELABEL = "relabel"
    ADD = "add"


class Field(StrEnum):
    """What ``relabel`` changes of a claim."""

    PREDICATE = "predicate"
    STATUS = "status"
    SPEAKER = "speaker"
    SUBJECT = "subject"
    OBJECT = "object"
    DIRECTION = "direction"


ON_CLAIMS = {Action.REJECT, Action.ACCEPT, Action.RELABEL, Action.ADD}
NEEDS: Mapping[Action, tuple[str, ...]] = {
    Action.MERGE: ("subject", "to"),
    Action.SPLIT: ("document", "subject", "to"),
    Action.RENAME: ("subject", "to"),
    Action.DISTINCT: ("subject", "object"),
    Action.REJECT: ("document", "subject", "predicate", "object"),
    Action.ACCEPT: ("document", "subject", "predicate", "object"),
    Action.RELABEL: ("document", "subject", "predicate", "object", "field"),
    Action.ADD: ("document", "quote", "subject", "predicate", "object"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What somebody decided.

    Attributes:
        number: its row among those of all files, so that of two of one day the lower one counts.
        place: file and row, for messages.
        document, quote, subject, predicate, object: the claim, or those of them that the action is about.
        status, speaker, is_own_voice: of the claim, where the sentence makes several that differ in nothing else.
        field: what is re-labelled.
        to: the new value; the entity that another one is, or its name.
    """

    number: int
    place: str
    on: date
    by: str
    action: Action
    document: str = ""
    quote: str = ""
    subject: Reference | None = None
    predicate: str = ""
    object: Reference | None = None
    status: Status | None = None
    speaker: Reference | None = None
    is_own_voice: bool = False
    field: Field | None = None
    to: str = ""
    reason: str = ""

    @property
    def order(self) -> tuple[date, int]:
        """What counts of two that contradict each other: the greater one."""
        return self.on, self.number

    @property
    def where(self) -> str:
        """Says which row it is, and whose."""
        return f"{self.place} ({self.action}, {self.by}, {self.on})"

    @property
    def words(self) -> str:
        """Says what was decided, without who and when."""
        subject, object_ = (end.words if end else "" for end in (self.subject, self.object))
        new = reference(self.to)
        claim = f"{subject} — {self.predicate.replace('_', ' ')} → {object_}"
        within = f" in {self.document}" if self.document else ""
        match self.action:
            case Action.MERGE | Action.SPLIT:
                return f"{subject} is {new.words if new else ''}{within}"
            case Action.RENAME:
                return f"{subject} is called {self.to}"
            case Action.DISTINCT:
                return f"{subject} is not {object_}"
            case Action.RELABEL:
                if self.field is Field.DIRECTION:
                    return f"{claim}: other way round"
                value = new.words if new and self.field not in (Field.PREDICATE, Field.STATUS) else self.to
                return f"{claim}: {self.field} {value or OWN_VOICE}"
            case Action.REJECT:
                return f"{claim}{within}: rejected"
            case Action.ACCEPT:
                return f"{claim}: accepted"
            case Action.ADD:
                return f"{claim}: added"

    @property
    def correction(self) -> Correction:
        """What the graph carries of it."""
        return Correction(on=self.on, by=self.by, action=self.action.value, words=self.words, reason=self.reason)


def decisions_of(table: Table, first: int = 0) -> tuple[list[Decision], list[str]]:
    """Reads the rows of a table; one without an action is none.

    Args:
        table: the table.
        first: the number of its first row among those of all files.

    Returns:
        The decisions, and a complaint for each row that makes none, or that could be meant otherwise.
    """
    decisions: list[Decision] = []
    complaints: list[str] = []
    for index, cells in enumerate(table.rows):
        if not cells["action"].strip():
            if any(cell.strip() for cell in cells.values()):
                complaints.append(f"{table.place(index)}: left out: no action; write one of {', '.join(Action)}")
            continue
        try:
            decision, complaint = decision_of(cells, table.place(index), first + index)
        except ValueError as error:
            complaints.append(f"{table.place(index)}: left out: {error}")
            continue
        decisions.append(decision)
        if complaint:
            complaints.append(f"{table.place(index)}: {complaint}; write days as 2026-11-24")
    return decisions, complaints


def decision_of(cells: Cells, place: str = "", number: int = 0) -> tuple[Decision, str]:
    """Reads one row.

    Returns:
        The decision, and a complaint about its day if that could be another one.

    Raises:
        ValueError: if it is none; the message says why and what to write.
    """
    row = {name: cell.strip() for name, cell in cells.items()}
    action = _one_of(Action, row["action"], "action")
    missing = [name for name in ("date", "name", *NEEDS[action]) if not row.get(name)]
    if missing:
        raise ValueError(f"{action} needs {', '.join(missing)}, which {'is' if len(missing) == 1 else 'are'} empty")
    on, complaint = read_day(row["date"])
    status, field = row.get("status", ""), row.get("field", "")
    decision = Decision(
        number=number,
        place=place,
        on=on,
        by=" ".join(row["name"].split()),
        action=action,
        document=row.get("document", ""),
        quote=row.get("quote", ""),
        subject=reference(row.get("subject", "")),
        predicate=_predicate(row["predicate"]) if row.get("predicate") else "",
        object=reference(row.get("object", "")),
        status=_one_of(Status, status, "status") if status else None,
        speaker=None if row.get("speaker") == OWN_VOICE else reference(row.get("speaker", "")),
        is_own_voice=row.get("speaker") == OWN_VOICE,
        field=_one_of(Field, field, "field") if action is Action.RELABEL else None,
        to=_new_value(action, field, row.get("to", "")),
        reason=" ".join(row.get("reason", "").split()),
    )
    return decision, complaint


def _new_value(action: Action, field: str, to: str) -> str:
    if action is not Action.RELABEL:
        return to
    kind = _one_of(Field, field, "field")
    if kind is Field.DIRECTION:
        return ""
    if kind is Field.SPEAKER:
        return "" if to == OWN_VOICE else to
    if not to:
        raise ValueError(f"relabel of {kind} needs the new value in column to")
    checks: Mapping[Field, Callable[[str], str]] = {
        Field.PREDICATE: _predicate,
        Field.STATUS: lambda word: _one_of(Status, word, "to"),
    }
    return checks.get(kind, str)(to)


def _predicate(word: str) -> str:
    name = "_".join(word.lower().split())
    if name not in load_predicates():
        near = nearest(name, load_predicates())
        hint = f"did you mean {', '.join(near)}?" if near else f"there are {', '.join(load_predicates())}"
        raise ValueError(f"{word} is no relation; {hint}")
    return name


def _one_of(choices: type[Choice], word: str, column: str) -> Choice:
    try:
        return choices(word.lower())
    except ValueError as error:
        raise ValueError(f"{column} {word!r} must be one of {', '.join(choices)}") from error
