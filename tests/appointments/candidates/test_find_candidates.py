"""Candidates beside the gaps that they fill: matching, numbers, sentences, masking, refusals."""

from __future__ import annotations

from typing import Any

import pytest

from graph.appointments.candidates import find_candidates, find_fillers, table_rows
from graph.errors import BadParameter, NotFound
from graph.private import MASK
from graph.reading.graph import Graph
from graph.rules.check import check_rules
from tests.conftest import unmasked
from tests.oracle.asking import store
from tests.oracle.scene import COMMUNITY, DISTRICT, ORG, Scene

AREA = "990101000000"
FIRST, SECOND = "q-990101-01", "q-990101-02"
PROMOTIONS = ("R17", "R18", "R19", "R20", "R21", "R22", "R23")


async def found(graph: Graph, **asked: Any) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Gaps by finding, and rows, with personal data."""
    answer = await find_candidates(unmasked(graph), **asked)
    return {gap["finding"]: gap for gap in answer.data["gaps"]}, answer.data["rows"]


def two_quarters() -> Scene:
    """A secretary of a joint branch and another; two committees, with chairs of their own."""
    scene = Scene(2)
    for serial in range(1, 5):
        scene.person(serial, name=f"某{serial}", party_status="full")
    scene.seat(1, "secretary", "po-1")
    scene.seat(2, "chair", "oc-1")
    scene.link("po-1", "COVERS", SECOND)
    scene.seat(3, "secretary", "po-2")
    scene.link("p-1", "OWNS_HOME_IN", SECOND)
    scene.link("p-3", "EMPLOYED_BY", "pf-2", kind="employee")
    scene.seat(4, "committee_member", ORG)
    scene.complete(DISTRICT, "post", "ownership", "property_project", "employment")
    return scene


@pytest.mark.parametrize("register", [True, False])
async def test_a_masked_sentence_makes_up_no_number(graph: Graph, register: bool) -> None:
    """Of facts that are withheld it says that they are, alike where some are missing and where none is."""
    scene = two_quarters()
    if not register:
        scene.builder.edges.pop(f"{DISTRICT}~COMPLETE_IN~d-990101-register~ownership")
    await store(graph, scene.builder)
    _, rows = await found(graph, area=COMMUNITY, rule="R19")
    assert {bool(row["unconfirmed"]) for row in rows} == {not register}
    masked = (await find_candidates(graph, area=COMMUNITY, rule="R19")).data["rows"]
    assert len(masked) == len(rows)
    for row in masked:
        assert "有无待确认事项已屏蔽" in row["reasons_zh"]
        assert "whether anything is to be confirmed is withheld" in row["reasons_en"]


def test_every_promotion_rule_has_its_file(graph: Graph) -> None:
    """Each of the seven rules is filled by one file, and nothing else is."""
    assert tuple(sorted(find_fillers(graph))) == PROMOTIONS


async def test_a_gap_gets_the_candidates_of_its_own_bodies(graph: Graph) -> None:
    """Of two branches in a quarter each finding lists its own secretary, ranked from one."""
    await store(graph, two_quarters().builder)
    gaps, rows = await found(graph, area=COMMUNITY, rule="R17")
    joint, own = (f"R17:{SECOND}|po-990101-{n}|oc-990101-2" for n in (1, 2))
    assert {f: (gap["free"], gap["blocked"]) for f, gap in gaps.items()} == {
        f"R17:{FIRST}|po-990101-1|oc-990101-1": (0, 2),
        joint: (1, 0),
        own: (0, 1),
    }
    listed = [(r["finding"], r["rank"], r["candidate"], r["role"], r["blocked_by"]) for r in rows]
    assert listed == [
        (f"R17:{FIRST}|po-990101-1|oc-990101-1", 1, "p-990101-1", "chair", ["R14"]),
        (f"R17:{FIRST}|po-990101-1|oc-990101-1", 2, "p-990101-2", "secretary", ["R14"]),
        (joint, 1, "p-990101-1", "chair", []),
        (own, 1, "p-990101-3", "chair", ["R14", "R27"]),
    ]


async def test_a_gap_is_summed_up_in_both_languages(graph: Graph) -> None:
    """How many could be recommended, and how many which rule bars."""
    await store(graph, two_quarters().builder)
    gaps, rows = await found(graph, rule="R17", subject=SECOND)
    assert {gap["subject"] for gap in gaps.values()} == {SECOND}
    joint, own = (gaps[f"R17:{SECOND}|po-990101-{n}|oc-990101-2"] for n in (1, 2))
    assert joint["summary_zh"] == "可推荐人选 1 名"
    assert joint["summary_en"] == "1 to recommend"
    assert own["summary_zh"].startswith("可推荐人选 0 名；受限 1 名（R14 业委会成员非本区业主 1 名、R27")
    assert own["summary_en"].startswith("0 to recommend; 1 barred (R14 ")
    row = rows[0]
    assert row["reasons_zh"] == "拟任oc-990101-2主任；有本小区房产；正式党员；现任职务1个"
    assert row["reasons_en"] == (
        "proposed as chair of oc-990101-2; owns a home in the quarter; a full Party member; posts held now: 1"
    )
    assert (row["candidate_name"], row["role_zh"]) == ("某1", "主任")


async def test_what_is_missing_is_told_in_words(graph: Graph) -> None:
    """A register and a property of a person, by their names."""
    scene = two_quarters()
    scene.builder.edges.pop(f"{DISTRICT}~COMPLETE_IN~d-990101-register~ownership")
    await store(graph, scene.builder)
    gaps, rows = await found(graph, area=COMMUNITY, rule="R19", subject=FIRST)
    assert [row["unconfirmed"] for row in rows] == [[f"ownership@{FIRST}"]]
    assert f"待确认：{FIRST}的" in rows[0]["reasons_zh"]
    assert gaps[f"R19:{FIRST}"]["summary_zh"] == "可推荐人选 0 名；待确认 1 名"


async def test_personal_data_is_withheld(graph: Graph) -> None:
    """Who it is, owner and Party status stay out of columns and sentences; numbers stay."""
    await store(graph, two_quarters().builder)
    answer = await find_candidates(graph, area=COMMUNITY, rule="R17")
    for row in answer.data["rows"]:
        assert {MASK} == {row["candidate"], row["owner"], row["party"], *row["evidence"]}
        assert row["candidate_name"] is None
        for secret in ("p-990101", "某", "党员", "房产", "owns", "Party member"):
            assert secret not in row["reasons_zh"] + row["reasons_en"]
    assert sum(gap["blocked"] for gap in answer.data["gaps"]) == 3


async def test_the_gaps_are_the_failing_rows_of_the_checks(loaded: Graph) -> None:
    """Every fail and not_possible of a promotion rule is a gap, save a surplus of members."""
    gaps, rows = await found(loaded, area=AREA)
    checked = (await check_rules(unmasked(loaded), area=AREA)).data
    wanted = {
        row["finding"]
        for row in checked
        if row["code"] in PROMOTIONS
        and row["verdict"] in ("fail", "not_possible")
        and "above_max" not in (row.get("findings") or [])
    }
    assert wanted == set(gaps)
    assert {row["finding"] for row in rows} <= wanted
    for finding, gap in gaps.items():
        ranks = [row["rank"] for row in rows if row["finding"] == finding]
        assert ranks == list(range(1, len(ranks) + 1))
        people = {row["candidate"] for row in rows if row["finding"] == finding}
        assert sum(gap[g] for g in ("free", "unconfirmed", "other", "blocked")) == len(people)


async def test_one_subject_gets_what_the_whole_gives(loaded: Graph) -> None:
    """Asked alone, a subject's gaps and candidates are those of the area."""
    gaps, rows = await found(loaded, area=AREA)
    subjects = sorted({gap["subject"] for gap in gaps.values()})
    picked = [s for p in ("9", "p", "po", "q") for s in subjects if s.startswith(p)][:1]
    for subject in [*picked, *[s for s in subjects if s.startswith("q-")][:2]]:
        one_gaps, one_rows = await found(loaded, subject=subject)
        assert one_gaps == {f: g for f, g in gaps.items() if g["subject"] == subject}
        assert one_rows == [row for row in rows if row["subject"] == subject]


