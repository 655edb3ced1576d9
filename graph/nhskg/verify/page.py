"""``graph.html``: the data that the page unpacks against the JSON Lines files, and its Turtle against ``graph.ttl``."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
import zlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from nhskg.export.lines import REGISTER
from nhskg.export.part import MOST
from nhskg.model import Status
from nhskg.parts import TURTLE, sha256_of
from nhskg.verify.findings import NOT_THERE, Findings
from nhskg.verify.ledger import Ledger

PAGE = "graph.html"
BLOCK = re.compile(r'<script type="text/plain" id="(data|words|turtle)">([A-Za-z0-9+/=]*)</script>')

Problems = Iterator[tuple[str, str]]

NO_ENTITY = "entity of entities.jsonl or context.jsonl is missing"
NO_DOCUMENT = "document of documents.jsonl is missing"
NO_CLAIM = "claim of claims.jsonl is missing"
OTHER_NUMBER = "another number of lines of the register"
LEFT_OUT = (NO_ENTITY, NO_DOCUMENT, NO_CLAIM, OTHER_NUMBER)
"""No faults in the page of a large graph, which has a part of it."""


def check_page(folder: Path, ledger: Ledger, findings: Findings) -> None:
    """Notes what in the page does not fit."""
    try:
        html = (folder / PAGE).read_text(encoding="utf-8")
        if not html.rstrip().endswith("</html>"):
            findings.add(PAGE, "its end is missing; build again")
        blocks = dict(BLOCK.findall(html))
        unpacked = {name: gzip.decompress(base64.b64decode(letters)) for name, letters in blocks.items()}
        data, words = (json.loads(unpacked[name]) for name in ("data", "words"))
        whole = len(ledger.statements) <= MOST
        for check in (_entities, _documents, _claims, _entries):
            for problem, place in check(data, words, ledger):
                if whole or problem not in LEFT_OUT:
                    findings.add(PAGE, problem, place)
        if "turtle" in unpacked and hashlib.sha256(unpacked["turtle"]).hexdigest() != _hash_of(folder / TURTLE):
            findings.add(PAGE, f"its Turtle is not that of {TURTLE}")
    except FileNotFoundError:
        findings.add(PAGE, NOT_THERE)
    except (OSError, EOFError, zlib.error, ValueError, KeyError, IndexError, TypeError) as error:
        findings.damaged(PAGE, error)
    else:
        findings.checked.append(f"{PAGE}: {len(words['claims']['id']):,} claims, {len(words['sentences']):,} sentences")


def _hash_of(turtle: Path) -> str:
    return sha256_of(turtle) if turtle.is_file() else ""


def _entities(data: Any, _: Any, ledger: Ledger) -> Problems:
    entities, comparison = data["entities"], ledger.entities.comparison()
    for identifier, kind, *content, aliases, candidates in zip(
        *(entities[name] for name in ("id", "kind", "name", "ods", "aliases", "candidates")), strict=True
    ):
        lists = tuple(sorted(set(aliases))), tuple(sorted(candidates))
        if problem := comparison.meet(identifier, (data["kinds"][kind], *content, *lists)):
            yield f"entity {problem}", identifier
    for identifier in comparison.missing():
        yield NO_ENTITY, identifier


def _documents(data: Any, _: Any, ledger: Ledger) -> Problems:
    documents = data["documents"]
    told = {
        identifier: (_day(day), bool(guessed))
        for identifier, day, guessed in zip(documents["id"], documents["date"], documents["guessed"], strict=True)
    }
    for identifier, dated in told.items():
        if identifier not in ledger.dates or ledger.dates[identifier] != dated:
            yield "document that is too much or of another date than in documents.jsonl", identifier
    for identifier in ledger.dates:
        if identifier not in told:
            yield NO_DOCUMENT, identifier


def _claims(data: Any, words: Any, ledger: Ledger) -> Problems:
    comparison = ledger.claims.comparison()
    entities, documents, figures, said = data["entities"]["id"], data["documents"], data["claims"], words["claims"]
    lines = data["lines"]
    for at, triple in enumerate(_triples(data, "claims")):
        identifier, start = said["id"][at], said["start"][at]
        sentence, document = words["sentences"][said["sentence"][at]], documents["id"][figures["document"][at]]
        line, speaker = lines[figures["line"][at]], figures["speaker"][at]
        core = (
            *(*triple, Status.ASSERTED.value if line in ("fact", "said") else line),
            entities[speaker] if speaker >= 0 else "",
            *(document, start, start + len(sentence), _day(figures["date"][at])),
            *(bool(documents["guessed"][figures["document"][at]]), bool(said["former"][at])),
        )
        if problem := ledger.texts.why_not(document, start, start + len(sentence), sentence):
            yield problem, f"claim {identifier}"
        if problem := comparison.meet(identifier, core):
            yield f"claim {problem}", identifier
    for identifier in comparison.missing():
        yield NO_CLAIM, identifier


def _entries(data: Any, words: Any, ledger: Ledger) -> Problems:
    number = 0
    for triple in _triples(data, "entries"):
        number += 1
        if hash(triple) not in ledger.entries_of:
            yield f"edge of the {REGISTER} with no line of it behind it", " ".join(triple)
    if not number == len(ledger.entries) == len(words["entries"]["words"]):
        yield OTHER_NUMBER, f"{number}, not {len(ledger.entries)}"


def _triples(data: Any, of: str) -> Iterator[tuple[str, str, str]]:
    """The triple of each claim, or of each entry of the register, in order."""
    entities, statements = data["entities"]["id"], data["statements"]
    relations = [relation.replace(" ", "_") for relation in data["relations"]]
    for subject, relation, object_, times in zip(
        *(statements[name] for name in ("subject", "relation", "object", of)), strict=True
    ):
        for _ in range(times):
            yield entities[subject], relations[relation], entities[object_]


def _day(iso: str) -> date | None:
    return date.fromisoformat(iso) if iso else None
