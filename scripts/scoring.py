"""How a reading of documents compares with gold annotations: entities, claims, status, speaker, evidence.

The measure is that of the annotation guidelines: an entity is found if it shares a surface form with one of the gold,
one to one, equal full names first; a claim is right if its subject, object and predicate are, a symmetric predicate
either way round. Optional entities and claims are right when found and no miss when absent.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nhskg.ontology import load_predicates

SYMMETRIC = frozenset(name for name, predicate in load_predicates().items() if predicate.symmetric)
Row = Mapping[str, Any]


@dataclass(slots=True)
class Tally:
    """Counts of one set of documents; ``notes`` say what was wrong, missed or extra.

    Attributes:
        entities_found, entities_right: entities of the build, and of these those in the gold.
        entities_gold, entities_hit: entities that the gold demands, and of these those found.
        kinds_right: of ``entities_right``, those of the right kind.
        claims_…: the same for claims; ``status_right``, ``speaker_right`` are out of ``claims_right``.
        quoted: claims whose evidence is a quotation from the document.
    """

    entities_found: int = 0
    entities_right: int = 0
    entities_gold: int = 0
    entities_hit: int = 0
    kinds_right: int = 0
    claims_found: int = 0
    claims_right: int = 0
    claims_gold: int = 0
    claims_hit: int = 0
    status_right: int = 0
    speaker_right: int = 0
    quoted: int = 0
    by_predicate: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0, 0, 0]))
    notes: list[str] = field(default_factory=list)

    def measures(self) -> dict[str, float]:
        """Precision, recall and F1 of entities and claims, and the shares that are right, between 0 and 1."""
        entity_precision = _share(self.entities_right, self.entities_found)
        entity_recall = _share(self.entities_hit, self.entities_gold)
        claim_precision = _share(self.claims_right, self.claims_found)
        claim_recall = _share(self.claims_hit, self.claims_gold)
        return {
            "entity precision": entity_precision,
            "entity recall": entity_recall,
            "entity F1": _f1(entity_precision, entity_recall),
            "kind": _share(self.kinds_right, self.entities_right),
            "claim precision": claim_precision,
            "claim recall": claim_recall,
            "claim F1": _f1(claim_precision, claim_recall),
            "status": _share(self.status_right, self.claims_right),
            "speaker": _share(self.speaker_right, self.claims_right),
            "evidence": _share(self.quoted, self.claims_found),
        }


def score(golds: Iterable[Path], build: Path, documents: Path) -> Tally:
    """Compares a build with gold files.

    Args:
        golds: the gold files; each names its document.
        build: folder with ``entities.jsonl`` and ``claims.jsonl``.
        documents: folder of the texts, to see that evidence is verbatim.
    """
    entities, claims = rows(build / "entities.jsonl"), rows(build / "claims.jsonl")
    tally = Tally()
    for path in golds:
        gold = json.loads(path.read_text(encoding="utf-8"))
        name = gold["document"]
        text = next(documents.glob(f"{name}.*")).read_text(encoding="utf-8")
        alignment = _score_entities(tally, name, gold["entities"], entities.get(name, []))
        _score_claims(tally, name, gold["claims"], claims.get(name, []), alignment, _squeeze(text))
    return tally


def normal(name: str) -> str:
    """A surface form without articles, case, possessives and punctuation.

    >>> normal("The King’s Fund")
    'king fund'
    """
    name = name.lower().replace("’", "'").replace("&", " and ")
    name = re.sub(r"[^a-z0-9£.]+", " ", re.sub(r"'s\b", "", name))
    return " ".join(word for word in name.split() if word not in {"the", "a", "an"})


def align(golds: Sequence[Row], found: Sequence[Row]) -> dict[str, str]:
    """Gives the gold key of each found entity's id, one to one: an equal name first, then the most shared forms."""
    pairs = []
    for entity in found:
        forms, full = _forms(entity), normal(entity.get("name", ""))
        for gold in golds:
            gold_forms = _forms(gold)
            if shared := len(forms & gold_forms):
                rank = (full != normal(gold["name"]), full not in gold_forms, -shared)
                pairs.append((*rank, entity["id"], gold["key"]))
    alignment: dict[str, str] = {}
    for *_, identifier, key in sorted(pairs):
        if identifier not in alignment and key not in alignment.values():
            alignment[identifier] = key
    return alignment


