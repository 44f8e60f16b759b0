"""Rows that are chosen, sorted and counted by the service, compared with the same done here."""

from __future__ import annotations

from collections import Counter
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from api.http.selection import read_selection
from api.http.shelf import AnswerShelf
from graph.errors import BadParameter
from graph.ledger.roles import Role
from graph.reading.graph import Graph
from tests.api.access import bearer, guarded_app, make_keys, opened
from tests.api.conftest import get
from tests.api.walk import COMMUNITY

V1 = "/api/v1"
DAY = {"as_of": "2025-06-30"}
STREET = {"area": "990101001000"}
ROWS: list[dict[str, Any]] = [
    {"name": "示例小区１", "severity": "info", "households": 30, "missing": ["a", "b"], "waiver": None},
    {"name": "示例小区2", "severity": "violation", "households": None, "missing": [], "waiver": {"id": "w"}},
    {"name": "甲小區", "severity": "warning", "households": 4, "missing": ["b"], "waiver": None},
]


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("severity=info,warning", [0, 2]),
        ("severity!=info", [1, 2]),
        ("name~小区1", [0]),
        ("name~甲小区", [2]),
        ("households>=5", [0]),
        ("households<=30;severity=warning", [2]),
        ("missing=b", [0, 2]),
        ("missing=", [1]),
        ("waiver=", [0, 2]),
        ("waiver!=", [1]),
        ("name=%E7%A4%BA%E4%BE%8B%E5%B0%8F%E5%8C%BA2", [1]),
        ("", [0, 1, 2]),
    ],
)
def test_conditions(where: str, found: list[int]) -> None:
    """All conditions hold at once; width and traditional characters do not matter to `~`."""
    assert read_selection(where, None, None).choose(ROWS) == [ROWS[i] for i in found]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("severity", [1, 2, 0]),
        ("-severity", [0, 2, 1]),
        ("households", [2, 0, 1]),
        ("-households", [0, 2, 1]),
        ("missing,name", [0, 2, 1]),
    ],
)
def test_order(sort: str, order: list[int]) -> None:
    """Severities by their gravity; what is not known is last in both directions."""
    assert read_selection(None, sort, None).choose(ROWS) == [ROWS[i] for i in order]


def test_counts_leave_out_the_condition_on_their_own_column() -> None:
    """So that a list of values to choose from does not shrink to those chosen."""
    counts = read_selection("severity=info;missing=b", None, "severity,missing").count(ROWS)
    assert {(c["value"], c["rows"]) for c in counts["severity"]} == {("info", 1), ("warning", 1)}
    assert {(c["value"], c["rows"]) for c in counts["missing"]} == {("a", 1), ("b", 1)}


@pytest.mark.parametrize("where", ["severity", "=x", "households>=many", "color=red"])
def test_what_cannot_be_meant_is_refused(where: str) -> None:
    """With the parameter or the column named, and the columns that there are."""
    with pytest.raises(BadParameter):
        _choose(where)


def _choose(where: str) -> list[dict[str, Any]]:
    chosen = read_selection(where, None, None)
    chosen.check(ROWS)
    return chosen.choose(ROWS)


def test_the_shelf_forgets_what_was_asked_for_longest_ago() -> None:
    """By rows in all, since answers differ in length."""
    shelf, answers = AnswerShelf(most=10), {name: (object(), {}) for name in "abc"}
    shelf.put("a", answers["a"], 5)  # type: ignore[arg-type]
    shelf.put("b", answers["b"], 5)  # type: ignore[arg-type]
    assert shelf.get("a") is answers["a"]
    shelf.put("c", answers["c"], 5)  # type: ignore[arg-type]
    assert [shelf.get(name) for name in "abc"] == [answers["a"], None, answers["c"]]
    shelf.put("d", answers["a"], 11)  # type: ignore[arg-type]
    assert shelf.get("d") is None


