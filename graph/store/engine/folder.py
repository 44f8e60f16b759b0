"""The engine's folder inside the data folder: paths, modes, credentials and the state file.

Used by both sides, the client (`embedded`) and the child process; knows no engine and no driver.
"""

from __future__ import annotations

import base64
import contextlib
import errno
import hmac
import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from graph.errors import EnvironmentFault, FolderFull, RestoreUnfinished
from graph.private import PRIVATE_FILE, PRIVATE_FOLDER

# Exit statuses of the child: another engine runs in its folder; a read did not end in time.
ALREADY_RUNNING = 3
OVERDUE = 4
ANSWER = ".json"
"""Ending of the file beside a mark that says what came of it."""
WANTED, GIVEN = ".wanted", ".given"
"""Endings of files beside the mark that asks for the whole graph: what of it, and what it holds."""
ROWS, DONE = ".rows", ".done"
"""Endings of files beside the mark that asks for a copy to be filled: what with, and how many rows are."""


@dataclass(frozen=True)
class Credentials:
    """Passwords of the two users the product connects as. There is no stored one for root."""

    reader: str
    writer: str

    @property
    def outside(self) -> str:
        """The password of other people's programs: it follows from the others, and not they from it."""
        key = f"{self.reader} {self.writer}".encode()
        return base64.urlsafe_b64encode(hmac.digest(key, b"outside", "sha256")).decode().rstrip("=")


@dataclass(frozen=True)
class EngineState:
    """What a running engine says about itself; `nonce` distinguishes one run from the next."""

    pid: int
    bolt_port: int
    started_at: str
    nonce: str
    version: str
    heap: str


class EngineFolder:
    """Names every file under `<data>/engine` and creates them readable by their owner only."""

    def __init__(self, data_dir: Path) -> None:
        self.path = data_dir.absolute() / "engine"
        self.lease = self.path / "lease"
        self.engine_lock = self.path / "engine.lock"
        self.log_dir = self.path / "log"
        self.ended_reads = self.path / "ended"
        self.checks = self.path / "checks"
        self.copies = self.path / "beside"
        self.given = self.path / "given"
        self.engine_log = self.log_dir / "arcadedb.log.0"
        self.start_log = self.log_dir / "start.log"
        self._credentials = self.path / "credentials.json"
        self._state = self.path / "engine.json"

    def prepare(self) -> None:
        """Create the folder and its credentials if they are missing.

        Raises `EnvironmentFault` if that is not possible.
        """
        if (self.path.parent / RestoreUnfinished.MARK).exists():
            raise RestoreUnfinished(self.path.parent)
        try:
            self.path.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
            for folder in (self.path, self.log_dir, self.ended_reads, self.checks, self.copies, self.given):
                folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
                folder.chmod(PRIVATE_FOLDER)
            if not self._credentials.exists():
                self._create_credentials()
            for lock in (self.lease, self.engine_lock):
                os.close(os.open(lock, os.O_CREAT | os.O_RDWR, PRIVATE_FILE))
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise FolderFull(self.path.parent) from error
            raise EnvironmentFault(
                f"数据目录 {self.path} 无法写入：{error.strerror}。",
                f"The data folder {self.path} cannot be written: {error.strerror}.",
                subject=str(self.path),
            ) from error

    def _create_credentials(self) -> None:
        """Two processes may do this at once: the first link stands, the other file is dropped."""
        draft = self.path / f"credentials.{secrets.token_hex(8)}.tmp"
        fresh = Credentials(reader=secrets.token_urlsafe(32), writer=secrets.token_urlsafe(32))
        _write_private(draft, json.dumps(asdict(fresh)))
        try:
            with contextlib.suppress(FileExistsError):
                os.link(draft, self._credentials)
        finally:
            draft.unlink()

    def credentials(self) -> Credentials:
        """Read the passwords; raises `EnvironmentFault` if the file does not hold them."""
        try:
            return Credentials(**json.loads(self._credentials.read_bytes()))
        except (OSError, ValueError, TypeError) as error:
            raise EnvironmentFault(
                f"凭据文件 {self._credentials} 无法读取；停止所有程序后删除该文件即会重新生成。",
                f"The credentials in {self._credentials} cannot be read; stop every program that "
                "uses the data folder and delete the file, and new ones are made.",
                subject=str(self._credentials),
            ) from error

    def state(self) -> EngineState | None:
        """What the state file says, or None; it counts only while `engine.lock` is held."""
        try:
            return EngineState(**json.loads(self._state.read_bytes()))
        except (OSError, ValueError, TypeError):
            return None

    def write_state(self, state: EngineState) -> None:
        """Replace the state file as a whole: a reader sees the old one or the new one."""
        write_whole(self._state, json.dumps(asdict(state)))

    def drop_state(self) -> None:
        """Remove the state file: from here on no client attaches to the engine it described."""
        self._state.unlink(missing_ok=True)


def write_whole(path: Path, text: str) -> None:
    """Write a file under another name and give it its own in one step."""
    draft = path.with_name(f"{path.name}.tmp")
    draft.unlink(missing_ok=True)
    _write_private(draft, text)
    draft.replace(path)


def _write_private(path: Path, text: str) -> None:
    """Create a file that was never readable by anybody else, not even for a moment."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
