"""Values and builds that several tests use."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhskg.assemble import assemble
from nhskg.model import ClaimGraph, Reading, Status
from samples import SAMPLES, make_reading, make_world, run


@pytest.fixture
def readings() -> list[Reading]:
    return [make_reading("a"), make_reading("b", status=Status.NEGATED), make_reading("c", speaker="nhs-digital")]


@pytest.fixture
def claim_graph(readings: list[Reading]) -> ClaimGraph:
    return assemble(readings)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of the sample documents."""
    out = tmp_path_factory.mktemp("built") / "out"
    done = run("build", str(SAMPLES), "--out", str(out))
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small build made by hand."""
    return make_world(tmp_path_factory.mktemp("world") / "out")
