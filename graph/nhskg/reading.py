"""Documents to readings, in several processes: one that crashes, hangs or eats memory costs itself and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from types import TracebackType
from typing import Self

import msgspec

from nhskg.errors import ModelError
from nhskg.model import Document
from nhskg.outcome import Outcome, Settings
from nhskg.processes import Crashed, Helper, Pool, TooLate, Unfit

TOGETHER = 20_000
"""Characters sent to a process at once: half a second of reading, beside which sending is nothing."""
DOCUMENT_TIMEOUT = 600.0
"""Seconds; a document of a million words takes 300."""
PROGRAM = ("-m", "nhskg.extract.worker")


class Readers:
    """Reads documents in some processes, or with no process in this one, where nothing is limited."""

    def __init__(self, settings: Settings, jobs: int, longest: float = DOCUMENT_TIMEOUT) -> None:
        """Names the processes; each is started when there is work for it.

        Args:
            settings: how documents are to be read.
            jobs: number of processes; 0 to read in this one.
            longest: seconds for one document.
        """
        self._settings = settings
        self._jobs = jobs
        self._longest = longest
        program = [*PROGRAM, msgspec.json.encode(settings).decode("utf-8")]
        helpers = [Helper(program, longest) for _ in range(jobs)]
        self._first = helpers[:1]
        self._pool = Pool(helpers) if helpers else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool:
            self._pool.__exit__(kind, error, trace)

    def start(self) -> None:
        """Starts a process now, so that it loads the language model while other things are done."""
        for helper in self._first:
            helper.start()

    def read(self, documents: Iterable[Document]) -> Iterator[tuple[Document, Outcome]]:
        """Gives each document with its outcome, in whatever order they come.

        Raises:
            ModelError: if the language model cannot be used.
        """
        if self._pool is None:
            yield from self._read_here(documents)
            return
        groups = _groups(documents)
        running: dict[Future[list[Outcome]], Sequence[Document]] = {}
        while True:
            while len(running) < 2 * self._jobs and (group := next(groups, None)):
                running[self._pool.submit(self._read_group, group)] = group
            if not running:
                return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                yield from zip(running.pop(future), future.result(), strict=True)

    def _read_here(self, documents: Iterable[Document]) -> Iterator[tuple[Document, Outcome]]:
        # spaCy takes seconds to load, and the rest of a build does without it.
        from nhskg.extract.reader import Reader
        from nhskg.extract.worker import outcomes

        reader: Reader | None = None
        for document in documents:
            reader = reader or Reader.load(self._settings.model)
            for outcome in outcomes(reader, [document], self._settings):
                yield document, outcome

    def _read_group(self, helper: Helper, group: Sequence[Document]) -> list[Outcome]:
        """Reads documents together; where that fails, each of them alone."""
        try:
            try:
                return _ask(helper, group, again=False)
            except (Crashed, TooLate):
                return [self._alone(helper, document) for document in group]
        except Unfit as error:
            raise ModelError(str(error)) from error

    def _alone(self, helper: Helper, document: Document) -> Outcome:
        try:
            (outcome,) = _ask(helper, [document])
            if outcome.is_out_of_memory:
                helper.stop()
                (outcome,) = _ask(helper, [document])
        except TooLate:
            return Outcome(
                failure=f"reading it takes more than {self._longest:.0f} seconds; split it, or raise --document-timeout"
            )
        except Crashed:
            return Outcome(failure="reading it crashed the reader; split it to find out where, and please report it")
        return outcome


def _ask(helper: Helper, documents: Sequence[Document], *, again: bool = True) -> list[Outcome]:
    answer = helper.ask(msgspec.msgpack.encode(documents), again=again)
    outcomes = msgspec.msgpack.decode(answer, type=list[Outcome])
    if len(documents) > 1 and any(outcome.is_out_of_memory for outcome in outcomes):
        raise Crashed
    return outcomes


def _groups(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Gives documents in groups of about ``TOGETHER`` characters, so that few are lost with one that cannot be read."""
    group: list[Document] = []
    size = 0
    for document in documents:
        group.append(document)
        size += len(document.text)
        if size >= TOGETHER:
            yield group
            group, size = [], 0
    if group:
        yield group