async def test_pages_of_a_selection_join_to_the_whole(client: httpx.AsyncClient) -> None:
    """Findings by severity and area, filtered by the service, page by page, as by hand from all rows."""
    asked = {**STREET, **DAY, "verdict": "fail"}
    rows: list[dict[str, Any]] = []
    body = await get(client, f"{V1}/checks", **asked, limit=1000)
    wanted = [r for r in body["data"]["rows"] if r["severity"] in ("violation", "warning")]
    rank = {"violation": 0, "warning": 1}
    wanted.sort(key=lambda row: row["area_name"] or "")
    wanted.sort(key=lambda row: rank[row["severity"]])
    chosen = {**asked, "where": "severity=violation,warning", "sort": "severity,area_name", "counts": "code"}
    cursor: dict[str, str] = {}
    while True:
        page = await get(client, f"{V1}/checks", **chosen, **cursor, limit=40)
        rows += page["data"]["rows"]
        assert page["page"]["total"] == page["stamp"]["rows"] == len(wanted) > 40
        if page["page"]["next"] is None:
            break
        cursor = {"cursor": page["page"]["next"]}
    assert [r["finding"] for r in rows] == [r["finding"] for r in wanted]
    assert page["data"]["tally"] == body["data"]["tally"]
    assert {c["value"]: c["rows"] for c in page["page"]["counts"]["code"]} == Counter(
        r["code"] for r in wanted
    )


async def test_a_page_may_begin_anywhere(client: httpx.AsyncClient) -> None:
    """A list that is scrolled to its middle asks for the middle; the cursor leads on from there."""
    path, asked = f"{V1}/gaps", {**STREET, **DAY, "sort": "-households"}
    every = (await get(client, path, **asked, limit=1000))["data"]
    page = await get(client, path, **asked, limit=7, offset=20)
    assert page["data"] == every[20:27]
    following = await get(client, path, **asked, limit=7, cursor=page["page"]["next"])
    assert following["data"] == every[27:34]
    both = {**asked, "offset": 1, "cursor": page["page"]["next"]}
    assert (await client.get(path, params=both)).status_code == 422
    assert (await get(client, path, **asked, offset=10_000))["data"] == []


async def test_names_that_are_added_to_a_page_can_be_chosen_by(client: httpx.AsyncClient) -> None:
    """Subjects of findings are named page by page; who filters by a name gets all that bear it."""
    asked = {**STREET, **DAY, "verdict": "fail", "limit": 1000}
    every = (await get(client, f"{V1}/checks", **asked))["data"]["rows"]
    some = (await get(client, f"{V1}/checks", **asked, where="subject_name~小区00"))["data"]["rows"]
    wanted = [r["finding"] for r in every if "小区00" in (r["subject_name"] or "")]
    assert [r["finding"] for r in some] == wanted
    assert 0 < len(wanted) < len(every)


async def test_a_named_query_is_chosen_from_too(client: httpx.AsyncClient) -> None:
    """`where` and `sort` are no parameters of the query itself."""
    path = f"{V1}/queries/quarters"
    every = (await get(client, path, **STREET, **DAY))["data"]
    some = (await get(client, path, **STREET, **DAY, where="households>=500", sort="-households"))["data"]
    wanted = [r for r in every if (r["households"] or 0) >= 500]
    assert some == sorted(wanted, key=lambda r: -r["households"])
    refused = await client.get(path, params={**STREET, **DAY, "where": "colour=red"})
    assert refused.status_code == 422
    assert "households" in refused.json()["detail_en"]


async def test_no_one_finds_out_what_lies_outside_of_their_area(loaded: Graph) -> None:
    """Conditions meet the rows as they are shown: by an id of outside nothing is found."""
    if loaded.settings.neo4j_uri:
        pytest.skip("what is chosen among is the same on every engine")
    keys = await make_keys(loaded)
    asked = {"area": COMMUNITY, **DAY, "limit": 1000}
    async with opened(guarded_app(loaded)) as client:

        async def evidence(caller: str, **more: Any) -> set[str]:
            header = bearer(keys[Role.viewer, caller])
            answer = await client.get(f"{V1}/checks", headers=header, params={**asked, **more})
            return {id_ for row in answer.json()["data"]["rows"] for id_ in row["evidence"]}

        hidden = await evidence("everywhere") - await evidence("community")
        assert hidden
        for id_ in sorted(hidden)[:3]:
            assert id_ in await evidence("everywhere", where=f"evidence={quote(id_)}")
            assert await evidence("community", where=f"evidence={quote(id_)}") == set()
