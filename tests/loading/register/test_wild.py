"""Registers with the mess of real ones, each read without a word from the clerk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from graph.loading.register.known import IdsByName, KnownArea
from tests.loading.register.read_alone import CLEAR, PLANE, STREET, attempt, read, ties
from tests.loading.register.wild import write_ods, write_sheets, write_text, write_xls, write_xlsx


def quarters(folder: Path) -> Path:
    return write_xlsx(
        folder / "a.xlsx",
        [
            ["云山街道小区台账（2025年6月）"],
            ["序号", "所属社区", "小区名称", "总户数", "物业", None, "业委会", None, None],
            [None, None, None, None, "物业公司", "项目经理", "主任", "委员", "到期时间"],
            [None, "全称", "全称", "必填", "如：安居物业", None, None, None, "如：2026.07"],
            [
                1,
                "清泉社区",
                "清泉花园",
                "1,200户",
                "安居物业有限公司",
                "王强",
                "张三",
                "李四、王五",
                "2026.07",
            ],
            [2, None, "望江苑", 800, "安居物业有限责任公司", "王强 13800000000", "无", None, None],
            ["合计", None, 2, 2000],
            ["填表人：某某", None, None, "审核人：某某"],
        ],
        ("A1:I1", "A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:F2", "G2:I2", "B5:B6"),
    )


def organizations(folder: Path) -> Path:
    return write_xls(
        folder / "a.xls",
        [
            ["党组织花名册"],
            ["序号", "党组织名称", "上级党组织", "书记", "支委", "换届时间", "联系电话"],
            [1, "清泉花园小区党支部", "中共清泉社区委员会", "张三", "李四，王五", date(2024, 3, 1), "13800000000"],  # noqa: E501
            [2, "清泉社区党委", None, "周八", None, None, None],
            [3, "安居物业有限公司党支部", "清泉社区党委", "吴九", None, None, None],
        ],
        {(2, 5): "yyyy-mm"},
    )  # fmt: skip


def members(folder: Path) -> Path:
    return write_text(
        folder / "a.csv",
        [
            ["姓名", "性别", "身份证号", "所在党支部", "入党时间", "转正时间", "人员类别", "党内职务"],
            ["张三", "男", "990301199001011234", "清泉花园党支部", "201507", "2016年7月", "正式党员", "书记"],
            ["李四", "女", "990301199101011234", "清泉花园党支部", "2020", "", "正式党员", "组织委员"],
            ["钱七", "女", "", "清泉花园党支部", "2024-07-01", "", "预备党员", ""],
        ],
        "gb18030",
    )


def two_committees(folder: Path) -> Path:
    return write_ods(
        folder / "a.ods",
        [
            ["社区“两委”成员名册"],
            ["社区", "姓名", "性别", "职务", "手机号码"],
            ["清泉社区", "周八", "女", "书记、主任", "13800000000"],
            ["清泉社区", "吴九", "男", "副书记", None],
            ["清泉社区", "郑十", "女", "居委会委员", None],
            ["注：职务以换届文件为准"],
        ],
    )


def part_time(folder: Path) -> Path:
    return write_text(
        folder / "a.txt",
        [
            ["社区", "大党委名称", "姓名", "工作单位", "单位性质", "联系方式"],
            ["清泉社区", "清泉社区大党委", "冯十一", "云山农商行清泉支行", "银行", "13800000000"],
            ["清泉社区", "清泉社区大党委", "陈十二", "云山小学", "事业单位", ""],
        ],
        "gb18030",
        "\t",
    )


def co_building(folder: Path) -> Path:
    return write_xlsx(
        folder / "a.xlsx",
        [
            ["社区", "共建单位", "单位性质", "可提供资源", "资源类别", "数量", "计量单位"],
            ["清泉社区", "云山小学", "事业单位", "操场开放", "场地", 1, "处"],
            [None, "云山小学", "事业单位", "四点半课堂", "四点半课堂", 40, "人"],
            [None, "明理律师事务所", "新社会组织", "法律咨询", "法律咨询", None, None],
        ],
        ("A2:A4",),
    )


def committees(folder: Path) -> Path:
    return write_xls(
        folder / "a.xls",
        [
            ["业主委员会备案登记表"],
            ["社区", "小区", "业委会名称", "主任", "副主任", "委员", "选举时间", "备案日期", "任期届满", "是否备案"],  # noqa: E501
            ["清泉社区", "清泉花园", "清泉花园第二届业委会", "张三", "李四", "王五\n赵六", "2021年7月", date(2021, 8, 5), "202607", "√"],  # noqa: E501
            ["清泉社区", "望江苑", None, None, None, None, None, None, None, "×"],
        ],
        {(2, 7): "yyyy/m/d"},
    )  # fmt: skip


def grids(folder: Path) -> Path:
    return write_ods(
        folder / "a.ods",
        [
            ["社区", "网格名称", "户数", "网格员", "包联干部", "电话"],
            ["（全称）", "（全称）", "（填写整数）", None, None, None],
            ["清泉社区", "第一网格", "320户", "卫十三、蒋十四", "沈十五", "13800000000"],
            ["清泉社区", "第二网格", "280", "韩十六", "沈十五", None],
            ["小计", None, "600", None, None, None],
        ],
    )


POSTS = {
    quarters: (
        "小区台账",
        {
            ("张三", "清泉花园业主委员会", "chair"),
            ("李四", "清泉花园业主委员会", "member"),
            ("王五", "清泉花园业主委员会", "member"),
            ("王强", "清泉花园物业项目", "project_manager"),
            ("王强", "望江苑物业项目", "project_manager"),
        },
    ),
    organizations: (
        "党组织花名册",
        {
            ("张三", "清泉花园小区党支部", "secretary"),
            ("李四", "清泉花园小区党支部", "committee_member"),
            ("王五", "清泉花园小区党支部", "committee_member"),
            ("周八", "清泉社区党委", "secretary"),
            ("吴九", "安居物业有限公司党支部", "secretary"),
            ("清泉花园小区党支部", "清泉社区党委", ""),
            ("安居物业有限公司党支部", "清泉社区党委", ""),
        },
    ),
    members: (
        "党员花名册",
        {
            ("张三", "清泉花园党支部", ""),
            ("李四", "清泉花园党支部", ""),
            ("钱七", "清泉花园党支部", ""),
            ("张三", "清泉花园党支部", "secretary"),
            ("李四", "清泉花园党支部", "committee_member"),
        },
    ),
    two_committees: (
        "两委成员名册",
        {
            ("周八", "清泉社区党组织", "secretary"),
            ("周八", "清泉社区居民委员会", "director"),
            ("吴九", "清泉社区党组织", "deputy_secretary"),
            ("郑十", "清泉社区居民委员会", "member"),
        },
    ),
    part_time: (
        "兼职委员名册",
        {("冯十一", "清泉社区大党委", "part_time_member"), ("陈十二", "清泉社区大党委", "part_time_member")},
    ),
    co_building: (
        "共建单位与资源清单",
        {
            ("云山小学", "清泉社区党组织", ""),
            ("明理律师事务所", "清泉社区党组织", ""),
            ("云山小学", "操场开放", ""),
            ("云山小学", "四点半课堂", ""),
            ("明理律师事务所", "法律咨询", ""),
        },
    ),
    committees: (
        "业委会备案表",
        {
            ("张三", "清泉花园第二届业委会", "chair"),
            ("李四", "清泉花园第二届业委会", "vice_chair"),
            ("王五", "清泉花园第二届业委会", "member"),
            ("赵六", "清泉花园第二届业委会", "member"),
        },
    ),
    grids: (
        "网格员名册",
        {
            ("卫十三", "第一网格", "grid_worker"),
            ("蒋十四", "第一网格", "grid_worker"),
            ("韩十六", "第二网格", "grid_worker"),
            ("沈十五", "第一网格", "contact_cadre"),
            ("沈十五", "第二网格", "contact_cadre"),
        },
    ),
}


def survey(folder: Path) -> Path:
    """An old workbook with two titles, groups over its columns, ranges of days, and modes of management."""
    head = ["序号", "社区居委会", "小区（楼盘）名称", "规模", None, "物业管理", None, None]
    below = [
        None,
        None,
        None,
        "总套数（套）",
        "总建筑面积（万㎡）",
        "管理模式",
        "物业服务企业",
        "项目经理及电话",
    ]
    return write_xls(
        folder / "a.xls",
        [
            ["附件1"],
            ["云山街道住宅小区（物业管理区域）情况摸底表"],
            ["填报单位（盖章）：云山街道办事处"],
            [*head, "业主组织", None, "党的组织", None],
            [*below, "主任", "本届任期", "党组织名称", "书记姓名"],
            [1, "清泉社区居委会", "清泉花园", "1,286套", 12.5, "专业物业", "安居物业公司", "张安 0199-1234567", "李四", "2022.3-2027.3", "清泉花园党支部", "王五"],  # noqa: E501
            [2, "清泉社区居委会", "望江苑", 560, None, "社区代管", "无", None, None, None, None, None],
            [3, "清泉社区居委会", "明月里", 320, None, "业主自治", "/", None, "赵六", "2024年1月至2027年1月15日", None, None],  # noqa: E501
            [4, "松涛社区居委会", "松涛里", 90, None, None, "无", None, None, None, None, None],
        ],
        merged=[(3, 4, 0, 0), (3, 4, 1, 1), (3, 4, 2, 2), (3, 3, 3, 4), (3, 3, 5, 7), (3, 3, 8, 9), (3, 3, 10, 11)],  # noqa: E501
    )  # fmt: skip


def test_a_survey_of_two_rows_of_headings(tmp_path: Path) -> None:
    """A term is two days, names stand beside numbers, and what the community manages is not without 物业."""
    kind, delivery = read(survey(tmp_path))
    nodes = {n.properties["name"]: n.properties for n in delivery.nodes}
    assert kind == "小区台账"
    assert nodes["清泉花园"]["floor_area_m2"] == 125_000
    assert nodes["清泉花园业主委员会"]["elected_on"] == date(2022, 3, 1)
    assert nodes["清泉花园业主委员会"]["term_until"] == date(2027, 4, 1)
    assert nodes["明月里业主委员会"]["date_precision"] == ["elected_on:month"]
    assert nodes["明月里业主委员会"]["term_until"] == date(2027, 1, 15)
    modes = {n.removesuffix("物业项目"): p["mode"] for n, p in nodes.items() if n.endswith("物业项目")}
    assert modes == {"清泉花园": "contract", "望江苑": "community", "明月里": "self"}
    assert ("张安", "清泉花园物业项目", "project_manager") in ties(delivery, "HOLDS_POST")
    assert {n for n in nodes if n.endswith("居委会")} == set()
    assert nodes["松涛社区"]["level"] == "community"
    names = {n.id: n.properties["name"] for n in delivery.nodes}
    closed = {names[e.start] for e in delivery.edges if e.properties.get("subject") == "property_project"}
    assert closed == {"松涛里"}
    assert "1234567" not in repr(delivery)


def test_a_list_of_filings_in_tabs(tmp_path: Path) -> None:
    """项目名称 is the quarter's, 其他委员 are members, 7人 is a number, a term has both its days."""
    rows = [
        ["区县", "街道办", "居委", "项目名称", "业委会名称", "委员总数", "主任姓名", "主任手机", "其他委员", "本届任期起止"],  # noqa: E501
        ["某区", "云山街道", "清泉社区", "清泉花园", "清泉花园第二届业委会", "7人", "李四", "13800000000", "张三 王五 赵六", "2022-03-15至2027-03-14"],  # noqa: E501
        ["某区", "云山街道", "清泉社区", "望江苑", "", "", "", "", "", ""],
    ]  # fmt: skip
    kind, delivery = read(write_text(tmp_path / "备案.txt", rows, "gb18030", "\t"))
    (body,) = (n.properties for n in delivery.nodes if n.label == "OwnersCommittee")
    assert (kind, body["seats"], body["elected_on"]) == ("业委会备案表", 7, date(2022, 3, 15))
    assert body["term_until"] == date(2027, 3, 14)
    posts = {(who, post) for who, _, post in ties(delivery, "HOLDS_POST")}
    assert posts == {("李四", "chair"), ("张三", "member"), ("王五", "member"), ("赵六", "member")}


