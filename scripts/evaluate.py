#!/usr/bin/env python3
"""Measures what nhskg reads against gold annotations, and fails where a measure is under its floor.

Two collections: ``ours``, the documents written and annotated here (``seeds/annotated``), and ``real``, those of
``../shared`` where that folder exists. Of each, some documents are held out: the rules are tuned without looking at
them, and they are reported apart. Floors are kept in ``scripts/evaluation_floors.toml``; they only rise.

    python scripts/evaluate.py                           # the table, and the floors
    python scripts/evaluate.py --collection ours --notes # what is wrong, missed and extra, claim by claim
    python scripts/evaluate.py --write                   # the same table into docs/evaluation.md
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import tomllib
from pathlib import Path

from nhskg.pipeline import build
from scoring import Tally, score

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
FLOORS = Path(__file__).with_name("evaluation_floors.toml")
COLLECTIONS = {
    "ours": (ROOT / "seeds" / "annotated" / "documents", ROOT / "seeds" / "annotated" / "gold"),
    "real": (SHARED / "corpus", SHARED / "evaluation" / "gold"),
}
PAGE = ROOT / "docs" / "evaluation.md"
INTRODUCTION = """# What is read, and how well

Measured with the packaged language model by `scripts/evaluate.py --write`, in per cent. An entity is found if it shares a
surface form with one of the annotation; a claim is right if its subject, object and predicate are. Status, speaker and kind
are shares of what was right; evidence is the share of claims whose quotation is verbatim in the document.

- **real**: five newsletters, a Treasury text and seven House of Commons debates that are not part of this repository.
- **ours**: the 42 documents of [seeds/annotated](../seeds/README.md), harder than most real texts.
- **held out**: documents that nobody looked at while the rules were made; **tuned**: the others. The figures that count
  are those of the real documents held out. Claims that are right but not in the annotation count as wrong.

The second table adds all documents up by predicate: claims found and right, and demanded claims (`gold`) that were hit.
"""
HELD_OUT_REAL = ("003_", "13-", "23-", "30-")
"""Real documents that the rules were not tuned on; of ours, every third is held out."""


def is_held_out(collection: str, number: int, stem: str) -> bool:
    """Whether the rules were made without looking at a document, the ``number``th of its collection."""
    return stem.startswith(HELD_OUT_REAL) if collection == "real" else number % 3 == 2


def evaluate(collection: str, out: Path, model: str = "") -> dict[str, Tally]:
    """Builds a collection and scores its two sets: tuned and held out."""
    documents, gold = COLLECTIONS[collection]
    build([str(documents)], out, model=model)
    files = sorted(gold.glob("*.json"))
    sets: dict[str, list[Path]] = {"tuned": [], "held out": []}
    for number, file in enumerate(files):
        sets["held out" if is_held_out(collection, number, file.stem) else "tuned"].append(file)
    return {f"{collection}, {name}": score(part, out, documents) for name, part in sets.items()}


def table(tallies: dict[str, Tally]) -> str:
    """A Markdown table in per cent, a row for each set of documents."""
    columns = list(Tally().measures())
    lines = [["documents", *columns], ["---", *["---:"] * len(columns)]]
    for name, tally in tallies.items():
        lines.append([name, *(f"{100 * value:.1f}" for value in tally.measures().values())])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def predicates(tallies: list[Tally]) -> str:
    """A Markdown table of right, found, hit and demanded claims of each predicate."""
    totals: dict[str, list[int]] = {}
    for tally in tallies:
        for predicate, counts in tally.by_predicate.items():
            totals[predicate] = [a + b for a, b in zip(totals.get(predicate, [0] * 4), counts, strict=True)]
    lines = ["| predicate | right | found | hit | gold |", "| --- | ---: | ---: | ---: | ---: |"]
    lines += [f"| {name} | {' | '.join(map(str, counts))} |" for name, counts in sorted(totals.items())]
    return "\n".join(lines)


def shortfalls(tallies: dict[str, Tally]) -> list[str]:
    """The measures that are under their floors, in words."""
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    return [
        f"{name}: {measure} {100 * measures[measure]:.1f} is under its floor, {floor}"
        for name, wanted in floors.items()
        if name in tallies
        for measures in [tallies[name].measures()]
        for measure, floor in wanted.items()
        if 100 * measures[measure] < floor
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--collection", choices=sorted(COLLECTIONS), help="only this one")
    parser.add_argument("--hold-out", action="store_true", help="report only the documents that were held out")
    parser.add_argument("--notes", action="store_true", help="list what is wrong in the tuned documents")
    parser.add_argument("--predicates", action="store_true", help="add a table by predicate")
    parser.add_argument("--model", default="", help="another spaCy pipeline")
    parser.add_argument("--out", type=Path, help="keep the builds in this folder")
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.relative_to(ROOT)}")
    arguments = parser.parse_args()
    if arguments.write and (arguments.collection or arguments.hold_out or not COLLECTIONS["real"][1].exists()):
        parser.error(
            "--write needs both collections in full; leave --collection and --hold-out out, and have ../shared there"
        )
    tallies: dict[str, Tally] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for name in [arguments.collection] if arguments.collection else sorted(COLLECTIONS):
            if not COLLECTIONS[name][1].exists():
                print(f"{COLLECTIONS[name][1]} is missing: skipped the {name} documents", file=sys.stderr)
                continue
            tallies |= evaluate(name, (arguments.out or Path(scratch)) / name, arguments.model)
    if arguments.hold_out:
        tallies = {name: tally for name, tally in tallies.items() if name.endswith("held out")}
    if arguments.notes:
        print("\n".join(note for name, tally in tallies.items() if name.endswith("tuned") for note in tally.notes))
    print(table(tallies))
    if arguments.predicates:
        print(f"\n{predicates(list(tallies.values()))}")
    if arguments.write:
        PAGE.write_text(f"{INTRODUCTION}\n{table(tallies)}\n\n{predicates(list(tallies.values()))}\n", encoding="utf-8")
    found = shortfalls(tallies)
    print("\n".join(found), file=sys.stderr)
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
