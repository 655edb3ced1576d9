"""What the page draws first: as many of the most connected entities as can be read, from every large community."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from nhskg.export.lines import Link

READABLE = 120
"""More nodes than this make a picture that nobody reads; the others come as they are looked for."""

CLAIMED, REGISTERED = 5, 1  # how much a statement and a line of the register count


def opening(links: Sequence[Link], community: Mapping[str, int], readable: int = READABLE) -> list[str]:
    """Chooses the entities of the first picture, sorted; each is linked to another one of them.

    No community takes more than a third of the places while others have something to show.
    """
    near: defaultdict[str, set[str]] = defaultdict(set)
    weight: Counter[str] = Counter()
    for link in links:
        for end, other in {(link.subject, link.object), (link.object, link.subject)}:
            weight[end] += CLAIMED if link.claims else REGISTERED
            near[end].add(other)
    ranked = sorted(near, key=lambda identifier: (-weight[identifier], identifier))
    if len(ranked) <= readable:
        return sorted(ranked)
    taken: Counter[int] = Counter()
    chosen: dict[str, None] = {}
    spare: list[str] = []
    for identifier in ranked:
        group = community.get(identifier, -1)
        if taken[group] < max(1, readable // 3):
            taken[group] += 1
            chosen[identifier] = None
        else:
            spare.append(identifier)
        if len(chosen) == readable:
            break
    for identifier in spare[: readable - len(chosen)]:
        chosen[identifier] = None
    return sorted(identifier for identifier in chosen if near[identifier] & chosen.keys())
