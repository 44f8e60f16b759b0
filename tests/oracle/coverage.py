"""The fifteen coverage dimensions recomputed: every subject with its area and state.

Above the view. `DIMENSIONS` maps the name of a catalogue file to its recomputation, which takes
the file's own parameters by name.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain
from math import asin, cos, radians, sin, sqrt
from typing import Any

from graph.model import CROSS_ROLES, label_of
from tests.oracle.committees import in_party, party_share
from tests.oracle.paths import find_paths
from tests.oracle.ties import EMPLOYED, barred
from tests.oracle.view import BRANCHES, PARTY_SEATS, SITTING, TWO_COMMITTEES, View

EARTH_M = 6_371_000.0


@dataclass(frozen=True)
class Subject:
    """One subject of a dimension; `area` is the lowest known area it is in."""

    id: str
    area: str | None
    state: str


def _subject(view: View, id_: str, *places: str, covered: bool, closed: bool) -> Subject:
    state = "covered" if covered else "gap" if closed else "unknown"
    return Subject(id_, view.lowest_area(*places), state)


def _quarters(view: View, subject: str, covered: Callable[[str], bool]) -> Iterator[Subject]:
    """One subject per quarter, closed by one register."""
    for quarter in (q["id"] for q in view.of("Quarter")):
        closed = view.complete(subject, quarter)
        yield _subject(view, quarter, quarter, covered=covered(quarter), closed=closed)


def party_branch(view: View) -> Iterator[Subject]:
    """A branch of any kind covers the quarter."""
    return _quarters(
        view,
        "party_organization",
        lambda q: bool(view.covering(q, "PartyOrganization", lambda b: b.get("tier") in BRANCHES)),
    )


def party_group(view: View, *, entrances: bool = False) -> Iterator[Subject]:
    """A Party group covers the building."""
    for building in view.of("Building"):
        if building["level"] == "building" or entrances:
            id_ = building["id"]
            groups = view.covering(id_, "PartyOrganization", lambda b: b.get("tier") == "group")
            closed = view.complete("party_organization", id_)
            yield _subject(view, id_, id_, covered=bool(groups), closed=closed)


def owners_committee(view: View, *, interim: bool = True) -> Iterator[Subject]:
    """An owners' committee, or the interim body, covers the quarter."""
    return _quarters(view, "owners_committee", lambda q: bool(committees(view, q, interim=interim)))


def committees(view: View, quarter: str, *, interim: bool) -> set[str]:
    """The quarter's owners' committees, with the interim ones or without."""
    return view.covering(quarter, "OwnersCommittee", lambda o: interim or o["kind"] == "owners_committee")


def property_service(view: View) -> Iterator[Subject]:
    """A property project serves the quarter."""
    return _quarters(view, "property_project", lambda q: bool(view.starts(q, "SERVES", "PropertyProject")))


def volunteer_team(view: View) -> Iterator[Subject]:
    """A volunteer team serves the quarter itself."""
    return _quarters(view, "team", lambda q: bool(_teams(view, q, "volunteer_team")))


def _teams(view: View, place: str, kind: str) -> set[str]:
    return {t for t in view.starts(place, "SERVES", "Team") if view.value(t, "kind") == kind}


def service_station(
    view: View, *, walk_minutes: float = 15.0, distance_m: float = 1000.0
) -> Iterator[Subject]:
    """A station serves the quarter, or one stands near its entrance."""
    del walk_minutes  # the second measure alone
    standing = [
        s["id"]
        for s in view.of("ServiceStation")
        if any(view.out(s["id"], t) for t in ("SERVES", "SUBORDINATE_TO", "BASED_IN"))
    ]

    def covered(quarter: str) -> bool:
        metres = (_metres(view, quarter, station) for station in standing)
        near = any(m is not None and m <= distance_m for m in metres)
        return near or bool(view.starts(quarter, "SERVES", "ServiceStation"))

    return _quarters(view, "station", covered)


