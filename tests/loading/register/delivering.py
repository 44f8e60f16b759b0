"""An invented subdistrict with its flat register, and what the command does with it; no tests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from graph.ledger import Ledger
from graph.loading.register.deliver import Registered, load_register
from graph.loading.register.forms import made_of
from graph.loading.register.headings import propose
from graph.loading.register.kinds import find_kind
from graph.loading.register.sheets import read_sheets
from graph.reading.graph import Graph
from tests.builder import GraphBuilder
from tests.conftest import Opener, emptied

DAY = date(2025, 6, 30)
KIND = find_kind("小区台账")
PLACE = "990301000000"
HEADING = [
    "社区",
    "小区名称",
    "户数",
    "建筑面积",
    "物业公司",
    "项目经理",
    "业委会主任",
    "业委会成员",
    "业委会成立时间",
    "党支部",
    "书记",
]
ROWS: list[list[object]] = [
    ["云山街道住宅小区台账"],
    [*HEADING],
    [
        *("清泉社区", "清泉花园", "1200户", "10.5万平方米", "安居物业有限公司", "王强"),
        *("张三", "张三、李四、王五", "2021年7月", "清泉花园党支部", "张三"),
    ],
    [
        *("清泉社区", "望江苑", 800, None, "安居物业有限责任公司", "赵六"),
        *(None, None, None, "望江苑党支部", "钱七"),
    ],
    ["梧桐社区", "梧桐里", 300, None, "无"],
    ["合计", None, 2300],
]


def subdistrict() -> GraphBuilder:
    """One subdistrict, and none of its communities."""
    build = GraphBuilder()
    build.node("990300000000", name="云山区", level="district")
    build.node("990301000000", name="云山街道", level="subdistrict")
    build.edge("990301000000", "PART_OF", "990300000000")
    return build


@pytest.fixture
async def town(scratches: Opener) -> Graph:
    """A graph that holds a subdistrict and nothing else."""
    graph = await emptied(await scratches("embedded"))
    await subdistrict().write(graph.store)
    return graph


@pytest.fixture
async def ledger(tmp_path: Path) -> AsyncIterator[Ledger]:
    """A ledger in which no register has named anything yet."""
    opened = Ledger(tmp_path)
    yield opened
    await opened.close()


async def deliver(
    graph: Graph, ledger: Ledger, path: Path, kind: str = "小区台账", **more: Any
) -> Registered:
    """What the command does."""
    sheets = read_sheets(path)
    proposals = [p for s in sheets if (p := propose(s, find_kind(kind))) is not None]
    return await load_register(
        graph.store,
        ledger,
        path,
        digest=more.pop("digest", sha256(repr(sheets).encode()).hexdigest()),
        form=more.pop("form", made_of(proposals, find_kind(kind))),
        proposals=proposals,
        place=more.pop("place", "云山街道"),
        on=more.pop("on", DAY),
        **more,
    )


async def nodes(graph: Graph, label: str) -> dict[str, dict[str, Any]]:
    """The nodes of a type, by name."""
    rows = (await graph.store.read([(f"MATCH (n:{label}) RETURN properties(n) AS node", {})]))[0]
    return {row["node"]["name"]: row["node"] for row in rows}


async def edges(graph: Graph, type_: str) -> dict[str, dict[str, Any]]:
    """The edges of a type by the name at their start."""
    rows = (
        await graph.store.read([(f"MATCH (a)-[e:{type_}]->() RETURN a.name AS a, properties(e) AS e", {})])
    )[0]
    return {row["a"]: row["e"] for row in rows}


async def ties(graph: Graph, type_: str) -> set[tuple[str, str, str]]:
    """The open edges of a type as names of their ends, with role or subject."""
    text = (
        f"MATCH (a)-[e:{type_}]->(b) WHERE e.until > $day "
        "RETURN a.name AS a, b.name AS b, coalesce(e.role, e.subject, '') AS key"
    )
    rows = (await graph.store.read([(text, {"day": DAY})]))[0]
    return {(row["a"], row["b"], row["key"]) for row in rows}


async def unchanged(graph: Graph, ledger: Ledger, path: Path, kind: str = "小区台账", **more: Any) -> bool:
    """Whether a file, delivered once and then again, changes nothing, as if its bytes were others."""
    first = (await deliver(graph, ledger, path, kind, **more)).report
    second = (await deliver(graph, ledger, path, kind, digest="again", **more)).report
    assert second.created + second.changed + second.ended + second.removed + len(second.gone) == 0
    assert not second.already
    return first.created + first.changed == second.unchanged
