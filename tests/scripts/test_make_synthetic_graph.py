"""The invented graph that look-ups are measured on."""

from __future__ import annotations

import json
from pathlib import Path

from make_synthetic_graph import make
from nhskg import Graph


def test_it_is_a_build_of_the_size_asked_for_and_the_same_each_time(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    make(one, 200, 330)
    make(other, 200, 330)
    for path in one.iterdir():
        assert path.read_bytes() == (other / path.name).read_bytes()
    graph = Graph.open(one)
    assert sum(graph.stats().claims.values()) == 330
    assert sum(graph.stats().entities.values()) + sum(graph.stats().context.values()) == 200
    assert graph.central("claims", limit=1)[0].claims > 20
    texts = {}
    for line in (one / "documents.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        texts[row["document"]] = row["text"]
    for claim in graph.claims():
        span = claim.evidence.span
        assert texts[claim.evidence.document][span.start : span.end] == span.exact
