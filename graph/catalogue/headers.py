"""What the header of a `.cypher` file says: title, parameters, columns, findings, measures, reasons.

The format is described in `docs/catalogue.md`; `tags` reads it, `kinds` types what each folder's tags hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from graph.catalogue.parameters import Parameter, bind_all
from graph.catalogue.turns import Turn


@dataclass(frozen=True)
class HeaderProblem:
    """What is wrong with a file, and in which line (1 is the first)."""

    line: int
    text: str


@dataclass(frozen=True)
class Column:
    """One returned column; `flag` says that it holds personal or sensitive data."""

    name: str
    flag: Literal["personal", "sensitive"] | None = None


@dataclass(frozen=True)
class Measure:
    """A second measure of a dimension: a column of three values, or of numbers that are summed."""

    column: str
    kind: Literal["bool", "sum"]
    title: str
    title_zh: str


@dataclass
class Header:
    """The interface of a file."""

    tags: dict[str, str] = field(default_factory=dict)
    parameters: tuple[Parameter, ...] = ()
    columns: tuple[Column, ...] = ()
    findings: dict[str, tuple[str, str]] = field(default_factory=dict)
    """What the codes in a rule's column `findings` mean, in English and Chinese."""
    measures: tuple[Measure, ...] = ()
    places: tuple[tuple[str, str], ...] = ()
    """Where a row lies: columns, each with the file of `scopes/` that says where what it names is."""
    turns: tuple[Turn, ...] | None = ()
    """The days on which its rows may become others; None: on every day."""
    claims: dict[str, str] = field(default_factory=dict)
    """By metric of published figures: what in the rows they can be held against, see `COUNTS`."""

    @property
    def tells(self) -> tuple[str, ...]:
        """Personal and sensitive ties and properties on which rows rest; none: rows reveal nothing."""
        return tuple(word.strip() for word in self.tags.get("tells", "").split(",") if word.strip())

    @property
    def title(self) -> str:
        return self.tags["title"]

    @property
    def title_zh(self) -> str:
        return self.tags["title.zh"]

    @property
    def source(self) -> str:
        """What the question rests on: a text of law, a document, or the model."""
        return self.tags["source"]

    @property
    def about(self) -> str | None:
        return self.tags.get("about")

    @property
    def about_zh(self) -> str | None:
        return self.tags.get("about.zh")

    @property
    def reason(self) -> str:
        """The sentence of a row, with columns in braces."""
        return self.tags["reason"]

    @property
    def reason_zh(self) -> str:
        return self.tags["reason.zh"]

    def bind(self, given: Mapping[str, Any], *, today: date) -> dict[str, Any]:
        """Typed values for every declared parameter; see `Query.bind`."""
        return bind_all(self.parameters, given, today=today)
