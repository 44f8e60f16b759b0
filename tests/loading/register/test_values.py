"""Words of a cell become values, or a clear error; nothing is guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz, process

from graph.loading.cells import BadCell
from graph.loading.register.days import Day, read_day, read_term
from graph.loading.register.kinds import kinds, post_words
from graph.loading.register.likeness import _TELLING, MOST_NEAR, NEAR, Names, clean, firm_core, same_name
from graph.loading.register.names import Named, read_names, read_post
from graph.loading.register.shown import Number
from graph.loading.register.values import is_absent, read_amount, read_truth, with_unit
from graph.model import POSTS
from graph.private import PERSONAL_NUMBER, has_numbers


@pytest.mark.parametrize(
    ("text", "first", "precision", "last"),
    [
        ("2015", date(2015, 1, 1), "year", date(2015, 12, 31)),
        ("2015年", date(2015, 1, 1), "year", date(2015, 12, 31)),
        ("2015.07", date(2015, 7, 1), "month", date(2015, 7, 31)),
        ("2015年7月", date(2015, 7, 1), "month", date(2015, 7, 31)),
        ("2016-02", date(2016, 2, 1), "month", date(2016, 2, 29)),
        ("201507", date(2015, 7, 1), "month", date(2015, 7, 31)),
        ("2015-07-01", date(2015, 7, 1), "day", date(2015, 7, 1)),
        ("2015．7．1", date(2015, 7, 1), "day", date(2015, 7, 1)),
        ("20150701", date(2015, 7, 1), "day", date(2015, 7, 1)),
        (Number("2015.07"), date(2015, 7, 1), "month", date(2015, 7, 31)),
    ],
)
def test_days_of_every_precision(text: str, first: date, precision: str, last: date) -> None:
    """The precision that the register has is kept: no day is made of a month."""
    assert read_day(text) == Day(first, precision)
    assert read_day(text).last == last


@pytest.mark.parametrize("text", ["2015.13", "2015-02-30", "七月", "15.7", Number("2021.1"), "99999999"])
def test_what_is_no_certain_day_is_an_error(text: str) -> None:
    """2021.10 typed as a number shows 2021.1: January or October."""
    with pytest.raises(BadCell):
        read_day(text)


@pytest.mark.parametrize(
    ("text", "unit", "value", "qualifier"),
    [
        ("1,200", "户", 1200, "exact"),
        ("1200户", "户", 1200, "exact"),
        ("10.5万平方米", "m²", 105_000, "exact"),
        ("３２００㎡", "m²", 3200, "exact"),
        ("约800", "户", 800, "about"),
        ("500余户", "户", 500, "at_least"),
        ("1000户以上", "户", 1000, "at_least"),
        ("300左右", "户", 300, "about"),
    ],
)
def test_amounts_have_value_and_qualifier(text: str, unit: str, value: float, qualifier: str) -> None:
    """Units and 万 are read; 约, 余 and 以上 are not lost."""
    assert read_amount(text, unit) == (pytest.approx(value), qualifier)


@pytest.mark.parametrize(
    ("text", "heading", "said"),
    [
        ("10.5", "建筑面积（万平方米）", "10.5万平方米"),
        ("10.5", "面积(单位：万㎡)", "10.5万㎡"),
        ("1,200", "建筑面积\n（平方米）", "1,200平方米"),
        ("105000㎡", "建筑面积（万平方米）", "105000㎡"),
        ("12", "面积（亩）", "12亩"),
        ("12", "建筑面积（含商铺）", "12"),
        ("12", "建筑面积", "12"),
        ("4.5（地上）", "建筑面积（万㎡）", "4.5万㎡"),
        ("约4.5", "建筑面积（万㎡）", "约4.5万㎡"),
        ("4.5左右", "建筑面积（万㎡）", "4.5万㎡左右"),
    ],
)
def test_a_heading_says_the_unit_of_bare_numbers(text: str, heading: str, said: str) -> None:
    """12.5 under 万平方米 is no 12.5 m²; a cell that says its own unit, or a remark in brackets, is left."""
    assert with_unit(text, heading, "m²") == said


def test_tens_of_thousands_are_exact() -> None:
    """2.03 times 10,000 is 20,300, and 1.13千 households are a whole number."""
    assert read_amount("2.03万", "m²") == (20_300, "exact")
    assert read_amount("1.13千户", "户") == (1_130, "exact")


@pytest.mark.parametrize(("text", "unit"), [("12亩", "m²"), ("若干", "户"), ("3栋12", "户"), ("100人", "户")])
def test_amounts_in_another_unit_are_errors(text: str, unit: str) -> None:
    """A number of people is no number of households."""
    with pytest.raises(BadCell):
        read_amount(text, unit)


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("√", True),
        ("有", True),
        ("已成立", True),
        ("×", False),
        ("无", False),
        ("未", False),
        ("未成立业委会", False),
    ],
)
def test_yes_and_no(text: str, truth: bool) -> None:
    """Ticks and words alike."""
    assert read_truth(text) is truth


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("张三、李四；王五", ["张三", "李四", "王五"]),
        ("张 三", ["张三"]),
        ("张三 李四", ["张三", "李四"]),
        ("张三13800000000", ["张三"]),
        ("阿依古丽·买买提，张三", ["阿依古丽·买买提", "张三"]),
        ("无", []),
        ("张三（兼）\n李四", ["张三", "李四"]),
        ("张三\n13800000000、李四/0990-1234567", ["张三", "李四"]),
        ("阿依古丽•买买提、古丽娜尔.买买提", ["阿依古丽·买买提", "古丽娜尔·买买提"]),
        ("未选出、空岗", []),
        ("张三：13911112222", ["张三"]),
        ("欧阳 娜娜", ["欧阳娜娜"]),
        ("王成立、徐兼", ["王成立", "徐兼"]),
    ],
)
def test_several_names_share_a_cell(text: str, names: list[str]) -> None:
    """Whatever stands between them; telephone numbers beside them are left out."""
    assert [p.name for p in read_names(text, "、,，;；/|\n", "OwnersCommittee")] == names


def test_posts_beside_names_are_read_in_the_body() -> None:
    """主任 of an owners' committee is its chair; 委员 its member."""
    found = read_names("主任：张三；委员：李四、王五（副主任）", "、,，;；/|\n", "OwnersCommittee")
    assert found == [Named("张三", "chair"), Named("李四", "member"), Named("王五", "vice_chair")]
    assert read_post("主任", "ResidentsCommittee") == ("director", None)
    assert read_post("组织委员", "PartyOrganization") == ("committee_member", "organization")
    assert read_post("党总支组织委员", "PartyOrganization") == ("committee_member", "organization")
    assert read_post("统战委员", "PartyOrganization") == ("committee_member", None)
    with pytest.raises(BadCell, match="expected"):
        read_post("书记", "OwnersCommittee")


