#!/usr/bin/env python3
"""Makes corpora of any size for ``scripts/benchmark``: the same files for the same seed.

    python scripts/benchmark_corpus.py 10000 out/corpus
    python scripts/benchmark_corpus.py --measure ../shared/corpus      # what the sizes follow, beside what is made

The templates and the lengths are in ``benchmark_templates.toml``, names are drawn from the register. A document is told by
its number and the seed alone. Some are copies of an earlier one, some of all but its end.
"""

from __future__ import annotations

import argparse
import functools
import random
import re
import statistics
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

TEMPLATES = Path(__file__).with_name("benchmark_templates.toml")
FOLDER = 1000
"""Documents in each folder."""
COPIES, NEAR_COPIES = 0.03, 0.03
FIRST_DAY, DAYS = date(2012, 1, 1), 365 * 11
SLOT = re.compile(r"\{(\w+)\}")
TAKEN_WORDS = 5
"""Words of the shortest sentence, nearly: a paragraph that lacks fewer gets no other."""
KINDS = {
    "body": {"national_body", "think_tank", "union", "regulator", "department"},
    "trust": {"trust", "foundation_trust"},
    "icb": {"integrated_care_board"},
    "ccg": {"ccg"},
    "programme": {"programme"},
    "fund": {"fund"},
}

Part = tuple[str, bool]
"""Words, or the name of what they are drawn from."""


@dataclass(frozen=True, slots=True)
class Templates:
    """The grammar, cut into parts; the deciles of lengths; and the names that casts are drawn from."""

    grammar: Mapping[str, Sequence[Sequence[Part]]]
    lengths: Mapping[str, Sequence[int]]
    cast: Mapping[str, int]
    names: Mapping[str, Sequence[str]]

    def length(self, what: str, chance: random.Random) -> int:
        """Gives a length as they are distributed: between two deciles, each as likely."""
        deciles = self.lengths[what]
        place = chance.random() * (len(deciles) - 1)
        low, high = deciles[int(place)], deciles[int(place) + 1]
        return int(low + (high - low) * (place % 1))


@functools.cache
def load_templates() -> Templates:
    """Reads the templates, and the names of the register."""
    from nhskg.register import load_register
    from nhskg.register.areas import places
    from nhskg.register.bodies import load_office_holders

    table: dict[str, Any] = tomllib.loads(TEMPLATES.read_text(encoding="utf-8"))
    register = load_register()
    bodies = sorted((body.kind, body.name) for body in register.bodies.values())
    names = {slot: [name for kind, name in bodies if kind in kinds] for slot, kinds in KINDS.items()}
    names["person"] = sorted(
        {name for holder in load_office_holders() for name in holder.names if name.count(" ") == 1}
    )
    names["place"] = sorted(places(register))
    grammar = {name: [_parts(entry) for entry in entries] for name, entries in table["grammar"].items()}
    return Templates(grammar, table["lengths"], table["cast"], names)


def _parts(entry: str) -> list[Part]:
    """Words and slots in turn: "{Group} waited" is a slot and " waited"."""
    return [(part, place % 2 == 1) for place, part in enumerate(SLOT.split(entry)) if part]


def name_of(number: int) -> str:
    """The path of a document in its corpus, without suffix."""
    return f"{number // FOLDER:03}/{number:06}"


def text_of(seed: int, number: int) -> str:
    """Gives a document of the corpus of a seed: front matter and paragraphs."""
    chance = random.Random(f"{seed}/{number}")
    kind = chance.random()
    if number and kind < COPIES + NEAR_COPIES:
        other = text_of(seed, chance.randrange(number))
        return other if kind < COPIES else other[: other.rstrip().rfind("\n\n")] + "\n"
    return _Writer(load_templates(), chance).document()


