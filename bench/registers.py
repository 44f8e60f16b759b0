"""Registers: reading and checking against an earlier commit, and matching names.

`python -m bench.registers`. The earlier commit is checked out beside this one and reads the same
delivery, of columns that it knows, in processes of their own, in turn.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.measures import Measure
from graph.ledger.names import KnownNames
from graph.loading.register.ids import Ids
from graph.loading.register.known import IdsByName

ROOT = Path(__file__).parents[1]
EARLIER = "0acfd20"
GENERATE = """
import sys
from pathlib import Path
from worked_example.delivery import write_delivery
from worked_example.generate import generate
from worked_example.scale import Scale
write_delivery(generate(Scale(*map(int, sys.argv[2:])), 1, place="bench").delivery, Path(sys.argv[1]))
"""
CHECK = """
import json, resource, sys, time
from pathlib import Path
from graph.loading.check import Checker
from graph.loading.coordinates import check_coordinates
from graph.loading.delivery import read_delivery
begun = time.process_time()
delivery, findings = read_delivery(Path(sys.argv[1]))
read = time.process_time()
findings += check_coordinates(delivery) + Checker(delivery, {}).check()
end = time.process_time()
assert len([f for f in findings if f.level == "error"]) < 3, findings[:3]  # two words are newer
most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
rows = len(delivery.nodes) + len(delivery.edges)
print(json.dumps([end - begun, read - begun, most, rows]))
"""


def run(code: str, folder: Path, *given: str) -> str:
    """What a program prints that runs with the code of a folder."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONSAFEPATH": "1"}
    command = [sys.executable, "-c", code, *given]
    return subprocess.check_output(command, env=environment, cwd=folder, text=True)


def measure_reading(root: Path, sizes: list[str], pairs: int) -> list[Measure]:
    """Processor time and memory of reading and checking a delivery, in turn with the earlier commit."""
    earlier, folder = root / "earlier", str(root / "delivery")
    subprocess.run(["git", "worktree", "add", "--detach", "-q", str(earlier), EARLIER], cwd=ROOT, check=True)
    try:
        run(GENERATE, earlier, folder, *sizes)
        ours, theirs = [], []
        for _ in range(pairs):
            theirs.append(json.loads(run(CHECK, earlier, folder)))
            ours.append(json.loads(run(CHECK, ROOT, folder)))
    finally:
        subprocess.run(["git", "worktree", "remove", "--force", str(earlier)], cwd=ROOT, check=True)
    rows = ours[0][3]
    both = list(zip(ours, theirs, strict=True))
    return [
        Measure(f"reading and checking {rows} rows", [o[0] for o in ours], "s", ""),
        Measure("of it, reading", [o[1] for o in ours], "s", ""),
        Measure(f"the same at {EARLIER}", [t[0] for t in theirs], "s", ""),
        Measure("ours / theirs, processor time", [o[0] / t[0] for o, t in both], "×", "aim: at most 0.2"),
        Measure("ours / theirs, resident memory", [o[2] / t[2] for o, t in both], "×", ""),
    ]


def measure_matching(count: int) -> list[Measure]:
    """Lines of registers against as many names of one area: all as known, and all with a slip."""
    dice = random.Random(1)
    pool = [bytes((row, cell)).decode("gb2312") for row in range(0xB0, 0xC0) for cell in range(0xA1, 0xFF)]
    ends = ("小区", "花园", "苑", "一期", "二期", "家园", "公寓")
    names = ["".join(dice.choices(pool, k=dice.randint(2, 5))) + dice.choice(ends) for _ in range(count)]
    begun = time.process_time()
    known = IdsByName("990101")
    for i, name in enumerate(names):
        known.add("Quarter", f"q-990101-{i}", name, "d-990101-register", "990101001001")
    ids = Ids(KnownNames(b"bench", {}), known)
    for name in dice.sample(names, count):
        ids.thing("Quarter", "990101001001", name)
    same = time.process_time() - begun
    begun = time.process_time()
    for name in dice.sample(names, count):
        i = dice.randrange(len(name))
        ids.thing("Quarter", "990101001001", name[:i] + dice.choice(pool) + name[i + 1 :])
    slips = time.process_time() - begun
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        Measure(f"matching {count} lines with {count} names, as known", [same], "s", "aim: at most 60 s"),
        Measure("the same, a slip in each line", [slips], "s", "aim: at most 60 s"),
        Measure("resident memory of both", [most], "MiB", "aim: at most 500 MiB"),
    ]


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(prog="bench.registers", description=__doc__)
    options.add_argument("--sizes", nargs=4, default=["30", "300", "3000", "100000"])
    options.add_argument("--lines", type=int, default=100_000)
    options.add_argument("--pairs", type=int, default=5)
    given = options.parse_args()
    # A process begins with the most memory of the one that started it: matching comes last.
    with tempfile.TemporaryDirectory(prefix="cobuild-bench-") as root:
        measures = measure_reading(Path(root), given.sizes, given.pairs)
    measures += measure_matching(given.lines)
    print(f"\n{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print("processor time; median [lowest, highest]")
    for found in measures:
        print(found)


if __name__ == "__main__":
    main()
