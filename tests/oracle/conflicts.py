"""Rules of prohibition recomputed: conflicts of interest (R27, R29) and pay (R30).

Above the view, the ties and the seats.
"""

from __future__ import annotations

from collections.abc import Collection

from graph.model import label_of
from tests.oracle.committees import sitting_posts
from tests.oracle.ties import EMPLOYED, operators, ties
from tests.oracle.view import SITTING, TWO_COMMITTEES, Item, Verdicts, View


def employed_by_firm(view: View, *, kinds: Collection[str] = EMPLOYED, affiliates: bool = True) -> Verdicts:
    """R27: no one on the owners' committee works for the firm that serves the quarter."""
    verdicts: Verdicts = {}
    for committee in (o["id"] for o in view.of("OwnersCommittee")):
        for quarter in view.ends(committee, "COVERS"):
            projects = view.starts(quarter, "SERVES", "PropertyProject")
            for post in sitting_posts(view, committee):
                if not projects:
                    known = view.complete("property_project", quarter)
                    verdict = "not_applicable" if known else "unknown"
                    verdicts[post["from"], post["id"], quarter, None] = verdict
                for project in projects:
                    verdicts[post["from"], post["id"], quarter, project] = _tie_verdict(
                        view, post["from"], quarter, project, kinds, affiliates=affiliates
                    )
    return verdicts


def _tie_verdict(
    view: View, person: str, quarter: str, project: str, kinds: Collection[str], *, affiliates: bool
) -> str:
    run_by = view.ends(project, "OPERATED_BY")
    firms = {o for o in run_by if label_of(o) == "PropertyFirm"}
    if not firms:
        other = run_by or view.value(project, "mode") in ("community", "self")
        return "not_applicable" if other else "unknown"
    if any(ties(view, person, project, f, kinds, affiliates=affiliates) for f in firms):
        return "fail"
    listed = all(view.complete("employment", f, quarter, person) for f in firms)
    return "pass" if listed else "unknown"


def manages_and_supervises(view: View, *, check_org_level: bool = True) -> Verdicts:
    """R29: who manages a quarter's property sits in no body that supervises it."""
    verdicts: Verdicts = {}
    for quarter in (q["id"] for q in view.of("Quarter")):
        if view.lowest_area(quarter) is None:
            continue
        projects = view.starts(quarter, "SERVES", "PropertyProject")
        posted = {p for b in projects for p in view.holders(b, {"project_manager", "staff"})}
        bodies = supervisors(view, quarter)
        seated = {p for b, roles in bodies.items() for p in view.holders(b, roles)}
        places = [quarter, *view.communities(quarter)]
        manage_closed = view.complete("post", quarter) or bool(
            projects and all(view.complete("post", p, quarter) for p in projects)
        )
        seats_closed = all(view.complete("post", p) for p in places)
        for person in posted | seated:
            manages, supervises = person in managing(view, quarter), person in seated
            if manages and supervises:
                verdict = "fail"
            elif not manages and not projects:
                known = view.complete("property_project", quarter)
                verdict = "not_applicable" if known else "unknown"
            else:
                verdict = "pass" if (seats_closed if manages else manage_closed) else "unknown"
            verdicts[person, quarter] = verdict
        if check_org_level:
            for _, body in operators(view, quarter):
                if label_of(body) == "ResidentsCommittee" and body in bodies:
                    verdicts[body, quarter] = "fail"
    return verdicts


def managing(view: View, quarter: str) -> set[str]:
    """Who has a post in a quarter's property projects, or works for whoever operates them."""
    projects = view.starts(quarter, "SERVES", "PropertyProject")
    posted = {p for b in projects for p in view.holders(b, {"project_manager", "staff"})}
    return posted | staff(view, quarter)


def staff(view: View, quarter: str) -> set[str]:
    """Who works for whoever operates a quarter's property."""
    return {
        e["from"]
        for _, operator in operators(view, quarter)
        for e in view.into(operator, "EMPLOYED_BY")
        if e["kind"] in EMPLOYED
    }


def supervisors(view: View, quarter: str) -> dict[str, Collection[str]]:
    """Bodies that supervise a quarter's property, with the roles that are seats in them."""
    found: dict[str, Collection[str]] = dict.fromkeys(
        view.starts(quarter, "COVERS", "OwnersCommittee"), SITTING
    )
    for body in view.starts(quarter, "COVERS", "SupervisionCommittee"):
        if view.value(body, "kind") == "owners":
            found[body] = {"chair", "member"}
    for community in view.communities(quarter):
        for body in view.starts(community, "COVERS", "ResidentsCommittee"):
            found[body] = TWO_COMMITTEES["ResidentsCommittee"]
    return found


def concurrent_paid(view: View, *, allowance_ok_for_non_officials: bool = True) -> Verdicts:
    """R30: part-time members, cadres who manage property and officials on committees are unpaid."""
    verdicts: Verdicts = {}
    for post in (e for e in view.edges if e["type"] == "HOLDS_POST"):
        person = post["from"]
        cadre = any(_in_two_committees(view, c) for c in view.out(person, "HOLDS_POST"))
        part_time = post["role"] == "part_time_member"
        beside = cadre and not _in_two_committees(view, post)
        if not (post.get("concurrent") or part_time or beside):
            continue
        paid, label = post.get("paid"), label_of(post["to"])
        verdict = {True: "fail", False: "pass", None: "unknown"}[paid]
        if label == "OwnersCommittee" and post["role"] in SITTING:
            if paid:
                verdict = _allowance(view, post, allowance_ok=allowance_ok_for_non_officials)
        elif not (part_time or (cadre and label == "PropertyProject")):
            verdict = "not_applicable"
        verdicts[person, post["id"]] = verdict
    return verdicts


def _in_two_committees(view: View, post: Item) -> bool:
    body = view.nodes[post["to"]]
    seat = post["role"] in TWO_COMMITTEES.get(label_of(body["id"]), ())
    return seat and body.get("level") in (None, "community")


def _allowance(view: View, post: Item, *, allowance_ok: bool) -> str:
    """A paid seat on an owners' committee: to whom, and who fixed it."""
    public, basis = view.value(post["from"], "public_post"), post.get("pay_basis")
    if public is None:
        return "unknown"
    if public != "none" or not allowance_ok:
        return "fail"
    return {None: "unknown", "owners_assembly": "pass"}.get(basis, "fail")
