"""How central each entity is in the graph of claims: PageRank and betweenness, worked out once, when the index is written.

Every triple that some claim does not deny counts once, whatever its status; the register's structure does not count.

- **PageRank** (Brin & Page 1998): who is acted on or spoken of by many that are so themselves. Subject to object, damping 0.85.
- **Betweenness** (Brandes 2001): on how large a share of the shortest paths between others an entity lies, whatever the
  direction. In large graphs it is estimated from evenly spaced starts (Brandes & Pich 2007).
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from nhskg.lookup.format import STATUS_BITS
from nhskg.model import Status

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.intp]
    Values = NDArray[np.float64]

DAMPING = 0.85
WORK = 30_000_000
"""Up to about how many steps along an edge betweenness takes: a few seconds."""
DIGITS = 8
"""To which measures are rounded, so that they do not depend on the last bits of sums."""


def write_centrality(connection: sqlite3.Connection) -> None:
    """Fills ``entity.pagerank`` and ``entity.betweenness``."""
    import numpy as np

    negated = STATUS_BITS[Status.NEGATED]
    pairs = connection.execute(
        "SELECT DISTINCT subject, object FROM statement WHERE statuses != ? AND subject != object ORDER BY 1, 2",
        (negated,),
    ).fetchall()
    if not pairs:
        return
    edges = np.array(pairs, dtype=np.intp)
    numbers, ends = np.unique(edges, return_inverse=True)
    ends = ends.reshape(edges.shape)
    ranks = pagerank(ends[:, 0], ends[:, 1], len(numbers))
    between = betweenness(ends[:, 0], ends[:, 1], len(numbers))
    connection.executemany(
        "UPDATE entity SET pagerank = ?, betweenness = ? WHERE number = ?",
        [
            (round(rank, DIGITS), round(share, DIGITS), number)
            for rank, share, number in zip(ranks.tolist(), between.tolist(), numbers.tolist(), strict=True)
        ],
    )


def pagerank(subjects: Numbers, objects: Numbers, size: int) -> Values:
    """Gives the PageRank of nodes 0 to ``size``, which add up to one."""
    import numpy as np

    out = np.bincount(subjects, minlength=size)
    dangling = out == 0
    ranks = np.full(size, 1 / size)
    for _ in range(100):
        passed_on = np.bincount(objects, weights=ranks[subjects] / out[subjects], minlength=size)
        following: Values = (1 - DAMPING) / size + DAMPING * (passed_on + ranks[dangling].sum() / size)
        if np.abs(following - ranks).sum() < 1e-10:
            return following
        ranks = following
    return ranks


def betweenness(subjects: Numbers, objects: Numbers, size: int, work: int = WORK) -> Values:
    """Gives the betweenness of nodes 0 to ``size``, between 0 and 1, of the graph without directions."""
    import numpy as np

    both = np.unique(np.concatenate([subjects * size + objects, objects * size + subjects]))
    heads = both % size
    offsets = np.searchsorted(both // size, np.arange(size + 1))
    total = np.zeros(size)
    if size < 3:
        return total
    starts = np.unique(np.linspace(0, size - 1, num=min(size, max(16, work // len(heads))), dtype=np.intp))
    for start in starts:
        total += _dependencies(int(start), offsets, heads, size)
    return total * (size / len(starts)) / ((size - 1) * (size - 2))


def _dependencies(start: int, offsets: Numbers, heads: Numbers, size: int) -> Values:
    """Gives how much of the shortest paths from one node goes through each other node, a breadth at a time."""
    import numpy as np

    distance = np.full(size, -1)
    distance[start] = 0
    paths = np.zeros(size)
    paths[start] = 1
    breadths: list[tuple[Numbers, Numbers]] = []
    frontier = np.array([start])
    while frontier.size:
        counts = offsets[frontier + 1] - offsets[frontier]
        tails = np.repeat(frontier, counts)
        first = np.repeat(offsets[frontier] - np.concatenate([[0], np.cumsum(counts)[:-1]]), counts)
        ends = heads[first + np.arange(len(tails))]
        onwards = distance[ends] < 0
        tails, ends = tails[onwards], ends[onwards]
        frontier = np.unique(ends)
        distance[frontier] = len(breadths) + 1
        paths += np.bincount(ends, weights=paths[tails], minlength=size)
        breadths.append((tails, ends))
    share = np.zeros(size)
    for tails, ends in reversed(breadths):
        share += np.bincount(tails, weights=paths[tails] / paths[ends] * (1 + share[ends]), minlength=size)
    share[start] = 0
    return share
