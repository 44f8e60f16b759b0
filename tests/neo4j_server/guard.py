"""Runs one child process that cannot outlive the process that asked for it.

The tests start this file with a pipe as its standard input. One byte is one order: `t` ends the
child politely, `k` kills it; the end of the pipe means that the test process is gone, however it
went, and kills the child too. Standard library only: it starts as `python -I guard.py LOG COMMAND…`
and says the child's process id on standard output.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable

PR_SET_PDEATHSIG = 1


def main(log_path: str, *command: str) -> int:
    """Run the command until it ends or is ended; return its exit code, as a shell would."""
    with open(log_path, "ab") as log:
        child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            preexec_fn=_die_with_guard(),  # noqa: PLW1509  no thread runs yet
        )
    with contextlib.suppress(BrokenPipeError):  # the test process is gone already: see _obey
        sys.stdout.write(f"{child.pid}\n")
        sys.stdout.flush()
    threading.Thread(target=_obey, args=(child,), daemon=True).start()
    code = child.wait()
    return code if code >= 0 else 128 - code


def _obey(child: subprocess.Popen[bytes]) -> None:
    # os.read, because a thread that waits in sys.stdin would hold its lock when the guard exits.
    while order := os.read(0, 1):
        if order == b"t":
            child.terminate()
        elif order == b"k":
            child.kill()
    child.kill()


def _die_with_guard() -> Callable[[], None] | None:
    """On Linux, a hook that has the kernel kill the child if even the guard is killed."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl

    def hook() -> None:
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)

    return hook


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
