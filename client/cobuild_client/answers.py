"""What a question gives: rows or one object, each with the stamp that says where it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from cobuild_client.shapes import Stamp

if TYPE_CHECKING:
    import pandas

T = TypeVar("T")
SHOWN = 20
"""Rows that a notebook shows of an answer."""


@dataclass(frozen=True)
class One(Generic[T]):
    """One object, such as the paths of a need, and its stamp."""

    data: T
    stamp: Stamp


@dataclass(frozen=True)
class Picture:
    """A view as the service draws it, and its stamp; `cut` says whether anything was left out."""

    svg: str
    stamp: Stamp
    cut: bool = False

    def save(self, to: str | Path) -> Path:
        """Write it to a file, which browsers, Word and PowerPoint show."""
        target = Path(to)
        target.write_text(self.svg, "utf-8")
        return target

    def __repr__(self) -> str:
        version, day = self.stamp["data_version"], self.stamp["as_of"]
        return f"<picture as of {day}, data version {version}>"

    def _repr_svg_(self) -> str:
        """For notebooks."""
        return self.svg


class Rows(Sequence[T]):
    """The rows of an answer, all pages of one data version, and their stamp.

    `parts` holds what an answer has beside its rows, such as the tally of the checks.
    """

    def __init__(self, rows: list[T], stamp: Stamp, parts: dict[str, Any] | None = None) -> None:
        self._rows = rows
        self.stamp = stamp
        self.parts = parts or {}

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> list[T]: ...
    def __getitem__(self, at: int | slice) -> T | list[T]:
        return self._rows[at]

    def frame(self) -> pandas.DataFrame:
        """A pandas frame, a line per row; its `attrs["stamp"]` is the stamp.

        What is not known is `<NA>`, and whole numbers stay whole numbers beside it. Lists stay lists.
        """
        import pandas as pd

        frame = pd.DataFrame(self._rows).convert_dtypes()
        frame.attrs["stamp"] = self.stamp
        return frame

    def __repr__(self) -> str:
        version, day = self.stamp["data_version"], self.stamp["as_of"]
        return f"<{len(self)} rows as of {day}, data version {version}>"

    def _repr_html_(self) -> str:
        """The first rows as a table, with day, data version and warning, for notebooks."""
        keys = list(dict.fromkeys(k for row in self._rows[:SHOWN] for k in _fields(row)))
        head = "".join(f"<th>{escape(k)}</th>" for k in keys)
        body = "".join(
            "<tr>" + "".join(f"<td>{_cell(_fields(row).get(k))}</td>" for k in keys) + "</tr>"
            for row in self._rows[:SHOWN]
        )
        notes = [repr(self).strip("<>"), self.stamp.get("warning_zh"), self.stamp.get("warning_en")]
        foot = "<br>".join(escape(n) for n in notes if n)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p>{foot}</p>"


def _fields(row: Any) -> dict[str, Any]:
    return row if isinstance(row, dict) else {"value": row}


def _cell(value: Any) -> str:
    return "" if value is None else escape(str(value))
