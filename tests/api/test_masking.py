"""Masking: with personal data withheld, no GET answer of any endpoint holds any of it."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from graph.model import EDGES, NODES, label_of
from graph.private import MASK
from graph.reading.graph import Graph
from graph.reading.masking import flagged_types
from tests.api.conftest import client_of, make_app
from tests.api.walk import ADDRESSES, AREA, PREFIX, Address, address, query_addresses

SECRET_EDGE = re.compile(rf"([^\s\"~,\[]+)~({'|'.join(sorted(flagged_types()))})~")
EACH = 2
"""Nodes of every type that are looked at one by one."""
Body = tuple[Address, Any]


async def rows_of(graph: Graph, text: str) -> list[dict[str, Any]]:
    """Rows of a statement."""
    return (await graph.store.read([(text, {})]))[0]


async def addresses(graph: Graph) -> list[Address]:
    """Every endpoint, every query, and nodes of each type, those with something to hide first."""
    found = [address(path) for path in ADDRESSES] + query_addresses()
    found += [(f"{PREFIX}/rules/{q.name}", {}) for q in graph.catalogue.folder("rules")]
    found += [
        (f"{PREFIX}/gaps", {"state": state, "area": AREA, "limit": 1000, "as_of": "2025-06-30"})
        for state in ("covered", "gap", "unknown")
    ]
    found.append((f"{PREFIX}/checks", {"area": AREA, "limit": 1000, "as_of": "2025-06-30"}))
    found += [(f"{PREFIX}/places/{name}", {}) for name in ("danshui", "shigu", "tianyuan", "chengdong")]
    found += [(f"{PREFIX}/search", {"q": q}) for q in ("示例人0001", "示例人", "刘学政", "刘", "p-990101")]
    found += [(f"{PREFIX}/search", {"q": q, "pinyin": "true"}) for q in ("liuxuezheng", "lxz", "slr")]
    for label in NODES:
        text = f"MATCH (n:{label}) RETURN n.id AS id ORDER BY n.note IS NULL, n.id LIMIT {EACH}"
        for row in await rows_of(graph, text):
            found += [
                (f"{PREFIX}/nodes/{row['id']}", {}),
                (f"{PREFIX}/nodes/{row['id']}/neighbours", {"limit": 1000}),
                (f"{PREFIX}/graph", {"node": row["id"]}),
                (f"{PREFIX}/graph", {"node": row["id"], "format": "nodelink"}),
            ]
    return found


async def walk(client: httpx.AsyncClient, graph: Graph) -> AsyncIterator[tuple[Address, str]]:
    """The text of every answer; also of the second pages."""
    for path, params in await addresses(graph):
        wanted = dict(params)
        while True:
            response = await client.get(path, params=wanted)
            assert response.status_code == 200, (path, params, response.text)
            yield (path, wanted), response.text + str(dict(response.headers))
            following = response.json().get("page", {}).get("next")
            if following is None or "cursor" in wanted:
                break
            wanted = {**params, "cursor": following}


def flagged(label: str) -> set[str]:
    """Names of the properties of a node or edge type that are personal or sensitive."""
    declared = (NODES.get(label) or EDGES[label]).properties()
    return {n for n, p in declared.items() if p.prop.flag is not None}


@pytest.fixture
async def personal(loaded: Graph) -> dict[str, set[str]]:
    """Every person's name and every note of the loaded data."""
    persons = await rows_of(loaded, "MATCH (p:Person) RETURN p.name AS name ORDER BY p.id")
    notes: set[str] = set()
    for label in NODES:
        text = f"MATCH (n:{label}) WHERE n.note IS NOT NULL RETURN n.note AS note ORDER BY n.id"
        notes |= {r["note"] for r in await rows_of(loaded, text)}
    return {"names": {p["name"] for p in persons}, "notes": notes}


async def test_no_answer_names_a_person(
    client: httpx.AsyncClient, loaded: Graph, personal: dict[str, set[str]]
) -> None:
    """Over all endpoints: no person's name, no note, no edge whose existence is personal."""
    assert "刘学政" in personal["names"]
    asked = {"q"}  # what a search asked for stands in its stamp, as given
    async for (path, params), text in walk(client, loaded):
        body = text
        for name in asked & set(params):
            body = body.replace(json.dumps(params[name], ensure_ascii=False), "")
            body = body.replace(f'"{params[name]}"', "")
        named = {n for n in personal["names"] if n in body}
        assert not named, (path, params, named)
        noted = {n for n in personal["notes"] if json.dumps(n, ensure_ascii=False) in body}
        assert not noted, (path, params, noted)
        edges = {m.group(0) for m in SECRET_EDGE.finditer(body) if m.group(1) != MASK}
        assert not edges, (path, params, edges)


