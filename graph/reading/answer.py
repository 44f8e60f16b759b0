"""An answer: rows with the stamp that lets anyone cite them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)
"""What the data are: rows as the `shapes` of a room declare them."""


@dataclass(frozen=True)
class Delivered:
    """The newest delivery of a register: its source document, its place, the day of delivery.

    `delivered_on` is None where the delivery does not say it, and so is `outdated`: whether the day
    of the answer lies past it by more than the time in which another should have come.
    """

    register: str
    place: str
    area: str
    delivered_on: date | None
    outdated: bool | None


@dataclass(frozen=True)
class Stamp:
    """Where a result comes from.

    `scope` is the area that the caller is limited to (None: everywhere), `outside` how many ids in
    the answer stand for something outside of it. `queries` maps the name of each file that was run
    to its revision, `withheld` names files whose rows rest on personal data and were not given:
    that takes a reason, and the right to give one; `rows` counts the rows of the whole result, of
    which a page may show fewer (`truncated`). `deliveries` are the registers behind the answer;
    `warning_zh` and `warning_en` say that some are older than the day asked for or state none, or that ties
    begin or end around the day in a month or year of which no day is known; None if nothing.
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
    deliveries: tuple[Delivered, ...] = ()
    warning_zh: str | None = None
    warning_en: str | None = None
    withheld: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Answer(Generic[T_co]):
    """Rows of one result, and its stamp."""

    data: T_co
    stamp: Stamp
