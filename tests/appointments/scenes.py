"""A place with conflicts of interest, and proposals that change it."""

from __future__ import annotations

from datetime import date
from typing import Any

from graph.appointments.proposal import read_proposal
from graph.reading.graph import Graph
from tests.oracle.scene import DISTRICT, Scene
from tests.strategies import DAY

DUMP = "MATCH (n) OPTIONAL MATCH (n)-[e]->(m) RETURN properties(n) AS n, properties(e) AS e, m.id"


async def dump(graph: Graph) -> list[str]:
    """Everything in the graph, as sorted text."""
    (rows,) = await graph.store.read([(DUMP, {})])
    return sorted(repr(row) for row in rows)


def scene_of_conflict() -> Scene:
    """A committee member who owns no home, and an owner who works for the firm."""
    scene = Scene(2)
    scene.people(1, 2, 3)
    scene.seat(1, "member", "oc-1")
    scene.link("p-2", "OWNS_HOME_IN", "q-990101-01")
    scene.link("p-2", "EMPLOYED_BY", "pf-1", kind="employee")
    scene.seat(3, "secretary", "po-1")
    scene.link("p-3", "OWNS_HOME_IN", "q-990101-01")
    scene.complete(DISTRICT, "post", "ownership", "employment")
    return scene


def proposal(*changes: dict[str, Any], as_of: date = DAY) -> Any:
    """A proposal for a day."""
    return read_proposal({"as_of": as_of, "changes": list(changes)})


def appointment(serial: int, role: str, body: str, **more: Any) -> dict[str, Any]:
    """A person gets a post."""
    prefix, _, rest = body.partition("-")
    body = body if "990101" in body else f"{prefix}-990101-{rest}"
    return {"kind": "appoint", "person": f"p-990101-{serial}", "body": body, "role": role, **more}


def relief(id_: str) -> dict[str, Any]:
    """A post ends."""
    return {"kind": "relieve", "post": id_}
