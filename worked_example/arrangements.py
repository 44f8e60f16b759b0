"""Mechanisms, meetings, escalation routes and published figures.

In `worked_example`, above the plan. One mechanism of every kind is placed by hand; the joint
meetings of the communities come with their meetings.
"""

from __future__ import annotations

from datetime import date

from worked_example.delivery import Value, display
from worked_example.dice import Dice
from worked_example.geography import DISTRICT_PARTY, subdistrict_party
from worked_example.plan import CODE, DISTRICT, STATEMENT, SURVEY, Community, District
from worked_example.scale import CASE_COMMUNITIES

_KINDS: tuple[tuple[str, int, dict[str, Value]], ...] = (
    ("escalation", 1, {"steps": ["业委会", "小区党支部", "社区党组织", "街道党工委"]}),
    (
        "linkage",
        1,
        {
            "steps": ["街道", "社区", "小区", "楼栋"],
            "parties": ["community_party_org", "quarter_branch", "property"],
        },
    ),
    ("service_circle", 0, {"walk_minutes": 15, "mode": "target"}),
    ("dual_registration", 0, {"parties": ["party_members", "member_units"], "mode": "required"}),
    ("points", 1, {"parties": ["residents", "volunteers"], "mode": "practised"}),
    ("three_lists", 1, {"parties": ["community_party_org", "member_units"]}),
    ("duty_roster", 1, {"period_days": 1, "parties": ["party_members"]}),
    (
        "post_rule",
        0,
        {"post_from": "PartyOrganization.secretary", "post_to": "OwnersCommittee.chair", "mode": "required"},
    ),
    ("contact", 3, {"parties": ["grid_worker", "building_head", "medical", "residents"]}),
    (
        "deliberation",
        2,
        {"period_days": 90, "parties": ["residents", "owners_committee", "social_organization"]},
    ),
    ("charter", 2, {"parties": ["owners_committee", "property"], "mode": "encouraged"}),
    (
        "appraisal",
        0,
        {"period_days": 365, "parties": ["quarter_branch", "district", "subdistrict_work_committee"]},
    ),
    ("work_method", 3, {"steps": ["说", "商", "办", "评"]}),
    (
        "mediation",
        1,
        {"parties": ["police", "lawyer", "party_group", "supervision_committee", "government_department"]},
    ),
    ("platform", 0, {"mode": "pilot"}),
    ("grid_system", 0, {"steps": ["小区", "楼栋", "单元", "户"]}),
    ("demonstration", 3, {}),
    ("brand", 0, {}),
)
_BEGUN = date(2023, 1, 1)
_PARTIES: Value = [
    "community_party_org",
    "quarter_branch",
    "residents_committee",
    "owners_committee",
    "property",
]
_METRICS: tuple[tuple[str, str, float, str, str, str, str], ...] = (
    ("party_branch.covered", "公布的小区党支部覆盖的小区", 48, "个", "exact", "observed", "覆盖48个小区"),
    ("party_branch.share", "公布的小区党支部覆盖率", 80, "%", "exact", "observed", "覆盖率80%"),
    ("party_branch.bodies", "公布的小区党支部", 42, "个", "exact", "observed", "42个小区党支部"),
    ("volunteer_team.bodies", "公布的志愿服务队", 40, "支", "at_least", "observed", "40余支"),
    ("interest_group.persons", "公布的兴趣小组成员", 300, "人", "about", "observed", "约300人"),
    ("service_station.total", "公布的综合阵地", 15, "个", "at_most", "forecast", "至多15个"),
    ("owners_committee.share", "公布的业委会组建率", 100, "%", "exact", "target", "力争全覆盖"),
    ("oc_party_ratio.share", "公布的业委会党员比例", 60, "%", "at_least", "norm", "不低于60%"),
)


def add_arrangements(district: District) -> None:
    """All mechanisms, the meetings of the joint ones, routes upward, and figures."""
    dice = district.dice("arrangements")
    for community in district.communities:
        by_hand = community.number <= CASE_COMMUNITIES
        if community.number <= CASE_COMMUNITIES - 1 or (not by_hand and dice.chance(0.7)):
            _add_joint_meeting(district, dice, community)
    for kind, community_number, more in _KINDS:
        _add_mechanism(district, kind, community_number, more)
    _add_routes(district)
    _add_other_meetings(district)
    _add_claims(district)


