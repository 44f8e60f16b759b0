"""Candidates recomputed: who could fill the gaps of a quarter's promotion rules (R17 to R20).

Above the oracles of promotions and conflicts. Each function takes the parameters of its file by
name; its result is keyed by subject, body, role, the body someone comes from, and the person.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graph.model import label_of
from tests.oracle.committees import owns
from tests.oracle.promotions import Appointments, three_party_links
from tests.oracle.ties import EMPLOYED, operators, ties
from tests.oracle.view import LEADING, PARTY_SEATS, SITTING, TWO_COMMITTEES, View

Key = tuple[str, str, str, str, str]
LINEAL = ("spouse", "parent", "grandparent")
OFFICIAL = ("civil_servant", "leading_cadre")
SUPERVISING = ("chair", "member")


@dataclass
class Standing:
    """What is known of a candidate."""

    owner: str | None = None
    party: str | None = None
    posts: int = 0
    closes: bool = True
    blocked_by: set[str] = field(default_factory=set)
    unconfirmed: set[str] = field(default_factory=set)


Pool = dict[Key, Standing]


def party_on(view: View, person: str) -> str | None:
    """The Party status on the day; a full member of tomorrow is probationary today."""
    status, joined, full = (view.value(person, f"party_{n}") for n in ("status", "joined_on", "full_on"))
    if status in ("full", "probationary") and joined is not None and joined > view.as_of:
        return "none"
    if status == "full" and full is not None and full > view.as_of:
        return "probationary"
    return str(status) if status is not None else None


def standing_of(view: View, person: str, **given: Any) -> Standing:
    return Standing(party=party_on(view, person), posts=len(view.out(person, "HOLDS_POST")), **given)


def may_lead(view: View, person: str, years: int) -> set[str] | None:
    """What is missing to know that a person may be secretary; None for who may not."""
    party, full = party_on(view, person), view.value(person, "party_full_on")
    if party is None:
        return {f"{person}.party_status"}
    if party != "full":
        return None
    if full is None:
        return {f"{person}.party_full_on"}
    return set() if _years_later(full, years) <= view.as_of else None


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


class Seats:
    """Seats on the owners' committee of a quarter, and what keeps whom from one."""

    def __init__(
        self,
        view: View,
        quarter: str,
        *,
        kinds: Collection[str] = EMPLOYED,
        affiliates: bool = True,
        relations: Collection[str] = LINEAL,
    ) -> None:
        self.view, self.quarter = view, quarter
        self._kinds, self._affiliates, self._relations = kinds, affiliates, relations
        self.at = Appointments(view, quarter, kinds, affiliates=affiliates)

    def tied(self, person: str) -> bool:
        """Whether a person works for a firm that runs the quarter's property, or in its project."""
        return any(
            ties(self.view, person, project, firm, self._kinds, affiliates=self._affiliates)
            for project, firm in operators(self.view, self.quarter)
            if label_of(firm) in ("PropertyFirm", "Unit")
        )

    def kin(self, person: str) -> set[str]:
        """Relatives of the kinds that count."""
        edges = self.view.out(person, "RELATED_TO") + self.view.into(person, "RELATED_TO")
        pairs = {e[end] for e in edges if e["relation"] in self._relations for end in ("from", "to")}
        return pairs - {person}

    def owner(self, person: str) -> str:
        return {True: "yes", False: "no", None: "unknown"}[owns(self.view, person, [self.quarter])]

    def bars(self, person: str, *, sits: bool, respect_r14: bool = True) -> set[str]:
        """Rules that keep a person from a seat, or from keeping it."""
        view, projects = self.view, self.at.projects
        boards = view.covering(self.quarter, "SupervisionCommittee", lambda s: s["kind"] == "owners")
        posts = {(e["to"], e["role"]) for e in view.out(person, "HOLDS_POST")}
        found = {
            "R14": respect_r14 and self.owner(person) == "no",
            "R27": self.tied(person),
            "R28": any(self.tied(k) for k in self.kin(person)),
            "R29": any(body in projects for body, _ in posts),
            "R31": not sits and view.value(person, "public_post") in OFFICIAL,
            "R32": any(body in boards and role in SUPERVISING for body, role in posts),
        }
        return {code for code, bars in found.items() if bars}

    def judge(self, person: str, *, sits: bool, respect_r14: bool = True, **given: Any) -> Standing:
        """A candidate whose seat on the owners' committee is asked."""
        owner = self.owner(person)
        found = standing_of(self.view, person, owner=owner, **given)
        found.blocked_by = self.bars(person, sits=sits, respect_r14=respect_r14)
        if owner == "unknown" and not sits:
            found.unconfirmed.add(f"ownership@{self.quarter}")
        return found


