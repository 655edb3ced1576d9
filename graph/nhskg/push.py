"""Sends a graph to a triple store, by the SPARQL 1.1 Graph Store Protocol (https://www.w3.org/TR/sparql11-http-rdf-update/).

GraphDB, Jena Fuseki, Virtuoso, Oxigraph's server and others speak it. The graph goes in chunks of N-Triples. It has no
blank nodes, so a chunk that arrives twice changes nothing, and sending can be taken up where it stopped: how far it
came is kept beside the graph.
"""

from __future__ import annotations

import itertools
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from nhskg.errors import InputError, UsageError
from nhskg.parts import sha256_of, triples_of

PROGRESS = "push.json"
TRIES, PAUSE = 4, 0.5  # how often a chunk is sent, and seconds before the second try; each pause is twice the last
FOR_NOW = {408, 429, 500, 502, 503, 504}  # answers after which another try makes sense
WAIT = 300  # seconds for one chunk


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a graph goes.

    Attributes:
        url: the Graph Store endpoint: ``http://localhost:3030/nhs/data``.
        graph: IRI of the graph there, or empty for the default graph.
        user, password: for HTTP Basic or Digest authentication, or empty.
    """

    url: str
    graph: str = ""
    user: str = ""
    password: str = ""

    @property
    def address(self) -> str:
        """The address of the graph itself (indirect graph identification, section 4.2)."""
        named = f"graph={urllib.parse.quote(self.graph, safe='')}" if self.graph else "default"
        return f"{self.url}{'&' if '?' in self.url else '?'}{named}"


def push(
    turtle: Path,
    target: Target,
    *,
    chunk: int = 20_000,
    replace: bool = False,
    told: Callable[[int, int], None] = lambda _done, _chunk: None,
) -> int:
    """Sends a Turtle file; if that was begun and not finished before, only the rest.

    Args:
        turtle: the graph, also where it is in parts.
        target: where it goes.
        chunk: triples in one request.
        replace: whether what is in the graph there goes first; else the triples are added to it.
        told: called with the number of triples that are there, and of those sent last, after each request.

    Returns:
        How many triples the graph has.

    Raises:
        UsageError: if the address is no web address.
        InputError: if there is no graph, it is empty, or the store does not take it; the message says how to go on.
    """
    if urllib.parse.urlsplit(target.url).scheme not in {"http", "https"}:
        raise UsageError(f"{target.url}: not a web address; give the store's Graph Store endpoint")
    progress = _Progress(turtle, target, chunk)
    opener = _opener(target)
    done = number = 0
    for number, content in enumerate(_chunks(turtle, chunk), start=1):
        size = content.count(b"\n")
        done += size
        if number > progress.sent:
            method = "PUT" if replace and number == 1 else "POST"
            try:
                _send(opener, method, target.address, content)
            except _Refused as error:
                raise InputError(
                    f"{target.url}: {error}; {done - size:,} triples are there. Give the same command to send the rest"
                ) from error
            progress.keep(number)
            told(done, size)
    progress.clear()
    if not done:
        raise InputError(f"{turtle}: there are no triples in it, so nothing was sent; run nhskg build")
    return done


def _chunks(turtle: Path, size: int) -> Iterator[bytes]:
    import pyoxigraph as ox

    triples = triples_of(turtle)
    try:
        while some := list(itertools.islice(triples, size)):
            yield ox.serialize(some, format=ox.RdfFormat.N_TRIPLES) or b""
    except SyntaxError as error:
        raise InputError(f"{turtle}: damaged ({error}); build again with nhskg build") from error
    except OSError as error:
        raise InputError(f"{turtle}: no graph here ({error.strerror or error}); run nhskg build first") from error


class _Progress:
    """How many chunks of this graph a store has, kept in a file beside the graph."""

    def __init__(self, turtle: Path, target: Target, chunk: int) -> None:
        self._path = turtle.with_name(PROGRESS)
        self._key = target.address
        try:
            made_from = sha256_of(turtle)
        except OSError as error:
            raise InputError(f"{turtle}: no graph here ({error.strerror or error}); run nhskg build first") from error
        self._state: dict[str, str | int] = {"turtle": made_from, "chunk": chunk}
        kept = self._read().get(self._key, {})
        self.sent = int(kept.get("sent", 0)) if kept.items() >= self._state.items() else 0

    def keep(self, sent: int) -> None:
        self._write(self._read() | {self._key: {**self._state, "sent": sent}})

    def clear(self) -> None:
        self._write({key: value for key, value in self._read().items() if key != self._key})

    def _read(self) -> dict[str, dict[str, str | int]]:
        try:
            return dict(json.loads(self._path.read_text(encoding="utf-8")))
        except (OSError, ValueError):
            return {}

    def _write(self, content: dict[str, dict[str, str | int]]) -> None:
        if content:
            self._path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
        else:
            self._path.unlink(missing_ok=True)


class _Refused(Exception):
    """The store did not take a chunk."""


def _opener(target: Target) -> urllib.request.OpenerDirector:
    passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
    handlers: list[urllib.request.BaseHandler] = []
    if target.user:
        passwords.add_password(None, target.url, target.user, target.password)
        handlers = [urllib.request.HTTPBasicAuthHandler(passwords), urllib.request.HTTPDigestAuthHandler(passwords)]
    return urllib.request.build_opener(*handlers)


def _send(opener: urllib.request.OpenerDirector, method: str, address: str, content: bytes) -> None:
    headers = {"Content-Type": "application/n-triples"}
    for attempt in range(1, TRIES + 1):
        request = urllib.request.Request(address, data=content, method=method, headers=headers)  # noqa: S310  # checked to be http
        try:
            with opener.open(request, timeout=WAIT):
                return
        except urllib.error.HTTPError as error:
            with error:
                words = " ".join(error.read(500).decode("utf-8", "replace").split())[:200]
            if error.code not in FOR_NOW or attempt == TRIES:
                raise _Refused(f"the store answered {error.code} {error.reason} {words}".rstrip()) from error
        except (urllib.error.URLError, OSError) as error:
            if attempt == TRIES:
                raise _Refused(f"no answer ({getattr(error, 'reason', error)})") from error
        time.sleep(PAUSE * 2 ** (attempt - 1))
