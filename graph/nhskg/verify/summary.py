"""``build.json``: the documents with their hashes and all counts against the JSON Lines files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from nhskg.verify.findings import NOT_THERE, Findings
from nhskg.verify.ledger import Ledger

SUMMARY = "build.json"


def check_summary(folder: Path, ledger: Ledger, findings: Findings) -> None:
    """Notes what in the summary of the build does not fit."""
    try:
        summary = json.loads((folder / SUMMARY).read_text(encoding="utf-8"))
    except FileNotFoundError:
        findings.add(SUMMARY, NOT_THERE)
        return
    except (OSError, ValueError, RecursionError) as error:
        findings.damaged(SUMMARY, error)
        return
    parts: dict[str, Mapping[str, object]] = {"documents": ledger.hashes, **ledger.counts}
    for name, expected in parts.items():
        told = summary.get(name) if isinstance(summary, dict) else None
        if not isinstance(told, dict):
            findings.add(SUMMARY, "a part is missing", name)
            continue
        for key in sorted(set(told) | set(expected)):
            if told.get(key) != expected.get(key):
                there = f"{told.get(key, 'nothing')}, not {expected.get(key, 'there at all')}"
                findings.add(SUMMARY, f"{name} other than in the JSON Lines files", f"{key}: {there}")
    findings.checked.append(f"{SUMMARY}: hashes of {len(ledger.hashes):,} documents, counts")
