"""Builds in processes that may be killed, and that share no threads with this one: the store of a copy of it would hang."""

from __future__ import annotations

import multiprocessing
import resource
import signal
import sys
from collections.abc import Callable
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from nhskg.errors import NhskgError
from nhskg.pipeline import build


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
    process = multiprocessing.get_context("forkserver").Process(
        target=work, args=arguments, kwargs=options, daemon=True
    )
    process.start()
    return process
