"""Registers of invented places, from the untouched sheet to the graph, and once more with changes."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from graph.errors import BadParameter, NotFound
from graph.intake.answers import read_answers
from graph.ledger import Ledger
from graph.loading.findings import DeliveryRejected
from graph.loading.merging.carry_out import merge
from graph.loading.plan import Options
from graph.loading.register.deliver import OpenQuestions, load_register
from graph.loading.register.forms import made_of, path_of, read_form
from graph.loading.register.headings import propose
from graph.loading.register.marked import mark_register
from graph.loading.register.said import remember_lists, take_back_lists
from graph.loading.register.sheets import read_sheets
from graph.loading.register.taking import closed_lists, take_form
from graph.reading.graph import Graph
from graph.store.history import read_sets
from tests.conftest import wipe
from tests.loading.register.delivering import (
    DAY,
    HEADING,
    KIND,
    PLACE,
    ROWS,
    deliver,
    ledger,
    nodes,
    subdistrict,
    ties,
    town,
)
from tests.loading.register.wild import write_text, write_xlsx

__all__ = ["ledger", "town"]


async def test_one_flat_sheet_becomes_a_place(town: Graph, ledger: Ledger, tmp_path: Path) -> None:
    """Quarters, firm, projects, bodies, persons and posts of three rows, and no id was typed."""
    done = await deliver(town, ledger, write_xlsx(tmp_path / "a.xlsx", ROWS, ("A1:K1",)))
    assert done.rows == 3
    assert done.new_areas == ["梧桐社区", "清泉社区"]
    quarters = await nodes(town, "Quarter")
    assert {n: (q.get("households"), q.get("floor_area_m2")) for n, q in quarters.items()} == {
        "清泉花园": (1200, 105_000.0),
        "望江苑": (800, None),
        "梧桐里": (300, None),
    }
    assert await ties(town, "PART_OF") >= {
        ("清泉花园", "清泉社区", ""),
        ("梧桐里", "梧桐社区", ""),
        ("清泉社区", "云山街道", ""),
    }
    assert set(await nodes(town, "PropertyFirm")) == {"安居物业有限公司"}  # the other legal form is the same
    committees = await nodes(town, "OwnersCommittee")
    assert set(committees) == {"清泉花园业主委员会"}
    body = committees["清泉花园业主委员会"]
    assert (body["elected_on"], body["date_precision"], body["named"]) == (
        date(2021, 7, 1),
        ["elected_on:month"],
        False,
    )
    assert await ties(town, "HOLDS_POST") == {
        ("张三", "清泉花园业主委员会", "chair"),
        ("李四", "清泉花园业主委员会", "member"),
        ("王五", "清泉花园业主委员会", "member"),
        ("张三", "清泉花园党支部", "secretary"),
        ("王强", "清泉花园物业项目", "project_manager"),
        ("赵六", "望江苑物业项目", "project_manager"),
        ("钱七", "望江苑党支部", "secretary"),
    }
    assert await ties(town, "COMPLETE_IN") == {("梧桐里", "云山街道小区台账", "property_project")}
    assert await ties(town, "CROSS_APPOINTMENT")  # 张三 is one person in two bodies
    people = await nodes(town, "Person")
    assert len(people) == 6
    assert all(p["id"].startswith("p-990301-r") for p in people.values())


async def test_the_next_delivery_keeps_every_id(town: Graph, ledger: Ledger, tmp_path: Path) -> None:
    """Columns in another order, another spelling, a new chair: what ended is ended, the rest is the same."""
    first = write_xlsx(tmp_path / "a.xlsx", ROWS)
    await deliver(town, ledger, first)
    before = {label: await nodes(town, label) for label in ("Quarter", "Person", "OwnersCommittee")}
    again = await deliver(town, ledger, first)
    assert (again.report.created, again.report.changed) == (0, 0)
    padded = [[*row, *[None] * (len(HEADING) - len(row))] for row in ROWS[1:-1]]
    changed = [ROWS[0], *([*row[1:], row[0]] for row in padded)]
    changed[2] = [*changed[2]]
    changed[2][0] = "清泉花园小区"
    changed[2][5] = "李四"
    changed[2][6] = "李四、王五"
    later = await deliver(
        town,
        ledger,
        write_xlsx(tmp_path / "b.xlsx", changed),
        on=date(2025, 7, 31),
        options=Options("end", date(2025, 7, 15)),
    )
    assert later.report.removed == 0
    after = await nodes(town, "Quarter")
    assert {q["id"] for q in after.values()} == {q["id"] for q in before["Quarter"].values()}
    assert after["清泉花园小区"]["id"] == before["Quarter"]["清泉花园"]["id"]
    assert {n: p["id"] for n, p in (await nodes(town, "Person")).items()} == {
        n: p["id"] for n, p in before["Person"].items()
    }
    posts = await town.store.read(
        [
            (
                "MATCH (p:Person)-[e:HOLDS_POST]->(:OwnersCommittee) WHERE e.until > $day "
                "RETURN p.name AS name, e.role AS role",
                {"day": date(2025, 7, 20)},
            )
        ]
    )
    assert {(r["name"], r["role"]) for r in posts[0]} == {("李四", "chair"), ("王五", "member")}


async def test_what_cannot_be_read_is_said_with_its_cell(town: Graph, ledger: Ledger, tmp_path: Path) -> None:
    """800余 is no exact number: refused with its cell, or not known where the clerk says so."""
    bad: list[object] = ["清泉社区", "望江苑", "800余", None, "安居物业", "由社区代管"]
    rows = [*ROWS[:3], bad]
    path = write_xlsx(tmp_path / "a.xlsx", rows)
    with pytest.raises(DeliveryRejected) as refused:
        await deliver(town, ledger, path)
    assert {(f.cell, f.value) for f in refused.value.findings} == {("C4", "800余"), ("F4", "由社区代管")}
    none = write_xlsx(tmp_path / "b.xlsx", [*ROWS[:3], [None, "望江苑"]])
    with pytest.raises(DeliveryRejected) as refused:
        await deliver(town, ledger, none)
    assert "没有社区" in refused.value.findings[0].zh
    done = await deliver(town, ledger, path, lenient=True)
    assert {f.cell for f in done.report.warnings} >= {"C4", "F4"}
    assert "households" not in (await nodes(town, "Quarter"))["望江苑"]


async def test_a_firm_that_is_not_there_has_no_manager(town: Graph, ledger: Ledger, tmp_path: Path) -> None:
    """无 beside a name is refused with what to do; taken as not known, the row closes no list."""
    rows = [
        *ROWS[:3],
        ["清泉社区", "望江苑", 800, None, "无", "赵六"],
        ["清泉社区", "听雨轩", 90, None, "无"],
    ]
    path = write_xlsx(tmp_path / "a.xlsx", rows)
    with pytest.raises(DeliveryRejected) as refused:
        await deliver(town, ledger, path)
    assert [(f.cell, f.value) for f in refused.value.findings] == [("F4", "赵六")]
    assert "管理模式" in refused.value.findings[0].zh
    done = await deliver(town, ledger, path, lenient=True, complete=frozenset({"property_project"}))
    assert "F4" in {f.cell for f in done.report.warnings}
    closed = {e[0] for e in await ties(town, "COMPLETE_IN") if e[2] == "property_project"}
    assert closed == {"清泉花园", "听雨轩"}
    assert "赵六" not in await nodes(town, "Person")


async def test_complete_lists_make_gaps_known(town: Graph, ledger: Ledger, tmp_path: Path) -> None:
    """Where the clerk says that owners' committees are all listed, a quarter without one is a gap."""
    path = write_xlsx(tmp_path / "a.xlsx", ROWS)
    await deliver(town, ledger, path, complete=frozenset({"owners_committee"}))
    lists = {e for e in await ties(town, "COMPLETE_IN") if e[2] == "owners_committee"}
    assert {quarter for quarter, _, _ in lists} == {"清泉花园", "望江苑", "梧桐里"}


