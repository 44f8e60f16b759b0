"""The residents of the quarters that are left to chance, and all ties of persons.

In `worked_example`, above the plan. Runs twice: residents before the bodies that they fill,
membership and employment after them.
"""

from __future__ import annotations

from datetime import date

from worked_example.delivery import Value
from worked_example.dice import Dice
from worked_example.geography import DISTRICT_PARTY
from worked_example.plan import FIRST, SURVEY, District, Person, Quarter, Unit

_PARTY: dict[str | None, float] = {"none": 45, "full": 37, "probationary": 4, None: 14}
_CATEGORY: dict[str | None, float] = {
    "employed": 40,
    "retired": 25,
    "community_managed": 20,
    "mobile": 6,
    "other": 3,
    None: 6,
}
_PUBLIC: dict[str | None, float] = {
    "none": 66,
    "public_employee": 9,
    "civil_servant": 4,
    "leading_cadre": 1,
    None: 20,
}
_GENDER: dict[str | None, float] = {"female": 45, "male": 45, None: 10}
_KINSHIP = ("spouse", "parent", "sibling", "grandparent", "parent_in_law", "other")
_TIES = {"employee": 92.0, "seconded": 5.0, "shareholder": 3.0}


def add_residents(district: District) -> None:
    """Everybody whom the cases have not named, spread evenly; two thirds own their home."""
    dice, homes = district.dice("residents"), district.chance_quarters
    genders = district.dice("genders")
    for number in range(district.scale.persons - district.people):
        party = dice.weigh(_PARTY)
        category = dice.weigh(_CATEGORY) if party in ("full", "probationary") else None
        person = district.person(
            homes[number % len(homes)],
            party,
            owner=dice.chance(0.68),
            since=dice.day(date(2005, 1, 1), date(2024, 12, 1)),
            party_category=category,
            public_post=dice.weigh(_PUBLIC),
            gender=genders.weigh(_GENDER),
            **_party_dates(dice, party),
        )
        person.category = category
        if dice.chance(0.04):
            other = dice.pick(district.quarters)
            if other is not homes[number % len(homes)]:
                _own_elsewhere(district, dice, person, other)


def _own_elsewhere(district: District, dice: Dice, person: Person, quarter: Quarter) -> None:
    since = dice.day(date(2010, 1, 1), date(2022, 12, 1))
    until = dice.day(date(2023, 1, 1), SURVEY) if dice.chance(0.3) else None
    district.delivery.edge("OWNS_HOME_IN", person.id, quarter.id, since=since, until=until)


def _party_dates(dice: Dice, party: str | None) -> dict[str, Value]:
    if party == "probationary":
        return {"party_joined_on": dice.day(date(2024, 7, 1), date(2025, 5, 1))}
    if party != "full" or dice.chance(0.15):
        return {}
    joined = dice.day(date(1985, 1, 1), date(2023, 6, 30))
    full = date(joined.year + 1, joined.month, min(joined.day, 28))
    return {"party_joined_on": joined, "party_full_on": full}


def add_ties(district: District) -> None:
    """Employment, membership, registration and kinship of the residents left to chance."""
    dice = district.dice("ties")
    staff: dict[int, list[Unit]] = {}
    for unit in district.units:
        staff.setdefault(unit.community.number, []).append(unit)
    for quarter in district.chance_quarters:
        near = staff.get(quarter.community.number, []) if quarter.community else district.units[:3]
        for person in quarter.residents:
            _employ(district, dice, person, near)
            if person.party in ("full", "probationary"):
                _affiliate(district, dice, person, quarter)
        _add_kin(district, dice, quarter)
    _report_units(district, dice)


def _employ(district: District, dice: Dice, person: Person, near: list[Unit]) -> None:
    if not near or not dice.chance(0.9 if person.category == "employed" else 0.25):
        return
    unit = dice.pick(near)
    until = dice.day(date(2023, 1, 1), date(2025, 6, 1)) if dice.chance(0.1) else None
    since = dice.day(FIRST, date(2022, 12, 31))
    district.employ(person, unit.id, since, kind=dice.weigh(_TIES), until=until)
    if unit.party and until is None:
        district.affiliation.setdefault(person.id, unit.party)


def _affiliate(district: District, dice: Dice, person: Person, quarter: Quarter) -> None:
    rows, community = district.delivery, quarter.community
    own = community.party if community else DISTRICT_PARTY
    home = district.affiliation.get(person.id)
    if home is None:
        home = quarter.branch if quarter.branch and dice.chance(0.6) else own
    since = dice.day(FIRST, date(2024, 9, 1))
    if dice.chance(0.9):
        rows.edge("MEMBER_OF", person.id, home, since=since)
        if home != own and dice.chance(0.1):  # moved from the community's organization
            rows.edge("MEMBER_OF", person.id, own, since=date(2015, 7, 1), until=since)
    if person.category == "employed" and home != own and dice.chance(0.6):
        since = dice.day(date(2020, 1, 1), date(2025, 6, 20))
        until = date(2025, 6, 25) if dice.chance(0.05) else None
        rows.edge("REPORTED_TO", person.id, own, since=since, until=until)


def _add_kin(district: District, dice: Dice, quarter: Quarter) -> None:
    if len(quarter.residents) > 1 and dice.chance(0.6):
        one, other = dice.some(quarter.residents, 2)
        disclosed = dice.chance(0.5) if dice.chance(0.6) else None
        relation = dice.pick(_KINSHIP)
        rows = district.delivery
        rows.edge("RELATED_TO", one.id, other.id, relation=relation, disclosed=disclosed)


def _report_units(district: District, dice: Dice) -> None:
    for unit in district.units:
        if dice.chance(0.3):
            since = dice.day(date(2020, 1, 1), date(2025, 5, 1))
            who = unit.party if unit.party and dice.chance(0.3) else unit.id
            district.delivery.edge("REPORTED_TO", who, unit.community.party, since=since)
