"""Reads a delivery's rows in plain Python: an oracle for what the queries must answer.

In `worked_example`, above `delivery`; shares nothing with the queries but the model.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import combinations

from graph.model import OPEN_END, OPEN_START, crosses, edge_id, label_of
from worked_example.delivery import Delivery, Row

Post = tuple[str, Row]
"""The id of a HOLDS_POST edge, and its row."""
_BRANCHES = {"branch", "joint_branch", "functional_branch"}


class Reading:
    """The rows of a delivery as they hold on one day."""

    def __init__(self, delivery: Delivery, day: date) -> None:
        self.day = day
        self.nodes = {str(n["id"]): n for rows in delivery.nodes.values() for n in rows}
        self.edges = {
            type_: [edge for edge in rows if self._holds(edge)] for type_, rows in delivery.edges.items()
        }
        self._above = {str(e["from"]): str(e["to"]) for e in self.edges["PART_OF"]}
        self._complete = {(e["from"], e["subject"]) for e in self.edges["COMPLETE_IN"]}
        self._starts: dict[tuple[str, str], list[str]] = defaultdict(list)
        for type_, edges in self.edges.items():
            for edge in edges:
                self._starts[type_, str(edge["to"])].append(str(edge["from"]))

    def _holds(self, edge: Row) -> bool:
        since, until = edge.get("since") or OPEN_START, edge.get("until") or OPEN_END
        assert isinstance(since, date)
        assert isinstance(until, date)
        return since <= self.day < until

    def above(self, place: str) -> list[str]:
        """The place itself and everything that it is part of, upward."""
        chain = [place]
        while chain[-1] in self._above:
            chain.append(self._above[chain[-1]])
        return chain

    def within(self, area: str, label: str) -> list[str]:
        """The nodes of a label that are part of an area, sorted."""
        return sorted(n for n in self.nodes if label_of(n) == label and area in self.above(n))

    def starts(self, type_: str, end: str) -> list[str]:
        """Where the edges of a type that end at a node begin."""
        return self._starts.get((type_, end), [])

    def complete(self, place: str, subject: str) -> bool:
        """Whether a register is complete for a subject at a place or above it."""
        return any((node, subject) in self._complete for node in self.above(place))

    def state(self, quarter: str, dimension: str) -> str:
        """`covered`, `gap` or `unknown` of a quarter in one of six dimensions."""
        covering, serving = self.starts("COVERS", quarter), self.starts("SERVES", quarter)
        found, subject = {
            "party_branch": (
                [b for b in covering if self.nodes[b].get("tier") in _BRANCHES],
                "party_organization",
            ),
            "owners_committee": (_labelled(covering, "OwnersCommittee"), "owners_committee"),
            "property_service": (_labelled(serving, "PropertyProject"), "property_project"),
            "volunteer_team": ([t for t in serving if self.nodes[t].get("kind") == "volunteer_team"], "team"),
            "service_station": (_labelled(serving, "ServiceStation"), "station"),
            "grid": (_labelled(covering, "Grid"), "grid"),
        }[dimension]
        if found:
            return "covered"
        return "gap" if self.complete(quarter, subject) else "unknown"

    def posts(self, *, body: str | None = None, person: str | None = None) -> list[Post]:
        """The posts of a body or of a person, or all, sorted by edge id."""
        found = [
            (_post_id(edge), edge)
            for edge in self.edges["HOLDS_POST"]
            if body in (None, edge["to"]) and person in (None, edge["from"])
        ]
        return sorted(found, key=lambda post: post[0])

    def cross_appointments(self, body: str) -> list[Row]:
        """The pairs of posts that cross-appoint a body with another, sorted by edge id."""
        pairs = []
        for person in sorted({str(e["from"]) for _, e in self.posts(body=body)}):
            held = [p for p in self.posts(person=person) if crosses(_body(p), _role(p[1]))]
            for two in combinations(sorted(held, key=_body), 2):
                bodies = {_body(post) for post in two}
                if body in bodies and len(bodies) > 1:
                    pairs.append(_pair(person, *two))
        return sorted(pairs, key=lambda pair: str(pair["edge"]))

    def chain(self, organization: str) -> list[str]:
        """A Party organization and its superiors, upward."""
        superior = {str(e["from"]): str(e["to"]) for e in self.edges["SUBORDINATE_TO"]}
        found = [organization]
        while found[-1] in superior:
            found.append(superior[found[-1]])
        return found


def _labelled(ids: Iterable[str], label: str) -> list[str]:
    return [i for i in ids if label_of(i) == label]


def _body(post: Post) -> str:
    return str(post[1]["to"])


def _role(edge: Row) -> str:
    return str(edge["role"])


def _post_id(edge: Row) -> str:
    spell = edge.get("spell")
    return edge_id(
        "HOLDS_POST", str(edge["from"]), str(edge["to"]), _role(edge), spell if isinstance(spell, int) else 1
    )


def _pair(person: str, one: Post, other: Post) -> Row:
    return {
        "edge": f"{one[0]}&{other[0]}",
        "body_a": one[1]["to"],
        "body_b": other[1]["to"],
        "person": person,
        "role_a": one[1]["role"],
        "role_b": other[1]["role"],
    }
