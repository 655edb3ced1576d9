"""A whole build made by hand, in which there is something of everything, and ways to tamper with it."""

from __future__ import annotations

import base64
import gzip
import json
import re
import sqlite3
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from nhskg import Graph
from nhskg.export.html import write_html
from nhskg.export.network import write_graphml
from nhskg.export.turtle import write_turtle
from nhskg.lookup.format import INDEX
from nhskg.model import Amount, Copy, Period, Reading, Status
from nhskg.store import build_store
from samples import CONTEXT, DIGITAL, NHSE, PERSON, TREASURY, TRUST, UNISON, entry, make_build, told

Tamper = Callable[[Path], None]


def whole_build(folder: Path) -> Path:
    """Writes every file that a build writes, without reading a document."""
    funds = told(
        TREASURY, "funds", DIGITAL, "The Treasury funds NHS Digital with £2m.", amount=Amount(text="£2m", value=2e6)
    )
    denial = told(
        *(TREASURY, "funds", DIGITAL, "The Treasury does not fund NHS Digital, said Unison."),
        document="reply",
        published=date(2020, 1, 1),
        status=Status.NEGATED,
        speaker=UNISON,
    )
    plan = told(
        *(NHSE, "funds", TRUST, "NHS England will fund RCHT from April 2020."),
        document="paper",
        status=Status.PLANNED,
        period=Period(text="from April 2020", start="2020-04"),
    )
    post = told(
        PERSON, "holds_post", DIGITAL, "Ada Penrose, once the chair of NHS Digital, wrote.", document="undated note"
    )
    guessed = replace(post.claims[0], is_date_guessed=True, is_former=True)
    readings = [
        _about(
            funds,
            copies=(Copy(document="copy", source="Elsewhere", url="https://example.org/copy"),),
            author="Ann Pell",
        ),
        denial,
        _about(plan, pages=(0, 20)),
        replace(_about(post, found=(("published", "guessed from the register: it names a chair"),)), claims=(guessed,)),
    ]
    structure = [
        entry("nhs-digital", "part_of", "nhs-england", "2023-02-01"),
        entry("nhs-england", "succeeds", "nhs-improvement", "2022-07-01"),
        entry("person-ada-penrose", "holds_post", "nhs-england", "2015", "2017", post="Chair"),
    ]
    make_build(folder, readings, structure, [CONTEXT])
    claim_graph = Graph.open(folder).whole()
    write_turtle(claim_graph, folder / "graph.ttl")
    write_graphml(claim_graph, folder / "graph.graphml")
    write_html(claim_graph, folder / "graph.html", turtle=(folder / "graph.ttl").read_text(encoding="utf-8"))
    claims = [claim for statement in claim_graph.statements for claim in statement.claims]
    summary = {
        "documents": {document.id: document.sha256 for document in claim_graph.documents},
        "entities": Counter(entity.kind.value for entity in claim_graph.entities),
        "claims": Counter(claim.predicate for claim in claims),
        "statuses": Counter(claim.status.value for claim in claims),
        "structure": Counter(entry.predicate for entry in claim_graph.structure),
        "context": Counter(entity.kind.value for entity in claim_graph.context),
    }
    (folder / "build.json").write_text(json.dumps(summary), encoding="utf-8")
    build_store(folder)
    return folder


def _about(reading: Reading, **known: Any) -> Reading:
    return replace(reading, document=replace(reading.document, **known))


def swap(file: str, old: str, new: str) -> Tamper:
    """Puts other words in the place of the first that are so."""

    def tamper(folder: Path) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")

    return tamper


def add(file: str, text: str) -> Tamper:
    """Adds words at the end."""

    def tamper(folder: Path) -> None:
        with (folder / file).open("a", encoding="utf-8") as opened:
            opened.write(text)

    return tamper


def replaced(file: str, content: bytes) -> Tamper:
    """Puts another file in the place of one."""

    def tamper(folder: Path) -> None:
        (folder / file).write_bytes(content)

    return tamper


def cut(file: str, share: float = 0.6) -> Tamper:
    """Cuts the end off."""

    def tamper(folder: Path) -> None:
        content = (folder / file).read_bytes()
        (folder / file).write_bytes(content[: int(len(content) * share)])

    return tamper


def row(file: str, number: int = 0, **changed: Any) -> Tamper:
    """Changes fields of a row."""

    def tamper(folder: Path) -> None:
        lines = (folder / file).read_text(encoding="utf-8").splitlines()
        lines[number] = json.dumps({**json.loads(lines[number]), **changed}, ensure_ascii=False)
        (folder / file).write_text("\n".join(lines) + "\n", encoding="utf-8")

    return tamper


def without(file: str, number: int = 0) -> Tamper:
    """Takes a row out."""

    def tamper(folder: Path) -> None:
        lines = (folder / file).read_text(encoding="utf-8").splitlines(keepends=True)
        (folder / file).write_text("".join(lines[:number] + lines[number + 1 :]), encoding="utf-8")

    return tamper


def twice(file: str) -> Tamper:
    """Adds the first row once more."""

    def tamper(folder: Path) -> None:
        add(file, (folder / file).read_text(encoding="utf-8").splitlines(keepends=True)[0])(folder)

    return tamper


def sql(statement: str) -> Tamper:
    """Changes the look-up index."""

    def tamper(folder: Path) -> None:
        connection = sqlite3.connect(folder / INDEX)
        assert connection.execute(statement).rowcount
        connection.commit()
        connection.close()

    return tamper


def page(block: str, change: Callable[[Any], object]) -> Tamper:
    """Changes the data that the page unpacks."""

    def tamper(folder: Path) -> None:
        text = (folder / "graph.html").read_text(encoding="utf-8")
        found = re.search(f'id="{block}">([^<]*)<', text)
        assert found
        data = json.loads(gzip.decompress(base64.b64decode(found[1])))
        change(data)
        packed = base64.b64encode(gzip.compress(json.dumps(data).encode())).decode()
        (folder / "graph.html").write_text(text.replace(found[1], packed), encoding="utf-8")

    return tamper


def block(subject: str) -> Tamper:
    """Takes what Turtle says of a node out."""

    def tamper(folder: Path) -> None:
        text = (folder / "graph.ttl").read_text(encoding="utf-8")
        found = re.search(rf"\n{subject}[^\n]*\n.*?\n\.\n", text, re.DOTALL)
        assert found
        (folder / "graph.ttl").write_text(text.replace(found[0], ""), encoding="utf-8")

    return tamper
