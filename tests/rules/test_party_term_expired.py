"""R07: Party organizations whose term is over, about to end, or extended irregularly."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from graph.reading.graph import Graph
from tests.oracle.scene import ORG, Scene
from tests.rules.scenes.ask import again, rows_of
from tests.rules.scenes.party import assert_places, organization, verdicts
from tests.strategies import DAY, TOMORROW, YESTERDAY

RULE = "party_term_expired"


def terms(**cases: dict[str, Any]) -> Scene:
    """One organization for each case; an underscore in a name is a hyphen."""
    scene = Scene(1, "")
    for name, properties in cases.items():
        organization(scene, name.replace("_", "-"), scene.quarters[0], **properties)
    return scene


async def test_an_approved_extension_of_fourteen_months_is_a_violation(graph: Graph) -> None:
    """A term to 30 June 2025 and an approved extension: twelve months pass, fourteen do not."""
    term = {"elected_on": date(2022, 7, 1), "term_until": date(2025, 7, 1)}
    by = {"extension_approved_by": "示例街道党工委"}
    scene = terms(
        fourteen={**term, **by, "extended_until": date(2026, 9, 1)},
        twelve={**term, **by, "extended_until": date(2026, 7, 1)},
        more={**term, **by, "extended_until": date(2026, 7, 2)},
        unapproved={**term, "extended_until": date(2026, 7, 1)},
        denied={**term, "extended_until": date(2026, 7, 1), "extension_approved_by": "none"},
        same={**term, "extended_until": date(2025, 7, 1)},
    )
    rows = await rows_of(graph, scene, RULE)
    no_approval = ["extension_not_approved", "ends_soon"]
    assert verdicts(rows, "verdict", "severity", "findings", "ends_on") == {
        "fourteen": ("fail", "violation", ["extension_too_long"], date(2026, 9, 1)),
        "twelve": ("pass", None, [], date(2026, 7, 1)),
        "more": ("fail", "violation", ["extension_too_long"], date(2026, 7, 2)),
        "unapproved": ("fail", "violation", no_approval, date(2025, 7, 1)),
        "denied": ("fail", "violation", no_approval, date(2025, 7, 1)),
        "same": ("fail", "info", ["ends_soon"], date(2025, 7, 1)),
        "community": ("unknown", None, [], None),
    }
    assert rows["po-990101-fourteen",]["evidence"] == ["po-990101-fourteen"]
    assert verdicts(await again(graph, RULE, extension_max_months=14))["fourteen"] == "pass"
    assert verdicts(await again(graph, RULE, extension_max_months=11))["twelve"] == "fail"
    after = verdicts(await again(graph, RULE, TOMORROW), "findings")
    assert after["unapproved"] == (["expired", "extension_not_approved"],)
    assert after["twelve"] == ([],)


async def test_a_term_is_over_on_its_exclusive_end_and_announced_before(graph: Graph) -> None:
    """Over from the end on; announced from 180 days before it, the 180th included."""
    scene = terms(
        over={"term_until": DAY},
        last_day={"term_until": TOMORROW},
        window={"term_until": DAY + timedelta(days=180)},
        outside={"term_until": DAY + timedelta(days=181)},
        extended={"term_until": YESTERDAY, "extended_until": DAY, "extension_approved_by": "示例"},
    )
    rows = verdicts(await rows_of(graph, scene, RULE), "severity", "findings")
    del rows["community"]
    assert rows == {
        "over": ("violation", ["expired"]),
        "last-day": ("info", ["ends_soon"]),
        "window": ("info", ["ends_soon"]),
        "outside": (None, []),
        "extended": ("violation", ["expired"]),
    }
    rows = verdicts(await again(graph, RULE, prewarn_days=0), "findings")
    assert (rows["last-day"], rows["over"]) == (([],), (["expired"],))
    assert verdicts(await again(graph, RULE, prewarn_days=1), "findings")["last-day"] == (["ends_soon"],)


async def test_a_quarters_branch_is_remarked_after_three_years_and_over_after_five(graph: Graph) -> None:
    """With no recorded end both readings are distinguished; an approved extension covers both."""
    by = {"extension_approved_by": "示例"}
    scene = terms(
        two={"elected_on": date(2022, 7, 1)},
        three={"elected_on": date(2022, 6, 30)},
        four={"elected_on": date(2020, 7, 1)},
        five={"elected_on": date(2020, 6, 30)},
        extended={"elected_on": date(2020, 6, 30), "extended_until": date(2026, 1, 1), **by},
        recorded={"elected_on": date(2020, 6, 30), "term_until": date(2026, 1, 1)},
        committee={"elected_on": date(2022, 6, 30), "tier": "committee"},
        unapproved={"elected_on": date(2022, 6, 30), "extended_until": date(2028, 1, 1)},
    )
    rows = verdicts(await rows_of(graph, scene, RULE), "severity", "findings")
    del rows["community"]
    assert rows == {
        "two": (None, []),
        "three": ("info", ["short_term_over"]),
        "four": ("info", ["short_term_over", "ends_soon"]),
        "five": ("violation", ["expired"]),
        "extended": (None, []),
        "recorded": (None, []),
        "committee": (None, []),
        "unapproved": ("violation", ["extension_not_approved", "short_term_over"]),
    }
    shorter = verdicts(await again(graph, RULE, term_years_quarter_branch=3), "findings")
    assert shorter["three"] == (["expired"],)
    longer = verdicts(await again(graph, RULE, term_years_quarter_branch_info=5), "findings")
    assert (longer["three"], longer["four"]) == (([],), (["ends_soon"],))


KINDS = {
    "term_years_community_committee": [("community", "committee")],
    "term_years_community_general_branch": [("community", "general_branch")],
    "term_years_community_branch": [("community", "branch"), ("community", "joint_branch")],
    "term_years_quarter_branch": [("quarter", "general_branch"), ("quarter", "joint_branch")],
    "term_years_other_branch": [("unit", "branch"), ("sector", "general_branch")],
    "term_years_committee": [("subdistrict", "committee"), ("quarter", "committee")],
}


async def test_each_kind_of_organization_has_its_own_years(graph: Graph) -> None:
    """Five years, of other branches three; each parameter moves the end of its own kind only."""
    elected = {"elected_on": date(2019, 1, 1)}
    kinds = {f"{level}-{tier}": k for k, found in KINDS.items() for level, tier in found}
    scene = terms(
        **{name: {"level": name.split("-")[0], "tier": name.split("-")[1], **elected} for name in kinds}
    )
    names = {name: name.replace("_", "-") for name in kinds}
    years = {name: 3 if kinds[name] == "term_years_other_branch" else 5 for name in kinds}
    found = verdicts(await rows_of(graph, scene, RULE), "ends_on")
    assert {n: found[names[n]] for n in kinds} == {n: (date(2019 + years[n], 1, 1),) for n in kinds}
    for parameter in KINDS:
        longer: dict[str, Any] = {parameter: 7}
        found = verdicts(await again(graph, RULE, **longer), "ends_on")
        assert {n: found[names[n]] for n in kinds} == {
            n: (date(2019 + (7 if kinds[n] == parameter else years[n]), 1, 1),) for n in kinds
        }


async def test_what_has_no_term_or_no_known_one(graph: Graph) -> None:
    """Work committees and groups do not apply; no dates, a later election, no tier are open."""
    scene = terms(
        work={"tier": "work_committee", "level": "subdistrict", "term_until": DAY},
        group={"tier": "group", "elected_on": date(2000, 1, 1)},
        none={},
        later={"elected_on": TOMORROW, "term_until": TOMORROW},
        today={"elected_on": DAY},
        untold={"elected_on": date(2024, 1, 1), "tier": None},
        untold_today={"elected_on": DAY, "tier": None},
        untold_end={"elected_on": date(2000, 1, 1), "term_until": DAY, "tier": None},
        only_extended={"extended_until": DAY},
    )
    rows = verdicts(await rows_of(graph, scene, RULE), "verdict", "missing", "ends_on")
    assert rows == {
        "work": ("not_applicable", [], None),
        "group": ("not_applicable", [], None),
        "none": ("unknown", ["po-990101-none.elected_on", "po-990101-none.term_until"], None),
        "later": ("unknown", ["po-990101-later.elected_on"], None),
        "today": ("pass", [], date(2030, 6, 30)),
        "untold": ("unknown", ["po-990101-untold.tier"], None),
        "untold-today": ("unknown", ["po-990101-untold-today.tier"], None),
        "untold-end": ("fail", [], DAY),
        "only-extended": (
            "unknown",
            ["po-990101-only-extended.elected_on", "po-990101-only-extended.term_until"],
            None,
        ),
        "community": ("unknown", [f"{ORG}.elected_on", f"{ORG}.term_until"], None),
    }
    found = verdicts(await again(graph, RULE), "findings", "severity")
    assert {k for k, v in found.items() if v != ([], None)} == {"untold-end"}
    before = verdicts(await again(graph, RULE, YESTERDAY), "verdict")
    assert before["today"] == ("unknown",)


async def test_rows_stand_where_the_organization_does(graph: Graph) -> None:
    """Existence and area come from what is covered today, and an area gives only its rows."""
    await assert_places(graph, RULE, tier="branch", level="quarter", term_until=DAY)
