"""What the NHS Organisation Data Service (ODS) publishes of a body, read from files that a researcher downloaded.

Two formats: the CSV extracts of 27 columns without a header (``etr.csv`` for trusts, ``eccg.csv`` for CCGs and ICBs …),
https://digital.nhs.uk/services/organisation-data-service/data-downloads, and the JSON of the ORD interface, one
organisation, a list of them, or one a line.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nhskg.errors import InputError
from nhskg.register.dates import first_day

COLUMNS = 27
CODE, NAME, GROUPING, HIGHER, OPENED, CLOSED, SUBTYPE = 0, 1, 2, 3, 10, 11, 13  # places of the columns in an extract
SUB_BOARD = "RO319"
"""The role of a part of an ICB that goes on under the code of a CCG; its name ends in that code."""
NAME_OF_SUB_BOARD = re.compile(r"\bICB - [0-9A-Z]+$")
KIND_BY_ROLE = {
    "RO57": "foundation_trust",
    "RO98": "ccg",
    "RO107": "trust",
    "RO197": "trust",
    "RO209": "region",
    "RO210": "local_office",
    "RO213": "csu",
    "RO318": "integrated_care_board",
}
KIND_BY_NAME = (
    (re.compile(r"\bAMBULANCE\b.*\bTRUST$"), "ambulance_trust"),
    (re.compile(r"\bNHS FOUNDATION TRUST$"), "foundation_trust"),
    (re.compile(r"\b(NHS|CARE) TRUST$"), "trust"),
    (re.compile(r"\b(CCG|CLINICAL COMMISSIONING GROUP)$"), "ccg"),
    (re.compile(r"\b(ICB|INTEGRATED CARE BOARD)$"), "integrated_care_board"),
    (re.compile(r"\b(CSU|COMMISSIONING SUPPORT UNIT)$"), "csu"),
    (re.compile(r"\bCOMMISSIONING HUB\b"), "local_office"),
)
SMALL = {"and", "by", "for", "in", "of", "on", "the", "under", "upon", "with"}
CAPITALS = {"CCG", "CSU", "ICB", "NEL", "NHS", "UK"}


@dataclass(frozen=True, slots=True, kw_only=True)
class OdsRelation:
    """How two bodies stand to each other, by their ODS codes; dates are ISO, or empty."""

    subject: str
    predicate: str
    object: str
    start: str = ""
    end: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OdsRecord:
    """What ODS says of one organisation.

    Attributes:
        kind: as in the register; empty if it is of none that the register keeps.
        place: file and line, or number in the file.
        opened, closed: ISO dates, or empty.
        english: False for bodies of Wales, Scotland and elsewhere.
        sub_board: whether it is the part of an ICB that has the code of a CCG.
    """

    code: str
    name: str
    kind: str
    place: str
    opened: str = ""
    closed: str = ""
    english: bool = True
    sub_board: bool = False
    relations: tuple[OdsRelation, ...] = ()


def read_ods(path: Path) -> list[OdsRecord]:
    """Reads a file of either format.

    Raises:
        InputError: if it is missing or is in neither format.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error})") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 text ({error.reason}); unpack it if it is a zip file") from error
    records = list(_from_json(text, path) if text.lstrip()[:1] in ("{", "[") else _from_csv(text, path))
    if not records:
        raise InputError(f"{path}: no organisation in it")
    return records


def proper_case(name: str) -> str:
    """Writes a name that ODS has in capitals as people do.

    >>> proper_case("THE QUEEN ELIZABETH HOSPITAL, KING'S LYNN, NHS FOUNDATION TRUST")
    "The Queen Elizabeth Hospital, King's Lynn, NHS Foundation Trust"
    >>> proper_case("NEWCASTLE-UPON-TYNE AND ST. HELENS CCG")
    'Newcastle-upon-Tyne and St. Helens CCG'
    """
    if name != name.upper():
        return name

    def cased(match: re.Match[str]) -> str:
        word = match[0]
        if word in CAPITALS:
            return word
        return word.lower() if word.lower() in SMALL and match.start() else word.capitalize()

    return re.sub(r"[^\W_]+(?:['’][^\W_]+)?", cased, name)


def _from_csv(text: str, path: Path) -> Iterator[OdsRecord]:
    for number, cells in enumerate(csv.reader(text.splitlines()), start=1):
        if not cells:
            continue
        if len(cells) != COLUMNS:
            raise InputError(
                f"{path}, line {number}: {len(cells)} columns; an ODS extract has {COLUMNS} and no header. "
                "Take etr.csv, eccg.csv or the like as they come, or JSON of the ORD interface"
            )
        code, name = cells[CODE].strip().upper(), " ".join(cells[NAME].split())
        above = cells[HIGHER].strip().upper()
        kind, closed = _kind_by_name(name), _day(cells[CLOSED], path, number)
        seat = OdsRelation(subject=above, predicate="covers", object=code, note="by the trust's headquarters (ODS)")
        yield OdsRecord(
            code=code,
            name=name,
            kind=kind,
            place=f"{path.name}, line {number}",
            opened=_day(cells[OPENED], path, number),
            closed=closed,
            english=cells[GROUPING].strip().upper().startswith("Y"),
            sub_board=cells[SUBTYPE].strip() == SUB_BOARD or bool(NAME_OF_SUB_BOARD.search(name)),
            # A closed body has the area that it would be in today, which says nothing of its own time.
            relations=(seat,) if above and not closed and kind.endswith("trust") else (),
        )


