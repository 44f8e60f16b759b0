"""Rows as the files and the engine give them, held against the types that the rooms declare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, TypeVar, cast

S = TypeVar("S")


def row_as(shape: type[S], row: Mapping[str, Any]) -> S:
    """The row as a row of a type: it has every declared column, and no other unless the type allows it.

    `row_as(AreaRow, {"area": "430407000000", …})`. Names of columns are compared, not their values:
    these are the engine's, and tests hold them against the same types. Raises `TypeError` where
    a file and the type do not declare the same.
    """
    types: Any = shape
    required, declared = _columns(types)
    wrong = required - row.keys() | (row.keys() - declared if declared is not None else set())
    if wrong:
        raise TypeError(f"{shape.__name__} and the row differ in {', '.join(sorted(wrong))}")
    return cast("S", row)


def rows_as(shape: type[S], rows: Iterable[Mapping[str, Any]]) -> list[S]:
    """Every row as a row of the type, see `row_as`."""
    return [row_as(shape, row) for row in rows]


@cache
def _columns(shape: Any) -> tuple[frozenset[str], frozenset[str] | None]:
    """The columns that a row must have, and all that it may have; None if further ones are allowed."""
    config = getattr(shape, "__pydantic_config__", {})
    required = frozenset(shape.__required_keys__)
    further = config.get("extra") == "allow"
    return required, None if further else required | shape.__optional_keys__
