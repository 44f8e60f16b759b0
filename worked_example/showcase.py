"""Rare things placed by hand, so that every word of the model stands somewhere in the example.

In `worked_example`, above `cases`: its persons take the serial numbers after theirs.
"""

from __future__ import annotations

from datetime import date

from worked_example.bodies import add_branch, add_owners_committee, add_post, add_project
from worked_example.delivery import Value, display
from worked_example.plan import CODE, EARLIER, EARLIER_SURVEY, District, Person

_SINCE = date(2022, 3, 1)
_DISSOLVED = date(2024, 9, 1)


def add_showcase(district: District) -> None:
    """Rare posts, things that have ended, a survey that has expired, an unnamed station."""
    home = district.quarters[13]  # it has no owners' committee: nobody becomes a candidate
    people = [district.person(home, "full", owner=False, since=_SINCE) for _ in range(5)]
    _add_rare_posts(district, people)
    _add_ended(district)
    rows, (place, beside, third) = district.delivery, district.chance_quarters[:3]
    if beside.community:
        party = beside.community.party
        add_branch(district, [beside], party, _SINCE, tier="functional_branch")
    for quarter, kind in ((place, "micro_complex"), (beside, "stop"), (third, "activity_centre")):
        named = None if quarter is not place else False
        station = rows.node(
            "ServiceStation",
            f"st-{CODE}-{quarter.number:03d}-1",
            quarter.name + display("ServiceStation", "kind", kind),
            kind=kind,
            named=named,
            note="来源未列名称" if quarter is place else None,
        )
        rows.edge("SERVES", station, quarter.id, walk_minutes=2.0, note="起始日未载明")
        rows.edge("BASED_IN", station, quarter.id)


def _add_rare_posts(district: District, people: list[Person]) -> None:
    one, two, three, four, five = people
    third, unit = district.communities[2], district.units[3].id
    part_time: tuple[tuple[Person, dict[str, Value]], ...] = (
        (one, {"capacity": "unit_party_head", "title": "兼职副书记", "paid": False}),
        (two, {"capacity": "employed_member", "paid": False}),
        (three, {"capacity": "grid_worker", "paid": True, "pay_basis": "other"}),
    )
    for person, more in part_time:
        add_post(
            district, person, third.party, "part_time_member", _SINCE, term_until=date(2025, 9, 1), **more
        )
    add_post(district, one, unit, "head", _SINCE)
    add_post(district, two, f"q-{CODE}-014", "service_post", _SINCE)
    add_post(district, four, district.firms[0], "leader", _SINCE)
    add_post(district, four, district.firms[1], "head", _SINCE, concurrent=True, paid=False)
    add_post(district, five, district.firms[4], "instructor", _SINCE)
    add_post(district, five, f"po-{CODE}-q014", "instructor", _SINCE)
    add_post(district, three, f"st-{CODE}-d", "head", _SINCE)


def _add_ended(district: District) -> None:
    """A dissolved committee, a project that withdrew, an earlier superior, an expired survey."""
    rows, fourteen, seventeen = district.delivery, *(district.quarters[i] for i in (13, 16))
    committee = add_owners_committee(
        district, fourteen, date(2019, 9, 1), elected_on=date(2019, 9, 1), seats=5
    )
    rows.edges["COVERS"][-1]["until"] = _DISSOLVED
    add_post(district, fourteen.residents[0], committee, "chair", date(2019, 9, 1), until=_DISSOLVED)
    fourteen.owners = None
    project = add_project(district, seventeen, district.firms[3], date(2020, 1, 1))
    for type_ in ("SERVES", "OPERATED_BY"):
        rows.edges[type_][-1]["until"] = date(2025, 3, 1)
    rows.nodes["PropertyProject"][-1]["note"] = "2025年3月撤场"
    seventeen.project = seventeen.firm = None
    first, fourth = district.communities[0], district.communities[3]
    rows.edge(
        "SUBORDINATE_TO", f"po-{CODE}-q006", first.party, since=date(2021, 7, 1), until=date(2022, 7, 1)
    )
    rows.edge(
        "COMPLETE_IN",
        fourth.id,
        EARLIER,
        subject="team",
        since=EARLIER_SURVEY,
        until=date(2025, 6, 1),
        source=EARLIER,
    )
    rows.edge("COMPLETE_IN", project, EARLIER, subject="post", since=EARLIER_SURVEY, source=EARLIER)
    mover = fourteen.residents[0]
    rows.edge("LIVES_IN", mover.id, seventeen.id, since=date(2012, 5, 1), until=date(2018, 5, 1))
