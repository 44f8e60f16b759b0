"""What the service itself keeps in the graph beside the model: is it whole, and is nothing else there.

`Meta` says which state the data are in, `Load` what was delivered, `ChangeSet` and `LoadJournal` what takes
it back; unique ids are kept by constraints. Each finding is an element, and a sentence in both languages.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any, get_args

from graph.loading.sound_elements import Said
from graph.model import EDGES, NODES
from graph.store import Store
from graph.store.history import Occasion, unpack
from graph.store.schema import OPERATIONAL, constraint_names
from graph.store.version import DERIVED

Found = tuple[str, str, str]
"""Element, sentence in Chinese, in English."""

_LOAD = ("source", "place", "place_zh", "folder", "digest", "loaded_at")
_SET = ("source", "title", "at")


async def strangers(store: Store) -> AsyncIterator[Found]:
    """Nodes of labels and edges of types that neither the model nor the service has."""
    known = {*NODES, *OPERATIONAL}
    async for labels, count in rows(
        store, "MATCH (n) WITH labels(n) AS labels, count(*) AS n RETURN labels, n"
    ):
        if len(labels) != 1 or labels[0] not in known:
            name = ":".join(sorted(labels))
            yield (
                name,
                f"{count} 个节点的类型不在模型中：{name or '无'}",
                f"{count} nodes are of no kind: {name or 'none'}",
            )
    async for type_, count in rows(
        store, "MATCH ()-[e]->() WITH type(e) AS type, count(*) AS n RETURN type, n"
    ):
        if type_ not in EDGES:
            yield (
                type_,
                f"{count} 条关系的类型不在模型中",
                f"{count} edges are of a type that the model has not",
            )


async def unguarded(store: Store) -> AsyncIterator[Found]:
    """Constraints that keep ids unique and are gone."""
    there = {name async for (name,) in rows(store, "SHOW CONSTRAINTS YIELD name RETURN name")}
    # A graph that was never loaded into has none yet.
    if there or [n async for (n,) in rows(store, "MATCH (m:Meta) RETURN m.id")]:
        for name in sorted(constraint_names() - there):
            zh, en = "缺少编号唯一的约束", "the constraint that keeps ids unique is missing"
            yield (
                name,
                f"{zh}：cobuild verify --rebuild 予以补上",
                f"{en}: `cobuild verify --rebuild` adds it",
            )


async def state(store: Store) -> AsyncIterator[Found]:
    """`Meta`: there is one, and it says what the data version is and whether a load is under way."""
    metas = [found async for (found,) in rows(store, "MATCH (m:Meta) RETURN properties(m)")]
    anything = [0 async for _ in rows(store, "MATCH (n) RETURN 0 LIMIT 1")]
    if anything and not any(meta.get("id") == "meta" for meta in metas):
        yield "meta", "缺少 Meta：数据版本不明", "Meta is missing: nobody knows the data version"
    for meta in metas:
        for zh, en in _meta(meta):
            yield str(meta.get("id")), f"Meta：{zh}", f"Meta: {en}"


def _meta(meta: Mapping[str, Any]) -> Said:
    version, state = meta.get("data_version"), meta.get("state")
    if meta.get("id") != "meta":
        yield "只应有一个，编号为 meta", "expected one, with the id meta"
    if not _is_number(version):
        yield "data_version 不是数据版本", "data_version is no data version"
    if state not in ("complete", "loading"):
        yield "state 不是 complete 或 loading", "state is neither complete nor loading"
    if state == "loading":
        yield (
            "导入未完成：仍在进行，或须用 cobuild load --resume 继续、--discard 撤销",
            "a load is not complete: it runs, or has to be ended with `cobuild load --resume` or `--discard`",
        )
    if not isinstance(meta.get("mark"), str | None):
        yield "mark 不是文本", "mark is no text"
    if version and meta.get("derived") != DERIVED:
        yield (
            "推导关系不是本版本的：cobuild verify --rebuild 予以补齐",
            "derived edges are not those of this version: `cobuild verify --rebuild` adds them",
        )


async def deliveries(store: Store) -> AsyncIterator[Found]:
    """`Load`: what was delivered last of each source; there is one at least where there are data."""
    loads = [found async for (found,) in rows(store, "MATCH (l:Load) RETURN properties(l)")]
    documents = [0 async for _ in rows(store, "MATCH (d:SourceDocument) RETURN 0 LIMIT 1")]
    if documents and not loads:
        yield "", "没有任何交付的记录（Load）", "nothing says what was delivered (Load)"
    for load in loads:
        id_ = str(load.get("id"))
        for name in (name for name in _LOAD if not isinstance(load.get(name), str)):
            yield id_, f"Load：缺少 {name}", f"Load: {name} is missing"
        if id_ != f"load-{load.get('source')}":
            yield id_, "Load：编号与来源不符", "Load: the id is not that of its source"


async def history(store: Store) -> AsyncIterator[Found]:
    """`ChangeSet` and `LoadJournal`: every set says what it was, and every part can be read."""
    numbers = set()
    async for (made,) in rows(store, "MATCH (c:ChangeSet) RETURN properties(c)"):
        numbers.add(made.get("number"))
        for zh, en in _set(made):
            yield str(made.get("id")), f"ChangeSet：{zh}", f"ChangeSet: {en}"
    loading = [0 async for _ in rows(store, "MATCH (m:Meta {state: 'loading'}) RETURN 0")]
    async for id_, number, undo in rows(store, "MATCH (j:LoadJournal) RETURN j.id, j.number, j.undo"):
        try:
            unpack(undo)
        except Exception:  # whatever it is, it takes nothing back
            zh, en = "无法读取，不能据以撤销", "cannot be read, so nothing is undone by it"
            yield str(id_), f"LoadJournal：{zh}", f"LoadJournal: {en}"
        if number not in numbers and not loading:
            zh, en = "没有它所属的 ChangeSet", "the ChangeSet that it is of is missing"
            yield str(id_), f"LoadJournal：{zh}", f"LoadJournal: {en}"


def _set(made: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if not _is_number(made.get("number")) or made.get("id") != f"change-{made['number']:06}":
        yield "编号与次数不符", "the id is not that of its number"
    if made.get("kind") not in get_args(Occasion):
        yield "kind 不成立", "kind says nothing"
    for name in (name for name in _SET if not isinstance(made.get(name), str)):
        yield f"缺少 {name}", f"{name} is missing"


async def rows(store: Store, text: str) -> AsyncIterator[list[Any]]:
    """The rows of a statement that the service reads as a whole."""
    async with store.cursor(text, {}, time_limit=None) as cursor:
        while found := await cursor.batch():
            for row in found:
                yield row


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
