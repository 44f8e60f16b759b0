"""Answers: rows with the stamp that lets anybody cite them.

The data version is read after the
rows and has to be the one known before them, else they are read again: so the stamp is that of the
data, and while a load is incomplete nothing is answered. On the embedded engine, where every write
is counted, a count that has not grown says the same without asking.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from graph.catalogue import Catalogue, Query, Select
from graph.catalogue.profiles import Profiles
from graph.errors import LoadIncomplete, MemberNotReady, ReasonNeeded, keeps_changing
from graph.reading.answer import Answer, Stamp
from graph.reading.deliveries import deliveries_for, inexact_of, loads_about, warning_of
from graph.reading.viewer import Viewer
from graph.settings import Settings
from graph.store import Row, Statement, Store, leading
from graph.store.version import LOADS, META, check_meta, edition_of

if TYPE_CHECKING:
    from graph.ledger import Ledger

TRIES = 5
"""How often an answer is read again because a load came in between."""


@dataclass
class Known:
    """The data version that was read last; -1 before any. It only ever grows.

    `writes` is the count of writes at which it is sure to hold, if there is one.
    """

    version: int = -1
    writes: int | None = None
    loads: tuple[Row, ...] = ()
    """The last deliveries, as of the data version `loads_of`."""
    loads_of: int = -1
    edition: str | None = None
    """What distinguishes that version from every other state of any graph."""
    shelves: Any = None
    """The names that `graph.reading.search` looks through, as of a data version."""
    reading_shelves: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while they are read: once, however many ask meanwhile."""
    trees: dict[tuple[str | None, date], Any] = field(default_factory=dict)
    """The areas of some days (`graph.reading.areas`), by that state and the day."""
    findings: Any = None
    """What `graph.reading.findings` has in memory."""
    columns: Any = None
    """The process that holds the graph in columns for it."""


