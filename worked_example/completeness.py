"""What the registers list completely, and the documents behind them.

In `worked_example`, above the plan; the last to run. Without it every missing edge is unknown.
"""

from __future__ import annotations

from datetime import date

from graph.model import EDGES
from worked_example.geography import subdistrict_id
from worked_example.plan import (
    DISTRICT,
    EARLIER,
    EARLIER_SURVEY,
    REGISTER,
    STATEMENT,
    SURVEY,
    Community,
    District,
)
from worked_example.scale import CASE_COMMUNITIES

_PARTLY = (
    "quarter",
    "building",
    "grid",
    "party_organization",
    "owners_committee",
    "property_project",
    "team",
    "station",
    "post",
)
_SURVEYS = {"all": 35.0, "partly": 35.0, "none": 30.0}
_BY_HAND = ("all", "all", "partly", "none")


def add_documents(district: District) -> None:
    """The register, the survey before it, and a statement with figures."""
    rows = district.delivery
    publisher = "示例区（虚构）"
    rows.node(
        "SourceDocument",
        REGISTER,
        "示例区组织台账（生成数据）",
        kind="generated",
        publisher=publisher,
        published_on=date(2025, 7, 2),
        obtained_on=date(2025, 7, 2),
    )
    rows.node(
        "SourceDocument",
        EARLIER,
        "示例区2024年排查（生成数据）",
        kind="generated",
        publisher=publisher,
        published_on=date(2025, 1, 3),
    )
    rows.node(
        "SourceDocument",
        STATEMENT,
        "示例区情况说明（虚构）",
        kind="statement",
        publisher=publisher,
        published_on=SURVEY,
    )


def add_completeness(district: District) -> None:
    """Whole communities, parts of some, and a few single quarters, persons and bodies."""
    dice, rows = district.dice("completeness"), district.delivery
    term = EDGES["COMPLETE_IN"].properties()["subject"].vocabulary or ()
    everything = [subject.value for subject in term if subject.value != "area"]
    rows.edge("COMPLETE_IN", DISTRICT, REGISTER, subject="area", since=SURVEY)
    for number in range(1, district.scale.subdistricts + 1):
        rows.edge("COMPLETE_IN", subdistrict_id(number), REGISTER, subject="area", since=SURVEY)
    for community in district.communities:
        by_hand = community.number <= CASE_COMMUNITIES
        how = _BY_HAND[community.number - 1] if by_hand else dice.weigh(_SURVEYS)
        if how == "all":
            secret = () if by_hand or dice.chance(0.5) else ("kinship", "employment", "ownership")
            _close(district, community, [s for s in everything if s not in secret])
        elif how == "partly":
            count = len(_PARTLY) if by_hand else dice.between(2, len(_PARTLY))
            _close(district, community, dice.some(_PARTLY, count), early=True)
    for quarter in district.chance_quarters:
        if quarter.owners is None and dice.chance(0.1):
            rows.edge("COMPLETE_IN", quarter.id, REGISTER, subject="owners_committee", since=SURVEY)
        if quarter.owners and dice.chance(0.1):
            rows.edge("COMPLETE_IN", quarter.owners, REGISTER, subject="post", since=SURVEY)
        for person in quarter.residents[:1]:
            if dice.chance(0.2):
                rows.edge("COMPLETE_IN", person.id, REGISTER, subject="ownership", since=SURVEY)
    rows.edge("COMPLETE_IN", district.firms[-1], REGISTER, subject="employment", since=SURVEY)
    rows.edge("COMPLETE_IN", district.units[0].id, REGISTER, subject="resource", since=SURVEY)


def _close(district: District, community: Community, subjects: list[str], *, early: bool = False) -> None:
    for subject in subjects:
        district.delivery.edge(
            "COMPLETE_IN",
            community.id,
            EARLIER if early else REGISTER,
            subject=subject,
            since=EARLIER_SURVEY if early else SURVEY,
            source=EARLIER if early else None,
        )
