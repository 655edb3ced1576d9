"""Fills a folder with hostile files, reads it as a build does, and measures: what is read, what is left out, time, memory.

    PYTHONPATH=tests python scripts/hostile_folder.py --files 10000 --seed 1

Files are truncated, damaged, wrongly named, nested in archives, bombs of zip, gzip and XML, of one huge line, deeply nested; there
are loops of links, links out of the folder, pipes, and archives whose members have names that lead out of it.
"""

from __future__ import annotations

import argparse
import gzip
import io
import os
import random
import resource
import sys
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path

from fuzz_readers import damage
from ingest.test_hostile import BOMB, SEEDS
from made_files import FEED, make_zip
from nhskg.ingest import read_documents

OUTSIDE = "The secret outside the folder."


def make_hostile(kind: int, name: str, seeds: dict[str, bytes], chance: random.Random) -> tuple[str, bytes]:
    """A file's suffix and content, of one of ten kinds."""
    content = seeds[name]
    suffix = name[1:]
    match kind:
        case 0:
            return suffix, content[: chance.randint(0, len(content))]
        case 1:
            return chance.choice(sorted(seeds))[1:], content
        case 2:
            for _ in range(chance.randint(1, 5)):
                content = make_zip({f"../../{chance.randint(0, 9)}{suffix}": content, f"/{name}": content})
                suffix = ".zip"
            return suffix, content
        case 3:
            return ".zip", make_zip({f"{n}.txt": bytes(9_000_000) for n in range(chance.randint(1, 3))})
        case 4:
            return ".txt.gz", gzip.compress(b"a" * 11_000_000)
        case 5:
            return chance.choice((".rss", ".html", ".xml")), (BOMB + FEED.replace("Ward", "&a9;")).encode()
        case 6:
            return suffix, content + chance.choice((b"x", b"<a>", b"[", b'"', b"\n", b" a")) * 300_000
        case 7:
            return ".zip", _lying_zip(content, name)
        case _:
            return suffix, damage(content, list(seeds.values()), chance)


def _lying_zip(content: bytes, name: str) -> bytes:
    """A zip that states another size than its member has."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content + b" " * 1_000_000)
    packed = file.getvalue()
    real = (len(content) + 1_000_000).to_bytes(4, "little")
    return packed.replace(real, (10).to_bytes(4, "little"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    seeds = {name: seed() for name, seed in SEEDS.items()}
    with tempfile.TemporaryDirectory() as place:
        secret = Path(place, "secret.txt")
        secret.write_text(OUTSIDE)
        folder = Path(place, "folder")
        for number in range(options.files):
            inside = folder / f"{number // 500}"
            inside.mkdir(parents=True, exist_ok=True)
            if number % 100 == 99:
                kind = (number // 100) % 4
                path = inside / f"{number}.txt"
                if kind == 3:
                    os.mkfifo(path)
                else:
                    path.symlink_to((path.name, secret, "..")[kind], target_is_directory=kind == 2)
                continue
            suffix, content = make_hostile(chance.randrange(12), chance.choice(sorted(seeds)), seeds, chance)
            (inside / f"{number}{suffix}").write_bytes(content)
        before = sorted(path.name for path in Path(place).rglob("*"))
        start = time.monotonic()
        documents, warnings = read_documents([str(folder)])
        seconds = time.monotonic() - start
        is_untouched = before == sorted(path.name for path in Path(place).rglob("*"))
    memory = {who: resource.getrusage(which).ru_maxrss / 1024 for who, which in USERS.items()}
    escaped = sum(OUTSIDE in document.text for document in documents)
    reasons = Counter(warning.rpartition("left out: ")[2][:60] for warning in warnings if "left out" in warning)
    print(f"{options.files} files in {seconds:.0f} s: {len(documents)} documents, {len(warnings)} warnings")
    print("peak memory: " + ", ".join(f"{who} {size:.0f} MB" for who, size in memory.items()))
    print(
        f"documents from outside the folder: {escaped}; files written or removed: {'none' if is_untouched else 'some'}"
    )
    for reason, count in reasons.most_common(15):
        print(f"{count:6} {reason}")
    bad = [warning for warning in warnings if "crashed the reader" in warning or "seconds;" in warning]
    print(*bad, sep="\n")
    sys.exit(bool(bad or escaped or not is_untouched))


USERS = {"build": resource.RUSAGE_SELF, "readers": resource.RUSAGE_CHILDREN}

if __name__ == "__main__":
    main()
