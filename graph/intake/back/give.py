"""A register given back: the file as it came, five columns more, and what the graph knows better marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from graph.errors import BadParameter
from graph.intake.back.better import Better, Standing, better_than, read_standing
from graph.intake.back.said import AllSaid, Remarks, read_said
from graph.intake.back.shapes import GivenShape
from graph.loading.excel.appended import (
    Addition,
    AppendedTable,
    Heading,
    Plain,
    append_columns,
    loses_pictures,
)
from graph.loading.excel.bounds import BadWorkbook
from graph.loading.register.deliver import begin_reading
from graph.loading.register.forms import Form
from graph.loading.register.headings import HeadingProposal
from graph.loading.register.known import KnownArea, find_place
from graph.loading.register.reading import Mentioned, Reading
from graph.loading.register.rows import read_rows
from graph.loading.register.sheets import is_xlsx, read_sheets
from graph.loading.register.shown import ShownSheet, stored
from graph.model.words import COUNTED, STATES
from graph.reading.graph import Graph

HEADINGS = (
    Heading("图中编号", "该行在图中的编号。\nThe id in the graph of what this row is about.", 22),
    Heading("核查结果", "不符合的规则及理由，覆盖缺口。\nRules that are not kept, with reasons; gaps.", 44),
    Heading("缺什么", "补齐后即可判定的记录。\nRecords without which nothing can be said.", 36),
    Heading("建议人选", "可填补缺口的人选。\nWho could fill the gaps.", 36),
    Heading(
        "图中所记", "图中另有记载、与本行不同的内容；相应单元格已标色。\nWhat the graph has instead.", 36
    ),
)
ABOUT, ELSEWHERE, LACKING = "返回说明", "图中另有", "缺什么"
MOST_LINES = 6
"""Records that a cell lists; all of a row with more are in the sheet 缺什么."""
UNSURE = "未确定"
NOT_THERE = "图中没有；尚未导入，或名称、所属社区不同"
PRIVATE = "个人信息，未显示"


@dataclass(frozen=True)
class Given:
    """The bytes of the .xlsx file, and what is in it."""

    content: bytes
    counts: GivenShape


async def give_back(
    graph: Graph, file: Path, *, form: Form, proposals: Sequence[HeadingProposal], place: str, as_of: date
) -> Given:
    """The register of a place, an area by id or name, as it came and with columns added.

    Nothing is loaded and nothing asked. Raises `BadParameter` for a file that cannot be copied, and
    for a place that the viewer does not see.
    """
    area = await find_place(graph.store, place)
    _require_inside(graph, area)
    reading = await begin_reading(graph.store, graph.ledger, file.name, form=form, area=area, on=as_of)
    read_rows(reading, list(proposals))
    elsewhere = _elsewhere(reading)
    mentioned = {i for row in reading.rows.values() for i in row.found.values()}
    only = {i for ids in reading.ids.known.only.values() for i in ids}
    standing = await read_standing(graph, mentioned | only | set(elsewhere), as_of)
    elsewhere = [i for i in elsewhere if i in standing.nodes]
    said = await read_said(graph, area.id, as_of)
    maker = _Maker(graph, reading, standing, said, elsewhere)
    additions = [maker.addition(proposal) for proposal in proposals]
    lost = is_xlsx(file) and loses_pictures(file)
    counts: GivenShape = {**maker.counts, "pictures_lost": lost}
    tables = [maker.about(area, counts), *maker.lists()]
    try:
        source = file if is_xlsx(file) else [_plain(sheet) for sheet in read_sheets(file)]
        own = (ABOUT, ELSEWHERE, LACKING)
        return Given(append_columns(source, HEADINGS, additions, tables, own), counts)
    except BadWorkbook as bad:
        raise BadParameter(f"{file.name}：{bad.zh}。", f"{file.name}: {bad.en}.", subject="file") from None


class _Maker:
    """Makes the cells of one register, and counts."""

    def __init__(
        self, graph: Graph, reading: Reading, standing: Standing, said: AllSaid, elsewhere: list[str]
    ) -> None:
        self._graph, self._reading, self._standing, self._said = graph, reading, standing, said
        self._elsewhere = elsewhere
        spots = reading.draft.spots
        self._rows = {(spots[n].sheet, spots[n].row): row for n, row in reading.rows.items()}
        self._lacking: list[list[str | int]] = []
        self._asked = {q.new_id: q for q in reading.ids.questions.values()}
        self.counts: GivenShape = {
            "rows": 0,
            "known": 0,
            "unsure": 0,
            "failing": 0,
            "lacking": 0,
            "marked": 0,
            "elsewhere": len(elsewhere),
            "personal": graph.viewer.personal,
            "pictures_lost": False,
        }

    def addition(self, proposal: HeadingProposal) -> Addition:
        """What one sheet gets."""
        rows: dict[int, list[str]] = {}
        notes: dict[tuple[int, int], str] = {}
        name = proposal.sheet.name
        for number in range(proposal.last + 1, len(proposal.sheet.rows)):
            row = self._rows.get((name, number + 1))
            if row is None:
                continue
            better = better_than(self._reading, proposal, number, row, self._standing)
            rows[number + 1] = self._texts(f"{name}!{number + 1}", row, better)
            notes |= {(number + 1, b.column + 1): f"{b.zh}\n{b.en}" for b in better}
        self.counts["marked"] += len(notes)
        return Addition(name, proposal.first + 1, proposal.last + 1, rows, notes)

    def _texts(self, place: str, row: Mentioned, better: list[Better]) -> list[str]:
        main = self._reading.kind.things[self._reading.kind.main]
        id_ = row.found.get(main.role, "")
        self.counts["rows"] += 1
        if main.label == "Person" and not self._graph.viewer.personal:
            return [PRIVATE, "", "", "", ""]
        if id_ not in self._standing.nodes:
            asked = self._asked.get(id_)
            self.counts["unsure"] += asked is not None
            seen = [c for c in asked.candidates if self._graph.viewer.sees(c.id)] if asked else []
            words = "、".join(f"{c.name} {c.id}" for c in seen)
            return [UNSURE if asked else "", f"可能是图中的 {words}" if words else NOT_THERE, "", "", ""]
        self.counts["known"] += 1
        areas = {t.role for t in self._reading.kind.things.values() if t.label == "Area"} - {main.role}
        found = self._said.of(i for r, i in row.found.items() if r not in areas and i in self._standing.nodes)
        lacking = self._said.missing_of(found)
        self.counts["failing"] += bool(found.counts["fails"] or found.counts["gaps"])
        self.counts["lacking"] += bool(lacking)
        return [
            id_,
            "\n".join([_headline(found), *found.results]),
            self._first_of(lacking, place, id_),
            "\n".join(found.people.values()),
            "\n".join(f"{b.heading}：{b.zh}" for b in better),
        ]

    def _first_of(self, lacking: list[str], place: str, id_: str) -> str:
        """The first records that a row lacks; all of them go into the sheet where there are many."""
        if len(lacking) <= MOST_LINES:
            return "\n".join(lacking)
        name = str(self._standing.nodes[id_].get("name"))
        self._lacking += [[place, id_, name, item] for item in lacking]
        return "\n".join([*lacking[:MOST_LINES], f"… 共 {len(lacking)} 项，见“{LACKING}”表"])

    def about(self, area: KnownArea, counts: GivenShape) -> AppendedTable:
        """The sheet that says what was added, in both languages."""
        kind, said = self._reading.kind.title, self._said
        rows: list[list[str | int]] = [
            ["项目 / item", "内容 / value"],
            ["台账 / register", kind],
            ["辖区 / area", f"{area.name} {area.id}"],
            ["统计日期 / as of", str(said.as_of)],
            ["数据版本 / data version", said.version],
            ["行数 / rows", counts["rows"]],
            ["图中已有的行 / rows in the graph", counts["known"]],
            ["未确定的行，见 cobuild questions / rows that are not sure", counts["unsure"]],
            ["有不符合或缺口的行 / rows with findings", counts["failing"]],
            ["缺记录的行 / rows that lack records", counts["lacking"]],
            ["标色：图中另有记载的单元格 / marked cells", counts["marked"]],
            [f"本台账没有而图中有的，见“{ELSEWHERE}” / not in this register", counts["elsewhere"]],
            ["个人信息 / personal data", "已显示 / shown" if counts["personal"] else "未显示 / withheld"],
        ]
        if said.withheld:
            rows.append(["未运行（须说明理由）/ not run without a reason", "、".join(said.withheld)])
        if counts["pictures_lost"]:
            rows.append(["原件中的图片和图表 / pictures and charts", "未保留，见原件 / not kept"])
        return AppendedTable(ABOUT, rows, (48, 48))

    def lists(self) -> list[AppendedTable]:
        """The sheets of records that rows lack, and of things that no row names, where there are any."""
        known = self._reading.ids.known
        rows: list[list[str | int]] = [["编号 / id", "名称 / name", "在哪里 / where"]]
        for id_ in self._elsewhere:
            where = "、".join(sorted(known.names.get(p, p) for p in known.places[id_]))
            rows.append([id_, str(self._standing.nodes[id_].get("name")), where])
        heading: list[str | int] = ["工作表!行 / row", "编号 / id", "名称 / name", "缺什么 / record"]
        found = [AppendedTable(LACKING, [heading, *self._lacking], (18, 26, 28, 80))] if self._lacking else []
        return [*found, AppendedTable(ELSEWHERE, rows, (26, 32, 32))] if len(rows) > 1 else found


def _headline(said: Remarks) -> str:
    found = said.counts
    counts = (
        (COUNTED["fail"], found["fails"]),
        (STATES["gap"], found["gaps"]),
        (COUNTED["waived"], found["waived"]),
        ("不能判定", len(said.unknown)),
    )
    words = [f"{word} {n}" for word, n in counts if n]
    return "，".join(words) or "未发现不符合"


def _elsewhere(reading: Reading) -> list[str]:
    """Things of the place and of the register's kind that no row of it names."""
    known, main = reading.ids.known, reading.kind.things[reading.kind.main]
    named = {row.found.get(main.role) for row in reading.rows.values()}
    here = known.areas.keys()
    found = {
        id_
        for (label, _), ids in known.only.items()
        if label == main.label
        for id_ in ids
        if any(place in here or known.places[place] & here for place in known.places[id_])
    }
    return sorted(found - named)


def _require_inside(graph: Graph, area: KnownArea) -> None:
    own = graph.viewer.area
    if own is not None and own not in (area.id, *area.above):
        raise BadParameter(
            f"{area.name}（{area.id}）不在您的辖区 {own} 范围内。",
            f"{area.id} does not lie in your area {own}.",
            subject="place",
        )


def _plain(sheet: ShownSheet) -> Plain:
    """A sheet as it is seen."""
    rows = [[stored(cell) for cell in row] for row in sheet.rows]
    return Plain(sheet.name, rows, sheet.merged, sheet.hidden)
