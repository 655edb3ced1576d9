#!/usr/bin/env python3
"""Makes a large build of invented bodies, people and claims, to measure look-ups on.

    .venv/bin/python scripts/make_synthetic_graph.py out/synthetic --nodes 100000 --claims 1000000

It writes the same files as ``nhskg build`` apart from the page and GraphML (and Turtle, unless --turtle): documents whose
sentences are the quotations, entities of which few are in very many claims and most in a few, as in real graphs, and a
hierarchy as from the register. The same arguments give the same files.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from nhskg.export import jsonl
from nhskg.lookup.write import write_index
from nhskg.model import Amount, Claim, Document, Entity, Evidence, Kind, Label, Period, Status, TextSpan
from nhskg.ontology import load_predicates
from nhskg.registered import RegisterEntry

CLAIMS_A_DOCUMENT = 50
ENTITIES_A_DOCUMENT = 24
SYLLABLES = [
    "ab",
    "ber",
    "cam",
    "dor",
    "el",
    "fen",
    "gar",
    "hol",
    "ing",
    "ken",
    "lan",
    "mor",
    "nor",
    "ox",
    "pen",
    "quen",
    "ros",
    "stan",
    "tor",
    "ul",
    "wick",
    "yar",
]
KINDS = {
    Kind.ORGANISATION: 45,
    Kind.PERSON: 25,
    Kind.GROUP: 10,
    Kind.PROGRAMME: 10,
    Kind.DOCUMENT: 5,
    Kind.FUND: 3,
    Kind.PLACE: 2,
}
STATUSES = {
    Status.ASSERTED: 72,
    Status.PLANNED: 10,
    Status.NEGATED: 8,
    Status.HYPOTHETICAL: 7,
    Status.ALLEGED: 3,
}
COUNTED = "entities", "claims", "statuses", "structure", "context"
FIRST_DAY, DAYS = date(2010, 1, 1), 5400


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--nodes", type=int, default=100_000)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--turtle", action="store_true", help="write graph.ttl too, which takes long and much memory")
    arguments = parser.parse_args()
    began = time.monotonic()
    make(arguments.out, arguments.nodes, arguments.claims)
    if arguments.turtle:
        from nhskg import Graph
        from nhskg.export.turtle import write_turtle

        write_turtle(Graph.open(arguments.out).whole(), arguments.out / "graph.ttl")
    size = (arguments.out / "graph.sqlite").stat().st_size / 2**20
    print(
        f"{arguments.out}: {arguments.nodes} nodes, {arguments.claims} claims, graph.sqlite {size:.0f} MiB, "
        f"{time.monotonic() - began:.0f} s"
    )


def make(out: Path, nodes: int, claims: int) -> None:
    """Writes a build of so many entities and claims."""
    out.mkdir(parents=True, exist_ok=True)
    invent = Inventor(nodes)
    documents = -(-claims // CLAIMS_A_DOCUMENT)
    with (
        (out / jsonl.DOCUMENTS).open("w", encoding="utf-8", newline="\n") as document_file,
        (out / jsonl.ENTITIES).open("w", encoding="utf-8", newline="\n") as entity_file,
        (out / jsonl.CLAIMS).open("w", encoding="utf-8", newline="\n") as claim_file,
    ):
        mentioned: set[int] = set()
        summary: dict[str, Any] = {"nhskg": "synthetic", "documents": {}, **{part: Counter() for part in COUNTED}}
        for number in range(documents):
            size = min(CLAIMS_A_DOCUMENT, claims - number * CLAIMS_A_DOCUMENT)
            document, entities, read = invent.document(number, size)
            mentioned |= entities
            _write(document_file, [jsonl.document_row(document)])
            _write(entity_file, (_entity_row(document, invent.entities[i]) for i in sorted(entities)))
            # Which claims contradict each other would take all of them to tell; that denials do is near enough.
            _write(claim_file, (jsonl.claim_row(c, disputed=c.status is Status.NEGATED) for c in read))
            summary["documents"][document.id] = document.sha256
            summary["claims"].update(claim.predicate for claim in read)
            summary["statuses"].update(claim.status.value for claim in read)
    context = [entity for number, entity in enumerate(invent.entities) if number not in mentioned]
    jsonl.write_rows(map(jsonl.context_row, context), out / jsonl.CONTEXT)
    structure = list(invent.structure())
    jsonl.write_rows(map(jsonl.entry_row, structure), out / jsonl.STRUCTURE)
    summary["entities"].update(invent.entities[number].kind.value for number in mentioned)
    summary["context"].update(entity.kind.value for entity in context)
    summary["structure"].update(entry.predicate for entry in structure)
    (out / "build.json").write_text(json.dumps(summary) + "\n", encoding="utf-8")
    write_index(out, {})


def _write(file: Any, rows: Any) -> None:
    for row in rows:
        file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _entity_row(document: Document, entity: Entity) -> dict[str, Any]:
    mentions = [entity.name] if entity.name in document.text else []  # a speaker is in no sentence
    return {"document": document.id, **jsonl.context_row(entity), "mentions": mentions, "by_register": []}


class Inventor:
    """Invents entities and documents; everything follows from one seed."""

    def __init__(self, nodes: int) -> None:
        self.random = random.Random(2026)
        self.predicates = sorted(load_predicates())
        self.words = ["".join(self.random.choices(SYLLABLES, k=3)) for _ in range(5000)]
        kinds = self.random.choices(list(KINDS), weights=list(KINDS.values()), k=nodes)
        self.entities = [self._entity(number, kind) for number, kind in enumerate(kinds)]

    def _entity(self, number: int, kind: Kind) -> Entity:
        first, second = ("".join(self.random.choices(SYLLABLES, k=2)).capitalize() for _ in range(2))
        endings = {
            Kind.ORGANISATION: "NHS Trust",
            Kind.GROUP: "buyers",
            Kind.PROGRAMME: "programme",
            Kind.DOCUMENT: "report",
            Kind.FUND: "fund",
        }
        name = " ".join(filter(None, (first, second, endings.get(kind, ""))))
        is_body = kind is Kind.ORGANISATION
        return Entity(
            id=f"{kind}-{number:07}",
            kind=kind,
            name=f"{name} {number}",
            aliases=(f"{first[:2].upper()}{second[:2].upper()}{number}",) if is_body else (),
            ods_code=f"X{number:06}" if is_body else "",
            registered=is_body,
        )

    def _one(self) -> int:
        """The number of an entity; the low ones are much more frequent."""
        return int(len(self.entities) * self.random.random() ** 4)

    def document(self, number: int, size: int) -> tuple[Document, set[int], list[Claim]]:
        """Gives a document with so many claims, and the numbers of the entities it is about."""
        pool = [self._one() for _ in range(ENTITIES_A_DOCUMENT // 2)]
        pool += [self.random.randrange(len(self.entities)) for _ in range(ENTITIES_A_DOCUMENT // 2)]
        published = FIRST_DAY + timedelta(days=self.random.randrange(DAYS))
        parts: list[str] = []
        read: list[Claim] = []
        used: set[int] = set()
        identifier, length = f"letter-{number:06}", 0
        for _ in range(size):
            subject, object_, speaker = self.random.choices(pool, k=3)
            predicate = self.random.choice(self.predicates)
            filler = " ".join(self.random.choices(self.words, k=12))
            names = self.entities[subject].name, self.entities[object_].name
            sentence = f"{names[0]} {predicate.replace('_', ' ')} {names[1]}, {filler}."
            status = self.random.choices(list(STATUSES), weights=list(STATUSES.values()))[0]
            has_speaker = self.random.random() < 0.2
            year = published.year + self.random.randrange(-2, 4)
            has_period, has_amount = self.random.random() < 0.2, self.random.random() < 0.05
            read.append(
                Claim(
                    subject=self.entities[subject].id,
                    predicate=predicate,
                    object=self.entities[object_].id,
                    status=status,
                    speaker=self.entities[speaker].id if has_speaker else None,
                    evidence=Evidence(
                        document=identifier,
                        span=TextSpan(length, length + len(sentence), sentence),
                        rule=f"{predicate}/verb/1",
                    ),
                    confidence=0.9,
                    published=published,
                    amount=Amount(text="£2m", value=2e6) if has_amount else None,
                    mention=Label.NAME,
                    period=Period(text=f"from {year}", start=str(year)) if has_period else None,
                )
            )
            used |= {subject, object_} | ({speaker} if has_speaker else set())
            parts.append(sentence)
            length += len(sentence) + 1
        document = Document(
            id=identifier, text=" ".join(parts), title=f"Letter {number}", published=published, source="Invented"
        )
        return document, used, read

    def structure(self) -> Iterator[RegisterEntry]:
        """Gives a hierarchy of the organisations: ten below each."""
        bodies = [entity for entity in self.entities if entity.kind is Kind.ORGANISATION]
        for number, body in enumerate(bodies[1:]):
            yield RegisterEntry(
                subject=body.id,
                predicate="part_of",
                object=bodies[number // 10].id,
                start="2013-04-01",
                end="",
                source="invented",
                file="relations.csv",
                line=number + 2,
            )


if __name__ == "__main__":
    main()