def test_a_sheet_for_each_community(tmp_path: Path) -> None:
    """Where no column says the community, the name of the sheet does; a sheet of remarks is none."""
    heading: list[object] = ["序", "小区", "住户", "物业公司", "是否有业委会", "联系人"]
    sheets: dict[str, list[list[object]]] = {
        name: [
            [f"云山街道{name}小区一览表"],
            heading,
            [1, quarter, 100, "和泰物业公司", "无", "某某"],
            ["合计"],
        ]
        for name, quarter in (("清泉社区", "清泉花园"), ("松涛社区", "松涛公馆"))
    }
    path = write_sheets(tmp_path / "a.xlsx", {**sheets, "说明": [["每季度更新"]]})
    kind, delivery = read(path)
    assert kind == "小区台账"
    assert {t[:2] for t in ties(delivery, "PART_OF")} == {
        ("清泉花园", "清泉社区"),
        ("松涛公馆", "松涛社区"),
        ("松涛社区", "云山街道"),
    }


def test_two_posts_in_one_word(tmp_path: Path) -> None:
    """书记兼主任 holds both; 群众 is no Party member, 预备党员 no full one."""
    rows: list[list[object]] = [
        ["社区“两委”班子成员花名册"],
        ["序号", "村（社区）", "姓名", "政治面貌", "职务"],
        [1, "清泉社区", "张三", "中共党员", "党总支书记兼居委会主任"],
        [2, "清泉社区", "李四", "中共预备党员", "党委委员、居委会委员"],
        [3, "清泉社区", "王五", "群众", "居委会副主任"],
    ]
    kind, delivery = read(write_xlsx(tmp_path / "a.xlsx", rows))
    assert kind == "两委成员名册"
    assert {(who, post) for who, _, post in ties(delivery, "HOLDS_POST")} == {
        ("张三", "secretary"),
        ("张三", "director"),
        ("李四", "committee_member"),
        ("李四", "member"),
        ("王五", "deputy_director"),
    }
    people = {
        n.properties["name"]: n.properties["party_status"] for n in delivery.nodes if n.label == "Person"
    }
    assert people == {"张三": "full", "李四": "probationary", "王五": "none"}


