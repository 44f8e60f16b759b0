"""The posts of the communities, subdistricts and the district, and the residents' supervision.

In `worked_example`, above the plan. The first four communities' two committees are the cases';
here they get community workers and supervision only.
"""

from __future__ import annotations

from datetime import date

from worked_example.bodies import add_post
from worked_example.dice import Dice
from worked_example.geography import subdistrict_party
from worked_example.plan import CODE, FIRST, Community, District, Person
from worked_example.scale import CASE_COMMUNITIES

_CAPACITIES = ("unit_party_head", "police", "medical", "deputy", "resident_member", "other")
_SINCE = date(2021, 3, 15)


def add_community_posts(district: District) -> None:
    """Posts from residents of the community; part-time members where the committee is extended."""
    dice = district.dice("communities")
    for community in district.communities:
        people = [p for q in community.quarters for p in q.residents]
        if community.number > CASE_COMMUNITIES:
            _add_two_committees(district, dice, community, people)
        if dice.chance(0.6):
            last = [q.residents[-1] for q in community.quarters if q.residents]
            _add_workers(district, dice, community, last)
    for number in range(1, district.scale.subdistricts + 1):
        body = subdistrict_party(number)
        people = [p for p in dice.pick(district.chance_quarters).residents if p.party == "full"]
        for person, role in zip(people, ("secretary", "committee_member"), strict=False):
            add_post(district, person, body, role, _SINCE, approved=True, approved_by="示例区委")


def _add_two_committees(district: District, dice: Dice, community: Community, people: list[Person]) -> None:
    members = dice.some([p for p in people if p.party == "full"], 8)
    others = dice.some(people, 4)
    if not members:
        return
    secretary, *rest = members
    add_post(district, secretary, community.party, "secretary", _SINCE, elected=True)
    director = secretary if dice.chance(0.7) else others[0]
    add_post(district, director, community.residents, "director", _SINCE, elected=True)
    roles = ("deputy_secretary", "committee_member", "committee_member")
    for person, role in zip(rest, roles, strict=False):
        add_post(district, person, community.party, role, _SINCE)
    for person, role in zip(others[1:], ("deputy_director", "member", "member"), strict=True):
        add_post(district, person, community.residents, role, _SINCE, elected=True)
    if community.extended:
        _add_part_time(district, dice, community, rest[3:])


def _add_part_time(district: District, dice: Dice, community: Community, people: list[Person]) -> None:
    for person in people:
        since = dice.day(date(2022, 3, 1), date(2025, 3, 1))
        paid = dice.chance(0.1) if dice.chance(0.7) else None
        capacity = dice.pick(_CAPACITIES) if dice.chance(0.8) else None
        add_post(
            district,
            person,
            community.party,
            "part_time_member",
            since,
            capacity=capacity,
            paid=paid,
            pay_basis="subsidy" if paid else None,
            term_until=date(2026, 3, 1),
        )


def _add_workers(district: District, dice: Dice, community: Community, people: list[Person]) -> None:
    rows = district.delivery
    for person in people[:2]:
        add_post(
            district,
            person,
            community.residents,
            "community_worker",
            dice.day(FIRST, _SINCE),
            paid=True,
            pay_basis="employer",
        )
    body = rows.node(
        "SupervisionCommittee",
        f"sc-{CODE}-c{community.number:02d}",
        f"{community.name}居务监督委员会",
        kind="residents",
        seats=3,
        elected_on=_SINCE,
    )
    rows.edge("COVERS", body, community.id, since=_SINCE)
    for number, person in enumerate(people[2:5]):
        add_post(district, person, body, "member" if number else "chair", _SINCE, elected=True)
