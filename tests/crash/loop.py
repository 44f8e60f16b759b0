"""The loop: start a worker, kill it (or the engine) at a random moment, look at what stands."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import random
import signal
import sys
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from graph.appointments.recovery import recover
from graph.errors import StoreUnavailable
from graph.loading.load import discard
from graph.reading.graph import Graph
from graph.reading.wiring import open_graph
from graph.settings import Settings
from graph.store import Transaction
from graph.store.derived import verify
from graph.upkeep.archive import Reader
from tests.appointments.scenes import scene_of_conflict
from tests.crash.worker import day_of
from tests.oracle.scene import DISTRICT

ENGINE_TOO = 4
"""One kill in so many ends the engine's process before the worker's."""
MOST_DONE = 4
"""A worker is killed after fewer than so many pieces of work, at a random moment of the next."""
PATIENCE = 120.0
FOUND = {
    "decisions": "MATCH (d:SourceDocument {kind: 'decision'}) RETURN d.id AS id",
    "posts": "MATCH (:Person {id: 'p-990101-2'})-[h:HOLDS_POST {role: 'chair'}]->() RETURN h.since AS since",
    "loaded": "MATCH (q:Quarter {id: 'q-990102-1'}) RETURN q.name AS name",
    "person": "MATCH (p:Person {id: 'p-990102-1'}) RETURN p.name AS name",
}


@dataclass
class Tally:
    """What was tried and acknowledged, in how many kills; which kinds were under way at a kill."""

    kills: int = 0
    engine_kills: int = 0
    tried: Counter[str] = field(default_factory=Counter)
    acknowledged: Counter[str] = field(default_factory=Counter)
    under_way: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    acks: list[dict[str, Any]] = field(default_factory=list)
    tries: list[dict[str, Any]] = field(default_factory=list)


async def crash(
    settings: Settings, kills: int, seed: int, longest: float = 1.0, most_done: int = MOST_DONE
) -> Tally:
    """Kill so many times, look after each; raises `AssertionError` where something is not as it should.

    `longest` is in seconds: how long after a piece of work was acknowledged the kill comes at most;
    `most_done` is as `MOST_DONE`.
    """
    chance = random.Random(seed)
    tally, begun = Tally(), time.monotonic()
    logging.getLogger("neo4j").setLevel(logging.CRITICAL)  # it tells of every try at an engine that died
    async with open_graph(settings, today=lambda: date(2025, 6, 30)) as graph:
        await scene_of_conflict().builder.write(graph.store)
        # Rules run in the areas of loaded places: without this, the first load would hide the scene.
        await graph.store.write(_as_a_place)
        while tally.kills < kills:
            last = await _work_and_kill(graph, tally, chance, longest, most_done)
            await _look(graph, tally)
            tally.under_way[last] += 1
    tally.seconds = time.monotonic() - begun
    return tally


async def _as_a_place(tx: Transaction) -> None:
    """Note the district of the scene as a place that was loaded."""
    place = {"id": "d-scene", "source": "d-scene", "place": "scene", "place_zh": "场景", "area": DISTRICT}
    await tx.run("CREATE (l:Load) SET l = $place", {"place": {**place, "synthetic": True}})


async def _work_and_kill(
    graph: Graph, tally: Tally, chance: random.Random, longest: float, most_done: int
) -> str:
    """One worker's life; what it had tried and not acknowledged at its end."""
    first = max((t["number"] for t in tally.tries), default=-1) + 1
    given = graph.settings.model_dump(mode="json", exclude={"neo4j_password", "ledger_url", "oidc_secret"})
    if graph.settings.ledger_url is not None:
        given["ledger_url"] = graph.settings.ledger_url.get_secret_value()
    worker = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.crash.worker",
        json.dumps(given),
        str(first),
        f"{chance.random()}",
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert worker.stdout is not None
    assert worker.stderr is not None
    ready = await asyncio.wait_for(worker.stdout.readline(), PATIENCE)
    if not ready:
        raise AssertionError((await worker.stderr.read()).decode())
    lines: list[dict[str, Any]] = []
    reading = asyncio.create_task(_read(worker.stdout, lines))
    await _wait_for(lines, chance.randrange(most_done), worker)
    await asyncio.sleep(chance.uniform(0, longest))
    engine = graph.store.engine
    assert engine is not None
    pid = engine.describe()["pid"]
    if chance.randrange(ENGINE_TOO) == 0 and isinstance(pid, int):
        os.kill(pid, signal.SIGKILL)
        tally.engine_kills += 1
        await asyncio.sleep(chance.uniform(0, 0.2))
    with suppress(ProcessLookupError):
        worker.kill()
    said = (await worker.stderr.read()).decode()
    await worker.wait()
    await reading
    tally.kills += 1
    for line in lines:
        named = tally.tries if line["what"] == "try" else tally.acks
        named.append(line)
        (tally.tried if line["what"] == "try" else tally.acknowledged)[line["kind"]] += 1
    dead = worker.returncode
    assert dead == -signal.SIGKILL or "Unavailable" in said, said
    under_way = lines and lines[-1]["what"] == "try"
    return str(lines[-1]["kind"]) if under_way else "nothing"


