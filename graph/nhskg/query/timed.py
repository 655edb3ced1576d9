"""A limit to how long an answer may take."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from nhskg.errors import TooSlow

T = TypeVar("T")


def within(seconds: float, work: Callable[[], T]) -> T:
    """Gives what the work gives, or stops waiting for it.

    Neither engine can be interrupted, so the work runs in a thread that dies with the process: this is for a command,
    which ends then (``nhskg.cli`` does so at once). The server has processes that it can end (``nhskg.serve.workers``).

    Args:
        seconds: how long; 0 waits for ever.
        work: what to do.

    Raises:
        TooSlow: if it takes longer.
    """
    results: list[T] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work())
        except BaseException as error:  # noqa: BLE001  # raised again in the thread that waits
            errors.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds or None)
    if thread.is_alive():
        raise TooSlow(f"no answer within {seconds:g} s; ask for less, or give it longer with --timeout")
    if errors:
        raise errors[0]
    return results[0]