async def test_a_form_remembers_which_lists_are_complete(town: Graph, ledger: Ledger, tmp_path: Path) -> None:
    """Kept with the form for one place, told at the next delivery as a warning, and taken back by 无.

    Taking a load back takes back what it made the form remember, and nothing that was said since; what
    another process was writing when it was killed stands in nobody's way.
    """
    first = await deliver(
        town, ledger, write_xlsx(tmp_path / "a.xlsx", ROWS[:3]), complete=frozenset({"owners_committee"})
    )
    kept = path_of(tmp_path, "小区台账")
    made = made_of([p for s in read_sheets(tmp_path / "a.xlsx") if (p := propose(s, KIND))], KIND)
    (kept.parent / ".said.json.part").mkdir(parents=True)
    await remember_lists(town.store, first, kept, made)
    form = read_form(kept)
    assert form.complete == {PLACE: {"owners_committee"}}
    again = await deliver(town, ledger, write_xlsx(tmp_path / "b.xlsx", ROWS), form=form)
    assert ("望江苑", "云山街道小区台账", "owners_committee") in await ties(town, "COMPLETE_IN")
    told = [f for f in again.report.warnings if f.column == "complete"]
    assert [f.value for f in told] == ["业委会"]
    assert "--complete 无" in told[0].zh
    closed = closed_lists("无", KIND)
    assert closed == frozenset()
    back = await deliver(town, ledger, tmp_path / "b.xlsx", form=form, complete=closed)
    assert {line.id for line in back.report.lines() if line.group == "gone"} == {
        line for line in back.report.gone if line.endswith("owners_committee")
    }
    assert len(back.report.gone) == 3
    await remember_lists(town.store, back, kept, form)
    assert read_form(kept).complete == {}
    numbers = [made.number for made in await read_sets(town.store)]
    assert take_back_lists(tmp_path, numbers[0]) is None
    assert read_form(kept).complete == {}
    assert take_back_lists(tmp_path, numbers[-1]) == "小区台账"
    assert read_form(kept).complete == form.complete
    assert take_back_lists(tmp_path, numbers[-1]) is None


