"""Whether the service lives, and whether it can answer; for supervisors, without envelope."""

from __future__ import annotations

import asyncio

import orjson
from fastapi import APIRouter
from starlette.responses import Response

from api.documents.envelope_shapes import Health, answers
from api.http.dependencies import ServiceDep
from graph.errors import StoreUnavailable

PATIENCE = 3.0
"""Seconds after which an engine that does not answer counts as out of reach."""

router = APIRouter(prefix="/health", tags=["health"])


@router.get("/live", summary="服务在运行 / The service lives", responses=answers(Health))
async def live() -> Response:
    """服务进程在运行；不检查图数据库。 The process runs; the engine is not asked."""
    return _health({"status": "live"})


@router.get("/ready", summary="可以回答 / The service can answer", responses=answers(Health))
async def ready(service: ServiceDep) -> Response:
    """图数据库可用且导入完整，否则 503。 The engine answers and no load is half done; else 503.

    集群的，另给出看得到哪些成员。 Of a cluster it is also said which members are seen.
    """
    try:
        async with asyncio.timeout(PATIENCE):
            version = await service.graph.probe()
    except TimeoutError:
        zh, en = "图数据库没有回应。", "the graph engine does not answer."
        raise StoreUnavailable(zh, en) from None
    state: dict[str, object] = {"status": "ready", "data_version": version}
    if service.graph.store.position is not None:
        members = enumerate(await service.graph.store.members(), start=1)
        # Numbers and no addresses: anyone who reaches the port may ask.
        state["members"] = [
            {"member": n, "seen": m.version is not None, "data_version": m.version} for n, m in members
        ]
    return _health(state)


def _health(state: dict[str, object]) -> Response:
    headers = {"Cache-Control": "no-store"}
    return Response(orjson.dumps(state), headers=headers, media_type="application/json")