def test_organizations_say_where_they_are_by_their_names(tmp_path: Path) -> None:
    """Without a column for it: branches of one name below two communities are two, each below its own."""
    rows: list[list[object]] = [
        ["党组织名称", "上级党组织", "书记", "最近换届时间"],
        ["中共云山街道工作委员会", None, "周八", "2021.07"],
        ["中共清泉社区委员会", "中共云山街道工作委员会", "吴九", "2021.07"],
        ["望江苑党支部", "清泉社区党委", "张三", "2022.01"],
        ["望江苑党支部", "梧桐社区党委", "李四", "2023.05"],
    ]
    path, district = (
        write_xlsx(tmp_path / "党组织花名册.xlsx", rows),
        KnownArea("990300000000", "云山区", "district", frozenset(), True),
    )
    delivery = read(path, (district, STREET, CLEAR, PLANE), district)[1]
    names = {n.id: n.properties["name"] for n in delivery.nodes} | {
        a.id: a.name for a in (STREET, CLEAR, PLANE)
    }
    two = [n for n in delivery.nodes if n.properties["name"] == "望江苑党支部"]
    assert len({n.id for n in two}) == 2
    assert {str(n.properties["elected_on"]) for n in two} == {"2022-01-01", "2023-05-01"}
    edges = sorted((e.type, names[e.start], names[e.end]) for e in delivery.edges if e.type != "HOLDS_POST")
    assert edges == [
        ("COVERS", "中共云山街道工作委员会", "云山街道"),
        ("COVERS", "中共清泉社区委员会", "清泉社区"),
        ("COVERS", "梧桐社区党委", "梧桐社区"),
        ("SUBORDINATE_TO", "中共清泉社区委员会", "中共云山街道工作委员会"),
        ("SUBORDINATE_TO", "望江苑党支部", "中共清泉社区委员会"),
        ("SUBORDINATE_TO", "望江苑党支部", "梧桐社区党委"),
    ]


