"""One load at a time: the process that writes holds a lock of the data folder, and one of a shared ledger.

The graph itself refuses two loads at once, at the end of the second one's work; the locks say so before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from graph.errors import LoadConflict
from graph.private import PRIVATE_FOLDER
from graph.settings import Settings
from graph.store.engine.locks import FileLock

FILE = "loading.lock"


@contextmanager
def loading_turn(settings: Settings) -> Iterator[None]:
    """Hold the locks; raises `LoadConflict` at once where another process has one of them."""
    settings.data_dir.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    lock = FileLock(settings.data_dir / FILE)
    if not lock.take(shared=False):
        raise _taken()
    with ExitStack() as stack:
        stack.callback(lock.release)
        if settings.ledger_url is not None:
            from graph.ledger.turns import turn_of_all  # noqa: PLC0415  SQLAlchemy takes long to load

            if not stack.enter_context(turn_of_all(settings.ledger_url.get_secret_value())):
                raise _taken()
        yield


def _taken() -> LoadConflict:
    return LoadConflict(
        "另一次导入或撤销正在进行，请等它结束后再试。",
        "another load is under way: wait until it has ended and try again.",
        subject="load",
    )
