"""What the reader understands of labelled texts, with what is right in terms of the entities that it found."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluate import COLLECTIONS, is_held_out
from labelled_claims import FOLDER, Passage, entity_of, read_passages
from labelled_claims import is_held_out as is_kept_aside
from nhskg.extract.reader import Reader, Understanding
from nhskg.ingest import read_documents
from nhskg.model import Document
from scoring import align


@dataclass(frozen=True, slots=True)
class Right:
    """A claim of the annotation between two entities that were found: the predicates that are right, the best first."""

    subject: str
    predicates: Sequence[str]
    object: str
    optional: bool


def passages(reader: Reader, *, kept_aside: bool) -> Iterator[tuple[Understanding, list[Right]]]:
    """What the reader understands of each labelled passage, and what is right."""
    chosen: list[Passage] = []
    for path in sorted(FOLDER.glob("*.txt")):
        chosen += [p for number, p in enumerate(read_passages(path)) if is_kept_aside(number) is kept_aside]
    documents = (Document(id=passage.place, text=passage.text) for passage in chosen)
    for passage, understood in zip(chosen, reader.understand(documents), strict=True):
        entities = understood.resolution.entities
        rights = []
        for claim in passage.claims:
            ends = [entity_of(words, passage.text, entities) for words in (claim.subject, claim.object)]
            if ends[0] and ends[1] and ends[0] != ends[1]:
                rights.append(Right(ends[0], [claim.predicate], ends[1], claim.optional))
        yield understood, rights


def annotated(reader: Reader, collection: str, *, held_out: bool) -> Iterator[tuple[Understanding, list[Right]]]:
    """The same of annotated documents."""
    folder, golds = COLLECTIONS[collection]
    wanted = {
        path.stem: json.loads(path.read_text(encoding="utf-8"))
        for number, path in enumerate(sorted(golds.glob("*.json")))
        if is_held_out(collection, number, path.stem) is held_out
    }
    documents, _ = read_documents([str(folder)])
    for understood in reader.understand(each for each in documents if Path(each.id).name in wanted):
        gold = wanted[Path(understood.document.id).name]
        found = [
            {
                "id": identifier,
                "name": entity.entity.name,
                "aliases": entity.entity.aliases,
                "mentions": [span.exact for span in entity.mentions],
            }
            for identifier, entity in understood.resolution.entities.items()
        ]
        ids = {key: identifier for identifier, key in align(gold["entities"], found).items()}
        yield (
            understood,
            [
                Right(ids[claim["subject"]], claim["predicate"], ids[claim["object"]], claim.get("optional", False))
                for claim in gold["claims"]
                if claim["subject"] in ids and claim["object"] in ids
            ],
        )
