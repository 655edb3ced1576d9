"""Fetches the files of others that the package carries, as scripts/vendored.toml pins them, and checks their hashes.

python scripts/vendor.py            fetches them with npm, and writes them where they belong
python scripts/vendor.py --check    only checks those that are here
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PINS = ROOT / "scripts" / "vendored.toml"


@dataclass(frozen=True, slots=True)
class Vendored:
    """A file: the package that has it, its name there, its hash, and where it goes."""

    package: str
    name: str
    sha256: str
    path: Path


def vendored(pins: Path = PINS) -> Iterator[Vendored]:
    """Reads which files there are to be."""
    for entry in tomllib.loads(pins.read_text(encoding="utf-8"))["files"]:
        yield Vendored(entry["package"], entry["name"], entry["sha256"], ROOT / entry["path"])


def wrong(files: Iterator[Vendored]) -> list[str]:
    """Names the files that are missing or are not what is pinned."""
    return [
        str(file.path.relative_to(ROOT))
        for file in files
        if not file.path.exists() or hashlib.sha256(file.path.read_bytes()).hexdigest() != file.sha256
    ]


def fetch(file: Vendored) -> None:
    """Writes a file from its package.

    Raises:
        ValueError: if the package's file has another hash than is pinned.
    """
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", "--silent", "--pack-destination", folder, file.package]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  # a package that is pinned
        (archive,) = Path(folder).glob("*.tgz")
        with tarfile.open(archive) as tar:
            member = tar.extractfile(f"package/{file.name}")
            data = member.read() if member else b""
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise ValueError(f"{file.package}: {file.name} is not what {PINS.name} pins")
    file.path.write_bytes(data)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="fetch nothing")
    if not parser.parse_args().check:
        for file in vendored():
            fetch(file)
    problems = wrong(vendored())
    for name in problems:
        print(f"{name}: missing, or not what {PINS.name} pins")
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
