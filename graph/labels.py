"""Labels of columns: what a row's type says to people who read a table, a workbook or the terminal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_args, get_type_hints


@dataclass(frozen=True)
class Label:
    """The Chinese heading of a column: `name: Annotated[str, Label("辖区")]`."""

    zh: str


def labels_of(row: type[Any]) -> dict[str, str]:
    """The labelled columns of a row's type, in the order in which they are declared."""
    found: dict[str, str] = {}
    for name, hint in get_type_hints(row, include_extras=True).items():
        for label in _labels(hint):
            found[name] = label.zh
    return found


def headings(row: type[Any], *names: str) -> dict[str, str]:
    """Columns and their headings for a table: those named, in this order, else all that have one.

    Raises `KeyError` for a column without a label.
    """
    labels = labels_of(row)
    return {name: labels[name] for name in names} if names else dict(labels)


def _labels(hint: Any) -> list[Label]:
    """Labels of an annotated type, also below `NotRequired`."""
    own = [m for m in getattr(hint, "__metadata__", ()) if isinstance(m, Label)]
    return own or [label for inner in get_args(hint) for label in _labels(inner)]
