"""What is read from a cluster as it comes: a lost member, one that is behind, ones that resync."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from graph.errors import MemberNotReady
from graph.loading.load import load_delivery
from graph.reading.adhoc.run import open_query
from graph.reading.graph import Graph
from tests.api.conftest import client_of, make_app
from tests.loading.samples import write_delivery
from tests.neo4j_server import Neo4jServer
from tests.store.cluster import BEGIN, RUN, Cluster
from tests.store.switch import RESYNCING

TEXT = "MATCH (q:Quarter) RETURN q.id AS id ORDER BY id"
BOTH = [["q-990102-1"], ["q-990102-2"]]


async def asked(graph: Graph) -> tuple[int, list[Any]]:
    """Data version and rows of an ad-hoc query, for a caller who may see all."""
    async with open_query(graph, TEXT) as running:
        rows = [row async for row in running]
    return running.stamp.data_version, rows


@pytest.mark.parametrize("scheme", ["neo4j", "bolt"])
async def test_an_ad_hoc_query_does_not_notice_a_lost_member(
    cluster: Cluster, tmp_path: Path, scheme: str
) -> None:
    """Each member goes while it is asked, and comes back; no query fails, over either scheme."""
    async with cluster.open(scheme=scheme) as graph:
        await load_delivery(graph.store, write_delivery(tmp_path / "one"))
        for lost in (cluster.b, cluster.c, cluster.a):
            for where in (RUN, BEGIN):
                lost.cut_at = "after", where
                for _ in range(3):
                    assert await asked(graph) == (1, BOTH)
                lost.cut_at = None
                lost.cut()
                assert await asked(graph) == (1, BOTH)
                await lost.mend()


async def test_rows_of_a_query_are_of_the_version_in_its_stamp(
    cluster: Cluster, other: Neo4jServer, tmp_path: Path
) -> None:
    """Followers without the data are not believed by an ad-hoc query either: the writer answers."""
    async with cluster.open() as graph:
        await load_delivery(graph.store, write_delivery(tmp_path / "one"))
        assert graph.store.position is not None
        cluster.b.target = cluster.c.target = other.port
        for follower in (cluster.b, cluster.c):
            follower.cut()
            await follower.mend()
        for _ in range(4):
            graph.store.position.marks.clear()  # a server that takes no heed of bookmarks
            assert await asked(graph) == (1, BOTH)
        cluster.a.cut()
        cluster.routes.writer, cluster.routes.readers = cluster.b, [cluster.c]
        with pytest.raises(MemberNotReady):
            await asked(graph)


@pytest.mark.parametrize("scheme", ["neo4j", "bolt"])
async def test_members_that_resync_are_told_as_such_everywhere(
    cluster: Cluster, tmp_path: Path, scheme: str
) -> None:
    """Whatever is asked: 503 with the reason and `Retry-After`, never 500."""
    async with cluster.open(scheme=scheme) as graph:
        await load_delivery(graph.store, write_delivery(tmp_path / "one"))
        async with client_of(make_app(graph)) as client:
            for switch in cluster.routes.all:
                switch.refuses = RESYNCING
            answers = [
                await client.get("/api/v1/queries/nodes_by_type"),
                await client.get("/api/v1/search", params={"q": "样例"}),
                await client.post("/api/v1/cypher", json={"query": TEXT}),
                await client.get("/health/ready"),
            ]
        with pytest.raises(MemberNotReady, match="DatabaseUnavailable"):
            await asked(graph)
    for answer in answers:
        assert answer.status_code == 503, answer.text
        assert "retry-after" in answer.headers, answer.text
        assert "DatabaseUnavailable" in answer.text or "ready" in str(answer.url), answer.text
