"""Needs, and what might meet them.

Beside the tests of R26; above communities.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tests.oracle.scene import STREET, Scene
from tests.oracle.view import Identity
from tests.rules.scenes.communities import area, community, quarter, street_of


def need(
    scene: Scene,
    number: int,
    *places: str,
    wanted: Sequence[str] | None = ("medical",),
    listed: bool = True,
    **spell: Any,
) -> None:
    """Need `n` at `q-<n>` of community `n` or at other places; the registers of the community."""
    community(scene, number)
    quarter(scene, number, bodies="")
    scene.builder.node(
        f"n-990101-{number}",
        kind="need",
        category="elderly",
        status="open",
        resource_categories=None if wanted is None else list(wanted),
    )
    for place in places or (f"q-{number}",):
        scene.link(f"n-{number}", "CONCERNS", place, **spell)
    if listed:
        scene.complete(area(number), "resource", "co_building")


def offer(scene: Scene, provider: str, category: str = "medical") -> str:
    """A resource of a provider, numbered as they come; its id."""
    number = sum(i.startswith("r-") for i in scene.builder.nodes) + 1
    scene.builder.node(f"r-990101-{number:02}", category=category)
    scene.link(provider, "OFFERS", f"r-{number:02}")
    return f"r-990101-{number:02}"


def team(scene: Scene, number: int | str, place: str, category: str = "medical") -> str:
    """A team that serves a place, and the resource that it offers."""
    scene.builder.node(f"t-990101-{number}", kind="volunteer_team")
    scene.link(f"t-{number}", "SERVES", place)
    return offer(scene, f"t-{number}", category)


def key(number: int) -> Identity:
    return (f"n-990101-{number}",)


def bare(scene: Scene, n: int) -> None:
    """A need with nothing around; its lists are complete."""
    need(scene, n)
    scene.builder.node(f"pj-990101-{n}")
    scene.builder.node(f"u-990101-{n}")
    scene.builder.node(f"po-990101-q{n}", level="quarter")
    scene.builder.node(f"r-990101-u{n}", category="medical")
    scene.link(f"u-{n}", "OFFERS", f"r-u{n}")


def reached(scene: Scene, n: int) -> None:
    """A unit's resource over the community's organization."""
    bare(scene, n)
    scene.link(f"u-{n}", "CO_BUILDS", f"po-c{n}")


def quarter_org(scene: Scene, n: int) -> None:
    """A unit that co-builds with an organization that covers nothing yet."""
    bare(scene, n)
    scene.link(f"u-{n}", "CO_BUILDS", f"po-q{n}")


def two_places(scene: Scene, n: int) -> None:
    """A second quarter, where a team offers what is wanted."""
    bare(scene, n)
    scene.builder.node(f"q-990101-y{n}")
    scene.link(f"q-y{n}", "PART_OF", area(n))
    team(scene, n, f"q-y{n}")


def unlisted(*subjects: str) -> Callable[[Scene, int], None]:
    """A need whose community lists only these."""

    def build(scene: Scene, n: int) -> None:
        need(scene, n, listed=False)
        scene.complete(area(n), *subjects)

    return build


def street(scene: Scene, n: int) -> None:
    """The lists are those of a subdistrict of its own."""
    need(scene, n, listed=False)
    scene.builder.node(street_of(n), level="subdistrict")
    scene.complete(street_of(n), "resource", "co_building")
    del scene.builder.edges[f"{area(n)}~PART_OF~{STREET}"]
