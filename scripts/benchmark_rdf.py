"""Measures the RDF: writing, loading and asking with Oxigraph and with rdflib, on made-up graphs of our own pattern.

python scripts/benchmark_rdf.py                        10k, 100k and 1M triples, both engines; rdflib takes half an hour
python scripts/benchmark_rdf.py --sizes 10000 100000
python scripts/benchmark_rdf.py --graph out            with the whole process of nhskg query on that build

Each measurement is a process of its own, so that its peak of memory is its own. What is asked are the questions of
ontology/queries, about bodies that much is said of; rdflib gets --limit seconds for each.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from nhskg.export.turtle import write_turtle
from nhskg.query.named import named_queries
from nhskg.store import TURTLE, build_store, open_store
from nhskg.vocab import PREFIXES
from synthetic_rdf import make_graph

SIZES = [10_000, 100_000, 1_000_000]
STAND_INS = {  # things of the sample graph, and what is asked about instead
    "id:nhs-supply-chain": "id:ods-00000",
    "id:nhs-england": "id:ods-00001",
    "id:dhsc": "id:ods-00002",
    "id:nhs-improvement": "id:ods-00003",
    "id:ods-ref": "id:ods-00050",
    "id:document-02-supply-chain-and-its-customers": "id:document-paper-000010",
    "2022-07-01": "2015-07-01",
    "nhs:IntegratedCareBoard": "nhs:FoundationTrust",
}
Measured = dict[str, float]


def best(work: Callable[[], object]) -> float:
    """The shortest of three times, or of as many as come within half a minute: other programs only lengthen it."""
    times: list[float] = []
    while len(times) < 3 and sum(times) < 30:
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def write(folder: Path, size: int) -> Measured:
    graph = make_graph(size)
    return {"seconds": best(lambda: write_turtle(graph, folder / TURTLE))}


def load(folder: Path, size: int) -> Measured:
    """Into the store on disk, as a build does it."""
    del size
    loaded, opened = best(lambda: build_store(folder)), best(lambda: open_store(folder))
    return {"seconds": loaded, "triples": len(open_store(folder)), "opened": opened}


def load_into_memory(folder: Path, size: int) -> Measured:
    """As rdflib does, to compare like with like."""
    import pyoxigraph as ox

    del size
    turtle = str(folder / TURTLE)
    return {"seconds": best(lambda: ox.Store().bulk_load(path=turtle, format=ox.RdfFormat.TURTLE))}


def load_and_write_with_rdflib(folder: Path, size: int) -> Measured:
    import rdflib

    del size
    loaded = best(lambda: rdflib.Graph().parse(folder / TURTLE))
    rdf = rdflib.Graph().parse(folder / TURTLE)
    written = best(lambda: rdf.serialize(folder / "rdflib.ttl", format="turtle"))
    return {"seconds": loaded, "triples": len(rdf), "written": written}


def ask(folder: Path, size: int) -> Measured:
    """The median of three times for each question; the store's pages are in the system's memory from the second on."""
    del size
    store = open_store(folder)
    times: Measured = {}
    for name, sparql in questions().items():
        taken = []
        for _ in range(3):
            start = time.perf_counter()
            answer: Any = store.query(sparql, prefixes=PREFIXES)
            for _row in answer:
                pass
            taken.append(time.perf_counter() - start)
        times[name] = statistics.median(taken)
    return times


def ask_with_rdflib(folder: Path, size: int, limit: float) -> Measured:
    """One time for each question, or infinity where it did not come within the limit."""
    import os
    import signal

    import rdflib

    del size
    rdf = rdflib.Graph().parse(folder / TURTLE)
    times: Measured = {}
    for name, sparql in questions().items():
        start = time.perf_counter()
        child = os.fork()  # shares the graph, and can be ended
        if child == 0:
            for _row in rdf.query(sparql, initNs=PREFIXES):
                pass
            os._exit(0)
        ended = 0
        while not ended and time.perf_counter() - start < limit:
            ended, _ = os.waitpid(child, os.WNOHANG)
            time.sleep(0.005)
        times[name] = time.perf_counter() - start if ended else float("inf")
        if not ended:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
    return times


def questions() -> dict[str, str]:
    found = {}
    for query in named_queries().values():
        sparql = query.sparql
        for old, new in STAND_INS.items():
            sparql = sparql.replace(old, new)
        found[query.name] = sparql
    return found


def alone(work: Callable[..., Measured], *arguments: Any) -> Measured:
    """Does the work in a process of its own; adds its peak of memory, in MB."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_alone, args=(theirs, work, arguments))
    process.start()
    theirs.close()
    found: Measured = ours.recv()
    process.join()
    return found


def _alone(pipe: Connection, work: Callable[..., Measured], arguments: tuple[Any, ...]) -> None:
    measured = work(*arguments)
    pipe.send({**measured, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024})


def whole_process(graph: Path, times: int = 7) -> float:
    """The median of what nhskg query takes from start to end."""
    command = [sys.executable, "-m", "nhskg.cli", "query", "--named", "criticism", "--graph", str(graph)]
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  # our own program
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def show(name: str, *cells: str) -> None:
    print(f"{name:34}", *(f"{cell:>14}" for cell in cells), flush=True)


def seconds(value: float, limit: float) -> str:
    return f"> {limit:g} s" if value == float("inf") else f"{value:.3f} s" if value < 10 else f"{value:.1f} s"


def measure(size: int, limit: float) -> dict[str, Any]:
    """Measures one size, and prints as it goes."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        written, loaded = alone(write, folder, size), alone(load, folder, size)
        in_memory = alone(load_into_memory, folder, size)
        asked = alone(ask, folder, size)
        theirs = alone(load_and_write_with_rdflib, folder, size)
        asked_there = alone(ask_with_rdflib, folder, size, limit)
    show(f"{int(loaded['triples']):,} triples", "ours", "rdflib", "times")
    for name, ours, other in (
        ("write Turtle", written["seconds"], theirs["written"]),
        ("load into memory", in_memory["seconds"], theirs["seconds"]),
        ("load into the store on disk", loaded["seconds"], theirs["seconds"]),
    ):
        show(f"  {name}", seconds(ours, limit), seconds(other, limit), f"{other / ours:.0f} x")
    show("  open the store", seconds(loaded["opened"], limit))
    show("  memory to write", f"{written['memory']:.0f} MB", f"{theirs['memory']:.0f} MB")
    show("  memory to load", f"{loaded['memory']:.0f} MB", f"{theirs['memory']:.0f} MB")
    for name in questions():
        ours, other = asked[name], asked_there[name]
        times = "" if other == float("inf") else f"{other / ours:.0f} x"
        show(f"  {name}", seconds(ours, limit), seconds(other, limit), times)
    print()
    return {
        "size": size,
        "write": written,
        "load": loaded,
        "load into memory": in_memory,
        "ask": asked,
        "rdflib": theirs,
        "ask with rdflib": asked_there,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--limit", type=float, default=10, help="seconds that rdflib gets for a question")
    parser.add_argument("--graph", type=Path, help="a build: nhskg query is measured on it too")
    parser.add_argument("--json", type=Path, help="a file for the figures")
    arguments = parser.parse_args()
    figures = [measure(size, arguments.limit) for size in arguments.sizes]
    if arguments.graph:
        print(f"nhskg query, whole process, on {arguments.graph}: {whole_process(arguments.graph):.2f} s")
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
