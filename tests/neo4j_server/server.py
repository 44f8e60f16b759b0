"""`Neo4jServer`: a Neo4j that is up, answers, and has a password of its own.

Top of the test server; tests and `__main__` use this and nothing below it.
"""

from __future__ import annotations

import secrets
import socket
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from neo4j import Driver, GraphDatabase
from neo4j.exceptions import AuthError, DriverError, Neo4jError

from tests.neo4j_server.process import PAGES, Neo4jProcess, StartError

START_SECONDS = 180.0  # a cold start on two busy cores; 6 s when idle
_FIRST_PASSWORD = "neo4j"


class Neo4jServer:
    """A Neo4j Community server with its data in `home`, on a free loopback port.

    `home` may be new or one that an earlier server left: data and password stay. It must be a
    folder of nothing else. Not safe for use by several threads at once.
    """

    user = "neo4j"
    database = "neo4j"

    def __init__(
        self,
        home: Path,
        *,
        heap: str = "1g",
        benchmark: bool = False,
        password: str | None = None,
        pages: str = PAGES,
    ) -> None:
        """Prepare only; `heap` bounds Java's heap, as in `-Xmx`; a new home has `password`, if given.

        `benchmark` takes Java's own choice of a collector, and plans queries anew as data change.
        `pages` bounds the memory for pages of its files.
        """
        self.home = home.resolve()
        self.port = 0
        self._heap = heap
        self._benchmark = benchmark
        self._given = password
        self._pages = pages
        self._password_file = self.home / "password"
        self._process: Neo4jProcess | None = None

    @property
    def uri(self) -> str:
        """`bolt://` address; the same after `restart`."""
        return f"bolt://127.0.0.1:{self.port}"

    @property
    def password(self) -> str:
        """The generated password of `user`, kept in the home folder."""
        return self._password_file.read_text()

    @property
    def pid(self) -> int | None:
        """Process id of Java while it runs, else None."""
        return self._process.pid if self._process and self._process.running else None

    def start(self) -> Self:
        """Start, and return when a query is answered: 6 s warm, once a minute to fetch the jars.

        Raises `FetchError` or `StartError`; nothing is left running then.
        """
        if self._process:
            raise RuntimeError(f"{self.uri} was started already: stop() or kill() it first")
        for _ in range(3):
            self.port = _free_port()
            try:
                return self._start_on_port()
            except StartError as error:
                # Somebody may have taken the port between our look and Neo4j's.
                if "Address already in use" not in str(error):
                    raise
        raise StartError("three free ports in a row were taken before Neo4j got them")

    def stop(self) -> None:
        """Shut down in order; nothing happens if it does not run."""
        if self._process:
            self._process.stop()
            self._process = None

    def kill(self) -> None:
        """End it as a crash or a power cut would; `restart` brings it back."""
        if self._process:
            self._process.kill()
            self._process = None

    def restart(self) -> Self:
        """Stop it if it runs, and start it on the same port with the same data and password."""
        if not self.port:
            raise RuntimeError("never started: start() chooses the port")
        self.stop()
        return self._start_on_port()

    def driver(self) -> Driver:
        """Open a driver that is logged in; the caller closes it."""
        return self._driver(self.password)

    def __enter__(self) -> Self:
        return self if self._process else self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _start_on_port(self) -> Self:
        self.home.mkdir(parents=True, exist_ok=True)
        self._process = Neo4jProcess(
            self.home, self.port, heap=self._heap, benchmark=self._benchmark, pages=self._pages
        )
        try:
            self._log_in()
        except BaseException:
            self.kill()
            raise
        return self

    def _log_in(self) -> None:
        """Wait until a query is answered; on a new home, replace the well-known password first."""
        assert self._process is not None
        deadline = time.monotonic() + START_SECONDS
        refused: Exception | None = None
        while self._process.running and time.monotonic() < deadline:
            try:
                if not self._password_file.exists():
                    self._set_password()
                with self.driver() as driver, driver.session(database=self.database) as session:
                    session.run("RETURN 1").consume()
                return
            except AuthError as error:
                raise StartError(f"{self.home} has another password: {error}") from error
            except (DriverError, Neo4jError) as error:  # port or database not open yet
                refused = error
                time.sleep(0.1)
        why = f"does not answer ({refused})" if self._process.running else "ended"
        raise StartError(f"Neo4j {why}.\n{self._process.last_words()}")

    def _driver(self, password: str) -> Driver:
        return GraphDatabase.driver(
            self.uri,
            auth=(self.user, password),
            # A minute by default: too long for a port that something silent holds.
            connection_timeout=5,
            connection_acquisition_timeout=10,
        )

    def _set_password(self) -> None:
        password = self._given or secrets.token_urlsafe(18)
        with self._driver(_FIRST_PASSWORD) as driver, driver.session(database="system") as session:
            session.run(
                "ALTER CURRENT USER SET PASSWORD FROM $old TO $new", {"old": _FIRST_PASSWORD, "new": password}
            ).consume()
        self._password_file.touch(mode=0o600)
        self._password_file.write_text(password)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
