"""Units and property firms: where they stand, whom they belong to, their Party organizations.

In `worked_example`, above the plan. The first firm is the parent of the second: quarter 010.
"""

from __future__ import annotations

from datetime import date

from worked_example.geography import DISTRICT_PARTY
from worked_example.plan import CODE, DISTRICT, FIRST, District, Unit

_UNITS = {
    "merchant": 3.0,
    "private_enterprise": 3.0,
    "government_organ": 2.0,
    "public_institution": 2.0,
    "new_economic_organization": 1.5,
    "bank": 1.0,
    "state_enterprise": 1.0,
    "new_social_organization": 1.0,
    "police_station": 0.7,
    "other": 0.5,
}
_FIRMS = ("state_enterprise", "private_enterprise", "private_enterprise", "other")
SECTOR_PARTY = f"po-{CODE}-sector"


def add_economy(district: District) -> None:
    """All firms and units; posts, employment and co-building come later."""
    rows = district.delivery
    rows.node("PartyOrganization", SECTOR_PARTY, "示例物业行业党委", tier="committee", level="sector")
    rows.edge("SUBORDINATE_TO", SECTOR_PARTY, DISTRICT_PARTY)
    for number in range(1, district.scale.firms + 1):
        _add_firm(district, number)
    _add_units(district)


def _add_firm(district: District, number: int) -> None:
    rows, firm = district.delivery, f"pf-{CODE}-{number:02d}"
    category = _FIRMS[(number - 1) % len(_FIRMS)]
    rows.node("PropertyFirm", firm, f"示例物业企业{number:02d}", category=category)
    rows.edge("BASED_IN", firm, DISTRICT)
    if number != 5:  # noqa: PLR2004 - the fifth is covered by none: R36
        rows.edge("COVERS", SECTOR_PARTY, firm, since=FIRST)
    district.firms.append(firm)
    if number == 2:  # noqa: PLR2004 - the subsidiary
        rows.edge("SUBORDINATE_TO", firm, district.firms[0], since=FIRST)


def _add_units(district: District) -> None:
    dice, rows = district.dice("units"), district.delivery
    for number in range(1, district.scale.units + 1):
        community = district.communities[(number - 1) % len(district.communities)]
        unit = Unit(f"u-{CODE}-{number:03d}", f"示例单位{number:03d}", community)
        category = "public_institution" if number <= len(district.communities) else None
        category = category or dice.weigh(_UNITS)
        rows.node("Unit", unit.id, unit.name, category=category if dice.chance(0.95) else None)
        place = dice.pick(community.quarters).id if dice.chance(0.2) else community.id
        rows.edge("BASED_IN", unit.id, place)
        if category == "police_station":
            rows.edge("SERVES", unit.id, community.id)
        if category == "bank" and dice.chance(0.5):
            rows.edge("SUBORDINATE_TO", unit.id, district.units[0].id)
        district.units.append(unit)
        if dice.chance(0.25):
            _add_unit_party(district, unit, dice.day(FIRST, date(2024, 6, 1)))


def _add_unit_party(district: District, unit: Unit, since: date) -> None:
    rows = district.delivery
    unit.party = f"po-{CODE}-u{unit.id.rpartition('-')[2]}"
    rows.node("PartyOrganization", unit.party, f"{unit.name}党支部", tier="branch", level="unit")
    rows.edge("COVERS", unit.party, unit.id, since=since)
    rows.edge("SUBORDINATE_TO", unit.party, unit.community.party, since=since)
