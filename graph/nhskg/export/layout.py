"""Where nodes stand on the page: a radial tree for each component, loosened by forces."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

SPACE = 120  # the length that edges tend to, in pixels of the canvas at full size
REACH = 2.5 * SPACE  # how far nodes repel one another

Places = dict[str, tuple[float, float]]


def place(ids: Sequence[str], links: Iterable[tuple[str, str]]) -> dict[str, tuple[int, int]]:
    """Gives each node a place: a radial tree for each component, loosened by forces; then the components in rows.

    After the tree is rounded there are only sums, products and square roots, which every machine computes alike.
    Forces reach only nearby nodes, so the time of a round grows with the number of nodes and not with its square.

    >>> place(["a", "b"], [("a", "b")])
    {'a': (180, 0), 'b': (0, 0)}
    """
    neighbours: dict[str, list[str]] = {node: [] for node in ids}
    for one, other in sorted({(min(link), max(link)) for link in links if link[0] != link[1]}):
        neighbours[one].append(other)
        neighbours[other].append(one)
    blocks: list[Places] = []
    done: set[str] = set()
    for node in sorted(ids, key=lambda node: (-len(neighbours[node]), node)):
        if node not in done:
            rounds = max(8, min(200, 50_000 // len(ids)))
            blocks.append(_loosened(_radial(node, neighbours), neighbours, rounds))
            done.update(blocks[-1])
    return _packed(blocks)


def _radial(root: str, neighbours: Mapping[str, Sequence[str]]) -> Places:
    """Sets a tree that spans the component of ``root`` on rings, each branch in a sector as wide as its leaves."""
    children: dict[str, list[str]] = {root: []}
    for node in (queue := [root]):
        for other in neighbours[node]:
            if other not in children:
                children[other] = []
                children[node].append(other)
                queue.append(other)
    leaves: dict[str, int] = {}
    for node in reversed(queue):
        leaves[node] = sum(leaves[child] for child in children[node]) or 1
    sectors = {root: (0.0, 2 * math.pi, 0)}
    places = {}
    for node in queue:
        start, width, ring = sectors[node]
        angle = start + width / 2
        places[node] = (float(round(SPACE * ring * math.sin(angle))), float(round(SPACE * ring * math.cos(angle))))
        for child in children[node]:
            sectors[child] = (start, width * leaves[child] / leaves[node], ring + 1)
            start += sectors[child][1]
    return places


def _loosened(places: Places, neighbours: Mapping[str, Sequence[str]], rounds: int) -> Places:
    """Applies the forces of Fruchterman and Reingold (1991), repulsion within REACH only."""
    number = {node: i for i, node in enumerate(places)}
    links = [(i, number[other]) for node, i in number.items() for other in neighbours[node] if i < number[other]]
    xs, ys = ([place[axis] for place in places.values()] for axis in (0, 1))
    # Nodes with many neighbours push harder, for their labels are larger and their neighbours need room.
    charges = [math.sqrt(math.sqrt(len(neighbours[node]))) for node in places]
    for step in range(rounds):
        cells: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        for i, (x, y) in enumerate(zip(xs, ys, strict=True)):
            cells[int(x // REACH), int(y // REACH)].append(i)
        fx, fy = [0.0] * len(xs), [0.0] * len(xs)
        for (column, row), members in cells.items():
            ahead = ((column + 1, row - 1), (column + 1, row), (column + 1, row + 1), (column, row + 1))
            others = [j for cell in ahead for j in cells.get(cell, ())]
            for at, i in enumerate(members, start=1):
                for j in members[at:] + others:
                    dx, dy = xs[i] - xs[j], ys[i] - ys[j]
                    square = dx * dx + dy * dy
                    if square == 0.0:
                        dx = square = 1.0
                    if square < REACH * REACH:
                        push = SPACE * SPACE * charges[i] * charges[j] / square
                        fx[i] += dx * push
                        fy[i] += dy * push
                        fx[j] -= dx * push
                        fy[j] -= dy * push
        for i, j in links:
            dx, dy = xs[i] - xs[j], ys[i] - ys[j]
            pull = math.sqrt(dx * dx + dy * dy) / SPACE
            fx[i], fy[i], fx[j], fy[j] = fx[i] - dx * pull, fy[i] - dy * pull, fx[j] + dx * pull, fy[j] + dy * pull
        heat = SPACE * (1 - step / rounds)
        for i in range(len(xs)):
            scale = min(1.0, heat / (math.sqrt(fx[i] * fx[i] + fy[i] * fy[i]) or 1.0))
            xs[i], ys[i] = xs[i] + fx[i] * scale, ys[i] + fy[i] * scale
    return dict(zip(places, zip(xs, ys, strict=True), strict=True))


def _packed(blocks: Sequence[Places]) -> dict[str, tuple[int, int]]:
    """Sets the components in rows, the largest first, stretched sideways since labels are wider than high."""
    boxes = []
    for block in sorted(blocks, key=lambda block: (-len(block), min(block))):
        xs, ys = ([place[axis] for place in block.values()] for axis in (0, 1))
        if max(xs) - min(xs) < max(ys) - min(ys):
            xs, ys = ys, xs
        w, h = max(xs) - min(xs) + SPACE, max(ys) - min(ys) + 1.5 * SPACE
        boxes.append((block, [x - min(xs) for x in xs], [y - min(ys) for y in ys], w, h))
    limit = max([math.sqrt(sum(w * h for *_, w, h in boxes)), *(w for *_, w, _ in boxes)])
    placed: dict[str, tuple[int, int]] = {}
    left = top = height = 0.0
    for block, xs, ys, w, h in boxes:
        if left and (left + w > limit or h < height / 3):
            left, top, height = 0.0, top + height, 0.0
        for node, x, y in zip(block, xs, ys, strict=True):
            placed[node] = (round(1.5 * (left + x)), round(top + y))
        left, height = left + w, max(height, h)
    return placed
