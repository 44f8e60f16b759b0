"""What was changed in the graph, and what takes it back: change sets, numbered, written with the change.

A set is a node `ChangeSet`; what takes it back is kept in parts, in nodes `LoadJournal` of the same
number, as inverse changes. Parts of a number above the last set belong to a load under way.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from itertools import repeat
from typing import Annotated, Any, Literal, TypedDict

import orjson

from graph.labels import Label
from graph.model import EDGES
from graph.model.precision import MARKS, put_value, same_value, with_day
from graph.store import Store, Transaction
from graph.store.changes import CHUNK, Change, from_json, to_json
from graph.store.parts import NewRows
from graph.store.version import written_at

Occasion = Literal["load", "undo", "decision", "merge"]
ERASED = "p-000000-erased"
"""Stands for a person who was erased, in merges."""
_LAST = "MATCH (c:ChangeSet) RETURN max(c.number) AS last"


@dataclass(frozen=True)
class ChangeSet:
    """One load, one load undone, or one decision on appointments.

    `source` is the document that it speaks for; `who` is empty for a decision, of which the ledger
    knows that. `options` are those of a load that say more than the delivery.
    """

    number: Annotated[int, Label("次")]
    kind: Annotated[Occasion, Label("事项")]
    source: Annotated[str, Label("来源")]
    title: Annotated[str, Label("内容")]
    who: Annotated[str, Label("经办人")] = ""
    at: Annotated[str, Label("时间")] = ""
    options: Annotated[str, Label("选项")] = ""
    created: Annotated[int, Label("新增")] = 0
    changed: Annotated[int, Label("变更")] = 0
    ended: Annotated[int, Label("终止")] = 0
    removed: Annotated[int, Label("删除")] = 0
    version: Annotated[int, Label("数据版本")] = 0
    undoes: int | None = None
    undone_by: Annotated[int | None, Label("撤销于")] = None
    before: str = ""
    """JSON of what was known of the source's last delivery before, empty if nothing was."""


@dataclass(frozen=True)
class Touch:
    """What others made of an element since its source gave it: the element as that had left it, and who.

    `by` is by property the last set that changed it; "" stands for the whole element, made or removed.
    """

    earlier: dict[str, Any] | None
    by: dict[str, ChangeSet] = field(default_factory=dict)

    def of(self, name: str = "") -> ChangeSet | None:
        """Who changed a property, or the whole element."""
        return self.by.get(name) or self.by.get("")


class Counts(TypedDict):
    """How many elements were created, changed, ended (their last day moved to an earlier one), removed."""

    created: int
    changed: int
    ended: int
    removed: int


def counts(changes: Iterable[Change]) -> Counts:
    """Count changes by what they do."""
    found = Counts(created=0, changed=0, ended=0, removed=0)
    for change in changes:
        if change.before is None:
            found["created"] += 1
        elif change.after is None:
            found["removed"] += 1
        else:
            found["ended" if is_end(change) else "changed"] += 1
    return found


def is_end(change: Change) -> bool:
    """Whether a change does nothing but let an edge end earlier than it did."""
    before, after = change.before or {}, change.after or {}
    ends = "until" in before and "until" in after and after["until"] < before["until"]
    return ends and with_day(before, "until", None) == with_day(after, "until", None)


async def last_number(tx: Transaction) -> int:
    """The number of the last change set; 0 if there is none."""
    return int((await tx.run(_LAST))[0]["last"] or 0)


async def record(tx: Transaction, made: ChangeSet, changes: Sequence[Change] = ()) -> None:
    """Write a set, and the parts that take it back unless they were written before."""
    for position, i in enumerate(range(0, len(changes), CHUNK)):
        await write_part(tx, made.number, position, changes[i : i + CHUNK])
    values = {k: v for k, v in asdict(made).items() if v is not None}
    values |= {"id": f"change-{made.number:06}", "at": made.at or written_at()}
    await tx.run("CREATE (c:ChangeSet) SET c = $values", {"values": values})
    if made.undoes is not None:
        text = "MATCH (c:ChangeSet {id: $id}) SET c.undone_by = $number"
        await tx.run(text, {"id": f"change-{made.undoes:06}", "number": made.number})


async def write_part(tx: Transaction, number: int, position: int, changes: Iterable[Change]) -> None:
    """Keep what takes some changes of a set back."""
    await write_undo(tx, number, position, undo_of(changes))


def undo_of(changes: Iterable[Change]) -> str:
    """What takes changes back, packed; of what was created the id is enough."""
    return pack(
        c.inverse() if c.before else Change(c.kind, {"id": c.id}, None, c.start, c.end) for c in changes
    )


def undo_of_part(part: NewRows) -> str:
    """What takes the creations of a part back, packed as `undo_of` has it."""
    ends: Iterable[tuple[str, str]] = repeat(("", ""))
    if part.starts is not None and part.ends is not None:
        ends = zip(part.starts, part.ends, strict=True)
    ids: Iterable[str] = part.columns["id"]
    rows = [[part.kind, {"id": id_}, None, *pair] for id_, pair in zip(ids, ends)]  # noqa: B905 - repeats
    return _packed(orjson.dumps(rows))


