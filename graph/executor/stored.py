"""Columns as bytes, for the next process: what `marshal` writes, which runs nothing when it is read."""

from __future__ import annotations

import marshal
import sys
from array import array
from collections.abc import Sequence
from typing import Any

from graph.executor.arranging import EdgeColumns, JoinedTexts
from graph.executor.columns import Columns, LabelNumbers, NodeColumn
from graph.executor.parts import CannotHoldError
from graph.pausing import PAUSE

FORM = f"1 {sys.implementation.cache_tag} {sys.byteorder} {array('i').itemsize} {array('I').itemsize}"
"""Written by another form of Python or of this module it is not read."""
_ARRAYS = ("starts", "ends", "since", "until", "out_offsets", "in_offsets", "in_edges")


def to_bytes(columns: Columns) -> bytes:
    """All of the columns."""
    return marshal.dumps(
        (
            FORM,
            columns.wanted,
            columns.generation,
            columns.ids,
            {label: (s.first, s.end, _live(s.live)) for label, s in columns.labels.items()},
            {name: (column.first, column.values) for name, column in columns.nodes.items()},
            {type_: _packed(edges) for type_, edges in columns.edges.items()},
        )
    )


def from_bytes(content: bytes | memoryview) -> Columns:
    """Back from `to_bytes`; raises `CannotHoldError` for anything else."""
    try:
        with PAUSE:
            form, *parts = marshal.loads(content)  # noqa: S302 - our own file, for its owner alone
        if form != FORM:
            raise CannotHoldError("another form")
        wanted, generation, ids, labels, nodes, edges = parts
        return Columns(
            wanted,
            ids,
            {id_: n for n, id_ in enumerate(ids) if id_ is not None},
            {label: LabelNumbers(first, end, _alive(live)) for label, (first, end, live) in labels.items()},
            {name: NodeColumn(*column) for name, column in nodes.items()},
            {type_: _unpacked(type_, packed) for type_, packed in edges.items()},
            generation,
        )
    except (ValueError, TypeError, EOFError, KeyError, AttributeError) as error:
        raise CannotHoldError(str(error)) from error


def _live(live: Sequence[int]) -> tuple[int, ...]:
    return (live.start, live.stop) if isinstance(live, range) else (-1, *live)


def _alive(live: tuple[int, ...]) -> Sequence[int]:
    return list(live[1:]) if live[0] < 0 else range(*live)


def _packed(edges: EdgeColumns) -> dict[str, Any]:
    ids = edges.ids if isinstance(edges.ids, JoinedTexts) else JoinedTexts.of(edges.ids)
    return {
        "ids": (ids.text, ids.ends.tobytes()),
        "columns": edges.columns,
        "firsts": (edges.out_first, edges.in_first),
        **{name: getattr(edges, name).tobytes() for name in _ARRAYS},
    }


def _unpacked(type_: str, packed: dict[str, Any]) -> EdgeColumns:
    text, ends = packed["ids"]
    out_first, in_first = packed["firsts"]
    arrays = {name: array("i", packed[name]) for name in _ARRAYS}
    return EdgeColumns(
        type=type_,
        ids=JoinedTexts(text, array("I", ends)),
        columns=packed["columns"],
        out_first=out_first,
        in_first=in_first,
        **arrays,
    )
