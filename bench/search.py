"""What a search costs: a thousand drawn queries, in turn with a scan of all names by the engine.

The scan is what the service did before it kept the names: every type, `CONTAINS` on lower-case names.
"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from pathlib import Path

from bench.measures import DAY, Measure
from graph.model import NODES
from graph.reading.graph import Graph
from graph.reading.search import add_areas, search
from graph.reading.viewer import Viewer
from graph.reading.wiring import open_graph
from graph.settings import Settings

PAGE = 100


async def measure_search(data_dir: Path, heap: str, queries: int) -> list[Measure]:
    """Drawn queries whose answer is one thing, and all of them; the first search after a load."""
    async with open_graph(Settings(data_dir=data_dir, heap=heap)) as opened:
        graph = opened.under(Viewer(personal=True))
        begun = time.perf_counter()
        await search(graph, "示例")
        first = time.perf_counter() - begun
        names = [name for shelf in graph.known.shelves.of.values() for name in shelf.names]
        ours, theirs, points = [], [], []
        for text in draw(names, queries):
            begun = time.perf_counter()
            answer = await search(graph, text, as_of=DAY)
            await add_areas(graph, answer.data[:PAGE], DAY)
            middle = time.perf_counter()
            found = await scan(graph, text.split())
            end = time.perf_counter()
            ours.append((middle - begun) * 1000)
            theirs.append((end - middle) * 1000)
            if found == 1:
                points.append((middle - begun) / (end - middle))
    return [
        Measure(f"search among {len(names)} names, with areas", ours, "ms", ""),
        Measure("the same words, scanned by the engine", theirs, "ms", ""),
        Measure(
            f"search / scan, {queries} drawn queries",
            [a / b for a, b in zip(ours, theirs, strict=True)],
            "×",
            "",
        ),
        Measure(f"search / scan, the {len(points)} with one hit", points, "×", "aim: at most 1.3"),
        Measure("the first search after a load", [first], "s", ""),
    ]


def draw(names: Sequence[str], queries: int) -> list[str]:
    """Whole names, parts of names, two parts of one name; the same in every run."""
    dice = random.Random(1)
    found: list[str] = []
    while len(found) < queries:
        name = dice.choice(names)
        start = dice.randrange(max(1, len(name) - 3))
        text = dice.choice((name, name[start : start + dice.randint(2, 6)], f"{name[:4]} {name[-3:]}"))
        if text.strip():
            found.append(text)
    return found


async def scan(graph: Graph, words: Sequence[str]) -> int:
    """Hits of the engine's own search for names."""
    lower = [word.lower() for word in words]
    rows = await graph.store.read(
        [
            (
                f"MATCH (n:{label}) WHERE all(w IN $words WHERE toLower(n.name) CONTAINS w "
                "OR toLower(coalesce(n.name_en, '')) CONTAINS w) "
                "RETURN n.id AS id, n.name AS name ORDER BY size(n.name), id LIMIT 1001",
                {"words": lower},
            )
            for label in NODES
        ]
    )
    return sum(map(len, rows))
