"""Rules on part-time members, unified posts and co-builders recomputed: R21 to R25.

Above the view, the ties and the seats.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from graph.model import label_of
from tests.oracle.committees import in_party
from tests.oracle.ties import EMPLOYED, barred
from tests.oracle.view import BRANCHES, LEADING, SITTING, TWO_COMMITTEES, Item, Verdicts, View

ALLOWED = (
    "unit_party_head",
    "police",
    "medical",
    "grid_worker",
    "employed_member",
    "resident_member",
    "deputy",
    "owners_committee_member",
    "project_manager",
)
KINDS = {
    "organ": {"government_organ", "police_station"},
    "institution": {"public_institution"},
    "enterprise": {"state_enterprise", "private_enterprise", "bank"},
    "new_organization": {"new_economic_organization", "new_social_organization"},
}
"""Kinds of member units by the category of a unit; property firms and quarters are one more."""


def head_is_part_time_member(
    view: View,
    *,
    who: str = "chair_and_project_head",
    kinds: Collection[str] = EMPLOYED,
    affiliates: bool = True,
) -> Verdicts:
    """R21: Party members who chair a committee or head a project are part-time members."""
    verdicts: Verdicts = {}
    seats = SITTING if who == "all" else {"chair"}
    for post in _posts(view):
        person, body = post["from"], post["to"]
        committee = view.value(body, "kind") == "owners_committee"
        if not (committee and post["role"] in seats) and post["role"] != "project_manager":
            continue
        quarters = {q for q in view.places_of(body) if label_of(q) == "Quarter"}
        if not quarters:
            continue
        communities = {c for q in quarters for c in view.communities(q)}
        orgs = {o for c in communities for o in _organizations(view, c)}
        full = any(_in_two_committees(view, person, c) for c in communities)
        excluded = full or (
            committee
            and any(
                barred(view, person, q, kinds, affiliates=affiliates) or _runs(view, person, q)
                for q in quarters
            )
        )
        member = in_party(view, person)
        above = communities | {a for q in quarters for a in view.areas(q)}
        if member is False:
            verdict = "not_applicable"
        elif not orgs:
            known = communities and any(view.complete("party_organization", a) for a in above)
            verdict = "not_applicable" if known else "unknown"
        elif member is None:
            verdict = "unknown"
        elif any(person in view.holders(o, ["part_time_member"]) for o in orgs):
            verdict = "pass"
        elif excluded:
            verdict = "not_possible"
        else:
            verdict = "fail" if all(view.listed("post", o) for o in orgs) else "unknown"
        verdicts[person, post["id"]] = verdict
    return verdicts


def _posts(view: View) -> Iterator[Item]:
    return (e for e in view.edges if e["type"] == "HOLDS_POST")


def _organizations(view: View, community: str) -> set[str]:
    return view.covering(community, "PartyOrganization", lambda b: b["level"] == "community")


def _in_two_committees(view: View, person: str, community: str) -> bool:
    bodies = _organizations(view, community) | view.starts(community, "COVERS", "ResidentsCommittee")
    return any(person in view.holders(b, TWO_COMMITTEES[label_of(b)]) for b in bodies)


def _runs(view: View, person: str, quarter: str) -> bool:
    """Whether a person holds a post in a project that serves a quarter."""
    projects = view.starts(quarter, "SERVES", "PropertyProject")
    return any(e["to"] in projects for e in view.out(person, "HOLDS_POST"))


def secretary_is_director(view: View, *, resident_required: bool = False, worker_months: int = 6) -> Verdicts:
    """R22: one person is secretary and director of a community."""
    del worker_months  # says who could be both, not whether somebody is
    verdicts: Verdicts = {}
    for community in (a["id"] for a in view.of("Area") if a["level"] == "community"):
        orgs = _organizations(view, community)
        residents = view.starts(community, "COVERS", "ResidentsCommittee")
        roles = {**dict.fromkeys(orgs, "secretary"), **dict.fromkeys(residents, "director")}
        held = {b: view.holders(b, [role]) for b, role in roles.items()}
        secretaries = {p for b in orgs for p in held[b]}
        absent = (not orgs and view.complete("party_organization", community)) or (
            not residents and view.complete("post", community)
        )
        if not orgs or not residents:
            verdict = "not_applicable" if absent else "unknown"
        elif any(secretaries & held[b] for b in residents):
            verdict = "pass"
        elif (
            resident_required
            and secretaries
            and all(_lives_in(view, p, community) is False for p in secretaries)
        ):
            verdict = "not_possible"
        elif all(held[b] or view.complete("post", b, community) for b in roles):
            verdict = "fail"
        else:
            verdict = "unknown"
        verdicts[community,] = verdict
    return verdicts


def _lives_in(view: View, person: str, community: str) -> bool | None:
    """Whether a person lives in a community; None where it is not known."""
    homes = view.ends(person, "LIVES_IN")
    if any(community in view.areas(q) for q in homes):
        return True
    if any(not view.communities(q) for q in homes):
        return None  # nobody knows in which community that home is
    return False if view.complete("residence", person, community) else None


def _extended(view: View) -> Iterator[tuple[str, bool]]:
    """Community organizations that cover an area, and whether an extended committee may exist."""
    for body in view.of("PartyOrganization"):
        covers = {label_of(x) for x in view.ends(body["id"], "COVERS")}
        if body["level"] == "community" and "Area" in covers:
            later = body.get("extended_since", view.as_of) > view.as_of
            yield body["id"], body.get("extended_committee") is not False and not later


def part_time_count(
    view: View, *, min: int = 1, max: int = 9, expect_odd_total: bool = False, **of_tier: int | None
) -> Verdicts:
    """R23: the number of part-time members is within the range of the organization's tier."""
    verdicts: Verdicts = {}
    for body, possible in _extended(view):
        part_time = len(view.holders(body, ["part_time_member"]))
        total = len(view.holders(body, {*LEADING, "part_time_member"}))
        closed = view.listed("post", body)
        tier = view.value(body, "tier")
        names = ["branch" if tier in BRANCHES else tier]
        if tier is None:
            names = ["branch", "general_branch", "committee"]
        within = set()
        for name in names:
            low, high = of_tier.get(f"{name}_min"), of_tier.get(f"{name}_max")
            low, high = min if low is None else low, max if high is None else high
            most = part_time if closed else None
            if part_time > high or (most is not None and most < low):
                within.add("out")
            else:
                within.add("in" if most is not None else "open")
        even = closed and expect_odd_total and total > 0 and total % 2 == 0
        if not possible and part_time == 0:
            verdict = "not_applicable"
        elif within == {"out"} or even:
            verdict = "fail"
        else:
            verdict = "pass" if within == {"in"} else "unknown"
        verdicts[body,] = verdict
    return verdicts


