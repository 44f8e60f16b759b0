"""A real PostgreSQL for the tests, from the system's packages, in a folder of its own.

`available()` says whether this machine can, `PostgresServer` runs one. It refuses to run as root:
there it runs as the user `postgres` of Debian's package, and dies with the process that started it.
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg

USER = "postgres"
START_SECONDS = 60.0
GUARD = Path(__file__).parent / "neo4j_server" / "guard.py"
INSTALLED = Path("/usr/lib/postgresql")


def find_programs() -> Path | None:
    """Return the folder of the newest PostgreSQL, by Debian's layout or by PATH."""
    found = [p.parent for p in INSTALLED.glob("*/bin/initdb")]
    if found:
        return max(found, key=lambda p: float(p.parent.name))
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def available() -> str | None:
    """Say in one sentence why no PostgreSQL can run here, or return None if one can."""
    if find_programs() is None:
        return f"PostgreSQL is not installed: neither {INSTALLED} nor PATH have an initdb."
    if os.name != "posix" or (os.geteuid() == 0 and shutil.which("setpriv") is None):
        return "PostgreSQL refuses to run as root, and setpriv is missing to run it as another."
    return None


class PostgresServer:
    """A server on a free loopback port, with a password; `database()` makes an empty database."""

    def __init__(self) -> None:
        self.password = secrets.token_hex(16)
        self.port = 0
        self._made = 0
        # Not below pytest's folders: those are closed to other users.
        self._home = Path(tempfile.mkdtemp(prefix="cobuild-postgres-"))
        self._guard: subprocess.Popen[bytes] | None = None

    def database(self) -> str:
        """The address of a new empty database."""
        self._made += 1
        name = f"ledger_{self._made}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self.address(name)

    def address(self, database: str) -> str:
        return f"postgresql://{USER}:{self.password}@127.0.0.1:{self.port}/{database}"

    def __enter__(self) -> Self:
        try:
            self._start()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._guard is not None:
            assert self._guard.stdin is not None
            self._guard.stdin.close()  # its end is the order to kill; nobody needs the data
            self._guard.wait()
        shutil.rmtree(self._home, ignore_errors=True)

    def _start(self) -> None:
        programs = find_programs()
        assert programs is not None, available()
        data, words = self._home / "data", self._home / "password"
        words.write_text(self.password)
        if os.geteuid() == 0:
            for path in (self._home, words):
                shutil.chown(path, USER, USER)
        made = subprocess.run(
            [
                *_as_user(),
                str(programs / "initdb"),
                f"--pgdata={data}",
                f"--username={USER}",
                f"--pwfile={words}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync",
            ],
            capture_output=True,
            text=True,
            check=False,
            cwd=self._home,
        )
        if made.returncode:
            raise RuntimeError(f"initdb failed: {made.stderr}")
        self.port = _free_port()
        log = self._home.with_name(f"{self._home.name}.log")
        self._guard = subprocess.Popen(
            [
                sys.executable,
                "-I",
                str(GUARD),
                str(log),
                *_as_user(),
                str(programs / "postgres"),
                "-D",
                str(data),
                "-p",
                str(self.port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "fsync=off",
                "-c",
                "shared_buffers=16MB",
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
            cwd=self._home,
        )
        assert self._guard.stdout is not None
        with self._guard.stdout as said:
            said.readline()
        try:
            self._wait()
        except RuntimeError as error:
            raise RuntimeError(f"{error}: {log.read_text(errors='replace')[-2000:]}") from None
        finally:
            log.unlink(missing_ok=True)

    def _wait(self) -> None:
        until = time.monotonic() + START_SECONDS
        while True:
            try:
                psycopg.connect(self.address("postgres")).close()
                return
            except psycopg.OperationalError as error:
                assert self._guard is not None
                if time.monotonic() > until or self._guard.poll() is not None:
                    raise RuntimeError("PostgreSQL did not start") from error
                time.sleep(0.1)


def _as_user() -> list[str]:
    if os.geteuid() != 0:
        return []
    return ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups"]


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
