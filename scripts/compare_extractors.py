#!/usr/bin/env python3
"""Compares nhskg with what else is free: which pairs of entities each links, whatever it calls the link.

Labels are left out so that it is fair to extractors without any of the graph's relations, and so is direction. All are
measured on the same documents against the same gold, and all link nhskg's entities, found by their mentions:

- nhskg: the pairs of its claims.
- textacy: its subject-verb-object triples on the packaged language model, whose labels are renamed to those it knows.
- semantica: its relation extractor as it works without a network or a model, with its own entities and with nhskg's.
- co-occurrence: every two entities mentioned in one sentence.

    pip install -c constraints.txt -e ".[compare]"
    python scripts/compare_extractors.py            # the table
    python scripts/compare_extractors.py --write    # the same table into docs/comparison.md
"""

from __future__ import annotations

import argparse
import contextlib
import io
import itertools
import json
import logging
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import evaluate
from nhskg.export import jsonl
from nhskg.ingest import find_files, read_file
from nhskg.model import Document, Reading
from scoring import align

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from nhskg.extract.reader import Reader

PAGE = evaluate.ROOT / "docs" / "comparison.md"
INTRODUCTION = """# Compared with other extractors

Pairs of entities that are linked, whatever the link is called and whichever way it points, measured by
`scripts/compare_extractors.py --write` in per cent, on the documents of [evaluation.md](evaluation.md). Optional pairs of
the annotation are right when found and no miss when absent. Entities are nhskg's in every row, so the rows differ in the
linking alone, but for the one that says otherwise; things that a text only describes are among them where one of nhskg's
claims is about them. Seconds are of processor time for linking, on the machine that wrote this
page; parsing and finding entities, which all but the last row need, took {shared}.

- **nhskg**: the pairs of its claims.
- **textacy** {textacy}: `subject_verb_object_triples` on nhskg's language model. textacy knows other labels than Universal
  Dependencies, so these are renamed first (`obj` to `dobj`, `nsubj:pass` to `nsubjpass`, a passive's agent to `agent` and
  `pobj`); subjects and objects are the entities mentioned in them.
- **sentence co-occurrence**: every two entities mentioned in one sentence.
- **semantica** {semantica}: `RelationExtractor` as it comes, paragraph by paragraph, given nhskg's mentions. Without a
  network and a model of its own it matches 40 or so patterns ("founded by", "works for") and, where none fits, links what
  stands within 100 characters.
- **semantica, alone**: the same with its own `NERExtractor`. That asks for spaCy's `en_core_web_sm`, which is downloaded
  apart and is not here; it warns ("spaCy model en_core_web_sm not found. ML method will fallback.") and goes by patterns of
  capitalised words. It installs and runs without a network; its other ways (dependencies, transformers, language models)
  need a model that it does not bring.

"""
CLOSING = """
For the same real documents, a frontier language model that reads each once is reported to reach precision 84, recall 82
and 98 for status (with labels and direction, so on a harder task than this table's), at a cost for every document; nobody
measured it here.

The table says what linking yields, not what the links mean: only nhskg's have one of 33 relations with its direction, a
status, a speaker and a time; textacy's have a verb. Co-occurrence finds more and is wrong two to three times as often; in
texts as dense as these, so many of the things that a sentence names are related that its F1 comes close to nhskg's or above.
"""

SYSTEMS = "\n## Whole systems\n"

Pair = frozenset[str]


@dataclass(slots=True)
class Counts:
    """Pairs found, right, demanded and hit; and the seconds of processor time that it took."""

    found: int = 0
    right: int = 0
    gold: int = 0
    hit: int = 0
    seconds: float = 0.0

    def add(self, found: Iterable[Pair], claims: Iterable[Mapping[str, Any]], alignment: Mapping[str, str]) -> None:
        """Counts one document.

        Args:
            found: pairs of entity ids.
            claims: the gold claims; ``optional`` ones are no miss.
            alignment: the gold key of each id that has one.
        """
        listed = list(claims)
        true = {frozenset((claim["subject"], claim["object"])) for claim in listed}
        needed = {frozenset((claim["subject"], claim["object"])) for claim in listed if not claim.get("optional")}
        pairs = {frozenset(alignment.get(one, f"?{one}") for one in pair) for pair in found}
        self.found += len(pairs)
        self.right += len(pairs & true)
        self.gold += len(needed)
        self.hit += len(pairs & needed)

    def row(self) -> list[str]:
        precision = self.right / self.found if self.found else 0.0
        recall = self.hit / self.gold if self.gold else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return [*(f"{100 * value:.1f}" for value in (precision, recall, f1)), f"{self.seconds:.1f}"]


@dataclass(slots=True)
class Sample:
    """A document with what was read in it, and its parsed paragraphs."""

    reading: Reading
    paragraphs: list[tuple[int, Doc]]

    def entities_in(self, start: int, end: int) -> set[str]:
        """The entities with a mention that overlaps a stretch of the text."""
        return {
            found.entity.id
            for found in self.reading.entities
            if any(mention.start < end and start < mention.end for mention in found.mentions)
        }


