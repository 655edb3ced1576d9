"""Damages files of each kind at random and reads them: finds crashes, hangs, and memory that grows.

    python scripts/fuzz_readers.py --minutes 10 --seed 1

Each file is read in the process that builds use, under a limit of time and memory, and what comes out is made into documents
and encoded. What is neither read nor refused, is refused as "crashed", or takes longer than ``--longest`` is kept in
``tests/ingest/crashes``, where it is a test from then on. atheris would guide the damage by the code that it reaches, but it
has no release for Python 3.12 and later; the seeds and splices here reach every reader.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
from collections import Counter
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "tests")]

from ingest.test_hostile import CRASHES, SEEDS

from nhskg.ingest import Unreadable
from nhskg.ingest.draft import Contents
from nhskg.ingest.reader import document_of
from nhskg.ingest.worker import Worker

PIECES = [
    *(b"\0", b"\xff" * 8, b"\n" * 50, b"<" * 50, b">", b"&#0;", b"&#xd800;", b"<!ENTITY a 'b'>", b"]]>", b"<![CDATA["),
    *(
        b"9" * 40,
        b"-1",
        b"4294967296",
        b"1e999",
        b'"',
        b"\\",
        b"{" * 30,
        b"[" * 30,
        b"=?utf-8?b?/w==?=",
        b"--\n",
        b"From \n",
    ),
    *(
        b"endobj",
        b"stream\n",
        b"endstream",
        b" R ",
        b"/Length 999999999",
        b"/Kids [1 0 R]",
        b"/FlateDecode",
        b"PK\x05\x06",
    ),
    *(b"Content-Type: text/html; charset=x\n", b"Content-Transfer-Encoding: base64\n", "\u202e\u200b\ufb01".encode()),
]


def damage(content: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """Cuts, copies, splices and overwrites a few stretches."""
    damaged = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 3, 5, 10, 30))):
        start = chance.randint(0, len(damaged))
        end = min(len(damaged), start + int(chance.expovariate(0.1)))
        match chance.randrange(7):
            case 0:
                del damaged[start:end]
            case 1:
                damaged[start:end] = chance.randbytes(end - start)
            case 2:
                damaged[start:start] = chance.choice(PIECES)
            case 3:
                damaged[start:end] = chance.choice(PIECES)
            case 4:
                damaged[start:start] = damaged[start:end] * chance.choice((2, 10, 100))
            case 5:
                other = chance.choice(others)
                cut = chance.randint(0, len(other))
                damaged[start:end] = other[cut : cut + chance.randint(0, 300)]
            case _:
                if end > start:
                    damaged[start] ^= 1 << chance.randrange(8)
    return bytes(damaged[: chance.randint(0, len(damaged))] if chance.random() < 0.1 else damaged)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--longest", type=float, default=20, help="seconds for one file")
    parser.add_argument("--only", default="", help="a seed's name, such as a.pdf")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    seeds = {name: seed() for name, seed in SEEDS.items() if options.only in ("", name)}
    outcomes: Counter[str] = Counter()
    slowest: dict[str, float] = {}
    until = time.monotonic() + 60 * options.minutes
    with Worker(longest=options.longest) as worker:
        while time.monotonic() < until:
            name = chance.choice(sorted(seeds))
            content = damage(seeds[name], list(seeds.values()), chance)
            before = time.monotonic()
            problem = ""
            try:
                outcomes["read"] += bool(_documents(worker.read(name, content)))
            except Unreadable as error:
                problem = str(error) if "crashed the reader" in str(error) or "seconds" in str(error) else ""
                outcomes["refused"] += not problem
            except Exception as error:  # noqa: BLE001  # whatever it is, it is what is looked for
                problem = repr(error)
            slowest[name] = max(slowest.get(name, 0), time.monotonic() - before)
            if problem:
                outcomes["crashed"] += 1
                CRASHES.mkdir(exist_ok=True)
                kept = CRASHES / f"{hashlib.sha256(content).hexdigest()[:8]}-{name}"
                kept.write_bytes(content)
                print(f"{kept.name}: {problem}")
    print(f"{outcomes.total()} files: {dict(outcomes)}")
    for name, seconds in sorted(slowest.items()):
        print(f"{name}: slowest {seconds:.2f} s")
    sys.exit(bool(outcomes["crashed"]))


def _documents(contents: Contents) -> int:
    made = 0
    for draft in contents.drafts:
        try:
            document = document_of(draft, draft.name or "a")
        except Unreadable:
            continue
        "".join((document.id, document.text, document.title, document.author, document.source, document.url)).encode()
        made += 1
    return made


if __name__ == "__main__":
    main()
