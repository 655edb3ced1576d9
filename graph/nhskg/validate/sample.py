"""A sample of the blocks of a large Turtle file of ours, found by reading it a few times; memory is needed for the sample alone."""

from __future__ import annotations

import heapq
import re
import zlib
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from nhskg.ontology import load_predicates
from nhskg.parts import parts_of

AT_ONCE = 1 << 23
END = b"\n.\n"
"""What a block ends with; no literal has a line break in it (``export/turtle.py``)."""
POINTER = re.compile(rb"\n    (\S+) (id:\S+)(?= ;)")


@dataclass(slots=True)
class Sample:
    """Some blocks of a graph.

    Attributes:
        text: their Turtle with the prefixes, and the blocks that they point to.
        chosen: their subjects as they are written.
        nodes: how many blocks the graph has.
        triples: how many triples it has.
    """

    text: bytes
    chosen: list[str]
    nodes: int
    triples: int


def sample_of(turtle: Path, first: AbstractSet[str], others: AbstractSet[str], count: int) -> Sample:
    """Gives so many blocks of the first classes, as many of others, and all that these point to but for relations.

    Which ones is decided by hashes of their names, so it is the same ones every time, and they are spread evenly.

    Args:
        turtle: the graph.
        first: names of classes as the Turtle has them.
        others: the same.
        count: how many of each.
    """
    of_first, of_others = {name.encode() for name in first}, {name.encode() for name in others}
    best: dict[bool, list[tuple[int, bytes, bytes]]] = {True: [], False: []}
    nodes = triples = 0
    for block in _blocks(turtle):
        nodes += 1
        triples += block.count(b" ;\n") + 1
        subject, kind, *_ = block.split(b"\n", 2)
        kind = kind[6:].removesuffix(b" ;")  # "    a nhs:Claim ;"
        if (is_first := kind in of_first) or kind in of_others:
            ranked, rank = best[is_first], -zlib.crc32(subject)
            if len(ranked) < count:
                heapq.heappush(ranked, (rank, subject, block))
            elif rank > ranked[0][0]:
                heapq.heapreplace(ranked, (rank, subject, block))
    chosen = {subject: block for ranked in best.values() for _, subject, block in ranked}
    chosen |= _found(turtle, _pointed_to(chosen))
    blocks = [*chosen.values(), *_found(turtle, _pointed_to(chosen)).values()]
    with parts_of(turtle)[0].open("rb") as file:
        head, _, _ = file.read(AT_ONCE).partition(b"\n\n")
    text = b"".join([head, b"\n", *(b"\n" + block + END for block in blocks)])
    return Sample(text, sorted(subject.decode() for subject in chosen), nodes, triples)


def _pointed_to(blocks: Mapping[bytes, bytes]) -> set[bytes]:
    """What blocks point to that is not among them, but for what entities have to do with each other."""
    relations = {f"nhs:{name}".encode() for name in load_predicates()}
    found = (pointer for block in blocks.values() for pointer in POINTER.findall(block))
    return {pointed for relation, pointed in found if relation not in relations} - blocks.keys()


def _found(turtle: Path, subjects: AbstractSet[bytes]) -> dict[bytes, bytes]:
    return {subject: block for block in _blocks(turtle) if (subject := block[: block.find(b"\n")]) in subjects}


def _blocks(turtle: Path) -> Iterator[bytes]:
    """Each block from its subject on, without its end."""
    for path in parts_of(turtle):
        with path.open("rb") as file:
            rest = b""
            while some := file.read(AT_ONCE):
                *blocks, rest = (rest + some).split(END)
                for block in blocks:
                    yield block[block.rfind(b"\n\n") + 2 :] if block.startswith(b"@") else block[1:]