Extractor = Callable[[Sample], set[Pair]]


def pairs_between(subjects: Iterable[str], objects: Iterable[str]) -> set[Pair]:
    """Every pair of one of the first and another of the second."""
    return {frozenset((one, other)) for one, other in itertools.product(subjects, objects) if one != other}


def of_claims(sample: Sample) -> set[Pair]:
    return {frozenset((claim.subject, claim.object)) for claim in sample.reading.claims}


def of_sentences(sample: Sample) -> set[Pair]:
    """Every two entities of one sentence."""
    found: set[Pair] = set()
    for offset, doc in sample.paragraphs:
        for sentence in doc.sents:
            entities = sample.entities_in(offset + sentence.start_char, offset + sentence.end_char)
            found |= pairs_between(entities, entities)
    return found


def of_triples(sample: Sample) -> set[Pair]:
    """The triples of textacy, with the entities that are mentioned in their subjects and objects."""
    from textacy.extract.triples import subject_verb_object_triples

    found: set[Pair] = set()
    for offset, doc in sample.paragraphs:
        for triple in subject_verb_object_triples(in_clearnlp_labels(doc)):
            found |= pairs_between(
                _entities_of(sample, offset, triple.subject), _entities_of(sample, offset, triple.object)
            )
    return found


def _entities_of(sample: Sample, offset: int, tokens: Iterable[Token]) -> set[str]:
    ends = [(offset + token.idx, offset + token.idx + len(token)) for token in tokens]
    return {entity for start, end in ends for entity in sample.entities_in(start, end)}


