"""Rules on branches recomputed: members, committee, secretary, what is covered (R01 to R05, R08).

Above the view. A Party organization exists while it covers something or is in a chain.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from graph.model import label_of
from tests.oracle.view import BRANCHES, LEADING, Item, Verdicts, View

PORTFOLIOS = ("organization", "publicity", "discipline")
UNITS = frozenset({"Unit", "PropertyFirm"})


def existing(view: View) -> Iterator[Item]:
    """Party organizations that cover something, or are above or below another."""
    for body in view.of("PartyOrganization"):
        edges = (
            view.out(body["id"], "COVERS"),
            view.out(body["id"], "SUBORDINATE_TO"),
            view.into(body["id"], "SUBORDINATE_TO"),
        )
        if any(edges):
            yield body


def branches(view: View) -> Iterator[Item]:
    """Branches, joint branches and functional branches that exist."""
    return (b for b in existing(view) if b.get("tier") in BRANCHES)


def places(view: View, body: str) -> set[str]:
    """What an organization covers, and where the units that it covers stand."""
    covered = view.ends(body, "COVERS")
    return covered | {p for unit in covered for p in view.ends(unit, "BASED_IN")}


def listed(view: View, subject: str, body: str) -> bool:
    """Whether a register closes a subject at an organization, at its places or above."""
    return view.complete(subject, body, *places(view, body))


def affiliated(view: View, body: Item) -> set[str]:
    """Persons of a branch: affiliated with it, or reported to it where it is a functional one."""
    functional = body["tier"] == "functional_branch"
    return view.starts(body["id"], "REPORTED_TO" if functional else "MEMBER_OF", "Person")


def members_listed(view: View, body: Item) -> bool:
    """Whether the list of a branch's persons is complete."""
    functional = body["tier"] == "functional_branch"
    return listed(view, "report" if functional else "membership", body["id"])


def is_full(view: View, person: str) -> bool | None:
    """Whether a person is a full member on the day; None where the status is not known."""
    begun = view.value(person, "party_full_on") or view.value(person, "party_joined_on")
    return _in(view, person, begun, ("full",))


def in_party(view: View, person: str) -> bool | None:
    """Whether a person is a full or probationary member on the day; None where it is not known."""
    return _in(view, person, view.value(person, "party_joined_on"), ("full", "probationary"))


def _in(view: View, person: str, begun: date | None, statuses: Collection[str]) -> bool | None:
    """A date after the day says no, even where the status is not known."""
    if begun is not None and begun > view.as_of:
        return False
    status = view.value(person, "party_status")
    return None if status is None else status in statuses


def bounds(answers: Collection[bool | None], *, complete: bool) -> tuple[int, float]:
    """How many are true at least and at most."""
    least = sum(a is True for a in answers)
    return least, least + sum(a is None for a in answers) if complete else float("inf")


def full_bounds(view: View, body: Item) -> tuple[int, float]:
    """Bounds of the number of a branch's full members."""
    answers = [is_full(view, p) for p in affiliated(view, body)]
    return bounds(answers, complete=members_listed(view, body))


def without_branch(
    view: View, *, min_full_members: int = 3, count_basis: str = "direct", quarter_duty: bool = False
) -> Verdicts:
    """R01: a quarter in which enough full members live is covered by a branch."""
    del quarter_duty  # severity only
    verdicts: Verdicts = {}
    for quarter in (q["id"] for q in view.of("Quarter")):
        tiers = [view.value(b, "tier") for b in view.starts(quarter, "COVERS", "PartyOrganization")]
        if BRANCHES & {t for t in tiers if t}:
            verdict = "pass"
        elif None in tiers or not view.complete("party_organization", quarter):
            verdict = "unknown"
        else:
            least, most = _residents(view, quarter, reported=count_basis == "with_reported")
            too_few = "not_applicable" if most < min_full_members else "unknown"
            verdict = "fail" if least >= min_full_members else too_few
        verdicts[quarter,] = verdict
    return verdicts


def _residents(view: View, quarter: str, *, reported: bool) -> tuple[int, float]:
    """Bounds of the full members who live in a quarter and belong to its community's chain."""
    communities = view.communities(quarter)
    heads = {
        b
        for c in communities
        for b in view.covering(c, "PartyOrganization", lambda o: o["level"] == "community")
    }
    chain = below(view, *heads)
    kinds = ["MEMBER_OF", "REPORTED_TO"] if reported else ["MEMBER_OF"]
    answers = [
        is_full(view, p)
        for p in view.starts(quarter, "LIVES_IN", "Person")
        if any(view.ends(p, kind) & chain for kind in kinds)
    ]
    subjects = ["residence", "membership"] + (["report"] if reported else [])
    complete = all(view.complete(s, quarter) for s in subjects) and bool(communities)
    above = view.above(quarter) - {quarter}
    known_heads = bool(heads) or view.complete("party_organization", *above)
    return bounds(answers, complete=complete and known_heads)


