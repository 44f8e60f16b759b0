"""A file asked for some things alone: its text, begun at their ids.

Most files begin with what they speak of, everywhere or in an area, in one form: a `CALL` whose first part
holds where `$area` is null. Begun at ids there, and asked for no area, the file gives the rows of these
things, for nothing that comes after knows where they came from.
"""

from __future__ import annotations

import re

from graph.catalogue import Query
from graph.model import EDGES
from graph.reading.findings.ways import ways_of

_EVERYWHERE = "UNWIND CASE WHEN $area IS NULL THEN [1] ELSE [] END AS everywhere"
_END = re.compile(r"\bUNION\b")
_RIGHT = re.compile(r"(?P<here><)?-\[\w*:(?P<types>[\w|]+)\]-(?P<away>>)?")
_LEFT = re.compile(r"(?P<away><)?-\[\w*:(?P<types>[\w|]+)\]-(?P<here>>)?$")
"""The edge after a node and the one before it, where it has to be there (no `*0..`)."""
_NARROWED: dict[tuple[str, str], str | None] = {}
"""By text of a file, and label."""


def narrowed(query: Query, label: str) -> str | None:
    """The text that takes ids of a label as `$origins`; None for a file that begins in another form.

    Empty where it gives no rows for things of that label.
    """
    key = query.text, label
    if key not in _NARROWED:
        _NARROWED[key] = (_narrow_scope if query.folder == "scopes" else _narrow)(query, label)
    return _NARROWED[key]


def _narrow(query: Query, label: str) -> str | None:
    ways = ways_of(query)
    head, *parts = query.asked.split(_EVERYWHERE)
    if ways is None or not parts:
        return None
    made, met = [head], False
    for part in parts:
        end = _END.search(part)
        first = part[: end.start()] if end else ""
        node = _node_of(ways.origin, first)
        returned = re.search(r"\bRETURN ([\w, ]+)$", first.rstrip())
        if node is None or returned is None or ways.origin not in returned[1].replace(",", " ").split():
            return None
        begun = _begun(ways.origin, label, node) if _admits(node, label, first) else None
        met = met or begun is not None
        made.append(
            f"UNWIND [] AS origin{part}"
            if begun is None
            else f"UNWIND $origins AS origin{first[: node.start()]}{begun}{part[node.end() :]}"
        )
    return "".join(made) if met else ""


def _node_of(origin: str, text: str) -> re.Match[str] | None:
    return re.search(rf"\({origin}(?::(?P<labels>\w+(?:\|\w+)*))?(?: \{{(?P<map>[^}}]*)\}})?\)", text)


def _admits(node: re.Match[str], label: str, text: str) -> bool:
    """Whether the pattern of a node lets in a label: by name, or with no name by the edges of the model."""
    if node["labels"] is not None:
        return label in node["labels"].split("|")
    beside = _LEFT.search(text, 0, node.start()), _RIGHT.match(text, node.end())
    return all(_joins(edge, label) for edge in beside if edge is not None)


def _joins(edge: re.Match[str], label: str) -> bool:
    """Whether edges of these types may begin or end, as they point, at nodes of a label."""
    starts = [n for n, sign in enumerate(("away", "here")) if edge[sign]] or [0, 1]
    return any(
        label in pair[at] for kind in edge["types"].split("|") for pair in EDGES[kind].ends for at in starts
    )


def _begun(origin: str, label: str, node: re.Match[str]) -> str:
    """The pattern of the origin's node, with its id."""
    more = f", {node['map']}" if node["map"] else ""
    return f"({origin}:{label} {{id: origin{more}}})"


def _narrow_scope(query: Query, label: str) -> str | None:
    """A file under `scopes/`: each of its parts begins with a pattern in which its subject stands."""
    ways = ways_of(query)
    if ways is None:
        return None
    parts = []
    for part in _END.split(query.asked):
        start = re.search(r"^\s*MATCH ", part, re.MULTILINE)
        node = _node_of(ways.origin, part)
        if start is None or node is None or "\n" in part[start.end() : node.start()]:
            return None
        if not _admits(node, label, part):
            return ""
        begun = _begun(ways.origin, label, node)
        match = part[start.end() : node.start()] + begun + part[node.end() :]
        parts.append(f"{part[: start.start()]}\nUNWIND $origins AS origin MATCH {match}")
    return "UNION".join(parts)
