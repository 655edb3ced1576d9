"""What a reading hangs on beside the document: our code and data, libraries, the language model, the register.

Two builds with the same versions read the same; what one has read, the other need not.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from nhskg import __version__
from nhskg.resources import LANGUAGE_MODEL, PACKAGE, resource

FOR_READING = ("numpy", "spacy", "thinc")
FOR_FILES = (
    *("charset-normalizer", "feedparser", "htmldate", "justext", "lxml", "msgspec", "pypdf", "python-docx", "pyyaml"),
    "trafilatura",
)
ABSENT = "absent"


def libraries() -> dict[str, str]:
    """Gives the versions of the libraries that reading hangs on, ``absent`` for those that are not installed."""
    return {name: _version(name) for name in sorted((*FOR_READING, *FOR_FILES))}


@functools.cache
def code_digest() -> str:
    """Gives the hash of our code and of the data in ``ontology/``, hexadecimal."""
    data = resource("ontology")
    return _digest([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.npz"), *data.glob("*.toml"), *data.glob("*.ttl")])


@functools.cache
def model_digest(name: str) -> str:
    """Gives the hash of a language model, hexadecimal; empty if there is none of that name.

    Args:
        name: name of an installed spaCy pipeline or path of a folder; empty for the packaged one.
    """
    folder = Path(name) if name else LANGUAGE_MODEL
    if not folder.is_dir():
        try:
            spec = find_spec(name)
        except (ImportError, ValueError):  # a name that none can have
            spec = None
        if spec is None or spec.origin is None:
            return ""
        folder = Path(spec.origin).parent
    return _digest(path for path in folder.rglob("*") if "__pycache__" not in path.parts)


def of_files() -> str:
    """Gives the version of all that reading files hangs on."""
    return repr((__version__, code_digest(), [_version(name) for name in FOR_FILES]))


def of_readings(model: str, register: str) -> str:
    """Gives the version of all that reading documents hangs on.

    Args:
        model: as in ``model_digest``.
        register: hash of the register.
    """
    return repr((__version__, code_digest(), [_version(name) for name in FOR_READING], model_digest(model), register))


@functools.cache
def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ABSENT


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in paths if path.is_file()):
        digest.update(path.name.encode("utf-8", "surrogatepass") + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
