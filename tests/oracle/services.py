"""Rules on what serves a place recomputed: R37, R38, R39, R45 and R47.

Above the view.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import timedelta
from math import asin, cos, inf, radians, sin, sqrt

from graph.model import label_of
from tests.oracle.view import Verdicts, View

EARTH_M = 6_371_008.8
LEVELS = ("quarter", "building", "unit")


def _quarters(view: View) -> Iterator[str]:
    return (q["id"] for q in view.of("Quarter"))


def volunteer_teams(
    view: View, *, min_teams: int = 1, large_quarter_households: int = 2000, min_teams_large: int = 2
) -> Verdicts:
    """R37: as many volunteer teams as the size of the quarter asks for."""
    verdicts: Verdicts = {}
    large = max(min_teams, min_teams_large)
    for quarter in _quarters(view):
        teams = view.starts(quarter, "SERVES", "Team")
        least = sum(view.value(t, "kind") == "volunteer_team" for t in teams)
        most = least if view.complete("team", quarter) else inf
        households = view.value(quarter, "households")
        if households is None:
            needs = {min_teams, large}
        else:
            needs = {large if households >= large_quarter_households else min_teams}
        if all(least >= n for n in needs):
            verdicts[quarter,] = "pass"
        else:
            verdicts[quarter,] = "fail" if all(most < n for n in needs) else "unknown"
    return verdicts


def metres(view: View, one: str, two: str) -> float | None:
    """Great-circle distance; None where coordinates are not known."""
    ends = [(view.value(n, "lat"), view.value(n, "lon")) for n in (one, two)]
    if any(None in end for end in ends):
        return None
    (a, b), (c, d) = ((radians(lat), radians(lon)) for lat, lon in ends)
    half = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return 2 * EARTH_M * asin(sqrt(half))


def service_circle(
    view: View,
    *,
    walk_minutes: float = 15.0,
    distance_m_fallback: float = 1000.0,
    inner_walk_minutes: float = 5.0,
    inner_distance_m: float = 300.0,
) -> Verdicts:
    """R38: some station is near enough, every one compared; the inner circle decides nothing."""
    del inner_walk_minutes, inner_distance_m
    verdicts: Verdicts = {}
    for quarter in _quarters(view):
        walks = {
            (e["from"], e["walk_minutes"])
            for e in view.into(quarter, "SERVES")
            if label_of(e["from"]) == "ServiceStation" and "walk_minutes" in e
        }
        walked = {station for station, _ in walks}
        lines = {s: metres(view, quarter, s) for s in _standing(view) - walked}
        near = {quarter} | view.communities(quarter)
        own = {s for p in near for t in ("SERVES", "BASED_IN") for s in view.starts(p, t, "ServiceStation")}
        placed = None not in (view.value(quarter, "lat"), view.value(quarter, "lon"))
        if any(w <= walk_minutes for _, w in walks) or any(
            m is not None and m <= distance_m_fallback for m in lines.values()
        ):
            verdict = "pass"
        elif not placed or not view.complete("station", quarter):
            verdict = "unknown"
        else:
            verdict = "unknown" if any(lines[s] is None for s in own - walked) else "fail"
        verdicts[quarter,] = verdict
    return verdicts


def _standing(view: View) -> set[str]:
    """Stations that serve, belong or are based somewhere on the day."""
    return {
        s["id"]
        for s in view.of("ServiceStation")
        if any(view.out(s["id"], t) for t in ("SERVES", "SUBORDINATE_TO", "BASED_IN"))
    }


def grid_chain(
    view: View, *, levels: Collection[str] = LEVELS, max_households_per_grid: int = 500
) -> Verdicts:
    """R39: grids with workers, buildings and entrances with heads, none too large."""
    verdicts: Verdicts = {}
    for quarter in _quarters(view):
        houses = [b["id"] for b in view.of("Building") if quarter in view.above(b["id"])]
        facts = [
            fact
            for house in houses
            if {"building": "building", "entrance": "unit"}[view.value(house, "level")] in levels
            for fact in [_filled(view, quarter, house, f"{view.value(house, 'level')}_head")]
        ]
        if "quarter" in levels:
            facts += _grid_facts(view, quarter, houses, max_households_per_grid)
        if {"building", "unit"} & set(levels):
            facts.append(True if view.complete("building", quarter) else None)
        if False in facts:
            verdicts[quarter,] = "fail"
        else:
            verdicts[quarter,] = "unknown" if None in facts else "pass"
    return verdicts


def _grid_facts(view: View, quarter: str, houses: list[str], most: int) -> Iterator[bool | None]:
    """Whether each thing that the level of the quarter asks for holds; None: not known."""
    grids = {
        g
        for place in [quarter, *houses]
        for type_ in ("COVERS", "PART_OF")
        for g in view.starts(place, type_, "Grid")
    }
    listed = view.complete("grid", quarter)
    yield bool(grids) if listed else None
    for grid in grids:
        yield _filled(view, quarter, grid, "grid_worker")
        households = view.value(grid, "households")
        if most:
            yield None if households is None else households <= most


def _filled(view: View, quarter: str, place: str, role: str) -> bool | None:
    if view.holders(place, [role]):
        return True
    return False if view.complete("post", place, quarter) else None


def community_staffing(view: View, *, k: int = 18, per: int = 10_000) -> Verdicts:
    """R45: community workers for the residents."""
    verdicts: Verdicts = {}
    for area in (a for a in view.of("Area") if a["level"] == "community"):
        committees = view.starts(area["id"], "COVERS", "ResidentsCommittee")
        workers = {w for c in committees for w in view.holders(c, ["community_worker"])}
        listed = view.complete("post", area["id"]) or (
            bool(committees) and all(view.complete("post", c) for c in committees)
        )
        residents = area.get("population_resident")
        if residents is None:
            verdict = "unknown"
        elif residents == 0:
            verdict = "not_applicable"
        elif len(workers) * per >= k * residents:
            verdict = "pass"
        else:
            verdict = "fail" if listed else "unknown"
        verdicts[area["id"],] = verdict
    return verdicts


def duty_roster(view: View, *, lookahead: int = 7) -> Verdicts:
    """R47: a Party member on duty at each station on each day."""
    edges = {e["id"]: e for e in view.all_edges}
    verdicts: Verdicts = {}
    for n in range(lookahead):
        then = View(view.nodes, edges, view.as_of + timedelta(days=n))
        for station in _standing(view):
            states = [_on_duty(then, p) for p in then.holders(station, ["duty_member"])]
            places = {station} | view.above(*view.ends(station, "SERVES"), *view.ends(station, "BASED_IN"))
            listed = any(e["subject"] == "post" for p in places for e in then.out(p, "COMPLETE_IN"))
            if station not in _standing(then):
                verdict = "not_applicable"
            elif True in states:
                verdict = "pass"
            else:
                verdict = "fail" if listed and None not in states else "unknown"
            verdicts[station, then.as_of.isoformat()] = verdict
    return verdicts


def _on_duty(view: View, person: str) -> bool | None:
    status = view.value(person, "party_status")
    if status is None:
        return None
    return status != "none" and (view.value(person, "party_joined_on") or view.as_of) <= view.as_of
