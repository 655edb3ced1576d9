"""Files packed with gzip and zip. Nothing is unpacked to disk, so no name in an archive can lead anywhere."""

from __future__ import annotations

import gzip
import io
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from nhskg.ingest.draft import LARGEST, Contents, Unreadable, safe_name, stem

MOST_MEMBERS = 20_000
LARGEST_UNPACKED = 500_000_000
DEEPEST = 2
"""Archives inside each other: a zip of gzips is what people make, more is made to break readers."""


@dataclass(slots=True)
class Allowance:
    """How much more may be unpacked from one file, over all archives inside it."""

    bytes: int = LARGEST_UNPACKED
    members: int = MOST_MEMBERS
    depth: int = 0

    def take(self, size: int) -> None:
        self.bytes -= size
        if self.bytes < 0:
            raise Unreadable(f"it unpacks to more than {LARGEST_UNPACKED / 1e6:.0f} MB; unpack it yourself")

    @contextmanager
    def inside(self) -> Iterator[None]:
        """One archive deeper."""
        if self.depth == DEEPEST:
            raise Unreadable(f"archives more than {DEEPEST} deep inside each other; unpack them yourself")
        self.depth += 1
        try:
            yield
        finally:
            self.depth -= 1


ReadMember = Callable[[str, bytes, Allowance], Contents]
"""Reads a member by its name and content."""


def read_gzip(content: bytes, name: str, read: ReadMember, allowance: Allowance) -> Contents:
    """Reads the one file in a gzip.

    Raises:
        Unreadable: if it is damaged or unpacks to more than a document can be.
    """
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
            unpacked = _limited(packed.read(LARGEST + 1), allowance)
    except (OSError, EOFError, zlib.error) as error:
        raise Unreadable(f"damaged gzip ({error})") from error
    inner = name[:-3] if name.lower().endswith(".gz") else name
    with allowance.inside():
        return read(inner, unpacked, allowance)


def read_zip(content: bytes, read: ReadMember, suffixes: frozenset[str], allowance: Allowance) -> Contents:
    """Reads the members of a zip that are of a kind that is read; one that cannot be read is a warning.

    Raises:
        Unreadable: if it is damaged as a whole, or too large, or too deep in other archives.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, UnicodeError) as error:
        raise Unreadable(f"damaged zip ({error})") from error
    contents = Contents()
    others = 0
    used: set[str] = set()
    with archive, allowance.inside():
        members = sorted(archive.infolist(), key=lambda member: member.filename)
        allowance.members -= len(members)
        if allowance.members < 0:
            raise Unreadable(f"more than {MOST_MEMBERS} files in it; unpack it yourself")
        for member in members:
            name = safe_name(member.filename)
            parts = name.split("/")
            if member.is_dir() or any(part.startswith((".", "__MACOSX")) for part in parts):
                continue
            if not name.lower().endswith(tuple(suffixes)):
                others += 1
                continue
            if stat.S_ISLNK(member.external_attr >> 16):
                contents.warnings.append(f"{name}: left out: a link")
                continue
            inside = stem(name)
            inside = inside if inside not in used else f"{inside}-{len(used)}"
            used.add(inside)
            try:
                contents.add(read(parts[-1], _unpack(archive, member, allowance), allowance), inside)
            except Unreadable as error:
                contents.warnings.append(f"{name}: left out: {error}")
                if allowance.bytes < 0 or allowance.members < 0:
                    break
    if others:
        contents.warnings.append(f"{others} files of other kinds in it left out")
    return contents


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, allowance: Allowance) -> bytes:
    try:
        with archive.open(member) as packed:
            return _limited(packed.read(LARGEST + 1), allowance)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, zlib.error, NotImplementedError, UnicodeError) as error:
        raise Unreadable(f"damaged ({error})") from error
    except RuntimeError as error:  # zipfile's word for a password
        raise Unreadable("encrypted with a password; unpack it yourself") from error


def _limited(unpacked: bytes, allowance: Allowance) -> bytes:
    allowance.take(len(unpacked))
    if len(unpacked) > LARGEST:
        raise Unreadable(f"it unpacks to more than {LARGEST / 1e6:.0f} MB; split it into documents")
    return unpacked
