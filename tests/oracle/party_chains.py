"""Rules on tiers, terms and the chain of Party organizations recomputed (R06, R07, R09).

Above the recomputation of the branches.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from tests.oracle.party_organizations import below, bounds, existing, in_party, listed, places, years_later
from tests.oracle.view import BRANCHES, Item, Verdicts, View

CHAIN = ("subdistrict", "community", "quarter")


def tier_fits(view: View, *, general_branch_min: int = 50, committee_min: int = 100) -> Verdicts:
    """R06: how many members an organization has, with all below it, fits its tier."""
    spans: dict[str, tuple[int, float]] = {
        "committee": (committee_min, float("inf")),
        "general_branch": (general_branch_min, committee_min),
        "branch": (0, general_branch_min),
        "joint_branch": (0, general_branch_min),
    }
    verdicts: Verdicts = {}
    for body in existing(view):
        tier = body.get("tier")
        if body["level"] not in ("community", "unit"):
            continue
        if tier is None:
            verdict = "unknown"
        elif tier not in spans:
            verdict = "not_applicable"
        else:
            low, beyond = spans[tier]
            least, most = _members(view, body["id"])
            if least >= beyond or most < low:
                verdict = "fail"
            else:
                no_upper = beyond == float("inf")
                fits = least >= low and (no_upper or most < beyond)
                verdict = "pass" if fits else "unknown"
        verdicts[body["id"],] = verdict
    return verdicts


def _members(view: View, body: str) -> tuple[int, float]:
    """Bounds of the members of an organization and of all below it."""
    tree = below(view, body)
    persons = {p for x in tree for p in view.starts(x, "MEMBER_OF")}
    answers = [in_party(view, p) for p in persons]
    units = [x for x in tree if view.value(x, "tier") != "group"]
    complete = all(listed(view, "membership", x) for x in units)
    return bounds(answers, complete=complete and listed(view, "party_organization", body))


def term(
    view: View,
    *,
    term_years_community_committee: int = 5,
    term_years_community_general_branch: int = 5,
    term_years_community_branch: int = 5,
    term_years_quarter_branch: int = 5,
    term_years_quarter_branch_info: int = 3,
    term_years_other_branch: int = 3,
    term_years_committee: int = 5,
    extension_max_months: int = 12,
    prewarn_days: int = 180,
) -> Verdicts:
    """R07: the term of an organization, with its approved extension, is not over or about to be."""
    branch_years = {"community": term_years_community_branch, "quarter": term_years_quarter_branch}
    verdicts: Verdicts = {}
    for body in existing(view):
        tier, level = body.get("tier"), body["level"]
        if tier in ("work_committee", "group"):
            verdicts[body["id"],] = "not_applicable"
            continue
        if tier == "committee":
            at_home = level == "community"
            years = term_years_community_committee if at_home else term_years_committee
        elif tier == "general_branch" and level == "community":
            years = term_years_community_general_branch
        else:
            years = branch_years.get(level, term_years_other_branch)
        soft = term_years_quarter_branch_info if level == "quarter" and tier != "committee" else None
        ends = _ends(view, body, years)
        if ends is None:
            verdicts[body["id"],] = "unknown"
            continue
        wrong = _overdue(view, body, ends, extension_max_months, prewarn_days)
        if soft is not None and "term_until" not in body and not _extended(body, ends):
            wrong |= years_later(body["elected_on"], soft) <= view.as_of
        if _extended(body, ends) and not _approved(body):
            wrong = True
        verdicts[body["id"],] = "fail" if wrong else "pass"
    return verdicts


def _ends(view: View, body: Item, years: int) -> date | None:
    """The first day after the term without extension; None where it is not known."""
    elected: date | None = body.get("elected_on")
    if elected is not None and elected > view.as_of:
        return None
    recorded: date | None = body.get("term_until")
    if recorded is not None or elected is None or body.get("tier") is None:
        return recorded
    return years_later(elected, years)


def _extended(body: Item, ends: date) -> bool:
    until: date = body.get("extended_until", ends)
    return until > ends


def _approved(body: Item) -> bool:
    return body.get("extension_approved_by") not in (None, "none")


def _overdue(view: View, body: Item, ends: date, months: int, prewarn_days: int) -> bool:
    """Over or nearly so; or extended beyond what is allowed."""
    last = ends
    if _extended(body, ends):
        if body["extended_until"] > months_later(ends, months):
            return True
        if _approved(body):
            last = body["extended_until"]
    return last - timedelta(days=prewarn_days) <= view.as_of


def months_later(day: date, months: int) -> date:
    """The same day some months on; the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def hierarchy(view: View, *, required_chain: Sequence[str] = CHAIN) -> Verdicts:
    """R09: one superior, of the level next above and of the same place; no cycle; groups."""
    verdicts: Verdicts = {}
    for body in existing(view):
        id_, closed = body["id"], listed(view, "party_organization", body["id"])
        higher = _listed_higher(view, body["id"])
        superiors = view.ends(id_, "SUBORDINATE_TO")
        answers: list[bool | None] = [not _in_cycle(view, id_)]
        if len(superiors) == 1:
            answers.append(_stands(view, body, min(superiors), required_chain))
        elif superiors:
            answers.append(False)
        elif body["level"] != "district":
            answers.append(False if higher else None)
        if "group" in required_chain and body["level"] == "quarter" and (body.get("tier") in BRANCHES):
            tiers = {view.value(x, "tier") for x in view.starts(id_, "SUBORDINATE_TO")}
            answers.append(True if "group" in tiers else False if closed else None)
        top = "pass" if superiors else "not_applicable"
        verdicts[id_,] = "fail" if False in answers else "unknown" if None in answers else top
    return verdicts


def _listed_higher(view: View, body: str) -> bool:
    """Whether a register closes the list of superiors: of the organization, or higher than its own places."""
    own = places(view, body)
    above = {p for place in own for p in view.above(place)} - own
    return view.complete("party_organization", body, *above)


def _in_cycle(view: View, body: str) -> bool:
    above: set[str] = set()
    todo = list(view.ends(body, "SUBORDINATE_TO"))
    while todo:
        one = todo.pop()
        if one not in above:
            above.add(one)
            todo += view.ends(one, "SUBORDINATE_TO")
    return body in above


def _stands(view: View, body: Item, superior: str, chain: Sequence[str]) -> bool | None:
    """Whether the one superior is the right one; None where it is not known."""
    level, tier = view.value(superior, "level"), view.value(superior, "tier")
    if body.get("tier") == "group":
        return None if tier is None else tier in BRANCHES
    above = {"community": ("subdistrict",), "quarter": ("community", "subdistrict")}
    upper = next((x for x in above.get(body["level"], ()) if x in chain), None)
    if upper is None or body["level"] not in chain:
        return True
    if level == upper:
        return _same_place(view, body["id"], superior, upper)
    if level == body["level"]:
        return None if tier is None else tier in ("committee", "general_branch")
    return False


def _same_place(view: View, body: str, superior: str, upper: str) -> bool | None:
    """Whether an organization covers something within what its superior covers."""
    at_level = {
        a for x in view.ends(body, "COVERS") for a in view.areas(x) if view.value(a, "level") == upper
    }
    if at_level & view.ends(superior, "COVERS"):
        return True
    closed = _listed_higher(view, body)
    if at_level:
        return False if closed else None
    drifting = {x for x in view.ends(body, "COVERS") if x[0].isdigit() or x.startswith("q-")}
    return True if closed and not drifting else None
