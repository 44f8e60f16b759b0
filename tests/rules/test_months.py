"""Dates of which only the month or year is known: rules say which day is missing where it matters."""

from __future__ import annotations

from datetime import date
from typing import Any

from graph.reading.graph import Graph
from tests.oracle.asking import ask, store
from tests.oracle.scene import COMMUNITY, DAY, ORG, RESIDENTS, Scene

MID, NEXT = date(2025, 6, 15), date(2025, 7, 1)
JUNE = {"party_joined_on": date(2025, 6, 1), "date_precision": ["party_joined_on:month"]}
FULL_IN_JUNE = {"party_full_on": date(2025, 6, 1), "date_precision": ["party_full_on:month"]}
LISTS = (
    "post",
    "membership",
    "meeting",
    "party_organization",
    "residence",
    "employment",
    "report",
    "kinship",
)
Cases = dict[str, tuple[str, dict[date, tuple[str, list[str]]]]]

COMMITTEES: Cases = {
    # Elected in June: the five seats are those of the 30th, and of the 15th perhaps.
    "owners_committee_quorum_lost": (
        "oc-990101-1",
        {MID: ("unknown", ["oc-990101-1.elected_on"]), DAY: ("fail", [])},
    ),
    "owners_committee_size_invalid": (
        "oc-990101-1",
        {MID: ("unknown", ["oc-990101-1.elected_on"]), DAY: ("pass", [])},
    ),
    "residents_committee_size_invalid": (
        RESIDENTS,
        {MID: ("unknown", [f"{RESIDENTS}.elected_on"]), DAY: ("pass", [])},
    ),
    # One of two has joined in June.
    "owners_committee_party_ratio_low": (
        "oc-990101-1",
        {MID: ("unknown", ["p-990101-1.party_joined_on"]), DAY: ("pass", [])},
    ),
    "oc_party_ratio": (
        "oc-990101-1",
        {MID: ("unknown", ["p-990101-1.party_joined_on"]), DAY: ("covered", [])},
    ),
    # Elected in June 2020 for five years: no election is planned, then the term is over, one or the other.
    "owners_committee_term_expired": (
        "oc-990101-2",
        {date(2025, 5, 31): ("fail", []), MID: ("unknown", ["oc-990101-2.elected_on"]), DAY: ("fail", [])},
    ),
    # Elected in May, filed in June: in time, if in time.
    "owners_committee_filing_overdue": (
        "oc-990101-3",
        {
            date(2025, 5, 15): ("unknown", ["oc-990101-3.elected_on", "oc-990101-3.filed_on"]),
            date(2025, 5, 31): ("pass", []),
            MID: ("unknown", ["oc-990101-3.elected_on", "oc-990101-3.filed_on"]),
            NEXT: ("pass", []),
        },
    ),
    # An interim committee of January 2024, whose term ends in June.
    "quarter_without_owners_committee": (
        "q-990101-04",
        {
            date(2024, 1, 15): ("unknown", ["oc-990101-4.elected_on"]),
            date(2024, 1, 31): ("pass", []),
            date(2025, 5, 31): ("pass", []),
            MID: ("unknown", ["oc-990101-4.term_until"]),
            NEXT: ("fail", []),
        },
    ),
    # Of the year 2020, for five years.
    "residents_committee_term_expired": (
        "rc-990101-2",
        {
            date(2024, 12, 31): ("pass", []),
            MID: ("unknown", ["rc-990101-2.elected_on"]),
            date(2025, 12, 31): ("fail", []),
        },
    ),
}
PARTY: Cases = {
    "branch_below_min_members": (
        "po-990101-1",
        {MID: ("unknown", ["p-990101-1.party_joined_on"]), DAY: ("pass", [])},
    ),
    "branch_over_max_members": ("po-990101-1", {MID: ("pass", []), DAY: ("pass", [])}),
    "party_org_tier_mismatch": (ORG, {MID: ("unknown", ["p-990101-1.party_joined_on"]), DAY: ("fail", [])}),
    "party_member_category_missing": (
        "p-990101-1",
        {MID: ("unknown", ["p-990101-1.party_joined_on"]), DAY: ("fail", [])},
    ),
    "double_report_gap": (
        "q-990101-05",
        {MID: ("unknown", ["p-990101-3.party_joined_on"]), DAY: ("fail", [])},
    ),
    "party_member_activation": (
        "p-990101-3",
        {MID: ("unknown", ["p-990101-3.party_joined_on"]), DAY: ("gap", [])},
    ),
    "property_company_without_party_org": (
        "pf-990101-1",
        {MID: ("unknown", ["p-990101-4.party_full_on"]), DAY: ("fail", [])},
    ),
    # A year as a full member, from some day of June on.
    "branch_secretary_ineligible": (
        "po-990101-2",
        {
            MID: ("fail", []),
            date(2026, 6, 15): ("unknown", ["p-990101-4.party_full_on"]),
            date(2026, 6, 30): ("pass", []),
        },
    ),
    # The one full member with whom a committee is needed.
    "branch_committee_structure_invalid": (
        "po-990101-2",
        {date(2025, 5, 31): ("pass", []), MID: ("unknown", ["p-990101-4.party_full_on"]), DAY: ("fail", [])},
    ),
    "party_term_expired": (
        "po-990101-2",
        {date(2024, 12, 1): ("pass", []), MID: ("unknown", ["po-990101-2.term_until"]), NEXT: ("fail", [])},
    ),
    "big_committee_parttime_count_out_of_range": (
        ORG,
        {
            date(2025, 4, 30): ("not_applicable", []),
            date(2025, 5, 2): ("unknown", [f"{ORG}.extended_since"]),
            MID: ("fail", []),
        },
    ),
    "big_committee": (
        COMMUNITY,
        {
            date(2025, 4, 30): ("gap", []),
            date(2025, 5, 2): ("unknown", [f"{ORG}.extended_since"]),
            MID: ("covered", []),
        },
    ),
}


