"""R52: a community has as a rule 1,000 to 3,000 households."""

from __future__ import annotations

from graph.reading.graph import Graph
from tests.oracle.scene import COMMUNITY, DISTRICT, STREET, Scene
from tests.rules.scenes.ask import again, rows_of
from tests.rules.scenes.communities import STREETS, area, assert_areas, community, quarter, street_of

R52 = "community_households_out_of_range"


async def test_the_number_recorded_of_the_community_decides(graph: Graph) -> None:
    """Bounds are inclusive; households of its quarters are not added up; only communities."""
    sizes = {2: 999, 3: 1000, 4: 3000, 5: 3001, 6: None, 7: 100, 8: 700}
    scene = Scene(0)
    for number, households in sizes.items():
        community(scene, number, bodies="")
        if households is not None:
            scene.builder.nodes[area(number)]["households"] = households
    scene.builder.nodes[quarter(scene, 6, bodies="")]["households"] = 2000
    scene.builder.nodes[STREET]["households"] = 5000
    found = await rows_of(graph, scene, R52)
    del found[COMMUNITY,]
    assert {k[0]: (row["verdict"], row["findings"]) for k, row in found.items()} == {
        area(2): ("fail", ["too_small"]),
        area(3): ("pass", []),
        area(4): ("pass", []),
        area(5): ("fail", ["too_large"]),
        area(6): ("unknown", []),
        area(7): ("fail", ["too_small"]),
        area(8): ("fail", ["too_small"]),
    }
    assert found[area(6),]["missing"] == [f"{area(6)}.households"]
    assert (found[area(5),]["evidence"], found[area(5),]["households"]) == ([area(5)], 3001)
    before = await again(graph, R52, min=100, max=700)
    assert [before[area(n),]["findings"] for n in (2, 3, 7, 8)] == [["too_large"], ["too_large"], [], []]


async def test_an_area_gives_its_own_communities(graph: Graph) -> None:
    """A community, its subdistrict of today and the district each give what lies in them."""
    scene = Scene(0)
    for number, spell in enumerate(STREETS, start=3):
        community(scene, number, bodies="", street=spell)
    await rows_of(graph, scene, R52)
    await assert_areas(
        graph,
        R52,
        {
            area(3): [(area(3),)],
            STREET: [(COMMUNITY,)],
            DISTRICT: [(COMMUNITY,)],
            street_of(3): [],
            street_of(4): [],
            street_of(5): [(area(5),)],
        },
    )
