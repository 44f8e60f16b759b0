"""The district while it is being invented: its places, who lives where, and its rows so far.

In `worked_example`, above its rows, dice and scale; every other module adds to a `District`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from worked_example.delivery import Delivery, Value
from worked_example.dice import Dice
from worked_example.scale import CASE_QUARTERS, Scale

PROVINCE, CITY, DISTRICT = "990000000000", "990100000000", "990101000000"
CODE = "990101"
"""An unassigned district code: begins the slug of every id."""
REGISTER = "d-990101-register"
EARLIER = "d-990101-2024"
STATEMENT = "d-990101-statement"
SURVEY = date(2025, 6, 30)
"""From this day on the register is complete where it says so; the day to ask about."""
EARLIER_SURVEY = date(2024, 12, 31)
BARE = (5, 18)
"""Case quarters without grid, team, station and building posts: a gap and an unknown one."""
FIRST = date(2019, 1, 1)
"""No dated edge of an organization begins earlier."""


@dataclass(slots=True)
class Person:
    """A person as far as later choices depend on it."""

    id: str
    party: str | None
    owner: bool
    category: str | None = None


@dataclass(slots=True, eq=False)
class Quarter:
    """A quarter, and which bodies cover or serve it."""

    number: int
    id: str
    name: str
    above: str
    community: Community | None
    households: int
    buildings: list[str] = field(default_factory=list)
    grid: str = ""
    residents: list[Person] = field(default_factory=list)
    branch: str | None = None
    owners: str | None = None
    project: str | None = None
    firm: str | None = None


@dataclass(slots=True, eq=False)
class Community:
    """A community with its party organization and residents' committee."""

    number: int
    id: str
    name: str
    subdistrict: int
    party: str
    residents: str
    extended: bool = False
    station: str | None = None
    meetings: str | None = None
    quarters: list[Quarter] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Unit:
    """A unit, the community it is in, its own Party organization if it has one."""

    id: str
    name: str
    community: Community
    party: str | None = None


@dataclass
class District:
    """Everything invented so far; `delivery` holds the rows."""

    scale: Scale
    seed: int
    delivery: Delivery = field(default_factory=Delivery)
    communities: list[Community] = field(default_factory=list)
    quarters: list[Quarter] = field(default_factory=list)
    firms: list[str] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    employed: set[tuple[str, str]] = field(default_factory=set)
    """Person and employer, of every EMPLOYED_BY."""
    affiliation: dict[str, str] = field(default_factory=dict)
    """Person to the Party organization that his post or his unit puts him in."""
    people: int = 0
    resources: int = 0
    needs: int = 0

    def dice(self, topic: str) -> Dice:
        """The stream of chance of one topic."""
        return Dice(self.seed, topic)

    @property
    def chance_quarters(self) -> list[Quarter]:
        """The quarters that are left to chance, all but those of the cases."""
        return self.quarters[CASE_QUARTERS:]

    def person(
        self, home: Quarter, party: str | None, *, owner: bool, since: date, **properties: Value
    ) -> Person:
        """A new person who lives, and as `owner` owns a home, in a quarter since a day."""
        self.people += 1
        person = Person(f"p-{CODE}-{self.people:04d}", party, owner)
        name = f"示例人{self.people:04d}"
        self.delivery.node("Person", person.id, name, party_status=party, **properties)
        self.delivery.edge("LIVES_IN", person.id, home.id, since=since)
        if owner:
            self.delivery.edge("OWNS_HOME_IN", person.id, home.id, since=since)
        home.residents.append(person)
        return person

    def employ(self, person: Person, employer: str, since: date, **properties: Value) -> None:
        """Tie a person to a unit or firm, unless the tie is there already."""
        if (person.id, employer) in self.employed:
            return
        self.employed.add((person.id, employer))
        properties.setdefault("kind", "employee")
        self.delivery.edge("EMPLOYED_BY", person.id, employer, since=since, **properties)

    def resource(self, provider: str, category: str, name: str, **properties: Value) -> str:
        """A new resource with its one provider; `since`, `until` are those of the offer."""
        self.resources += 1
        offer = {key: properties.pop(key, None) for key in ("since", "until")}
        node = f"r-{CODE}-{self.resources:04d}"
        self.delivery.node("Resource", node, name, category=category, **properties)
        self.delivery.edge("OFFERS", provider, node, **offer)
        return node

    def need(self, place: str, category: str, name: str, **properties: Value) -> str:
        """A new need or issue of a place; `since`, `until` say when it was raised and closed."""
        self.needs += 1
        raised = {key: properties.pop(key, None) for key in ("since", "until")}
        node = f"n-{CODE}-{self.needs:04d}"
        self.delivery.node("Need", node, name, category=category, **properties)
        self.delivery.edge("CONCERNS", node, place, **raised)
        return node
