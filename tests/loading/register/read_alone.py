"""Reading a register of an invented street without a graph; no tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from graph.ledger.names import KnownNames
from graph.loading.check import Checker
from graph.loading.delivery import Delivery
from graph.loading.findings import Finding
from graph.loading.manifest import Manifest
from graph.loading.register.deliver import source_of
from graph.loading.register.draft import Draft
from graph.loading.register.forms import best_kind, made_of
from graph.loading.register.headings import propose
from graph.loading.register.ids import Ids
from graph.loading.register.known import IdsByName, KnownArea
from graph.loading.register.reading import Reading
from graph.loading.register.rows import read_rows
from graph.loading.register.sheets import read_sheets

STREET = KnownArea("990301000000", "云山街道", "subdistrict", frozenset({"990300000000"}), True)
CLEAR = KnownArea("990301-qingquan", "清泉社区", "community", frozenset({STREET.id, *STREET.above}), True)
PLANE = KnownArea("990301-wutong", "梧桐社区", "community", CLEAR.above, True)


def read(
    path: Path,
    areas: Sequence[KnownArea] = (STREET, CLEAR),
    place: KnownArea = STREET,
    branches: Sequence[str] = (),
) -> tuple[str, Delivery]:
    """The kind that a file is taken for, and its delivery; all of it fits the model.

    `branches` are known organizations of quarters of the first community.
    """
    kind, delivery, errors = attempt(path, areas, place, branches)
    assert [str(f) for f in errors] == []
    return kind, delivery


def attempt(
    path: Path,
    areas: Sequence[KnownArea] = (STREET, CLEAR),
    place: KnownArea = STREET,
    branches: Sequence[str] = (),
) -> tuple[str, Delivery, list[Finding]]:
    """The same, with what is wrong in it."""
    sheets = read_sheets(path)
    kind = best_kind(sheets)
    assert kind is not None
    proposals = [p for s in sheets if (p := propose(s, kind)) is not None]
    known = IdsByName("990301", {a.id: a for a in areas})
    for n, name in enumerate(branches, start=1):
        known.add("PartyOrganization", f"po-990301-{n}", name, "d-990301-other", CLEAR.id)
    draft = Draft(path.name)
    ids = Ids(KnownNames(b"secret", {}), known)
    source = source_of(kind, STREET)
    read_rows(
        Reading(kind, made_of(proposals, kind), place, source, date(2025, 6, 30), ids, draft), proposals
    )
    draft.begin("", 1)
    draft.node(source, {"name": "台账", "kind": "register"})
    manifest = Manifest(
        format=1, place="a", place_zh="云山街道", source=source, batch="1", synthetic=True, area=STREET.id
    )
    delivery, findings = draft.delivery(path, manifest, "")
    standing: dict[str, dict[str, Any]] = {a.id: {"synthetic": True, "level": a.level} for a in areas}
    standing |= {id_: {"synthetic": True} for id_ in known.sources}
    errors = [f for f in [*findings, *Checker(delivery, standing).check()] if f.level == "error"]
    return kind.title, delivery, errors


def ties(delivery: Delivery, *types: str) -> set[tuple[str, str, str]]:
    """Edges as names of their ends, with the post."""
    names = {n.id: n.properties["name"] for n in delivery.nodes} | {a.id: a.name for a in (STREET, CLEAR)}
    return {
        (names[e.start], names[e.end], str(e.properties.get("role", "")))
        for e in delivery.edges
        if e.type in types
    }
