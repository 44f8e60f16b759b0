"""The heading is found, and what each column is proposed, in forms that differ from place to place."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import BadParameter
from graph.loading.register.body import body_rows
from graph.loading.register.forms import (
    applied,
    best_kind,
    corrected,
    form_text,
    keep_form,
    made_of,
    path_of,
    read_form,
)
from graph.loading.register.headings import DROP, SKIP, known_as, meant, propose
from graph.loading.register.kinds import find_kind, kinds
from graph.loading.register.sheets import read_sheets
from graph.loading.register.shown import ShownSheet
from graph.loading.register.taking import sheets_of, take_form
from tests.loading.register.wild import write_sheets, write_text, write_xlsx

QUARTERS = find_kind("小区台账")
TWO_ROWS: list[list[object]] = [
    ["云山区住宅小区台账", *[None] * 8],
    ["序号", "社区", "小区名称", "物业情况", None, None, "业委会", None, None],
    [None, None, None, "物业公司", "负责人", "联系电话", "主任", "成员", "成立时间"],
    [None, "填写全称", "填写全称", "必填", None, None, None, None, "如：2015.07"],
    [1, "清泉社区", "清泉花园", "安居物业", "王强", "13800000000", "张三", "李四、王五", "2021年7月"],
    [2, None, "望江苑", "安居物业", "赵六", None, None, None, None],
    ["合计", None, 2, None, None, None, None, None, None],
    ["填表人：某某", *[None] * 8],
]
MERGED = ("A1:I1", "A2:A3", "B2:B3", "C2:C3", "D2:F2", "G2:I2", "B5:B6")


@pytest.mark.parametrize("merged", [MERGED, ()])
def test_a_heading_of_two_rows_below_a_title(tmp_path: Path, merged: tuple[str, ...]) -> None:
    """主任 below 业委会 is the committee's, merged or not; hints, totals and names at the end are no rows."""
    sheet = read_sheets(write_xlsx(tmp_path / "a.xlsx", TWO_ROWS, merged))[0]
    found = propose(sheet, QUARTERS)
    assert found is not None
    assert (found.first, found.last) == (1, 2)
    assert {c.heading: c.field for c in found.columns} == {
        "序号": SKIP,
        "社区": "community.name",
        "小区名称": "quarter.name",
        "物业情况/物业公司": "firm.name",
        "物业情况/负责人": "project.post.project_manager",
        "物业情况/联系电话": DROP,
        "业委会/主任": "committee.post.chair",
        "业委会/成员": "committee.post.member",
        "业委会/成立时间": "committee.elected_on",
    }
    assert body_rows(sheet, found.last) == [4, 5]
    assert found.columns[2].samples == ["清泉花园", "望江苑"]


@pytest.mark.parametrize(
    ("group", "heading", "field"),
    [
        ("业主委员会情况", "是否成立", "committee.exists"),
        ("业主委员会基本情况", "主任", "committee.post.chair"),
        ("物业服务情况", "负责人", "project.post.project_manager"),
        ("小区党组织情况", "书记", "branch.post.secretary"),
        ("物业服务情况", "到期时间", None),
        ("物业服务情况", "备注", "quarter.note"),
        ("小区物业", "户数", "quarter.households"),
    ],
)
def test_the_group_says_whose_a_column_is(
    group: str, heading: str, field: str | None, tmp_path: Path
) -> None:
    """What the group is about is read from its words; the end of a contract is not that of a term."""
    rows = [
        ["小区名称", "社区", group, None],
        [None, None, "联系电话", heading],
        ["清泉花园", "清泉社区", "1", "2"],
    ]
    sheet = read_sheets(write_xlsx(tmp_path / "a.xlsx", rows, ("A1:A2", "B1:B2", "C1:D1")))[0]
    found = propose(sheet, QUARTERS)
    assert found is not None
    assert [c.field for c in found.columns] == ["quarter.name", "community.name", DROP, field]


