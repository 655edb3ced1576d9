"""Runs the endpoint until it is interrupted."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from nhskg.errors import InputError
from nhskg.serve.app import make_app
from nhskg.serve.workers import Workers
from nhskg.store import open_store


def serve(
    folder: Path, *, port: int, timeout: float, workers: int, origins: list[str], ready: Callable[[str], None]
) -> None:
    """Serves a build on the loopback interface.

    Args:
        folder: the build.
        port: the port, or 0 for one that is free.
        timeout: seconds that a query may take.
        workers: how many queries are answered at once.
        origins: sites whose pages may read from the endpoint.
        ready: is told the address once clients may ask.

    Raises:
        InputError: if there is no build in the folder, or the port is taken.
    """
    open_store(folder)  # builds it if need be, once, before there are several processes
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
    except OSError as error:
        raise InputError(f"port {port}: {error.strerror}; choose another with --port, or 0 for any") from error
    listening.listen(128)
    app = make_app(folder, Workers(folder, workers, timeout), origins)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
    ready(f"http://127.0.0.1:{listening.getsockname()[1]}/")
    server.run(sockets=[listening])