def in_clearnlp_labels(doc: Doc) -> Doc:
    """A copy of a parsed text with the labels that textacy knows, which are those of ClearNLP."""
    from spacy.tokens import Doc as NewDoc

    names = {"obj": "dobj", "nsubj:pass": "nsubjpass", "csubj:pass": "csubjpass", "aux:pass": "auxpass"}
    heads = [token.head.i for token in doc]
    labels = [names.get(token.dep_, token.dep_) for token in doc]
    for token in doc:
        marks = [child.i for child in token.children if child.dep_ == "case"]
        if token.dep_ == "obl:agent" and marks:
            # "by the trust": there the preposition hangs on the verb, and the noun on the preposition
            heads[marks[0]], labels[marks[0]] = token.head.i, "agent"
            heads[token.i], labels[token.i] = marks[0], "pobj"
    return NewDoc(
        doc.vocab,
        words=[token.text for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        pos=[token.pos_ for token in doc],
        lemmas=[token.lemma_ for token in doc],
        heads=heads,
        deps=labels,
    )


def of_semantica(sample: Sample) -> set[Pair]:
    """The relations of semantica between nhskg's mentions."""
    from semantica.semantic_extract import Entity

    found: set[Pair] = set()
    for offset, doc in sample.paragraphs:
        end = offset + len(doc.text)
        mentions = sorted(
            (span.start - offset, span.end - offset, each.entity.kind.value, span.exact)
            for each in sample.reading.entities
            for span in each.mentions
            if offset <= span.start and span.end <= end
        )
        given = [
            Entity(text=exact, label=kind, start_char=start, end_char=stop, confidence=1.0)
            for start, stop, kind, exact in mentions
        ]
        found |= _related(sample, offset, doc.text, given)
    return found


def of_semantica_alone(sample: Sample) -> set[Pair]:
    """The relations of semantica between the entities that it finds itself."""
    from semantica.semantic_extract import NERExtractor

    found: set[Pair] = set()
    for offset, doc in sample.paragraphs:
        with quiet():
            entities = NERExtractor().extract_entities(doc.text)
        found |= _related(sample, offset, doc.text, entities)
    return found


def _related(sample: Sample, offset: int, text: str, entities: Sequence[Any]) -> set[Pair]:
    from semantica.semantic_extract import RelationExtractor

    with quiet():
        relations = RelationExtractor().extract_relations(text, list(entities))
    found: set[Pair] = set()
    for relation in relations:
        ends = [
            sample.entities_in(offset + end.start_char, offset + end.end_char)
            for end in (relation.subject, relation.object)
        ]
        found |= pairs_between(*ends)
    return found


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keeps progress bars and log lines off the screen."""
    logging.disable(logging.CRITICAL)
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            yield
    finally:
        logging.disable(logging.NOTSET)


EXTRACTORS: Mapping[str, Extractor] = {
    "nhskg": of_claims,
    "textacy": of_triples,
    "sentence co-occurrence": of_sentences,
    "semantica": of_semantica,
    "semantica, alone": of_semantica_alone,
}
PACKAGES = {"textacy": "textacy", "semantica": "semantica", "semantica, alone": "semantica"}


@dataclass(slots=True)
class Timed:
    """A claim finder and a judge of claims that count the seconds they take."""

    finder: Any
    judge: Any
    seconds: float = field(default=0.0)

    @property
    def predicates(self) -> Any:
        return self.finder.predicates

    def claims(self, *arguments: Any) -> Any:
        return self._counted(self.finder.claims, *arguments)

    def judged(self, *arguments: Any) -> Any:
        return self._counted(self.judge.judged, *arguments)

    def _counted(self, method: Callable[..., Any], *arguments: Any) -> Any:
        began = time.process_time()
        try:
            return method(*arguments)
        finally:
            self.seconds += time.process_time() - began


def read(reader: Reader, documents: Sequence[Document]) -> Iterator[tuple[Sample, float, float]]:
    """Reads documents one by one.

    Yields:
        The sample, the seconds for its claims, and those for all that comes before them.
    """
    from nhskg.extract.language import parse

    timed = Timed(reader.claim_finder, reader.judge)
    reader.claim_finder = timed  # type: ignore[assignment]  # stands in for the finder with the same method
    reader.judge = timed if timed.judge else None  # type: ignore[assignment]  # as above
    for document in documents:
        timed.seconds, began = 0.0, time.process_time()
        (reading,) = reader.read([document])
        taken = time.process_time() - began
        ((_, paragraphs),) = parse(reader.nlp, reader.names, [document])
        yield (
            Sample(reading, [(offset, doc.parsed) for offset, doc in paragraphs]),
            timed.seconds,
            taken - timed.seconds,
        )
    reader.claim_finder, reader.judge = timed.finder, timed.judge


def compare(collections: Sequence[str], names: Sequence[str]) -> tuple[dict[tuple[str, str], Counts], float]:
    """Gives the counts of each set of documents and extractor, and the seconds for what they share."""
    from nhskg.extract.reader import Reader

    reader, shared = Reader.load(), 0.0
    tallies: dict[tuple[str, str], Counts] = {}
    for collection in collections:
        folder, golds = evaluate.COLLECTIONS[collection]
        files = sorted(golds.glob("*.json"))
        by_name = {document.id: document for document in _documents(folder)}
        contents = [json.loads(file.read_text(encoding="utf-8")) for file in files]
        wanted = [by_name[gold["document"]] for gold in contents]
        for number, (gold, (sample, own, before)) in enumerate(zip(contents, read(reader, wanted), strict=True)):
            held_out = evaluate.is_held_out(collection, number, files[number].stem)
            place = f"{collection}, {'held out' if held_out else 'tuned'}"
            merged = {found.entity.id: found.entity for found in sample.reading.entities}
            alignment = align(gold["entities"], list(jsonl.entity_rows(sample.reading, merged)))
            shared += before
            for name in names:
                counts = tallies.setdefault((place, name), Counts())
                began = time.process_time()
                found = EXTRACTORS[name](sample)
                counts.seconds += own if name == "nhskg" else time.process_time() - began
                counts.add(found, gold["claims"], alignment)
    return tallies, shared


def _documents(folder: Path) -> Iterator[Document]:
    files, _ = find_files([str(folder)])
    for file in files:
        yield from read_file(file).documents


def table(tallies: Mapping[tuple[str, str], Counts]) -> str:
    """A Markdown table, a row for each set of documents and extractor."""
    lines = [["documents", "extractor", "precision", "recall", "F1", "seconds"], ["---", "---", *["---:"] * 4]]
    lines += [[*key, *counts.row()] for key, counts in sorted(tallies.items(), key=lambda item: _order(item[0]))]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _order(key: tuple[str, str]) -> tuple[bool, bool, int]:
    place, name = key
    return not place.startswith("real"), "held out" not in place, list(EXTRACTORS).index(name)


def installed() -> dict[str, str]:
    """The versions of the packages compared with, as far as they are installed."""
    from importlib import metadata

    found = {}
    for package in sorted(set(PACKAGES.values())):
        with contextlib.suppress(metadata.PackageNotFoundError):
            found[package] = metadata.version(package)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--collection", choices=sorted(evaluate.COLLECTIONS), help="only this one")
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.relative_to(evaluate.ROOT)}")
    arguments = parser.parse_args()
    versions = installed()
    names = [name for name in EXTRACTORS if PACKAGES.get(name, "") in ("", *versions)]
    for name in EXTRACTORS.keys() - set(names):
        print(f"{name}: left out; pip install -c constraints.txt -e '.[compare]' brings it", file=sys.stderr)
    collections = [arguments.collection] if arguments.collection else sorted(evaluate.COLLECTIONS)
    missing = [name for name in collections if not evaluate.COLLECTIONS[name][1].exists()]
    if arguments.write and (arguments.collection or missing or len(names) < len(EXTRACTORS)):
        parser.error("--write needs both collections, ../shared and the extra [compare]; leave --collection out")
    for name in missing:
        print(f"{evaluate.COLLECTIONS[name][1]} is missing: skipped the {name} documents", file=sys.stderr)
    tallies, shared = compare([name for name in collections if name not in missing], names)
    print(table(tallies))
    if arguments.write:
        introduction = INTRODUCTION.format(shared=f"{shared:.0f} s for all", **versions)
        _, heading, systems = PAGE.read_text(encoding="utf-8").partition(SYSTEMS)  # which scripts/compare writes
        PAGE.write_text(f"{introduction}{table(tallies)}\n{CLOSING}{heading}{systems}", encoding="utf-8")


if __name__ == "__main__":
    main()