def test_members_are_of_the_branches_that_are_known(tmp_path: Path) -> None:
    """Without a column for the community the one branch of the name counts; 党员类别 may be the status."""
    rows = [
        ["姓名", "党员类别", "所在党支部"],
        ["张三", "正式党员", "望江轩党支部"],
        ["李四", "预备党员", "望江轩支部"],
    ]
    delivery = read(write_text(tmp_path / "党员花名册.csv", rows), branches=["望江轩党支部"])[1]
    assert {(e.type, e.end) for e in delivery.edges} == {("MEMBER_OF", "po-990301-1")}
    people = {
        n.properties["name"]: n.properties["party_status"] for n in delivery.nodes if n.label == "Person"
    }
    assert people == {"张三": "full", "李四": "probationary"}


def test_a_short_number_is_one_of_its_community(tmp_path: Path) -> None:
    """001 is the first grid of each; a whole code is that of one grid under whatever name."""
    heading = ["社区", "网格编号", "网格名称", "网格员"]
    first = [[name, "001", f"{name}第一网格", "张三"] for name in ("清泉社区", "梧桐社区")]
    delivery = read(write_text(tmp_path / "网格.csv", [heading, *first]), (STREET, CLEAR, PLANE))[1]
    assert len([n for n in delivery.nodes if n.label == "Grid"]) == 2
    whole = [heading, *(["清泉社区", "990301001001", name, "张三"] for name in ("一网格", "第1网格"))]
    delivery = read(write_text(tmp_path / "b.csv", whole), (STREET, CLEAR, PLANE))[1]
    assert len({n.id for n in delivery.nodes if n.label == "Grid"}) == 1


