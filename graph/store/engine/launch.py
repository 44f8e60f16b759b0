"""Starts the engine's child process and puts its failures into words; called by `embedded`."""

from __future__ import annotations

import importlib.util
import os
import platform
import socket
import subprocess
import sys
import threading
from pathlib import Path

from graph.errors import EngineUnavailable, EnvironmentFault, FolderFull, GraphError
from graph.private import PRIVATE_FILE
from graph.store.engine.folder import EngineFolder

_ROOT = Path(__file__).resolve().parents[3]
_LOG_LINES = 25
# Options from outside would undo the bounded heap; the JVM reads these by itself.
_JVM_VARIABLES = ("ARCADEDB_JVM_ARGS", "ARCADEDB_JVM_ERROR_FILE", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS")
# Preamble of the Bolt protocol and the versions offered: 4.4 down to 4.1.
_BOLT_HELLO = bytes.fromhex("6060b017 00000404 00000304 00000204 00000104")
_BOLT_MAJOR = 4


def check_wheel() -> None:
    """Raise `EnvironmentFault` where the engine is not installed."""
    if importlib.util.find_spec("arcadedb_embedded") is None:
        machine = f"{platform.system()} {platform.machine()}"
        raise EnvironmentFault(
            f"本机（{machine}）没有嵌入式引擎 arcadedb-embedded 的安装包；请设置 NEO4J_URI 使用 Neo4j。",
            f"The embedded engine arcadedb-embedded is not installed, and there may be no wheel "
            f"for this machine ({machine}); set NEO4J_URI to use Neo4j.",
            subject="arcadedb-embedded",
        )


def spawn(
    folder: EngineFolder, *, heap: str, compiler: str, time_limit_ms: int, listing: Path | None = None
) -> subprocess.Popen[bytes]:
    """Start a child for this folder, in a session of its own, and return at once; see `child`.

    Its own session keeps the terminal's Ctrl-C away from it until its clients have finished.
    """
    environment = {k: v for k, v in os.environ.items() if k not in _JVM_VARIABLES}
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
    # Every thread that allocates would get an arena of its own; two keep resident memory low.
    environment.setdefault("MALLOC_ARENA_MAX", "2")
    command = [sys.executable, "-P", "-m", "graph.store.engine.child", str(folder.path.parent)]
    command += ["--heap", heap, "--compiler", compiler, "--time-limit-ms", str(time_limit_ms)]
    command += ["--list-classes", str(listing)] if listing else []
    log = os.open(folder.start_log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, PRIVATE_FILE)
    try:
        child = subprocess.Popen(  # noqa: S603  (our own interpreter and module)
            command,
            cwd=folder.path,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    except OSError as error:
        raise EngineUnavailable(
            f"无法启动嵌入式引擎进程：{error.strerror}。",
            f"The process of the embedded engine cannot be started: {error.strerror}.",
            subject=sys.executable,
        ) from error
    finally:
        os.close(log)
    # The child may outlive this object or die at any time: its end is awaited on the side.
    threading.Thread(target=child.wait, name="engine-reaper", daemon=True).start()
    return child


def speaks_bolt(port: int, timeout: float = 2.0) -> bool:
    """Whether a Bolt server answers on that loopback port."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=timeout) as connection:
            connection.sendall(_BOLT_HELLO)
            answer = connection.recv(4)
    except OSError:
        return False
    return answer[3:] == bytes([_BOLT_MAJOR])


def did_not_start(folder: EngineFolder, zh: str, en: str) -> GraphError:
    """The error of a failed start: no room for its files, else names the log and shows its last lines."""
    if FolderFull.explains(folder.path):
        return FolderFull(folder.path.parent)
    log = folder.start_log
    try:
        tail = log.read_text(encoding="utf-8", errors="replace").splitlines()[-_LOG_LINES:]
    except OSError:
        tail = []
    lines = "\n".join(tail)
    return EngineUnavailable(
        f"嵌入式引擎{zh}，日志见 {log}，末尾内容：\n{lines}",
        f"The embedded engine {en}; the log is {log} and ends with:\n{lines}",
        subject=str(log),
    )
