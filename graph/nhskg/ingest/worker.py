"""Reading files in a process of its own (``nhskg.processes``): ``Worker`` asks, ``python -m nhskg.ingest.worker`` answers."""

from __future__ import annotations

import msgspec

from nhskg.ingest.draft import Unreadable, printable
from nhskg.ingest.reader import ReadFile, documents_in
from nhskg.processes import Answer, Crashed, Helper, TooLate, Unfit, limit_memory, serve

LONGEST = 60.0
"""Seconds for one file; a board paper of 300 pages takes 15."""
MEMORY = 2_000_000_000
"""Bytes beyond what the process has at its start, on Linux; elsewhere only the time is limited."""
PROGRAM = ("-m", "nhskg.ingest.worker")


class Worker(Helper):
    """Reads files in a process that is started when first needed, and anew after one that it did not survive."""

    def __init__(self, longest: float = LONGEST) -> None:
        """Limits the time: ``longest`` seconds for one file."""
        super().__init__(PROGRAM, longest)

    def read(self, name: str, content: bytes, document_id: str) -> ReadFile:
        """Reads a file, as ``documents_in``.

        Raises:
            Unreadable: as there, or if reading takes too long or ends the process.
        """
        try:
            answer = self.ask(msgspec.msgpack.encode((printable(name), content, document_id)))
        except TooLate:
            raise Unreadable(
                f"reading it takes more than {self.longest:.0f} seconds; split it, or save it as text"
            ) from None
        except Crashed:
            raise Unreadable("reading it crashed the reader; save it as text") from None
        except Unfit as error:
            raise Unreadable(f"no reader could be started ({error})") from None
        answered = msgspec.msgpack.decode(answer, type=ReadFile | str)
        if isinstance(answered, str):
            raise Unreadable(answered)
        return answered


def answer(request: bytes) -> bytes:
    """Answers one request."""
    name, content, document_id = msgspec.msgpack.decode(request, type=tuple[str, bytes, str])
    try:
        return msgspec.msgpack.encode(documents_in(name, content, document_id))
    except Unreadable as error:
        return msgspec.msgpack.encode(printable(str(error)))


def prepare() -> Answer:
    """Makes the process ready."""
    limit_memory(MEMORY)
    return answer


if __name__ == "__main__":
    serve(prepare)