@pytest.mark.parametrize("beside", ["已辞职", "原", "2025年去世", "拟任", "原任主任"])
def test_who_has_left_is_nobody_in_a_post(beside: str) -> None:
    """Stored as the holder of the post would be whoever the register says has left it."""
    with pytest.raises(BadCell, match="does not hold the post"):
        read_names(f"张三、李四（{beside}）", "、", "OwnersCommittee")


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("无物业公司", True),
        ("未聘请物业", True),
        ("尚未成立业委会", True),
        ("无锡路物业", False),
        ("未来物业公司", False),
    ],
)
def test_words_that_say_that_there_is_none(text: str, absent: bool) -> None:
    """They are no names of firms or committees."""
    assert is_absent(text) is absent


@pytest.mark.parametrize("text", ["主任张三 委员李四", "主任 张三 委员 李四", "张三(主任)李四(委员)"])
def test_posts_before_names_and_behind_are_no_names(text: str) -> None:
    """主任张三 is four characters, and no person."""
    assert read_names(text, "、", "OwnersCommittee") == [Named("张三", "chair"), Named("李四", "member")]


@pytest.mark.parametrize("text", ["筹备中", "社区代管", "见名单", "正在换届", "已解散", "物业代管"])
def test_short_sentences_are_no_names(text: str) -> None:
    """They are as long as names, and would be persons in posts."""
    with pytest.raises(BadCell):
        read_names(text, "、", "OwnersCommittee")


def test_what_is_said_beside_a_post_is_no_other_post() -> None:
    """书记（兼） is the secretary, 主任（一肩挑） the director."""
    assert read_post("书记（兼）", "PartyOrganization") == ("secretary", None)
    assert read_post("居委会主任（一肩挑）", "ResidentsCommittee") == ("director", None)


@pytest.mark.parametrize("text", ["2023/5/1 0:00", "2023-05-01 00:00:00", "2023-05-01T00:00:00.000"])
def test_a_day_of_a_text_file_may_have_midnight_behind_it(text: str) -> None:
    """As Excel and databases write it."""
    assert read_day(text) == Day(date(2023, 5, 1), "day")


def test_a_sentence_is_no_name() -> None:
    """What is no name is refused and not stored as a person."""
    with pytest.raises(BadCell):
        read_names("由社区书记暂时代管", "、", "OwnersCommittee")


def test_words_for_posts_mean_posts_that_the_body_has() -> None:
    """The vocabulary agrees with the model, for every kind of register."""
    assert kinds()
    for label, posts in POSTS.items():
        assert set(post_words(label).values()) <= set(posts)


