"""The row limit is that of a caller's question: what the service reads for itself is as much as there is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from httpx import AsyncClient

from graph.errors import ResultTooLarge
from graph.ledger import Ledger
from graph.loading.undo import undo_load
from graph.reading.graph import Graph, Known
from graph.store import open_store
from tests.api.conftest import client_of, get, make_app
from tests.api.walk import COMMUNITY
from tests.conftest import Opener, rows
from tests.loading.register.delivering import ROWS, deliver, ledger, nodes, town
from tests.loading.register.wild import write_xlsx

__all__ = ["ledger", "town"]

LIMIT = 3
WITHIN = f"?area={COMMUNITY}"
LISTS = (
    "/areas",
    f"/gaps{WITHIN}&dimension=party_branch&state=covered",
    f"/checks{WITHIN}&rule=R01",
    "/search?q=示例",
    f"/queries/needs{WITHIN}",
    f"/queries/area_bodies{WITHIN}",
    f"/queries/area_posts{WITHIN}",
)
"""What the page opens with and its lists; each has more rows than the limit."""


@asynccontextmanager
async def limited(graph: Graph, rows: int) -> AsyncIterator[Graph]:
    """The same graph through a connection of its own, with a limit of rows and nothing kept."""
    low = graph.settings.model_copy(update={"row_limit": rows, "kept": 0})
    async with open_store(low) as store:
        yield replace(graph, settings=low, store=store, known=Known())


@asynccontextmanager
async def asking(graph: Graph) -> AsyncIterator[AsyncClient]:
    """A client of a service whose copies for ad-hoc Cypher end with it."""
    app = make_app(graph)
    async with client_of(app) as client:
        yield client
    await app.state.service.copies.close()


async def test_the_limit_of_a_question_is_not_that_of_the_service(loader: Opener) -> None:
    """Lists, pictures and reports are whole; a file of a named query and Cypher keep to the limit."""
    loaded = await loader("embedded")
    async with limited(loaded, LIMIT) as graph, asking(graph) as client:
        for where in LISTS:
            found = (await client.get(f"/api/v1{where}")).json()
            assert found.get("stamp", {}).get("rows", 0) > LIMIT, (where, found)
        drawn = await get(client, "/api/v1/graph", area=COMMUNITY, format="nodelink")
        assert len(drawn["nodes"]) > LIMIT
        needs = await rows(loaded, "needs", area=COMMUNITY)
        assert (await get(client, "/api/v1/queries/needs", area=COMMUNITY))["page"]["total"] == len(needs)
        refused = await client.get("/api/v1/queries/needs/export", params={"area": COMMUNITY})
        assert (refused.status_code, refused.json()["code"]) == (422, "result_too_large")
        asked = await client.post("/api/v1/cypher", json={"query": "MATCH (q:Quarter) RETURN q.id"})
        assert (asked.json()["rows_given"], asked.json()["cut"]) == (LIMIT, "rows")
        with pytest.raises(ResultTooLarge):
            await graph.ask(graph.catalogue["needs"], {"area": COMMUNITY}, most=LIMIT)


async def test_registers_are_loaded_and_taken_back_whatever_the_limit(
    town: Graph, ledger: Ledger, tmp_path: Path
) -> None:
    """A register is checked against the graph, loaded, delivered again and undone with a limit of one row."""
    register: list[list[Any]] = [*ROWS[:-1], ["梧桐社区", "梧桐外", 100]]
    async with limited(town, 1) as graph:
        await deliver(graph, ledger, write_xlsx(tmp_path / "a.xlsx", ROWS, ("A1:K1",)))
        await deliver(graph, ledger, write_xlsx(tmp_path / "b.xlsx", register, ("A1:K1",)))
        assert len(await nodes(town, "Quarter")) == 4
        await undo_load(graph.store, 2)
        assert set(await nodes(town, "Quarter")) == {"清泉花园", "望江苑", "梧桐里"}