def test_personal_numbers_are_shown_nowhere(tmp_path: Path) -> None:
    """A column of telephone numbers has no samples."""
    sheet = read_sheets(write_xlsx(tmp_path / "a.xlsx", TWO_ROWS, MERGED))[0]
    found = propose(sheet, QUARTERS)
    assert found is not None
    assert "138" not in str([c.samples for c in found.columns])


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("户数（户）", "quarter.households"),
        ("＊建 筑 面 积", "quarter.floor_area_m2"),
        ("業委會主任", "committee.post.chair"),
        ("业主委员会备案日期", "committee.filed_on"),
        ("物业服务企业负责人", "project.post.project_manager"),
        ("业委会成员2", "committee.post.member"),
        ("业委会主任手机号", DROP),
        ("No.", SKIP),
        ("物管公司", "firm.name"),
        ("物业服务合同终止日期", "service.contract_until"),
        ("业委会组建情况", "committee.exists"),
        ("属地社区", "community.name"),
    ],
)
def test_spellings_of_a_heading(heading: str, field: str | None) -> None:
    """Units in brackets, blanks, full width, traditional characters and numbers do not hide a heading."""
    assert known_as(heading, QUARTERS) == field


def test_a_heading_is_one_column_of_a_kind() -> None:
    """Of a heading that stood at two columns the first would count without a word."""
    twice = [
        (kind.title, heading, field)
        for kind in kinds().values()
        for field, headings in kind.columns.items()
        for heading in headings
        if known_as(heading, kind) != field
    ]
    assert twice == []


def test_a_sheet_without_a_heading_is_none(tmp_path: Path) -> None:
    """One word that might be a heading makes no register."""
    assert propose(read_sheets(write_text(tmp_path / "a.csv", [["社区"], ["清泉社区"]]))[0], QUARTERS) is None


def test_a_file_without_a_heading_is_told(tmp_path: Path) -> None:
    """Empty, or of something else: the error names what is missing, not the form that would be made."""
    assert find_kind("小区台帐") is QUARTERS
    with pytest.raises(BadParameter, match="最接近的：业委会备案表"):
        find_kind("业委会备案")
    for rows, said in (([], "没有任何内容"), ([["甲", "乙"]], "找不到表头.*甲 乙")):
        path = write_text(tmp_path / "a.csv", rows)
        with pytest.raises(BadParameter, match=said):
            take_form(sheets_of(path), tmp_path, None, None, {})


def test_names_that_begin_like_a_hint_are_rows(tmp_path: Path) -> None:
    """示例小区 is what the invented district calls its quarters; 示例： says how to fill in."""
    rows = [["社区", "小区名称"], ["示例：某社区", "示例：某小区"], ["示例社区01", "示例小区001"]]
    sheet = read_sheets(write_text(tmp_path / "a.csv", rows))[0]
    assert body_rows(sheet, 0) == [2]
    forms = [["社区", "小区名称", "户数", "建成"], ["规范名称", "", "整数", "如2008"]]
    sheet = read_sheets(write_text(tmp_path / "b.csv", [*forms, ["如意社区", "如意苑", "1", "2008"]]))[0]
    assert body_rows(sheet, 0) == [2]


def test_of_two_columns_for_one_day_the_election_counts(tmp_path: Path) -> None:
    """When a committee was set up is not when it was elected, whichever stands first; 全称 is a name."""
    heading = ["社区", "小区", "业委会全称", "成立时间", "换届时间"]
    for columns in (heading, [*heading[:3], *heading[:2:-1]]):
        sheet = read_sheets(write_text(tmp_path / "a.csv", [columns, ["清泉社区", "清泉花园", "", "", ""]]))[
            0
        ]
        found = propose(sheet, find_kind("业委会备案表"))
        assert found is not None
        fields = {c.heading: c.field for c in found.columns}
        assert (fields["换届时间"], fields["成立时间"]) == ("committee.elected_on", None)
        assert fields["业委会全称"] == "committee.name"