class _Writer:
    """Writes one document."""

    def __init__(self, templates: Templates, chance: random.Random) -> None:
        self._templates, self._chance = templates, chance
        self._cast: dict[str, Sequence[str]] = {
            slot: [_pick(chance, templates.names[slot]) for _ in range(count)] for slot, count in templates.cast.items()
        }
        self._cast["surname"] = [name.rpartition(" ")[2] for name in self._cast["person"]]

    def document(self) -> str:
        chance, templates = self._chance, self._templates
        left = templates.length("document", chance)
        paragraphs = []
        while left > 0:
            paragraph = self._paragraph(min(templates.length("paragraph", chance), left))
            paragraphs.append(paragraph)
            left -= paragraph.count(" ") + 1
        day = FIRST_DAY + timedelta(days=int(chance.random() * DAYS))
        title = self._capital("heading")
        return f'---\ntitle: "{title}"\ndate: {day}\n---\n\n' + "\n\n".join(paragraphs) + "\n"

    def _paragraph(self, words: int) -> str:
        sentences = [self._capital("sentence" if words > 3 * TAKEN_WORDS else "short")]
        words -= sentences[0].count(" ") + 1
        while words > TAKEN_WORDS:
            sentence = self._capital("sentence" if words > 3 * TAKEN_WORDS else "short")
            sentences.append(sentence)
            words -= sentence.count(" ") + 1
        return " ".join(sentences)

    def _capital(self, slot: str) -> str:
        drawn = self._draw(slot)
        return drawn[:1].upper() + drawn[1:]

    def _draw(self, slot: str) -> str:
        entries = self._templates.grammar.get(slot)
        if entries is None:
            names = self._cast.get(slot)
            return self._figure(slot) if names is None else _pick(self._chance, names)
        return "".join([self._draw(part) if is_slot else part for part, is_slot in _pick(self._chance, entries)])

    def _figure(self, slot: str) -> str:
        drawn = self._chance.random()
        if slot == "year":
            return str(2006 + int(drawn * 17))
        if slot == "money":
            return f"£{1 + int(drawn * 900)}m"
        return str(2 + int(drawn * 18)) if slot == "small" else f"{21 + int(drawn * drawn * 4000):,}"


T = TypeVar("T")


def _pick(chance: random.Random, entries: Sequence[T]) -> T:
    """One of the entries, each as likely; three times as fast as ``choice``."""
    return entries[int(chance.random() * len(entries))]


def write_corpus(folder: Path, count: int, seed: int = 1, first: int = 0) -> None:
    """Writes documents into folders of a thousand."""
    for number in range(first, first + count):
        file = folder / f"{name_of(number)}.md"
        if number % FOLDER == 0 or number == first:
            file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text_of(seed, number), encoding="utf-8", newline="\n")


def measure(folder: Path) -> Mapping[str, Sequence[float]]:
    """Gives deciles: words of documents, paragraphs and sentences; of a thousand words mentions, register names, claims."""
    from nhskg.extract.language import parse
    from nhskg.extract.reader import Reader
    from nhskg.ingest import read_documents

    reader = Reader.load()
    found: dict[str, list[float]] = {}
    for reading in reader.read(read_documents([str(folder)])[0]):
        ((_, paragraphs),) = parse(reader.nlp, reader.names, [reading.document])
        words = len(reading.document.text.split())
        found.setdefault("words of a document", []).append(words)
        found.setdefault("words of a paragraph", []).extend(len(doc.text.split()) for _, doc in paragraphs)
        sentences = [len(sentence.text.split()) for _, doc in paragraphs for sentence in doc.sents]
        found.setdefault("words of a sentence", []).extend(sentences)
        per_thousand = {
            "entities": len(reading.entities),
            "mentions": sum(len(entity.mentions) for entity in reading.entities),
            "of the register": sum(len(entity.mentions) for entity in reading.entities if entity.entity.registered),
            "claims": len(reading.claims),
        }
        for what, number in per_thousand.items():
            found.setdefault(f"{what}, in 1,000 words", []).append(1000 * number / words)
    return {what: statistics.quantiles(numbers, n=10, method="inclusive") for what, numbers in found.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, nargs="?", default=100)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("out/corpus"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--measure", type=Path, help="a folder of real documents to compare with")
    arguments = parser.parse_args()
    if arguments.measure is None:
        write_corpus(arguments.folder, arguments.count, arguments.seed)
        return
    with tempfile.TemporaryDirectory() as folder:
        write_corpus(Path(folder), arguments.count, arguments.seed)
        made, real = measure(Path(folder)), measure(arguments.measure)
    print("| deciles 1, 3, 5, 7, 9 | real | made |\n| --- | ---: | ---: |")
    for what in real:
        both = (" ".join(f"{deciles[place]:.0f}" for place in (0, 2, 4, 6, 8)) for deciles in (real[what], made[what]))
        print(f"| {what} | {' | '.join(both)} |")


if __name__ == "__main__":
    main()
