"""Posts, contracts and co-building with months for days: kept, compared as the month, and said so."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.ledger import Ledger
from graph.loading.findings import DeliveryRejected
from graph.loading.plan import Options
from graph.loading.register.forms import form_text
from graph.loading.register.kinds import find_kind
from graph.loading.register.sheets import read_sheets
from graph.loading.register.taking import take_form
from graph.paths.chains import find_connections
from graph.reading.graph import Graph
from graph.reading.nodes import read_neighbours
from graph.reports.calendar import read_calendar
from tests.loading.register.delivering import deliver, edges, ledger, nodes, town
from tests.loading.register.wild import Rows, write_xlsx

__all__ = ["ledger", "town"]
COMMITTEES: Rows = [
    ["社区", "姓名", "职务", "任职时间", "离任时间"],
    ["清泉社区", "张三", "党委书记", "2025.07", None],
    ["清泉社区", "李四", "党委委员", "2024年", None],
    ["清泉社区", "王五", "居委会主任", "2021-03-05", "2025年6月"],
]
CO_BUILDING: Rows = [
    ["社区", "共建单位", "资源名称", "资源类别", "共建期限"],
    ["清泉社区", "样例单位", "样例义诊", "义诊", "2023.5-2025.07"],
]
QUARTERS: Rows = [
    ["社区", "小区名称", "物业公司", "进驻时间", "合同到期时间"],
    ["清泉社区", "清泉花园", "安居物业有限公司", "2020年5月", "2026.04"],
]


async def test_a_month_is_kept_beside_the_day(town: Graph, ledger: Ledger, tmp_path: Path) -> None:
    """First day of a month or year, of an end the first day after; answers have it as written."""
    await deliver(town, ledger, write_xlsx(tmp_path / "a.xlsx", COMMITTEES), "两委成员名册")
    await deliver(town, ledger, write_xlsx(tmp_path / "b.xlsx", CO_BUILDING), "共建单位与资源清单")
    found = await edges(town, "HOLDS_POST")
    kept = {n: (e["since"], e["until"], e.get("date_precision")) for n, e in found.items()}
    never = date(9999, 12, 31)
    assert kept == {
        "张三": (date(2025, 7, 1), never, ["since:month"]),
        "李四": (date(2024, 1, 1), never, ["since:year"]),
        "王五": (date(2021, 3, 5), date(2025, 7, 1), ["until:month"]),
    }
    both = (await edges(town, "CO_BUILDS"))["样例单位"]
    assert (both["since"], both["until"]) == (date(2023, 5, 1), date(2025, 8, 1))
    assert both["date_precision"] == ["since:month", "until:month"]
    unit, body = (
        (await nodes(town, "Unit"))["样例单位"],
        (await nodes(town, "PartyOrganization"))["清泉社区党组织"],
    )
    way = (await find_connections(town, unit["id"], body["id"], as_of=date(2025, 7, 31))).data["paths"][0]
    assert "自 2023.05 起" in way["sentence_zh"]
    near = (await read_neighbours(town, unit["id"], as_of=date(2025, 7, 31), types=["CO_BUILDS"])).data
    assert near[0]["properties"]["date_precision"] == both["date_precision"]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2025, 7, 10), ["共建终止 2025.07（1 条）", "任职起始 2025.07（1 条）"]),
        (date(2025, 6, 30), ["任职终止 2025.06（1 条）"]),
        (date(2024, 3, 1), ["任职起始 2024（1 条）"]),
        (date(2025, 8, 1), []),
    ],
)
async def test_an_answer_for_a_day_in_such_a_month_says_so(
    town: Graph, ledger: Ledger, tmp_path: Path, day: date, said: list[str]
) -> None:
    """Whatever is asked; a day in no such month has no word of it."""
    await deliver(town, ledger, write_xlsx(tmp_path / "a.xlsx", COMMITTEES), "两委成员名册")
    await deliver(town, ledger, write_xlsx(tmp_path / "b.xlsx", CO_BUILDING), "共建单位与资源清单")
    stamp = (await read_calendar(town, area="990301000000", as_of=day)).stamp
    words = stamp.warning_zh or ""
    assert [word for word in said if word not in words] == []
    assert ("只写到年月" in words) == bool(said)


async def test_a_contract_of_a_month_may_be_over_in_it(town: Graph, ledger: Ledger, tmp_path: Path) -> None:
    """The calendar has the month, and names the day where it decides; the rule does not know."""
    await deliver(town, ledger, write_xlsx(tmp_path / "a.xlsx", QUARTERS))
    (row,) = (await read_calendar(town, area="990301000000", as_of=date(2026, 4, 10))).data
    assert (row["written"], row["ends_on"]) == ("2026.04", date(2026, 5, 1))
    assert row["missing"] == [f"{row['subject']}.contract_until"]
    rule = town.catalogue["quarter_without_property_service"]
    verdicts = {}
    for day in (date(2025, 6, 30), date(2026, 3, 1), date(2026, 4, 10), date(2026, 5, 1)):
        (found,) = (await town.ask(rule, {"area": "990301000000", "as_of": day})).data
        verdicts[day.isoformat()] = found["verdict"], found["findings"], found["missing"]
    assert verdicts == {
        "2025-06-30": ("pass", [], []),
        "2026-03-01": ("fail", ["ends_soon"], []),
        "2026-04-10": ("unknown", [], row["missing"]),
        "2026-05-01": ("fail", ["expired"], []),
    }


def street(*communities: str) -> Rows:
    """A register with six quarters in each community."""
    rows = [[c, f"{c}{n}号院", 100 + n] for c in communities for n in range(6)]
    return [["社区", "小区名称", "户数"], *rows]


async def test_what_would_end_all_of_a_place_has_to_be_confirmed(
    town: Graph, ledger: Ledger, tmp_path: Path
) -> None:
    """A part of the register, loaded as all of it: listed with a warning, ended only by the number."""
    whole = write_xlsx(
        tmp_path / "a.xlsx", street("清泉社区", "梧桐社区", "丹桂社区", "石桥社区", "绿柳社区")
    )
    await deliver(town, ledger, whole)
    part = write_xlsx(tmp_path / "b.xlsx", street("清泉社区"))
    warned = await deliver(town, ledger, part, dry_run=True)
    told = [f.zh for f in warned.report.warnings]
    assert any("都在清泉社区" in zh for zh in told)
    assert any("有 28 条本次没有" in zh and "梧桐社区 6 个" in zh for zh in told)
    end = {"missing": "end", "ended_on": date(2025, 6, 30)}
    for confirmed in (None, 27):
        with pytest.raises(DeliveryRejected, match="1 处错误") as refused:
            await deliver(town, ledger, part, options=Options(**end, gone=confirmed), dry_run=True)
        assert ["--gone 28" in f.zh for f in refused.value.findings if f.level == "error"] == [True]
    done = await deliver(town, ledger, part, options=Options(**end, gone=28))
    assert done.report.ended == 28


async def test_a_register_of_another_street_is_refused(town: Graph, ledger: Ledger, tmp_path: Path) -> None:
    """Communities that the district has in another street are not made anew in this one."""
    await deliver(town, ledger, write_xlsx(tmp_path / "a.xlsx", street("清泉社区", "梧桐社区")))
    text = "MATCH (b:Area {id: '990300000000'}) RETURN b.synthetic AS made"
    assert (await town.store.read([(text, {})]))[0]

    async def work(tx: Any) -> None:
        await tx.run(
            "MATCH (d:Area {id: '990300000000'}) CREATE (s:Area {id: '990301002000', name: '石桥街道', "
            "level: 'subdistrict', named: true, source: d.source, synthetic: true})-[:PART_OF {"
            "id: '990301002000~PART_OF~990300000000', spell: 1, since: date('2000-01-01'), "
            "until: date('9999-12-31'), since_known: true, source: d.source, synthetic: true}]->(d)",
            {},
        )

    await town.store.write(work)
    again = write_xlsx(tmp_path / "b.xlsx", street("清泉社区", "梧桐社区", "丹桂社区"))
    with pytest.raises(DeliveryRejected) as refused:
        await deliver(town, ledger, again, place="石桥街道")
    assert ["请把辖区（--place）改成云山街道" in f.zh for f in refused.value.findings] == [True]


async def test_a_register_without_streets_finds_its_communities(
    town: Graph, ledger: Ledger, tmp_path: Path
) -> None:
    """Made under a street by an earlier delivery; loaded as of the district they stay where they are."""
    streets = [["街道", *rows] for rows in street("清泉社区", "梧桐社区")[:1]]
    streets += [["云山街道", *rows] for rows in street("清泉社区", "梧桐社区")[1:]]
    await deliver(town, ledger, write_xlsx(tmp_path / "a.xlsx", streets), place="云山区")
    again = write_xlsx(tmp_path / "b.xlsx", street("清泉社区", "梧桐社区"))
    done = await deliver(town, ledger, again, place="云山区")
    assert (done.report.created, done.report.changed, done.new_areas) == (0, 0, [])


def test_a_form_takes_in_a_known_heading_that_is_new(tmp_path: Path) -> None:
    """任职时间 that a department adds is read by the form that was kept without it; what is taken is not."""
    kept = tmp_path / "forms"
    kept.mkdir()
    first = read_sheets(write_xlsx(tmp_path / "a.xlsx", [row[:3] for row in COMMITTEES]))
    path, form, _ = take_form(first, tmp_path, "两委成员名册", None, {})
    path.write_text(form_text(form, find_kind(form.kind)), "utf-8")
    wider = [[*COMMITTEES[0], "现任职务", "心情"], *([*row, "", "好"] for row in COMMITTEES[1:])]
    _, now, (proposal,) = take_form(
        read_sheets(write_xlsx(tmp_path / "b.xlsx", wider)), tmp_path, "两委成员名册", None, {}
    )
    assert dict(now.columns) == {
        **form.columns,
        "任职时间": "post.since",
        "离任时间": "post.until",
        "现任职务": "person.role",
    }
    assert [c.field for c in proposal.columns][-1] is None


CHANGED: Rows = [
    ["社区", "小区名称", "物业公司", "业委会主任", "业委会成员"],
    ["清泉社区", "清泉花园", "安居物业有限公司", "张三", "李四"],
]


async def test_who_followed_somebody_has_no_known_start_and_an_answer_says_so(
    town: Graph, ledger: Ledger, tmp_path: Path
) -> None:
    """For a day before both chairs count; a later load leaves it said, a day after says nothing."""
    await deliver(town, ledger, write_xlsx(tmp_path / "a.xlsx", CHANGED))
    later: Rows = [CHANGED[0], ["清泉社区", "清泉花园", "安居物业有限公司", "孙九", "李四、周十"]]
    ended = date(2025, 6, 1)
    await deliver(town, ledger, write_xlsx(tmp_path / "b.xlsx", later), options=Options("end", ended))
    again: Rows = [CHANGED[0], ["清泉社区", "清泉花园", "安居物业有限公司", "孙九", "李四"]]
    await deliver(town, ledger, write_xlsx(tmp_path / "c.xlsx", again))
    text = (
        "MATCH (p)-[e:HOLDS_POST {role: 'chair'}]->() WHERE e.since <= $day < e.until RETURN p.name AS name"
    )
    for day, chairs in ((date(2025, 5, 31), ["孙九", "张三"]), (ended, ["孙九"])):
        (rows,) = await town.store.read([(text, {"day": day})])
        assert sorted(row["name"] for row in rows) == chairs
        stamp = (await read_calendar(town, area="990301000000", as_of=day)).stamp
        said = "任职接替 2025-06-01（1 条）" in (stamp.warning_zh or "")
        assert said == (len(chairs) > 1)
        assert ("followed others" in (stamp.warning_en or "")) == said
    back = Options("end", date(2025, 6, 20))
    await deliver(town, ledger, write_xlsx(tmp_path / "d.xlsx", CHANGED), options=back)
    stamp = (await read_calendar(town, area="990301000000", as_of=date(2025, 6, 10))).stamp
    assert "任职接替 2025-06-20（1 条）" in (stamp.warning_zh or "")
