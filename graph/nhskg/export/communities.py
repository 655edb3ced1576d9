"""Groups of entities that are linked more among themselves than to others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

SEED = 1  # Louvain visits nodes in random order; the same seed gives the same groups
SMALLEST = 3  # a pair is no community
LARGE = 20_000  # edges; Louvain alone takes some ten seconds for as many


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
    leaves = _fold_leaves(kg)
    found = _louvain(kg) if kg else []
    names = sorted(ids)
    home = {at: number for number, group in enumerate(found) for at in group}
    for leaf, branch in leaves:
        found[home[branch]].add(leaf)
    groups = [sorted(names[at] for at in group) for group in found if len(group) >= SMALLEST]
    return sorted(groups, key=lambda group: (-len(group), group))


def _louvain(kg: nx.Graph[int]) -> list[set[int]]:
    """Divides a graph by the method of Louvain, a large one after neighbours that belong together are made one.

    Its first pass, over single nodes, takes nearly all of its time: 100,000 edges take a minute and a half. Label propagation
    (Traag and Šubelj 2023) in its place takes two seconds; modularity is then .52 where it was .53.
    """
    import networkx as nx

    if kg.number_of_edges() <= LARGE:
        return list(nx.community.louvain_communities(kg, seed=SEED))
    small = sorted(map(sorted, nx.community.fast_label_propagation_communities(kg, weight="weight", seed=SEED)))
    home = {node: number for number, group in enumerate(small) for node in group}
    weights: Counter[tuple[int, int]] = Counter()
    for one, other in kg.edges():
        ends = sorted((home[one], home[other]))
        weights[ends[0], ends[1]] += kg[one][other]["weight"]
    joined: nx.Graph[int] = nx.Graph()
    joined.add_weighted_edges_from((a, b, weight) for (a, b), weight in sorted(weights.items()))
    return [
        {node for number in group for node in small[number]}
        for group in nx.community.louvain_communities(joined, seed=SEED)
    ]


def _fold_leaves(kg: nx.Graph[int]) -> list[tuple[int, int]]:
    """Takes nodes with one neighbour out, and gives them with that neighbour, in whose community they always are.

    Their edges stay as loops, so that the rest is divided as before; most entities of a large graph are leaves.
    """
    leaves = [
        (leaf, branch) for leaf in sorted(kg) for branch in kg[leaf] if len(kg[leaf]) == 1 and len(kg[branch]) > 1
    ]
    for leaf, branch in leaves:
        weight = kg[leaf][branch]["weight"]
        kg.add_edge(branch, branch, weight=weight + kg.get_edge_data(branch, branch, {"weight": 0})["weight"])
    kg.remove_nodes_from(leaf for leaf, _ in leaves)
    return leaves
