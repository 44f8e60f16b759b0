"""Masking: what personal and sensitive data becomes for those who may not see it.

Values are withheld, never blurred: part of a name still names a person. Of an edge whose existence
is the secret, only its type is shown. Who may see what is asked of `graph.reading.viewer`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from graph.catalogue.headers import Column
from graph.model import EDGES, NODES
from graph.private import MASK

_SECRET = {f"~{t}~": t for t, edge in EDGES.items() if edge.flag is not None}


def flagged_types() -> set[str]:
    """Edge types whose existence is personal or sensitive."""
    return set(_SECRET.values())


def is_withheld(value: Any) -> bool:
    """Whether a text, or an item of a list, is the mark of something withheld."""
    if isinstance(value, str):
        return value.startswith(MASK)
    return isinstance(value, (list, tuple)) and any(is_withheld(v) for v in value)


def mask_properties(
    label: str, properties: Mapping[str, Any], *, show: bool
) -> tuple[dict[str, Any], list[str]]:
    """Properties of a node or edge without flagged values, and the names of what is withheld.

    These are the names that the type has, not those that have a value: that one is known is a fact too.
    """
    declared = (NODES.get(label) or EDGES[label]).properties()
    flagged = {n for n, p in declared.items() if p.prop.flag is not None}
    if show or not flagged:
        return dict(properties), []
    return {n: v for n, v in properties.items() if n not in flagged}, sorted(flagged)


def mask_id(id_: str) -> str:
    """An edge id of a flagged type as its type alone; any other id as it is."""
    for mark, type_ in _SECRET.items() if "~" in id_ else ():
        if mark in id_:
            return f"{MASK}~{type_}~{MASK}"
    return id_


def one_mark_each(items: Iterable[Any]) -> list[Any]:
    """The items in their order; of those that are withheld each mark once, so that none is counted."""
    seen: set[str] = set()
    found = []
    for item in items:
        if not (is_withheld(item) and isinstance(item, str)):
            found.append(item)
        elif item not in seen:
            seen.add(item)
            found.append(item)
    return found


def mask_rows(columns: Iterable[Column], rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows of a query: flagged columns withheld, secret edge ids reduced to their type."""
    flagged = {c.name for c in columns if c.flag is not None}
    return [{n: _withheld(v) if n in flagged else _masked(v) for n, v in row.items()} for row in rows]


def _withheld(value: Any) -> Any:
    """One mark, whatever it was: how long a list is, or that nothing is known, is a fact too."""
    return [MASK] if isinstance(value, list) else MASK


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return mask_id(value)
    if isinstance(value, list):
        return one_mark_each(_masked(v) for v in value)
    if isinstance(value, dict):
        return {n: _masked(v) for n, v in value.items()}
    return value
