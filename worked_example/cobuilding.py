"""Co-building: which units, firms and branches build with which Party organization.

In `worked_example`, above the plan. The second and fourth community have no extended committee
and no co-builders: one is a gap, one unknown.
"""

from __future__ import annotations

from datetime import date
from itertools import chain

from worked_example.delivery import Value
from worked_example.dice import Dice
from worked_example.geography import subdistrict_party
from worked_example.plan import SURVEY, Community, District, Quarter

_FIRST = date(2022, 3, 1)
_Pair = tuple[str, str]


def add_co_building(district: District) -> dict[str, list[str]]:
    """As many edges as the scale says; organizations to their open co-builders.

    A pair in thirty has ended, and a few of those have begun again as a second spell.
    """
    dice, fixed = district.dice("co-building"), _fixed(district)
    taken = dict.fromkeys(fixed)
    branches = _joinable_branches(district.quarters)
    spare: list[_Pair] = []
    for unit in district.units[len(fixed) :]:
        targets = _targets(unit.community, branches.get(unit.community.number, []))
        pairs = [(unit.id, target) for target in targets]
        if pairs:
            taken[pairs[0] if dice.chance(0.8) else dice.pick(pairs)] = None
        spare += pairs
    for pair in _by_firms_and_branches(district, dice):
        taken[pair] = None
    again = max(1, district.scale.co_building // 100)
    wanted = district.scale.co_building - again
    left = [pair for pair in spare if pair not in taken]
    chosen = [*taken, *dice.some(left, wanted - len(taken))][:wanted]
    ended = set(dice.some(chosen[len(fixed) :], wanted // 30))
    return _write(district, dice, chosen, ended, set([p for p in chosen if p in ended][:again]))


def _fixed(district: District) -> list[_Pair]:
    """The open pairs on which the resource paths of the cases rest."""
    first, units = district.communities[0], district.units
    street = subdistrict_party(first.subdistrict)
    return [(units[0].id, first.party), (units[1].id, first.party), (units[2].id, street)]


def _joinable_branches(quarters: list[Quarter]) -> dict[int, list[str]]:
    found: dict[int, dict[str, None]] = {}
    for quarter in quarters:
        if quarter.branch and quarter.community:
            found.setdefault(quarter.community.number, {})[quarter.branch] = None
    return {number: list(branches) for number, branches in found.items()}


def _targets(community: Community, branches: list[str]) -> list[str]:
    """Whom a unit of a community may build with, the likeliest first."""
    own = [community.party] if community.extended else []
    street = [subdistrict_party(community.subdistrict)] if community.subdistrict % 2 else []
    return [*own, *street, *branches]


def _by_firms_and_branches(district: District, dice: Dice) -> list[_Pair]:
    extended = [c for c in district.communities if c.extended]
    firms = ((f, dice.pick(extended).party) for f in district.firms)
    branches = (
        (q.branch, q.community.party)
        for q in district.quarters
        if q.branch and q.community and q.community.extended and dice.chance(0.12)
    )
    return list(chain(firms, branches))


def _write(
    district: District, dice: Dice, pairs: list[_Pair], ended: set[_Pair], again: set[_Pair]
) -> dict[str, list[str]]:
    open_: dict[str, list[str]] = {}
    for pair in pairs:
        period: dict[str, Value] = {"since": dice.day(_FIRST, date(2024, 6, 1))}
        if pair in ended:
            period["until"] = dice.day(date(2024, 7, 1), date(2025, 3, 31))
        district.delivery.edge("CO_BUILDS", *pair, **period)
        if pair in again:
            second = dice.day(date(2025, 4, 1), SURVEY)
            district.delivery.edge("CO_BUILDS", *pair, spell=2, since=second)
        if pair in again or pair not in ended:
            open_.setdefault(pair[1], []).append(pair[0])
    return open_
