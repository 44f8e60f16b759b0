"""Files of the catalogue as they are handed to who finds (`graph.kept`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from graph.catalogue import Query
from graph.catalogue.queries import ITSELF
from graph.kept.file import Aftermath, File
from graph.kept.low_areas import LowAreas
from graph.model import NODES
from graph.reading.findings.narrowed import narrowed
from graph.reading.findings.neighbours import Touched
from graph.reading.findings.reach import reads
from graph.reading.findings.since import Since
from graph.reading.findings.ways import ways_of


def file_of(query: Query, parameters: Mapping[str, Any], root: str | None, *, cut: bool = False) -> File:
    """A rule or dimension for a root; its rows can be mended where its ways are known."""
    ways = ways_of(query)
    return File(
        text=query.asked,
        parameters=parameters,
        head={"file": query.name, "revision": query.revision, "root": root},
        root=root,
        cut=cut,
        placed_by=tuple((c, None if scope == ITSELF else scope) for c, scope in query.header.places),
        origin=None if ways is None else ways.column,
        order=() if ways is None else ways.order,
    )


def scope_file(scope: Query, parameters: Mapping[str, Any]) -> File:
    """A file under `scopes/`."""
    head = {"file": scope.name, "revision": scope.revision}
    return File(scope.asked, parameters, head, origin="subject", order=("subject", "place"))


def changed_of(
    query: Query, since: Since, turned: Iterable[Touched], most: int, low: LowAreas | None = None
) -> Aftermath | None:
    """What a file may have other rows of; None where no way leads back."""
    ways = ways_of(query)
    if ways is None:
        return None
    touched = [(t.kind, t.start, t.end) for t in (*since.touched, *turned) if reads(query, t.words)]
    begun = {label: narrowed(query, label) for label in NODES}
    return Aftermath(ways, begun, touched, since.name, most, low)
