"""Changes of the graph as data: applied in bulk, turned round to undo them, written as JSON."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from graph.errors import LoadConflict
from graph.model import label_of
from graph.store import Transaction

Action = Literal["create", "set", "delete"]
CHUNK = 5_000
"""Rows per statement: above it neither engine gets faster."""


@dataclass(frozen=True, slots=True)
class Change:
    """One node or edge before and after; None on a side means that it is not there.

    `kind` is a label or an edge type; `start` and `end` are ids, empty for a node.
    """

    kind: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    start: str = ""
    end: str = ""

    @property
    def id(self) -> str:
        state = self.after or self.before
        assert state is not None
        return str(state["id"])

    @property
    def action(self) -> Action:
        if self.before is None:
            return "create"
        return "delete" if self.after is None else "set"

    def inverse(self) -> Change:
        """The change that takes this one back."""
        return Change(self.kind, self.after, self.before, self.start, self.end)


_ORDER = (
    ("node", "create"),
    ("node", "set"),
    ("edge", "delete"),
    ("edge", "create"),
    ("edge", "set"),
    ("node", "delete"),
)
"""Edges go before the nodes they hang on, and come after them."""
_PLACE = {step: i for i, step in enumerate(_ORDER)}

_STATEMENTS = {
    ("node", "create"): "UNWIND $rows AS row CREATE (n:{kind}) SET n = row",
    ("node", "set"): "UNWIND $rows AS row MATCH (n:{kind} {{id: row.id}}) SET n = row.after",
    ("node", "delete"): "UNWIND $rows AS row MATCH (n:{kind} {{id: row.id}}) DELETE n",
    ("edge", "create"): (
        "UNWIND $rows AS row MATCH (a:{start} {{id: row.start}}) MATCH (b:{end} {{id: row.end}}) "
        "CREATE (a)-[e:{kind}]->(b) SET e = row.after"
    ),
    ("edge", "set"): (
        "UNWIND $rows AS row MATCH (a:{start} {{id: row.start}})-[e:{kind} {{id: row.id}}]->"
        "(:{end}) SET e = row.after"
    ),
    ("edge", "delete"): (
        "UNWIND $rows AS row MATCH (a:{start} {{id: row.start}})-[e:{kind} {{id: row.id}}]->(:{end}) DELETE e"
    ),
}


def differences(kind: str, wanted: Iterable[Change], standing: Iterable[Mapping[str, Any]]) -> list[Change]:
    """What has to change so that the standing edges of a derived type are the wanted ones.

    `wanted` are creations; the rows of `standing` have `edge` (its properties), `start` and `end`.
    """
    missing = {change.id: change for change in wanted}
    changes = []
    for row in standing:
        before = row["edge"]
        change = missing.pop(before["id"], None)
        if change is None:
            changes.append(Change(kind, before, None, row["start"], row["end"]))
        elif change.after != before:
            changes.append(Change(kind, before, change.after, row["start"], row["end"]))
    return changes + list(missing.values())


def in_order(changes: Iterable[Change]) -> list[Change]:
    """The order in which changes can be applied one after the other."""
    return sorted(changes, key=place_of)


def place_of(change: Change) -> int:
    """What comes before what; of equal ones any."""
    return _PLACE["edge" if change.start else "node", change.action]


@dataclass(frozen=True, slots=True)
class Step:
    """One statement of many rows, each of which must hit exactly one node or edge of a kind."""

    kind: str
    text: str
    rows: list[dict[str, Any]]


def steps_of(changes: Iterable[Change]) -> list[Step]:
    """The statements that write changes, in an order in which they can be run."""
    groups: dict[tuple[str, str, str, str, str], list[Change]] = defaultdict(list)
    for change in in_order(changes):
        edge = bool(change.start)
        ends = (label_of(change.start), label_of(change.end)) if edge else ("", "")
        groups["edge" if edge else "node", change.action, change.kind, *ends].append(change)
    steps = []
    for (what, action, kind, start, end), found in groups.items():
        text = _STATEMENTS[what, action].format(kind=kind, start=start, end=end)
        rows = [_row(change, what, action) for change in found]
        parts = (rows[i : i + CHUNK] for i in range(0, len(rows), CHUNK))
        steps += [Step(kind, f"{text} RETURN count(*) AS hit", part) for part in parts]
    return steps


async def apply_steps(tx: Transaction, steps: Iterable[Step]) -> None:
    """Run statements that write changes.

    Raises `LoadConflict` if a row hit nothing: the graph is then not what the plan was made for.
    """
    for step in steps:
        rows = await tx.run(step.text, {"rows": step.rows})
        if rows[0]["hit"] != len(step.rows):
            raise LoadConflict(
                f"图中的 {step.kind} 与导入计划不符，已全部撤回，请重试。",
                f"the graph's {step.kind} is not what the plan was made for; nothing was changed.",
                subject=step.kind,
            )


async def apply_changes(tx: Transaction, changes: Iterable[Change]) -> None:
    """Write changes, grouped; raises as `apply_steps`."""
    await apply_steps(tx, steps_of(changes))


def _row(change: Change, what: str, action: str) -> dict[str, Any]:
    """What a statement needs of a change, and nothing else: it is packed for every row."""
    if action == "create":
        after = change.after or {}
        return {"start": change.start, "end": change.end, "after": after} if what == "edge" else after
    return {"id": change.id, "start": change.start, "end": change.end, "after": change.after}


def to_json(changes: Iterable[Change]) -> str:
    """The changes as text, for the journal of a load in batches."""
    rows = [[c.kind, c.before, c.after, c.start, c.end] for c in changes]
    return json.dumps(rows, ensure_ascii=False, default=lambda d: {"$date": d.isoformat()})


def from_json(text: str) -> list[Change]:
    """Back from `to_json`."""

    def dates(value: dict[str, Any]) -> Any:
        return date.fromisoformat(value["$date"]) if "$date" in value else value

    return [Change(*row) for row in json.loads(text, object_hook=dates)]