def below(view: View, *heads: str) -> set[str]:
    """Organizations themselves and all that are subordinate to them."""
    found: set[str] = set()
    todo = list(heads)
    while todo:
        body = todo.pop()
        if body not in found:
            found.add(body)
            todo += view.starts(body, "SUBORDINATE_TO")
    return found


def below_min(view: View, *, min: int = 3) -> Verdicts:
    """R02: a branch has at least so many full members."""
    verdicts: Verdicts = {}
    for branch in branches(view):
        least, most = full_bounds(view, branch)
        verdicts[branch["id"],] = "pass" if least >= min else "fail" if most < min else "unknown"
    return verdicts


def over_max(
    view: View, *, max: int = 50, count_probationary: bool = True, suggest_general_branch: bool = True
) -> Verdicts:
    """R03: a branch has at most so many members."""
    del suggest_general_branch  # wording only
    verdicts: Verdicts = {}
    for branch in branches(view):
        answers = [
            in_party(view, p) if count_probationary else is_full(view, p) for p in affiliated(view, branch)
        ]
        least, most = bounds(answers, complete=members_listed(view, branch))
        verdicts[branch["id"],] = "fail" if least > max else "pass" if most <= max else "unknown"
    return verdicts


def committee_structure(
    view: View,
    *,
    committee_threshold: int = 7,
    size_min: int = 3,
    size_normal_max: int = 5,
    size_max: int = 7,
    portfolios: Collection[str] = PORTFOLIOS,
) -> Verdicts:
    """R04: a branch of enough full members has a committee of the right size and portfolios."""
    del size_max  # beyond it the severity is higher
    verdicts: Verdicts = {}
    for branch in branches(view):
        least, most = full_bounds(view, branch)
        needed, spared = least >= committee_threshold, most < committee_threshold
        posts = [e for e in view.into(branch["id"], "HOLDS_POST") if e["role"] in LEADING]
        closed = listed(view, "post", branch["id"])
        size = len({e["from"] for e in posts})
        members = {e["from"] for e in posts if e["role"] == "committee_member"}
        held = {e.get("portfolio") for e in posts}
        vacant = [f for f in portfolios if f not in held]
        silent = [e for e in posts if e["role"] == "committee_member" and e.get("portfolio") is None]
        wrong = size > size_normal_max or (spared and len(members) >= size_min)
        if needed and closed:
            wrong |= not members or size < size_min or len(vacant) > len(silent)
        open_ = not (needed or spared) or not closed or (needed and vacant and silent)
        verdicts[branch["id"],] = "fail" if wrong else "unknown" if open_ else "pass"
    return verdicts


def joint_units(view: View, *, max_units: int = 5, min_units: int = 2) -> Verdicts:
    """R05: a joint branch covers several quarters and units, but not too many."""
    verdicts: Verdicts = {}
    for branch in (b for b in existing(view) if b.get("tier") == "joint_branch"):
        id_ = branch["id"]
        covered = view.ends(id_, "COVERS")
        units = len([x for x in covered if label_of(x) in UNITS | {"Quarter"}])
        areas = {a for p in places(view, id_) for a in view.areas(p)}
        if units > max_units:
            verdict = "fail"
        elif not view.complete("party_organization", id_, *areas):
            verdict = "unknown"
        elif not units:
            verdict = "not_applicable"
        else:
            verdict = "fail" if units < min_units else "pass"
        verdicts[id_,] = verdict
    return verdicts


def secretary(view: View, *, min_years: int = 1) -> Verdicts:
    """R08: each branch has a secretary, long enough a full member, and one of its own."""
    verdicts: Verdicts = {}
    for branch in (b["id"] for b in branches(view)):
        holders = view.holders(branch, {"secretary"})
        if not holders:
            verdicts[branch, None] = "fail" if listed(view, "post", branch) else "unknown"
        for person in holders:
            answers = (_standing(view, person, min_years), *_belonging(view, person, branch))
            good = "unknown" if None in answers else "pass"
            verdicts[branch, person] = "fail" if False in answers else good
    return verdicts


def _standing(view: View, person: str, min_years: int) -> bool | None:
    """Whether a person has been a full member for so many years; None where it is not known."""
    full, since = is_full(view, person), view.value(person, "party_full_on")
    if full is False:
        return False
    if since is not None and years_later(since, min_years) > view.as_of:
        return False
    return None if full is None or since is None else True


def _belonging(view: View, person: str, branch: str) -> tuple[bool | None, bool | None]:
    """Whether a person is affiliated anywhere; whether to the branch, or reported to it."""
    memberships = view.ends(person, "MEMBER_OF")
    known = bool(memberships) or listed(view, "membership", branch)
    somewhere = bool(memberships) if known else None
    if branch in memberships | view.ends(person, "REPORTED_TO"):
        return somewhere, True
    return somewhere, False if known and listed(view, "report", branch) else None


def years_later(day: date, years: int) -> date:
    """The same day some years on; the 28th for a leap day."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
