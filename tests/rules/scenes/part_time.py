"""Part-time members who lack nothing, and what can be known of them.

Beside the tests of R24; above communities.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from tests.oracle.scene import Scene, post
from tests.oracle.view import Identity
from tests.rules.scenes.communities import area, community, quarter

LATER = date(2030, 1, 1)


def member(scene: Scene, number: int, status: str | None = "full", body: str = "", **given: Any) -> str:
    """Person `n` as a part-time member of `po-c<n>` who lacks nothing; the id of the post."""
    scene.person(number, party_status=status)
    sound = {"capacity": "police", "paid": False, "term_until": LATER}
    return scene.seat(number, "part_time_member", body or f"po-c{number}", **{**sound, **given})


def key(number: int) -> Identity:
    return f"p-990101-{number}", post(number, "part_time_member", f"po-c{number}")


def led_unit(scene: Scene, number: int, **spell: Any) -> None:
    """Unit `n` co-builds with `po-c<n>`; person `n` is secretary of its Party organization."""
    scene.builder.node(f"u-990101-{number}")
    scene.builder.node(f"po-990101-u{number}", level="unit", tier="branch")
    scene.link(f"po-u{number}", "COVERS", f"u-{number}")
    scene.link(f"u-{number}", "CO_BUILDS", f"po-c{number}", **spell)
    scene.seat(number, "secretary", f"po-u{number}")


def sound(scene: Scene, n: int, **given: Any) -> None:
    """Community `n` with a quarter of all bodies, and a member of it who lacks nothing."""
    community(scene, n)
    quarter(scene, n)
    member(scene, n, **given)


def unshown(scene: Scene, n: int) -> None:
    """As `sound`, but for the capacity, in a second community too."""
    sound(scene, n, capacity=None)
    community(scene, n + 300)
    for prefix in ("po", "rc"):
        scene.builder.node(f"{prefix}-990101-x{n}", level="quarter" if prefix == "po" else None)


def head(scene: Scene, n: int) -> None:
    """As `unshown`, at the head of a unit's organization; the unit is based here."""
    unshown(scene, n)
    led_unit(scene, n)
    scene.link(f"u-{n}", "BASED_IN", f"q-{n}")


def unplaced(scene: Scene, n: int) -> None:
    """As `head`, but where the unit is based is not known."""
    head(scene, n)
    del scene.builder.edges[f"u-990101-{n}~BASED_IN~q-990101-{n}"]


def employee(scene: Scene, n: int) -> None:
    """Sits as a unit's head, works for a co-builder that is based elsewhere."""
    sound(scene, n, capacity="unit_party_head")
    community(scene, n + 300)
    scene.builder.node(f"u-990101-{n}")
    scene.link(f"u-{n}", "BASED_IN", area(n + 300))
    scene.link(f"u-{n}", "CO_BUILDS", f"po-c{n}")
    scene.link(f"p-{n}", "EMPLOYED_BY", f"u-{n}", kind="seconded")


def quarter_head(scene: Scene, n: int) -> None:
    """Secretary of a quarter's organization that co-builds."""
    unshown(scene, n)
    scene.link(f"po-x{n}", "CO_BUILDS", f"po-c{n}")
    scene.seat(n, "secretary", f"po-x{n}")


def seated(prefix: str, role: str) -> Callable[[Scene, int], None]:
    """Sits in a body of the quarter."""

    def build(scene: Scene, n: int) -> None:
        unshown(scene, n)
        scene.seat(n, role, f"{prefix}-{n}")

    return build


def in_two(scene: Scene, n: int) -> None:
    """Sits in a residents' committee that covers nothing yet."""
    unshown(scene, n)
    scene.builder.edges[post(n, "part_time_member", f"po-c{n}")]["capacity"] = "police"
    scene.seat(n, "member", f"rc-x{n}")
    scene.link(f"rc-x{n}", "COVERS", area(n))


def of_quarter(scene: Scene, n: int) -> None:
    """Part-time member of an organization of the quarter; the unit is based in the community."""
    head(scene, n)
    scene.builder.nodes[f"po-990101-c{n}"]["level"] = "quarter"
    del scene.builder.edges[f"po-990101-c{n}~COVERS~{area(n)}"]
    del scene.builder.edges[f"u-990101-{n}~BASED_IN~q-990101-{n}"]
    scene.link(f"po-c{n}", "COVERS", f"q-{n}")
    scene.link(f"u-{n}", "BASED_IN", area(n))


def in_a_quarter(scene: Scene, n: int) -> None:
    """As `unplaced`, but based in a quarter that lies nowhere yet."""
    unplaced(scene, n)
    scene.builder.node(f"q-990101-y{n}")
    scene.link(f"u-{n}", "BASED_IN", f"q-y{n}")
