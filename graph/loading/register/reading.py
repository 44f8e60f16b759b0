"""A register under reading: what all parts of it share, and how a cell that cannot be read is said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graph.loading.cells import BadCell
from graph.loading.register.draft import Draft, Level
from graph.loading.register.forms import Form
from graph.loading.register.ids import Ids
from graph.loading.register.kinds import RegisterKind, Thing
from graph.loading.register.known import KnownArea
from graph.loading.register.shown import Cell
from graph.model import edge_id

CONSTANT = "constants"
"""The heading of what the form says of every row whose cell does not."""


@dataclass
class Said:
    """What a cell says, with its column."""

    index: int
    heading: str
    text: Cell


Row = dict[str, list[Said]]
"""The cells of a row by what their column is."""


@dataclass(frozen=True)
class Mentioned:
    """What a row speaks of: ids by role, and the roles of which it says that there is none."""

    found: Mapping[str, str]
    absent: frozenset[str]


@dataclass(frozen=True)
class Tenure:
    """One of several that are there in turn: its row, its id, the place, and the days of its two ties."""

    spot: int
    who: str
    place: str
    cell: Said
    begin: dict[str, str]
    contract: dict[str, str]


@dataclass
class Reading:
    """One register on its way into a draft. `since` are the days from which its lists were complete."""

    kind: RegisterKind
    form: Form
    place: KnownArea
    source: str
    on: date
    ids: Ids
    draft: Draft
    lenient: bool = False
    complete: frozenset[str] = frozenset()
    since: Mapping[str, Any] = field(default_factory=dict)
    new_areas: dict[str, str] = field(default_factory=dict)
    people: set[tuple[str, str, str]] = field(default_factory=set)
    """Names by body and term that had a row of their own."""
    term: str = ""
    """The election of the term that the row is of, where a body has one after the other."""
    unplaced: set[str] = field(default_factory=set)
    """Organizations of which it was said that nobody knows whose they are: once, not at every row."""
    group: str | None = None
    """The community that a line of its own named above the row."""
    home: str = ""
    """The name of the community of the row, in which names count: 第一党支部 is one of the community."""
    firms: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Id and name of the first firm of each own name (安居)."""
    doubted: set[str] = field(default_factory=set)
    """Firms of which it was said that they may be another: once, not at every row."""
    later: list[tuple[int, Thing, str, str]] = field(default_factory=list)
    """Spot, thing, start of its edge and name of what is named before its own row."""
    turns: dict[str, list[Tenure]] = field(default_factory=lambda: defaultdict(list))
    """Of a project its firms, as rows name them."""
    sittings: dict[str, list[tuple[int, dict[str, str]]]] = field(default_factory=lambda: defaultdict(list))
    """Of a body what rows say of it, each with its spot: a term may have come after the other."""
    posts: list[tuple[int, str, str, str]] = field(default_factory=list)
    """Spot, person, body and post of all who are named in columns of posts."""
    rows: dict[int, Mentioned] = field(default_factory=dict)
    """What each row speaks of, by the index of its spot in the draft."""

    def bad(self, bad: BadCell, cell: Said) -> None:
        """A cell that cannot be read: an error, or where the clerk says so a cell that is not known."""
        zh, en = bad.zh, bad.en
        if self.lenient:
            zh, en = f"{zh}；按“不知道”处理", f"{en}; taken as not known"
        shown = bad.value or (cell.text if isinstance(cell.text, str) else "")
        level: Level = "warning" if self.lenient else "error"
        self.draft.say(BadCell(zh, en, shown), cell.index, cell.heading, level)

    def refuse(self, cell: Said, zh: str, en: str) -> None:
        """A cell that is wrong whatever the clerk says."""
        self.draft.say(BadCell(zh, en, str(cell.text)), cell.index, cell.heading)

    def close(self, id_: str | None, subject: str) -> None:
        """From the day of the register on, or since an earlier one, a list of a thing is complete."""
        if id_ is not None:
            since = self.since.get(edge_id("COMPLETE_IN", id_, self.source, subject), self.on)
            self.draft.edge("COMPLETE_IN", id_, self.source, subject, since=str(min(since, self.on)))
