"""Areas, quarters, buildings and grids, and the organizations that every area has.

In `worked_example`, above the plan. The coordinates lie in the middle of the Bohai Sea.
"""

from __future__ import annotations

from datetime import date

from worked_example.delivery import Value
from worked_example.dice import Dice
from worked_example.plan import (
    BARE,
    CITY,
    CODE,
    DISTRICT,
    FIRST,
    PROVINCE,
    SURVEY,
    Community,
    District,
    Quarter,
)
from worked_example.scale import CASE_COMMUNITIES, CASE_QUARTERS, LOOSE_QUARTERS

_KINDS = {"commercial": 6.0, "old": 2.0, "resettlement": 1.0, "settlement": 0.5, "other": 0.5}
_DIGITS = "零一二三四五六七八九"


def chinese_number(number: int) -> str:
    """1 → 一, 12 → 十二, 30 → 三十; beyond 99 in digits."""
    if number > 99:  # noqa: PLR2004 - larger ones are no longer read as words
        return str(number)
    tens, ones = divmod(number, 10)
    head = {0: "", 1: "十"}.get(tens, f"{_DIGITS[tens]}十")
    return head + (_DIGITS[ones] if ones else "")


def subdistrict_id(number: int) -> str:
    """The 12-digit id of the n-th subdistrict, from 1."""
    return f"{CODE}{number:03d}000"


def subdistrict_party(number: int) -> str:
    """The id of a subdistrict's Party working committee."""
    return f"po-{CODE}-s{number}"


DISTRICT_PARTY = f"po-{CODE}-d"


def coordinates(dice: Dice) -> dict[str, Value]:
    """A point at sea, WGS 84, in a square of about nine kilometres."""
    return {
        "lat": (38_455_000 + dice.between(0, 90_000)) / 1_000_000,
        "lon": (119_850_000 + dice.between(0, 100_000)) / 1_000_000,
    }


def add_geography(district: District) -> None:
    """All places, top down; communities get their Party organization and residents' committee."""
    dice = district.dice("geography")
    _add_upper_areas(district)
    for index in range(district.scale.communities):
        _add_community(district, dice, index)
    for index in range(district.scale.quarters):
        _add_quarter(district, dice, index)


def _add_upper_areas(district: District) -> None:
    rows = district.delivery
    for area, name, level in (
        (PROVINCE, "示例省（虚构）", "province"),
        (CITY, "示例市（虚构）", "city"),
        (DISTRICT, "示例区（虚构）", "district"),
    ):
        rows.node("Area", area, name, level=level, code=area)
    rows.edge("PART_OF", CITY, PROVINCE)
    rows.edge("PART_OF", DISTRICT, CITY)
    rows.node("PartyOrganization", DISTRICT_PARTY, "示例区委", tier="committee", level="district")
    rows.edge("COVERS", DISTRICT_PARTY, DISTRICT)
    for number in range(1, district.scale.subdistricts + 1):
        area, name = subdistrict_id(number), f"示例{chinese_number(number)}街道"
        party = subdistrict_party(number)
        rows.node("Area", area, name, level="subdistrict", code=area)
        rows.edge("PART_OF", area, DISTRICT)
        rows.node(
            "PartyOrganization",
            party,
            f"{name}党工委",
            tier="work_committee",
            level="subdistrict",
            extended_committee=number % 2 == 1,
            seats=9,
        )
        rows.edge("COVERS", party, area)
        rows.edge("SUBORDINATE_TO", party, DISTRICT_PARTY)