def _score_entities(tally: Tally, name: str, golds: Sequence[Row], found: Sequence[Row]) -> dict[str, str]:
    alignment = align(golds, found)
    by_key, by_id = {gold["key"]: gold for gold in golds}, {entity["id"]: entity for entity in found}
    needed = {key for key, gold in by_key.items() if not gold.get("optional")}
    got = set(alignment.values())
    tally.entities_found += len(found)
    tally.entities_right += len(alignment)
    tally.entities_gold += len(needed)
    tally.entities_hit += len(needed & got)
    for identifier, key in alignment.items():
        right = by_id[identifier]["kind"] == by_key[key]["kind"]
        tally.kinds_right += right
        if not right:
            tally.notes.append(f"{name}: kind   {key} is {by_key[key]['kind']}, not {by_id[identifier]['kind']}")
    tally.notes += [f"{name}: missed entity {key} ({by_key[key]['name']})" for key in sorted(needed - got)]
    tally.notes += [f"{name}: extra entity {e['name']} ({e['kind']})" for e in found if e["id"] not in alignment]
    return alignment


def _score_claims(
    tally: Tally, name: str, golds: Sequence[Row], found: Sequence[Row], alignment: Mapping[str, str], text: str
) -> None:
    left = list(golds)
    seen = set()
    for claim in found:
        subject, predicate, object_ = claim["subject"], claim["predicate"], claim["object"]
        ends = (alignment.get(subject, f"?{subject}"), alignment.get(object_, f"?{object_}"))
        if (ends, predicate) in seen:
            continue
        seen.add((ends, predicate))
        tally.claims_found += 1
        tally.quoted += bool(claim["evidence"]) and _squeeze(claim["evidence"]) in text
        tally.by_predicate[predicate][1] += 1
        gold = next((gold for gold in left if _same(gold, ends, predicate)), None)
        if gold is None:
            tally.notes.append(f"{name}: wrong  {ends[0]} {predicate} {ends[1]} | {claim['evidence'][:160]!r}")
            continue
        left.remove(gold)
        tally.claims_right += 1
        tally.by_predicate[predicate][0] += 1
        status_right = claim["status"] in _one_or_more(gold["status"])
        speaker = alignment.get(claim["speaker"], "?") if claim["speaker"] else None
        speaker_right = speaker in _one_or_more(gold.get("speaker"))
        tally.status_right += status_right
        tally.speaker_right += speaker_right
        if not (status_right and speaker_right):
            tally.notes.append(
                f"{name}: status or speaker: {ends[0]} {predicate} {ends[1]} is {gold['status']} by {gold.get('speaker')}, "
                f"not {claim['status']} by {speaker} | {claim['evidence'][:160]!r}"
            )
        if not gold.get("optional"):
            tally.claims_hit += 1
            tally.by_predicate[gold["predicate"][0]][2] += 1
    for gold in golds:
        if not gold.get("optional"):
            tally.claims_gold += 1
            tally.by_predicate[gold["predicate"][0]][3] += 1
    got = set(alignment.values())

    def shown(key: str) -> str:
        return key if key in got else f"({key} not found)"

    tally.notes += [
        f"{name}: missed {shown(gold['subject'])} {'/'.join(gold['predicate'])} {shown(gold['object'])} "
        f"| {gold['evidence'][:160]!r}"
        for gold in left
        if not gold.get("optional")
    ]


def _same(gold: Row, ends: tuple[str, str], predicate: str) -> bool:
    expected = (gold["subject"], gold["object"])
    same = ends == expected or (predicate in SYMMETRIC and ends == expected[::-1])
    return same and predicate in gold["predicate"]


def rows(path: Path) -> dict[str, list[Row]]:
    by_document: dict[str, list[Row]] = defaultdict(list)
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            by_document[Path(row["document"]).name].append(row)
    return by_document


def _forms(entity: Row) -> set[str]:
    forms = [entity.get("name", ""), *entity.get("aliases", []), *entity.get("mentions", [])]
    return {normal(form) for form in forms if form} - {""}


def _squeeze(text: str) -> str:
    return " ".join(text.split())


def _one_or_more(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