@dataclass(frozen=True)
class Graph:
    """What every answer needs, wired once by `graph.reading.wiring.open_graph`."""

    settings: Settings
    store: Store
    catalogue: Catalogue
    profiles: Profiles
    ledger: Ledger
    today: Any = field(default=date.today)
    """Called for the default of `as_of`; tests fix it."""
    known: Known = field(default_factory=Known)
    viewer: Viewer = field(default_factory=Viewer)
    """What the caller may see; all else is withheld as it is read."""

    def parts(self) -> dict[str, Any]:
        """What it is made of, by name."""
        return {f.name: getattr(self, f.name) for f in fields(Graph)}

    def day(self, as_of: date | None) -> date:
        """The day that is asked for; today where none is."""
        return as_of or self.today()

    def under(self, viewer: Viewer) -> Graph:
        """The same for another viewer."""
        return replace(self, viewer=viewer)

    async def read(
        self, selects: Sequence[Select], *, most: int | None = None
    ) -> tuple[int, list[list[Row]]]:
        """Data version and rows as the viewer may see them; several are read in one transaction.

        `most` rows of each, where a caller's own question is answered whole. Raises `ReasonNeeded` for a
        file that reveals what the viewer is not given, `LoadIncomplete` while a load is under way, and what
        `Store.read` raises.
        """
        self.check(selects)
        version, results = await self._rows_and_loads(selects, most)
        shown = [self.viewer.rows(s.columns, rows) for s, rows in zip(selects, results, strict=True)]
        return version, shown

    async def read_facts(self, selects: Sequence[Select]) -> tuple[int, list[list[Row]]]:
        """The same with personal data in the rows: for what is counted, compared and judged.

        A withheld value can be none of that. Rows that are shown pass `viewer.rows` with their
        columns afterwards; tests/test_layers.py lists the modules that read facts.
        """
        self.check(selects)
        version, results = await self._rows_and_loads(selects)
        if self.viewer.ids is not None:
            results = [[self.viewer.inside(row) for row in rows] for rows in results]
        return version, results

    async def _rows_and_loads(
        self, selects: Sequence[Select], most: int | None = None
    ) -> tuple[int, list[list[Row]]]:
        """Data version and rows as they are; the deliveries of that version are known afterwards."""
        version, results = await self._rows([(s.text, s.parameters) for s in selects], most)
        await self._know_loads(version)
        return version, results

    def check(self, selects: Sequence[Select]) -> None:
        """Raises `ReasonNeeded` for a file that reveals what the viewer is not given."""
        if not all(self.viewer.gives(s.tells) for s in selects):
            raise ReasonNeeded("query")

    async def _rows(self, statements: Sequence[Statement], most: int | None) -> tuple[int, list[list[Row]]]:
        position = self.store.position
        if position is None:
            return await self._rows_now(statements, most)
        known = await self.ledger.position.read()
        position.take(known.version, known.marks)
        try:
            version, rows = await self._rows_now(statements, most)
        except (MemberNotReady, LoadIncomplete):  # of a member that is behind: the writer is not
            with leading():
                version, rows = await self._rows_now(statements, most)
        if version > known.version:
            await self.ledger.position.reach(version)
        return version, rows

    async def _rows_now(
        self, statements: Sequence[Statement], most: int | None
    ) -> tuple[int, list[list[Row]]]:
        read = partial(self.store.read if len(statements) > 1 else self.store.read_each, most=most)
        counted = self._writes()
        if counted is not None and counted == self.known.writes:
            rows = await read(statements) if statements else []
            if self._writes() == counted:
                return self.known.version, rows
        before = self.known.version
        for _ in range(TRIES):
            counted = self._writes(idle=True)
            *rows, meta = await read([*statements, META])
            version = check_meta(meta)
            if self.store.position is not None:
                self.store.position.check(version)
            self.known.version = version
            self.known.edition = edition_of(meta)
            self.known.writes = counted if counted == self._writes() else None
            if version == before:
                return version, rows
            before = version
        raise keeps_changing()

    async def _know_loads(self, version: int) -> None:
        """Read the deliveries, once for a data version; a load meanwhile has them read again."""
        if self.known.loads_of == version:
            return
        loads, meta = await self.store.read([LOADS, META])
        if check_meta(meta) == version:
            self.known.loads, self.known.loads_of = tuple(row["load"] for row in loads), version

    def _writes(self, *, idle: bool = False) -> int | None:
        """The count of writes, where there is one; with `idle` only while no write is under way."""
        counter = self.store.writes
        if counter is None:
            return None
        counted = counter.now()
        return counted if not idle or counter.idle() else None

    async def version(self) -> int:
        """The data version alone; the engine is asked only where there may have been a write."""
        version, _ = await self.read([])
        return version

    async def probe(self) -> int:
        """The data version as the engine says it now; raises what `read` raises."""
        (meta,) = await self.store.read_each([META])
        return check_meta(meta)

    async def ask(
        self, query: Query, given: Mapping[str, Any] | None = None, *, most: int | None = None
    ) -> Answer[list[Row]]:
        """One catalogue query with parameters as text or values.

        Raises `BadParameter`, and what `read` raises; `ResultTooLarge` for more than `most` rows.
        """
        parameters = query.bind(given or {}, today=self.today())
        version, (rows,) = await self.read([query.select(parameters)], most=most)
        return Answer(rows, self.stamp([query], parameters, version, len(rows)))

    def stamp(
        self,
        queries: Sequence[Query],
        parameters: Mapping[str, Any],
        version: int,
        rows: int,
        *,
        profile: str | None = None,
        withheld: Iterable[str] = (),
        about: Collection[str] = (),
    ) -> Stamp:
        """The stamp of a result made from these queries; `withheld` are files that were not run.

        `about`: the areas that a result is about which is asked for no one area; registers of others are
        not behind it.
        """
        day, area = parameters.get("as_of"), parameters.get("area")
        day = day if isinstance(day, date) else self.today()
        of = area if isinstance(area, str) else self.viewer.area
        loads, scope = loads_about(self.known.loads, about), self.viewer.area
        deliveries = deliveries_for(loads, area=of, day=day, days=self.settings.register_days)
        said = [warning_of(deliveries, day), inexact_of(loads, area=of, scope=scope, day=day)]
        warnings = [w for w in said if w is not None]
        return Stamp(
            queries={q.name: q.revision for q in queries},
            parameters=dict(parameters),
            as_of=parameters.get("as_of") or self.today(),
            data_version=version,
            area=parameters.get("area"),
            profile=profile,
            rows=rows,
            deliveries=deliveries,
            warning_zh="；".join(w[0] for w in warnings) or None,
            warning_en="; ".join(w[1] for w in warnings) or None,
            withheld=sorted(withheld),
        )

    def bind_known(
        self, query: Query, given: Mapping[str, Any], extra: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """Bind the shared parameters (`as_of`, `area`) that a file declares, and its own."""
        names = {p.name for p in query.parameters}
        shared = {k: v for k, v in given.items() if k in names}
        return query.bind({**shared, **(extra or {})}, today=self.today())
