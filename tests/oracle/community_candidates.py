"""Candidates recomputed for the rules on a community's organizations (R21 to R23), and all files.

Above the candidates of a quarter. `CANDIDATES` maps the name of a file to its recomputation.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import product

from graph.model import label_of
from tests.oracle import candidates
from tests.oracle.candidates import OFFICIAL, SUPERVISING, Pool, Seats, Standing, may_lead, standing_of
from tests.oracle.owners_committees import shifted
from tests.oracle.ties import EMPLOYED
from tests.oracle.view import SITTING, TWO_COMMITTEES, View


def _councils(view: View, areas: Iterable[str]) -> tuple[set[str], set[str]]:
    """Party organizations and residents' committees of communities."""
    orgs: set[str] = set()
    residents: set[str] = set()
    for area in areas:
        orgs |= view.covering(area, "PartyOrganization", lambda o: o["level"] == "community")
        residents |= view.starts(area, "COVERS", "ResidentsCommittee")
    return orgs, residents


def _full_seat(view: View, person: str, councils: Collection[str]) -> bool:
    return any(person in view.holders(b, TWO_COMMITTEES[label_of(b)]) for b in councils)


def part_time_member(
    view: View,
    *,
    who: str = "chair_and_project_head",
    kinds: Collection[str] = EMPLOYED,
    affiliates: bool = True,
) -> Pool:
    """R21: chairs and managers in the Party for part-time member of the community."""
    pool: Pool = {}
    for body in [*view.of("OwnersCommittee"), *view.of("PropertyProject")]:
        b = body["id"]
        owners = label_of(b) == "OwnersCommittee"
        quarters = {q for q in view.places_of(b) if label_of(q) == "Quarter"}
        if (owners and body["kind"] != "owners_committee") or not quarters:
            continue
        roles = {"chair", "project_manager"} | (SITTING if who == "all" else set())
        orgs, residents = _councils(view, {c for q in quarters for c in view.communities(q)})
        for p in view.holders(b, roles):
            found = standing_of(view, p)
            if found.party == "none":
                continue
            if found.party is None:
                found.unconfirmed.add(f"{p}.party_status")
            if _full_seat(view, p, orgs | residents):
                found.blocked_by.add("R24")
            seats = [Seats(view, q, kinds=kinds, affiliates=affiliates) for q in quarters]
            if owners and any(s.tied(p) for s in seats):
                found.blocked_by.add("R27")
            if owners and any("R29" in s.bars(p, sits=True) for s in seats):
                found.blocked_by.add("R29")
            for o in orgs:
                if p not in view.holders(o, ["part_time_member"]):
                    pool[p, o, "part_time_member", b, p] = found
    return pool


def unified_community_post(
    view: View, *, min_years: int = 1, resident_required: bool = False, worker_months: int = 6
) -> Pool:
    """R22: the secretary for director, the director for secretary."""
    pool: Pool = {}
    for area in (a["id"] for a in view.of("Area") if a["level"] == "community"):
        for b, o in product(*_councils(view, [area])):
            secretaries, directors = view.holders(b, ["secretary"]), view.holders(o, ["director"])
            for p in secretaries - directors:
                found = pool[area, o, "director", b, p] = standing_of(view, p)
                if resident_required or not _works(view, p, area, worker_months):
                    _ask_residence(view, found, p, area, required=resident_required)
                if view.value(p, "public_post") in OFFICIAL:
                    found.blocked_by.add("R31")
            for p in directors - secretaries:
                missing = may_lead(view, p, min_years)
                if missing is not None:
                    found = pool[area, b, "secretary", o, p] = standing_of(view, p)
                    found.unconfirmed |= missing
    for (area, *_, p), found in pool.items():
        boards = view.covering(area, "SupervisionCommittee", lambda s: s["kind"] == "residents")
        if any(p in view.holders(b, SUPERVISING) for b in boards):
            found.blocked_by.add("R32")
    return pool


def _works(view: View, person: str, area: str, months: int) -> bool:
    """Whether a person has been a community worker there for so many months."""
    return months > 0 and any(
        e["to"] in view.starts(area, "COVERS", "ResidentsCommittee")
        and e["role"] == "community_worker"
        and e["since_known"]
        and shifted(e["since"], months=months) <= view.as_of
        for e in view.out(person, "HOLDS_POST")
    )


def _ask_residence(view: View, found: Standing, person: str, area: str, *, required: bool) -> None:
    """Who does not live there may be registered there, which is not recorded."""
    if not any(area in view.areas(q) for q in view.ends(person, "LIVES_IN")):
        if required and view.complete("residence", area):
            found.blocked_by.add("not_resident")
        else:
            found.unconfirmed.add(f"residence@{area}")


def extended_committee(view: View) -> Pool:
    """R23: heads of co-builders, chairs and managers for part-time member."""
    pool: Pool = {}
    for org in (o["id"] for o in view.of("PartyOrganization") if o["level"] == "community"):
        areas = {a for a in view.ends(org, "COVERS") if label_of(a) == "Area"}
        orgs, residents = _councils(view, areas)
        come: dict[str, set[str]] = {}
        for body, person in {*_builders(view, org), *_heads(view, areas)}:
            come.setdefault(person, set()).add(body)
        for p, bodies in come.items():
            found = standing_of(view, p)
            if found.party == "none" or p in view.holders(org, ["part_time_member"]):
                continue
            if found.party is None:
                found.unconfirmed.add(f"{p}.party_status")
            if _full_seat(view, p, orgs | residents):
                found.blocked_by.add("R24")
            pool[org, org, "part_time_member", min(bodies), p] = found
    return pool


def _builders(view: View, org: str) -> Iterator[tuple[str, str]]:
    """Secretaries of the Party organizations of units and quarters that co-build."""
    for builder in view.starts(org, "CO_BUILDS"):
        own = {builder}
        if label_of(builder) != "PartyOrganization":
            own = view.covering(builder, "PartyOrganization", lambda o: o["level"] == "unit")
        yield from ((b, p) for b in own for p in view.holders(b, ["secretary"]))


def _heads(view: View, areas: set[str]) -> Iterator[tuple[str, str]]:
    """Chairs and property managers of the quarters in some communities."""
    for quarter in (q["id"] for q in view.of("Quarter") if areas & view.areas(q["id"])):
        for o in view.covering(quarter, "OwnersCommittee", lambda o: o["kind"] == "owners_committee"):
            yield from ((o, p) for p in view.holders(o, ["chair"]))
        for pp in view.starts(quarter, "SERVES", "PropertyProject"):
            yield from ((pp, p) for p in view.holders(pp, ["project_manager"]))


CANDIDATES: dict[str, Callable[..., Pool]] = {
    "candidates_unified_post": candidates.unified_post,
    "candidates_cross_seat": candidates.cross_seat,
    "candidates_owners_committee_seat": candidates.owners_committee_seat,
    "candidates_three_parties": candidates.three_parties,
    "candidates_part_time_member": part_time_member,
    "candidates_unified_community_post": unified_community_post,
    "candidates_extended_committee": extended_committee,
}
