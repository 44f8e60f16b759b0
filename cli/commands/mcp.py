"""The command that lets a language model ask a running service: Model Context Protocol on stdio."""

from __future__ import annotations

import os
from typing import Annotated

import anyio
import httpx
import typer

from graph import __version__
from graph.errors import EnvironmentFault
from graph.settings import Settings

KEY = "COBUILD_KEY"


def register(app: typer.Typer) -> None:
    """Put the command of this module on the application."""
    app.command()(mcp)


def mcp(
    address: Annotated[
        str | None, typer.Option(help="服务地址，默认本机 / address of the service, this machine's if absent")
    ] = None,
) -> None:
    """供大模型只读提问（MCP）；密钥取自环境变量 COBUILD_KEY。 Read-only questions of a language model."""
    # The SDK costs a second of imports, which no other command should pay.
    from cobuild_client.mcp_server import serve  # noqa: PLC0415
    from cobuild_client.transport import Transport  # noqa: PLC0415

    settings = Settings.from_environment()
    where = address or f"http://{settings.host}:{settings.port}"
    http = httpx.Client(base_url=where, timeout=settings.time_limit * 2)
    transport = Transport(http, os.environ.get(KEY) or None, os.environ.get("COBUILD_REASON") or None)
    try:
        anyio.run(serve, transport, __version__)
    except httpx.TransportError as error:
        raise EnvironmentFault(
            f"连不上 {where}：请先运行 cobuild run，或以 --address 指明服务。",
            f"{where} cannot be reached: run `cobuild run` first, or name the service with --address.",
            subject=where,
        ) from error
    finally:
        transport.close()
