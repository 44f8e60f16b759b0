"""Rules of promotion recomputed: one person in two bodies of a quarter (R17 to R20).

Above the view, the ties, the seats and the prohibitions, which beat promotion.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import product
from typing import Any

from graph.model import CROSS_ROLES, label_of
from tests.oracle.committees import owns
from tests.oracle.conflicts import managing, staff
from tests.oracle.ties import EMPLOYED, barred
from tests.oracle.view import LEADING, PARTY_SEATS, SITTING, TWO_COMMITTEES, Verdicts, View


def _judge(*, found: bool, closed: bool) -> str:
    """A promotion: found passes, absent from a closed list fails."""
    return "pass" if found else "fail" if closed else "unknown"


class Appointments:
    """A quarter's branches, committees and projects, and who may link them."""

    def __init__(self, view: View, quarter: str, kinds: Collection[str], *, affiliates: bool) -> None:
        self.view, self.quarter = view, quarter
        self._kinds, self._affiliates = kinds, affiliates
        self.branches = view.covering(quarter, "PartyOrganization", lambda b: b["level"] == "quarter")
        self.committees = view.covering(quarter, "OwnersCommittee", lambda o: o["kind"] == "owners_committee")
        self.projects = view.starts(quarter, "SERVES", "PropertyProject")
        self.orgs: set[str] = set()
        self.residents: set[str] = set()
        for community in view.communities(quarter):
            self.orgs |= view.covering(community, "PartyOrganization", lambda b: b["level"] == "community")
            self.residents |= view.starts(community, "COVERS", "ResidentsCommittee")

    def barred(self, person: str) -> bool:
        """Whether R27 keeps a person out of the quarter's owners' committee."""
        return barred(self.view, person, self.quarter, self._kinds, affiliates=self._affiliates)

    def holders(self, bodies: Iterable[str], roles: Collection[str]) -> set[str]:
        return {p for b in bodies for p in self.view.holders(b, roles)}

    def two_committees(self) -> set[str]:
        """Members of the community's two committees."""
        return {
            p for b in self.orgs | self.residents for p in self.view.holders(b, TWO_COMMITTEES[label_of(b)])
        }

    def absent(self, *lists: tuple[set[str], str]) -> str | None:
        """Verdict where a body is missing: a list of bodies, and the register that closes it."""
        missing = [subject for bodies, subject in lists if not bodies]
        if not missing:
            return None
        known = any(self.view.complete(s, self.quarter) for s in missing)
        return "not_applicable" if known else "unknown"

    def closed(self, bodies: Iterable[str]) -> bool:
        """Whether the posts of all the bodies are listed, for the community's from its level up."""
        community = self.orgs | self.residents
        here = {b: self.view.communities(self.quarter) if b in community else {self.quarter} for b in bodies}
        return all(self.view.complete("post", b, *places) for b, places in here.items())

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
    view: View,
    *,
    respect_r14: bool = True,
    kinds: Collection[str] = EMPLOYED,
    affiliates: bool = True,
    **_: Any,
) -> Verdicts:
    """R17: one person is the branch's secretary and the committee's chair."""
    verdicts: Verdicts = {}
    for a in _each(view, kinds, affiliates=affiliates):
        missing = _missing_pair(a)
        for branch, committee in _pairs(a):
            if missing or branch is None or committee is None:
                verdicts[a.quarter, branch, committee] = missing or "unknown"
                continue
            secretaries = view.holders(branch, ["secretary"])
            same = {p for p in secretaries & view.holders(committee, ["chair"]) if not a.barred(p)}
            excluded = {p for p in secretaries if (a.may_not_sit(p) if respect_r14 else a.excluded(p))}
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
            no_chair = {
                p for p in chairs if a.barred(p) or view.value(p, "party_status") in ("none", "probationary")
            }
            verdict = _judge(found=bool(found), closed=a.closed([branch, committee]))
            if not found and secretaries and chairs and (secretaries == no_secretary and chairs == no_chair):
                verdict = "not_possible"
            verdicts[a.quarter, branch, committee] = verdict
    return verdicts


def two_committee_member_sits(
    view: View, *, min_per_quarter: int = 1, kinds: Collection[str] = EMPLOYED, affiliates: bool = True
) -> Verdicts:
    """R19: members of the community's two committees sit on the owners' committee."""
    verdicts: Verdicts = {}
    for a in _each(view, kinds, affiliates=affiliates):
        two = a.two_committees()
        found = {p for p in two & a.holders(a.committees, SITTING) if not a.barred(p)}
        places = view.communities(a.quarter)
        bodies = a.orgs | a.residents
        here = all(view.complete("post", c) for c in places)
        two_closed = bool(bodies) and (here or bool(a.orgs and a.residents and a.closed(bodies)))
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
    view: View, *, min_links: int = 2, kinds: Collection[str] = EMPLOYED, affiliates: bool = True, **_: Any
) -> Verdicts:
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
    every = view.starts(a.quarter, "COVERS", "OwnersCommittee")
    tied = {p for p in a.holders(every, SITTING) if a.barred(p)}  # R27 asks interim ones too
    in_property = a.holders(a.projects, CROSS_ROLES["PropertyProject"]) | staff(view, a.quarter)
    links = set()
    if in_branch & sitting - tied:
        links.add("branch-committee")
    if in_branch & in_property - tied:
        links.add("branch-property")
    meetings = [
        {
            m
            for b in bodies
            for m in view.ends(b, "TAKES_PART_IN")
            if view.nodes[m].get("kind") == "joint_meeting" and label_of(m) == "Mechanism"
        }
        for bodies in (a.committees, a.projects)
    ]
    if meetings[0] & meetings[1]:
        links.add("committee-property")
    return links
