"""A caller who is limited to an area: every route, every role, and nothing of what lies outside."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import httpx
import pytest

from graph.ledger.roles import RIGHTS, Right, Role
from graph.model import NODES, label_of
from graph.reading.graph import Graph
from graph.reading.viewer import PUBLIC
from tests.api.access import ASKED, PROPOSAL, REASON, bearer
from tests.api.walk import (
    ABSENT,
    ADDRESSES,
    COMMUNITY,
    DAY,
    FILES,
    MENDED,
    NEEDED,
    OPERATIONS,
    PREFIX,
    Address,
    address,
    query_addresses,
)

PUBLIC_PATHS = ("/rules", "/profiles", "/queries", "/model", "/queries/sources")
OTHER = "990101002001"
"""A community outside."""
OPENED = {
    Right.load: {"deliveries", "loads", "questions", "forms", "merges", "preparation"},
    Right.decide: {"appointments", "runs", "waivers"},
    Right.cypher: {"cypher", "saved"},
    Right.administer: {"accounts", "audit"},
}
"""What each right beyond reading is for; the contract says it route by route."""
POSTS: dict[str, dict[str, Any]] = {
    "/cypher": {"query": "MATCH (q:Quarter) RETURN count(q) AS n"},
    "/appointments/check": PROPOSAL,
}
Keys = dict[tuple[Role, str], str]


@pytest.fixture(scope="session")
def client(guarded: httpx.AsyncClient) -> httpx.AsyncClient:
    """No one is known by default."""
    return guarded


async def ids(graph: Graph, text: str) -> set[str]:
    """One column."""
    (rows,) = await graph.store.read([(text, {})])
    return {next(iter(row.values())) for row in rows}


@pytest.fixture(scope="session")
async def outside(loaded: Graph, client: httpx.AsyncClient, keys: Keys) -> dict[str, str]:
    """Id and name of what the community's copy does not hold: computed from the two graphs."""
    everything: dict[str, str] = {}
    for label in NODES:
        if label in PUBLIC:
            continue
        (rows,) = await loaded.store.read([(f"MATCH (n:{label}) RETURN n.id AS id, n.name AS name", {})])
        everything |= {row["id"]: row["name"] or "" for row in rows}
    body = {"query": "MATCH (n) RETURN n.id, n.name"}
    key = bearer(keys[Role.organization_department, "community"]) | REASON
    found = (await client.post(f"{PREFIX}/cypher", json=body, headers=key)).json()
    held = {row[0] for row in found["rows"]}
    names = {row[1] or "" for row in found["rows"]}
    # Rules, profiles and the list of sources are public, and so are names in them.
    public = [await client.get(PREFIX + path, headers=key) for path in PUBLIC_PATHS]
    shown = "".join([*names, *(answer.text for answer in public)])
    return {
        id_: name if name not in shown and len(name) > 3 else ""
        for id_, name in everything.items()
        if id_ not in held
    }


async def test_the_copy_holds_what_belongs_to_the_community(loaded: Graph, outside: dict[str, str]) -> None:
    """Its quarters, the bodies that cover them, who lives there or holds a post; nothing else's."""
    assert len(outside) > 1000
    quarters = await ids(loaded, f"MATCH (q:Quarter)-[:PART_OF]->(:Area {{id: '{COMMUNITY}'}}) RETURN q.id")
    far = await ids(loaded, f"MATCH (q:Quarter)-[:PART_OF]->(:Area {{id: '{OTHER}'}}) RETURN q.id")
    people = await ids(
        loaded,
        f"MATCH (p:Person)-[:LIVES_IN]->(:Quarter)-[:PART_OF]->(:Area {{id: '{COMMUNITY}'}}) "
        "RETURN DISTINCT p.id",
    )
    assert quarters
    assert people
    assert not (quarters | people) & set(outside)
    assert far
    assert far <= set(outside)


SENT = sorted(name for name in OPERATIONS if not name.startswith("GET ") and name not in ASKED)
"""What is sent and writes."""


def test_every_right_opens_what_it_is_for() -> None:
    """Whatever writes asks for a right; what asks for one is among the nouns of that right."""
    assert {name for name in SENT if name not in NEEDED} == set()
    found: dict[Right, set[str]] = {right: set() for right in OPENED}
    for name, right in NEEDED.items():
        found[right].add(name.split("/")[1])
    assert found == OPENED


