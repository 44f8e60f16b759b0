"""Kept findings beside an older build: every line of work, with processor time and elapsed.

`make bench ARGS="kept --data FOLDER --delivery FOLDER"` on a copy of a loaded data folder; with
`--before CHECKOUT --before-data FOLDER` the same is asked of another build that has loaded the same delivery
(commit 0acfd20 is what the aims speak of).
The area is that of a place. Processor time is that of service and engine together, which is
steadier than elapsed on a busy machine; the lines of both builds are asked in turn.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from bench.measures import DAY
from bench.rules import CHANGES
from bench.sides import Cost, Side

ASKED = 60
"""Requests of each kind of the short ones."""
SHARE = 100
"""One quarter of so many is changed by the delivery."""
PORTS = 8017, 8018


@dataclass
class Line:
    """A line of the table: this build and the other, and what is to be reached."""

    work: str
    aim: str
    ours: list[Cost] = field(default_factory=list)
    before: list[Cost] = field(default_factory=list)

    def __str__(self) -> str:
        ours, before = _median(self.ours), _median(self.before)
        ratio = f"{before.processor / max(ours.processor, 1e-4):8.1f}" if self.before else "       –"
        told = " ".join(
            f"{c.processor:9.3f} {c.elapsed:9.3f}" if c.elapsed else f"{'–':>9} {'–':>9}"
            for c in (before, ours)
        )
        return f"{self.work:<52} {told} {ratio}  {self.aim}"


def _median(costs: list[Cost]) -> Cost:
    if not costs:
        return Cost(0, 0)
    return Cost(*(statistics.median(getattr(c, n) for c in costs) for n in ("processor", "elapsed")))


class Table:
    """The lines, printed as they come."""

    def __init__(self) -> None:
        print(f"{'':<52} {'before':>9} {'elapsed':>9} {'ours':>9} {'elapsed':>9}  smaller  (seconds)")

    def add(self, work: str, aim: str, ours: list[Cost], before: list[Cost] | None = None) -> Line:
        line = Line(work, aim, ours, before or [])
        print(line, flush=True)
        return line


def _each(side: Side | None, work: Callable[[Side], Cost], times: int = 1) -> list[Cost]:
    return [] if side is None else [work(side) for _ in range(times)]


def measure_kept(ours: Side, before: Side | None, area: str, delivery: Path) -> None:
    """All lines that the service answers; what is kept in our folder is removed before."""
    _forget(ours.data_dir, columns=True)
    table = Table()
    day, morning = DAY.isoformat(), (DAY + timedelta(days=1)).isoformat()

    def checks(side: Side, **given: str) -> Cost:
        return side.ask("/checks", **{"area": area, "as_of": day, **given})[0]

    def coverage(side: Side, **given: str) -> Cost:
        return side.ask("/coverage", **{"area": area, "as_of": day, **given})[0]

    def workbook(side: Side) -> Cost:
        return side.ask("/reports/workbook", area=area, as_of=day)[0]

    old_checks, old_coverage, old_workbook = [], [], []
    if before is not None:
        with before.running():
            old_checks, old_coverage = _each(before, checks), _each(before, coverage)
            old_checks, old_coverage = (
                old_checks + _each(before, checks),
                old_coverage + _each(before, coverage),
            )
            old_workbook = _each(before, workbook)
    with ours.running():
        table.add("all rules, nothing kept, columns read first", "", _each(ours, checks), old_checks[:1])
    _forget(ours.data_dir, columns=False)  # as a load of all rows leaves it
    with ours.running():
        table.add("all rules, nothing kept", "8", _each(ours, checks), old_checks[:1])
        table.add("all dimensions, nothing kept", "8", _each(ours, coverage), old_coverage[:1])
        old_checks, old_coverage = old_checks[1:], old_coverage[1:]
        table.add("rules, the same again", "300", _each(ours, checks, ASKED), old_checks)
        table.add("dimensions, the same again", "300", _each(ours, coverage, ASKED), old_coverage)
        draw = random.Random(1)
        inside = [
            r["area"] for r in ours.ask("/areas", limit=1_000)[1].json()["data"] if r["area"][:6] == area[:6]
        ]
        areas = [draw.choice(inside) for _ in range(ASKED)]
        table.add("rules, any area", "300", [checks(ours, area=a) for a in areas], old_checks)
        table.add("dimensions, any area", "300", [coverage(ours, area=a) for a in areas], old_coverage)
        total = ours.ask("/checks", area=area, as_of=day)[1].json()["page"]["total"]
        places = [str(draw.randrange(max(1, total - 100))) for _ in range(ASKED)]
        table.add("rules, any page", "300", [checks(ours, offset=p) for p in places], old_checks)
        print(f"resident: {ours.told()} (service below 400)")
        table.add("workbook, findings kept", "4", _each(ours, workbook), old_workbook)
        print(f"resident: {ours.told()} (service below 400)")
        table.add("preparation, findings kept", "", [_prepared(ours)])
        table.add("rules, the next morning", "50", [checks(ours, as_of=morning)], old_checks)
        table.add("dimensions, the next morning", "50", [coverage(ours, as_of=morning)], old_coverage)
        proposal = {**CHANGES, "decided_by": "bench", "reason": "bench", "waivers": _waivers(ours)}
        ours.ask("/appointments", proposal)
        table.add("rules, after an appointment", "100", [checks(ours)], old_checks)
        table.add("dimensions, after an appointment", "100", [coverage(ours)], old_coverage)
        with tempfile.TemporaryDirectory() as folder:
            ours.command("load", str(changed(delivery, Path(folder), SHARE // 2)))
        table.add("rules, after a delivery of 1 % of the quarters", "10", [checks(ours)], old_checks)
        table.add("dimensions, after that delivery", "10", [coverage(ours)], old_coverage)
        print(f"resident: {ours.told()} (service below 400)")


def _forget(data_dir: Path, *, columns: bool) -> None:
    """Remove what was found, and the graph in columns too where that is asked for."""
    folder = data_dir / "findings"
    for path in folder.iterdir() if folder.exists() else ():
        if path.is_dir():
            shutil.rmtree(path)
        elif columns or path.name != "columns":
            path.unlink()


def _prepared(side: Side) -> Cost:
    """What the service does by itself after a load, where everything is found already."""
    before, begun = side.used(), time.perf_counter()
    side.ask("/preparation", {"as_of": DAY.isoformat()})
    while side.ask("/preparation")[1].json()["data"]["state"] == "under_way":
        time.sleep(0.5)
    return Cost(side.used() - before, time.perf_counter() - begun)


def _waivers(side: Side) -> list[dict[str, str]]:
    """What a decision has to waive for the proposal of `bench.rules` to be carried out."""
    _, answer = side.ask("/appointments/check", CHANGES)
    until = (DAY + timedelta(days=365)).isoformat()
    found = [f for f in answer.json()["data"]["appear"] if f["verdict"] == "fail"]
    return [{"finding": f["finding"], "reason": "bench", "until": until} for f in found]


def measure_limited(ours: Side, before: Side | None, area: str, delivery: Path) -> None:
    """The first question in Cypher of a caller limited to the area, after a load of 1 % of the quarters."""

    def first(side: Side) -> Cost:
        return side.ask("/cypher", {"query": "MATCH (q:Quarter) RETURN count(q) AS n"})[0]

    lines: dict[str, list[Cost]] = {}
    for side in filter(None, (before, ours)):
        _, said = side.command(
            "account", "add", f"bench{time.time_ns()}", "--role", "analyst", "--area", area
        )
        key = re.search(r"\S{30,}", said)
        assert key is not None, said
        with side.running(key[0], COBUILD_AUTH="required"):
            lines[side.name] = [first(side)]
            if side is ours:
                with tempfile.TemporaryDirectory() as folder:
                    side.command("load", str(changed(delivery, Path(folder), SHARE // 4)))
                lines[side.name].append(first(side))
    old = lines.get(before.name, []) if before else []
    table = Table()
    table.add("Cypher of a limited caller, the first question", "", lines[ours.name][:1], old)
    table.add("the same, after a small load", "10", lines[ours.name][1:], old)


def measure_command(ours: Side, before: Side | None, times: int = 5) -> None:
    """`cobuild query nodes_by_type` while the engine runs, in turn."""
    lines: dict[str, list[Cost]] = {}
    with ExitStack() as stack:
        sides = [stack.enter_context(side.running()) for side in (before, ours) if side is not None]
        for _ in range(times):
            for side in sides:
                lines.setdefault(side.name, []).append(side.command("query", "nodes_by_type")[0])
    Table().add(
        "cobuild query nodes_by_type", "4", lines[ours.name], lines.get(before.name) if before else None
    )


def changed(delivery: Path, folder: Path, which: int) -> Path:
    """A delivery that gives one quarter of a hundred another number of households and ends posts there."""
    for kind in ("nodes", "edges"):
        (folder / kind).mkdir(parents=True)
    manifest = (delivery / "manifest.toml").read_text("utf-8")
    manifest = re.sub(r"batch = .*", f'batch = "2025-07-{which % 28 + 1:02}"', manifest)
    manifest = re.sub(r"delivered_on = .*", "delivered_on = 2025-07-30", manifest)
    (folder / "manifest.toml").write_text(manifest, "utf-8")
    numbers: set[str] = set()

    def quarter(row: dict[str, str]) -> bool:
        number = row["id"].rpartition("-")[2]
        if int(number) % SHARE != which:
            return False
        numbers.add(number)
        row["households"] = str(int(row["households"] or 100) + 1)
        return True

    def post(row: dict[str, str]) -> bool:
        body, _, number = row["to"].rpartition("-")
        ended, row["until"] = row["until"], "2025-06-20"
        stands = not ended and row["since"] < row["until"] and row["role"] == "member"
        return stands and body == "oc-990101" and number in numbers

    _rewrite(delivery, folder, "nodes/Quarter.csv", quarter)
    _rewrite(delivery, folder, "edges/HOLDS_POST.csv", post)
    return folder


def _rewrite(delivery: Path, folder: Path, name: str, wanted: Callable[[dict[str, str]], bool]) -> None:
    with (delivery / name).open(encoding="utf-8", newline="") as source:
        rows = csv.DictReader(source)
        found = [row for row in rows if wanted(row)]
    with (folder / name).open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, rows.fieldnames or ())
        writer.writeheader()
        writer.writerows(found)


PARTS = {"answers": measure_kept, "limited": measure_limited}


def main(arguments: list[str]) -> None:
    """Measure on a folder that is given, beside another build where one is given."""
    options = argparse.ArgumentParser(prog="bench kept", description=__doc__)
    options.add_argument(
        "--data", type=Path, required=True, help="a copy: what is kept in it goes, and it is changed"
    )
    options.add_argument("--delivery", type=Path, required=True, help="the delivery that was loaded")
    options.add_argument("--before", type=Path, help="a checkout of another build")
    options.add_argument("--before-data", type=Path, help="a copy of the folder that it loaded")
    options.add_argument("--area", default="990101000000")
    options.add_argument("--heap", default="768m")
    options.add_argument("--parts", nargs="+", choices=[*PARTS, "command"], default=[*PARTS, "command"])
    given = options.parse_args(arguments)
    ours = Side("ours", given.data, PORTS[0], given.heap)
    before = given.before and Side("before", given.before_data, PORTS[1], given.heap, given.before)
    for name, measure in PARTS.items():
        if name in given.parts:
            measure(ours, before, given.area, given.delivery)
    if "command" in given.parts:
        measure_command(ours, before)