@pytest.mark.parametrize(
    ("label", "one", "two", "same"),
    [
        ("Quarter", "清泉花园小区", "清泉花園", True),
        ("Quarter", "清泉·花园 第一期", "清泉花园1期", True),
        ("Quarter", "清泉花园一期", "清泉花园二期", False),
        ("Quarter", "清泉花园", "清泉苑", False),
        ("PropertyFirm", "安居物业有限公司", "安居物业有限责任公司", True),
        ("PropertyFirm", "安居物业有限公司云山分公司", "安居物业有限公司", False),
        ("PartyOrganization", "中共清泉花园小区党支部", "清泉花园党支部委员会", True),
        ("PartyOrganization", "中共清泉社区委员会", "清泉社区党委", True),
        ("PartyOrganization", "清泉社区党总支部委员会", "清泉社区党总支", True),
        ("PartyOrganization", "清泉社区党总支", "清泉社区党委", False),
        ("Area", "清泉社区居委会", "清泉社区", True),
        ("Person", "张 三", "张三", True),
        ("Area", "浦口村", "浦口村委会", True),
        ("Area", "清泉社区", "清泉社区居委", True),
        ("Area", "浦口村民委员会", "浦口村", True),
        ("Area", "浦口村", "浦口新村", False),
    ],
)
def test_when_two_names_are_one(label: str, one: str, two: str, same: bool) -> None:
    """Width, blanks, traditional characters and legal forms do not make another thing; numbers do."""
    assert (same_name(label, one) == same_name(label, two)) is same


def test_names_are_stored_without_what_is_not_seen() -> None:
    """Invisible characters and double blanks are no part of a name."""
    assert clean(" 清泉\u200b花园  一期\ufeff") == "清泉花园 一期"


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("清泉花圆", ["清泉花园"]),
        ("望江花苑", ["望江苑"]),
        ("阳光城2期", []),  # another number is another thing
        ("阳光城西区", []),
        ("梧桐里", []),
    ],
)
def test_which_names_may_be_one(name: str, near: list[str]) -> None:
    """One character of four is asked about; numbers and directions tell things apart."""
    assert [n for n, _ in Names(["清泉花园", "望江苑", "阳光城1期", "阳光城东区"]).nearest(name)] == near


_FEW = st.text("清泉花园江东12苑a", min_size=1, max_size=9)


@given(st.lists(_FEW, max_size=30), _FEW)
@settings(max_examples=300, deadline=None)
def test_no_name_that_is_near_is_left_out(names: list[str], name: str) -> None:
    """What is found among the names with a rare character is what is found among all."""
    every = [n for n in dict.fromkeys(names) if _TELLING.findall(n) == _TELLING.findall(name)]
    near = process.extract(name, every, scorer=fuzz.ratio, score_cutoff=NEAR, limit=MOST_NEAR)
    assert Names(names).nearest(name) == [(other, score) for other, score, _ in near]


@pytest.mark.parametrize(("text", "cause"), [("-5", "负数"), ("-3.5户", "负数"), ("1.2E+11", "科学计数法")])
def test_the_cause_of_a_wrong_number_is_named(text: str, cause: str) -> None:
    """A negative number, and digits that Excel has lost, are told as such."""
    with pytest.raises(BadCell) as bad:
        read_amount(text, "户")
    assert cause in bad.value.zh


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021.6-2026.5", "2021.6", "2026.5"),
        ("2022-03-15至2027-03-14", "2022-03-15", "2027-03-14"),
        ("2022-03-15 - 2027-03-14", "2022-03-15", "2027-03-14"),
        ("2024年1月～2027年1月", "2024年1月", "2027年1月"),
        ("202106—202605", "202106", "202605"),
        ("2021-2026", "2021", "2026"),
    ],
)
def test_a_term_is_two_days(text: str, first: str, last: str) -> None:
    """Whatever stands between them, also the line that stands inside dates."""
    assert read_term(text) == (first, last)


@pytest.mark.parametrize("text", ["5年", "2021.6", "2021.6-至今", "2021-06-01", "2021.13-2026.5"])
def test_what_is_no_term_is_refused(text: str) -> None:
    """One day, or a length, does not say when a term begins and ends."""
    with pytest.raises(BadCell):
        read_term(text)


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("安居物业", "安居物业服务有限公司", True),
        ("安居物业管理有限公司", "安居物业服务股份有限公司", True),
        ("安居物业服务有限公司云山分公司", "安居物业云山分公司", True),
        ("安居物业服务有限公司云山分公司", "安居物业", False),
        ("安居物业", "乐居物业", False),
        ("物业服务公司", "物业管理公司", False),
    ],
)
def test_which_firms_may_be_one(one: str, two: str, same: bool) -> None:
    """By what is their own in their names."""
    cores = [firm_core(same_name("PropertyFirm", name)) for name in (one, two)]
    assert (cores[0] == cores[1]) is same


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("手机13911112222", "手机…"),
        ("+8613911112222、86 139 1111 2222", "…、…"),
        ("１３９１１１１２２２２", "…"),
        ("99030119900101123Ｘ", "…"),
        ("卡号6222020200012345678", "卡号…"),
        ("0731—8234567", "…"),
        ("手机1.39E+10", "手机…"),
        ("电话：82345678，座机8234567", "电话：…，座机…"),
        ("1998年建成，共1234567元，面积82345678平方米", "1998年建成，共1234567元，面积82345678平方米"),
    ],
)
def test_personal_numbers_are_known_in_sentences(text: str, kept: str) -> None:
    """However they are written; years, sums and areas are none."""
    assert PERSONAL_NUMBER.sub("…", text) == kept
    assert kept == text or has_numbers(text)
