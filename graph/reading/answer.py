"""An answer: rows with the stamp that lets anyone cite them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Generic

from typing_extensions import TypeVar

T = TypeVar("T", default=Any)
"""What the data are: rows as the `shapes` of a room declare them."""


@dataclass(frozen=True)
class Stamp:
    """Where a result comes from.

    `scope` is the area that the caller is limited to (None: everywhere), `outside` how many ids in
    the answer stand for something outside of it. `queries` maps the name of each file that was run
    to its revision; `rows` counts the rows of the whole result, of which a page may show fewer
    (`truncated`).
    """

    queries: dict[str, str]
    parameters: dict[str, Any]
    as_of: date
    data_version: int
    area: str | None = None
    profile: str | None = None
    rows: int = 0
    truncated: bool = False
    scope: str | None = None
    outside: int = 0


@dataclass(frozen=True)
class Answer(Generic[T]):
    """Rows of one result, and its stamp."""

    data: T
    stamp: Stamp
