"""Builds in processes that may be killed; they are copies of one that has loaded the language model, so quick to start."""

from __future__ import annotations

import multiprocessing
import resource
import signal
import sys
from collections.abc import Callable
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import nhskg.export.html
import nhskg.validate  # noqa: F401  # imported here, not in each copy
from nhskg.errors import NhskgError
from nhskg.extract.reader import Reader
from nhskg.pipeline import build

if multiprocessing.parent_process() is None and __name__ in sys.modules and "pytest" not in sys.modules:
    reader = Reader.load()
    Reader.load = lambda *_, **__: reader  # type: ignore[method-assign]  # once is enough for all copies


def build_once(documents: Path, out: Path, *, fresh: bool = False) -> None:
    """Builds in this process; what nhskg foresees ends it with its exit code."""
    try:
        build([str(documents)], out, jobs=0, fresh=fresh)
    except NhskgError as error:
        sys.exit(error.exit_code)


def build_limited(documents: Path, out: Path, largest: int) -> None:
    """The same where no file may have more than so many bytes."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
    build_once(documents, out)


def started(work: Callable[..., None], *arguments: object, **options: object) -> ForkServerProcess:
    """Begins work in a new process."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["building_child"])
    process = context.Process(target=work, args=arguments, kwargs=options)
    process.start()
    return process
