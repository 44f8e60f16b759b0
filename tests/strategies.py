"""Hypothesis strategies that draw small but nasty graphs within the cardinalities of the model.

One district, two communities, up to four quarters and everything that the rules and dimensions
read: spells that ended, begin tomorrow or end today, moved places, null and false values,
registers complete at one level and not at another.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

from hypothesis import strategies as st

from graph.model import CROSS_ROLES, OPEN_END, POSTS, label_of
from tests.builder import BEGIN, GraphBuilder
from tests.oracle.months import DATES, blur

T = TypeVar("T")

DAY = date(2025, 6, 30)
"""The day for which the drawn graphs are asked; spells are drawn around it."""
YESTERDAY, TOMORROW = DAY - timedelta(days=1), DAY + timedelta(days=1)
DISTRICT, STREET = "990101000000", "990101001000"
COMMUNITIES = ("990101001001", "990101001002")

REGISTERS = (
    "party_organization",
    "owners_committee",
    "property_project",
    "team",
    "station",
    "post",
    "ownership",
    "employment",
    "resource",
    "co_building",
    "meeting",
    "report",
    "membership",
    "kinship",
)

Spell = tuple[date | None, date]

OPEN_SPELLS: tuple[Spell, ...] = (
    (BEGIN, OPEN_END),
    (None, OPEN_END),
    (BEGIN, TOMORROW),
    (DAY, OPEN_END),
    (DAY, TOMORROW),
)
SHUT_SPELLS: tuple[Spell, ...] = ((BEGIN, DAY), (None, YESTERDAY), (TOMORROW, OPEN_END), (YESTERDAY, DAY))
SPELLS = st.sampled_from(OPEN_SPELLS * 5 + SHUT_SPELLS)
"""Most are open on `DAY`; the shut ones end on it or begin on the day after."""


class Drawing:
    """One graph in the making: the builder, and Hypothesis' hand."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.builder = GraphBuilder()
        self.ids: dict[str, list[str]] = {}

    def one(self, values: Sequence[T]) -> T:
        """One of some values."""
        return self.draw(st.sampled_from(values))

    def some(self, values: Sequence[T], most: int, least: int = 0) -> list[T]:
        """From `least` up to `most` of some values, none twice."""
        chosen = [self.one(values) for _ in range(self.number(least, most))] if values else []
        return list(dict.fromkeys(chosen))

    def number(self, least: int, most: int) -> int:
        return self.draw(st.integers(least, most))

    def chance(self, of: int) -> bool:
        """True once in `of` times; shrinks to false."""
        return self.number(1, of) == of

    def spell(self) -> dict[str, Any]:
        since, until = self.draw(SPELLS)
        return {"since": since, "until": until}

    def node(self, prefix: str, **properties: Any) -> str:
        """The next node of a prefix."""
        known = self.ids.setdefault(prefix, [])
        id_ = self.builder.node(f"{prefix}-990101-{len(known) + 1:02}", **properties)
        known.append(id_)
        return id_

    def all(self, *prefixes: str) -> list[str]:
        return [id_ for prefix in prefixes for id_ in self.ids.get(prefix, [])]

    def edge(self, start: str, type_: str, end: str, **properties: Any) -> None:
        """An edge with a drawn spell; at times with a second spell after one that ended."""
        spell = self.spell()
        self.builder.edge(start, type_, end, **spell, **properties)
        if spell["until"] <= DAY and self.chance(4):
            later = {"since": spell["until"], "until": OPEN_END, "spell": 2}
            self.builder.edge(start, type_, end, **later, **properties)

    def links(
        self, starts: Sequence[str], type_: str, ends: Sequence[str], most: int, **choices: Any
    ) -> None:
        """Up to `most` edges between drawn ends; `choices` name the values of properties."""
        if starts and ends:
            for _ in range(self.number(most // 2, most)):
                start, end = self.one(starts), self.one(ends)
                if start != end:
                    self.edge(start, type_, end, **{k: self.one(v) for k, v in choices.items()})


def draw_places(d: Drawing) -> None:
    """The areas, the quarters in them, what is in the quarters."""
    b = d.builder
    b.node(DISTRICT, level="district")
    b.node(STREET, level="subdistrict")
    b.edge(STREET, "PART_OF", DISTRICT)
    for community in COMMUNITIES:
        b.node(community, level="community")
        b.edge(community, "PART_OF", STREET)
    for _ in range(d.number(1, 3)):
        quarter = d.node("q", lat=d.one([None, 28.0, 28.005]), lon=113.0)
        _place(d, quarter, COMMUNITIES if not d.chance(6) else (DISTRICT, *COMMUNITIES))
    for _ in range(d.number(0, 3)):
        entrance = bool(d.all("b")) and d.chance(3)
        building = d.node("b", level="entrance" if entrance else "building")
        _place(d, building, d.all("b")[:1] if entrance else d.all("q"))
    for _ in range(d.number(0, 2)):
        _place(d, d.node("g", kind=d.one(["grid", None])), [*d.all("q"), *COMMUNITIES])


def _place(d: Drawing, node: str, places: Sequence[str]) -> None:
    """One PART_OF at each date; one in four has moved, some of them today or tomorrow."""
    first = d.one(places)
    second = d.one(places)
    if first == second or not d.chance(4):
        d.builder.edge(node, "PART_OF", first)
        return
    moved = d.one([date(2024, 1, 1), DAY, TOMORROW])
    d.builder.edge(node, "PART_OF", first, until=moved)
    d.builder.edge(node, "PART_OF", second, since=moved)


def draw_bodies(d: Drawing) -> None:
    """Party organizations, committees and property projects, with what they cover or serve."""
    quarters = d.all("q")
    top = d.node("po", level="subdistrict", tier="work_committee")
    d.builder.edge(top, "COVERS", STREET)
    for community in COMMUNITIES:
        if not d.chance(4):
            marked = d.one([None, False, True]) if d.chance(2) else None
            body = d.node("po", level="community", tier="general_branch", extended_committee=marked)
            d.builder.edge(body, "SUBORDINATE_TO", top)
            d.edge(body, "COVERS", community)
        if not d.chance(4):
            d.edge(d.node("rc"), "COVERS", community)
    tiers = ["branch", "joint_branch", "functional_branch"]
    for _ in range(d.number(1, 3)):
        branch = d.node("po", level="quarter", tier=d.one(tiers))
        d.builder.edge(branch, "SUBORDINATE_TO", top)
        for quarter in d.some(quarters, 2, 1):
            d.edge(branch, "COVERS", quarter)
    for _ in range(d.number(1, 3)):
        kind = d.one(["owners_committee"] * 3 + ["property_management_committee"])
        committee = d.node("oc", kind=kind, seats=d.one([None, 3, 5, 7]))
        d.edge(committee, "COVERS", d.one(quarters))
    for _ in range(d.number(0, 2)):
        d.edge(d.node("sc", kind=d.one(["owners", "residents"])), "COVERS", d.one(quarters))
    if d.all("b"):
        group = d.node("po", level="building", tier="group")
        d.links([group], "COVERS", d.all("b"), 2)


def draw_property(d: Drawing) -> None:
    """Firms in groups, and the projects that they, a committee or the community run."""
    for _ in range(d.number(1, 4)):
        prefix = d.one(["pf", "pf", "u"])
        parents = d.all("pf", "u")
        firm = d.node(prefix)
        if parents and d.chance(2):
            d.edge(firm, "SUBORDINATE_TO", d.one(parents))
    operators = {"contract": d.all("pf"), "community": d.all("rc"), "self": d.all("oc")}
    for _ in range(d.number(1, 3)):
        mode = d.one(["contract", "contract", "community", "self"])
        project = d.node("pp", mode=mode)
        d.edge(project, "SERVES", d.one(d.all("q")))
        if operators[mode] and not d.chance(6):
            d.edge(project, "OPERATED_BY", d.one(operators[mode]))


def draw_persons(d: Drawing) -> None:
    """Persons with their posts, homes, employers and registrations."""
    for _ in range(d.number(3, 6)):
        status = d.one([None, "none", "full", "full", "probationary"])
        member = status in ("full", "probationary")
        d.node(
            "p",
            party_status=status,
            party_joined_on=d.one([None, BEGIN, DAY, TOMORROW]) if member else None,
            party_category=d.one([None, "employed", "employed", "retired"]) if member else None,
            public_post=d.one([None, "none", "public_employee", "civil_servant"]),
        )
    persons, quarters = d.all("p"), d.all("q")
    for body in d.all("oc", "po", "rc", "pp", "sc"):
        _seats(d, body, persons)
    d.links(persons, "OWNS_HOME_IN", quarters, 5)
    d.links(d.all("u"), "OWNS_HOME_IN", quarters, 1)
    d.links(persons, "EMPLOYED_BY", d.all("pf", "u"), 4, kind=["employee", "seconded", "shareholder"])
    d.links(persons, "LIVES_IN", quarters, 3)
    d.links(persons, "REPORTED_TO", d.all("po"), 3)
    for person in d.some(persons, 2):
        d.edge(person, "MEMBER_OF", d.one(d.all("po")))
    for place in d.all("b", "g"):
        d.links(persons, "HOLDS_POST", [place], 1, role=_place_roles(d, place))


def _place_roles(d: Drawing, place: str) -> list[str]:
    level = d.builder.nodes[place].get("level")
    return ["grid_worker", "contact_cadre"] if level is None else [f"{level}_head"]


def _seats(d: Drawing, body: str, persons: Sequence[str]) -> None:
    """Up to four persons in a body, substantive roles more often than others."""
    label = label_of(body)
    roles = [*CROSS_ROLES.get(label, ()), *POSTS[label]]
    for person in d.some(persons, 5, 1):
        d.edge(
            person,
            "HOLDS_POST",
            body,
            role=d.one(roles),
            concurrent=d.one([None, False, True]),
            paid=d.one([None, False, True]),
            pay_basis=d.one([None, "owners_assembly", "employer"]),
            capacity=d.one([None, None, "unit_owner_representative"]),
        )


def draw_services(d: Drawing) -> None:
    """Teams, stations, meetings, needs, resources, projects and who co-builds."""
    places = [*d.all("q"), *COMMUNITIES]
    for _ in range(d.number(0, 2)):
        kind = d.one(["volunteer_team", "interest_group"])
        d.edge(d.node("t", kind=kind, members=d.one([None, 12])), "SERVES", d.one(places))
    for _ in range(d.number(0, 2)):
        station = d.node("st", lat=d.one([None, 28.0, 28.02]), lon=113.0)
        d.edge(station, d.one(["SERVES", "BASED_IN"]), d.one(places))
    for _ in range(d.number(0, 2)):
        ago = d.one([0, 90, 91, -1])
        held_on = DAY - timedelta(days=ago)
        status = d.one(["held", "held", "cancelled", "planned"])
        kind = d.one(["joint_conference", "joint_conference", "talk"])
        meeting = d.node("m", kind=kind, held_on=held_on, status=status)
        d.builder.edge(meeting, "CONCERNS", d.one(places), since=held_on)
    for _ in range(d.number(0, 2)):
        wanted = d.some(["mediation", "venue", "medical"], 2)
        need = d.node("n", kind="need", category="parking", status="open", resource_categories=wanted)
        d.edge(need, "CONCERNS", d.one([*places, *d.all("b")]))
    providers = d.all("po", "rc", "t", "st", "u", "pf", "pp")
    for _ in range(d.number(0, 4)):
        resource = d.node("r", category=d.one(["mediation", "venue", "medical"]))
        d.edge(d.one(providers), "OFFERS", resource)
    d.links(d.all("u", "pf"), "CO_BUILDS", d.all("po"), 3)
    d.links(d.all("u"), "SERVES", places, 1)
    if d.all("n") and d.chance(3):
        project = d.node("pj", status=d.one([None, "planned", "active", "done", "stopped"]))
        d.edge(project, "MEETS", d.one(d.all("n")))
    if d.chance(2):
        mechanism = d.node("k", kind=d.one(["joint_meeting", "joint_meeting", "linkage"]))
        d.links(d.all("oc", "pp", "po"), "TAKES_PART_IN", [mechanism], 4)
        d.links([mechanism], "CONCERNS", places, 1)
    if len(d.all("p")) > 1 and d.chance(3):
        one, two, *_ = d.all("p")
        d.edge(one, "RELATED_TO", two, relation=d.one(["spouse", "sibling"]))


def draw_registers(d: Drawing) -> None:
    """Which lists are complete: most subjects nowhere or everywhere, some at single nodes."""
    b = d.builder
    everywhere = d.number(0, 2 ** len(REGISTERS) - 1)
    for bit, subject in enumerate(REGISTERS):
        if everywhere >> bit & 1:
            b.complete(DISTRICT, subject)
    nodes = [*d.all("q", "oc", "po", "rc", "pp", "sc", "p", "pf", "b", "g"), *COMMUNITIES]
    for node in d.some(nodes, 6):
        since, until = d.spell().values()
        subject = d.one(["post", "post", "employment", "ownership", *REGISTERS])
        b.edge(node, "COMPLETE_IN", "d-990101-register", since, until, subject=subject)


PARTS: tuple[Callable[[Drawing], None], ...] = (
    draw_places,
    draw_bodies,
    draw_property,
    draw_persons,
    draw_services,
    draw_registers,
)


@st.composite
def graphs(draw: st.DrawFn) -> GraphBuilder:
    """A district as described above; ask it for `DAY`, the day before, or the day after."""
    drawing = Drawing(draw)
    for part in PARTS:
        part(drawing)
    return drawing.builder


def draw_months(d: Drawing) -> None:
    """Of up to two dates only the month or year is known, in every other graph."""
    dated = [(row, name) for row in d.builder.nodes.values() for name in DATES if name in row]
    for at in d.some(range(len(dated)), 0 if d.chance(2) else 2):
        row, name = dated[at]
        blur(row, name, d.one(["month", "year"]))
