"""Processes that answer queries, each with the store open: a query that takes too long ends with its process.

An engine cannot be interrupted from Python, and one that was left to run would take the machine with it. So a process
answers one query at a time, and one that is too slow or dies is replaced; the server never notices.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import queue
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from nhskg.errors import InputError, NhskgError, TooSlow, UsageError
from nhskg.store import prepare_store

MEMORY = 4 * 2**30  # bytes of address space for one process, where the system can limit that
ANSWERED, REFUSED, FAILED = "answered", "refused", "failed"


@dataclass(frozen=True, slots=True)
class Question:
    """A query, and the media types in which its answer may be written: of rows, and of triples."""

    sparql: str
    rows_as: str
    triples_as: str


@dataclass(frozen=True, slots=True)
class Written:
    """An answer as bytes, and their media type."""

    content: bytes
    media_type: str


class Workers:
    """A fixed number of processes; ask from as many threads as you like."""

    def __init__(self, folder: Path, count: int, timeout: float) -> None:
        """Starts the processes.

        Args:
            folder: the build.
            count: how many there are.
            timeout: seconds that a query may take.
        """
        self._folder, self._timeout = folder, timeout
        self._preparing = threading.Lock()
        self._free: queue.Queue[_Worker] = queue.Queue()
        self._all = [_Worker(folder) for _ in range(count)]
        for worker in self._all:
            self._free.put(worker)

    def ask(self, question: Question) -> Written:
        """Answers a question, once a process is free.

        Raises:
            UsageError: if the query is not SPARQL, or does more than read.
            TooSlow: if it takes longer than it may.
            NhskgError: if the process died, for want of memory most likely, or the build is damaged.
        """
        with self._preparing:  # once for all workers, and not in the time that a query has
            prepare_store(self._folder)
        worker = self._free.get()
        try:
            return worker.ask(question, self._timeout)
        finally:
            self._free.put(worker)

    def close(self) -> None:
        """Ends the processes."""
        for worker in self._all:
            worker.stop()


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._start()

    def ask(self, question: Question, timeout: float) -> Written:
        try:
            self._pipe.send(question)
            if not self._pipe.poll(timeout):
                self._restart()
                raise TooSlow(f"no answer within {timeout:g} s; ask for less")
            kind, what = self._pipe.recv()
        except (EOFError, OSError) as error:
            self._restart()
            raise NhskgError("the query needs more memory than it may have; ask for less") from error
        if kind == REFUSED:
            raise UsageError(what)
        if kind == FAILED:
            raise InputError(what)
        return Written(*what)

    def stop(self) -> None:
        self._process.kill()
        self._process.join()
        self._pipe.close()

    def _restart(self) -> None:
        self.stop()
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")  # the server has threads, which a fork would break
        self._pipe, end = context.Pipe()
        self._process = context.Process(target=_work, args=(end, self._folder), daemon=True)
        self._process.start()
        end.close()


def _work(pipe: Connection, folder: Path) -> None:
    """What a process does until the server closes the pipe."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends its processes
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    stores = _stores(folder)
    while True:
        try:
            question: Question = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            pipe.send((ANSWERED, _answer(question, *next(stores))))
        except (UsageError, RuntimeError, ValueError) as error:  # the engine's own are of all sorts
            pipe.send((REFUSED, str(error)))
        except NhskgError as error:
            pipe.send((FAILED, str(error)))
            stores = _stores(folder)


def _stores(folder: Path) -> Iterator[tuple[Any, dict[str, str]]]:
    """The store and its prefixes, again and again; opened anew when the graph has been built anew."""
    from nhskg.parts import TURTLE, fingerprint
    from nhskg.store import open_store
    from nhskg.vocab import prefixes_of

    made_from: dict[str, int] = {}
    while True:
        try:
            now = fingerprint(folder / TURTLE)
            if now != made_from:
                store, prefixes, made_from = open_store(folder), prefixes_of(folder / TURTLE), now
        except OSError as error:
            raise InputError(f"{folder / TURTLE}: no build here ({error.strerror}); run nhskg build") from error
        yield store, prefixes


def _answer(question: Question, store: Any, prefixes: dict[str, str]) -> tuple[bytes, str]:
    import pyoxigraph as ox

    from nhskg.query.refuse import check

    check(question.sparql, prefixes)
    results = store.query(question.sparql, prefixes=prefixes)
    if isinstance(results, ox.QueryTriples):
        syntax = ox.RdfFormat.from_media_type(question.triples_as)
        content = ox.serialize(results, format=syntax, prefixes=prefixes) or b""
        return content, question.triples_as
    form = ox.QueryResultsFormat.from_media_type(question.rows_as)
    if isinstance(results, ox.QueryBoolean) and form in {ox.QueryResultsFormat.CSV, ox.QueryResultsFormat.TSV}:
        return str(bool(results)).lower().encode() + b"\n", question.rows_as
    return results.serialize(format=form) or b"", question.rows_as
