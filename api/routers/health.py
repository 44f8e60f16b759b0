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
    """图数据库可用且导入完整，否则 503。 The engine answers and no load is half done; else 503."""
    try:
        async with asyncio.timeout(PATIENCE):
            version = await service.graph.probe()
    except TimeoutError:
        zh, en = "图数据库没有回应。", "the graph engine does not answer."
        raise StoreUnavailable(zh, en) from None
    return _health({"status": "ready", "data_version": version})


def _health(state: dict[str, object]) -> Response:
    headers = {"Cache-Control": "no-store"}
    return Response(orjson.dumps(state), headers=headers, media_type="application/json")
