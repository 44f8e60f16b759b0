"""Many communities in one scene, and edges that ended today or begin tomorrow.

Beside the tests of rules; above asking.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from graph.reading.graph import Graph
from tests.oracle.asking import Row, store, view_of
from tests.oracle.scene import DISTRICT, STREET, Scene
from tests.oracle.view import Identity
from tests.rules.scenes.ask import again
from tests.strategies import DAY, TOMORROW, YESTERDAY

Spell = Mapping[str, date]
Case = tuple[Callable[[Scene, int, Spell], None], str | None, str | None]
"""How to build community `n` with one edge of a spell; what the rule says without and with it."""


def area(number: int) -> str:
    """The id of a community."""
    return f"990101001{number:03}"


def street_of(number: int) -> str:
    """The id of a community's own subdistrict."""
    return f"990101{number:03}000"


def community(
    scene: Scene,
    number: int,
    bodies: str = "po rc",
    street: Spell | None = None,
    covers: Spell | None = None,
    **organization: Any,
) -> str:
    """A community with organization `po-c<n>` and committee `rc-c<n>`, as far as named.

    With `street` it lies, for that spell, in a subdistrict of its own, `990101<n>000`.
    """
    b, id_ = scene.builder, area(number)
    b.node(id_, level="community")
    if street is None:
        b.edge(id_, "PART_OF", STREET)
    else:
        b.node(street_of(number), level="subdistrict")
        b.edge(id_, "PART_OF", street_of(number), **street)
    for prefix in bodies.split():
        given = {"level": "community", "tier": "general_branch", **organization}
        b.node(f"{prefix}-990101-c{number}", **(given if prefix == "po" else {}))
        b.edge(f"{prefix}-990101-c{number}", "COVERS", id_, **(covers or {}))
    return id_


STREETS: tuple[Spell, ...] = ({"until": DAY}, {"since": TOMORROW}, {"since": DAY, "until": TOMORROW})
"""Communities that left their subdistrict today, join it tomorrow, or are in it just today."""


def quarter(scene: Scene, number: int, bodies: str = "oc pp pf", **spell: Any) -> str:
    """Quarter `q-<n>` of community `n` with its committee, project and firm, as far as named."""
    b, id_ = scene.builder, f"q-990101-{number}"
    b.node(id_)
    b.edge(id_, "PART_OF", area(number), **spell)
    for prefix in bodies.split():
        kind = "owners_committee" if prefix == "oc" else None
        b.node(f"{prefix}-990101-{number}", kind=kind)
    if "oc" in bodies:
        scene.link(f"oc-{number}", "COVERS", id_)
    if "pp" in bodies:
        scene.link(f"pp-{number}", "SERVES", id_)
    if "pf" in bodies:
        scene.link(f"pp-{number}", "OPERATED_BY", f"pf-{number}")
    return id_


def linked(
    base: Callable[[Scene, int], None],
    edge: str,
    *,
    without: str | None,
    expect: str | None,
    **properties: Any,
) -> Case:
    """A case whose edge is named by `start TYPE end`, in place of that of the base if it has it.

    `expect` is what is said with the edge, `without` what is said without it, None for no row. `#` stands
    for the number, `@#` for its community, `@+` for the community 300 further on,
    `@^` for the subdistrict of its own.
    """

    def build(scene: Scene, number: int, spell: Spell) -> None:
        base(scene, number)
        text = edge.replace("@#", area(number)).replace("@+", area(number + 300))
        text = text.replace("@^", street_of(number))
        start, type_, end = text.replace("#", str(number)).split()
        scene.link(start, type_, end, **spell, **properties)

    return build, without, expect


async def assert_spells(
    graph: Graph,
    rule: str,
    cases: Sequence[Case],
    key: Callable[[int], Identity],
    outcome: Callable[[Row], str] = lambda row: str(row["verdict"]),
    **params: Any,
) -> None:
    """Ends are exclusive and starts inclusive, for the edge of each case in turn.

    Each is built twice: ended today, and beginning tomorrow. None says that there is no row;
    `outcome` is what a case says of a row, its verdict unless something else depends on the edge.
    """
    scene = Scene(0)
    for number, (build, _, _) in enumerate(cases, start=10):
        build(scene, number, {"until": DAY})
        build(scene, number + 100, {"since": TOMORROW})
    await store(graph, scene.builder)
    today, before, after = [
        await _everywhere_and_there(graph, scene, rule, day, **params) for day in (DAY, YESTERDAY, TOMORROW)
    ]

    def said(rows: Mapping[Identity, Row], number: int) -> str | None:
        row = rows.get(key(number))
        return None if row is None else outcome(row)

    for number, (_, without, with_) in enumerate(cases, start=10):
        ended, begins = number, number + 100
        assert (without, without) == (said(today, ended), said(today, begins)), number
        assert (with_, without) == (said(before, ended), said(before, begins)), number
        assert (without, with_) == (said(after, ended), said(after, begins)), number


async def _everywhere_and_there(
    graph: Graph, scene: Scene, rule: str, day: date, **params: Any
) -> dict[Identity, Row]:
    """Rows of a day; those of the district have to be the ones that lie in it."""
    rows = await again(graph, rule, day, **params)
    view = view_of(scene.builder, day)
    inside = {k: r for k, r in rows.items() if r["area"] and DISTRICT in view.areas(r["area"])}
    assert inside == await again(graph, rule, day, area=DISTRICT, **params)
    return rows


async def assert_areas(
    graph: Graph, rule: str, expected: Mapping[str, Sequence[Identity]], **params: Any
) -> None:
    """With an area, a rule gives the rows that it gives without one and that lie there."""
    rows = await again(graph, rule, **params)
    for place, identities in expected.items():
        found = await again(graph, rule, area=place, **params)
        assert {key: rows[key] for key in identities} == found, place
