"""Measures what a build does after reading: assembling, and writing all outputs of a graph of so many made-up claims.

    .venv/bin/python scripts/benchmark_outputs.py 100000
    .venv/bin/python scripts/benchmark_outputs.py 1000000 --folder out/million

The readings are made up first (``make_synthetic_graph.py``: some 24 entities and ``--each`` claims in a document) and kept as
a build keeps them, so that they come from the disk. Then ``nhskg.pipeline.build`` runs in a process of its own. Seconds
are of the clock and, of all its processes, on the processor; with ``--busy`` those of stages are on the processor too.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from benchmark import run
from make_synthetic_graph import Inventor
from nhskg.cache import CACHE, Cache, Key, key_of
from nhskg.model import Claim, Document, DocumentEntity, Reading, TextSpan
from nhskg.outcome import Outcome
from nhskg.outputs import BuildReport
from nhskg.pipeline import Readings, build

CLAIMS_AN_ENTITY = 10


def make(folder: Path, claims: int, each: int) -> None:
    """Makes up the readings of so many claims."""
    invent = Inventor(max(claims // CLAIMS_AN_ENTITY, 30))
    with Cache(folder) as cache:
        for number, begun in enumerate(range(0, claims, each)):
            document, used, read = invent.document(number, min(each, claims - begun))
            reading = Reading(document=document, entities=_entities(invent, document, used, read), claims=tuple(read))
            cache.put(_key(number), msgspec.msgpack.encode(Outcome(reading=reading)))


def _entities(
    invent: Inventor, document: Document, used: set[int], claims: Sequence[Claim]
) -> tuple[DocumentEntity, ...]:
    """The entities of a document, mentioned where the sentences of its claims name them."""
    names = {invent.entities[number].id: invent.entities[number] for number in used}
    mentions: dict[str, list[TextSpan]] = {identifier: [] for identifier in sorted(names)}
    for claim in claims:
        for end in {claim.subject, claim.object}:
            name = names[end].name
            start = document.text.index(name, claim.evidence.span.start)
            mentions[end].append(TextSpan(start, start + len(name), name))
    return tuple(
        DocumentEntity(entity=names[identifier], mentions=tuple(sorted(set(spans))))
        for identifier, spans in mentions.items()
    )


def _key(number: int) -> Key:
    return key_of("made up", str(number))


def measured(folder: Path, out: Path, documents: int, *, busy: bool) -> None:
    """Builds from the readings that were made up."""
    if busy:
        time.perf_counter = time.process_time

    @contextlib.contextmanager
    def made_up(paths: list[str], report: BuildReport, progress: object) -> Iterator[Readings]:  # noqa: ARG001 an Engine's
        with Cache(folder) as cache:
            yield Readings(cache, [_key(number) for number in range(documents)], report)

    build(["made up"], out, engine=made_up)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("claims", type=int, nargs="?", default=100_000)
    parser.add_argument("--each", type=int, default=50, help="claims in a document")
    parser.add_argument("--folder", type=Path, help="keep readings and build there")
    parser.add_argument("--busy", action="store_true", help="seconds of stages on the processor of the parent")
    parser.add_argument("--made", action="store_true", help="only make the readings up")
    parser.add_argument("--measured", action="store_true", help="only build, in this process")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        out = folder / "out"
        if arguments.measured:
            measured(folder, out, -(-arguments.claims // arguments.each), busy=arguments.busy)
            return
        if not (folder / CACHE).exists():
            make(folder, arguments.claims, arguments.each)
        if arguments.made:
            return
        again = [str(arguments.claims), "--each", str(arguments.each), "--folder", str(folder), "--measured"]
        again += ["--busy"] if arguments.busy else []
        found = run([sys.executable, __file__, *again], folder / "log.txt")
        for stage, seconds in json.loads((out / "build.json").read_text(encoding="utf-8"))["seconds"].items():
            print(f"{stage:12} {seconds:8.2f} s")
        print(
            f"{'all':12} {found.seconds:8.2f} s, {found.busy:.1f} s on the processor; "
            f"at most {found.parent:,.0f} MB in the parent, {found.all:,.0f} MB in all processes"
        )
        for path in sorted(out.iterdir()):
            size = sum(file.stat().st_size for file in (path.rglob("*") if path.is_dir() else [path]))
            print(f"{path.name:16} {size / 1e6:10,.1f} MB")


if __name__ == "__main__":
    main()