def test_a_form_is_kept_corrected_and_used_again(tmp_path: Path) -> None:
    """A later delivery with columns in another order and a new one: the new one is not guessed."""
    sheet = read_sheets(write_xlsx(tmp_path / "a.xlsx", TWO_ROWS, MERGED))[0]
    proposed = propose(sheet, QUARTERS)
    assert proposed is not None
    form = corrected(
        made_of([proposed], QUARTERS), QUARTERS, {"物业情况/负责人": "物业负责人"}, {"社区": "清泉社区"}
    )
    path = tmp_path / "form.toml"
    path.write_text(form_text(form, QUARTERS), "utf-8")
    assert read_form(path) == form
    later = [
        ["小区名称", "社区", "物业情况", None, "户数", "业委会"],
        [None, None, "物业公司", "负责人", None, "主任"],
        ["清泉花园", "清泉社区", "安居物业", "王强", "1200", "张三"],
    ]
    again = applied(read_form(path), read_sheets(write_xlsx(tmp_path / "b.xlsx", later))[0])
    assert again is not None
    assert [c.field for c in again.columns] == [
        "quarter.name",
        "community.name",
        "firm.name",
        "project.post.project_manager",
        None,
        "committee.post.chair",
    ]


def test_two_departments_have_a_form_each(tmp_path: Path) -> None:
    """A second 小区台账 under other headings is proposed anew and kept beside the first, which stays."""
    first = [["社区", "小区名称", "户数", "物业公司"], ["清泉社区", "清泉花园", "1200", "安居物业"]]
    second = [["居委", "楼盘名称", "总套数", "面积"], ["清泉社区", "望江苑", "800", "90000"]]
    names = []
    for rows in (first, second, first, [*second, ["清泉社区", "松涛里", "90", "8000"]]):
        path, form, read = take_form(
            sheets_of(write_text(tmp_path / "a.csv", rows)), tmp_path, None, None, {}
        )
        path.parent.mkdir(exist_ok=True)
        path.write_text(form_text(form, QUARTERS), "utf-8")
        names.append(path.stem)
        assert {c.field for p in read for c in p.columns} >= {"community.name", "quarter.name"}
    assert names == ["小区台账", "小区台账2", "小区台账", "小区台账2"]
    strange = sheets_of(write_text(tmp_path / "b.csv", [["归属", "院落"], ["清泉社区", "望江苑"]]))
    with pytest.raises(BadParameter, match="--column"):
        take_form(strange, tmp_path, "小区台账", None, {})
    told = {"归属": "社区", "院落": "小区名称"}
    path, form, _ = take_form(strange, tmp_path, "小区台账", None, told)
    assert path.stem == "小区台账3"
    path.write_text(form_text(form, QUARTERS), "utf-8")
    assert take_form(strange, tmp_path, None, None, {})[0] == path


def test_a_form_says_what_is_wrong_in_it(tmp_path: Path) -> None:
    """A clerk who edits it by hand gets the words that there are."""
    path = tmp_path / "form.toml"
    path.write_text('kind = "小区台账"\n[columns]\n"户数" = "户口"\n', "utf-8")
    with pytest.raises(BadParameter, match="户口"):
        read_form(path)
    with pytest.raises(BadParameter):
        path_of(tmp_path, "../x")


def test_a_list_of_quarters_is_no_list_of_committees(tmp_path: Path) -> None:
    """Where no title tells, a register of committees has a column of committees."""
    rows = [["社区", "小区名称", "户数"], ["清泉社区", "清泉花园", "12"]]
    found = best_kind(read_sheets(write_text(tmp_path / "a.csv", rows)))
    assert found is not None
    assert found.title == "小区台账"


@pytest.mark.parametrize(
    "end", ["以下空白", "（以下空白）", "清泉社区小计", "本页合计", "共 2 个小区", "合计2户"]
)
def test_what_ends_a_list_is_no_row(end: str, tmp_path: Path) -> None:
    """以下空白 is four characters, and no person."""
    rows = [["序号", "姓名", "所在党支部"], ["1", "张三", "清泉花园党支部"], ["", end, ""]]
    sheet = read_sheets(write_text(tmp_path / "a.csv", rows))[0]
    assert body_rows(sheet, 0) == [1]


def test_a_heading_of_every_page_is_no_row(tmp_path: Path) -> None:
    """姓名 would be a person; what follows the list is none either."""
    heading = ["序号", "姓名", "所在党支部"]
    rows = [heading, ["1", "张三", "清泉花园党支部"], heading, ["2", "李四", "清泉花园党支部"]]
    end = [["街道意见：", "同意", ""], ["（盖章）", "", ""], ["", "2026年9月1日", ""]]
    sheet = read_sheets(write_text(tmp_path / "a.csv", [*rows, *end]))[0]
    assert body_rows(sheet, 0) == [1, 3]