async def test_a_graph_that_has_the_quarter_keeps_its_id(town: Graph, ledger: Ledger, tmp_path: Path) -> None:
    """What another source named before is found by its name in the community, and said so."""
    build = subdistrict()
    build.node("990301-qingquan", name="清泉社区", level="community")
    build.edge("990301-qingquan", "PART_OF", "990301000000")
    build.node("q-990301-known", name="清泉花园小区")
    build.edge("q-990301-known", "PART_OF", "990301-qingquan")
    rows = [list(row) for row in ROWS[:3]]
    rows[2][:2] = "清泉社区", "清泉花園"
    await wipe(town.store)
    await build.write(town.store)
    done = await deliver(town, ledger, write_xlsx(tmp_path / "a.xlsx", rows), dry_run=True)
    assert done.by_name == ["清泉花园小区"]
    assert done.new_areas == []


async def test_a_name_that_may_mean_another_is_asked_once(
    town: Graph, ledger: Ledger, tmp_path: Path
) -> None:
    """清泉花圆 may be 清泉花园: nothing is loaded until somebody says so, and nobody is asked again."""
    await deliver(town, ledger, write_xlsx(tmp_path / "a.xlsx", ROWS))
    before = (await nodes(town, "Quarter"))["清泉花园"]["id"]
    later: list[list[object]] = [*ROWS[:2], ["清泉社区", "清泉花圆", "1200户"], ["梧桐社区", "望江苑", 800]]
    path = write_xlsx(tmp_path / "b.xlsx", later)
    with pytest.raises(OpenQuestions) as refused:
        await deliver(town, ledger, path)
    asked = {q.name: q for q in refused.value.questions}
    assert {n: [(c.name, c.place) for c in q.candidates] for n, q in asked.items()} == {
        "清泉花圆": [("清泉花园", "清泉社区")],
        "望江苑": [("望江苑", "清泉社区")],  # of another community: it may have moved
    }
    assert set(await nodes(town, "Quarter")) == {"清泉花园", "望江苑", "梧桐里"}
    questions = ledger.questions
    assert [q.number for q in await questions.open()] == [q.number for q in refused.value.questions]
    with pytest.raises(BadParameter):
        await questions.answer(asked["清泉花圆"].number, "7")
    numbers = [asked[name].number for name in ("清泉花圆", "望江苑")]
    heading = ["编号", "台账中的名称", "可能是", "答复"]
    for wrong in (
        (numbers[0], "1", 99, "新"),
        (numbers[0], "7", numbers[1], "q-990301-x"),
        (numbers[0], "清泉", 1, ""),
    ):
        rows = [["待回答的疑问"], heading, [wrong[0], "", "", wrong[1]], [wrong[2], "", "", wrong[3]]]
        with pytest.raises(DeliveryRejected) as told:
            read_answers(write_xlsx(tmp_path / "疑问.xlsx", rows), await questions.open())
        assert [f.cell for f in told.value.findings] == ["A4" if wrong[2] == 99 else "D3"]
    with pytest.raises(NotFound):
        await questions.answer_all({numbers[0]: "1", 99: "新"})
    assert len(await questions.open()) == 2
    lines = [[heading[0], heading[3]], [str(numbers[0]), "是"], [str(numbers[1]), "否"]]
    filled = read_answers(write_text(tmp_path / "疑问.csv", lines, "gb18030"), await questions.open())
    assert await questions.answer_all({row["number"]: row["answer"] for row in filled}) == 2
    assert await questions.open() == []
    await deliver(town, ledger, path)
    after = await nodes(town, "Quarter")
    assert after["清泉花圆"]["id"] == before
    places = await ties(town, "PART_OF")
    assert {("望江苑", "清泉社区", ""), ("望江苑", "梧桐社区", "")} <= places


