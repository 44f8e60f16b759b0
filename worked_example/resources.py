"""What units, teams, stations and bodies offer, by chance and by hand.

In `worked_example`, above co-building. Near the case communities chance keeps to categories that
leave the hand-placed paths the only ones.
"""

from __future__ import annotations

from datetime import date

from worked_example.delivery import Value, vocabulary
from worked_example.dice import Dice
from worked_example.plan import District

_BY_HAND = {"medical", "after_school", "minors_care", "mediation", "legal_aid", "elderly_care"}
CASE_RESOURCES = 4
"""The first four are placed by hand."""
_NEAR = 1
"""The subdistrict of the cases: what is in it may lie on a path from them."""
_POOLS = {"u": 60.0, "t": 12.0, "po": 10.0, "st": 6.0, "rc": 5.0, "pp": 5.0, "pf": 2.0}
_FIRST, _LAST = date(2021, 1, 1), date(2025, 5, 31)


def add_resources(district: District) -> None:
    """The resources of the cases, then as many as the scale says."""
    _add_case_resources(district)
    dice, words = district.dice("resources"), vocabulary("Resource", "category")
    everywhere = [c for c in words if c not in _BY_HAND]
    pools, near = _pools(district), _near_places(district)
    weights = {prefix: weight for prefix, weight in _POOLS.items() if pools.get(prefix)}
    for number in range(district.resources + 1, district.scale.resources + 1):
        provider, place = dice.pick(pools[dice.weigh(weights)])
        category = dice.pick(everywhere if place in near else list(words))
        name = f"示例资源{number:04d}（{words[category]}）"
        district.resource(provider, category, name, **_offer(dice))


def _add_case_resources(district: District) -> None:
    """A clinic (open), an after-school class (ended), lawyers at the street, a mediation room."""
    clinic, school, lawyers = (unit.id for unit in district.units[:3])
    since, first = date(2023, 1, 1), district.communities[0]
    district.resource(
        clinic, "medical", "示例资源0001（示例义诊）", since=since, capacity=40.0, capacity_unit="人次/月"
    )
    district.resource(
        school,
        "after_school",
        "示例资源0002（示例四点半课堂）",
        since=since,
        until=date(2025, 1, 1),
        capacity=30.0,
        capacity_unit="人/学期",
    )
    district.resource(lawyers, "legal_aid", "示例资源0003（示例法律咨询）", since=since)
    district.resource(first.party, "mediation", "示例资源0004（示例调解室）", since=since)


def _offer(dice: Dice) -> dict[str, Value]:
    """The period of an offer, one in eight ended, and its capacity where known."""
    offer: dict[str, Value] = {"since": dice.day(_FIRST, date(2024, 6, 30))}
    if dice.chance(0.05):
        offer["since"] = None
    if dice.chance(0.12):
        offer["until"] = dice.day(date(2024, 7, 1), _LAST)
    if dice.chance(0.5):
        offer["capacity"], offer["capacity_unit"] = float(dice.between(2, 60)), "人次/月"
    return offer


def _near_places(district: District) -> set[str]:
    """Places from which something may reach the cases; firms are in the district itself."""
    near = {c.id for c in district.communities if c.subdistrict == _NEAR}
    below = {q.id for q in district.quarters if q.above in near}
    upper = {str(area["id"]) for area in district.delivery.nodes["Area"]} - {
        c.id for c in district.communities
    }
    return near | below | upper


def _pools(district: District) -> dict[str, list[tuple[str, str]]]:
    """By id prefix: providers, each with a place that it is in, serves or covers."""
    edges, pools = district.delivery.edges, dict[str, dict[str, str]]()
    for type_ in ("BASED_IN", "SERVES", "COVERS"):
        for edge in edges[type_]:
            provider = str(edge["from"])
            pools.setdefault(provider.partition("-")[0], {}).setdefault(provider, str(edge["to"]))
    standing = {unit.id: unit.community.id for unit in district.units}
    return {
        prefix: [(p, standing.get(p, place)) for p, place in found.items() if not _closed(p)]
        for prefix, found in pools.items()
    }


def _closed(provider: str) -> bool:
    """Organizations of units, sectors and buildings offer through another person."""
    slug = provider.rpartition("-")[2]
    return provider.startswith("po-") and slug[0] not in "cq"
