"""Whether what is in the graph is sound: files, elements, what the service keeps, derived edges.

Whatever is met on the way, an error of the engine or a value of no kind, is a flaw among others: the rest is
looked at all the same. What is gone with all its edges and left no trace is not met: counts before and after
a load are compared by `outcome`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from graph.errors import GraphError
from graph.labels import Label
from graph.loading import sound_state
from graph.loading.sound_elements import Judge
from graph.loading.sound_state import Found, rows
from graph.model import EDGES, NODES
from graph.store import Store
from graph.store.derived import verify_whole

Part = Literal["files", "elements", "state", "derived"]
MOST = 10_000
"""Flaws that are reported; where there are more the graph is beyond them."""
_STATE: dict[Part, tuple[Callable[[Store], AsyncIterator[Found]], ...]] = {
    "elements": (sound_state.strangers,),
    "state": (sound_state.unguarded, sound_state.state, sound_state.deliveries, sound_state.history),
}
_DIFFERS = (
    (
        "与重新计算的不符：cobuild verify --rebuild 予以修正",
        "differs from a recomputation: `cobuild verify --rebuild` mends it",
    ),
    (
        "与重新计算的不符，可能因所依据的元素已损坏",
        "differs from a recomputation, perhaps since what it follows from is damaged",
    ),
)
"""The second where something that derived edges follow from is damaged itself."""


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
    judge = Judge(await _documents(store))
    for kind in (*NODES, *EDGES):
        looked_at(kind)
        judge.next_kind()
        try:
            async for row in rows(store, _question(kind)):
                for flaw in _judged(kind, row, judge):
                    yield flaw
        except Exception as error:  # a damaged file may show itself by any of them
            yield _unreadable("elements", kind, error)
    for part, looks in _STATE.items():
        for look in looks:
            looked_at(look.__name__)
            try:
                async for element, zh, en in look(store):
                    yield Flaw(part, element, "", zh, en)
            except Exception as error:  # likewise
                yield _unreadable(part, look.__name__, error)
    looked_at("derived")
    async for flaw in _derived(store):
        yield flaw


async def _derived(store: Store) -> AsyncIterator[Flaw]:
    try:
        changes, damaged = await verify_whole(store)
    except Exception as error:  # likewise
        yield _unreadable("derived", "", error)
        return
    if damaged:
        zh, en = f"{damaged} 个元素已损坏，不能比较", f"{damaged} elements are damaged and cannot be compared"
        yield Flaw("derived", "", "", zh, en)
    for change in changes:
        yield Flaw("derived", change.id, change.action, *_DIFFERS[damaged > 0])


async def _documents(store: Store) -> set[str]:
    """The sources that elements may name; that they cannot be read is found with their own kind."""
    found = set()
    try:
        async for (id_,) in rows(store, "MATCH (d:SourceDocument) RETURN d.id"):
            found.add(id_)
    except Exception:  # noqa: S110 - told when the kind itself is looked at
        pass
    return found


def _question(kind: str) -> str:
    if kind in NODES:
        return f"MATCH (n:{kind}) RETURN properties(n)"
    return f"MATCH (a)-[n:{kind}]->(b) RETURN properties(n), [a.id, b.id], [labels(a)[0], labels(b)[0]]"


def _judged(kind: str, row: list[Any], judge: Judge) -> Iterator[Flaw]:
    properties = row[0]
    id_ = str(properties.get("id", "?"))
    said: Iterable[tuple[str, str]] = judge.node(kind, *row) if kind in NODES else judge.edge(kind, *row)
    try:
        for zh, en in said:
            yield Flaw("elements", id_, "", f"{kind}：{zh}", f"{kind}: {en}")
    except Exception as error:  # a value that nothing can be done with
        yield _unreadable("elements", id_, error)


def _unreadable(part: Part, element: str, error: Exception) -> Flaw:
    zh, en = (error.zh, error.en) if isinstance(error, GraphError) else (repr(error), repr(error))
    return Flaw(part, element, "", f"无法读取：{zh}", f"cannot be read: {en}")
