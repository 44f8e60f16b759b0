"""The bodies of one quarter, each with the edges without which it would hang in the air.

In `worked_example`, used by the cases and by chance alike.
"""

from __future__ import annotations

from datetime import date

from worked_example.delivery import Value
from worked_example.plan import CODE, District, Person, Quarter


def add_post(
    district: District, person: Person, body: str, role: str, since: date | None, **more: Value
) -> None:
    """One period of a person in a role; the first spell unless `spell` says otherwise."""
    more.setdefault("spell", 1)
    district.delivery.edge("HOLDS_POST", person.id, body, role=role, since=since, **more)


def add_branch(
    district: District,
    quarters: list[Quarter],
    superior: str,
    since: date,
    *,
    tier: str = "branch",
    **term: Value,
) -> str:
    """A branch of one quarter, or a joint or functional one of several."""
    word = {"branch": "党支部", "joint_branch": "联合党支部", "functional_branch": "功能性党支部"}
    first, rows = quarters[0], district.delivery
    body = f"po-{CODE}-q{first.number:03d}"
    rows.node("PartyOrganization", body, f"{first.name}{word[tier]}", tier=tier, level="quarter", **term)
    rows.edge("SUBORDINATE_TO", body, superior, since=since)
    for quarter in quarters:
        rows.edge("COVERS", body, quarter.id, since=since)
        quarter.branch = body
    return body


def add_owners_committee(
    district: District, quarter: Quarter, since: date, *, interim: bool = False, **term: Value
) -> str:
    """The committee of a quarter's owners, or the interim body in its place."""
    kind, word = ("owners_committee", "业委会")
    if interim:
        kind, word = ("property_management_committee", "物管会")
    body = f"oc-{CODE}-{quarter.number:03d}"
    district.delivery.node("OwnersCommittee", body, f"{quarter.name}{word}", kind=kind, **term)
    district.delivery.edge("COVERS", body, quarter.id, since=since)
    quarter.owners = body
    return body


def add_supervision(district: District, quarter: Quarter, since: date, **term: Value) -> str:
    """The supervision committee of a quarter's owners."""
    body = f"sc-{CODE}-{quarter.number:03d}"
    name = f"{quarter.name}业主监督委员会"
    district.delivery.node("SupervisionCommittee", body, name, kind="owners", **term)
    district.delivery.edge("COVERS", body, quarter.id, since=since)
    return body


def add_project(
    district: District, quarter: Quarter, operator: str | None, since: date, **contract: Value
) -> str:
    """How a quarter's property is run; the mode follows from the operator's id."""
    modes = {"pf": "contract", "rc": "community", "oc": "self"}
    mode = modes[operator.partition("-")[0]] if operator else None
    body = f"pp-{CODE}-{quarter.number:03d}"
    rows = district.delivery
    rows.node("PropertyProject", body, f"{quarter.name}物业项目", mode=mode)
    rows.edge("SERVES", body, quarter.id, since=since, **contract)
    if operator:
        rows.edge("OPERATED_BY", body, operator, since=since)
    quarter.project = body
    quarter.firm = operator if mode == "contract" else None
    return body


def add_team(
    district: District, place: str, slug: str, name: str, *, kind: str, since: date, **more: Value
) -> str:
    """A team and the place it serves."""
    team = district.delivery.node("Team", f"t-{CODE}-{slug}", name, kind=kind, **more)
    district.delivery.edge("SERVES", team, place, since=since)
    return team
