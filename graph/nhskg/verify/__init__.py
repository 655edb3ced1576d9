"""Proves a build: that its quotes are verbatim, that each triple has something behind it, that its files say the same.

The JSON Lines files are held against each other first; what they say is then the measure for the others. Nothing of what
wrote the build takes part but the names of things and the rules for ids. Each file is read once, from its beginning to its end.
"""

from __future__ import annotations

import json
from pathlib import Path

from nhskg.errors import InputError
from nhskg.parts import TURTLE, fingerprint
from nhskg.store import BUILT_FROM, STORE
from nhskg.verify.findings import SHOWN, Findings
from nhskg.verify.index import check_index
from nhskg.verify.lines import read_ledger
from nhskg.verify.network import check_graphml
from nhskg.verify.page import check_page
from nhskg.verify.summary import check_summary
from nhskg.verify.turtle import check_turtle

__all__ = ["SHOWN", "Findings", "verify"]


def verify(folder: Path, keep: int | None = SHOWN) -> Findings:
    """Looks for anything in a build that does not fit.

    Args:
        folder: what ``nhskg build --out`` was given.
        keep: how many places of each sort of problem are named; None names all.

    Raises:
        InputError: if there is no folder.
    """
    if not folder.is_dir():
        raise InputError(f"{folder}: no build here; make one: nhskg build PATHS --out {folder}")
    findings = Findings(keep)
    ledger = read_ledger(folder, findings)
    check_summary(folder, ledger, findings)
    triples = check_turtle(folder, ledger, findings)
    check_index(folder, ledger, findings)
    check_graphml(folder, ledger, findings)
    check_page(folder, ledger, findings)
    if triples is not None:
        _check_store(folder, triples, findings)
    return findings


def _check_store(folder: Path, triples: int, findings: Findings) -> None:
    """Counts what the store holds; one that is missing or older than the Turtle is no fault, since it is made anew."""
    import pyoxigraph as ox

    place = folder / STORE
    try:
        made_from = json.loads((place / BUILT_FROM).read_text(encoding="utf-8"))
        if made_from != fingerprint(folder / TURTLE):
            return
    except (OSError, ValueError):
        return
    try:
        number = len(ox.Store.read_only(str(place)))
    except (OSError, RuntimeError) as error:
        findings.damaged(STORE, error)
        return
    if number != triples:
        findings.add(STORE, f"another number of triples than {TURTLE}", f"{number}, not {triples}")
    findings.checked.append(f"{STORE}: {number:,} triples")
