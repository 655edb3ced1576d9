"""Measures ``nhskg build`` as a whole process on made-up corpora (``benchmark_corpus.py``), beside what it cannot be faster than.

    scripts/benchmark                                # 100 and 300 documents, some two minutes
    scripts/benchmark 100 1000 10000 100000 --large 1000000 --json benchmark.json

The floor is the language model alone: ``nlp.pipe`` over the paragraphs of the first documents of the same corpus, batch by
batch as the build does it, in a process of its own, its start left out. It runs before and after each corpus's builds, since
others may use the machine, and the quicker one counts. All processes have one thread (``OMP_NUM_THREADS=1``). Seconds are
of the clock; on a busy machine the seconds on the processor, given beside them, tell more. Memory is what a process holds
at most (resident, sampled ten times a second; shared pages count in each).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from benchmark_corpus import name_of, write_corpus

HERE = Path(__file__).parent
ALONE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "NO_COLOR": "1"}
BATCH = 64
FLOOR_SAMPLE = 300
"""Documents of a corpus that the floor is measured on, at most."""
FLOOR = """
import sys, time
from pathlib import Path
from nhskg.extract.language import LINE_BREAKS, load_language_model
from nhskg.extract.paragraphs import find_paragraphs
from nhskg.ingest import read_documents
documents, _ = read_documents(sys.argv[2:])
texts = [d.text[a:b].translate(LINE_BREAKS) for d in documents for a, b in find_paragraphs(d.text)]
words = sum(len(text.split()) for text in texts)
nlp = load_language_model()
list(nlp.pipe(texts[:20]))
began, busy = time.perf_counter(), time.process_time()
for _ in nlp.pipe(texts, batch_size=int(sys.argv[1])):
    pass
print(words, time.perf_counter() - began, time.process_time() - busy)
"""
ASSEMBLE = HERE / "benchmark_outputs.py"
TARGETS = {
    "one process": "whole build at most 1.5 x the floor with one process (largest corpus)",
    "two processes": "two processes at least 1.8 x one",
    "linear": "time for a document within 15 % from the second largest corpus to the largest (10,000 to 100,000)",
    "parent": "parent at most 2,000 MB (100,000 documents)",
    "one more": "one document more within 3 s (of 10,000)",
    "start": "start to end on one short document at most 4 s",
    "claims": "1,000,000 claims assembled and written in at most 90 s (benchmark_outputs.py)",
}

ENOUGH = {"linear": 100_000, "parent": 100_000, "one more": 10_000}
"""Documents; a smaller corpus can show that a target is missed, not that it is met."""


@dataclass(slots=True)
class Run:
    """A process run to its end: seconds, those on the processor, and megabytes of the parent and of all processes."""

    seconds: float
    busy: float
    parent: float
    all: float


@dataclass(slots=True)
class Measured:
    """The builds of a corpus.

    Attributes:
        words: of all its documents.
        floor, floor_busy: seconds that the language model alone takes for a word.
        builds: by number of processes.
        stages: seconds of each stage, of the build with one process.
        sizes: bytes of each output.
        one_more: the build with one document more, of those already read.
    """

    documents: int
    words: int
    floor: float
    floor_busy: float
    builds: dict[int, Run] = field(default_factory=dict)
    stages: dict[str, float] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    one_more: Run | None = None

    def ratio(self, jobs: int) -> float:
        """How many times the floor's time, on the clock, a build takes."""
        return self.builds[jobs].seconds / (self.floor * self.words)

    def ratio_busy(self, jobs: int) -> float:
        """The same by seconds on the processor, which others on the machine disturb less."""
        return self.builds[jobs].busy / (self.floor_busy * self.words)


def run(command: Sequence[str], log: Path) -> Run:
    """Runs a process to its end and gives what it took, with those that it starts.

    Raises:
        SystemExit: if it fails.
    """
    began = time.perf_counter()
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, env={**os.environ, **ALONE})  # noqa: S603 ours
        peaks, ended = [0.0, 0.0], threading.Event()

        def watch() -> None:
            while not ended.wait(0.1):
                held = [_resident(identifier) for identifier in (process.pid, *_below(process.pid))]
                peaks[0], peaks[1] = max(peaks[0], held[0]), max(peaks[1], sum(held))

        watcher = threading.Thread(target=watch)
        watcher.start()
        _, status, usage = os.wait4(process.pid, 0)
        ended.set()
        watcher.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(map(str, command))} ended with {process.returncode}:\n{log.read_text()[-2000:]}")
    # The seconds on the processor are also those of the processes that it has started and waited for.
    return Run(time.perf_counter() - began, usage.ru_utime + usage.ru_stime, peaks[0], peaks[1])


