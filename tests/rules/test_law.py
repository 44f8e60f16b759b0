"""The calendar of law: texts in a place, changes between two days, verdicts distinguished by cause."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from graph.errors import BadParameter
from graph.reading.graph import Graph
from graph.rules.check import check_rules
from graph.rules.law import read_law, read_law_changes
from graph.rules.law_verdicts import read_law_verdicts
from tests.conftest import unmasked
from tests.oracle.asking import store
from tests.oracle.scene import COMMUNITY, DISTRICT, ORG, RESIDENTS, Scene

OLD, NEW = date(2025, 12, 31), date(2026, 1, 1)


def community() -> Scene:
    """A community under the national settings in which the law of 2026 changes what is said."""
    scene = Scene(1)
    b = scene.builder
    b.nodes[COMMUNITY]["households"] = 700
    b.nodes[RESIDENTS].update(elected_on=date(2021, 1, 1), seats=5)
    b.node("sc-990101-90", kind="residents")
    b.edge("sc-990101-90", "COVERS", COMMUNITY)
    for serial in range(1, 6):
        scene.person(serial, gender="male")
        scene.seat(serial, "member" if serial > 1 else "director", RESIDENTS)
    scene.person(7)
    scene.seat(7, "secretary", ORG)
    scene.people(8, 9)
    scene.seat(8, "chair", "sc-90")
    scene.seat(9, "member", "sc-90", since=NEW)
    scene.link("p-8", "RELATED_TO", "p-2", relation="sibling")
    scene.complete(DISTRICT, "post", "residence", "kinship", "party_organization")
    return scene


async def changes_of(graph: Graph, **given: Any) -> dict[str, dict[str, Any]]:
    """Rows by finding."""
    answer = await read_law_verdicts(unmasked(graph), OLD, NEW, **given)
    return {row["finding"]: row for row in answer.data}


async def test_what_changes_by_the_law_is_told_from_what_changes_by_a_date(graph: Graph) -> None:
    """The same records under two laws, and the same law on the records of two days."""
    await store(graph, community().builder)
    found = await changes_of(graph)
    said = {f: (r["by"], r["verdict_before"], r["verdict_law"], r["verdict_after"]) for f, r in found.items()}
    assert said == {
        # by the law alone, the records being the same
        f"R22:{COMMUNITY}": ("law", "not_possible", "fail", "fail"),
        "R32:p-990101-8|sc-990101-90": ("law", "pass", "fail", "fail"),
        f"R50:{RESIDENTS}": ("law", None, "pass", "pass"),
        f"R51:{RESIDENTS}": ("law", None, "fail", "fail"),
        f"R52:{COMMUNITY}": ("law", "pass", "fail", "fail"),
        f"R54:{COMMUNITY}": ("law", None, "pass", "pass"),
        # by the records: the term ends, a member of the supervision committee begins
        f"R53:{RESIDENTS}": ("records", "pass", "pass", "fail"),
        "R32:p-990101-9|sc-990101-90": ("records", None, None, "pass"),
    }
    row = found["R32:p-990101-8|sc-990101-90"]
    assert (row["severity_before"], row["severity_law"]) == (None, "violation")
    assert any("《城市居民委员会组织法》第36条（2026-01-01起；" in text for text in row["texts"])
    assert "近亲属任居委会成员" in row["reason_zh"]


async def test_the_three_verdicts_are_those_of_the_checks(graph: Graph) -> None:
    """First and last equal a check as of each day; one cause or one rule can be asked for."""
    await store(graph, community().builder)
    found = await changes_of(graph)
    checks = {
        day: {r["finding"]: r["verdict"] for r in (await check_rules(unmasked(graph), as_of=day)).data}
        for day in (OLD, NEW)
    }
    keys = {*checks[OLD], *checks[NEW]}
    differing = {k for k in keys if checks[OLD].get(k) != checks[NEW].get(k)}
    assert differing == {k for k, r in found.items() if r["verdict_before"] != r["verdict_after"]}
    for key, row in found.items():
        assert row["verdict_before"] == checks[OLD].get(key), key
        assert row["verdict_after"] == checks[NEW].get(key), key
    law = await changes_of(graph, by="law")
    assert law == {k: r for k, r in found.items() if r["by"] == "law"}
    assert set(await changes_of(graph, rule="R53")) == {f"R53:{RESIDENTS}"}
    there = await changes_of(graph, area=COMMUNITY, by="law")
    assert {k: r["verdict_law"] for k, r in there.items()} == {k: r["verdict_law"] for k, r in law.items()}


async def test_the_texts_of_a_place_with_their_days(graph: Graph) -> None:
    """Each text under a rule: title, article, first and last day, how far it was verified."""
    await store(graph, community().builder)
    old, new = [(await read_law(graph, area=COMMUNITY, rule="R49", as_of=day)).data for day in (OLD, NEW)]
    columns = ("article", "text_since", "text_until", "verified", "until", "on")
    assert [tuple(row[c] for c in columns) for row in (*old, *new)] == [
        ("7", None, NEW, "V1", NEW, True),
        ("8(1)", NEW, None, "V1", None, True),
    ]
    assert old[0]["in_force_zh"] == "施行日未核实，所据文本：2018-12-29，2026-01-01起失效"
    everything = (await read_law(graph, as_of=NEW)).data
    assert {row["code"] for row in everything} == {q.rule.code for q in graph.catalogue.rules()}
    assert {row["profile"] for row in everything} == {"national"}
    assert all(row["text"] and row["verified_zh"] for row in everything)
    early = (await read_law(graph, rule="R49", as_of=date(2017, 1, 1))).data
    assert [(row["text"], row["on"]) for row in early] == [(None, False)]


async def test_what_the_settings_change_between_two_days(graph: Graph) -> None:
    """Parameters, severities and texts that differ, with the day from which the later hold."""
    await store(graph, community().builder)
    rows = (await read_law_changes(graph, OLD, NEW)).data
    found = {(r["code"], r["setting"]): (r["before"], r["after"]) for r in rows}
    assert {code for code, _ in found} == {
        "R22", "R29", "R32", "R42", "R45", "R49", "R50", "R51", "R52", "R53", "R54",
    }  # fmt: skip
    assert found["R22", "resident_required"] == (True, False)
    assert found["R32", "severity"] == ("warning", "violation")
    assert found["R52", "min"] == (100, 1000)
    assert found["R50", "on"] == (False, True)
    assert {r["since"] for r in rows} == {NEW}
    assert ("R49", "min") not in found
    assert (await read_law_changes(graph, NEW, date(2026, 6, 1))).data == []
    with pytest.raises(BadParameter):
        await read_law_changes(graph, NEW, NEW)
