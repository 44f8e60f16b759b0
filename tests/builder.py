"""Small graphs for tests: nodes and edges said in a line each, written through the product."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graph.model import EDGES, OPEN_END, OPEN_START, edge_id, label_of
from graph.store import Store, Transaction
from graph.store.changes import Change, apply_changes
from graph.store.derived import derive_edges
from graph.store.within import PLACES, derive_within

SOURCE = "d-990101-register"
BEGIN = date(2020, 1, 1)


@dataclass(repr=False)
class GraphBuilder:
    """Collects rows; `nodes` and `edges` are what a Python oracle reads, `write` stores them."""

    nodes: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Properties by node id."""
    edges: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By edge id: properties and `type`, `from`, `to`."""

    def __post_init__(self) -> None:
        self.node(SOURCE, kind="generated")

    def __repr__(self) -> str:
        """What a failed test on a drawn graph shows: a line for each node and recorded edge."""
        shared = {"id", "name", "named", "source", "synthetic", "type", "from", "to", "spell", "since_known"}
        lines = [
            " ".join([id_, *(f"{k}={v}" for k, v in row.items() if k not in shared)])
            for id_, row in (*self.nodes.items(), *self.edges.items())
            if row.get("type") not in ("CROSS_APPOINTMENT", "WITHIN")
        ]
        return "\n".join(["", *lines])

    def node(self, id_: str, **properties: Any) -> str:
        """Add a node; None values are not stored."""
        base = {"id": id_, "name": id_, "named": True, "source": SOURCE, "synthetic": True}
        given = {k: v for k, v in properties.items() if v is not None}
        self.nodes[id_] = {**base, **given}
        return id_

    def edge(
        self,
        start: str,
        type_: str,
        end: str,
        since: date | None = BEGIN,
        until: date = OPEN_END,
        **properties: Any,
    ) -> str:
        """Add an edge; `since=None` is an unknown start. Returns its id."""
        key = properties.get(
            "role" if type_ == "HOLDS_POST" else "subject" if type_ == "COMPLETE_IN" else "relation"
        )
        id_ = edge_id(type_, start, end, key, properties.get("spell", 1))
        self.edges[id_] = {
            "id": id_,
            "type": type_,
            "from": start,
            "to": end,
            "spell": 1,
            "since": since or OPEN_START,
            "until": until,
            "since_known": since is not None,
            "source": SOURCE,
            "synthetic": True,
            **{k: v for k, v in properties.items() if v is not None},
        }
        return id_

    def post(self, person: str, role: str, body: str, **properties: Any) -> str:
        """A person holds a post."""
        return self.edge(person, "HOLDS_POST", body, role=role, **properties)

    def complete(self, place: str, *subjects: str, since: date = BEGIN) -> None:
        """A register lists everything of these subjects at a place."""
        for subject in subjects:
            self.edge(place, "COMPLETE_IN", SOURCE, since=since, subject=subject)

    def derive(self) -> None:
        """Make the derived edges anew, as the import would."""
        self.edges = {i: e for i, e in self.edges.items() if not EDGES[e["type"]].derived}
        posts = [
            {**e, "person": e["from"], "body": e["to"], "post": e["id"]}
            for e in self.edges.values()
            if e["type"] == "HOLDS_POST"
        ]
        parts = [
            {**e, "place": e["from"], "above": e["to"]}
            for e in self.edges.values()
            if e["type"] == "PART_OF" and label_of(e["from"]) in PLACES
        ]
        areas = [
            {"area": i, "level": n.get("level"), "synthetic": n["synthetic"]}
            for i, n in self.nodes.items()
            if label_of(i) == "Area"
        ]
        for change in (*derive_edges(posts), *derive_within(parts, areas)):
            assert change.after is not None
            ends = {"type": change.kind, "from": change.start, "to": change.end}
            self.edges[change.id] = {**change.after, **ends}

    async def write(self, store: Store) -> None:
        """Derive, and put everything into an empty graph."""
        self.derive()
        changes = [Change(label_of(i), None, p) for i, p in self.nodes.items()]
        for edge in self.edges.values():
            properties = {k: v for k, v in edge.items() if k not in ("type", "from", "to")}
            changes.append(Change(edge["type"], None, properties, edge["from"], edge["to"]))

        async def work(tx: Transaction) -> None:
            await apply_changes(tx, changes)

        await store.write(work)


def district(builder: GraphBuilder, quarters: int = 1) -> list[str]:
    """A district, a subdistrict, a community and some quarters in it; the quarters' ids."""
    builder.node("990101000000", level="district")
    builder.node("990101001000", level="subdistrict")
    builder.node("990101001001", level="community")
    builder.edge("990101001000", "PART_OF", "990101000000")
    builder.edge("990101001001", "PART_OF", "990101001000")
    found = [builder.node(f"q-990101-{i:02}") for i in range(1, quarters + 1)]
    for quarter in found:
        builder.edge(quarter, "PART_OF", "990101001001")
    return found
