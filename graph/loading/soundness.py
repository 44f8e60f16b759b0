"""Whether what is in the graph is sound: files, every element against the model, derived edges.

Whatever is met on the way, an error of the engine or a value of no kind, is a flaw among others: the rest is
looked at all the same.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from graph.errors import GraphError
from graph.labels import Label
from graph.model import EDGES, NODES, edge_id, is_valid_id
from graph.model.base import Element, Property
from graph.store import Store
from graph.store.derived import verify

Part = Literal["files", "elements", "derived"]
MOST = 10_000
"""Flaws that are reported; where there are more the graph is beyond them."""
_KINDS: dict[str, tuple[type, ...]] = {
    "text": (str,),
    "enum": (str,),
    "int": (int,),
    "float": (float, int),
    "bool": (bool,),
    "date": (date,),
    "list": (list,),
}

_ALWAYS = ("spell", "since", "until", "since_known")
"""What the import writes on every edge."""


@dataclass(frozen=True)
class Flaw:
    """Something that is not as it should be; of derived edges `action` is what would mend it."""

    part: Annotated[Part, Label("部分")]
    element: Annotated[str, Label("元素")]
    action: Annotated[str, Label("修正")]
    zh: Annotated[str, Label("说明")]
    en: str


async def flaws(store: Store, looked_at: Callable[[str], None] = lambda _: None) -> AsyncIterator[Flaw]:
    """Every flaw, at most `MOST`; `looked_at` is called with each kind before it is read.

    Raises `StoreUnavailable` where the engine cannot be reached.
    """
    count = 0
    async for flaw in _all(store, looked_at):
        yield flaw
        count += 1
        if count == MOST:
            return


async def _all(store: Store, looked_at: Callable[[str], None]) -> AsyncIterator[Flaw]:
    limit = store.settings.time_limit
    async with store.cursor("RETURN 1", {}, time_limit=limit) as cursor:
        await cursor.batch()  # an engine that cannot be reached says nothing of the graph
    if store.engine is not None:
        looked_at("files")
        for line in await store.engine.check() or ():
            yield Flaw("files", "", "", f"引擎自检：{line}", f"the engine's own check: {line}")
    for kind in (*NODES, *EDGES):
        looked_at(kind)
        text, judge = _question(kind)
        try:
            async with store.cursor(text, {}, time_limit=None) as cursor:
                while rows := await cursor.batch():
                    for row in rows:
                        for flaw in _judged(kind, row, judge):
                            yield flaw
        except Exception as error:  # a damaged file may show itself by any of them
            yield _unreadable("elements", kind, error)
    looked_at("derived")
    try:
        for change in await verify(store):
            yield Flaw(
                "derived",
                change.id,
                change.action,
                "与重新计算的不符：cobuild verify --rebuild 予以修正",
                "differs from a recomputation: `cobuild verify --rebuild` mends it",
            )
    except Exception as error:  # likewise
        yield _unreadable("derived", "", error)


def _question(kind: str) -> tuple[str, Callable[..., Iterator[tuple[str, str]]]]:
    if kind in NODES:
        return f"MATCH (n:{kind}) RETURN properties(n)", _node
    text = f"MATCH (a)-[n:{kind}]->(b) RETURN properties(n), [a.id, b.id], [labels(a)[0], labels(b)[0]]"
    return text, _edge


def _judged(kind: str, row: list[Any], judge: Callable[..., Iterator[tuple[str, str]]]) -> Iterator[Flaw]:
    properties = row[0]
    id_ = str(properties.get("id", "?"))
    try:
        for zh, en in judge(kind, *row):
            yield Flaw("elements", id_, "", f"{kind}：{zh}", f"{kind}: {en}")
    except Exception as error:  # a value that nothing can be done with
        yield _unreadable("elements", id_, error)


def _node(label: str, properties: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield from _values(NODES[label], properties)
    if not is_valid_id(label, str(properties.get("id"))):
        yield "编号不是这一类型的", "the id is not one of this type"


def _edge(
    type_: str, properties: Mapping[str, Any], ends: list[str], labels: list[str]
) -> Iterator[tuple[str, str]]:
    edge, (start, end) = EDGES[type_], ends
    yield from _values(edge, properties, _ALWAYS)
    if not edge.joins(*labels):
        yield "不应从 {} 连到 {}".format(*labels), "does not go from {} to {}".format(*labels)
    if "since" in properties and "until" in properties and properties["until"] <= properties["since"]:
        yield "终止日不晚于起始日", "ends no later than it begins"
    if edge.derived:
        return
    key = properties.get(edge.key) if edge.key else None
    if properties.get("id") != edge_id(type_, start, end, key, properties.get("spell") or 1):
        yield f"编号与两端不符：{start} → {end}", f"the id is not that of its ends: {start} → {end}"


def _values(
    element: type[Element], properties: Mapping[str, Any], computed: Collection[str] = ()
) -> Iterator[tuple[str, str]]:
    known = element.properties()
    for name in properties.keys() - known.keys() - {"id"}:
        yield f"模型中没有属性 {name}", f"the model has no property {name}"
    for name, column in known.items():
        value = properties.get(name)
        if value is None and (column.required or name in computed):
            yield f"缺少 {name}", f"{name} is missing"
        elif value is not None and not _fits(value, column):
            yield f"{name} 的值不是 {column.kind}", f"the value of {name} is not of kind {column.kind}"


def _fits(value: Any, column: Property) -> bool:
    if not isinstance(value, _KINDS[column.kind]) or (column.kind in ("int", "float") and value is True):
        return False
    items: list[Any] = value if isinstance(value, list) else [value]
    return column.vocabulary is None or all(item in column.vocabulary.__members__.values() for item in items)


def _unreadable(part: Part, element: str, error: Exception) -> Flaw:
    zh, en = (error.zh, error.en) if isinstance(error, GraphError) else (repr(error), repr(error))
    return Flaw(part, element, "", f"无法读取：{zh}", f"cannot be read: {en}")
