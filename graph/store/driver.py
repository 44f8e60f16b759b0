"""The engine's driver, imported without what it would bring along.

neo4j 6.4 imports numpy and pandas wherever they are installed, for values and frames that nothing here
uses: 0.2 s of the processor before a command does anything, and 30 MiB.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def absent(*names: str) -> Iterator[None]:
    """For the block these modules cannot be imported, unless they were before."""
    modules: dict[str, Any] = sys.modules
    hidden = [name for name in names if name not in modules]
    modules.update(dict.fromkeys(hidden))
    try:
        yield
    finally:
        for name in hidden:
            del modules[name]


with absent("numpy", "pandas"):
    import neo4j  # noqa: F401
