"""A graph as it stood on a day: what edges were open, what lies above what, what is complete.

Bottom of the oracle; knows the rows of a builder and nothing of Cypher.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from graph.model import label_of

Item = Mapping[str, Any]
Identity = tuple[str | None, ...]
"""Values of the columns that identify a row of a rule."""
Verdicts = dict[Identity, str]

SITTING = frozenset({"chair", "vice_chair", "member"})
"""Seats of an owners' committee; an alternate has none."""
BRANCHES = frozenset({"branch", "joint_branch", "functional_branch"})
LEADING = frozenset({"secretary", "deputy_secretary", "committee_member"})
"""Seats of a Party committee; a part-time member holds none."""
PARTY_SEATS = LEADING | {"part_time_member"}
TWO_COMMITTEES = {
    "PartyOrganization": LEADING,
    "ResidentsCommittee": frozenset({"director", "deputy_director", "member"}),
}


class View:
    """The edges open on one day, by their ends; nodes as they are."""

    def __init__(self, nodes: Mapping[str, Item], edges: Mapping[str, Item], as_of: date) -> None:
        self.nodes, self.as_of = nodes, as_of
        self.all_edges = list(edges.values())
        self.edges = [e for e in self.all_edges if e["since"] <= as_of < e["until"]]
        self._out: dict[tuple[str, str], list[Item]] = defaultdict(list)
        self._into: dict[tuple[str, str], list[Item]] = defaultdict(list)
        for edge in self.edges:
            self._out[edge["from"], edge["type"]].append(edge)
            self._into[edge["to"], edge["type"]].append(edge)

    def of(self, label: str) -> Iterator[Item]:
        """All nodes of a label."""
        return (n for i, n in self.nodes.items() if label_of(i) == label)

    def out(self, node: str, type_: str) -> list[Item]:
        """Open edges of a type that start at a node."""
        return self._out[node, type_]

    def into(self, node: str, type_: str) -> list[Item]:
        """Open edges of a type that end at a node."""
        return self._into[node, type_]

    def ends(self, node: str, type_: str) -> set[str]:
        """Where a node's open edges of a type lead."""
        return {e["to"] for e in self.out(node, type_)}

    def starts(self, node: str, type_: str, label: str | None = None) -> set[str]:
        """Whence open edges of a type come to a node, from nodes of one label or of all."""
        found = {e["from"] for e in self.into(node, type_)}
        return {n for n in found if label is None or label_of(n) == label}

    def value(self, node: str, property_: str) -> Any:
        """A node's property; None where it is not known."""
        return self.nodes[node].get(property_)

    def above(self, *places: str) -> set[str]:
        """Places themselves and everything they are part of."""
        found: set[str] = set()
        todo = list(places)
        while todo:
            place = todo.pop()
            if place not in found:
                found.add(place)
                todo += self.ends(place, "PART_OF")
        return found

    def areas(self, place: str) -> set[str]:
        """The areas that a place is or lies in."""
        return {p for p in self.above(place) if label_of(p) == "Area"}

    def lowest_area(self, *places: str) -> str | None:
        """The lowest of the areas in which they lie, of several the first by id; or None."""
        found = {a for place in places for a in self.areas(place)}
        order = ("community", "subdistrict", "district", "city", "province")
        return min(found, key=lambda a: (order.index(self.value(a, "level")), a), default=None)

    def communities(self, quarter: str) -> set[str]:
        """The communities that a quarter lies in: one, or none where it is not known."""
        return {a for a in self.areas(quarter) if self.value(a, "level") == "community"}

    def places_of(self, body: str) -> set[str]:
        """What a body covers or serves."""
        return self.ends(body, "COVERS") | self.ends(body, "SERVES")

    def complete(self, subject: str, *nodes: str) -> bool:
        """Whether a register closes a subject at one of the nodes, or above one of them."""
        return any(
            edge["subject"] == subject
            for node in self.above(*nodes)
            for edge in self.out(node, "COMPLETE_IN")
        )

    def listed(self, subject: str, body: str) -> bool:
        """Whether a register closes a subject at a body, at what it covers or serves, or above."""
        return self.complete(subject, body, *self.places_of(body))

    def holders(self, body: str, roles: Iterable[str]) -> set[str]:
        """Persons who hold one of the roles in a body."""
        wanted = set(roles)
        return {e["from"] for e in self.into(body, "HOLDS_POST") if e["role"] in wanted}

    def covering(self, place: str, label: str, keep: Callable[[Item], bool]) -> set[str]:
        """Bodies of a label that cover a place and satisfy a condition."""
        return {b for b in self.starts(place, "COVERS", label) if keep(self.nodes[b])}
