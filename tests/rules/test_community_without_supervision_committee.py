"""R54: a community has a residents' affairs supervision committee."""

from __future__ import annotations

from graph.reading.graph import Graph
from tests.oracle.scene import COMMUNITY, DISTRICT, SOURCE, STREET, Scene
from tests.rules.scenes.ask import rows_of
from tests.rules.scenes.communities import (
    STREETS,
    Case,
    Spell,
    area,
    assert_areas,
    assert_spells,
    community,
    quarter,
    street_of,
)

R54 = "community_without_supervision_committee"


def board(scene: Scene, number: int, covers: str, kind: str = "residents", **spell: object) -> None:
    scene.builder.node(f"sc-990101-{number}", kind=kind)
    scene.builder.edge(f"sc-990101-{number}", "COVERS", covers, **spell)  # type: ignore[arg-type]


async def test_not_recorded_is_a_gap_only_where_posts_are_listed(graph: Graph) -> None:
    """It covers the community or a place in it; an owners' one, or one above, does not count."""
    scene = Scene(0)
    for number in range(2, 8):
        community(scene, number, bodies="")
    board(scene, 2, area(2))
    board(scene, 3, quarter(scene, 3, bodies=""))
    board(scene, 4, area(4), kind="owners")
    board(scene, 5, STREET)
    for number in (2, 4, 6):
        scene.complete(area(number), "post")
    found = await rows_of(graph, scene, R54)
    del found[COMMUNITY,]
    assert {k[0]: (r["verdict"], r["missing"], r["evidence"]) for k, r in found.items()} == {
        area(2): ("pass", [], [f"sc-990101-2~COVERS~{area(2)}"]),
        area(3): ("pass", [], ["sc-990101-3~COVERS~q-990101-3"]),
        area(4): ("fail", [], [f"{area(4)}~COMPLETE_IN~{SOURCE}~post"]),
        area(5): ("unknown", [f"post@{area(5)}"], []),
        area(6): ("fail", [], [f"{area(6)}~COMPLETE_IN~{SOURCE}~post"]),
        area(7): ("unknown", [f"post@{area(7)}"], []),
    }


async def test_every_edge_counts_within_its_spell_only(graph: Graph) -> None:
    """Coverage, what lies in the community, and lists count from first to last day."""

    def covers(scene: Scene, n: int, spell: Spell) -> None:
        community(scene, n, bodies="")
        board(scene, n, area(n), **spell)

    def inside(scene: Scene, n: int, spell: Spell) -> None:
        community(scene, n, bodies="")
        board(scene, n, quarter(scene, n, bodies="", **spell))

    def listed(scene: Scene, n: int, spell: Spell) -> None:
        community(scene, n, bodies="")
        scene.builder.edge(area(n), "COMPLETE_IN", SOURCE, subject="post", **spell)

    def above(scene: Scene, n: int, spell: Spell) -> None:
        community(scene, n, bodies="", street=spell)
        scene.complete(street_of(n), "post")

    cases: list[Case] = [
        (covers, "unknown", "pass"),
        (inside, "unknown", "pass"),
        (listed, "unknown", "fail"),
        (above, "unknown", "fail"),
    ]
    await assert_spells(graph, R54, cases, lambda n: (area(n),))


async def test_an_area_gives_its_own_communities(graph: Graph) -> None:
    """A community, its subdistrict of today and the district each give what lies in them."""
    scene = Scene(0)
    for number, spell in enumerate(STREETS, start=3):
        community(scene, number, bodies="", street=spell)
    await rows_of(graph, scene, R54)
    await assert_areas(
        graph,
        R54,
        {
            area(3): [(area(3),)],
            STREET: [(COMMUNITY,)],
            DISTRICT: [(COMMUNITY,)],
            street_of(3): [],
            street_of(4): [],
            street_of(5): [(area(5),)],
        },
    )
