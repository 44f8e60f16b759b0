"""What the rules cost: against the bare driver, as the data grow, and in a rehearsal."""

from __future__ import annotations

import statistics
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.measures import DAY, Measure
from bench.peer import driver_for
from graph.appointments.proposal import read_proposal
from graph.appointments.rehearse import rehearse
from graph.catalogue.profiles import Profiles
from graph.reading.areas import read_areas
from graph.reading.graph import Graph
from graph.reading.wiring import open_graph
from graph.rules.check import judge
from graph.rules.runs import plan_runs
from graph.settings import Settings
from graph.store import Statement
from graph.store.engine import EmbeddedEngine

CITY = "990101000000"
CHANGES = {
    "as_of": DAY.isoformat(),
    "changes": [
        {"kind": "appoint", "person": "p-990101-0022", "body": "oc-990101-009", "role": "member"},
        {"kind": "appoint", "person": "p-990101-0030", "body": "oc-990101-009", "role": "member"},
        {"kind": "appoint", "person": "p-990101-0030", "body": "pp-990101-009", "role": "staff"},
    ],
}


async def measure_rules(small: Path, large: Path, heap: str, times: int) -> list[Measure]:
    """All rules on both folders, every one of them switched on; the larger holds ten times."""
    seconds: dict[str, list[float]] = {"ours": [], "bare": [], "small": [], "rehearsal": []}
    async with open_graph(Settings(data_dir=small, heap=heap, kept=0)) as opened:
        graph = every_rule_on(opened)
        for _ in range(times):
            seconds["small"].append(await _checked(graph))
    async with open_graph(Settings(data_dir=large, heap=heap, kept=0)) as opened:
        graph = every_rule_on(opened)
        statements = await _statements(graph)
        await _checked(graph)
        for _ in range(times):
            seconds["bare"].append(await _bare(large, statements))
            seconds["ours"].append(await _checked(graph))
            begun = time.perf_counter()
            await rehearse(graph, read_proposal(CHANGES))
            seconds["rehearsal"].append(time.perf_counter() - begun)
            print(f"  rules: { ({k: round(v[-1], 2) for k, v in seconds.items()}) } s", flush=True)
    ours, bare = seconds["ours"], seconds["bare"]
    base = statistics.median(seconds["small"])
    return [
        Measure(f"{len(statements)} rules on the whole city", ours, "s", ""),
        Measure("the same bodies through the bare driver", bare, "s", ""),
        Measure(
            "rules / bare driver", [o / b for o, b in zip(ours, bare, strict=True)], "×", "aim: at most 1.2"
        ),
        Measure("ten times the data / one time", [o / base for o in ours], "×", "aim: at most 12"),
        Measure(
            "rehearsal of three changes / full check",
            [r / o for r, o in zip(seconds["rehearsal"], ours, strict=True)],
            "×",
            "aim: at most 0.1",
        ),
    ]


def every_rule_on(graph: Graph) -> Graph:
    """The graph under a profile of the city that applies all rules."""
    profiles = {p.name: p for p in graph.profiles}
    national = profiles["national"]
    rules: Mapping[str, Any] = {
        q.name: [
            *(
                {"on": True, **s.model_dump(exclude_none=True, exclude={"on"})}
                for s in national.file.rules.get(q.name, ())
            ),
            {"on": True},
        ]
        for q in graph.catalogue.folder("rules")
    }
    file = type(national.file).model_validate(
        {"title": "bench", "title_zh": "测速", "area": CITY, "rules": rules}
    )
    bench = replace(national, name="bench", file=file, chain=(("bench", file),))
    others = {n: p for n, p in profiles.items() if p.file.area != CITY}
    return replace(graph, profiles=Profiles({**others, "bench": bench}, graph.profiles.texts))


async def _checked(graph: Graph) -> float:
    begun = time.perf_counter()
    await judge(graph, area=CITY, as_of=DAY)
    return time.perf_counter() - begun


async def _statements(graph: Graph) -> list[Statement]:
    tree = await read_areas(graph, DAY)
    return [run.statement for run in plan_runs(graph, tree, [CITY], DAY)]


async def _bare(data_dir: Path, statements: list[Statement]) -> float:
    engine = EmbeddedEngine(data_dir)
    address = await engine.acquire()
    try:
        async with driver_for(address) as driver:
            begun = time.perf_counter()
            for text, parameters in statements:
                async with driver.session(database=address.database) as session:
                    await (await session.run(text, dict(parameters))).data()
            return time.perf_counter() - begun
    finally:
        await engine.release()