async def test_what_stands_where_it_stood_has_not_moved(town: Graph, ledger: Ledger, tmp_path: Path) -> None:
    """A namesake elsewhere is asked about only where the one that is known has no row of its own any more."""
    await deliver(town, ledger, write_xlsx(tmp_path / "a.xlsx", ROWS))
    both = [*ROWS[:5], ["梧桐社区", "望江苑", 90]]
    done = await deliver(town, ledger, write_xlsx(tmp_path / "b.xlsx", both), dry_run=True)
    assert done.report.created == 2  # the quarter, and where it lies
    assert await ledger.questions.open() == []


async def test_a_branch_moves_with_its_quarter_and_a_part_is_asked_about(
    town: Graph, ledger: Ledger, tmp_path: Path
) -> None:
    """A moved quarter is one question, 一期 that replaces the name without it another; none is left over."""
    more: list[object] = ["清泉社区", "望江阁", 90, *[None] * 6, "望江阁党支部", "孙八"]
    await deliver(town, ledger, write_xlsx(tmp_path / "a.xlsx", [*ROWS[:5], more]))
    before, branches = await nodes(town, "Quarter"), await nodes(town, "PartyOrganization")
    moved: list[object] = ["梧桐社区", "望江苑", 800, *[None] * 6, "望江苑党支部", "钱七"]
    first: list[object] = ["清泉社区", "清泉花园（一期）", 1200]
    later = write_xlsx(tmp_path / "b.xlsx", [*ROWS[:2], first, more, moved, ROWS[4]])
    with pytest.raises(OpenQuestions) as refused:
        await deliver(town, ledger, later, dry_run=True)
    asked = {q.name: q for q in refused.value.questions}
    assert {n: [c.name for c in q.candidates] for n, q in asked.items()} == {
        "清泉花园（一期）": ["清泉花园"],
        "望江苑": ["望江苑"],
    }
    await ledger.questions.answer(asked["望江苑"].number, "1")
    end = Options("end", date(2025, 6, 30))
    await deliver(town, ledger, later, as_new=True, options=end)
    assert await ledger.questions.open() == []
    assert (await nodes(town, "Quarter"))["望江苑"]["id"] == before["望江苑"]["id"]
    assert (await nodes(town, "PartyOrganization"))["望江苑党支部"]["id"] == branches["望江苑党支部"]["id"]
    second: list[object] = ["清泉社区", "清泉花园（二期）", 90]
    both = write_xlsx(tmp_path / "c.xlsx", [*ROWS[:3], first, second, more, moved, ROWS[4]])
    await deliver(town, ledger, both, options=end)


