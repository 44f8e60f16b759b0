"""Handing in over HTTP, for tests: upload, wait, and what came of it."""

from __future__ import annotations

import asyncio
import zipfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

from tests.api.conftest import client_of

PREFIX = "/api/v1"


@asynccontextmanager
async def desk_of(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A client of an application whose desk is closed at the end."""
    async with client_of(app) as client:
        try:
            yield client
        finally:
            await app.state.service.desk.close()
            await app.state.service.copies.close()


async def hand_in(
    client: httpx.AsyncClient, content: bytes, headers: dict[str, str] | None = None, **params: str
) -> Any:
    """Upload one file; the delivery as it is after what begins by itself."""
    response = await client.post(
        f"{PREFIX}/deliveries", params=params, content=content, headers=headers or {}
    )
    assert response.status_code == 200, response.text
    return await settled(client, response.json()["data"]["id"], headers)


async def settled(client: httpx.AsyncClient, id_: str, headers: dict[str, str] | None = None) -> Any:
    """The delivery once nothing of it is being worked on."""
    for _ in range(2_000):
        response = await client.get(f"{PREFIX}/deliveries/{id_}", headers=headers or {})
        assert response.status_code == 200, response.text
        if response.json()["data"]["state"] != "working":
            return response.json()["data"]
        await asyncio.sleep(0.05)
    raise AssertionError("it does not end")


async def task(
    client: httpx.AsyncClient, delivery: str, name: str, headers: dict[str, str] | None = None, **told: Any
) -> Any:
    """Check, load or form; the delivery as it is afterwards."""
    where = f"{PREFIX}/deliveries/{delivery}/{name}"
    response = await client.post(where, json=None if name == "load" else told, headers=headers or {})
    assert response.status_code == 200, response.text
    return await settled(client, delivery, headers)


def packed(folder: Path, above: str = "") -> bytes:
    """A folder of CSV as an archive."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, f"{above}{path.relative_to(folder).as_posix()}")
    return stream.getvalue()
