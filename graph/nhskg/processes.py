"""Work in a process of its own, since a hostile file or text may hang a library, crash it, or eat all memory.

``Helper`` is the parent's side; the other is a program that calls ``serve``. A message either way is its length in eight
bytes and then so many bytes; the first that the helper sends says that it is ready, or why it will never be. A helper
whose parent ends, by whatever means, reads the end of its input and ends too.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import IO, Generic, Self, TypeVar

READY = b""
LENGTH = 8
"""Bytes before each message."""


Answer = Callable[[bytes], bytes]
"""Gives the answer to a request."""


class Crashed(Exception):
    """The process ended while it worked on a request."""


class TooLate(Exception):
    """The process was ended since a request took too long."""


class Unfit(Exception):
    """The process cannot do its work at all; the message says why."""


class Helper:
    """A process that answers requests; started when first needed, and anew after a request that it did not survive."""

    def __init__(self, program: Sequence[str], longest: float) -> None:
        """Names the program.

        Args:
            program: arguments of the Python interpreter: ``-m``, a module, and what it is given.
            longest: seconds for one request.
        """
        self.program = program
        self.longest = longest
        self._process: subprocess.Popen[bytes] | None = None
        self._is_ready = False
        self._is_used = False
        self._is_closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_closed = True
        self.stop()

    def start(self) -> None:
        """Starts the process now, so that it gets ready while other things are done.

        Raises:
            Crashed: if this helper is at its end.
        """
        if self._is_closed:
            raise Crashed
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603  # our own program
                [sys.executable, "-W", "ignore", *self.program],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            self._is_ready = self._is_used = False

    def ask(self, request: bytes, *, again: bool = True) -> bytes:
        """Has a request answered.

        Args:
            request: what is asked.
            again: where the process ends and has had other requests before, ask a new one once more: what came before may
                have filled its memory.

        Raises:
            Crashed: if the process ends before it has answered.
            TooLate: if it takes longer than it may.
            Unfit: if the process says that it can do nothing.
        """
        was_used = self._process is not None and self._is_used
        try:
            return self._ask(request)
        except Crashed:
            if not (again and was_used):
                raise
            return self._ask(request)

    def _ask(self, request: bytes) -> bytes:
        self.start()
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise Crashed
        if not self._is_ready:
            reason = _receive(process.stdout)
            if reason is None:
                self.stop()
                raise Unfit("its process ended before it began")
            if reason != READY:
                self.stop()
                raise Unfit(reason.decode("utf-8"))
            self._is_ready = True
        late = threading.Event()

        def give_up() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self.longest, give_up)
        timer.daemon = True
        timer.start()
        answer = None
        try:
            _send(process.stdin, request)
            answer = _receive(process.stdout)
        except OSError:
            pass  # the process ended while it was written to
        finally:
            timer.cancel()
        self._is_used = True
        if answer is None:
            self.stop()
            raise TooLate if late.is_set() else Crashed
        return answer

    def stop(self) -> None:
        """Ends the process; the next request starts another."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):  # what was not yet written cannot be any more
                        pipe.close()
            process.wait()


H = TypeVar("H", bound=Helper)
T = TypeVar("T")
R = TypeVar("R")


class Pool(Generic[H]):
    """Some helpers, each asked by a thread that waits for it."""

    def __init__(self, helpers: Sequence[H]) -> None:
        """Takes the helpers, at least one; each is started when there is work for it."""
        self._stack = ExitStack()
        self._threads = self._stack.enter_context(ThreadPoolExecutor(len(helpers)))
        self._idle: SimpleQueue[H] = SimpleQueue()
        for helper in helpers:
            self._stack.enter_context(helper)
            self._idle.put(helper)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def submit(self, work: Callable[[H, T], R], what: T) -> Future[R]:
        """Has work done with the first helper that is idle."""
        return self._threads.submit(self._do, work, what)

    def _do(self, work: Callable[[H, T], R], what: T) -> R:
        helper = self._idle.get()
        try:
            return work(helper, what)
        finally:
            self._idle.put(helper)


def serve(prepare: Callable[[], Answer]) -> None:
    """Answers requests from standard input on standard output until there are no more.

    Whatever libraries print goes nowhere, not into the answers. Ctrl-C is the parent's to deal with.

    Args:
        prepare: gives what answers; an exception of it is told to the parent as the reason why nothing can be done.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    try:
        answer = prepare()
    except Exception as error:  # noqa: BLE001  # whatever it is, the parent has to know it
        _send(answers, (str(error) or type(error).__name__).encode("utf-8"))
        return
    _send(answers, READY)
    with contextlib.suppress(BrokenPipeError):  # the parent has gone
        while (request := _receive(requests)) is not None:
            _send(answers, answer(request))


def limit_memory(extra: int) -> None:
    """Limits this process to so many bytes of address space beyond what it has; on Linux only."""
    if sys.platform == "linux":
        import resource

        present = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (present + extra, present + extra))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _send(pipe: IO[bytes], message: bytes) -> None:
    pipe.write(len(message).to_bytes(LENGTH))
    pipe.write(message)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> bytes | None:
    """A whole message, or None if the other side has ended."""
    length = pipe.read(LENGTH)
    if len(length) < LENGTH:
        return None
    size = int.from_bytes(length)
    message = pipe.read(size)
    return message if len(message) == size else None