async def test_what_is_not_answered_can_be_new(town: Graph, ledger: Ledger, tmp_path: Path) -> None:
    """With as_new a clerk takes all of it for new things."""
    await deliver(town, ledger, write_xlsx(tmp_path / "a.xlsx", ROWS))
    path = write_xlsx(tmp_path / "b.xlsx", [*ROWS[:2], ["清泉社区", "清泉茶园", 20]])
    await deliver(town, ledger, path, as_new=True)
    assert {"清泉花园", "清泉茶园"} <= set(await nodes(town, "Quarter"))


async def test_a_marked_copy_can_be_corrected_and_delivered(
    town: Graph, ledger: Ledger, tmp_path: Path
) -> None:
    """Its list of errors, in which names of columns stand, is no sheet of the register."""
    path = write_text(tmp_path / "a.csv", [["社区", "小区名称", "户数"], ["清泉社区", "望江苑", "40余"]])
    with pytest.raises(DeliveryRejected) as refused:
        await deliver(town, ledger, path)
    (tmp_path / "b.xlsx").write_bytes(mark_register(path, refused.value.findings))
    book = load_workbook(tmp_path / "b.xlsx")
    book[book.sheetnames[-1]]["C2"] = 40
    book.save(tmp_path / "b.xlsx")
    sheets = read_sheets(tmp_path / "b.xlsx")
    _, form, proposals = take_form(sheets, tmp_path, None, None, {})
    assert [p.sheet.name for p in proposals] == ["a"]
    await load_register(
        town.store,
        ledger,
        tmp_path / "b.xlsx",
        digest="b",
        form=form,
        proposals=proposals,
        place="云山街道",
        on=DAY,
    )
    assert (await nodes(town, "Quarter"))["望江苑"]["households"] == 40


async def test_a_way_of_managing_is_no_firm(town: Graph, ledger: Ledger, tmp_path: Path) -> None:
    """业主自管 in the column of firms says how the property is managed; 无物业公司 that it is not."""
    rows: list[list[object]] = [
        ["社区", "小区名称", "户数", "物业公司"],
        ["清泉社区", "清泉花园", 12, "业主自管"],
        ["清泉社区", "望江苑", 12, "社区代管"],
        ["清泉社区", "梧桐里", 12, "无物业公司"],
    ]
    await deliver(town, ledger, write_xlsx(tmp_path / "a.xlsx", rows))
    assert await nodes(town, "PropertyFirm") == {}
    modes = {name: node["mode"] for name, node in (await nodes(town, "PropertyProject")).items()}
    assert modes == {"清泉花园物业项目": "self", "望江苑物业项目": "community"}


async def test_a_firm_of_other_words_is_asked_about(town: Graph, ledger: Ledger, tmp_path: Path) -> None:
    """安居物业服务 may be 安居物业管理, a branch of it is not; two of one register are told."""
    heading: list[object] = ["社区", "小区名称", "户数", "物业公司"]
    first: list[list[object]] = [
        ["清泉社区", "清泉花园", 12, "安居物业管理有限公司"],
        ["清泉社区", "望江苑", 12, "安居物业管理有限公司云山分公司"],
    ]
    done = await deliver(town, ledger, write_xlsx(tmp_path / "a.xlsx", [heading, *first]))
    assert [f for f in done.report.warnings if "可能是同一家" in f.zh] == []
    rows = [heading, *first, ["清泉社区", "梧桐里", 12, "安居物业服务有限公司"]]
    with pytest.raises(OpenQuestions) as asked:
        await deliver(town, ledger, write_xlsx(tmp_path / "b.xlsx", rows))
    (question,) = asked.value.questions
    assert [c.name for c in question.candidates] == ["安居物业管理有限公司"]
    done = await deliver(town, ledger, tmp_path / "b.xlsx", as_new=True)
    assert [f.value for f in done.report.warnings if "可能是同一家" in f.zh] == ["安居物业服务有限公司"]


