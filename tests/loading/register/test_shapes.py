"""Registers in shapes that are told apart, read whole, or refused; nothing in them is made up or lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from graph.errors import BadParameter
from graph.loading.check import Checker
from graph.loading.findings import Finding, kind_of
from graph.loading.register.days import read_day, read_term
from graph.loading.register.forms import best_kind
from graph.loading.register.likeness import same_name
from graph.loading.register.names import Named, read_names
from graph.loading.register.sheets import read_sheets
from graph.loading.register.taking import take_form
from graph.loading.register.values import is_absent, read_amount, read_truth
from tests.loading.register.read_alone import PLANE, STREET, attempt, read, ties
from tests.loading.register.wild import write_text

HEADING = ["社区", "小区名称", "物业公司", "小区党支部", "业委会", "业委会主任"]


def findings(folder: Path, *rows: list[str]) -> list[Finding]:
    """What is said of rows that are wrong or doubtful."""
    return attempt(write_text(folder / "a.csv", [*rows]))[1].findings


def named(folder: Path, *rows: list[str]) -> dict[str, dict[str, Any]]:
    """The nodes of rows by name."""
    _, delivery = read(write_text(folder / "a.csv", [*rows]))
    return {str(n.properties["name"]): n.properties for n in delivery.nodes}


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        (["社区", "姓名", "性别", "担任职务", "当选时间", "任期"], "两委成员名册"),
        (["社区", "姓名", "性别", "职务", "任职时间"], "两委成员名册"),
        (["社区", "姓名", "性别", "党内职务", "所在党支部"], "党员花名册"),
        (["社区", "兼职委员", "工作单位", "聘任时间"], "兼职委员名册"),
        (["社区", "小区", "业委会名称", "姓名", "职务", "任期"], "业委会备案表"),
    ],
)
def test_a_name_and_a_day_make_nobody_a_part_time_member(
    tmp_path: Path, heading: list[str], kind: str
) -> None:
    """Without a title the columns say what the register is of, and a post is not given by default."""
    file = write_text(tmp_path / "a.csv", [heading, ["清泉社区", *("甲" for _ in heading[1:])]])
    found = best_kind(read_sheets(file))
    assert found is not None
    assert found.title == kind


def test_a_committee_may_have_a_row_for_each_member(tmp_path: Path) -> None:
    """姓名 and 职务 beside the committee are its members, each with their post and politics."""
    file = write_text(
        tmp_path / "a.csv",
        [
            ["社区", "小区", "业委会名称", "姓名", "职务", "政治面貌"],
            ["清泉社区", "清泉花园", "清泉花园业委会", "张三", "主任", "中共党员"],
            ["清泉社区", "清泉花园", "清泉花园业委会", "李四", "委员", "群众"],
        ],
    )
    _, delivery = read(file)
    assert ties(delivery, "HOLDS_POST") == {
        ("张三", "清泉花园业委会", "chair"),
        ("李四", "清泉花园业委会", "member"),
    }


@pytest.mark.parametrize("text", ["清泉社区、梧桐社区", "清泉，梧桐社区", '"清泉社区\n梧桐社区"'])
def test_several_communities_of_a_row_are_none(tmp_path: Path, text: str) -> None:
    """清泉社区、梧桐社区 is no community, and is said once."""
    found = findings(tmp_path, ["社区", "小区名称", "户数"], [text, "清泉花园", "3"])
    assert [f.column for f in found] == ["社区"]


def test_a_name_in_two_lines_is_one(tmp_path: Path) -> None:
    """A narrow column breaks names: the community, and the firm, are the ones that they are in one line."""
    rows = [HEADING[:3], ['"清泉社区\n居委会"', "清泉花园", '"深圳市安居物业管理\n有限公司清泉分公司"']]
    assert findings(tmp_path, *rows) == []


@pytest.mark.parametrize("text", ["安居物业有限公司、康宁物业有限公司", "原安居物业；现康宁物业"])
def test_several_firms_of_a_cell_are_none(tmp_path: Path, text: str) -> None:
    """No firm is called so; which one is there now has to be said."""
    found = findings(tmp_path, HEADING[:3], ["清泉社区", "清泉花园", text])
    assert [(f.level, f.column) for f in found] == [("error", "物业公司")]


@pytest.mark.parametrize("aside", ["（二级资质）", "（前期）", "(国企)"])
def test_what_is_said_of_a_firm_makes_no_other_firm(aside: str) -> None:
    """安居物业有限公司（二级资质） is 安居物业有限公司; a branch of it is another."""
    name = "安居物业有限公司"
    assert same_name("PropertyFirm", name + aside) == same_name("PropertyFirm", name)
    assert same_name("PropertyFirm", f"{name}（清泉分公司）") != same_name("PropertyFirm", name)


@pytest.mark.parametrize(
    "text", ["自2023年1月起至2025年12月止", "2023年1月至2025年12月止", "2023年1月份-2025年12月份"]
)
def test_terms_in_the_words_of_contracts(text: str) -> None:
    """自, 起, 止 and 份 say nothing more."""
    assert [read_day(part).precision for part in read_term(text)] == ["month", "month"]


def test_two_names_read_as_one_are_a_warning(tmp_path: Path) -> None:
    """鹭洲新苑一、二期 is one quarter, 望江苑、东湖苑 looks like two."""
    rows = [HEADING[:3], ["清泉社区", "鹭洲新苑一、二期", "无"], ["清泉社区", "望江苑、东湖苑", "无"]]
    assert [(f.level, f.row) for f in findings(tmp_path, *rows)] == [("warning", 3)]


@pytest.mark.parametrize("text", ["有", "√", "已成立（第二届）"])
def test_yes_is_no_name(tmp_path: Path, text: str) -> None:
    """有 in a column for the branch says that there is one, and not what it is called."""
    found = named(tmp_path, HEADING, ["清泉社区", "清泉花园", "安居物业", text, text, "张三"])
    assert {"清泉花园党支部", "清泉花园业主委员会"} <= found.keys()
    assert text not in found


@pytest.mark.parametrize("text", ["正在筹建", "筹备中", "待成立"])
def test_what_is_being_set_up_is_no_branch(tmp_path: Path, text: str) -> None:
    """Whether there is one by now nobody can tell from it."""
    found = findings(tmp_path, HEADING[:4], ["清泉社区", "清泉花园", "安居物业", text])
    assert [(f.level, f.column) for f in found] == [("error", "小区党支部")]


def test_none_with_the_mode_in_brackets(tmp_path: Path) -> None:
    """无（业主自管） is no firm of that name, and says how the property is managed."""
    found = named(tmp_path, HEADING[:3], ["清泉社区", "清泉花园", "无（业主自管）"])
    assert found["清泉花园物业项目"]["mode"] == "self"
    assert "无（业主自管）" not in found


@pytest.mark.parametrize("text", ["张校长", "王女士", "张三主任", "張經理"])
def test_a_title_is_no_name(text: str) -> None:
    """Who is only addressed could be anybody."""
    with pytest.raises(ValueError, match="a title"):
        read_names(text, "、", "Unit")


def test_what_stands_in_brackets_is_not_lost_in_silence(tmp_path: Path) -> None:
    """（预备） says something that a column of its own would; （女） goes without saying."""
    rows = [["姓名", "所在党支部", "入党时间"], ["张三（女）", "清泉社区第一党支部", "2020"]]
    assert findings(tmp_path, *rows) == []
    rows = [*rows, ["李四（预备）", "清泉社区第一党支部", "2024"]]
    assert [(f.level, f.row) for f in findings(tmp_path, *rows)] == [("warning", 3)]
    assert read_names("李四（预备）", "、", "PartyOrganization") == [Named("李四", None, "预备")]


def test_posts_with_words_in_brackets_and_traditional_ones(tmp_path: Path) -> None:
    """支部书记（兼） is one post; 黨總支書記 is 党总支书记."""
    file = write_text(
        tmp_path / "a.csv",
        [
            ["社区", "姓名", "职务", "任职时间"],
            ["清泉社区", "周八", "黨總支書記、居民委員會主任", "2021.1至今"],
            ["梧桐社区", "吴九", "支部书记（兼）", "2021年1月-至今"],
        ],
    )
    _, delivery = read(file, areas=(STREET, PLANE))
    assert {role for _, _, role in ties(delivery, "HOLDS_POST")} == {"secretary", "director"}
    posts = [e.properties for e in delivery.edges if e.type == "HOLDS_POST"]
    assert {str(p["since"]) for p in posts} == {"2021-01-01"}


def test_words_in_traditional_characters() -> None:
    """無 is 无, 尚未聘請物業 no firm, 戶 a unit, 備案 done."""
    assert is_absent("無")
    assert is_absent("尚未聘請物業")
    assert read_amount("800戶", "户") == (800, "exact")
    assert read_truth("已備案")


def test_remarks_below_the_rows(tmp_path: Path) -> None:
    """Where the figures come from is no row, nor are 合計 and 註."""
    ends = [
        ["合計", "", "3"],
        ["註：以住建部門為準", "", ""],
        ["数据来源：住建局", "", ""],
        ["截至2025年6月", "", ""],
    ]
    found = named(tmp_path, ["社区", "小区名称", "户数"], ["清泉社区", "清泉花园", "3"], *ends)
    assert found.keys() == {"清泉花园", "台账"}


def test_an_amount_with_its_unit(tmp_path: Path) -> None:
    """12场/年 is 12 of 场/年; 单位 behind 数量 is that of the amount."""
    heading = ["社区", "共建单位", "资源名称", "资源类别", "数量"]
    found = named(tmp_path, heading, ["清泉社区", "云山医院", "讲座", "医疗", "12场/年"])
    assert (found["讲座"]["capacity"], found["讲座"]["capacity_unit"]) == (12, "场/年")
    found = named(tmp_path, [*heading, "单位"], ["清泉社区", "云山银行", "捐资", "资金", "5", "万元"])
    assert (found["捐资"]["capacity"], found["捐资"]["capacity_unit"]) == (5, "万元")


def test_a_column_that_is_missing_is_said_in_words_of_the_register(tmp_path: Path) -> None:
    """资源类别, once; not `category`, and not once more for every tie of what could not be read."""
    rows = [["社区", "共建单位", "资源名称"], ["清泉社区", "云山小学", "样例资源"]]
    file = write_text(tmp_path / "a.csv", rows)
    assert [(f.cell, "“资源类别”" in f.zh) for f in attempt(file)[2]] == [("C2", True)]


def test_a_term_beside_the_committee_is_the_committees(tmp_path: Path) -> None:
    """任期 says whose it is by what stands to its left."""
    heading = ["社区", "小区名称", "物业公司", "物业负责人", "业委会主任", "业委会成立时间", "任期"]
    found = named(
        tmp_path, heading, ["清泉社区", "清泉花园", "安居物业", "王强", "张三", "2021", "2021-2026"]
    )
    assert str(found["清泉花园业主委员会"]["term_until"]) == "2027-01-01"


def test_two_at_one_time_are_named_as_the_clerk_knows_them(tmp_path: Path) -> None:
    """Firms by name, holders of a post by id and post; no word of the model, and no id of an edge."""
    heading = ["社区", "小区名称", "物业公司", "业委会主任"]
    rows = [
        ["清泉社区", "清泉花园", "安居物业有限公司", "张三"],
        ["清泉社区", "清泉花园", "康宁物业有限公司", "李四"],
    ]
    _, delivery, _ = attempt(write_text(tmp_path / "a.csv", [heading, *rows]))
    said = [f.zh for f in Checker(delivery, {}).check() if "同时有" in f.zh]
    assert any("（由…运营）：“安居物业有限公司”（" in zh and "、“康宁物业有限公司”（" in zh for zh in said)
    assert any("（任职）：p-990301-r000001 主任、p-990301-r000002 主任" in zh for zh in said)
    assert not [zh for zh in said if "~" in zh or "_" in zh]
    again = [["清泉社区", "望江苑", "康宁物业有限公司", name] for name in ("王五", "赵六")]
    _, delivery, _ = attempt(write_text(tmp_path / "b.csv", [heading, *rows, *again]))
    kinds = [kind_of(f) for f in Checker(delivery, {}).check() if "（任职）" in f.zh]
    assert kinds == ["…（…） 同时有两条关系（任职）"] * 2


PAGE = [
    ["小区名称", "清泉花园", "所属社区", "清泉社区"],
    ["业委会名称", "清泉花园业委会", "备案日期", "2023.5.6"],
    ["主任", "张三", "副主任", "李四"],
    ["委员", "王五", "任期", "2023.5-2028.5"],
]


@pytest.mark.parametrize("rows", [PAGE, [*PAGE, *PAGE], [["社区", "小区名称", "业委会名称", "主任"]]])
def test_a_page_for_each_is_no_register_nor_is_a_heading_alone(tmp_path: Path, rows: list[list[str]]) -> None:
    """What would load no row would end all that an earlier delivery had."""
    file = write_text(tmp_path / "a.csv", rows)
    with pytest.raises(BadParameter, match="row"):
        take_form(read_sheets(file), tmp_path, "业委会备案表", None, {})


def test_a_term_that_differs_is_told_at_its_column(tmp_path: Path) -> None:
    """Both days of 任期 stand in one column, and that is what the clerk sees."""
    rows = [
        ["社区", "小区", "业委会名称", "任期"],
        ["清泉社区", "清泉花园", "清泉花园业委会", "2015.5-2020.5"],
        ["清泉社区", "清泉花园", "清泉花园业委会", "2015.5-2025.5"],
    ]
    assert [f.column for f in findings(tmp_path, *rows)] == ["任期"]