async def write_undo(tx: Transaction, number: int, position: int, undo: str) -> None:
    """Keep what takes a part of a set back."""
    values = {
        "id": f"journal-{number:06}-{position:06}",
        "number": number,
        "position": position,
        "undo": undo,
    }
    await tx.run("CREATE (j:LoadJournal) SET j = $values", {"values": values})


async def read_sets(store: Store) -> list[ChangeSet]:
    """Every change set, by number."""
    rows = (await store.read([("MATCH (c:ChangeSet) RETURN properties(c) AS c", {})]))[0]
    names = {f.name for f in fields(ChangeSet)}
    found = [ChangeSet(**{k: v for k, v in row["c"].items() if k in names}) for row in rows]
    return sorted(found, key=lambda c: c.number)


async def read_undo(store: Store, number: int) -> list[Change]:
    """What takes a set back, in the order in which it can be done; without derived edges."""
    text = "MATCH (j:LoadJournal {number: $number}) RETURN j.undo AS undo, j.position AS position"
    rows = (await store.read([(text, {"number": number})]))[0]
    rows.sort(key=lambda row: row["position"], reverse=True)
    return [
        c for row in rows for c in unpack(row["undo"]) if c.kind not in EDGES or not EDGES[c.kind].derived
    ]


async def touches(store: Store, after: int, ids: Collection[str], source: str) -> dict[str, Touch]:
    """By id, what others than a source made of an element in the sets later than a number.

    Left out are sets that were undone, and values that the source has written itself since.
    """
    found: dict[str, Touch] = {}
    async for made, undo in _later(store, after):
        for change in undo:
            now, then = change.before, change.after
            if change.id not in ids or (made.source == source and change.id not in found):
                continue
            touch = found.setdefault(change.id, Touch(then and dict(then)))
            if made.source != source:
                whole = now is None or then is None
                touch.by.update(dict.fromkeys([""] if whole else _differing(now or {}, then or {}), made))
            elif now is None or then is None or touch.earlier is None:
                del found[change.id]
            else:
                for name in _differing(now, then):
                    touch.by.pop(name, None)
                    put_value(touch.earlier, name, now)
                if not touch.by:
                    del found[change.id]
    return found


def _differing(now: Mapping[str, Any], then: Mapping[str, Any]) -> list[str]:
    return [name for name in {*now, *then} - {MARKS} if not same_value(now, then, name)]


async def filled_in(store: Store, ids: Collection[str]) -> dict[str, dict[str, str]]:
    """By id, the properties that another source than the element's filled in, each with that source.

    A value that the element's own source has given since is its own; a real name in the place of one that was
    made up is filled in as well. Only sets that changed something are read.
    """
    found: dict[str, dict[str, str]] = {}
    for made in await read_sets(store) if ids else ():
        if made.undone_by is not None or made.kind == "undo" or not made.changed:
            continue
        for change in await read_undo(store, made.number):
            now, earlier = change.before, change.after
            if change.id not in ids or now is None or earlier is None:
                continue
            own, mine = made.source == earlier.get("source"), found.setdefault(change.id, {})
            for name in now:
                if own and now[name] != earlier.get(name):
                    mine.pop(name, None)
                elif not own and (earlier.get(name) is None or (name == "name" and _is_named(now, earlier))):
                    mine[name] = made.source
            if not own and now.get("since_known") and not earlier.get("since_known", True):
                mine["since"] = made.source
    return {id_: mine for id_, mine in found.items() if mine}


def _is_named(now: Mapping[str, Any], earlier: Mapping[str, Any]) -> bool:
    return earlier.get("named") is False and bool(now.get("named"))


async def touched_later(store: Store, after: int, ids: Collection[str]) -> dict[int, list[str]]:
    """Which later sets, of those not undone, touched which of these elements."""
    found: dict[int, list[str]] = {}
    async for made, undo in _later(store, after):
        met = sorted({change.id for change in undo} & set(ids))
        if met:
            found[made.number] = met
    return found


async def _later(store: Store, after: int) -> AsyncIterator[tuple[ChangeSet, list[Change]]]:
    for made in await read_sets(store):
        if made.number > after and made.undone_by is None and made.kind != "undo":
            yield made, await read_undo(store, made.number)


def pack(changes: Iterable[Change]) -> str:
    """Changes as short text."""
    return _packed(to_json(changes).encode())


def _packed(text: bytes) -> str:
    return base64.b85encode(zlib.compress(text, 1)).decode()


def unpack(text: str) -> list[Change]:
    """Back from `pack`, or from the plain JSON of earlier versions."""
    if text.startswith("["):
        return from_json(text)
    return from_json(zlib.decompress(base64.b85decode(text)).decode())
