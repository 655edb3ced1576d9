"""The page and the check of a large graph, each made in a process of its own while the build writes other files.

A page needs nothing but what it shows, and a check nothing but the Turtle; all else hangs on the whole graph.
"""

from __future__ import annotations

import time
from concurrent.futures import Future
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from nhskg.export.html import Content
from nhskg.processes import Answer, Crashed, Helper, Pool, serve

PROGRAM = ("-m", "nhskg.beside")
LONGEST = 24 * 3600.0
"""Seconds; these are our own programs, which end."""


class Page(msgspec.Struct, frozen=True, tag=True):
    """Asks for a page.

    Attributes:
        content: what it shows.
        path: the file.
        turtle: files with the graph, for the tab that answers SPARQL.
        with_sparql: the tab is to be there however large the page becomes.
    """

    content: Content
    path: str
    turtle: tuple[str, ...] = ()
    with_sparql: bool = False


class Check(msgspec.Struct, frozen=True, tag=True):
    """Asks what of a graph is not as the shapes say.

    Attributes:
        turtle: the graph, whole or in parts (``nhskg.parts``).
        sample: about how many nodes are looked at.
    """

    turtle: str
    sample: int


class Done(msgspec.Struct, frozen=True):
    """What came of it.

    Attributes:
        error: why it could not be done.
        checked: what was looked at.
        problems: what is not in order.
        conforms: whether a graph is in order.
        seconds: how long it took.
    """

    error: str = ""
    checked: str = ""
    problems: tuple[str, ...] = ()
    conforms: bool = True
    seconds: float = 0.0


class Beside:
    """Does at most two things at once beside what this process does."""

    def __init__(self) -> None:
        """Starts nothing yet."""
        self._pool = Pool([Helper(PROGRAM, LONGEST) for _ in range(2)])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.__exit__(kind, error, trace)

    def begin(self, wanted: Page | Check) -> Future[Done]:
        """Begins with something.

        The future raises an OSError where it cannot be done.
        """
        return self._pool.submit(_ask, msgspec.msgpack.encode(wanted))


def _ask(helper: Helper, request: bytes) -> Done:
    try:
        done = msgspec.msgpack.decode(helper.ask(request), type=Done)
    except Crashed as crash:
        raise OSError("a process that wrote the page or checked the graph was ended") from crash
    if done.error:
        raise OSError(done.error)
    return done


def _prepare() -> Answer:
    decoder = msgspec.msgpack.Decoder(Page | Check)
    return lambda request: msgspec.msgpack.encode(_done(decoder.decode(request)))


def _done(wanted: Page | Check) -> Done:
    began = time.perf_counter()
    try:
        done = _page(wanted) if isinstance(wanted, Page) else _checked(wanted)
    except OSError as error:
        return Done(error=str(error))
    return msgspec.structs.replace(done, seconds=round(time.perf_counter() - began, 3))


def _page(wanted: Page) -> Done:
    from nhskg.export.html import write_page

    turtle = "".join(Path(part).read_text(encoding="utf-8") for part in wanted.turtle)
    write_page(wanted.content, Path(wanted.path), turtle=turtle, with_sparql=wanted.with_sparql)
    return Done()


def _checked(wanted: Check) -> Done:
    from nhskg.validate import validate_sample

    found = validate_sample(Path(wanted.turtle), wanted.sample)
    return Done(checked=found.checked, problems=found.problems, conforms=found.conforms)


if __name__ == "__main__":
    serve(_prepare)
