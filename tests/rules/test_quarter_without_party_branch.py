"""R01: quarters that should have a Party branch and have none."""

from __future__ import annotations

from datetime import date
from typing import Any

from graph.reading.graph import Graph
from tests.builder import SOURCE
from tests.oracle.scene import COMMUNITY, DISTRICT, ORG, STREET, Scene
from tests.rules.scenes.ask import again, rows_of
from tests.rules.scenes.party import OTHER, SPELLS, TODAY, organization, place, somebody, two_communities
from tests.strategies import DAY, TOMORROW, YESTERDAY

RULE = "quarter_without_party_branch"
LISTS = ("party_organization", "residence", "membership", "report")


def settle(
    scene: Scene,
    quarter: str,
    count: int,
    body: str = ORG,
    *,
    type_: str = "MEMBER_OF",
    status: str | None = "full",
    **properties: Any,
) -> list[str]:
    """So many persons who live in a quarter and belong to an organization; the edges' ids."""
    found = []
    for _ in range(count):
        person = somebody(scene, party_status=status, **properties)
        found += [scene.builder.edge(person, "LIVES_IN", quarter), scene.builder.edge(person, type_, body)]
    return sorted(found)


def of_quarters(rows: dict[Any, dict[str, Any]], *columns: str) -> dict[str, tuple[Any, ...]]:
    """Columns by the short end of the quarter."""
    return {k[0].removeprefix("q-990101-"): tuple(r[c] for c in columns) for k, r in rows.items()}


async def test_three_full_members_make_a_branch_due(graph: Graph) -> None:
    """Covered passes; three without a branch fail, two do not apply, by edges and registers."""
    scene = Scene(3, "")
    scene.complete(COMMUNITY, *LISTS)
    organization(scene, "1", scene.quarters[0], tier="joint_branch")
    settle(scene, scene.quarters[0], 3)
    three = settle(scene, scene.quarters[1], 3)
    settle(scene, scene.quarters[2], 2)
    settle(scene, scene.quarters[2], 1, status="probationary")
    settle(scene, scene.quarters[2], 1, status="none")
    rows = await rows_of(graph, scene, RULE)
    register = f"{COMMUNITY}~COMPLETE_IN~{SOURCE}~"
    columns = ("verdict", "severity", "full_members", "missing", "evidence", "area")
    assert of_quarters(rows, *columns) == {
        "01": ("pass", None, None, [], [f"po-990101-1~COVERS~{scene.quarters[0]}"], COMMUNITY),
        "02": ("fail", "warning", 3, [], [register + LISTS[0], *three], COMMUNITY),
        "03": (
            "not_applicable",
            None,
            2,
            [],
            [register + s for s in (LISTS[0], "membership", "residence")],
            COMMUNITY,
        ),
    }
    bound = await again(graph, RULE, quarter_duty=True)
    assert of_quarters(bound, "severity")["02"] == ("violation",)
    assert of_quarters(await again(graph, RULE, min_full_members=2), "verdict")["03"] == ("fail",)
    more = of_quarters(await again(graph, RULE, min_full_members=4), "verdict")
    assert more["02"] == ("not_applicable",)


async def test_reported_members_count_on_request_and_weigh_less(graph: Graph) -> None:
    """With those who reported a branch is due as a remark, without them not at all."""
    scene = Scene(3, "")
    scene.complete(DISTRICT, "party_organization", "residence", "membership")
    first, second, third = scene.quarters
    settle(scene, first, 2)
    settle(scene, first, 1, type_="REPORTED_TO")
    both = settle(scene, second, 3)[1]
    scene.builder.edge(both.split("~")[0], "REPORTED_TO", ORG)
    settle(scene, third, 2)
    columns = ("verdict", "severity", "full_members", "with_reported", "missing")
    assert of_quarters(await rows_of(graph, scene, RULE), *columns) == {
        "01": ("not_applicable", None, 2, 2, []),
        "02": ("fail", "warning", 3, 3, []),
        "03": ("not_applicable", None, 2, 2, []),
    }
    rows = await again(graph, RULE, count_basis="with_reported")
    assert of_quarters(rows, *columns) == {
        "01": ("fail", "info", 2, 3, []),
        "02": ("fail", "warning", 3, 3, []),
        "03": ("unknown", None, 2, 2, ["report@q-990101-03"]),
    }
    scene.complete(third, "report")
    rows = await rows_of(graph, scene, RULE, count_basis="with_reported", quarter_duty=True)
    assert of_quarters(rows, "verdict", "severity") == {
        "01": ("fail", "info"),
        "02": ("fail", "violation"),
        "03": ("not_applicable", None),
    }
    listed = f"{third}~COMPLETE_IN~{SOURCE}~report"
    assert listed in rows[third,]["evidence"]


