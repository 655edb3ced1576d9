"""Groups of entities that are linked more among themselves than to others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

SEED = 1  # Louvain visits nodes in random order; the same seed gives the same groups
SMALLEST = 3  # a pair is no community


def communities(ids: Sequence[str], links: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Finds communities by the method of Louvain (Blondel et al. 2008), the largest first, each sorted by id.

    Entities that are linked to none, and groups of fewer than three, are in no community.

    >>> communities(["a", "b", "c", "d"], [("a", "b"), ("b", "c"), ("c", "a")])
    [['a', 'b', 'c']]
    """
    import networkx as nx

    # Numbers, because networkx keeps nodes in sets, and the order of strings in a set differs from run to run.
    number = {identifier: at for at, identifier in enumerate(sorted(ids))}
    weights = Counter((min(a, b), max(a, b)) for a, b in ((number[s], number[o]) for s, o in links) if a != b)
    kg: nx.Graph[int] = nx.Graph()
    kg.add_weighted_edges_from((a, b, weight) for (a, b), weight in sorted(weights.items()))
    names = sorted(ids)
    found = nx.community.louvain_communities(kg, seed=SEED) if kg else []
    groups = [sorted(names[at] for at in group) for group in found if len(group) >= SMALLEST]
    return sorted(groups, key=lambda group: (-len(group), group))
