"""The bodies and posts of the quarters that are left to chance.

In `worked_example`, above `bodies`. Officers come from the residents, so that cross-appointments,
conflicts and gaps arise as they do in life: by some, not by all.
"""

from __future__ import annotations

from datetime import date, timedelta

from worked_example.bodies import add_branch, add_owners_committee, add_post, add_project, add_supervision
from worked_example.delivery import Value
from worked_example.dice import Dice
from worked_example.geography import DISTRICT_PARTY
from worked_example.plan import FIRST, SURVEY, District, Person, Quarter

_LAST = date(2024, 11, 30)
_PORTFOLIOS = ("organization", "publicity", "discipline", "other")
_STAFF = {"project_manager": "物业经理", "staff": "保洁"}
_OPERATORS = {"firm": 0.78, "community": 0.14, "self": 0.05, "none": 0.03}


def years_later(day: date, years: int) -> date:
    """The same day some years later; the 29th and later days of a month become the 28th."""
    return date(day.year + years, day.month, min(day.day, 28))


def add_quarter_bodies(district: District) -> None:
    """Branch, owners' committee, supervision committee and property project, each by chance."""
    dice, quarters = district.dice("bodies"), district.chance_quarters
    for index, quarter in enumerate(quarters):
        secretary = None
        if quarter.branch is None and dice.chance(0.62):
            beside = quarters[index + 1] if index + 1 < len(quarters) else quarter
            secretary = _seat_branch(district, dice, quarter, beside)
        if dice.chance(0.62):
            _seat_owners(district, dice, quarter, secretary)
        if dice.chance(0.8):
            _run_property(district, dice, quarter)


def _seat_branch(district: District, dice: Dice, quarter: Quarter, beside: Quarter) -> Person | None:
    """Found a branch, joint with the next quarter or not; its secretary, if it has one."""
    community = quarter.community
    tier = dice.weigh({"branch": 84, "joint_branch": 10, "functional_branch": 6})
    covered = [quarter]
    if tier == "joint_branch" and community and beside.community is community:
        covered.append(beside)
    since = dice.day(FIRST, _LAST)
    term = {"elected_on": since, "term_until": years_later(since, 3)} if dice.chance(0.8) else {}
    superior = community.party if community else DISTRICT_PARTY
    body = add_branch(district, covered, superior, since, tier=tier, **term)
    officers = dice.some([p for p in quarter.residents if p.party == "full"], 5)
    if not officers or dice.chance(0.06):
        return None
    secretary, *others = officers
    capacity = "resident_member" if dice.chance(0.4) else None
    add_post(district, secretary, body, "secretary", since, elected=True, capacity=capacity)
    roles = ("deputy_secretary", *["committee_member"] * (len(others) - 1))
    for person, role, portfolio in zip(others, roles, _PORTFOLIOS, strict=False):
        add_post(district, person, body, role, since, portfolio=portfolio)
    district.affiliation |= {p.id: body for p in officers if tier != "functional_branch"}
    return secretary


def _seat_owners(district: District, dice: Dice, quarter: Quarter, secretary: Person | None) -> None:
    owners = [p for p in quarter.residents if p.owner]
    seats = dice.weigh({5: 75, 7: 17, 3: 8})
    chosen = dice.some(owners, seats + 2)
    if len(chosen) < seats:
        return
    since, interim = dice.day(FIRST, _LAST), dice.chance(0.1)
    filed = None if dice.chance(0.2) else dice.chance(0.8)
    term = years_later(since, 5) if dice.chance(0.85) else None
    body = add_owners_committee(
        district,
        quarter,
        since,
        interim=interim,
        seats=seats if dice.chance(0.9) else None,
        elected_on=since,
        term_until=term,
        filed=filed,
        filed_on=since + timedelta(days=dice.between(5, 60)) if filed else None,
    )
    if secretary and secretary.owner and dice.chance(0.45):
        chosen = [secretary, *[p for p in chosen if p is not secretary]]
    sitting, spare = chosen[:seats], chosen[seats:]
    tenants = [p for p in quarter.residents if not p.owner]
    if tenants and dice.chance(0.12):
        sitting[-1] = dice.pick(tenants)
    if dice.chance(0.15):
        sitting.pop()
    _add_seats(district, dice, sitting, body, since)
    if spare:
        _add_spare(district, dice, spare[0], body, since)
    if dice.chance(0.2) and not interim:
        supervision = add_supervision(district, quarter, since, seats=3)
        for person in dice.some(quarter.residents, 3):
            add_post(district, person, supervision, "member", since)


def _add_seats(district: District, dice: Dice, sitting: list[Person], body: str, since: date) -> None:
    for number, person in enumerate(sitting):
        role = ("chair", "vice_chair")[number] if number < 2 else "member"  # noqa: PLR2004
        paid = dice.chance(0.2) if dice.chance(0.6) else None
        basis = "owners_assembly" if paid else None
        start, spell = since, 1
        if role == "member" and dice.chance(0.04):  # left and came back
            left = dice.day(date(2024, 12, 1), date(2024, 12, 31))
            add_post(district, person, body, role, since, until=left, elected=True)
            start, spell = date(2025, 1, 15), 2
        add_post(
            district,
            person,
            body,
            role,
            start,
            spell=spell,
            elected=True,
            paid=paid,
            pay_basis=basis,
            concurrent=dice.chance(0.3) if dice.chance(0.5) else None,
        )


def _add_spare(district: District, dice: Dice, person: Person, body: str, since: date) -> None:
    """Someone beside the sitting members: a former member or an alternate."""
    if dice.chance(0.5):
        add_post(district, person, body, "alternate", since)
    elif dice.chance(0.5):
        until = dice.day(date(2025, 1, 1), SURVEY)
        add_post(district, person, body, "member", since, until=until)


def _run_property(district: District, dice: Dice, quarter: Quarter) -> None:
    mode, community = dice.weigh(_OPERATORS), quarter.community
    operators = {
        "firm": dice.pick(district.firms),
        "community": community.residents if community else None,
        "self": quarter.owners,
    }
    operator = operators.get(mode)
    since = dice.day(FIRST, _LAST)
    contract: dict[str, Value] = {}
    if mode == "firm":
        indefinite = dice.chance(0.06)
        end = years_later(since, dice.between(3, 7))
        contract = {"contract_indefinite": True} if indefinite else {"contract_until": end}
    body = add_project(district, quarter, operator, since, **contract)
    near = dice.pick(district.chance_quarters) if dice.chance(0.9) else quarter
    staff = zip(_STAFF.items(), dice.some(near.residents, 2), strict=False)
    for (role, position), person in staff:
        add_post(district, person, body, role, since)
        if quarter.firm:
            district.employ(person, quarter.firm, since, position=position)
    before = dice.pick(district.firms)
    if quarter.firm and quarter.firm != before and since.year > 2019 and dice.chance(0.3):  # noqa: PLR2004
        district.delivery.edge("OPERATED_BY", body, before, since=FIRST, until=since)
