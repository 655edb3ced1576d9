"""Damages files of each kind and reads them: finds crashes, hangs, and memory that grows.

    PYTHONPATH=tests python scripts/fuzz_readers.py --minutes 10 --seed 1
    PYTHONPATH=tests python scripts/fuzz_readers.py --minutes 10 --guided a.pdf     # with atheris: pip install atheris

At random, each file is read in the process that builds use, under a limit of time and memory. Guided, atheris chooses the
damage by the code that it reaches, and readers run in this process; of what is packed it damages the file inside, since it
would hardly ever find a checksum. Either way what comes out is made into documents and
encoded. What is neither read nor refused, kills the reader, or takes longer than ``--longest`` is kept in
``tests/ingest/crashes``, where it is a test from then on.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import hashlib
import io
import random
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from ingest.test_hostile import CRASHES, SEEDS
from made_files import make_docx, make_zip
from nhskg.ingest import Unreadable
from nhskg.ingest.worker import Worker
from nhskg.model import Document

LIBRARIES = ["nhskg", "pypdf", "trafilatura", "htmldate", "justext", "docx", "feedparser", "email", "yaml"]
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


@functools.cache
def _docx() -> bytes:
    return make_docx()


PACKED: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "a.docx": ("word/document.xml", lambda content: _with_member(_docx(), "word/document.xml", content)),
    "a.zip": ("a.html", lambda content: make_zip({"a.html": content, "b.txt": "The board met."})),
    "a.html.gz": ("", lambda content: gzip.compress(content, mtime=0)),
}
"""Of what is packed: the file inside that is damaged, and how it is packed again."""


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
    parser.add_argument("--guided", default="", help="a seed's name: damage it with atheris")
    options = parser.parse_args()
    if options.guided:
        guided(options.guided, options.minutes, options.seed, options.longest)
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
                outcomes["read"] += bool(_encoded(worker.read(name, content, "a").documents))
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


def guided(name: str, minutes: float, number: int, longest: float) -> NoReturn:
    """Runs atheris over one reader; it ends the program itself."""
    import atheris

    seed_file = SEEDS[name]()
    inside, pack = PACKED.get(name, ("", bytes))
    seed = _member(seed_file, inside) if inside else gzip.decompress(seed_file) if name in PACKED else seed_file
    for module in [module for module in sys.modules if module.partition(".")[0] in LIBRARIES]:
        del sys.modules[module]  # to be imported once more, with counters in its code
    with atheris.instrument_imports(include=LIBRARIES, enable_loader_override=False):
        from nhskg.ingest.draft import Unreadable as Refused
        from nhskg.ingest.reader import documents_in

        documents_in(name, seed_file, "a")  # what it imports is imported here

    corpus = Path(tempfile.mkdtemp(prefix="nhskg-fuzz-"))
    (corpus / "seed").write_bytes(seed)

    CRASHES.mkdir(exist_ok=True)

    def one(content: bytes) -> None:
        packed = pack(content)
        try:
            _encoded(documents_in(name, packed, "a").documents)
        except Refused:
            pass
        except BaseException:
            (CRASHES / f"{hashlib.sha256(packed).hexdigest()[:8]}-{name}").write_bytes(packed)
            raise

    limits = [f"-max_total_time={60 * minutes:.0f}", f"-seed={number}", f"-timeout={longest:.0f}", "-rss_limit_mb=2048"]
    atheris.Setup([sys.argv[0], str(corpus), *limits, "-max_len=20000", f"-artifact_prefix={CRASHES}/{name}-"], one)
    atheris.Fuzz()
    sys.exit(0)


def _member(packed: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return archive.read(name)


def _with_member(packed: bytes, name: str, content: bytes) -> bytes:
    """The same archive with another member of that name."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return make_zip({**{other: archive.read(other) for other in archive.namelist()}, name: content})


def _encoded(documents: Sequence[Document]) -> int:
    for document in documents:
        (document.text + document.title + document.author + document.source + document.url).encode()
    return len(documents)


if __name__ == "__main__":
    main()