def _metres(view: View, one: str, two: str) -> float | None:
    ends = [(view.value(n, "lat"), view.value(n, "lon")) for n in (one, two)]
    if any(None in end for end in ends):
        return None
    (a, b), (c, d) = ((radians(lat), radians(lon)) for lat, lon in ends)
    half = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return 2 * EARTH_M * asin(sqrt(half))


def grid_post(view: View) -> Iterator[Subject]:
    """Each grid has its worker, each building and each entrance its head."""
    required = [(g["id"], "grid_worker") for g in view.of("Grid")]
    required += [(b["id"], f"{b['level']}_head") for b in view.of("Building")]
    for place, role in required:
        filled, closed = bool(view.holders(place, [role])), view.complete("post", place)
        yield _subject(view, f"{place}#{role}", place, covered=filled, closed=closed)


def cross_appointment(
    view: View, *, interim: bool = True, kinds: Collection[str] = EMPLOYED, affiliates: bool = True
) -> Iterator[Subject]:
    """One person in both bodies of an admissible pair, where both bodies exist."""
    for quarter in (q["id"] for q in view.of("Quarter")):
        owners = committees(view, quarter, interim=interim)
        branches = quarter_branches(view, quarter)
        projects = view.starts(quarter, "SERVES", "PropertyProject")
        orgs, residents = two_committees(view, quarter)
        areas = view.communities(quarter)
        sitting = {p for o in owners for p in view.holders(o, SITTING)}
        every = _persons(view, committees(view, quarter, interim=True), SITTING)
        tied = {p for p in every if barred(view, p, quarter, kinds, affiliates=affiliates)}
        in_branch = _persons(view, branches, PARTY_SEATS)
        in_two = {p for b in orgs | residents for p in view.holders(b, TWO_COMMITTEES[label_of(b)])}
        managers = _persons(view, projects, CROSS_ROLES["PropertyProject"])
        part_time = _persons(view, orgs, {"part_time_member"})
        pairs = {
            "branch-committee": (branches, owners, in_branch & sitting - tied),
            "community-committee": (orgs | residents, owners, in_two & sitting - tied),
            "branch-property": (branches, projects, in_branch & managers - tied),
            "community-property": (orgs, projects, part_time & managers - tied),
        }
        for name, (one, two, linking) in pairs.items():
            if one and two:
                closed = all(
                    view.complete("post", body, *(areas if body in orgs | residents else {quarter}))
                    for body in one | two
                )
                id_ = f"{quarter}#{name}"
                yield _subject(view, id_, quarter, covered=bool(linking), closed=closed)


def quarter_branches(view: View, quarter: str) -> set[str]:
    """Party organizations of level quarter that cover a quarter."""
    return view.covering(quarter, "PartyOrganization", lambda b: b["level"] == "quarter")


def two_committees(view: View, quarter: str) -> tuple[set[str], set[str]]:
    """Party organizations of the quarter's community, and its residents' committees."""
    orgs: set[str] = set()
    residents: set[str] = set()
    for community in view.communities(quarter):
        orgs |= view.covering(community, "PartyOrganization", lambda b: b["level"] == "community")
        residents |= view.starts(community, "COVERS", "ResidentsCommittee")
    return orgs, residents


def _persons(view: View, bodies: Collection[str], roles: Collection[str]) -> set[str]:
    return set(chain.from_iterable(view.holders(b, roles) for b in bodies))


def oc_party_ratio(view: View, *, num: int = 1, den: int = 2) -> Iterator[Subject]:
    """The share of Party members on each owners' committee, as rule R15 has it."""
    states = {"pass": "covered", "fail": "gap", "unknown": "unknown"}
    for (committee,), verdict in party_share(view, num=num, den=den).items():
        if verdict in states:
            area = view.lowest_area(*view.ends(str(committee), "COVERS"))
            yield Subject(str(committee), area, states[verdict])


