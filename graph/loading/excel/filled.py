"""What one source has in the graph, as rows of a template: to be corrected and loaded again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graph.errors import BadParameter
from graph.loading.cells import shown_term
from graph.loading.excel.layout import ITEMS, LAYOUTS, Layout
from graph.model import EDGES, NODES, OPEN_END, OPEN_START
from graph.model.base import Property
from graph.spelling import fold
from graph.store import Row, Store
from graph.store.version import read_loads

Cells = list[Any]
"""The cells of a row: texts, numbers and days."""


@dataclass
class Filled:
    """What a template is filled with: the cover by key, the rows by type."""

    cover: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[Cells]] = field(default_factory=dict)


async def read_filled(store: Store, place: str, source: str | None = None) -> Filled:
    """What the last delivery of a place gave and what has become of it; nothing of other sources.

    Loaded again, it changes nothing. Raises `BadParameter` for a place of which nothing was loaded,
    and where several sources delivered for it and none is chosen.
    """
    (names,) = await store.read([("MATCH (d:SourceDocument) RETURN d.id AS id, d.name AS name", {})])
    load = _chosen(await read_loads(store), place, source, {row["id"]: str(row["name"]) for row in names})
    documents = "MATCH (d:SourceDocument {source: $source}) RETURN d.id AS id"
    (rows,) = await store.read([(documents, {"source": load["source"]})])
    sources = sorted({load["source"], *(row["id"] for row in rows)})
    filled = Filled({item.key: _cover_text(item.key, load) for item in ITEMS})
    for layout in LAYOUTS:
        found = await _read(store, layout, sources)
        if found:
            filled.rows[layout.name] = [_cells(layout, row, load["source"]) for row in found]
    return filled


def _chosen(
    loads: Sequence[Mapping[str, Any]], place: str, source: str | None, names: Mapping[str, str]
) -> Mapping[str, Any]:
    """The load of a source by its id, its name, or a part of that that no other has: 网格员名册."""
    there = [load for load in loads if place in (load["place"], load["place_zh"])]
    exact = [load for load in there if source in (None, load["source"], names.get(load["source"]))]
    found = exact or [load for load in there if fold(str(source)) in fold(names.get(load["source"], ""))]
    if len(found) == 1:
        return found[0]
    if there:
        listed = "、".join(f"{names.get(load['source'], '')}（{load['source']}）" for load in there)
        raise BadParameter(
            f"“{place}”的来源有：{listed}；请用 --source 选一个。",
            f"sources of {place!r}: {listed}; choose one with --source.",
            subject="source",
        )
    listed = "、".join(dict.fromkeys(load["place_zh"] for load in loads)) or "（无）"
    raise BadParameter(
        f"没有导入过“{place}”；已导入：{listed}。", f"nothing was loaded of {place!r}.", subject="place"
    )


def _cover_text(key: str, load: Mapping[str, Any]) -> str:
    """The content of an item of the cover, in its words where it has some."""
    if key == "coordinates":
        return "wgs84"  # whatever they were given in
    value = load.get(key)
    if value is None:
        return ""
    if key == "synthetic":
        return "是" if value else "否"
    return value.isoformat() if isinstance(value, date) else str(value)


async def _read(store: Store, layout: Layout, sources: list[str]) -> list[Row]:
    if layout.folder == "nodes":
        text = f"MATCH (n:{layout.name}) WHERE n.source IN $sources RETURN properties(n) AS p ORDER BY n.id"
        return [row["p"] for row in (await store.read([(text, {"sources": sources})]))[0]]
    text = (
        f"MATCH (a)-[e:{layout.name}]->(b) WHERE e.source IN $sources "
        "RETURN a.id AS start, b.id AS end, properties(e) AS p ORDER BY e.id"
    )
    rows = (await store.read([(text, {"sources": sources})]))[0]
    return [{**row["p"], "from": row["start"], "to": row["end"]} for row in rows]


def _cells(layout: Layout, row: Mapping[str, Any], source: str) -> Cells:
    return [_cell(name, layout.properties.get(name), row.get(name), source) for name in layout.headings]


def _cell(name: str, column: Property | None, value: Any, source: str) -> Any:
    """A value as a cell of the template; empty where the import fills the same in."""
    default = (name == "source" and value == source) or (name == "named" and value is True)
    if value is None or default or value in (OPEN_START, OPEN_END) or (name == "spell" and value == 1):
        return None
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "；".join(_word(v, column) for v in value) or "-"
    return value if isinstance(value, (int, float, date)) else _word(value, column)


def _word(value: str, column: Property | None) -> str:
    if column is None or column.vocabulary is None:
        return value
    return shown_term(column.vocabulary(value))  # type: ignore[call-arg]


def holds_persons(filled: Filled) -> bool:
    """Whether anything in it is personal: then it is given to who has the right only."""
    return any(
        name == "Person" or (name in EDGES and _about_persons(name))
        for name in filled.rows
        if name in NODES or name in EDGES
    )


def _about_persons(type_: str) -> bool:
    edge = EDGES[type_]
    return edge.flag is not None or any("Person" in (*froms, *tos) for froms, tos in edge.ends)
