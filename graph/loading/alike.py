"""What stands more than once in a column, or in columns together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from itertools import compress, islice
from operator import eq
from typing import Any

from graph.loading.blocks import Block, Rows
from graph.loading.numbered import Numbered
from graph.loading.rows import EdgeRow
from graph.model import EDGES


def twice(edges: Rows[EdgeRow]) -> set[str]:
    """Ids that stand more than once; where all ends are numbered only those of the same ends are made."""
    blocks = edges.blocks
    if len({block.kind for block in blocks}) < len(blocks) or any(_may_join(block) for block in blocks):
        return set(more_than_once(list(edges.ids())))
    return {id_ for block in blocks for id_ in more_than_once(block.ids_at(of_same_ends(block)))}


def _may_join(block: Block[EdgeRow]) -> bool:
    ends = block.starts, block.ends
    return any(not isinstance(column, Numbered) or column.numbers.joins for column in ends)


def of_same_ends(block: Block[EdgeRow]) -> list[int]:
    """The positions of edges that have their ends, and their key, in common with another."""
    starts, ends = keys_of(block.starts), keys_of(block.ends)
    often = _repeated(starts)
    key = EDGES[block.kind].key
    keys = block.column(key) if key else starts
    alike = (
        {i: (start, ends[i], keys[i]) for i, start in enumerate(starts) if start in often} if often else {}
    )
    double = set(more_than_once([*alike.values()]))
    return [i for i, ends in alike.items() if ends in double] if double else []


def _repeated(keys: Sequence[Any]) -> set[Any]:
    """Keys that stand more than once: of what is nearly in order, as tables are, sorting finds them fast."""
    ordered = sorted(keys)
    return set(compress(ordered, map(eq, ordered, islice(ordered, 1, None))))


def keys_of(ids: Sequence[str]) -> Sequence[Hashable]:
    """What tells ids of a column apart: their numbers, where they have some."""
    return ids.rows if isinstance(ids, Numbered) else ids


def more_than_once(things: Sequence[Any], times: int = 1) -> list[Any]:
    """What stands more often than that."""
    if len(set(things)) == len(things):
        return []
    return [thing for thing, count in Counter(things).items() if count > times]
