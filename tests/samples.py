"""Small graphs made by hand, and the command line as a process."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

from nhskg.model import (
    Amount,
    Claim,
    Document,
    DocumentEntity,
    Entity,
    Evidence,
    Kind,
    Reading,
    Status,
    TextSpan,
)

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "seeds" / "documents"


def make_reading(
    document_id: str = "letter", *, status: Status = Status.ASSERTED, speaker: str | None = None
) -> Reading:
    """A document of two sentences and what was read in it."""
    text = "The Treasury funds NHS Digital. Unison welcomed the £2m."
    document = Document(
        id=document_id, text=text, title="A letter", published=date(2019, 5, 1), url="https://example.org/a"
    )
    treasury = Entity(
        id="hm-treasury", kind=Kind.ORGANISATION, name="HM Treasury", aliases=("Treasury",), registered=True
    )
    digital = Entity(id="nhs-digital", kind=Kind.ORGANISATION, name="NHS Digital", ods_code="X26", registered=True)
    claim = Claim(
        subject="hm-treasury",
        predicate="funds",
        object="nhs-digital",
        status=status,
        speaker=speaker,
        evidence=Evidence(document=document_id, span=TextSpan.of(text, 0, 31), rule="funds/verb/1"),
        confidence=0.9,
        published=document.published,
        amount=Amount(text="£2m", value=2e6),
    )
    entities = (
        DocumentEntity(entity=treasury, mentions=(TextSpan.of(text, 4, 12),)),
        DocumentEntity(entity=digital, mentions=(TextSpan.of(text, 19, 30),)),
    )
    return Reading(document=document, entities=entities, claims=(claim,))


def run(*arguments: str, seed: str = "0") -> subprocess.CompletedProcess[str]:
    """Runs the command line in a process of its own."""
    environment = {**os.environ, "PYTHONHASHSEED": seed, "NO_COLOR": "1", "COLUMNS": "100"}
    command = [sys.executable, "-m", "nhskg.cli", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, env=environment, check=False, timeout=300
    )  # our own program