async def test_only_members_of_the_communitys_chain_count(graph: Graph) -> None:
    """Of the community's organization or any below it; not of a unit's or another community's."""
    scene = two_communities(6)
    scene.complete(DISTRICT, *LISTS)
    below = organization(scene, "below", tier="branch")
    group = organization(scene, "group", tier="group", level="building")
    scene.builder.edges[f"{group}~SUBORDINATE_TO~{ORG}"]["until"] = DAY
    scene.builder.edge(group, "SUBORDINATE_TO", below, since=DAY)
    unit = scene.builder.node("po-990101-unit", level="unit", tier="branch")
    scene.builder.edge(ORG, "SUBORDINATE_TO", unit)
    second = scene.builder.node("po-990101-second", level="community", tier="committee")
    scene.builder.edge(second, "COVERS", OTHER)
    sector = scene.builder.node("po-990101-sector", level="sector", tier="committee")
    scene.builder.edge(sector, "COVERS", COMMUNITY)
    for quarter, body in zip(scene.quarters, (below, group, unit, second, sector, ORG), strict=True):
        settle(scene, quarter, 3, body)
    settle(scene, "q-990101-other", 3, second)
    person = settle(scene, scene.quarters[2], 1)[0].split("~")[0]
    scene.builder.edge(person, "MEMBER_OF", below)
    rows = await rows_of(graph, scene, RULE)
    assert of_quarters(rows, "verdict", "full_members") == {
        "01": ("fail", 3),
        "02": ("fail", 3),
        "03": ("not_applicable", 1),
        "04": ("not_applicable", 0),
        "05": ("not_applicable", 0),
        "06": ("fail", 3),
        "other": ("fail", 3),
    }


async def test_what_is_not_known_leaves_it_open(graph: Graph) -> None:
    """No register of branches, a branch of no tier, open lists, statuses, no community."""
    scene = two_communities(7)
    q = scene.quarters
    for number in (1, 2, 4, 5, 6):
        scene.complete(q[number], "party_organization")
    settle(scene, q[0], 3)
    organization(scene, "untold", q[1], tier=None)
    settle(scene, q[1], 3)
    settle(scene, q[2], 2)
    settle(scene, q[3], 2)
    settle(scene, q[4], 2)
    settle(scene, q[4], 1, status=None)
    settle(scene, q[5], 1)
    settle(scene, q[5], 1, status=None)
    settle(scene, q[6], 2)
    settle(scene, q[6], 1, status=None, party_full_on=TOMORROW)
    for number in (1, 4, 5, 6):
        scene.complete(q[number], "residence", "membership")
    drift = place(scene, "q-990101-drift", STREET)
    lonely = "q-990101-other"
    for quarter in (drift, lonely):
        scene.complete(quarter, *LISTS)
    rows = await rows_of(graph, scene, RULE)
    assert of_quarters(rows, "verdict", "missing", "not_known") == {
        "01": ("unknown", ["party_organization@q-990101-01"], None),
        "02": ("unknown", ["po-990101-untold.tier"], 0),
        "03": ("unknown", ["residence@q-990101-03", "membership@q-990101-03"], 0),
        "04": ("unknown", ["party_organization@q-990101-04"], None),
        "05": ("unknown", ["p-990101-13.party_status"], 1),
        "06": ("not_applicable", [], 1),
        "07": ("not_applicable", [], 0),
        "drift": ("unknown", ["area@q-990101-drift"], 0),
        "other": ("unknown", [f"party_organization@{OTHER}"], 0),
    }
    assert rows[q[0],]["evidence"] == []
    scene.complete(OTHER, "party_organization")
    rows = await rows_of(graph, scene, RULE)
    assert rows[lonely,]["verdict"] == "not_applicable"


