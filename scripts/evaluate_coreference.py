#!/usr/bin/env python3
"""Measures pronouns and nominals against the coreference chains of UD_English-GUM's test set.

The texts are general (interviews, biographies, court, news …), not ours, so this says how the rules do on English at large.
A pronoun or nominal counts as resolved if nhskg gives it an entity, and as right if an earlier mention of that entity
stands in the same chain of the treebank. Those whose chain has an earlier proper name are what there is to find: what
nothing names is no entity to nhskg.

    python scripts/evaluate_coreference.py
"""

from __future__ import annotations

import argparse
import itertools
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc

from aligned_scores import Count
from nhskg.extract.language import parse
from nhskg.extract.mentions import find_mentions
from nhskg.extract.reader import Reader
from nhskg.model import Document, Label, Mention
from nhskg.resolve import resolve
from train_language_model import TREEBANKS
from treebanks import marked, read_paragraphs, to_doc

Span = tuple[int, int]


@dataclass(slots=True)
class Chains:
    """A text with the chain of each of its mentions, by characters."""

    text: str = ""
    chain_at: dict[Span, str] = field(default_factory=dict)
    names: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, doc: Doc, mentions: Iterable[tuple[int, int, str, str]]) -> None:
        """Appends a paragraph with its mentions, as ``treebanks.marked`` gives them."""
        offset = len(self.text)
        for start, end, chain, _ in mentions:
            span = doc[start:end]
            self.chain_at[offset + span.start_char, offset + span.end_char] = chain
            if span.root.pos_ == "PROPN":
                self.names[chain].append(offset + span.start_char)
        self.text += doc.text.rstrip() + "\n"

    def at(self, start: int, end: int) -> str:
        """The chain of the mention with these characters, or of the shortest that ends with them and is not much longer."""
        exact = self.chain_at.get((start, end))
        if exact:
            return exact
        around = [(s, e) for s, e in self.chain_at if s <= start and end <= e and e - end < 2 and start - s < 25]
        return self.chain_at[min(around, key=lambda span: span[1] - span[0])] if around else ""


def documents(reader: Reader) -> Iterator[tuple[str, Chains]]:
    """The documents of the test set with their chains."""
    paragraphs = read_paragraphs(TREEBANKS / "gum-test.conllu")
    for name, group in itertools.groupby(paragraphs, key=lambda paragraph: paragraph.document):
        chains = Chains()
        for paragraph in group:
            chains.add(to_doc(reader.nlp.vocab, paragraph.sentences), marked(paragraph.sentences))
        yield name, chains


def count(reader: Reader, document: Document, chains: Chains) -> dict[str, Count]:
    """What of a document's pronouns and nominals is to be found, was resolved, and is right."""
    counts: dict[str, Count] = defaultdict(Count)
    for _, paragraphs in parse(reader.nlp, reader.names, [document]):
        mentions = find_mentions(document, paragraphs, reader.names, reader.lexicon)
        resolution = resolve(document, mentions, reader.knowledge, {})
        earlier: dict[str, list[Mention]] = defaultdict(list)
        for mention in mentions:
            entity = resolution.by_place.get((mention.paragraph, mention.head))
            span = mention.span
            chain = chains.at(span.start, span.end)
            if chain and mention.label in (Label.PRONOUN, Label.NOMINAL):
                to_find = any(start < span.start for start in chains.names[chain])
                before = earlier[entity] if entity else []
                right = any(chains.at(m.span.start, m.span.end) == chain for m in before)
                kind = "pronouns" if mention.label is Label.PRONOUN else "nominals"
                counts[kind] += Count(gold=to_find, system=bool(before), correct=right)
            if entity:
                earlier[entity].append(mention)
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="", help="another spaCy pipeline")
    arguments = parser.parse_args()
    if not (TREEBANKS / "gum-test.conllu").exists():
        sys.exit(f"{TREEBANKS / 'gum-test.conllu'} is missing: nothing to measure on")
    reader = Reader.load(arguments.model)
    totals: dict[str, Count] = defaultdict(Count)
    for name, chains in documents(reader):
        for kind, counted in count(reader, Document(id=name, text=chains.text), chains).items():
            totals[kind] += counted
    print("| | to find | resolved | right | precision | recall |\n| --- | ---: | ---: | ---: | ---: | ---: |")
    for kind, total in sorted(totals.items()):
        shares = f"{100 * total.precision:.1f} | {100 * total.recall:.1f}"
        print(f"| {kind} | {total.gold} | {total.system} | {total.correct} | {shares} |")


if __name__ == "__main__":
    main()
