#!/usr/bin/env python3
"""Measures how often claims are right, by wording and by arguments, and writes ``ontology/confidence.toml``.

On the documents annotated in ``seeds/annotated``. A claim counts as right if the annotation has its subject, predicate and
object; one whose subject or object is no entity of the annotation cannot be judged and is left out. Where there are few
claims of a wording its share is drawn towards that of all (as if there were ``PRIOR`` more of them with that share).

With ``../shared`` it also prints how well the confidences fit documents they were not made from: by tenths, how many claims
there are, the mean confidence, and the share that is right.

    python scripts/calibrate_confidence.py --write
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evaluate import COLLECTIONS, ROOT
from nhskg.model import Label
from nhskg.pipeline import build
from scoring import SYMMETRIC, align, rows

TARGET = ROOT / "ontology" / "confidence.toml"
PRIOR = 8


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim that the annotation can judge."""

    wording: str
    mention: Label
    confidence: float
    right: bool


def judged(collection: str, out: Path, model: str) -> Iterator[Judged]:
    """The claims of a collection whose arguments the annotation knows."""
    documents, golds = COLLECTIONS[collection]
    build([str(documents)], out, model=model)
    entities, claims = rows(out / "entities.jsonl"), rows(out / "claims.jsonl")
    for path in sorted(golds.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        alignment = align(gold["entities"], entities.get(gold["document"], []))
        known = {(g["subject"], p, g["object"]) for g in gold["claims"] for p in g["predicate"]}
        known |= {(object_, p, subject) for subject, p, object_ in known if p in SYMMETRIC}
        for claim in claims.get(gold["document"], []):
            if claim["subject"] in alignment and claim["object"] in alignment:
                triple = (alignment[claim["subject"]], claim["predicate"], alignment[claim["object"]])
                predicate, part, _ = claim["rule"].split("/")
                yield Judged(f"{predicate}/{part}", Label(claim["mention"]), claim["confidence"], triple in known)


def shares(claims: list[Judged], by: str, overall: float) -> dict[str, float]:
    """The share that is right of each wording or label."""
    groups: dict[str, list[bool]] = defaultdict(list)
    for claim in claims:
        groups[str(getattr(claim, by))].append(claim.right)
    return {
        name: round((sum(rights) + PRIOR * overall) / (len(rights) + PRIOR), 3)
        for name, rights in sorted(groups.items())
    }


def toml(claims: list[Judged]) -> str:
    """The file that the package carries."""
    overall = round(sum(claim.right for claim in claims) / len(claims), 3)
    lines = [
        "# How often claims are right, by wording (predicate and part of speech) and by how the less certain of the two",
        "# arguments is mentioned. Measured by scripts/calibrate_confidence.py --write; not edited by hand.",
        f"overall = {overall}",
    ]
    for table, by in (("wordings", "wording"), ("arguments", "mention")):
        lines += ["", f"[{table}]", *(f'"{name}" = {share}' for name, share in shares(claims, by, overall).items())]
    return "\n".join(lines) + "\n"


def calibration(claims: list[Judged]) -> str:
    """A Markdown table of how confidences compare with what is right."""
    tenths: dict[int, list[Judged]] = defaultdict(list)
    for claim in claims:
        tenths[min(int(claim.confidence * 10), 9)].append(claim)
    lines = ["| confidence | claims | mean | right |", "| --- | ---: | ---: | ---: |"]
    for tenth, group in sorted(tenths.items()):
        mean = sum(claim.confidence for claim in group) / len(group)
        right = sum(claim.right for claim in group) / len(group)
        lines.append(f"| {tenth / 10:.1f}-{tenth / 10 + 0.1:.1f} | {len(group)} | {mean:.2f} | {right:.2f} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="", help="another spaCy pipeline")
    parser.add_argument("--write", action="store_true", help=f"write {TARGET.relative_to(ROOT)}")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        ours = list(judged("ours", Path(scratch) / "ours", arguments.model))
        if arguments.write:
            TARGET.write_text(toml(ours), encoding="utf-8")
        for name in COLLECTIONS:
            if COLLECTIONS[name][1].exists():
                claims = ours if name == "ours" else list(judged(name, Path(scratch) / name, arguments.model))
                print(f"{name}: {len(claims)} claims\n{calibration(claims)}\n")


if __name__ == "__main__":
    main()
