"""Reading in a process of its own, since a hostile file may hang a library, crash it, or eat all memory.

``Worker`` is the parent's side; ``python -m nhskg.ingest.worker`` is the other. A request is a line of JSON (name and size)
and the bytes of the file, an answer a line of JSON.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict
from types import TracebackType
from typing import IO, Any, Self

from nhskg.ingest.draft import Contents, Draft, Fact, Unreadable

LONGEST = 60.0
"""Seconds for one file; a board paper of 300 pages takes 15."""
MEMORY = 2_000_000_000
"""Bytes of address space, on Linux; elsewhere only the time is limited."""

PROGRAM = ["-m", "nhskg.ingest.worker"]


class Worker:
    """Reads files in a process that is started when first needed, and anew after one that it did not survive."""

    def __init__(self, longest: float = LONGEST) -> None:
        self.longest = longest
        self._process: subprocess.Popen[bytes] | None = None
        self._has_read = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def read(self, name: str, content: bytes) -> Contents:
        """Reads a file, as ``formats.read_content``.

        Raises:
            Unreadable: as there, or if reading takes too long or ends the process.
        """
        was_used = self._has_read
        answer, is_late = self._ask(name, content)
        if answer is None and was_used and not is_late:
            answer, is_late = self._ask(
                name, content
            )  # what came before it may have filled the memory: alone, once more
        if is_late:
            raise Unreadable(f"reading it takes more than {self.longest:.0f} seconds; split it, or save it as text")
        if answer is None:
            raise Unreadable("reading it crashed the reader; save it as text")
        if "unreadable" in answer:
            raise Unreadable(answer["unreadable"])
        drafts = [
            Draft(**{**draft, "parts": tuple(draft["parts"]), "facts": tuple(Fact(**fact) for fact in draft["facts"])})
            for draft in answer["drafts"]
        ]
        return Contents(drafts, answer["warnings"])

    def _ask(self, name: str, content: bytes) -> tuple[dict[str, Any] | None, bool]:
        process = self._process or self._start()
        late = threading.Event()

        def give_up() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self.longest, give_up)
        timer.start()
        line = b""
        try:
            request, answers = _pipes(process)
            request.write(json.dumps({"name": name, "size": len(content)}).encode() + b"\n" + content)
            request.flush()
            line = answers.readline()
        except OSError:
            pass  # the process ended while it was written to
        finally:
            timer.cancel()
        self._has_read = True
        if not line.endswith(b"\n"):
            self._stop()
            return None, late.is_set()
        return json.loads(line), False

    def _start(self) -> subprocess.Popen[bytes]:
        self._process = subprocess.Popen(  # noqa: S603  # our own program
            [sys.executable, "-W", "ignore", *PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._has_read = False
        return self._process

    def _stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            for pipe in _pipes(self._process):
                with contextlib.suppress(OSError):  # what was not yet written cannot be any more
                    pipe.close()
            self._process.wait()
        self._process = None
        self._has_read = False


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    if process.stdin is None or process.stdout is None:
        raise OSError("no pipe to the reader")
    return process.stdin, process.stdout


def serve(requests: IO[bytes], answers: IO[bytes], read: Callable[[str, bytes], Contents]) -> None:
    """Answers requests until there are no more."""
    for line in iter(requests.readline, b""):
        request = json.loads(line)
        content = requests.read(request["size"])
        answer: dict[str, Any]
        try:
            contents = read(request["name"], content)
            answer = {"drafts": [asdict(draft) for draft in contents.drafts], "warnings": contents.warnings}
        except Unreadable as error:
            answer = {"unreadable": str(error)}
        answers.write(json.dumps(answer).encode() + b"\n")
        answers.flush()


def _limit_memory() -> None:
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """The process: whatever a library prints goes nowhere, not into the answers."""
    from nhskg.ingest.formats import read_content

    _limit_memory()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    serve(sys.stdin.buffer, answers, read_content)


if __name__ == "__main__":
    main()
