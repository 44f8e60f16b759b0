"""Nine rules recomputed: verdicts by identity, and what blocks a promotion where it is stated.

Above the view. `RULES` maps the name of a catalogue file to its recomputation; the keys of its
result are the values of the file's `@identity` columns.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import product
from typing import Any

from graph.model import CROSS_ROLES, label_of
from tests.oracle.ties import EMPLOYED, barred, operators, ties
from tests.oracle.view import LEADING, PARTY_SEATS, SITTING, TWO_COMMITTEES, Item, View

Identity = tuple[str | None, ...]
Verdicts = dict[Identity, str]


def _judge(*, found: bool, closed: bool) -> str:
    """A promotion: found passes, absent from a closed list fails."""
    return "pass" if found else "fail" if closed else "unknown"


def sitting_posts(view: View, committee: str) -> list[Item]:
    """Posts of the sitting members of an owners' committee."""
    return [e for e in view.into(committee, "HOLDS_POST") if e["role"] in SITTING]


def elected(view: View) -> Iterator[str]:
    """Owners' committees, without the interim ones, that cover a quarter on the day."""
    for committee in view.of("OwnersCommittee"):
        if committee["kind"] == "owners_committee" and view.ends(committee["id"], "COVERS"):
            yield committee["id"]


def owns(view: View, person: str, quarters: Iterable[str]) -> bool | None:
    """Whether a person owns a home in one of the quarters; None where it is not known."""
    places = set(quarters)
    if places & view.ends(person, "OWNS_HOME_IN"):
        return True
    listed = view.complete("ownership", person)
    return False if listed or all(view.complete("ownership", q) for q in places) else None


def member_not_owner(
    view: View, *, unit_representative: bool = True, spouse: bool = False
) -> Verdicts:
    """R14: who sits on an owners' committee owns a home where it stands."""
    names = {True: "pass", False: "fail", None: "unknown"}
    verdicts: Verdicts = {}
    for committee in elected(view):
        quarters = view.ends(committee, "COVERS")
        for post in sitting_posts(view, committee):
            person = post["from"]
            represents = post.get("capacity") == "unit_owner_representative"
            others: set[str] = set()
            if unit_representative and represents:
                others |= view.ends(person, "EMPLOYED_BY")
            if spouse:
                others |= _spouses(view, person)
            standing = owns(view, person, quarters)
            if standing is False and spouse and not view.complete("kinship", person, *quarters):
                standing = None
            if any(quarters & view.ends(other, "OWNS_HOME_IN") for other in others):
                standing = True
            verdicts[person, post["id"]] = names[standing]
    return verdicts


def _spouses(view: View, person: str) -> set[str]:
    related = view.out(person, "RELATED_TO") + view.into(person, "RELATED_TO")
    pairs = {e[end] for e in related if e["relation"] == "spouse" for end in ("from", "to")}
    return pairs - {person}


def party_share(view: View, *, num: int = 3, den: int = 5) -> Verdicts:
    """R15: the share of Party members among those who sit, by bounds."""
    verdicts: Verdicts = {}
    for committee in elected(view):
        members = {p["from"] for p in sitting_posts(view, committee)}
        seats = view.value(committee, "seats")
        listed = view.listed("post", committee)
        vacant = 0 if listed else max(0, (seats or 0) - len(members))
        statuses = [_in_party(view, m) for m in members]
        least = statuses.count(True)
        most = least + statuses.count(None) + vacant
        size = len(members) + vacant
        if not listed and seats is None:
            verdict = "unknown"
        elif size == 0:
            verdict = "not_applicable"
        elif least * den >= num * size:
            verdict = "pass"
        else:
            verdict = "fail" if most * den < num * size else "unknown"
        verdicts[committee,] = verdict
    return verdicts


def _in_party(view: View, person: str) -> bool | None:
    status = view.value(person, "party_status")
    joined = view.value(person, "party_joined_on") or view.as_of
    return None if status is None else status != "none" and joined <= view.as_of


