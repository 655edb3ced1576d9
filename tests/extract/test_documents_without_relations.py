"""Documents that say of nobody what he did to whom give next to no claims, though they name bodies."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhskg.extract.reader import Reader
from nhskg.ingest import find_files, read_file
from nhskg.resources import LANGUAGE_MODEL

DOCUMENTS = Path(__file__).resolve().parents[1] / "documents_without_relations"

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(not LANGUAGE_MODEL.exists(), reason="no language model in this checkout"),
]


def test_ten_documents_without_a_relation_give_one_claim_at_most() -> None:
    files, warnings = find_files([str(DOCUMENTS)])
    readings = list(Reader.load().read([document for file in files for document in read_file(file).documents]))
    assert not warnings
    assert len(readings) == 10
    assert sum(bool(reading.entities) for reading in readings) >= 8
    said = [claim.evidence.span.exact for reading in readings for claim in reading.claims]
    assert len(said) <= 1, said
