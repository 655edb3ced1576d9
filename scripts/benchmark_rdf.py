"""Measures the RDF: writing, loading and asking with Oxigraph and with rdflib, on made-up graphs of our own pattern.

python scripts/benchmark_rdf.py                        10k, 100k and 1M triples, both engines; rdflib takes a quarter of an hour
python scripts/benchmark_rdf.py --sizes 10000 100000
python scripts/benchmark_rdf.py --graph out            with the whole process of nhskg query on that build

Times are of the processor unless said. Each measurement is a process of its own, so that its peak of memory is its own.
What is asked are the questions of ontology/queries, about bodies that much is said of; rdflib gets --limit seconds for
each.
"""

from __future__ import annotations

import argparse
import functools
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
from nhskg.parts import TURTLE
from nhskg.query.named import named_queries
from nhskg.store import build_store, open_store
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


def best(work: Callable[[], object]) -> Measured:
    """The least of three times, or of as many as come within half a minute: by the clock, and of the processor.

    Where other programs run beside it, only processor time can be compared.
    """
    times: list[tuple[float, float]] = []
    while len(times) < 3 and sum(clock for clock, _ in times) < 30:
        start, used = time.perf_counter(), time.process_time()
        work()
        times.append((time.perf_counter() - start, time.process_time() - used))
    return {"clock": min(clock for clock, _ in times), "processor": min(processor for _, processor in times)}


def write(folder: Path, size: int) -> Measured:
    graph = make_graph(size)
    return best(lambda: write_turtle(graph, folder / TURTLE))


def load(folder: Path, size: int) -> Measured:
    """Into the store on disk, as a build does it."""
    del size
    loaded = best(lambda: build_store(folder))
    return {**loaded, "triples": len(open_store(folder)), "opened": best(lambda: open_store(folder))["clock"]}


def load_into_memory(folder: Path, size: int) -> Measured:
    """As rdflib does, to compare like with like; without a second look at our own IRIs, as ``build_store``."""
    import pyoxigraph as ox

    del size
    turtle = str(folder / TURTLE)
    return best(lambda: ox.Store().bulk_load(path=turtle, format=ox.RdfFormat.TURTLE, lenient=True))


def load_with_rdflib(folder: Path, size: int) -> Measured:
    import rdflib

    del size
    return best(lambda: rdflib.Graph().parse(folder / TURTLE))


def write_with_rdflib(folder: Path, size: int) -> Measured:
    import rdflib

    del size
    rdf = rdflib.Graph().parse(folder / TURTLE)
    return {**best(lambda: rdf.serialize(folder / "rdflib.ttl", format="turtle")), "triples": len(rdf)}


def ask(folder: Path, size: int) -> Measured:
    """Processor time for each question; the store's pages are in the system's memory from the second time on."""
    del size
    store = open_store(folder)

    def one(sparql: str) -> None:
        answer: Any = store.query(sparql, prefixes=PREFIXES)
        for _ in answer:
            pass

    return {name: best(functools.partial(one, sparql))["processor"] for name, sparql in questions().items()}


def ask_with_rdflib(folder: Path, size: int, limit: float) -> Measured:
    """Processor time for each question, or infinity where the answer did not come within the limit."""
    import os
    import signal

    import rdflib

    del size
    rdf = rdflib.Graph().parse(folder / TURTLE)
    times: Measured = {}
    for name, sparql in questions().items():
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        child = os.fork()  # shares the graph, and can be ended
        if child == 0:
            for _ in rdf.query(sparql, initNs=PREFIXES):
                pass
            os._exit(0)
        ended = 0
        while not ended and time.perf_counter() - start < limit:
            ended, _ = os.waitpid(child, os.WNOHANG)
            time.sleep(0.005)
        if not ended:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        times[name] = used if ended else float("inf")
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
        figures = {work.__name__: alone(work, folder, size) for work in (write, load, load_into_memory, ask)}
        figures |= {work.__name__: alone(work, folder, size) for work in (load_with_rdflib, write_with_rdflib)}
        figures["ask_with_rdflib"] = alone(ask_with_rdflib, folder, size, limit)
    asked, asked_there = figures["ask"], figures["ask_with_rdflib"]
    show(f"{int(figures['load']['triples']):,} triples", "ours", "rdflib", "times")
    for name, work, other in (
        ("write Turtle", "write", "write_with_rdflib"),
        ("load into memory", "load_into_memory", "load_with_rdflib"),
        ("load into the store on disk", "load", "load_with_rdflib"),
    ):
        mine, theirs = figures[work], figures[other]
        ratio = f"{theirs['processor'] / mine['processor']:.0f} x"
        show(f"  {name}", seconds(mine["processor"], limit), seconds(theirs["processor"], limit), ratio)
        show("    by the clock", seconds(mine["clock"], limit), seconds(theirs["clock"], limit))
        show("    memory", f"{mine['memory']:.0f} MB", f"{theirs['memory']:.0f} MB")
    show("  open the store", seconds(figures["load"]["opened"], limit))
    for name in questions():
        here, there = asked[name], asked_there[name]
        times = "" if there == float("inf") else f"{there / here:.0f} x"
        show(f"  {name}", seconds(here, limit), seconds(there, limit), times)
    print()
    return {"size": size, **figures}


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
