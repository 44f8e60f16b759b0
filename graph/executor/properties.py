"""What kind of value a property holds, by the model."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from graph.executor.kinds import BOOL, DATE, FLOAT, INT, TEXT, Kind, ListKind, join
from graph.model import EDGES, NODES

_KINDS: dict[str, Kind] = {
    "text": TEXT,
    "enum": TEXT,
    "int": INT,
    "float": FLOAT,
    "bool": BOOL,
    "date": DATE,
    "list": ListKind(of=TEXT),
}


@cache
def _kinds(name: str) -> dict[str, Kind]:
    """By label or type, the kind of a property of that name."""
    found = {}
    for kind, class_ in (*NODES.items(), *EDGES.items()):
        properties = class_.properties()
        if name in properties:
            found[kind] = _KINDS[properties[name].kind]
    return found


def property_kind(name: str, of: Collection[str] | None) -> Kind | None:
    """The kind of a property of these labels or types (None: of any node); None if none has it."""
    kinds = _kinds(name)
    among = [kinds[k] for k in (NODES if of is None else of) if k in kinds]
    if not among:
        return None
    found = among[0]
    for kind in among[1:]:
        found = join(found, kind)
    return found
