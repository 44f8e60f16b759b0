"""Import of a workbook against the same rows as CSV: `python -m bench.workbook`.

Both are imported with validation into an empty embedded engine, in turn, in one run.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import shutil
import tempfile
import time
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from bench.measures import Measure
from graph.loading.delivery import read_delivery
from graph.loading.excel.read import read_workbook
from graph.loading.load import Read, load_delivery
from graph.reading.wiring import open_graph
from graph.settings import Settings

COVER = {"place": "bench", "place_zh": "测量", "source": "d-990103-register", "batch": "1"}
HEADS = {
    "来源": ("编号", "名称", "类型"),
    "小区": ("编号", "名称", "类型", "户数", "建筑面积", "单一业主"),
    "行政区域": ("编号", "名称", "级别"),
    "人员": ("编号", "姓名", "备注"),
    "属于": ("起点编号", "终点编号", "起始日"),
    "居住": ("起点编号", "终点编号", "起始日"),
}
FILES = {
    "来源": "nodes/SourceDocument",
    "小区": "nodes/Quarter",
    "行政区域": "nodes/Area",
    "人员": "nodes/Person",
    "属于": "edges/PART_OF",
    "居住": "edges/LIVES_IN",
}
NAMES = {
    "编号": "id",
    "名称": "name",
    "姓名": "name",
    "类型": "kind",
    "户数": "households",
    "建筑面积": "floor_area_m2",
    "单一业主": "single_owner",
    "级别": "level",
    "备注": "note",
    "起点编号": "from",
    "终点编号": "to",
    "起始日": "since",
}


def make_rows(count: int) -> dict[str, list[tuple[object, ...]]]:
    """About that many rows: quarters, persons and where they live."""
    quarters = [f"q-990103-{n:05}" for n in range(count // 10)]
    persons = [f"p-990103-{n:06}" for n in range(count * 2 // 5)]
    day = date(2020, 5, 1)
    return {
        "来源": [("d-990103-register", "测量台账", "generated")],
        "行政区域": [("990103000000", "测量区", "district")],
        "小区": [(q, f"小区{q}", "old", 120, 8000.5, False) for q in quarters],
        "人员": [(p, f"人员{p}", "测量用") for p in persons],
        "属于": [(q, "990103000000", day) for q in quarters],
        "居住": [(p, quarters[n % len(quarters)], day) for n, p in enumerate(persons)],
    }


def write_csv(rows: dict[str, list[tuple[object, ...]]], folder: Path) -> None:
    """The rows as a folder."""
    for kind in ("nodes", "edges"):
        (folder / kind).mkdir(parents=True)
    manifest = "".join(f'{key} = "{value}"\n' for key, value in COVER.items())
    (folder / "manifest.toml").write_text(f"format = 1\nsynthetic = true\n{manifest}", "utf-8")
    for sheet, lines in rows.items():
        head = ",".join(NAMES[h] for h in HEADS[sheet])
        body = "\n".join(",".join(_text(value) for value in line) for line in lines)
        (folder / f"{FILES[sheet]}.csv").write_text(f"{head}\n{body}\n", "utf-8")


def write_workbook(rows: dict[str, list[tuple[object, ...]]], path: Path) -> None:
    """The rows as a workbook."""
    book = Workbook(write_only=True)
    cover = book.create_sheet("交付说明")
    for item in (("项目", "内容"), *COVER.items(), ("synthetic", "是")):
        cover.append(item)
    for name, lines in rows.items():
        sheet = book.create_sheet(name)
        sheet.append(HEADS[name])
        for line in lines:
            sheet.append(line)
    book.save(path)


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


async def timed(path: Path, read: Read, data_dir: Path, heap: str) -> tuple[float, float]:
    """Seconds of the whole import and of the reading alone."""
    shutil.rmtree(data_dir, ignore_errors=True)
    begun = time.perf_counter()
    read(path)
    reading = time.perf_counter() - begun
    async with open_graph(Settings(data_dir=data_dir, heap=heap)) as graph:
        begun = time.perf_counter()
        await load_delivery(graph.store, path, read=read)
        return time.perf_counter() - begun, reading


async def measure(count: int, root: Path, heap: str, pairs: int) -> list[Measure]:
    """Both, in turn."""
    rows = make_rows(count)
    write_csv(rows, root / "csv")
    write_workbook(rows, root / "a.xlsx")
    total = sum(map(len, rows.values()))
    figures: dict[str, list[float]] = {n: [] for n in ("csv", "xlsx", "ratio", "read", "parse")}
    for _ in range(pairs):
        csv, parse = await timed(root / "csv", read_delivery, root / "data", heap)
        xlsx, read = await timed(root / "a.xlsx", read_workbook, root / "data", heap)
        for name, value in zip(figures, (csv, xlsx, xlsx / csv, read, parse), strict=True):
            figures[name].append(value)
        print(f"  {total} rows: CSV {csv:.1f} s, workbook {xlsx:.1f} s", flush=True)
    return [
        Measure(f"import of {total} rows as CSV", figures["csv"], "s", ""),
        Measure(f"import of {total} rows as a workbook", figures["xlsx"], "s", ""),
        Measure("workbook / CSV, import with validation", figures["ratio"], "×", "aim: at most 3"),
        Measure("of it, reading the CSV", figures["parse"], "s", ""),
        Measure("of it, reading the workbook", figures["read"], "s", ""),
    ]


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(prog="bench.workbook", description=__doc__)
    options.add_argument("--rows", type=int, default=50_000)
    options.add_argument("--pairs", type=int, default=3)
    options.add_argument("--heap", default="768m")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="cobuild-bench-") as root:
        measures = asyncio.run(measure(given.rows, Path(root), given.heap, given.pairs))
    print(f"\n{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print("median [lowest, highest]")
    for found in measures:
        print(found)


if __name__ == "__main__":
    main()
