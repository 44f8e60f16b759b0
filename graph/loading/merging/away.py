"""What was merged into something else: a delivery that still has its id is told so."""

from __future__ import annotations

from graph.loading.delivery import Delivery
from graph.loading.findings import Finding
from graph.store import Store
from graph.store.history import read_sets


async def merged_away(store: Store) -> dict[str, tuple[str, int]]:
    """By id of what was merged away and not taken apart: what is kept, and the number of the merge."""
    found = {}
    for made in await read_sets(store):
        if made.kind == "merge" and made.undone_by is None:
            kept, gone = made.options.split()
            found[gone] = kept, made.number
    return found


def find_merged(delivery: Delivery, away: dict[str, tuple[str, int]]) -> list[Finding]:
    """Rows of a delivery about a thing that was merged into another."""
    found = []
    for node in delivery.nodes if away else ():
        if node.id in away:
            kept, number = away[node.id]
            zh = f"已并入 {kept}（第 {number} 次）；请改用该编号，或用 cobuild take-apart {number} 拆开"
            en = f"was merged into {kept} ({number}): use that id, or `cobuild take-apart {number}`"
            found.append(Finding(f"nodes/{node.label}.csv", node.row, "id", node.id, zh, en))
    return found
