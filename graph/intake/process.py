"""A worker seen from the service: started with an order, listened to, stopped in time."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from contextlib import suppress
from typing import Any

from graph.intake.item import IntakeItem
from graph.intake.kept import MARKED
from graph.intake.order import Order

LOG = logging.getLogger("cobuild.intake")
PATIENCE = 30.0
"""Seconds that a worker has to undo what it has written."""
_LONGEST_LINE = 16 << 20
"""Bytes of one line that a worker says."""


async def run_worker(item: IntakeItem, order: Order) -> dict[str, Any]:
    """Start a worker, note its progress in the item, and wait for its end.

    The last line that it says: `result`, `error` or `stopped`; an error where it says none.
    """
    (item.folder / MARKED).unlink(missing_ok=True)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "graph.intake.worker",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        limit=_LONGEST_LINE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    item.at("start", 0, 0)
    stopping = asyncio.create_task(_stop(item.stop, process))
    said: dict[str, Any] = {}
    try:
        process.stdin.write(order.to_json())
        await process.stdin.drain()
        async for line in process.stdout:
            message = json.loads(line)
            if "step" in message:
                item.at(message["step"], message["done"], message["total"])
            else:
                said = message
        await process.wait()
    finally:
        stopping.cancel()
        with suppress(asyncio.CancelledError):
            await stopping
        process.stdin.close()
        if process.returncode is None:
            process.kill()
            await process.wait()
    if "error" in said and said["error"]["code"] == "unexpected":
        LOG.error("a delivery could not be worked on: %s", said["error"].get("kind"))
    return said or {"error": {"code": "unexpected", "zh": "", "en": ""}}


async def _stop(stop: asyncio.Event, process: asyncio.subprocess.Process) -> None:
    """On `stop`, close the input of the process, which makes it end; kill it if it has not in time."""
    await stop.wait()
    assert process.stdin is not None
    process.stdin.close()
    await asyncio.sleep(PATIENCE)
    process.kill()
