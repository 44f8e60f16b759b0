"""Which sheets a workbook of the import has, which headings: derived from the model."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from graph.characters import tidy
from graph.loading.table import ENDS, columns_of
from graph.model import EDGES, NODES
from graph.model.base import Property

GUIDE, COVER, WORDS, ERRORS = "说明", "交付说明", "词表", "错误清单"
"""The sheets of a workbook that are no tables."""
HEADINGS = {"from": "起点编号", "to": "终点编号"}
CODES = {"id", "from", "to", "source", "code"}
"""Columns of identifiers: what Excel makes a number of loses its leading zeros."""


@dataclass(frozen=True)
class Layout:
    """One type as a sheet: `name` is its label or edge type, `title` the name of the sheet."""

    folder: Literal["nodes", "edges"]
    name: str

    @property
    def kind(self) -> Any:
        """The class of the model."""
        return NODES[self.name] if self.folder == "nodes" else EDGES[self.name]

    @property
    def title(self) -> str:
        return str(self.kind.zh)

    @property
    def file(self) -> str:
        """The name of the same table in a folder of CSV; findings of the check carry it."""
        return f"{self.folder}/{self.name}.csv"

    @property
    def lead(self) -> tuple[str, ...]:
        """The columns that are no properties: the two ends of an edge."""
        return ENDS if self.folder == "edges" else ()

    @cached_property
    def properties(self) -> dict[str, Property]:
        found: dict[str, Property] = self.kind.properties()
        return found

    @cached_property
    def headings(self) -> dict[str, str]:
        """Column to Chinese heading, in the order of the import format."""
        names = columns_of(self.properties, self.lead)
        return {n: HEADINGS[n] if n in self.lead else self.properties[n].prop.zh for n in names}

    @cached_property
    def columns(self) -> dict[str, str]:
        """Heading, in either language, to column."""
        return {zh: name for name, zh in self.headings.items()} | {n: n for n in self.headings}

    def column(self, heading: str) -> str:
        """The column that a heading names, in either language; an unknown one as it is."""
        text = tidy(heading).strip().rstrip("*＊ ")
        return self.columns.get(text, text)

    def required(self, name: str) -> bool:
        """Whether the column must be filled in; the source has a default in the cover."""
        if name in self.lead:
            return True
        return self.properties[name].required and name != "source"


LAYOUTS: tuple[Layout, ...] = (
    *(Layout("nodes", label) for label in NODES),
    *(Layout("edges", type_) for type_, edge in EDGES.items() if not edge.derived),
)
"""Every type that can be imported, in the order of the model."""
BY_TITLE = {word: layout for layout in LAYOUTS for word in (layout.title, layout.name)}


@dataclass(frozen=True)
class CoverLine:
    """One line of the cover sheet: key of the manifest, its words, what may stand there."""

    key: str
    zh: str
    about: str
    required: bool = False
    words: tuple[tuple[str, str], ...] = ()
    """Codes with their Chinese words, where there is a choice."""


TRUTH = (("true", "是"), ("false", "否"))
ITEMS = (
    CoverLine("place", "地方代码", "小写字母、数字和下划线，如 shigu / folder name, ASCII", True),
    CoverLine("place_zh", "地方名称", "如 衡阳市石鼓区 / its Chinese name", True),
    CoverLine("source", "默认来源编号", "如 d-990101-register，列在“来源”表中 / default source", True),
    CoverLine("batch", "批次", "同一来源内不重复，如 2025-06-30 / unique per source", True),
    CoverLine("synthetic", "虚构数据", "演示用的虚构数据填“是”，真实台账填“否” / invented data", True, TRUTH),
    CoverLine("area", "辖区编号", "本次交付所涉辖区，文本格式的 12 位代码 / what it is about"),
    CoverLine("profile", "规则集", "如 national；不填则按辖区 / profile of rules"),
    CoverLine("delivered_on", "交付日期", "YYYY-MM-DD，不详则留空 / day of delivery"),
    CoverLine(
        "coordinates",
        "坐标系",
        "填有经纬度时必填 / needed where coordinates are given",
        False,
        (("wgs84", "WGS 84"), ("gcj02", "GCJ-02 火星坐标"), ("bd09", "BD-09 百度坐标")),
    ),
    CoverLine("needs", "依赖的地方代码", "须先导入的交付，用；分隔 / what has to be loaded first"),
)
"""The manifest as the cover sheet shows it; `format` is that of the template itself."""
