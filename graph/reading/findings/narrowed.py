"""A file asked for some things alone: its text, begun at their ids.

Most files begin with what they speak of, everywhere or in an area, in one form: a `CALL` whose first part
holds where `$area` is null. Begun at ids there, and asked for no area, the file gives the rows of these
things, for nothing that comes after knows where they came from.
"""

from __future__ import annotations

import re

from graph.catalogue import Query
from graph.reading.findings.ways import ways_of

_EVERYWHERE = "UNWIND CASE WHEN $area IS NULL THEN [1] ELSE [] END AS everywhere"
_END = re.compile(r"\bUNION\b")
_NARROWED: dict[str, str | None] = {}
"""By text of a file."""


def narrowed(query: Query) -> str | None:
    """The text that takes the ids as `$origins`; None for a file that begins in another form."""
    if query.text not in _NARROWED:
        _NARROWED[query.text] = _narrow(query)
    return _NARROWED[query.text]


def _narrow(query: Query) -> str | None:
    ways = ways_of(query)
    head, found, rest = query.text.partition(_EVERYWHERE)
    end = _END.search(rest)
    if ways is None or not found or end is None or _EVERYWHERE in rest:
        return None
    first, others = rest[: end.start()], rest[end.start() :]
    node = re.search(rf"\({ways.origin}:(\w+)(?: \{{(?P<map>[^}}]*)\}})?\)", first)
    if node is None or not re.search(rf"\bRETURN (DISTINCT )?{ways.origin}\s*$", first):
        return None
    more = f", {node['map']}" if node["map"] else ""
    begun = f"({ways.origin}:{node[1]} {{id: origin{more}}})"
    first = first[: node.start()] + begun + first[node.end() :]
    return f"{head}UNWIND $origins AS origin{first}{others}"
