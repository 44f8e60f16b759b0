"""Rules on who sits on an owners' committee recomputed: R14 and R15, and what others read of it.

Above the view.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graph.model import label_of
from tests.oracle.view import SITTING, Item, Verdicts, View


def elected(view: View) -> Iterator[str]:
    """Owners' committees, without the interim ones, that cover a quarter on the day."""
    for committee in view.of("OwnersCommittee"):
        if committee["kind"] == "owners_committee" and view.ends(committee["id"], "COVERS"):
            yield committee["id"]


def sitting_posts(view: View, committee: str) -> list[Item]:
    """Posts of the sitting members of an owners' committee."""
    return [e for e in view.into(committee, "HOLDS_POST") if e["role"] in SITTING]


def owns(view: View, person: str, quarters: Iterable[str]) -> bool | None:
    """Whether a person owns a home in one of the quarters; None where it is not known."""
    places = set(quarters)
    if places & view.ends(person, "OWNS_HOME_IN"):
        return True
    listed = view.complete("ownership", person)
    return False if listed or all(view.complete("ownership", q) for q in places) else None


def member_not_owner(view: View, *, unit_representative: bool = True, spouse: bool = False) -> Verdicts:
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
            if standing is False and not _others_known(
                view, person, quarters, employer=unit_representative and represents, spouse=spouse
            ):
                standing = None
            if any(quarters & view.ends(other, "OWNS_HOME_IN") for other in others):
                standing = True
            verdicts[person, post["id"]] = names[standing]
    return verdicts


def _others_known(view: View, person: str, quarters: set[str], *, employer: bool, spouse: bool) -> bool:
    """Whether it is known that no one owns a home on a person's behalf: employer or spouse."""
    if (employer or spouse) and not all(view.complete("ownership", q) for q in quarters):
        return False  # the person's own list says nothing of what others own
    if spouse and not view.complete("kinship", person, *quarters):
        return False
    owners = {o for q in quarters for o in view.starts(q, "OWNS_HOME_IN")}
    units = {o for o in owners if label_of(o) != "Person"}
    return not (employer and units) or view.complete("employment", person, *quarters)


def _spouses(view: View, person: str) -> set[str]:
    related = view.out(person, "RELATED_TO") + view.into(person, "RELATED_TO")
    pairs = {e[end] for e in related if e["relation"] == "spouse" for end in ("from", "to")}
    return pairs - {person}


def party_share(view: View, *, num: int = 1, den: int = 2) -> Verdicts:
    """R15: the share of Party members among those who sit, by bounds."""
    verdicts: Verdicts = {}
    for committee in elected(view):
        members = {p["from"] for p in sitting_posts(view, committee)}
        seats = view.value(committee, "seats")
        listed = view.listed("post", committee)
        vacant = 0 if listed else max(0, (seats or 0) - len(members))
        statuses = [in_party(view, m) for m in members]
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


def in_party(view: View, person: str) -> bool | None:
    """Whether a person is a Party member on the day; None where it is not known."""
    status = view.value(person, "party_status")
    joined = view.value(person, "party_joined_on") or view.as_of
    return None if status is None else status != "none" and joined <= view.as_of
