"""Differences: what is new, gone and staying by the identity of findings, and why that may be."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import BadParameter, NotFound
from graph.ledger.times import new_id
from graph.private import MASK
from graph.reading.graph import Graph
from graph.reports.difference import counts, difference_rows, differs, read_difference
from graph.reports.kept import keep_run, list_runs
from tests.conftest import unmasked
from tests.oracle.asking import add, store
from tests.oracle.scene import DISTRICT, post
from tests.reports.scenes import DAY, place_of_conflict
from tests.strategies import TOMORROW

VERDICTS = ("fail", "not_possible", "unknown", "pass", "not_applicable")
STRANGER = f"R14:p-990101-1|{post(1, 'member', 'oc-1')}"


@st.composite
def notes(draw: st.DrawFn) -> dict[str, dict[str, Any]]:
    """A side: some findings with a verdict each."""
    keys = draw(st.sets(st.sampled_from([f"R{n}:x-{m}" for n in (1, 2) for m in range(4)])))
    return {
        key: {
            "rule": key[:2],
            "finding": key,
            "subject": key[3:],
            "area": None,
            "severity": draw(st.sampled_from(("info", "warning", "violation"))),
            "verdict": draw(st.sampled_from(VERDICTS)),
            "waived": draw(st.booleans()),
        }
        for key in sorted(keys)
    }


def kinds(rows: list[dict[str, Any]]) -> dict[str, set[str]]:
    """Findings by what became of them."""
    found: dict[str, set[str]] = {k: set() for k in ("new", "gone", "staying", "changed")}
    for row in rows:
        found[row["change"]].add(row["finding"])
    return found


@given(notes(), notes())
def test_new_gone_and_staying_are_the_union_of_both(
    before: dict[str, dict[str, Any]], after: dict[str, dict[str, Any]]
) -> None:
    """Each failing row of either side is in exactly one of them, and nothing else is."""
    rows = difference_rows(before, after)
    found = kinds(rows)
    fails = [{k for k, n in side.items() if n["verdict"] == "fail"} for side in (before, after)]
    assert len(rows) == len({row["finding"] for row in rows})
    assert found["new"] == fails[1] - fails[0]
    assert found["gone"] == fails[0] - fails[1]
    assert found["staying"] == fails[0] & fails[1]
    moved = {
        k for k in {*before, *after} if before.get(k, {}).get("verdict") != after.get(k, {}).get("verdict")
    }
    assert found["changed"] == moved - fails[0] - fails[1]
    for row in rows:
        row["title_zh"] = None
        was, now = (side.get(row["finding"], {}).get("verdict") for side in (before, after))
        assert row["cause"] == why(row["change"], was, now)
    for line in counts(rows):
        assert line["new"] == line["occurred"] + line["established"] + line["appeared"]
        assert line["gone"] == line["resolved"] + line["obscured"] + line["departed"]


def why(change: str, was: str | None, now: str | None) -> str | None:
    """The cause of a change, said case by case."""
    if change == "staying":
        return None
    if change == "new":
        return {None: "appeared", "unknown": "established"}.get(was, "occurred")
    if change == "gone":
        return {None: "departed", "unknown": "obscured"}.get(now, "resolved")
    if None in (was, now):
        return "appeared" if was is None else "departed"
    return "obscured" if now == "unknown" else "established" if was == "unknown" else "occurred"


def test_better_records_are_no_new_failures() -> None:
    """Of three findings that are new, one happened, one was found out, one has a new subject."""
    row = {"rule": "R1", "subject": "x", "area": None, "severity": "warning", "waived": False}
    before = {f: {**row, "finding": f, "verdict": v} for f, v in (("R1:a", "pass"), ("R1:b", "unknown"))}
    after = {f: {**row, "finding": f, "verdict": "fail"} for f in ("R1:a", "R1:b", "R1:c")}
    rows = [{**r, "title_zh": None} for r in difference_rows(before, after)]
    assert [r["cause"] for r in rows] == ["occurred", "established", "appeared"]
    (line,) = counts(rows)
    assert [line[k] for k in ("new", "occurred", "established", "appeared")] == [3, 1, 1, 1]
    (back,) = counts([{**r, "title_zh": None} for r in difference_rows(after, before)])
    assert [back[k] for k in ("gone", "resolved", "obscured", "departed")] == [3, 1, 1, 1]


@given(notes(), notes())
def test_the_other_way_round_new_is_gone(
    before: dict[str, dict[str, Any]], after: dict[str, dict[str, Any]]
) -> None:
    """Swapping the sides swaps new and gone and nothing else."""
    there, back = kinds(difference_rows(before, after)), kinds(difference_rows(after, before))
    assert (there["new"], there["gone"]) == (back["gone"], back["new"])
    assert (there["staying"], there["changed"]) == (back["staying"], back["changed"])


@given(notes())
def test_nothing_differs_from_itself(side: dict[str, dict[str, Any]]) -> None:
    """Only what stays is listed, and the counts say so."""
    rows = difference_rows(side, side)
    assert {row["change"] for row in rows} <= {"staying"}
    failing = [k for k, n in side.items() if n["verdict"] == "fail"]
    for row in rows:
        row["title_zh"] = None
    assert sum(line["staying"] for line in counts(rows)) == len(failing)


def test_what_else_differs_is_told() -> None:
    """Area, data version, files and settings, in both languages; the day is no surprise."""
    one = {
        "area": None,
        "data_version": 1,
        "queries": {"a": "1", "b": "2"},
        "profiles": {"p": "x"},
        "as_of": DAY,
    }
    two = {**one, "data_version": 2, "queries": {"a": "1", "b": "3"}, "as_of": TOMORROW}
    assert differs(one, {**one, "as_of": TOMORROW}) == []
    found = {line["what"]: line for line in differs(one, two)}
    assert set(found) == {"data_version", "queries"}
    assert (found["queries"]["before"], found["queries"]["after"]) == ("b@2", "b@3")
    assert "数据版本" in found["data_version"]["zh"]
    assert "data version" in found["data_version"]["en"]
    assert [x["what"] for x in differs(one, {**one, "area": "1", "profiles": {}})] == ["area", "profiles"]


async def test_two_days_differ_by_what_ended(graph: Graph) -> None:
    """A post that ends tomorrow takes its finding with it; nothing else has changed."""
    scene = place_of_conflict()
    scene.builder.edges[post(1, "member", "oc-1")]["until"] = TOMORROW
    await store(graph, scene.builder)
    answer, found = await read_difference(graph, str(DAY), str(TOMORROW), area=DISTRICT)
    (gone,) = (row for row in answer.data["rows"] if row["finding"] == STRANGER)
    assert (gone["change"], gone["verdict_before"], gone["verdict"]) == ("gone", "fail", None)
    assert answer.data["differs"] == []
    original = dict(gone)
    (line,) = (line for line in answer.data["counts"] if line["code"] == "R14")
    assert (line["new"], line["gone"], line["staying"]) == (0, 1, 0)
    await found.name(graph, [gone])
    assert gone["subject_name"] == MASK
    assert gone["reason_zh"] == "不符合；依据含个人信息，说明从略"
    await found.name(unmasked(graph), shown := [dict(original)])
    assert "任示例业委会成员" in shown[0]["reason_zh"]
    back, _ = await read_difference(graph, str(TOMORROW), str(DAY), area=DISTRICT, change="new")
    assert STRANGER in {row["finding"] for row in back.data["rows"]}
    assert {row["change"] for row in back.data["rows"]} == {"new"}


async def test_a_kept_run_is_compared_with_later_data(graph: Graph) -> None:
    """It holds ids and verdicts only; another data version is reported; reasons come from the day."""
    scene = place_of_conflict()
    await store(graph, scene.builder)
    known = {*scene.builder.nodes, *scene.builder.edges}
    kept = (await keep_run(graph, " 上半年 ", "示例科", area=DISTRICT, as_of=DAY)).data
    assert (kept["title"], kept["area"], kept["as_of"]) == ("上半年", DISTRICT, DAY)
    assert kept in (await list_runs(graph)).data
    run = await graph.ledger.run(kept["id"])
    assert "张三" not in repr(run.findings)
    assert "示例业委会" not in repr(run.findings)
    scene.seat(2, "member", "oc-1")
    await add(graph, scene.builder, known)
    answer, found = await read_difference(graph, kept["id"], str(DAY))
    data = answer.data
    assert (data["from"]["kind"], data["to"]["kind"]) == ("run", "date")
    assert data["from"]["area"] == data["to"]["area"] == DISTRICT
    newcomer = f"R14:p-990101-2|{post(2, 'member', 'oc-1')}"
    assert newcomer in kinds(data["rows"])["new"]
    assert STRANGER in kinds(data["rows"])["staying"]
    await found.name(unmasked(graph), data["rows"])
    reported = {row["finding"]: row for row in data["rows"]}
    assert "张三2号" in reported[newcomer]["reason_zh"]
    same, nothing = await read_difference(graph, kept["id"], kept["id"])
    assert {row["change"] for row in same.data["rows"]} == {"staying"}
    await nothing.name(graph, same.data["rows"])
    assert {row["reason_zh"] for row in same.data["rows"]} == {None}


async def test_a_side_is_a_day_or_a_run_that_there_is(graph: Graph) -> None:
    """Anything else is reported; so are a kind of change and a title that are none."""
    with pytest.raises(NotFound):
        await read_difference(graph, new_id(), str(DAY))
    for text in ("2025-6-30", "yesterday", "", "R14", "x" * 24):
        with pytest.raises(BadParameter):
            await read_difference(graph, text, str(DAY))
    with pytest.raises(BadParameter):
        await read_difference(graph, str(DAY), str(DAY), change="better")
    for title in ("", "  ", "x" * 201):
        with pytest.raises(BadParameter):
            await keep_run(graph, title, "示例科")
