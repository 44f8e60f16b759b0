"""Who asks: each caller is told their own role, rights and area, and no browser keeps the answer."""

from __future__ import annotations

import httpx
import pytest

from graph.ledger.roles import RIGHTS, Right, Role
from graph.reading.graph import Graph
from tests.api.access import AREAS, REASON, bearer, guarded_app, make_keys, opened
from tests.api.conftest import get


async def test_on_this_machine_everything_is_allowed(client: httpx.AsyncClient) -> None:
    """No one logs in, so there is no role and no limit."""
    found = (await get(client, "/api/v1/me"))["data"]
    assert (found["via"], found["role"], found["area"]) == ("local", None, None)
    assert found["rights"] == [str(right) for right in Right]
    most = found["most"]
    query = {"query": "UNWIND range(1, 3) AS n RETURN n"}
    for limits, status in (
        (most, 200),
        ({"rows": most["rows"] + 1}, 422),
        ({"seconds": most["seconds"] + 1}, 422),
    ):
        answer = await client.post("/api/v1/cypher", json=query | {"limits": limits})
        assert answer.status_code == status


@pytest.mark.parametrize("where", AREAS)
@pytest.mark.parametrize("role", Role)
async def test_a_key_is_told_what_it_may_do(embedded: Graph, role: Role, where: str) -> None:
    """As the table of roles says; two keys never share an answer."""
    keys = await make_keys(embedded)
    async with opened(guarded_app(embedded)) as client:
        answer = await client.get("/api/v1/me", headers=bearer(keys[role, where]))
        personal = await client.get("/api/v1/me", headers=bearer(keys[role, where]) | REASON)
    found = answer.json()["data"]
    assert (found["name"], found["role"], found["area"]) == (f"{role}-{where}", role, AREAS[where])
    assert set(found["rights"]) == RIGHTS[role]
    assert answer.headers["cache-control"] == "no-store"
    if Right.unmask in RIGHTS[role]:
        assert personal.json()["data"]["personal"]
    else:
        assert personal.status_code == 403
