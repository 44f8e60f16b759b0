"""Rules on persons recomputed: posts outside the organ (R31), overlap (R32), too many posts (R33).

Above the view.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

from graph.model import crosses, label_of
from tests.oracle.residents_committees import relative_in_council
from tests.oracle.view import SITTING, TWO_COMMITTEES, Item, Verdicts, View

OFFICIALS = ("civil_servant", "leading_cadre")
WORK = ("leader", "member", "head")
ENTERPRISES = ("state_enterprise", "private_enterprise", "bank", "new_economic_organization", "merchant")
COUNTED = ("group_leader", "grid_worker", "building_head")
"""Roles that count as posts beside those that cross-appoint."""


def outside_posts(
    view: View,
    *,
    kinds: Collection[str] = ("employee", "seconded"),
    max_enterprise_posts: int = 1,
    enterprise_categories: Collection[str] = ENTERPRISES,
) -> Verdicts:
    """R31: civil servants have approved posts only, none in a property firm."""
    verdicts: Verdicts = {}
    for person in (p["id"] for p in view.of("Person")):
        public = view.value(person, "public_post")
        if public is not None and public not in OFFICIALS:
            continue
        works = list(_works(view, person, kinds))
        for tie in works:
            if label_of(tie["to"]) == "PropertyFirm":
                verdicts[person, tie["id"]] = "fail" if public else "unknown"
        for post in view.out(person, "HOLDS_POST"):
            if label_of(post["to"]) == "Team" and post["role"] not in WORK:
                continue
            if label_of(post["to"]) in ("PropertyProject", "OwnersCommittee", "ResidentsCommittee", "Team"):
                verdicts[person, post["id"]] = _approval(view, post) if public else "unknown"
        if public == "leading_cadre":
            found = _enterprises(view, works, enterprise_categories, max_enterprise_posts)
            verdicts |= {(person, tie): verdict for tie, verdict in found}
    return verdicts


def _works(view: View, person: str, kinds: Collection[str]) -> Iterator[Item]:
    """Employments and posts of a person in firms and units."""
    yield from (e for e in view.out(person, "EMPLOYED_BY") if e["kind"] in kinds)
    for post in view.out(person, "HOLDS_POST"):
        if label_of(post["to"]) in ("Unit", "PropertyFirm") and post["role"] in WORK:
            yield post


def _approval(view: View, post: Item) -> str:
    """A post in a body: who runs it may forbid it, else approval decides."""
    run_by_firm: bool | None = False
    if label_of(post["to"]) == "PropertyProject":
        operators = {label_of(o) for o in view.ends(post["to"], "OPERATED_BY")} - {"Unit"}
        mode = view.value(post["to"], "mode")
        if operators:
            run_by_firm = "PropertyFirm" in operators
        else:
            run_by_firm = None if mode is None else mode == "contract"
    approved = post.get("approved")
    if run_by_firm or approved is False:
        return "fail"
    return "pass" if approved and run_by_firm is False else "unknown"


def _enterprises(
    view: View, works: Collection[Item], categories: Collection[str], most: int
) -> Iterator[tuple[str, str]]:
    """A leading cadre's ties to units that are, or may be, enterprises."""
    known, possible = set(), set()
    for tie in works:
        category = view.value(tie["to"], "category")
        if label_of(tie["to"]) == "PropertyFirm" or category in categories:
            known.add(tie["to"])
        elif category is None:
            possible.add(tie["to"])
    for tie in works:
        if label_of(tie["to"]) != "Unit" or tie["to"] not in known | possible:
            continue
        if len(known | possible) <= most:
            yield tie["id"], "pass"
        else:
            sure = tie["to"] in known and len(known) > most
            yield tie["id"], "fail" if sure else "unknown"