def _resident(process: int) -> float:
    """Megabytes that a process holds; 0 where /proc does not tell."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _below(process: int) -> Iterator[int]:
    """The processes that a process has started, and those that these have."""
    try:
        tasks = list(Path(f"/proc/{process}/task").iterdir())
        children = [int(child) for task in tasks for child in (task / "children").read_text(encoding="ascii").split()]
    except OSError:
        return
    for child in children:
        yield child
        yield from _below(child)


def nhskg(*words: str) -> list[str]:
    return [sys.executable, "-c", "from nhskg.cli import main; main()", *words]


def takes_jobs() -> bool:
    """Whether this nhskg reads in several processes."""
    return "--jobs" in subprocess.run(nhskg("build", "--help"), capture_output=True, text=True, check=True).stdout  # noqa: S603 ours


def floor(corpus: Path, documents: int) -> tuple[float, float]:
    """Gives the seconds, and those on the processor, that the language model alone takes for a word of a corpus."""
    files = [str(corpus / f"{name_of(number)}.md") for number in range(min(documents, FLOOR_SAMPLE))]
    words, seconds, busy = map(float, _output([sys.executable, "-c", FLOOR, str(BATCH), *files]).split())
    return seconds / words, busy / words


def _output(command: Sequence[str]) -> str:
    environment = {**os.environ, **ALONE}
    return subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout  # noqa: S603 ours


def measure(documents: int, jobs: Sequence[int], folder: Path, seed: int) -> Measured:
    """Makes a corpus and measures its builds."""
    corpus, out, log = folder / f"corpus-{documents}", folder / f"out-{documents}", folder / "log.txt"
    write_corpus(corpus, documents, seed)
    words = sum(len(file.read_text(encoding="utf-8").split()) for file in corpus.rglob("*.md"))
    before = floor(corpus, documents)
    found = Measured(documents, words, *before)
    for number in jobs or [1]:
        more = ["--jobs", str(number), "--fresh"] if jobs else []
        found.builds[number] = run(nhskg("build", str(corpus), "--out", str(out), *more), log)
        if number == 1:
            told = json.loads((out / "build.json").read_text(encoding="utf-8"))
            found.stages = {str(stage): float(seconds) for stage, seconds in told.get("seconds", {}).items()}
            found.sizes = {file.name: file.stat().st_size for file in sorted(out.iterdir()) if file.is_file()}
    after = floor(corpus, documents)
    found.floor, found.floor_busy = min(before[0], after[0]), min(before[1], after[1])
    if jobs:
        write_corpus(corpus, 1, seed, first=documents)
        found.one_more = run(nhskg("build", str(corpus), "--out", str(out), "--jobs", "1"), log)
    return found


def show(found: Measured) -> None:
    """Prints the figures of a corpus."""
    alone = found.floor * found.words
    print(f"\n{found.documents:,} documents, {found.words:,} words")
    print(f"  floor: {1 / found.floor:,.0f} words/s ({1 / found.floor_busy:,.0f} by seconds on the processor)")
    for jobs, build in found.builds.items():
        print(
            f"  build, {jobs} process{'es' if jobs > 1 else ''}: {build.seconds:.1f} s, {found.words / build.seconds:,.0f} words/s, "
            f"{found.ratio(jobs):.2f} x the floor ({found.ratio_busy(jobs):.2f} on the processor); "
            f"at most {build.parent:,.0f} MB in the parent, {build.all:,.0f} MB in all"
        )
    whole = found.builds[1].seconds
    for stage, seconds in found.stages.items():
        rate = f"{found.words / seconds:,.0f} words/s" if seconds else ""
        print(f"    {stage:24} {seconds:8.2f} s  {seconds / whole:4.0%}  {seconds / alone:5.2f} x the floor  {rate}")
    if not found.stages:
        print('    no stages: build.json has no "seconds"')
    print("  outputs: " + ", ".join(f"{name} {size / 1e6:.1f} MB" for name, size in found.sizes.items()))
    if found.one_more:
        print(f"  one document more: {found.one_more.seconds:.1f} s")


def start_up(folder: Path) -> Run:
    """Builds one short document."""
    document = folder / "short.txt"
    document.write_text("NHS England wrote to Barts Health NHS Trust in May 2019.\n", encoding="utf-8")
    return run(nhskg("build", str(document), "--out", str(folder / "out-short")), folder / "log.txt")


def large(claims: int, folder: Path) -> Run:
    """Assembles and writes so many made-up claims, from readings that are on the disk."""
    words = [sys.executable, str(ASSEMBLE), str(claims), "--folder", str(folder / "large")]
    subprocess.run([*words, "--made"], check=True)  # noqa: S603 ours
    return run([*words, "--measured"], folder / "log.txt")


def judged(
    corpora: Sequence[Measured], start: Run, claims: int, written: Run | None
) -> dict[str, tuple[bool | None, str]]:
    """Says of each target whether it is met, None where that was not measured, and the figures."""
    last = corpora[-1]
    verdicts: dict[str, tuple[bool | None, str]] = {
        "one process": (
            last.ratio_busy(1) <= 1.5,
            f"{last.ratio_busy(1):.2f} by seconds on the processor, {last.ratio(1):.2f} on the clock, at {last.documents:,} documents",
        ),
        "start": (start.seconds <= 4, f"{start.seconds:.1f} s"),
        "parent": (last.builds[1].parent <= 2000, f"{last.builds[1].parent:,.0f} MB at {last.documents:,} documents"),
    }
    if 2 in last.builds:
        faster = last.builds[1].seconds / last.builds[2].seconds
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
        load = f", load {os.getloadavg()[0]:.1f} on {cores} cores" if hasattr(os, "getloadavg") else ""
        verdicts["two processes"] = faster >= 1.8, f"{faster:.2f} x{load}"
    if last.one_more:
        verdicts["one more"] = (
            last.one_more.seconds <= 3,
            f"{last.one_more.seconds:.1f} s at {last.documents:,} documents",
        )
    if len(corpora) > 1:
        each = [corpus.builds[1].busy / corpus.documents for corpus in corpora[-2:]]
        sizes = f"from {corpora[-2].documents:,} to {last.documents:,} documents, on the processor"
        verdicts["linear"] = abs(each[1] / each[0] - 1) <= 0.15, f"{each[1] / each[0] - 1:+.0%} {sizes}"
    if written:
        verdicts["claims"] = (
            written.seconds <= 90,
            f"{written.seconds:.0f} s for {claims:,}, the parent at most {written.parent:,.0f} MB",
        )
    verdicts |= {
        name: (None, f"{figures}, too few to tell")
        for name, (met, figures) in verdicts.items()
        if met and last.documents < ENOUGH.get(name, 0)
    }
    return {name: verdicts.get(name, (None, "needs --jobs, two corpora or --large")) for name in TARGETS}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=int, nargs="*", default=[100, 300])
    parser.add_argument("--jobs", type=int, nargs="*", default=[1, 2], help="numbers of processes")
    parser.add_argument("--large", type=int, default=0, metavar="CLAIMS", help="also write a graph of so many claims")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="keep corpora and builds there; needs 2 GB for 100,000 documents")
    parser.add_argument("--json", type=Path, help="write all figures there too")
    arguments = parser.parse_args()
    jobs = sorted({1, *arguments.jobs}) if takes_jobs() else []
    if not jobs:
        print("nhskg build has no --jobs here: several processes and one document more are not measured")
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        start = start_up(folder)
        corpora = []
        for documents in sorted(arguments.documents):
            corpora.append(measure(documents, jobs, folder, arguments.seed))
            show(corpora[-1])
        written = large(arguments.large, folder) if arguments.large else None
    print()
    verdicts = judged(corpora, start, arguments.large, written)
    for name, (met, figures) in verdicts.items():
        word = {True: "met", False: "NOT met", None: "not measured"}[met]
        print(f"{word:12}  {TARGETS[name]}: {figures}")
    if arguments.json:
        told = {
            "corpora": [asdict(corpus) for corpus in corpora],
            "start": asdict(start),
            "large": asdict(written) if written else None,
            "targets": {name: {"met": met, "figures": figures} for name, (met, figures) in verdicts.items()},
        }
        arguments.json.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
