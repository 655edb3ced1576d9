#!/usr/bin/env python3
"""Compares whole systems, from files to pairs of linked entities: time, memory, pairs found, precision and recall.

    pip install -c constraints.txt -e ".[compare]"
    scripts/compare            # the table
    scripts/compare --write    # the same table into docs/comparison.md, after that of the linking alone

Each system reads each set of documents in a process of its own, with one thread; what they find is then held against the
gold as in ``compare_extractors.py``: the others' links count for nhskg's entities that are mentioned where their ends stand.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import benchmark
import evaluate
from compare_extractors import PAGE, SYSTEMS, Counts, Pair, Sample, in_clearnlp_labels, installed, pairs_between, quiet
from nhskg.export import jsonl
from nhskg.model import Document
from scoring import align

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from nhskg.extract.reader import Reader

Links = list[list[Any]]
"""Two ends each: the id of an entity, or the first character and the one after the last in the document."""
INTRODUCTION = """
The same documents from files to links, measured by `scripts/compare --write`: each system in a process of its own with one
thread, start and loading included. Here each finds itself what to link, so that nhskg's lead has two causes. A link with
an end where nhskg sees no entity does not count, which is kind to the others. Pairs are those that count. The documents
are all of each set, also those that nhskg was tuned on; the table above tells these apart. Seconds are of processor time on a
machine that others used too; memory is the process's peak.

- **textacy**: its triples on nhskg's language model; subjects and objects are whatever stands in them.
- **names in one sentence**: bare co-occurrence of the names that the same language model finds.
- **semantica**: its entities and relations as they come without a network ("semantica, alone" above).

"""
QUOTED = """
Systems that need a paid model were **not measured**. What is reported of them, on other documents and machines, and
mostly by users rather than in publications of their own:

- GraphRAG: some $300 for four manuals (one user's report, whose address we could not find); $15 for "a very small amount of
  text" by one user, and $12 for a book in a demonstration by another's account ([2024](https://github.com/microsoft/graphrag/issues/431),
  after which its README warns of the cost). Its makers' own way to estimate: [GraphRAG Costs Explained](https://techcommunity.microsoft.com/t5/ai-azure-ai-services-blog/graphrag-costs-explained-what-you-need-to-know/ba-p/4207978).
