"""The endpoint: the SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/), queries only.

Nothing but this machine reaches it, and no page of another site may read from it: it answers only requests for a
loopback name (a page cannot make its own name mean this machine), and sends CORS headers only where asked to.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from nhskg.errors import NhskgError, TooSlow, UsageError
from nhskg.parts import TURTLE
from nhskg.query.named import named_queries
from nhskg.serve.negotiate import ROWS, TRIPLES, choose
from nhskg.serve.workers import Question, Workers
from nhskg.vocab import prefixes_of

PAGE = Path(__file__).parent / "page"
LONGEST = 1_000_000  # bytes of a query
LOOPBACK = ["127.0.0.1", "localhost"]
POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'"
FORM, QUERY = "application/x-www-form-urlencoded", "application/sparql-query"


def make_app(folder: Path, workers: Workers, origins: list[str]) -> Starlette:
    """Gives the application.

    Args:
        folder: the build.
        workers: who answers; closed with the application.
        origins: the sites that may read from their pages what the endpoint answers, or ``*``; none by default.
    """

    async def sparql(request: Request) -> Response:
        return await _sparql(request, workers)

    async def graph(_: Request) -> Response:
        return FileResponse(folder / "graph.html") if (folder / "graph.html").exists() else _said(404, "no graph.html")

    async def about(_: Request) -> Response:
        questions = [
            {"name": named.name, "title": named.title, "comment": named.comment, "sparql": named.sparql}
            for named in named_queries().values()
        ]
        content = {"prefixes": prefixes_of(folder / TURTLE), "questions": questions}
        return Response(json.dumps(content, ensure_ascii=False), media_type="application/json")

    async def page(_: Request) -> Response:
        return FileResponse(PAGE / "query.html", headers={"Content-Security-Policy": POLICY})

    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        yield
        workers.close()

    middleware = [Middleware(TrustedHostMiddleware, allowed_hosts=LOOPBACK), Middleware(_Plain)]
    if origins:
        middleware.insert(0, Middleware(CORSMiddleware, allow_origins=origins, allow_methods=["GET", "POST"]))
    return Starlette(
        routes=[
            Route("/", page),
            Route("/sparql", sparql, methods=["GET", "POST"]),
            Route("/graph.html", graph),
            Route("/about.json", about),
            Mount("/page", StaticFiles(directory=PAGE)),
        ],
        middleware=middleware,
        lifespan=life,
    )


class _Plain:
    """Tells browsers to take every answer for what it says it is."""

    def __init__(self, app: Callable[..., Awaitable[None]]) -> None:
        self.app = app

    async def __call__(self, scope: dict[str, object], receive: object, send: Callable[..., Awaitable[None]]) -> None:
        async def plain(message: dict[str, object]) -> None:
            if message["type"] == "http.response.start":
                headers = list(message.get("headers", ()))  # type: ignore[call-overload]  # ASGI messages are untyped
                message = {**message, "headers": [*headers, (b"x-content-type-options", b"nosniff")]}
            await send(message)

        await self.app(scope, receive, plain)


async def _sparql(request: Request, workers: Workers) -> Response:
    """One operation of the protocol: query by GET, by POST of a form, or by POST of the query itself."""
    values = list(request.query_params.multi_items())
    if request.method == "POST":
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > LONGEST:
                return _said(413, f"the query is longer than {LONGEST:,} bytes")
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError:
            return _said(400, "the query is not UTF-8")
        if kind == FORM:
            values += parse_qsl(text, keep_blank_values=True)
        elif kind == QUERY:
            values.append(("query", text))
        elif kind == "application/sparql-update":
            return _said(403, "the endpoint is read-only")
        else:
            return _said(415, f"send the query as {FORM} or {QUERY}")
    names = [name for name, _ in values]
    if "update" in names:
        return _said(403, "the endpoint is read-only")
    if {"default-graph-uri", "named-graph-uri"} & set(names):
        return _said(400, "a build has one graph; leave out default-graph-uri and named-graph-uri")
    if names.count("query") != 1:
        return _said(400, "give one query, such as /sparql?query=ASK{}")
    accept = request.headers.get("accept", "")
    rows_as, triples_as = choose(accept, ROWS), choose(accept, TRIPLES)
    if not rows_as and not triples_as:
        return _said(406, f"answers are {', '.join(sorted({*ROWS.values(), *TRIPLES.values()}))}")
    question = Question(
        dict(values)["query"], rows_as or next(iter(ROWS.values())), triples_as or next(iter(TRIPLES.values()))
    )
    try:
        written = await run_in_threadpool(workers.ask, question)
    except UsageError as error:
        return _said(400, str(error))
    except TooSlow as error:
        return _said(503, str(error))
    except NhskgError as error:
        return _said(500, str(error))
    return Response(written.content, media_type=written.media_type)


def _said(status: int, message: str) -> Response:
    return PlainTextResponse(message + "\n", status_code=status)
