"""Days and terms in the words of registers: numerals, lengths, open ends, two days in one cell."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.ledger import Ledger
from graph.loading.cells import BadCell
from graph.loading.register.days import Day, Span, later, read_day, term_of
from graph.loading.register.numerals import date_with_digits, whole, with_digits
from graph.reading.graph import Graph
from tests.loading.register.delivering import ledger, nodes, town, unchanged
from tests.loading.register.read_alone import attempt
from tests.loading.register.wild import Rows, write_text, write_xlsx

__all__ = ["ledger", "town"]
HEADING: list[object] = [
    *(
        "社区",
        "小区名称",
        "物业公司",
        "合同签订时间",
        "合同期限",
        "业委会主任",
        "业委会换届时间",
        "业委会届期",
    )
]


def row(signed: object = None, contract: object = None, elected: object = None, term: object = None) -> Rows:
    """A register of one quarter with its contract and its committee."""
    return [HEADING, ["清泉社区", "清泉花园", "安居物业", signed, contract, "张三", elected, term]]


def days(folder: Path, rows: Rows) -> tuple[dict[str, Any], list[str]]:
    """Days and their precision of contract and committee, and the cells of which something is said."""
    _, delivery, _ = attempt(write_xlsx(folder / "a.xlsx", rows))
    found: dict[str, Any] = {}
    for element in (*delivery.nodes, *delivery.edges):
        for name in ("elected_on", "term_until", "contract_until", "contract_indefinite", "since"):
            if element.properties.get(name) not in (None, date.min):
                found[name] = element.properties[name]
    return found, [f.cell for f in delivery.findings]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("二〇二二年五月十日", Day(date(2022, 5, 10), "day")),
        ("二〇二二年五月", Day(date(2022, 5, 1), "month")),
        ("二○二二.5", Day(date(2022, 5, 1), "month")),
        ("二O二二年十二月二十一日", Day(date(2022, 12, 21), "day")),
        ("二零二二年", Day(date(2022, 1, 1), "year")),
        ("一九九八年元月三十日", Day(date(1998, 1, 30), "day")),
        ("2022年五月", Day(date(2022, 5, 1), "month")),
        ("2022.5.", Day(date(2022, 5, 1), "month")),
        ("2022 年 5 月底", Day(date(2022, 5, 1), "month")),
        ("2022年上半年", Day(date(2022, 1, 1), "year")),
    ],
)
def test_days_in_numerals_and_in_words(text: str, day: Day) -> None:
    """As certificates write them; of 5月底 the month is known, and of 上半年 the year."""
    assert read_day(text) == day


@pytest.mark.parametrize("text", ["二〇二二年十三月", "五月", "二二年五月", "三年"])
def test_numerals_that_are_no_day_are_refused(text: str) -> None:
    """A year of two numerals, a month alone, a month that there is not."""
    with pytest.raises(BadCell):
        read_day(text)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("三年", Span(months=36)),
        ("3年", Span(months=36)),
        ("任期五年", Span(months=60)),
        ("五年一届", Span(months=60)),
        ("36个月", Span(months=36)),
        ("两年半", Span(months=30)),
        ("长期", Span(endless=True)),
        ("无固定期限", Span(endless=True)),
        ("至今", Span()),
        ("2022.5—2025.5", Span("2022.5", "2025.5")),
        ("2022年5月至2025年5月", Span("2022年5月", "2025年5月")),
        ("二〇二二年五月至二〇二五年五月", Span("2022年5月", "2025年5月")),
        ("二〇二二至二〇二五", Span("2022", "2025")),
        ("2022.5-", Span("2022.5")),
        ("2022.5-今", Span("2022.5")),
        ("自2022年5月起", Span("2022年5月")),
        ("自2022年5月10日起三年", Span("2022年5月10日", months=36)),
        ("2022年5月（三年）", Span("2022年5月", months=36)),
        ("三年（2022.5-2025.5）", Span("2022.5", "2025.5")),
        ("2022.5至长期", Span("2022.5", endless=True)),
    ],
)
def test_a_term_however_it_is_said(text: str, term: Span) -> None:
    """Two days, a length with or without its begin, or a begin and no end."""
    assert term_of(text) == term


@pytest.mark.parametrize("text", ["一年一签", "三年后", "2022年5月", "2021年", "2022.5-2025.13", "三到五年"])
def test_what_says_no_term_is_refused(text: str) -> None:
    """When it ends nobody can tell from it."""
    with pytest.raises(BadCell):
        term_of(text)


def test_a_bare_number_is_years_where_the_heading_says_so() -> None:
    """5 under 届期 or 任期（年）; under 任期 it is nothing."""
    assert term_of("5", "届期") == term_of("五", "任期（年）") == Span(months=60)
    with pytest.raises(BadCell):
        term_of("5", "任期")


@pytest.mark.parametrize(
    ("begin", "months", "end"),
    [
        ("2022-05-10", 36, "2025-05-10"),
        ("2022.5", 36, "2025.05"),
        ("2022.11", 6, "2023.05"),
        ("2022", 36, "2025"),
        ("2022", 6, None),
        ("2024-02-29", 12, "2025-02-28"),
    ],
)
def test_an_end_is_as_precise_as_its_begin(begin: str, months: int, end: str | None) -> None:
    """Three years from a month end in a month; half a year from a year is not to be told."""
    assert later(read_day(begin), months) == end


@pytest.mark.parametrize(
    ("text", "number"),
    [("三百一十二", 312), ("两千", 2000), ("三万五千", 35_000), ("十", 10), ("百户", None)],
)
def test_numbers_in_numerals(text: str, number: int | None) -> None:
    """With 十, 百, 千 and 万."""
    assert whole(text) == number


def test_only_numbers_become_digits() -> None:
    """三百户 is 300户; a text with digits, and a date in words, keep what else they say."""
    assert with_digits("三百户") == "300户"
    assert with_digits("第三期12户") == "第三期12户"
    assert date_with_digits("自二〇二二年五月起三年") == "自2022年5月起三年"


def test_the_end_of_a_length_is_counted_from_the_begin(tmp_path: Path) -> None:
    """三年 from the signing, 5年 from the election; each as precise as its begin."""
    found, said = days(tmp_path, row("2022-05-10", "三年", "二〇二四年六月", "5年"))
    assert found == {
        "since": date(2022, 5, 10),
        "contract_until": date(2025, 5, 10),
        "elected_on": date(2024, 6, 1),
        "term_until": date(2029, 7, 1),
    }
    assert said == []


def test_a_length_without_its_begin_is_asked_about(tmp_path: Path) -> None:
    """The cell is named, and what column would say the begin."""
    file = write_xlsx(tmp_path / "a.xlsx", row(None, "三年", None, "五年"))
    told = [f for f in attempt(file)[1].findings if f.level == "error"]
    assert {f.cell for f in told} == {"E2", "H2"}
    assert all("没有起始日" in f.zh for f in told)


@pytest.mark.parametrize(
    ("heading", "until"), [("业委会成立时间", None), ("业委会换届时间", date(2021, 6, 1))]
)
def test_who_was_set_up_once_may_have_been_elected_since(
    tmp_path: Path, heading: str, until: date | None
) -> None:
    """A term from 成立 that would be over is not known, and told; one from 换届 is over."""
    rows = row(None, None, "2018-06-01", "三年")
    rows[0] = [heading if h == "业委会换届时间" else h for h in HEADING]
    found, said = days(tmp_path, rows)
    assert found.get("term_until") == until
    assert said == ([] if until else ["H2"])


def test_an_open_end_is_none(tmp_path: Path) -> None:
    """长期 is a contract without end, 至今 one of which the end is not known; neither is a day."""
    assert days(tmp_path, row("2022.5", "长期")) == (
        {"since": date(2022, 5, 1), "contract_indefinite": True},
        [],
    )
    assert days(tmp_path, row(None, "2022.5至今")) == ({"since": date(2022, 5, 1)}, [])


def test_two_days_in_a_column_for_one(tmp_path: Path) -> None:
    """2024.5-2029.5 under 换届时间 is the election and the end of the term."""
    found, said = days(tmp_path, row(None, None, "2024.5-2029.5"))
    assert (found["elected_on"], found["term_until"], said) == (date(2024, 5, 1), date(2029, 6, 1), [])


def test_a_term_says_better_than_the_founding_when_it_began(tmp_path: Path) -> None:
    """A committee set up in 2015 whose term is 2021-2026 was elected in 2021."""
    rows = row(None, None, "2015.3", "2021.3-2026.3")
    rows[0] = ["业委会成立时间" if h == "业委会换届时间" else h for h in HEADING]
    assert days(tmp_path, rows)[0]["elected_on"] == date(2021, 3, 1)


def test_an_election_years_before_the_term_is_told(tmp_path: Path) -> None:
    """换届 in 2015 beside a term 2021-2026: there was another election, and the term says when."""
    found, said = days(tmp_path, row(None, None, "2015.3", "2021.3-2026.3"))
    assert (found["elected_on"], said) == (date(2021, 3, 1), ["G2"])
    found, said = days(tmp_path, row(None, None, "2020.12", "2021.3-2026.3"))
    assert (found["elected_on"], said) == (date(2020, 12, 1), [])


def test_crossed_out_days_and_numbers_are_empty(tmp_path: Path) -> None:
    """/ and 无 for a day, — for a number: there is none to write, and nothing to complain about."""
    heading = ["社区", "小区名称", "户数", "业委会主任", "业委会换届时间", "到期时间"]
    file = write_text(tmp_path / "a.csv", [heading, ["清泉社区", "清泉花园", "——", "张三", "/", "无"]])
    assert attempt(file)[2] == []


def test_days_that_are_over_in_a_column_of_begins_are_asked_about(tmp_path: Path) -> None:
    """任职时间 2018.3-2021.3 is said of who has left, and of who stays after the term."""
    rows = [["社区", "姓名", "职务", "任职时间"], ["清泉社区", "王五", "居委会委员", "2018.3-2021.3"]]
    told = attempt(write_text(tmp_path / "a.csv", rows))[2]
    assert [(f.cell, "是已离任" in f.zh) for f in told] == [("D2", True)]


def test_a_length_does_not_end_a_tie_that_may_go_on(tmp_path: Path) -> None:
    """Of co-building that was agreed for three years in 2019 nobody said that it is over."""
    rows = [["社区", "共建单位", "资源名称", "资源类别", "签约时间", "共建期限"]]
    for unit, signed in (("甲银行", "2019.5"), ("乙银行", "2024.5")):
        rows.append(["清泉社区", unit, "义诊", "医疗", signed, "三年"])
    delivery = attempt(write_text(tmp_path / "a.csv", rows))[1]
    ends = sorted(str(e.properties["until"]) for e in delivery.edges if e.type == "CO_BUILDS")
    assert ends == ["2027-06-01", "9999-12-31"]
    assert [f.cell for f in delivery.findings] == ["F2"]


def test_a_day_in_numerals_below_the_rows_is_no_row(tmp_path: Path) -> None:
    """The day on which a list was printed."""
    rows = [["社区", "小区名称", "户数"], ["清泉社区", "清泉花园", "3"], ["二〇二五年六月三十日", "", ""]]
    assert attempt(write_text(tmp_path / "a.csv", rows))[2] == []


async def test_a_register_in_such_words_is_the_same_again(
    town: Graph, ledger: Ledger, tmp_path: Path
) -> None:
    """Counted ends and open ones are what they were at the next delivery."""
    rows = [
        *row("二〇二二年五月", "五年", "2024.6", "5年"),
        *row("2022.5", "长期", None, "2022.1-2027.1")[1:],
    ]
    rows[2][1] = "望江苑"
    assert await unchanged(town, ledger, write_xlsx(tmp_path / "a.xlsx", rows))
    assert (await nodes(town, "OwnersCommittee"))["清泉花园业主委员会"]["term_until"] == date(2029, 7, 1)