@pytest.mark.parametrize("write", list(POSTS), ids=lambda f: f.__name__)
def test_a_register_in_its_own_form(write: Callable[[Path], Path], tmp_path: Path) -> None:
    """The kind is known by the headings, and every name is in its place; personal numbers are nowhere."""
    kind, expected = POSTS[write]
    path = write(tmp_path)
    found, delivery = read(path)
    assert found == kind
    assert ties(delivery, "HOLDS_POST", "MEMBER_OF", "SUBORDINATE_TO", "CO_BUILDS", "OFFERS") == expected
    assert "1380000" not in repr(delivery)
    assert "1990010" not in repr(delivery)
    assert {n.id for n in read(path)[1].nodes} == {n.id for n in delivery.nodes}  # given anew, the same ids


def test_what_is_no_month_and_what_is_no_name_is_refused(tmp_path: Path) -> None:
    """A number 2021.1 may be 2021.10; 同上 and 见附件 look like names."""
    heading: list[object] = ["社区", "小区名称", "业委会主任", "业委会成立时间", "备注"]
    wrong: list[list[object]] = [
        ["清泉社区", "清泉花园", "张三", 2021.1, "见附件"],
        ["清泉社区", "望江苑", "同上", "2021.1", None],
        ["清泉社区", "望江阁", "见附件", 202110, None],
    ]
    errors = attempt(write_xlsx(tmp_path / "a.xlsx", [heading, *wrong]))[2]
    assert {f.cell for f in errors} == {"D2", "C3", "C4"}


def test_dates_of_members_keep_their_precision(tmp_path: Path) -> None:
    """201507 is a month, 2020 a year, 2024-07-01 a day."""
    delivery = read(members(tmp_path))[1]
    people = {n.properties["name"]: n.properties for n in delivery.nodes if n.label == "Person"}
    assert people["张三"]["party_joined_on"] == date(2015, 7, 1)
    assert people["张三"]["date_precision"] == ["party_full_on:month", "party_joined_on:month"]
    assert people["李四"]["date_precision"] == ["party_joined_on:year"]
    assert "date_precision" not in people["钱七"]


def test_a_tick_says_that_a_committee_is_filed(tmp_path: Path) -> None:
    """√ is true; a committee of which nothing else is said is not known for a ×."""
    delivery = read(committees(tmp_path))[1]
    found = {n.properties["name"]: n.properties for n in delivery.nodes if n.label == "OwnersCommittee"}
    assert set(found) == {"清泉花园第二届业委会"}
    filed = found["清泉花园第二届业委会"]
    assert (filed["filed"], filed["filed_on"]) == (True, date(2021, 8, 5))
    assert filed["date_precision"] == ["elected_on:month", "term_until:month"]
    # An end is exclusive: a term that ends in July 2026 is over on 1 August, not on 1 July.
    assert (filed["elected_on"], filed["term_until"]) == (date(2021, 7, 1), date(2026, 8, 1))


def test_who_serves_where_the_organization_is_named_serves(tmp_path: Path) -> None:
    """The name of 清泉社区大党委 says whose it is without a column 社区; else the row is an error."""
    rows = [["大党委", "姓名", "单位"], ["清泉社区大党委", "冯十一", "云山农商行"]]
    delivery = read(write_text(tmp_path / "a.csv", rows))[1]
    assert ties(delivery, "HOLDS_POST") == {("冯十一", "清泉社区大党委", "part_time_member")}
    nowhere = [rows[0], ["云山大党委", "冯十一", "云山农商行"]]
    assert "没有社区" in attempt(write_text(tmp_path / "b.csv", nowhere))[2][0].zh


