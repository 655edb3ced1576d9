#!/usr/bin/env python3
"""Measures how often claims are right and writes ``ontology/confidence.toml``.

Two things are measured. How often a claim of the rules is right, by wording and by how its arguments are mentioned, on the
documents annotated in ``seeds/annotated``: that is the confidence of claims without a second opinion. And how often a claim to
which the second opinion gives a chance is right, on texts that it was not trained on: the passages of ``seeds/claims`` and the
documents of ``seeds/annotated`` that are kept aside. A claim is right if the annotation has its subject, predicate and object;
in documents, one whose subject or object is no entity of the annotation cannot be judged and is left out. Where there are few
claims of a wording its share is drawn towards that of all (as if there were ``PRIOR`` more of them with that share).

With ``../shared`` it also prints how well the confidences fit documents they were not made from: by tenths, how many claims
there are, the mean confidence, and the share that is right.

    python scripts/calibrate_confidence.py --write
"""

from __future__ import annotations

import argparse
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from evaluate import COLLECTIONS, ROOT
from labelled_texts import Right, annotated, passages
from nhskg.extract.judging import are_certain
from nhskg.extract.reader import Reader, Understanding
from nhskg.model import Label
from scoring import SYMMETRIC

TARGET = ROOT / "ontology" / "confidence.toml"
PRIOR = 8
STEPS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""Chances between which the shares that are right are measured."""
REJECT, ACCEPT, ACCEPT_GUESS = 0.1, 0.35, 0.8
"""Chances under which a claim of the rules is given up, and from which one is made that the rules do not make: of two things
that the rules know, and where one of them is a guess."""

Texts = Iterable[tuple[Understanding, list[Right]]]


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim that the annotation can judge."""

    wording: str
    mention: Label
    confidence: float
    right: bool


def triples(rights: Iterable[Right]) -> set[tuple[str, str, str]]:
    """All readings that are right."""
    known = {(right.subject, predicate, right.object) for right in rights for predicate in right.predicates}
    return known | {(object_, p, subject) for subject, p, object_ in known if p in SYMMETRIC}


def of_rules(texts: Texts) -> Iterator[Judged]:
    """The claims of the rules in annotated documents whose two ends the annotation knows."""
    for understood, rights in texts:
        known, entities = triples(rights), {end for right in rights for end in (right.subject, right.object)}
        for claim in understood.claims:
            if claim.subject in entities and claim.object in entities:
                predicate, part = claim.evidence.rule.split("/")[:2]
                right = (claim.subject, claim.predicate, claim.object) in known
                yield Judged(f"{predicate}/{part}", claim.mention, claim.confidence, right)


def of_opinion(reader: Reader, texts: Texts) -> Iterator[tuple[float, bool]]:
    """The chances that the second opinion gives in texts, and whether what it gives them to is right."""
    if reader.judge is None:
        return
    for understood, rights in texts:
        known = triples(rights)
        best: dict[tuple[str, str, str], float] = {}
        likely = reader.judge.likely(understood.paragraphs, understood.arguments, understood.claims, STEPS[1])
        for (_, *triple), found in likely.items():
            if found.chance < ACCEPT_GUESS and not are_certain(found.pair, understood.arguments):
                continue  # no claim of a build
            claim = (triple[0], triple[1], triple[2])
            best[claim] = max(best.get(claim, 0.0), found.chance)
        for claim, chance in best.items():
            yield chance, claim in known


def shares(claims: Sequence[Judged], by: str, overall: float) -> dict[str, float]:
    """The share that is right of each wording or label."""
    groups: dict[str, list[bool]] = defaultdict(list)
    for claim in claims:
        groups[str(getattr(claim, by))].append(claim.right)
    return {
        name: round((sum(rights) + PRIOR * overall) / (len(rights) + PRIOR), 3)
        for name, rights in sorted(groups.items())
    }


def points(opinions: Sequence[tuple[float, bool]]) -> list[tuple[float, float]]:
    """Mean chance and share right of the opinions between two steps, rising."""
    found = [(0.0, 0.0)]
    for low, high in itertools.pairwise(STEPS):
        group = [(chance, right) for chance, right in opinions if low <= chance < high + (high == 1.0)]
        if group:
            chance, share = np.mean(group, axis=0)
            found.append((round(float(chance), 3), round(max(float(share), found[-1][1]), 3)))
    return [*found, (1.0, found[-1][1])]


def toml(claims: Sequence[Judged], opinions: Sequence[tuple[float, bool]]) -> str:
    """The file that the package carries."""
    overall = round(sum(claim.right for claim in claims) / len(claims), 3)
    lines = [
        "# How often claims are right: those of the rules by wording (predicate and part of speech) and by how the less certain",
        "# of the two arguments is mentioned; and those that had a second opinion by the chance that it gave them.",
        "# Measured by scripts/calibrate_confidence.py --write; not edited by hand.",
        f"overall = {overall}",
    ]
    for table, by in (("wordings", "wording"), ("arguments", "mention")):
        lines += ["", f"[{table}]", *(f'"{name}" = {share}' for name, share in shares(claims, by, overall).items())]
    lines += [
        "",
        "[second_opinion]",
        f"reject = {REJECT}",
        f"accept = {ACCEPT}",
        f"accept_guess = {ACCEPT_GUESS}",
        "chances = [",
    ]
    lines += [f"  [{chance}, {share}]," for chance, share in points(opinions)]
    return "\n".join([*lines, "]"]) + "\n"


def calibration(claims: Sequence[tuple[float, bool]]) -> str:
    """A Markdown table of how confidences compare with what is right."""
    tenths: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in claims:
        tenths[min(int(confidence * 10), 9)].append((confidence, right))
    lines = ["| confidence | claims | mean | right |", "| --- | ---: | ---: | ---: |"]
    for tenth, group in sorted(tenths.items()):
        mean, right = np.mean(group, axis=0)
        lines.append(f"| {tenth / 10:.1f}-{tenth / 10 + 0.1:.1f} | {len(group)} | {mean:.2f} | {right:.2f} |")
    return "\n".join(lines)


def final(reader: Reader, texts: Texts) -> Iterator[tuple[float, bool]]:
    """The confidence of each claim that a build would have, and whether it is right, where both ends are known."""
    for understood, rights in texts:
        known, entities = triples(rights), {end for right in rights for end in (right.subject, right.object)}
        claims = list(understood.claims)
        if reader.judge:
            claims = reader.judge.judged(understood.document, understood.paragraphs, understood.arguments, claims)
        for claim in claims:
            if claim.subject in entities and claim.object in entities:
                yield claim.confidence, (claim.subject, claim.predicate, claim.object) in known


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help=f"write {TARGET.relative_to(ROOT)}")
    arguments = parser.parse_args()
    reader = Reader.load()
    aside = [*passages(reader, kept_aside=True), *annotated(reader, "ours", held_out=True)]
    opinions = list(of_opinion(reader, aside))
    print(f"opinions on texts kept aside: {len(opinions)}")
    for chance, share in points(opinions):
        print(f"  {chance:.3f} {share:.3f}")
    if arguments.write:
        ours = [*annotated(reader, "ours", held_out=False), *annotated(reader, "ours", held_out=True)]
        TARGET.write_text(toml(list(of_rules(ours)), opinions), encoding="utf-8")
    for name in COLLECTIONS:
        if COLLECTIONS[name][1].exists():
            claims = [
                claim
                for held_out in (False, True)
                for claim in final(reader, annotated(reader, name, held_out=held_out))
            ]
            print(f"{name}: {len(claims)} claims\n{calibration(claims)}\n")


if __name__ == "__main__":
    main()