class Appointments:
    """A quarter's branches, committees and projects, and who may link them."""

    def __init__(
        self, view: View, quarter: str, kinds: Collection[str], *, affiliates: bool
    ) -> None:
        self.view, self.quarter = view, quarter
        self._kinds, self._affiliates = kinds, affiliates
        self.branches = view.covering(
            quarter, "PartyOrganization", lambda b: b["level"] == "quarter"
        )
        self.committees = view.covering(
            quarter, "OwnersCommittee", lambda o: o["kind"] == "owners_committee"
        )
        self.projects = view.starts(quarter, "SERVES", "PropertyProject")
        self.orgs: set[str] = set()
        self.residents: set[str] = set()
        for community in view.communities(quarter):
            self.orgs |= view.covering(
                community, "PartyOrganization", lambda b: b["level"] == "community"
            )
            self.residents |= view.starts(community, "COVERS", "ResidentsCommittee")

    def barred(self, person: str) -> bool:
        """Whether R27 keeps a person out of the quarter's owners' committee."""
        return barred(
            self.view, person, self.quarter, self._kinds, affiliates=self._affiliates
        )  # fmt: skip

    def holders(self, bodies: Iterable[str], roles: Collection[str]) -> set[str]:
        return {p for b in bodies for p in self.view.holders(b, roles)}

    def two_committees(self) -> set[str]:
        """Members of the community's two committees."""
        return {
            p
            for b in self.orgs | self.residents
            for p in self.view.holders(b, TWO_COMMITTEES[label_of(b)])
        }

    def absent(self, *lists: tuple[set[str], str]) -> str | None:
        """Verdict where a body is missing: a list of bodies, and the register that closes it."""
        missing = [subject for bodies, subject in lists if not bodies]
        if not missing:
            return None
        known = any(self.view.complete(s, self.quarter) for s in missing)
        return "not_applicable" if known else "unknown"

    def closed(self, bodies: Iterable[str]) -> bool:
        """Whether the posts of all the bodies are listed."""
        return all(self.view.listed("post", b) for b in bodies)

    def excluded(self, person: str) -> bool:
        """Whether R27 or R29 keeps a person from a seat that is not held yet."""
        return self.barred(person) or person in managing(self.view, self.quarter)

    def may_not_sit(self, person: str) -> bool:
        """Whether a person is known not to be an owner here, or is excluded."""
        return owns(self.view, person, [self.quarter]) is False or self.excluded(person)


def _each(view: View, kinds: Collection[str], *, affiliates: bool) -> Iterator[Appointments]:
    for quarter in view.of("Quarter"):
        if view.lowest_area(quarter["id"]) is not None:
            yield Appointments(view, quarter["id"], kinds, affiliates=affiliates)


def _pairs(a: Appointments) -> Iterator[tuple[str | None, str | None]]:
    """Every branch with every committee; where one is missing, one pair that says so."""
    if a.branches and a.committees:
        return product(sorted(a.branches), sorted(a.committees))
    return iter([(min(a.branches, default=None), min(a.committees, default=None))])


def _missing_pair(a: Appointments) -> str | None:
    return a.absent((a.branches, "party_organization"), (a.committees, "owners_committee"))


def secretary_is_chair(
    view: View, *, respect_r14: bool = True, kinds: Collection[str] = EMPLOYED,
    affiliates: bool = True, **_: Any,
) -> Verdicts:  # fmt: skip
    """R17: one person is the branch's secretary and the committee's chair."""
    verdicts: Verdicts = {}
    for a in _each(view, kinds, affiliates=affiliates):
        missing = _missing_pair(a)
        for branch, committee in _pairs(a):
            if missing or branch is None or committee is None:
                verdicts[a.quarter, branch, committee] = missing or "unknown"
                continue
            secretaries = view.holders(branch, ["secretary"])
            same = {p for p in secretaries & view.holders(committee, ["chair"])
                    if not a.barred(p)}  # fmt: skip
            excluded = {p for p in secretaries
                        if (a.may_not_sit(p) if respect_r14 else a.excluded(p))}  # fmt: skip
            verdict = _judge(found=bool(same), closed=a.closed([branch, committee]))
            if not same and secretaries and secretaries == excluded:
                verdict = "not_possible"
            verdicts[a.quarter, branch, committee] = verdict
    return verdicts


def secretary_or_chair_in_both(
    view: View, *, kinds: Collection[str] = EMPLOYED, affiliates: bool = True
) -> Verdicts:
    """R18: the secretary sits on the owners' committee, or its chair on the branch committee."""
    verdicts: Verdicts = {}
    for a in _each(view, kinds, affiliates=affiliates):
        missing = _missing_pair(a)
        for branch, committee in _pairs(a):
            if missing or branch is None or committee is None:
                verdicts[a.quarter, branch, committee] = missing or "unknown"
                continue
            secretaries = view.holders(branch, ["secretary"])
            chairs = view.holders(committee, ["chair"])
            found = (secretaries & view.holders(committee, SITTING)) | (
                chairs & view.holders(branch, LEADING)
            )
            found = {p for p in found if not a.barred(p)}
            no_secretary = {p for p in secretaries if a.may_not_sit(p)}
            no_chair = {p for p in chairs if a.excluded(p)
                        or view.value(p, "party_status") in ("none", "probationary")}  # fmt: skip
            verdict = _judge(found=bool(found), closed=a.closed([branch, committee]))
            if not found and secretaries and chairs and (
                secretaries == no_secretary and chairs == no_chair
            ):  # fmt: skip
                verdict = "not_possible"
            verdicts[a.quarter, branch, committee] = verdict
    return verdicts