def months() -> Scene:
    """Bodies elected, extended and ending in some month or year, and Party members of June."""
    s = Scene(5, bodies="")
    b = s.builder
    month = {"elected_on": date(2025, 6, 1), "date_precision": ["elected_on:month"]}
    b.nodes[RESIDENTS] |= {**month, "seats": 5}
    b.nodes[ORG] |= {
        "extended_committee": True,
        "extended_since": date(2025, 5, 1),
        "date_precision": ["extended_since:month"],
        "tier": "branch",
    }
    committees: dict[int, dict[str, Any]] = {
        1: {**month, "seats": 5},
        2: {"elected_on": date(2020, 6, 1), "date_precision": ["elected_on:month"]},
        3: {
            "elected_on": date(2025, 5, 1),
            "filed_on": date(2025, 6, 1),
            "date_precision": ["elected_on:month", "filed_on:month"],
        },
        4: {
            "elected_on": date(2024, 1, 1),
            "term_until": NEXT,
            "date_precision": ["elected_on:month", "term_until:month"],
        },
    }
    for n, properties in committees.items():
        kind = "property_management_committee" if n == 4 else "owners_committee"
        b.node(f"oc-990101-{n}", kind=kind, **properties)
        s.link(f"oc-{n}", "COVERS", f"q-990101-{n:02}")
    b.nodes["q-990101-04"]["single_owner"] = False
    b.node("rc-990101-2", elected_on=date(2020, 1, 1), date_precision=["elected_on:year"])
    b.node("990101001002", level="community")
    b.edge("990101001002", "PART_OF", "990101001000")
    b.edge("rc-990101-2", "COVERS", "990101001002")
    s.person(1, party_status="full", **JUNE)
    s.person(2, party_status="none")
    s.person(3, party_status="full", party_category="employed", **JUNE)
    s.person(4, party_status="full", **FULL_IN_JUNE)
    s.seat(1, "chair", "oc-1")
    s.seat(2, "member", "oc-1")
    for n in (1, 2):
        b.node(f"po-990101-{n}", level="quarter", tier="branch")
        s.link(f"po-{n}", "COVERS", f"q-990101-{n:02}")
    b.nodes["po-990101-2"] |= {"term_until": NEXT, "date_precision": ["term_until:month"]}
    s.link("p-1", "MEMBER_OF", "po-1")
    s.link("p-1", "MEMBER_OF", ORG)
    s.link("p-4", "MEMBER_OF", "po-2")
    s.seat(4, "secretary", "po-2")
    s.link("p-3", "LIVES_IN", "q-990101-05")
    b.node("pf-990101-1")
    s.link("pf-1", "BASED_IN", COMMUNITY)
    s.link("p-4", "EMPLOYED_BY", "pf-1", kind="employee")
    s.complete("990101000000", *LISTS, "owners_committee", "co_building")
    return s


PARAMS: dict[str, dict[str, Any]] = {
    "branch_below_min_members": {"min": 1},
    "branch_committee_structure_invalid": {"committee_threshold": 1},
    "property_company_without_party_org": {"min": 1},
    "party_org_tier_mismatch": {"general_branch_min": 1, "committee_min": 2},
}


async def said(graph: Graph, cases: Cases) -> dict[str, dict[date, tuple[str, list[str]]]]:
    """Verdict or state, and what is missing, of the subject of each case on its days."""
    found: dict[str, dict[date, tuple[str, list[str]]]] = {}
    for name, (subject, days) in cases.items():
        for day in days:
            rows = await ask(graph, name, day, **PARAMS.get(name, {}))
            key = "state" if "state" in rows[0] else "verdict"
            row = next((r for r in rows if r["subject"] == subject), {key: "no row", "missing": []})
            found.setdefault(name, {})[day] = (row[key], row["missing"])
    return found


async def test_what_a_month_leaves_open_is_missing(graph: Graph) -> None:
    """Inside the month the day is missing; before it and on its last day nothing is."""
    await store(graph, months().builder)
    for cases in (COMMITTEES, PARTY):
        assert await said(graph, cases) == {name: days for name, (_, days) in cases.items()}