def categories_complete(
    view: View, *, required_categories: Collection[str] = (*KINDS, "property")
) -> Verdicts:
    """R25: every required kind of member unit is there."""
    verdicts: Verdicts = {}
    for body, possible in _extended(view):
        units = view.starts(body, "CO_BUILDS")
        kinds = {u: _kind(view, u) for u in units}
        lacking = set(required_categories) - set(kinds.values())
        anything = [k for k in kinds.values() if k == "?"]
        if not units and not possible:
            verdict = "not_applicable"
        elif not lacking:
            verdict = "pass"
        elif not view.listed("co_building", body):
            verdict = "unknown"
        else:
            sure = "property" in lacking or len(lacking) > len(anything)
            verdict = "fail" if sure else "unknown"
        verdicts[body,] = verdict
    return verdicts


def _kind(view: View, unit: str) -> str:
    """The kind of a member unit; `?` where it may be any kind of unit."""
    label, category = label_of(unit), view.value(unit, "category")
    if label != "Unit":
        quarter = view.value(unit, "level") == "quarter"
        return "property" if label == "PropertyFirm" or quarter else ""
    found = [kind for kind, categories in KINDS.items() if category in categories]
    return "?" if category is None else "".join(found)


def part_time_member_eligible(
    view: View,
    *,
    allowed_categories: Collection[str] = ALLOWED,
    same_term_as_body: bool = True,
    check_pay: bool = True,
) -> Verdicts:
    """R24: a part-time member satisfies seven conditions; a missing fact leaves it open."""
    verdicts: Verdicts = {}
    for post in (e for e in _posts(view) if e["role"] == "part_time_member"):
        answers = [
            in_party(view, post["from"]),
            _category_allowed(view, post, allowed_categories),
            _unit_is_here(view, post),
            not _full_member(view, post),
            _term_runs(view, post, same_term_as_body=same_term_as_body),
            not _membership_moved(view, post),
            _unpaid(post) if check_pay else True,
        ]
        worst = "fail" if False in answers else "unknown" if None in answers else "pass"
        verdicts[post["from"], post["id"]] = worst
    return verdicts


