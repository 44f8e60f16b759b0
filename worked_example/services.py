"""Teams, service stations, grid and building posts, building groups: in all quarters by chance.

In `worked_example`, above `bodies`. Roles here are none that cross-appoint, so they leave the
answers of the cases as they are.
"""

from __future__ import annotations

from datetime import date

from worked_example.bodies import add_post, add_team
from worked_example.delivery import display
from worked_example.dice import Dice
from worked_example.geography import coordinates, subdistrict_id
from worked_example.plan import BARE, CODE, DISTRICT, FIRST, SURVEY, Community, District, Quarter
from worked_example.scale import CASE_QUARTERS


def add_services(district: District) -> None:
    """Stations top down, then what each quarter has."""
    dice, rows = district.dice("services"), district.delivery
    centre = rows.node(
        "ServiceStation",
        f"st-{CODE}-d",
        "示例区党群服务中心",
        kind="centre",
        floor_area_m2=3200.0,
        lat=38.5,
        lon=119.9,
    )
    rows.edge("SERVES", centre, DISTRICT)
    rows.edge("BASED_IN", centre, subdistrict_id(1))
    add_team(district, DISTRICT, "d-women", "示例区妇联", kind="mass_organization", since=FIRST)
    for community in district.communities:
        _add_station(district, dice, community, centre)
        _add_groups(district, dice, community)
    for quarter in district.quarters:
        if quarter.number not in BARE:
            _add_quarter_services(district, dice, quarter)


def _add_station(district: District, dice: Dice, community: Community, centre: str) -> None:
    if community.number in (2, 4) or dice.chance(0.2):
        return
    rows, slug = district.delivery, f"c{community.number:02d}"
    station = rows.node(
        "ServiceStation",
        f"st-{CODE}-{slug}",
        f"{community.name}党群服务站",
        kind="station",
        floor_area_m2=float(dice.between(150, 1200)) if dice.chance(0.8) else None,
        **coordinates(dice),
    )
    community.station = station
    rows.edge("SUBORDINATE_TO", station, centre)
    rows.edge("SERVES", station, community.id, since=FIRST)
    rows.edge("BASED_IN", station, community.id)
    for quarter in community.quarters:
        if quarter.number not in BARE and dice.chance(0.6):
            minutes = float(dice.between(2, 22)) if dice.chance(0.7) else None
            rows.edge("SERVES", station, quarter.id, since=FIRST, walk_minutes=minutes)
    residents = [p for q in community.quarters for p in q.residents if p.party == "full"]
    for person in residents[-1:]:
        add_post(district, person, station, "duty_member", SURVEY, until=date(2025, 7, 1))


def _add_groups(district: District, dice: Dice, community: Community) -> None:
    """Interest groups of a community: none in the second and fourth."""
    count = 0 if community.number in (2, 4) else dice.between(0, 3)
    for n in range(1, (2 if community.number == 1 else count) + 1):
        members = dice.between(8, 45) if dice.chance(0.8) else None
        slug, since = f"c{community.number:02d}-{n}", dice.day(FIRST, SURVEY)
        name = f"{community.name}兴趣小组{n}"
        add_team(district, community.id, slug, name, kind="interest_group", since=since, members=members)


def _add_quarter_services(district: District, dice: Dice, quarter: Quarter) -> None:
    rows, people, by_hand = district.delivery, quarter.residents, quarter.number <= CASE_QUARTERS
    if by_hand:
        people = people[-1:]
    if dice.chance(0.65):
        since, members = dice.day(FIRST, SURVEY), dice.between(6, 60)
        name = f"{quarter.name}志愿服务队"
        team = add_team(
            district,
            quarter.id,
            f"{quarter.number:03d}",
            name,
            kind="volunteer_team",
            since=since,
            members=members if dice.chance(0.7) else None,
        )
        add_post(district, people[-1], team, "leader", since)
    if dice.chance(0.08) and not by_hand:
        kind = dice.pick(("stop", "micro_complex", "activity_centre"))
        station = rows.node(
            "ServiceStation",
            f"st-{CODE}-{quarter.number:03d}",
            quarter.name + display("ServiceStation", "kind", kind),
            kind=kind,
        )
        rows.edge("SERVES", station, quarter.id, since=FIRST, walk_minutes=3.0)
        rows.edge("BASED_IN", station, quarter.id)
        if quarter.community and quarter.community.station:
            rows.edge("SUBORDINATE_TO", station, quarter.community.station)
    if dice.chance(0.8):
        add_post(district, people[-1], quarter.grid, "grid_worker", dice.day(FIRST, SURVEY))
    if dice.chance(0.1):
        add_post(district, people[-1], quarter.id, "contact_cadre", date(2022, 1, 1))
    for building in quarter.buildings:
        if dice.chance(0.55):
            since = dice.day(FIRST, SURVEY)
            add_post(district, dice.pick(people), building, "building_head", since)
    if dice.chance(0.5):
        entrance = f"{quarter.buildings[0]}-e1"
        add_post(district, dice.pick(people), entrance, "entrance_head", date(2021, 4, 1))
    if quarter.branch and dice.chance(0.5):
        _add_building_groups(district, dice, quarter, quarter.branch)


def _add_building_groups(district: District, dice: Dice, quarter: Quarter, branch: str) -> None:
    rows, leaders = district.delivery, [p for p in quarter.residents if p.party == "full"]
    for building in quarter.buildings:
        if dice.chance(0.6):
            group = building.replace("b-", "po-", 1).replace(f"{CODE}-", f"{CODE}-b", 1)
            name = f"{quarter.name}{building[-1]}栋党小组"
            rows.node("PartyOrganization", group, name, tier="group", level="building")
            rows.edge("COVERS", group, building, since=date(2022, 1, 1))
            rows.edge("SUBORDINATE_TO", group, branch, since=date(2022, 1, 1))
            if leaders:
                add_post(district, dice.pick(leaders), group, "group_leader", date(2022, 1, 1))