async def test_one_name_in_two_bodies_of_a_community_is_told(
    town: Graph, ledger: Ledger, tmp_path: Path
) -> None:
    """Two persons until somebody says that they are one, which is told when the second comes."""
    await deliver(town, ledger, write_xlsx(tmp_path / "a.xlsx", ROWS))
    heading = ["社区", "姓名", "所在党支部"]
    rows = [heading, *(["清泉社区", name, "望江苑党支部"] for name in ("李四", "孙八"))]
    numbered = [[*heading, "党员编号"], *([*rows[1], f"00{n}"] for n in (1, 2))]
    path = write_text(tmp_path / "c.csv", numbered)
    done = await deliver(town, ledger, path, "党员花名册", dry_run=True)
    assert [f.cell for f in done.report.warnings if "同名" in f.zh] == ["B2", "B3"]
    path = write_text(tmp_path / "b.csv", rows)
    done = await deliver(town, ledger, path, "党员花名册")
    told = [f for f in done.report.warnings if "同名" in f.zh]
    assert [(f.cell, f.zh.count("p-990301-r")) for f in told] == [("B2", 2)]
    kept, gone = re.findall(r"p-990301-r\d+", told[0].zh)[::-1]
    await merge(town.store, ledger, kept, gone, reason="同一人", who="甲")
    done = await deliver(town, ledger, path, "党员花名册")
    assert [f for f in done.report.warnings if "同名" in f.zh] == []
    assert (await nodes(town, "Person"))["李四"]["id"] == kept


async def test_a_row_that_is_there_twice_is_told(town: Graph, ledger: Ledger, tmp_path: Path) -> None:
    """Two quarters of one name would be one without a word."""
    rows = [["社区", "小区名称"], ["清泉社区", "望江苑"], ["清泉社区", "梧桐里"], ["清泉社区", "望江苑小区"]]
    done = await deliver(town, ledger, write_text(tmp_path / "a.csv", rows))
    assert [f.row for f in done.report.warnings if "没有新内容" in f.zh] == [4]
    assert len(await nodes(town, "Quarter")) == 2


async def test_two_numbers_of_one_name_are_two_things(town: Graph, ledger: Ledger, tmp_path: Path) -> None:
    """And stay so; numbers that turn out to count lines are refused."""
    heading: list[object] = ["编号", "社区", "小区名称", "户数"]
    rows: list[list[object]] = [
        ["001", "清泉社区", "锦帆里", 40],
        ["002", "清泉社区", "锦帆里", 41],
        ["003", "清泉社区", "望江苑", 42],
    ]
    await deliver(town, ledger, write_xlsx(tmp_path / "a.xlsx", [heading, *rows]))
    rows[1][3] = 43
    done = await deliver(town, ledger, write_xlsx(tmp_path / "b.xlsx", [heading, *rows]))
    assert (done.report.created, done.report.changed) == (0, 1)
    renamed = [rows[0], ["002", "清泉社区", "锦帆新里", 43], rows[2]]
    done = await deliver(town, ledger, write_xlsx(tmp_path / "c.xlsx", [heading, *renamed]))
    assert done.report.created == 0
    assert set(await nodes(town, "Quarter")) == {"锦帆里", "锦帆新里", "望江苑"}
    between = [rows[0], ["002", "清泉社区", "听雨楼", 5], ["003", "清泉社区", "锦帆新里", 43]]
    with pytest.raises(DeliveryRejected) as refused:
        await deliver(town, ledger, write_xlsx(tmp_path / "d.xlsx", [heading, *between]))
    assert [(f.cell, "流水号" in f.zh) for f in refused.value.findings] == [("A4", True)]


async def test_a_remark_keeps_no_personal_numbers(town: Graph, ledger: Ledger, tmp_path: Path) -> None:
    """They are stored nowhere, and a remark is where they are found."""
    note = "联系人张三 139-1111-2222，身份证99030119900101123X，0731-8234567；建于1998年，共1234567元"
    rows = [["社区", "小区名称", "户数", "备注"], ["清泉社区", "望江苑", "40", note]]
    done = await deliver(town, ledger, write_text(tmp_path / "a.csv", rows, separator="\t"))
    stored = (await nodes(town, "Quarter"))["望江苑"]["note"]
    assert stored == "联系人张三 …，身份证…，…；建于1998年，共1234567元"
    assert [f.cell for f in done.report.warnings if "未存" in f.zh] == ["D2"]
