"""PageRank and betweenness against networkx."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from networkx.algorithms.link_analysis.pagerank_alg import _pagerank_python  # type: ignore[attr-defined]

from nhskg.lookup.centrality import betweenness, pagerank


@pytest.mark.parametrize("seed", range(3))
def test_measures_are_those_of_networkx(seed: int) -> None:
    kg = nx.gnm_random_graph(50, 80, seed=seed, directed=True)
    ends = np.array(list(kg.edges()))
    between = nx.betweenness_centrality(kg.to_undirected())
    assert betweenness(ends[:, 0], ends[:, 1], 50).tolist() == pytest.approx([between[i] for i in range(50)])
    # The form of it that needs no SciPy.
    ranks = _pagerank_python(kg, tol=1e-12, max_iter=1000)
    assert pagerank(ends[:, 0], ends[:, 1], 50).tolist() == pytest.approx([ranks[i] for i in range(50)], abs=1e-8)


def test_an_estimate_is_near_the_measure() -> None:
    kg = nx.barabasi_albert_graph(400, 2, seed=1)
    ends = np.array(list(kg.edges()))
    exact, estimated = (betweenness(ends[:, 0], ends[:, 1], 400, work=work) for work in (10**9, 150_000))
    assert np.argmax(exact) == np.argmax(estimated)
    assert np.corrcoef(exact, estimated)[0, 1] > 0.95
