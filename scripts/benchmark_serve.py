"""Holds nhskg serve under load: so many clients at once, on this machine, for so long; prints answers, errors and times.

python scripts/benchmark_serve.py --graph out --clients 50 --seconds 30
"""

from __future__ import annotations

import argparse
import http.client
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from nhskg.query.named import named_queries


@dataclass
class Tally:
    """What the clients saw."""

    times: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)


def client(address: str, queries: list[str], until: float, tally: Tally) -> None:
    """Asks one query after the other over one connection."""
    host = urlsplit(address).netloc
    connection = http.client.HTTPConnection(host, timeout=60)
    number = 0
    while time.perf_counter() < until:
        query = queries[number % len(queries)]
        number += 1
        start = time.perf_counter()
        try:
            connection.request("GET", f"/sparql?{urlencode({'query': query})}")
            reply = connection.getresponse()
            reply.read()
            wrong = "" if reply.status == 200 else str(reply.status)
        except (OSError, http.client.HTTPException) as error:
            wrong = type(error).__name__
            connection.close()
        with tally.lock:
            if wrong:
                tally.errors[wrong] += 1
            else:
                tally.times.append(time.perf_counter() - start)
    connection.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--graph", type=Path, default=Path("out"))
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=30)
    arguments = parser.parse_args()
    queries = [query.sparql for query in named_queries().values()]
    command = [sys.executable, "-m", "nhskg.cli", "serve", "--port", "0", "--graph", str(arguments.graph)]
    tally = Tally()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603  # our own program
        assert server.stdout is not None
        try:
            address = server.stdout.readline().strip()
            until = time.perf_counter() + arguments.seconds
            threads = [
                threading.Thread(target=client, args=(address, queries[n % 7 :] + queries, until, tally))
                for n in range(arguments.clients)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        finally:
            server.terminate()
    times = sorted(tally.times)
    print(
        f"{arguments.clients} clients, {arguments.seconds:g} s: {len(times):,} answers, {sum(tally.errors.values())} errors"
    )
    print(
        f"{len(times) / arguments.seconds:.0f} answers a second; half within {statistics.median(times) * 1000:.0f} ms, "
    )
    print(f"99 % within {times[int(len(times) * 0.99)] * 1000:.0f} ms, all within {times[-1] * 1000:.0f} ms")
    for name, count in tally.errors.items():
        print(f"error {name}: {count}")
    sys.exit(bool(tally.errors))


if __name__ == "__main__":
    main()
