"""R25: an extended committee has a member unit of every required kind."""

from __future__ import annotations

from datetime import date
from typing import Any

from graph.reading.graph import Graph
from tests.oracle.scene import DISTRICT, ORG, SOURCE, STREET, Scene
from tests.oracle.view import Identity
from tests.rules.scenes.ask import again, rows_of
from tests.rules.scenes.communities import (
    STREETS,
    Case,
    Spell,
    area,
    assert_areas,
    assert_spells,
    community,
    street_of,
)
from tests.strategies import DAY, TOMORROW, YESTERDAY

RULE = "big_committee_category_gap"
ALL = ("organ", "institution", "enterprise", "new_organization", "property")
UNITS = ("government_organ", "public_institution", "bank", "new_social_organization")
"""A unit of each kind but the last."""


def body(number: int) -> str:
    return f"po-990101-c{number}"


def members(scene: Scene, number: int, *categories: str | None) -> list[str]:
    """Co-builders of `po-c<n>`: units by category, `pf` for a firm; the ids of the edges."""
    links = []
    for serial, category in enumerate(categories, start=1):
        prefix = "pf" if category == "pf" else "u"
        given = {"category": category} if prefix == "u" and category else {}
        scene.builder.node(f"{prefix}-990101-{number}-{serial}", **given)
        links.append(scene.link(f"{prefix}-990101-{number}-{serial}", "CO_BUILDS", body(number)))
    return links


def register(at: str) -> str:
    return f"{at}~COMPLETE_IN~{SOURCE}~co_building"


async def said(graph: Graph, scene: Scene, **params: Any) -> dict[str, tuple[Any, ...]]:
    """Verdict, findings and what is missing of every organization but the scene's own."""
    found = await rows_of(graph, scene, RULE, **params)
    return {
        key: (r["verdict"], r["findings"], r["missing"])
        for (key,), r in found.items()
        if key != ORG and key is not None
    }


async def test_every_kind_has_to_be_there(graph: Graph) -> None:
    """All five pass; what is lacking is named where co-builders are listed, else unknown."""
    scene = Scene(0)
    links = {}
    for number, categories in (
        (2, (*UNITS, "pf")),
        (3, UNITS),
        (4, UNITS[:2]),
        (5, ()),
        (6, ("merchant", "other")),
    ):
        community(scene, number)
        links[number] = members(scene, number, *categories)
    scene.complete("po-c3", "co_building")
    for number in (5, 6):
        scene.complete(area(number), "co_building")
    everything = [f"no_{kind}" for kind in ALL]
    assert await said(graph, scene) == {
        body(2): ("pass", [], []),
        body(3): ("fail", ["no_property"], []),
        body(4): ("unknown", [], [f"co_building@{body(4)}"]),
        body(5): ("fail", everything, []),
        body(6): ("fail", everything, []),
    }
    found = await again(graph, RULE)
    columns = ("area", "present", "co_builders", "evidence")
    assert [found[body(2),][c] for c in columns] == [area(2), list(ALL), 5, sorted(links[2])]
    assert [found[body(3),][c] for c in columns] == [
        area(3),
        list(ALL[:4]),
        4,
        [*links[3], register(body(3))],
    ]
    assert [found[body(5),][c] for c in columns] == [area(5), [], 0, [register(area(5))]]
    assert found[body(4),]["evidence"] == links[4]


async def test_categories_of_units_are_kinds(graph: Graph) -> None:
    """Police stations are organs, banks enterprises; a quarter's organization is property."""
    scene = Scene(0)
    expected = {}
    for number, (category, kind) in enumerate(
        {
            "government_organ": "organ",
            "police_station": "organ",
            "public_institution": "institution",
            "state_enterprise": "enterprise",
            "private_enterprise": "enterprise",
            "bank": "enterprise",
            "new_economic_organization": "new_organization",
            "new_social_organization": "new_organization",
            "pf": "property",
            "merchant": None,
            "other": None,
        }.items(),
        start=2,
    ):
        community(scene, number)
        members(scene, number, category)
        expected[body(number)] = [kind] if kind else []
    community(scene, 20)
    scene.builder.node("po-990101-q", level="quarter", tier="branch")
    scene.link("po-q", "CO_BUILDS", body(20))
    expected[body(20)] = ["property"]
    found = await rows_of(graph, scene, RULE)
    assert {k: r["present"] for (k,), r in found.items() if k != ORG} == expected
    firm = scene.builder.nodes["pf-990101-10-1"]
    firm["category"] = "state_enterprise"
    found = await rows_of(graph, scene, RULE)
    assert found[body(10),]["present"] == ["property"]


async def test_only_required_kinds_are_asked(graph: Graph) -> None:
    """A parameter names the kinds; evidence of a pass are their co-builders alone."""
    scene = Scene(0)
    community(scene, 2)
    _, bank, _ = members(scene, 2, "government_organ", "bank", None)
    scene.complete("po-c2", "co_building")
    found = await rows_of(graph, scene, RULE, required_categories=["enterprise"])
    row = found[body(2),]
    assert [row[c] for c in ("verdict", "present", "evidence")] == ["pass", ["enterprise"], [bank]]
    found = await again(graph, RULE, required_categories=["property", "organ"])
    assert [found[body(2),][c] for c in ("verdict", "findings")] == ["fail", ["no_property"]]
    assert (await again(graph, RULE, required_categories=[]))[body(2),]["verdict"] == "pass"