@pytest.mark.parametrize("path", [*ADDRESSES, *FILES])
@pytest.mark.parametrize("where", ["everywhere", "community"])
async def test_every_route_knows_every_role(
    client: httpx.AsyncClient, keys: Keys, path: str, where: str, loaded: Graph
) -> None:
    """What the role may not is refused; what it may is answered, or lies outside the area."""
    if loaded.settings.neo4j_uri is not None:
        pytest.skip("rights are looked at before any engine is")
    found, params = address(path) if path in ADDRESSES else (PREFIX + FILES[path][0], FILES[path][1])
    known = {}  # what one role was answered is not computed for the next: rights come first
    for role in Role:
        headers = bearer(keys[role, where]) | known
        response = await client.get(found, params=params, headers=headers)
        if "etag" in response.headers:
            known = {"If-None-Match": response.headers["etag"]}
        answered = (200, 304) if known else (200,)
        if NEEDED.get(f"GET {path}", Right.read) not in RIGHTS[role]:
            assert response.status_code == 403, (role, response.text)
        elif path.startswith(ABSENT):
            assert response.status_code == 404, (role, response.text)
        elif where == "everywhere":
            assert response.status_code in answered, (role, response.text)
        else:
            assert response.status_code in (*answered, 403, 404), (role, response.text)
            if response.status_code == 403:
                assert response.json()["code"] == "not_allowed"


@pytest.mark.parametrize("path", POSTS)
async def test_every_post_knows_every_role(
    client: httpx.AsyncClient, keys: Keys, path: str, loaded: Graph
) -> None:
    """As above for what is sent."""
    if loaded.settings.neo4j_uri is not None:
        pytest.skip("rights are looked at before any engine is")
    for (role, where), key in keys.items():
        response = await client.post(PREFIX + path, json=POSTS[path], headers=bearer(key))
        allowed = NEEDED.get(f"POST {path}", Right.read) in RIGHTS[role]
        assert response.status_code in ((200, 403) if allowed else (403,)), (role, where)


@pytest.mark.parametrize("name", [*SENT, "POST /merges/check"])
async def test_writing_takes_the_right(client: httpx.AsyncClient, keys: Keys, name: str) -> None:
    """Before anything is looked at, so that nothing is written here."""
    method, path = name.split()
    bodies: dict[str, dict[str, Any]] = {
        "/appointments": PROPOSAL | {"decided_by": "甲", "reason": "试", "waivers": []},
        "/runs": {"title": "试", "made_by": "甲"},
        "/waivers": {
            "finding": "R15:oc-990101-009",
            "reason": "试",
            "until": "2026-01-01",
            "decided_by": "甲",
        },
        "/waivers/{waiver}/end": {},
        "/saved/{name}": {"title": "试", "text": "RETURN 1"},
        "/questions": {"answers": {"1": "新"}},
        "/questions/{number}": {"answer": "新"},
        "/deliveries/{id}/give-back": {"place": "甲"},
        "/merges": {"kept": "q-990101-001", "gone": "q-990101-002", "reason": "试"},
        "/merges/check": {"kept": "q-990101-001", "gone": "q-990101-002"},
        "/merges/{number}/take-apart": {"reason": "试"},
    }
    where = PREFIX + path.replace("{waiver}", "0" * 24).replace("{name}", "nothing")
    where = where.replace("{id}", "nothing").replace("{number}", "1").replace("{key}", "0" * 16)
    for (role, _), key in keys.items():
        if NEEDED[name] not in RIGHTS[role]:
            response = await client.request(method, where, json=bodies.get(path, {}), headers=bearer(key))
            assert response.status_code == 403, role


def scoped_addresses() -> list[Address]:
    """Every endpoint and query, with the community where they were asked for the district."""
    found = [address(path) for path in ADDRESSES if not path.startswith("/audit")]
    found += query_addresses()
    found += [
        (f"{PREFIX}/graph", {"format": format_, "area": COMMUNITY, **DAY})
        for format_ in ("cytoscape", "graphml", "csv", "nodelink")
    ]
    found += [
        (f"{PREFIX}/checks", {"area": COMMUNITY, "limit": "1000", **DAY}),
        (f"{PREFIX}/gaps", {"area": COMMUNITY, "limit": "1000", "state": "covered", **DAY}),
        (f"{PREFIX}/gaps", {"area": COMMUNITY, "limit": "1000", "state": "unknown", **DAY}),
        (f"{PREFIX}/coverage", DAY),
        (f"{PREFIX}/candidates", DAY),
        (f"{PREFIX}/coverage/export", DAY),
        (f"{PREFIX}/gaps/export", DAY),
        (f"{PREFIX}/checks/export", {"rule": "R10", **DAY}),
        (f"{PREFIX}/reports/calendar/export", DAY),
        (f"{PREFIX}/candidates/export", DAY),
        (f"{PREFIX}/paths/export", {"source": "n-990101-0001", **DAY}),
        (f"{PREFIX}/queries/quarters/export", {"area": COMMUNITY, **DAY}),
        (f"{PREFIX}/reports/workbook", DAY),
        (f"{PREFIX}/reports/document", DAY),
        (f"{PREFIX}/search", {"q": "示例", "limit": "1000"}),
        (f"{PREFIX}/search", {"q": "slxq", "pinyin": "true", "limit": "1000", **DAY}),
        (f"{PREFIX}/search", {"q": "安置小区", "limit": "1000", **DAY}),
    ]
    return [
        (
            path,
            {
                n: COMMUNITY if n == "area" else v
                for n, v in params.items()
                if n != "place" or "/queries/" in path
            },
        )
        for path, params in found
    ]


