"""Needs, issues, and the projects that meet them, by hand in the cases and by chance elsewhere.

In `worked_example`, above `resources`.
"""

from __future__ import annotations

from datetime import date

from worked_example.delivery import Value, display, vocabulary
from worked_example.dice import Dice
from worked_example.plan import CODE, SURVEY, Community, District
from worked_example.resources import CASE_RESOURCES

_OPEN = {"open": 40.0, "discussed": 20.0, "in_progress": 25.0}
_ENDED = {"resolved": 10.0, "evaluated": 5.0}
_CASES: tuple[tuple[int, str, str, dict[str, Value]], ...] = (
    (1, "medical_need", "need", {"status": "open", "since": date(2025, 4, 10)}),
    (2, "children", "need", {"status": "discussed", "since": date(2025, 5, 6)}),
    (3, "legal_need", "need", {"status": "open", "since": date(2025, 6, 1)}),
    (4, "property_dispute", "issue", {"status": "in_progress", "since": date(2025, 3, 3)}),
    (6, "elderly", "need", {"status": "open", "since": date(2025, 2, 17)}),
    (7, "security_monitor", "issue", {"status": "in_progress", "since": date(2025, 1, 9)}),
    (11, "parking", "issue", {"status": "resolved", "since": date(2025, 2, 1), "until": date(2025, 5, 20)}),
    (16, "medical_need", "need", {"status": "open", "since": date(2025, 5, 30)}),
    (18, "self_governance_failure", "issue", {"status": "open", "since": None, "resource_categories": []}),
)
"""Quarter, category, kind, properties: a path over the community, an offer that has ended, a path
over the street, one of the community's own, a known gap, a project, closed, unknown, no remedy."""


def add_needs_and_projects(district: District) -> None:
    """The needs of the cases, then as many as the scale says, then the projects."""
    for number, category, kind, more in _CASES:
        quarter, word = district.quarters[number - 1], display("Need", "category", category)
        district.need(quarter.id, category, f"{quarter.name}：{word}", kind=kind, **more)
    dice, words = district.dice("needs"), vocabulary("Need", "category")
    for _ in range(district.scale.needs - district.needs):
        place, name = _place(district, dice)
        category, status = dice.pick(list(words)), dice.weigh(_OPEN | _ENDED)
        since = dice.day(date(2024, 1, 1), date(2025, 3, 31))
        until = dice.day(date(2025, 4, 1), SURVEY) if status in _ENDED else None
        district.need(
            place,
            category,
            f"{name}：{words[category]}",
            kind=dice.pick(("need", "issue")),
            status=status,
            since=since,
            until=until,
        )
    _add_projects(district)


def _place(district: District, dice: Dice) -> tuple[str, str]:
    """Where a need arises: a quarter, one of its buildings, or a whole community."""
    quarter = dice.pick(district.chance_quarters)
    if dice.chance(0.1):
        return quarter.buildings[0], f"{quarter.name}1栋"
    if dice.chance(0.15) and quarter.community:
        return quarter.community.id, quarter.community.name
    return quarter.id, quarter.name


def _add_projects(district: District) -> None:
    dice, rows = district.dice("projects"), district.delivery
    places = {str(edge["from"]): str(edge["to"]) for edge in rows.edges["CONCERNS"]}
    case = f"n-{CODE}-0006"  # the one of quarter 7
    by_chance = [str(n["id"]) for n in rows.nodes["Need"][len(_CASES) :]]
    needs = [case, *dice.some(by_chance, district.scale.projects - 1)]
    open_resources = _open_resources(district)
    resources = dice.some(list(open_resources), len(needs))
    of = {q.id: q.community for q in district.quarters}
    of |= {c.id: c for c in district.communities}
    of |= {b: q.community for q in district.quarters for b in q.buildings}
    for number, need in enumerate(needs, 1):
        project, place = f"pj-{CODE}-{number:03d}", places[need]
        status = "active" if need == case else dice.pick(("planned", "active", "done", "stopped"))
        rows.node("Project", project, f"示例项目{number:03d}", status=status)
        since = dice.day(date(2025, 1, 15), date(2025, 5, 31))
        until = date(2025, 6, 20) if status in ("done", "stopped") else None
        period: dict[str, Value] = {"since": since, "until": until}
        rows.edge("MEETS", project, need, **period)
        where = place if not place.startswith("b-") else f"q-{CODE}-{place.split('-')[2]}"
        rows.edge("CONCERNS", project, where, **period)
        if number <= len(resources):
            resource = resources[number - 1]
            rows.edge("USES", project, resource, amount=open_resources[resource], **period)
        _add_parts(district, dice, project, of[place], period)


def _add_parts(
    district: District, dice: Dice, project: str, community: Community | None, period: dict[str, Value]
) -> None:
    rows = district.delivery
    if community is None:
        return
    rows.edge("TAKES_PART_IN", community.party, project, role="lead", **period)
    rows.edge("TAKES_PART_IN", dice.pick(district.units).id, project, role="helper", **period)
    if dice.chance(0.3):
        people = dice.pick(community.quarters).residents
        if people:
            rows.edge("TAKES_PART_IN", people[0].id, project, role="convener", **period)


def _open_resources(district: District) -> dict[str, float | None]:
    """Resources by chance that are on offer, each with an amount that it can spare."""
    rows = district.delivery
    ended = {edge["to"] for edge in rows.edges["OFFERS"] if edge.get("until")}
    return {
        str(node["id"]): _half(node.get("capacity"))
        for node in rows.nodes["Resource"][CASE_RESOURCES:]
        if node["id"] not in ended
    }


def _half(capacity: Value) -> float | None:
    return capacity / 2 if isinstance(capacity, float) else None