def big_committee(view: View) -> Iterator[Subject]:
    """The community's Party organization has part-time members or co-builders."""
    for area in (a["id"] for a in view.of("Area") if a["level"] == "community"):
        bodies = view.covering(area, "PartyOrganization", lambda b: b["level"] == "community")
        covered = any(
            view.holders(b, ["part_time_member"])
            or view.into(b, "CO_BUILDS")
            or view.value(b, "extended_committee")
            for b in bodies
        )
        registers = ("post", "co_building") if bodies else ("party_organization",)
        closed = all(view.complete(s, area, b) for b in bodies or [area] for s in registers)
        yield _subject(view, area, area, covered=covered, closed=closed)


def resource_match(view: View) -> Iterator[Subject]:
    """A path leads to a resource that meets the need, or a running project meets it."""
    for need in (n["id"] for n in view.of("Need")):
        places = view.ends(need, "CONCERNS")
        if not places:
            continue
        projects = {
            p for p in view.starts(need, "MEETS") if view.value(p, "status") not in ("done", "stopped")
        }
        covered = bool(projects or find_paths(view, need))
        closed = all(view.complete(s, p) for p in places for s in ("resource", "co_building"))
        yield _subject(view, need, *places, covered=covered, closed=closed)


def mediation(view: View) -> Iterator[Subject]:
    """Whatever serves or covers the quarter or its community offers mediation."""

    def covered(quarter: str) -> bool:
        return any(
            view.value(resource, "category") == "mediation"
            for place in {quarter} | view.communities(quarter)
            for body in view.starts(place, "COVERS") | view.starts(place, "SERVES")
            for resource in view.ends(body, "OFFERS")
        )

    return _quarters(view, "resource", covered)


def joint_meeting(view: View, *, period: int = 90) -> Iterator[Subject]:
    """A joint conference on the quarter or its community was held within the period."""
    first = view.as_of - timedelta(days=period)

    def counts(meeting: str) -> bool:
        kind, status, day = (view.value(meeting, p) for p in ("kind", "status", "held_on"))
        return (
            kind == "joint_conference" and status == "held" and day is not None and first <= day <= view.as_of
        )

    def covered(quarter: str) -> bool:
        places = {quarter} | view.communities(quarter)
        return any(counts(m) for p in places for m in view.starts(p, "CONCERNS", "Meeting"))

    return _quarters(view, "meeting", covered)


def party_member_activation(view: View) -> Iterator[Subject]:
    """A resident employed Party member has registered."""
    for person in view.of("Person"):
        homes = view.ends(person["id"], "LIVES_IN")
        if homes and in_party(view, person["id"]) and person.get("party_category") == "employed":
            covered = bool(view.ends(person["id"], "REPORTED_TO"))
            closed = view.complete("report", person["id"], *homes)
            yield _subject(view, person["id"], *homes, covered=covered, closed=closed)


def interest_group(view: View) -> Iterator[Subject]:
    """An interest group serves the community or one of its quarters."""
    for area in (a["id"] for a in view.of("Area") if a["level"] == "community"):
        places = {area} | {q["id"] for q in view.of("Quarter") if area in view.areas(q["id"])}
        covered = any(_teams(view, place, "interest_group") for place in places)
        yield _subject(view, area, area, covered=covered, closed=view.complete("team", area))


DIMENSIONS: dict[str, Callable[..., Iterator[Subject]]] = {
    f.__name__: f
    for f in (
        party_branch,
        party_group,
        owners_committee,
        property_service,
        volunteer_team,
        service_station,
        grid_post,
        cross_appointment,
        oc_party_ratio,
        big_committee,
        resource_match,
        mediation,
        joint_meeting,
        party_member_activation,
        interest_group,
    )
}


def recompute(view: View, dimension: str, **params: Any) -> dict[str, Subject]:
    """Subjects of a dimension by id."""
    return {s.id: s for s in DIMENSIONS[dimension](view, **params)}
