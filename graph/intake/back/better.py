"""What the graph knows better than a cell: a value, a thing, a person in a post."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graph.catalogue import Select
from graph.loading.cells import BadCell
from graph.loading.register.days import read_day
from graph.loading.register.headings import SHEET_NAME, HeadingProposal
from graph.loading.register.kinds import Thing
from graph.loading.register.likeness import same_name
from graph.loading.register.names import read_names
from graph.loading.register.reading import Mentioned, Reading
from graph.loading.register.shown import Cell
from graph.loading.register.texts import text_of
from graph.loading.register.values import is_unknown, with_unit
from graph.model import NODES, OPEN_END, label_of
from graph.model.base import Property
from graph.model.precision import is_exclusive, shown_day
from graph.private import FREE
from graph.reading.graph import Graph
from graph.reading.names import BATCH
from graph.reading.names import read_names as names_of
from graph.store import Row


@dataclass(frozen=True)
class Better:
    """Of a cell (column from 0) what the graph has, in words."""

    column: int
    heading: str
    zh: str
    en: str


@dataclass
class Standing:
    """What the graph holds of the things of a register, as the viewer may see it.

    `nodes` by id; `posts` by body, which are empty unless personal data are shown; `sources` are the names
    of documents.
    """

    nodes: dict[str, dict[str, Any]] = field(default_factory=dict)
    posts: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    sources: dict[str, str] = field(default_factory=dict)
    day: date = date.min


async def read_standing(graph: Graph, ids: Iterable[str], day: date) -> Standing:
    """Nodes that are there and seen, and the posts in those that are bodies."""
    found = Standing(day=day)
    groups: dict[str, list[str]] = defaultdict(list)
    for id_ in sorted(set(ids)):
        if graph.viewer.sees(id_):
            groups[label_of(id_)].append(id_)
    for label, group in groups.items():
        for part in (group[i : i + BATCH] for i in range(0, len(group), BATCH)):
            text = f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN properties(n) AS node"
            for row in (await graph.read([Select(text, {"ids": part}, ())]))[1][0]:
                node = row["node"]
                found.nodes[node["id"]] = graph.viewer.properties(label, node)[0]
            if NODES[label].body and graph.viewer.personal:
                posts = (
                    f"UNWIND $ids AS id MATCH (b:{label} {{id: id}}) WITH b "
                    "MATCH (p:Person)-[e:HOLDS_POST]->(b) RETURN b.id AS body, p.name AS name, "
                    "e.role AS role, e.since AS since, e.until AS until, e.source AS source, "
                    "e.since_known AS since_known"
                )
                for row in (await graph.read([Select(posts, {"ids": part}, ())]))[1][0]:
                    found.posts[row["body"]].append(row)
    named = {str(n.get("source")) for n in found.nodes.values()}
    named |= {str(row["source"]) for rows in found.posts.values() for row in rows}
    found.sources = {i: str(n["name"]) for i, n in (await names_of(graph, named)).items()}
    return found


def better_than(
    reading: Reading, proposal: HeadingProposal, number: int, row: Mentioned, standing: Standing
) -> list[Better]:
    """What the graph has beside a row (counted from 0) and its cells do not say."""
    found: dict[str, Better] = {}
    beside, absent = _Beside(reading, row, standing), set[str]()
    cells = proposal.sheet.rows[number]
    for column in proposal.columns:
        role, _, name = str(column.field).partition(".")
        thing = reading.kind.things.get(role)
        if thing is None or column.field in found or column.index == SHEET_NAME:
            continue
        if role not in row.found:
            # The first of its columns says it: that of its chair, where it has none for its name.
            words = None if role in absent else beside.thing(thing)
            absent.add(role)
        elif name.startswith("post."):
            same = [cells[c.index] for c in proposal.columns if c.field == column.field]
            words = beside.post(thing, name.removeprefix("post."), same)
        else:
            words = beside.value(thing, name, cells[column.index], column.heading)
        if words is not None:
            found[str(column.field)] = Better(column.index, column.heading, *words)
    return list(found.values())


@dataclass(frozen=True)
class _Beside:
    """One row beside the graph; sentences in both languages, None where the graph knows no better."""

    reading: Reading
    row: Mentioned
    standing: Standing

    def value(self, thing: Thing, name: str, cell: Cell, heading: str) -> tuple[str, str] | None:
        """A value of a thing, where the cell says another one or none."""
        node, prop = self.standing.nodes.get(self.row.found[thing.role], {}), thing.properties.get(name)
        if prop is None or node.get(name) is None:
            return None
        shown = _shown(node, name, prop)
        text = cell if isinstance(cell, str) and not is_unknown(cell) else ""
        text = with_unit(text, heading, prop.prop.unit)
        if text:
            # What this register itself delivered before is no better than what it says now.
            same = node.get("source") == self.reading.source or _same(
                thing.label, name, prop, text, node[name]
            )
            if same or (name == "name" and not node.get("named", True)):
                return None
        elif name == "name" or (name in FREE and node.get("source") == self.reading.source):
            # A remark may be made of other cells of the row: 户数：312户（含商铺12户）.
            return None
        source = self.standing.sources.get(str(node.get("source")), str(node.get("source")))
        return f"图中为 {shown}（据 {source}）", f"the graph has {shown} ({source})"

    def thing(self, thing: Thing) -> tuple[str, str] | None:
        """A thing that the graph has and the row does not speak of, or says that there is none."""
        owner = self.row.found.get(thing.of or thing.at or "")
        if owner is None:
            return None
        there = sorted(
            self.reading.ids.known.only.get((thing.label, owner), set()) & self.standing.nodes.keys()
        )
        if not there:
            return None
        names = "、".join(str(self.standing.nodes[i].get("name")) for i in there)
        return f"图中有 {names}", f"the graph has {names}"

    def post(self, thing: Thing, post: str, cells: list[Cell]) -> tuple[str, str] | None:
        """Who holds a post by another record than this register, and who of the cell has left it."""
        said: set[str] = set()
        for cell in cells:
            try:
                named = (
                    read_names(str(cell), self.reading.form.split, thing.label)
                    if isinstance(cell, str)
                    else []
                )
            except BadCell:
                continue
            # 郑某（2016-2021） says itself that somebody has left.
            said |= {same_name("Person", n.name) for n in named if n.term is None or n.term.end is None}
        held = [
            r for r in self.standing.posts.get(self.row.found.get(thing.role, ""), ()) if r["role"] == post
        ]
        now = [r for r in held if r["since"] <= self.standing.day < r["until"]]
        holds = {same_name("Person", r["name"]) for r in now}
        zh, en = [], []
        for r in now:
            if r["source"] != self.reading.source and same_name("Person", r["name"]) not in said:
                source = self.standing.sources.get(r["source"], r["source"])
                since = f"自 {r['since']}，" if r["since_known"] else ""
                zh.append(f"图中为 {r['name']}（{since}据 {source}）")
                en.append(f"the graph has {r['name']} ({source})")
        for r in held:
            plain = same_name("Person", r["name"])
            if r["until"] != OPEN_END and r["until"] <= self.standing.day and plain in said - holds:
                zh.append(f"{r['name']} 已于 {r['until']} 卸任")
                en.append(f"{r['name']} left on {r['until']}")
        return ("；".join(zh), "; ".join(en)) if zh else None


def _same(label: str, name: str, prop: Property, text: str, value: Any) -> bool:
    """Whether a cell says the value; what cannot be read says another one."""
    if name == "name":
        return same_name(label, text) == same_name(label, str(value))
    try:
        if prop.kind == "date":
            day = read_day(text)
            return bool(value == (day.after if is_exclusive(name) else day.day))
        said = text_of(text, prop)
    except BadCell:
        return False
    if prop.kind == "bool":
        return said == str(bool(value)).lower()
    return float(said) == float(value) if prop.kind in ("int", "float") else said == str(value)


def _shown(node: Mapping[str, Any], name: str, prop: Property) -> str:
    """A value as a register would have it; of a day as much as is known."""
    value = node[name]
    if isinstance(value, date):
        return shown_day(node, name)
    if isinstance(value, bool):
        return "是" if value else "否"
    if prop.vocabulary is not None:
        return next((t.zh for t in prop.vocabulary if t.value == value), str(value))
    number = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    return f"{number}{prop.prop.unit or ''}" if prop.kind in ("int", "float") else number