async def _wait_for(lines: list[dict[str, Any]], done: int, worker: asyncio.subprocess.Process) -> None:
    """Until so many pieces of work are acknowledged; a slow machine gets as far as a fast one."""
    async with asyncio.timeout(PATIENCE):
        # Lines come from another process, which has no event to wait for.
        while sum(line["what"] == "ack" for line in lines) < done and worker.returncode is None:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def _read(stream: asyncio.StreamReader, lines: list[dict[str, Any]]) -> None:
    async for line in stream:
        if line.endswith(b"\n"):
            lines.append(json.loads(line))  # noqa: PERF401 - what came is needed if this is ended


async def _look(graph: Graph, tally: Tally) -> None:
    """What was acknowledged stands, once; what was not, wholly or not at all."""
    for _ in range(100):
        try:
            await verify(graph.store)
            break
        except StoreUnavailable:
            await asyncio.sleep(0.2)
    if any(t["kind"] == "load" for t in tally.tries):
        await discard(graph.store)
    await recover(graph)
    assert await verify(graph.store) == []
    found = dict(zip(FOUND, await graph.store.read([(text, {}) for text in FOUND.values()]), strict=True))
    await _look_at_decisions(graph, tally, found)
    await _look_at_entries(graph, tally)
    _look_at_load(tally, found)
    await asyncio.to_thread(_look_at_backups, graph.settings.data_dir.parent, tally)


async def _look_at_decisions(graph: Graph, tally: Tally, found: dict[str, list[Any]]) -> None:
    decisions = {d.id: d for d in await graph.ledger.decisions()}
    applied = {id_ for id_, d in decisions.items() if d.state == "applied"}
    documents = [row["id"].rpartition("-")[2] for row in found["decisions"]]
    assert sorted(documents) == sorted(applied)
    numbers = {id_: int(decisions[id_].reason.removeprefix("n-")) for id_ in applied}
    since = [row["since"] for row in found["posts"]]
    assert sorted(since) == sorted(day_of(number) for number in numbers.values())
    acked = {line["decision"]: line for line in tally.acks if line["kind"] == "decision"}
    assert set(acked) <= applied
    waivers = await graph.ledger.waivers()
    kept = Counter(w.decision for w in waivers if w.decision is not None)
    assert set(kept) <= applied
    assert all(kept[id_] == line["waivers"] for id_, line in acked.items())
    assert max(Counter((w.decision, w.finding) for w in waivers if w.decision).values(), default=1) == 1
    singles = Counter(w.reason for w in waivers if w.decision is None)
    assert max(singles.values(), default=1) == 1
    assert {line["id"] for line in tally.acks if line["kind"] == "waiver"} <= {w.id for w in waivers}
    entries = Counter(e.what for e in await _entries(graph))
    recorded = [int(what.split()[1]) for what in entries if what.startswith("waiver ")]
    assert sorted(f"s-{number}" for number in recorded) == sorted(singles)


async def _look_at_entries(graph: Graph, tally: Tally) -> None:
    assert (await graph.ledger.audit.verify()).ok
    entries = await _entries(graph)
    counted = Counter(e.what for e in entries if e.what.startswith("audit "))
    acked = {f"audit {line['number']}" for line in tally.acks if line["kind"] == "audit"}
    assert acked <= set(counted)
    assert max(counted.values(), default=1) == 1
    concluded = Counter(
        (e.parameters or {})["decision"] for e in entries if e.what in ("decide applied", "decide void")
    )
    settled = {d.id for d in await graph.ledger.decisions() if d.state != "pending"}
    assert set(concluded) == settled
    assert max(concluded.values(), default=1) == 1


async def _entries(graph: Graph) -> list[Any]:
    return [entry async for part in graph.ledger.audit.read_all() for entry in part]


def _look_at_load(tally: Tally, found: dict[str, list[Any]]) -> None:
    acked = [line["number"] for line in tally.acks if line["kind"] == "load"]
    if not acked:
        return
    (quarter,), (person,) = found["loaded"], found["person"]
    number = int(quarter["name"].removeprefix("小区"))
    assert number >= acked[-1]
    assert person["name"] == f"样例人{number}"


def _look_at_backups(folder: Path, tally: Tally) -> None:
    """Whole files only: every one that was acknowledged, and no half of another."""
    acked = {f"b{line['number']}.backup" for line in tally.acks if line["kind"] == "backup"}
    there = {path.name: path for path in folder.glob("b*.backup")}
    assert acked <= set(there)
    for path in there.values():
        Reader(path).check()
        path.unlink()
    tally.acks = [line for line in tally.acks if line["kind"] != "backup"]