async def test_a_unit_of_unknown_category_may_fill_one_kind_of_units(graph: Graph) -> None:
    """As many open units as kinds are lacking leave it open; property is none of them."""
    scene = Scene(0)
    for number, categories in (
        (2, (*UNITS[:3], "pf", None)),
        (3, (*UNITS[:2], "pf", None)),
        (4, (*UNITS, None)),
        (5, (*UNITS[:2], "pf", None, None)),
        (6, (*UNITS[:3], "pf", "merchant")),
    ):
        community(scene, number)
        members(scene, number, *categories)
        scene.complete(f"po-c{number}", "co_building")
    open_ = "u-990101-{}-{}.category".format
    assert await said(graph, scene) == {
        body(2): ("unknown", [], [open_(2, 5)]),
        body(3): ("fail", ["no_enterprise", "no_new_organization"], []),
        body(4): ("fail", ["no_property"], []),
        body(5): ("unknown", [], [open_(5, 4), open_(5, 5)]),
        body(6): ("fail", ["no_new_organization"], []),
    }
    for number in (2, 3, 4, 5, 6):
        del scene.builder.edges[register(body(number))]
    found = await said(graph, scene)
    assert found[body(3)] == ("unknown", [], [f"co_building@{body(3)}", open_(3, 4)])


async def test_no_extended_committee_makes_it_not_applicable(graph: Graph) -> None:
    """Known to have none, or not yet, and no one co-builds; members count anyhow; a year leaves it open."""
    scene = Scene(0)
    for number, categories, given in (
        (2, (), {"extended_committee": False}),
        (3, ("bank",), {"extended_committee": False}),
        (4, (), {"extended_committee": True, "extended_since": DAY}),
        (5, (), {"extended_since": TOMORROW}),
        (6, (), {}),
        (7, (), {"extended_since": date(2025, 1, 1), "date_precision": ["extended_since:year"]}),
        (8, ("bank",), {"extended_since": date(2025, 1, 1), "date_precision": ["extended_since:year"]}),
    ):
        community(scene, number, **given)
        members(scene, number, *categories)
        scene.complete(f"po-c{number}", "co_building")
    found = await rows_of(graph, scene, RULE)
    assert {k: r["verdict"] for (k,), r in found.items() if k != ORG} == {
        body(2): "not_applicable",
        body(3): "fail",
        body(4): "fail",
        body(5): "not_applicable",
        body(6): "fail",
        body(7): "unknown",
        body(8): "fail",
    }
    assert found[body(7),]["missing"] == [f"{body(7)}.extended_since"]
    assert [found[body(2),][c] for c in ("evidence", "missing", "findings")] == [[body(2)], [], []]
    assert (await again(graph, RULE, YESTERDAY))[body(4),]["verdict"] == "not_applicable"


def _covers(scene: Scene, n: int, spell: Spell) -> None:
    community(scene, n, covers=spell)
    members(scene, n, "bank")


def _member(scene: Scene, n: int, spell: Spell) -> None:
    community(scene, n)
    scene.builder.node(f"u-990101-{n}", category="bank")
    scene.link(f"u-{n}", "CO_BUILDS", body(n), **spell)


def _register(at: str) -> Case:
    def build(scene: Scene, n: int, spell: Spell) -> None:
        community(scene, n, street=spell if at == "street" else None)
        members(scene, n, "other")
        if at == "street":
            scene.complete(street_of(n), "co_building")
        else:
            node = {"body": body(n), "area": area(n)}[at]
            scene.builder.edge(node, "COMPLETE_IN", SOURCE, subject="co_building", **spell)

    return build, "unknown", "fail"


def _second_area(scene: Scene, n: int, spell: Spell) -> None:
    community(scene, n)
    members(scene, n, "other")
    community(scene, n + 300, bodies="")
    scene.link(f"po-c{n}", "COVERS", area(n + 300), **spell)
    scene.complete(area(n + 300), "co_building")


async def test_every_edge_counts_within_its_spell_only(graph: Graph) -> None:
    """Co-building, coverage, registers and what lies above."""
    cases: list[Case] = [
        (_covers, None, "pass"),
        (_member, "unknown", "pass"),
        _register("body"),
        _register("area"),
        _register("street"),
        (_second_area, "unknown", "fail"),
    ]
    await assert_spells(graph, RULE, cases, lambda n: (body(n),), required_categories=["enterprise"])


async def test_only_organizations_of_communities_are_asked(graph: Graph) -> None:
    """Not those of quarters, subdistricts or of no place; an area gives what it covers."""
    scene = Scene(0)
    community(scene, 2)
    for number, spell in enumerate(STREETS, start=3):
        community(scene, number, street=spell)
    for name, level in (("q", "quarter"), ("s", "subdistrict"), ("none", "community")):
        scene.builder.node(f"po-990101-{name}", level=level)
    scene.link("po-q", "COVERS", area(2))
    scene.link("po-s", "COVERS", STREET)
    found = await rows_of(graph, scene, RULE)
    assert {ORG, *map(body, range(2, 6))} == {key for (key,) in found}
    here: list[Identity] = [(ORG,), (body(2),)]
    await assert_areas(
        graph,
        RULE,
        {
            area(2): [(body(2),)],
            STREET: here,
            DISTRICT: here,
            street_of(3): [],
            street_of(4): [],
            street_of(5): [(body(5),)],
        },
    )
