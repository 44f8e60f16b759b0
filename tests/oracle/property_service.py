"""Rules on property service recomputed: who serves a quarter (R35), the Party in firms (R36).

Above the view and the ties.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from tests.oracle.ties import EMPLOYED
from tests.oracle.view import Item, Verdicts, View

MODES = ("contract", "community", "self")
Found = str | None
"""What a project amounts to: `fine`, `refused`, `lacking`, or None where it is not known."""


def no_service(view: View, *, accept: Collection[str] = MODES, prewarn_days: int = 90) -> Verdicts:
    """R35: a quarter has property service of an accepted kind, by a contract that runs on."""
    verdicts: Verdicts = {}
    for quarter in (q["id"] for q in view.of("Quarter")):
        found = [
            _service(view, edge, accept, prewarn_days)
            for edge in view.into(quarter, "SERVES")
            if edge["from"].startswith("pp-")
        ]
        if "fine" in found:
            verdict = "pass"
        elif None in found:
            verdict = "unknown"
        elif "lacking" in found or view.complete("property_project", quarter):
            verdict = "fail"
        else:
            verdict = "unknown"
        verdicts[quarter,] = verdict
    return verdicts


def _service(view: View, edge: Item, accept: Collection[str], prewarn_days: int) -> Found:
    mode = view.value(edge["from"], "mode")
    if mode is None and not set(MODES) <= set(accept):
        return None
    if (mode or "contract") not in accept:
        return "refused"
    return "fine" if mode in ("community", "self") else _contract(view, edge, prewarn_days)


def _contract(view: View, edge: Item, prewarn_days: int) -> Found:
    until, endless = edge.get("contract_until"), edge.get("contract_indefinite")
    if until and until <= view.as_of:
        return "lacking"
    if endless:
        return "fine"
    if until is None:
        return None
    return "fine" if until - timedelta(days=prewarn_days) > view.as_of else "lacking"


def no_party_organization(
    view: View,
    *,
    min: int = 3,
    need_instructor_if_none: bool = True,
    sector_counts: bool = True,
    kinds: Collection[str] = EMPLOYED,
) -> Verdicts:
    """R36: a firm has the Party organization that its number of full members asks for."""
    verdicts: Verdicts = {}
    for firm in (f["id"] for f in view.of("PropertyFirm")):
        places = [firm, *view.ends(firm, "BASED_IN")]
        listed = {s: view.complete(s, *places) for s in ("employment", "party_organization", "post")}
        of_firm = _organizations(view, firm)
        joined = bool(of_firm & ({"own", "joint"} | ({"sector"} if sector_counts else set())))
        guided = joined or bool(view.holders(firm, ["instructor"])) or not need_instructor_if_none
        least, most = _full_members(view, firm, kinds)
        if not listed["employment"]:
            most = least + len(view.nodes) + min
        sizes = {_strength(n, min) for n in range(least, most + 1)}
        met = {"large": "own" in of_firm, "small": joined, "bare": guided}
        if all(met[s] for s in sizes):
            verdict = "pass"
        elif len(sizes) > 1 or not listed["party_organization"]:
            verdict = "unknown"
        else:
            verdict = "unknown" if sizes == {"bare"} and not listed["post"] else "fail"
        verdicts[firm,] = verdict
    return verdicts


def _strength(members: int, least: int) -> str:
    return "bare" if members == 0 else "large" if members >= least else "small"


def _organizations(view: View, firm: str) -> set[str]:
    """What kinds of Party organization cover a firm."""
    bodies: list[dict[str, Any]] = [
        dict(view.nodes[b]) for b in view.starts(firm, "COVERS", "PartyOrganization")
    ]
    return {
        "sector"
        if b["level"] == "sector"
        else "own"
        if b["level"] == "unit" and b.get("tier") != "group"
        else "joint"
        for b in bodies
    }


def _full_members(view: View, firm: str, kinds: Collection[str]) -> tuple[int, int]:
    """How many of the recorded staff are full members, at least and at most."""
    work = view.into(firm, "EMPLOYED_BY")
    staff = [view.nodes[p] for p in {e["from"] for e in work if e["kind"] in kinds}]
    full = [
        p
        for p in staff
        if p.get("party_status") == "full" and p.get("party_full_on", view.as_of) <= view.as_of
    ]
    return len(full), len(full) + sum("party_status" not in p for p in staff)
