"""Tables: exact figures with denominators, no share of what is not known, nothing twice."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from graph.errors import BadParameter, NotFound
from graph.reading.areas import read_areas
from graph.reading.graph import Graph
from graph.reports.crosstab import areas_of, count, read_report
from graph.reports.judged import bodies_of, distinct
from graph.reports.missing import count_missing
from graph.reports.missing_areas import read_missing_by_area
from graph.rules.check import check_with_tally
from graph.rules.lacking import lacks, register_of
from tests.conftest import Opener, unmasked
from tests.oracle.asking import store
from tests.oracle.scene import COMMUNITY, DISTRICT, STREET
from tests.reports.scenes import C1, C3, DAY, OTHER_STREET, TREE, WAIVER, judged, place_of_conflict

ROWS = [
    judged("fail", ids="oc-990101-1", severity="violation"),
    judged("fail", ids="oc-990101-2", waiver=WAIVER),
    judged("pass", ids="oc-990101-3"),
    judged("pass", ids="oc-990101-4"),
    judged("not_possible", ids="oc-990101-5"),
    judged("not_applicable", ids="oc-990101-6"),
]


def test_figures_have_their_denominator() -> None:
    """What fails of what was judged; what is not possible or not applicable is in neither."""
    (figures,) = count(ROWS, lambda row: [row["code"]]).values()
    assert figures == {
        "fail": 1,
        "violation": 1,
        "warning": 0,
        "info": 0,
        "waived": 1,
        "not_possible": 1,
        "unknown": 0,
        "pass": 2,
        "not_applicable": 1,
        "judged": 4,
        "total": 6,
        "share": 0.25,
    }


@pytest.mark.parametrize(
    "rows", [[*ROWS, judged("unknown", ids="oc-990101-7")], [judged("not_applicable")], []]
)
def test_there_is_no_share_of_what_is_not_known(rows: list[dict[str, Any]]) -> None:
    """One undecided row, or nothing judged at all, and the share is not given."""
    (figures,) = count(rows, lambda row: ["R15"], ["R15"]).values()
    assert figures["share"] is None


def test_a_row_counts_in_every_area_above_up_to_the_whole() -> None:
    """What lies outside of the whole, or nowhere, counts for the whole alone."""
    assert areas_of(C1, TREE, DISTRICT) == [C1, STREET, DISTRICT]
    assert areas_of(C1, TREE, STREET) == [C1, STREET]
    assert areas_of(C3, TREE, STREET) == [STREET]
    assert areas_of(None, TREE, STREET) == [STREET]
    assert areas_of(C3, TREE, None) == [C3, OTHER_STREET, DISTRICT]
    assert areas_of("123", TREE, None) == [None]


def test_a_finding_of_two_places_counts_once() -> None:
    """Of the same finding the row that people look at first is kept, whatever the order."""
    passing, failing = judged("pass"), judged("fail")
    for rows in ([passing, failing], [failing, passing]):
        assert [row["verdict"] for row in distinct([*rows, judged("pass", ids="x")])] == ["fail", "pass"]


@pytest.mark.parametrize(
    ("finding", "bodies"),
    [
        ("R15:oc-990101-1", ["oc-990101-1"]),
        ("R14:p-990101-1|p-990101-1~HOLDS_POST~oc-990101-1~chair~1", ["oc-990101-1"]),
        ("R18:q-990101-01|po-990101-1|oc-990101-1", ["po-990101-1", "oc-990101-1"]),
        ("R10:q-990101-01", []),
        ("R9:p-990101-1~HOLDS_POST~t-990101-1~leader~1|-|2025-06-30", []),
        ("R9:rc-990101-1#2|pp-990101-1~SERVES~q-990101-01", ["rc-990101-1", "pp-990101-1"]),
    ],
)
def test_bodies_are_read_from_the_identity(finding: str, bodies: list[str]) -> None:
    """Bodies themselves and the body's end of an edge; no persons, places or teams."""
    assert bodies_of(finding) == bodies


def test_what_is_missing_is_counted_by_what_it_would_settle() -> None:
    """Rows that name it, and those that miss nothing else; only of rows that are not known."""
    rows = [
        judged("unknown", code="R14", ids="a", missing=("ownership@q-990101-01",)),
        judged("unknown", code="R15", ids="b", missing=("ownership@q-990101-01", "p-990101-1.party_status")),
        judged("pass", ids="c", missing=("ownership@q-990101-01",)),
    ]
    assert count_missing(rows) == [
        {"item": "ownership@q-990101-01", "rows": 2, "alone": 1, "rules": ["R14", "R15"]},
        {"item": "p-990101-1.party_status", "rows": 1, "alone": 0, "rules": ["R15"]},
    ]


