"""Rules on members recomputed: of the Party (R41, R44, R48), of committees (R42), units (R43).

Above the view and the seats.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from graph.model import label_of
from tests.oracle.committees import in_party
from tests.oracle.view import TWO_COMMITTEES, Verdicts, View

CATEGORIES = ("community_managed", "employed", "retired", "mobile")
UNITS = ("Unit", "PropertyFirm")
PLACES = ("Area", "Quarter")


def counted_twice(view: View, *, most: int = 1) -> Verdicts:
    """R41: no one has more than one membership at a time."""
    verdicts: Verdicts = {}
    for person in (p["id"] for p in view.of("Person")):
        memberships = view.out(person, "MEMBER_OF")
        if not memberships:
            continue
        listed = view.complete("membership", person, *view.ends(person, "LIVES_IN"))
        verdict = "fail" if len(memberships) > most else "pass" if listed else "unknown"
        verdicts[person,] = verdict
    return verdicts


def category_missing(view: View, *, categories: Collection[str] = CATEGORIES) -> Verdicts:
    """R48: every Party member has one of the categories."""
    verdicts: Verdicts = {}
    for person in (p["id"] for p in view.of("Person")):
        member = in_party(view, person)
        if member is None:
            verdicts[person,] = "unknown"
        elif member:
            found = view.value(person, "party_category") in categories
            verdicts[person,] = "pass" if found else "fail"
    return verdicts


def unit_gives_nothing(view: View, *, months: int = 12) -> Verdicts:
    """R43: a member unit has offered a resource or joined a project of late."""
    first = months_before(view.as_of, months)
    recent = {
        e["from"]
        for e in view.all_edges
        if e["type"] in ("OFFERS", "TAKES_PART_IN")
        and label_of(e["to"]) in ("Resource", "Project")
        and e["since"] <= view.as_of
        and e["until"] > first
    }
    verdicts: Verdicts = {}
    for unit in (u["id"] for label in UNITS for u in view.of(label)):
        joined = view.ends(unit, "CO_BUILDS")
        if not joined:
            continue
        places = view.ends(unit, "BASED_IN") or _places(p for o in joined for p in view.ends(o, "COVERS"))
        if recent & {unit, *_own_party(view, unit)}:
            verdicts[unit,] = "pass"
        else:
            listed = view.complete("resource", unit, *places)
            verdicts[unit,] = "fail" if listed else "unknown"
    return verdicts


def months_before(day: date, months: int) -> date:
    """The same day some months earlier, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError


def _places(nodes: Iterable[str]) -> set[str]:
    return {n for n in nodes if label_of(n) in PLACES}


def _own_party(view: View, unit: str) -> set[str]:
    """Party organizations of the unit itself."""
    return view.covering(unit, "PartyOrganization", lambda o: o["level"] == "unit")


def not_registered(view: View, *, exempt: Collection[str] = ("merchant",)) -> Verdicts:
    """R44: units and employed Party members have registered with the local organization."""
    verdicts: Verdicts = {}
    for unit in (u["id"] for u in view.of("Unit")):
        places = _places(view.ends(unit, "BASED_IN"))
        if not places or view.value(unit, "category") in exempt:
            continue
        if any(view.out(x, "REPORTED_TO") for x in (unit, *_own_party(view, unit))):
            verdicts[unit, None] = "pass"
        else:
            verdicts[unit, None] = "fail" if view.complete("report", unit, *places) else "unknown"
    for person in (p["id"] for p in view.of("Person")):
        category = view.value(person, "party_category")
        if not in_party(view, person) or category not in (None, "employed"):
            continue
        for quarter in view.ends(person, "LIVES_IN"):
            if view.out(person, "REPORTED_TO"):
                verdict = "pass"
            else:
                obliged = category is not None and view.complete("report", quarter)
                verdict = "fail" if obliged else "unknown"
            verdicts[quarter, person] = verdict
    return verdicts


def two_committees_overlap(view: View, *, num: int = 3, den: int = 5) -> Verdicts:
    """R42: the share of the Party committee that sits on the residents' committee, by bounds."""
    verdicts: Verdicts = {}
    for area in (a["id"] for a in view.of("Area") if a["level"] == "community"):
        party = view.covering(area, "PartyOrganization", lambda o: o["level"] == "community")
        residents = view.starts(area, "COVERS", "ResidentsCommittee")
        if not party or not residents:
            subject = "post" if party else "party_organization"
            known = view.complete(subject, area)
            verdicts[area,] = "not_applicable" if known else "unknown"
            continue
        members, vacant = _seats(view, party, area)
        councillors, places = _seats(view, residents, area)
        if vacant is None:
            verdicts[area,] = "unknown"
            continue
        size, both = len(members) + vacant, len(members & councillors)
        most = both + _more(len(members) - both, vacant, len(councillors) - both, places)
        if size == 0:
            verdict = "not_applicable"
        elif both * den >= num * size:
            verdict = "pass"
        else:
            verdict = "fail" if most * den < num * size else "unknown"
        verdicts[area,] = verdict
    return verdicts


def _seats(view: View, bodies: Collection[str], area: str) -> tuple[set[str], int | None]:
    """Who sits in the bodies, and how many seats may be held besides; None: no one knows."""
    persons: set[str] = set()
    vacant: int | None = 0
    for body in bodies:
        held = view.holders(body, TWO_COMMITTEES[label_of(body)])
        persons |= held
        elected = view.value(body, "elected_on")
        known = elected is None or elected <= view.as_of
        seats = view.value(body, "seats") if known else None
        if not view.complete("post", body, area):
            vacant = None if seats is None or vacant is None else vacant + max(0, seats - len(held))
    return persons, vacant


def _more(others: int, vacant: int, elsewhere: int, places: int | None) -> int:
    """How many more may sit on both, tried out; `places` are the council's free ones.

    Members outside the council may take a place; a vacant seat may go to a councillor or to
    someone new who takes a place.
    """
    free = others + vacant if places is None else places
    return max(
        moved + asked + fresh
        for moved in range(min(others, free) + 1)
        for asked in range(min(vacant, elsewhere) + 1)
        for fresh in range(min(vacant - asked, free - moved) + 1)
    )
