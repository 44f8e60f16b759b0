"""Rules on residents' committees and communities recomputed: R49 to R54.

Above the view and the terms of bodies.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations

from tests.oracle.kinship import SCOPES
from tests.oracle.owners_committees import of_term, shifted
from tests.oracle.view import TWO_COMMITTEES, Verdicts, View


def standing(view: View) -> Iterator[str]:
    """Residents' committees that cover an area, or a place in one, on the day."""
    for body in view.of("ResidentsCommittee"):
        if view.lowest_area(*view.ends(body["id"], "COVERS")):
            yield body["id"]


def members(view: View, committee: str) -> set[str]:
    """Director, deputies and members who sit."""
    return view.holders(committee, TWO_COMMITTEES["ResidentsCommittee"])


def all_known(view: View, committee: str) -> bool:
    """Whether no one else can sit: the posts are listed, or every seat is taken."""
    seats = of_term(view, committee, "seats")
    full = seats is not None and len(members(view, committee)) >= seats
    return full or view.listed("post", committee)


def related(view: View, one: str, two: str, scope: str) -> bool:
    """Whether a recorded kinship of a scope ties two persons, from either end."""
    edges = view.out(one, "RELATED_TO") + view.out(two, "RELATED_TO")
    return any(e["relation"] in SCOPES[scope] and {e["from"], e["to"]} == {one, two} for e in edges)


def size(view: View, *, min: int = 5, max: int = 9) -> Verdicts:
    """R49: the committee has from five to nine members."""
    verdicts: Verdicts = {}
    for committee in standing(view):
        sitting = len(members(view, committee))
        number = of_term(view, committee, "seats")
        if sitting > max or (number is None and view.listed("post", committee)):
            number = sitting
        if number is None:
            verdicts[committee,] = "unknown"
        else:
            verdicts[committee,] = "pass" if min <= number <= max else "fail"
    return verdicts


def relatives_apart(view: View, *, kin_scope: str = "near_relatives") -> Verdicts:
    """R50: no two members are near relatives."""
    verdicts: Verdicts = {}
    for committee in standing(view):
        pairs = list(combinations(sorted(members(view, committee)), 2))
        here = view.complete("kinship", *view.places_of(committee))
        if any(related(view, one, two, kin_scope) for one, two in pairs):
            verdict = "fail"
        elif not all_known(view, committee) or not all(
            here or view.complete("kinship", one) or view.complete("kinship", two) for one, two in pairs
        ):
            verdict = "unknown"
        else:
            verdict = "pass" if members(view, committee) else "not_applicable"
        verdicts[committee,] = verdict
    return verdicts


def has_woman(view: View) -> Verdicts:
    """R51: one of the members is a woman."""
    verdicts: Verdicts = {}
    for committee in standing(view):
        genders = [view.value(p, "gender") for p in members(view, committee)]
        if "female" in genders:
            verdict = "pass"
        elif None in genders or not all_known(view, committee):
            verdict = "unknown"
        else:
            verdict = "fail" if genders else "not_applicable"
        verdicts[committee,] = verdict
    return verdicts


def households_in_range(view: View, *, min: int = 1000, max: int = 3000) -> Verdicts:
    """R52: a community has as a rule so many households."""
    verdicts: Verdicts = {}
    for area in view.of("Area"):
        if area["level"] == "community":
            number = area.get("households")
            known = "pass" if number is not None and min <= number <= max else "fail"
            verdicts[area["id"],] = "unknown" if number is None else known
    return verdicts


def term(view: View, *, term_years: int = 5) -> Verdicts:
    """R53: the term is not over, and not longer than the law says."""
    verdicts: Verdicts = {}
    for committee in standing(view):
        began = of_term(view, committee, "elected_on")
        stated = of_term(view, committee, "term_until")
        if not (began or stated):
            verdicts[committee,] = "unknown"
            continue
        longest = shifted(began, years=term_years) if began else None
        over = (stated or longest) <= view.as_of
        too_long = bool(stated and longest) and stated > longest + timedelta(days=1)
        verdicts[committee,] = "fail" if over or too_long else "pass"
    return verdicts


def supervised(view: View) -> Verdicts:
    """R54: a residents' supervision committee covers a community or a place in it."""
    covered: set[str] = set()
    for body in view.of("SupervisionCommittee"):
        if body["kind"] == "residents":
            covered |= view.above(*view.ends(body["id"], "COVERS"))
    verdicts: Verdicts = {}
    for area in (a["id"] for a in view.of("Area") if a["level"] == "community"):
        if area in covered:
            verdicts[area,] = "pass"
        else:
            verdicts[area,] = "fail" if view.complete("post", area) else "unknown"
    return verdicts


def relative_in_council(view: View, person: str, grounds: set[str], scope: str) -> bool | None:
    """R32: whether a near relative sits on a residents' committee of some communities.

    None where it is not known: who sits there, or of whom they are relatives.
    """
    councils = {g: view.starts(g, "COVERS", "ResidentsCommittee") for g in grounds}
    council = {p for found in councils.values() for c in found for p in members(view, c)} - {person}
    if any(related(view, person, other, scope) for other in council):
        return True
    seen = all(
        view.complete("post", g) or (found and all(view.complete("post", c) for c in found))
        for g, found in councils.items()
    )
    kin = view.complete("kinship", person, *grounds) or all(
        view.complete("kinship", other) for other in council
    )
    return False if seen and kin else None