def _add_community(district: District, dice: Dice, index: int) -> None:
    scale, rows = district.scale, district.delivery
    number, street = index + 1, index * scale.subdistricts // scale.communities + 1
    in_street = sum(1 for c in district.communities if c.subdistrict == street) + 1
    area = f"{CODE}{street:03d}{in_street:03d}"
    slug, name = f"c{number:02d}", f"示例社区{number:02d}"
    community = Community(
        number,
        area,
        name,
        street,
        f"po-{CODE}-{slug}",
        f"rc-{CODE}-{slug}",
        extended=number not in (2, 4) and (number <= CASE_COMMUNITIES or dice.chance(0.7)),
    )
    district.communities.append(community)
    population = dice.between(3000, 14000) if dice.chance(0.8) else None
    rows.node("Area", area, name, level="community", code=area, population_resident=population)
    rows.edge("PART_OF", area, subdistrict_id(street))
    elected = dice.day(date(2021, 1, 10), date(2021, 6, 20))
    tier, word = ("committee", "党委") if number % 3 == 0 else ("general_branch", "党总支")
    rows.node(
        "PartyOrganization",
        community.party,
        f"{name}{word}",
        tier=tier,
        level="community",
        elected_on=elected,
        term_until=elected.replace(year=2026),
        seats=5,
        extended_committee=True if community.extended else None,
        extended_since=date(2022, 3, 1) if community.extended else None,
    )
    rows.edge("COVERS", community.party, area)
    rows.edge("SUBORDINATE_TO", community.party, subdistrict_party(street))
    rows.node(
        "ResidentsCommittee",
        community.residents,
        f"{name}居委会",
        elected_on=elected,
        term_until=elected.replace(year=2026),
        seats=5,
    )
    rows.edge("COVERS", community.residents, area)


def _home(district: District, index: int) -> tuple[str, Community | None]:
    """The place above a quarter; of the last two no community is known."""
    scale = district.scale
    if index < CASE_QUARTERS:
        community = district.communities[index * CASE_COMMUNITIES // CASE_QUARTERS]
    elif index >= scale.quarters - LOOSE_QUARTERS:
        above = subdistrict_id(scale.subdistricts) if index < scale.quarters - 1 else DISTRICT
        return above, None
    else:
        rest = scale.communities - CASE_COMMUNITIES
        placed = scale.quarters - CASE_QUARTERS - LOOSE_QUARTERS
        step = (index - CASE_QUARTERS) * rest // placed
        community = district.communities[CASE_COMMUNITIES + step]
    return community.id, community


def _add_quarter(district: District, dice: Dice, index: int) -> None:
    rows, number = district.delivery, index + 1
    above, community = _home(district, index)
    households = dice.between(80, 2400)
    quarter = Quarter(number, f"q-{CODE}-{number:03d}", f"示例小区{number:03d}", above, community, households)
    placed = dice.chance(0.85)
    built = dice.day(date(2000, 1, 1), date(2018, 12, 31))
    rows.node(
        "Quarter",
        quarter.id,
        quarter.name,
        kind=dice.weigh(_KINDS),
        households=households if dice.chance(0.9) else None,
        floor_area_m2=float(households * dice.between(80, 120)) if dice.chance(0.7) else None,
        single_owner=dice.chance(0.03) if dice.chance(0.6) else None,
        **(coordinates(dice) if placed else {}),
    )
    rows.edge("PART_OF", quarter.id, above, since=built)
    district.quarters.append(quarter)
    if community:
        community.quarters.append(quarter)
    _add_buildings(district, dice, quarter)


def _add_buildings(district: District, dice: Dice, quarter: Quarter) -> None:
    rows, count = district.delivery, dice.between(2, 4)
    for n in range(1, count + 1):
        building = f"b-{CODE}-{quarter.number:03d}-{n}"
        share = quarter.households // count
        name = f"{quarter.name}{n}栋"
        rows.node("Building", building, name, level="building", households=share)
        rows.edge("PART_OF", building, quarter.id)
        quarter.buildings.append(building)
    for n in (1, 2):
        entrance = f"{quarter.buildings[0]}-e{n}"
        rows.node("Building", entrance, f"{quarter.name}1栋{n}单元", level="entrance")
        rows.edge("PART_OF", entrance, quarter.buildings[0])
    if quarter.number in BARE:
        return
    quarter.grid = f"g-{CODE}-{quarter.number:03d}"
    kind = "residents_group" if quarter.community is None else "grid"
    word = "居民小组" if quarter.community is None else "网格"
    rows.node("Grid", quarter.grid, f"{quarter.name}{word}", kind=kind)
    rows.edge("PART_OF", quarter.grid, quarter.above)
    rows.edge("COVERS", quarter.grid, quarter.id, since=FIRST)
    if quarter.number % 10 == 0:  # its register counts the buildings, so its grid covers one
        rows.edge("COVERS", quarter.grid, quarter.buildings[0], since=SURVEY)
