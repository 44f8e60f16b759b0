"""Merges over HTTP and on the command line: checked, made, listed, taken apart, on record."""

from __future__ import annotations

import asyncio
from typing import Any

from graph.ledger.roles import Role
from graph.reading.graph import Graph
from tests.api.access import REASON, bearer, guarded_app
from tests.api.handing import PREFIX, desk_of
from tests.builder import GraphBuilder, district
from tests.cli.running import cobuild  # noqa: F401 - a fixture

PAIR = {"kept": "p-990101-1", "gone": "p-990101-2"}


def persons() -> GraphBuilder:
    """Two nodes of one person, of whom one has a post; and a quarter of another community."""
    build = GraphBuilder()
    district(build, 2)
    build.node("990101001002", level="community")
    build.edge("990101001002", "PART_OF", "990101001000")
    build.node("po-990101-1", name="支部", level="quarter")
    build.edge("po-990101-1", "COVERS", "q-990101-01")
    for number, gender in ((1, "female"), (2, "male")):
        build.node(f"p-990101-{number}", name=f"王小{number}", gender=gender)
        build.post(f"p-990101-{number}", "committee_member", "po-990101-1")
    return build


async def test_over_http(embedded: Graph) -> None:
    """What tells takes a reason; whose area does not hold both may not; both ways are on record."""
    await persons().write(embedded.store)
    keys = {}
    for name, area in (("科", None), ("邻", "990101001002")):
        await embedded.ledger.accounts.add(name, Role.organization_department, area, by="test")
        keys[name] = bearer((await embedded.ledger.accounts.issue_key(name, None, ""))[0])
    async with desk_of(guarded_app(embedded, rate_limit="100000/minute")) as client:

        async def post(path: str, told: dict[str, str], who: str = "科", **more: str) -> Any:
            return await client.post(f"{PREFIX}/merges{path}", json=told, headers=keys[who] | more)

        # Which values differ, and how many ties there are, tells of persons what they are.
        told_apart = await post("/check", PAIR)
        assert (told_apart.status_code, told_apart.json()["code"]) == (403, "reason_needed")
        checked = (await post("/check", PAIR, **REASON)).json()["data"]
        assert (checked["joined"], checked["moved"], checked["number"]) == (1, 0, None)
        assert {(d["property"], d["stands"]) for d in checked["differing"]} == {
            ("name", "王小1"),
            ("gender", "female"),
        }
        reasoned = {**PAIR, "reason": "同一人"}
        assert (await post("", reasoned, "邻")).status_code == 403
        assert (await post("", PAIR)).status_code == 422
        refused = await post("", {"kept": "q-990101-01", "gone": "po-990101-1", "reason": "试"})
        assert (refused.status_code, refused.json()["code"]) == (422, "bad_parameter")
        done = (await post("", reasoned)).json()["data"]
        assert done["number"] == 1
        assert "王小" not in str(done)
        (listed,) = (await client.get(f"{PREFIX}/merges", headers=keys["科"])).json()["data"]
        assert (listed["gone"], listed["undone_by"]) == (PAIR["gone"], None)
        assert (await client.get(f"{PREFIX}/merges", headers=keys["邻"])).json()["data"] == []
        assert (await post("/1/take-apart", {"reason": "两个人"}, "邻")).status_code == 403
        apart = await post("/1/take-apart", {"reason": "两个人"})
        assert (apart.status_code, apart.json()["data"]["undone_by"]) == (200, 2)
    entries = await embedded.ledger.audit.read()
    assert {"POST /merges", "POST /merges/{number}/take-apart"} <= {e.what for e in entries}
    about = [e.parameters for e in entries if e.what == "POST /merges/check"]
    assert about == [{"about": "p-990101-1 p-990101-2"}] * 2


async def test_a_refusal_names_no_secret_tie(cobuild: Any, embedded: Graph) -> None:  # noqa: F811
    """Kin cannot be merged: over HTTP and on the command line why is told for a reason only."""
    build = persons()
    build.edge("p-990101-1", "RELATED_TO", "p-990101-2", relation="spouse")
    await build.write(embedded.store)
    await embedded.ledger.accounts.add("科", Role.organization_department, None, by="test")
    key = bearer((await embedded.ledger.accounts.issue_key("科", None, ""))[0])
    async with desk_of(guarded_app(embedded, rate_limit="100000/minute")) as client:
        told = {**PAIR, "reason": "同一人"}
        texts = [
            (await client.post(f"{PREFIX}/merges", json=told, headers=key | more)).text
            for more in ({}, REASON)
        ]
    there = {"COBUILD_DATA_DIR": str(embedded.settings.data_dir)}
    for more in ((), ("--show-personal",)):
        command = "merge", *PAIR.values(), "--dry-run", *more
        texts.append((await asyncio.to_thread(lambda c=command: cobuild(*c, **there))).err)
    assert ["merge_refused" in text for text in texts[:2]] == [True, True]
    assert ["RELATED_TO" in text for text in texts] == [False, True, False, True]


async def test_on_the_command_line(cobuild: Any, embedded: Graph) -> None:  # noqa: F811
    """What it would do, with the reason done, and back; both are on record."""
    await persons().write(embedded.store)
    there = {"COBUILD_DATA_DIR": str(embedded.settings.data_dir)}

    async def ran(*arguments: str) -> Any:
        return await asyncio.to_thread(lambda: cobuild(*arguments, **there))

    missing = await ran("merge", *PAIR.values())
    assert (missing.code, "--reason" in missing.err) == (2, True)
    tried = await ran("merge", *PAIR.values(), "--dry-run")
    assert (tried.code, "预检，未写入" in tried.out, "王小" in tried.out) == (0, True, False)
    done = await ran("merge", *PAIR.values(), "--reason", "同一人")
    assert "第 1 次：已合并" in done.out
    assert (await ran("take-apart", "1", "--reason", "两个人")).code == 0
    (row,) = (await ran("merges", "--format", "json")).json["data"]
    assert (row["number"], row["undone_by"]) == (1, 2)
    said = [e.parameters["arguments"] for e in await embedded.ledger.audit.latest(limit=9)]
    assert any("同一人" in text for text in said)
    assert any("两个人" in text for text in said)