async def test_every_edge_counts_on_its_days(graph: Graph) -> None:
    """Coverage, residence, affiliation, report, subordination, registers: today, not ended."""
    scene = two_communities(1)
    scene.complete(COMMUNITY, *LISTS)
    expected = {}

    def quarter(slug: str, area: str = COMMUNITY) -> str:
        return place(scene, f"q-990101-{slug}", area)

    for name, spell in SPELLS.items():
        today = name == "today"
        q = quarter(f"covers-{name}")
        settle(scene, q, 3)
        body = organization(scene, f"covers-{name}")
        scene.builder.edge(body, "COVERS", q, **spell)
        expected[f"covers-{name}"] = "pass" if today else "fail"
        q = quarter(f"untold-{name}")
        settle(scene, q, 3)
        body = organization(scene, f"untold-{name}", tier=None)
        scene.builder.edge(body, "COVERS", q, **spell)
        expected[f"untold-{name}"] = "unknown" if today else "fail"
        for kind in ("LIVES_IN", "MEMBER_OF", "REPORTED_TO"):
            slug = f"{kind.lower().replace('_', '-')}-{name}"
            q = quarter(slug)
            type_ = kind if kind != "LIVES_IN" else "MEMBER_OF"
            for edge in settle(scene, q, 3, type_=type_):
                if f"~{kind}~" in edge:
                    scene.builder.edges[edge].update(spell)
            expected[slug] = "fail" if today else "not_applicable"
        lower = scene.builder.node(f"po-990101-lower-{name}", level="unit", tier="branch")
        scene.builder.edge(lower, "SUBORDINATE_TO", ORG, **spell)
        settle(scene, quarter(f"lower-{name}"), 3, lower)
        expected[f"lower-{name}"] = "fail" if today else "not_applicable"
        community = scene.builder.node(f"990101001-{name}", level="community")
        scene.builder.edge(community, "PART_OF", STREET)
        scene.builder.edge(ORG, "COVERS", community, **spell)
        scene.complete(community, *LISTS)
        settle(scene, quarter(f"org-{name}", community), 3)
        expected[f"org-{name}"] = "fail" if today else "not_applicable"
        for subject in LISTS[:3]:
            slug = f"{subject.replace('_', '-')}-{name}"
            q = quarter(slug, OTHER)
            for other in LISTS:
                more = spell if other == subject else {}
                scene.builder.edge(q, "COMPLETE_IN", SOURCE, subject=other, **more)
            expected[slug] = "not_applicable" if today else "unknown"
    second = scene.builder.node("po-990101-second", level="community", tier="committee")
    scene.builder.edge(second, "COVERS", OTHER)
    rows = await rows_of(graph, scene, RULE, count_basis="with_reported")
    found = {k: v[0] for k, v in of_quarters(rows, "verdict").items()}
    assert {k: v for k, v in found.items() if k not in ("01", "other")} == expected


async def test_dates_of_full_membership_count(graph: Graph) -> None:
    """Full since today counts, from tomorrow not, nor who joins tomorrow; of this year leaves it open."""
    scene = Scene(5, "")
    scene.complete(DISTRICT, *LISTS)
    settle(scene, scene.quarters[0], 3, party_full_on=DAY, party_joined_on=YESTERDAY)
    settle(scene, scene.quarters[1], 3, party_full_on=TOMORROW, party_joined_on=YESTERDAY)
    settle(scene, scene.quarters[2], 3, party_joined_on=TOMORROW)
    june, year = date(2025, 6, 1), date(2025, 1, 1)
    settle(scene, scene.quarters[3], 3, party_full_on=june, date_precision=["party_full_on:month"])
    settle(scene, scene.quarters[4], 3, party_joined_on=year, date_precision=["party_joined_on:year"])
    person = settle(scene, scene.quarters[1], 2)[0].split("~")[0]
    scene.builder.edge(person, "LIVES_IN", scene.quarters[1], spell=2)
    scene.builder.edge(person, "MEMBER_OF", ORG, spell=2)
    rows = await rows_of(graph, scene, RULE)
    assert of_quarters(rows, "verdict", "full_members") == {
        "01": ("fail", 3),
        "02": ("not_applicable", 2),
        "03": ("not_applicable", 0),
        "04": ("fail", 3),  # the last of June: full by today
        "05": ("unknown", 0),
    }
    joined = [f"p-990101-{n}.party_joined_on" for n in (13, 14, 15)]
    assert rows[scene.quarters[4],]["missing"] == joined


async def test_an_area_gives_its_own_quarters(graph: Graph) -> None:
    """Today's place decides, not one left today or taken tomorrow; no place, no area."""
    scene = two_communities(1)
    moved = place(scene, "q-990101-moved", COMMUNITY, until=DAY)
    scene.builder.edge(moved, "PART_OF", OTHER, since=DAY)
    moving = place(scene, "q-990101-moving", COMMUNITY, since=TOMORROW)
    scene.builder.edge(moving, "PART_OF", OTHER, until=TOMORROW)
    place(scene, "q-990101-brief", COMMUNITY, **TODAY)
    place(scene, "q-990101-street", STREET)
    scene.builder.node("q-990101-none")
    rows = await rows_of(graph, scene, RULE)
    assert of_quarters(rows, "area") == {
        "01": (COMMUNITY,),
        "brief": (COMMUNITY,),
        "moved": (OTHER,),
        "moving": (OTHER,),
        "other": (OTHER,),
        "street": (STREET,),
        "none": (None,),
    }
    for area in (COMMUNITY, OTHER):
        local = await again(graph, RULE, area=area)
        assert local == {k: r for k, r in rows.items() if r["area"] == area}
    assert set(await again(graph, RULE, area=DISTRICT)) == set(rows) - {("q-990101-none",)}