def _add_joint_meeting(district: District, dice: Dice, community: Community) -> None:
    """A standing joint meeting; the first met in June 2025, the second and third in January."""
    rows, slug = district.delivery, f"c{community.number:02d}"
    community.meetings = rows.node(
        "Mechanism",
        f"k-{CODE}-{slug}-joint",
        f"{community.name}联席会议",
        kind="joint_meeting",
        period_days=31 if community.number <= CASE_COMMUNITIES or dice.chance(0.6) else 90,
        parties=_PARTIES,
        mode="practised",
    )
    rows.edge("CONCERNS", community.meetings, community.id, since=_BEGUN)
    conveners = (community.party, community.residents)
    for body in conveners:
        rows.edge("TAKES_PART_IN", body, community.meetings, role="convener", since=_BEGUN)
    last = {1: date(2025, 6, 18), 2: date(2025, 1, 15), 3: date(2025, 1, 15)}
    newest = last.get(community.number) or dice.day(date(2025, 2, 1), date(2025, 6, 28))
    for number, held in enumerate((date(2024, 11, 20), newest), 1):
        meeting = rows.node(
            "Meeting",
            f"m-{CODE}-{slug}-{number}",
            f"{community.name}联席会议第{number}次",
            kind="joint_conference",
            held_on=held,
            status="held",
        )
        rows.edge("PART_OF", meeting, community.meetings, since=held)
        rows.edge("CONCERNS", meeting, community.id, since=held)
        for body in conveners:
            rows.edge("TAKES_PART_IN", body, meeting, role="required", since=held, present=True)
        for quarter in community.quarters[: 3 if number > 1 else 0]:
            rows.edge("CONCERNS", meeting, quarter.id, since=held)
            for body in filter(None, (quarter.owners, quarter.project)):
                present = dice.chance(0.8)
                rows.edge("TAKES_PART_IN", body, meeting, role="required", since=held, present=present)


def _add_mechanism(district: District, kind: str, number: int, more: dict[str, Value]) -> None:
    """One of a kind; it concerns the n-th community, or with 0 the district."""
    rows, name = district.delivery, display("Mechanism", "kind", kind)
    slug = kind.replace("_", "-")
    mechanism = rows.node("Mechanism", f"k-{CODE}-{slug}", f"示例机制（{name}）", kind=kind, **more)
    place = district.communities[number - 1].id if number else DISTRICT
    rows.edge("CONCERNS", mechanism, place, since=date(2022, 1, 1))


def _add_routes(district: District) -> None:
    """One topic over four steps, another over two, and one to a mechanism and a unit."""
    one, rows = district.communities[0], district.delivery
    first, street = district.quarters[0], subdistrict_party(1)
    platform, unit = f"k-{CODE}-platform", district.units[0].id
    for start, end, topic, step in (
        (first.owners, first.branch, "公共维修", 1),
        (first.branch, one.party, "公共维修", 2),
        (one.party, street, "公共维修", 3),
        (street, DISTRICT_PARTY, "公共维修", 4),
        (first.grid, one.party, "矛盾纠纷", 1),
        (one.party, one.meetings, "矛盾纠纷", 2),
        (first.id, one.station, "政务代办", 1),
        (one.id, platform, "政务代办", 2),
        (platform, unit, "政务代办", 3),
    ):
        if start and end:
            rows.edge("ESCALATES_TO", start, end, topic=topic, step=step, since=_BEGUN)


def _add_other_meetings(district: District) -> None:
    """The other kinds of meeting, in quarters of the cases, and one that talks about a need."""
    rows, quarters = district.delivery, district.quarters
    kinds = (
        ("general_meeting", 1, "held"),
        ("branch_committee", 3, "held"),
        ("group_meeting", 6, "held"),
        ("theme_day", 9, "held"),
        ("owners_assembly", 10, "cancelled"),
        ("election", 15, "planned"),
        ("talk", 4, "held"),
    )
    for number, (kind, quarter_number, status) in enumerate(kinds, 1):
        quarter = quarters[quarter_number - 1]
        held = date(2025, 6, number) if status == "held" else None
        meeting = rows.node(
            "Meeting",
            f"m-{CODE}-{number:03d}",
            quarter.name + display("Meeting", "kind", kind),
            kind=kind,
            held_on=held,
            status=status,
        )
        since = held or date(2025, 8, number)
        rows.edge("CONCERNS", meeting, quarter.id, since=since)
        body = quarter.owners if kind in ("owners_assembly", "election", "talk") else quarter.branch
        if body:
            rows.edge("TAKES_PART_IN", body, meeting, role="convener", since=since)
        for person in quarter.residents[:1]:
            rows.edge("TAKES_PART_IN", person.id, meeting, role="invited", since=since)
    rows.edge("CONCERNS", f"m-{CODE}-007", f"n-{CODE}-0004", since=date(2025, 6, 7))


def _add_claims(district: District) -> None:
    """Published figures; the first three do not agree with the register, as figures do."""
    rows = district.delivery
    for number, (metric, name, value, unit, qualifier, nature, quote) in enumerate(_METRICS, 1):
        claim = rows.node(
            "Claim",
            f"c-{CODE}-{number:02d}",
            name,
            metric=metric,
            value=float(value),
            unit=unit,
            qualifier=qualifier,
            nature=nature,
            as_of=SURVEY,
            scope="全区",
            quote=quote,
            source=STATEMENT,
        )
        rows.edge("CONCERNS", claim, DISTRICT, source=STATEMENT)
