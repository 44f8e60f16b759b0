"""`python -m bench`: generate, import, ask, start; prints figures with median and spread.

`python -m bench callers` is the load of many callers alone.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import sys
import tempfile
from pathlib import Path

from bench import callers, kept, oracle, page
from bench.access import measure_access, measure_streaming
from bench.coverage import measure_coverage
from bench.measures import measure_import, measure_queries, measure_start
from bench.paths import measure_paths
from bench.rules import measure_rules
from bench.search import measure_search
from bench.views import measure_views
from graph.loading.load import load_delivery
from graph.reading.wiring import open_graph
from graph.settings import Settings
from worked_example.delivery import write_delivery
from worked_example.generate import generate
from worked_example.scale import Scale


def tenth_of(scale: Scale) -> Scale:
    """A tenth of the data; raises `BadParameter` where that is too small for a district."""
    sizes = scale.subdistricts, scale.communities, scale.quarters, scale.persons
    return Scale(*(max(1, n // 10) for n in sizes))


async def load_small(scale: Scale, root: Path, heap: str) -> Path:
    """A data folder with a district of this size."""
    write_delivery(generate(scale, 1, place="bench").delivery, root / "tenth")
    async with open_graph(Settings(data_dir=root / "small", heap=heap)) as graph:
        await load_delivery(graph.store, root / "tenth")
    return root / "small"


def main() -> None:
    """Run every measure once; the folders are removed afterwards."""
    if sys.argv[1:2] == ["callers"]:
        sys.exit(callers.main(sys.argv[2:]))
    if sys.argv[1:2] == ["kept"]:
        kept.main(sys.argv[2:])
        return
    if sys.argv[1:2] == ["oracle"]:
        oracle.main(sys.argv[2:])
        return
    if sys.argv[1:2] == ["page"]:
        sys.exit(page.main(sys.argv[2:]))
    options = argparse.ArgumentParser(prog="bench", description=__doc__)
    options.add_argument("--subdistricts", type=int, default=30)
    options.add_argument("--communities", type=int, default=300)
    options.add_argument("--quarters", type=int, default=3_000)
    options.add_argument("--persons", type=int, default=100_000)
    options.add_argument("--pairs", type=int, default=2, help="imports of each kind")
    options.add_argument("--times", type=int, default=500, help="requests per query")
    options.add_argument("--heap", default="768m")
    options.add_argument("--import", dest="alone", action="store_true", help="measure imports alone")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="cobuild-bench-") as scratch:
        root = Path(scratch)
        folder = root / "delivery"
        scale = Scale(given.subdistricts, given.communities, given.quarters, given.persons)
        tenth = tenth_of(scale)  # refused now, not after minutes of measuring
        write_delivery(generate(scale, 1, place="bench").delivery, folder)
        measures = asyncio.run(measure_import(folder, root, given.heap, given.pairs))
        if given.alone:
            print(*measures, sep="\n")
            return
        measures += measure_start(root / "ours", given.heap, 5)
        measures += measure_queries(root / "ours", given.heap, given.times)
        measures += measure_streaming(root / "ours", given.heap, 5)
        measures += measure_access(root / "ours", given.heap, given.times)
        measures += measure_views(root / "ours", given.heap, 20)
        measures += asyncio.run(measure_paths(folder, root / "ours", given.heap, 40))
        measures += asyncio.run(measure_search(root / "ours", given.heap, 1_000))
        measures += asyncio.run(measure_coverage(root / "ours", given.heap, 3))
        small = asyncio.run(load_small(tenth, root, given.heap))
        measures += asyncio.run(measure_rules(small, root / "ours", given.heap, 3))
    print(f"\n{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(f"{given.quarters} quarters, {given.persons} persons, heap {given.heap}")
    print("median [lowest, highest]")
    for measure in measures:
        print(measure)


if __name__ == "__main__":
    main()