@pytest.mark.parametrize(
    ("item", "zh"),
    [
        ("owners_committee@q-990101-01", "业委会台账"),
        ("q-990101-01.households", "小区：户数"),
        ("pp-990101-1~SERVES~q-990101-01.contract_until", "服务：合同截止"),
        ("＊＊＊", None),
        ("＊＊＊~MEMBER_OF~＊＊＊.since", "组织关系：起始日"),
    ],
)
def test_what_is_missing_is_of_a_register(item: str, zh: str | None) -> None:
    """A list by its name, a value by type and property, also of a tie whose ends are withheld."""
    found = register_of(item)
    assert (found and found[0]) == zh


async def test_a_known_place_has_its_figures(graph: Graph) -> None:
    """R14 by rule, area and body: one fails, one passes, one is not known."""
    await store(graph, place_of_conflict().builder)
    tables = {
        by: {row["key"]: row for row in (await read_report(graph, by, as_of=DAY)).data}
        for by in ("rule", "area", "body", "severity")
    }
    r14 = tables["rule"]["R14"]
    assert (r14["fail"], r14["pass"], r14["unknown"], r14["judged"], r14["total"]) == (1, 1, 1, 2, 3)
    assert r14["share"] is None
    assert tables["area"][COMMUNITY]["name"] == COMMUNITY
    whole = {k: v for k, v in tables["area"][COMMUNITY].items() if k not in ("key", "name", "kind")}
    for above in (STREET, DISTRICT):
        assert whole | tables["area"][above] == tables["area"][above]
    assert tables["body"]["oc-990101-1"]["name"] == "示例业委会"
    assert tables["body"]["oc-990101-1"]["kind"] == "OwnersCommittee"
    assert all(row["share"] is None for row in tables["severity"].values())


@pytest.mark.parametrize("area", [None, DISTRICT, "990101001000"])
async def test_tables_are_a_plain_count_of_the_rows(loader: Opener, area: str | None) -> None:
    """Recounted from the rows of the check, which are the same on both engines, every table adds up."""
    loaded = await loader("embedded")
    found = await check_with_tally(unmasked(loaded), area=area, as_of=DAY)
    rows = found.data["rows"]
    rows = list({row["finding"]: row for row in rows}.values())
    tables = {
        by: (await read_report(loaded, by, area=area, as_of=DAY)).data
        for by in ("rule", "area", "severity", "body")
    }
    states = Counter((r["code"], r["verdict"]) for r in rows)
    for line in tables["rule"]:
        for verdict in ("fail", "not_possible", "unknown", "pass", "not_applicable"):
            assert line[verdict] == states[line["key"], verdict], line
        assert line["judged"] == line["fail"] + line["waived"] + line["pass"]
        assert line["fail"] == line["violation"] + line["warning"] + line["info"]
        shown = line["fail"] / line["judged"] if line["judged"] and not line["unknown"] else None
        assert line["share"] == shown
    assert {line["key"] for line in tables["rule"]} >= {r["code"] for r in rows}
    for by in ("rule", "severity"):
        assert sum(line["total"] for line in tables[by]) == len(rows)
    if area is not None:
        totals = {line["key"]: line["total"] for line in tables["area"]}
        assert totals[area] == len(rows)
    mentioned = Counter(body for r in rows for body in bodies_of(r["finding"]))
    assert {line["key"]: line["total"] for line in tables["body"]} == mentioned
    tree = await read_areas(loaded, DAY)
    by_area = (await read_missing_by_area(unmasked(loaded), area=area, as_of=DAY)).data
    for subject, word in (("owners_committee", "业委会台账"), ("post", "任职台账")):
        named = [
            r
            for r in rows
            if r["verdict"] == "unknown" and any(i.startswith(f"{subject}@") for i in r["missing"])
        ]
        lines = {line["area"]: line for line in by_area if line["what_zh"] == word}
        assert lines[area]["things"] == len(
            {i for r in named for i in r["missing"] if i.startswith(f"{subject}@")}
        )
        for place, line in lines.items():
            here = [r["missing"] for r in named if place == area or place in tree.above(r["area"])]
            assert line["rows"] == len(here) > 0
            assert line["alone"] == sum(all(i.startswith(f"{subject}@") for i in m) for m in here)
        assert len(lines) > 1
    shown = (await check_with_tally(loaded, area=area, verdict="unknown", as_of=DAY)).data["rows"]
    for line in (await read_missing_by_area(loaded, area=area, as_of=DAY)).data:
        if line["area"] == area:
            leading = [lacks(r, line["what_zh"], alone=alone) for alone in (False, True) for r in shown]
            assert sum(leading) == line["rows"] + line["alone"], "a figure and the rows that it leads to"


async def test_a_wrong_question_is_refused(loaded: Graph) -> None:
    """An unknown area, and an unknown way to count."""
    with pytest.raises(NotFound):
        await read_report(loaded, "rule", area="110101000000")
    with pytest.raises(BadParameter):
        await read_report(loaded, "person")
