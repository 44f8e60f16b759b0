"""Up to where the graph is known to have come, on a cluster whose members may be at different points.

Bookmarks make a member of Neo4j wait until it has what they stand for. Other servers ignore them, and a
member may have stopped following: so no answer is taken whose data version is less than one that was seen.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import ParamSpec, TypeVar

from neo4j.api import AsyncBookmarkManager

from graph.errors import MemberNotReady

P = ParamSpec("P")
T = TypeVar("T")
Written = Callable[[frozenset[str], frozenset[str]], Awaitable[None]]
"""Told the bookmarks that a write began with, and those that take their place."""

_LEADING: ContextVar[bool] = ContextVar("leading", default=False)


@contextmanager
def leading() -> Iterator[None]:
    """Inside, what is read comes from the member that writes: what a change is planned by is never old."""
    token = _LEADING.set(True)
    try:
        yield
    finally:
        _LEADING.reset(token)


def from_writer(work: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T]]:
    """For what plans a change: all that it reads comes from the member that writes."""

    @wraps(work)
    async def inside(*given: P.args, **named: P.kwargs) -> T:
        with leading():
            return await work(*given, **named)

    return inside


def is_leading() -> bool:
    """Whether the writer is to be read from."""
    return _LEADING.get()


@dataclass(eq=False)
class Position(AsyncBookmarkManager):
    """What a process knows: a data version below which no answer is taken, and bookmarks."""

    version: int = 0
    marks: set[str] = field(default_factory=set)
    _taken: tuple[int, frozenset[str]] = (0, frozenset())

    def take(self, version: int, marks: frozenset[str]) -> None:
        """Take over what another process knows."""
        self.version = max(self.version, version)
        if (version, marks) != self._taken:
            self._taken = version, marks
            self.marks |= marks

    def check(self, version: int) -> None:
        """Note a data version that was read; raises `MemberNotReady` if it is less than one before."""
        if version < self.version:
            raise behind(version, self.version)
        self.version = version

    async def update_bookmarks(
        self, previous_bookmarks: Collection[str], new_bookmarks: Collection[str]
    ) -> None:
        """Called by the driver after a transaction."""
        if new_bookmarks:
            self.marks.difference_update(previous_bookmarks)
            self.marks.update(new_bookmarks)

    async def get_bookmarks(self) -> set[str]:
        """Called by the driver before a transaction."""
        return set(self.marks)


class Noting(AsyncBookmarkManager):
    """The bookmarks of one write, which are put down for other processes."""

    def __init__(self, position: Position) -> None:
        self._position = position
        self.before: set[str] = set()
        self.after: set[str] = set()

    async def update_bookmarks(
        self, previous_bookmarks: Collection[str], new_bookmarks: Collection[str]
    ) -> None:
        """Called by the driver after a transaction."""
        await self._position.update_bookmarks(previous_bookmarks, new_bookmarks)
        self.before.update(previous_bookmarks)
        self.after.difference_update(previous_bookmarks)
        self.after.update(new_bookmarks)

    async def get_bookmarks(self) -> set[str]:
        """Called by the driver before a transaction."""
        return await self._position.get_bookmarks()


def behind(version: int, known: int) -> MemberNotReady:
    """That a member answers from older data than what was already answered."""
    return MemberNotReady(
        f"所问的集群成员数据版本为 {version}，落后于已答复过的 {known}，正在同步或已不再跟随；请稍后重试。"
        "确系恢复为更早数据的，由管理员运行 cobuild pair --yes。",
        f"the member asked is at data version {version}, behind {known} which was already answered: it is "
        "catching up, or follows no longer; try again. If the graph was restored to an earlier state, an "
        "administrator runs `cobuild pair --yes`.",
    )