async def test_flagged_properties_are_withheld_by_name(client: httpx.AsyncClient, loaded: Graph) -> None:
    """A person's Party status, dates and posts are not in the answer; what is withheld is named."""
    persons = await rows_of(loaded, "MATCH (p:Person) RETURN p.id AS id ORDER BY p.id LIMIT 30")
    for person in persons:
        node = (await client.get(f"{PREFIX}/nodes/{person['id']}")).json()["data"]
        assert not flagged("Person") & set(node["properties"])
        assert node["masked"] == sorted(flagged("Person"))
        path = f"{PREFIX}/nodes/{person['id']}/neighbours"
        body = (await client.get(path, params={"as_of": "2025-06-30"})).json()
        for row in body["data"]:
            assert row["type"] not in flagged_types()
            assert not flagged(row["type"]) & set(row["properties"])
            if row["other_label"] == "Person":
                assert row["other_name"] == MASK


async def test_flagged_columns_are_masked_in_every_query(client: httpx.AsyncClient, loaded: Graph) -> None:
    """Columns that a file declares personal or sensitive hold the mask or nothing."""
    seen = 0
    for path, params in query_addresses():
        query = loaded.catalogue[path.rpartition("/")[2]]
        hidden = [c.name for c in query.columns if c.flag is not None]
        if not hidden:
            continue
        rows = (await client.get(path, params={**params, "limit": 1000})).json()["data"]
        values = [row[name] for row in rows for name in hidden]
        single = [v for value in values for v in (value if isinstance(value, list) else [value])]
        assert set(single) <= {MASK, None}, query.name
        seen += single.count(MASK)
    assert seen > 0


def test_no_query_shows_a_flagged_property_undeclared(loaded: Graph) -> None:
    """A column named like a sensitive property of a person is declared as flagged.

    The precision of dates is one of a person, and one of ties, where it stands beside their days.
    """
    names = flagged("Person") - {"name", "note"}
    for query in loaded.catalogue:
        of_tie = "since" in {column.name for column in query.columns}
        for column in query.columns:
            if column.name not in names or (of_tie and column.name == "date_precision"):
                continue
            assert column.flag is not None, (query.name, column.name)


async def test_shown_on_purpose_it_is_there(
    open_client: httpx.AsyncClient, personal: dict[str, set[str]]
) -> None:
    """With the operator's setting, names, notes, statuses and personal edges are answered."""
    person = (await open_client.get(f"{PREFIX}/nodes/p-990101-0001")).json()["data"]
    assert (person["properties"]["name"], person["properties"]["party_status"]) == ("示例人0001", "full")
    assert person["masked"] == []
    path = f"{PREFIX}/nodes/p-990101-0001/neighbours"
    rows = (await open_client.get(path, params={"as_of": "2025-06-30"})).json()
    assert flagged_types() & {r["type"] for r in rows["data"]}
    assert rows["stamp"]["parameters"]["hidden"] == []
    found = (await open_client.get(f"{PREFIX}/search", params={"q": "刘学政"})).json()["data"]
    assert [r["id"] for r in found if label_of(r["id"]) == "Person"] == ["p-441303-0001"]
    members = await open_client.get(
        f"{PREFIX}/queries/body_members", params={"body": "oc-990101-009", "as_of": "2025-06-30"}
    )
    assert {r["person_name"] for r in members.json()["data"]} <= personal["names"]
    drawn = await open_client.get(f"{PREFIX}/graph", params={"node": "p-990101-0001"})
    assert "示例人0001" in drawn.text


async def test_the_setting_of_the_service_decides(loaded: Graph) -> None:
    """Not the setting with which someone opened the graph that is handed in."""
    assert loaded.settings.show_personal is False
    async with client_of(make_app(loaded, show_personal=True)) as client:
        assert "示例人0001" in (await client.get(f"{PREFIX}/nodes/p-990101-0001")).text
