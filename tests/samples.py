"""Small graphs made by hand, and the command line as a process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from nhskg.assemble import assemble
from nhskg.lookup.write import write_index
from nhskg.model import (
    Amount,
    Claim,
    Document,
    DocumentEntity,
    Entity,
    Evidence,
    Kind,
    Period,
    Reading,
    Status,
    TextSpan,
)
from nhskg.outputs import write_tables
from nhskg.register.tables import Tables
from nhskg.registered import RegisterEntry

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "seeds" / "documents"


def make_reading(
    document_id: str = "letter", *, status: Status = Status.ASSERTED, speaker: str | None = None
) -> Reading:
    """A document of two sentences and what was read in it."""
    text = "The Treasury funds NHS Digital. Unison welcomed the £2m."
    document = Document(
        id=document_id, text=text, title="A letter", published=date(2019, 5, 1), url="https://example.org/a"
    )
    treasury = Entity(
        id="hm-treasury", kind=Kind.ORGANISATION, name="HM Treasury", aliases=("Treasury",), registered=True
    )
    digital = Entity(id="nhs-digital", kind=Kind.ORGANISATION, name="NHS Digital", ods_code="X26", registered=True)
    claim = Claim(
        subject="hm-treasury",
        predicate="funds",
        object="nhs-digital",
        status=status,
        speaker=speaker,
        evidence=Evidence(document=document_id, span=TextSpan.of(text, 0, 31), rule="funds/verb/1"),
        confidence=0.9,
        published=document.published,
        amount=Amount(text="£2m", value=2e6),
    )
    entities = (
        DocumentEntity(entity=treasury, mentions=(TextSpan.of(text, 4, 12),)),
        DocumentEntity(entity=digital, mentions=(TextSpan.of(text, 19, 30),)),
    )
    return Reading(document=document, entities=entities, claims=(claim,))


def run(*arguments: str, seed: str = "0") -> subprocess.CompletedProcess[str]:
    """Runs the command line in a process of its own."""
    environment = {**os.environ, "PYTHONHASHSEED": seed, "NO_COLOR": "1", "COLUMNS": "100"}
    command = [sys.executable, "-m", "nhskg.cli", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, env=environment, check=False, timeout=300
    )  # our own program


def outputs(out: Path) -> dict[str, bytes]:
    """The files of a build by name, without what may differ between builds that give the same graph.

    These are the store, which is made anew from the Turtle at any time, the cache, and timings.
    """
    found = {path.name: path.read_bytes() for path in out.iterdir() if path.is_file() and path.name[0] != "."}
    told = json.loads(found.pop("build.json"))
    del told["seconds"], told["read_anew"]
    return {**found, "build.json": json.dumps(told).encode()}


def told(
    subject: Entity,
    predicate: str,
    object_: Entity,
    sentence: str,
    *,
    document: str = "letter",
    published: date | None = date(2019, 5, 1),
    status: Status = Status.ASSERTED,
    speaker: Entity | None = None,
    period: Period | None = None,
    amount: Amount | None = None,
    is_former: bool = False,
) -> Reading:
    """A document of one sentence with one claim; ``make_build`` joins those with the same document."""
    entities = {entity.id: entity for entity in (subject, object_, *([speaker] if speaker else []))}
    claim = Claim(
        subject=subject.id,
        predicate=predicate,
        object=object_.id,
        status=status,
        speaker=speaker.id if speaker else None,
        evidence=Evidence(document=document, span=TextSpan(0, len(sentence), sentence), rule=f"{predicate}/verb/1"),
        confidence=0.9,
        published=published,
        period=period,
        amount=amount,
        is_former=is_former,
    )
    return Reading(
        document=Document(
            id=document, text=sentence, title=f"The {document}", published=published, source="Our own", url=""
        ),
        entities=tuple(DocumentEntity(entity=entities[key], mentions=()) for key in sorted(entities)),
        claims=(claim,),
    )


def make_build(
    folder: Path,
    readings: Iterable[Reading],
    structure: Iterable[RegisterEntry] = (),
    context: Iterable[Entity] = (),
    tables: Tables | None = None,
) -> Path:
    """Writes the files that look-ups need, as a build does, and gives their folder."""
    joined = _joined(readings)
    claim_graph = replace(assemble(joined), structure=tuple(structure), context=tuple(context))
    folder.mkdir(parents=True, exist_ok=True)
    write_tables(joined, claim_graph, folder)
    write_index(folder, tables or {})
    return folder


def _joined(readings: Iterable[Reading]) -> list[Reading]:
    by_document: dict[str, list[Reading]] = {}
    for reading in readings:
        by_document.setdefault(reading.document.id, []).append(reading)
    joined = []
    for _, parts in sorted(by_document.items()):
        sentences = list(dict.fromkeys(part.document.text for part in parts))
        text = " ".join(sentences)
        claims = []
        for part in parts:
            (claim,) = part.claims
            start = text.index(claim.evidence.span.exact)
            span = TextSpan.of(text, start, start + len(claim.evidence.span.exact))
            claims.append(replace(claim, evidence=replace(claim.evidence, span=span)))
        entities = {found.entity.id: found for part in parts for found in part.entities}
        joined.append(
            Reading(
                document=replace(parts[0].document, text=text),
                entities=tuple(entities[key] for key in sorted(entities)),
                claims=tuple(claims),
            )
        )
    return joined


def body(identifier: str, name: str, *aliases: str, kind: Kind = Kind.ORGANISATION, ods_code: str = "") -> Entity:
    return Entity(id=identifier, kind=kind, name=name, aliases=tuple(sorted(aliases)), ods_code=ods_code)


def entry(subject: str, predicate: str, object_: str, start: str = "", end: str = "", post: str = "") -> RegisterEntry:
    return RegisterEntry(
        subject=subject,
        predicate=predicate,
        object=object_,
        start=start,
        end=end,
        source="our own",
        file="relations.csv",
        line=2,
        post=post,
    )


NHSE = body("nhs-england", "NHS England", "NHSE")
TREASURY = body("hm-treasury", "HM Treasury", "Treasury")
DIGITAL = body("nhs-digital", "NHS Digital", ods_code="X26")
UNISON = body("unison", "Unison")
FUND = body("fund-winter", "Winter fund", kind=Kind.FUND)
TRUST = body("ods-ref", "Royal Cornwall Hospitals NHS Trust", "RCHT", ods_code="REF")
BOARD = body("ods-qt6", "Cornwall Board", "The Board")
OTHER_BOARD = body("ods-xyz", "Tamar Board", "The Board")
PERSON = body("person-ada-penrose", "Ada Penrose", kind=Kind.PERSON)
CONTEXT = body("nhs-improvement", "NHS Improvement", "NHSI")


def make_world(folder: Path) -> Path:
    """A small build in which there is something of everything that can be asked for."""
    readings = [
        told(TREASURY, "funds", DIGITAL, "The Treasury funds NHS Digital with £2m.", amount=Amount(text="£2m", value=2e6)),
        told(UNISON, "criticised", DIGITAL, "Unison criticised NHS Digital."),
        told(TREASURY, "funds", DIGITAL, "The Treasury does not fund NHS Digital, said Unison.", document="reply",
             published=date(2020, 1, 1), status=Status.NEGATED, speaker=UNISON),
        told(NHSE, "funds", TRUST, "NHS England will fund RCHT from April 2020.", status=Status.PLANNED,
             period=Period(text="from April 2020", start="2020-04")),
        told(NHSE, "funds", TRUST, "NHS England funds RCHT.", document="report", published=date(2020, 6, 1)),
        told(NHSE, "created", FUND, "NHS England plans a winter fund by 2021.", status=Status.PLANNED,
             period=Period(text="by 2021", end="2021")),
        told(UNISON, "opposes", FUND, "Unison could oppose the winter fund.", status=Status.HYPOTHETICAL),
        told(NHSE, "abolished", BOARD, "NHS England wants to abolish the Cornwall Board.", status=Status.PLANNED),
        told(TRUST, "works_with", OTHER_BOARD, "RCHT works with the Tamar Board.", document="report",
             published=date(2020, 6, 1)),
        told(PERSON, "holds_post", DIGITAL, "Ada Penrose, once the chair of NHS Digital, wrote a note.",
             document="undated note", published=None, is_former=True),
    ]  # fmt: skip
    structure = [
        entry("nhs-digital", "part_of", "nhs-england", "2023-02-01"),
        entry("nhs-england", "succeeds", "nhs-improvement", "2022-07-01"),
        entry("ods-ref", "member_of", "ods-qt6", "2018", "2022-06-30"),
        entry("person-ada-penrose", "holds_post", "nhs-england", "2015", "2017", post="Chair"),
    ]
    tables: Tables = {
        "bodies.csv": [
            {"id": "nhs-improvement", "kind": "national_body", "opened": "2016-04-01", "closed": "2022-06-30"},
            {"id": "ods-ref", "kind": "trust", "opened": "1992", "closed": ""},
        ],
        "names.csv": [
            {"id": "nhs-england", "name": "NHS Commissioning Board", "from": "2012-10-01", "to": "2013-03-31"}
        ],
    }
    return make_build(folder, readings, structure, [CONTEXT], tables)