def _unpaid(post: Item) -> bool | None:
    paid: bool | None = post.get("paid")
    return None if paid is None else not paid


def _grounds(view: View, body: str) -> set[str]:
    """The places of a body, and the communities that these lie in."""
    places = view.ends(body, "COVERS")
    return places | {c for x in places for c in view.communities(x)}


def _headed(view: View, post: Item) -> set[str]:
    """Co-builders of the body whose Party organization the person is secretary of."""
    person, members = post["from"], view.starts(post["to"], "CO_BUILDS")
    led = {e["to"] for e in view.out(person, "HOLDS_POST") if e["role"] == "secretary"}
    quarters = {o for o in led & members if label_of(o) == "PartyOrganization"}
    return quarters | {u for o in led for u in view.ends(o, "COVERS") & members}


def _category_allowed(view: View, post: Item, allowed: Collection[str]) -> bool | None:
    capacity = post.get("capacity")
    found = {capacity} | ({"unit_party_head"} if _headed(view, post) else set())
    for other in view.out(post["from"], "HOLDS_POST"):
        label, role = label_of(other["to"]), other["role"]
        seat = label == "OwnersCommittee" and role in SITTING
        near = any(_grounds(view, post["to"]) & view.above(q) for q in view.places_of(other["to"]))
        if near and seat:
            found.add("owners_committee_member")
        if near and role == "project_manager":
            found.add("project_manager")
    return True if found & set(allowed) else None if capacity is None else False


def _unit_is_here(view: View, post: Item) -> bool | None:
    """Whether the unit of a unit's head is based here or serves the place; None: not known."""
    units = {u for u in _headed(view, post) if label_of(u) != "PartyOrganization"}
    if post.get("capacity") == "unit_party_head":
        work = view.out(post["from"], "EMPLOYED_BY")
        employers = {e["to"] for e in work if e["kind"] in EMPLOYED}
        units |= employers & view.starts(post["to"], "CO_BUILDS")
    answers = {_is_here(view, u, post["to"]) for u in units}
    return True if True in answers or not answers else None if None in answers else False


def _is_here(view: View, unit: str, body: str) -> bool | None:
    grounds, above = _grounds(view, body), view.above(*view.ends(body, "COVERS"))
    seats, served = view.ends(unit, "BASED_IN"), view.ends(unit, "SERVES")
    if any(grounds & view.above(x) for x in seats | served) or served & above:
        return True
    lowest = {a for x in seats for a in ({x} if label_of(x) == "Area" else view.ends(x, "PART_OF"))}
    return False if lowest - above else None


def _full_member(view: View, post: Item) -> bool:
    person, body = post["from"], post["to"]
    places = view.ends(body, "COVERS")
    return person in view.holders(body, LEADING) or any(
        _in_two_committees(view, person, x) for x in places if label_of(x) == "Area"
    )


def _term_runs(view: View, post: Item, *, same_term_as_body: bool) -> bool | None:
    ends: date | None = post.get("term_until")
    body = view.nodes[post["to"]]
    if ends is None and same_term_as_body and body.get("elected_on", view.as_of) <= view.as_of:
        ends = body.get("extended_until") or body.get("term_until")
    return None if ends is None else ends > view.as_of


def _membership_moved(view: View, post: Item) -> bool:
    return any(
        e["to"] == post["to"] and e["since"] == post["since"] and e["since_known"]
        for e in view.out(post["from"], "MEMBER_OF")
    )
