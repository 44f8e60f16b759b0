"""Secretary, chair and property manager of a quarter in one person (R34), recomputed.

Above the view.
"""

from __future__ import annotations

from collections.abc import Iterable

from tests.oracle.view import Item, Verdicts, View


def hats(view: View) -> Verdicts:
    """R34: who manages a quarter's property neither chairs its committee nor leads its branch."""
    return {(q["id"],): _verdict(view, q["id"]) for q in view.of("Quarter")}


def _verdict(view: View, quarter: str) -> str:
    branches = view.covering(quarter, "PartyOrganization", _of_quarter)
    committees = view.starts(quarter, "COVERS", "OwnersCommittee")
    projects = view.starts(quarter, "SERVES", "PropertyProject")
    managers = _all(view, projects, "project_manager")
    if managers & (_all(view, committees, "chair") | _all(view, branches, "secretary")):
        return "fail"
    none = {
        "party_organization": not branches,
        "owners_committee": not committees,
        "property_project": not projects,
    }
    known = {subject: view.complete(subject, quarter) for subject in none}
    absent = {subject for subject in none if none[subject] and known[subject]}
    if "property_project" in absent or {"party_organization", "owners_committee"} <= absent:
        return "not_applicable"
    listed = all(view.complete("post", b, quarter) for b in branches | committees | projects)
    if listed and absent == {subject for subject in none if none[subject]}:
        return "pass"
    return "unknown"


def _of_quarter(body: Item) -> bool:
    return body.get("level") == "quarter" and body.get("tier") != "group"


def _all(view: View, bodies: Iterable[str], role: str) -> set[str]:
    return {p for b in bodies for p in view.holders(b, {role})}
