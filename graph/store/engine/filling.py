"""The engine's side of what a load creates beside the graph: rows of a file become nodes and edges.

Used by `twin` alone. The engine's own batch writer connects edges in the order of their nodes, which takes a
third of what statements take; it needs the engine's process.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import jpype

EDGES = 20_000
"""Edges that are connected at a time, and committed together."""
INCOMING = 200_000
"""Edges that are kept in memory until they are connected to the nodes where they end."""


class NotThere(Exception):
    """An edge begins or ends at a node that is not there."""


class Filling:
    """Rows on their way into a database that no one asks yet; every commit is in its log, on the disk."""

    def __init__(self, database: Any) -> None:
        self._database = database
        self._nodes: dict[str, Any] = {}
        """The places of nodes by id: of those that were created, and of those that were named."""
        self._type = ""
        flush = jpype.JClass("com.arcadedb.engine.WALFile$FlushType").YES_NOMETADATA
        batch = database.batch().withBatchSize(EDGES).withCommitEvery(EDGES).withLightEdges(False)
        batch = batch.withPreAllocateEdgeChunks(False).withMaxDeferredIncomingEdges(INCOMING)
        self._batch = batch.withWAL(True).withWALFlush(flush).withParallelFlush(False).build()

    def fill(self, lines: Iterable[bytes], told: Callable[[int], None]) -> None:
        """Create what the lines say (`graph.store.parts`); `told` is given the rows done, now and then.

        Raises `NotThere`, or an exception of Java: the database is then to be dropped.
        """
        done = 0
        try:
            for line in lines:
                part = json.loads(line)
                if "known" in part:
                    self._look_up(part["known"], part["ids"])
                    continue
                rows = list(_rows(part))
                if part["starts"] is None:
                    self._create_nodes(part["kind"], part["columns"]["id"], rows)
                else:
                    self._create_edges(part, rows)
                done += len(rows)
                told(done)
            self._batch.close()
        except BaseException:
            self._batch.abandon()
            if self._database.isTransactionActive():
                self._database.rollback()
            raise

    def _look_up(self, label: str, ids: Sequence[str]) -> None:
        for id_ in ids:
            found = self._database.lookupByKey(label, "id", id_)
            if not found.hasNext():
                raise NotThere(id_)
            self._nodes[id_] = found.next().getIdentity()

    def _create_nodes(self, label: str, ids: Sequence[str], rows: list[Any]) -> None:
        made = self._batch.createVertices(label, jpype.JArray(jpype.JObject, 2)(rows))
        self._nodes.update(zip(ids, made, strict=True))
        gc.freeze()  # Python looks through what is held at every collection of Java's: see `child`

    def _create_edges(self, part: dict[str, Any], rows: list[Any]) -> None:
        if self._type != part["kind"]:  # only edges of one type are written in one go
            self._batch.flush()
            self._type = part["kind"]
        type_, new, nodes = jpype.JString(self._type), self._batch.newEdge, self._nodes
        try:
            for start, end, row in zip(part["starts"], part["ends"], rows, strict=True):
                new(nodes[start], type_, nodes[end], row)
        except KeyError as missing:
            raise NotThere(str(missing)) from missing


def _rows(part: dict[str, Any]) -> Iterator[Sequence[Any]]:
    """Each row as name, value, name, value; what a row does not have is left out."""
    columns = {name: _column(values, name in part["dates"]) for name, values in part["columns"].items()}
    count = len(part["columns"]["id"])
    columns |= {
        name: [_java(value, isinstance(value, str) and name in part["dates"])] * count
        for name, value in part["constants"].items()
    }
    names = {name: jpype.JString(name) for name in columns}
    full = [(names[name], values) for name, values in columns.items() if None not in values]
    some = [(names[name], values) for name, values in columns.items() if None in values]
    flat = zip(*chain.from_iterable((repeat(name, count), values) for name, values in full), strict=True)
    for i, row in enumerate(flat):
        more = [(name, values[i]) for name, values in some if values[i] is not None]
        yield [*row, *chain.from_iterable(more)] if more else row


def _column(values: list[Any], dates: bool) -> list[Any]:
    """Values as Java has them; each that occurs again is made once."""
    first = next((value for value in values if value is not None), None)
    if isinstance(first, list):
        return [value if value is None else _java(value, dates) for value in values]
    different = set(values)
    if isinstance(first, str) and not dates and 4 * len(different) > len(values):
        return values
    made = {value: value if value is None else _java(value, dates) for value in different}
    return [made[value] for value in values]


def _java(value: Any, date: bool) -> Any:
    """A value as the engine gets it over Bolt."""
    if date:
        return jpype.JClass("java.time.LocalDate").parse(value)
    if isinstance(value, list):
        return jpype.JClass("java.util.ArrayList")([jpype.JString(each) for each in value])
    if isinstance(value, bool):
        return jpype.JClass("java.lang.Boolean")(value)
    if isinstance(value, int):
        return jpype.JClass("java.lang.Long")(value)
    if isinstance(value, float):
        return jpype.JClass("java.lang.Double")(value)
    return jpype.JString(value)


def lines_of(path: Path) -> Iterator[bytes]:
    """The lines of a file, one after the other."""
    with path.open("rb") as file:
        yield from file