def _quarters(view: View, **given: Any) -> Iterator[Seats]:
    for quarter in view.of("Quarter"):
        yield Seats(view, quarter["id"], **given)


def unified_post(view: View, *, min_years: int = 1, respect_r14: bool = True, **given: Any) -> Pool:
    """R17: the secretary for chair, the chair for secretary."""
    pool: Pool = {}
    for seats in _quarters(view, **given):
        q = seats.quarter
        for b in seats.at.branches:
            for o in seats.at.committees:
                secretaries, chairs = view.holders(b, ["secretary"]), view.holders(o, ["chair"])
                for p in secretaries - chairs:
                    sits = p in view.holders(o, SITTING)
                    pool[q, o, "chair", b, p] = seats.judge(p, sits=sits, respect_r14=respect_r14)
                for p in chairs - secretaries:
                    missing = may_lead(view, p, min_years)
                    if missing is not None:
                        found = seats.judge(p, sits=True, respect_r14=respect_r14)
                        found.unconfirmed |= missing
                        pool[q, b, "secretary", o, p] = found
    return pool


def cross_seat(view: View, **given: Any) -> Pool:
    """R18: the secretary for member, sitting full Party members for the branch committee."""
    pool: Pool = {}
    for seats in _quarters(view, **given):
        for b in seats.at.branches:
            for o in seats.at.committees:
                for p in view.holders(b, ["secretary"]) - view.holders(o, SITTING):
                    pool[seats.quarter, o, "member", b, p] = seats.judge(p, sits=False)
                _sitting_for_branch(pool, seats, b, o, LEADING, chairs_only=True)
    return pool


def _sitting_for_branch(
    pool: Pool, seats: Seats, branch: str, committee: str, taken: Iterable[str], *, chairs_only: bool
) -> None:
    """Sitting members who are full Party members, or may be, for member of the branch committee."""
    view = seats.view
    chairs = view.holders(committee, ["chair"])
    for p in view.holders(committee, SITTING) - view.holders(branch, taken):
        if party_on(view, p) in ("full", None):
            closes = p in chairs or not chairs_only
            found = seats.judge(p, sits=True, closes=closes)
            if found.party is None:
                found.unconfirmed.add(f"{p}.party_status")
            pool[seats.quarter, branch, "committee_member", committee, p] = found


def owners_committee_seat(view: View, **given: Any) -> Pool:
    """R19: members of the community's two committees for member."""
    pool: Pool = {}
    for seats in _quarters(view, **given):
        councils = seats.at.orgs | seats.at.residents
        for o in seats.at.committees:
            for p in seats.at.two_committees() - view.holders(o, SITTING):
                come = min(b for b in councils if p in view.holders(b, TWO_COMMITTEES[label_of(b)]))
                pool[seats.quarter, o, "member", come, p] = seats.judge(p, sits=False)
    return pool


def three_parties(
    view: View,
    *,
    admissible: Collection[str] = ("branch-committee", "branch-property", "committee-property"),
    **given: Any,
) -> Pool:
    """R20: for every link that is missing, those who could make it."""
    pool: Pool = {}
    for seats in _quarters(view, **given):
        a = seats.at
        wanted = set(admissible) - three_party_links(a)
        sitting_here = a.holders(view.starts(a.quarter, "COVERS", "OwnersCommittee"), SITTING)
        for b in a.branches:
            for o in a.committees if "branch-committee" in wanted else ():
                for p in view.holders(b, LEADING) - view.holders(o, SITTING):
                    pool[a.quarter, o, "member", b, p] = seats.judge(p, sits=False)
                _sitting_for_branch(pool, seats, b, o, PARTY_SEATS, chairs_only=False)
            for pp in a.projects if "branch-property" in wanted else ():
                for p in view.holders(pp, ("project_manager", "staff")) - view.holders(b, PARTY_SEATS):
                    if party_on(view, p) not in ("full", None):
                        continue
                    found = standing_of(view, p)
                    if p in sitting_here:
                        found = seats.judge(p, sits=True)
                    if found.party is None:
                        found.unconfirmed.add(f"{p}.party_status")
                    pool[a.quarter, b, "part_time_member", pp, p] = found
    return pool