def two_committee_member_sits(
    view: View, *, min_per_quarter: int = 1, kinds: Collection[str] = EMPLOYED,
    affiliates: bool = True,
) -> Verdicts:  # fmt: skip
    """R19: members of the community's two committees sit on the owners' committee."""
    verdicts: Verdicts = {}
    for a in _each(view, kinds, affiliates=affiliates):
        two = a.two_committees()
        found = {p for p in two & a.holders(a.committees, SITTING) if not a.barred(p)}
        places = view.communities(a.quarter)
        bodies = a.orgs | a.residents
        here = all(view.complete("post", c) for c in places)
        two_closed = bool(bodies) and (here or bool(
            a.orgs and a.residents and a.closed(bodies)
        ))  # fmt: skip
        possible = found | {p for p in two if not a.may_not_sit(p)}
        shut_out = len(possible) < min_per_quarter and two != possible
        missing = a.absent((a.committees, "owners_committee"))
        if missing:
            verdict = missing
        elif len(found) >= min_per_quarter:
            verdict = "pass"
        elif two_closed and shut_out:
            verdict = "not_possible"
        else:
            verdict = "fail" if two_closed and a.closed(a.committees) else "unknown"
        verdicts[a.quarter,] = verdict
    return verdicts


def three_parties(
    view: View, *, min_links: int = 2, kinds: Collection[str] = EMPLOYED,
    affiliates: bool = True, **_: Any,
) -> Verdicts:  # fmt: skip
    """R20: branch, owners' committee and property are linked, by admissible links alone."""
    verdicts: Verdicts = {}
    for a in _each(view, kinds, affiliates=affiliates):
        missing = a.absent(
            (a.branches, "party_organization"),
            (a.committees, "owners_committee"),
            (a.projects, "property_project"),
        )
        bodies = a.branches | a.committees | a.projects
        closed = a.closed(bodies) and view.complete("property_project", a.quarter)
        found = len(three_party_links(a)) >= min_links
        verdicts[a.quarter,] = "pass" if found else missing or _judge(found=False, closed=closed)
    return verdicts


def three_party_links(a: Appointments) -> set[str]:
    """The admissible links of a quarter that exist."""
    view = a.view
    in_branch = a.holders(a.branches, PARTY_SEATS)
    sitting = a.holders(a.committees, SITTING)
    tied = {p for p in sitting if a.barred(p)}
    in_property = a.holders(a.projects, CROSS_ROLES["PropertyProject"]) | _staff(view, a.quarter)
    links = set()
    if in_branch & sitting - tied:
        links.add("branch-committee")
    if in_branch & in_property - tied:
        links.add("branch-property")
    meetings = [
        {m for b in bodies for m in view.ends(b, "TAKES_PART_IN")
         if view.nodes[m].get("kind") == "joint_meeting" and label_of(m) == "Mechanism"}
        for bodies in (a.committees, a.projects)
    ]  # fmt: skip
    if meetings[0] & meetings[1]:
        links.add("committee-property")
    return links


def employed_by_firm(
    view: View, *, kinds: Collection[str] = EMPLOYED, affiliates: bool = True
) -> Verdicts:
    """R27: nobody on the owners' committee works for the firm that serves the quarter."""
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
    view: View, person: str, quarter: str, project: str, kinds: Collection[str], *,
    affiliates: bool,
) -> str:  # fmt: skip
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
            projects and all(view.listed("post", p) for p in projects)
        )  # fmt: skip
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
    return posted | _staff(view, quarter)


def _staff(view: View, quarter: str) -> set[str]:
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


def concurrent_paid(
    view: View, *, allowance_ok_for_non_officials: bool = True
) -> Verdicts:
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


RULES: dict[str, Callable[..., Verdicts]] = {
    "owners_committee_member_not_owner": member_not_owner,
    "owners_committee_party_ratio_low": party_share,
    "secretary_chair_not_unified": secretary_is_chair,
    "secretary_chair_cross_appointment_missing": secretary_or_chair_in_both,
    "two_committee_member_not_in_owners_committee": two_committee_member_sits,
    "three_party_cross_appointment_gap": three_parties,
    "coi_owners_committee_property_staff": employed_by_firm,
    "coi_self_supervision_managed_property": manages_and_supervises,
    "concurrent_post_paid": concurrent_paid,
}
