"""Imported first: the modules of a command are loaded without looking for garbage, of which they make none.

It saves a twelfth of what starting takes. `cli.main.main` goes back to normal before the command runs.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path

SELDOM = 50_000, 20, 100
"""Objects more than there were, and younger collections, after which Python looks for garbage: rows are no
cycles, and with its own 700, 10, 10 a fifth of making a workbook was looking for them."""

if Path(sys.argv[0]).stem == "cobuild":  # in no other process: tests and tools import the commands too
    gc.disable()


def started() -> None:
    """Everything is loaded: from now on garbage is looked for, among what comes after."""
    gc.freeze()
    gc.set_threshold(*SELDOM)
    gc.enable()