def readable(response: httpx.Response) -> str:
    """The text of an answer, also of what is packed in a workbook."""
    if "officedocument" not in response.headers.get("content-type", ""):
        return response.text
    with zipfile.ZipFile(io.BytesIO(response.content)) as book:
        return "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())


async def test_nothing_outside_is_ever_shown(
    client: httpx.AsyncClient, keys: Keys, outside: dict[str, str], engine: str
) -> None:
    """With personal data shown, in every shape: neither an id nor a name of what lies outside."""
    headers = bearer(keys[Role.organization_department, "community"]) | REASON
    names = {name for name in outside.values() if name}
    answered = 0
    for path, params in scoped_addresses():
        if engine == "neo4j" and path.removeprefix(PREFIX) in MENDED:
            continue
        response = await client.get(path, params=params, headers=headers)
        assert response.status_code in (200, 403, 404), (path, response.text)
        answered += response.status_code == 200
        text = readable(response)
        asked = " ".join([path, *map(str, params.values())])
        shown = {id_ for id_ in outside if id_ in text and id_ not in asked}
        assert not shown, (path, params, sorted(shown)[:5])
        named = {name for name in names if name in text}
        assert not named, (path, params, sorted(named)[:5])
    assert answered > 80


@pytest.mark.parametrize("area", [OTHER, "990101000000", "990101002000"])
async def test_another_area_is_refused(client: httpx.AsyncClient, keys: Keys, area: str) -> None:
    """By code, whatever the endpoint: the area itself, one above, one beside."""
    key = bearer(keys[Role.viewer, "community"])
    for path in (
        "/coverage",
        "/gaps",
        "/checks",
        "/candidates",
        "/reports",
        "/plan",
        "/candidates/export",
        "/coverage/export",
        "/reports/workbook",
        "/reports/calendar",
    ):
        response = await client.get(PREFIX + path, params={"area": area, **DAY}, headers=key)
        assert response.status_code == 403, path
        assert response.json()["subject"] == "area"


async def test_verdicts_of_the_area_are_those_of_the_whole_graph(
    client: httpx.AsyncClient, keys: Keys
) -> None:
    """What lies outside decides as before, and is counted where it would be named."""
    asked = {"area": COMMUNITY, "limit": "1000", **DAY}
    both = [
        (await client.get(f"{PREFIX}/checks", params=asked, headers=bearer(keys[role]))).json()
        for role in ((Role.viewer, "everywhere"), (Role.viewer, "community"))
    ]
    whole, kept = ([(r["finding"].split("#")[0], r["verdict"]) for r in b["data"]["rows"]] for b in both)
    assert [v for _, v in whole] == [v for _, v in kept]
    assert both[1]["stamp"]["scope"] == COMMUNITY
    assert both[0]["stamp"]["scope"] is None
    for path in ("/coverage",):
        answers = [
            (await client.get(PREFIX + path, params=asked, headers=bearer(keys[role]))).json()
            for role in ((Role.viewer, "everywhere"), (Role.viewer, "community"))
        ]
        for a, b in zip(answers[0]["data"], answers[1]["data"], strict=True):
            names = ("dimension", "area", "covered", "gap", "unknown", "total")
            assert [a[n] for n in names] == [b[n] for n in names]


async def test_cypher_of_a_scoped_caller_sees_the_area_only(
    client: httpx.AsyncClient, keys: Keys, outside: dict[str, str]
) -> None:
    """Whatever the query says; and personal data only with a reason."""
    query = "MATCH (p:Person) RETURN p.id AS id, p.name AS name, p.party_status AS status"
    masked = await client.post(
        f"{PREFIX}/cypher", json={"query": query}, headers=bearer(keys[Role.analyst, "community"])
    )
    rows = masked.json()["rows"]
    assert masked.json()["stamp"]["scope"] == COMMUNITY
    assert rows
    assert not {row[0] for row in rows} & set(outside)
    assert all(row[1] is None and row[2] is None for row in rows)
    for text in (
        "MATCH (a)-[e:MEMBER_OF]->(b) RETURN count(e) AS n",
        "MATCH (a)-[e:LIVES_IN]->(b) RETURN count(e) AS n",
    ):
        counted = await client.post(
            f"{PREFIX}/cypher", json={"query": text}, headers=bearer(keys[Role.analyst, "everywhere"])
        )
        assert counted.json()["rows"] == [[0]]
    assert label_of("p-990101-0001") == "Person"
