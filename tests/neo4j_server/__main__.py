"""Command line of the test server, for developers: run one until Ctrl-C, or only fetch it."""

# ruff: noqa: T201  printing is the job of a command

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import threading
from pathlib import Path

from tests.neo4j_server import FetchError, Neo4jServer, StartError, available, fetch, neo4j_version


def main() -> int:
    """`python -m tests.neo4j_server [fetch] [--home FOLDER]`; 0, or 1 with the reason said."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.neo4j_server",
        description=f"Run Neo4j {neo4j_version()} on a free loopback port until Ctrl-C.",
    )
    parser.add_argument("do", nargs="?", choices=["run", "fetch"], default="run")
    parser.add_argument("--home", type=Path, help="keep the data here (default: for this run)")
    parser.add_argument(
        "--benchmark",
        action="store_true",
        help="the collector of Java's choice, plans made anew as data change",
    )
    parser.add_argument("--heap", default="1g", help="limit of the heap (default: %(default)s)")
    given = parser.parse_args()
    if reason := available():
        print(reason, file=sys.stderr)
        return 1
    try:
        lib = fetch(visible=True)
        if given.do == "fetch":
            print(lib)
        elif given.home:
            run(Neo4jServer(given.home, heap=given.heap, benchmark=given.benchmark))
        else:
            with tempfile.TemporaryDirectory(prefix="neo4j-") as home:
                run(Neo4jServer(Path(home), heap=given.heap, benchmark=given.benchmark))
    except (FetchError, StartError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def run(server: Neo4jServer) -> None:
    """Serve until SIGINT or SIGTERM; the printed lines are what a shell or `cobuild` takes."""
    ended = threading.Event()
    with server:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: ended.set())
        print(f"NEO4J_URI={server.uri}")
        print(f"NEO4J_USER={server.user}")
        print(f"NEO4J_PASSWORD={server.password}", flush=True)
        print(f"Neo4j {neo4j_version()} runs in {server.home}; Ctrl-C ends it.", file=sys.stderr)
        ended.wait()


if __name__ == "__main__":
    sys.exit(main())
