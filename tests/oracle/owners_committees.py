"""Rules on owners' committees as bodies recomputed: R10, R11, R12, R13 and R16.

Above the view and the seats.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from tests.oracle.committees import elected, sitting_posts
from tests.oracle.view import Verdicts, View


def shifted(day: date, *, years: int = 0, months: int = 0) -> date:
    """The same day of another month, or the last one of a month that is shorter."""
    count = day.year * 12 + day.month - 1 + years * 12 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def of_term(view: View, committee: str, property_: str) -> Any:
    """A property of the present term; None on a day before that term."""
    began = view.value(committee, "elected_on")
    return None if began and began > view.as_of else view.value(committee, property_)


def none_in_quarter(
    view: View, *, exempt_if_single_owner: bool = True, pmc_substitute: bool = True, pmc_max_years: int = 3
) -> Verdicts:
    """R10: a quarter of more than one owner has an owners' committee, or an interim one in time."""
    verdicts: Verdicts = {}
    for quarter in (q["id"] for q in view.of("Quarter")):
        bodies = view.starts(quarter, "COVERS", "OwnersCommittee")
        interim = {b for b in bodies if view.value(b, "kind") != "owners_committee"}
        in_time = [_in_time(view, b, pmc_max_years) for b in interim if pmc_substitute]
        single = view.value(quarter, "single_owner") if exempt_if_single_owner else False
        if bodies - interim or True in in_time:
            verdict = "pass"
        elif single:
            verdict = "not_applicable"
        elif single is None or None in in_time or not view.complete("owners_committee", quarter):
            verdict = "unknown"
        else:
            verdict = "fail"
        verdicts[quarter,] = verdict
    return verdicts


def _in_time(view: View, interim: str, years: int) -> bool | None:
    """Whether an interim committee is still within its years; None where that is not known."""
    formed = view.value(interim, "elected_on")
    if formed and formed > view.as_of:
        return None
    until = view.value(interim, "term_until")
    if until and until <= view.as_of:
        return False
    return shifted(formed, years=years) > view.as_of if formed else None


def size(
    view: View,
    *,
    min: int = 5,
    max: int = 11,
    max_enforced: bool = True,
    odd: bool = True,
    small_min: int = 3,
    small_if_households_below: int = 101,
    small_if_floor_area_at_most: int = 0,
) -> Verdicts:
    """R11: the number of seats is odd and within its bounds; a small quarter may have fewer."""
    del max_enforced  # says how grave it is, not whether it is so
    verdicts: Verdicts = {}
    for committee in elected(view):
        seats = of_term(view, committee, "seats")
        if seats is None and view.listed("post", committee):
            seats = len({p["from"] for p in sitting_posts(view, committee)})
        if seats is None:
            verdicts[committee,] = "unknown"
            continue
        quarters = view.ends(committee, "COVERS")
        households = _total(view, quarters, "households")
        floor = _total(view, quarters, "floor_area_m2")
        cases = [_below(households, small_if_households_below)]
        if small_if_floor_area_at_most:
            cases.append(_below(floor, small_if_floor_area_at_most, inclusive=True))
        small = True if True in cases else None if None in cases else False
        bounds = {True: [small_min], False: [min], None: [min, small_min]}[small]
        results = {seats < bound for bound in bounds}
        if seats > max or (odd and seats % 2 == 0) or results == {True}:
            verdicts[committee,] = "fail"
        else:
            verdicts[committee,] = "pass" if results == {False} else "unknown"
    return verdicts


def _total(view: View, quarters: Iterable[str], property_: str) -> tuple[float, bool]:
    """The sum of what is known, and whether all of it is."""
    values = [view.value(q, property_) for q in quarters]
    return sum(v for v in values if v is not None), None not in values


def _below(total: tuple[float, bool], bound: int, *, inclusive: bool = False) -> bool | None:
    known, whole = total
    below = known <= bound if inclusive else known < bound
    return (True if whole else None) if below else False


def term(
    view: View,
    *,
    min_term_years: int = 0,
    max_term_years: int = 5,
    report_before_days: int = 90,
    report_before_months: int = 0,
    extension_max_years: int = 0,
) -> Verdicts:
    """R12: the term is not over, not too long or too short, and its renewal is planned in time."""
    verdicts: Verdicts = {}
    for committee in elected(view):
        began = of_term(view, committee, "elected_on")
        stated = of_term(view, committee, "term_until")
        if not (began or stated):
            verdicts[committee,] = "unknown"
            continue
        until = stated or shifted(began, years=max_term_years)
        term_over = view.as_of >= until
        extended, approver = (view.value(committee, p) for p in ("extended_until", "extension_approved_by"))
        too_far = open_end = False
        if extension_max_years and extended and extended > until:
            if approver not in (None, "none"):
                too_far = extended > shifted(until, years=extension_max_years)
                until = extended
            open_end = approver is None and term_over
        warned = shifted(until, months=-report_before_months)
        if report_before_months == 0:
            warned = until - timedelta(days=report_before_days)
        wrong = too_far or (view.as_of >= until and not open_end)
        if began and stated:
            wrong |= stated > shifted(began, years=max_term_years) + timedelta(days=1)
            wrong |= stated < shifted(began, years=min_term_years)
        if wrong:
            verdict = "fail"
        elif open_end:
            verdict = "unknown"
        elif view.as_of < warned or _election_planned(view, committee):
            verdict = "pass"
        else:
            verdict = "fail" if view.listed("meeting", committee) else "unknown"
        verdicts[committee,] = verdict
    return verdicts


def _election_planned(view: View, committee: str) -> bool:
    """Whether an election lies ahead in which the committee takes part."""
    return any(
        view.value(e["to"], "kind") == "election"
        and view.value(e["to"], "status") == "planned"
        and (view.value(e["to"], "held_on") or view.as_of) >= view.as_of
        for e in view.all_edges
        if e["type"] == "TAKES_PART_IN" and e["from"] == committee and view.as_of < e["until"]
    )


def quorum(view: View, *, num: int = 1, den: int = 2) -> Verdicts:
    """R13: enough of the seats are filled."""
    verdicts: Verdicts = {}
    for committee in elected(view):
        seats = of_term(view, committee, "seats")
        sitting = len({p["from"] for p in sitting_posts(view, committee)})
        if seats is None:
            verdict = "unknown"
        elif sitting * den >= seats * num:
            verdict = "pass"
        else:
            verdict = "fail" if view.listed("post", committee) else "unknown"
        verdicts[committee,] = verdict
    return verdicts


def filing(view: View, *, days: int = 30, report_late: bool = False) -> Verdicts:
    """R16: a committee is filed within so many days of its election."""
    verdicts: Verdicts = {}
    for committee in elected(view):
        began = of_term(view, committee, "elected_on")
        filed, filed_on = (view.value(committee, p) for p in ("filed", "filed_on"))
        if filed_on:
            filed = filed_on <= view.as_of
        if began is None or filed is None or (filed and report_late and filed_on is None):
            verdict = "unknown"
        else:
            last = began + timedelta(days=days)
            late = filed_on > last if filed and report_late else not filed and view.as_of > last
            verdict = "fail" if late else "pass"
        verdicts[committee,] = verdict
    return verdicts
