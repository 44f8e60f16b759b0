"""The real JavaScript libraries load what the service answers: same nodes, edges, parents."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from graph.reading.graph import Graph
from graph.store.engine import EmbeddedEngine
from graph.views import FORMATS, View, Wanted, read_view
from tests.api.conftest import client_of, make_app
from tests.cli.running import cobuild
from tests.front_ends import libraries
from tests.front_ends.folder import folder

__all__ = ["cobuild", "folder"]

DAY = {"as_of": "2025-06-30"}
ASKED: dict[str, dict[str, str]] = {
    "area": {"area": "990101001001"},
    "node": {"node": "q-990101-001", "hops": "2"},
    "path": {"path": "n-990101-0001"},
    "appointments": {"appointments": "990101000000"},
    "rings": {"rings": "po-990101-c01"},
    "nothing": {"appointments": "511702000000"},
}
LIBRARIES = ("cytoscape", "g6", "graphology", "d3", "vis", "echarts")
Bodies = dict[str, dict[str, Any]]


@pytest.fixture(scope="session")
async def views(loaded: Graph) -> dict[str, View]:
    """The views themselves, for comparison."""
    found = {}
    for name, asked in ASKED.items():
        given: dict[str, Any] = {k: int(v) if k == "hops" else v for k, v in asked.items()}
        found[name] = (await read_view(loaded, Wanted(**given))).data
    return found


async def answered(loaded: Graph, format_: str, to: Path) -> list[Path]:
    """The service's answers as files."""
    files = []
    async with client_of(make_app(loaded)) as client:
        for name, asked in ASKED.items():
            response = await client.get("/api/v1/graph", params={**asked, **DAY, "format": format_})
            assert response.status_code == 200, response.text
            (to / f"{name}.json").write_bytes(response.content)
            files.append(to / f"{name}.json")
    return files


@pytest.mark.parametrize("format_", LIBRARIES)
async def test_a_library_loads_every_view(
    format_: str, loaded: Graph, views: dict[str, View], folder: Path, tmp_path: Path
) -> None:
    """Nodes, edges and their ends are those of the view, in its order; nesting follows places."""
    files = await answered(loaded, format_, tmp_path)
    for name, found in zip(ASKED, libraries.load(folder, format_, files), strict=True):
        view = views[name]
        parents = {n.id: n.parent for n in view.nodes if n.parent is not None}
        assert sorted(found["nodes"]) == sorted(n.id for n in view.nodes), name
        expected = sorted([e.id, e.source, e.target] for e in view.edges)
        assert sorted(found["edges"]) == expected, name
        if format_ == "cytoscape":
            nested = {} if name == "rings" else parents
            assert found["parents"] == nested, name
            assert bool(nested) == (name in ("area", "node", "path", "appointments") and bool(parents))
        if format_ == "g6":
            groups = set(parents.values())
            own = {p: f"group:{p}" for p in groups}
            inside = {n: f"group:{p}" for n, p in parents.items()}
            assert found["parents"] == {**inside, **own}, name
            assert found["combos"] == {f"group:{p}": inside.get(p) for p in groups}, name


@pytest.mark.parametrize("format_", ["cytoscape", "graphology", "d3"])
async def test_rings_are_drawn_as_circles_without_a_layout(
    format_: str, loaded: Graph, views: dict[str, View], folder: Path, tmp_path: Path
) -> None:
    """What the library holds stands at the distance of its ring from the middle."""
    (tmp_path / "out").mkdir()
    files = await answered(loaded, format_, tmp_path / "out")
    (found,) = libraries.load(folder, format_, [f for f in files if f.stem == "rings"])
    rings = {n.id: n.ring for n in views["rings"].nodes}
    distances: dict[int, list[float]] = {}
    for node, x, y in found["placed"]:
        ring = rings[node]
        assert ring is not None
        distances.setdefault(ring, []).append((x**2 + y**2) ** 0.5)
    means = [sum(d) / len(d) for _, d in sorted(distances.items())]
    assert means == sorted(means)
    assert set(distances) == {0, 1, 2, 3, 4}
    if format_ != "d3":  # its simulation has moved them a little already
        for of_ring in distances.values():
            assert max(of_ring) - min(of_ring) < 0.1


async def test_direct_colours_are_those_of_the_legend(loaded: Graph, folder: Path, tmp_path: Path) -> None:
    """Sigma and ECharts draw without a style sheet of ours: the colours are in the answer."""
    async with client_of(make_app(loaded)) as client:
        legend = (await client.get("/api/v1/graph/legend")).json()["data"]
    palette = {row["colour"] for row in legend["colours"]}
    for format_ in ("graphology", "echarts"):
        files = await answered(loaded, format_, tmp_path)
        found = libraries.load(folder, format_, [f for f in files if f.stem == "area"])[0]
        assert len(found["colours"]) > 4
        assert set(found["colours"]) <= palette


def test_the_official_driver_reads_with_the_log_in_that_is_printed(
    cobuild: Any, tmp_path: Path, folder: Path
) -> None:
    """`cobuild bolt` while something else keeps the engine up; a write is refused by the engine."""
    environment = {"COBUILD_DATA_DIR": str(tmp_path)}
    seed = libraries.HERE.parents[1] / "seed_data"
    engine = EmbeddedEngine(tmp_path, compiler="quick")
    asyncio.run(engine.acquire())
    try:
        assert cobuild("load", str(seed / "divisions"), str(seed / "tianyuan"), **environment).code == 0
        refused = cobuild("bolt", **environment)
        assert refused.code == 2
        assert "个人信息" in refused.err
        printed = cobuild("bolt", "--show-personal", "--format", "json", **environment)
        (log_in,) = json.loads(printed.out)
        names = ("uri", "user", "password", "database")
        found = libraries.read_over_bolt(folder, *(log_in[name] for name in names))
        counted = cobuild(
            "cypher",
            "MATCH (q:Quarter) RETURN count(q) AS n",
            "--show-personal",
            "--format",
            "jsonl",
            **environment,
        )
    finally:
        asyncio.run(engine.release())
    assert found["quarters"] == json.loads(counted.out.splitlines()[1])[0] > 0
    assert "wrote" not in found
    assert found["refused"]


def test_the_lock_names_no_host_and_pins_exactly() -> None:
    """Any registry may deliver it, but only these bytes; the versions asked for are exact."""
    lock = json.loads((libraries.HERE / "package-lock.json").read_text("utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert all("resolved" not in entry and "integrity" in entry for entry in packages.values())
    # Two versions of a library: one has a name of our own, behind which its own stands.
    wanted = {n: v.rpartition("@")[2] for n, v in lock["packages"][""]["dependencies"].items()}
    assert all(version[0].isdigit() for version in wanted.values())
    assert {w: packages[f"node_modules/{w}"]["version"] for w in wanted} == wanted


def test_every_json_format_has_its_library() -> None:
    """A new format is loaded by what it is for; node-link data by networkx, in tests/api."""
    named = {name for name, f in FORMATS.items() if not f.is_file}
    assert named == {*LIBRARIES, "nodelink"}
