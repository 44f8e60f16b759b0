"""Rules on meetings recomputed: R40 and R46.

Above the view.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import timedelta

from graph.model import label_of
from tests.oracle.party_organizations import existing
from tests.oracle.view import BRANCHES, Verdicts, View

PARTIES = ("quarter_branch", "owners_committee", "property", "community_party_org")


def joint_conference(
    view: View,
    *,
    period_days: int = 90,
    required: Collection[str] = PARTIES,
    warn_periods: int = 2,
    evaluation: bool = False,
) -> Verdicts:
    """R40: a joint conference in the period with all parties; needs evaluated, where asked."""
    del warn_periods
    verdicts: Verdicts = {}
    for quarter in (q["id"] for q in view.of("Quarter")):
        verdict = _conference(view, quarter, period_days, required)
        needs = _evaluated(view, quarter) if evaluation else "pass"
        worst = ("fail", "unknown", "pass")
        verdicts[quarter,] = min(verdict, needs, key=worst.index)
    return verdicts


def _conference(view: View, quarter: str, period: int, required: Collection[str]) -> str:
    first = view.as_of - timedelta(days=period)
    asked = [p for p in required if not _known_missing(view, quarter, p)]
    closed = view.complete("meeting", quarter)
    verdict = "fail" if closed else "unknown"
    for meeting in _held(view, {quarter} | view.communities(quarter), "joint_conference"):
        held_on = view.value(meeting, "held_on")
        if held_on is not None and held_on < first:
            continue
        here = [_present(view, meeting, p, _bodies(view, quarter, p)) for p in asked]
        if all(here) and held_on is not None:
            return "pass"
        if False not in here:
            verdict = "unknown"
    return verdict


def _held(view: View, places: Collection[str], kind: str) -> Iterator[str]:
    for meeting in {m for p in places for m in view.starts(p, "CONCERNS", "Meeting")}:
        node = view.nodes[meeting]
        if (node["kind"], node["status"]) == (kind, "held"):
            held_on = node.get("held_on")
            if held_on is None or held_on <= view.as_of:
                yield meeting


def _bodies(view: View, quarter: str, party: str) -> set[str]:
    """What stands for a party of a quarter."""
    communities = view.communities(quarter)
    if party == "quarter_branch":
        return view.covering(
            quarter, "PartyOrganization", lambda b: b["level"] == "quarter" and b.get("tier") != "group"
        )
    if party == "owners_committee":
        return view.starts(quarter, "COVERS", "OwnersCommittee")
    if party == "community_party_org":
        return {
            b
            for c in communities
            for b in view.covering(c, "PartyOrganization", lambda b: b["level"] == "community")
        }
    if party == "property":
        projects = view.starts(quarter, "SERVES", "PropertyProject")
        firms = {f for p in projects for f in view.ends(p, "OPERATED_BY")}
        return projects | {f for f in firms if label_of(f) in ("PropertyFirm", "Unit")}
    serving = {s for p in {quarter} | communities for s in view.starts(p, "SERVES")}
    return {s for s in serving if _social(view, s)}


def _social(view: View, body: str) -> bool:
    if label_of(body) == "Team":
        return bool(view.value(body, "kind") != "volunteer_team")
    return label_of(body) == "Unit" and view.value(body, "category") == "new_social_organization"


def _known_missing(view: View, quarter: str, party: str) -> bool:
    """Whether registers say that a quarter has nothing that stands for a party."""
    if _bodies(view, quarter, party):
        return False
    communities = view.communities(quarter)
    if party == "community_party_org":
        return bool(communities) and view.complete("party_organization", *communities)
    if party == "social_organization":
        return bool(communities) and view.complete("team", *communities)
    subjects = {"quarter_branch": "party_organization", "property": "property_project"}
    return view.complete(subjects.get(party, party), quarter)


def _present(view: View, meeting: str, party: str, bodies: set[str]) -> bool | None:
    """Whether a party was present; None where it is not known."""
    records = [e.get("present") for e in view.into(meeting, "TAKES_PART_IN") if e["from"] in bodies]
    if True in records:
        return True
    if records:
        return None if None in records else False
    left_out = any(
        party not in parties
        for k in view.ends(meeting, "PART_OF")
        if view.value(k, "kind") == "joint_meeting" and (parties := view.value(k, "parties")) is not None
    )
    return False if bodies and left_out else None


def _evaluated(view: View, quarter: str) -> str:
    """Whether no resolved need of a quarter still waits for its evaluation."""
    needs = view.starts(quarter, "CONCERNS", "Need")
    if any(view.value(n, "status") == "resolved" for n in needs):
        return "fail"
    return "pass" if view.complete("need", quarter) else "unknown"


def branch_meetings(
    view: View, *, tiers: Collection[str] = tuple(BRANCHES), general_days: int = 92, committee_days: int = 31
) -> Verdicts:
    """R46: branches meet in time, and so do their committees where they have one."""
    verdicts: Verdicts = {}
    for branch in (b["id"] for b in existing(view) if b.get("tier") in tiers):
        units = {p for p in view.ends(branch, "COVERS") if label_of(p) in ("Unit", "PropertyFirm")}
        places = {branch} | view.ends(branch, "COVERS")
        places |= {p for u in units for p in view.ends(u, "BASED_IN")}
        listed = view.complete("meeting", *places)
        parts = [_met(view, branch, "general_meeting", general_days, listed=listed)]
        committee = _met(view, branch, "branch_committee", committee_days, listed=listed)
        if not view.holders(branch, ["committee_member"]):
            # Nobody is on a committee: nothing is due; or who is on it is not known.
            known = view.complete("post", *places)
            committee = True if known or committee else None
        parts.append(committee)
        if False in parts:
            verdicts[branch,] = "fail"
        else:
            verdicts[branch,] = "unknown" if None in parts else "pass"
    return verdicts


def _met(view: View, branch: str, kind: str, days: int, *, listed: bool) -> bool | None:
    first = view.as_of - timedelta(days=days)
    found: bool | None = False if listed else None
    for edge in view.out(branch, "TAKES_PART_IN"):
        meeting = view.nodes[edge["to"]]
        if label_of(edge["to"]) != "Meeting" or meeting["kind"] != kind:
            continue
        held_on, role = meeting.get("held_on"), edge.get("role")
        if meeting["status"] != "held" or role not in ("convener", None):
            continue
        if held_on is not None and not first <= held_on <= view.as_of:
            continue
        if held_on is not None and role is not None:
            return True
        found = None
    return found