def supervisors_apart(
    view: View, *, residents_barred: bool = True, kin_scope: str = "near_relatives"
) -> Verdicts:
    """R32: who supervises does not sit in what is supervised, nor a near relative."""
    del residents_barred  # decides the severity alone
    verdicts: Verdicts = {}
    for committee in (c["id"] for c in view.of("SupervisionCommittee")):
        owners = view.value(committee, "kind") == "owners"
        covered = view.ends(committee, "COVERS")
        grounds = {
            g["id"]
            for g in view.of("Quarter" if owners else "Area")
            if (owners and view.above(g["id"]) & covered)
            or (not owners and g["level"] == "community" and g["id"] in view.above(*covered))
        }
        bodies = {g: _watched(view, g, owners=owners) for g in grounds}
        listed = bool(grounds) and all(_listed(view, g, bodies[g], owners=owners) for g in grounds)
        for person in {e["from"] for e in view.into(committee, "HOLDS_POST")}:
            clash = any(_seated(view, person, b) for g in grounds for b in bodies[g])
            known = listed or (bool(grounds) and view.complete("post", person))
            if not owners and kin_scope != "none":
                relative = relative_in_council(view, person, grounds, kin_scope)
                clash, known = clash or relative is True, known and relative is False
            verdicts[person, committee] = "fail" if clash else "pass" if known else "unknown"
    return verdicts


def _watched(view: View, ground: str, *, owners: bool) -> set[str]:
    if owners:
        projects = view.starts(ground, "SERVES", "PropertyProject")
        return projects | view.starts(ground, "COVERS", "OwnersCommittee")
    party = view.covering(ground, "PartyOrganization", lambda o: o["level"] == "community")
    return party | view.starts(ground, "COVERS", "ResidentsCommittee")


def _listed(view: View, ground: str, bodies: Collection[str], *, owners: bool) -> bool:
    """Whether it is known who sits in the bodies of a place, and which bodies there are."""
    if view.complete("post", ground):
        return True
    registers = (
        {"OwnersCommittee": "owners_committee", "PropertyProject": "property_project"}
        if owners
        else {"PartyOrganization": "party_organization", "ResidentsCommittee": "post"}
    )
    there = {label_of(b) for b in bodies}
    return all(view.complete("post", b) for b in bodies) and all(
        label in there or view.complete(register, ground) for label, register in registers.items()
    )


def _seated(view: View, person: str, body: str) -> bool:
    label = label_of(body)
    roles = {"OwnersCommittee": SITTING, "PropertyProject": {"project_manager", "staff"}}
    return person in view.holders(body, roles.get(label) or TWO_COMMITTEES[label])


def too_many_posts(
    view: View, *, max_posts: int = 3, warn_above: int = 2, max_quarters_as_secretary: int = 2
) -> Verdicts:
    """R33: posts per person, and quarters of which one person is secretary."""
    del warn_above  # decides the severity alone
    posts: dict[str, list[Item]] = defaultdict(list)
    for edge in view.edges:
        if edge["type"] == "HOLDS_POST" and (crosses(edge["to"], edge["role"]) or edge["role"] in COUNTED):
            posts[edge["from"]].append(edge)
    verdicts: Verdicts = {}
    for person, held in posts.items():
        led = {e["to"] for e in held if e["role"] == "secretary"}
        quarters = {q for o in led for q in view.ends(o, "COVERS") if label_of(q) == "Quarter"}
        if len(held) > max_posts or len(quarters) > max_quarters_as_secretary:
            verdicts[person,] = "fail"
        else:
            listed = view.complete("post", person) or all(_closed(view, e["to"]) for e in held)
            verdicts[person,] = "pass" if listed else "unknown"
    return verdicts


def _closed(view: View, body: str) -> bool:
    """Whether the posts of an area in which a body stands are listed."""
    places = view.places_of(body) if label_of(body) not in ("Grid", "Building") else {body}
    based = {p for u in places for p in view.ends(u, "BASED_IN")}
    return any(
        e["subject"] == "post"
        for p in places | based
        for a in view.areas(p)
        for e in view.out(a, "COMPLETE_IN")
    )