def test_a_sheet_of_sums_is_no_sheet_of_the_register(tmp_path: Path) -> None:
    """It has columns of the register, and no row that names a quarter."""
    sums: list[list[object]] = [["社区", "小区数", "户数"], ["清泉社区", 2, 25]]
    rows: list[list[object]] = [["小区名称", "户数"], ["望江苑", 12], ["清泉花园", 13]]
    sheets = read_sheets(write_sheets(tmp_path / "a.xlsx", {"汇总": sums, "清泉社区": rows}))
    _, _, proposals = take_form(sheets, tmp_path, None, None, {})
    assert [p.sheet.name for p in proposals] == ["清泉社区"]


def test_a_form_takes_in_the_names_of_sheets(tmp_path: Path) -> None:
    """Members had a column for their branch once, and have a sheet for each now: none is of no branch."""
    rows: list[list[object]] = [
        ["姓名", "性别", "入党时间", "所在党支部"],
        ["张三", "男", "2001.7", "望江苑党支部"],
    ]
    sheets = read_sheets(write_xlsx(tmp_path / "a.xlsx", rows))
    path, form, _ = take_form(sheets, tmp_path, None, None, {})
    keep_form(path, form)
    apart: list[list[object]] = [
        ["姓名", "性别", "入党时间", "党员类型"],
        ["张三", "男", "2001.7", "预备党员"],
    ]
    names = ("望江苑党支部", "清泉花园党支部")
    sheets = read_sheets(write_sheets(tmp_path / "b.xlsx", dict.fromkeys(names, apart)))
    again, _, proposals = take_form(sheets, tmp_path, None, None, {})
    assert again == path
    for proposal in proposals:
        assert {"org.name", "person.party_status"} <= {c.field for c in proposal.columns}
    _, _, (first,) = take_form(read_sheets(tmp_path / "a.xlsx"), tmp_path, None, None, {})
    assert [c.field for c in first.columns].count("org.name") == 1


def test_a_heading_of_names_and_numbers_in_one_cell(tmp_path: Path) -> None:
    """业委会主任/电话 has the names; 电话 below 业委会主任 has the numbers alone."""
    one: list[list[object]] = [["小区名称", "户数", "业委会主任/电话"], ["清泉花园", 12, "张三/13800000000"]]
    (sheet,) = read_sheets(write_xlsx(tmp_path / "a.xlsx", one))
    assert field_of(sheet, "业委会主任/电话") == "committee.post.chair"
    two: list[list[object]] = [
        ["小区名称", "户数", "业委会", None, "业委会主任", None],
        [None, None, "主任/电话", "成立时间", "姓名", "电话"],
        ["清泉花园", 12, "张三/13800000000", "2021", "李四", "13800000000"],
    ]
    merged = ("A1:A2", "B1:B2", "C1:D1", "E1:F1")
    (sheet,) = read_sheets(write_xlsx(tmp_path / "b.xlsx", two, merged))
    assert field_of(sheet, "业委会/主任及电话") == "committee.post.chair"
    assert field_of(sheet, "业委会主任/电话") == "drop"


@pytest.mark.parametrize(
    ("heading", "kind", "field"),
    [
        ("项目经理、联系电话", "小区台账", "project.post.project_manager"),
        ("项目经理及电话", "小区台账", "project.post.project_manager"),
        ("项目经理电话", "小区台账", "drop"),
        ("姓名、电话", "党员花名册", "person.name"),
        ("网格员姓名和联系方式", "网格员名册", "grid.post.grid_worker"),
    ],
)
def test_names_with_numbers_are_names(heading: str, kind: str, field: str) -> None:
    """Whatever stands between the two words; of a number alone there is no name."""
    assert meant(heading, find_kind(kind)) == field


def field_of(sheet: ShownSheet, heading: str) -> str | None:
    """What a column of a 小区台账 is taken for."""
    proposal = propose(sheet, find_kind("小区台账"))
    assert proposal is not None
    return next(column.field for column in proposal.columns if column.heading == heading)