- LightRAG: 21,485 input tokens, 3,244 output tokens and 26 s for a document of 2,412 tokens
  ([one user's experiment](https://murphybooks.me/projects/library/en/light-rag-experiment-report)); 10 to 30 s for a chunk of
  text, depending on the model ([an answer there, 2025](https://github.com/HKUDS/LightRAG/issues/1730)).
"""


def of_nhskg(documents: Iterable[Document]) -> Iterator[Links]:
    from nhskg.extract.reader import Reader

    for reading in Reader.load().read(documents):
        yield [[claim.subject, claim.object] for claim in reading.claims]


def of_textacy(documents: Iterable[Document]) -> Iterator[Links]:
    """Subject-verb-object triples on nhskg's language model."""
    from textacy.extract.triples import subject_verb_object_triples

    for document in documents:
        links: Links = []
        for offset, doc in _parsed(document):
            for triple in subject_verb_object_triples(in_clearnlp_labels(doc)):
                links.append([_stretch(offset, words) for words in (triple.subject, triple.object)])
        yield links


def _stretch(offset: int, words: Sequence[Token]) -> tuple[int, int]:
    return offset + min(word.idx for word in words), offset + max(word.idx + len(word) for word in words)


def of_neighbours(documents: Iterable[Document]) -> Iterator[Links]:
    """Every two names of a sentence that the language model finds: bare co-occurrence."""
    for document in documents:
        links: Links = []
        for offset, doc in _parsed(document):
            for sentence in doc.sents:
                names = [(offset + name.start_char, offset + name.end_char) for name in sentence.ents]
                links += [[one, other] for one, other in itertools.combinations(names, 2)]
        yield links


def of_semantica(documents: Iterable[Document]) -> Iterator[Links]:
    """The relations of semantica between the entities that it finds, without a network."""
    from semantica.semantic_extract import NERExtractor, RelationExtractor

    for document in documents:
        links: Links = []
        for offset, text in _texts(document):
            with quiet():
                found = RelationExtractor().extract_relations(text, list(NERExtractor().extract_entities(text)))
            for relation in found:
                ends = relation.subject, relation.object
                links.append([(offset + end.start_char, offset + end.end_char) for end in ends])
        yield links


def _texts(document: Document) -> Iterator[tuple[int, str]]:
    from nhskg.extract.language import LINE_BREAKS
    from nhskg.extract.paragraphs import find_paragraphs

    for start, end in find_paragraphs(document.text):
        yield start, document.text[start:end].translate(LINE_BREAKS)


def _parsed(document: Document) -> Iterator[tuple[int, Doc]]:
    from nhskg.extract.language import load_language_model

    pairs = ((text, offset) for offset, text in _texts(document))
    for doc, offset in load_language_model().pipe(pairs, as_tuples=True):
        yield offset, doc


FINDERS: Mapping[str, Callable[[Iterable[Document]], Iterator[Links]]] = {
    "nhskg": of_nhskg,
    "textacy": of_textacy,
    "names in one sentence": of_neighbours,
    "semantica": of_semantica,
}


def documents_of(collection: str) -> list[Document]:
    """The documents of a set that have a gold."""
    from nhskg.ingest import find_files, read_file

    folder, golds = evaluate.COLLECTIONS[collection]
    stems = {file.stem for file in golds.glob("*.json")}
    files, _ = find_files([str(folder)])
    found = (document for file in files if file.path.stem in stems for document in read_file(file).documents)
    return sorted(found, key=lambda document: document.id)


def pairs_of(links: Links, sample: Sample) -> set[Pair]:
    """The entities that links join; a link with an end that is none joins nothing, which is kind to whoever made it."""
    found: set[Pair] = set()
    for link in links:
        found |= pairs_between(*({end} if isinstance(end, str) else sample.entities_in(*end) for end in link))
    return found


def compare(collection: str, names: Iterable[str]) -> dict[str, tuple[Counts, benchmark.Run]]:
    """Runs systems on a set of documents, each in its own process."""
    from nhskg.extract.reader import Reader

    reader = Reader.load()
    samples = {document.id: _sample(reader, document) for document in documents_of(collection)}
    found: dict[str, tuple[Counts, benchmark.Run]] = {}
    for name in names:
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "links.json"
            command = [sys.executable, __file__, "--collection", collection, "--one", name, str(out)]
            taken = benchmark.run(command, Path(folder) / "log.txt")
            links = json.loads(out.read_text(encoding="utf-8"))
        counts = Counts(seconds=taken.busy)
        for identifier, sample in samples.items():
            gold = json.loads((evaluate.COLLECTIONS[collection][1] / f"{identifier}.json").read_text(encoding="utf-8"))
            merged = {each.entity.id: each.entity for each in sample.reading.entities}
            alignment = align(gold["entities"], list(jsonl.entity_rows(sample.reading, merged)))
            counts.add(pairs_of(links[identifier], sample), gold["claims"], alignment)
        found[name] = counts, taken
    return found


def _sample(reader: Reader, document: Document) -> Sample:
    (reading,) = reader.read([document])
    return Sample(reading, [])


def table(found: Mapping[str, Mapping[str, tuple[Counts, benchmark.Run]]]) -> str:
    """A Markdown table, a row for each set of documents and system."""
    lines = [
        ["documents", "system", "seconds", "MB", "pairs", "precision", "recall", "F1"],
        ["---", "---", *["---:"] * 6],
    ]
    for collection, systems in found.items():
        for name, (counts, taken) in systems.items():
            *shares, seconds = counts.row()
            lines.append([collection, name, seconds, f"{taken.all:.0f}", str(counts.found), *shares])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--collection", choices=sorted(evaluate.COLLECTIONS), help="only this one")
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.relative_to(evaluate.ROOT)}")
    parser.add_argument("--one", nargs=2, metavar=("SYSTEM", "FILE"), help=argparse.SUPPRESS)  # its own process
    arguments = parser.parse_args()
    if arguments.one:
        documents = documents_of(arguments.collection)
        links = dict(zip([each.id for each in documents], FINDERS[arguments.one[0]](documents), strict=True))
        Path(arguments.one[1]).write_text(json.dumps(links), encoding="utf-8")
        return
    names = [name for name in FINDERS if name in installed() or name not in ("textacy", "semantica")]
    wanted = [arguments.collection] if arguments.collection else sorted(evaluate.COLLECTIONS, reverse=True)
    there = [name for name in wanted if evaluate.COLLECTIONS[name][1].exists()]
    if arguments.write and (len(names) < len(FINDERS) or len(there) < len(evaluate.COLLECTIONS)):
        parser.error("--write needs both collections, ../shared and the extra [compare]; leave --collection out")
    found = table({collection: compare(collection, names) for collection in there})
    print(found)
    if arguments.write:
        before = PAGE.read_text(encoding="utf-8").partition(SYSTEMS)[0]
        PAGE.write_text(f"{before}{SYSTEMS}{INTRODUCTION}{found}\n{QUOTED}", encoding="utf-8")


if __name__ == "__main__":
    main()