async def test_a_wrong_name_is_told(loaded: Graph) -> None:
    """Unknown rules, areas and subjects, and a rule whose gaps no one fills."""
    with pytest.raises(NotFound):
        await find_candidates(loaded, rule="R99")
    with pytest.raises(BadParameter):
        await find_candidates(loaded, rule="R15")
    with pytest.raises(NotFound):
        await find_candidates(loaded, area="110101000000")
    for subject in ("q-990101-999", "nonsense", "p-990101-99999"):
        with pytest.raises(NotFound):
            await find_candidates(loaded, subject=subject)


async def test_the_stamp_names_rules_and_files(loaded: Graph) -> None:
    """What was run is in the stamp with its revision, and the number of rows."""
    answer = await find_candidates(loaded, area=AREA, rule="R19")
    names = {"two_committee_member_not_in_owners_committee", "candidates_owners_committee_seat"}
    assert names == set(answer.stamp.queries)
    assert answer.stamp.rows == len(answer.data["rows"]) > 0
    assert answer.stamp.profile == "worked_example"


async def test_as_a_table_no_gap_is_left_out(graph: Graph) -> None:
    """A row per candidate; a gap for which there is no one has one, without a candidate."""
    await store(graph, two_quarters().builder)
    data = (await find_candidates(graph, area=COMMUNITY, rule="R17")).data
    lonely = data["gaps"][0]["finding"]
    rows = [row for row in data["rows"] if row["finding"] != lonely]
    table = table_rows({"gaps": data["gaps"], "rows": rows})
    pairs = {(row["finding"], row["candidate"]) for row in rows}
    assert len(pairs) < len(data["rows"])
    assert {(row["finding"], row["candidate"]) for row in table} == {*pairs, (lonely, None)}
    assert all(row["summary_zh"] for row in table)