def test_full_names_of_organizations_are_theirs(tmp_path: Path) -> None:
    """中共云山街道清泉社区委员会 is that of 清泉社区; a branch is one under its full and its short name."""
    rows = [
        ["党组织名称", "上级党组织", "书记"],
        ["中共云山街道工作委员会", "", "张三"],
        ["中共云山街道清泉社区委员会", "中共云山街道工作委员会", "李四"],
        ["中共云山街道清泉社区第一支部委员会", "清泉社区党委", "王五"],
        ["清泉社区第二党支部", "中共云山街道清泉社区委员会", "赵六"],
    ]
    delivery = read(write_text(tmp_path / "党组织花名册.csv", rows))[1]
    names = {n.id: n.properties["name"] for n in delivery.nodes}
    assert {(names[e.start], e.end) for e in delivery.edges if e.type == "COVERS"} == {
        ("中共云山街道工作委员会", STREET.id),
        ("中共云山街道清泉社区委员会", CLEAR.id),
    }
    assert len(ties(delivery, "SUBORDINATE_TO")) == 3
    known = IdsByName("990301", {a.id: a for a in (STREET, CLEAR)}, names={CLEAR.id: CLEAR.name})
    spellings = ("第一党支部", "清泉社区第一党支部", "中共云山街道清泉社区第一支部委员会")
    assert {known.plain("PartyOrganization", name, CLEAR.id) for name in spellings} == {"1党支部"}
    streets = ("云山街道机关党支部", "石桥街道机关党支部")
    assert len({known.plain("PartyOrganization", name) for name in streets}) == 2


def test_rows_of_one_thing_say_days_of_it_together(tmp_path: Path) -> None:
    """The first row has the month of its election, the second that of its end."""
    rows = [
        ["社区", "小区名称", "业委会名称", "选举时间", "任期届满"],
        ["清泉社区", "望江苑", "望江苑业委会", "2024.5", ""],
        ["清泉社区", "望江苑", "望江苑业委会", "", "2029.5"],
    ]
    delivery = read(write_text(tmp_path / "业委会备案表.csv", rows))[1]
    (committee,) = [n.properties for n in delivery.nodes if n.label == "OwnersCommittee"]
    assert sorted(committee["date_precision"]) == ["elected_on:month", "term_until:month"]


def test_a_line_of_its_own_names_the_community_of_the_rows_below(tmp_path: Path) -> None:
    """As lists are printed that have no column for it."""
    rows: list[list[object]] = [
        ["云山街道住宅小区台账", None, None],
        ["序号", "小区名称", "户数"],
        [None, "户", None],
        ["一、清泉社区（1个小区）", None, None],
        [1, "清泉花园", 12],
        [None, "铁路新村", None],
        ["（二）梧桐社区", None, None],
        [1, "梧桐里", 13],
    ]
    delivery = read(write_xlsx(tmp_path / "a.xlsx", rows, ("A1:C1", "A4:C4")), (STREET, CLEAR, PLANE))[1]
    names = {n.id: n.properties["name"] for n in delivery.nodes}
    lie = {(names[e.start], e.end) for e in delivery.edges if e.type == "PART_OF"}
    assert lie == {("清泉花园", CLEAR.id), ("铁路新村", CLEAR.id), ("梧桐里", PLANE.id)}


def test_a_short_number_of_a_person_is_one_of_the_branch(tmp_path: Path) -> None:
    """001 is the first member of each; a whole number of two names is an error."""
    heading = ["社区", "党员编号", "姓名", "所在党支部"]
    rows = [["清泉社区", "001", "张三", "清泉花园党支部"], ["清泉社区", "001", "李四", "望江苑党支部"]]
    delivery = read(write_text(tmp_path / "a.csv", [heading, *rows]))[1]
    assert {n.properties["name"] for n in delivery.nodes if n.label == "Person"} == {"张三", "李四"}
    whole = [["清泉社区", "990301001", name, "望江苑党支部"] for name in ("张三", "李四")]
    found = attempt(write_text(tmp_path / "b.csv", [heading, *whole]))[2]
    assert [(f.cell, "姓名不同" in f.zh) for f in found] == [("B3", True)]


def test_a_village_has_a_committee_of_villagers(tmp_path: Path) -> None:
    """村委会主任 is its director, 村党支部书记 the secretary of its organization."""
    rows = [["社区", "姓名", "职务"], ["浦口村", "张三", "村党支部书记兼村委会主任"]]
    delivery = read(write_text(tmp_path / "两委.csv", rows))[1]
    assert ties(delivery, "HOLDS_POST") == {
        ("张三", "浦口村党组织", "secretary"),
        ("张三", "浦口村村民委员会", "director"),
    }
    estate = [["社区", "姓名", "职务"], ["铁路新村", "李四", "主任"]]
    delivery = read(write_text(tmp_path / "两委2.csv", estate))[1]
    assert ties(delivery, "HOLDS_POST") == {("李四", "铁路新村居民委员会", "director")}