def _day(cell: str, path: Path, line: int) -> str:
    digits = cell.strip()
    if not digits:
        return ""
    iso = f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
    try:
        if not re.fullmatch(r"[0-9]{8}", digits):
            raise ValueError(digits)
        first_day(iso)
    except ValueError as error:
        raise InputError(
            f"{path}, line {line}: {digits!r} is not a date of the form YYYYMMDD; "
            "a spreadsheet may have changed it: download the extract once more, or mend the cell"
        ) from error
    return iso


def _from_json(text: str, path: Path) -> Iterator[OdsRecord]:
    number = 1
    try:
        for number, organisation in enumerate(_organisations(_json_values(text, path)), start=1):
            yield _organisation(organisation, f"{path.name}, organisation {number}")
    except (AttributeError, KeyError, TypeError) as error:
        raise InputError(
            f"{path}, organisation {number}: not as the ORD interface writes it ({type(error).__name__}: {error})"
        ) from error
    except ValueError as error:
        raise InputError(f"{path}, organisation {number}: {error}") from error


def _json_values(text: str, path: Path) -> list[Any]:
    try:
        return [json.loads(text)]
    except json.JSONDecodeError as error:
        wrong, number = error, error.lineno
    values: list[Any] = []
    for place, line in enumerate(text.split("\n"), start=1):
        try:
            values += [json.loads(line)] if line.strip() else []
        except json.JSONDecodeError as error:
            if values:  # else it is not one a line, and the whole tells better where it breaks
                wrong, number = error, place
            raise InputError(
                f"{path}, line {number}: not JSON ({wrong.msg}); download the file once more, or mend the line"
            ) from wrong
    return values


def _organisations(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, list):
        for item in value:
            yield from _organisations(item)
    elif "Organisation" in value:
        yield value["Organisation"]
    elif "Organisations" in value:
        yield from value["Organisations"]
    else:
        yield value


def _organisation(value: Mapping[str, Any], place: str) -> OdsRecord:
    identifier = value["OrgId"]
    code = str(identifier if isinstance(identifier, str) else identifier["extension"]).upper()
    name = " ".join(str(value["Name"]).split())
    roles = {role["id"] for role in _items(value, "Roles", "Role")} | {value.get("PrimaryRoleId", "")}
    opened, closed = _period(value)
    country = value.get("GeoLoc", {}).get("Location", {}).get("Country", "ENGLAND")
    return OdsRecord(
        code=code,
        name=name,
        # The name is nearer than the role: only it tells an ambulance trust, and sites have a trust's name as well.
        kind=(_kind_by_name(name) or _kind_by_role(roles)) if roles & KIND_BY_ROLE.keys() else "",
        place=place,
        opened=opened,
        closed=closed,
        english=str(country).upper() == "ENGLAND",
        sub_board=SUB_BOARD in roles or bool(NAME_OF_SUB_BOARD.search(name)),
        relations=(*_successions(code, value), *_relations(code, value)),
    )


def _successions(code: str, value: Mapping[str, Any]) -> Iterator[OdsRelation]:
    for succession in _items(value, "Succs", "Succ"):
        other, (start, _) = succession["Target"]["OrgId"]["extension"], _period(succession)
        successor, predecessor = (other, code) if succession["Type"] == "Successor" else (code, other)
        yield OdsRelation(subject=successor, predicate="succeeds", object=predecessor, start=start)


def _relations(code: str, value: Mapping[str, Any]) -> Iterator[OdsRelation]:
    """RE5 (is located in the geography of) and RE2 (is a sub-division of); the register keeps no others."""
    for relation in _items(value, "Rels", "Rel"):
        other, (start, end) = relation["Target"]["OrgId"]["extension"], _period(relation)
        if relation["id"] == "RE5":
            yield OdsRelation(subject=other, predicate="covers", object=code, start=start, end=end)
        elif relation["id"] == "RE2":
            yield OdsRelation(subject=code, predicate="part_of", object=other, start=start, end=end)


def _items(value: Mapping[str, Any], plural: str, singular: str) -> list[Mapping[str, Any]]:
    items = (value.get(plural) or {}).get(singular) or []
    return items if isinstance(items, list) else [items]


def _period(value: Mapping[str, Any]) -> tuple[str, str]:
    """The dates in law, or where these are not given, those of work.

    Raises:
        ValueError: if one is no date.
    """
    dates = value.get("Date") or []
    by_type = {date["Type"]: date for date in (dates if isinstance(dates, list) else [dates])}
    date = by_type.get("Legal") or by_type.get("Operational") or {}
    start, end = date.get("Start") or "", date.get("End") or ""
    for day in filter(None, (start, end)):
        first_day(day)
    return start, end


def _kind_by_name(name: str) -> str:
    return next((kind for pattern, kind in KIND_BY_NAME if pattern.search(name.upper())), "")


def _kind_by_role(roles: set[str]) -> str:
    return next((kind for role, kind in KIND_BY_ROLE.items() if role in roles), "")
