"""Relatives of owners' committee members at the firm that serves the quarter (R28), recomputed.

Above the view, the ties and the seats.
"""

from __future__ import annotations

from collections.abc import Collection

from graph.model import label_of
from tests.oracle.committees import sitting_posts
from tests.oracle.ties import EMPLOYED, ties
from tests.oracle.view import Verdicts, View

SCOPES = {
    "spouse_lineal": {"spouse", "parent", "grandparent"},
    "near_relatives": {"spouse", "parent", "grandparent", "sibling"},
}


def relative_employed(
    view: View,
    *,
    kin_scope: str = "spouse_lineal",
    kinds: Collection[str] = EMPLOYED,
    affiliates: bool = True,
    disclose_only: bool = False,
) -> Verdicts:
    """R28: no one on the owners' committee has a relative at the firm that serves the quarter."""
    verdicts: Verdicts = {}
    for quarter in (q["id"] for q in view.of("Quarter")):
        projects = view.starts(quarter, "SERVES", "PropertyProject")
        for committee in view.starts(quarter, "COVERS", "OwnersCommittee"):
            for post in sitting_posts(view, committee):
                person = post["from"]
                relatives = _relatives(view, person, SCOPES[kin_scope], undisclosed=disclose_only)
                if not projects:
                    listed = view.complete("property_project", quarter)
                    unserved = "not_applicable" if listed else "unknown"
                    verdicts[person, post["id"], quarter, None] = unserved
                for project in projects:
                    verdict = _by_other_than_firm(view, project)
                    if verdict is None:
                        verdict = _verdict(
                            view,
                            person,
                            quarter,
                            project,
                            relatives=relatives,
                            kinds=kinds,
                            affiliates=affiliates,
                        )
                    verdicts[person, post["id"], quarter, project] = verdict
    return verdicts


def _relatives(view: View, person: str, relations: Collection[str], *, undisclosed: bool) -> set[str]:
    """Whom a recorded kinship ties to a person, from either end."""
    edges = view.out(person, "RELATED_TO") + view.into(person, "RELATED_TO")
    return {
        other
        for e in edges
        if e["relation"] in relations and not (undisclosed and e.get("disclosed") is True)
        for other in (e["from"], e["to"])
        if other != person
    }


def _by_other_than_firm(view: View, project: str) -> str | None:
    """The verdict where no firm is known to run a project; None where one does."""
    run_by = view.ends(project, "OPERATED_BY")
    if any(label_of(o) == "PropertyFirm" for o in run_by):
        return None
    other = run_by or view.value(project, "mode") in ("community", "self")
    return "not_applicable" if other else "unknown"


def _verdict(
    view: View,
    person: str,
    quarter: str,
    project: str,
    *,
    relatives: Collection[str],
    kinds: Collection[str],
    affiliates: bool,
) -> str:
    firms = {o for o in view.ends(project, "OPERATED_BY") if label_of(o) == "PropertyFirm"}
    tied = [
        tie
        for relative in relatives
        for firm in firms
        for tie in ties(view, relative, project, firm, kinds, affiliates=affiliates)
    ]
    if tied:
        return "fail"
    kin_known = view.complete("kinship", person, quarter)
    staff_known = all(
        view.complete("employment", quarter, firm) or view.complete("employment", relative)
        for firm in firms
        for relative in relatives
    )
    return "pass" if kin_known and staff_known else "unknown"
