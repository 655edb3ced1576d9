#!/usr/bin/env python3
"""Measures look-ups as whole processes: seconds from start to end, of these on the processor, and peak memory, best of
several runs. On a machine that others use too, the seconds on the processor are what tells.

    .venv/bin/python scripts/benchmark_cli.py --sample out --large out/synthetic

The large build (100,000 nodes, 1,000,000 claims) is made if it is not there, in some minutes. Beside it stand, from the
same run, how long Python takes to import networkx, and what it costs to load Turtle with rdflib for the same question.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

MAKE = Path(__file__).with_name("make_synthetic_graph.py")
INDEX = "graph.sqlite"
RDFLIB = """
import rdflib
rdf = rdflib.Graph().parse({path!r})
node = rdflib.URIRef("https://nhskg.org/id/" + {node!r})
rdf_subject, rdf_object = rdflib.RDF.subject, rdflib.RDF.object
claims = [*rdf.subjects(rdf_subject, node), *rdf.subjects(rdf_object, node)]
print(len([rdf.value(claim, rdflib.RDF.predicate) for claim in claims]))
"""


@dataclass(frozen=True)
class Target:
    """What a look-up may take at most."""

    seconds: float
    megabytes: float = 300


Measured = tuple[float, float, float]
"""Seconds, those on the processor, and megabytes."""
PATIENCE = 6

HELP, SAMPLE, LARGE = Target(0.25), Target(0.4), Target(0.6)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=Path, default=Path("out"), help="a build of seeds/documents")
    parser.add_argument("--large", type=Path, default=Path("out/synthetic"), help="made if it is not there")
    parser.add_argument("--nodes", type=int, default=100_000)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    if not (arguments.large / INDEX).exists():
        make(arguments.large, arguments.nodes, arguments.claims)
    print(f"{'':58} {'seconds':>8} {'CPU':>5} {'MB':>5}")
    baselines(arguments.sample, arguments.runs)
    met = [report("nhskg --help", nhskg("--help"), HELP, arguments.runs)]
    for folder, target in ((arguments.sample, SAMPLE), (arguments.large, LARGE)):
        print(f"{folder}, at most {target.seconds} s and {target.megabytes:.0f} MB")
        met += [
            report(" ".join(words), nhskg(*words, "--graph", str(folder)), target, arguments.runs)
            for words in questions(folder)
        ]
    print("all targets met" if all(met) else "NOT all targets met")
    sys.exit(not all(met))


def baselines(sample: Path, runs: int) -> None:
    """Prints what one would have to wait for otherwise."""
    report('python -c "import networkx"', [sys.executable, "-c", "import networkx"], None, runs)
    turtle = RDFLIB.format(path=str(sample / "graph.ttl"), node=hub(sample))
    report(f"rdflib, the claims on one node of {sample}/graph.ttl", [sys.executable, "-c", turtle], None, runs)
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder)
        make(small, 2_000, 10_000, "--turtle")
        turtle = RDFLIB.format(path=str(small / "graph.ttl"), node=hub(small))
        report("rdflib, the same of a graph of 10,000 claims", [sys.executable, "-c", turtle], None, 1)


def make(folder: Path, nodes: int, claims: int, *more: str) -> None:
    """Makes a synthetic build; in a process of its own, since memory of this one counts for those that it measures."""
    words = ["--nodes", str(nodes), "--claims", str(claims), *more]
    subprocess.run([sys.executable, MAKE, folder, *words], check=True, stdout=subprocess.DEVNULL)  # noqa: S603 ours


def nhskg(*words: str) -> list[str]:
    """Gives the command line of a look-up, as the installed program runs it."""
    return [sys.executable, "-c", "from nhskg.cli import main; main()", *words]


def hub(folder: Path) -> str:
    """Gives the id of the entity with the most claims."""
    return _values(folder, "SELECT id FROM entity ORDER BY claims DESC, number LIMIT 1")[0]


def questions(folder: Path) -> Iterator[Sequence[str]]:
    """Gives look-ups of all kinds, on the entity with the most claims and on others."""
    most = hub(folder)
    # From the middle of those with few claims, so that nothing is special about them.
    one, other = _values(
        folder, "SELECT id FROM entity WHERE claims BETWEEN 3 AND 30 ORDER BY number LIMIT 2 OFFSET 20"
    )
    claim = _values(folder, "SELECT id FROM claim LIMIT 1")[0]
    name = _values(folder, f"SELECT name FROM entity WHERE id = '{one}'")[0]  # noqa: S608 one of ours
    slip = name[:2] + name[3:]
    yield "neighbours", most
    yield "neighbours", most, "--status", "negated", "--since", "2016", "--evidence"
    yield "neighbours", most, "--kind", "person", "--as-of", "2022-12-01"
    yield "neighbours", one, "--hops", "2"
    yield "neighbours", most, "--hops", "3"
    yield "neighbours", one, "--format", "dot"
    yield "neighbours", slip
    yield "show", most
    yield "show", one
    yield "path", one, other
    yield "path", most, other, "--through", "claims"
    yield "timeline", most
    yield "evidence", claim
    yield "evidence", most, one
    yield ("claims",)
    yield "claims", "--relation", "funds", "--status", "planned"
    yield "claims", "--speaker", most, "--evidence"
    yield "claims", "--subject", most
    yield ("disputed",)
    yield "promises", "--as-of", "2023-01-01"
    yield "promises", "--as-of", "2023-01-01", "--outcome", "done"
    yield "search", "report"
    yield "search", "nhs", "trust"
    yield ("stats",)
    yield "central", "--by", "betweenness"
    yield "central", "--kind", "fund"


def _values(folder: Path, sql: str) -> list[str]:
    connection = sqlite3.connect(folder / INDEX)
    try:
        return [str(row[0]) for row in connection.execute(sql)]
    finally:
        connection.close()


def report(what: str, command: Sequence[str], target: Target | None, runs: int) -> bool:
    """Prints what a command takes, and gives whether that meets its target.

    Where it does not, the command is run more often: others may have kept the machine busy.
    """
    measured: list[Measured] = []
    while len(measured) < runs or (len(measured) < PATIENCE * runs and not _meets(measured, target)):
        measured.append(measure(command))
    seconds, busy, megabytes = _best(measured)
    met = _meets(measured, target)
    print(f"  {what[:56]:56} {seconds:8.2f} {busy:5.2f} {megabytes:5.0f}{'' if met else '  too much'}", flush=True)
    return met


def _best(measured: Sequence[Measured]) -> Measured:
    seconds, busy, megabytes = zip(*measured, strict=True)
    return min(seconds), min(busy), max(megabytes)


def _meets(measured: Sequence[Measured], target: Target | None) -> bool:
    if target is None:
        return True
    seconds, _, megabytes = _best(measured)
    return seconds <= target.seconds and megabytes <= target.megabytes


def measure(command: Sequence[str]) -> Measured:
    """Gives the seconds that a process takes, those that it is on the processor, and its peak memory in megabytes."""
    environment = {**os.environ, "NO_COLOR": "1"}
    began = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 our own programs
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    )
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0  # it has been waited for
    scale = 1 if sys.platform == "darwin" else 1024
    seconds = time.perf_counter() - began
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * scale / 2**20


if __name__ == "__main__":
    main()
