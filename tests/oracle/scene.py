"""Hand-made quarters for tests of rules and dimensions: a community, its bodies, their persons.

Beside the oracle; a scene says in a line what a builder says in five.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.builder import BEGIN, GraphBuilder, district

DAY = date(2025, 6, 30)
DISTRICT, STREET, COMMUNITY = "990101000000", "990101001000", "990101001001"
ORG, RESIDENTS = "po-990101-community", "rc-990101-community"
SOURCE = "d-990101-register"


class Scene:
    """A community with its two committees, and quarters numbered from 1.

    Quarter n has what its `bodies` name: branch `po-990101-n`, owners' committee `oc-990101-n`,
    project `pp-990101-n` run by firm `pf-990101-n`.
    """

    def __init__(self, quarters: int = 1, bodies: str = "po oc pp") -> None:
        self.builder = GraphBuilder()
        self.quarters = district(self.builder, quarters)
        self.builder.node(ORG, level="community", tier="general_branch")
        self.builder.node(RESIDENTS)
        for body in (ORG, RESIDENTS):
            self.builder.edge(body, "COVERS", COMMUNITY)
        for number, quarter in enumerate(self.quarters, start=1):
            self._bodies(number, quarter, bodies.split())

    def _bodies(self, n: int, quarter: str, prefixes: list[str]) -> None:
        b = self.builder
        if "po" in prefixes:
            b.node(f"po-990101-{n}", level="quarter", tier="branch")
            b.edge(f"po-990101-{n}", "COVERS", quarter)
        if "oc" in prefixes:
            b.node(f"oc-990101-{n}", kind="owners_committee")
            b.edge(f"oc-990101-{n}", "COVERS", quarter)
        if "pp" in prefixes:
            b.node(f"pp-990101-{n}", mode="contract")
            b.node(f"pf-990101-{n}")
            b.edge(f"pp-990101-{n}", "SERVES", quarter)
            b.edge(f"pp-990101-{n}", "OPERATED_BY", f"pf-990101-{n}")

    def person(self, serial: int, **properties: Any) -> str:
        """A person `p-990101-<serial>`."""
        return self.builder.node(f"p-990101-{serial}", **properties)

    def people(self, *serials: int) -> list[str]:
        """Several of whom nothing is known."""
        return [self.person(s) for s in serials]

    def seat(self, serial: int, role: str, body: str, **properties: Any) -> str:
        """A post of a person in a body, both by the short ends of their ids; the post's id."""
        return self.builder.post(f"p-990101-{serial}", role, _body(body), **properties)

    def link(self, start: str, type_: str, end: str, **properties: Any) -> str:
        """An edge between nodes by the short ends of their ids."""
        return self.builder.edge(_body(start), type_, _body(end), **properties)

    def complete(self, place: str, *subjects: str, since: date = BEGIN) -> None:
        """Registers that are complete at a place or node."""
        self.builder.complete(_body(place), *subjects, since=since)


def _body(short: str) -> str:
    """`oc-1` for `oc-990101-1`; areas and full ids as they are."""
    prefix, _, rest = short.partition("-")
    return short if short[0].isdigit() or "990101" in rest else f"{prefix}-990101-{rest}"


def post(serial: int, role: str, body: str, spell: int = 1) -> str:
    """The id of a post."""
    return f"p-990101-{serial}~HOLDS_POST~{_body(body)}~{role}~{spell}"
